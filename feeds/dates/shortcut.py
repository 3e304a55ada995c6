"""The stamps that most pages print, read at once: "25. Juni 2024, 14:05 Uhr", "25.06.2024 | 14:05".

Owns a shortcut and no rule: what it reads, `single` would read in the same way at twice the cost; a test says so.
"""

from __future__ import annotations

import re
from datetime import tzinfo

from feeds.dates import words
from feeds.dates.resolution import calendar_day, stamp_of_clock
from feeds.dates.stamp import Stamp
from feeds.errors import DateError

COMMON = re.compile(
    r"""
    ( [0-9]{1,2} ) (?: \.?\ ? ([A-Za-zÄä]{3,9}+)\.?\ | \. ([0-9]{1,2}) \. ) ( [0-9]{4} )
    (?: (?: ,\ ? | \ (?:[|–-]\ )? | \ um\ ) ([0-9]{1,2}) : ([0-9]{2}) (?:\ Uhr)? )?
    """,
    re.VERBOSE,
)


def read_common_stamp(text: str, tz: tzinfo) -> Stamp | None:
    """The Stamp of a text in one of the common forms; None for any other text, and for what needs a second look."""
    match = COMMON.fullmatch(text)
    if match is None:
        return None
    day_text, name, month_text, year, hour, minute = match.groups()
    month = int(month_text) if name is None else words.MONTH_OF.get(name.lower())
    if month is None:
        return None
    try:
        day = calendar_day(int(year), month, int(day_text))
    except DateError:
        return None
    if hour is None:
        return Stamp(day, "day")
    hours, minutes = int(hour), int(minute)
    if hours > 23 or minutes > 59:
        return None
    return stamp_of_clock(day, (hours, minutes, 0, "minute", None, None), tz)
