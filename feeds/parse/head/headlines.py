"""Which line of a page's head is the headline: by its words (`judging`), its place (`places`) and the lines around it.

Below a least score the headline is unknown.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence, Set
from typing import Final, NamedTuple

from feeds.parse.addresses import last_of_address
from feeds.parse.body import HEADLINE_BLANKS, Line, is_caption
from feeds.parse.bylines import is_byline, is_signature
from feeds.parse.categories import GENERAL, LABEL_WORDS, WORD, fold_word
from feeds.parse.credits import match_signature
from feeds.parse.head.judging import (
    LEAST_SCORE,
    LEAST_TOLD,
    TWO_SENTENCES,
    URGENT,
    address_words,
    has_small_words,
    has_verb,
    judge,
)
from feeds.parse.head.places import (
    ABOVE_OTHER_HEADLINES,
    MAX_HEADLINE,
    NEAR_TEXT,
    Places,
    find_above,
    find_places,
    is_plain,
    is_title_of,
)
from feeds.parse.menus import is_entry
from feeds.parse.prose import TOOL_LINE, is_prose, is_short_sentence
from feeds.parse.stamps.forms import has_date
from feeds.parse.words import NOISE, NUMBERS, SECTIONS, SERVICES, any_of

_MISSING = re.compile(
    r"(?:Fehler:? |Error )?404(?:\s?[-–|:.]|$|\s(?:Not|Seite|Fehler|Error)\b)"
    r"|(?:Die(?:se)? )?(?:angeforderte )?Seite (?:wurde )?(?:leider )?nicht gefunden"
    r"|Page not found|Seite existiert nicht",
    re.IGNORECASE,
)
LEAST_SHARES: Final = (0.65, 0.5, 0.4)
"""Length of a headline as a share of that of the smaller one below it, at least, by how many words tell something."""
SUBLINE: Final = 75
"""Characters from which the line below a headline is a smaller one, and none that has a kicker."""
KICKER_REACH: Final = 1.5
"""How many times as long as a kicker its headline is, where that alone has a verb, at most."""
NO_KICKER: Final = 5
"""Blanks in a line above the stamp from which it is too long for a kicker."""
_NOISE = re.compile(any_of((*NOISE, *NUMBERS)))
TOOL_LINES: Final = 40
"""Lines below a stamp that are searched for the page's tools."""
LEAST_LENGTH: Final = 6
"""Characters of a headline, at least."""
BEGUN: Final = 40
"""Characters of a headline with which the text begins again, at least."""
LEAST_LISTED_ABOVE: Final = 3
"""Entries of a menu just above a word, from which that is one of them."""


class _Choice(NamedTuple):
    """A line that may be the headline: its number, and what it is worth at its place and by its words alone."""

    number: int
    score: int
    judged: int


def find_headline(
    lines: Sequence[Line], *, end: int, stamps: Sequence[int], url: str | None, start: int = 0, menu: int = 0
) -> tuple[int, int] | None:
    """The number of the headline's line among the lines from `start` to `end`, and its score.

    None where none is good enough. `stamps` are the numbers of lines that hold nothing but a stamp, `menu` is that of
    the line with which the last long menu begins. What one can do with the page may be between a headline and all
    that tells it by its place, and counts for nothing.
    """
    kept, signed = _drop_tools(lines, end, frozenset(stamps))
    start = bisect_left(kept, start)
    places = find_places(
        [lines[number] for number in kept],
        end=bisect_left(kept, end),
        start=start,
        stamps=[bisect_left(kept, stamp) for stamp in stamps],
        menu=bisect_left(kept, menu),
        url=url,
    )
    words = address_words(url)
    found = _find_among(places, words, start, signed)
    if found is None:
        number = _find_begun(places.texts, start, lines[end].text) if end < len(lines) else None
        if number is None:
            number = _find_alone(places, start, words)
        if number is None:
            number = _find_named(places.texts, start, url)
        found = None if number is None else (number, LEAST_SCORE)
    return None if found is None else (kept[found[0]], found[1])


def find_spoken(lines: Sequence[Line], *, end: int, stamps: Sequence[int], start: int) -> int | None:
    """The number of the line that can only be the headline by its place, though it ends as a sentence does.

    It is just above a stamp, or the lead, line `end`, with a stamp below: "Er wollte nur helfen. Dann kam der Fels."
    """
    kept, _ = _drop_tools(lines, end, frozenset(stamps))
    texts = [lines[number].text for number in kept if number < end]
    if end >= len(lines) or not is_prose(lines[end].text):
        # The only sentences are the text.
        return None
    # The stamp may be below the lead.
    for number in (find_above(texts, bisect_left(kept, min(stamp, end))) for stamp in stamps):
        text = texts[number].removesuffix(".") if number >= 0 else ""
        if number < 0 or kept[number] < start or text == texts[number] or not is_short_sentence(texts[number]):
            continue
        # A site's name may end with a stop.
        is_told = TWO_SENTENCES.search(text) is not None or (number > 0 and has_verb(WORD.findall(text)))
        if is_told:
            return kept[number]
    return None


def _drop_tools(lines: Sequence[Line], end: int, stamps: Set[int]) -> tuple[list[int], set[int]]:
    """The numbers of the lines without the page's tools and authors, and at which of them an author was named above.

    Those below a stamp are kept: they are about what follows.
    """
    kept: list[int] = []
    signed: set[int] = set()
    is_below_stamp = is_signed = False
    for number, line in enumerate(lines[:end]):
        if number in stamps:
            is_below_stamp = True
        elif (
            (names_author := (is_byline(line.text) and not has_date(line.text)) or _signs_above_picture(lines, number))
            or _NOISE.fullmatch(line.text)
            or is_caption(line.text)
        ):
            if not is_below_stamp:
                is_signed = is_signed or names_author
                continue
        else:
            is_below_stamp = False
        if is_signed:
            signed.add(len(kept))
            is_signed = False
        kept.append(number)
    if is_signed:
        signed.add(len(kept))
    return [*kept, *range(end, len(lines))], signed


def _signs_above_picture(lines: Sequence[Line], number: int) -> bool:
    """Whether a line is an agency alone, with a picture's caption and credit below: "SID" / "Der See" / "© getty"."""
    return (
        number + 2 < len(lines)
        and match_signature(lines[number].text) is not None
        and is_caption(lines[number + 2].text)
    )


def _find_among(places: Places, words: frozenset[str], start: int, signed: Set[int]) -> tuple[int, int] | None:
    """The same among lines without tools and authors; `words` are those of the page's address.

    `signed` are the numbers of the lines above which an author was named.
    """
    best: _Choice | None = None
    texts, crumbs = places.texts, places.crumbs
    for number, text in enumerate(texts):
        if number < start or number in places.stamped or not LEAST_LENGTH <= len(text) <= MAX_HEADLINE:
            continue
        line = _weigh(places, number, words, best)
        if best is None or best.number in crumbs:
            is_better = line.score >= LEAST_SCORE
        elif number not in places.titled and _belongs_to(places, best, line, signed):
            continue
        else:
            is_better = line.score > best.score
        if is_better:
            best = line
    return None if best is None else (_find_shown_again(texts, best.number), best.score)


def _weigh(places: Places, number: int, words: frozenset[str], best: _Choice | None) -> _Choice:
    """What a line is worth, below the `best` one so far."""
    texts = places.texts
    judged = judge(texts, number, words)
    score = places.weigh(number, judged)
    if number and len(texts) - number > 1 and ABOVE_OTHER_HEADLINES.fullmatch(texts[number - 1]):
        score = judged = LEAST_SCORE
    if number in places.crumbs:
        score = min(score, LEAST_SCORE)
    if best is not None and best.number == number - 1 and score >= LEAST_SCORE:
        # What is just above it may be its kicker, and the stamp above that.
        if score == best.score:
            score += texts[number].count(" ") + 1 >= LEAST_TOLD and has_small_words(WORD.findall(texts[number]))
        elif score == best.score - 1:
            score = best.score + (judged >= best.judged and _is_kicker(texts[number - 1], texts[number]))
    return _Choice(number, score, judged)


def _belongs_to(places: Places, headline: _Choice, line: _Choice, signed: Set[int]) -> bool:
    """Whether a line is a smaller headline, or the lead, of one above it."""
    texts = places.texts
    return (
        (line.judged <= headline.judged and _stands_below(texts, headline.number, line.number, places.stamps))
        or _is_smaller(texts, headline, line)
        or _is_lead(texts, headline.number, line.number, places.stamped, signed)
    )


def _find_alone(places: Places, start: int, words: frozenset[str]) -> int | None:
    """The number of a line that can be nothing but the headline by its place; None without one.

    It is a word or two just above the stamp, or the only line between that and the text; else urgent news above both.
    None of them is in a menu or on a path.
    """
    texts, others = places.texts, places.menus | places.crumbs
    for stamp in places.stamps:
        if not start <= stamp < len(texts):
            continue
        for number in (find_above(texts, stamp), stamp + 1):
            if (number > stamp and number != len(texts) - 1) or not start <= number < len(texts):
                continue
            text = texts[number]
            if number == start and not text.endswith(("!", "?")):
                # A site's name is above all.
                continue
            in_menu = number >= LEAST_LISTED_ABOVE and all(map(is_entry, texts[number - LEAST_LISTED_ABOVE : number]))
            if len(text) >= LEAST_LENGTH and not in_menu and is_plain(text, judge(texts, number, words)):
                return None if number in others else number
    above = find_above(texts, min([*places.stamps, len(texts)])) if texts else -1
    return above if above >= start and above not in others and texts[above].startswith(URGENT) else None


def _stands_below(texts: Sequence[str], headline: int, number: int, stamps: Sequence[int]) -> bool:
    """Whether a line that is no better than a headline above it is nearer to the text only because it belongs to that.

    It is a second headline below the first, or the caption below the page's stamp and tools.
    """
    if headline == number - 1:
        return _leads(texts[headline], texts[number])
    place = bisect_right(stamps, headline)
    below = stamps[place] + 1 if place < len(stamps) else number
    return any(TOOL_LINE.fullmatch(text) for text in texts[below : min(number, below + TOOL_LINES)])


def _is_smaller(texts: Sequence[str], headline: _Choice, line: _Choice) -> bool:
    """Whether a line is a smaller headline below one that is a sentence, and the address tells no more of it."""
    text, below = texts[headline.number], texts[line.number]
    if headline.number != line.number - 1 or not has_verb(WORD.findall(text)):
        return False
    if len(text) < LEAST_SHARES[-1] * len(below):
        return False
    worth, worth_below = (judge(texts, one.number, frozenset()) for one in (headline, line))
    # A headline of three words is worth less.
    return line.judged - worth_below <= headline.judged - worth and worth_below <= worth + 1


def _find_named(texts: Sequence[str], start: int, url: str | None) -> int | None:
    """The number of the line that the last part of the address is made of, but for numbers, however short it is."""
    named = [] if url is None else _list_words(last_of_address(url).partition(".")[0])
    own = [word for word in named if not word.isdigit()]
    if max(map(len, own), default=0) < LEAST_LENGTH:
        return None
    for number in range(start, len(texts)):
        if texts[number].casefold() in SECTIONS | GENERAL:
            continue
        words = _list_words(texts[number])
        # Of the numbers, one may be the article's own in the address.
        if [word for word in words if not word.isdigit()] == own and set(words) <= set(named):
            return number
    return None


def _find_begun(texts: Sequence[str], start: int, text: str) -> int | None:
    """The number of the line with which the text below begins, but for hyphens: releases show their headline again."""
    for number in range(max(start, len(texts) - NEAR_TEXT), len(texts)):
        title = texts[number]
        if len(title) >= BEGUN and text.startswith(title[:BEGUN]) and not title.endswith((".", "…")):
            return number if _join(text).startswith(_join(title)) else None
    return None


def _join(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _list_words(text: str) -> list[str]:
    return [fold_word(word) for word in re.findall(r"[^\W_]+", text)]


def _is_lead(texts: Sequence[str], headline: int, number: int, stamps: Set[int], signed: Set[int]) -> bool:
    """Whether a line is the last above the text, and who wrote that is all that is between it and a headline.

    Or the stamp is all that does, and what is above that is too long for a kicker.
    """
    if headline == number - 2 and number - 1 in stamps:
        return texts[headline].count(" ") >= NO_KICKER
    between = texts[headline + 1 : number]
    is_signed = number in signed if not between else all(map(is_signature, between))
    return number == len(texts) - 1 and is_signed


def _leads(text: str, below: str) -> bool:
    """Whether a line is the headline of a smaller one below it, and no kicker: those are few nouns, or much shorter."""
    if _is_kicker(text, below):
        return False
    words = WORD.findall(text)
    small = [word[0].islower() and word not in LABEL_WORDS for word in words]
    if not any(small) or text.count(" ") + 1 < LEAST_TOLD:
        return False
    if len(below) >= SUBLINE:
        return True
    # Behind a preposition or an article a small word says of which kind a thing is: "Streit um alte Brücke".
    told = sum(tells and above not in LABEL_WORDS for tells, above in zip(small, ["", *words], strict=False))
    share = LEAST_SHARES[-1] if sum(small) > 1 or ": " in text else LEAST_SHARES[told or len(words) > LEAST_TOLD]
    return len(text) >= share * len(below)


def _is_kicker(text: str, below: str) -> bool:
    """Whether only the line below one has a verb, and isn't much longer, as what explains a headline is."""
    if text.count(" ") > NO_KICKER or len(below) >= KICKER_REACH * len(text):
        return False
    if ": " in text:
        return False
    return has_verb(WORD.findall(below)) and not has_verb(WORD.findall(text))


def _find_shown_again(texts: Sequence[str], number: int) -> int:
    """The number of the headline, where a line is the window's title, or has the kicker in front: it is below alone."""
    text, below = texts[number], texts[number + 1 :]
    if below and below[0].count(" ") >= HEADLINE_BLANKS and text.endswith(f" {below[0]}"):
        kicker = text.removesuffix(below[0])
        # "Kein Ende beim Streit um den Bach" has none.
        return number + 1 if kicker.split()[-1][0].isupper() and len(kicker) <= len(below[0]) + 1 else number
    return next((other for other, title in enumerate(below, number + 1) if is_title_of(text, title)), number)


def is_service(headline: str | None) -> bool:
    """Whether a headline is that of a page that every site has: an imprint, the notice that there is no such page."""
    return headline is not None and (headline.casefold() in SERVICES or _MISSING.match(headline) is not None)
