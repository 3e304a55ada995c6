"""What readers see of a feed apart from its entries: names, titles, addresses."""

from __future__ import annotations

from dataclasses import dataclass

from feeds.config import Category, Config
from feeds.store.feeds import ALL, CORRECTIONS, StoredFeed
from feeds.text import Catalogue

SET_TITLES = {"source": "set_source", "place": "set_place", "author": "set_author", "tag": "set_tag"}
"""The text that names a member of each further feed set ("Aus Minsk"), as the catalogue calls it."""
_SET_SUBTITLES = {
    "source": "set_source_subtitle",
    "place": "set_place_subtitle",
    "author": "set_author_subtitle",
    "tag": "set_tag_subtitle",
}


@dataclass(frozen=True, slots=True)
class NamedFeed:
    """A feed with what readers see of it.

    `name` is that of its category, or of a member of a further feed set ("Aus Minsk"), empty for the feed of all;
    `title` and `subtitle` are those of its documents. `home` is the address of its page for people; without pages, that
    of the publication's own, or None. `description` is on its page, and `more` leads there from an article of its
    category ("Mehr aus der Rubrik Politik").
    """

    feed: StoredFeed
    name: str
    title: str
    subtitle: str
    home: str | None
    description: str | None
    more: str


def absolute(config: Config, path: str) -> str:
    """The address of a path of the site."""
    return config.site.base_url.rstrip("/") + path


def name_feed(feed: StoredFeed, config: Config, catalogue: Catalogue, setting: Category | None) -> NamedFeed:
    """A feed with its names; `setting` is the `[[categories]]` table of its category, if there is one."""
    site = config.site
    set_name = next((each for each in SET_TITLES if catalogue.paths[each] == feed.set_word), None)
    name = _find_name(feed, catalogue, setting, set_name)
    is_fallback = feed.is_category and feed.label == site.fallback_category
    description = None if setting is None else setting.description
    if feed.key == CORRECTIONS:
        title = catalogue.say("corrections_title", site=site.title)
        subtitle = description = catalogue.say("corrections_subtitle", site=site.title)
    elif feed.key == ALL:
        title, subtitle = site.title, site.description or catalogue.say("all_subtitle", site=site.title)
    else:
        title = catalogue.say("feed_title", category=name, site=site.title)
        words = "fallback_subtitle" if is_fallback else "feed_subtitle"
        subtitle = description or (
            catalogue.say(_SET_SUBTITLES[set_name], name=feed.label, site=site.title)
            if set_name is not None
            else catalogue.say(words, category=name, site=site.title)
        )
    home = absolute(config, feed.folder) if config.output.pages else config.output.home
    more = catalogue.say("article_more_fallback" if is_fallback else "article_more", category=name)
    return NamedFeed(feed, name, title, subtitle, home, description, more)


def _find_name(feed: StoredFeed, catalogue: Catalogue, setting: Category | None, set_name: str | None) -> str:
    if setting is not None and setting.title:
        return setting.title
    if feed.key == CORRECTIONS:
        return catalogue.say("page_corrections")
    return feed.label if set_name is None else catalogue.say(SET_TITLES[set_name], name=feed.label)
