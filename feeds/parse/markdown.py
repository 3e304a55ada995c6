"""Markdown pages with front matter, the way static-site generators know them (CommonMark 0.31; no raw HTML).

The first `#` headline is the title where the front matter has none; a file name such as 2024-06-25-radwege.md gives the
day where it has no date (Jekyll's posts).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import nh3

from feeds.article import ItemList, Paragraph, Quote, Subheadline
from feeds.dates import DateError, parse_date
from feeds.parse.addresses import LINKS, join_address
from feeds.parse.body import Line, clean_line
from feeds.parse.draft import Draft
from feeds.parse.general import is_prose
from feeds.parse.headlines import parse_byline
from feeds.parse.html.inline import INLINE_TAGS
from feeds.parse.html.pictures import make_image
from feeds.parse.page import Page
from feeds.parse.stamps import choose, drop_stamps, find_candidates
from feeds.text import escape_html

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_FILE_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?=-|\.|$)")
MAX_NESTING: Final = 20


def read_markdown(page: Page, url: str | None, zone: ZoneInfo) -> Draft:
    """A Markdown page as a Draft."""
    draft = Draft()
    _read_blocks(_make_parser().parse("\n".join(page.lines)), url, draft)
    if (match := _FILE_DAY.match(PurePath(page.path).name)) is not None:
        try:
            draft.published = parse_date(match[1], now=None, tz=zone)
            draft.found.append(("published", None, "the day in the file's name"))
        except DateError:
            pass
    if draft.published is None and page.front.published is None:
        _read_stamp(page, zone, draft)
    drop_stamps(draft.blocks, zone)
    if not draft.blocks and draft.headline is None and page.front.title is None:
        return draft.set_aside("empty", "there is nothing below the front matter")
    return draft


def _read_stamp(page: Page, zone: ZoneInfo, draft: Draft) -> None:
    """The stamp that stands above the text, judged as on any page."""
    lines = [Line(offset, text) for offset, whole in enumerate(page.lines) if (text := whole.strip("# *_\t"))]
    prose = next((number for number, line in enumerate(lines) if is_prose(line.text)), len(lines))
    published, _ = choose(
        find_candidates(lines[: prose + 1], zone=zone, first_prose=prose, address=None), headline=None
    )
    if published is not None:
        draft.published = published.match.stamp
        rule = f"stamp in the text: {published.match.text!r} (score {published.score})"
        draft.found.append(("published", lines[published.number].offset, rule))


@cache
def _make_parser() -> MarkdownIt:
    # Costs 30 ms to import, and only Markdown pages need it.
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False, "maxNesting": MAX_NESTING})


def _read_blocks(tokens: Sequence[Token], url: str | None, draft: Draft) -> None:
    items: list[str] = []
    quotes = lists = 0
    ordered = False
    heading = 0
    for token in tokens:
        offset = token.map[0] if token.map else 0
        if token.type == "blockquote_open":
            quotes += 1
        elif token.type == "blockquote_close":
            quotes -= 1
        elif token.type in {"bullet_list_open", "ordered_list_open"}:
            lists += 1
            ordered = token.type == "ordered_list_open" if lists == 1 else ordered
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            lists -= 1
            if not lists and items:
                draft.blocks.append(ItemList(tuple(items), ordered))
                items = []
        elif token.type in {"heading_open", "heading_close"}:
            heading = int(token.tag[1:]) if token.type == "heading_open" else 0
        elif token.type in {"fence", "code_block"}:
            if text := token.content.strip():
                draft.blocks.append(Paragraph(text))
        elif token.type == "inline":
            children = token.children or []
            text = _plain(children)
            if heading == 1 and draft.headline is None and not draft.blocks:
                draft.headline = text
                draft.marks.append((offset, "headline"))
                draft.found.append(("headline", offset, "the first # headline"))
            elif heading and text:
                draft.blocks.append(Subheadline(text))
                draft.marks.append((offset, "sub-headline"))
            elif lists and text:
                items.append(text)
                draft.marks.append((offset, "list"))
            else:
                _add_images(children, url, draft)
                if text:
                    _add_paragraph(children, offset, url, draft, quoted=quotes > 0)


def _add_images(children: Sequence[Token], url: str | None, draft: Draft) -> None:
    for child in children:
        if child.type == "image":
            caption = str(child.attrs.get("title") or "")
            image = make_image(str(child.attrs.get("src") or ""), url, alt=child.content, caption=caption)
            if image is not None:
                draft.blocks.append(image)


def _add_paragraph(children: Sequence[Token], offset: int, url: str | None, draft: Draft, *, quoted: bool) -> None:
    text = _plain(children)
    if not draft.blocks and not draft.authors and (authors := parse_byline(text)):
        draft.authors = authors
        draft.marks.append((offset, "byline"))
        return
    html = _inline(children, url)
    inside = None if html == escape_html(text) else html
    draft.blocks.append(Quote(text, inside) if quoted else Paragraph(text, inside))
    draft.marks.append((offset, "quote" if quoted else "body"))


def _plain(children: Sequence[Token]) -> str:
    parts = []
    for child in children:
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
    return clean_line("".join(parts))


def _inline(children: Sequence[Token], url: str | None) -> str:
    """Inline Markdown as clean HTML; pictures are blocks of their own."""
    from markdown_it.renderer import RendererHTML

    kept = [child for child in children if child.type != "image"]
    for child in kept:
        if child.type == "link_open" and url is not None:
            child.attrs["href"] = join_address(url, str(child.attrs.get("href", "")), schemes=LINKS) or ""
    html = RendererHTML().renderInline(kept, _make_parser().options, {})
    cleaned = nh3.clean(
        html,
        tags=set(INLINE_TAGS),
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    return clean_line(cleaned)
