"""Where articles stand, in the library: their places in the sequences of feeds, and the months of sitemaps."""

from __future__ import annotations

from collections.abc import Iterable

from feeds.dates.instants import to_datetime
from feeds.ingest.work import Work
from feeds.store import Connection, Identity, ask_values, put_rows, read_fact, schema, write_fact
from feeds.store.feeds import ALL

STALE_MONTHS = "stale-months"
"""Name of the fact that holds the months whose sitemaps must be rendered again, as "2024-06 2024-07"."""


def write_places(connection: Connection, articles: Iterable[tuple[Identity, int | None]]) -> None:
    """Write every place of each article, given with the instant that it counts as published, or None without a text.

    A place that the article left stays in the sequence, for an archive document may hold it.
    """
    rows = [
        {
            "feed": key,
            "place": place,
            "article": identity.id,
            "published": published,
            "current": int(published is not None and key not in identity.left),
            "gone": None if published is not None else identity.left.get(ALL),
        }
        for identity, published in articles
        for key, place in identity.places.items()
    ]
    put_rows(connection, schema.places, rows)


def mark_archives(connection: Connection, articles: Iterable[Identity]) -> None:
    """Mark the archive documents stale that hold these articles."""
    places = [(key, place, place) for identity in articles for key, place in identity.places.items()]
    if places:
        connection.executemany("UPDATE archives SET stale = 1 WHERE feed = ? AND first <= ? AND last >= ?", places)


def note_months(work: Work, identifiers: Iterable[str]) -> None:
    """Note the months that articles of the library are in now."""
    query = "SELECT published FROM articles WHERE id IN :ids AND published IS NOT NULL"
    work.months.update(map(month_of, ask_values(work.connection, query, ids=list(identifiers))))


def save_months(work: Work) -> None:
    """Write the months that were noted, beside those that still wait."""
    waiting = (read_fact(work.connection, STALE_MONTHS) or "").split()
    write_fact(work.connection, STALE_MONTHS, " ".join(sorted({*waiting, *work.months})))


def month_of(published: int) -> str:
    """The month of an instant, as "2024-06", in UTC."""
    return to_datetime(published).isoformat()[:7]
