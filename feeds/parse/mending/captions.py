"""Captions of pictures that a page has twice, as for the blind and with their credit, taken off the lines of a page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from feeds.parse.body import HEADLINE_BLANKS, MAX_CAPTION, Line, is_caption, is_sentence
from feeds.parse.bylines import is_byline
from feeds.parse.draft import Draft
from feeds.parse.prose import is_prose
from feeds.parse.stamps.forms import has_date
from feeds.parse.words import AGENCIES, any_of

# "... am Ball Quelle: dpa", "... jubeln über das Ja. - Musterblatt", "... jubeln über das Ja. APA/Erika Muster"
_CREDIT = re.compile(
    rf"\s(?:{any_of(AGENCIES)})(?:\s?[/,]\s?[\w .-]{{2,40}}){{0,2}}|"
    r"\s(?:(?:Quelle|Fotos?|Bild|Grafik)\s?:|©|\(c\))\s?\S.{0,40}|(?<=[.!])\s[-–]\s[A-ZÄÖÜ][\w-]{2,30}"
)


def drop_captions(lines: list[Line], draft: Draft) -> list[Line]:
    """The lines without those that are below each other twice and closed by a credit, which the draft then names.

    The credit is behind the second, or on a line of its own below both.
    """
    dropped: set[int] = set()
    headline = _find_headline(lines)
    for number in range(1, len(lines) - 1):
        short, long = lines[number - 1].text, lines[number].text
        if _is_around_credit(lines, number) and headline is not None and headline < number - 1:
            dropped.update((number - 1, number + 1))
        if len(long) > MAX_CAPTION or not long.startswith(short) or number - 1 in dropped:
            continue
        if long == short:
            is_credited = is_caption(lines[number + 1].text) and not (is_prose(long) or has_date(long))
        else:
            is_credited = _CREDIT.fullmatch(long, len(short)) is not None and short.count(" ") >= HEADLINE_BLANKS
        if is_credited and headline is not None and headline < number - 1:
            dropped.update((number - 1, number))
    return draft.drop(lines, dropped, "caption")


def _is_around_credit(lines: Sequence[Line], credit: int) -> bool:
    """Whether a picture's credit is between its caption and that again."""
    above, below = lines[credit - 1].text, lines[credit + 1].text
    # A headline is no sentence.
    return above == below and is_sentence(above) and is_caption(lines[credit].text) and not has_date(above)


def _find_headline(lines: Sequence[Line]) -> int | None:
    """The number of the first line that may be a headline: what is shown twice above it may be that itself."""
    for number, line in enumerate(lines):
        is_short = line.text.count(" ") < HEADLINE_BLANKS
        if not (is_short or has_date(line.text) or is_caption(line.text) or is_byline(line.text)):
            return number
    return None
