"""Lists of a page, or of trafilatura (TEI's names) -> ItemList, with what is nested in their items."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Final, cast

from lxml import etree
from lxml.html import HtmlElement

from feeds.article import Block, ItemList, Paragraph
from feeds.parse.html.inline import Node, children_of, render_inline
from feeds.parse.items import make_numbered

_LISTS: Final = frozenset(["ul", "ol", "list"])
_ITEMS: Final = frozenset(["li", "item"])
_INTEGER = re.compile(r"\s*([+-]?\d{1,9})")
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def read_list(element: etree._Element, url: str | None) -> ItemList | None:
    """The list that an element is, on a page at `url`; None where its items hold no text."""
    items: list[list[Block]] = []
    for child in element:
        if child.tag in _ITEMS:
            items.append(_read_item(child, url))
        elif child.tag in _LISTS and items and (nested := read_list(child, url)) is not None:
            items[-1].append(nested)
    if not any(items):
        return None
    if element.tag == "ol" or element.get("rend") == "ol":
        return make_numbered((f"{number}.", item) for number, item in enumerate(items, 1))
    return ItemList(tuple(tuple(item) for item in items if item))


def write_numbers(tree: HtmlElement) -> None:
    """Write the numbers of each list that doesn't count 1, 2, 3 into its items, as a browser shows them.

    Such a list is `ul` then. HTML standard, sections 4.4.5 and 4.4.8 (start, reversed, type, value).
    """
    for element in list(tree.iter("ol")):
        items = [cast("HtmlElement", item) for item in element.iterchildren("li") if not _is_hidden(item)]
        numbers = _list_numbers(element, items)
        if numbers == [f"{number}." for number in range(1, len(items) + 1)]:
            continue
        element.tag = "ul"
        for item, number in zip(items, numbers, strict=True):
            if not str(item.text_content()).strip():
                # It holds nothing that is shown in feeds.
                continue
            first = item
            while len(first) and first[0].tag in {"p", "div"} and not (first.text or "").strip():
                first = first[0]
            first.text = f"{number} {first.text or ''}"


def _is_hidden(item: etree._Element) -> bool:
    """Whether browsers show no such item, and count it neither."""
    style = (item.get("style") or "").replace(" ", "").lower()
    return item.get("hidden") is not None or "display:none" in style


def _list_numbers(element: HtmlElement, items: Sequence[HtmlElement]) -> list[str]:
    step = 1 if element.get("reversed") is None else -1
    next_number = _parse_integer(element.get("start"))
    if next_number is None:
        next_number = 1 if step > 0 else len(items)
    numbers = []
    for item in items:
        value = _parse_integer(item.get("value"))
        number = next_number if value is None else value
        numbers.append(f"{_write_number(number, element.get('type', '1'))}.")
        next_number = number + step
    return numbers


def _parse_integer(text: str | None) -> int | None:
    match = None if text is None else _INTEGER.match(text)
    return None if match is None else int(match[1])


def _write_number(number: int, kind: str) -> str:
    """A number in letters (a, b; A, B) or in Roman (i, ii; I, II) where that is its kind, and there is such a one."""
    written = ""
    if kind in {"a", "A"}:
        rest = number
        while rest > 0:
            rest, letter = divmod(rest - 1, 26)
            written = chr(ord("a") + letter) + written
    elif kind in {"i", "I"} and number < 4000:
        rest = number
        for value, sign in _ROMAN:
            while rest >= value:
                written += sign
                rest -= value
    return (written.upper() if kind.isupper() else written) or str(number)


def _read_item(element: etree._Element, url: str | None) -> list[Block]:
    """What an item holds: its lines, each of its paragraphs as one, and lists."""
    blocks: list[Block] = []
    for is_apart, nodes in groupby(children_of(element), _is_apart):
        if not is_apart:
            text, html = render_inline(list(nodes), url)
            if text:
                blocks.append(Paragraph(text, html))
            continue
        for node in nodes:
            inner = cast("etree._Element", node)
            if inner.tag not in _LISTS:
                blocks.extend(_read_item(inner, url))
            elif (nested := read_list(inner, url)) is not None:
                blocks.append(nested)
    return blocks


def _is_apart(node: Node) -> bool:
    """Whether a node of an item is no part of a line: a paragraph, or something with a list in it."""
    return not isinstance(node, str) and (node.tag == "p" or next(node.iter(*_LISTS), None) is not None)
