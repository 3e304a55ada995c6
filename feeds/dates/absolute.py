"""A calendar day in digits and month names, with the clock, weekday and label around it.

Owns the reading of one match of the grammar's DATE; what its own pieces say is read in `forms`. Raises DateError where
they have the shape of a date and make none, and gives None where the shape deceives ("Straße des 17. Juni").
"""

from __future__ import annotations

import re
from datetime import date

from feeds.dates import words
from feeds.dates.clock import Clock, clock_before, clock_behind
from feeds.dates.context import MARKS, InFront, is_evening_before, words_before, words_glued_to, words_in_front
from feeds.dates.forms import FORMS, US_ORDER
from feeds.dates.grammar import PARTNER, UNREAD_YEAR, WEEKDAY_AFTER, YEAR_AFTER, YEAR_BEFORE, YEAR_LAST
from feeds.dates.issues import Issue, find_issue
from feeds.dates.resolution import (
    EITHER_ORDER,
    NO_YEAR,
    calendar_day,
    day_without_year,
    full_year,
    local_now,
    shifted,
    stamp_of_clock,
    weekday_problem,
)
from feeds.dates.stamp import Basis, Found, Prefer, Stamp
from feeds.errors import DateError

REACH_OF_YEAR = 32
"""Characters in front of a day and month that are looked at for "letztes Jahr"."""
Written = tuple[int, int, int, str | None]
"""Year, month and day as written, and a problem."""
US_HALF = re.compile(r"[0-9]\s{0,3}(?:[pP]\.?[mM]\b|A\.?M\b|a\.m\b|am\Z)")
"""A half of the day in a clock of twelve hours; "am" is a German word elsewhere than behind the clock."""
NOTHING_IN_FRONT = InFront(0, 0)
NAMED_AFTER_A_DAY = ("straße", "strasse", "platz", "allee", "brücke", "ring", "bewegung")
"""Ends of words after which a day and month are a name: "Straße des 17. Juni"."""
DECEIVING = frozenset({"name", "year", "last", "open", "year3", "compact"})
"""Forms that numbers and addresses have too, with fewer than four digits of a year in the last place."""


def read_day(text: str, match: re.Match[str], low: int, basis: Basis, *, prose: bool) -> Found | None:
    """The date of a match of DATE, nothing of it before `low`; in `prose`, weak forms need a sign that they are dates.

    Raises DateError for an impossible day or clock, and for a day without a year where now isn't known.
    """
    written = FORMS[match.lastgroup](match, text, low)
    if written is None:
        return None
    year, month, day_number, start, problem = written
    end, size = match.end(), len(text)
    front = NOTHING_IN_FRONT
    reach = start
    if start > low:
        in_front = glued_or_in_front(text, start, low)
        if in_front is None or (year is None and match.lastgroup == "open" and text[start - 1].isalnum()):
            return None
        front, start, reach = in_front, in_front.start, in_front.reach
    if year is None and end < size and (after := YEAR_AFTER.match(text, end)) is not None:
        year, end = year_in_words(after, basis), after.end()
    weekday, clock = front.weekday, None
    if end < size:
        weekday, year, clock, end = read_behind(text, end, year, front)
        if match.lastgroup == "year5":
            end = max(end, match.end("year5"))
    if clock is None and start > low and (before := clock_before(text, low, start, front.part)) is not None:
        clock, start = before
        front, reach = label_before_clock(text, start, low, front, min(reach, start))
    if reach > low and clock is None and match.lastgroup in DECEIVING and deceives(match, text, reach):
        return None
    if year is None:
        year, reach = year_before(text, low, reach, basis)
    if year is None and clock is None and end < size:
        year = year_of_partner(text, end, month)
    if (
        match.lastgroup == "open"
        and year is None
        and not is_sure_without_year(match, end, front, reach=reach, prose=prose, timed=clock is not None)
    ):
        return None
    if year is None:
        check_year(text, end, reach)
        calendar_day(2024, month, day_number)  # a leap year: the day has to exist in some year
        seen = local_now(basis, match[0], lack=NO_YEAR).date()
        day = day_without_year(month, day_number, weekday, seen, basis.prefer)
    else:
        month, day_number, problem = in_order(match, (year, month, day_number, problem), weekday, (start, end))
        day = calendar_day(year, month, day_number)
    if clock is None and (issue := find_issue(text, low, match.start(), end, day)) is not None:
        today = local_now(basis, match[0]).date() if year is None else None
        return found_issue(issue, text, low, today=today, prefer=basis.prefer)
    problems = problems_of(day, weekday, problem)
    if clock is not None and is_evening_before(text, low, front.start or match.start(), clock[0]):
        day = shifted(day, -1)
    stamp = Stamp(day, "day", problems) if clock is None else stamp_of_clock(day, clock, basis.tz, problems)
    return Found(start, end, stamp, front.label, reach)


def in_order(
    match: re.Match[str], written: Written, weekday: int | None, place: tuple[int, int]
) -> tuple[int, int, str | None]:
    """Month, day and problem of a date with its clock, which are at a place of the text.

    AM and PM may come with either order: "11/09/2026 3:15 PM" raises DateError where no weekday tells.
    """
    year, month, day, problem = written
    if match.lastgroup != "last" or match["sep"] != "/" or problem is not None or day > 12 or day == month:
        return month, day, problem
    if US_HALF.search(match.string, *place) is None:
        return month, day, problem
    orders = ((month, day, None), (day, month, US_ORDER))
    fitting = [one for one in orders if calendar_day(year, one[0], one[1]).weekday() == weekday]
    if len(fitting) != 1:
        raise DateError(EITHER_ORDER, text=match[0])
    return fitting[0]


def read_behind(
    text: str, end: int, year: int | None, front: InFront
) -> tuple[int | None, int | None, Clock | None, int]:
    """The weekday, year and clock of a date with what comes after it, and where that ends."""
    weekday, part, clock = front.weekday, front.part, None
    if weekday is None and (named := WEEKDAY_AFTER.match(text, end)) is not None:
        weekday, end = words.WEEKDAY_OF[(named["weekday"] or named["short"]).lower()], named.end()
        part = named["part"]
        year, end = year_last(text, end, year)
    if (behind := clock_behind(text, end, part)) is not None:
        clock, end = behind
        year, end = year_last(text, end, year)
    return weekday, year, clock, end


def found_issue(issue: Issue, text: str, low: int, *, today: date | None, prefer: Prefer) -> Found:
    """The date of an issue for several days; `today` where its year is the nearest one that fits its weekday."""
    day, start, end, reach, weekday = issue
    if today is not None and weekday is not None:
        day = day_without_year(day.month, day.day, weekday, today, prefer)
    front = words_in_front(text, reach, low)
    return Found(start, end, Stamp(day, "day", problems_of(day, weekday, None)), front.label, front.reach)


def problems_of(day: date, weekday: int | None, problem: str | None) -> tuple[str, ...]:
    """What is odd about a day: the problem that was found already, and a weekday that isn't its own."""
    problems = () if problem is None else (problem,)
    return problems if weekday is None or day.weekday() == weekday else (*problems, weekday_problem(day, weekday))


def glued_or_in_front(text: str, start: int, low: int) -> InFront | None:
    """The words in front of a date; None where it sticks to a word that is no label, so that it is no date."""
    if not text[start - 1].isalnum():
        return words_in_front(text, start, low)
    glued = words_glued_to(text, start, low)
    if (
        glued is None
        and text.endswith(("Uhr", "uhr", "UHR"), low, start)
        and clock_before(text, low, start) is not None
    ):
        return InFront(start, start)
    return glued


def label_before_clock(text: str, start: int, low: int, front: InFront, reach: int) -> tuple[InFront, int]:
    """What is in front of a date, with the label in front of its clock: "aktualisiert: 15:33 14.05.2021"; its reach."""
    if front.label is None and start > low and (further := words_in_front(text, start, low)).label is not None:
        return front._replace(label=further.label), further.reach
    return front, reach


def deceives(match: re.Match[str], text: str, reach: int) -> bool:
    """Whether what is in front makes the shape of a date a number, an address or a street."""
    form = match.lastgroup
    is_told = text[reach : reach + 4].lower() in {"vom ", "vom\n"}
    if form in {"name", "year"}:
        one_more, word = words_before(text, reach)
        if text[match.end("n")] == " " and not is_told and word.strip(MARKS).lower() in words.NUMBERED:
            return True  # "Heft 3 Juni 2024"
        return form == "name" and (one_more if word.lower() in {"des", "vom"} else word).lower().endswith(
            NAMED_AFTER_A_DAY
        )
    if form == "last" and len(match["last"]) == 4:
        return False
    if text[reach - 1] == "/" and len(match["n"]) == 4:
        return True  # the path of an address
    if form == "last" and len(match["n"]) == 4:
        return False
    if is_told:
        return False  # "Artikel vom 11.07.12"
    one_more, word = words_before(text, reach)
    word = word.strip(MARKS).lower()
    return (
        word in words.BEFORE_A_NUMBER
        or word.endswith(("nummer", "nr"))
        or (word.isdigit() and (len(word) > 2 or one_more[:1] == "+"))
        or (word[-1:].isdigit() and word[0].isalpha())  # "TYPO3 12.4.15"
    )


def year_in_words(match: re.Match[str], basis: Basis) -> int:
    """The year of a match of YEAR_AFTER or YEAR_BEFORE."""
    if match.re is YEAR_AFTER and (digits := match["year"] or match["bracketed"]):
        return int(digits)
    this = local_now(basis, match[0]).year
    return this - 1 if match["past"] else this + 1 if match["next"] else this


def year_before(text: str, low: int, reach: int, basis: Basis) -> tuple[int | None, int]:
    """The year that the words in front give a day and month, None where they give none, and where they begin."""
    before = YEAR_BEFORE.search(text, max(low, reach - REACH_OF_YEAR), reach) if reach > low else None
    return (None, reach) if before is None else (year_in_words(before, basis), before.start())


def year_of_partner(text: str, end: int, month: int) -> int | None:
    """The year of a day and month, from the day after it: "30. Dezember bis 2. Januar 2024" begins in 2023."""
    partner = PARTNER.match(text, end)
    if partner is None:
        return None
    last = int(partner["number"]) if partner["number"] else words.MONTH_OF.get(partner["name"].lower())
    return None if last is None else full_year(partner["year"]) - (month > last)


def check_year(text: str, end: int, reach: int = 0) -> None:
    """Raises DateError where a year that can't be read comes after a day and month, and for a day of every year."""
    if reach > 1 and text[reach - 2].isalpha():
        one_more, word = (part.lower() for part in words_before(text, reach))
        if word in words.BEFORE_ANY_DAY or (
            word in words.PERIODS and (one_more in words.EVERY or one_more in words.NUMBER_OF)
        ):
            raise DateError("a day of every year", text=text[reach:end])
    if end < len(text) and UNREAD_YEAR.match(text, end) is not None:
        raise DateError("a year that can't be read", text=text[end : end + 20])


def year_last(text: str, at: int, year: int | None) -> tuple[int | None, int]:
    """The year of a date so far and where it ends: that of YEAR_LAST, where it has none yet."""
    last = YEAR_LAST.match(text, at) if year is None else None
    return (year, at) if last is None else (int(last["year"]), last.end())


def is_sure_without_year(
    match: re.Match[str], end: int, front: InFront, *, reach: int, prose: bool, timed: bool
) -> bool:
    """Whether "24.06." is a day and not a number: by its clock, weekday or preposition, or because it is alone."""
    text = match.string
    if not match["open"] and text[max(0, match.start() - 3) : match.start()].strip() == "um":
        return False  # "am Montag um 2.5 Prozent"
    if front.weekday is not None or timed:
        return True
    if not match["open"]:
        return front.preposition and not prose
    return front.preposition or front.label is not None or not prose or is_alone(text, reach, end)


def is_alone(text: str, start: int, end: int) -> bool:
    """Whether a piece of text is by itself: between line ends, bars and dots, closed at most, and not in a sentence."""
    before = text[max(0, start - 4) : start].rstrip(" \t\u00a0")
    after = text[end : end + 4].lstrip(" \t\u00a0")
    is_closed = end == len(text) - 1 and text[end] in ".!"
    return (not before or before[-1] in "\n|·•–—:(>") and (not after or after[0] in "\n|·•–—,)<" or is_closed)
