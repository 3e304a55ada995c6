"""The Site: every path, and the Resource at each. Reads the library; writes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property
from http import HTTPStatus
from operator import attrgetter
from typing import TYPE_CHECKING

from feeds.config import Config
from feeds.dates.instants import to_datetime, to_seconds
from feeds.ingest.preparation import NAMESPACE
from feeds.render import opml
from feeds.render.formats import BY_NAME
from feeds.render.sitemap import render_robots
from feeds.site.documents import Documents, render_subscriptions
from feeds.site.names import NamedFeed, absolute, name_feed
from feeds.site.resource import HTML, TEXT, Resource, make_redirect, make_resource
from feeds.site.routes import GONE, NEWS_SITEMAP, SITEMAP, Route, Routes
from feeds.site.sitemaps import Sitemaps
from feeds.site.static import find_media_type, load_files
from feeds.store import Connection, batches, read_fact
from feeds.store.articles import StoredArticle, find_article, find_article_in, list_article_paths
from feeds.store.documents import count_documents, find_digests, find_document, list_failed
from feeds.store.due import find_first_notice, load_ahead
from feeds.store.feeds import ALL, StoredFeed, load_feeds
from feeds.text import load_catalogue, rank_name, to_uri

if TYPE_CHECKING:
    from feeds.render.pages import Message
    from feeds.site.pages import Pages


class Site:
    """The site that a library holds under these settings at `now`, as one read transaction sees it.

    `paths()` lists every path that has bytes; `get(path)` answers any path, unknown ones with 404.
    """

    def __init__(self, connection: Connection, config: Config, *, now: datetime) -> None:
        self.connection = connection
        self.config = config
        self.now = now
        self.catalogue = load_catalogue(config.site.language)
        # That of all articles first, for it has no slug.
        self.feeds = {feed.key: feed for feed in sorted(load_feeds(connection).values(), key=attrgetter("slug"))}
        self.files = load_files(config)
        self.routes = Routes(config, self.feeds, self.catalogue, frozenset(self.files))
        self._settings = {category.label: category for category in config.categories}

    @property
    def namespace(self) -> str:
        """The namespace that the ledger's ids are minted in; each site has its own."""
        return read_fact(self.connection, NAMESPACE) or ""

    @property
    def id(self) -> str:
        """The id of the feed of all."""
        return self.feeds[ALL].id

    def paths(self) -> Iterator[str]:
        """Every path that has bytes of its own, link targets before what links to them; no redirects."""
        if self.routes.has_pages:
            yield from list_article_paths(self.connection)
            yield from self.sitemaps.parts
        yield from self.routes.list_fixed()

    def iterate_digests(self) -> Iterator[tuple[str, str | None]]:
        """As `paths`, each with the digest of its bytes, or None where none is recorded."""
        for batch in batches(self.paths()):
            known = find_digests(self.connection, batch)
            yield from ((path, known.get(path)) for path in batch)

    def count(self) -> int:
        """About how many paths there are."""
        return count_documents(self.connection)

    def failed(self) -> frozenset[str]:
        """Paths whose bytes failed the check, so that they are not published."""
        return frozenset(list_failed(self.connection))

    def find_next_change(self, due: datetime | None) -> datetime | None:
        """When the site will next change without any change of seeds, or None.

        An embargo ends (at `due`), an announced change of an article comes true, a notice becomes a tombstone, or news
        get too old for the news sitemap.
        """
        notice = find_first_notice(self.connection)
        buried = None if notice is None else to_datetime(notice) + timedelta(days=self.config.feeds.notice_days)
        news = self.sitemaps.find_end_of_news() if self.routes.has_pages else None
        ahead = map(to_datetime, load_ahead(self.connection).values())
        return min((instant for instant in (due, buried, news, *ahead) if instant), default=None)

    def redirects(self) -> dict[str, str]:
        """Old path -> absolute address of what it leads to, for hosts that can redirect."""
        paths = {old: new for old, new in self.routes.redirects.items() if not self.has(old)}
        for old in self.routes.bare_redirects:
            if (new := self._find_redirect(old)) is not None and not self.has(old):
                paths[old] = new
        return {old: self._follow(new) for old, new in sorted(paths.items())}

    def moves(self) -> dict[str, str]:
        """Old folder -> absolute address of the folder where its content is now, for hosts that can redirect."""
        return {old: self._target(new) for old, new in sorted(self.routes.moved.items())}

    def may_have(self, path: str) -> bool:
        """Whether the answer for a path may be something other than 404, without asking the library."""
        return self._find_redirect(path) is not None or self.routes.find(path) is not None

    def has(self, path: str) -> bool:
        """Whether the site itself has something at a path. Renders nothing."""
        route = self.routes.find(path)
        match route:
            case None | Route("redirect") | Route("gone"):
                return False
            case Route("article"):
                article = find_article(self.connection, path)
                return article is not None and article.record is not None
            case Route("sitemap"):
                return route.name in {SITEMAP, NEWS_SITEMAP} or route.name in self.sitemaps.parts
            case _:
                return True

    def get(self, path: str) -> Resource:
        """The Resource at a path: 200, 301 with a location, 410 for what is gone, else 404.

        503 for a document that failed the check: only an output folder or a pack may still have its last good bytes.
        """
        resource = self.render(path)
        known = find_document(self.connection, path) if resource.status in {200, 410} else None
        if known is None or known[0] != resource.digest:
            is_held = known is not None and path in self.failed()
            return self._tell(path, 503, "unavailable") if is_held else resource
        return replace(resource, changed=to_datetime(known[1]))

    def render(self, path: str) -> Resource:
        """As `get`, but without the instant of the last change, and whether or not it passed the check."""
        route = self.routes.find(path)
        own = None if route is None else self._render_own(path, route)
        if own is not None:
            return own
        if (target := self._find_redirect(path)) is not None:
            return self._redirect(path, self._follow(target))
        match route:
            case Route("redirect"):
                return self._redirect(path, route.name)
            case Route("gone"):
                return self._make_gone(path)
            case Route("article"):
                return self._find_by_key(path)
            case _:
                return self.not_found(path)

    def _render_own(self, path: str, route: Route) -> Resource | None:
        """What the site itself has at a path, which takes precedence over redirects; None for nothing."""
        if route.kind in {"redirect", "gone"}:
            return None
        if route.kind == "article":
            article = find_article(self.connection, path)
            return None if article is None or article.record is None else self._make_article(article)
        rendered = self._render_body(route)
        return None if rendered is None else make_resource(path, HTTPStatus.OK, *rendered)

    def _make_article(self, article: StoredArticle) -> Resource:
        """The page of an article, or the notice of its withdrawal."""
        return self.pages.articles.make((article, self.pages.find_copies(article)))

    def not_found(self, path: str) -> Resource:
        """The answer for a path with nothing at it."""
        return self._tell(path, 404, "not_found")

    def _tell(self, path: str, status: int, message: Message) -> Resource:
        """An answer with a message: a page, or plain text on a site without pages."""
        from feeds.render import pages

        if self.routes.has_pages:
            return make_resource(path, status, pages.render_message(self.pages.site, message), HTML)
        return make_resource(path, status, pages.render_text(self.config.site.language, message), TEXT)

    @cached_property
    def pages(self) -> Pages:
        """The pages for people."""
        # The templates cost a thirtieth of a second to import, and a site of feeds alone has none.
        from feeds.site.pages import Pages

        removed = tuple(
            self.name(feed) for feed in self.feeds.values() if feed.is_category and self.routes.is_removed(feed)
        )
        files = frozenset(self.files)
        return Pages(self.connection, self.config, self.catalogue, self.routes, self._published(), removed, files)

    @cached_property
    def documents(self) -> Documents:
        """The feed documents."""
        return Documents(self.connection, self.config, self.catalogue, self.routes, frozenset(self.files))

    @cached_property
    def sitemaps(self) -> Sitemaps:
        """The sitemaps."""
        folders = tuple(each.feed.folder for each in self._published())
        return Sitemaps(self.connection, self.config, folders, to_seconds(self.now))

    def name(self, feed: StoredFeed) -> NamedFeed:
        """A feed with what readers see of it."""
        setting = self._settings.get(feed.label) if feed.is_category else None
        return name_feed(feed, self.config, self.catalogue, setting)

    def _published(self) -> tuple[NamedFeed, ...]:
        """The feeds that are published: that of all, the categories in the settings' order, then others by name."""
        order = {category.label: number for number, category in enumerate(self.config.categories)}
        last = self.config.site.fallback_category

        def rank(named: NamedFeed) -> tuple[bool, bool, int, bool, str, str]:
            feed = named.feed
            place = order.get(feed.label, len(order))
            return feed.key != ALL, not feed.is_category, place, feed.label == last, rank_name(named.name), feed.slug

        there = (feed for feed in self.feeds.values() if not self.routes.is_removed(feed))
        return tuple(sorted(map(self.name, there), key=rank))

    def _render_body(self, route: Route) -> tuple[bytes, str] | None:
        """Body and media type of a route, or None where there is nothing after all."""
        named = self.name(self.feeds[route.feed])
        match route.kind:
            case "feed":
                in_format = BY_NAME[route.name]
                return self.documents.render_feed(named, in_format.name), in_format.media_type
            case "archive":
                in_format = BY_NAME[route.name]
                return self.documents.render_archive(named, route.number, in_format.name), in_format.media_type
            case "index":
                return self.pages.render_index(), HTML
            case "category":
                return self.pages.render_category(named), HTML
            case "archive_page":
                return self.pages.render_archive(named, route.number), HTML
            case "opml":
                return render_subscriptions(self.config, self._published()), opml.MEDIA_TYPE
            case "sitemap":
                sitemap = self.sitemaps.render(route.name)
                return None if sitemap is None else (sitemap, "application/xml")
            case "robots":
                sitemaps = (SITEMAP, NEWS_SITEMAP) if self.routes.has_pages else ()
                return render_robots([absolute(self.config, each) for each in sitemaps]), TEXT
            case "message":
                told = self._make_gone(GONE) if route.name == GONE else self.not_found(route.name)
                return told.body, HTML
            case "file":
                return self.files[route.name], find_media_type(route.name)
            case _:
                raise AssertionError(f"this kind of route has no body of its own: {route.kind}")

    def _find_by_key(self, path: str) -> Resource:
        """An article's page under another slug than its own, or without its slash: 301 to its own, 410 where gone."""
        parts = path.split("/")
        article = find_article_in(self.connection, "/".join(parts[:3]) + "/") if parts[2] else None
        if article is None:
            return self.not_found(path)
        return self._make_gone(path) if article.record is None else self._redirect(path, article.path)

    def _make_gone(self, path: str) -> Resource:
        return self._tell(path, 410, "gone")

    def _find_redirect(self, path: str) -> str | None:
        """Where the settings send who asks for a path, or for the folder that they lead on without its slash."""
        if path in self.routes.redirects:
            return self.routes.redirects[path]
        target = self.routes.bare_redirects.get(path)
        return None if target is None or self.has(f"{path}/") else target

    def _redirect(self, path: str, target: str) -> Resource:
        return make_redirect(path, self._target(target))

    def _follow(self, target: str) -> str:
        """The address that a redirect of the settings ends at, so that readers are redirected only once.

        Settings that redirect in a circle are an error, and the site's own redirects end at something that exists.
        """
        path = self.config.find_own_path(target)
        answer = None if path is None or self.has(path) else self.render(path)
        if answer is None or answer.location is None:
            return self._target(target)
        behind = re.search("[?#].*", target, re.DOTALL)
        return answer.location if behind is None else to_uri(answer.location + behind[0])

    def _target(self, target: str) -> str:
        return to_uri(absolute(self.config, target) if target.startswith("/") else target)
