"""The months whose sitemaps an ingest made stale: each month has its own."""

from __future__ import annotations

from collections.abc import Iterable

from feeds.dates.instants import to_datetime
from feeds.ingest.work import Work
from feeds.store import ask, read_fact, write_fact

STALE_MONTHS = "stale-months"
"""Name of the fact that holds the months whose sitemaps must be rendered again, as "2024-06 2024-07"."""


def note_months(work: Work, identifiers: Iterable[str]) -> None:
    """Note the months that articles of the library are in now."""
    query = "SELECT published FROM articles WHERE id IN :ids AND published IS NOT NULL"
    work.months.update(map(month_of, ask(work.connection, query, ids=list(identifiers)).scalars()))


def save_months(work: Work) -> None:
    """Write the months that were noted, beside those that still wait."""
    waiting = (read_fact(work.connection, STALE_MONTHS) or "").split()
    write_fact(work.connection, STALE_MONTHS, " ".join(sorted({*waiting, *work.months})))


def month_of(published: int) -> str:
    """The month of an instant, as "2024-06", in UTC."""
    return to_datetime(published).isoformat()[:7]
