"""The visible text of an HTML page as lines, the way a reader sees it: what its date is searched for in."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final, NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from feeds.parse.html.naming import BESIDE, MAX_NAMES, SKIPPED, few_words, names_of, offset_of
from feeds.parse.html.place import Place, is_banner, is_in_article, is_site_wide
from feeds.text import clean_line

MAX_LINES: Final = 1_200
"""Lines of a page that are looked at for its date."""
MAX_BOX: Final = 200
MAX_BOX_TEXTS: Final = 60
_BLOCK_TAGS: Final = frozenset(
    """p div section article header main h1 h2 h3 h4 h5 h6 li ul ol dl dt dd table tr td th blockquote figure figcaption
    time address pre body hr br""".split()
)
_FOREIGN = re.compile(
    r"(?:^|\s)(?:comment|kommentar|wetter(?![a-z])|weather|event-|tribe-event|termin-)", re.IGNORECASE
)
_FOOTER = re.compile(r"(?:site|page|main)?[-_]?(?:footer|fusszeile)[-_]?\d?", re.IGNORECASE)
_OTHERS = re.compile(rf"{BESIDE}|(?<!elementor-)widget|promo(?!ted)|recent|popular|event", re.IGNORECASE)


class Shown(NamedTuple):
    """A line that a page shows: its offset in the file, its text, and whether what holds it is named for others."""

    offset: int
    text: str
    foreign: bool


def find_lines(tree: HtmlElement, place: Place) -> list[Shown]:
    """The page's visible text as a reader sees it, a block a line.

    Menus, forms, comments and the boxes of events are left out, where they are not around the headline; so is what
    is above the site's menu, or above the part of the page that holds the headline, where that is below.
    """
    root, frame = _find_frame(tree, place)
    reader = _Reader(place, frame)
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if len(reader.lines) >= MAX_LINES:
            break
        if event == "start":
            reader.open(element)
        elif event == "end":
            reader.close(element)
        else:
            reader.take(element.tail)
    reader.end_line()
    return reader.lines


class _Reader:
    """Takes a page's elements and texts in their order, and puts the lines together that a reader sees."""

    __slots__ = ("_frame", "_is_above", "_is_shown", "_offset", "_others", "_place", "_skipped", "_texts", "lines")

    def __init__(self, place: Place, frame: HtmlElement | None) -> None:
        self.lines: list[Shown] = []
        self._place = place
        self._frame = frame
        self._is_above = place.headline is not None
        """Whether the headline is still to come."""
        self._skipped: list[HtmlElement] = []
        """The open elements whose texts are left out."""
        self._others: list[HtmlElement] = []
        """The open elements that are named for others."""
        self._texts: list[str] = []
        """The texts of the line so far, which began at `_offset`."""
        self._offset = 0
        self._is_shown = False
        """Whether some of them are in nothing that is named for others."""

    def open(self, element: HtmlElement) -> None:
        """Take an element's start, and the text behind that."""
        if element.tag in _BLOCK_TAGS:
            self._begin_line(element)
        if _is_others(element, self._place.around):
            self._others.append(element)
        if _is_skipped(element, self._place):
            self._skipped.append(element)
        if self._is_above:
            if element is self._frame or (element.tag == "nav" and is_site_wide(element)):
                self.lines.clear()
            self._is_above = element is not self._place.headline
        self.take(element.text)

    def close(self, element: HtmlElement) -> None:
        """Take an element's end, and the text behind that."""
        if element.tag in _BLOCK_TAGS:
            self._begin_line(element)
        for elements in (self._skipped, self._others):
            if elements and elements[-1] is element:
                elements.pop()
        self.take(element.tail)

    def take(self, text: str | None) -> None:
        """Take a text."""
        if not text or self._skipped:
            return
        last = self._texts[-1][-1:] if self._texts else ""
        if (last.isdigit() and text[0].isupper()) or (last.isalpha() and text[0].isdigit()):
            # Two fields, which a style sets apart: "13:40" and "Aktualisiert: 17:12".
            self._texts.append(" ")
        self._texts.append(text)
        self._is_shown = self._is_shown or (not self._others and not text.isspace())

    def end_line(self) -> None:
        """Put the line that was read to the others."""
        if self._texts and (text := clean_line("".join(self._texts))):
            self.lines.append(Shown(self._offset, text, not self._is_shown))
        self._texts.clear()
        self._is_shown = False

    def _begin_line(self, element: HtmlElement) -> None:
        self.end_line()
        self._offset = offset_of(element)


def _is_others(element: HtmlElement, around: frozenset[HtmlElement]) -> bool:
    """Whether an element that is not around the headline is named for other articles."""
    names = element.get("class")
    return bool(names) and element not in around and _OTHERS.search(names[:MAX_NAMES]) is not None


def _is_skipped(element: HtmlElement, place: Place) -> bool:
    """Whether what is in an element is left out: menus, forms, comments, boxes of events, the site's head and foot."""
    around = place.around
    if element.tag in SKIPPED and not _is_box(element, around):
        return True
    names = element.get("class")
    if not (names or element.tag == "header" or element.get("id")) or element in around:
        return False
    if names and _FOREIGN.search(names[:MAX_NAMES]) is not None:
        return True
    return bool(around) and (is_banner(element) or _is_footer(element, place))


def _find_frame(tree: HtmlElement, place: Place) -> tuple[HtmlElement, HtmlElement | None]:
    """The body of a page, and the part of it that holds the headline, and more than that."""
    body = tree.find("body")
    if body is None:
        return tree, None
    frame = next((element for element in place.around if element.getparent() is body), None)
    is_line = frame is not None and place.headline is not None and few_words(frame) == few_words(place.headline)
    return body, None if is_line else frame


def _is_footer(element: HtmlElement, place: Place) -> bool:
    """Whether an element is named for the foot of the site: "Stand: 12.03.2020 · Impressum"."""
    is_named = any(map(_FOOTER.fullmatch, names_of(element).split()))
    return is_named and is_site_wide(element) and not is_in_article(element, place)


def _is_box(element: HtmlElement, around: frozenset[HtmlElement]) -> bool:
    """Whether an aside or a footer is the small box of facts within the article: its date, its section."""
    if element.tag not in {"aside", "footer"}:
        return False
    parent = element.getparent()
    if parent is None or parent.tag != "article" or parent not in around or _OTHERS.search(element.get("class") or ""):
        return False
    return len("".join(islice(element.itertext(), MAX_BOX_TEXTS)).strip()) < MAX_BOX
