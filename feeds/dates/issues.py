"""The day of an issue that is for several: "Samstag/Sonntag, 22./23. Juni 2024", "Ausgabe vom 12./13. Oktober 2024".

Owns when such days are one stamp, which is that of the first. Elsewhere days in a row are those of an event, and none.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from feeds.dates import words
from feeds.dates.grammar import ANY_WEEKDAY
from feeds.dates.resolution import day_in_year, shifted

REACH = 96
"""Characters in front of the last day that are looked at."""
NEAR = 24
"""Characters in front of it that are searched for the bar."""

_DAY = r"[0-9]{1,2}\.?(?:\s?(?:[^\W\d_]{3,9}|[0-9]{1,2}|[IVX]{1,4})\.?)?(?:\s?[0-9]{4})?\s?/\s?"
_FRONT = (
    rf"(?:(?<!\w)(?<!am\s)(?P<weekday>{ANY_WEEKDAY})(?:\.?\s?/\s?(?:{ANY_WEEKDAY})){{1,2}}\.?,?\s{{1,3}}(?:de[nr]\s)?"
    r"|\w*ausgabe(?:\s(?:vom|v\.|für\s(?:den\s)?)\s?|\s?[:|,]?\s)|(?<!\w)(?<!am\s)wochenende,\s|(?<!\w)nr\.\s?[0-9]{1,5}(?:\svom\s|,\s))"
)
FRONT = re.compile(rf"(?P<front>{_FRONT})\Z", re.IGNORECASE)
IN_FRONT = re.compile(
    rf"(?:(?P<front>{_FRONT})(?P<days>(?:{_DAY}){{1,2}})"
    rf"|(?<!\w)(?<!am\s)(?P<weekday2>{ANY_WEEKDAY})\.?,?\s?(?P<day>{_DAY})(?:{ANY_WEEKDAY})\.?,?\s?(?:de[nr]\s)?)\Z",
    re.IGNORECASE,
)
"""What makes the days in front of a date, and itself, those of one issue."""
BEHIND = re.compile(
    r"\s?/\s?(?P<day>[0-9]{1,2})\.\s?(?:(?P<name>[^\W\d_]{3,9})\.?|(?P<number>[0-9]{1,2})\.)\s?(?P<year>[0-9]{4})(?![0-9])"
)
"""The last day of an issue, in the next month."""
ONE_DAY = re.compile(r"(?P<day>[0-9]{1,2})\.?(?:\s?(?P<month>[^\W\d_]{1,9}|[0-9]{1,2}))?")


class Issue(NamedTuple):
    """The first day of an issue; the days are between `start` and `end`, what is in front of them from `reach`."""

    day: date
    start: int
    end: int
    reach: int
    weekday: int | None


def find_issue(text: str, low: int, start: int, end: int, day: date) -> Issue | None:
    """The issue that a day between two offsets belongs to, None where there is none; nothing of it before `low`."""
    if text.find("/", max(low, start - NEAR), start) < 0 and text.find("/", end, end + 3) < 0:
        return None  # asked of every day, so quick
    days = [day]
    begin = max(low, start - REACH)
    front = IN_FRONT.search(text, begin, start)
    if front is not None:
        earlier = front["days"] or front["day"]
        for one in reversed(list(ONE_DAY.finditer(earlier))):
            if (before := day_before(one, days[0])) is None:
                return None
            days.insert(0, before)
        first = front.start("days") if front["days"] else front.start("day")
    else:
        front = FRONT.search(text, begin, start)
        first = start
    if front is None:
        return None
    if (behind := BEHIND.match(text, end)) is not None:
        if last_day(behind) != shifted(day, 1):
            return None
        end = behind.end()
    elif len(days) == 1:
        return None
    named = front["weekday"] or front.groupdict().get("weekday2")
    return Issue(days[0], first, end, front.start(), None if named is None else words.WEEKDAY_OF[named.lower()])


def day_before(written: re.Match[str], following: date) -> date | None:
    """The day before another one, if that is what is written in front of it."""
    day = shifted(following, -1)
    month = written["month"]
    if int(written["day"]) != day.day or (month is None and day.month != following.month):
        return None
    return day if month is None or month_of(month) == day.month else None


def last_day(behind: re.Match[str]) -> date | None:
    """The day of a match of BEHIND, None where there is none."""
    month = month_of(behind["name"] or behind["number"])
    return None if month is None else day_in_year(int(behind["year"]), month, int(behind["day"]))


def month_of(text: str) -> int | None:
    """The month of a name, a Roman number or digits."""
    return int(text) if text.isdigit() else words.MONTH_OF.get(text.lower()) or words.ROMAN_OF.get(text)
