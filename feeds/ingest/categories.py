"""Which feed an article's category is: labels of pages and settings -> feeds of the library, made where new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, select, update

from feeds.article import Article
from feeds.config import Category, Config, Source
from feeds.ingest.identity import mint_uuid
from feeds.store import FeedIdentity, schema
from feeds.store.shelf import ALL
from feeds.text import digest, load_catalogue, slugify


@dataclass(slots=True)
class FeedRow:
    """A feed while an ingest runs. `places` counts the entries of its sequence; `stale`: it must be rendered."""

    key: str
    id: str
    slug: str
    label: str
    places: int
    removed: int
    stale: bool


class Categories:
    """The feeds of the library, by key and by label; remembers what changed until `save`. `known` are a ledger's."""

    def __init__(
        self, connection: Connection, config: Config, namespace: str, *, known: Iterable[FeedIdentity] = ()
    ) -> None:
        self._config = config
        self._namespace = namespace
        self._catalogue = load_catalogue(config.site.language)
        self.feeds: dict[str, FeedRow] = {
            row.key: FeedRow(row.key, row.id, row.slug, row.label, row.last_place, row.removed, bool(row.stale))
            for row in connection.execute(select(schema.feeds))
        }
        self._known = set(self.feeds)
        for feed in known:
            self.feeds[feed.key] = FeedRow(feed.key, feed.id, feed.slug, feed.slug, 0, 0, stale=True)
        self._settings = {_fold(category.label): category for category in config.categories}
        self._by_slug = {feed.slug: feed for feed in self.feeds.values()}
        if ALL not in self.feeds:
            self._add(ALL, "", "")
        self._rename()
        for category in config.categories:
            self.find(category.label)

    def find(self, label: str) -> FeedRow:
        """The feed of a category as pages print it, made where it is new."""
        setting = self._settings.get(_fold(label))
        slug = (setting and setting.slug) or self._slug(label)
        feed = self._by_slug.get(slug)
        return feed or self._add(slug, slug, setting.label if setting else label)

    def label_of(self, article: Article, source: Source | None, sections: Mapping[str, str]) -> str:
        """The category of an article: its page's, its source's, its address's section's, or the site's fallback."""
        if article.category:
            return article.category
        section = urlsplit(article.url or "").path.strip("/").partition("/")[0]
        named = source.sections.get(section) if source else None
        return named or sections.get(section) or (source and source.category) or self._config.site.fallback_category

    def setting(self, feed: FeedRow) -> Category | None:
        """The `[[categories]]` table of a feed, or None."""
        return self._settings.get(_fold(feed.label))

    def save(self, connection: Connection) -> None:
        """Write all feeds."""
        new = [self._row(feed) for key, feed in self.feeds.items() if key not in self._known]
        if new:
            connection.execute(schema.feeds.insert(), new)
        for key in self._known:
            row = self._row(self.feeds[key])
            connection.execute(update(schema.feeds).where(schema.feeds.c.key == key).values(row))
        self._known = set(self.feeds)

    def identities(self) -> list[FeedIdentity]:
        """The feeds as the ledger keeps them, sorted by key."""
        return [FeedIdentity(feed.key, feed.id, feed.slug) for _, feed in sorted(self.feeds.items())]

    def _rename(self) -> None:
        """Give a feed its category's new slug where `was` names the old one; its key and id stay."""
        for category in self._config.categories:
            slug = category.slug or slugify(category.label)
            for old in category.was:
                feed = self._by_slug.get(old)
                if feed is not None and slug not in self._by_slug:
                    del self._by_slug[old]
                    feed.slug, feed.label, feed.stale = slug, category.label, True
                    self._by_slug[slug] = feed

    def _add(self, key: str, slug: str, label: str) -> FeedRow:
        while key in self.feeds:
            # The key is that of a feed that has been renamed since.
            key += "-2"
        feed = FeedRow(key, mint_uuid(self._namespace, f"feed:{key}"), slug, label, 0, 0, stale=True)
        self.feeds[key] = self._by_slug[slug] = feed
        return feed

    def _slug(self, label: str) -> str:
        slug = slugify(label) or digest(label)[:8]
        prefix = self._catalogue.paths["category_prefix"]
        return f"{prefix}-{slug}" if slug in self._catalogue.reserved else slug

    def _row(self, feed: FeedRow) -> dict[str, Any]:
        return {
            "key": feed.key,
            "id": feed.id,
            "slug": feed.slug,
            "label": feed.label,
            "last_place": feed.places,
            "removed": feed.removed,
            "stale": int(feed.stale),
        }


def _fold(label: str) -> str:
    return " ".join(label.casefold().split())
