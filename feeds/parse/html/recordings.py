"""Recordings and players within a text -> links to what they play, or a loss that is noted; loads nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal

from lxml.html import HtmlElement

from feeds.article import Block, Paragraph
from feeds.parse.addresses import join_link
from feeds.parse.html.naming import offset_of
from feeds.text import escape_html

TAGS: Final = ("audio", "video", "iframe")
MAX_RECORDINGS: Final = 50
"""Recordings and frames of a text that are looked at."""
MAX_SOURCES: Final = 5
"""Sources of a recording that are looked at: the same in several formats."""
MAX_NAMED: Final = 300
"""Characters of a frame's address, and of its title, that are looked at."""
_PLAYER = re.compile(
    r"youtu\.?be|vimeo|dailymotion|soundcloud|spotify|podigee|podlove|podcast|mediathek|player|video|audio",
    re.IGNORECASE,
)
"""What addresses and titles of frames name that play something; others hold maps, posts, forms, adverts."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A recording that no link leads to, or a table that is left out: the block that it is below, its line's offset.

    `address` is that of a recording, if it has one.
    """

    above: Block
    offset: int
    address: str
    kind: Literal["recording", "table"] = "recording"


def read_recording(element: HtmlElement, url: str | None, above: Block) -> Paragraph | Lost | None:
    """The link to what an `<audio>` or `<video>` on a page at `url` plays, which is below the block `above`.

    A Lost where the address is unknown or none of the web, and for the `<iframe>` of a player; None for other frames.
    """
    sources = [element, *islice(element.iterdescendants("source"), MAX_SOURCES)]
    addresses = [address for one in sources if (address := (one.get("src") or one.get("data-src") or "").strip())]
    if element.tag == "iframe":
        shown = (*addresses, element.get("title") or "")
        is_player = any(_PLAYER.search(text[:MAX_NAMED]) for text in shown)
        return Lost(above, offset_of(element), "".join(addresses[:1])) if is_player else None
    joined = next(filter(None, (join_link(url, address) for address in addresses)), None)
    return Lost(above, offset_of(element), "".join(addresses[:1])) if joined is None else _link(joined)


def is_recording(block: Block) -> bool:
    """Whether a block is the link to a recording, and no text."""
    return isinstance(block, Paragraph) and block.html is not None and block == _link(block.text)


def _link(address: str) -> Paragraph:
    shown = escape_html(address)
    return Paragraph(address, f'<a href="{shown}">{shown}</a>')
