"""The visible text of an HTML page as lines, the way a reader sees it: what its date is looked for in."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from lxml import etree
from lxml.html import HtmlElement

from feeds.parse.body import clean_line

MAX_LINES: Final = 4_000
"""Lines of a page that are looked at for its date."""
MAX_NAMES: Final = 200
"""Characters of an element's class that are looked at."""
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
_FOREIGN = re.compile(r"(?:^|\s)(?:comment|kommentar|event-|tribe-event|termin-)", re.IGNORECASE)
_OTHERS = re.compile(
    r"related|teaser|sidebar|comment|kommentar|recommend|widget|most-?read|similar|newsletter|promo(?!ted)|recent|popular|event",
    re.IGNORECASE,
)


def find_lines(
    tree: HtmlElement, around: frozenset[HtmlElement] = frozenset(), *, others: bool = False
) -> list[tuple[int, str]]:
    """The page's visible text as a reader sees it, a block a line, each with its offset in the file.

    Menus, forms, comments and the boxes of events are left out, where they are not `around` the headline; with
    `others`, what is named for other articles too.
    """
    lines: list[tuple[int, str]] = []
    texts: list[str] = []
    offset = 0

    def flush() -> None:
        if not texts:
            return
        whole = "".join(texts)
        texts.clear()
        if whole and not whole.isspace() and (text := clean_line(whole)):
            lines.append((offset, text))

    body = tree.find("body")
    skipped = 0
    foreign: set[HtmlElement] = set()
    foreign_name = _OTHERS if others else _FOREIGN
    for event, element in etree.iterwalk(tree if body is None else body, events=("start", "end", "comment", "pi")):
        if len(lines) >= MAX_LINES:
            break
        if event in {"comment", "pi"}:
            texts.append("" if skipped else element.tail or "")
            continue
        tag = element.tag
        if tag in _BLOCK_TAGS:
            flush()
            offset = (element.sourceline or 1) - 1
        if event == "start":
            names = element.get("class")
            named = bool(names) and element not in around and foreign_name.search(names[:MAX_NAMES]) is not None
            if named or (tag in SKIPPED and not (tag in {"aside", "footer"} and _is_box(element, around))):
                foreign.add(element)
                skipped += 1
            if not skipped and (text := element.text):
                texts.append(text)
        else:
            if foreign:
                skipped -= element in foreign
            if not skipped and (text := element.tail):
                texts.append(text)
    flush()
    return lines


def _is_box(element: HtmlElement, around: frozenset[HtmlElement]) -> bool:
    """Whether an aside or a footer is the small box of facts within the article: its date, its section."""
    parent = element.getparent()
    if parent is None or parent.tag != "article" or parent not in around or _OTHERS.search(element.get("class") or ""):
        return False
    return len("".join(islice(element.itertext(), MAX_BOX_TEXTS)).strip()) < MAX_BOX
