"""A text that is one date.

Owns what may stand around the date in such a text: labels, a place, an agency, a name.
"""

from __future__ import annotations

from datetime import datetime, tzinfo

from feeds.dates.finder import candidates
from feeds.dates.normalisation import normalise
from feeds.dates.reading import Found
from feeds.dates.stamp import Prefer, Stamp
from feeds.errors import DateError

MAX_LENGTH = 400
"""Characters of a text that may be one date; a longer one is for `find_dates`."""


def parse_date(text: str, *, now: datetime | None, tz: tzinfo, prefer: Prefer = "past") -> Stamp:
    """The point in time that a text means.

    `now` is the instant that relative texts count from (aware; None makes them an error), `tz` the zone of a clock that
    names none, `prefer` what a weekday or a day without a year means where past and future would do.
    Raises DateError where the text is no date, an impossible one, or a relative one without `now`.
    """
    if len(text) > MAX_LENGTH:
        raise DateError("too long for a date", text=text)
    clean = normalise(text)
    found: list[Found] = []
    for candidate in candidates(clean, now=now, tz=tz, prefer=prefer, strict=False):
        if isinstance(candidate, DateError):
            candidate.text = text
            raise candidate
        found.append(candidate)
    if not found:
        raise DateError("no date", text=text)
    first = next((one for one in found if one.label != "updated"), found[0])
    return first.stamp
