"""Rendering what an ingest made stale, and recording in the library which documents changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from feeds.config import Category, Config
from feeds.dates.instants import to_seconds
from feeds.errors import CheckError
from feeds.ingest.months import STALE_MONTHS
from feeds.ingest.report import Report
from feeds.progress import Progress, no_progress
from feeds.render import opml
from feeds.render.formats import FORMATS
from feeds.site.names import title_of
from feeds.site.redirects import find_dead_redirects, find_idle_redirects
from feeds.site.resource import Resource
from feeds.site.routes import NEWS_SITEMAP, OPML, ROBOTS, SITEMAP, SITEMAPS, STATIC
from feeds.site.site import Site
from feeds.site.sitemaps import FOLDERS
from feeds.store import ask, put_rows, read_fact, schema, write_fact
from feeds.store.documents import find_digests, list_failed
from feeds.store.shelf import ALL, StoredFeed, count_stale_articles, list_stale_archives, list_stale_articles
from feeds.text import digest
from feeds.workers import Workers

GENERATION = "generation"
"""Name of the fact that counts changes of documents; an output folder of another generation is out of date."""
NAVIGATION = "navigation"
"""Name of the fact that holds the digest of what every page shows: the categories."""
BATCH = 200
MAX_BATCH_BYTES = 4_000_000
CHECKED = frozenset({*(each.media_type for each in FORMATS), opml.MEDIA_TYPE})
"""Media types of the documents that are checked before they are published.

Sitemaps are not: they list every page, so each new article would cost a check of all (`feeds check` reads them).
"""

# Written so that indexes answer it; few articles have no seed.
_BESIDE_PAGES = """
    SELECT path FROM documents
    WHERE path NOT IN (SELECT path FROM articles) OR path IN (SELECT path FROM articles WHERE seed IS NULL)
"""
"""The documents other than pages of articles with a seed."""
_ALL_PARTS = (SITEMAPS, f"{SITEMAPS}\uffff")
_articles, _archives, _feeds, _documents = schema.articles, schema.archives, schema.feeds, schema.documents


def refresh(
    connection: Connection,
    config: Config,
    *,
    now: datetime,
    progress: Progress = no_progress,
    publish: Callable[[Resource], None] | None = None,
    report: Report | None = None,
    workers: Workers | None = None,
) -> list[str]:
    """Render what is stale and record where bytes changed, at `now`; the paths that changed or vanished.

    `connection` is the write transaction of the ingest before it, so readers see both or neither. Every rendered
    resource is passed to `publish`, link targets before the documents that link to them, so that nothing is rendered
    twice. A document that would break readers is not published: its last version stays, and `report` says why. Without
    `workers` everything is done in this process.
    """
    site = Site(connection, config, now=now)
    if site.routes.has_pages:
        _compare_navigation(site)
    changed: list[str] = []
    articles = count_stale_articles(connection) if site.routes.has_pages else 0
    paths = list(dict.fromkeys(_find_stale(site)))
    done, total = 0, len(site.files) + articles + len(paths)
    for rendered in _batches(_render(site, paths, articles, workers or Workers())):
        new = _find_changed(connection, rendered)
        failed = {resource.path for resource in new if not _passes(site, resource, report)}
        _hold_back(connection, failed, to_seconds(now))
        _record(connection, [resource for resource in new if resource.path not in failed], to_seconds(now))
        changed += [resource.path for resource in new if resource.path not in failed]
        if publish is not None:
            for resource in rendered:
                if resource.path not in failed:
                    publish(resource)
        done += len(rendered)
        progress("rendering", done, total)
    changed += _forget(site)
    if report is not None:
        report.errors += find_idle_redirects(site)
        report.remarks += find_dead_redirects(site)
    for table in (_articles, _archives, _feeds):
        ask(connection, f"UPDATE {table.name} SET stale = 0 WHERE stale = 1")  # noqa: S608 (names of tables)
    write_fact(connection, STALE_MONTHS, "")
    if changed:
        write_fact(connection, GENERATION, str(int(read_fact(connection, GENERATION) or 0) + 1))
    return changed


def _passes(site: Site, resource: Resource, report: Report | None) -> bool:
    """Whether a document may be published; its entries were checked when they were rendered."""
    if resource.status != HTTPStatus.OK or resource.media_type not in CHECKED:
        return True
    # Costs a tenth of a second to import, and most runs change no document.
    from feeds.check import check_shell

    name = resource.path.removeprefix("/")
    base_url = site.config.site.base_url
    failures = [
        CheckError(
            f"is not published: {objection.what} ({objection.rule})",
            path=resource.path,
            line=objection.line,
            text=objection.text,
            hint=objection.hint,
        )
        for objection in check_shell(name, resource.body, resource.content_type, base_url=base_url, now=site.now)
        if objection.level == "error"
    ]
    if report is not None:
        report.errors += failures
    return not failures


def _render(site: Site, paths: list[str], articles: int, workers: Workers) -> Iterator[Resource]:
    """The static files, the stale pages of `articles` articles, then the resources at `paths`."""
    yield from (site.render(STATIC + name) for name in sorted(site.files))
    if articles:
        people = site.people
        asked = ((stored, people.find_copies(stored)) for stored in list_stale_articles(site.connection))
        yield from workers.map(people.articles.make, asked, count=articles)
    yield from map(site.render, paths)


def _compare_navigation(site: Site) -> None:
    """Mark every page as stale if the categories have changed, because every page lists them."""
    shown = [part for feed, setting in site.people.feeds if feed.is_category for part in _name(site, feed, setting)]
    found = digest(*shown)
    if found != read_fact(site.connection, NAVIGATION):
        write_fact(site.connection, NAVIGATION, found)
        site.connection.execute(update(_articles).values(stale=1))
        site.connection.execute(update(_feeds).values(stale=1))
        site.feeds.update({key: replace(feed, stale=True) for key, feed in site.feeds.items()})


def _name(site: Site, feed: StoredFeed, setting: Category | None) -> tuple[str, str]:
    return feed.slug, title_of(site.catalogue, feed, setting)


def _find_stale(site: Site) -> Iterator[str]:
    """The paths to render after the pages of articles, in the order in which they may be published."""
    stale = [feed for feed in site.feeds.values() if feed.stale and not site.routes.is_removed(feed)]
    # Link targets come first: archives, then the feeds that link to them, then the pages that name feeds.
    for key, number in list_stale_archives(site.connection):
        if not site.routes.is_removed(site.feeds[key]):
            yield from site.routes.list_archive(site.feeds[key], number)
    paths = [path for feed in stale for path in site.routes.list_feed(feed)]
    yield from sorted(paths, key=lambda path: (path.endswith("/"), path == "/"))
    if stale and site.routes.has_pages:
        if not any(feed.key == ALL for feed in stale):
            yield "/"
        yield from (*_find_stale_sitemaps(site), SITEMAP)
    if stale:
        yield OPML
    # Documents that failed the check are rendered, and reported, in every run.
    yield from list_failed(site.connection)
    yield from (NEWS_SITEMAP, ROBOTS) if site.routes.has_pages else (ROBOTS,)


def _find_stale_sitemaps(site: Site) -> Iterator[str]:
    """The sitemap parts whose pages changed, the part of folders, and parts that were never written."""
    months = (read_fact(site.connection, STALE_MONTHS) or "").split()
    known = set(site.connection.scalars(select(_documents.c.path).where(_documents.c.path.between(*_ALL_PARTS))))
    for path, (month, _) in site.sitemaps.parts.items():
        if month == FOLDERS or month in months or path not in known:
            yield path


def _find_changed(connection: Connection, rendered: list[Resource]) -> list[Resource]:
    """Those whose bytes are not what was recorded last."""
    known = find_digests(connection, [resource.path for resource in rendered])
    return [resource for resource in rendered if known.get(resource.path) != resource.digest]


def _hold_back(connection: Connection, failed: set[str], now: int) -> None:
    """Record which documents failed the check; what stays published is their last good bytes, if any."""
    if failed:
        statement = insert(_documents).on_conflict_do_update(index_elements=["path"], set_={"failed": 1})
        rows = [{"path": path, "digest": "", "changed": now, "failed": 1} for path in sorted(failed)]
        connection.execute(statement, rows)


def _record(connection: Connection, changed: list[Resource], now: int) -> None:
    """Record digest and instant of documents whose bytes changed."""
    facts = {"changed": now, "failed": 0}
    put_rows(connection, _documents, [{"path": each.path, "digest": each.digest, **facts} for each in changed])


def _batches(resources: Iterator[Resource]) -> Iterator[list[Resource]]:
    """Resources in batches, limited by number and by bytes."""
    batch: list[Resource] = []
    size = 0
    for resource in resources:
        batch.append(resource)
        size += len(resource.body)
        if len(batch) == BATCH or size >= MAX_BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _forget(site: Site) -> list[str]:
    """Delete the records of documents that the site no longer has; return their paths."""
    there = {*site.routes.list_fixed(), *site.sitemaps.parts}
    known = _BESIDE_PAGES if site.routes.has_pages else "SELECT path FROM documents"
    gone = [path for path in ask(site.connection, known).scalars() if path not in there]
    for path in gone:
        site.connection.execute(delete(_documents).where(_documents.c.path == path))
    return gone
