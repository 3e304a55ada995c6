"""Dates that count from now, or that need a calendar: "gestern Abend", "vor 3 Stunden", "letzten Montag", "am 15.".

Owns the reading of one match. The search is for a first word that such a date may begin with (or end with: "3 Stunden
zuvor"); the pattern of its kind is then tried just there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime

from feeds.dates import words
from feeds.dates.absolute import check_year, is_alone
from feeds.dates.amounts import amounts_of, read_ago, read_offset
from feeds.dates.clock import Clock, is_later
from feeds.dates.context import KNOWN, MARKS, word_before, words_before, words_in_front
from feeds.dates.expressions import (
    BESIDE_A_HOLIDAY,
    DAY,
    DAY_NAMED,
    DAY_OF_MONTH,
    FIRST_WORD,
    IDIOM,
    KINDS,
    LIST_AFTER,
    LIST_BEFORE,
    OF_A_MONTH,
    OF_ANY_MONTH,
    RANGE_AFTER,
    RANGE_BEFORE,
    REPEATED_BEFORE,
    SEVERAL_DAYS,
    STEP,
    WEEKDAY,
    WEEKDAY_AND_DAY,
    WHICH_ONE,
    WHICH_WORDS,
    WORD,
)  # fmt: skip
from feeds.dates.grammar import any_of
from feeds.dates.resolution import (
    calendar_day,
    day_of_month,
    day_of_weekday,
    nth_weekday,
    shifted,
    stamp_moved,
    weekday_near,
    weekday_of_week,
    weekday_problem,
)
from feeds.dates.search import Search, known_now, placed, with_clock
from feeds.dates.stamp import Found, Stamp
from feeds.errors import DateError

LINKS = frozenset({"bis", "und", "oder", "-", "–", "/"})
BEHIND_IN_SAYINGS = (" wie ", " als ", " auf ", " und ", " oder ", ", ", " hier, ", " so, ")
BEFORE_IN_SAYINGS = ("von ", "wie ", "als ", "auf ", "und ", "oder ", "schon ", "auch ", ", ")
"""What stands beside a day word that may be part of a saying or a list."""
NOW_WORDS = re.compile(r"genau jetzt|gerade jetzt|gerade eben|eben erst|\w+")
NOUN_BEHIND = re.compile(r"\s+[A-ZÄÖÜ]")
HOURS_FROM_TO = re.compile(r"[0-9](?:\s?uhr)?\s?(?:bis|[–-])\s?[0-9]{1,2}(?:[.:][0-9]{2}|\s?uhr)")
"""Behind a weekday in short: when something is open."""
CLOCK_LENGTH = 16
"""Characters of a second clock, and of what stands before it."""
MONTH_BEHIND = re.compile(rf",?\s{{1,3}}(?:{any_of(words.MONTH_OF)})\.?\s{{1,3}}[0-9]{{1,2}}(?![0-9])")
"""Behind a weekday: it is that of a day whose month stands in front, "Montag, Feb 19", which `rare` reads."""
UNREAD_MONTH = re.compile(r"\s{1,3}[^\W\d_]{3,12}\.?\s{1,3}(?:1[5-9]|20)[0-9]{2}(?![0-9])")
"""Behind a weekday and a number: the weekday is that of a date that can't be read."""


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
            found.append(error)
            continue
        if one is not None and one.end <= search.high:
            found.append(one)
            search.low = one.end
    return found


def is_cut_off(text: str, end: int) -> bool:
    """Whether a word goes on behind a hyphen or dot ("heute-journal", "heute.at")."""
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


def with_weekday(found: Found, day: date, name: str | None) -> Found:
    """The find with a problem if the weekday that stands with it isn't the day's: "gestern, Montag"."""
    weekday = day.weekday() if name is None else words.WEEKDAY_OF[name]
    if weekday == day.weekday():
        return found
    value, precision, problems = found.stamp.value, found.stamp.precision, found.stamp.problems
    return found._replace(stamp=Stamp(value, precision, (*problems, weekday_problem(day, weekday))))


def read_weekday(search: Search, start: int) -> Found | None:
    """As in "am Montag", "Montagabend", "Montag, 16:20 Uhr", "Dienstag nächster Woche", "Sonntag in zwei Wochen"."""
    match = WEEKDAY.match(search.lowered, start)
    if match is None or RANGE_AFTER.match(search.lowered, match.end("weekday")):
        return None
    if any(
        behind.match(search.lowered, match.end("weekday")) for behind in (OF_A_MONTH, BESIDE_A_HOLIDAY, MONTH_BEHIND)
    ):
        return None  # "erster Montag im Mai", "Sonntag nach Ostern", "Montag, Feb 19"
    one_more, before = words_before(search.text, start)
    on = before in {"am", "Am"}
    if is_no_particular(search, before.lower(), start) or (not on and LIST_AFTER.match(search.lowered, match.end())):
        return None
    if on and one_more.strip(MARKS).lower() in words.NEWSPAPERS:
        return None
    now = known_now(search, match[0])
    today = now.date()
    weekday = words.WEEKDAY_OF[match["weekday"]]

    def day(clock: Clock | None) -> date:
        if match["which"]:
            return weekday_of_week(weekday, today, STEP[match["which"]])
        if match["after_next"]:
            return weekday_near(weekday, today, 2)
        if match["number"]:
            number = int(words.number_of(match["number"]))
            days = number if match["unit"] == "tagen" else 7 * number
            if match["direction"] == "vor":
                return shifted(day_of_weekday(weekday, today, "past"), -days)
            return weekday_of_week(weekday, shifted(today, days), 0)
        later = None if clock is None else is_later(clock, now)
        return day_of_weekday(weekday, today, search.prefer, later=later)

    numbered = WEEKDAY_AND_DAY.match(search.lowered, match.end("weekday"))
    if numbered is not None and UNREAD_MONTH.match(search.text, numbered.end()) is not None:
        return None
    if numbered is not None and NOUN_BEHIND.match(search.text, numbered.end()) is None:
        return read_weekday_and_day(search, start, weekday, numbered)
    found = with_clock(search, start, match.end(), match["part"], day)
    is_name = before[:1].isupper() and before.lower() not in KNOWN and before.lower() not in words.BEFORE_A_WEEKDAY
    return None if is_name and found.stamp.precision == "day" else found  # "Julia Montag"


def read_weekday_and_day(search: Search, start: int, weekday: int, numbered: re.Match[str]) -> Found:
    """As in "Montag, den 5.": the last (or next) day of that number, or the one on the other side that has the weekday.

    DateError where neither has it.
    """
    today = known_now(search, numbered[0]).date()
    both = [day_of_month(int(numbered["day"]), today, prefer) for prefer in ("past", "future")]
    first, other = both if search.prefer == "past" else reversed(both)
    day = first if first.weekday() == weekday else other
    if day.weekday() != weekday:
        raise DateError(weekday_problem(first, weekday), text=search.text[start : numbered.end()])
    return with_clock(search, start, numbered.end(), None, lambda _clock: day)


def is_no_particular(search: Search, before: str, start: int) -> bool:
    """Whether a weekday is none in particular: "jeden Montag", "jeden 2. Montag", "Mo bis Fr", "Sa und So"."""
    if before in words.BEFORE_ANY_WEEKDAY or (before[:-1].isdigit() and before[-1] == "."):
        return True
    if before in words.ORDINALS_INFLECTED or before in words.BEFORE_ANY_DAY or before in WHICH_WORDS:
        return True
    if before in words.PERIODS and is_repeated(search, start):
        return True
    if before in words.PREPOSITIONS:
        one_more = words_before(search.lowered, start)[0]
        if one_more in words.BEFORE_ANY_DAY or (one_more in words.PERIODS and is_repeated(search, start)):
            return True
    if before not in LINKS and search.text[start - 1 : start] not in LINKS:
        return False
    begin = max(search.low, start - 20)
    return any(pattern.search(search.lowered, begin, start) is not None for pattern in (RANGE_BEFORE, LIST_BEFORE))


def is_repeated(search: Search, start: int) -> bool:
    """Whether a day is one of many: "jeweils am 15."."""
    return REPEATED_BEFORE.search(search.lowered, max(search.low, start - 40), start) is not None


def is_of_any_month(search: Search, start: int, end: int) -> bool:
    """Whether a day recurs, most often each month: "letzter Samstag im Monat", "am 15. jeden Monats"."""
    return OF_ANY_MONTH.match(search.lowered, end) is not None or is_repeated(search, start)


def read_short_weekday(search: Search, start: int) -> Found | None:
    """As in "Mo, 16:20 Uhr": two letters are a weekday only in front of a clock, and with a capital.

    With hours from and to they are those in which something is open.
    """
    word = WORD.match(search.lowered, start)
    if word is None or not search.text[start].isupper():
        return None
    if is_no_particular(search, word_before(search.lowered, start), start):
        return None
    now = known_now(search, word[0])
    weekday = words.WEEKDAY_OF[word[0].rstrip(".")]

    def day(clock: Clock | None) -> date:
        later = None if clock is None else is_later(clock, now)
        return day_of_weekday(weekday, now.date(), search.prefer, later=later)

    found = with_clock(search, start, word.end(), None, day)
    is_open = HOURS_FROM_TO.search(search.lowered, word.end(), found.end + CLOCK_LENGTH) is not None
    return None if found.stamp.precision == "day" or is_open else found


def read_which(search: Search, start: int) -> Found | None:
    """As in "letzten Montag", "nächste Woche Freitag", "vorletzte Woche", "letzter Sonntag im März"."""
    match = WHICH_ONE.match(search.lowered, start)
    if match is None or (match["weekday"] and is_of_any_month(search, start, match.end())):
        return None
    step = STEP[match["which"]]
    end = match.end()
    now = known_now(search, match[0])
    today = now.date()
    if match["period"]:
        if step == 0 or not is_alone(search.text, words_in_front(search.text, start, search.low).reach, end):
            return None  # "Anfang letzter Woche", "nächstes Jahr im Sommer"
        stamp = stamp_moved(now, {words.UNIT_OF[match["period"]]: step})
        problem = f"only the {words.UNIT_OF[match['period']]} is named: the same day of it is taken"
        return placed(search, Stamp(stamp.value, "day", (problem,)), start, end)
    if (match["last_of"] and not match["last_of_year"]) or (match["month"] and not match["year"]):
        check_year(search.text, end)
    if match["last_of"]:
        month = words.MONTH_OF[match["last_of"]]
        year = int(match["last_of_year"]) if match["last_of_year"] else today.year
        first_of_next = calendar_day(year + month // 12, month % 12 + 1, 1)
        return placed(search, Stamp(shifted(first_of_next, -1), "day"), start, end) if step == -1 else None
    if match["day_after"]:
        if step != 1 or search.prose:
            return None
        return with_clock(search, start, end, None, lambda _clock: shifted(today, 1))
    if match["month"]:
        if step != -1:
            return None
        month = words.MONTH_OF[match["month"]]
        year = int(match["year"]) if match["year"] else today.year
        day = nth_weekday(-1, words.WEEKDAY_OF[match["weekday"]], month, year)
        return with_clock(search, start, end, None, lambda _clock: day)
    if match["part_of_today"]:
        if step != 0:
            return None
        return with_clock(search, start, end, match["part_of_today"], lambda _clock: today)
    if match["weekday_of_week"]:
        day = weekday_of_week(words.WEEKDAY_OF[match["weekday_of_week"]], today, step)
    elif step == 0:
        weekday = words.WEEKDAY_OF[match["weekday"]]
        day = weekday_of_week(weekday, today, 0)
        if search.prefer == "future":
            day = day_of_weekday(weekday, today, "future")
    else:
        day = weekday_near(words.WEEKDAY_OF[match["weekday"]], today, step)
    return with_clock(search, start, end, match["part"], lambda _clock: day)


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


def read_day_of_month(search: Search, start: int) -> Found | None:
    """As in "am 15.", "am 3. des Monats", "am 15. um 8 Uhr"; not "am 3. Tag", where a noun follows."""
    match = DAY_OF_MONTH.match(search.lowered, start)
    if match is None or NOUN_BEHIND.match(search.text, match.end()):
        return None
    if is_repeated(search, start) or (not match["which"] and OF_ANY_MONTH.match(search.lowered, match.end())):
        return None
    now = known_now(search, match[0])
    number = int(match["day"])
    which = match["which"]
    if which and which[0] in "vl":
        first = shifted(now.date().replace(day=1), -1)
        day = calendar_day(first.year, first.month, number)
    elif which and which[0] in "nk":
        first = shifted(now.date().replace(day=28), 4)
        day = calendar_day(first.year, first.month, number)
    elif which:
        day = calendar_day(now.year, now.month, number)
    else:
        day = day_of_month(number, now.date(), search.prefer)
    return with_clock(search, match.start("day"), match.end(), None, lambda _clock: day)


def read_now(search: Search, start: int) -> Found | None:
    """As in "jetzt", "soeben": a stamp only where it stands alone."""
    word = NOW_WORDS.match(search.lowered, start)
    end = word.end() if word else start
    if word is None or word[0] not in KINDS:
        return None
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
