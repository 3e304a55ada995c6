"""German date texts become points in time, and points in time become text.

    words, zone_words           the tables; `months`: odd names of months
    stamp                       the records; `instants`: as library and ledger hold them; `zones`
    normalisation               a text as the patterns want it
    grammar, relative_grammar   the patterns: of calendar days and clocks, and of dates that count from now
    resolution                  the rules: what the pieces of a date mean
    clock, context              the clock of a date, and the words in front of it
    absolute                    a calendar day, whose `forms` are small readers; `issues`: the day of a paper
    relative                    a date that counts from now: `relative_search`, `amounts`, `weekdays`
    finder                      all dates of a text (`find_dates`)
    parser                      the one date of a text (`parse_date`): by `shortcut`, else `single`, with `capitals`,
                                `unrelated` (dates of something else) and, at last, `rare`, `shuffled` and `misread`
    daymonth                    the day and month of a dateline
    writing                     dates as text

Nothing here reads the clock, the locale or the machine's zone, and nothing but `feeds.errors` is imported from the rest
of the package.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from feeds.dates.stamp import Label, Match, Precision, Prefer, Stamp
from feeds.dates.writing import format_german, format_rfc822, format_rfc3339
from feeds.dates.zones import load_zone
from feeds.errors import DateError

if TYPE_CHECKING:
    from feeds.dates.daymonth import parse_day_month
    from feeds.dates.finder import find_dates
    from feeds.dates.parser import parse_date

_READING = {
    "find_dates": "feeds.dates.finder", "parse_date": "feeds.dates.parser", "parse_day_month": "feeds.dates.daymonth",
}  # fmt: skip
"""The functions that read dates, and the module of each."""

__all__ = [
    "DateError",
    "Label",
    "Match",
    "Precision",
    "Prefer",
    "Stamp",
    "find_dates",
    "format_german",
    "format_rfc822",
    "format_rfc3339",
    "load_zone",
    "parse_date",
    "parse_day_month",
]


def __getattr__(name: str) -> Any:
    # Their patterns cost a fifth of a second: only a run that reads a page pays it.
    if name not in _READING:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(importlib.import_module(_READING[name]), name)
    return found
