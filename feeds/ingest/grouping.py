"""Changed seeds -> the articles that they are: by their natural keys, in canonical order, minted where they are new."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from feeds.ingest.candidates import load_identities
from feeds.ingest.identity import group_seeds, may_join, mint_id
from feeds.ingest.orders import mark_erased
from feeds.ingest.work import ERASED_PREFIX, Work, batches, erase_key
from feeds.store import ask


def group_changes(work: Work, paths: set[str]) -> list[str]:
    """Give the changed seeds their article; the articles' ids."""
    known: dict[str, str] = {}
    keys_of: dict[str, tuple[str, ...]] = {}

    def iterate_seeds() -> Iterator[tuple[str, list[str]]]:
        """The seeds by path; what is known of their keys is looked up before a batch of them is handed out."""
        has_erased = work.has_erased()
        for batch in batches(sorted(paths)):
            seeds = _find_seeds(work, batch, has_erased=has_erased)
            _look_up(work, [key for _, keys in seeds for key in keys], known, keys_of)
            yield from seeds

    identifiers = []
    for chunk in batches(group_seeds(iterate_seeds(), known=known, keys_of=keys_of)):
        minted = [group.id or mint_id(work.namespace, group.keys) for group in chunk]
        rows = [(identifier, path) for identifier, group in zip(minted, chunk, strict=True) for path in group.paths]
        work.connection.exec_driver_sql("UPDATE seeds SET article = ? WHERE path = ?", rows)
        identifiers += minted
    return identifiers


def _look_up(work: Work, keys: list[str], known: dict[str, str], keys_of: dict[str, tuple[str, ...]]) -> None:
    """Note which articles have these keys, and the keys of each."""
    found: dict[str, str] = {}
    for batch in batches(keys):
        aliases = ask(work.connection, "SELECT key, article FROM aliases WHERE key IN :keys", keys=batch)
        found.update((row.key, row.article) for row in aliases)
    known.update(found)
    new = set(found.values()) - keys_of.keys()
    keys_of.update((identity.id, identity.keys) for identity in load_identities(work, new))


def _is_erased(work: Work, path: str, keys: list[str]) -> bool:
    """Whether a seed is that of an erased article: then nothing of it is kept but that it is not published."""
    own = [erase_key(key) for key in keys]
    # Of those that were erased before digests had their kinds, nothing speaks against any key.
    kindless = {f"{ERASED_PREFIX}{key.rpartition(':')[2]}" for key in own}
    query = "SELECT key, article FROM aliases WHERE key IN :keys"
    found = ask(work.connection, query, keys=[*own, *kindless]).all()
    keys_of = {identity.id: identity.keys for identity in load_identities(work, {row.article for row in found})}
    if not any(row.key in kindless or _may_be(own, keys_of[row.article], by=row.key) for row in found):
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
    # States are told apart here: asked for them, SQLite looks at all seeds of a state, batch by batch.
    rows = [
        (row.path, json.loads(row.natural_keys), row.state)
        for row in ask(work.connection, query, paths=paths)
        if row.state in {"article", "waiting", "draft"}
    ]
    erased = {path for path, keys, _ in rows if _is_erased(work, path, keys)} if has_erased else set()
    return [(path, keys) for path, keys, state in rows if state == "article" and path not in erased]
