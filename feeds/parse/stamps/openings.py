"""A day in front of a text's first sentence: "05.11.2023 - Die Brücke ist offen.", "(17. Juni 2019) Am Mittwoch ...".

Tells such a day of publication from that of an event, and from the first of a chronicle's days.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import takewhile
from typing import Final

from feeds.dates.words import WEEKDAYS
from feeds.parse.body import Line, is_sentence
from feeds.parse.stamps.around import ABOVE_OTHER_DATES
from feeds.parse.stamps.candidate import EARLIEST_YEAR, LEAST_SCORE, SAME_DAYS, Candidate

# "23.08.2023 | (rsn) - Text", "27.11.2019 (bz) - Text". Without a sign it may be a day of history, or of an event.
_BEHIND = re.compile(r"(?:\s?[-–—|·•]\s|\s?:\s)(?=[A-ZÄÖÜ„\"»«]|\([a-z]{2,4}\)\s)|\s(?=\([a-z]{2,4}\)\s[-–]\s)")
_SENTENCE = re.compile(r"\s(?=[A-ZÄÖÜ„\"»«])")
_BEHIND_BRACKET = re.compile(r"\)\s?[:–—-]?\s(?=[A-ZÄÖÜ„\"»«])")
# "12.06.2021 Die Brücke ist zu, wie der Kreis am Samstag mitteilte.": news name the weekday on which they were told.
_WEEKDAY = "(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch|Sonnabend"
_TELLS = "(?:mit)?teilten?|meldeten?|sagten?|berichteten?|erklärten?|bestätigten?|kündigten?|hieß|gab(?:en)?"
_TOLD_ON = re.compile(
    rf"\b(?:{_TELLS})\b[^.!?]{{1,60}}\bam\s(?P<behind>{_WEEKDAY})"
    rf"|\bam\s(?P<before>{_WEEKDAY})\w*\b[^.!?]{{0,30}}\s(?:{_TELLS})\b"
)
_DAY = re.compile(r"\d{1,2}\.\s?(?:\d{1,2}\.|[A-ZÄÖÜ][a-zä]{2,8}\b)\s?\d{0,4}")
_EVENT = re.compile(
    r"\b(?:findet|finden|lädt|laden|Einladung|Eintritt|Beginn|beginnt|Treffpunkt|Einlass|Anmeldung\w*|anmelden|willkommen"
    r"|Termine?|Öffnungszeiten|Abfahrt)\b"
    r"|\b(?:von|ab)\s\d{1,2}(?:[.:]\d\d)?(?:\sUhr|\s?(?:bis|[-–])\s?\d)"
)
"""What the text of an event says, which may have its day in front."""
_NAMED_EVENT = re.compile(
    r"(?!(?:Der|Die|Das|Den|Dem|Ein|Eine|Beim|Im|Am|Zum|Zur|Nach|Vor|Mit)\s)(?:[A-ZÄÖÜ][\w-]+\s){0,2}[\w-]*"
    r"(?:konzert|gottesdienst|fest|lesung|vortrag|führung|wanderung|spende|versammlung|markt|turnier|abend|treffen|treff"
    r"|stammtisch|ausflug|sitzung|seminar|kurs|premiere|fahrt|ausstellung|training|sammlung|übung)\b",
    re.IGNORECASE,
)
"""So its text begins with what it is: "Großes Konzert im Park"."""
EVENT_REACH: Final = 250
"""Characters after the day within which it says so."""


def find_opening(
    lines: Sequence[Line], candidates: Sequence[Candidate], first_prose: int, address: date | None
) -> list[Candidate]:
    """The candidates, that with which the first paragraph begins as the stamp that it is, of the kind "opening".

    So may the one below that, which is a lead then, if nothing else dates the page. It is the only day in front of a
    paragraph: several are a chronicle or a list of dates. Where the words are those of an event, another day in them is
    that. A day that the address contradicts is not one.
    """
    is_dated = any(one.score >= LEAST_SCORE for one in candidates)
    numbers = range(first_prose, min(first_prose + (1 if is_dated else 2), len(lines)))
    fronts = {(number, int(lines[number].text[0] == "(")) for number in numbers}
    opening = next((one for one in candidates if (one.number, one.start) in fronts), None)
    if opening is None or opening.kind:
        return list(candidates)
    text, start, day = lines[opening.number].text, opening.start, opening.day
    if (behind := find_text_behind(text, opening)) is None:
        return list(candidates)
    if not text[start].isdigit() or not is_sentence(text) or day.year < EARLIEST_YEAR:
        return list(candidates)
    if address is not None and abs(day - address) > SAME_DAYS:
        return list(candidates)
    own = takewhile(lambda line: is_sentence(line.text) or not ABOVE_OTHER_DATES.match(line.text), lines[first_prose:])
    if sum(1 for line in (*lines[:first_prose], *own) if _DAY.match(line.text, line.text[0] == "(")) > 1:
        return list(candidates)
    named = {one.day for one in candidates if one.number == opening.number} - {day}
    if is_of_event(text, behind) and not named:
        return list(candidates)
    stamp = replace(opening, score=max(opening.score, LEAST_SCORE), kind="opening")
    return [stamp if one is opening else one for one in candidates]


def is_of_event(text: str, start: int = 0) -> bool:
    """Whether a text is that of an event, by what it says from `start` on."""
    return says_event(text, start) or names_event(text, start)


def says_event(text: str, start: int = 0) -> bool:
    """Whether a text invites, or says when and where something is: "Der Eintritt ist frei"."""
    return _EVENT.search(text, start, start + EVENT_REACH) is not None


def names_event(text: str, start: int = 0) -> bool:
    """Whether a text begins with what an event is: "Großes Konzert im Park"."""
    return _NAMED_EVENT.match(text, start) is not None


def find_text_behind(text: str, opening: Candidate) -> int | None:
    """Where a text goes on after the day in front of it: behind a dash, bar, colon or bracket, else None.

    Nothing needs to part them where the text says that it was told on the weekday of that day.
    """
    match = (_BEHIND_BRACKET if opening.start else _BEHIND).match(text, opening.end)
    if match is not None:
        return match.end()
    behind = opening.end + 1
    is_news = not opening.start and _SENTENCE.match(text, opening.end) is not None and _is_told_on(text, opening.day)
    return behind if is_news else None


def _is_told_on(text: str, day: date) -> bool:
    """Whether a text says that something was told on the weekday of a day: "Wie der Kreis am Samstag mitteilte"."""
    told = (match["behind"] or match["before"] for match in _TOLD_ON.finditer(text))
    return any(weekday in WEEKDAYS[day.weekday()] for weekday in told)
