"""Seeds that are grouped again though they have not changed, because something ties them to one that has.

So an article has the same seeds whether the library knew some of them before or none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from feeds.ingest.identity.aliases import find_holders, load_identities
from feeds.ingest.identity.grouping import MAX_HOLDERS
from feeds.ingest.work import Changes, Work, batches
from feeds.store import ask


def add_related(work: Work, changes: Changes) -> None:
    """Add the seeds that natural keys tie to what changed, directly or by others, and their articles, to the changes.

    A key that many articles have ties nothing: it is a standing phrase.
    """
    if len(changes.paths) == work.report.seeds:
        # None is left, as in a build from nothing.
        return
    if changes.paths or changes.articles:
        changes.paths |= _find_refused(work)
    articles = set(changes.articles)
    waiting = set(changes.paths)
    while waiting or articles:
        found = {holder for keys in _iterate_keys(work, waiting, articles) for holder in _find_tied(work, keys)}
        changes.articles |= articles
        waiting = _find_paths(work, articles | found) - changes.paths
        changes.paths |= waiting
        articles = found - changes.articles


def _find_refused(work: Work) -> set[str]:
    """The seeds that are another article than that which has their id: no article has all of their keys."""
    query = "SELECT path, state FROM seeds WHERE reason IS NOT NULL"
    return {row.path for row in ask(work.connection, query) if row.state == "article"}


def _iterate_keys(work: Work, paths: set[str], articles: set[str]) -> Iterator[set[str]]:
    """The natural keys of seeds and of articles, of a batch at a time."""
    query = "SELECT natural_keys FROM seeds WHERE path IN :paths"
    for batch in batches(sorted(paths)):
        yield {key for found in ask(work.connection, query, paths=batch).scalars() for key in json.loads(found)}
    for batch in batches(sorted(articles)):
        yield {key for identity in load_identities(work, batch) for key in identity.keys}


def _find_tied(work: Work, keys: set[str]) -> set[str]:
    """The articles that have one of these keys."""
    holders = find_holders(work, sorted(keys)).values()
    return {holder for several in holders if len(several) <= MAX_HOLDERS for holder in several}


def _find_paths(work: Work, articles: set[str]) -> set[str]:
    """The seeds of these articles, and those that were taken for one and refused."""
    query = "SELECT path FROM seeds WHERE article IN :ids"
    return {path for batch in batches(sorted(articles)) for path in ask(work.connection, query, ids=batch).scalars()}
