"""Tables of data and recordings that stand between the paragraphs of a text that was found without them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Final

from lxml import etree
from lxml.html import HtmlElement

from feeds.article import Block, Paragraph, Subheadline
from feeds.parse.html import recordings
from feeds.parse.html.contents import is_apart
from feeds.parse.html.naming import SKIPPED
from feeds.parse.html.recordings import Lost, read_recording
from feeds.parse.html.tables import read_rows
from feeds.parse.items import make_list
from feeds.parse.prose import is_prose
from feeds.text import clean_line

MAX_TABLES: Final = 50
"""Tables of a page that are looked at."""
MAX_FRAMES: Final = 3
"""An inset, and elements around it, beside which the text above it may be."""
MAX_SIBLINGS: Final = 20
"""Elements above it that are looked at."""
_PASSED: Final = frozenset(
    ["table", "figure", "script", "style", *recordings.TAGS, etree.Comment, etree.ProcessingInstruction]
)
"""What may be between an inset and the text above it."""


def insert_insets(tree: HtmlElement, blocks: Sequence[Block], url: str | None) -> tuple[list[Block], list[Lost]]:
    """The blocks of a text with the insets that are beside its paragraphs, and its recordings that no link leads to.

    Each is below what is right above it in the same part of the page: a paragraph, or a sub-headline below one.
    """
    first = next((at for at, block in enumerate(blocks) if isinstance(block, Paragraph) and is_prose(block.text)), None)
    if first is None:
        return list(blocks), []
    places = {
        block.text: at for at, block in enumerate(blocks) if at >= first and isinstance(block, Paragraph | Subheadline)
    }
    below: dict[int, list[Block]] = {}
    lost: list[Lost] = []
    for element in _list_insets(tree):
        at = _find_above(element, places)
        if at is None:
            continue
        read: Block | Lost | None
        if element.tag == "table":
            rows = read_rows(element, below.get(at, [blocks[at]])[-1])
            read = rows if isinstance(rows, Lost) else make_list(rows) if rows else None
        else:
            read = read_recording(element, url, blocks[at])
        if isinstance(read, Lost):
            lost.append(read)
        elif read is not None:
            below.setdefault(at, []).append(read)
    return [block for at, one in enumerate(blocks) for block in (one, *below.get(at, ()))], lost


def _list_insets(tree: HtmlElement) -> list[HtmlElement]:
    """The tables and recordings of a page, in its order."""
    left = {"table": MAX_TABLES, "recording": recordings.MAX_RECORDINGS}
    found: list[HtmlElement] = []
    for element in tree.iter("table", *recordings.TAGS):
        kind = "table" if element.tag == "table" else "recording"
        if left[kind]:
            left[kind] -= 1
            found.append(element)
    return found


def _find_above(inset: HtmlElement, places: Mapping[str, int]) -> int | None:
    """The place of the block that an inset is in, or that is right above it or what it is in; None where none is."""
    for element in islice((inset, *inset.iterancestors()), MAX_FRAMES):
        if (element.tag in SKIPPED and element is not inset) or is_apart(element):
            return None
        if element.tag == "p" and (at := places.get(clean_line(str(element.text_content())))) is not None:
            return at
        siblings = islice(element.itersiblings(preceding=True), MAX_SIBLINGS)
        above = (one for one in siblings if one.tag not in _PASSED and one.find("table") is None)
        if text := next(filter(None, (clean_line(str(one.text_content())) for one in above)), None):
            return places.get(text)
    return None
