"""The natural keys of files that are not published: what ties them to others, though the ledger doesn't know them.

Those that an article refuses, and those of articles that rules withhold or that would break readers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import delete

from feeds.ingest.work import TEXT_STATES, Work, batches
from feeds.store import add_rows, ask, schema

_SEEDS = "SELECT article, state, natural_keys FROM seeds WHERE article IN :ids"
_claims = schema.claims


def add_claims(work: Work, keys: Iterable[tuple[str, str]]) -> None:
    """Note natural keys, each with the id of the article that the file which has it is of, or is refused by."""
    add_rows(work.connection, _claims, [{"key": key, "article": article} for key, article in keys])


def claim_keys(work: Work, identifiers: Iterable[str]) -> None:
    """Note the keys of the files of articles that are not published, and their ids, which an `id` may name."""
    for batch in batches(sorted(identifiers)):
        rows = [row for row in ask(work.connection, _SEEDS, ids=batch).all() if row.state in TEXT_STATES]
        keys = {(key, row.article) for row in rows for key in (*json.loads(row.natural_keys), f"id:{row.article}")}
        add_claims(work, sorted(keys))


def forget_claims(work: Work, identifiers: Iterable[str]) -> None:
    """Forget the keys of files of these articles, or refused by them, before these are grouped again."""
    for batch in batches(sorted(identifiers)):
        work.connection.execute(delete(_claims).where(_claims.c.article.in_(batch)))


def forget_all_claims(work: Work) -> None:
    """Forget the keys of all files, before all are grouped again."""
    work.connection.execute(delete(_claims))


def find_claimed(work: Work, articles: Iterable[str]) -> set[str]:
    """The natural keys of files of these articles, or refused by them, that were noted."""
    query = "SELECT key FROM claims WHERE article IN :ids"
    return {key for batch in batches(sorted(articles)) for key in ask(work.connection, query, ids=batch).scalars()}


def find_claimants(work: Work, keys: Iterable[str]) -> set[str]:
    """The articles whose files have one of these keys, or that refuse a file which has it, where that was noted."""
    query = "SELECT article FROM claims WHERE key IN :keys"
    return {each for batch in batches(sorted(keys)) for each in ask(work.connection, query, keys=batch).scalars()}
