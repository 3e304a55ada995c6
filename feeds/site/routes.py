"""What a path is: a feed document, a page, a list, a file of the site's looks, a redirect. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from feeds.config import Config
from feeds.render.formats import BY_FILE_NAME, FORMATS
from feeds.store.shelf import ALL, StoredFeed
from feeds.text import Catalogue

Kind = Literal["index", "category", "article", "feed", "opml", "sitemap", "robots", "file", "redirect", "gone"]
OPML, SITEMAP, ROBOTS = "/feeds.opml", "/sitemap.xml", "/robots.txt"
STATIC = "/static/"
ALIASES = {
    "feed": "atom.xml", "rss": "rss.xml", "atom": "atom.xml", "index.xml": "rss.xml", "feed.xml": "rss.xml",
    "index.rdf": "rss.xml", "index.html": "",
}  # fmt: skip
"""Usual names of feeds in a feed's folder, and what they redirect to there."""


@dataclass(frozen=True, slots=True)
class Route:
    """What a path is. `feed` is the key of the feed it belongs to, `name` a format's or file's name or a target."""

    kind: Kind
    feed: str = ALL
    name: str = ""


class Routes:
    """The routes of a site with these feeds."""

    def __init__(
        self, config: Config, feeds: Mapping[str, StoredFeed], catalogue: Catalogue, files: frozenset[str]
    ) -> None:
        self._config = config
        self._feeds = feeds
        self._files = files
        self._article_folder = f"/{catalogue.paths['article']}/"
        self._keys = {folder_of(feed): key for key, feed in feeds.items()}
        self._moved = self._find_moved()
        self._removed = {
            folder_of(feed)
            for feed in feeds.values()
            if any(category.removed and category.label == feed.label for category in config.categories)
        }

    def list_fixed(self) -> Iterator[str]:
        """Every path but those of articles, in a fixed order: files first, pages before what they link to."""
        for name in sorted(self._files):
            yield STATIC + name
        for folder in self._keys:
            if folder not in self._removed:
                for each in FORMATS:
                    yield folder + each.file_name
                yield folder
        yield from (OPML, SITEMAP, ROBOTS)

    def list_redirects(self) -> dict[str, str]:
        """Old path -> new path or address: settings' own, and the folders of renamed categories."""
        return {**self._moved, **self._config.redirects}

    def is_removed(self, feed: StoredFeed) -> bool:
        """Whether a feed's category is no longer published."""
        return folder_of(feed) in self._removed

    def find(self, path: str) -> Route | None:
        """What a path is, or None. For an article's page it says only that it looks like one."""
        if (target := self._config.redirects.get(path)) is not None:
            return Route("redirect", name=target)
        if path in {OPML, SITEMAP, ROBOTS}:
            return Route({OPML: "opml", SITEMAP: "sitemap", ROBOTS: "robots"}[path])  # type: ignore[arg-type]
        if path.startswith(STATIC) and path.removeprefix(STATIC) in self._files:
            return Route("file", name=path.removeprefix(STATIC))
        if path.startswith(self._article_folder) and path.endswith("/"):
            return Route("article")
        folder, _, name = path.rpartition("/")
        folder += "/"
        if (new := self._moved.get(folder)) is not None:
            return Route("redirect", name=new + name)
        if (key := self._keys.get(folder)) is not None:
            return self._find_in_folder(folder, key, name)
        if f"{path}/" in self._keys or f"{path}/" in self._moved or path.startswith(self._article_folder):
            return Route("redirect", name=f"{path}/")
        return None

    def _find_in_folder(self, folder: str, key: str, name: str) -> Route | None:
        known = not name or name in BY_FILE_NAME
        if folder in self._removed:
            return Route("gone", key) if known or name in ALIASES else None
        if known:
            if name:
                return Route("feed", key, BY_FILE_NAME[name].name)
            return Route("index") if key == ALL else Route("category", key)
        if name in ALIASES:
            return Route("redirect", key, folder + ALIASES[name])
        return Route("redirect", key, f"{folder}{name}/") if f"{folder}{name}/" in self._keys else None

    def _find_moved(self) -> dict[str, str]:
        """Folder of a renamed category -> its folder now."""
        by_slug = {feed.slug: folder_of(feed) for feed in self._feeds.values()}
        by_label = {feed.label: folder_of(feed) for feed in self._feeds.values()}
        return {
            f"/{old}/": by_label[category.label]
            for category in self._config.categories
            if category.label in by_label
            for old in category.was
            if old not in by_slug
        }


def folder_of(feed: StoredFeed) -> str:
    """The folder of a feed's documents and page, as a path: "/" or "/politik/"."""
    return f"/{feed.slug}/" if feed.slug else "/"
