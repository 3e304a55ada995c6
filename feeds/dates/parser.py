"""A text that is one date: what most pages print is read at once, all else by the grammar."""

from __future__ import annotations

from datetime import datetime, tzinfo

from feeds.dates.shortcut import read_common_stamp
from feeds.dates.stamp import Basis, Prefer, Stamp
from feeds.errors import DateError

MAX_LENGTH = 1000
"""Characters of a text that may be one date; a longer one is for `find_dates`."""


def parse_date(text: str, *, now: datetime | None, tz: tzinfo, prefer: Prefer = "past") -> Stamp:
    """The point in time that a text means.

    `now` is the instant that relative texts count from (aware; None makes them an error), `tz` the zone of a clock that
    names none, `prefer` what a weekday or a day without a year means where past and future would do. Where a text has
    a published and an updated date, the published one is meant.
    Raises DateError where the text is no date, an impossible one, or a relative one without `now`.
    """
    if len(text) > MAX_LENGTH:
        raise DateError("too long for a date", text=text, hint="find_dates finds the dates in a longer text")
    stamp = read_common_stamp(text, tz)
    if stamp is not None:
        return stamp
    # Its patterns cost a twentieth of a second, and a run with a few new pages of a usual form needs none of them.
    from feeds.dates.single import read_date

    return read_date(text, Basis(now, tz, prefer))
