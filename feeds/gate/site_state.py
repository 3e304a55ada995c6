"""A Site that is about to be published, as a published state."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from http import HTTPStatus
from urllib.parse import unquote

from feeds.diff.paths import folder_of, relate
from feeds.render.formats import BY_FILE_NAME
from feeds.site import Site
from feeds.store.documents import find_digests
from feeds.store.feeds import list_stale_archives
from feeds.store.standing import find_standing
from feeds.text import digest_bytes


class SiteState:
    """A Site as a published state: see `feeds.diff.State`."""

    single: str | None = None

    def __init__(self, site: Site) -> None:
        self._site = site
        self._base = site.config.site.base_url
        self._feeds = {
            feed.folder.removeprefix("/"): feed for feed in site.feeds.values() if not site.routes.is_removed(feed)
        }

    def list_feeds(self, likely: Iterable[str] = ()) -> list[str]:  # noqa: ARG002 (the protocol's signature)
        """The paths of the subscription documents of all feeds."""
        return [folder + name for folder in self._feeds for name in BY_FILE_NAME]

    def covers(self, path: str) -> bool:  # noqa: ARG002 (the protocol's signature)
        """True: the site knows all of its feeds."""
        return True

    def load(self, path: str) -> bytes | None:
        """The document at a path, as it would be published."""
        resource = self._site.render(f"/{path}")
        return resource.body if resource.status == HTTPStatus.OK else None

    def find_digest(self, path: str) -> str | None:
        """The digest of an archive document as it would be published; it is rendered only where it is stale."""
        known = find_digests(self._site.connection, [f"/{path}"]).get(f"/{path}")
        if known is not None and folder_of(path) not in self._stale:
            return known
        body = self.load(path)
        return None if body is None else digest_bytes(body)

    def list_sealed(self, folder: str) -> list[str]:
        """The paths of the archive documents of the feed in a folder."""
        feed = self._feeds.get(folder)
        numbers = range(1, feed.documents + 1) if feed is not None else ()
        return [
            path[1:] for number in numbers if feed for path in self._site.routes.list_archive(feed, number).values()
        ]

    def leads_on(self, path: str) -> bool:
        """Whether the site has a page at a path, or redirects it."""
        return self._site.render(f"/{unquote(path)}").status in {HTTPStatus.OK, HTTPStatus.MOVED_PERMANENTLY}

    @cached_property
    def _stale(self) -> frozenset[str]:
        """The folders of the archive documents that this run renders again."""
        feeds, routes = self._site.feeds, self._site.routes
        stale = list_stale_archives(self._site.connection)
        return frozenset(routes.folder_of_archive(feeds[key], number)[1:] for key, number in stale if key in feeds)

    def relate(self, address: str, *, location: str | None, path: str) -> str | None:  # noqa: ARG002 (the protocol's)
        """The path of an address of the site."""
        return relate(address, base=self._base)

    def find_successor(self, path: str) -> str | None:
        """The path that a redirect leads to; "" for a category that is no longer published on purpose (410)."""
        resource = self._site.render(f"/{path}")
        if resource.status == HTTPStatus.GONE:
            return ""
        return None if resource.location is None else relate(resource.location, base=self._base)

    def explain(self, path: str, name: str) -> str | None:
        """What the library knows of an article that is not in a feed's document."""
        feed = self._feeds.get(folder_of(path))
        return find_standing(self._site.connection, feed.key, name) if feed is not None else None
