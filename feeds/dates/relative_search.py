"""A search for relative dates in one text, and what each of its finds is made of.

Owns the state that the readers share, the pieces of running text that are worth searching, and the clock and label
around a day. Which day a text means is read in `relative` and `amounts`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from feeds.dates.clock import Clock, clock_before, clock_behind
from feeds.dates.context import LABELS, InFront, words_in_front
from feeds.dates.resolution import NO_NOW, stamp_of_clock
from feeds.dates.stamp import Found, Prefer, Stamp
from feeds.errors import DateError

DAY_NOUNS = (
    "heute", "gestern", "morgen", "tag", "woch", "sonnabend", "soeben", "gerade eben", "e nacht", "en nacht",
    "gestrig", "heutig", "morgig",
)  # fmt: skip
ALL_NOUNS = (*DAY_NOUNS, "stund", "std", " min", "sekund", "monat", "jahr")
BEFORE_UNITS = ("vor", "in ", "im ", "letzt", "chst", " her")
"""Pieces of the words without which running text has no relative date; a unit needs one of the last to be one."""
BEFORE_NOUN = 28
BEHIND_NOUN = 8
BEFORE_CLOCK = 10
"""Characters in front of a telling noun, or a clock, in which such a date may begin."""

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


def likely_spans(lowered: str, clocks: list[int]) -> list[tuple[int, int]]:
    """The pieces of lower-case running text that may hold relative dates: those around its telling nouns and clocks.

    Plain substring searches are ten times as fast as any pattern over the whole text; most text has few of the nouns.
    """
    places = [(at - BEFORE_CLOCK, at + BEHIND_NOUN) for at in clocks]
    has_units = any(map(lowered.__contains__, BEFORE_UNITS))
    for noun in ALL_NOUNS if has_units else DAY_NOUNS:
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


def with_clock(search: Search, start: int, end: int, part: str | None, day: Callable[[Clock | None], date]) -> Found:
    """The date of a day that may depend on its clock, which comes after it or in front."""
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
    """The found date with the label in front of it, or after it: "vor 2 Stunden aktualisiert"."""
    if front is None:
        front = words_in_front(search.text, start, search.low)
    label = front.label
    if label is None and (behind := LABEL_BEHIND.match(search.lowered, end)) is not None:
        label = LABELS.get(behind["word"])
    return Found(start, end, stamp, label, min(front.reach, start), relative=True)
