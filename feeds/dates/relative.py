"""Dates that count from now: "gestern Abend", "am Vortag", "soeben"; and the search for all that do.

Owns which reader a match is given to; amounts are read in `amounts`, weekdays and days of a month in `weekdays`. The
search is for a first word that such a date may begin with (or end with: "3 Stunden zuvor"); the pattern of its kind is
then tried just there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime

from feeds.dates import words
from feeds.dates.absolute import is_alone
from feeds.dates.amounts import amounts_of, read_ago, read_offset
from feeds.dates.context import word_before, words_in_front
from feeds.dates.grammar import any_of
from feeds.dates.relative_grammar import DAY, DAY_NAMED, FIRST_WORD, IDIOM, KINDS, NOW, SEVERAL_DAYS
from feeds.dates.relative_search import Search, known_now, placed, with_clock
from feeds.dates.resolution import shifted, stamp_moved, weekday_problem
from feeds.dates.stamp import Found, Stamp
from feeds.dates.weekdays import read_day_of_month, read_short_weekday, read_weekday, read_which
from feeds.errors import DateError

BEHIND_IN_SAYINGS = (" wie ", " als ", " auf ", " und ", " oder ", ", ", " hier, ", " so, ")
BEFORE_IN_SAYINGS = ("von ", "wie ", "als ", "auf ", "und ", "oder ", "schon ", "auch ", ", ")
"""What is beside a day word that may be part of a saying or a list."""
NOW_WORDS = re.compile(rf"(?:{any_of(NOW)})(?!\w)")
QUOTES = '„“”»«"'
TITLE = re.compile(
    rf"(?:(?:\A|[\n|·•–—:(>])\s{{0,3}}(?P<name>(?:(?:Das|Der|Die)\s)?[A-ZÄÖÜ][\w-]{{1,30}}\s)"
    rf"|(?P<quote>[{QUOTES}])(?:[A-ZÄÖÜ][\w-]{{1,30}}\s){{0,3}})\Z"
)
"""In front of a day word that ends a title: "ZDF heute", "Das Wetter morgen"."""


def relative_dates(search: Search, start: int, stop: int) -> list[Found | DateError]:
    """The relative dates that begin between two offsets, in order, and an error for each that is impossible."""
    found: list[Found | DateError] = []
    lowered = search.lowered
    for match in FIRST_WORD.finditer(lowered, start, stop):
        begin, end = match.span()
        if begin < search.low or is_cut_off(lowered, end):
            continue
        try:
            one = READERS[KINDS[match[0]]](search, begin)
        except DateError as error:
            found.append(error.with_traceback(None))
            continue
        if one is not None and one.end <= search.high:
            found.append(one)
            search.low = one.end
    return found


def is_cut_off(text: str, end: int) -> bool:
    """Whether a word goes on after a hyphen or dot ("heute-journal", "heute.at")."""
    after = text[end : end + 2]
    return len(after) == 2 and after[0] in "-." and after[1].isalpha()


def read_day_word(search: Search, start: int) -> Found | None:
    """As in "heute", "gestern Abend", "übermorgen um acht"."""
    match = DAY.match(search.lowered, start)
    if (
        match is None
        or is_cut_off(search.lowered, match.end())
        or search.lowered[match.end() : match.end() + 1].isalpha()
    ):
        return None
    if is_saying(search, start, match.end("day")):
        return None
    today = known_now(search, match[0]).date()
    day = shifted(today, words.DAYS_FROM_TODAY[match["day"]])
    if match["amounts"]:
        sign = -1 if match["direction"] == "vor" else 1
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=search.tz)
        value = stamp_moved(noon, amounts_of(match["amounts"], sign)).value
        return placed(search, Stamp(value, "day"), start, match.end())
    found = with_clock(search, start, match.end(), match["part"], lambda _clock: day)
    found = with_weekday(found, day, match["weekday"])
    if search.text[start] == "M" and not is_alone(
        search.text, words_in_front(search.text, start, search.low).reach, found.end
    ):
        return None  # "Guten Morgen", "am Morgen": the noun
    if match["day"] in {"heute", "morgen"} and is_title(search, found):
        return None
    before = word_before(search.lowered, start)
    return None if match["day"] == "morgen" and before in words.BEFORE_THE_MORNING else found


def is_saying(search: Search, start: int, end: int) -> bool:
    """Whether a day word is part of a saying, or, where the text is to be one date, of a list: "gestern und heute"."""
    lowered = search.lowered
    if not (lowered.startswith(BEHIND_IN_SAYINGS, end) or lowered.endswith(BEFORE_IN_SAYINGS, search.low, start)):
        return False  # most are none, and to ask this is quick
    low, high = max(search.low, start - 32), min(search.high, end + 32)
    if any(one.end() > start and one.start() < end for one in IDIOM.finditer(lowered, low, high)):
        return True
    return not search.prose and any(
        one.start() <= start < one.end() for one in SEVERAL_DAYS.finditer(lowered, low, high)
    )


def is_title(search: Search, found: Found) -> bool:
    """Whether a day word ends a title: what is quoted, or a name with nothing else beside it, as in "ZDF heute"."""
    if found.label is not None or found.stamp.precision != "day":
        return False
    title = TITLE.search(search.text, max(search.low, found.start - 100), found.start)
    if title is None:
        return False
    if title["quote"]:
        return search.text.startswith(tuple(QUOTES), found.end)
    return is_alone(search.text, title.start("name"), found.end)


def with_weekday(found: Found, day: date, name: str | None) -> Found:
    """The find with a problem if the weekday beside it isn't the day's: "gestern, Montag"."""
    weekday = day.weekday() if name is None else words.WEEKDAY_OF[name]
    if weekday == day.weekday():
        return found
    value, precision, problems = found.stamp.value, found.stamp.precision, found.stamp.problems
    return found._replace(stamp=Stamp(value, precision, (*problems, weekday_problem(day, weekday))))


def read_named_day(search: Search, start: int) -> Found | None:
    """As in "am Vortag", "am gestrigen Montag"."""
    match = DAY_NAMED.match(search.lowered, start)
    if match is None:
        return None
    today = known_now(search, match[0]).date()
    named = match["which"]
    day = shifted(today, 0 if named.startswith(("heut", "selb", "gleich")) else 1 if named[0] == "m" else -1)
    found = with_clock(search, start, match.end(), match["part"], lambda _clock: day)
    return with_weekday(found, day, match["weekday"])


def read_now(search: Search, start: int) -> Found | None:
    """As in "jetzt", "soeben": a stamp only where it is alone."""
    word = NOW_WORDS.match(search.lowered, start)
    if word is None:
        return None
    end = word.end()
    found = placed(search, Stamp(known_now(search, word[0]), "second"), start, end)
    alone = is_alone(search.text, start, end) or (not search.prose and found.label is not None)
    return found if alone else None


READERS: dict[str, Callable[[Search, int], Found | None]] = {
    "day": read_day_word,
    "weekday": read_weekday,
    "short": read_short_weekday,
    "which": read_which,
    "offset": read_offset,
    "day_of_month": read_day_of_month,
    "ago": read_ago,
    "now": read_now,
    "named": read_named_day,
}
"""The reader of each kind of first word."""
