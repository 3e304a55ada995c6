"""The events of a Markdown parser -> the blocks of a Draft: paragraphs, sub-headlines, lists, quotes, pictures.

A table is a list of its rows, their cells parted by bars.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final, cast

from feeds.article import Block, ItemList, Paragraph, Quote, Subheadline
from feeds.errors import Problem, say_number
from feeds.parse.addresses import LINKS, join_address, join_link
from feeds.parse.bylines import parse_byline
from feeds.parse.draft import Draft, Role
from feeds.parse.html.inline import drop_outer_bold
from feeds.parse.html.pictures import make_image
from feeds.parse.items import make_numbered
from feeds.parse.markdown.inline import Inline, link_addresses, read_recording, read_tag
from feeds.parse.markdown.shortcodes import drop_shortcodes
from feeds.parse.page import Page
from feeds.text import escape_html

if TYPE_CHECKING:
    from pyromark.event import Event

_Tag = str | Mapping[str, Any]
"""What opens or closes: its name, or its name with what is known of it."""

MAX_EVENTS: Final = 10_000
MOST_CROWDED: Final = 260
"""Events for each thousand characters of a page of over MAX_EVENTS: more than the densest lists of links have."""
MAX_CELLS: Final = 10_000
"""Cells and rows of tables that a page may have beside these events."""
MAX_BARE: Final = 500
"""Bare addresses of a page that become links, at most: no text has so many."""
MAX_NESTED: Final = 20
"""Lists within each other that stay so: what is deeper is in the last of them."""
_NUMBER: Final = re.compile(rb"\s*(\d{1,9}[.)])")
_BREAK: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_RECORDING: Final = re.compile(r"\s*<(?:audio|video)\b", re.IGNORECASE)
_TAGS: Final = re.compile(r"(<[^<>]*>)")
_WEB: Final = frozenset(["http:", "https:"])
_BLANK: Final = re.compile(r"\s")
_INLINE: Final = {"Emphasis": "em", "Strong": "strong", "Strikethrough": "del"}
_MARKS: Final = frozenset([*_INLINE, "Link", "Image"])
_ROWS: Final = frozenset(["TableHead", "TableRow"])
_LINES: Final = frozenset(["Paragraph", "Item", "TableHead", "TableRow"])
"""What is read as one line."""


def read_blocks(page: Page, url: str | None, draft: Draft) -> bool:
    """Read a page's blocks into the draft; False where it is given up, for it is nothing but marks."""
    # Costs 10 ms to import, and only Markdown pages need it.
    from pyromark import Options, events_with_range

    lines = drop_shortcodes(page.lines, draft, first_line=page.first_line)
    text = "\n".join(lines)
    most = max(MAX_EVENTS, MOST_CROWDED * len(text) // 1000)
    reader = _Reader(lines, url, draft, page.first_line)
    options = Options.ENABLE_TABLES | Options.ENABLE_STRIKETHROUGH
    for number, (event, span) in enumerate(events_with_range(text, options=options, merge_text=True)):
        # A table of numbers has more cells than other texts have marks: each begins and ends.
        if number - 2 * min(reader.cells, MAX_CELLS) >= most:
            return False
        reader.read(event, span["start"])
    if reader.unplaced:
        offset, address = reader.unplaced[0]
        many = say_number(len(reader.unplaced), "picture")
        what = f"{many} left out, for the address is relative to that of the page, which is unknown"
        hint = "write `url:` into the front matter, or the whole address of the picture"
        draft.problems.append(Problem("unplaced-picture", what, page.first_line + offset, address, hint))
    if reader.unlinked:
        offset, address = reader.unlinked[0]
        what = f"{say_number(len(reader.unlinked), 'picture')} left out, for the address is none of the web"
        hint = "put it on a web server of yours, and write its whole address (https://…)"
        draft.problems.append(Problem("unlinked-picture", what, page.first_line + offset, address, hint))
    return True


@dataclass(slots=True)
class _List:
    """A list or table that is being read, the number with which it starts, and its items: number as written, blocks.

    `offset` is the line of its first item.
    """

    start: int | None
    offset: int
    items: list[tuple[str, list[Block]]] = field(default_factory=list)

    def finish(self) -> ItemList:
        """The list, without the items that hold nothing.

        "1." in front of all of them is Markdown's way to have them counted (CommonMark 0.31, section 5.3).
        """
        if self.start is None:
            return ItemList(tuple(tuple(blocks) for _, blocks in self.items if blocks))
        if all(number[:-1] == "1" for number, _ in self.items):
            return make_numbered((f"{at}.", blocks) for at, (_, blocks) in enumerate(self.items, 1))
        return make_numbered(self.items)


class _Reader:
    """Turns a page's events into the blocks of a Draft."""

    def __init__(self, lines: Sequence[str], url: str | None, draft: Draft, first_line: int) -> None:
        self.first_line = first_line
        self.url = url
        self.draft = draft
        self.lines = [line.encode() for line in lines]
        self.starts = list(accumulate((len(line) + 1 for line in self.lines), initial=0))
        self.quotes = 0
        self.lists: list[_List] = []
        """The lists and tables around."""
        self.links: list[bool] = []
        """For each link around, whether its address is one."""
        self.heading = 0
        self.code: list[str] | None = None
        self.code_start = 0
        self.html: list[str] = []
        """The lines so far of the block of HTML that is being read, which begins at `html_start`."""
        self.html_start = 0
        self.cells = 0
        """Cells and rows of tables so far."""
        self.bare = 0
        """Bare addresses so far that are links."""
        self.address: int | None = None
        """The part of the line that is the bare address with which it ends so far, if it does."""
        self.image: tuple[str, str, list[str]] | None = None
        """Address, title and the texts so far of the image that is being read."""
        self.unplaced: list[tuple[int, str]] = []
        """Offset and address of each picture that can't be shown, for its address is relative to an unknown one."""
        self.unlinked: list[tuple[int, str]] = []
        """The same for each whose address is none that readers could fetch it from: "data:", "file:"."""
        self.line: Inline | None = None

    def read(self, event: Event, start: int) -> None:
        """Take the next event; `start` is its offset in bytes of UTF-8."""
        address, self.address = self.address, None
        if isinstance(event, str):
            # A break, or a rule.
            self._add(" ", "<br>" if event == "HardBreak" else None)
            return
        ((kind, value),) = event.items()
        if address is not None and self.line is not None and _is_mark(kind, cast("_Tag", value)):
            # The mark took a part of the address: "https://example.org/_bilder_/neu".
            self.line.parts[address] = self.line.parts[address][0], None
        if kind == "Start":
            self._open(cast("_Tag", value), start)
        elif kind == "End":
            self._close(cast("_Tag", value))
        elif kind == "Code":
            self._add(str(value), f"<code>{escape_html(str(value))}</code>")
        elif kind == "Html":
            self.html.append(str(value))
        elif kind == "InlineHtml":
            self._read_tag(str(value), start)
        elif self.links or self.image is not None or self.code is not None:
            self._add(str(value), None, start)
        else:
            self._add_text(str(value), start)

    def _add_text(self, text: str, start: int) -> None:
        """Add a text with the bare addresses in it."""
        for part, link in link_addresses(text, most=MAX_BARE - self.bare):
            self._add(part, link, start)
            if link is not None and self.line is not None:
                self.bare += 1
                self.address = len(self.line.parts) - 1
            elif _BLANK.search(part):
                self.address = None

    def _add(self, text: str, html: str | None, start: int = 0) -> None:
        if self.code is not None:
            self.code.append(text)
        elif self.image is not None:
            self.image[2].append(text)
        else:
            if self.line is None:
                self.line = Inline(self._offset(start))
            self.line.parts.append((text, html))

    def _read_tag(self, tag: str, start: int) -> None:
        if _BREAK.fullmatch(tag):
            self._add(" ", "<br>", start)
        elif (recording := read_recording(tag, self.url)) is not None:
            if recording:
                shown = escape_html(recording)
                self._add(recording, f'<a href="{shown}">{shown}</a>', start)
        elif (known := read_tag(tag, self.url)) is None:
            self._add(_drop_comments(tag), None, start)
        elif known:
            self._mark(known)

    def _open(self, tag: _Tag, start: int) -> None:
        name, facts = (tag, None) if isinstance(tag, str) else next(iter(tag.items()))
        if name in _INLINE:
            self._mark(f"<{_INLINE[name]}>")
        elif name in _LINES:
            self.cells += name in _ROWS
            self._finish()
            if name != "Paragraph":
                self._open_item(start)
            self.line = Inline(self._offset(start))
        elif name == "TableCell":
            self.cells += 1
            if self.line is not None and self.line.parts:
                self._add(" | ", None)
            self._add("", None)
        elif name == "Link" and facts:
            address = join_link(self.url, facts["dest_url"], schemes=LINKS)
            self.links.append(address is not None)
            if address is not None:
                self._mark(f'<a href="{escape_html(address)}">')
        elif name == "Image" and facts and self.image is None:
            self.image = facts["dest_url"], facts["title"], []
        elif name == "Heading" and facts:
            self.heading = int(facts["level"].removeprefix("H"))
            self.line = Inline(self._offset(start))
        elif name == "BlockQuote":
            self.quotes += 1
        elif name in {"List", "Table"}:
            self._finish()
            start_number = facts if name == "List" else None
            is_nested = len(self.lists) < MAX_NESTED
            self.lists.append(_List(start_number, self._offset(start)) if is_nested else self.lists[-1])
        elif name == "CodeBlock":
            self.code_start, self.code = start, []
        elif name == "HtmlBlock":
            self.html_start, self.html = start, []

    def _close(self, tag: _Tag) -> None:
        name = tag if isinstance(tag, str) else next(iter(tag))
        if name in _INLINE:
            self._mark(f"</{_INLINE[name]}>")
        elif name in _LINES:
            self._finish()
        elif name == "HtmlBlock":
            html = _drop_comments("".join(self.html))
            for part in _TAGS.split(html) if _RECORDING.match(html) is not None else (html,):
                if part.startswith("<") and part != html:
                    self._read_tag(part, self.html_start)
                else:
                    self._add(part, None, self.html_start)
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
        elif name in {"List", "Table"}:
            self._close_list()
        elif name == "CodeBlock":
            if self.code is not None and (text := "".join(self.code).strip()):
                self._blocks().append(Paragraph(text))
                self.draft.marks.append((self._offset(self.code_start), "body"))
            self.code = None

    def _open_item(self, start: int) -> None:
        around = self.lists[-1]
        number = ""
        if around.start is not None:
            at = self._offset(start)
            match = _NUMBER.match(self.lines[at], start - self.starts[at])
            number = f"{around.start + len(around.items)}." if match is None else match[1].decode()
        around.items.append((number, []))

    def _close_list(self) -> None:
        self._finish()
        read = self.lists.pop()
        is_shared = bool(self.lists) and self.lists[-1] is read
        if not is_shared and any(blocks for _, blocks in read.items):
            self._note_wrapped(read)
            self._blocks().append(read.finish())

    def _note_wrapped(self, read: _List) -> None:
        """Note a list that may be none: a paragraph was wrapped in front of a number, as of a day (section 5.3)."""
        is_below = self.draft.blocks and isinstance(self.draft.blocks[-1], Paragraph) and self.lines[read.offset - 1]
        if read.start is not None and len(read.items) == 1 and is_below and not self.lists:
            line = self.lines[read.offset].decode()
            what = "the number in front of the line makes it a list, which ends the paragraph above"
            hint = r"if it is part of the sentence, put a backslash between it and its full stop: 1\."
            self.draft.problems.append(Problem("wrapped-number", what, self.first_line + read.offset, line, hint))

    def _blocks(self) -> list[Block]:
        """Where the next block belongs: the item that is being read, or the text."""
        return self.lists[-1].items[-1][1] if self.lists else self.draft.blocks

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
        elif self.url is None and join_address(None, address) is None and _is_relative(address):
            self.unplaced.append((self.line.offset, address))
        elif (scheme := _SCHEME.match(address)) is not None and scheme[0].casefold() not in _WEB:
            self.unlinked.append((self.line.offset, address))

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
            self._blocks().append(Subheadline(text, drop_outer_bold(line.inside())))
            draft.marks.append((line.offset, "sub-headline"))
        elif self.lists:
            if not text.strip("| "):
                # Such as the head of a table that has none, which Markdown asks for.
                return
            self._blocks().append(Paragraph(text, line.inside()))
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


def _is_mark(kind: str, value: _Tag) -> bool:
    """Whether an event is a mark within a line, and not one that ends there."""
    if kind == "Start":
        return (value if isinstance(value, str) else next(iter(value))) in _MARKS
    return kind == "Code"


def _is_relative(address: str) -> bool:
    return _SCHEME.match(address) is None and not address.startswith("#")


def _drop_comments(html: str) -> str:
    """HTML without its comments, which are for who writes; one that is not closed is shown: all below it was lost."""
    parts, position = [], 0
    while (start := html.find("<!--", position)) >= 0 and (end := html.find("-->", start)) >= 0:
        parts.append(html[position:start])
        position = end + len("-->")
    return "".join((*parts, html[position:]))
