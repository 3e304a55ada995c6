"""Dates that count from now, or that need a calendar: "gestern Abend", "vor 3 Stunden", "letzten Montag", "am 15.".

Owns the reading of one match. The search is for a first word that such a date may begin with (or end with: "3 Stunden
zuvor"); the pattern of its kind is then tried just there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from feeds.dates import words
from feeds.dates.absolute import is_alone
from feeds.dates.clock import Clock, clock_before, clock_behind, is_later
from feeds.dates.context import KNOWN, LABELS, InFront, word_before, words_in_front
from feeds.dates.expressions import (
    AMOUNTS_BEFORE,
    BEFORE_CLOCK,
    BEFORE_NOUN,
    BEFORE_UNITS,
    BEHIND_NOUN,
    DAY,
    DAY_NAMED,
    DAY_NOUNS,
    DAY_OF_MONTH,
    FIRST_WORD,
    KINDS,
    LIST_AFTER,
    LIST_BEFORE,
    NEWSPAPER_BEFORE,
    OF_A_MONTH,
    OFFSET,
    ONE_AMOUNT,
    RANGE_AFTER,
    RANGE_BEFORE,
    STEP,
    UNIT_NOUNS,
    WEEKDAY,
    WHICH_ONE,
)  # fmt: skip
from feeds.dates.resolution import (
    NO_NOW,
    calendar_day,
    day_of_month,
    day_of_weekday,
    nth_weekday,
    shifted,
    stamp_moved,
    stamp_of_clock,
    weekday_near,
    weekday_of_week,
)
from feeds.dates.stamp import Found, Prefer, Stamp
from feeds.errors import DateError

LINKS = frozenset({"bis", "und", "oder", "-", "–", "/"})
WORD = re.compile(r"\w+\.?")
NOW_WORDS = re.compile(r"genau jetzt|gerade eben|eben erst|\w+")
NOUN_BEHIND = re.compile(r"\s+[A-ZÄÖÜ]")
LABEL_BEHIND = re.compile(r"[\s,(]{1,3}(?P<word>\w{4,20})\b(?!\s?:|\s{1,3}(?:am|um|vom|den|vor|[0-9]))")


@dataclass(slots=True)
class Search:
    """A search for relative dates: the text, the gap that is searched just now, and what the dates are relative to.

    `now` is in the zone `tz`. `low` moves up to the end of each date that is found.
    """

    text: str
    lowered: str
    now: datetime | None
    tz: tzinfo
    prefer: Prefer
    prose: bool
    low: int = 0
    high: int = 0


def known_now(search: Search, text: str) -> datetime:
    """The instant that a relative text counts from, or DateError where it isn't known."""
    if search.now is None:
        raise DateError(NO_NOW, text=text)
    return search.now


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


def likely_spans(lowered: str, clocks: list[int]) -> list[tuple[int, int]]:
    """The pieces of lower-case running text that may hold relative dates: those around its telling nouns and clocks.

    Plain substring searches are ten times as fast as any pattern over the whole text; most text has few of the nouns.
    """
    places = [(at - BEFORE_CLOCK, at + BEHIND_NOUN) for at in clocks]
    nouns = [noun for noun in DAY_NOUNS if noun in lowered]
    for word in BEFORE_UNITS:
        if word in lowered:
            nouns += [noun for noun in UNIT_NOUNS if noun in lowered]
            break
    for noun in nouns:
        at = lowered.find(noun)
        while at >= 0:
            places.append((at - BEFORE_NOUN, at + len(noun) + BEHIND_NOUN))
            at = lowered.find(noun, at + len(noun))
    spans: list[tuple[int, int]] = []
    for start, stop in sorted(places):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(stop, spans[-1][1]))
        else:
            spans.append((max(0, start), stop))
    return spans


def is_cut_off(text: str, end: int) -> bool:
    """Whether a word goes on behind a hyphen ("heute-journal")."""
    after = text[end : end + 2]
    return len(after) == 2 and after[0] == "-" and after[1].isalpha()


def read_offset(search: Search, start: int) -> Found | None:
    """As in "vor 3 Stunden", "in zwei Wochen"."""
    match = OFFSET.match(search.lowered, start)
    if match is None:
        return None
    sign = -1 if match["direction"] == "vor" else 1
    amounts = amounts_of(match["amounts"], sign)
    end = match.end()
    vague = not amounts.keys() <= {"second", "minute", "hour", "day", "week"}
    if search.prose and (sign > 0 or vague) and not is_alone(search.text, start, end):
        return None
    return found_moved(search, amounts, start, end)


def read_ago(search: Search, start: int) -> Found | None:
    """As in "3 Stunden her", "eine Woche vorher": in running text these count from what was told, not from now."""
    before = AMOUNTS_BEFORE.search(search.lowered, max(search.low, start - 80), start)
    if before is None:
        return None
    word = WORD.match(search.lowered, start)
    end = word.end() if word else start
    begin = before.start("amounts")
    if search.prose and not is_alone(search.text, begin, end):
        return None
    sign = 1 if search.lowered.startswith("später", start) else -1
    return found_moved(search, amounts_of(before["amounts"], sign), begin, end)


def found_moved(search: Search, amounts: dict[str, float], start: int, end: int) -> Found:
    """The date that is `now` moved by amounts."""
    stamp = stamp_moved(known_now(search, search.text[start:end]), amounts)
    return placed(search, stamp, start, end)


def amounts_of(text: str, sign: int) -> dict[str, float]:
    """The sum of each unit in "1 Jahr, 2 Monate und 3 Tage", with the sign."""
    amounts: dict[str, float] = {}
    for match in ONE_AMOUNT.finditer(text):
        if match["fraction"]:
            unit, number = "minute", 45.0 if "dreiviertel" in match[0] else 15.0 if "viertel" in match[0] else 30.0
        else:
            unit, number = words.UNIT_OF[match["unit"]], words.number_of(match["number"])
            if number % 1 and unit in words.WHOLE_UNITS:
                raise DateError("a fraction of a unit that has no fixed length", text=text)
        amounts[unit] = amounts.get(unit, 0) + sign * number
    return amounts


def read_day_word(search: Search, start: int) -> Found | None:
    """As in "heute", "gestern Abend", "übermorgen um acht"."""
    match = DAY.match(search.lowered, start)
    if (
        match is None
        or is_cut_off(search.lowered, match.end())
        or search.lowered[match.end() : match.end() + 1].isalpha()
    ):
        return None
    today = known_now(search, match[0]).date()
    day = shifted(today, words.DAYS_FROM_TODAY[match["day"]])
    if match["amounts"]:
        sign = -1 if match["direction"] == "vor" else 1
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=search.tz)
        value = stamp_moved(noon, amounts_of(match["amounts"], sign)).value
        return placed(search, Stamp(value, "day"), start, match.end())
    found = with_clock(search, start, match.end(), match["part"], lambda _clock: day)
    if search.text[start] == "M" and not is_alone(
        search.text, words_in_front(search.text, start, search.low).reach, found.end
    ):
        return None  # "Guten Morgen", "am Morgen": the noun
    before = word_before(search.lowered, start)
    return None if match["day"] == "morgen" and before in words.BEFORE_THE_MORNING else found


def read_weekday(search: Search, start: int) -> Found | None:
    """As in "am Montag", "Montagabend", "Montag, 16:20 Uhr", "Dienstag nächster Woche", "Sonntag in zwei Wochen"."""
    match = WEEKDAY.match(search.lowered, start)
    if match is None or RANGE_AFTER.match(search.lowered, match.end("weekday")):
        return None
    if OF_A_MONTH.match(search.lowered, match.end("weekday")):
        return None  # "erster Montag im Mai"
    before = word_before(search.text, start)
    on = before in {"am", "Am"}
    if is_no_particular(search, before.lower(), start) or (not on and LIST_AFTER.match(search.lowered, match.end())):
        return None
    if on and NEWSPAPER_BEFORE.search(search.lowered, max(0, start - 12), start):
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

    found = with_clock(search, start, match.end(), match["part"], day)
    is_name = before[:1].isupper() and before.lower() not in KNOWN and before.lower() not in words.BEFORE_A_WEEKDAY
    return None if is_name and found.stamp.precision == "day" else found  # "Julia Montag"


def is_no_particular(search: Search, before: str, start: int) -> bool:
    """Whether a weekday is none in particular: "jeden Montag", "jeden 2. Montag", "Mo bis Fr", "Sa und So"."""
    if before in words.BEFORE_ANY_WEEKDAY or (before[:-1].isdigit() and before[-1] == "."):
        return True
    if before not in LINKS and search.text[start - 1 : start] not in LINKS:
        return False
    begin = max(search.low, start - 20)
    return any(pattern.search(search.lowered, begin, start) is not None for pattern in (RANGE_BEFORE, LIST_BEFORE))


def read_short_weekday(search: Search, start: int) -> Found | None:
    """As in "Mo, 16:20 Uhr": two letters are a weekday only in front of a clock, and with a capital."""
    word = WORD.match(search.lowered, start)
    if word is None or not search.text[start].isupper() or is_no_particular(search, "", start):
        return None
    now = known_now(search, word[0])
    weekday = words.WEEKDAY_OF[word[0].rstrip(".")]

    def day(clock: Clock | None) -> date:
        later = None if clock is None else is_later(clock, now)
        return day_of_weekday(weekday, now.date(), search.prefer, later=later)

    found = with_clock(search, start, word.end(), None, day)
    return None if found.stamp.precision == "day" else found


def read_which(search: Search, start: int) -> Found | None:
    """As in "letzten Montag", "nächste Woche Freitag", "vorletzte Woche", "letzter Sonntag im März"."""
    match = WHICH_ONE.match(search.lowered, start)
    if match is None:
        return None
    step = STEP[match["which"]]
    end = match.end()
    now = known_now(search, match[0])
    today = now.date()
    if match["period"]:
        if step == 0 or (
            search.prose and not is_alone(search.text, words_in_front(search.text, start, search.low).reach, end)
        ):
            return None
        stamp = stamp_moved(now, {words.UNIT_OF[match["period"]]: step})
        problem = f"only the {words.UNIT_OF[match['period']]} is named: the same day of it is taken"
        return placed(search, Stamp(stamp.value, "day", (problem,)), start, end)
    if match["last_of"]:
        month = words.MONTH_OF[match["last_of"]]
        year = int(match["last_of_year"]) if match["last_of_year"] else today.year
        first_of_next = calendar_day(year + month // 12, month % 12 + 1, 1)
        return placed(search, Stamp(shifted(first_of_next, -1), "day"), start, end) if step == -1 else None
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
    day = shifted(today, {"v": -1, "g": -1, "h": 0, "m": 1}[match["which"][0]])
    return with_clock(search, start, match.end(), match["part"], lambda _clock: day)


def read_day_of_month(search: Search, start: int) -> Found | None:
    """As in "am 15.", "am 3. des Monats", "am 15. um 8 Uhr"; not "am 3. Tag", where a noun follows."""
    match = DAY_OF_MONTH.match(search.lowered, start)
    if match is None or NOUN_BEHIND.match(search.text, match.end()):
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
    if word is None or word[0] not in KINDS or (search.prose and not is_alone(search.text, start, end)):
        return None
    return placed(search, Stamp(known_now(search, word[0]), "second"), start, end)


def with_clock(search: Search, start: int, end: int, part: str | None, day: Callable[[Clock | None], date]) -> Found:
    """The date of a day that may depend on its clock, which stands behind it or in front."""
    clock = None
    front = words_in_front(search.text, start, search.low)
    if (behind := clock_behind(search.text, end, part)) is not None:
        clock, end = behind
    elif (before := clock_before(search.text, search.low, front.reach, part)) is not None:
        clock, start = before
    value = day(clock)
    stamp = Stamp(value, "day") if clock is None else stamp_of_clock(value, clock, search.tz)
    return placed(search, stamp, start, end, front)


def placed(search: Search, stamp: Stamp, start: int, end: int, front: InFront | None = None) -> Found:
    """The found date with the label in front of it, or behind it: "vor 2 Stunden aktualisiert"."""
    if front is None:
        front = words_in_front(search.text, start, search.low)
    label = front.label
    if label is None and (behind := LABEL_BEHIND.match(search.lowered, end)) is not None:
        label = LABELS.get(behind["word"])
    return Found(start, end, stamp, label, min(front.reach, start))


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
