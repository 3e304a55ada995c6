"""The authors that an HTML page shows: in what it names for them, and in a line of their own beside the headline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from itertools import islice, takewhile
from typing import Final, cast
from zoneinfo import ZoneInfo

from lxml.html import HtmlElement

from feeds.article import Paragraph
from feeds.parse.bylines import MAX_BYLINE, parse_byline
from feeds.parse.draft import Draft
from feeds.parse.head.signers import find_signers
from feeds.parse.html.naming import few_words, names_of, offset_of, short_text
from feeds.parse.html.place import Place, is_aside
from feeds.parse.html.value import Value
from feeds.parse.prose import PROSE
from feeds.parse.stamps.forms import is_stamp

MAX_ELEMENTS: Final = 60
MAX_READ: Final = 20
"""Of those, the ones whose text is read."""
MAX_PARTS: Final = 4
NEAR: Final = 6
"""Elements around the headline that are searched for its byline."""
BESIDE: Final = 3
"""Of those, the ones in which a line that reads as a byline is one, whatever its name."""
_AUTHOR = re.compile(
    r"(?:^|[-_ ])(?:author|autor(?:en|in)?|byline|verfasser|submitted)(?:[-_]{1,2}(?:name|text|line|info))?(?:$|\s)",
    re.IGNORECASE,
)
MAX_BEHIND: Final = 8
"""Lines behind the headline among which a name alone may be."""
_LINES: Final = ("p", "div", "span", "time", "h2", "h3", "h4", "li", "small", "em", "address")
_OTHERS = re.compile(r"quote|zitat|foto|photo|image|bild|credit", re.IGNORECASE)
"""Names of what a quotation or a picture is by."""
_NAMED: Final = "//*[@*][@rel='author' or @itemprop='author' or contains(@class, 'uthor') or contains(@class, 'utor')"
_PATH: Final = (
    f"{_NAMED} or contains(@class, 'yline') or contains(@class, 'erfasser') or contains(@class, 'submitted')]"
)
_FIELDS = re.compile(r"\s*(?:[|•·]|\s[–-]\s)\s*")
_FRONT = re.compile(
    r"(?:(?:posted |written |published )?by"
    r"|(?:geschrieben |eingestellt |verfasst |gepostet |gespeichert |erstellt |ein \w+ )?von|autor(?:in)?|text)\s?:?\s",
    re.IGNORECASE,
)
# "17.02.2020 08:00 von Karla Wulff (Kommentare: 0)", as Contao has it.
_AROUND = re.compile(r"^\d{1,2}\.[\d. :,]{6,20}(?:Uhr )?(?=von )|\s\(Kommentare: \d+\)$")
_BEHIND = re.compile(r"(?:,\s|\sam\s(?:\d|\w{2,10}[.,])).*$")


def find_authors(tree: HtmlElement, place: Place) -> list[Value]:
    """The authors in the first element near the headline that names them; none where none does."""
    if place.headline is None:
        return []
    above = list(islice(place.headline.iterancestors(), NEAR))
    return _find_named(tree, place, frozenset(above)) or _find_beside(above[:BESIDE], place)


def _find_named(tree: HtmlElement, place: Place, near: Set[HtmlElement]) -> list[Value]:
    """The authors in the first element that is named for them, within those `near` the headline."""
    looked = 0
    items: list[Value] = []
    for element in cast("list[HtmlElement]", tree.xpath(_PATH))[:MAX_ELEMENTS]:
        names = names_of(element)
        own = element.get("rel") == "author" or element.get("itemprop") == "author" or _AUTHOR.search(names)
        if not own or _OTHERS.search(names) or near.isdisjoint(element.iterancestors()) or is_aside(element, place):
            continue
        if items and element.get("itemprop") != "author":
            continue
        looked += 1
        if looked <= MAX_READ and (found := _parse_authors(short_text(element, MAX_BYLINE))):
            if element.get("itemprop") != "author":
                return _list(found, element)
            # Microdata has an element for each author.
            items += _list(found, element)
    return list({value.text: value for value in items}.values())


def _find_beside(around: Sequence[HtmlElement], place: Place) -> list[Value]:
    """The authors in the first line that reads as a byline, within the elements around the headline."""
    looked = 0
    for outer in around:
        for element in islice(outer.iter("p", "div", "span", "li", "em", "small"), MAX_ELEMENTS):
            if looked >= MAX_READ or len(element) > MAX_PARTS or not _is_begun(element):
                continue
            looked += 1
            text = _AROUND.sub("", short_text(element, MAX_BYLINE))
            if (found := parse_byline(text)) and not is_aside(element, place):
                return _list(found, element)
    return []


def read_names_alone(place: Place, zone: ZoneInfo, draft: Draft) -> set[str]:
    """Read the authors whose names are alone behind the headline into the draft; the texts of the lines they are on."""
    lines = [(part, text) for part in islice(_iterate_behind(place.headline), MAX_BEHIND) if (text := few_words(part))]
    lines = list(takewhile(lambda line: len(line[1]) < PROSE, lines))
    stamps = {number for number, (_, text) in enumerate(lines, 1) if is_stamp(text, zone)}
    paragraphs = [block.text for block in draft.blocks if isinstance(block, Paragraph)]
    texts = [draft.headline or "", *(text for _, text in lines), *paragraphs]
    signers = find_signers(texts, range(1, len(lines) + 1), headline=0, stamps=stamps)
    if signers is None:
        return set()
    draft.authors = signers.names
    draft.found.append(("authors", offset_of(lines[signers.lines.start - 1][0]), signers.rule))
    return {texts[number] for number in signers.lines}


def _iterate_behind(headline: HtmlElement | None) -> Iterator[HtmlElement]:
    """The elements with a line each behind the headline, in its frame and those around it."""
    outer = headline
    for _ in range(BESIDE):
        if outer is None or outer.tag in {"body", "main"}:
            return
        for part in outer.itersiblings():
            if isinstance(part.tag, str):
                yield from (line for line in part.iter(*_LINES) if next(line.iterdescendants(*_LINES), None) is None)
        outer = outer.getparent()


def _parse_authors(text: str) -> Sequence[str]:
    """The names in a byline, with or without "Von" in front; what comes after a bar or a comma isn't theirs."""
    for part in _FIELDS.split(text):
        field = _FRONT.sub("", part.strip(" :"), count=1)
        if field[:1].isupper() and (found := parse_byline(f"Von {_BEHIND.sub('', field)}")):
            return found
    return ()


def _is_begun(element: HtmlElement) -> bool:
    """Whether an element's first words may begin a byline: costs a fraction of reading it."""
    first = next((text for text in islice(element.itertext(), MAX_PARTS) if not text.isspace()), "")
    return _FRONT.match(f"{first.lstrip()} ") is not None or first[:1].isdigit()


def _list(names: Sequence[str], element: HtmlElement) -> list[Value]:
    rule = f"<{element.tag}> {names_of(element)}".strip()
    return [Value(name, offset_of(element), rule) for name in names]
