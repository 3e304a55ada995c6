"""Changed seeds -> articles: grouped by their natural keys in canonical order; new articles get an id."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from feeds.ingest.aliases import find_holders
from feeds.ingest.candidates import load_identities
from feeds.ingest.identity import group_seeds, may_join, mint_id
from feeds.ingest.orders import mark_erased
from feeds.ingest.parting import part_articles
from feeds.ingest.work import ERASED_PREFIX, Work, batches, erase_key
from feeds.store import ask


class _Seed(NamedTuple):
    """A seed that is an article: its path, its natural keys, and the articles that have each of them already."""

    path: str
    keys: list[str]
    articles: dict[str, tuple[str, ...]]

    def list_ties(self) -> Iterator[str]:
        """All that ties it to other seeds that have it, too."""
        yield from self.keys
        for articles in self.articles.values():
            yield from articles


class _Ties:
    """The ties that more than one seed has; of those met once no more than a bit is kept.

    So now and then a tie is taken for shared that is not.
    """

    _BITS: Final = 512
    """For each seed, which has some four ties: one in thirty is compared for nothing."""

    def __init__(self, seeds: int) -> None:
        self._size = self._BITS * max(1, seeds)
        self._met = bytearray(self._size // 8)
        self._shared: set[str] = set()

    def add(self, ties: Iterable[str]) -> None:
        """Count what one seed has."""
        for tie in set(ties):
            place, bit = divmod(zlib.crc32(tie.encode()) % self._size, 8)
            if self._met[place] >> bit & 1:
                self._shared.add(tie)
            self._met[place] |= 1 << bit

    def is_any_shared(self, ties: Iterable[str]) -> bool:
        """Whether another seed has one of these."""
        return not self._shared.isdisjoint(ties)


def group_changes(work: Work, paths: set[str]) -> set[str]:
    """Give the changed seeds their article; the articles' ids.

    A seed that has nothing in common with another is an article by itself, and settled at once: of a million nearly
    all are, and only the others are held in memory together.
    """
    ordered = sorted(paths)
    ties = _Ties(len(ordered))
    for seeds in _iterate_seeds(work, ordered):
        for seed in seeds:
            ties.add(seed.list_ties())
    identifiers: set[str] = set()
    others: list[_Seed] = []
    for seeds in _iterate_seeds(work, ordered):
        alone: list[_Seed] = []
        for seed in seeds:
            (others if ties.is_any_shared(seed.list_ties()) else alone).append(seed)
        identifiers.update(_settle(work, alone))
    identifiers.update(_settle(work, others))
    return identifiers


def _settle(work: Work, seeds: list[_Seed]) -> set[str]:
    """Give seeds, in canonical order, their article; the articles' ids."""
    known = {key: identifiers for seed in seeds for key, identifiers in seed.articles.items()}
    held = {identifier for identifiers in known.values() for identifier in identifiers}
    keys_of = {identity.id: identity.keys for identity in load_identities(work, sorted(held))}
    groups = group_seeds(((seed.path, seed.keys) for seed in seeds), known=known, keys_of=keys_of)
    identifiers = [group.id or mint_id(work.namespace, group.keys) for group in groups]
    rows = [(identifier, path) for identifier, group in zip(identifiers, groups, strict=True) for path in group.paths]
    if rows:
        work.connection.exec_driver_sql("UPDATE seeds SET article = ? WHERE path = ?", rows)
    # Only these may have several seeds.
    shared = [
        each for each, group in zip(identifiers, groups, strict=True) if group.id is not None or len(group.paths) > 1
    ]
    return part_articles(work, shared).union(identifiers) if shared else set(identifiers)


def _iterate_seeds(work: Work, paths: list[str]) -> Iterator[list[_Seed]]:
    """Those of the seeds that are articles, in batches, by path."""
    has_erased = work.has_erased()
    for batch in batches(paths):
        seeds = _find_seeds(work, batch, has_erased=has_erased)
        known = find_holders(work, (key for _, keys in seeds for key in keys))
        yield [_Seed(path, keys, {key: known[key] for key in keys if key in known}) for path, keys in seeds]


def _is_erased(work: Work, path: str, keys: list[str]) -> bool:
    """Whether a seed is that of an erased article: then nothing of it is kept but that it is not published."""
    own = [erase_key(key) for key in keys]
    # Keys of articles that were erased before digests had kinds match whatever their kind.
    kindless = {f"{ERASED_PREFIX}{key.rpartition(':')[2]}" for key in own}
    query = "SELECT key, article FROM aliases WHERE key IN :keys"
    found = ask(work.connection, query, keys=[*own, *kindless]).all()
    keys_of = {identity.id: identity.keys for identity in load_identities(work, {row.article for row in found})}
    if not any(row.key in kindless for row in found):
        by = {row.key for row in found if _may_be(own, keys_of[row.article], by=row.key)}
        living = find_holders(work, keys) if by else {}
        # The best key decides: one of an article that is there is nearer than a worse one of the erased article.
        best = next((hidden for key, hidden in zip(keys, own, strict=True) if hidden in by or key in living), None)
        if best not in by:
            return False
    mark_erased(work, path)
    return True


def _may_be(own: Iterable[str], erased: Iterable[str], *, by: str) -> bool:
    """Whether a seed can be of the erased article that it shares a key with; of all keys there are digests."""
    mine, theirs = ([key.removeprefix(ERASED_PREFIX) for key in each] for each in (own, erased))
    return may_join(mine, theirs, by=by.removeprefix(ERASED_PREFIX))


def _find_seeds(work: Work, paths: list[str], *, has_erased: bool) -> list[tuple[str, list[str]]]:
    """Path and natural keys of those of the seeds that are articles, by path; those of erased ones are marked."""
    query = "SELECT path, natural_keys, state FROM seeds WHERE path IN :paths ORDER BY path"
    # States are told apart here: in a WHERE clause, they make SQLite read all seeds of a state for each batch.
    rows = [
        (row.path, json.loads(row.natural_keys), row.state)
        for row in ask(work.connection, query, paths=paths)
        if row.state in {"article", "waiting", "draft"}
    ]
    erased = {path for path, keys, _ in rows if _is_erased(work, path, keys)} if has_erased else set()
    return [(path, keys) for path, keys, state in rows if state == "article" and path not in erased]
