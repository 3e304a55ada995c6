"""Articles' places in the sequences of feeds, as rows of the library."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from feeds.store import Identity, put_rows, schema
from feeds.store.feeds import ALL


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
        connection.exec_driver_sql("UPDATE archives SET stale = 1 WHERE feed = ? AND first <= ? AND last >= ?", places)
