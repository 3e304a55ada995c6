"""Changed seeds -> articles of the library: grouped, minted, published in order of arrival, taken out again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.sqlite import insert

from feeds.errors import ConflictError
from feeds.ingest.identity import are_different, digest_words, group_seeds, mint_id, rank_key
from feeds.ingest.publication import Candidate, Publisher, load_record
from feeds.ingest.work import BATCH, Changes, Work, batches
from feeds.store import Identity, parse_identity, render_identity, schema
from feeds.store.shelf import ALL

_articles, _seeds, _aliases = schema.articles, schema.seeds, schema.aliases
_PUBLISHED = ("article", "error")
"""States of seeds that give an article its text: one in "error" still has what it last said."""
_FROM_SEEDS = (
    "seed", "category", "published", "updated", "changed", "headline", "summary", "record", "size", "atom", "rss",
    "json",
)  # fmt: skip


def publish_changes(work: Work, changes: Changes) -> None:
    """Publish every article that the changes touch, and take out those that have no seed any more."""
    touched = changes.articles | set(_group(work, changes.paths))
    if work.redo_render:
        touched.update(work.connection.scalars(select(_articles.c.id).where(_articles.c.seed.is_not(None))))
        for feed in work.categories.feeds.values():
            feed.stale = True
    candidates, orphans = _find_candidates(work, touched)
    taken = _Taken(work)
    publisher = Publisher(work.config, work.categories, now=work.now, is_first=work.is_first, is_taken=taken.is_taken)
    numbers = _find_numbers(work, candidates)
    # What is there already goes first, in order of arrival; so a new article takes no other's instant.
    candidates.sort(key=lambda item: (0, numbers[item.id]) if item.id in numbers else (1, *publisher.first_sight(item)))
    rows: list[dict[str, Any]] = []
    for number, candidate in enumerate(candidates, 1):
        row = publisher.publish(candidate)
        taken.add(row["updated"], candidate.id)
        rows.append(row)
        if len(rows) >= BATCH or number == len(candidates):
            _write(work, rows, candidates[number - len(rows) : number])
            taken.clear()
            rows = []
            work.progress("publishing", number, len(candidates))
    for identity, category in orphans:
        take_out(work, identity, category)


def take_out(work: Work, identity: Identity, category: str | None) -> None:
    """An article whose seeds are gone leaves its feeds; what the ledger knows of it stays, and says when it left.

    `category` is the key of the feed that it is in, None where the library doesn't know: then it leaves all.
    """
    left = dict(identity.left)
    for key in (ALL, category) if category is not None else identity.places:
        left.setdefault(key, work.now)
        work.categories.feeds[key].stale = True
        work.categories.feeds[key].removed = max(work.categories.feeds[key].removed, left[key])
    line = render_identity(replace(identity, left=left))
    empty = dict.fromkeys(_FROM_SEEDS)
    work.connection.execute(
        update(_articles).where(_articles.c.id == identity.id).values(line=line, stale=1, withdrawn=0, **empty)
    )


def _group(work: Work, paths: set[str]) -> list[str]:
    """Give the changed seeds their article; the articles' ids."""
    seeds: list[tuple[str, list[str]]] = []
    for batch in batches(sorted(paths)):
        rows = select(_seeds.c.path, _seeds.c.natural_keys).where(_seeds.c.path.in_(batch), _seeds.c.state == "article")
        seeds += [
            (row.path, json.loads(row.natural_keys)) for row in work.connection.execute(rows.order_by(_seeds.c.path))
        ]
    known: dict[str, str] = {}
    for batch in batches(key for _, keys in seeds for key in keys):
        found = select(_aliases.c.key, _aliases.c.article).where(_aliases.c.key.in_(batch))
        known.update((row[0], row[1]) for row in work.connection.execute(found))
    keys_of = {identity.id: identity.keys for identity, _ in _load_identities(work, set(known.values()))}
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


def _find_candidates(work: Work, identifiers: set[str]) -> tuple[list[Candidate], list[tuple[Identity, str | None]]]:
    """The articles to publish, each with the text of its best seed; and those that have no seed any more."""
    identities = {identity.id: (identity, category) for identity, category in _load_identities(work, identifiers)}
    candidates, orphans = [], []
    for batch in batches(sorted(identifiers)):
        rows_of: dict[str, list[Any]] = {identifier: [] for identifier in batch}
        columns = ("path", "natural_keys", "rank", "record", "layout", "article", "reason")
        for row in work.connection.execute(
            select(*[_seeds.c[name] for name in columns])
            .where(_seeds.c.article.in_(batch), _seeds.c.record.is_not(None), _seeds.c.state.in_(_PUBLISHED))
            .order_by(_seeds.c.rank.desc())
        ):
            rows_of[row.article].append(row)
        for identifier, rows in rows_of.items():
            identity, category = identities.get(identifier, (None, None))
            if rows:
                candidates.append(_choose(work, identifier, identity, category, rows))
            elif identity is not None:
                orphans.append((identity, category))
    return candidates, orphans


def _choose(work: Work, identifier: str, identity: Identity | None, category: str | None, rows: list[Any]) -> Candidate:
    """The candidate with the text of the best of its seeds: the newest update, then the later crawl, then the path.

    Two different articles on one id are reported; the one that is published already stays, else the first by path.
    """
    if len(rows) > 1:
        stays = _find_staying(work, identifier, identity, rows)
        article = load_record(stays.record)
        others = [row for row in rows if row is not stays and are_different(article, load_record(row.record))]
        rows = [row for row in rows if row not in others]
        _mark_conflicts(work, others, stays.path)
    _mark_conflicts(work, [row for row in rows if row.reason is not None], None)
    best = rows[0]
    keys = {key for row in rows for key in json.loads(row.natural_keys)} | set(identity.keys if identity else ())
    return Candidate(
        id=identifier,
        keys=tuple(sorted(keys, key=rank_key)),
        article=load_record(best.record),
        seed=best.path,
        layout=best.layout,
        identity=identity,
        category=category,
    )


def _find_staying(work: Work, identifier: str, identity: Identity | None, rows: list[Any]) -> Any:
    """The seed whose text stays, of several that may be two articles: by the ledger, the library, else the path."""
    rows = sorted(rows, key=lambda row: str(row.path))
    for row in rows:
        if identity is not None and digest_words(load_record(row.record)) == identity.words:
            return row
    published = work.connection.scalar(select(_articles.c.seed).where(_articles.c.id == identifier))
    return next((row for row in rows if row.path == published), rows[0])


def _mark_conflicts(work: Work, rows: list[Any], stays: str | None) -> None:
    """Note at seeds that another one has their id, or that none has."""
    for row in rows:
        work.connection.execute(update(_seeds).where(_seeds.c.path == row.path).values(reason=stays))


def list_conflicts(work: Work) -> list[ConflictError]:
    """The seeds that are another article than the one that has their id, whether found in this run or before."""
    columns = (_seeds.c.path, _seeds.c.reason, _seeds.c.natural_keys)
    conflicts = select(*columns).where(_seeds.c.state == "article", _seeds.c.reason.is_not(None))
    return [
        ConflictError(
            f"is another article than {row.reason}, but claims the same id",
            path=row.path,
            text=json.loads(row.natural_keys)[0],
            hint="correct the `url` or `id` of one of the two; until then this one is not published",
        )
        for row in work.connection.execute(conflicts.order_by(_seeds.c.path))
    ]


def _write(work: Work, rows: list[dict[str, Any]], candidates: list[Candidate]) -> None:
    statement = insert(_articles)
    columns = {name: statement.excluded[name] for name in rows[0] if name != "id"}
    work.connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=columns), rows)
    aliases = [{"key": key, "article": candidate.id} for candidate in candidates for key in candidate.keys]
    work.connection.execute(insert(_aliases).on_conflict_do_nothing(), aliases)


def _find_numbers(work: Work, candidates: Iterable[Candidate]) -> dict[str, int]:
    """The place in order of arrival of each article that is there already, by its id."""
    numbers: dict[str, int] = {}
    for batch in batches(candidate.id for candidate in candidates if candidate.identity is not None):
        found = select(_articles.c.id, _articles.c.number).where(_articles.c.id.in_(batch))
        numbers.update((row[0], row[1]) for row in work.connection.execute(found))
    return numbers


def _load_identities(work: Work, identifiers: Iterable[str]) -> list[tuple[Identity, str | None]]:
    """What the ledger knows of these articles, and the category that each is in now."""
    found = []
    for batch in batches(identifiers):
        rows = select(_articles.c.line, _articles.c.category).where(_articles.c.id.in_(batch))
        found += [(parse_identity(row.line), row.category) for row in work.connection.execute(rows)]
    return found


class _Taken:
    """Whether another entry has an `updated`: in the library, or among the rows that are not written yet."""

    def __init__(self, work: Work) -> None:
        self._connection = work.connection
        self._waiting: dict[int, str] = {}

    def is_taken(self, updated: int, identifier: str) -> bool:
        """Whether an article other than this one has this instant."""
        if self._waiting.get(updated, identifier) != identifier:
            return True
        # The driver's own statement: this runs once an article, and building one costs ten times its execution.
        found = self._connection.exec_driver_sql(
            "SELECT 1 FROM articles WHERE updated = ? AND id != ? LIMIT 1", (updated, identifier)
        )
        return found.first() is not None

    def add(self, updated: int, identifier: str) -> None:
        """Remember a row that is not written yet."""
        self._waiting[updated] = identifier

    def clear(self) -> None:
        """The rows are written."""
        self._waiting.clear()
