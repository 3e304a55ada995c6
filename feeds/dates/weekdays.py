"""Relative dates by their weekday or the day of a month: "Montagabend", "letzten Montag", "letzte Woche", "am 15.".

Owns which day of the calendar such a name means, and when it means none in particular.
"""

from __future__ import annotations

import re
from datetime import date

from feeds.dates import words
from feeds.dates.absolute import check_year, is_alone
from feeds.dates.clock import Clock, is_later
from feeds.dates.context import EVENING, KNOWN, MARKS, is_evening_before, word_before, words_before, words_in_front
from feeds.dates.relative_grammar import (
    DAY_OF_MONTH,
    LIST_AFTER,
    LIST_BEFORE,
    NOT_FROM_TODAY,
    OF_ANY_MONTH,
    OPEN_AFTER,
    RANGE_AFTER,
    RANGE_BEFORE,
    REPEATED_BEFORE,
    STEP,
    WEEKDAY,
    WEEKDAY_AND_DAY,
    WEEKS_AWAY,
    WHICH_ONE,
    WHICH_WORDS,
    WORD,
)  # fmt: skip
from feeds.dates.relative_search import Search, known_now, placed, with_clock
from feeds.dates.resolution import (
    calendar_day,
    day_of_month,
    day_of_weekday,
    last_of_month,
    nearest_of_years,
    nth_weekday,
    shifted,
    stamp_moved,
    weekday_near,
    weekday_of_week,
    weekday_problem,
)
from feeds.dates.stamp import Found, Stamp
from feeds.errors import DateError

LINKS = frozenset({"bis", "und", "oder", "u.", "&", "+", "-", "–", "/"})
NOUN_BEHIND = re.compile(r"\s+[A-ZÄÖÜ]")
NAME_AND = re.compile(r"(?P<name>[A-ZÄÖÜ][a-zäöüß]{2,20})\s(?:und|oder)\s")
HOURS_FROM_TO = re.compile(r"[0-9](?:\s?uhr)?\s?(?:bis|[–-])\s?[0-9]{1,2}(?:[.:][0-9]{2}|\s?uhr)")
"""After a weekday in short: when something is open."""
CLOCK_LENGTH = 16
"""Characters of a second clock, and of what comes before it."""
UNREAD_MONTH = re.compile(r"\s{1,3}[^\W\d_]{3,12}\.?\s{1,3}(?:1[5-9]|20)[0-9]{2}(?![0-9])")
"""After a weekday and a number: the weekday is that of a date that can't be read."""


def read_weekday(search: Search, start: int) -> Found | None:
    """As in "am Montag", "Montagabend", "Montag, 16:20 Uhr", "Dienstag nächster Woche", "Sonntag in zwei Wochen"."""
    match = WEEKDAY.match(search.lowered, start)
    if match is None:
        return None
    end = match.end("weekday")
    if RANGE_AFTER.match(search.lowered, end) or NOT_FROM_TODAY.match(search.lowered, end):
        return None
    if OPEN_AFTER.match(search.lowered, end):
        return None
    one_more, before = words_before(search.text, start)
    on = before.lower() == "am"
    if is_no_particular(search, before.lower(), start) or (not on and LIST_AFTER.match(search.lowered, match.end())):
        return None
    if on and one_more.strip(MARKS).lower() in words.NEWSPAPERS:
        return None
    now = known_now(search, match[0])
    today = now.date()
    weekday = words.WEEKDAY_OF[match["weekday"]]

    def day(clock: Clock | None) -> date:
        if clock is not None and is_evening_before(search.text, search.low, start, clock[0]):
            return day_of_weekday((weekday - 1) % 7, today, search.prefer, later=is_later(clock, now))
        if match["which"]:
            return weekday_of_week(weekday, today, STEP[match["which"]])
        if match["week_before"]:
            return weekday_of_week(weekday, today, -1)
        if match["after_next"]:
            return weekday_near(weekday, today, 2)
        if match["number"]:
            return weekday_weeks_away(weekday, match, today)
        later = None if clock is None else is_later(clock, now)
        return day_of_weekday(weekday, today, search.prefer, later=later)

    numbered = WEEKDAY_AND_DAY.match(search.lowered, end)
    if numbered is not None and UNREAD_MONTH.match(search.text, numbered.end()) is not None:
        return None
    if numbered is not None and NOUN_BEHIND.match(search.text, numbered.end()) is None:
        return read_weekday_and_day(search, start, weekday, numbered)
    found = with_clock(search, start, match.end(), match["part"], day)
    is_name = before[:1].isupper() and before.lower() not in KNOWN and before.lower() not in words.BEFORE_A_WEEKDAY
    is_subject = before.strip(MARKS) == "Der" and found.end == end
    if found.stamp.precision == "day" and (is_name or is_subject):
        return None  # "Julia Montag", "Der Freitag"
    return found


def weekday_weeks_away(weekday: int, match: re.Match[str], today: date) -> date:
    """The day of "Montag vor zwei Wochen", "Sonntag in acht Tagen"."""
    number = int(words.number_of(match["number"]))
    days = number if match["unit"].lower() == "tagen" else 7 * number  # "vor acht Tagen" is a week ago
    if match["direction"] == "vor":
        return shifted(day_of_weekday(weekday, today, "past"), days % 7 - days)
    return weekday_of_week(weekday, shifted(today, days), 0)


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


def read_short_weekday(search: Search, start: int) -> Found | None:
    """As in "Mo, 16:20 Uhr", "Mo. vor 2 Wochen": letters are a weekday only in front of these, and with a capital.

    With hours from and to they are those in which something is open.
    """
    word = WORD.match(search.lowered, start)
    if word is None or not search.text[start].isupper():
        return None
    before = word_before(search.text, start)
    if is_no_particular(search, before.lower(), start):
        return None
    if before[:1].isupper() and before.lower().rstrip(".") in words.SHORT_WEEKDAYS:
        return None  # "Mo, Mi 18 Uhr"
    now = known_now(search, word[0])
    weekday = words.WEEKDAY_OF[word[0].rstrip(".")]
    numbered = WEEKDAY_AND_DAY.match(search.lowered, word.end())
    if numbered is not None and not search.prose:
        return read_weekday_and_day(search, start, weekday, numbered)
    if (away := WEEKS_AWAY.match(search.text, word.end())) is not None:
        there = weekday_weeks_away(weekday, away, now.date())
        return with_clock(search, start, away.end(), None, lambda _clock: there)

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
    if match["period"]:
        return read_period(search, match, step)
    if match["last_of"] or match["month"]:
        return read_last_of_month(search, match) if step == -1 else None
    if match["night"]:
        return read_last_night(search, match) if step == -1 else None
    if (match["day_after"] and (step != 1 or search.prose)) or (match["part_of_today"] and step != 0):
        return None
    today = known_now(search, match[0]).date()
    name = match["weekday_of_week"] or match["weekday"]
    if name is None:
        day = shifted(today, step)  # "am nächsten Tag", "diesen Morgen"
    elif match["weekday_of_week"]:
        day = weekday_of_week(words.WEEKDAY_OF[name], today, step)
    elif step:
        day = weekday_near(words.WEEKDAY_OF[name], today, step)
    elif search.prefer == "future":
        day = day_of_weekday(words.WEEKDAY_OF[name], today, "future")
    else:
        day = weekday_of_week(words.WEEKDAY_OF[name], today, 0)
    return with_clock(search, start, match.end(), match["part"] or match["part_of_today"], lambda _clock: day)


def read_last_night(search: Search, match: re.Match[str]) -> Found | None:
    """As in "letzte Nacht um 3 Uhr": only its clock says which of two days is meant."""
    today = known_now(search, match[0]).date()
    found = with_clock(
        search, *match.span(), "nacht", lambda clock: shifted(today, 0 if clock is None or clock[0] < EVENING else -1)
    )
    return None if found.stamp.precision == "day" else found


def read_period(search: Search, match: re.Match[str], step: int) -> Found | None:
    """As in "letzte Woche", "nächstes Jahr", where nothing else is said: the same day of it, with a problem."""
    start, end = match.span()
    if step == 0 or not is_alone(search.text, words_in_front(search.text, start, search.low).reach, end):
        return None  # "Anfang letzter Woche", "nächstes Jahr im Sommer"
    unit = words.UNIT_OF[match["period"]]
    stamp = stamp_moved(known_now(search, match[0]), {unit: step})
    problem = f"only the {unit} is named: the same day of it is taken"
    return placed(search, Stamp(stamp.value, "day", (problem,)), start, end)


def read_last_of_month(search: Search, match: re.Match[str]) -> Found:
    """As in "letzter Tag im Oktober 2023", "letzter Sonntag im März"."""
    month = words.MONTH_OF[match["last_of"] or match["month"]]

    def day_in(year: int) -> date:
        if match["last_of"]:
            return last_of_month(month, year)
        return nth_weekday(-1, words.WEEKDAY_OF[match["weekday"]], month, year)

    year = match["last_of_year"] or match["year"]
    if year is not None:
        day = day_in(int(year))
    else:
        check_year(search.text, match.end())
        day = nearest_of_years(day_in, known_now(search, match[0]).date(), search.prefer)
    return with_clock(search, *match.span(), None, lambda _clock: day)


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


def is_no_particular(search: Search, before: str, start: int) -> bool:
    """Whether a weekday is no particular one: "jeden Montag", "jeden 2. Montag", "Mo bis Fr", "Sa und So"."""
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
    if before in {"und", "oder"} and not search.prose and is_behind_name(search, start):
        return True
    if before not in LINKS and search.text[start - 1 : start] not in LINKS:
        return False
    begin = max(search.low, start - 20)
    return any(pattern.search(search.lowered, begin, start) is not None for pattern in (RANGE_BEFORE, LIST_BEFORE))


def is_behind_name(search: Search, start: int) -> bool:
    """Whether a text begins with a name and "und": "Robinson und Freitag"; not with another day, as a list does."""
    match = NAME_AND.fullmatch(search.text, search.low, start)
    name = None if match is None else match["name"].casefold()
    return name is not None and name not in words.WEEKDAY_OF and name not in words.DAYS_FROM_TODAY


def is_repeated(search: Search, start: int) -> bool:
    """Whether a day is one of many: "jeweils am 15."."""
    return REPEATED_BEFORE.search(search.lowered, max(search.low, start - 40), start) is not None


def is_of_any_month(search: Search, start: int, end: int) -> bool:
    """Whether a day recurs, most often each month: "letzter Samstag im Monat", "am 15. jeden Monats"."""
    return OF_ANY_MONTH.match(search.lowered, end) is not None or is_repeated(search, start)
