"""The last resort for odd strings: python-dateutil with German words, day first.

Owns the guard around it. dateutil fills in what a text lacks from a default day; here it is asked twice, with two
defaults that share nothing, and believed only where both answers agree: the text itself then holds year, month and day.
"""

from __future__ import annotations

import re
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING

from feeds.dates import words, zone_words
from feeds.dates.clock import Clock
from feeds.dates.resolution import calendar_day, stamp_of_clock
from feeds.dates.stamp import Stamp
from feeds.errors import DateError

if TYPE_CHECKING:
    from dateutil import parser

NEEDS = re.compile(
    r"(?=.*(?<![0-9])(?:19|20)[0-9]{2}(?![0-9]))(?=.*[^\W\d_]{3})(?=.*(?<![0-9])[0-9]{1,2}(?![0-9]))", re.DOTALL
)
"""A year, a word, a day: without them a text isn't shown to dateutil, which reads dates into almost anything."""
MAX_LENGTH = 60
DEFAULTS = (datetime(2000, 1, 2), datetime(2004, 3, 4))  # noqa: DTZ001 - only compared with each other


@lru_cache(maxsize=1)
def german_parser() -> parser.parser:
    """The parser of dateutil, with our tables."""
    from dateutil import parser

    class German(parser.parserinfo):
        MONTHS = list(words.MONTHS)  # type: ignore[arg-type]  # noqa: RUF012 - the form that dateutil asks for
        WEEKDAYS = list(words.WEEKDAYS)  # type: ignore[arg-type]  # noqa: RUF012 - the same
        JUMP = [" ", ".", ",", ";", "-", "/", "'", "am", "um", "den", "der", "dem", "vom", "uhr"]  # noqa: RUF012
        HMS = [("h", "stunde", "stunden"), ("m", "minute", "minuten"), ("s", "sekunde", "sekunden")]  # noqa: RUF012
        UTCZONE = ["UTC", "GMT", "Z"]  # noqa: RUF012
        TZOFFSET = {name: 60 * minutes for name, minutes in zone_words.MINUTES.items()}  # noqa: RUF012

    return parser.parser(German(dayfirst=True))


def odd_date(text: str, tz: tzinfo) -> Stamp | None:
    """The date that dateutil reads out of a text that holds year, month and day, None where it reads none."""
    if len(text) > MAX_LENGTH or NEEDS.match(text) is None or not has_month(text):
        return None
    try:
        first, second = (german_parser().parse(text, default=default) for default in DEFAULTS)
    except (ValueError, OverflowError, TypeError, AttributeError, DateError):
        return None  # its ways of saying no; the last two are its own slips on odd input
    if first != second or str(first.year) not in re.findall("[0-9]{4}", text):
        return None  # a default, or a year of other digits: "Mai 3-5, 2024" is no day of 2005 at 20:24
    day = calendar_day(first.year, first.month, first.day)
    if not (first.hour or first.minute or first.second):
        return Stamp(day, "day") if ":" not in text else None
    clock: Clock = (
        first.hour,
        first.minute,
        first.second,
        "second" if text.count(":") > 1 else "minute",
        first.utcoffset(),
        None,
    )
    return stamp_of_clock(day, clock, tz)


def has_month(text: str) -> bool:
    """Whether a word of the text is the name of a month."""
    return any(word in words.MONTH_OF for word in re.findall(r"[^\W\d_]+", text.lower()))
