"""Titles of feeds, and the addresses of the site's paths."""

from __future__ import annotations

from feeds.config import Category, Config
from feeds.store.feeds import ALL, CORRECTIONS, StoredFeed
from feeds.text import Catalogue

_SET_TITLES = {"source": "set_source", "place": "set_place", "author": "set_author", "tag": "set_tag"}


def absolute(config: Config, path: str) -> str:
    """The address of a path of the site."""
    return config.site.base_url.rstrip("/") + path


def find_home(config: Config, feed: StoredFeed) -> str | None:
    """The address of a feed's page for people; without pages, that of the publication's own, or None."""
    return absolute(config, feed.folder) if config.output.pages else config.output.home


def title_of(catalogue: Catalogue, feed: StoredFeed, setting: Category | None) -> str:
    """The name for readers of a category, or of a member of a further feed set ("Aus Minsk")."""
    if setting is not None and setting.title:
        return setting.title
    if feed.key == CORRECTIONS:
        return catalogue.say("page_corrections")
    word, slash, _ = feed.slug.partition("/")
    if not slash:
        return feed.label
    name = next(name for name, path in catalogue.paths.items() if path == word)
    return catalogue.say(_SET_TITLES[name], name=feed.label)


def name_feed(config: Config, catalogue: Catalogue, feed: StoredFeed, setting: Category | None) -> tuple[str, str]:
    """Title and subtitle of a feed."""
    site = config.site
    if feed.key == CORRECTIONS:
        return catalogue.say("corrections_title", site=site.title), catalogue.say(
            "corrections_subtitle", site=site.title
        )
    if feed.key == ALL:
        return site.title, site.description or catalogue.say("all_subtitle", site=site.title)
    name = title_of(catalogue, feed, setting)
    described = setting.description if setting is not None else None
    return (
        catalogue.say("feed_title", category=name, site=site.title),
        described or catalogue.say("feed_subtitle", category=name, site=site.title),
    )
