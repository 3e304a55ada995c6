"""What an element of a page is called, and its text where it is short."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from lxml import etree
from lxml.html import HtmlElement

from feeds.text import clean_line

MAX_NAMES: Final = 200
"""Characters of an element's class, and of its id, that are looked at."""
MAX_PARTS: Final = 60
MAX_WORDS: Final = 600
MAX_EVENTS: Final = 160
_UNREAD: Final = ("script", "style", "template", "noscript", "svg")
SKIPPED: Final = frozenset("script style noscript template nav footer aside form svg iframe".split())
"""Elements that hold no text of the article."""
OTHERS: Final = "related|teaser|comment|kommentar|recommend|similar"
"""What the elements of other articles, and of comments, are called."""
BESIDE: Final = f"{OTHERS}|sidebar|most-?read|newsletter"
"""The same, and the boxes beside an article."""
UNSEEN: Final = "sr-only|visually-?hidden|screen-reader"
"""What elements are called that are read aloud and not shown."""
UPDATED = re.compile(r"updated|modified|aktualisiert|geaendert|lastmod", re.IGNORECASE)
"""Names of elements that hold the date of a change."""


def names_of(element: HtmlElement) -> str:
    """An element's class and id, as far as they are looked at; "" where it has neither."""
    name, key = element.get("class"), element.get("id")
    # Most elements have neither, and there are thousands.
    return f"{(name or '')[:MAX_NAMES]} {(key or '')[:MAX_NAMES]}" if name or key else ""


def offset_of(element: HtmlElement) -> int:
    """The offset of an element's line in the file."""
    return (element.sourceline or 1) - 1


def is_change(marks: str) -> bool:
    """Whether names say that an element holds the date of a change.

    hAtom: many themes name their only date "entry-date updated".
    """
    if "publish" in marks or UPDATED.search(marks) is None:
        return False
    names = marks.split()
    return "updated" not in names or not any("date" in name for name in names if name != "updated")


def short_text(element: HtmlElement, limit: int) -> str:
    """The text of an element, its parts apart ("Mai<span>06</span>"), "" where it is longer than `limit`."""
    parts: list[str] = []
    skipped = 0
    for event, node in islice(etree.iterwalk(element, events=("start", "end")), MAX_EVENTS):
        named = node is not element and isinstance(node.tag, str) and is_change((node.get("class") or "")[:MAX_NAMES])
        if event == "start":
            skipped += named
            parts.append("" if skipped else node.text or "")
        else:
            skipped -= named
            parts.append("" if skipped or node is element else node.tail or "")
    inner = element
    while (apart := _has_no_words(inner)) and len(inner) == 1:
        inner = inner[0]
    # Parts that nothing but their elements joins are fields: "Erika Muster | 12. März 2020 | Lokales".
    text = clean_line((" | " if apart else " ").join(part for part in parts if part.strip()))
    return text if len(text) <= limit else ""


def _has_no_words(element: HtmlElement) -> bool:
    """Whether an element's text is all in its children."""
    return not (element.text or "").strip() and not any((child.tail or "").strip() for child in element)


def few_words(element: HtmlElement) -> str:
    """The beginning of an element's text: all of it where it is a headline, and bounded where it is the whole page."""
    # A sign for what is to be paid has its name in it: "<svg><title>Plus</title>...</svg>".
    has_unread = next(element.iter(*_UNREAD, "br"), None) is not None
    texts = _list_read(element) if has_unread else element.itertext()
    return clean_line("".join(islice(texts, MAX_PARTS))[:MAX_WORDS])


def _list_read(element: HtmlElement) -> Iterator[str]:
    """The texts in an element that are read: not those of signs, scripts and styles; a blank at a line's end."""
    skipped = 0
    for event, node in etree.iterwalk(element, events=("start", "end")):
        is_unread = node.tag in _UNREAD
        if event == "start":
            skipped += is_unread
            text = node.text if isinstance(node.tag, str) else None
        else:
            skipped -= is_unread
            text = None if node is element else f" {node.tail or ''}" if node.tag == "br" else node.tail
        if text and not skipped:
            yield text
