"""Queries for articles, by the path of their page. Reads only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from feeds.store.packing import unpack_record
from feeds.store.rows import BATCH, Connection, ask, ask_value, iterate_tuples

_ARTICLES: Final = """
    SELECT number, id, path, line, withdrawn, category, headline, summary, packed
    FROM articles LEFT JOIN entries ON entries.article = articles.id
"""
"""What a StoredArticle is made of, after its number in order of arrival."""


@dataclass(frozen=True)
class StoredArticle:
    """An article by its path. What is not `packed` is gone: only the ledger knows it. `withdrawn` is when, or 0."""

    id: str
    path: str
    line: str
    withdrawn: int
    category: str | None
    headline: str | None
    summary: str | None
    packed: bytes | None

    @cached_property
    def record(self) -> str | None:
        """The JSON of feeds.article.dump_article, unpacked when it is needed: for a page, by whoever renders it."""
        return None if self.packed is None else unpack_record(self.packed)


def find_article(connection: Connection, path: str) -> StoredArticle | None:
    """The article whose page has this path, or None."""
    row = ask(connection, _ARTICLES + "WHERE path = :path", path=path).fetchone()
    return None if row is None else StoredArticle(*row[1:])


def find_article_in(connection: Connection, folder: str) -> StoredArticle | None:
    """The article whose page is in a folder such as "/artikel/<key>/", whatever its slug, or None."""
    row = ask(connection, _ARTICLES + "WHERE path >= :folder ORDER BY path LIMIT 1", folder=folder).fetchone()
    return StoredArticle(*row[1:]) if row is not None and str(row.path).startswith(folder) else None


def find_corrected(connection: Connection, *, limit: int) -> list[StoredArticle]:
    """The articles that were last corrected or withdrawn, newest first."""
    query = _ARTICLES + "WHERE corrected > 0 AND buried = 0 ORDER BY corrected DESC, path LIMIT :limit"
    return [StoredArticle(*row[1:]) for row in ask(connection, query, limit=limit)]


def list_article_paths(connection: Connection) -> Iterator[str]:
    """Paths of the pages of all articles that have one, in order of arrival."""
    for rows in iterate_tuples(connection, "SELECT path FROM articles WHERE seed IS NOT NULL ORDER BY number"):
        yield from (path for (path,) in rows)


def list_stale_articles(connection: Connection) -> Iterator[StoredArticle]:
    """The articles whose page must be rendered again, in order of arrival, read in batches."""
    query = _ARTICLES + "WHERE seed IS NOT NULL AND stale = 1 AND number > :number ORDER BY number LIMIT :most"
    number = 0
    while rows := ask(connection, query, number=number, most=BATCH).fetchall():
        number = rows[-1].number
        for row in rows:
            yield StoredArticle(*row[1:])


def count_stale_articles(connection: Connection) -> int:
    """How many articles have a page that must be rendered again."""
    return int(ask_value(connection, "SELECT count(*) FROM articles WHERE seed IS NOT NULL AND stale = 1"))
