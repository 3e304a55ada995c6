"""What the site asks of the library: feeds, the newest entries of one, an article by its path. Reads only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Connection, func, select

from feeds.store import schema

_articles, _feeds, _documents = schema.articles, schema.feeds, schema.documents
ALL = "/"
"""Key of the feed of all articles. No category's slug can be equal to it."""


@dataclass(frozen=True, slots=True)
class StoredFeed:
    """A feed of the library. `removed` is the newest instant (seconds since 1970) at which an entry left it, or 0."""

    key: str
    id: str
    slug: str
    label: str
    removed: int
    stale: bool

    def as_stale(self) -> StoredFeed:
        """The feed, marked to be rendered anew."""
        return replace(self, stale=True)


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """An entry of a feed in one format: its bytes, its size in the largest format, the instant of its last change."""

    size: int
    changed: int
    body: bytes


@dataclass(frozen=True, slots=True)
class StoredHeadline:
    """An article as lists of pages show it. `record` is the JSON of feeds.article.dump_article."""

    path: str
    headline: str
    summary: str
    category: str
    record: str


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article by its path. Without `record` it is gone: only the ledger knows it."""

    id: str
    path: str
    line: str
    withdrawn: bool
    category: str | None
    headline: str | None
    summary: str | None
    record: str | None


def load_feeds(connection: Connection) -> dict[str, StoredFeed]:
    """All feeds by key, that of all articles first, then by slug."""
    columns = (_feeds.c.key, _feeds.c.id, _feeds.c.slug, _feeds.c.label, _feeds.c.removed, _feeds.c.stale)
    rows = connection.execute(select(*columns).order_by(_feeds.c.slug))
    return {row.key: StoredFeed(*row[:5], stale=bool(row.stale)) for row in rows}


def find_entries(connection: Connection, key: str, form: str, *, limit: int) -> Iterator[StoredEntry]:
    """The newest entries of a feed in a format ("atom", "rss", "json"), newest first."""
    columns = (_articles.c.size, _articles.c.changed, _articles.c[form])
    for row in connection.execute(select(*columns).where(_in_feed(key)).order_by(*_NEWEST).limit(limit)):
        yield StoredEntry(row[0], row[1], row[2])


def find_headlines(connection: Connection, key: str, *, limit: int) -> list[StoredHeadline]:
    """The newest articles of a feed as pages list them; withdrawn ones are not among them."""
    names = ("path", "headline", "summary", "category", "record")
    query = select(*[_articles.c[name] for name in names]).where(_in_feed(key), _articles.c.withdrawn == 0)
    return [StoredHeadline(*row) for row in connection.execute(query.order_by(*_NEWEST).limit(limit))]


def count_articles(connection: Connection) -> dict[str, int]:
    """How many articles each feed has, by its key; withdrawn ones don't count."""
    query = select(_articles.c.category, func.count()).where(_articles.c.seed.is_not(None), _articles.c.withdrawn == 0)
    counts: dict[str, int] = {row[0]: row[1] for row in connection.execute(query.group_by(_articles.c.category))}
    return {ALL: sum(counts.values()), **counts}


def find_article(connection: Connection, path: str) -> StoredArticle | None:
    """The article whose page has this path, or None."""
    names = ("id", "path", "line", "withdrawn", "category", "headline", "summary", "record")
    row = connection.execute(select(*[_articles.c[name] for name in names]).where(_articles.c.path == path)).first()
    return None if row is None else StoredArticle(row[0], row[1], row[2], bool(row[3]), *row[4:8])


def list_article_paths(connection: Connection, *, stale_only: bool = False) -> Iterator[str]:
    """Paths of the pages of all articles that have one, in order of arrival."""
    query = select(_articles.c.path).where(_articles.c.seed.is_not(None)).order_by(_articles.c.number)
    if stale_only:
        query = query.where(_articles.c.stale == 1)
    yield from connection.scalars(query)


def list_article_changes(connection: Connection) -> Iterator[tuple[str, int]]:
    """Path and last change (seconds since 1970) of every article that is not withdrawn, by path."""
    query = select(_articles.c.path, _articles.c.changed).where(
        _articles.c.seed.is_not(None), _articles.c.withdrawn == 0
    )
    for row in connection.execute(query.order_by(_articles.c.path)):
        yield row[0], row[1]


def find_document(connection: Connection, path: str) -> tuple[str, int] | None:
    """Digest and instant of the last change of the bytes behind a path, or None where none is recorded."""
    row = connection.execute(select(_documents.c.digest, _documents.c.changed).where(_documents.c.path == path)).first()
    return None if row is None else (row[0], row[1])


def list_digests(connection: Connection) -> dict[str, str]:
    """Digest of the bytes behind each path, as last recorded."""
    rows = connection.execute(select(_documents.c.path, _documents.c.digest))
    return {row[0]: row[1] for row in rows}


_NEWEST = (_articles.c.published.desc(), _articles.c.number.desc())


def _in_feed(key: str) -> ColumnElement[bool]:
    return _articles.c.seed.is_not(None) if key == ALL else _articles.c.category == key
