"""Sitemaps (sitemaps.org 0.9): pages of our own that are canonical, by month where they are many; news of two days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from feeds.config import Config
from feeds.ingest.instants import to_datetime
from feeds.render.sitemap import NewsItem, render_news_sitemap, render_sitemap, render_sitemap_index
from feeds.site.documents import absolute
from feeds.site.routes import NEWS_SITEMAP, SITEMAP, SITEMAPS
from feeds.store.shelf import StoredPage, find_news, list_page_months, list_pages

MAX_PAGES = 50_000
"""Addresses in one sitemap; beyond it there is an index of one a month (sitemaps.org)."""
MAX_NEWS = 1000
NEWS_AGE = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Sitemaps:
    """Makes the sitemaps. `folders` are the pages that are no articles; `now` is in seconds since 1970."""

    connection: Connection
    config: Config
    folders: tuple[str, ...]
    now: int

    def paths(self) -> Iterator[str]:
        """The paths of the sitemaps by month; none where one sitemap holds all."""
        months = list_page_months(self.connection)
        if sum(months.values()) + len(self.folders) > MAX_PAGES:
            yield from (f"{SITEMAPS}{month}.xml" for month in sorted(months))

    def render(self, path: str) -> bytes | None:
        """The sitemap at a path, or None where there is none."""
        if path == NEWS_SITEMAP:
            return self._render_news()
        months = list(self.paths())
        if path != SITEMAP:
            month = path.removeprefix(SITEMAPS).removesuffix(".xml")
            return self._render_pages(month, ()) if path in months else None
        if months:
            return render_sitemap_index(absolute(self.config, path) for path in months)
        return self._render_pages(None, self.folders)

    def _render_pages(self, month: str | None, folders: tuple[str, ...]) -> bytes:
        pages = [(absolute(self.config, folder), None) for folder in folders]
        articles = [
            (absolute(self.config, page.path), to_datetime(page.changed)) for page in list_pages(self.connection, month)
        ]
        return render_sitemap([*pages, *articles])

    def _render_news(self) -> bytes:
        since = self.now - int(NEWS_AGE.total_seconds())
        return render_news_sitemap(self._item(page) for page in find_news(self.connection, since, limit=MAX_NEWS))

    def _item(self, page: StoredPage) -> NewsItem:
        site = self.config.site
        return NewsItem(
            url=absolute(self.config, page.path),
            publication=site.title,
            language=page.language or site.language,
            published=to_datetime(page.published),
            title=page.headline,
        )
