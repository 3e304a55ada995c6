"""A day, a month's name and a year in any order: "2024-Juni-25", "25 - Juni - 2024, 14:05".

Owns the last resort. Every piece of the text has to be a piece of the date, and none may be there twice, so that
nothing is left to guess.
"""

from __future__ import annotations

import re
from datetime import tzinfo

from feeds.dates import words
from feeds.dates.clock import Clock, clock_behind
from feeds.dates.grammar import any_of
from feeds.dates.normalisation import lower
from feeds.dates.resolution import calendar_day, stamp_of_clock, weekday_problem
from feeds.dates.stamp import Stamp

PIECE = re.compile(
    rf"""
    (?P<between> [\s,./–—-]+ | (?: am | um | den | der | dem | vom ) (?= \s ) )
  | (?P<clock> ) (?= [0-9]{{1,2}} (?: :[0-9]{{2}} | \.[0-9]{{2}}\suhr | \suhr ) )
  | (?P<year> (?:1[5-9]|20)[0-9]{{2}} (?! [0-9] | /[0-9]{{2}} (?! / ) ) )
  | (?P<day> [0-9]{{1,2}} ) (?! [0-9] | (?<! / [0-9] ) (?<! / [0-9]{{2}} ) /[0-9]{{4}} )
  | (?P<month> {any_of(words.MONTH_OF)} ) (?! \w )
  | (?P<weekday> {any_of(words.WEEKDAY_OF)} ) (?! \w )
    """,
    re.VERBOSE,
)
"""A piece of a date, in lower-case text. "2024/25" is a season and "3/2024" an issue, if no more bars join them."""


def shuffled_date(text: str, tz: tzinfo) -> Stamp | None:
    """The date of a text that is all of one but for the order, None for any other. Raises DateError."""
    lowered = lower(text)
    pieces: dict[str, str] = {}
    clock: Clock | None = None
    at = 0
    while at < len(text):
        piece = PIECE.match(lowered, at)
        kind = None if piece is None else piece.lastgroup
        if piece is None or kind is None or kind in pieces:
            return None
        at = piece.end()
        if kind == "between":
            continue
        pieces[kind] = piece[0]
        if kind == "clock":
            behind = clock_behind(text, at)
            if behind is None:
                return None
            clock, at = behind
    if not pieces.keys() >= {"year", "month", "day"}:
        return None
    day = calendar_day(int(pieces["year"]), words.MONTH_OF[pieces["month"]], int(pieces["day"]))
    weekday = words.WEEKDAY_OF[pieces["weekday"]] if "weekday" in pieces else day.weekday()
    problems = () if weekday == day.weekday() else (weekday_problem(day, weekday),)
    return Stamp(day, "day", problems) if clock is None else stamp_of_clock(day, clock, tz, problems)
