"""Changed seeds -> articles: each is given one by its natural keys; new articles get an id."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from itertools import chain, count
from typing import Final, NamedTuple

from feeds.article import Article, load_record
from feeds.ingest.identity.aliases import add_claims, find_holders, load_identities, rewrite_line
from feeds.ingest.identity.erased import set_erased_aside
from feeds.ingest.identity.grouping import find_forgotten, group_seeds
from feeds.ingest.identity.groups import MAX_HOLDERS, Group, Known, Seed
from feeds.ingest.identity.ids import mint_id
from feeds.ingest.identity.keys import group_by_kind, rank_key
from feeds.ingest.identity.likeness import are_different, are_same_words
from feeds.ingest.work import PAGE_DIGEST_LENGTH, Work
from feeds.store import BATCH, Identity, ask, batches
from feeds.store.feeds import ALL
from feeds.store.packing import unpack_text

_SEEDS: Final = f"""
    SELECT path, state, natural_keys, substr(digest, 1, {PAGE_DIGEST_LENGTH}) AS page, words, rank, article
    FROM seeds WHERE path IN :paths ORDER BY path
"""  # noqa: S608 (a constant)
_ASSIGN: Final = """
    UPDATE seeds SET article = CASE WHEN state = 'error' AND ? IS NOT NULL THEN NULL ELSE ? END,
    reason = CASE WHEN state = 'error' THEN reason ELSE ? END WHERE path = ?
"""
"""One that broke keeps the reason of that; refused besides, it is that of no article.

Takes the reason, the article, the reason again and the path.
"""


class _Found(NamedTuple):
    """A seed, and the articles that have each of its natural keys already, as the ledger says."""

    seed: Seed
    holders: dict[str, tuple[str, ...]]

    def list_ties(self) -> Iterator[str]:
        """All that ties it to other seeds that have it, too."""
        yield from self.seed.keys
        for articles in self.holders.values():
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


class _Texts:
    """What seeds say, loaded where two of them must be compared."""

    def __init__(self, work: Work) -> None:
        self._cursor = work.connection.cursor()
        self._load = lru_cache(maxsize=BATCH)(self._load_text)
        self.differ = cache(self._differ)

    def _load_text(self, path: str) -> Article:
        (packed,) = self._cursor.execute("SELECT packed FROM texts WHERE path = ?", (path,)).fetchone()
        return load_record(unpack_text(packed))

    def _differ(self, one: Seed, other: Seed, by: str) -> bool:
        """Whether two seeds are two articles, though the best key that they share is of the kind `by`."""
        if are_same_words(one.words, other.words):
            return False
        return are_different(self._load(one.path), self._load(other.path), by=by)


def assign_seeds(work: Work, paths: set[str], publishes: Callable[[str, str], bool]) -> set[str]:
    """Give the seeds their article, and note which of them claim one that they are not; the articles' ids.

    `publishes` tells whether the text of a seed may be published, by its path, under an id.
    A seed that has nothing in common with another is an article by itself, and settled at once: of a million nearly
    all are, and only the others are held in memory together.
    """
    set_erased_aside(work, paths)
    ordered = sorted(paths)
    if len(ordered) <= BATCH:
        return _assign(work, [found for batch in _iterate_seeds(work, ordered) for found in batch], publishes)
    ties = _Ties(len(ordered))
    for batch in _iterate_seeds(work, ordered):
        for found in batch:
            ties.add(found.list_ties())
    identifiers: set[str] = set()
    others: list[_Found] = []
    for batch in _iterate_seeds(work, ordered):
        alone: list[_Found] = []
        for found in batch:
            (others if ties.is_any_shared(found.list_ties()) else alone).append(found)
        identifiers.update(_assign(work, alone, publishes))
    identifiers.update(_assign(work, others, publishes))
    return identifiers


def _assign(work: Work, found: list[_Found], publishes: Callable[[str, str], bool]) -> set[str]:
    """Give seeds, in canonical order, their article; the articles' ids."""
    if not found:
        return set()
    holders = {key: articles for each in found for key, articles in each.holders.items()}
    joining = {each for articles in holders.values() if len(articles) <= MAX_HOLDERS for each in articles}
    identities = {identity.id: identity for identity in load_identities(work, sorted(joining))}
    stay = work.config.feeds.vanished != "remove"
    known = {
        each.id: Known(
            each.id,
            group_by_kind(each.keys),
            each.page,
            each.words,
            has_left=ALL in each.left,
            stays=stay or each.withdrawn is not None or each.order is not None,
        )
        for each in identities.values()
    }

    having = {**identities, **_find_first_choices(work, found, identities)}

    def mint(group: Group, taken: set[str]) -> str:
        return _mint_free(work, group, taken, having)

    told = cache(publishes)
    groups = group_seeds(
        [each.seed for each in found],
        holders=holders,
        known=known,
        differ=_Texts(work).differ,
        mint=mint,
        publishes=lambda group: told(group.best().path, group.id or ""),
    )
    work.shared.update(group.id or "" for group in groups if len(group.seeds) > 1)
    rows = [
        *((None, group.id, None, seed.path) for group in groups for seed in group.seeds),
        *((rival, group.id, rival, path) for group in groups for path, rival in group.find_rivals().items()),
    ]
    work.connection.executemany(_ASSIGN, rows)
    add_claims(work, ((key, group.id or "") for group in groups for seed in group.refused for key in seed.keys))
    for identifier, keys in find_forgotten(groups, holders).items():
        _forget(work, identities[identifier], keys)
    return {identifier for _, identifier, _, _ in rows if identifier is not None}


def _find_first_choices(work: Work, found: Iterable[_Found], known: Iterable[str]) -> dict[str, Identity]:
    """The articles, other than the known ones, that have an id which the best key of one of these seeds gives."""
    if work.is_first:
        return {}
    minted = {mint_id(work.namespace, each.seed.keys[:1]) for each in found if each.seed.keys}
    return {identity.id: identity for identity in load_identities(work, sorted(minted.difference(known)))}


def _mint_free(work: Work, group: Group, taken: set[str], having: Mapping[str, Identity]) -> str:
    """An id from the best natural key that gives one which no article has, not even one that has forgotten the key.

    `having`: the articles that have an id which the best key gives, if there are some. An article that has none of its
    keys but those of many is found by its id, and by its text: it is its own.
    """
    # Its day may be corrected, and its file renamed; the paragraph alone is always there beside it.
    names = sorted(
        (key for kind, keys in group.keys.items() if kind not in {"dated", "file"} for key in keys), key=rank_key
    )
    for number, name in enumerate(chain(names, (f"{names[0]} {number}" for number in count(2)))):
        minted = mint_id(work.namespace, [name])
        if minted in taken:
            continue
        # Further choices are rare.
        found = having.get(minted) if number == 0 else next(iter(load_identities(work, [minted])), None)
        # Who writes an article's id into front matter means that article.
        if found is None or name == f"id:{minted}" or found.page == group.best().page:
            return minted
    raise AssertionError("numbers have no end")


def _forget(work: Work, identity: Identity, keys: set[str]) -> None:
    """Let the ledger forget natural keys of an article."""
    rewrite_line(work, replace(identity, keys=tuple(key for key in identity.keys if key not in keys)))
    query = "DELETE FROM aliases WHERE key IN :keys AND article = :id"
    ask(work.connection, query, keys=sorted(keys), id=identity.id)


def _iterate_seeds(work: Work, paths: list[str]) -> Iterator[list[_Found]]:
    """Those of the seeds that are articles, in batches, by path."""
    for batch in batches(paths):
        seeds = _find_seeds(work, batch)
        known = find_holders(work, (key for seed in seeds for key in seed.keys))
        yield [_Found(seed, {key: known[key] for key in seed.keys if key in known}) for seed in seeds]


def _find_seeds(work: Work, paths: list[str]) -> list[Seed]:
    """Those of the seeds that are articles, by path, with those that were before they broke."""
    # States are told apart here: in a WHERE clause, they make SQLite read all seeds of a state for each batch.
    return [
        Seed(row.path, tuple(json.loads(row.natural_keys)), row.page, row.words, row.rank)
        for row in ask(work.connection, _SEEDS, paths=paths)
        if row.state == "article" or (row.state == "error" and row.article is not None)
    ]
