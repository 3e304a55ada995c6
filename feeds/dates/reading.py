"""One match of the grammar, and the words around it, as a Stamp.

Owns the order in which the pieces are read: the date, the clock behind or in front of it, the zone, the weekday and the
label in front. Raises DateError where the pieces have the shape of a date and make none.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from feeds.dates import words
from feeds.dates.grammar import CLOCK, CLOCK_BEFORE, QUANTITY, WEEKDAY_AFTER, ZONE
from feeds.dates.resolution import (
    day_of_weekday,
    day_without_year,
    full_year,
    hour_in_part,
    local_now,
    moved,
    shifted,
    stamp_of_clock,
    weekday_problem,
    zone_at,
)
from feeds.dates.stamp import Label, Precision, Prefer, Stamp
from feeds.errors import DateError


class Found(NamedTuple):
    """A date in normalised text."""

    start: int
    end: int
    stamp: Stamp
    label: Label | None
    in_front: int
    """Where the words begin that belong to it: label, weekday, "am"."""


class Clock(NamedTuple):
    """A wall clock, and where it ends."""

    hour: int
    minute: int
    second: int
    precision: Precision
    end: int
    offset: timedelta | None = None
    zone: tzinfo | None = None


class InFront(NamedTuple):
    """The words in front of a date."""

    start: int
    reach: int
    weekday: int | None
    label: Label | None
    preposition: bool


LABELS: dict[str, Label] = dict.fromkeys(words.UPDATED_WORDS, "updated")
LABELS |= dict.fromkeys(words.PUBLISHED_WORDS, "published")
SMALL_WORDS = frozenset(
    {
        "den",
        "der",
        "dem",
        "am",
        "vom",
        "on",
        "seit",
        "zum",
        "bis",
        "ab",
        "the",
        "zuletzt",
        "datum",
        "date",
        "letzte",
        "letztes",
        "letzter",
        "um",
        "von",
    }
)
AMBIGUOUS_WEEKDAYS = frozenset({"mit", "die", "so", "do", "mi", "frei", "sam", "son", "don", "mo", "dienst"})
REACH = 60
"""Characters in front of a date that are looked at for its label and weekday."""


def words_in_front(text: str, start: int, low: int) -> InFront:
    """Walk back over weekday, small words and label."""
    weekday: int | None = None
    label: Label | None = None
    preposition = False
    at = reach = start
    begin = max(low, start - REACH)
    for token in reversed(text[begin:start].split()):
        position = text.rfind(token, begin, at)
        word = token.strip(".,:;|()[]/–—-·•").lower()
        if not word:
            at = position
            continue
        number = words.WEEKDAY_OF.get(word)
        if number is not None and weekday is None and label is None:
            if word not in AMBIGUOUS_WEEKDAYS or token[0].isupper():
                weekday = number
                start = at = reach = position
                continue
            break
        if word in SMALL_WORDS:
            preposition = True
            at = reach = position
            continue
        if word in LABELS:
            label = LABELS[word]
            at = reach = position
            continue
        break
    return InFront(start, reach, weekday, label, preposition)


def read_clock(match: re.Match[str], part: str | None = None) -> Clock:
    """The clock of a match of CLOCK; its zone is not read yet."""
    _, hour_text, minute_text, second_text, half = match[0], match["h"], match["m"], match["s"], match["half"]
    minute_text = minute_text or match["m2"] or match["m3"] or match["m4"] or "0"
    second_text = second_text or match["s3"]
    return checked_clock(hour_text, minute_text, second_text, half, part, match.end())


def checked_clock(
    hour_text: str, minute_text: str, second_text: str | None, half: str | None, part: str | None, end: int
) -> Clock:
    """A clock from its digits, or DateError where no clock shows them."""
    hour, minute, second = int(hour_text), int(minute_text), int(second_text or 0)
    if half:
        if not 0 < hour <= 12:
            if hour > 23 or (half in "aA" and hour):
                raise DateError("no such clock", text=f"{hour_text}:{minute_text} {half}m")
        elif half in "pP":
            hour = hour % 12 + 12
        else:
            hour %= 12
    elif part is not None:
        hour = hour_in_part(hour, part)
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and (minute or second)):
        raise DateError("no such clock", text=f"{hour_text}:{minute_text}")
    return Clock(hour, minute, second, "minute" if second_text is None else "second", end)


def with_zone(clock: Clock, text: str, tz: tzinfo) -> Clock:
    """The clock with the zone that stands behind it, if one does."""
    match = ZONE.match(text, clock.end)
    if match is None:
        return clock
    offset: timedelta | None = None
    zone: tzinfo | None = None
    if match["abbreviation"]:
        minutes = words.ZONE_MINUTES[match["abbreviation"]]
        if match["sign"]:
            minutes += offset_minutes(match["sign"], match["hours"], match["minutes"])
        offset = timedelta(minutes=minutes)
    elif match["sign2"]:
        offset = timedelta(minutes=offset_minutes(match["sign2"], match["hours2"], match["minutes2"]))
    elif match["named"]:
        offset = timedelta(minutes=words.ZONE_NAMES[match["named"].lower()])
    else:
        zone = zone_at(words.ZONE_PLACES[match["place"].lower()], tz)
    return clock._replace(end=match.end(), offset=offset, zone=zone)


def offset_minutes(sign: str, hours: str, minutes: str | None) -> int:
    """Minutes east of Greenwich, or DateError beyond the 14 hours that exist."""
    total = int(hours) * 60 + int(minutes or 0)
    if total > 14 * 60 or int(minutes or 0) > 59:
        raise DateError("no such offset", text=f"{sign}{hours}{minutes or ''}")
    return -total if sign == "-" else total


def stamp_of(day: date, clock: Clock | None, tz: tzinfo, problems: tuple[str, ...]) -> Stamp:
    """The Stamp of a day, with its clock if it has one."""
    if clock is None:
        return Stamp(day, "day", problems)
    return stamp_of_clock(
        day,
        clock.hour,
        clock.minute,
        clock.second,
        precision=clock.precision,
        tz=clock.zone or tz,
        offset=clock.offset,
        problems=problems,
    )


def read_date(
    text: str, match: re.Match[str], low: int, *, now: datetime | None, tz: tzinfo, prefer: Prefer, strict: bool
) -> Found | None:
    """The date of a match of DATE, None where it is none after all; `strict` is for running text.

    Raises DateError for an impossible day or clock, and for a day without a year when `now` is None.
    """
    n, name, year, year2, sep, month_text, last, opened, month3, year3, year4 = match.groups()
    start, end = match.span()
    front = words_in_front(text, start, low) if start > low else InFront(start, start, None, None, False)
    problems: tuple[str, ...] = ()
    yearless = False
    if start > low and text[start - 1].isalpha() and front.label is None:
        glued = re.search(r"[^\W\d_]+\Z", text[max(low, start - 30) : start])
        if glued is None or glued[0].lower() not in LABELS:
            return None
        front = front._replace(label=LABELS[glued[0].lower()])
    year_number = 0
    if name is not None:
        month = words.MONTH_OF.get(name.lower())
        if month is None or len(n) > 2:
            return None
        day_number = int(n)
        if year or year2:
            year_number = full_year(year or year2)
        else:
            yearless = True
    elif sep is not None:
        month = words.ROMAN_OF.get(month_text) if month_text[0] in "IVX" else int(month_text)
        if month is None:
            return None
        if last is None:
            if len(n) > 2 or sep != ".":
                return None
            day_number, yearless = int(n), True
        elif len(n) == 4:
            year_number, day_number = int(n), int(last)
        elif len(n) <= 2 and len(last) != 1:
            day_number, year_number = int(n), full_year(last)
        else:
            return None
        if month > 12 and sep == "/" and day_number <= 12:
            day_number, month = month, day_number
            problems = ("the month stands in front of the day, as in the US",)
    elif month3 is not None:
        month = words.ROMAN_OF.get(month3) if month3[0] in "IVX" else int(month3)
        if month is None or len(n) > 2:
            return None
        day_number, year_number = int(n), int(year3)
    elif year4 is not None:
        token = re.search(r"([^\W\d_]{3,10})\.?,?\s{1,3}\Z", text[max(low, start - 16) : start])
        month = words.MONTH_OF.get(token[1].lower()) if token else None
        if token is None or month is None or len(n) > 2:
            return None
        start = max(low, start - 16) + token.start()
        front = words_in_front(text, start, low)
        day_number, year_number = int(n), int(year4)
    else:
        if len(n) != 8:
            return None
        year_number, month, day_number = int(n[:4]), int(n[4:6]), int(n[6:])
        if not 1900 <= year_number <= 2100:
            return None

    weekday = front.weekday
    # the clock behind it, else in front of it
    clock: Clock | None = None
    if end < len(text):
        if weekday is None and (after := WEEKDAY_AFTER.match(text, end)):
            weekday = words.WEEKDAY_OF[after["weekday"].lower()]
            end = after.end()
        clock_match = CLOCK.match(text, end)
        if clock_match is not None:
            clock = with_zone(read_clock(clock_match), text, tz)
            end = clock.end
    start = front.start
    if clock is None and start > low:
        before = CLOCK_BEFORE.search(text, max(low, start - 24), start)
        if before is not None:
            minute = before["m"] or before["m2"] or before["m3"] or "0"
            clock = checked_clock(before["h"], minute, before["s"], before["half"], None, end)
            start = before.start()
            front = front._replace(reach=min(front.reach, start))
    if yearless and sep and not (opened or clock or weekday is not None or front.preposition):
        return None
    if yearless:
        today = local_now(now, tz, match[0]).date()
        day = day_without_year(month, day_number, weekday, today, prefer)
    else:
        try:
            day = date(year_number, month, day_number)
        except ValueError as error:
            raise DateError("no such day", text=match[0]) from error
    if weekday is not None and day.weekday() != weekday:
        problems = (*problems, weekday_problem(day, weekday))
    return Found(start, end, stamp_of(day, clock, tz, problems), front.label, front.reach)


def read_relative(
    text: str, match: re.Match[str], low: int, *, now: datetime | None, tz: tzinfo, prefer: Prefer, strict: bool
) -> Found | None:
    """The date of a match of RELATIVE, None where it is none after all. Raises DateError when `now` is None."""
    start, end = match.span()
    local = local_now(now, tz, match[0])
    today = local.date()
    front = words_in_front(text, start, low) if start > low else InFront(start, start, None, None, False)
    quantities = match["quantities"] or match["quantities2"]
    if quantities:
        sign = -1 if (match["direction"] or match["ago"]).lower() in {"vor", "her", "vorher", "zuvor", "ago"} else 1
        amounts: dict[str, float] = {}
        for quantity in QUANTITY.finditer(quantities):
            unit = words.UNIT_OF[quantity["unit"].lower()]
            amounts[unit] = amounts.get(unit, 0) + sign * number_of(quantity["number"])
        value = moved(local, amounts)
        precision: Precision = (
            "second" if "second" in amounts else "minute" if amounts.keys() & {"minute", "hour"} else "day"
        )
        stamp = Stamp(value.date() if precision == "day" else value, precision)
        return Found(start, end, stamp, front.label, front.reach)
    if match["now"]:
        return Found(start, end, Stamp(local, "minute"), front.label, front.reach)
    if match["period"]:
        unit = {"w": "week", "m": "month", "j": "year"}[match["period"][0].lower()]
        step = {"l": -1, "v": -1, "n": 1, "k": 1, "d": 0}[match["which"][0].lower()]
        day = moved(local, {unit: step}).date()
        return Found(start, end, Stamp(day, "day"), front.label, front.reach)
    part = match["part"] or match["part2"]
    clock: Clock | None = None
    clock_match = CLOCK.match(text, end)
    if clock_match is not None:
        clock = with_zone(read_clock(clock_match, part), text, tz)
        end = clock.end
    elif start > low:
        before = CLOCK_BEFORE.search(text, max(low, start - 24), start)
        if before is not None:
            minute = before["m"] or before["m2"] or before["m3"] or "0"
            clock = checked_clock(before["h"], minute, before["s"], before["half"], part, end)
            start = before.start()
            front = front._replace(reach=min(front.reach, start))
    if match["deictic"]:
        day = shifted(today, words.DAYS_FROM_TODAY[match["deictic"].lower()])
    elif match["day_before"]:
        day = shifted(today, -1)
    elif match["same_day"]:
        day = today
    else:
        weekday = words.WEEKDAY_OF[(match["weekday"] or match["short"]).lower()]
        later = clock is not None and (clock.hour, clock.minute) > (local.hour, local.minute)
        which = match["which2"]
        day = day_of_weekday(weekday, today, prefer, which=which and which.lower(), later_today=later)
    return Found(start, end, stamp_of(day, clock, tz, ()), front.label, front.reach)


def number_of(text: str) -> float:
    """The number that digits or a word mean."""
    if text[0].isdigit():
        return float(text.replace(",", "."))
    return words.NUMBER_OF[text.lower()]
