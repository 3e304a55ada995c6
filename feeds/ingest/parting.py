"""Seeds that were taken for one article and are two: where nothing binds them any more, each is an article of its own.

A natural key that only the ledger still knows of an article, such as an address that its file had by mistake, goes to
the other article, whose file has it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import delete, update

from feeds.ingest.aliases import find_holders
from feeds.ingest.candidates import find_texts, keys_of, load_identities, split_texts
from feeds.ingest.identity import STRONG_KINDS, group_seeds, kind_of, mint_id, rank_key
from feeds.ingest.work import Work, batches
from feeds.store import Identity, ask, render_identity, schema

_ROUNDS = 2
"""A seed that is parted may go to an article whose seeds are two articles only since it has that one."""
_articles, _seeds, _aliases = schema.articles, schema.seeds, schema.aliases


def part_articles(work: Work, identifiers: Iterable[str]) -> set[str]:
    """Give seeds that nothing binds to the article of others an article of their own; the ids of all articles."""
    found = set(identifiers)
    for _ in range(_ROUNDS):
        parted = _part_each(work, found)
        found = found.difference(parted).union(*parted.values())
        if all(to == {identifier} for identifier, to in parted.items()):
            break
    return found


def _part_each(work: Work, identifiers: set[str]) -> dict[str, set[str]]:
    """Of the articles that have several seeds, the ids of those that each is now."""
    parted: dict[str, set[str]] = {}
    query = "SELECT article FROM seeds WHERE article IN :ids GROUP BY article HAVING count(*) > 1"
    for batch in batches(sorted(identifiers)):
        several = list(ask(work.connection, query, ids=batch).scalars())
        known = {identity.id: identity for identity in load_identities(work, several)}
        for identifier, rows in find_texts(work, several).items():
            parted[identifier] = _part(work, identifier, known.get(identifier), rows)
    return parted


def _part(work: Work, identifier: str, identity: Identity | None, rows: list[Any]) -> set[str]:
    kept, others = split_texts(identity, rows)
    free = [row for row in others if _is_free(row, kept, identity)]
    free += [row for row in others if row not in free and _is_rather_of(row, free, kept)]
    if others and identity is None:
        # From the keys of those that stay: another text may have its own id in its front matter.
        minted = mint_id(work.namespace, {key for row in kept for key in keys_of(row)})
        _give(work, [row.path for row in rows], minted)
        identifier = minted
    elif free and identity is not None:
        _give_up(work, identity, free, kept)
    return {identifier, *_settle(work, identifier, free)}


def _is_free(row: Any, kept: list[Any], identity: Identity | None) -> bool:
    """Whether a seed, which is another article than those that stay, has no key in common with them.

    An `id` in its front matter was written to tell them apart by: then no headline or first paragraph binds it. But
    one that is an article's published id stays that article's.
    """
    own = keys_of(row)
    if identity is not None and f"id:{identity.id}" in own:
        return False
    shared = {kind_of(key) for each in kept for key in own & keys_of(each)}
    return not shared or (shared.isdisjoint(STRONG_KINDS) and any(kind_of(key) == "id" for key in own))


def _is_rather_of(row: Any, free: list[Any], kept: list[Any]) -> bool:
    """Whether the best key that a seed shares with others is one of free seeds, and not of those that stay."""
    theirs, ours = ({key for each in rows for key in keys_of(each)} for rows in (free, kept))
    best = next((key for key in sorted(keys_of(row), key=rank_key) if key in theirs or key in ours), None)
    return best is not None and best not in ours


def _give_up(work: Work, identity: Identity, free: list[Any], kept: list[Any]) -> None:
    """Let the ledger forget those keys of an article that its seeds don't have, and another article's do."""
    theirs = {key for row in free for key in keys_of(row)} - {key for row in kept for key in keys_of(row)}
    if theirs.isdisjoint(identity.keys):
        return
    stays = replace(identity, keys=tuple(key for key in identity.keys if key not in theirs))
    connection, lost = work.connection, [key for key in identity.keys if key in theirs]
    connection.execute(update(_articles).where(_articles.c.id == stays.id).values(line=render_identity(stays)))
    connection.execute(delete(_aliases).where(_aliases.c.key.in_(lost), _aliases.c.article == stays.id))
    work.rewrites = True


def _settle(work: Work, identifier: str, rows: list[Any]) -> set[str]:
    """Give seeds an article other than this one: one that is there already, or a new one."""
    seeds = [(str(row.path), _list_binding(row)) for row in sorted(rows, key=lambda row: str(row.path))]
    holders = find_holders(work, (key for _, keys in seeds for key in keys))
    known = {key: [each for each in several if each != identifier] for key, several in holders.items()}
    identities = load_identities(work, sorted({each for several in known.values() for each in several}))
    settled = set()
    for group in group_seeds(seeds, known=known, keys_of={each.id: each.keys for each in identities}):
        # The article that they were taken for may have its id from the best of their keys.
        minted = group.id or _mint_free(work, identifier, group.keys)
        if minted is not None:
            _give(work, group.paths, minted)
            settled.add(minted)
    return settled


def _list_binding(row: Any) -> list[str]:
    """The keys by which a parted seed may be of another article, best first: with an `id`, none of its text."""
    keys = sorted(keys_of(row), key=rank_key)
    return [key for key in keys if kind_of(key) in STRONG_KINDS] if kind_of(keys[0]) == "id" else keys


def _mint_free(work: Work, other: str, keys: Iterable[str]) -> str | None:
    """An id from the best of these keys that gives one which no article has, and not this other one; None without."""
    for key in sorted(keys, key=rank_key):
        minted = mint_id(work.namespace, [key])
        if minted != other and not ask(work.connection, "SELECT 1 FROM articles WHERE id = :id", id=minted).first():
            return minted
    return None


def _give(work: Work, paths: Iterable[str], article: str) -> None:
    work.connection.execute(update(_seeds).where(_seeds.c.path.in_(list(paths))).values(article=article))
