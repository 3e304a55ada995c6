"""When a page was published and changed: by its stamps, by the day on which it was seen, its address, its dateline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from feeds.dates import Stamp
from feeds.parse.body import Line, is_sentence
from feeds.parse.datelines.dateline import DatelineMatch
from feeds.parse.datelines.year import is_near
from feeds.parse.draft import Draft
from feeds.parse.head.judging import is_relative_stamp
from feeds.parse.head.reading import Head, read_beside
from feeds.parse.outline import Outline
from feeds.parse.page import Page
from feeds.parse.stamps.candidate import EARLIEST_YEAR, Candidate
from feeds.parse.stamps.changes import find_change_that_day
from feeds.parse.stamps.choice import Chosen
from feeds.parse.stamps.seen import find_relative, may_be_seen
from feeds.parse.unusable import find_unusable_stamp


def read_dates(
    page: Page,
    outline: Outline,
    head: Head,
    chosen: Chosen,
    match: DatelineMatch | None,
    *,
    zone: ZoneInfo,
    draft: Draft,
) -> None:
    """Read the days of publication and change into the draft; `chosen` are the page's stamps, `match` its dateline."""
    lines = outline.lines
    published, updated = chosen
    is_loose = published is None or may_be_seen(published, head.headline)
    if published is not None and is_loose and match is not None and not is_near(match.dateline, published.match.stamp):
        # A dateline is near the publication.
        published = None
    relative = find_relative(lines, outline.candidates, headline=head.headline, zone=zone) if is_loose else None
    if relative is not None:
        published = None
        number, seen = relative
        draft.published = seen.stamp
        rule = f"from the day on which the page was seen: {seen.text!r}"
        draft.found.append(("published", lines[number].offset, rule))
    _read_stamps(page, lines, Chosen(published, updated), draft)
    if draft.published is None:
        _date_otherwise(match, outline.address, draft)
    if draft.published is None and updated is not None and _is_only_stamp(lines, updated, head):
        draft.published, draft.updated = updated.match.stamp, None
        draft.found.append(("published", lines[updated.number].offset, f"the only stamp: {updated.match.text!r}"))
    if draft.published is not None and updated is not None and updated.day < draft.published.day:
        # "Letzte Änderung 30.08.2023" in the foot is that of the site's page, or of a draft.
        draft.updated = draft.updated if updated.day.year + 1 < draft.published.day.year else None
    if draft.published is None and page.front.published is None:
        problem = find_unusable_stamp(
            lines, headline=head.headline, first_prose=outline.first_prose, zone=zone, first_line=page.first_line
        )
        draft.problems += [] if problem is None else [problem]


def _read_stamps(page: Page, lines: Sequence[Line], chosen: Chosen, draft: Draft) -> None:
    """Read the chosen stamps into the draft, and what shares a line with that of the publication."""
    for name, candidate in chosen._asdict().items():
        if candidate is None:
            continue
        offset = lines[candidate.number].offset
        rule = f"{candidate.match.label or 'stamp'}: {candidate.match.text!r} (score {candidate.score})"
        draft.found.append((name, offset, rule))
        # "(mla) | 25.11.26, 06:15": it shares its line with what is no text.
        draft.marks = [(at, "stamp" if at == offset and role == "navigation" else role) for at, role in draft.marks]
    published, updated = chosen
    if published is not None:
        draft.published = published.match.stamp
        if published.kind != "opening" and (not published.whole or published.kind == "signed"):
            read_beside(lines[published.number].text, published, page.front.url, draft)
    if updated is not None:
        draft.updated = updated.match.stamp
    elif published is not None and (change := find_change_that_day(lines[published.number].text, published)):
        draft.updated = change
        draft.found.append(("updated", lines[published.number].offset, "the clock of a change behind the stamp"))


def _date_otherwise(match: DatelineMatch | None, address: date | None, draft: Draft) -> None:
    """The date of a page without a stamp: that of its address, else that of its dateline."""
    if address is not None:
        draft.published = Stamp(address, "day")
        draft.found.append(("published", None, "the date in the address"))
    elif match is not None and match.date is not None and match.date.year >= EARLIEST_YEAR:
        draft.published = Stamp(match.date, "day")
        draft.found.append(("published", draft.offset_of("dateline"), "the dateline's date"))


def _is_only_stamp(lines: Sequence[Line], state: Candidate, head: Head) -> bool:
    """Whether a state with its clock, right below the text, is all that a page says: "Stand: 17.12.2010, 16.00 Uhr".

    A day alone may be that of the site, and what is below a label that of a forecast or a table.
    """
    if not (state.is_state and state.has_clock and state.number and is_sentence(lines[state.number - 1].text)):
        return False
    return not any(is_relative_stamp(line.text) for line in head.lines)
