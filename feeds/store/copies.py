"""Near-copies across sources, as pages and the command line show them. Reads only."""

from __future__ import annotations

import json
from dataclasses import dataclass

from feeds.store.packing import unpack_record
from feeds.store.rows import Connection, ask
from feeds.text import name_host

_END = "SELECT headline, path, seed, packed FROM articles JOIN entries ON article = articles.id WHERE articles.id = :id"


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
    pairs = ask(connection, "SELECT one, other FROM copies WHERE one = :id OR other = :id", id=article)
    ends = _load_ends(connection, {end for pair in pairs for end in pair if end != article})
    return sorted(ends.values(), key=lambda end: (end.publisher, end.path))


def list_copies(connection: Connection) -> list[StoredCopy]:
    """All pairs, the most alike first."""
    rows = ask(connection, "SELECT * FROM copies ORDER BY likeness DESC, one, other").fetchall()
    ends = _load_ends(connection, {end for row in rows for end in (row.one, row.other)})
    return [StoredCopy(ends[row.one], ends[row.other], row.likeness, row.passage) for row in rows]


def _load_ends(connection: Connection, identifiers: set[str]) -> dict[str, CopyEnd]:
    ends = {}
    for identifier in sorted(identifiers):
        row = ask(connection, _END, id=identifier).fetchone()
        record = json.loads(unpack_record(row.packed))
        publisher = name_host(record.get("url") or "") or record.get("source") or ""
        ends[identifier] = CopyEnd(row.headline or "", row.path, row.seed, publisher)
    return ends
