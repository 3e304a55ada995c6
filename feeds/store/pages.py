"""The pages of ours that sitemaps list: those of articles without an original elsewhere. Reads only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from feeds.store.rows import Connection, ask, ask_value

_PAGES: Final = (
    "SELECT path, published, changed, headline, language FROM articles WHERE canonical = 1 AND withdrawn = 0 "
)
"""What a StoredPage is made of."""
_MONTHS: Final = """
    SELECT strftime('%Y-%m', published, 'unixepoch') AS month, count(*) AS number FROM articles
    WHERE canonical = 1 AND withdrawn = 0 GROUP BY month
"""


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
    query, span = _PAGES, {}
    if month is not None:
        first = datetime.fromisoformat(f"{month}-01T00:00:00Z")
        following = (first + timedelta(days=31)).replace(day=1)
        span = {"first": first.timestamp(), "following": following.timestamp()}
        query += "AND published >= :first AND published < :following "
    query += "ORDER BY path LIMIT :limit OFFSET :start"
    for row in ask(connection, query, start=start, limit=limit, **span):
        yield StoredPage(*row)


def count_pages(connection: Connection) -> int:
    """How many articles have a canonical page of ours."""
    return int(ask_value(connection, "SELECT count(*) FROM articles WHERE canonical = 1 AND withdrawn = 0"))


def list_page_months(connection: Connection) -> dict[str, int]:
    """How many articles with a canonical page of ours were published in each month ("2024-06", UTC)."""
    return {row.month: row.number for row in ask(connection, _MONTHS)}


def find_news(connection: Connection, since: int, *, limit: int) -> list[StoredPage]:
    """The articles whose canonical page is ours that were published since an instant, newest first."""
    query = _PAGES + "AND published >= :since ORDER BY published DESC, path LIMIT :limit"
    return [StoredPage(*row) for row in ask(connection, query, since=since, limit=limit)]


def find_oldest_news(connection: Connection, since: int) -> int | None:
    """When the first of the articles was published that `find_news` gives; None where there is none."""
    query = "SELECT min(published) FROM articles WHERE canonical = 1 AND withdrawn = 0 AND published >= :since"
    oldest: int | None = ask_value(connection, query, since=since)
    return oldest
