"""Markdown pages with front matter, the way static-site generators know them.

The first `#` headline is the title where the front matter has none; a file name such as 2024-06-25-radwege.md gives the
day where it has no date (Jekyll's posts).
"""

from __future__ import annotations

import re
from pathlib import PurePath
from zoneinfo import ZoneInfo

from feeds.dates import DateError, Stamp, parse_date
from feeds.parse.body import Line
from feeds.parse.credits import read_dateline, read_signature
from feeds.parse.draft import Draft
from feeds.parse.front import read_dates
from feeds.parse.head.reading import read_beside
from feeds.parse.markdown.blocks import read_blocks
from feeds.parse.page import Page
from feeds.parse.prose import is_prose
from feeds.parse.stamps.choice import choose
from feeds.parse.stamps.forms import drop_stamps
from feeds.parse.stamps.search import find_candidates
from feeds.parse.unusable import find_unusable_stamp

_SIGNS = "# *_\t"
"""What may be around the text of a line."""
_FILE_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?=-|\.|$)")


def read_markdown(page: Page, url: str | None, zone: ZoneInfo) -> Draft:
    """A Markdown page as a Draft."""
    draft = Draft()
    if not read_blocks(page, url, draft):
        return Draft().set_aside("empty", "it is thousands of marks around next to no text: no page of a newsroom")
    if (match := _FILE_DAY.match(PurePath(page.path).name)) is not None:
        try:
            draft.published = parse_date(match[1], now=None, tz=zone)
            draft.found.append(("published", None, "the day in the file's name"))
        except DateError:
            pass
    if draft.published is None and page.front.published is None:
        _read_stamp(page, zone, draft)
    written, _ = read_dates(page.front, path=page.path, tz=zone)
    _read_credits(draft, written or draft.published)
    stamps = drop_stamps(draft.blocks, zone)
    draft.marks = [(at, "stamp" if page.lines[at].strip(_SIGNS) in stamps else role) for at, role in draft.marks]
    if not draft.blocks and draft.headline is None and page.front.title is None:
        return draft.set_aside("empty", "there is nothing below the front matter")
    return draft


def _read_credits(draft: Draft, published: Stamp | None) -> None:
    """The dateline in front of the text, and the agency that signs below it."""
    read_dateline(draft, published=None if published is None else published.day, strict=True)
    if read_signature(draft):
        at = max(at for at, (_, role) in enumerate(draft.marks) if role == "body")
        draft.marks[at] = draft.marks[at][0], "agency"


def _read_stamp(page: Page, zone: ZoneInfo, draft: Draft) -> None:
    """The stamp that is above the text, judged as on any page."""
    lines = [Line(offset, text) for offset, whole in enumerate(page.lines) if (text := whole.strip(_SIGNS))]
    prose = next((number for number, line in enumerate(lines) if is_prose(line.text)), len(lines))
    published, _ = choose(find_candidates(lines[: prose + 1], zone=zone, first_prose=prose, url=None), headline=None)
    if published is not None:
        draft.published = published.match.stamp
        rule = f"stamp in the text: {published.match.text!r} (score {published.score})"
        draft.found.append(("published", lines[published.number].offset, rule))
        read_beside(lines[published.number].text, published, page.front.url, draft)
    elif problem := find_unusable_stamp(lines, headline=None, first_prose=prose, zone=zone, first_line=page.first_line):
        draft.problems.append(problem)
