"""What became of articles that a feed doesn't show: still there, moved, withdrawn, removed. Reads only."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal

from feeds.store.feeds import ALL
from feeds.store.identities import Identity, parse_identity
from feeds.store.packing import unpack_record
from feeds.store.rows import Connection, ask, ask_value, ask_values

Standing = Literal["here", "left", "withdrawn", "removed"]


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An article that is withdrawn, or will be when its file is back. `headline` is None where it is not known."""

    identity: Identity
    headline: str | None


def find_standing(connection: Connection, key: str, name: str) -> Standing | None:
    """What became of the article with this id, or guid, in a feed; None where it never had a place there.

    "here": it belongs there, newer ones have its place; "left": it is in another; "withdrawn" by a notice or an order;
    "removed": it is nowhere any more.
    """
    query = """
        SELECT seed, line, current FROM articles JOIN places ON places.article = articles.id AND feed = :key
        WHERE articles.id = :id
    """
    row = ask(connection, query, key=key, id=find_id(connection, name)).fetchone()
    if row is None:
        return None
    if row.current:
        return "here"
    identity = parse_identity(row.line)
    if identity.order is not None or identity.buried is not None:
        return "withdrawn"
    return "left" if row.seed is not None else "removed"


def find_id(connection: Connection, name: str) -> str | None:
    """The id of the article that is known by this id, or by this guid where none is; None for an unknown one."""
    for query in ("SELECT id FROM articles WHERE id = :name", "SELECT id FROM articles WHERE guid = :name"):
        if (found := ask_value(connection, query, name=name)) is not None:
            return str(found)
    return None


def list_removed(connection: Connection, *, since: int) -> set[str]:
    """The ids of the articles that went from all feeds at this instant or later, were there before, and by no order."""
    query = "SELECT line FROM articles JOIN places ON article = articles.id WHERE feed = :feed AND gone >= :since"
    lines = ask_values(connection, query, feed=ALL, since=since)
    return {each.id for each in map(parse_identity, lines) if each.order is None and each.seen < since}


def find_headline(connection: Connection, identifier: str) -> str | None:
    """The headline of an article, even of a withdrawn one; None where the library doesn't know it (any more)."""
    packed = ask_value(connection, "SELECT packed FROM entries WHERE article = :id", id=identifier)
    return None if packed is None else _read_headline(packed)


def list_withdrawn(connection: Connection) -> list[Withdrawal]:
    """The articles that are withdrawn by an order or by their file, the last first; those that only wait for it last.

    Those too whose notice has become a tombstone.
    """
    query = "SELECT number, line, packed FROM articles LEFT JOIN entries ON article = articles.id WHERE "
    # Two queries, each answered by an index: with OR, or with ORDER BY, SQLite would look at all articles. The second
    # reads only those lines of articles without a seed, which may be most, that have the word in them.
    rows = [
        *ask(connection, query + "withdrawn > 0"),
        *ask(connection, query + "seed IS NULL AND instr(line, '\"withdraw')"),
    ]
    found = [
        Withdrawal(identity, None if row.packed is None else _read_headline(row.packed))
        for row in sorted(rows, key=lambda row: row.number)
        if (identity := parse_identity(row.line)).withdrawn is not None or identity.order == "withdraw"
    ]
    return sorted(found, key=lambda each: each.identity.withdrawn or 0, reverse=True)


def _read_headline(packed: bytes) -> str | None:
    """None for a notice whose file is gone: only the ledger knows of it, and that holds no headlines."""
    record = unpack_record(packed)
    headline: str | None = json.loads(record).get("headline") if record else None
    return headline
