"""The visible text of an HTML page as lines, the way a reader sees it: what its date is searched for in."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final, NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from feeds.parse.body import clean_line
from feeds.parse.html.naming import BESIDE, MAX_NAMES, names_of, offset_of
from feeds.parse.html.place import Place, is_banner, is_site_wide

MAX_LINES: Final = 1_200
"""Lines of a page that are looked at for its date."""
MAX_BOX: Final = 200
MAX_BOX_TEXTS: Final = 60
SKIPPED: Final = frozenset(
    ["script", "style", "noscript", "template", "nav", "footer", "aside", "form", "svg", "iframe"]
)
"""Elements that hold no text of the article."""
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
    around = place.around
    lines: list[Shown] = []
    texts: list[str] = []
    offset = 0
    skipped: list[HtmlElement] = []
    others: list[HtmlElement] = []
    below = place.headline is not None
    """Whether the headline is still to come."""
    shown = False
    """Whether some of the texts are in nothing that is named for others."""

    def flush() -> None:
        nonlocal shown
        if texts:
            text = clean_line("".join(texts))
            texts.clear()
            if text:
                lines.append(Shown(offset, text, not shown))
        shown = False

    def take(text: str | None) -> None:
        nonlocal shown
        if text and not skipped:
            last = texts[-1][-1:] if texts else ""
            if (last.isdigit() and text[0].isupper()) or (last.isalpha() and text[0].isdigit()):
                # Two fields, which a style sets apart: "13:40" and "Aktualisiert: 17:12".
                texts.append(" ")
            texts.append(text)
            shown = shown or (not others and not text.isspace())

    root, frame = _find_frame(tree, around)
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if len(lines) >= MAX_LINES:
            break
        if event in {"comment", "pi"}:
            take(element.tail)
            continue
        tag = element.tag
        if tag in _BLOCK_TAGS:
            flush()
            offset = offset_of(element)
        if event == "start":
            names = element.get("class")
            skips = False
            if (names or tag == "header" or element.get("id")) and element not in around:
                if names:
                    names = names[:MAX_NAMES]
                    skips = _FOREIGN.search(names) is not None
                    if _OTHERS.search(names):
                        others.append(element)
                skips = skips or (bool(around) and (is_banner(element) or _is_footer(element)))
            if skips or (tag in SKIPPED and not _is_box(element, around)):
                skipped.append(element)
            if below and ((tag == "nav" and is_site_wide(element)) or element is frame):
                lines.clear()
            below = below and element is not place.headline
            take(element.text)
        else:
            if skipped and skipped[-1] is element:
                skipped.pop()
            if others and others[-1] is element:
                others.pop()
            take(element.tail)
    flush()
    return lines


def _find_frame(tree: HtmlElement, around: frozenset[HtmlElement]) -> tuple[HtmlElement, HtmlElement | None]:
    """The body of a page, and the part of it that holds the headline, be it in one."""
    body = tree.find("body")
    if body is None:
        return tree, None
    return body, next((element for element in around if element.getparent() is body), None)


def _is_footer(element: HtmlElement) -> bool:
    """Whether an element is named for the foot of the site: "Stand: 12.03.2020 · Impressum"."""
    return any(map(_FOOTER.fullmatch, names_of(element).split())) and is_site_wide(element)


def _is_box(element: HtmlElement, around: frozenset[HtmlElement]) -> bool:
    """Whether an aside or a footer is the small box of facts within the article: its date, its section."""
    if element.tag not in {"aside", "footer"}:
        return False
    parent = element.getparent()
    if parent is None or parent.tag != "article" or parent not in around or _OTHERS.search(element.get("class") or ""):
        return False
    return len("".join(islice(element.itertext(), MAX_BOX_TEXTS)).strip()) < MAX_BOX
