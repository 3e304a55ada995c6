"""Where on a page the part with the article begins: below teasers, log-in forms and menus, which hold sentences, too.

A page's prose is parted by menus, and by what leads on to the articles of teasers. The article is by far the longest
part; what is above such a break is none of it. Judges by form and by the words that menus have on any site.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from feeds.parse.body import BULLETS, HEADLINE_BLANKS, Line, is_caption, is_sentence
from feeds.parse.categories import is_path
from feeds.parse.prose import TOOL_LINE, begins_as_tail, is_prose
from feeds.parse.stamps.forms import LINE, has_date, is_day_seen, is_stamp
from feeds.parse.words import HOMES, MENU_ENTRIES, MORE, SECTIONS, SERVICES

LEAST_LINES: Final = 8
"""Lines between two paragraphs, from which they may be a menu."""
LEAST_SHARE: Final = 0.6
"""Share of them that are entries, at least."""
MENU_RUN: Final = 10
"""Entries below each other that are a menu, however they are set apart."""
MANY: Final = 20
"""This many entries are a menu, whatever they say."""
MAX_ENTRY: Final = 40
"""Characters of an entry that has no bullet, at most."""
ENTRY_BLANKS: Final = 2
"""Blanks in it, at most."""
LEAST_RATIO: Final = 2
"""How many times as long as what is above it the article is, at least."""
LEAST_UNSTAMPED: Final = 0.3
"""The same below boxes that have no stamp."""
BOXES: Final = 4
"""Their paragraphs, at most."""
STAMP_LINES: Final = 8
"""Lines above a text that are searched for its stamp."""
STAMP_BELOW: Final = 3
"""The same below its first paragraph."""
MAX_PARAGRAPHS: Final = 60
"""Paragraphs of a page that are looked at: no article begins below them, and they say enough of its length."""
_ADS: Final = frozenset(["Anzeige", "Werbung"])

_KNOWN: Final = MENU_ENTRIES | SECTIONS | HOMES | SERVICES
_ACCOUNT = re.compile(r"Passwort|Kennwort|[Ll]og-?[Ii]n\b|[Rr]egistrier(?:en|ten?)\b|Newsletter|Cookies?\b|JavaScript")
"""What a paragraph beside a menu is about: an account, a newsletter, a consent."""
_MORE = re.compile(MORE)


def find_article_part(lines: Sequence[Line], paragraphs: Sequence[int], zone: ZoneInfo) -> int:
    """The number of the first line that may be the article's; 0 where nothing above it holds a paragraph.

    `paragraphs` are the numbers of the lines that are running text. A text that has a stamp is left only for one that
    has a stamp, too.
    """
    prose = [number for number in paragraphs if not is_caption(lines[number].text)]
    part = teasers = 0
    for place, (above, below) in enumerate(pairwise(prose[:MAX_PARAGRAPHS])):
        between = lines[above + 1 : below]
        leads_on = bool(between) and _MORE.fullmatch(between[0].text) is not None
        teasers += leads_on
        is_boxed = place == 0 and _is_box(lines, above, below, zone)
        has_path = any(is_path(line.text) for line in between)
        if not (is_boxed or has_path or _is_menu(between) or (leads_on and teasers > 1)):
            continue
        beside = [number for number in prose[: place + 1] if number >= part]
        own = prose[place + 1 : place + MAX_PARAGRAPHS]
        is_stamped, has_stamp = _has_stamp(lines, below, above + 1), _has_stamp(lines, beside[0], part)
        ratio = LEAST_UNSTAMPED if place < BOXES and not has_stamp else LEAST_RATIO
        if _measure(lines, beside) * ratio <= _measure(lines, own) and (is_stamped or not has_stamp):
            part = above + 1
    return part


def find_menu(texts: Sequence[str]) -> range:
    """The numbers of the lines of the last long run of a menu's entries; none of them where there is no such run."""
    run = 0
    for number in range(len(texts) - 1, -1, -1):
        if is_entry(texts[number]):
            run += 1
        elif run >= MENU_RUN:
            return range(number + 1, number + 1 + run)
        else:
            run = 0
    return range(run) if run >= MENU_RUN else range(0)


def _measure(lines: Sequence[Line], prose: Sequence[int]) -> int:
    """The characters of paragraphs; those with a bullet, or about an account, are none of a text."""
    texts = (lines[number].text for number in prose)
    return sum(len(text) for text in texts if text[0] not in BULLETS and _ACCOUNT.search(text) is None)


def _is_menu(between: Sequence[Line]) -> bool:
    """Whether lines between two paragraphs are a menu, and no label among them closes a text."""
    if len(between) < LEAST_LINES:
        return False
    entries = [line.text.lstrip(f"{BULLETS} ") for line in between if is_entry(line.text)]
    if len(entries) < LEAST_SHARE * len(between):
        return False
    if len(entries) < MANY and sum(map(_is_known, entries)) < 2:
        return False
    return not any(_closes(line.text) for line in between)


def _is_box(lines: Sequence[Line], box: int, lead: int, zone: ZoneInfo) -> bool:
    """Whether a paragraph is that of a box above the article: headline, lead and stamp are below, none above."""
    between = [line.text for line in lines[box + 1 : lead]]
    if len(between) < 2 or between[-1].count(" ") < HEADLINE_BLANKS or is_sentence(between[-1]):
        return False
    if is_caption(between[-1]) or has_date(between[-1]) or any(map(_closes, between)) or _has_stamp(lines, box, 0):
        # What is below a day is a comment.
        return False
    below = lines[lead + 1 : lead + 1 + STAMP_LINES]
    stamp = next((number for number, line in enumerate(below) if is_stamp(line.text, zone)), None)
    return (
        stamp is not None
        and stamp + 1 < len(below)
        and not any(is_prose(line.text) for line in below[:stamp])
        and is_prose(below[stamp + 1].text)
    )


def _closes(text: str) -> bool:
    """Whether a line is a label below a text that no menu has; a link to the article before may be above one."""
    if text[0] in "«←‹•" or text in _ADS or not begins_as_tail(text):
        return False
    return not _is_known(text) and TOOL_LINE.fullmatch(text) is None


def _is_known(text: str) -> bool:
    """Whether a line is an entry that menus have on any site, or several: "Impressum | Datenschutz"."""
    return all(part.strip().rstrip(":").casefold() in _KNOWN for part in text.split("|"))


def is_entry(text: str) -> bool:
    """Whether a line may be a menu's entry: with a bullet, or a few words that are no sentence."""
    if text[0] in BULLETS:
        return True
    return len(text) <= MAX_ENTRY and text.count(" ") <= ENTRY_BLANKS and not is_sentence(text) and not has_date(text)


def _has_stamp(lines: Sequence[Line], first_prose: int, start: int) -> bool:
    """Whether a stamp is beside the first paragraph of a text, which begins after `start`."""
    beside = range(max(first_prose - STAMP_LINES, start), min(first_prose + STAMP_BELOW, len(lines)))
    return any(
        len(text := lines[number].text) <= LINE
        and has_date(text)
        and not is_sentence(text)
        and not is_day_seen(lines, number)
        for number in beside
    )
