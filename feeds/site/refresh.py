"""Rendering what an ingest made stale, and recording in the library which documents have changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from http import HTTPStatus

from feeds.dates.instants import to_seconds
from feeds.errors import CheckError
from feeds.ingest.report import Report
from feeds.ingest.work import Run
from feeds.render import opml
from feeds.render.formats import FORMATS
from feeds.site.archives import Archive, make_archive
from feeds.site.redirects import find_dead_redirects, find_idle_redirects
from feeds.site.resource import Resource
from feeds.site.site import Site
from feeds.site.stale import Stale, find_stale, forget_staleness
from feeds.store import BATCH, Connection, ask, iterate_tuples, put_rows, read_fact, schema, write_fact
from feeds.store.articles import list_stale_articles
from feeds.store.documents import find_digests
from feeds.workers import Workers

GENERATION = "generation"
"""Name of the fact that counts changes of documents; an output folder of another generation is out of date."""
MAX_BATCH_BYTES = 4_000_000
ARCHIVE_WEIGHT = 25
"""To make and check an archive document in its formats takes as long as this many pages of articles."""
CHECKED = frozenset({*(each.media_type for each in FORMATS), opml.MEDIA_TYPE})
"""Media types of the documents that are checked before they are published.

Sitemaps are not: they list every page, so each new article would cost a check of all (`feeds check` reads them).
"""

_Checked = tuple[Resource, list[CheckError]]

# Written so that indexes answer it; few articles have no seed.
_BESIDE_PAGES = """
    SELECT path FROM documents
    WHERE path NOT IN (SELECT path FROM articles) OR path IN (SELECT path FROM articles WHERE seed IS NULL)
"""
"""The documents other than pages of articles with a seed."""
_HOLD_BACK = """
    INSERT INTO documents (path, digest, changed, failed) VALUES (?, '', ?, 1)
    ON CONFLICT (path) DO UPDATE SET failed = 1
"""


def refresh(run: Run, *, report: Report, publish: Callable[[Resource], None] = lambda _: None) -> list[str]:
    """Render what is stale and record where bytes changed; the paths that changed or vanished.

    The run and the report are those of the ingest before it, in the same transaction, so readers see both or neither.
    Every rendered resource is passed to `publish`, link targets before the documents that link to them, so that nothing
    is rendered twice. A document that would break readers is not published: its last version stays, and `report` says
    why.
    """
    connection, now = run.connection, to_seconds(run.now)
    site = Site(connection, run.config, now=run.now)
    stale = find_stale(site)
    changed: list[str] = []
    documents = len(stale.archives) * len(run.config.feeds.archives)
    done, total = 0, len(stale.files) + stale.articles + documents + len(stale.paths)
    for batch in _batches(_render(site, stale, run.workers)):
        known = find_digests(connection, [resource.path for resource, _ in batch])
        new = [checked for checked in batch if known.get(checked[0].path) != checked[0].digest]
        failed = {resource.path for resource, failures in new if failures}
        passed = [resource for resource, failures in new if not failures]
        report.errors += [failure for _, failures in new for failure in failures]
        _hold_back(connection, failed, now)
        _record(connection, passed, now)
        changed += [resource.path for resource in passed]
        for resource, _ in batch:
            if resource.path not in failed:
                publish(resource)
        done += len(batch)
        run.progress("rendering", done, total)
    changed += _forget(site)
    report.errors += find_idle_redirects(site)
    report.remarks += find_dead_redirects(site)
    forget_staleness(site)
    if changed:
        write_fact(connection, GENERATION, str(int(read_fact(connection, GENERATION) or 0) + 1))
    return changed


def _render(site: Site, stale: Stale, workers: Workers) -> Iterator[_Checked]:
    """What is stale, in order, with what the check finds in it."""
    check = partial(_check, base_url=site.config.site.base_url, now=site.now)
    yield from map(check, map(site.render, stale.files))
    if stale.articles:
        pages = site.pages
        articles = ((stored, pages.find_copies(stored)) for stored in list_stale_articles(site.connection))
        yield from map(check, workers.map(pages.articles.make, articles, count=stale.articles))
    archives = (site.documents.find_archive(site.name(feed), number) for feed, number in stale.archives)
    make = partial(_make_archive, check=check)
    for documents in workers.map(make, archives, count=len(stale.archives), weight=ARCHIVE_WEIGHT):
        yield from documents
    yield from map(check, map(site.render, stale.paths))


def _make_archive(archive: Archive, *, check: Callable[[Resource], _Checked]) -> list[_Checked]:
    return list(map(check, make_archive(archive)))


def _check(resource: Resource, *, base_url: str, now: datetime) -> _Checked:
    """A document, and why it may not be published; its entries were checked when they were rendered."""
    if resource.status != HTTPStatus.OK or resource.media_type not in CHECKED:
        return resource, []
    # Costs a tenth of a second to import, and most runs change no document.
    from feeds.check import check_shell

    name = resource.path.removeprefix("/")
    return resource, [
        CheckError(
            f"is not published: {objection.what} ({objection.rule})",
            path=resource.path,
            line=objection.line,
            text=objection.text,
            hint=objection.hint,
        )
        for objection in check_shell(name, resource.body, resource.content_type, base_url=base_url, now=now)
        if objection.level == "error"
    ]


def _hold_back(connection: Connection, failed: set[str], now: int) -> None:
    """Record which documents failed the check; what stays published is their last good bytes, if any."""
    connection.executemany(_HOLD_BACK, [(path, now) for path in sorted(failed)])


def _record(connection: Connection, changed: list[Resource], now: int) -> None:
    """Record digest and instant of documents whose bytes changed."""
    facts = {"changed": now, "failed": 0}
    put_rows(connection, schema.documents, [{"path": each.path, "digest": each.digest, **facts} for each in changed])


def _batches(documents: Iterator[_Checked]) -> Iterator[list[_Checked]]:
    """Documents in batches, limited by number and by bytes."""
    batch: list[_Checked] = []
    size = 0
    for document in documents:
        batch.append(document)
        size += len(document[0].body)
        if len(batch) == BATCH or size >= MAX_BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _forget(site: Site) -> list[str]:
    """Delete the records of documents that the site no longer has; return their paths."""
    there = {*site.routes.list_fixed(), *site.sitemaps.parts}
    known = iterate_tuples(site.connection, _BESIDE_PAGES if site.routes.has_pages else "SELECT path FROM documents")
    gone = [path for rows in known for (path,) in rows if path not in there]
    for path in gone:
        ask(site.connection, "DELETE FROM documents WHERE path = :path", path=path)
    return gone
