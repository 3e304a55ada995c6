"""Menus on one line whose entries only wide gaps part: dots between them keep what one entry is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from feeds.parse.bylines import is_signature
from feeds.parse.categories import MAX_ENTRY
from feeds.parse.prose import PROSE

LEAST_ENTRIES: Final = 3
ENTRY_BLANKS: Final = 3
"""Blanks in an entry, at most."""
_GAP = re.compile(r"\t+|\s{2,}")
_NO_ENTRY = re.compile(r"[\d|•·]|[.!?:,]$")


def part_menus(lines: Sequence[str]) -> Sequence[str]:
    """The lines, as many as before, with a dot between the entries of a menu that is above all running text.

    Where a page has wide gaps in its longest line, too, they part nothing.
    """
    above = sum(1 for _ in takewhile(lambda line: len(line) < PROSE, lines))
    if _GAP.search(max(map(str.strip, lines), key=len, default="")) is not None:
        return lines
    return [*map(_part, lines[:above]), *lines[above:]]


def _part(line: str) -> str:
    entries = _GAP.split(line.strip()) if "  " in line or "\t" in line else []
    is_menu = len(entries) >= LEAST_ENTRIES and all(map(_is_entry, entries)) and not any(map(is_signature, entries))
    return " · ".join(entries) if is_menu else line


def _is_entry(text: str) -> bool:
    return 0 < len(text) <= MAX_ENTRY and text.count(" ") <= ENTRY_BLANKS and _NO_ENTRY.search(text) is None
