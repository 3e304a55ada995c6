"""Changed seeds -> the articles that they are: by their natural keys, in canonical order, minted where they are new."""

from __future__ import annotations

import json

from sqlalchemy import select

from feeds.ingest.candidates import load_identities
from feeds.ingest.identity import group_seeds, mint_id
from feeds.ingest.orders import erase_key, mark_erased
from feeds.ingest.work import Work, batches
from feeds.store import schema

_seeds, _aliases = schema.seeds, schema.aliases


def group_changes(work: Work, paths: set[str]) -> list[str]:
    """Give the changed seeds their article; the articles' ids."""
    seeds = _find_keys(work, paths, "article")
    if work.has_erased():
        seeds = [(path, keys) for path, keys in seeds if not _is_erased(work, path, keys)]
        for path, keys in _find_keys(work, paths, "waiting", "draft"):
            _is_erased(work, path, keys)
    known: dict[str, str] = {}
    for batch in batches(key for _, keys in seeds for key in keys):
        found = select(_aliases.c.key, _aliases.c.article).where(_aliases.c.key.in_(batch))
        known.update((row[0], row[1]) for row in work.connection.execute(found))
    keys_of = {identity.id: identity.keys for identity in load_identities(work, set(known.values()))}
    told: list[dict[str, str]] = []
    identifiers = []
    for group in group_seeds(seeds, known=known, keys_of=keys_of):
        identifier = group.id or mint_id(work.namespace, group.keys)
        identifiers.append(identifier)
        told += [{"seed": path, "of": identifier} for path in group.paths]
    if told:
        work.connection.exec_driver_sql(
            "UPDATE seeds SET article = ? WHERE path = ?", [(row["of"], row["seed"]) for row in told]
        )
    return identifiers


def _is_erased(work: Work, path: str, keys: list[str]) -> bool:
    """Whether a seed is that of an erased article: then nothing of it is kept but that it is not published."""
    erased = [erase_key(key) for key in keys]
    if work.connection.scalar(select(_aliases.c.key).where(_aliases.c.key.in_(erased)).limit(1)) is None:
        return False
    mark_erased(work, path)
    return True


def _find_keys(work: Work, paths: set[str], *states: str) -> list[tuple[str, list[str]]]:
    """Path and natural keys of those of the seeds that are in one of these states, by path."""
    found: list[tuple[str, list[str]]] = []
    for batch in batches(sorted(paths)):
        query = select(_seeds.c.path, _seeds.c.natural_keys, _seeds.c.state).where(_seeds.c.path.in_(batch))
        rows = work.connection.execute(query.order_by(_seeds.c.path))
        found += [(row.path, json.loads(row.natural_keys)) for row in rows if row.state in states]
    return found
