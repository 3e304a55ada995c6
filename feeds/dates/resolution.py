"""What the pieces of a date mean: a calendar day, a clock in a zone, a day relative to now.

Owns the rules: two-digit years, the missing year, the past that a stamp means, the hour that a zone skips or repeats.
Never reads the clock; `now` is handed in.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING

from feeds.dates import words
from feeds.dates.stamp import Basis, Precision, Prefer, Stamp
from feeds.errors import DateError

if TYPE_CHECKING:
    from feeds.dates.clock import Clock

NO_NOW = "a date relative to an instant that is not known"
NO_YEAR = "a day without a year"
NO_DAY = "no calendar has this day"
NO_CLOCK = "no clock shows this"
EITHER_ORDER = "the day or the month may be first, as AM and PM are written in the US and elsewhere"
"""What is wrong with a text that has the shape of a date."""

LAST_YEAR_OF_2000S = 39
"""Two digits up to here are 20xx, the others 19xx, whatever the clock says. POSIX strptime goes up to 68 for %y, but
"17. Juni '53" and "8.5.45" are past in any text, and hardly one names the day of an event beyond 2039 so."""
LEAST_YEAR = 1000
"""An earlier year is one that was cut off, or filled up with noughts."""


def full_year(digits: str) -> int:
    """The year that two or four digits mean."""
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if year <= LAST_YEAR_OF_2000S else 1900)


def calendar_day(year: int, month: int, day: int) -> date:
    """The day of the (proleptic Gregorian) calendar, or DateError where it has none.

    In the first and the last year that Python counts the same instant may be in no year in another zone. Programs write
    such days where they know no date.
    """
    if year in {MINYEAR, MAXYEAR}:
        raise DateError("a day at the edge of the calendar, which stands for none", text=f"{day}.{month}.{year}")
    if not year:
        raise DateError("a day of the year zero, which stands for none", text=f"{day}.{month}.{year}")
    if year < LEAST_YEAR:
        raise DateError("a year of less than four digits", text=f"{day}.{month}.{year}")
    try:
        return date(year, month, day)
    except ValueError as error:
        raise DateError(NO_DAY, text=f"{day}.{month}.{year}") from error


def shifted(day: date, days: int) -> date:
    """A day this many days later, or DateError outside of the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError as error:
        raise DateError("a day outside of the calendar", text=f"{days} days from {day}") from error


def local_now(basis: Basis, text: str, *, lack: str = NO_NOW) -> datetime:
    """The basis's `now` in its zone and whole seconds, or DateError, which names the text, where there is none.

    `lack` is what is wrong with the text then.

    At the edges of the calendar (the years 1 and 9999) a zone may have none.
    """
    if basis.now is None:
        raise DateError(lack, text=text)
    if basis.now.tzinfo is None:
        raise ValueError("now must be aware")
    try:
        local = basis.now.astimezone(basis.tz)
    except OverflowError as error:
        raise DateError("an instant outside of the calendar", text=text) from error
    return local.replace(microsecond=0) if local.microsecond else local


def stamp_of_clock(day: date, clock: Clock, tz: tzinfo, problems: tuple[str, ...] = ()) -> Stamp:
    """The instant of a wall clock on a day: in the zone that the text names, else in `tz`.

    A time that the zone skips moves forward by the gap, one that it has twice is the first; both are problems.
    """
    hour, minute, second, precision, offset, zone = clock
    if hour == 24:
        day, hour = shifted(day, 1), 0
    if offset is not None:
        zone = timezone(offset)
    elif zone is None:
        zone = tz
    value = datetime(day.year, day.month, day.day, hour, minute, second, 0, zone)
    if offset is None and not keeps_its_offset(zone, day):
        value, problem = resolved(value)
        problems = problems if problem is None else (*problems, problem)
    return Stamp(value, precision, problems)


@lru_cache(maxsize=1024)
def keeps_its_offset(zone: tzinfo, day: date) -> bool:
    """Whether the clocks of a zone are not changed on a day; asking the zone costs more than remembering."""
    first = datetime(day.year, day.month, day.day, tzinfo=zone)
    last = datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=zone, fold=1)
    return first.utcoffset() == last.utcoffset()


def resolved(value: datetime) -> tuple[datetime, str | None]:
    """A wall clock on a day of change: moved over the gap if it is in it, and what is odd about it."""
    before, after = value.utcoffset(), value.replace(fold=1).utcoffset()
    if before == after or before is None or after is None:
        return value, None
    if before < after:
        return value + (after - before), f"the clock skips {value:%H:%M} on {value:%Y-%m-%d}: moved forward by the gap"
    return pinned(value), f"the clock shows {value:%H:%M} twice on {value:%Y-%m-%d}: the first is taken"


def pinned(value: datetime) -> datetime:
    """An instant in the hour that a zone has twice, with a fixed offset instead of the zone.

    Such an instant in its zone is equal to no instant in another one, not even to itself (PEP 495).
    """
    if value.utcoffset() == value.replace(fold=1 - value.fold).utcoffset():
        return value
    return value.replace(tzinfo=timezone(value.utcoffset() or timedelta(0)), fold=0)


def day_without_year(month: int, day: int, weekday: int | None, today: date, prefer: Prefer) -> date:
    """The year that a day and month mean: the latest not in the future, or the next one.

    A weekday that fits only the nearest day on the other side decides: on 24 June 2024 "Dienstag, 25. Juni" is next.
    """
    past, future = nearest_years(month, day, today)
    first, other = (past, future) if prefer == "past" else (future, past)
    if weekday is not None and first.weekday() != weekday and other.weekday() == weekday:
        return other
    return first


def nearest_years(month: int, day: int, today: date) -> tuple[date, date]:
    """The last and the next such day as seen from `today`, itself included; 29 February is up to eight years away."""
    past: date | None = None
    future: date | None = None
    for years in range(9):
        if past is None:
            past = day_in_year(today.year - years, month, day)
            past = past if past is not None and past <= today else None
        if future is None:
            future = day_in_year(today.year + years, month, day)
            future = future if future is not None and future >= today else None
        if past is not None and future is not None:
            return past, future
    raise DateError("a day outside of the calendar", text=f"{day}.{month}.")


def day_in_year(year: int, month: int, day: int) -> date | None:
    """That day, None where the year doesn't have it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day_of_month(day: int, today: date, prefer: Prefer) -> date:
    """The last (or next) day of that number, `today` included: "am 15."."""
    if not 1 <= day <= 31:
        raise DateError("no month has this day", text=f"{day}.")
    step = -1 if prefer == "past" else 1
    months = today.year * 12 + today.month - 1
    for _ in range(3):
        found = day_in_year(months // 12, months % 12 + 1, day)
        if found is not None and (found <= today if prefer == "past" else found >= today):
            return found
        months += step
    raise DateError("a day outside of the calendar", text=f"{day}.")


def weekday_problem(day: date, weekday: int) -> str:
    """The sentence for a weekday that isn't the day's."""
    return f"the weekday {words.WEEKDAYS[weekday][0]} contradicts {day}, a {words.WEEKDAYS[day.weekday()][0]}"


def day_of_weekday(weekday: int, today: date, prefer: Prefer, *, later: bool | None = None) -> date:
    """The day that a bare weekday means, today included; `later` says whether its clock, today, is yet to come."""
    ahead = (weekday - today.weekday()) % 7
    if prefer == "past":
        return shifted(today, ahead - 7 if ahead or later else 0)
    return shifted(today, 7 if ahead == 0 and later is False else ahead)


def weekday_near(weekday: int, today: date, weeks: int) -> date:
    """The weekday that "letzten" (-1), "vorletzten" (-2), "nächsten" (1), "übernächsten" (2) means, never today."""
    ahead = (weekday - today.weekday()) % 7
    return shifted(today, (ahead or 7) + 7 * (weeks - 1) if weeks > 0 else ahead + 7 * weeks)


def weekday_of_week(weekday: int, today: date, weeks: int) -> date:
    """The weekday in the week (from Monday) that is this many weeks after this one."""
    return shifted(today, weekday - today.weekday() + 7 * weeks)


def last_of_month(month: int, year: int) -> date:
    """The last day of a month."""
    return shifted(calendar_day(year + month // 12, month % 12 + 1, 1), -1)


def nth_weekday(nth: int, weekday: int, month: int, year: int) -> date:
    """The nth weekday of a month, -1 the last; DateError where the month has no fifth one."""
    if nth == -1:
        last = last_of_month(month, year)
        return shifted(last, -((last.weekday() - weekday) % 7))
    first = calendar_day(year, month, 1)
    found = shifted(first, (weekday - first.weekday()) % 7 + 7 * (nth - 1))
    if found.month != month:
        raise DateError("no such weekday in the month", text=f"{nth}. {words.WEEKDAYS[weekday][0]} {month}.{year}")
    return found


def moved(now: datetime, amounts: dict[str, float]) -> datetime:
    """`now` moved by amounts of units ("hour", "day", ...), all of the same sign.

    Days and more keep the wall clock, and a day that the month lacks becomes its last (relativedelta's rule); hours
    and less are counted exactly, over the hour that a zone skips or repeats.
    """
    from dateutil.relativedelta import relativedelta

    exact = timedelta(hours=amounts.get("hour", 0), minutes=amounts.get("minute", 0), seconds=amounts.get("second", 0))
    try:
        day = now + relativedelta(
            years=int(amounts.get("year", 0)),
            months=int(amounts.get("month", 0)),
            weeks=int(amounts.get("week", 0)),
            days=int(amounts.get("day", 0)),
        )
        return pinned((day.astimezone(UTC) + exact).astimezone(day.tzinfo).replace(microsecond=0)) if exact else day
    except (OverflowError, ValueError) as error:
        raise DateError("a day outside of the calendar", text=str(amounts)) from error


def stamp_moved(now: datetime, amounts: dict[str, float]) -> Stamp:
    """The Stamp of `now` moved: to the day, unless hours or less are among the amounts."""
    value = moved(now, amounts)
    if not amounts.keys() & {"hour", "minute", "second"}:
        return Stamp(value.date(), "day")
    precision: Precision = "second" if "second" in amounts else "minute"
    return Stamp(value, precision)


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar."""
    from dateutil.easter import easter as dateutil_easter

    try:
        return dateutil_easter(year)
    except ValueError as error:
        raise DateError("a day outside of the calendar", text=str(year)) from error


def first_advent(year: int) -> date:
    """The first Sunday of Advent, the fourth before Christmas Day."""
    eve = calendar_day(year, 12, 24)
    return shifted(eve, -21 - (eve.weekday() + 1) % 7)


def holiday_in(year: int, rule: tuple[int, ...] | int) -> date:
    """The day of a holiday of the table: days from Easter or Advent, a month and day, or the nth weekday of a month."""
    if isinstance(rule, int):
        return shifted(easter(year), rule)
    if len(rule) == 1:
        return shifted(first_advent(year), *rule)
    if len(rule) == 2:
        return calendar_day(year, *rule)
    nth, weekday, month = rule
    return nth_weekday(nth, weekday, month, year)


def nearest_of_years(day_in: Callable[[int], date], today: date, prefer: Prefer) -> date:
    """The last or next of the days that each year has one of, today included: "Ostern", "letzter Sonntag im März"."""
    this = day_in(today.year)
    if prefer == "past":
        return this if this <= today else day_in(today.year - 1)
    return this if this >= today else day_in(today.year + 1)
