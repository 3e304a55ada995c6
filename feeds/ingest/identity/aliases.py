"""What the ledger says: which articles have a natural key, and what is known of an article.

Several may have one: reports that begin alike, or texts of which one had the other's address by mistake.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import Final

from sqlalchemy import Connection

from feeds.ingest.identity.groups import MAX_HOLDERS
from feeds.ingest.work import Work, batches
from feeds.store import Identity, add_rows, ask, parse_identity, schema

_HOLDERS: Final = """
    SELECT asked.value AS key, articles.id AS article FROM json_each(:keys) AS asked
    JOIN articles ON articles.id IN (SELECT article FROM aliases WHERE key = asked.value LIMIT :most)
    ORDER BY asked.value, number
"""


def add_aliases(connection: Connection, identities: Iterable[Identity]) -> None:
    """Note the natural keys of articles."""
    rows = [{"key": key, "article": identity.id} for identity in identities for key in identity.keys]
    add_rows(connection, schema.aliases, rows)


def find_holders(work: Work, keys: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For each of the keys that articles have: their ids, in order of arrival; of many, MAX_HOLDERS + 1."""
    found: dict[str, tuple[str, ...]] = {}
    for batch in batches(keys):
        asked = json.dumps(sorted(set(batch)))
        for key, rows in groupby(
            ask(work.connection, _HOLDERS, keys=asked, most=MAX_HOLDERS + 1), key=attrgetter("key")
        ):
            found[key] = tuple(row.article for row in rows)
    return found


def load_identities(work: Work, identifiers: Iterable[str]) -> list[Identity]:
    """What the ledger knows of these articles."""
    found: list[Identity] = []
    for batch in batches(identifiers):
        lines = ask(work.connection, "SELECT line FROM articles WHERE id IN :ids", ids=batch)
        found += map(parse_identity, lines.scalars())
    return found
