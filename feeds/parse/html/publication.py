"""When an HTML page was published: the first of what it says for machines, its title, its visible text, its address.

Values for machines are taken as they are. A text is judged as a stamp on any page is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from lxml.html import HtmlElement

from feeds.article import Paragraph
from feeds.dates import DateError, Stamp, find_dates, parse_date
from feeds.parse.body import Line, cut_front
from feeds.parse.draft import Draft
from feeds.parse.html.elements import MIDNIGHT
from feeds.parse.html.metadata import Metadata
from feeds.parse.html.place import split_titles
from feeds.parse.html.shown import find_only, find_shown_stamps, tell_rule
from feeds.parse.html.value import Value
from feeds.parse.mending.tiles import dot_bars
from feeds.parse.stamps.candidate import LEAST_SCORE, Candidate
from feeds.parse.stamps.changes import find_change_that_day, is_later
from feeds.parse.stamps.forms import is_stamp
from feeds.parse.stamps.openings import find_text_behind
from feeds.parse.stamps.search import find_candidates

EARLIEST_YEAR: Final = 1990
MAX_VALUES: Final = 30
"""Values that may have the clock of a day, at most."""
LEAST_SCORE_NAMED: Final = 0
"""Of a date in an element that is named for one: all but closing dates, events, spans of days."""
_CHANGED = re.compile(
    r"\W*(?:zuletzt |letztes? )?(?:aktualisiert|aktualisierung|geändert|änderung|bearbeitet|update|updated|modified)\b",
    re.IGNORECASE,
)
_CREATED = re.compile(r"created$", re.IGNORECASE)
MAX_TITLE_DATE: Final = 30
_EPOCH = re.compile(r"(?P<seconds>(?:[6-9]\d{8}|[12]\d{9}))(?:\d{3}|\.\d{1,6})?")
"""Seconds or milliseconds since 1970, from 1989 on."""
_JAVA = re.compile(
    r"^[A-Z][a-z]{2} (?P<day>[A-Z][a-z]{2} \d{1,2}) (?P<clock>\d{2}:\d{2}:\d{2}) (?P<zone>[A-Z]{3,4}) (?P<year>\d{4})$"
)


def read_dates(tree: HtmlElement, metadata: Metadata, url: str | None, zone: ZoneInfo, draft: Draft) -> None:
    """Fill in when a page was published and when it was last changed, from the best of what says so.

    `url` is the page's address; what is given in UTC is converted to `zone`.
    """
    given = _read_given(metadata.published, zone)
    if given is not None:
        value, draft.published = given
        draft.found.append(("published", value.offset, value.rule))
        if days := _find_bare_days(value, draft.published):
            _read_clock(tree, metadata, url, zone, draft, days=days)
    elif not _read_title_date(metadata, zone, draft):
        _read_visible_date(tree, metadata, url, zone, draft)
    beside = [value for value in metadata.published if value.form == "text"]
    for value in (*metadata.updated, *beside):
        stamp = _read_change(value, zone) if value in beside else _read_value(value, zone)
        if stamp is not None:
            if draft.published is None or is_later(stamp, draft.published):
                draft.updated = stamp
                draft.found.append(("updated", value.offset, value.rule))
            break


def _read_given(values: Sequence[Value], zone: ZoneInfo) -> tuple[Value, Stamp] | None:
    """The first value that is a stamp, and that.

    Some systems call it the creation when they have made the page for this reader: the day that it shows is before.
    """
    read = ((value, _read_value(value, zone)) for value in values if not _is_change(value))
    stamps = ((value, stamp) for value, stamp in read if stamp is not None)
    first = next(stamps, None)
    if first is None or not _CREATED.search(first[0].rule):
        return first
    shown = next((item for item in stamps if item[0].rule.startswith("<")), None)
    is_older = shown is not None and shown[1].day < first[1].day
    return shown if is_older else first


def _find_bare_days(value: Value, stamp: Stamp) -> frozenset[date]:
    """The days that a value may mean that has no clock; none where it has one.

    Midnight, in the page's zone or in UTC, is what a system adds to a day.
    """
    if not isinstance(stamp.value, datetime):
        return frozenset([stamp.day])
    written = MIDNIGHT.match(value.text)
    days = [] if written is None else [date.fromisoformat(written[1])]
    return frozenset([*days, stamp.day] if stamp.value.time() == time.min else days)


def _read_clock(
    tree: HtmlElement, metadata: Metadata, url: str | None, zone: ZoneInfo, draft: Draft, *, days: frozenset[date]
) -> None:
    """Take the clock that the page has elsewhere for its day of publication; else the day, where it has that alone."""
    found = [
        (value, stamp)
        for value in metadata.published[:MAX_VALUES]
        if not (_is_change(value) or _CREATED.search(value.rule))
        if (stamp := _read_value(value, zone)) is not None
    ]
    visible = find_shown_stamps(tree, metadata, url, zone, draft)
    if (shown := visible.published) is not None:
        offset = visible.lines[shown.number].offset
        found.append((Value(shown.match.text, offset, tell_rule(shown), "text"), shown.match.stamp))
    own = [(value, stamp) for value, stamp in found if stamp.day in days]
    clocks = [(value, stamp) for value, stamp in own if not _find_bare_days(value, stamp)]
    bare = [(value, stamp) for value, stamp in own if not stamp.has_clock]
    if clocks or bare:
        value, draft.published = (clocks or bare)[0]
        draft.find_anew("published", value.offset, value.rule)


def _is_change(value: Value) -> bool:
    """Whether a text calls its date that of a change, whatever its element is named for."""
    return value.form != "machine" and _CHANGED.match(value.text) is not None


def _read_value(value: Value, zone: ZoneInfo) -> Stamp | None:
    if value.form == "machine":
        return _read_stamp(value.text, zone)
    value = replace(value, text=dot_bars(value.text))
    # A text is judged as on any page: what its element is named for doesn't make a closing date one of publication.
    if len(value.text) <= MAX_TITLE_DATE:
        try:
            stamp = parse_date(value.text, now=None, tz=zone)
        except DateError:
            pass
        else:
            return _check(stamp, zone)
    found = find_candidates([Line(0, value.text)], zone=zone, first_prose=1, url=None)
    candidates = [one for one in found if one.match.label != "updated"]
    least = LEAST_SCORE_NAMED if value.form == "date" else LEAST_SCORE
    best = max(candidates, key=lambda one: one.score, default=None)
    if best is None or best.score < least:
        return None
    return _check(best.match.stamp, zone)


def _read_change(value: Value, zone: ZoneInfo) -> Stamp | None:
    """The stamp of a change in a text that holds that of the publication, too."""
    found = find_candidates([Line(0, dot_bars(value.text))], zone=zone, first_prose=1, url=None)
    changes = [one.match.stamp for one in found if one.match.label == "updated" and one.score >= LEAST_SCORE]
    return _check(changes[0], zone) if changes else None


def _read_stamp(text: str, zone: ZoneInfo) -> Stamp | None:
    """The stamp of a value that a page gives for machines, its clock in the page's zone where it is given in UTC."""
    if (match := _EPOCH.fullmatch(text.strip())) is not None:
        value = datetime.fromtimestamp(int(match["seconds"]), UTC)
        return _check(Stamp(value, "second"), zone)
    # How Java writes an instant: "Sun Mar 01 10:15:00 CET 2020".
    text = _JAVA.sub(r"\g<day> \g<year> \g<clock> \g<zone>", text[:200])
    try:
        stamp = parse_date(text, now=None, tz=zone)
    except DateError:
        found = find_dates(text, now=None, tz=zone)
        if not found:
            return None
        stamp = found[0].stamp
    return _check(stamp, zone)


def _check(stamp: Stamp, zone: ZoneInfo) -> Stamp | None:
    if not EARLIEST_YEAR <= stamp.value.year < 2100:
        return None
    if isinstance(stamp.value, datetime) and stamp.value.utcoffset() == UTC.utcoffset(None):
        return replace(stamp, value=stamp.value.astimezone(zone))
    return stamp


def _read_title_date(metadata: Metadata, zone: ZoneInfo, draft: Draft) -> bool:
    """The date that is a part of the page's title: "Headline | Sender | 19.01.2020"."""
    titles = [value.text for value in (*metadata.title, *metadata.window)]
    for part in split_titles(titles, metadata.site_name):
        if len(part) <= MAX_TITLE_DATE and is_stamp(part, zone) and (stamp := _read_stamp(part, zone)) is not None:
            draft.published = stamp
            draft.found.append(("published", None, f"a date in the title: {part!r}"))
            return True
    return False


def _read_visible_date(tree: HtmlElement, metadata: Metadata, url: str | None, zone: ZoneInfo, draft: Draft) -> None:
    lines, candidates, published, updated, address = find_shown_stamps(tree, metadata, url, zone, draft)
    if published is not None and published.kind == "opening":
        _take_off(lines[published.number].text, published, draft)
    elif published is not None and published.whole:
        _take_off_line(lines[published.number].text, draft)
    if address is None and (published is None or published.kind == "masthead"):
        published = find_only(candidates) or published
    if published is not None:
        draft.published = published.match.stamp
        draft.found.append(("published", lines[published.number].offset, tell_rule(published)))
    elif address is not None:
        draft.published = Stamp(address, "day")
        draft.found.append(("published", None, "the date in the address"))
    if updated is not None:
        draft.updated = updated.match.stamp
    elif published is not None:
        draft.updated = find_change_that_day(lines[published.number].text, published)


def _take_off(text: str, opening: Candidate, draft: Draft) -> None:
    """Take the day in front of the text off it."""
    for at, block in enumerate(draft.blocks):
        if isinstance(block, Paragraph) and block.text == text:
            draft.blocks[at : at + 1] = cut_front(block, find_text_behind(text, opening) or 0)
            return


def _take_off_line(stamp: str, draft: Draft) -> None:
    """Take a stamp's line off the first paragraph, where only a line break is between them."""
    for at, block in enumerate(draft.blocks):
        if isinstance(block, Paragraph):
            if block.text.startswith(f"{stamp} "):
                draft.blocks[at : at + 1] = cut_front(block, len(stamp) + 1)
            return
