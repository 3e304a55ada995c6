"""Which articles have a natural key, and what is known of an article: what the ledger says.

Several may have one key: reports that begin alike, or texts of which one had the other's address by mistake. Claims are
the keys of files that are not published, which tie these to others, though the ledger doesn't know them: of those that
an article refuses, and of articles that rules withhold or that would break readers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import Final

from feeds.ingest.identity.groups import MAX_HOLDERS
from feeds.ingest.work import TEXT_STATES, Work
from feeds.store import Connection, Identity, add_rows, ask, ask_all, batches, parse_identity, render_identity, schema

_HOLDERS: Final = """
    SELECT asked.value AS key, articles.id AS article FROM json_each(:keys) AS asked
    JOIN articles ON articles.id IN (SELECT article FROM aliases WHERE key = asked.value LIMIT :most)
    ORDER BY asked.value, number
"""
_SEEDS: Final = "SELECT article, state, natural_keys FROM seeds WHERE article IN :ids"


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
    rows = ask_all(work.connection, "SELECT line FROM articles WHERE id IN :ids", ids=identifiers)
    return [parse_identity(row.line) for row in rows]


def rewrite_line(work: Work, identity: Identity) -> None:
    """Let the ledger say this of an article that it has."""
    work.rewrites = True
    query = "UPDATE articles SET line = :line WHERE id = :id"
    ask(work.connection, query, line=render_identity(identity), id=identity.id)


def add_claims(work: Work, keys: Iterable[tuple[str, str]]) -> None:
    """Note natural keys, each with the id of the article that the file which has it is of, or is refused by."""
    add_rows(work.connection, schema.claims, [{"key": key, "article": article} for key, article in keys])


def claim_keys(work: Work, identifiers: Iterable[str]) -> None:
    """Note the keys of the files of articles that are not published, and their ids, which an `id` may name."""
    for batch in batches(sorted(identifiers)):
        rows = [row for row in ask(work.connection, _SEEDS, ids=batch) if row.state in TEXT_STATES]
        keys = {(key, row.article) for row in rows for key in (*json.loads(row.natural_keys), f"id:{row.article}")}
        add_claims(work, sorted(keys))


def forget_claims(work: Work, identifiers: Iterable[str]) -> None:
    """Forget the keys of files of these articles, or refused by them, before these are grouped again."""
    for batch in batches(sorted(identifiers)):
        ask(work.connection, "DELETE FROM claims WHERE article IN :ids", ids=batch)


def forget_all_claims(work: Work) -> None:
    """Forget the keys of all files, before all are grouped again."""
    ask(work.connection, "DELETE FROM claims")


def find_claimed(work: Work, articles: Iterable[str]) -> set[str]:
    """The natural keys of files of these articles, or refused by them, that were noted."""
    query = "SELECT key FROM claims WHERE article IN :ids"
    return {row.key for row in ask_all(work.connection, query, ids=articles)}


def find_claimants(work: Work, keys: Iterable[str]) -> set[str]:
    """The articles whose files have one of these keys, or that refuse a file which has it, where that was noted."""
    query = "SELECT article FROM claims WHERE key IN :keys"
    return {row.article for row in ask_all(work.connection, query, keys=keys)}
