"""Seeds that are grouped again though they have not changed, because something ties them to one that has.

So an article has the same seeds whether the library knew some of them before or none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from feeds.ingest.identity.aliases import (
    find_claimants,
    find_claimed,
    find_holders,
    forget_all_claims,
    forget_claims,
    load_identities,
)
from feeds.ingest.identity.groups import MAX_HOLDERS
from feeds.ingest.work import Changes, Work
from feeds.store import ask_all, ask_values, batches


def add_related(work: Work, changes: Changes) -> None:
    """Add the seeds that natural keys tie to what changed, directly or by others, and their articles, to the changes.

    A key that many articles have ties nothing: it is a standing phrase.
    """
    if len(changes.paths) == work.report.seeds:
        # None is left, as in a build from nothing.
        forget_all_claims(work)
        return
    articles = set(changes.articles)
    waiting = set(changes.paths)
    while waiting or articles:
        found = {holder for keys in _iterate_keys(work, waiting, articles) for holder in find_tied(work, keys)}
        changes.articles |= articles
        waiting = find_paths(work, articles | found) - changes.paths
        changes.paths |= waiting
        articles = found - changes.articles
    forget_claims(work, changes.articles)


def _iterate_keys(work: Work, paths: set[str], articles: set[str]) -> Iterator[set[str]]:
    """The natural keys of seeds and of articles, of a batch at a time."""
    query = "SELECT natural_keys FROM seeds WHERE path IN :paths"
    for batch in batches(sorted(paths)):
        yield {key for found in ask_values(work.connection, query, paths=batch) for key in json.loads(found)}
    for batch in batches(sorted(articles)):
        yield {key for identity in load_identities(work, batch) for key in identity.keys} | find_claimed(work, batch)


def find_tied(work: Work, keys: set[str]) -> set[str]:
    """The articles that have one of these keys, or whose files have it."""
    holders = find_holders(work, sorted(keys))
    standing = {key for key, several in holders.items() if len(several) > MAX_HOLDERS}
    tied = {holder for key, several in holders.items() if key not in standing for holder in several}
    return tied | find_claimants(work, keys - standing)


def find_paths(work: Work, articles: set[str]) -> set[str]:
    """The seeds of these articles, and those that were taken for one and refused."""
    query = "SELECT path FROM seeds WHERE article IN :ids"
    return {row.path for row in ask_all(work.connection, query, ids=articles)}
