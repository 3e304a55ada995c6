"""Which articles have a natural key, as the ledger says.

Several may have one: reports that begin alike, or texts of which one had the other's address by mistake.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import Final

from sqlalchemy import Connection

from feeds.ingest.identity import MAX_HOLDERS
from feeds.ingest.work import Work, batches
from feeds.store import Identity, ask

_ADD: Final = """
    INSERT INTO aliases SELECT :key, :article
    WHERE (SELECT count(*) FROM (SELECT 1 FROM aliases WHERE key = :key LIMIT :most)) < :most
    ON CONFLICT DO NOTHING
"""


def add_aliases(connection: Connection, identities: Iterable[Identity]) -> None:
    """Note the natural keys of articles. Of a standing phrase, no more articles are noted than show that it is one."""
    most = MAX_HOLDERS + 1
    rows = [{"key": key, "article": identity.id, "most": most} for identity in identities for key in identity.keys]
    if rows:
        connection.exec_driver_sql(_ADD, rows)


def find_holders(work: Work, keys: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For each of the keys that articles have: their ids, in order of arrival."""
    query = """
        SELECT key, article FROM aliases JOIN articles ON articles.id = aliases.article
        WHERE key IN :keys ORDER BY key, number
    """
    found: dict[str, tuple[str, ...]] = {}
    for batch in batches(keys):
        for key, rows in groupby(ask(work.connection, query, keys=batch), key=attrgetter("key")):
            found[key] = tuple(row.article for row in rows)
    return found
