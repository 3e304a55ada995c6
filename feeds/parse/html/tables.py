"""Tables of data in a text -> their rows; tables that only place things on a page are none."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Final, cast

from lxml.html import HtmlElement

from feeds.parse.body import clean_line
from feeds.parse.html.inline import children_of, render_inline
from feeds.parse.html.region import MAX_LINKED, count_linked

LEAST_ROWS: Final = 2
LEAST_COLUMNS: Final = 2
MAX_ROWS: Final = 500
MAX_COLUMNS: Final = 20
MAX_CELL: Final = 80
"""Characters of a cell, at most: longer ones hold text, and the table places it."""
MAX_EMPTY: Final = 0.5
"""Of the cells, that are empty."""
_GROUPS: Final = frozenset(["thead", "tbody", "tfoot"])
_PLACED: Final = (
    "boolean(.//*[self::table or self::img or self::form or self::input or self::iframe or self::ul or @colspan > 1])"
)
"""What is in tables that place it, or in such as are no grid."""


def read_rows(table: HtmlElement) -> list[str]:
    """The rows of a table of data, their cells parted by bars; none where it is no such table.

    Its rows have the same number of short cells, few of them empty, and are no menu.
    """
    if table.get("role") in {"presentation", "none"} or table.xpath(_PLACED):
        return []
    rows = [[child for child in row if child.tag in {"td", "th"}] for row in islice(_list_rows(table), MAX_ROWS + 1)]
    columns = len(rows[0]) if rows else 0
    if not (LEAST_ROWS <= len(rows) <= MAX_ROWS and LEAST_COLUMNS <= columns <= MAX_COLUMNS):
        return []
    if any(len(row) != columns for row in rows):
        return []
    texts = [[render_inline(children_of(cell), None)[0] for cell in row] for row in rows]
    return [clean_line(" | ".join(row)) for row in texts] if _is_data(table, texts) else []


def _list_rows(table: HtmlElement) -> list[HtmlElement]:
    groups = [child for child in table if child.tag in _GROUPS]
    return [cast("HtmlElement", row) for group in [table, *groups] for row in group if row.tag == "tr"]


def _is_data(table: HtmlElement, rows: Sequence[Sequence[str]]) -> bool:
    cells = [cell for row in rows for cell in row]
    length = sum(map(len, cells))
    return (
        length > 0
        and max(map(len, cells)) <= MAX_CELL
        and cells.count("") <= MAX_EMPTY * len(cells)
        and count_linked(table) <= MAX_LINKED * length
    )
