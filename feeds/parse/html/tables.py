"""Tables of data in a text -> their rows; tables that only place things on a page are none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final, cast

from lxml.html import HtmlElement

from feeds.article import Block, Paragraph, Subheadline
from feeds.parse.body import is_caption, is_sentence
from feeds.parse.html.inline import children_of, render_inline
from feeds.parse.html.naming import offset_of
from feeds.parse.html.recordings import Lost
from feeds.parse.html.region import MAX_LINKED, count_linked
from feeds.parse.words import HOMES, MENU_ENTRIES, MONTH, PAGE_FIELDS, SERVICES, TOOLS, any_of
from feeds.text import clean_line

MAX_ROWS: Final = 500
MAX_COLUMNS: Final = 20
LEAST_ROWS: Final = 3
"""Rows of a table whose loss is noted, at least."""
MAX_CELL: Final = 80
"""Characters of a cell, at most: longer ones hold text, and the table places it."""
MAX_EMPTY: Final = 0.5
"""Of the cells, that are empty."""
_GROUPS: Final = frozenset(["thead", "tbody", "tfoot"])
_LABELLED: Final = "boolean(parent::figure or .//th or caption)"
"""Tables that say what is in their cells, or are set apart, hold data. Others may place whatever is on a page,
unless the text announces them."""
_PLACED: Final = """boolean(.//p[2] | .//*[
    self::table or self::img or self::form or self::input or self::button or self::select or self::textarea
    or self::iframe or self::ul or self::ol or self::dl or self::h1 or self::h2 or self::h3 or self::h4 or self::h5
    or self::h6 or @colspan > 1])"""
"""What is in tables that place it, or in such as are no grid."""
_FIGURE = re.compile(r"[+−-]?\d[\d.,: ]*(?:\s?(?:%|€|Euro|Prozent|Punkte|km|m|kg|Mio\.?))?")
_DAY = re.compile(rf"\b\d{{1,2}}\.\s?(?:\d{{1,2}}\.|{MONTH})|\b\d{{4}}-\d\d-\d\d\b")
_WEEKDAYS: Final = frozenset(
    """m d f s mo di mi do fr sa so montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag kw
    mon tue wed thu fri sat sun""".split()
)
"""What heads the columns of a calendar, case-folded."""
_FIELD = re.compile(rf"(?:{any_of(PAGE_FIELDS)})\s?:?")
_ENTRIES: Final = MENU_ENTRIES | HOMES | SERVICES | {"zurück", "weiter"}
_TOOL = re.compile(TOOLS, re.IGNORECASE)
_SIGNS: Final = " .:«»‹›<>"
"""What is around entries of menus and names of days."""


def read_rows(table: HtmlElement, above: Block) -> list[str] | Lost:
    """The rows of a table of data, their cells parted by bars; none where it is no such table.

    It has heads or a caption, or is a figure, or the block `above` it announces it ("Die Ergebnisse:"). Its rows have
    the same number of short cells, few of them empty, and are no menu, no calendar, no list of other articles, and not
    what the page says of itself. A Lost where all that is so, but nothing says that it is data, and figures are in it.
    """
    texts = _read_grid(table)
    announced = isinstance(above, Paragraph | Subheadline) and above.text.endswith(":")
    if announced or (texts and table.xpath(_LABELLED)):
        return [clean_line(" | ".join(row)) for row in texts]
    return Lost(above, offset_of(table), "", "table") if _has_figures(texts) else []


def _read_grid(table: HtmlElement) -> list[list[str]]:
    """The cells of a table that may hold data, by row; none of another one."""
    if table.get("role") in {"presentation", "none"} or table.xpath(_PLACED):
        return []
    rows = [[child for child in row if child.tag in {"td", "th"}] for row in islice(_list_rows(table), MAX_ROWS + 1)]
    columns = len(rows[0]) if rows else 0
    if not (2 <= len(rows) <= MAX_ROWS and 2 <= columns <= MAX_COLUMNS):
        return []
    if any(len(row) != columns for row in rows):
        return []
    texts = [[render_inline(children_of(cell), None)[0] for cell in row] for row in rows]
    if not _is_data(table, texts) or _is_beside(texts) or _lists_articles(rows, texts):
        return []
    return texts


def _has_figures(rows: Sequence[Sequence[str]]) -> bool:
    """Whether most rows of a grid, of several, have a number behind their first cell."""
    count = sum(any(_FIGURE.fullmatch(cell) for cell in row[1:]) for row in rows)
    return len(rows) >= LEAST_ROWS and 2 * count > len(rows)


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


def _is_beside(rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows are something beside the text: a calendar, a menu, a page's fields, a caption, further texts."""
    cells = [cell for row in rows for cell in row if cell]
    below = [cell for row in rows[1:] for cell in row if cell]
    return (
        any(all(cell.strip(_SIGNS).casefold() in _WEEKDAYS for cell in row if cell) for row in rows[:2])
        or 2 * sum(_is_entry(cell) for cell in cells) >= len(cells)
        or 2 * sum(_FIELD.fullmatch(row[0]) is not None for row in rows) > len(rows)
        or 2 * sum(_FIELD.fullmatch(cell) is not None for cell in rows[0]) > len(rows[0])
        or any(is_caption(cell) and not cell.isalpha() for cell in cells)
        or 2 * sum(is_sentence(cell) and cell.count(" ") > 1 for cell in below) >= len(below)
    )


def _is_entry(text: str) -> bool:
    entry = text.strip(_SIGNS)
    return entry.casefold() in _ENTRIES or _TOOL.fullmatch(entry) is not None


def _lists_articles(rows: Sequence[Sequence[HtmlElement]], texts: Sequence[Sequence[str]]) -> bool:
    """Whether half of the rows have a link and a day."""
    count = sum(
        any(map(_DAY.search, cells)) and any(count_linked(cell) for cell in row)
        for row, cells in zip(rows, texts, strict=True)
    )
    return 2 * count >= len(rows)
