"""What an ingest made stale: what must be rendered again, link targets before the documents that link to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from feeds.ingest.publication.places import STALE_MONTHS
from feeds.site.routes import MESSAGES, NEWS_SITEMAP, OPML, ROBOTS, SITEMAP, SITEMAPS, STATIC
from feeds.site.site import Site
from feeds.site.sitemaps import FOLDERS
from feeds.store import ask, ask_values, read_fact, write_fact
from feeds.store.articles import count_stale_articles
from feeds.store.documents import list_failed
from feeds.store.feeds import ALL, StoredFeed, list_stale_archives
from feeds.text import digest

NAVIGATION = "navigation"
"""Name of the fact that holds the digest of what every page shows: the categories."""
_TABLES = ("articles", "archives", "feeds")
"""Those whose rows may be stale."""


@dataclass(frozen=True, slots=True)
class Stale:
    """What must be rendered again, in this order.

    `files` are the paths of files below /static/, which are rendered each time, `articles` how many articles' pages
    are stale, `archives` the archive documents, as feed and number, and `paths` those of everything else.
    """

    files: list[str]
    articles: int
    archives: list[tuple[StoredFeed, int]]
    paths: list[str]


def find_stale(site: Site) -> Stale:
    """Find what is stale. Where the categories have changed, that is every page."""
    if site.routes.has_pages:
        _compare_navigation(site)
    archives = [
        (site.feeds[key], number)
        for key, number in list_stale_archives(site.connection)
        if not site.routes.is_removed(site.feeds[key])
    ]
    known = {path for feed, number in archives for path in site.routes.list_archive(feed, number).values()}
    pages = [
        site.routes.folder_of_archive(feed, number) for feed, number in archives if site.routes.has_archive_pages(feed)
    ]
    return Stale(
        files=[STATIC + name for name in sorted(site.files)],
        articles=count_stale_articles(site.connection) if site.routes.has_pages else 0,
        archives=archives,
        paths=[path for path in dict.fromkeys([*pages, *_iterate_paths(site)]) if path not in known],
    )


def forget_staleness(site: Site) -> None:
    """Note that everything is rendered."""
    for table in _TABLES:
        ask(site.connection, f"UPDATE {table} SET stale = 0 WHERE stale = 1")  # noqa: S608 (constants)
    write_fact(site.connection, STALE_MONTHS, "")


def _compare_navigation(site: Site) -> None:
    """Mark every page as stale if the categories have changed, because every page lists them."""
    categories = [each for each in site.pages.feeds if each.feed.is_category]
    found = digest(*(part for each in categories for part in (each.feed.slug, each.name)))
    if found != read_fact(site.connection, NAVIGATION):
        write_fact(site.connection, NAVIGATION, found)
        for table in _TABLES:
            ask(site.connection, f"UPDATE {table} SET stale = 1")  # noqa: S608 (constants)
        for feed in site.feeds.values():
            feed.stale = True


def _iterate_paths(site: Site) -> Iterator[str]:
    """The paths of feeds, then of the pages that name them, and of what failed the check."""
    stale = [feed for feed in site.feeds.values() if feed.stale and not site.routes.is_removed(feed)]
    paths = [path for feed in stale for path in site.routes.list_feed(feed)]
    yield from sorted(paths, key=lambda path: (path.endswith("/"), path == "/"))
    if stale and site.routes.has_pages:
        if not any(feed.key == ALL for feed in stale):
            yield "/"
        yield from (*MESSAGES, *_find_stale_sitemaps(site), SITEMAP)
    if stale:
        yield OPML
    # Documents that failed the check are rendered, and reported, in every run.
    yield from list_failed(site.connection)
    yield from (NEWS_SITEMAP, ROBOTS) if site.routes.has_pages else (ROBOTS,)


def _find_stale_sitemaps(site: Site) -> Iterator[str]:
    """The sitemap parts whose pages changed, the part of folders, and parts that were never written."""
    months = (read_fact(site.connection, STALE_MONTHS) or "").split()
    query = "SELECT path FROM documents WHERE path BETWEEN :first AND :last"
    known = set(ask_values(site.connection, query, first=SITEMAPS, last=f"{SITEMAPS}\uffff"))
    for path, (month, _) in site.sitemaps.parts.items():
        if month == FOLDERS or month in months or path not in known:
            yield path
