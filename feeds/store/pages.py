"""The pages of ours that sitemaps list: those of articles without an original elsewhere. Reads only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, func, select

from feeds.store import schema

_articles = schema.articles
_MONTH = func.strftime("%Y-%m", _articles.c.published, "unixepoch")


@dataclass(frozen=True, slots=True)
class StoredPage:
    """An article's page, as sitemaps list it. Instants are seconds since 1970."""

    path: str
    published: int
    changed: int
    headline: str
    language: str | None


def list_pages(connection: Connection, month: str | None, *, start: int, limit: int) -> Iterator[StoredPage]:
    """The articles whose canonical page is ours, by path; those published in a month ("2024-06", UTC) or of all."""
    query = _canonical()
    if month is not None:
        first = datetime.fromisoformat(f"{month}-01T00:00:00Z")
        following = (first + timedelta(days=31)).replace(day=1)
        query = query.where(_articles.c.published >= first.timestamp(), _articles.c.published < following.timestamp())
    for row in connection.execute(query.order_by(_articles.c.path).offset(start).limit(limit)):
        yield StoredPage(*row)


def count_pages(connection: Connection) -> int:
    """How many articles have a canonical page of ours."""
    query = select(func.count()).where(_articles.c.canonical == 1, _articles.c.withdrawn == 0)
    return connection.scalar(query) or 0


def list_page_months(connection: Connection) -> dict[str, int]:
    """How many articles with a canonical page of ours were published in each month ("2024-06", UTC)."""
    query = select(_MONTH, func.count()).where(_articles.c.canonical == 1, _articles.c.withdrawn == 0)
    return {row[0]: row[1] for row in connection.execute(query.group_by(_MONTH))}


def find_news(connection: Connection, since: int, *, limit: int) -> list[StoredPage]:
    """The articles whose canonical page is ours that were published since an instant, newest first."""
    query = _canonical().where(_articles.c.published >= since).order_by(_articles.c.published.desc(), _articles.c.path)
    return [StoredPage(*row) for row in connection.execute(query.limit(limit))]


def find_oldest_news(connection: Connection, since: int) -> int | None:
    """When the first of the articles was published that `find_news` gives; None where there is none."""
    news = _canonical().where(_articles.c.published >= since).subquery()
    oldest: int | None = connection.scalar(select(func.min(news.c.published)))
    return oldest


def _canonical() -> Select[*tuple[Any, ...]]:
    names = ("path", "published", "changed", "headline", "language")
    query = select(*[_articles.c[name] for name in names])
    return query.where(_articles.c.canonical == 1, _articles.c.withdrawn == 0)
