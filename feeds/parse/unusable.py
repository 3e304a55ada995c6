"""What looks like the stamp of a page whose publication is unknown, and why it is none: for who has to mend it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final
from zoneinfo import ZoneInfo

from feeds.dates import DateError, parse_date
from feeds.dates.resolution import EITHER_ORDER, NO_CLOCK, NO_DAY, NO_NOW, NO_YEAR
from feeds.errors import Problem
from feeds.parse.body import Line

MAX_STAMP: Final = 60
"""Characters of a text that is tried as a stamp."""
MAX_HEAD: Final = 40
"""Lines that are tried."""
_REASONS: Final = frozenset([EITHER_ORDER, NO_CLOCK, NO_DAY, NO_NOW, NO_YEAR])
_FIELDS: Final = re.compile(r"\s[|·•–—-]\s")
# A day of the week, or "heute", alone is as often an entry of a menu.
_NUMBER: Final = re.compile(r"\d|\bein(?:e[mr])?\s(?:Minute|Stunde|Tag|Woche)\b")


def find_unusable_stamp(
    lines: Sequence[Line], *, headline: int | None, first_prose: int, zone: ZoneInfo, first_line: int
) -> Problem | None:
    """The stamp of a page's head that can't be used, as a problem; None where nothing there has the shape of one.

    The first below the headline, number `headline` of the lines, comes before those above it.
    """
    head = lines[: first_prose + 1][:MAX_HEAD]
    below = 0 if headline is None else headline + 1
    for line in (*head[below:], *head[:below]):
        for text in _list_fields(line.text):
            try:
                parse_date(text, now=None, tz=zone)
            except DateError as error:
                if error.what in _REASONS:
                    hint = "write `published:` into front matter above the page"
                    what = f"what may be the stamp can't be used: {error.what}"
                    return Problem("unreadable-stamp", what, line.offset + first_line, text, hint)
    return None


def _list_fields(text: str) -> Iterable[str]:
    """The texts of a line that may be a stamp: all of it, or one of its fields."""
    if len(text) <= MAX_STAMP:
        yield from (field for field in dict.fromkeys((*_FIELDS.split(text), text)) if _NUMBER.search(field))
