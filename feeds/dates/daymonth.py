"""The day and month of a dateline, whose months are sometimes misspelt: "25. Juni", "12. Janur".

Owns the tolerance for near misses without a year. `months` has less of it, for running text.
"""

from __future__ import annotations

import re

from feeds.dates import words
from feeds.dates.months import BROKEN_UMLAUT, is_one_edit_away, month_without_umlaut
from feeds.dates.normalisation import normalise
from feeds.errors import DateError

DAY_MONTH = re.compile(
    r"\s{0,8}+(?P<day>[0-9]{1,2})(?:\s?\.\s{0,8}+|\s{1,8}+)"
    rf"(?P<month>[^\W\d_]{{3,12}}+|{BROKEN_UMLAUT})\.?\s{{0,8}}+"
)
LEAST_LETTERS = 4
"""Shorter words are one edit from too much else ("Jan" from "Jun")."""


def parse_day_month(text: str) -> tuple[int, int]:
    """Month and day of a text that is just these, `(6, 25)` for "25. Juni".

    A month's full name may be misspelt by one letter (missing, added, other, or two swapped), if only one month is so
    near. Raises DateError for anything else, and for a day that the month never has.
    """
    match = DAY_MONTH.fullmatch(normalise(text))
    month = None if match is None else nearest_month(match["month"])
    if match is None or month is None:
        raise DateError("no day and month", text=text)
    day = int(match["day"])
    if not 1 <= day <= (29 if month == 2 else 30 if month in {4, 6, 9, 11} else 31):
        raise DateError("no such day", text=text)
    return month, day


def nearest_month(name: str) -> int | None:
    """The number of the month of that name, or of the only month whose full name is one edit away."""
    name = name.lower()
    if name in words.MONTH_OF:
        return words.MONTH_OF[name]
    if len(name) < LEAST_LETTERS:
        return None
    if (month := month_without_umlaut(name)) is not None:
        return month
    near = {number for spelling, number in words.MONTH_OF.items() if is_one_edit_away(name, spelling)}
    return near.pop() if len(near) == 1 else None
