"""Lines that were wrapped at a column, as by a mail program or a text browser, made whole before a page is read."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from feeds.parse.body import BULLETS, is_sentence

MAX_WIDTH: Final = 100
"""Columns within which text is wrapped, at most."""
MIN_WIDTH: Final = 40
"""The same, at least: shorter lines are labels."""
MAX_LONG: Final = 2
"""Lines that are longer, as what a program puts below a text, at most."""
LEAST_GOING_ON: Final = 2
"""Lines that go on below, at least, where one that does so with a small letter counts twice; twice as many more for
each line that is longer."""
LEAST_REACH: Final = 0.6
"""Share of the width that a line fills, at least, that goes on with a small letter."""
_LEADING: Final = frozenset(
    "der die das des dem den eine einer eines einem einen und oder in im am zum zur von vom für als dass".split()
)
"""Small words that close no line: the next one goes on."""


def unwrap(lines: Sequence[str]) -> Sequence[str]:
    """The lines, paragraphs that were wrapped as their first line each, with empty ones in the place of the others.

    Wrapped is a page of which hardly a line is long, and most that close no sentence go on below.
    Items of a list may be long: the page wraps them.
    """
    width = long = 0
    for line in lines:
        if len(line) <= width or line[0] in BULLETS:
            continue
        if len(line) <= MAX_WIDTH:
            width = len(line)
        elif (long := long + 1) > MAX_LONG:
            return lines
    if width < MIN_WIDTH:
        return lines
    broken = going_on = small = 0
    for line, below in pairwise(lines):
        if MIN_WIDTH <= len(line) <= width and below and below[0] not in BULLETS and not is_sentence(line):
            broken += 1
            if _goes_on(line, below, width):
                going_on += 1
                small += below[0].islower()
    is_wrapped = going_on + small >= LEAST_GOING_ON * (1 + 2 * long) and going_on * 2 >= broken
    return _join(lines, width) if is_wrapped else lines


def _join(lines: Sequence[str], width: int) -> list[str]:
    joined = list(lines)
    start = 0
    for number, (above, line) in enumerate(pairwise(lines), 1):
        if above and line and line[0] not in BULLETS and _goes_on(above, line, width):
            joined[start] += f" {line}"
            joined[number] = ""
        else:
            start = number
    return joined


def _goes_on(line: str, below: str, width: int) -> bool:
    """Whether a line goes on below: the next word has no room in it, is a small one, or follows a small one.

    After a sentence's end, the line below may be a label; if it is text, it is full, too, or closes a sentence.
    """
    if len(line) > width:
        return False
    if _is_full(line, below, width):
        return not is_sentence(line) or is_sentence(below) or len(below) >= LEAST_REACH * width
    return (below[0].islower() and len(line) >= LEAST_REACH * width) or line.rpartition(" ")[2] in _LEADING


def _is_full(line: str, below: str, width: int) -> bool:
    return len(line) + 1 + len(below.partition(" ")[0]) > width
