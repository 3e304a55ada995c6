"""Renames of categories that neither settings nor texts tell any more are taken back, and readers led back."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select, update

from feeds.article import load_record
from feeds.ingest.candidates import TEXT_STATES
from feeds.ingest.feedsets import FeedRow
from feeds.ingest.publication import find_sections
from feeds.ingest.work import Work
from feeds.store import schema

_SAYING = (*TEXT_STATES, "waiting")
_archives, _articles, _seeds, _texts = schema.archives, schema.articles, schema.seeds, schema.texts


def take_back_renames(work: Work) -> set[str]:
    """Give feeds of categories the name that texts say; the ids of the articles to publish anew for it.

    Where none says the name of a feed's slug any more and some say that of its first one, it goes back there.
    """
    untold = {feed.slug: feed for feed in work.sets.feeds.values() if work.sets.is_untold(feed)}
    if not untold:
        return set()
    told: set[str] = set()
    named: dict[str, str] = {}
    for label in _iterate_labels(work):
        named.setdefault(work.sets.find_slug(label), label)
        if named.keys() >= untold.keys():
            break
    for slug, feed in untold.items():
        first = work.sets.first_slug(feed)
        back = slug if slug in named or work.sets.has_slug(first) else first
        if back in named and (back, named[back]) != (slug, feed.label):
            work.sets.take_back(feed, back, named[back])
            told |= _make_stale(work, feed)
    return told


def _iterate_labels(work: Work) -> Iterator[str]:
    """The category that each text says, by its path, the last one first: names of files often begin with the day."""
    query = select(_texts.c.record, _seeds.c.layout).join(_seeds, _seeds.c.path == _texts.c.path)
    query = query.where(_seeds.c.state.in_(_SAYING)).order_by(_seeds.c.path.desc())
    for record, layout in work.connection.execute(query):
        yield work.sets.label_of(load_record(record), find_sections(layout))


def _make_stale(work: Work, feed: FeedRow) -> set[str]:
    """Have a feed's archive documents rendered anew; the ids of its articles, whose entries name it."""
    work.connection.execute(update(_archives).where(_archives.c.feed == feed.key).values(stale=1))
    return set(work.connection.scalars(select(_articles.c.id).where(_articles.c.category == feed.key)))
