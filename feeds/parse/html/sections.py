"""The category that an HTML page shows near its headline, where it says none for machines: by name, or a known section.

A breadcrumb's last link is the section that the page is in, or the page itself. What is set above the headline is a
kicker, and a category only where it is the name of a section that every paper has.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import islice
from typing import Final, cast

from lxml.html import HtmlElement

from feeds.parse.categories import first_label, parse_category
from feeds.parse.html.naming import names_of, offset_of, short_text
from feeds.parse.html.place import Place, is_aside
from feeds.parse.html.value import Value
from feeds.parse.words import SECTIONS

MAX_ELEMENTS: Final = 40
NEAR: Final = 5
"""Elements around the headline that are searched for its category."""
MAX_LABEL: Final = 60
MAX_NAME: Final = 30
MAX_CRUMBS: Final = 120
MAX_WORDS: Final = 3
_NAMED = re.compile(
    r"(?:^|[-_ ])(?:category(?:-name)?|categories|cat-links|kategorien?|rubrik|ressort|section-name)(?:$|[-_ ])",
    re.IGNORECASE,
)
_CRUMBS = re.compile(
    r"breadcrumb|brotkrume|rootline|(?:^|[-_ ])(?:crumbs?|(?:klick|navi(?:gations)?)?pfad)(?:$|[-_ ])", re.IGNORECASE
)
_LABEL = re.compile(r"(?:Kategorien?|Rubrik|Ressort|Thema)(?:\s?:\s*|\s(?=[A-ZÄÖÜ]))")
_HOME: Final = frozenset("startseite home start zur".split())
_PATH: Final = (
    "//*[contains(@rel, 'category') or contains(@class, 'ategor') or contains(@class, 'ubrik')"
    " or contains(@class, 'essort') or contains(@class, 'rumb') or contains(@class, 'rotkrum')"
    " or contains(@class, 'cat-links') or contains(@class, 'pfad') or contains(@class, 'ootline')]"
)


def find_sections(
    tree: HtmlElement, place: Place, kickers: Collection[str], *, headline: str | None = None
) -> list[Value]:
    """The categories that a page shows, best first. `kickers` are the lines above its `headline`."""
    if place.headline is None:
        return []
    near = set(islice(place.headline.iterancestors(), NEAR))
    named: list[Value] = []
    crumbs: list[Value] = []
    for element in cast("list[HtmlElement]", tree.xpath(_PATH))[:MAX_ELEMENTS]:
        names = names_of(element)
        if _CRUMBS.search(names):
            crumbs += _read_crumbs(element, headline)
        elif "category" in (element.get("rel") or "").split() or _NAMED.search(names):
            if near.isdisjoint(element.iterancestors()) or is_aside(element, place):
                continue
            named += _read_name(element, f"<{element.tag}> {names}".strip())
    shown = [Value(kicker, None, "above the headline") for kicker in sorted(kickers) if kicker.casefold() in SECTIONS]
    return [*named, *crumbs, *shown]


def _read_name(element: HtmlElement, rule: str) -> list[Value]:
    text = first_label(_LABEL.sub("", short_text(element, MAX_LABEL)))
    if not text or len(text) > MAX_NAME or len(text.split()) > MAX_WORDS or not text[0].isupper() or "|" in text:
        return []
    return [Value(text, offset_of(element), rule)]


def _read_crumbs(element: HtmlElement, headline: str | None) -> list[Value]:
    """The last link of a breadcrumb that leads neither to a home page nor to the page itself."""
    text = parse_category(short_text(element, MAX_CRUMBS), url=None, headline=headline)
    if text is not None and len(text) <= MAX_NAME:
        return [Value(text, offset_of(element), "the breadcrumb")]
    links = [
        link for link in islice(element.iter("a"), MAX_ELEMENTS) if short_text(link, MAX_LABEL) not in {"", headline}
    ]
    if len(links) < 2 or short_text(links[-1], MAX_LABEL).casefold() in _HOME:
        return []
    return _read_name(links[-1], "the last link of the breadcrumb")
