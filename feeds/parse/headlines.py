"""Which line of a page's head is the headline.

Judged by form, place and the words of the address; below a least score the headline is unknown.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence, Set
from itertools import pairwise
from typing import Final
from urllib.parse import urlsplit

from feeds.parse.body import Line
from feeds.parse.bylines import is_byline, is_person, is_signature
from feeds.parse.categories import (
    GENERAL,
    LABEL_WORDS,
    LEAST_ENTRIES,
    MAX_ENTRY,
    WORD,
    fold_word,
    is_path,
)
from feeds.parse.evidence import is_masthead
from feeds.parse.judging import COUNTS, LEAST_SCORE, LEAST_TOLD, QUOTED, address_words, has_small_words, judge
from feeds.parse.menus import is_entry
from feeds.parse.stamps import has_date, is_signed_stamp
from feeds.parse.words import (
    HOMES,
    MENU_ENTRIES,
    NOISE,
    SECTIONS,
    SERVICES,
    TOOLS,
    any_of,
)

MAX_HEADLINE: Final = 220

_MISSING = re.compile(
    r"(?:Fehler:? |Error )?404(?:\s?[-–|:.]|$|\s(?:Not|Seite|Fehler|Error)\b)"
    r"|(?:Die(?:se)? )?(?:angeforderte )?Seite (?:wurde )?(?:leider )?nicht gefunden"
    r"|Page not found|Seite existiert nicht",
    re.IGNORECASE,
)
LEAST_SHARE: Final = 0.65
"""Its length, as a share of that of the smaller one, at least."""
BESIDE_SHARE: Final = 0.4
"""The same right below the stamp, where no kicker stands."""
NO_KICKER: Final = 5
"""Blanks in a line above the stamp that is too long for a kicker, at least."""
TITLE_BLANKS: Final = 2
"""Blanks in a headline that such a title has, at least."""
MAX_SITE: Final = 40
"""Characters of the site's name in it, and of the sign between them, at most."""
_ABOVE_OTHERS = re.compile(
    r"(?:Eilmeldung|Breaking(?: News)?|Top-?(?:Thema|Meldung|News|Story)|Newsticker|(?:Das )?Neueste|Aktuell"
    r"|Neueste (?:Meldung|Nachricht|Beitr|Artikel)\w*|(?:Nächster|Vorheriger) (?:Artikel|Beitrag)|Jetzt lesen)\s?:?",
    re.IGNORECASE,
)
"""A line above the headline of another article, which stands above the page's own."""
_TOOLS = re.compile(TOOLS)
_NOISE = re.compile(any_of(NOISE))
DETAILS: Final = "Details"
"""What one of the usual systems (Joomla) prints between a headline and the article's fields."""
DETAIL_LINES: Final = 4
"""Lines below it, one of which is the stamp or the byline."""
_SITE = re.compile(r"(?P<name>[\w.-]+(?:\s[\w.-]+){0,2})\s[-–—|:]\s")
"""What a site calls itself in front of its motto: "Blatt.example - Nachrichten aus aller Welt"."""
_DOMAIN = re.compile(r"(?:[\w-]{2,}\.)+[a-z]{2,7}")
MENU: Final = 4
"""Lines in one block, from which they are a menu."""
MENU_WORDS: Final = 4
"""Blanks in what begins a block and is no entry of a menu, at least."""
TOOL_LINES: Final = 40
"""Lines below a stamp among which the page's tools stand."""
MENU_LINES: Final = 200
"""Lines within which a menu stands."""
_ENTRIES: Final = SECTIONS | HOMES | {"archiv"}
_NAMES: Final = SECTIONS | HOMES | SERVICES | MENU_ENTRIES | GENERAL
_PATH_SIGN = re.compile(r"[ >»›→/|]")
MAX_PREVIEWS: Final = 3
"""Long lines that may be what a page says of itself, at most."""
NEAR_TEXT: Final = 4
"""Lines above the text, within which a line is more likely its headline."""
TWICE: Final = 2
"""Places of a line that is shown twice, and no more often."""
SHOWN_TWICE: Final = 3
"""What it is worth to be shown twice."""
REPEATED: Final = 3
"""Lines that stand below each other twice, from which they are a menu's."""
LEAST_LENGTH: Final = 6
"""Characters of a headline, at least."""
LEAST_LISTED_ABOVE: Final = 3
"""Entries of a menu just above a word, from which that is one of them."""


def find_headline(
    lines: Sequence[Line], *, end: int, stamps: Sequence[int], url: str | None, start: int = 0, menu: int = 0
) -> tuple[int, int] | None:
    """The number of the headline's line among the lines from `start` to `end`, and its score.

    None where none is good enough. `stamps` are the numbers of lines that hold nothing but a stamp, `menu` is that of
    the line with which the last long menu begins. What one can do with the page may stand between a headline and all
    that tells it by its place, and counts for nothing.
    """
    kept = _drop_tools(lines, end, frozenset(stamps))
    gaps = enumerate(pairwise([-1, *kept]))
    signed = {
        place for place, (above, number) in gaps if any(is_signature(line.text) for line in lines[above + 1 : number])
    }
    found = _find_among(
        [lines[number] for number in kept],
        end=bisect_left(kept, end),
        stamps=[bisect_left(kept, stamp) for stamp in stamps],
        url=url,
        start=bisect_left(kept, start),
        menu=bisect_left(kept, menu),
        signed=signed,
    )
    return None if found is None else (kept[found[0]], found[1])


def _drop_tools(lines: Sequence[Line], end: int, stamps: frozenset[int]) -> list[int]:
    """The numbers of the lines without the page's tools, and without who wrote it.

    Those below a stamp are kept: they tell what stands below them.
    """
    kept: list[int] = []
    is_below_stamp = False
    for number, line in enumerate(lines):
        if number in stamps:
            is_below_stamp = True
        elif number < end and _tells_nothing(line.text):
            if not is_below_stamp:
                continue
        else:
            is_below_stamp = False
        kept.append(number)
    return kept


def _tells_nothing(text: str) -> bool:
    return _NOISE.fullmatch(text) is not None or (is_byline(text) and not has_date(text))


def _find_among(
    lines: Sequence[Line],
    *,
    end: int,
    stamps: Sequence[int],
    url: str | None,
    start: int,
    menu: int,
    signed: Set[int],
) -> tuple[int, int] | None:
    """The same without tools and authors; `signed` are the numbers of the lines above which an author was named."""
    words = address_words(url)
    best: tuple[int, int] | None = None
    best_judged = 0
    texts = [line.text for line in lines[:end]]
    blocks = _find_blocks(lines, end)
    menus = _find_menus(texts, blocks) | _find_repeated(texts)
    crumbs = _find_crumbs(texts, blocks)
    if texts and _is_site(texts[0], url):
        crumbs |= {0}
    if url is not None:
        # Above it may stand a menu.
        crumbs |= {number for number, text in enumerate(texts) if number >= start and _is_site(text, url)}
    stamps = sorted({*stamps, *(number for number, text in enumerate(texts) if is_signed_stamp(text))})
    detailed = _find_detailed(lines, end, stamps)
    # Above the day that a blog or a paper shows stands its own name.
    beside = {stamp + 1 for stamp in stamps}
    beside |= {_find_above(texts, stamp) for stamp in stamps if stamp < end and not is_masthead(lines[stamp].text)}
    twice = _find_twice(texts, start)
    titled = _find_titled(texts)
    sections = _find_sections(texts)
    stamped = frozenset(stamps)
    for number, text in enumerate(texts):
        if number < start or number in stamped or not LEAST_LENGTH <= len(text) <= MAX_HEADLINE:
            continue
        judged = score = judge(texts, number, words)
        score -= (2 if number in menus else 0) + (3 if number < sections else 0) + (2 if number < menu else 0)
        # What stands just above the text, or beside the stamp, is nearer to being its headline.
        if end - number <= NEAR_TEXT:
            score += 1
        if number in beside and not (number - 1 in stamped and is_person(text)):
            score += 1
        if number == detailed:
            score += 3
        near = number in beside or end - number <= NEAR_TEXT
        if number in titled or (near and number in twice and _is_plain(text, judged)):
            score = max(score, LEAST_SCORE) + SHOWN_TWICE
        if number and end - number > 1 and _ABOVE_OTHERS.fullmatch(texts[number - 1]):
            score = judged = LEAST_SCORE
        if number in crumbs:
            score = min(score, LEAST_SCORE)
        if best == (number - 1, score) and score >= LEAST_SCORE and not _leads(texts[number - 1], text):
            # What leads no smaller headline is a kicker.
            score += text.count(" ") + 1 >= LEAST_TOLD and has_small_words(WORD.findall(text))
        above = None if best is None or best[0] in crumbs else best[0]
        if above == number - 1 and judged > best_judged and words and _stands_below(texts, above, number, stamps):
            # A smaller headline has words of the address, too.
            judged = judge(texts, number, frozenset())
        if above is not None and (
            (judged <= best_judged and _stands_below(texts, above, number, stamps))
            or _is_lead(texts, above, number, stamped, signed)
        ):
            continue
        if score >= LEAST_SCORE and (best is None or score > best[1] or best[0] in crumbs):
            best, best_judged = (number, score), judged
    if best is None:
        alone = _find_alone(texts, start, stamps, words)
        return None if alone is None or alone in menus | crumbs else (alone, LEAST_SCORE)
    return _find_shown_again(texts, best[0]), best[1]


def _find_above(texts: Sequence[str], stamp: int) -> int:
    """The number of the line above a stamp: tools, the section's name and who wrote the text may stand between."""
    above = stamp - 1
    while above > 0 and _stands_between(texts[above]):
        above -= 1
    return above


def _find_twice(texts: Sequence[str], start: int) -> frozenset[int]:
    """The numbers of the lines that are shown twice, as headlines are: with other lines around them, as a menu has not.

    They may also end a path to the page, or begin what that says of itself.
    """
    places: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        if number >= start and " " in text:
            places.setdefault(text, []).append(number)
    ends = {text[sign.end() :] for text in texts if is_path(text) for sign in _PATH_SIGN.finditer(text)}
    previews = [text for text in texts if len(text) > MAX_HEADLINE][:MAX_PREVIEWS]
    found: set[int] = set()
    for text, numbers in places.items():
        if text in ends or any(preview.startswith(f"{text} ") for preview in previews):
            found.update(numbers)
        elif len(numbers) == TWICE:
            first, second = numbers
            around = (
                (texts[first + step], texts[second + step])
                for step in (-1, 1)
                if first + step >= 0 and second + step < len(texts)
            )
            if second == first + 1 or all(one != other for one, other in around):
                found.update(numbers)
    return frozenset(found)


def _find_repeated(texts: Sequence[str]) -> frozenset[int]:
    """The numbers of the lines that stand in the head again below the same two lines: menus are shown several times."""
    places: dict[tuple[str, ...], list[int]] = {}
    for number in range(REPEATED - 1, len(texts)):
        places.setdefault(tuple(texts[number + 1 - REPEATED : number + 1]), []).append(number)
    return frozenset(number for numbers in places.values() if len(numbers) > 1 for number in numbers)


def _find_alone(texts: Sequence[str], start: int, stamps: Sequence[int], words: frozenset[str]) -> int | None:
    """The number of a line of a word or two that can be nothing but the headline by its place; None without one.

    It is the one just above the stamp, or the only one between that and the text.
    """
    for stamp in stamps:
        if not start <= stamp < len(texts):
            continue
        for number in (_find_above(texts, stamp), stamp + 1):
            if (number > stamp and number != len(texts) - 1) or not start < number < len(texts):
                continue
            text = texts[number]
            in_menu = number >= LEAST_LISTED_ABOVE and all(map(is_entry, texts[number - LEAST_LISTED_ABOVE : number]))
            if len(text) >= LEAST_LENGTH and not in_menu and _is_plain(text, judge(texts, number, words)):
                return number
    return None


def _is_plain(text: str, judged: int) -> bool:
    """Whether nothing but its few words speaks against a line: it names no section, no menu's entry and no person.

    Nor two of them, as credits do: "Bilderdienst / Muster".
    """
    count = min(len(WORD.findall(text)), text.count(" ") + 1)
    if judged < (COUNTS[count] if count < len(COUNTS) else -1) or not text[0].isalnum() or " / " in text:
        return False
    return text.casefold() not in _NAMES and not is_person(text) and _TOOLS.fullmatch(text) is None


def _stands_between(text: str) -> bool:
    """Whether a line is none of a headline, and may stand between that and its stamp."""
    is_tool = _TOOLS.fullmatch(text.lstrip("•· ")) is not None
    return is_tool or text.casefold() in SECTIONS | GENERAL or is_signature(text)


def _stands_below(texts: Sequence[str], headline: int, number: int, stamps: Sequence[int]) -> bool:
    """Whether a line that is no better than a headline above it is nearer to the text only because it belongs to that.

    It is a second headline below the first, or the caption below the page's stamp and tools.
    """
    place = bisect_right(stamps, headline)
    if headline == number - 1:
        is_below_stamp = headline - 1 in stamps[max(0, place - 2) : place]
        return _leads(texts[headline], texts[number], BESIDE_SHARE if is_below_stamp else LEAST_SHARE)
    below = stamps[place] + 1 if place < len(stamps) else number
    return any(_TOOLS.fullmatch(text) for text in texts[below : min(number, below + TOOL_LINES)])


def _find_titled(texts: Sequence[str]) -> frozenset[int]:
    """The numbers of the lines that are the title of the page's window, its first line, without the site's name."""
    return frozenset(number for number, text in enumerate(texts) if number and _is_title_of(texts[0], text))


def _is_lead(texts: Sequence[str], headline: int, number: int, stamps: Set[int], signed: Set[int]) -> bool:
    """Whether a line is the last above the text, and who wrote that is all that stands between it and a headline.

    Or the stamp is all that does, and what stands above that is too long for a kicker.
    """
    if headline == number - 2 and number - 1 in stamps and not is_masthead(texts[number - 1]):
        return texts[headline].count(" ") >= NO_KICKER
    between = texts[headline + 1 : number]
    is_signed = number in signed if not between else all(map(is_signature, between))
    return number == len(texts) - 1 and is_signed


def _find_shown_again(texts: Sequence[str], number: int) -> int:
    """The number of the headline, where a line is the window's title."""
    below = range(number + 1, len(texts))
    return next((other for other in below if _is_title_of(texts[number], texts[other])), number)


def _is_title_of(title: str, text: str) -> bool:
    """Whether a window's title is a headline and the site's name, in front or behind.

    As in "Musterfunk: Die Brücke bleibt zu" above "Die Brücke bleibt zu".
    """
    if text.count(" ") < TITLE_BLANKS or not 0 < len(title) - len(text) <= MAX_SITE:
        return False
    site = title.removesuffix(text).strip() if title.endswith(text) else title.removeprefix(text).strip()
    return site != title and site[-1 if title.endswith(text) else 0] in ":|–-·»"


def _leads(text: str, below: str, share: float = LEAST_SHARE) -> bool:
    """Whether a line is the headline of a smaller one below it, and no kicker: those are few nouns, or much shorter.

    What is said in a talk leads, as short as it is.
    """
    if QUOTED.fullmatch(text):
        return True
    if text.count(" ") + 1 < LEAST_TOLD or len(text) < share * len(below):
        return False
    return any(word[0].islower() and word not in LABEL_WORDS for word in WORD.findall(text))


def _find_blocks(lines: Sequence[Line], end: int) -> list[tuple[int, int]]:
    """Where blocks of lines begin and end, on a page that sets some apart by blank lines; none on any other.

    What the text follows without one is no block.
    """
    last = min(end, len(lines) - 1)
    apart = [number for number in range(1, last + 1) if lines[number].offset - lines[number - 1].offset > 1]
    blocks = list(pairwise([0, *apart] if last == end else [0, *apart, end]))
    return blocks if any(stop - start == 1 for start, stop in blocks) else []


def _find_crumbs(texts: Sequence[str], blocks: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The numbers of the lines that end a block which has the home page above: the path to the page ends with it."""
    return frozenset(
        stop - 1
        for start, stop in blocks
        if stop - start >= MENU and any(text.casefold() in HOMES for text in texts[start : stop - 1])
    )


def _find_detailed(lines: Sequence[Line], end: int, stamps: Sequence[int]) -> int | None:
    """The number of the line above "Details", where the article's fields stand below that."""
    for number in range(1, end):
        if lines[number].text == DETAILS:
            below = range(number + 1, min(number + 1 + DETAIL_LINES, len(lines)))
            if any(at in stamps or is_byline(lines[at].text) for at in below):
                return number - 1
    return None


def _is_site(text: str, url: str | None) -> bool:
    """Whether the first line of a page is the site's name and its motto: the name is that of its host."""
    if (match := _SITE.match(text)) is None:
        return False
    if url is None:
        return _DOMAIN.fullmatch(match["name"]) is not None
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    name = fold_word("".join(match["name"].split()))
    return name in {fold_word(host), *(fold_word(part).replace("-", "") for part in host.split(".")[:-1])}


def _find_menus(texts: Sequence[str], blocks: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The numbers of the lines that stand in blocks of several."""
    return frozenset(
        number
        for start, stop in blocks
        if stop - start >= MENU
        for number in range(start, stop)
        # A headline may begin the block of its fields, below the menu.
        if number > start or not start or texts[number].count(" ") < MENU_WORDS
    )


def _find_sections(texts: Sequence[str]) -> int:
    """The number of the line with which the site's menu begins, below which its headlines stand; 0 where it has none.

    It is lines below each other that hold a word or two, and names of sections among them.
    """
    start = named = 0
    for number, text in enumerate([*texts[:MENU_LINES], ""]):
        if 0 < len(text) <= MAX_ENTRY and text.count(" ") <= 1:
            named += text.casefold() in _ENTRIES
        elif named >= LEAST_ENTRIES:
            return start
        else:
            start, named = number + 1, 0
    return 0


def is_service(headline: str | None) -> bool:
    """Whether a headline is that of a page that every site has: an imprint, the notice that there is no such page."""
    return headline is not None and (headline.casefold() in SERVICES or _MISSING.match(headline) is not None)
