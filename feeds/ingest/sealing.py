"""Archives (RFC 5005 section 4): each feed's sequence is sealed into documents whose entries never change."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from feeds.errors import LedgerError, say_number
from feeds.ingest.work import Work
from feeds.store import add_rows, ask, schema
from feeds.store.feeds import StoredFeed, has_archives

MAX_EMPTY = 1_000
"""Archive documents of a feed that a ledger may have sealed after the last article that is known."""


def seal_archives(work: Work) -> None:
    """Seal what is full: this many entries as a feed holds, or a third of the byte budget.

    What is not sealed is in the subscription document; the budget holds two such thirds beside one entry.
    """
    for feed in work.feeds.by_key.values():
        if feed.stale and has_archives(work.config, feed.key):
            _seal(work, feed)


def restore_archives(work: Work) -> None:
    """Write the archives that are in the ledger into a library that was made again, all to be rendered.

    Raises LedgerError where far more is sealed than there are articles: as many documents would be rendered. Some may
    be empty, for a ledger that was cut has all lines of feeds and not all articles.
    """
    for feed in work.feeds.by_key.values():
        sealed = list(_list_documents(feed))
        if len(sealed) < feed.documents:
            raise LedgerError(
                f"{feed.documents:,} archive documents with {feed.sealed_through:,} entries are sealed in the feed "
                f"{feed.key!r}, which has {say_number(feed.places, 'article')}",
                path=str(work.config.library.ledger),
                text=f'"sealed": {json.dumps(feed.sealed)}',
                hint="restore the feed's line from version control",
            )
        add_rows(work.connection, schema.archives, sealed)


def _list_documents(feed: StoredFeed) -> Iterator[dict[str, Any]]:
    """The rows of a feed's archive documents, with no more than MAX_EMPTY after the last place of its sequence."""
    place = number = empty = 0
    for entries, documents in feed.sealed:
        for _ in range(documents):
            empty += place >= feed.places
            if empty > MAX_EMPTY:
                return
            number += 1
            yield _make_row(feed, number, place + 1, place + entries)
            place += entries


def _seal(work: Work, feed: StoredFeed) -> None:
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


def _close(work: Work, feed: StoredFeed, through: int, entries: int) -> int:
    feed.seal(entries)
    add_rows(work.connection, schema.archives, [_make_row(feed, feed.documents, through + 1, through + entries)])
    # The document before it gets its link to the next one.
    before = "UPDATE archives SET stale = 1 WHERE feed = :feed AND number = :number"
    ask(work.connection, before, feed=feed.key, number=feed.documents - 1)
    return through + entries


def _make_row(feed: StoredFeed, number: int, first: int, last: int) -> dict[str, Any]:
    return {"feed": feed.key, "number": number, "first": first, "last": last, "stale": 1}
