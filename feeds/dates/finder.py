"""All dates of a longer text.

Owns the search: which match of the grammar counts where several compete, and what around it makes it none.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo

from feeds.dates.grammar import DATE, RELATIVE
from feeds.dates.normalisation import normalise_with_offsets
from feeds.dates.reading import Found, read_date, read_relative
from feeds.dates.stamp import Match, Prefer
from feeds.errors import DateError


def find_dates(text: str, *, now: datetime | None, tz: tzinfo, prefer: Prefer = "past") -> list[Match]:
    """The dates that stand in a text, in its order; impossible ones and, without `now`, relative ones are left out.

    Offsets count in `text` as it was given. See `parse_date` for what `now`, `tz` and `prefer` mean.
    """
    clean, offsets = normalise_with_offsets(text)
    matches = []
    for found in candidates(clean, now=now, tz=tz, prefer=prefer, strict=True):
        if isinstance(found, DateError):
            continue
        start, end = offsets[found.start], offsets[found.end]
        matches.append(Match(start, end, text[start:end], found.stamp, found.label))
    return matches


def candidates(
    text: str, *, now: datetime | None, tz: tzinfo, prefer: Prefer, strict: bool
) -> Iterator[Found | DateError]:
    """The dates of normalised text, and an error for each that is impossible."""
    low = 0
    for match in DATE.finditer(text):
        if match.start() < low:
            continue
        try:
            found = read_date(text, match, low, now=now, tz=tz, prefer=prefer, strict=strict)
        except DateError as error:
            yield error
            low = match.end()
            continue
        if found is not None:
            yield from relative_candidates(text, low, found.in_front, now=now, tz=tz, prefer=prefer, strict=strict)
            yield found
            low = found.end
    yield from relative_candidates(text, low, len(text), now=now, tz=tz, prefer=prefer, strict=strict)


def relative_candidates(
    text: str, low: int, high: int, *, now: datetime | None, tz: tzinfo, prefer: Prefer, strict: bool
) -> Iterator[Found | DateError]:
    """The relative dates between two offsets."""
    at = low
    for match in RELATIVE.finditer(text, low, high):
        if match.start() < at:
            continue
        try:
            found = read_relative(text, match, at, now=now, tz=tz, prefer=prefer, strict=strict)
        except DateError as error:
            yield error
            continue
        if found is not None:
            yield found
            at = found.end
