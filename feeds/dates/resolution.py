"""What the pieces of a date mean: a calendar day, a clock in a zone, a day relative to now.

Owns the rules: two-digit years, the missing year, the past that a stamp means, the hour that a zone skips or repeats.
Never reads the clock; `now` is handed in.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from feeds.dates import words
from feeds.dates.stamp import Precision, Prefer, Stamp
from feeds.errors import DateError

LAST_YEAR_OF_2000S = 68
"""Two digits up to here are 20xx, the others 19xx: the rule of POSIX strptime for %y, which asks no clock."""


def full_year(digits: str) -> int:
    """The year that two or four digits mean."""
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if year <= LAST_YEAR_OF_2000S else 1900)


def local_now(now: datetime | None, tz: tzinfo, text: str) -> datetime:
    """`now` in the source's zone, or DateError where there is none."""
    if now is None:
        raise DateError("a relative date without the instant it counts from", text=text)
    if now.tzinfo is None:
        raise ValueError("now must be aware")
    return now.astimezone(tz)


def stamp_of_clock(
    day: date,
    hour: int,
    minute: int,
    second: int,
    *,
    precision: Precision,
    tz: tzinfo,
    offset: timedelta | None,
    problems: tuple[str, ...],
) -> Stamp:
    """The instant of a wall clock on a day: in the zone that the text names (`offset`), else in the source's."""
    if hour == 24:
        if minute or second:
            raise DateError(f"no clock shows 24:{minute:02d}:{second:02d}")
        day, hour = next_day(day), 0
    if offset is not None:
        return Stamp(
            datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=timezone(offset)), precision, problems
        )
    value = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=tz)
    first, second_time = value.utcoffset(), value.replace(fold=1).utcoffset()
    if first != second_time and first is not None and second_time is not None:
        if first < second_time:  # the clocks were put forward over it
            problems = (*problems, f"the clock skips {value:%H:%M} on {day}: moved forward by {second_time - first}")
            value = value + (second_time - first)
        else:
            problems = (*problems, f"the clock shows {value:%H:%M} twice on {day}: the first is taken")
    return Stamp(value, precision, problems)


def next_day(day: date) -> date:
    """The day after, or DateError at the end of the calendar."""
    return shifted(day, 1)


def shifted(day: date, days: int) -> date:
    """A day so many days later, or DateError outside of the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError as error:
        raise DateError(f"a day outside of the calendar: {days} days from {day}") from error


def day_without_year(month: int, day: int, weekday: int | None, today: date, prefer: Prefer) -> date:
    """The year that a day and month mean: the latest not in the future, or the next one.

    A weekday that fits only the nearest other year decides: "Dienstag, 25. Juni" on 24 June 2024 is tomorrow.
    """
    candidates: list[date] = []
    for years in range(9):
        for year in sorted({today.year - years, today.year + years}):
            try:
                candidates.append(date(year, month, day))
            except ValueError:
                continue
    past = [c for c in candidates if c <= today]
    future = [c for c in candidates if c >= today]
    if not past or not future:
        raise DateError(f"there is no {day}.{month}.")
    first, other = (max(past), min(future)) if prefer == "past" else (min(future), max(past))
    if weekday is not None and first.weekday() != weekday and other.weekday() == weekday:
        return other
    return first


def weekday_problem(day: date, weekday: int) -> str:
    """The sentence for a weekday that isn't the day's."""
    return f"the weekday {words.WEEKDAYS[weekday][0]} contradicts {day}, a {words.WEEKDAYS[day.weekday()][0]}"


def day_of_weekday(weekday: int, today: date, prefer: Prefer, *, which: str | None, later_today: bool) -> date:
    """The day that a weekday means. `later_today` says that its clock, today, would be after now."""
    ahead = (weekday - today.weekday()) % 7
    if which is not None and which[0] in "lv":
        return shifted(today, ahead - 7)
    if which is not None and which[0] in "nk":
        return shifted(today, ahead or 7)
    if which is not None:  # dieser Montag: of this week
        return shifted(today, weekday - today.weekday())
    if prefer == "past":
        if ahead == 0:
            return shifted(today, -7) if later_today else today
        return shifted(today, ahead - 7)
    if ahead == 0:
        return today if later_today else shifted(today, 7)
    return shifted(today, ahead)


def hour_in_part(hour: int, part: str | None) -> int:
    """The hour of 24 that an hour of 12 means in a part of the day: "abends um acht" is 20."""
    if part is None or hour > 12:
        return hour
    part = part.lower()
    if part.startswith("abend"):
        return hour + 12 if hour < 12 else 24
    if part.startswith("nachmittag"):
        return hour + 12 if hour < 12 else 12
    if part.startswith("mittag"):
        return hour + 12 if hour < 4 else hour
    if part.startswith("nacht"):
        return hour + 12 if 8 <= hour < 12 else hour if hour < 12 else 0
    return hour


def zone_at(place: str | None, tz: tzinfo) -> tzinfo:
    """The zone of a named place, None for the source's own."""
    return tz if place is None else ZoneInfo(place)


def moved(now: datetime, amounts: dict[str, float]) -> datetime:
    """`now` moved by so many units. Units of a day or more keep the wall clock; an overlong month is cut (relativedelta)."""
    from dateutil.relativedelta import relativedelta

    try:
        moved_days = now + relativedelta(
            years=int(amounts.get("year", 0)),
            months=int(amounts.get("month", 0)),
            weeks=int(amounts.get("week", 0)),
            days=int(amounts.get("day", 0)),
        )
        exact = timedelta(
            hours=amounts.get("hour", 0), minutes=amounts.get("minute", 0), seconds=amounts.get("second", 0)
        )
        if exact:
            zone = moved_days.tzinfo
            return (moved_days.astimezone(UTC) + exact).astimezone(zone)
    except (OverflowError, ValueError) as error:
        raise DateError("a day outside of the calendar") from error
    return moved_days


NOON = time(12)
