"""Dates that are seldom stamps: "März 7", "am ersten Mai", "dritter Dienstag im September", "um 19 Uhr", "Silvester".

Owns the forms that only a text that is one date may have (`parse_date`); in running text they would deceive too often.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, tzinfo
from typing import NamedTuple

from feeds.dates import words
from feeds.dates.absolute import check_year
from feeds.dates.clock import clock_behind, is_later
from feeds.dates.context import LABELS
from feeds.dates.grammar import PARTS_OF_DAY, any_of
from feeds.dates.resolution import (
    NO_NOW,
    calendar_day,
    day_without_year,
    holiday_in,
    last_of_month,
    nearest_of_years,
    nth_weekday,
    shifted,
    stamp_of_clock,
    weekday_problem,
)
from feeds.dates.stamp import Prefer, Stamp
from feeds.errors import DateError

_LABEL = rf"(?:(?:{any_of(LABELS)}|datum)\s?:?\s{{1,3}})?"
_WEEKDAY = any_of(words.LONG_WEEKDAYS)
_MONTH = any_of(words.MONTH_OF)

MONTH_FIRST = re.compile(
    rf"\s*{_LABEL}(?:(?:am\s)?(?P<weekday>{any_of(words.WEEKDAY_OF)})\.?,?\s{{1,3}})?"
    rf"(?P<month>{_MONTH})\.?\s{{1,3}}(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th|\.)?(?![0-9]|[.:][0-9]|\s?uhr)"
)
DAY_IN_WORDS = re.compile(
    rf"(?<!\w)(?P<day>{any_of(words.ORDINAL_OF)})e[nrsm]?\s{{1,3}}(?P<month>{_MONTH})(?!\w)\.?(?:,?\s{{1,3}}(?P<year>[0-9]{{4}})(?![0-9]))?"
)
NTH_WEEKDAY = re.compile(
    rf"(?<!\w)(?:(?P<nth>{any_of(words.ORDINAL_OF)})e[nrsm]?|(?P<number>[1-5])\.)\s{{1,3}}(?P<weekday>{_WEEKDAY}|tag)\s{{1,3}}(?:im|des)\s{{1,3}}"
    rf"(?:monats\s{{1,3}})?(?P<month>{_MONTH})(?!\w)\.?(?:\s{{1,3}}(?P<year>[0-9]{{4}})(?![0-9]))?"
)
ONLY_A_CLOCK = re.compile(
    rf"\s*{_LABEL}(?:(?=(?:pünktlich\s|kurz\s(?:vor|nach)\s|etwa\s)?(?:um|gegen)\s)|(?=.*\s(?:am\s|in\sder\s)?(?:{PARTS_OF_DAY})\s*\Z))(?:pünktlich\s)?"
)
HOLIDAY = re.compile(
    rf"\s*{_LABEL}(?:an?\s|am\s|zu\s|vom\s)?(?P<name>{any_of(words.HOLIDAYS)})(?!\w)"
    r"(?:,?\s{1,3}(?P<year>[0-9]{4})(?![0-9]))?"
)
END_OF_PERIOD = re.compile(
    rf"\s*{_LABEL}(?:(?:am|der|den)\s{{1,3}})?(?P<which>erst|letzt)e[nr]?\s{{1,3}}tag\s{{1,3}}"
    r"(?:(?P<month>(?:des|dieses)\s{1,3}monats)|dieses\s{1,3}jahres|des\s{1,3}jahres\s{1,3}(?P<year>[0-9]{4}))(?!\w)"
)
WEEK_DATE = re.compile(
    r"\s*(?P<year>(?:19|20)[0-9]{2})(?P<dash>-?)w(?P<week>[0-9]{2})(?P=dash)(?P<day>[1-7])(?![0-9-])"
)
"""ISO 8601 section 5.2.3: year, week, day of the week from Monday."""


class Reading(NamedTuple):
    """What every reader is handed; `now` is in the zone `tz`."""

    text: str
    lowered: str
    now: datetime | None
    tz: tzinfo
    prefer: Prefer


def rare_date(reading: Reading) -> Stamp | None:
    """The date that a text in one of the rare forms means, None where it has none of them. Raises DateError."""
    for reader in READERS:
        stamp = reader(reading)
        if stamp is not None:
            return stamp
    return None


def known_now(reading: Reading) -> datetime:
    """The instant that a relative text counts from, or DateError where it isn't known."""
    if reading.now is None:
        raise DateError(NO_NOW, text=reading.text)
    return reading.now


def with_clock(reading: Reading, day: date, end: int, problems: tuple[str, ...] = ()) -> tuple[Stamp, int]:
    """The Stamp of a day with the clock that may come after it, and where that ends."""
    behind = clock_behind(reading.text, end)
    if behind is None:
        return Stamp(day, "day", problems), end
    return stamp_of_clock(day, behind[0], reading.tz, problems), behind[1]


def alone(reading: Reading, day: date, end: int, problems: tuple[str, ...] = ()) -> Stamp | None:
    """The same where nothing else follows, None where something does."""
    stamp, end = with_clock(reading, day, end, problems)
    return stamp if not reading.text[end:].strip(" .,") else None


def month_first(reading: Reading) -> Stamp | None:
    """As in "März 7", "Do, Mar 17", "März 17, 18:05 Uhr": nothing else in the text. "Mai 24" may be one of 2024."""
    match = MONTH_FIRST.match(reading.lowered)
    if match is None:
        return None
    month, number = words.MONTH_OF[match["month"]], int(match["day"])
    weekday = words.WEEKDAY_OF[match["weekday"]] if match["weekday"] else None
    if weekday is None and len(match["day"]) == 2 and not reading.text[match.end("day") :].strip(" .,"):
        raise DateError("a month with its day or its year", text=reading.text)
    calendar_day(2024, month, number)
    day = day_without_year(month, number, weekday, known_now(reading).date(), reading.prefer)
    problems = (weekday_problem(day, weekday),) if weekday is not None and day.weekday() != weekday else ()
    return alone(reading, day, match.end(), problems)


def day_in_words(reading: Reading) -> Stamp | None:
    """As in "am ersten Mai", "einundzwanzigster Juni 2024"."""
    match = DAY_IN_WORDS.search(reading.lowered)
    if match is None:
        return None
    month, number = words.MONTH_OF[match["month"]], words.ORDINAL_OF[match["day"]]
    if match["year"]:
        return with_clock(reading, calendar_day(int(match["year"]), month, number), match.end())[0]
    check_year(reading.text, match.end())
    calendar_day(2024, month, number)
    day = day_without_year(month, number, None, known_now(reading).date(), reading.prefer)
    return with_clock(reading, day, match.end())[0]


def weekday_of_month(reading: Reading) -> Stamp | None:
    """As in "dritter Dienstag im September 2014", "dritter Tag im Oktober"."""
    match = NTH_WEEKDAY.search(reading.lowered)
    if match is None:
        return None
    nth = int(match["number"]) if match["number"] else words.ORDINAL_OF[match["nth"]]
    month = words.MONTH_OF[match["month"]]

    def day_in(year: int) -> date:
        if match["weekday"] == "tag":
            return calendar_day(year, month, nth)
        return nth_weekday(nth, words.WEEKDAY_OF[match["weekday"]], month, year)

    if match["year"]:
        day = day_in(int(match["year"]))
    else:
        check_year(reading.text, match.end())
        day = nearest_of_years(day_in, known_now(reading).date(), reading.prefer)
    return with_clock(reading, day, match.end())[0]


def only_a_clock(reading: Reading) -> Stamp | None:
    """As in "um 12:19 Uhr", "8 Uhr morgens": the last such time, or the next. A bare "21.07 Uhr" says no day."""
    match = ONLY_A_CLOCK.match(reading.lowered)
    behind = None if match is None else clock_behind(reading.text, match.end())
    if behind is None or reading.text[behind[1] :].strip(" .,"):
        return None
    clock, now = behind[0], known_now(reading)
    later = is_later(clock, now)
    days = -1 if later and reading.prefer == "past" else 1 if not later and reading.prefer == "future" else 0
    return stamp_of_clock(shifted(now.date(), days), clock, reading.tz)


def holiday(reading: Reading) -> Stamp | None:
    """As in "Silvester", "Ostermontag 2024"; a day of the church's year or a fixed one."""
    match = HOLIDAY.match(reading.lowered)
    if match is None:
        return None
    rule = words.HOLIDAYS[match["name"]]
    if match["year"]:
        day = holiday_in(int(match["year"]), rule)
    else:
        today = known_now(reading).date()
        day = nearest_of_years(lambda year: holiday_in(year, rule), today, reading.prefer)
    return alone(reading, day, match.end())


def end_of_period(reading: Reading) -> Stamp | None:
    """As in "der letzte Tag des Monats", "erster Tag des Jahres 2024"; "des Jahres" alone says no year."""
    match = END_OF_PERIOD.match(reading.lowered)
    if match is None:
        return None
    is_last = match["which"] == "letzt"
    year = int(match["year"]) if match["year"] else known_now(reading).year
    month = known_now(reading).month if match["month"] else 12 if is_last else 1
    day = last_of_month(month, year) if is_last else calendar_day(year, month, 1)
    return alone(reading, day, match.end())


def week_date(reading: Reading) -> Stamp | None:
    """As in "2024-W26-2", "2024W262"."""
    match = WEEK_DATE.match(reading.lowered)
    if match is None:
        return None
    try:
        day = date.fromisocalendar(int(match["year"]), int(match["week"]), int(match["day"]))
    except ValueError as error:
        raise DateError("no calendar has this week", text=reading.text) from error
    return alone(reading, day, match.end())


READERS: tuple[Callable[[Reading], Stamp | None], ...] = (
    weekday_of_month,
    day_in_words,
    month_first,
    holiday,
    end_of_period,
    week_date,
    only_a_clock,
)
