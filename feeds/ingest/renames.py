"""Renames of categories that neither settings nor texts tell any more are taken back, and readers led back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Select, select, update

from feeds.article import load_record
from feeds.ingest.candidates import TEXT_STATES
from feeds.ingest.feedsets import FeedRow
from feeds.ingest.publication import find_sections
from feeds.ingest.work import Work, batches
from feeds.store import read_fact, schema, write_fact

SAYING = "saying"
"""The fact of the library that holds, by each slug that was asked for, the text that says it, or "" for none."""
_SAYING = (*TEXT_STATES, "waiting")
_archives, _articles, _seeds, _texts = schema.archives, schema.articles, schema.seeds, schema.texts


def take_back_renames(work: Work, changed: set[str]) -> set[str]:
    """Give feeds of categories the name that texts say; the ids of the articles to publish anew for it.

    Where none says the name of a feed's slug any more and some say that of its first one, it goes back there.
    `changed` are the paths of the texts that are new or other than in the last run.
    """
    untold = {feed.slug: feed for feed in work.sets.feeds.values() if work.sets.is_untold(feed)}
    told: set[str] = set()
    named = _find_names(work, untold, changed)
    for slug, feed in untold.items():
        first = work.sets.first_slug(feed)
        back = slug if slug in named or work.sets.has_slug(first) else first
        if back in named and (back, named[back]) != (slug, feed.label):
            work.sets.take_back(feed, back, named[back])
            told |= _make_stale(work, feed)
    return told


def _find_names(work: Work, untold: dict[str, FeedRow], changed: set[str]) -> dict[str, str]:
    """The categories that texts say, by their slugs: of untold feeds, and of their first ones.

    Where the last run asked for the same, no more is read than what changed since and what said them then.
    """
    asked = sorted({*untold, *map(work.sets.first_slug, untold.values())})
    fact = read_fact(work.connection, SAYING) or "{}"
    known: dict[str, str] = json.loads(fact)
    found: dict[str, tuple[str, str]] | None = None if asked else {}
    if sorted(known) == asked and asked and not (work.redo_parse or work.redo_render):
        found = _find_later(work, known, changed)
    if found is None:
        found = _find_all(work, untold, asked)
    saying = json.dumps({slug: found[slug][0] if slug in found else "" for slug in asked})
    if saying != fact:
        write_fact(work.connection, SAYING, saying)
    return {slug: label for slug, (_, label) in found.items()}


def _find_all(work: Work, untold: dict[str, FeedRow], asked: list[str]) -> dict[str, tuple[str, str]]:
    """What says these slugs, as (path, label): the last text by its path; no further once all untold ones are said."""
    found: dict[str, tuple[str, str]] = {}
    for path, slug, label in _iterate_said(work):
        if slug in asked:
            found.setdefault(slug, (path, label))
            if found.keys() >= untold.keys():
                break
    return found


def _find_later(work: Work, known: dict[str, str], changed: set[str]) -> dict[str, tuple[str, str]] | None:
    """What says these slugs now, as (path, label), by what said them; None where one of those says it no more."""
    found: dict[str, tuple[str, str]] = {}
    for path, slug, label in _iterate_said(work, {*changed, *filter(None, known.values())}):
        if slug in known:
            found[slug] = max(found.get(slug, (path, label)), (path, label))
    is_later = all(not path or (slug in found and found[slug][0] >= path) for slug, path in known.items())
    return found if is_later else None


def _iterate_said(work: Work, paths: Iterable[str] | None = None) -> Iterator[tuple[str, str, str]]:
    """Path, slug and label of the category that each text says: of all, the last path first, or of these paths.

    The last come first, for names of files often begin with the day.
    """
    said = select(_texts.c.path, _texts.c.record, _seeds.c.layout).join(_seeds, _seeds.c.path == _texts.c.path)
    said = said.where(_seeds.c.state.in_(_SAYING))
    queries: Iterable[Select[Any]] = (
        [said.order_by(_seeds.c.path.desc())]
        if paths is None
        else (said.where(_texts.c.path.in_(batch)) for batch in batches(sorted(paths)))
    )
    for query in queries:
        for path, record, layout in work.connection.execute(query):
            label = work.sets.label_of(load_record(record), find_sections(layout))
            yield path, work.sets.find_slug(label), label


def _make_stale(work: Work, feed: FeedRow) -> set[str]:
    """Have a feed's archive documents rendered anew; the ids of its articles, whose entries name it."""
    work.connection.execute(update(_archives).where(_archives.c.feed == feed.key).values(stale=1))
    return set(work.connection.scalars(select(_articles.c.id).where(_articles.c.category == feed.key)))
