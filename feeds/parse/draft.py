"""The Draft: what a layout found on a page, before front matter and source have their say.

The one record of this package that is filled step by step. Line numbers in it are offsets into `Page.lines`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from feeds.article import Block, Dateline
from feeds.dates import Stamp
from feeds.errors import Problem

if TYPE_CHECKING:
    from feeds.parse.body import Line

Role = Literal[
    "navigation", "crawl date", "category", "stamp", "headline", "kicker", "lead", "byline", "caption", "dateline",
    "body", "sub-headline", "list", "quote", "repeated", "end mark", "agency", "no sentence", "footer", "front matter",
]  # fmt: skip
"""What a line of a page is, in the words that `feeds parse` shows."""


@dataclass(slots=True)
class Draft:
    """A page as its layout read it. `marks` are (offset, role), `found` are (field, offset or None, rule)."""

    kind: str = "article"
    reason: str | None = None
    headline: str | None = None
    kicker: str | None = None
    summary: str | None = None
    category: str | None = None
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    published: Stamp | None = None
    updated: Stamp | None = None
    crawled: date | None = None
    dateline: Dateline | None = None
    agencies: tuple[str, ...] = ()
    url: str | None = None
    language: str | None = None
    access: Literal["free", "paid"] | None = None
    blocks: list[Block] = field(default_factory=list)
    marks: list[tuple[int, Role]] = field(default_factory=list)
    found: list[tuple[str, int | None, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def offset_of(self, field: str) -> int | None:
        """The offset of the line in which a field was found; None where it wasn't, or in none of the lines."""
        return next((at for name, at, _ in self.found if name == field), None)

    def mark(self, offsets: Iterable[int], role: Role) -> None:
        """Note what the lines at these offsets are."""
        self.marks.extend((offset, role) for offset in offsets)

    def drop(self, lines: Sequence[Line], numbers: Collection[int], role: Role) -> list[Line]:
        """The lines without those of these numbers, which are noted as what they are."""
        self.mark((lines[number].offset for number in sorted(numbers)), role)
        return [line for number, line in enumerate(lines) if number not in numbers]

    def find_anew(self, field: str, at: int | None, rule: str) -> None:
        """Note that a field is from this line, whatever was noted of it before."""
        self.found = [item for item in self.found if item[0] != field]
        self.found.append((field, at, rule))

    def set_aside(self, kind: str, reason: str) -> Draft:
        """This draft as that of a page which is no article."""
        self.kind, self.reason = kind, reason
        return self
