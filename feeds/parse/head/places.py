"""The places of the lines of a page's head, and what they say: in a menu, beside the stamp, shown twice.

A line's own words are judged in `judging`; which one is the headline is chosen in `headlines`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from urllib.parse import urlsplit

from feeds.parse.body import HEADLINE_BLANKS, Line
from feeds.parse.bylines import is_byline, is_person, is_signature
from feeds.parse.categories import GENERAL, LEAST_ENTRIES, MAX_ENTRY, WORD, fold_word, is_path
from feeds.parse.head.judging import ABOUT_PAGE, COUNTS, LEAST_SCORE, has_small_words
from feeds.parse.prose import TOOL_LINE
from feeds.parse.stamps.forms import has_date, is_masthead, is_signed_stamp
from feeds.parse.words import HOMES, MENU_ENTRIES, PUBLISHERS, SECTIONS, SERVICES, any_of

MAX_HEADLINE: Final = 220
"""Characters of a headline, at most."""
MAX_SITE: Final = 40
"""Characters of the site's name in the title of a window, and of the sign beside it, at most."""
DETAILS: Final = "Details"
"""What one of the usual systems (Joomla) prints between a headline and the article's fields."""
DETAIL_LINES: Final = 4
"""Lines below it, one of which is the stamp or the byline."""
# What a page says of itself, a line each.
_FIELD = re.compile(r"[A-ZÄÖÜ][\w/ -]{1,24}:\s\S")
LEAST_FIELDS: Final = 3
"""Fields below a headline, at least."""
_SITE = re.compile(r"(?P<name>\w[\w.-]*(?:\s\w[\w.-]*){0,2})\s[-–—|:]\s")
"""What a site calls itself in front of its motto: "Blatt.example - Nachrichten aus aller Welt"."""
# "Musterländer Anzeiger online", "Willkommen beim Musterverein - Ortsgruppe Musterau"
_PUBLISHER = re.compile(
    r"(?:(?:Herzlich )?[Ww]illkommen (?:bei|beim|auf)\s)?(?P<name>(?i:(?:der|die|das)\s)?(?:[A-ZÄÖÜ][\w.-]*\s){0,3}"
    rf"(?i:{any_of(PUBLISHERS)}\b)(?:\s(?:[-–—|:]\s.+|[Oo]nline\b.*|[A-ZÄÖÜ].*))?)"
)
# "Ihre Internetzeitung für den Kreis Musterau"
_MOTTO = re.compile(r"(?:Ihre?|Deine?|Eure?|Unsere?)\s(?:\w+\s)?\w*(?i:zeitung|portal|magazin|radio|sender)\b.{0,60}")
MOTTO_LINES: Final = 3
"""Lines at the top of a page, one of which may be the site's motto."""
_DOMAIN = re.compile(r"(?:[\w-]{2,}\.)+[a-z]{2,7}")
MENU: Final = 4
"""Lines in one block, from which they are a menu."""
MENU_BLANKS: Final = 4
"""Blanks in what begins a block and is no entry of a menu, at least."""
MENU_LINES: Final = 200
"""Lines from the top that are searched for a menu."""
_ENTRIES: Final = SECTIONS | HOMES | {"archiv"}
_NAMES: Final = SECTIONS | HOMES | SERVICES | MENU_ENTRIES | GENERAL
_PATH_SIGN = re.compile(r"[ >»›→/|]")
_PATH = re.compile(r"\s*(?:>>|->|[>»›→/|])\s*")
_PARTING: Final = (":", "|", ">", "»", "›", "→", "/")
"""What parts a kicker or a path from the headline at its end."""
NEAR_TEXT: Final = 4
"""Lines above the text, within which a line is more likely its headline."""
SHOWN_TWICE: Final = 3
"""What it is worth to be shown twice."""
ABOVE_OTHER_HEADLINES = re.compile(
    r"(?:Eilmeldung|Breaking(?: News)?|Top-?(?:Thema|Meldung|News|Story)|Newsticker|(?:Das )?Neueste|Aktuell"
    r"|Neueste (?:Meldung|Nachricht|Beitr|Artikel)\w*|(?:Nächster|Vorheriger) (?:Artikel|Beitrag)|Jetzt lesen)\s?:?",
    re.IGNORECASE,
)
"""A line above the headlines of other articles, which are above the page's own."""


@dataclass(frozen=True, slots=True)
class Places:
    """What is known of the lines of a head by their places; all are numbers among `texts`.

    `stamps`, in order, and `stamped` are the lines that hold nothing but a stamp, `beside` those next to one,
    `menus` those in a menu, `menu` and `sections` the first ones of the last long menu and of that which names
    sections. `crumbs` are a path to the page or the site's name, the headline only where no other is; `twice` are
    shown twice, `titled` are the title of the page's window; `detailed` are above the article's fields.
    """

    texts: Sequence[str]
    stamps: Sequence[int]
    stamped: frozenset[int]
    beside: frozenset[int]
    menus: frozenset[int]
    menu: int
    sections: int
    crumbs: frozenset[int]
    twice: frozenset[int]
    titled: frozenset[int]
    detailed: frozenset[int]

    def weigh(self, number: int, judged: int) -> int:
        """What a line is worth at its place that is worth `judged` by itself."""
        texts, end = self.texts, len(self.texts)
        score = judged
        score -= (2 if number in self.menus else 0) + (3 if number < self.sections else 0)
        score -= 2 if number < self.menu else 0
        # A line just above the text, or beside the stamp, is more likely its headline.
        is_near = end - number <= NEAR_TEXT
        score += is_near
        is_signed = number - 1 in self.stamped and is_person(texts[number])
        score += number in self.beside and not is_signed
        score += 3 if number in self.detailed else 0
        is_shown_twice = number in self.twice and (is_near or number in self.beside) and is_plain(texts[number], judged)
        if number in self.titled or is_shown_twice:
            score = max(score, LEAST_SCORE) + SHOWN_TWICE
        return score


def find_places(
    lines: Sequence[Line], *, end: int, start: int, stamps: Sequence[int], menu: int, url: str | None
) -> Places:
    """What is known of the lines above number `end` by their places; the article's part begins with `start`."""
    texts = [line.text for line in lines[:end]]
    blocks = _find_blocks(lines, end)
    stamps = sorted({*stamps, *(number for number, text in enumerate(texts) if is_signed_stamp(text))})
    crumbs = _find_crumbs(texts, blocks) | _find_on_paths(texts, frozenset(stamps)) | _find_parted(texts)
    if texts and (_is_site(texts[0], url) or _is_publisher(texts[0])):
        crumbs |= {0}
    crumbs |= {number for number, text in enumerate(texts[:MOTTO_LINES]) if _MOTTO.fullmatch(text) is not None}
    if url is not None:
        # A menu may be above it.
        crumbs |= {number for number, text in enumerate(texts) if number >= start and _is_site(text, url)}
    # A blog or a paper has its own name above the day that it shows.
    above = {find_above(texts, stamp) for stamp in stamps if stamp < end and not is_masthead(lines[stamp].text)}
    return Places(
        texts=texts,
        stamps=stamps,
        stamped=frozenset(stamps),
        beside=frozenset(above.union(stamp + 1 for stamp in stamps)),
        menus=_find_menus(texts, blocks),
        menu=menu,
        sections=_find_sections(texts),
        crumbs=crumbs,
        twice=_find_twice(texts, start),
        titled=frozenset(number for number, text in enumerate(texts) if number and is_title_of(texts[0], text))
        | _find_below_kickers(texts),
        detailed=_find_detailed(lines, end, stamps),
    )


def find_above(texts: Sequence[str], stamp: int) -> int:
    """The number of the line above a stamp: tools, the section's name and who wrote the text may be between."""
    above = stamp - 1
    while above > 0 and (_stands_between(texts[above]) or is_writer(texts, above)):
        above -= 1
    return above


def is_writer(texts: Sequence[str], number: int) -> bool:
    """Whether a line is a person's name alone, below one that may be a headline: who wrote the text."""
    above = texts[number - 1] if number else ""
    is_told = above.count(" ") >= HEADLINE_BLANKS or above.endswith(("!", "?"))
    return is_told and is_person(texts[number])


def _stands_between(text: str) -> bool:
    """Whether a line is none of a headline, and may be between that and its stamp."""
    is_tool = TOOL_LINE.fullmatch(text.lstrip("•· ")) is not None
    return is_tool or text.casefold() in SECTIONS | GENERAL or is_signature(text) or ABOUT_PAGE.match(text) is not None


def is_plain(text: str, judged: int) -> bool:
    """Whether only its few words count against a line: it names no section, no menu's entry and no person.

    Nor two of them, as credits do: "Bilderdienst / Muster".
    """
    count = min(len(WORD.findall(text)), text.count(" ") + 1)
    if judged < (COUNTS[count] if count < len(COUNTS) else -1) or not text[0].isalnum() or " / " in text:
        return False
    return text.casefold() not in _NAMES and not is_person(text) and TOOL_LINE.fullmatch(text) is None


def _find_twice(texts: Sequence[str], start: int) -> frozenset[int]:
    """The numbers of the lines that are shown twice, as headlines are: with other lines around them, as a menu has not.

    They may also end a path to the page.
    """
    places: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        if number >= start and " " in text:
            places.setdefault(text, []).append(number)
    ends = {text[sign.end() :] for text in texts if is_path(text) for sign in _PATH_SIGN.finditer(text)}
    found: set[int] = set()
    for text, numbers in places.items():
        if text in ends:
            found.update(numbers)
        elif len(numbers) == 2:
            first, second = numbers
            around = (
                (texts[first + step], texts[second + step])
                for step in (-1, 1)
                if first + step >= 0 and second + step < len(texts)
            )
            if second == first + 1 or all(one != other for one, other in around):
                found.update(numbers)
    return frozenset(found)


def is_title_of(title: str, text: str) -> bool:
    """Whether a window's title is a headline and the site's name, before or after it.

    As in "Musterfunk: Die Brücke bleibt zu" above "Die Brücke bleibt zu".
    """
    if text.count(" ") < HEADLINE_BLANKS or not 0 < len(title) - len(text) <= MAX_SITE:
        return False
    site = title.removesuffix(text).strip() if title.endswith(text) else title.removeprefix(text).strip()
    return site != title and site[-1 if title.endswith(text) else 0] in ":|–-·»"


def _find_blocks(lines: Sequence[Line], end: int) -> list[tuple[int, int]]:
    """Where blocks of lines begin and end, on a page that sets some apart by blank lines; none on any other.

    What the text follows without one is no block.
    """
    last = min(end, len(lines) - 1)
    apart = [number for number in range(1, last + 1) if lines[number].offset - lines[number - 1].offset > 1]
    blocks = list(pairwise([0, *apart] if last == end else [0, *apart, end]))
    return blocks if any(stop - start == 1 for start, stop in blocks) else []


def _find_menus(texts: Sequence[str], blocks: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The numbers of the lines that are in blocks of several."""
    return frozenset(
        number
        for start, stop in blocks
        if stop - start >= MENU
        for number in range(start, stop)
        # A headline may begin the block of its fields, below the menu.
        if number > start or not start or texts[number].count(" ") < MENU_BLANKS
    )


def _find_sections(texts: Sequence[str]) -> int:
    """The number of the line with which the site's menu begins, which headlines are below; 0 if it has none.

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


def _find_crumbs(texts: Sequence[str], blocks: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The numbers of the lines that end a block which has the home page above: the path to the page ends with it."""
    return frozenset(
        stop - 1
        for start, stop in blocks
        if stop - start >= MENU and any(text.casefold() in HOMES for text in texts[start : stop - 1])
    )


def _is_site(text: str, url: str | None) -> bool:
    """Whether the first line of a page is the site's name and its motto: the name is that of its host."""
    if (match := _SITE.match(text)) is None:
        return False
    if url is None:
        return _DOMAIN.fullmatch(match["name"]) is not None
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    name = fold_word("".join(match["name"].split()))
    return name in {fold_word(host), *(fold_word(part).replace("-", "") for part in host.split(".")[:-1])}


def _is_publisher(text: str) -> bool:
    """Whether the first line of a page is the name of a paper, a station or a club, and tells nothing of it."""
    match = _PUBLISHER.fullmatch(text)
    return match is not None and not has_small_words(WORD.findall(match["name"].removesuffix("online")))


def _find_on_paths(texts: Sequence[str], stamped: Set[int]) -> frozenset[int]:
    """The numbers of the lines that a path to the page leads over, and of those that end with the line below them.

    That is a path without its beginning, or a kicker in front of the headline: "Husum : Die Kutter liegen still".
    Only stamps may be between.
    """
    passed = {part for text in texts if is_path(text) for part in _PATH.split(text)[:-1]}
    found = {number for number, text in enumerate(texts) if text in passed}
    others = [number for number in range(len(texts)) if number not in stamped]
    found.update(number for number, below in pairwise(others) if _ends_with(texts[number], texts[below]))
    return frozenset(found)


def _find_parted(texts: Sequence[str]) -> frozenset[int]:
    """The numbers of the lines that are a kicker, or a headline with the colon that parted the two: ": Headline"."""
    parted = {text: texts[number - 1] for number, text in enumerate(texts) if number and text.startswith(": ")}
    found = {line for text, kicker in parted.items() if text.removeprefix(": ") in texts for line in (text, kicker)}
    return frozenset(number for number, text in enumerate(texts) if text in found)


def _ends_with(text: str, headline: str) -> bool:
    """Whether a line ends with a headline, behind a sign that parts it from what is in front."""
    front = text.removesuffix(headline).rstrip()
    return headline.count(" ") >= HEADLINE_BLANKS and front != text and front.endswith(_PARTING)


def _find_detailed(lines: Sequence[Line], end: int, stamps: Sequence[int]) -> frozenset[int]:
    """The numbers of the lines above the article's fields, with "Details" between or without; a date is among them."""
    found: set[int] = set()
    for number in range(1, end):
        above, text = lines[number - 1].text, lines[number].text
        if text == DETAILS:
            below = range(number + 1, min(number + 1 + DETAIL_LINES, len(lines)))
            is_detailed = any(at in stamps or is_byline(lines[at].text) for at in below)
        else:
            fields = [line.text for line in lines[number : number + LEAST_FIELDS] if _FIELD.match(line.text)]
            is_detailed = len(fields) == LEAST_FIELDS and any(map(has_date, fields))
            is_detailed = is_detailed and above != DETAILS and not _FIELD.match(above)
        if is_detailed:
            found.add(number - 1)
    return frozenset(found)


def _find_below_kickers(texts: Sequence[str]) -> frozenset[int]:
    """The numbers of the lines that are below a kicker, as in the window's title: "Kicker: Headline | Musterblatt"."""
    numbers = {text: number for number, text in enumerate(texts)}
    found = set()
    for text in texts:
        kicker, sign, title = text.partition(": ")
        number = numbers.get(kicker, len(texts)) + 1
        if sign and number < len(texts) and is_title_of(title, texts[number]):
            found.add(number)
    return frozenset(found)
