"""What the configuration of every host says about a site, and the names of its files."""

from __future__ import annotations

import re
from urllib.parse import unquote

from sqlalchemy import ColumnElement, select

from feeds.render import opml
from feeds.render.formats import FORMATS
from feeds.site import Site
from feeds.store import schema
from feeds.text import find_prefix
from feeds.web.compression import CODINGS
from feeds.web.document import say_freshness

PRIVATE = frozenset({"_headers", "_redirects", "_nginx.conf", "_Caddyfile"})
"""The names of the files that configure hosts. Hosts must not serve them."""
MEDIA_TYPES = {**{each.file_name: each.media_type for each in FORMATS}, opml.FILE_NAME: opml.MEDIA_TYPE}
"""Those of feeds and their list, by the names of the files: hosts don't know them."""
COPIES = "|".join(re.escape(coding.file_suffix) for coding in CODINGS)
"""The suffixes of coded copies, as a pattern. Copies are served in place of their files, never at their own paths."""


class Facts:
    """What hosts must know: redirects as pairs of path and address, paths of notices, and folders that are gone.

    Everything in a folder that is gone is gone, and so is the folder's path without its slash, which is in `gone`
    unless it leads on. `prefix` is the path of the base URL without a slash at its end, `path` the same without
    percent-encoding; `root` says what a host's root must be, so that the addresses are those of the base URL. `cache`
    is the Cache-Control.
    """

    def __init__(self, site: Site) -> None:
        self.prefix = find_prefix(site.config.site.base_url)
        self.path = unquote(self.prefix)
        self.root = f"a folder that has the build as {self.path[1:]}/" if self.prefix else "the build's folder"
        self.cache = say_freshness(site.config.feeds.max_age_seconds)
        self.folders = site.moves().items()
        self.has_pages = site.routes.has_pages
        # A folder that is not there any more gets no slash by itself.
        bare = {old.rstrip("/"): target for old, target in self.folders} if self.has_pages else {}
        paths = bare | site.redirects()
        self.paths = paths.items()
        articles = schema.articles
        self.withdrawn = self._list_pages(site, articles.c.seed.is_not(None) & (articles.c.withdrawn != 0))
        # An article's key is a folder of its own, and an erased one's slug is not known any more.
        pages = {"/".join(path.split("/")[:3]) + "/" for path in self._list_pages(site, articles.c.seed.is_(None))}
        feeds = {feed.folder for feed in site.feeds.values() if feed.slug and site.routes.is_removed(feed)}
        self.gone_folders = sorted(pages | feeds - site.routes.moved.keys())
        self.gone = [path for folder in self.gone_folders if (path := folder.removesuffix("/")) not in paths]

    def _list_pages(self, site: Site, which: ColumnElement[bool]) -> list[str]:
        """The paths of these articles, where articles have pages."""
        paths = schema.articles.c.path
        return sorted(site.connection.scalars(select(paths).where(which))) if self.has_pages else []
