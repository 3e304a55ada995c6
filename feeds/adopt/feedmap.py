"""Which of our feeds an old feed becomes: as the operator says, by its place, or by its title. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final
from urllib.parse import unquote, urlsplit

from feeds.adopt.records import OldFeed
from feeds.config import Config
from feeds.ingest.identity.keys import canonicalise_url
from feeds.store import FeedIdentity
from feeds.store.feeds import ALL
from feeds.text import fold_name, load_catalogue, slugify

_GENERIC: Final = frozenset(
    """feed feeds rss atom index json xml rdf rss2 all alle alles news nachrichten aktuell blog posts main home de
    page""".split()
)
"""Words of addresses that say nothing of a category."""
_SEPARATORS: Final = re.compile(r"\s+[-–—|»›:•·/]\s*|\s*[|»›:•·]\s+|:\s+")


def find_feed(old: OldFeed, ours: Sequence[FeedIdentity], config: Config) -> FeedIdentity | None:
    """The feed of ours that an old feed stands for, or None where nothing says so."""
    known = _index(ours, config)
    head = old.head
    archive = load_catalogue(config.site.language).paths["archive"]
    parts = _split_place(old)
    if head.is_ours and head.slug and (found := known.get(head.slug)):
        return found
    for start in range(len(parts)):
        # "ort/minsk" before "minsk"; an archive document belongs to its feed.
        tail = [part for part in parts[start:] if part not in _GENERIC and part != archive]
        if tail and (found := known.get("/".join(tail)) or known.get(tail[-1])):
            return found
    for label in (head.slug or "", *_SEPARATORS.split(head.title), head.title):
        if label and (found := known.get(slugify(label)) or known.get(fold_name(label))):
            return found
    return known.get("") if _is_whole(old, parts, config) else None


def name_feed(name: str, ours: Sequence[FeedIdentity], config: Config) -> FeedIdentity | None:
    """The feed that an operator names: by its category's label or slug, or "/" for that of all."""
    known = _index(ours, config)
    return known.get("" if name == ALL else name.strip("/")) or known.get(fold_name(name)) if name else None


def _index(ours: Iterable[FeedIdentity], config: Config) -> dict[str, FeedIdentity]:
    """Our feeds by slug, former slugs, and folded label and title."""
    found: dict[str, FeedIdentity] = {}
    for feed in ours:
        found[feed.slug] = feed
    for feed in ours:
        if feed.label:
            found.setdefault(fold_name(feed.label), feed)
    for category in config.categories:
        feed_of = found.get(fold_name(category.label))
        for name in (*category.was, fold_name(category.title or "")):
            if feed_of is not None and name:
                found.setdefault(name, feed_of)
    return found


def _split_place(old: OldFeed) -> list[str]:
    """The words of a feed's place: folders, and the file's name without its ending."""
    address = old.head.location if old.head.location is not None else old.head.path
    place = urlsplit(address).path if "://" in address else address.replace("\\", "/").rpartition("/")[2]
    if old.folder:
        place = f"{old.folder}/{place.rpartition('/')[2]}"
    words = [
        re.sub(r"\.(?:xml|json|rss|atom|rdf|php|html?)$", "", unquote(part), flags=re.I) for part in place.split("/")
    ]
    return [slugify(word) for word in words if slugify(word)]


def _is_whole(old: OldFeed, parts: Sequence[str], config: Config) -> bool:
    """Whether a feed is that of all articles: by its title, its page or its place."""
    head = old.head
    if fold_name(head.title) == fold_name(config.site.title):
        return True
    if head.home is not None and canonicalise_url(head.home) == canonicalise_url(config.site.base_url):
        return True
    home = "" if head.home is None else urlsplit(head.home).path.strip("/")
    return all(part in _GENERIC for part in parts) and not home
