"""What the configuration of every host says about a site, and the names of its files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from feeds.build.files import TEMPORARY
from feeds.render import opml
from feeds.render.formats import FORMATS
from feeds.render.pages import render_text
from feeds.site import Site
from feeds.site.routes import ROBOTS, STATIC
from feeds.store import ask_values
from feeds.text import find_prefix
from feeds.web.compression import CODINGS
from feeds.web.document import say_freshness

PRIVATE = frozenset({"_headers", "_redirects", "_nginx.conf", "_Caddyfile"})
"""The names of the files that configure hosts. Hosts must not serve them."""
LOADED_ONCE = {"_nginx.conf": "nginx", "_Caddyfile": "Caddy"}
"""Those that a host reads when it starts or is reloaded, and never by itself."""
COPIES = "|".join(re.escape(coding.file_suffix) for coding in CODINGS)
"""The suffixes of coded copies, as a pattern. Copies are served in place of their files, never at their own paths."""
HIDDEN = rf"[.](?:feeds-[^/]*|[^/]*{re.escape(TEMPORARY)})"
"""The names of the hidden files that builds write, as a pattern."""
MEDIA_TYPES = {**{each.file_name: each.media_type for each in FORMATS}, opml.FILE_NAME: opml.MEDIA_TYPE}
"""The media types that hosts don't know, by the names of the files."""


class Facts:
    """What hosts must know: redirects as pairs of path and address, paths of notices, and folders that are gone.

    Everything in a folder that is gone is gone, and so is the folder's path without its slash, which is in `gone`
    unless it leads on. `prefix` is the path of the base URL without a slash at its end, `path` the same without
    percent-encoding; `root` says what a host's root must be, so that the addresses are those of the base URL. `cache`
    is the Cache-Control.

    Feeds without pages at the root of a host are beside somebody's own pages: then `has_all` is False, and only what
    `files` matches is the site's. `files` and `feeds` are patterns of paths behind `path` and a slash: of the site's
    files, and of the folders that have feeds.
    """

    def __init__(self, site: Site) -> None:
        self.prefix = find_prefix(site.config.site.base_url)
        self.path = unquote(self.prefix)
        self.root = f"a folder that has the build as {self.path[1:]}/" if self.prefix else "the build's folder"
        self.cache = say_freshness(site.config.feeds.max_age_seconds)
        self.folders = site.moves().items()
        self.has_pages = site.routes.has_pages
        self.has_all = self.has_pages or bool(self.prefix)
        self.feeds = "(?:.*/)?" if self.has_all else _find_folders(site)
        named = [path[1:] for path in (*(STATIC + name for name in site.files), ROBOTS)]
        self.files = f"(?:{_any_of(named)}|{self.feeds}{_any_of(MEDIA_TYPES)})"
        language = site.config.site.language
        self.not_found_text, self.gone_text = (render_text(language, each).decode() for each in ("not_found", "gone"))
        # A folder that is not there any more gets no slash by itself.
        bare = {old.rstrip("/"): target for old, target in self.folders} if self.has_pages else {}
        paths = bare | site.redirects()
        self.paths = paths.items()
        self.withdrawn = self._list_pages(site, "seed IS NOT NULL AND withdrawn != 0")
        # An article's key is a folder of its own, and an erased one's slug is not known any more.
        pages = {"/".join(path.split("/")[:3]) + "/" for path in self._list_pages(site, "seed IS NULL")}
        feeds = {feed.folder for feed in site.feeds.values() if feed.slug and site.routes.is_removed(feed)}
        self.gone_folders = sorted(pages | feeds - site.routes.moved.keys())
        self.gone = [path for folder in self.gone_folders if (path := folder.removesuffix("/")) not in paths]

    def _list_pages(self, site: Site, which: str) -> list[str]:
        """The paths of the articles that a condition in SQL chooses, where articles have pages."""
        # Sorted here: with ORDER BY, SQLite walks all articles by their paths instead of the few that are meant.
        query = f"SELECT path FROM articles WHERE {which}"  # noqa: S608 (constants)
        return sorted(ask_values(site.connection, query)) if self.has_pages else []


def _find_folders(site: Site) -> str:
    """The pattern of the folders that have feeds; of further feed sets, which grow each day, by their path word."""
    published = [feed for feed in site.feeds.values() if not site.routes.is_removed(feed)]
    own = {feed.folder[1:] for feed in published if not feed.set_word}
    sets = [f"{re.escape(word)}/[^/]+/" for word in sorted({feed.set_word for feed in published} - {""})]
    folders = "|".join([_any_of(sorted(own)), *sets])
    return f"(?:{folders})(?:{re.escape(site.catalogue.paths['archive'])}/[0-9]+/)?"


def _any_of(texts: Iterable[str]) -> str:
    """The pattern of any of these texts."""
    return f"(?:{'|'.join(map(re.escape, texts))})"
