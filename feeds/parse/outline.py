"""The outline of a plain-text page: its paragraphs, which part of it is the article, and the dates that it shows.

What the page is, and what its head says, is judged by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from feeds.parse.beginning import breaks_off, find_first_prose, find_text_below
from feeds.parse.body import Line
from feeds.parse.kinds.items import find_list_above
from feeds.parse.menus import find_article_part
from feeds.parse.prose import is_prose
from feeds.parse.stamps.address import find_address_date
from feeds.parse.stamps.candidate import Candidate
from feeds.parse.stamps.openings import find_opening
from feeds.parse.stamps.search import find_candidates


@dataclass(frozen=True, slots=True)
class Outline:
    """The lines of a page, and what is known of them before its head is read.

    `paragraphs` are the numbers of the lines of running text, `lead` that of the first one of the article, and
    `first_prose` that of the first one below the head, which may be further down. The article is in the `part` of the
    page that begins with this line. `address` is the day that the `url` names.
    """

    lines: Sequence[Line]
    paragraphs: Sequence[int]
    lead: int
    first_prose: int
    candidates: Sequence[Candidate]
    url: str | None
    address: date | None
    part: int

    @property
    def prose(self) -> list[str]:
        """The texts of the paragraphs."""
        return [self.lines[number].text for number in self.paragraphs]


def find_outline(lines: Sequence[Line], url: str | None, zone: ZoneInfo) -> Outline:
    """The Outline of the page at `url` that has these lines, at least one."""
    address = find_address_date(url)
    paragraphs = [number for number, line in enumerate(lines) if is_prose(line.text)]
    part = find_article_part(lines, paragraphs, zone)
    lead = find_first_prose(lines, part)
    if not paragraphs and lead == len(lines) - 1 and breaks_off(lines):
        paragraphs = [lead]
    first_prose = find_text_below(lines, lead, zone, part)
    candidates = find_candidates(lines, zone=zone, first_prose=first_prose, url=url)
    part = max(part, find_list_above(lines, candidates, lead))
    candidates = find_opening(lines, [one for one in candidates if one.number >= part], first_prose, address)
    return Outline(lines, paragraphs, lead, first_prose, candidates, url, address, part)
