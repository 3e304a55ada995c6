"""Where on a page the part with the article begins: behind teasers, log-in forms and menus that hold sentences, too.

A page's prose stands in clusters, with menus between. The article's is by far the largest; what stands above it, with a
menu between, is none of the article. Judges by form and by the words that menus have on any site.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from feeds.parse.body import Line, is_caption, is_sentence
from feeds.parse.evidence import is_day_seen
from feeds.parse.extent import begins_as_tail, is_prose
from feeds.parse.stamps import has_date, is_stamp
from feeds.parse.words import HOMES, MENU_ENTRIES, SECTIONS, SERVICES

LEAST_LINES: Final = 8
"""Lines between two paragraphs, from which they may be a menu."""
LEAST_SHARE: Final = 0.6
"""Share of them that are entries, at least."""
LEAST_KNOWN: Final = 2
"""Entries among them that menus have on any site, at least."""
MANY: Final = 20
"""So many entries are a menu, whatever they say."""
MAX_ENTRY: Final = 40
"""Characters of an entry that has no bullet, at most."""
ENTRY_BLANKS: Final = 2
"""Blanks in it, at most."""
LEAST_RATIO: Final = 2
"""How many times as long as all prose above it the article's is, at least."""
LABELS: Final = 3
"""Lines below a text among which the label of what follows stands."""
STAMP_LINES: Final = 8
"""Lines above a text among which its stamp stands."""
STAMP_BELOW: Final = 3
"""The same below its first paragraph."""
BULLETS: Final = "•·*▪‣"

_KNOWN: Final = MENU_ENTRIES | SECTIONS | HOMES | SERVICES


def find_article_part(lines: Sequence[Line], zone: ZoneInfo) -> int:
    """The number of the first line that may be the article's; 0 where nothing above it holds a paragraph.

    A text that has a stamp is left only for one that has a stamp, too.
    """
    prose = [number for number, line in enumerate(lines) if is_prose(line.text) and not is_caption(line.text)]
    gaps = [(above, below) for above, below in pairwise(prose) if _is_menu(lines[above + 1 : below])]
    part = 0
    for place, (above, below) in enumerate(gaps):
        end = gaps[place + 1][0] if place + 1 < len(gaps) else len(lines)
        before = _measure(lines, [number for number in prose if part <= number <= above])
        if before * LEAST_RATIO > _measure(lines, [number for number in prose if below <= number <= end]):
            continue
        if any(begins_as_tail(line.text) for line in lines[above + 1 : above + 1 + LABELS]):
            continue
        first = next(number for number in prose if number >= part)
        if not _has_stamp(lines, first, part, zone) or _has_stamp(lines, below, above + 1, zone):
            part = above + 1
    return part


def _measure(lines: Sequence[Line], prose: Sequence[int]) -> int:
    """The characters of paragraphs; those with a bullet are entries of a list."""
    return sum(len(lines[number].text) for number in prose if lines[number].text[0] not in BULLETS)


def _is_menu(lines: Sequence[Line]) -> bool:
    if len(lines) < LEAST_LINES:
        return False
    entries = [line.text for line in lines if is_entry(line.text)]
    if len(entries) < LEAST_SHARE * len(lines):
        return False
    if len(entries) >= MANY:
        return True
    return sum(1 for text in entries if text.lstrip("•·*▪‣ ").casefold() in _KNOWN) >= LEAST_KNOWN


def is_entry(text: str) -> bool:
    """Whether a line may be a menu's entry: with a bullet, or a few words that are no sentence."""
    if text[0] in BULLETS:
        return True
    return len(text) <= MAX_ENTRY and text.count(" ") <= ENTRY_BLANKS and not is_sentence(text) and not has_date(text)


def _has_stamp(lines: Sequence[Line], first_prose: int, start: int, zone: ZoneInfo) -> bool:
    """Whether a stamp stands beside the first paragraph of a text, which begins behind `start`."""
    beside = range(max(first_prose - STAMP_LINES, start), min(first_prose + STAMP_BELOW, len(lines)))
    return any(is_stamp(lines[number].text, zone) and not is_day_seen(lines, number) for number in beside)
