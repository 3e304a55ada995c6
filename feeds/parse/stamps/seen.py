"""The day on which a page was seen, and the stamps that count from it: "Heute, 09:30 Uhr" below a page's own day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from feeds.dates import Match, find_dates
from feeds.parse.body import Line
from feeds.parse.bylines import is_byline, is_person
from feeds.parse.stamps.candidate import Candidate
from feeds.parse.stamps.choice import BELOW

END_OF_DAY: Final = time(23, 59)
"""When a page was seen of which the day alone is known: all clocks of that day were before."""
# "Abgerufen am Mittwoch, 09.10.2024, 08:12"
_FETCHED = re.compile(
    r"(?:Abgerufen|Gespeichert|Gesichert|Ausgedruckt|Gedruckt|Archiviert)(?: am)?:?\s(?:\w{2,10},\s)?"
)
_RELATIVE = re.compile(
    r"(?:Online seit |Veröffentlicht: ?|Erstellt: ?)?"
    r"(?P<stamp>(?:heute|gestern|vorgestern),?\s(?:um\s)?\d{1,2}[.:]\d\d(?:\sUhr)?)(?:\s?[|·•–-]\s?(?P<by>.{2,60}))?",
    re.IGNORECASE,
)


def may_be_seen(stamp: Candidate, headline: int | None) -> bool:
    """Whether a stamp may be the day on which its page was seen: it has no label, and is above the headline."""
    return headline is not None and stamp.number < headline and not stamp.labelled


def find_relative(
    lines: Sequence[Line], candidates: Sequence[Candidate], *, headline: int | None, zone: ZoneInfo
) -> tuple[int, Match] | None:
    """The number of a line just below the headline whose stamp counts from the day of seeing, and what it says.

    That day is above the headline, in a masthead or called the day of fetching; None where there is none, or several.
    """
    if headline is None:
        return None
    seen = {
        one.match.stamp.value
        for one in candidates
        if one.number < headline
        and (one.kind == "masthead" or _FETCHED.fullmatch(lines[one.number].text[: one.start]) is not None)
    }
    if len(seen) != 1:
        return None
    value = seen.pop()
    now = value if isinstance(value, datetime) else datetime.combine(value, END_OF_DAY, zone)
    for number, line in enumerate(lines[headline + 1 : headline + 1 + BELOW], headline + 1):
        relative = _RELATIVE.fullmatch(line.text)
        # Beside another field it may be that of a programme or an event.
        if relative is not None and (relative["by"] is None or is_byline(relative["by"]) or is_person(relative["by"])):
            found = find_dates(relative["stamp"], now=now, tz=zone)
            # What is still to come is a programme's.
            return (number, found[0]) if len(found) == 1 and _is_past(found[0], now) else None
    return None


def _is_past(match: Match, now: datetime) -> bool:
    value = match.stamp.value
    return value <= now if isinstance(value, datetime) else value <= now.date()
