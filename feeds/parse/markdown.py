"""Markdown pages with front matter, the way static-site generators know them (CommonMark 0.31; no raw HTML).

The first `#` headline is the title where the front matter has none; a file name such as 2024-06-25-radwege.md gives the
day where it has no date (Jekyll's posts).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final, cast
from zoneinfo import ZoneInfo

import nh3

from feeds.article import Image, ItemList, Paragraph, Quote, Subheadline
from feeds.dates import DateError, parse_date
from feeds.parse.addresses import LINKS, join_link
from feeds.parse.body import Line, clean_line
from feeds.parse.bylines import parse_byline
from feeds.parse.credits import read_dateline, read_signature
from feeds.parse.draft import Draft, Role
from feeds.parse.html.inline import INLINE_TAGS
from feeds.parse.html.pictures import make_image
from feeds.parse.page import Page
from feeds.parse.prose import is_prose
from feeds.parse.stamps.choice import choose
from feeds.parse.stamps.forms import drop_stamps
from feeds.parse.stamps.search import find_candidates
from feeds.text import escape_html

if TYPE_CHECKING:
    from pyromark.event import Event

_Tag = str | Mapping[str, Any]
"""What opens or closes: its name, or its name with what is known of it."""

_FILE_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?=-|\.|$)")
MAX_EVENTS: Final = 10_000
MOST_CROWDED: Final = 260
"""Events for each thousand characters of a page of over MAX_EVENTS: more than the densest lists of links have."""
_BREAK: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
_INLINE: Final = {"Emphasis": "em", "Strong": "strong"}


def read_markdown(page: Page, url: str | None, zone: ZoneInfo) -> Draft:
    """A Markdown page as a Draft."""
    draft = Draft()
    if not _read_blocks(page.lines, url, draft):
        return Draft().set_aside("empty", "it is thousands of marks around next to no text: no page of a newsroom")
    if (match := _FILE_DAY.match(PurePath(page.path).name)) is not None:
        try:
            draft.published = parse_date(match[1], now=None, tz=zone)
            draft.found.append(("published", None, "the day in the file's name"))
        except DateError:
            pass
    if draft.published is None and page.front.published is None:
        _read_stamp(page, zone, draft)
    _read_credits(draft)
    drop_stamps(draft.blocks, zone)
    if not draft.blocks and draft.headline is None and page.front.title is None:
        return draft.set_aside("empty", "there is nothing below the front matter")
    return draft


def _read_credits(draft: Draft) -> None:
    """The dateline in front of the text, and the agency that signs below it."""
    read_dateline(draft, published=None if draft.published is None else draft.published.day)
    if read_signature(draft):
        at = max(at for at, (_, role) in enumerate(draft.marks) if role == "body")
        draft.marks[at] = draft.marks[at][0], "agency"


def _read_stamp(page: Page, zone: ZoneInfo, draft: Draft) -> None:
    """The stamp that is above the text, judged as on any page."""
    lines = [Line(offset, text) for offset, whole in enumerate(page.lines) if (text := whole.strip("# *_\t"))]
    prose = next((number for number, line in enumerate(lines) if is_prose(line.text)), len(lines))
    published, _ = choose(
        find_candidates(lines[: prose + 1], zone=zone, first_prose=prose, address=None), headline=None
    )
    if published is not None:
        draft.published = published.match.stamp
        rule = f"stamp in the text: {published.match.text!r} (score {published.score})"
        draft.found.append(("published", lines[published.number].offset, rule))


def _read_blocks(lines: Sequence[str], url: str | None, draft: Draft) -> bool:
    """Read a page's blocks into the draft; False where it is given up, for it is nothing but marks."""
    # Costs 10 ms to import, and only Markdown pages need it.
    from pyromark import events_with_range

    text = "\n".join(lines)
    most = max(MAX_EVENTS, MOST_CROWDED * len(text) // 1000)
    reader = _Reader(lines, url, draft)
    for number, (event, span) in enumerate(events_with_range(text, merge_text=True)):
        if number == most:
            return False
        reader.read(event, span["start"])
    return True


@dataclass(slots=True)
class _Line:
    """What is in a paragraph, a headline or an item: its parts as plain text and, of markup, as HTML."""

    offset: int
    parts: list[tuple[str, str | None]] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)

    def text(self) -> str:
        return clean_line("".join(plain for plain, _ in self.parts))

    def inside(self) -> str | None:
        """The clean HTML, None where it says no more than the text."""
        if all(html is None for _, html in self.parts):
            return None
        cleaned = nh3.clean(
            "".join(escape_html(plain) if html is None else html for plain, html in self.parts),
            tags=set(INLINE_TAGS),
            attributes={"a": {"href"}},
            url_schemes={"http", "https", "mailto"},
            link_rel=None,
        )
        return clean_line(cleaned)


class _Reader:
    """Turns a page's events into the blocks of a Draft."""

    def __init__(self, lines: Sequence[str], url: str | None, draft: Draft) -> None:
        self.url = url
        self.draft = draft
        self.starts = list(accumulate((len(line.encode()) + 1 for line in lines), initial=0))
        self.items: list[str] = []
        self.quotes = 0
        self.lists: list[bool] = []
        """For each list around, whether it is ordered."""
        self.links: list[bool] = []
        """For each link around, whether its address is one."""
        self.heading = 0
        self.code: list[str] | None = None
        self.code_start = 0
        self.html: list[str] = []
        """The lines so far of the block of HTML that is being read, which begins at `html_start`."""
        self.html_start = 0
        self.image: tuple[str, str, list[str]] | None = None
        """Address, title and the texts so far of the image that is being read."""
        self.line: _Line | None = None

    def read(self, event: Event, start: int) -> None:
        """Take the next event; `start` is its offset in bytes of UTF-8."""
        if isinstance(event, str):
            # A break, or a rule.
            self._add(" ", None)
            return
        ((kind, value),) = event.items()
        if kind == "Start":
            self._open(cast("_Tag", value), start)
        elif kind == "End":
            self._close(cast("_Tag", value))
        elif kind == "Code":
            self._add(str(value), f"<code>{escape_html(str(value))}</code>")
        elif kind == "Html":
            self.html.append(str(value))
        elif kind == "InlineHtml" and _BREAK.fullmatch(str(value)):
            self._add(" ", None)
        else:
            # Text; and HTML, which is shown as it is.
            self._add(_drop_comments(str(value)) if kind == "InlineHtml" else str(value), None, start)

    def _add(self, text: str, html: str | None, start: int = 0) -> None:
        if self.code is not None:
            self.code.append(text)
        elif self.image is not None:
            self.image[2].append(text)
        else:
            if self.line is None:
                self.line = _Line(self._offset(start))
            self.line.parts.append((text, html))

    def _open(self, tag: _Tag, start: int) -> None:
        name, facts = (tag, None) if isinstance(tag, str) else next(iter(tag.items()))
        if name in _INLINE:
            self._mark(f"<{_INLINE[name]}>")
        elif name in {"Paragraph", "Item"}:
            self._finish()
            self.line = _Line(self._offset(start))
        elif name == "Link" and facts:
            address = join_link(self.url, facts["dest_url"], schemes=LINKS)
            self.links.append(address is not None)
            if address is not None:
                self._mark(f'<a href="{escape_html(address)}">')
        elif name == "Image" and facts and self.image is None:
            self.image = facts["dest_url"], facts["title"], []
        elif name == "Heading" and facts:
            self.heading = int(facts["level"].removeprefix("H"))
            self.line = _Line(self._offset(start))
        elif name == "BlockQuote":
            self.quotes += 1
        elif name == "List":
            self._finish()
            self.lists.append(facts is not None)
        elif name == "CodeBlock":
            self.code_start, self.code = start, []
        elif name == "HtmlBlock":
            self.html_start, self.html = start, []

    def _close(self, tag: _Tag) -> None:
        name = tag if isinstance(tag, str) else next(iter(tag))
        if name in _INLINE:
            self._mark(f"</{_INLINE[name]}>")
        elif name in {"Paragraph", "Item"}:
            self._finish()
        elif name == "HtmlBlock":
            self._add(_drop_comments("".join(self.html)), None, self.html_start)
            self._finish()
        elif name == "Link":
            if self.links.pop():
                self._mark("</a>")
        elif name == "Image":
            self._close_image()
        elif name == "Heading":
            self._finish()
            self.heading = 0
        elif name == "BlockQuote":
            self.quotes -= 1
        elif name == "List":
            self._close_list()
        elif name == "CodeBlock":
            if self.code is not None and (text := "".join(self.code).strip()):
                self.draft.blocks.append(Paragraph(text))
                self.draft.marks.append((self._offset(self.code_start), "body"))
            self.code = None

    def _close_list(self) -> None:
        self._finish()
        ordered = self.lists.pop()
        if not self.lists and self.items:
            self.draft.blocks.append(ItemList(tuple(self.items), ordered))
            self.items = []

    def _mark(self, html: str) -> None:
        if self.line is not None and self.image is None:
            self.line.parts.append(("", html))

    def _close_image(self) -> None:
        if self.image is None or self.line is None:
            return
        address, title, alt = self.image
        self.image = None
        image = make_image(address, self.url, alt="".join(alt), caption=title)
        if image is not None:
            self.line.images.append(image)

    def _finish(self) -> None:
        """Write the line that was being read as what it is."""
        line, self.line = self.line, None
        if line is None:
            return
        draft, text = self.draft, line.text()
        draft.blocks.extend(line.images)
        if not text:
            return
        if self.heading == 1 and draft.headline is None and not draft.blocks:
            draft.headline = text
            draft.marks.append((line.offset, "headline"))
            draft.found.append(("headline", line.offset, "the first # headline"))
        elif self.heading:
            draft.blocks.append(Subheadline(text))
            draft.marks.append((line.offset, "sub-headline"))
        elif self.lists:
            self.items.append(text)
            draft.marks.append((line.offset, "list"))
        elif not draft.blocks and not draft.authors and (authors := parse_byline(text)):
            draft.authors = authors
            draft.marks.append((line.offset, "byline"))
        else:
            kind, mark = (Quote, "quote") if self.quotes else (Paragraph, "body")
            draft.blocks.append(kind(text, line.inside()))
            draft.marks.append((line.offset, cast("Role", mark)))

    def _offset(self, start: int) -> int:
        return bisect_right(self.starts, start) - 1


def _drop_comments(html: str) -> str:
    """HTML without its comments, which are for who writes; one that is not closed is shown: all below it was lost."""
    parts, position = [], 0
    while (start := html.find("<!--", position)) >= 0 and (end := html.find("-->", start)) >= 0:
        parts.append(html[position:start])
        position = end + len("-->")
    return "".join((*parts, html[position:]))
