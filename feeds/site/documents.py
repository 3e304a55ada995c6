"""Feed documents and lists for machines: kept entries joined in their shell, OPML, sitemap, robots.txt."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from feeds.config import Category, Config
from feeds.feed import Feed, Term, select
from feeds.ingest.instants import to_datetime
from feeds.render.formats import FORMATS
from feeds.render.opml import Subscription, render_opml
from feeds.render.sitemap import render_sitemap
from feeds.site.routes import SITEMAP, STATIC, folder_of
from feeds.store.shelf import ALL, StoredFeed, find_entries, list_article_changes
from feeds.text import Catalogue

EMPTY_SINCE = 946_684_800
"""The `updated` of a feed that never had an entry: constant, so that an empty feed's bytes are too (2000-01-01)."""
_FORMATS = {each.name: each for each in FORMATS}


def absolute(config: Config, path: str) -> str:
    """The address of a path of the site."""
    return config.site.base_url.rstrip("/") + path


def title_of(feed: StoredFeed, setting: Category | None) -> str:
    """The name of a feed's category for readers."""
    return (setting.title if setting else None) or feed.label


def render_feed(
    connection: Connection,
    config: Config,
    catalogue: Catalogue,
    feed: StoredFeed,
    form: str,
    *,
    setting: Category | None,
    files: frozenset[str],
) -> bytes:
    """A feed's subscription document in a format: its newest entries within the byte budget."""
    found = find_entries(connection, feed.key, form, limit=config.feeds.entries)
    entries = select(found, entries=config.feeds.entries, max_bytes=config.feeds.max_bytes)
    updated = max((entry.changed for entry in entries), default=0)
    record = describe_feed(
        config, catalogue, feed, setting=setting, files=files, updated=max(updated, feed.removed) or EMPTY_SINCE
    )
    return _FORMATS[form].render_shell(record).join(entry.body for entry in entries)


def describe_feed(
    config: Config,
    catalogue: Catalogue,
    feed: StoredFeed,
    *,
    setting: Category | None,
    files: frozenset[str],
    updated: int,
) -> Feed:
    """The format-neutral Feed of a stored feed. `updated` is in seconds since 1970."""
    site = config.site
    folder = absolute(config, folder_of(feed))
    if feed.key == ALL:
        title = site.title
        subtitle = site.description or catalogue.say("all_subtitle", site=site.title)
        categories: tuple[Term, ...] = ()
    else:
        name = title_of(feed, setting)
        title = catalogue.say("feed_title", category=name, site=site.title)
        described = setting.description if setting else None
        subtitle = described or catalogue.say("feed_subtitle", category=name, site=site.title)
        categories = (Term(feed.slug, name, site.base_url),)
    return Feed(
        id=feed.id,
        title=title,
        subtitle=subtitle,
        home=folder,
        folder=folder,
        language=site.language,
        updated=to_datetime(updated),
        author=site.author or site.title,
        max_age_seconds=config.feeds.max_age_seconds,
        rights=site.rights,
        icon=absolute(config, STATIC + find_file(files, "icon")),
        logo=absolute(config, STATIC + find_file(files, "logo")) if find_file(files, "logo") else None,
        categories=categories,
    )


def find_file(files: frozenset[str], stem: str) -> str:
    """The name of the site's file with this stem ("icon", "logo"), or an empty text."""
    return next((name for name in sorted(files) if name.partition(".")[0] == stem), "")


def render_subscriptions(
    config: Config, catalogue: Catalogue, feeds: Iterable[tuple[StoredFeed, Category | None]]
) -> bytes:
    """The OPML of the categories' Atom feeds. The feed of all is not in it: no reader merges entries across feeds."""
    site = config.site
    subscriptions = [
        Subscription(
            title=catalogue.say("feed_title", category=title_of(feed, setting), site=site.title),
            feed=absolute(config, folder_of(feed) + _FORMATS["atom"].file_name),
            home=absolute(config, folder_of(feed)),
        )
        for feed, setting in feeds
        if feed.key != ALL
    ]
    return render_opml(site.title, subscriptions, language=site.language)


def render_site_map(connection: Connection, config: Config, folders: Iterable[str]) -> bytes:
    """The sitemap of the pages for people."""
    pages = [(absolute(config, folder), None) for folder in folders]
    articles = [(absolute(config, path), to_datetime(changed)) for path, changed in list_article_changes(connection)]
    return render_sitemap([*pages, *articles])


def render_robots(config: Config) -> bytes:
    """robots.txt (RFC 9309): everything may be read, and where the sitemap is."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {absolute(config, SITEMAP)}\n".encode()
