"""Routing: what a path is (a feed document, a page, a list, a static file, a redirect). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import quote, unquote

from feeds.config import Config, list_bare_redirects
from feeds.feed import FormatName
from feeds.render import opml
from feeds.render.formats import BY_FILE_NAME, FORMATS
from feeds.store.feeds import ALL, StoredFeed, has_archives
from feeds.text import Catalogue

Kind = Literal[
    "index", "category", "article", "feed", "archive", "archive_page", "opml", "sitemap", "robots", "file", "message",
    "redirect", "gone",
]  # fmt: skip
OPML, ROBOTS = f"/{opml.FILE_NAME}", "/robots.txt"
SITEMAP, NEWS_SITEMAP, SITEMAPS = "/sitemap.xml", "/news-sitemap.xml", "/sitemap/"
STATIC = "/static/"
MISSING, GONE = "/404.html", "/410.html"
MESSAGES = (MISSING, GONE)
"""The pages that static hosts show, by these names, in place of one that isn't there, or not any more."""
_NUMBER = re.compile("[1-9][0-9]{0,9}")
"""The number of an archive document as its path has it; a request may have thousands of digits there."""
_LISTS: dict[str, Kind] = {OPML: "opml", ROBOTS: "robots", SITEMAP: "sitemap", NEWS_SITEMAP: "sitemap"}
_PAGELESS: Final = (OPML, ROBOTS)
"""The lists of a site without pages."""
ALIASES = {
    "feed": "atom.xml", "rss": "rss.xml", "atom": "atom.xml", "index.xml": "rss.xml", "feed.xml": "rss.xml",
    "index.rdf": "rss.xml", "index.html": "",
}  # fmt: skip
"""Usual names of feeds in a feed's folder, and what they redirect to there; those without a dot with a slash, too."""

ARTICLE_PARTS = 5
"""Parts of the path of an article's page, "/artikel/<key>/<slug>/": two of them are empty."""
_NO_PATH = re.compile(r"[\x00-\x1f\x7f-\x9f]|/\.\.?(?:/|$)")
"""What no path of a site contains: control characters, and steps to other folders."""


@dataclass(frozen=True, slots=True)
class Route:
    """What a path is.

    `feed` is the key of the feed it belongs to; `name` a format's name, a file's, or the target of a redirect, in which
    everything that the client sent is percent-encoded; `number` that of an archive document.
    """

    kind: Kind
    feed: str = ALL
    name: str = ""
    number: int = 0


class Routes:
    """The routes of a site with these feeds.

    `redirects` are those of the settings, old path -> new path or address; `moved` are old folder -> folder now for
    renamed categories, including renames that were taken back, and covers everything in these folders.
    """

    def __init__(
        self, config: Config, feeds: Mapping[str, StoredFeed], catalogue: Catalogue, files: frozenset[str]
    ) -> None:
        self._config = config
        self._feeds = feeds
        self._files = files
        self.has_pages = config.output.pages
        self._lists = {path: kind for path, kind in _LISTS.items() if self.has_pages or path in _PAGELESS}
        self._archive = catalogue.paths["archive"]
        self._article_folder = f"/{catalogue.paths['article']}/"
        removed = {category.label for category in config.categories if category.removed}
        sets = {catalogue.paths[name] for name in config.feeds.sets}
        self._removed = {
            key
            for key, feed in feeds.items()
            if (feed.label in removed if feed.is_category else feed.set_word not in {"", *sets})
        }
        self._keys = {feed.folder: key for key, feed in feeds.items()}
        found = {unquote(old): new for old, new in config.redirects.items()}
        self.redirects = {old: new for old, new in found.items() if not _NO_PATH.search(old)}
        self.bare_redirects = {old: new for old, new in list_bare_redirects(config).items() if not _NO_PATH.search(old)}
        self.moved = self._find_moved()
        self._removed |= {self._keys[folder] for folder in self.moved if folder in self._keys}

    def list_fixed(self) -> Iterator[str]:
        """Every path except articles and sitemaps by month; link targets before what links to them."""
        for name in sorted(self._files):
            yield STATIC + name
        for feed in self._feeds.values():
            if feed.key not in self._removed:
                for number in range(1, feed.documents + 1):
                    yield from self.list_archive(feed, number).values()
                    if self.has_archive_pages(feed):
                        yield self.folder_of_archive(feed, number)
                yield from self.list_feed(feed)
        yield from self._lists
        if self.has_pages:
            yield from MESSAGES

    def list_feed(self, feed: StoredFeed) -> Iterator[str]:
        """The paths in a feed's folder: its subscription documents and its page."""
        for each in FORMATS:
            yield feed.folder + each.file_name
        if self.has_pages:
            yield feed.folder

    def list_archive(self, feed: StoredFeed, number: int) -> dict[FormatName, str]:
        """The paths of an archive document by the names of the formats that carry archives."""
        folder, carrying = self.folder_of_archive(feed, number), self._config.feeds.archives
        return {each.name: folder + each.file_name for each in FORMATS if each.name in carrying}

    def folder_of_archive(self, feed: StoredFeed, number: int) -> str:
        """The folder of an archive document: "/politik/archiv/12/"."""
        return f"{feed.folder}{self._archive}/{number}/"

    def has_archive_pages(self, feed: StoredFeed) -> bool:
        """Whether archive documents of a feed have pages: those of categories, which have all articles between them."""
        return self.has_pages and feed.is_category and has_archives(self._config, feed.key)

    def order_gone(self, paths: Iterable[str]) -> list[str]:
        """Paths that the site no longer has, each before its link targets: feeds, archives, pages, articles, files.

        An archive document links to the one before it, and all of them to pages. Pages link to each other and to feeds,
        in circles.
        """
        return sorted(paths, key=self._rank_gone)

    def _rank_gone(self, path: str) -> tuple[int, int, str]:
        if path.startswith(STATIC):
            return 4, 0, path
        if path.startswith(self._article_folder):
            return 3, 0, path
        base, _, number = path.rpartition("/")[0].rpartition("/")
        if base.endswith(f"/{self._archive}") and number.isdecimal():
            return 1, -int(number), path
        return 2 if path.endswith("/") else 0, 0, path

    def is_removed(self, feed: StoredFeed) -> bool:
        """Whether a feed's category is no longer published."""
        return feed.key in self._removed

    def has_form_of_ours(self, path: str) -> bool:
        """Whether a path looks like one that a build writes, whether or not the article exists."""
        if path.startswith(self._article_folder):
            # Its key is a folder, and its slug a folder in that.
            return path.endswith("/") and len(path.split("/")) == ARTICLE_PARTS
        route = self.find(path)
        return route is not None and route.kind != "redirect"

    def find(self, path: str) -> Route | None:
        """What a path is, or None. Redirects of the settings are not considered here (see `Site.render`).

        For articles and monthly sitemaps this only says that the path looks like one. `path` is what a client sent,
        percent-decoded.
        """
        if _NO_PATH.search(path):
            return None
        if path in self._lists:
            return Route(self._lists[path], name=path)
        if self.has_pages and path in MESSAGES:
            return Route("message", name=path)
        if self.has_pages and path.startswith(SITEMAPS) and path.endswith(".xml"):
            return Route("sitemap", name=path)
        if path.startswith(STATIC) and path.removeprefix(STATIC) in self._files:
            return Route("file", name=path.removeprefix(STATIC))
        if self.has_pages and path.startswith(self._article_folder):
            return Route("article")
        folder, _, name = path.rpartition("/")
        above, _, last = folder.rpartition("/")
        if not name and last in ALIASES and "." not in last and folder + "/" not in self._keys:
            # "/feed/", as the most widely used system has it.
            folder, name = above, last
        return self._find_in_folder(f"{folder}/", name) or self._find_folder(f"{path}/")

    def _find_in_folder(self, folder: str, name: str) -> Route | None:
        for old, new in self.moved.items():
            if folder.startswith(old):
                # An alias would redirect again: readers should be redirected only once.
                inside = ALIASES.get(name, name) if folder == old else name
                return Route("redirect", name=new + quote(folder.removeprefix(old) + inside))
        key = self._keys.get(folder)
        if key is None:
            return self._find_archive(folder, name)
        if key in self._removed:
            return Route("gone", key) if not name or name in BY_FILE_NAME or name in ALIASES else None
        if name in BY_FILE_NAME:
            return Route("feed", key, BY_FILE_NAME[name].name)
        if not (name and ALIASES.get(name, name)) and not self.has_pages:
            return None
        if not name:
            return Route("index") if key == ALL else Route("category", key)
        return Route("redirect", key, folder + ALIASES[name]) if name in ALIASES else None

    def _find_archive(self, folder: str, name: str) -> Route | None:
        base, _, number = folder.rstrip("/").rpartition("/")
        key = self._keys.get(base.removesuffix(self._archive)) if base.endswith(f"/{self._archive}") else None
        if key is None or (name and name not in BY_FILE_NAME) or not _NUMBER.fullmatch(number):
            return None
        if key in self._removed:
            return Route("gone", key) if name or self.has_pages else None
        known = int(number) <= self._feeds[key].documents
        if not name:
            has_page = known and self.has_archive_pages(self._feeds[key])
            return Route("archive_page", key, number=int(number)) if has_page else None
        format_name = BY_FILE_NAME[name].name
        archived = format_name in self._config.feeds.archives and has_archives(self._config, key)
        return Route("archive", key, format_name, int(number)) if known and archived else None

    def _find_folder(self, folder: str) -> Route | None:
        """What a folder's path is without its slash: gone as the folder is, or a redirect to it."""
        key = self._keys.get(folder)
        if key in self._removed and folder not in self.moved:
            return Route("gone", key)
        if self.has_pages and (key is not None or folder in self.moved):
            return Route("redirect", name=self.moved.get(folder, folder))
        archived = self._find_archive(folder, "")
        return Route("redirect", name=folder) if archived is not None and archived.kind == "archive_page" else archived

    def _find_moved(self) -> dict[str, str]:
        """Folder of a renamed category -> its folder now.

        Pages may have printed the new name before the settings said that it is a rename: then both names have a feed,
        and that of the old name is no longer published.
        """
        folders = {feed.folder for feed in self._feeds.values() if feed.is_category}
        by_label = {feed.label: feed.folder for feed in self._feeds.values() if feed.is_category}
        moved = {
            old: feed.folder
            for feed in self._feeds.values()
            for old in (f"/{slug}/" for slug in feed.was)
            if old not in folders
        }
        for category in self._config.categories:
            # If the settings gave it a new slug before they said `was`, both feeds have its label.
            own = f"/{category.word}/"
            now = own if own in folders else by_label.get(category.label)
            if now is not None:
                moved |= {f"/{old}/": now for old in category.was if now != f"/{old}/"}
        return moved
