"""Near-copies across sources, as pages and the command line show them. Reads only."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Connection, or_, select

from feeds.store import schema
from feeds.store.packing import unpack_record
from feeds.text import name_host

_articles, _entries, _copies = schema.articles, schema.entries, schema.copies


@dataclass(frozen=True, slots=True)
class CopyEnd:
    """One of two near-copies. `publisher` is the host of its address, else the name of its source."""

    headline: str
    path: str
    seed: str
    publisher: str


@dataclass(frozen=True, slots=True)
class StoredCopy:
    """A pair: how alike the texts are (0 to 1), and a passage of both."""

    one: CopyEnd
    other: CopyEnd
    likeness: float
    passage: str


def find_partners(connection: Connection, article: str) -> list[CopyEnd]:
    """The near-copies of an article, by its id; in order of publisher and path."""
    mine = or_(_copies.c.one == article, _copies.c.other == article)
    pairs = connection.execute(select(_copies.c.one, _copies.c.other).where(mine)).all()
    ends = _load_ends(connection, {end for pair in pairs for end in pair if end != article})
    return sorted(ends.values(), key=lambda end: (end.publisher, end.path))


def list_copies(connection: Connection) -> list[StoredCopy]:
    """All pairs, the most alike first."""
    rows = connection.execute(select(_copies).order_by(_copies.c.likeness.desc(), _copies.c.one, _copies.c.other)).all()
    ends = _load_ends(connection, {end for row in rows for end in (row.one, row.other)})
    return [StoredCopy(ends[row.one], ends[row.other], row.likeness, row.passage) for row in rows]


def _load_ends(connection: Connection, identifiers: set[str]) -> dict[str, CopyEnd]:
    ends = {}
    for identifier in sorted(identifiers):
        columns = (*(_articles.c[name] for name in ("headline", "path", "seed")), _entries.c.packed)
        query = select(*columns).join(_entries, _entries.c.article == _articles.c.id)
        row = connection.execute(query.where(_articles.c.id == identifier)).one()
        record = json.loads(unpack_record(row.packed))
        publisher = name_host(record.get("url") or "") or record.get("source") or ""
        ends[identifier] = CopyEnd(row.headline or "", row.path, row.seed, publisher)
    return ends
