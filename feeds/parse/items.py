"""The items of a list, and their numbers: readers see those that the page shows.

Only a list that counts 1, 2, 3 is an ordered one. Where a page counts otherwise, HTML says so in attributes (`start`,
`value`, `reversed`), which some readers drop: Miniflux keeps none of them, and "14. November" would be "1. November".
So other numbers are part of the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from feeds.article import Block, ItemList, Paragraph

Item = Sequence[Block]


def make_list(texts: Iterable[str]) -> ItemList:
    """A list of plain texts without numbers."""
    return ItemList(tuple((Paragraph(text),) for text in texts))


def make_numbered(items: Iterable[tuple[str, Item]]) -> ItemList:
    """A list of items, each with its number as the page shows it ("3.", "3)", "c."); those without blocks are left out.

    The numbers are in the items' texts, unless they count 1, 2, 3.
    """
    shown = [(number, item) for number, item in items if item]
    if all(number[:-1] == str(at) for at, (number, _) in enumerate(shown, 1)):
        return ItemList(tuple(tuple(item) for _, item in shown), ordered=True)
    return ItemList(tuple(_put_in_front(number, item) for number, item in shown))


def _put_in_front(number: str, item: Item) -> tuple[Block, ...]:
    match item:
        case [Paragraph(text, html), *below]:
            return Paragraph(f"{number} {text}", None if html is None else f"{number} {html}"), *below
    return Paragraph(number), *item
