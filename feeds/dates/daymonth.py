"""The day and month of a dateline, whose months are sometimes misspelt: "25. Juni", "12. Janur".

Owns the tolerance for near misses. It is nowhere else: in running text one letter more or less makes another word.
"""

from __future__ import annotations

import re

from feeds.dates import words
from feeds.dates.normalisation import normalise
from feeds.errors import DateError

DAY_MONTH = re.compile(r"\s{0,8}+(?P<day>[0-9]{1,2})(?:\s?\.\s{0,8}+|\s{1,8}+)(?P<month>[^\W\d_]{3,12}+)\.?\s{0,8}+")
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
    near = {number for spelling, number in words.MONTH_OF.items() if is_one_edit_away(name, spelling)}
    return near.pop() if len(near) == 1 else None


def is_one_edit_away(one: str, other: str) -> bool:
    """Whether one letter is missing, added or another, or two neighbours are swapped."""
    if abs(len(one) - len(other)) > 1:
        return False
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    a, b = one[same:], other[same:]
    if len(a) != len(b):
        return a[1:] == b if len(a) > len(b) else a == b[1:]
    return a[1:] == b[1:] or (len(a) > 1 and a[0] == b[1] and a[1] == b[0] and a[2:] == b[2:])
