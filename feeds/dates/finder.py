"""All dates of a longer text.

Owns the search: days in digits first, then the relative ones in the gaps between them.
"""

from __future__ import annotations

from datetime import datetime, tzinfo
from itertools import zip_longest

from feeds.dates.absolute import read_day
from feeds.dates.grammar import DATE
from feeds.dates.normalisation import lower, normalise_with_offsets
from feeds.dates.relative_search import Search, likely_spans
from feeds.dates.resolution import local_now
from feeds.dates.stamp import Basis, Found, Match, Prefer
from feeds.errors import DateError


def find_dates(text: str, *, now: datetime | None, tz: tzinfo, prefer: Prefer = "past") -> list[Match]:
    """The dates in a text, in its order; impossible ones and, without `now`, relative ones are left out.

    Offsets count in `text` as it was given. See `parse_date` for what `now`, `tz` and `prefer` mean.
    """
    clean, offsets = normalise_with_offsets(text)
    matches = []
    for found in candidates(clean, Basis(now, tz, prefer), prose=True):
        if isinstance(found, DateError):
            continue
        start, end, stamp, label, *_ = found
        if offsets is not None:
            start, end = offsets[start], offsets[end]
        matches.append(Match(start, end, text[start:end], stamp, label))
    return matches


def candidates(text: str, basis: Basis, *, prose: bool) -> list[Found | DateError]:
    """The dates of normalised text in its order, and an error for each that is impossible.

    `prose` asks more of weak forms, and looks for relative dates only where running text is likely to have some.
    """
    lowered = lower(text)
    found: list[Found | DateError] = []
    gaps: list[tuple[int, int]] = []
    clocks: list[int] = []
    low = at = 0
    while (match := DATE.search(text, at)) is not None:
        at = match.end("n")
        if match.lastgroup == "clock":
            clocks.append(match.start())
            continue
        try:
            one = read_day(text, match, low, basis, prose=prose)
        except DateError as error:
            gaps.append((low, match.start()))
            found.append(error.with_traceback(None))
            low = at = match.end()
            continue
        if one is not None:
            gaps.append((low, one.reach))
            found.append(one)
            low = at = one.end
    gaps.append((low, len(text)))
    spans = likely_spans(lowered, clocks) if prose else [(0, len(text))]
    if not spans:
        return found
    # Its patterns take as long to build as a thousand pages to read, and most runs need none of them.
    from feeds.dates.relative import relative_dates

    now = None if basis.now is None else local_now(basis, text)
    search = Search(text, lowered, now, basis.tz, basis.prefer, prose)
    merged: list[Found | DateError] = []
    number = 0
    for gap, date_in_digits in zip_longest(gaps, found):
        search.low, search.high = gap
        while number < len(spans):
            start, stop = spans[number]
            if start >= search.high:
                break
            if stop > search.low:
                merged += relative_dates(search, max(start, search.low), min(stop, search.high))
            if stop > search.high:
                break
            number += 1
        if date_in_digits is not None:
            merged.append(date_in_digits)
    return merged
