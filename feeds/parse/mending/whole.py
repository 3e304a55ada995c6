"""All the mending of a plain-text page, in its order."""

from __future__ import annotations

from feeds.parse.body import Line
from feeds.parse.bylines import join_bylines
from feeds.parse.draft import Draft
from feeds.parse.mending.bars import part_menus
from feeds.parse.mending.captions import drop_captions
from feeds.parse.mending.dumps import unmark
from feeds.parse.mending.inserts import drop_inserts
from feeds.parse.mending.notices import drop_notices
from feeds.parse.mending.quotes import drop_pull_quotes
from feeds.parse.mending.tiles import join_tiles
from feeds.parse.mending.wraps import unwrap
from feeds.parse.page import Page
from feeds.text import fold_spaces


def mend(page: Page, draft: Draft) -> list[Line]:
    """The lines of a page that hold something: paragraphs made whole, stamps and bylines put together."""
    whole = unwrap([fold_spaces(line) for line in part_menus(unmark(page.lines))])
    lines = join_tiles([Line(offset, text) for offset, text in enumerate(whole) if text])
    for drop in (drop_notices, drop_captions, drop_inserts, drop_pull_quotes):
        lines = drop(lines, draft)
    if not lines:
        return lines
    # Some papers repeat their name in brackets below the day.
    name = f"({lines[0].text})"
    draft.mark((line.offset for line in lines if line.text == name), "repeated")
    return join_bylines([line for line in lines if line.text != name])
