"""Sitemaps (sitemaps.org 0.9) of our canonical pages, one a month where they are many, and of the news of two days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from feeds.config import Config
from feeds.dates.instants import to_datetime
from feeds.render.sitemap import NewsItem, render_news_sitemap, render_sitemap, render_sitemap_index
from feeds.site.names import absolute
from feeds.site.routes import NEWS_SITEMAP, SITEMAP, SITEMAPS
from feeds.store import Connection
from feeds.store.pages import StoredPage, count_pages, find_news, find_oldest_news, list_page_months, list_pages

MAX_PAGES = 50_000
"""Addresses in one sitemap (sitemaps.org)."""
MAX_ALONE = 1000
"""Up to this many addresses are in one sitemap; beyond, each month has one, with an index, so that few change."""
FOLDERS = "pages"
"""Name of the part that holds the pages of categories and lists."""
MAX_NEWS = 1000
NEWS_AGE = timedelta(days=2)


@dataclass(frozen=True)
class Sitemaps:
    """Makes the sitemaps. `folders` are the pages that are no articles; `now` is in seconds since 1970."""

    connection: Connection
    config: Config
    folders: tuple[str, ...]
    now: int

    def render(self, path: str) -> bytes | None:
        """The sitemap at a path, or None where there is none."""
        if path == NEWS_SITEMAP:
            return self._render_news()
        parts = self.parts
        if path != SITEMAP:
            return self._render_pages(parts[path]) if path in parts else None
        if parts:
            return render_sitemap_index(absolute(self.config, part) for part in parts)
        return self._render_pages(None)

    def find_end_of_news(self) -> datetime | None:
        """When the oldest article in the news sitemap gets too old for it; None where it is empty."""
        oldest = find_oldest_news(self.connection, self._find_start_of_news())
        return None if oldest is None else to_datetime(oldest) + NEWS_AGE + timedelta(seconds=1)

    def _find_start_of_news(self) -> int:
        return self.now - int(NEWS_AGE.total_seconds())

    @cached_property
    def parts(self) -> dict[str, tuple[str, int]]:
        """Path -> month and number of each part, the pages that are no articles first.

        Empty where one sitemap is enough, and where there are no pages.
        """
        if not self.config.output.pages or count_pages(self.connection) + len(self.folders) <= MAX_ALONE:
            return {}
        months = list_page_months(self.connection)
        parts = {f"{SITEMAPS}{FOLDERS}.xml": (FOLDERS, 0)}
        for month in sorted(months):
            for number in range(-(-months[month] // MAX_PAGES)):
                name = month if number == 0 else f"{month}-{number + 1}"
                parts[f"{SITEMAPS}{name}.xml"] = (month, number)
        return parts

    def _render_pages(self, part: tuple[str, int] | None) -> bytes:
        """The sitemap of a part, or of all."""
        month, number = part or (None, 0)
        folders = self.folders if month in {None, FOLDERS} else ()
        pages = [(absolute(self.config, folder), None) for folder in folders]
        if month == FOLDERS:
            return render_sitemap(pages)
        found = list_pages(self.connection, month, start=number * MAX_PAGES, limit=MAX_PAGES)
        return render_sitemap(
            [*pages, *((absolute(self.config, page.path), to_datetime(page.changed)) for page in found)]
        )

    def _render_news(self) -> bytes:
        pages = find_news(self.connection, self._find_start_of_news(), limit=MAX_NEWS)
        return render_news_sitemap(map(self._item, pages))

    def _item(self, page: StoredPage) -> NewsItem:
        site = self.config.site
        return NewsItem(
            url=absolute(self.config, page.path),
            publication=site.title,
            language=page.language or site.language,
            published=to_datetime(page.published),
            title=page.headline,
        )
