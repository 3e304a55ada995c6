"""Archives (RFC 5005 section 4): each feed's sequence is sealed into documents whose entries never change."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection
from sqlalchemy.dialects.sqlite import insert

from feeds.ingest.feedrows import FeedRow
from feeds.ingest.work import Work
from feeds.store import ask, schema
from feeds.store.shelf import has_archives

_archives = schema.archives


def seal_archives(work: Work) -> None:
    """Seal what is full: so many entries as a feed holds, or a third of the byte budget.

    What is not sealed stands in the subscription document; the budget holds two such thirds beside one entry.
    """
    for feed in work.feeds.by_key.values():
        if feed.stale and has_archives(work.config, feed.key):
            _seal(work, feed)


def write_archives(connection: Connection, feeds: Iterable[FeedRow]) -> None:
    """Write the archives that the ledger tells of into an empty library."""
    for feed in feeds:
        place = number = 0
        for entries, documents in feed.sealed:
            for _ in range(documents):
                number += 1
                _write(connection, feed, number, place + 1, place + entries)
                place += entries


def _seal(work: Work, feed: FeedRow) -> None:
    limit, max_bytes = work.config.feeds.entries, work.config.feeds.max_bytes
    through = feed.sealed_through
    query = """
        SELECT place, size FROM places JOIN articles ON articles.id = places.article
        WHERE feed = :feed AND place > :through ORDER BY place
    """
    full: list[int] = []
    entries = size = 0
    for row in ask(work.connection, query, feed=feed.key, through=through):
        if entries and size + (row.size or 0) > max_bytes // 3:
            full.append(entries)
            entries = size = 0
        entries, size = entries + 1, size + (row.size or 0)
        if entries == limit:
            full.append(entries)
            entries = size = 0
    if feed.documents == 0 and len(full) == 1:
        # A single archive document has no other to link to, which RFC 5005 section 4 wants of each.
        return
    for count in full:
        through = _close(work, feed, through, count)


def _close(work: Work, feed: FeedRow, through: int, entries: int) -> int:
    feed.seal(entries)
    _write(work.connection, feed, feed.documents, through + 1, through + entries)
    # The document before it gets its link to the next one.
    before = (_archives.c.feed == feed.key) & (_archives.c.number == feed.documents - 1)
    work.connection.execute(_archives.update().where(before).values(stale=1))
    return through + entries


def _write(connection: Connection, feed: FeedRow, number: int, first: int, last: int) -> None:
    row = {"feed": feed.key, "number": number, "first": first, "last": last, "stale": 1}
    connection.execute(insert(_archives).values(row))
