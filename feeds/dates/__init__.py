"""German date texts become points in time, and points in time become text.

    parse_date(text, now=…, tz=…)    one date, or DateError
    find_dates(text, now=…, tz=…)    the dates in a longer text, with position and label
    parse_day_month(text)            month and day of a dateline, near misses of the month's name too
    format_german, format_rfc822, format_rfc3339

The road, one module a step: `words` and `zone_words` (the tables); `months` (their odd names); `normalisation`;
`grammar` and `expressions` (the patterns, of dates in digits and names and of relative ones); `resolution` (the rules);
`clock`, `context`, `issues`, `forms` and `absolute`, `search`, `amounts`, `weekdays` and `relative` (one match as a
Stamp); `finder` and `single`, with `unrelated` (dates of something else), `capitals`, `rare`, `fallback` and `misread`
(last resorts); `parser`, with `shortcut` (the common forms); `daymonth`; `writing`; `zones`. Nothing here reads the
clock, the locale or the machine's zone, and nothing but `feeds.errors` is imported from the rest of the package.
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
