"""The forms of a calendar day: what a match of the grammar's DATE says as year, month and day.

Owns one reader a form, each small enough to copy for another. Gives None where the shape deceives ("5 Millionen"). What
is around a day, and whether a calendar has it, is asked in `absolute`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from feeds.dates import words
from feeds.dates.grammar import any_of
from feeds.dates.months import odd_month
from feeds.dates.resolution import full_year

MONTH_BEHIND = re.compile(rf"\s?(?:{any_of(words.MONTH_OF)})\b", re.IGNORECASE)
MONTH_IN_FRONT = re.compile(r"(?P<name>[^\W\d_]{3,10})\.?,?\s{1,3}\Z")
YEAR_IN_FRONT = re.compile(r"(?P<year>(?<![0-9.,:/-])(?:19|20)[0-9]{2})[.,]?\s{1,3}\Z")
ORDINAL_IN_FRONT = re.compile(r"(?<!\w)(?P<day>[^\W\d_]{3,22})e[nrsm]?\s{1,3}\Z")
SERIES_BEHIND = re.compile(r"\s?[-–—]\s?[0-9]{1,2}(?![0-9:.]|\s?[Uu]hr|\s?h\b)")
SERIES_IN_FRONT = re.compile(r"(?<![0-9:.])[0-9]{1,2}\s?[-–—]\s?\Z")
US_ORDER = "the month stands in front of the day, as in the US"

Day = tuple[int | None, int, int, int, str | None]
"""A day as written: year (None where the text has none), month, day, where it begins, a problem."""


def named_month(match: re.Match[str], text: str, low: int) -> Day | None:
    """As in "25. Juni 2024", "24. Dez 23", "25. Juni"; "2013. 13 Mai"."""
    # the groups n, name, year and year2: by number, as this is the form of most stamps
    digits, name, year, year2 = match.group(1, 2, 3, 4)
    month = words.MONTH_OF.get(name.lower()) or odd_month(name, dated=year is not None)
    if month is None or len(digits) > 2:
        return None
    year = year or year2
    start = match.start()
    if year is not None:
        return full_year(year), month, int(digits), start, None
    in_front = YEAR_IN_FRONT.search(text, max(low, start - 8), start) if start > low else None
    if in_front is not None:
        return int(in_front["year"]), month, int(digits), in_front.start(), None
    return None, month, int(digits), start, None


def month_number(text: str) -> int | None:
    """The month of digits or a Roman number."""
    return words.ROMAN_OF.get(text) if text[0] in "IVX" else int(text)


def numeric(match: re.Match[str], text: str, low: int) -> Day | None:
    """As in "25.06.2024", "25/6/24", "2024-06-25"; "06/25/2024" only where no day comes first."""
    first, last = match["n"], match["last"]
    month = month_number(match["month"])
    if month is None:
        return None
    if len(first) == 4 and len(last) <= 2:
        return int(first), month, int(last), match.start(), None
    if len(first) > (3 if first[0] == "0" and len(last) == 4 else 2) or len(last) == 1:
        return None
    if match["sep"] in ",|_·" and len(last) != 4:
        return None  # a number, a list
    if match["sep"] == "/" and match["sep"] not in match[0][match.end("month") - match.start() :]:
        return None  # two issues and their year: "Heft 7/8 2023"
    if match["sep"] in "-–—" and len(last) == 2 and is_in_series(text, match.start(), match.end(), low):
        return None  # "3 - 12 - 17 - 24 - 31 - 45"
    if month > 12 and match["sep"] == "/" and int(first) <= 12:
        return full_year(last), int(first), month, match.start(), US_ORDER
    return full_year(last), month, int(first), match.start(), None


def is_in_series(text: str, start: int, end: int, low: int) -> bool:
    """Whether three numbers are some of a longer series."""
    return (
        SERIES_BEHIND.match(text, end) is not None
        or SERIES_IN_FRONT.search(text, max(low, start - 6), start) is not None
    )


def numeric_without_year(match: re.Match[str], text: str, _low: int) -> Day | None:
    """As in "24.06.", "am 24/06"; not "KW 24 / 11. Juni 2024"."""
    month = month_number(match["month"])
    if month is None or not 1 <= month <= 12 or len(match["n"]) > 2 or match["sep"] not in "./":
        return None
    if match["sep"] == "/" and (
        len(match["n"]) < 2 or len(match["month"]) < 2 or MONTH_BEHIND.match(text, match.end())
    ):
        return None  # a fraction, or a number in front of a day
    return None, month, int(match["n"]), match.start(), None


def spaced(match: re.Match[str], _text: str, _low: int) -> Day | None:
    """As in "25 06 2024"."""
    month = month_number(match["month3"])
    if month is None or len(match["n"]) > 2:
        return None
    return int(match["year3"]), month, int(match["n"]), match.start(), None


def month_in_front(match: re.Match[str], text: str, low: int) -> Day | None:
    """As in "Juni 25, 2024", "Sep 3 2013"."""
    month, start = month_before(text, low, match.start())
    if month is None or len(match["n"]) > 2:
        return None
    return int(match["year4"]), month, int(match["n"]), start, None


def month_before(text: str, low: int, at: int) -> tuple[int | None, int]:
    """The month whose name is right in front of an offset, not before `low`, and where it begins."""
    name = MONTH_IN_FRONT.search(text, max(low, at - 16), at)
    return (None, at) if name is None else (words.MONTH_OF.get(name["name"].lower()), name.start())


def unix(match: re.Match[str], text: str, low: int) -> Day | None:
    """As in "Jun 25 14:05:09 CEST 2024"."""
    month, start = month_before(text, low, match.start())
    if month is None or len(match["n"]) > 2:
        return None
    return int(match["year5"]), month, int(match["n"]), start, None


def worded(match: re.Match[str], text: str, low: int) -> Day | None:
    """As in "einundzwanzigster Juni 2024", "am ersten Mai 2023"."""
    month, start = month_before(text, low, match.start())
    ordinal = None if month is None else ORDINAL_IN_FRONT.search(text, max(low, start - 32), start)
    day = None if ordinal is None else words.ORDINAL_OF.get(ordinal["day"].lower())
    if month is None or ordinal is None or day is None:
        return None
    return int(match["n"]), month, day, ordinal.start(), None


def compact(match: re.Match[str], _text: str, _low: int) -> Day | None:
    """As in "20240625"."""
    digits = match["n"]
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    if not (1900 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    return year, month, day, match.start(), None


def no_day(_match: re.Match[str], _text: str, _low: int) -> None:
    """As in "14:05": a clock without its day."""
    return


FORMS: dict[str | None, Callable[[re.Match[str], str, int], Day | None]] = {
    "name": named_month,
    "year": named_month,
    "year2": named_month,
    "last": numeric,
    "open": numeric_without_year,
    "year3": spaced,
    "year4": month_in_front,
    "year5": unix,
    "worded": worded,
    "compact": compact,
    "clock": no_day,
}
"""The reader of each form, by the group of DATE that matched last."""
