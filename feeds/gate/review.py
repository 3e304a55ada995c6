"""What subscribers would notice of a Site, and which of that should not be published."""

from __future__ import annotations

from collections.abc import Iterable

from feeds.dates.instants import to_seconds
from feeds.diff import FeedDiff, Reason, State, compare, find_removed, judge
from feeds.diff.documents import parse_document
from feeds.gate.acceptance import Acceptance
from feeds.gate.site_state import SiteState
from feeds.render.formats import BY_FILE_NAME
from feeds.site import Site
from feeds.store.standing import find_id, list_removed


def review(site: Site, published: State | None) -> list[FeedDiff]:
    """What subscribers would notice, feed by feed, if this Site took the place of what is published."""
    return [] if published is None else compare(published, SiteState(site))


def find_reasons(site: Site, published: State | None, diffs: Iterable[FeedDiff]) -> list[Reason]:
    """Why these changes should not be published, by the limits of the settings."""
    diffs = list(diffs)
    removed = {find_id(site.connection, name) or name for name in find_removed(diffs)}
    if published is not None:
        # Feeds show only the newest entries, so most articles that vanish are in no feed.
        removed |= list_removed(site.connection, since=_find_last_told(site, published))
    acceptance = Acceptance(site.connection, site.config.library.ledger, diffs)
    return judge(diffs, site.config.gate, removed=removed, accepts=acceptance.accepts)


def _find_last_told(site: Site, published: State) -> int:
    """The instant, in seconds since 1970, from which on removals are unknown to subscribers.

    It is just after the last change of the published feed of all articles, since every removal changes that feed; or
    it is `now`, where no published document says.
    """
    now, there = to_seconds(site.now), set(published.list_feeds())
    for name in BY_FILE_NAME:
        body = published.load(name) if name in there else None
        updated = None if body is None else parse_document(name, body).updated
        if updated is not None:
            return min(updated + 1, now)
    return now
