"""Undoing renames of categories that neither settings nor texts mention any more; readers are redirected back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final, NamedTuple

from feeds.article import load_record
from feeds.ingest.publication.publisher import find_sections
from feeds.ingest.work import TEXT_STATES, Work
from feeds.store import ask, ask_values, batches, read_fact, write_fact
from feeds.store.feeds import StoredFeed
from feeds.store.packing import unpack_text

WITNESSES = "saying"
"""Name of the fact that holds, by slug, the path of its witness, or "" for none."""
_STATES: Final = (*TEXT_STATES, "waiting")
_SAID: Final = """
    SELECT texts.path, packed, layout FROM texts JOIN seeds ON seeds.path = texts.path WHERE state IN :states
"""


class Witness(NamedTuple):
    """The text that gives a category with a slug its name: of those that print it, the last by path."""

    path: str
    label: str


def take_back_renames(work: Work, changed: set[str]) -> set[str]:
    """Give feeds of categories the name that texts say; the ids of the articles to publish again for it.

    Where none says the name of a feed's slug any more and some say that of its first one, it goes back there.
    `changed` are the paths of the texts that are new or changed since the last run.
    """
    untold = [feed for feed in work.feeds.by_key.values() if work.feeds.is_untold(feed)]
    witnesses = _find_witnesses(work, untold, changed)
    told: set[str] = set()
    for feed in untold:
        first = work.feeds.first_slug(feed)
        slug = feed.slug if feed.slug in witnesses or work.feeds.has_slug(first) else first
        witness = witnesses.get(slug)
        if witness is not None and (slug, witness.label) != (feed.slug, feed.label):
            work.feeds.take_back(feed, slug, witness.label)
            told |= _make_stale(work, feed)
    return told


def _find_witnesses(work: Work, untold: list[StoredFeed], changed: set[str]) -> dict[str, Witness]:
    """The witnesses of the slugs of untold feeds, and of those that they had first; by slug, where there is one."""
    slugs = {feed.slug for feed in untold}
    asked = slugs.union(map(work.feeds.first_slug, untold))
    before: dict[str, str] = json.loads(read_fact(work.connection, WITNESSES) or "{}")
    found: dict[str, Witness] | None = None
    if not asked:
        found = {}
    elif before.keys() == asked and not (work.redo_parse or work.redo_render):
        found = _follow(work, before, changed)
    if found is None:
        found = _search(work, slugs, asked)
    after = {slug: found[slug].path if slug in found else "" for slug in sorted(asked)}
    if after != before:
        write_fact(work.connection, WITNESSES, json.dumps(after))
    return found


def _follow(work: Work, before: dict[str, str], changed: set[str]) -> dict[str, Witness] | None:
    """The witnesses by those of the last run, with no text read but them and what changed.

    None where one of them prints its slug no more, and no text after it does: any other may be the witness now.
    """
    found: dict[str, Witness] = {}
    for paths in batches(sorted({*changed, *filter(None, before.values())})):
        for slug, witness in _read_said(work, "AND texts.path IN :paths", paths=paths):
            if slug in before:
                found[slug] = max(found.get(slug, witness), witness)
    is_known = all(not path or (slug in found and found[slug].path >= path) for slug, path in before.items())
    return found if is_known else None


def _search(work: Work, slugs: set[str], asked: set[str]) -> dict[str, Witness]:
    """The witnesses among all texts; no further than to those of all `slugs`, for then nothing goes back."""
    found: dict[str, Witness] = {}
    # The last first, for names of files often begin with the day.
    for slug, witness in _read_said(work, "ORDER BY seeds.path DESC"):
        if slug in asked:
            found.setdefault(slug, witness)
            if found.keys() >= slugs:
                break
    return found


def _read_said(work: Work, which: str, **values: list[str]) -> Iterator[tuple[str, Witness]]:
    """The slug of the category that each of these texts says, with that text as its witness."""
    for path, packed, layout in ask(work.connection, _SAID + which, states=_STATES, **values):
        label = work.feeds.label_of(load_record(unpack_text(packed)), find_sections(layout))
        yield work.feeds.find_slug(label), Witness(path, label)


def _make_stale(work: Work, feed: StoredFeed) -> set[str]:
    """Have a feed's archive documents rendered again; the ids of its articles, whose entries name it."""
    ask(work.connection, "UPDATE archives SET stale = 1 WHERE feed = :key", key=feed.key)
    return set(ask_values(work.connection, "SELECT id FROM articles WHERE category = :key", key=feed.key))
