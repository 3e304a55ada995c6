"""Queries for articles, by the path of their page. Reads only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Select, select

from feeds.store import schema
from feeds.store.packing import unpack_record
from feeds.store.rows import ask

_articles, _entries = schema.articles, schema.entries
BATCH = 200
"""Articles with their texts that are read at once."""


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
    row = connection.execute(_select_articles().where(_articles.c.path == path)).first()
    return None if row is None else StoredArticle(*row)


def find_article_in(connection: Connection, folder: str) -> StoredArticle | None:
    """The article whose page is in a folder such as "/artikel/<key>/", whatever its slug, or None."""
    query = _select_articles().where(_articles.c.path >= folder)
    row = connection.execute(query.order_by(_articles.c.path).limit(1)).first()
    return StoredArticle(*row) if row is not None and str(row.path).startswith(folder) else None


def find_corrected(connection: Connection, *, limit: int) -> list[StoredArticle]:
    """The articles that were last corrected or withdrawn, newest first."""
    query = _select_articles().where(_articles.c.corrected > 0, _articles.c.buried == 0)
    query = query.order_by(_articles.c.corrected.desc(), _articles.c.path)
    return [StoredArticle(*row) for row in connection.execute(query.limit(limit))]


def list_article_paths(connection: Connection) -> Iterator[str]:
    """Paths of the pages of all articles that have one, in order of arrival."""
    query = select(_articles.c.path).where(_articles.c.seed.is_not(None)).order_by(_articles.c.number)
    yield from connection.scalars(query)


def list_stale_articles(connection: Connection) -> Iterator[StoredArticle]:
    """The articles whose page must be rendered again, in order of arrival, read in batches."""
    number = 0
    query = _select_articles(_articles.c.number)
    query = query.where(_articles.c.seed.is_not(None), _articles.c.stale == 1).order_by(_articles.c.number)
    while rows := connection.execute(query.where(_articles.c.number > number).limit(BATCH)).all():
        number = rows[-1][0]
        for row in rows:
            yield StoredArticle(*row[1:])


def count_stale_articles(connection: Connection) -> int:
    """How many articles have a page that must be rendered again."""
    count: int = ask(connection, "SELECT count(*) FROM articles WHERE seed IS NOT NULL AND stale = 1").scalar_one()
    return count


def _select_articles(*columns: Any) -> Select[*tuple[Any, ...]]:
    """Rows for StoredArticle, after these columns."""
    own = (_articles.c[name] for name in ("id", "path", "line", "withdrawn", "category", "headline", "summary"))
    return select(*columns, *own, _entries.c.packed).outerjoin(_entries, _entries.c.article == _articles.c.id)
