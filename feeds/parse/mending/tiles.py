"""Stamps that pages show in pieces, or stuck to what is beside them: each becomes one line before anything is judged.

A calendar's leaf, a day with its clock below, the label of a change above its stamp, bars for dots, a name run together
with a stamp.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from feeds.parse.body import Line
from feeds.parse.prose import is_prose
from feeds.parse.stamps.forms import has_date, is_day_seen, is_masthead, is_nothing_else
from feeds.parse.words import MONTH, WEEKDAY

MAX_TILE_DAY: Final = 4
"""Characters of a day without its month, at most."""
DAY_LENGTH: Final = 30
"""Characters of a day, at most."""
MAX_RUN: Final = 90
"""Characters of a line that runs a name and a stamp together, at most."""
_STAMP_ENDS: Final = frozenset("0123456789r")
CLOCK_LINES: Final = 60
"""Lines at the top of a page, one of which may be a clock with its day below."""
STAMP_LENGTH: Final = 40
"""Characters of a stamp below its label, at most."""
_CHANGED: Final = frozenset(
    ["Update", "Update:", "Aktualisiert", "Aktualisiert:", "Aktualisiert am", "Letzte Änderung:"]
)
# "Artikel Nr: 20543", where the day is on the line below.
_NUMBERED = re.compile(r"[A-ZÄÖÜ]\w{3,30}\sNr[.:]\s?\d{1,6}")
_DAY = re.compile(r"[0-3]?\d\.?")
_TILE = re.compile(rf"[0-3]?\d\.?\s{MONTH}\w{{0,7}}\.?\s(?:19|20)\d\d", re.IGNORECASE)
_BARRED = re.compile(r"(?<!\d)(\d{1,2})\s?\|\s?(\d{1,2})\s?\|\s?((?:19|20)\d\d)(?!\d)")
# A day, and its clock on the line below it.
_DAY_ALONE = re.compile(
    rf"(?:(?:{WEEKDAY},?\s)?\d{{1,2}}\.?\s?(?:\d{{1,2}}\.|{MONTH}\w{{0,7}}\.?\s)\s?(?:\d\d){{1,2}}"
    r"|\d{4}-\d\d-\d\d"
    rf"|(?:[MTWFS][a-z]{{2,8}}day,?\s)?{MONTH}[a-z]{{0,6}}\.?\s\d{{1,2}},?\s\d{{4}}),?",
    re.IGNORECASE,
)
_CLOCK_ALONE = re.compile(r"(?:um\s)?\d{1,2}[:.]\d{2}\sUhr")
_BARE_CLOCK = re.compile(r"[012]?\d:[0-5]\d")
# "MusterpresseMusterpresse30/10/2025", "Erika Muster12.08.2024": the elements of a page, run together.
_RUN_TOGETHER = re.compile(
    r"(?P<name>[^\W\d_][^\d\n:;!?]{1,28}?[^\W\d_])(?P<again>(?P=name))?"
    rf"(?P<date>\d{{1,2}}(?:[./]\d{{1,2}}[./]|\.?\s?{MONTH}\w{{0,7}}\.?\s)(?:19|20)\d\d(?:,?\s\d{{1,2}}:\d\d(?:\sUhr)?)?)"
)
# "20. April 201713. Juni 2017 Erika Muster": that of the publication and that of the last change, as one of the usual
# systems (WordPress) has them, beside each other where the style of the page hid one.
_TWO_DAYS = re.compile(
    rf"(?P<first>\d{{1,2}}(?:\.\d{{1,2}}\.|\.?\s{MONTH}\w{{0,7}}\.?\s)(?:19|20)\d\d)"
    rf"(?P<second>\d{{1,2}}(?:\.\d{{1,2}}\.|\.?\s{MONTH}\w{{0,7}}\.?\s)(?:19|20)\d\d)(?!\d)"
)
# "ErikaMuster2019-01-07T17:27:31+02:00Juni 19th, 2018|Lokales|36 Kommentare": the writer, the last change, which is
# hidden, and the day that is shown, as one of the usual looks of that system (Avada) has them.
_HIDDEN_CHANGE = re.compile(
    r"(?P<name>[^\W\d_][^\d\n|]{1,40})(?P<change>(?:19|20)\d\d-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d))"
    rf"(?P<day>(?:\d{{1,2}}(?:st|nd|rd|th|\.)?\s{MONTH}\w{{0,7}}\.?,?|{MONTH}\w{{0,7}}\.?\s\d{{1,2}}(?:st|nd|rd|th)?,?)"
    r"\s(?:19|20)\d\d)(?P<rest>\|.*)?",
    re.IGNORECASE,
)

# "Fischmarkt zieht mehr Gäste an Stand: 11.09.2024 12:30 Uhr Die Händler sind ...": all in one element.
_IN_FRONT = re.compile(
    r"(?P<headline>[A-ZÄÖÜ„\"»][^.!?:\n]{12,120}[^\W\d_]) "
    r"(?P<stamp>Stand: \d{1,2}\.\d{1,2}\.(?:19|20)\d\d,? \d{1,2}[:.]\d\d Uhr) (?P<text>[A-ZÄÖÜ„\"»].+)"
)


def join_tiles(lines: list[Line]) -> list[Line]:
    """The lines, with dates put together that are shown on several: as on a calendar's leaf, or a day and its clock.

    So is a stamp with the label of a change above it. Bars between the parts of a day become dots, and what a stamp was
    run together with is taken apart: a name, or the stamp of the last change.
    """
    joined: list[Line] = []
    number = 0
    while number < len(lines):
        line = lines[number]
        taken = 1
        if (parts := _take_apart(line, joined)) is not None:
            joined.extend(parts)
        elif (tile := _find_tile(lines, number)) is not None:
            joined.append(tile)
            taken = 3
        elif number < CLOCK_LINES and (stamp := _find_day_below(lines, number)) is not None:
            joined.append(stamp)
            taken = 2
        else:
            line = _mend(line)
            clock = _find_clock(lines, number, line.text)
            if clock:
                line = Line(line.offset, f"{line.text.rstrip(',')}, {' '.join(clock)}")
                taken += len(clock)
            if joined and _is_label_of(joined[-1].text, line.text):
                label = joined.pop()
                line = Line(label.offset, f"{label.text} {line.text}")
            joined.append(line)
        number += taken
    return joined


def _is_label_of(text: str, below: str) -> bool:
    """Whether a line is what the stamp on the line below is called."""
    if text in _CHANGED:
        return below[0].isdigit() and len(below) < STAMP_LENGTH and has_date(below)
    is_day = below.startswith("vom ") and len(below) < STAMP_LENGTH and has_date(below)
    return is_day and _NUMBERED.fullmatch(text) is not None


def _take_apart(line: Line, above: Sequence[Line]) -> list[Line] | None:
    """A line that holds two stamps, or a headline with its first one, as one line for each part; None for any other."""
    text = line.text
    if text[0].isdigit() and (days := _TWO_DAYS.match(text)) is not None:
        return _part_days(line, days)
    if "T" in text and (hidden := _HIDDEN_CHANGE.fullmatch(text)) is not None:
        return _part_hidden(line, hidden)
    front = _IN_FRONT.fullmatch(text) if " Stand: " in text else None
    if front is not None and not any(has_date(one.text) for one in above):
        return [Line(line.offset + front.start(name), front[name]) for name in ("headline", "stamp", "text")]
    return None


def _find_tile(lines: Sequence[Line], number: int) -> Line | None:
    """A calendar's leaf, which is three lines: day, month and year."""
    line = lines[number]
    if len(line.text) >= MAX_TILE_DAY or _DAY.fullmatch(line.text) is None:
        return None
    three = " ".join(one.text for one in lines[number : number + 3])
    return Line(line.offset, three) if _TILE.fullmatch(three) is not None else None


def _find_day_below(lines: Sequence[Line], number: int) -> Line | None:
    """A clock alone and the day alone on the line below it, as one stamp: the other way round."""
    clock, *below = lines[number : number + 2]
    if _BARE_CLOCK.fullmatch(clock.text) is None or not below:
        return None
    day = below[0].text
    if len(day) >= DAY_LENGTH or _DAY_ALONE.fullmatch(day) is None or is_masthead(day):
        return None
    # Several clocks are those of a list, and one below a text is that of a comment.
    is_only = not any(_BARE_CLOCK.fullmatch(line.text) for line in lines if line is not clock)
    is_above = not any(is_prose(line.text) for line in lines[:number])
    return Line(clock.offset, f"{day.rstrip(',')}, {clock.text}") if is_only and is_above else None


def _mend(line: Line) -> Line:
    """A line with dots for the bars of its day, and with a bar between a name and a stamp that were run together."""
    text = line.text
    if "|" in text:
        text = dot_bars(text)
    if len(text) < MAX_RUN and text[-1] in _STAMP_ENDS and not text[0].isdigit():
        text = _part(text)
    return line if text is line.text else Line(line.offset, text)


def _find_clock(lines: Sequence[Line], number: int, text: str) -> list[str]:
    """The texts of the one or two lines with the clock of the day that a line is; none where it has none below it.

    `text` is that of the mended line.
    """
    if len(text) >= DAY_LENGTH or _DAY_ALONE.fullmatch(text) is None or is_day_seen(lines, number):
        return []
    below = [one.text for one in lines[number + 1 : number + 3]]
    parts = below if below[1:] == ["Uhr"] else below[:1]
    clock = " ".join(parts)
    return parts if _CLOCK_ALONE.fullmatch(clock) or _BARE_CLOCK.fullmatch(clock) else []


def _part(text: str) -> str:
    """The stamp that was run together with a name: alone if the name is there twice, else after a bar."""
    match = _RUN_TOGETHER.fullmatch(text)
    if match is None or is_nothing_else(match["name"]):
        return text
    return match["date"] if match["again"] is not None else f"{match['name']} | {match['date']}"


def _part_days(line: Line, days: re.Match[str]) -> list[Line]:
    """A line that begins with the days of publication and change as one line each, and what comes after them."""
    rest = line.text[days.end() :].strip(" |,·")
    parts = [days["first"], f"Aktualisiert: {days['second']}", *([rest] if rest else [])]
    return [Line(line.offset, part) for part in parts]


def _part_hidden(line: Line, hidden: re.Match[str]) -> list[Line]:
    """A line in which the last change is between writer and day as one line for each part, the day first."""
    rest = [] if hidden["rest"] is None else [part for part in hidden["rest"].split("|") if part]
    parts = [hidden["day"], f"Aktualisiert: {hidden['change']}", hidden["name"], *rest]
    return [Line(line.offset, part) for part in parts]


def dot_bars(text: str) -> str:
    """A text whose days are set with dots where they were set with bars, as some offices do: "08|07|2019"."""
    return _BARRED.sub(r"\1.\2.\3", text)
