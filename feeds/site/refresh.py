"""Which documents changed: what an ingest made stale is rendered, and the library told where bytes differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from feeds.config import Category, Config
from feeds.ingest.instants import to_seconds
from feeds.ingest.report import Progress, no_progress
from feeds.site.documents import title_of
from feeds.site.routes import NEWS_SITEMAP, OPML, ROBOTS, SITEMAP, STATIC
from feeds.site.site import Site
from feeds.store import read_fact, schema, write_fact
from feeds.store.shelf import ALL, StoredFeed, list_article_paths, list_stale_archives
from feeds.text import digest

NAVIGATION = "navigation"
"""Name of the fact that holds the digest of what every page shows: the categories."""
BATCH = 200

_articles, _archives, _feeds, _documents = schema.articles, schema.archives, schema.feeds, schema.documents


def refresh(connection: Connection, config: Config, *, now: datetime, progress: Progress = no_progress) -> list[str]:
    """Render what is stale and record where bytes changed, at `now`; the paths that changed or vanished.

    `connection` is the write transaction of the ingest before it: readers see both or neither.
    """
    site = Site(connection, config, now=now)
    _compare_navigation(site)
    changed: list[str] = []
    stale = list(_find_stale(site))
    for start in range(0, len(stale), BATCH):
        changed += _record(site, stale[start : start + BATCH], to_seconds(now))
        progress("rendering", min(start + BATCH, len(stale)), len(stale))
    changed += _forget(site)
    connection.execute(update(_articles).where(_articles.c.stale == 1).values(stale=0))
    connection.execute(update(_archives).where(_archives.c.stale == 1).values(stale=0))
    connection.execute(update(_feeds).where(_feeds.c.stale == 1).values(stale=0))
    return changed


def _compare_navigation(site: Site) -> None:
    """Every page shows all categories: where those changed, every page is stale."""
    shown = [part for feed, setting in site.people.feeds if feed.is_category for part in _name(site, feed, setting)]
    found = digest(*shown)
    if found != read_fact(site.connection, NAVIGATION):
        write_fact(site.connection, NAVIGATION, found)
        site.connection.execute(update(_articles).values(stale=1))
        site.connection.execute(update(_feeds).values(stale=1))
        site.feeds.update({key: feed.as_stale() for key, feed in site.feeds.items()})


def _name(site: Site, feed: StoredFeed, setting: Category | None) -> tuple[str, str]:
    return feed.slug, title_of(site.catalogue, feed, setting)


def _find_stale(site: Site) -> Iterator[str]:
    yield from list_article_paths(site.connection, stale_only=True)
    stale = [feed for feed in site.feeds.values() if feed.stale and not site.routes.is_removed(feed)]
    for feed in stale:
        yield from site.routes.list_feed(feed)
    for key, number in list_stale_archives(site.connection):
        if not site.routes.is_removed(site.feeds[key]):
            yield from site.routes.list_archive(site.feeds[key], number)
    if stale and not any(feed.key == ALL for feed in stale):
        yield "/"
    if stale:
        yield from (*site.sitemaps.paths(), SITEMAP, OPML)
    yield from (NEWS_SITEMAP, ROBOTS)
    yield from (STATIC + name for name in sorted(site.files))


def _record(site: Site, paths: Iterable[str], now: int) -> list[str]:
    """Record digest and instant of the documents whose bytes changed; their paths."""
    found = {path: site.get(path) for path in paths}
    query = select(_documents.c.path, _documents.c.digest).where(_documents.c.path.in_(found))
    known = {row[0]: row[1] for row in site.connection.execute(query)}
    rows: list[dict[str, Any]] = [
        {"path": path, "digest": resource.digest, "changed": now}
        for path, resource in found.items()
        if known.get(path) != resource.digest
    ]
    if rows:
        statement = insert(_documents)
        values = {name: statement.excluded[name] for name in ("digest", "changed")}
        site.connection.execute(statement.on_conflict_do_update(index_elements=["path"], set_=values), rows)
    return [row["path"] for row in rows]


def _forget(site: Site) -> list[str]:
    """Drop documents that the site has no more; their paths."""
    there = {*site.routes.list_fixed(), *site.sitemaps.paths()}
    pages = select(_articles.c.path).where(_articles.c.seed.is_not(None))
    gone = [
        path
        for path in site.connection.scalars(select(_documents.c.path).where(_documents.c.path.not_in(pages)))
        if path not in there
    ]
    for path in gone:
        site.connection.execute(delete(_documents).where(_documents.c.path == path))
    return gone
