"""A clock in a text: digits or words, its part of the day, its zone.

Owns which hour is meant. On which day, and whether the zone has such an hour, is decided in `resolution`.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from feeds.dates import words, zone_words
from feeds.dates.grammar import (
    CLOCK,
    CLOCK_BEFORE,
    CLOCK_FROM,
    CLOCK_UNTIL,
    PART_BEFORE,
    SPOKEN_CLOCK,
    UNKNOWN_ZONE,
    ZONE,
)
from feeds.dates.normalisation import lower
from feeds.dates.resolution import NO_CLOCK
from feeds.dates.stamp import Precision
from feeds.dates.zones import load_zone
from feeds.errors import ConfigError, DateError

REACH_BEFORE = 32
"""Characters in front of a date that are looked at for its clock."""
REACH_BEHIND = 64
"""Characters after a date that are looked at for a clock in words."""
SPOKEN_STARTS = frozenset({
    *words.NUMBER_OF, *words.PARTS_OF_DAY, "am", "in", "um", "gegen", "ab", "kurz", "etwa", "ca.", "circa", "ungefähr",
    "halb", "viertel", "dreiviertel", "mitternacht", "mittag",
})  # fmt: skip
"""The words that a clock in words may begin with."""
MINUTES = ("m2", "m3", "m4", "m5", "m6", "m7", "m8")
"""The groups of CLOCK, but its first form, of which one may hold the minute."""

UNTIL = re.compile(r"[−-]([0-9]{2}):([0-9]{2})(?![0-9:])")

Clock = tuple[int, int, int, Precision, timedelta | None, tzinfo | None]
"""A wall clock: hour (24 too), minute, second, precision, and the offset or zone that the text names."""


def clock_behind(text: str, at: int, part: str | None = None) -> tuple[Clock, int] | None:
    """The clock that follows a date, and where it ends; `part` is the part of the day that was read already.

    Raises DateError for a clock that shows no time ("25:61 Uhr").
    """
    match = CLOCK.match(text, at)
    if match is None:
        return spoken_clock_behind(text, at, part)
    hour, minute, second, *_, half, own_part = match.groups()
    if minute is None:
        minute = next(filter(None, match.group(*MINUTES)), "0")
        second = match["s3"] or match["s5"]
    clock = checked_clock(hour, minute, second, half, own_part or part)
    end = match.end()
    if end == len(text):
        return clock, end
    if text[end] in "-−" and "T" not in match[0] and is_until(clock, text, end):
        return with_zone(clock, text, end + len("-12:00"))[0], end
    return with_zone(clock, text, end)


def spoken_clock_behind(text: str, at: int, part: str | None) -> tuple[Clock, int] | None:
    """The same for a clock in words."""
    behind = text[at : at + REACH_BEHIND]
    first = behind.replace(",", " ", 1).split(None, 1)
    if not first or (first[0].lower().rstrip(",") not in SPOKEN_STARTS and not first[0].isdigit()):
        return None
    if part is None and (named := PART_BEFORE.match(text, at)) is not None:
        return clock_behind(text, named.end(), named["part"])
    match = SPOKEN_CLOCK.match(lower(behind))
    clock = None if match is None else spoken_clock(match, part)
    if match is None or clock is None:
        return None
    return with_zone(clock, text, at + match.end())


def clock_before(text: str, low: int, start: int, part: str | None = None) -> tuple[Clock, int] | None:
    """The clock right in front of a date, not before `low`, and where it begins."""
    match = CLOCK_BEFORE.search(text, max(low, start - REACH_BEFORE), start)
    if match is None:
        return None
    minute = match["m"] or match["m2"] or match["m3"] or match["m4"] or "0"
    clock = checked_clock(match["h"], minute, match["s"], match["half"], match["part"] or part)
    if match["zone"]:
        clock = with_zone(clock, text, match.start("zone"))[0]
    begin = CLOCK_FROM.search(text, max(low, match.start() - REACH_BEFORE), match.start())
    if begin is not None:
        first = checked_clock(begin["h"], begin["m"] or begin["m2"] or "0", None, None, None)
        if first[:2] < clock[:2]:
            return (*first[:4], *clock[4:]), begin.start()
    return clock, match.start()


def checked_clock(
    hour_text: str, minute_text: str, second_text: str | None, half: str | None, part: str | None
) -> Clock:
    """A clock from its digits, or DateError where no clock shows them."""
    hour, minute = int(hour_text), int(minute_text)
    second = 0 if second_text is None else int(second_text)
    if half:
        hour = hour_of_half(hour, half)
    elif part is not None:
        hour = hour_in_part(hour, part)
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and (minute or second)):
        raise DateError(NO_CLOCK, text=f"{hour_text}:{minute_text}")
    return hour, minute, second, "minute" if second_text is None else "second", None, None


def hour_of_half(hour: int, half: str) -> int:
    """The hour of 24 that am and pm mean; pm after an hour of 24 says nothing new."""
    afternoon = half in "pP"
    if 1 <= hour <= 12:
        return hour % 12 + (12 if afternoon else 0)
    if hour > 12 and not afternoon:
        raise DateError(NO_CLOCK, text=f"{hour} {half}m")
    return hour


def hour_in_part(hour: int, part: str) -> int:
    """The hour of 24 that an hour of 12 means in a part of the day: "abends um acht" is 20."""
    part = part.lower()
    if hour > 12:
        return hour
    if part.startswith(("abend", "nachm")):
        return hour + 12 if hour < 12 else 24 if part.startswith("abend") else 12
    if part.startswith("mittag"):
        return hour + 12 if hour < 5 else hour
    if part.startswith(("nacht", "mitternacht")):
        return hour + 12 if 8 <= hour < 12 else hour % 12
    return hour


def spoken_clock(match: re.Match[str], part: str | None) -> Clock | None:
    """The clock of a match of SPOKEN_CLOCK, None for a bare number that nothing makes an hour."""
    if not (match["at"] or match["half"] or match["quarters"] or match["minutes"] or match["uhr"] or match["named"]):
        return None
    if match["named"]:
        return None if match["uhr"] else (24 if match["named"] == "mitternacht" else 12, 0, 0, "minute", None, None)
    hour, minute = divmod(60 * int(words.number_of(match["hour"])) + minutes_from_hour(match), 60)
    part = match["part"] or part
    if part is not None:
        hour = hour_in_part(hour, part)
    if not 0 <= hour <= 24 or (hour == 24 and minute):
        raise DateError(NO_CLOCK, text=match[0])
    return hour, minute, 0, "minute", None, None


def minutes_from_hour(match: re.Match[str]) -> int:
    """How far from its hour a match of SPOKEN_CLOCK is: -30 in "halb acht", -35 in "fünf vor halb acht"."""
    minutes = match["minutes_of_half"] or match["minutes"]
    number = 0 if minutes is None else int(words.number_of(minutes))
    if number > (29 if match["half"] else 59):
        raise DateError(NO_CLOCK, text=match[0])
    if "vor" in {match["side_of_half"], match["side2"]}:
        number = -number
    if match["half"]:
        return number - 30
    if match["quarters"] is None:
        return number
    quarter = 15 if match["quarters"] == "viertel" else 45
    if match["side"] is None:
        return quarter - 60  # "viertel acht" is 7:15
    return quarter if match["side"] == "nach" else -quarter


def with_zone(clock: Clock, text: str, at: int) -> tuple[Clock, int]:
    """The clock with the zone that comes after it, if one does, and where it ends."""
    match = ZONE.match(text, at)
    if match is None:
        if (unknown := UNKNOWN_ZONE.match(text, at)) is not None:
            raise DateError("a zone that is not known", text=unknown["zone"])
        until = CLOCK_UNTIL.match(text, at)
        return (clock if until is None else with_zone(clock, text, until.end())[0]), at
    end = match.end()
    if match["pair"]:
        return (*clock[:4], None, load_zone(zone_words.PAIRS[match["pair"]])), end
    if match["us"]:
        return (*clock[:4], None, load_zone(zone_words.US_TIMES[match["us"]])), end
    if match["place"] or match["adjective"] or match["stem"]:
        place = place_of(match)
        return (clock if place is None else (*clock[:4], None, load_zone(place))), end
    if match["iana"]:
        return (*clock[:4], None, _zone_of(match["iana"])), end
    if match["named"]:
        minutes = zone_words.MINUTES_OF_NAMES[match["named"].lower()]
    elif match["abbreviation"]:
        minutes = zone_words.MINUTES[match["abbreviation"].upper()]
        if match["sign"]:
            minutes = _within_range(minutes + offset_minutes(match["sign"], match["hours"], match["minutes"]), match[0])
    else:
        minutes = offset_minutes(match["sign2"], match["hours2"], match["minutes2"])
    return (*clock[:4], timedelta(minutes=minutes), None), end


def is_until(clock: Clock, text: str, at: int) -> bool:
    """Whether what follows a clock is no offset but the later one that an event ends at: "10:00-12:00"."""
    until = UNTIL.match(text, at)
    return until is not None and clock[3] == "minute" and (int(until[1]), int(until[2])) > clock[:2]


def place_of(match: re.Match[str]) -> str | None:
    """The zone of the place that a match of ZONE names; None for the source's own."""
    if match["adjective"]:
        return zone_words.ADJECTIVES_INFLECTED[match["adjective"].lower()]
    if match["stem"]:
        return zone_words.STEMS_INFLECTED[match["stem"].lower()]
    return zone_words.PLACES[match["place"].lower()]


def is_later(clock: Clock, instant: datetime) -> bool:
    """Whether a clock, on the day of an instant, is yet to come."""
    return clock[:3] > (instant.hour, instant.minute, instant.second)


def _zone_of(name: str) -> ZoneInfo:
    """The zone of an IANA name, as some systems print it; DateError where there is none."""
    try:
        return load_zone(name)
    except ConfigError as error:
        raise DateError("a zone that is not known", text=name) from error


def offset_minutes(sign: str, hours: str, minutes: str | None) -> int:
    """Minutes east of Greenwich, or DateError beyond the 14 hours that exist."""
    total = int(hours) * 60 + int(minutes or 0)
    text = f"{sign}{hours}{minutes or ''}"
    if int(minutes or 0) > 59:
        raise DateError("no zone has this offset", text=text)
    return _within_range(total if sign == "+" else -total, text)


def _within_range(offset: int, text: str) -> int:
    """The minutes of an offset as they are, or DateError beyond the 14 hours that exist."""
    if abs(offset) > 14 * 60:
        raise DateError("no zone has this offset", text=text.strip())
    return offset
