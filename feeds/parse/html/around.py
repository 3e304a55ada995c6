"""What a page puts within and below its text in plain paragraphs, known by its words as on text pages: none of it."""

from __future__ import annotations

from collections.abc import Iterator

from feeds.article import Block, Image, Paragraph, iterate_texts
from feeds.parse.body import Line
from feeds.parse.boxes import find_box
from feeds.parse.draft import Draft
from feeds.parse.ending import closes_with_notice, is_tool
from feeds.parse.html.recordings import is_recording
from feeds.parse.mending.inserts import drop_inserts
from feeds.parse.prose import is_prose, is_reported


def drop_around(draft: Draft) -> None:
    """Take inserts, boxes, tools and closing notices off the blocks of a draft; what is below a notice goes with it.

    All are below the first paragraph. A page that has none keeps everything.
    """
    blocks = draft.blocks
    lines = list(_list_lines(blocks))
    first = next((number for number, line in enumerate(lines) if is_prose(line.text)), len(lines))
    kept = drop_inserts(lines[first:], Draft())
    # Headlines and items within a text may be called as tools are.
    kept = [
        line for at, line in enumerate(kept) if not (isinstance(blocks[line.offset], Paragraph) and is_tool(kept, at))
    ]
    paragraphs = [number for number in range(1, len(kept)) if isinstance(blocks[kept[number].offset], Paragraph)]
    boxed = {at for number in paragraphs for at in find_box(kept, number) if not is_reported(kept[number].text)}
    kept = [line for number, line in enumerate(kept) if number not in boxed]
    closing = (kept[number].offset for number in range(1, len(kept)) if closes_with_notice(kept, number))
    end = next(closing, len(blocks))
    gone = {line.offset for line in lines[first:]} - {line.offset for line in kept}
    draft.blocks = [block for number, block in enumerate(blocks[:end]) if number not in gone]


def _list_lines(blocks: list[Block]) -> Iterator[Line]:
    """The blocks as lines, each with its number; of a list its first item, and no pictures and recordings."""
    for number, block in enumerate(blocks):
        text = next(iterate_texts([block]), "")
        if text and not (isinstance(block, Image) or is_recording(block)):
            yield Line(number, text)
