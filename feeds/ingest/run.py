"""An ingest: the steps in their order, within one transaction of the library; the ledger written before it ends."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from feeds.config import Config
from feeds.errors import ConflictError, FeedsError, LedgerError, Problem
from feeds.ingest.categories import ALL, Categories
from feeds.ingest.fingerprints import find_parse_fingerprint, find_render_fingerprint
from feeds.ingest.identity import are_different, group_seeds, mint_id, rank_key
from feeds.ingest.instants import to_datetime, to_seconds
from feeds.ingest.listing import SeedFile, list_seeds
from feeds.ingest.publication import Candidate, Publisher, load_record
from feeds.ingest.reading import SeedRow, read_seed
from feeds.ingest.report import Progress, Report, SetAside, no_progress
from feeds.store import Identity, Ledger, load_ledger, schema, write_ledger
from feeds.store.ledger import digest_file, parse_identity, render_head, render_identity
from feeds.store.library import empty, read_fact, write_fact

LEDGER, NAMESPACE, PARSE, RENDER = "ledger", "namespace", "parse", "render"
"""Names of facts: digest of the ledger's file, the site's namespace, fingerprints of the code and settings behind rows."""
BATCH = 500


@dataclass(slots=True)
class _Changes:
    """What changed in the seeds: paths whose row is new or other, and ids of articles that one of their seeds left."""

    paths: set[str]
    articles: set[str]


def ingest(
    connection: Connection, config: Config, *, now: datetime, progress: Progress = no_progress, first: bool = False
) -> Report:
    """Bring library and ledger up to date with the seeds; only what changed is read.

    `connection` is a write transaction of the library; the caller commits it. The ledger's file is written before, so
    that a crash between the two mints no id twice. Raises LedgerError and ConfigError; what is wrong with a seed is in
    the report. With `first`, a missing ledger is not asked back from the library.
    """
    run = _Run(connection, config, to_seconds(now), progress)
    run.prepare(first=first)
    changes = run.read()
    run.publish(changes)
    run.finish()
    return run.report


class _Run:
    """One ingest's state."""

    def __init__(self, connection: Connection, config: Config, now: int, progress: Progress) -> None:
        self.connection = connection
        self.config = config
        self.now = now
        self.progress = progress
        self.report = Report()

    # -- the ledger and the library meet ------------------------------------------------------------------------

    def prepare(self, *, first: bool) -> None:
        """Load the ledger where it is not the one that the library knows; redo what settings or code made stale."""
        path = self.config.library.ledger
        found = digest_file(path)
        known = read_fact(self.connection, LEDGER)
        self.ledger_is_lost = found is None and known is not None and not first
        if found != known and not self.ledger_is_lost:
            empty(self.connection)
            ledger = load_ledger(path) or Ledger(self.config.site.id or self.config.site.base_url)
            write_fact(self.connection, NAMESPACE, ledger.namespace)
            self._load(ledger)
        elif read_fact(self.connection, NAMESPACE) is None:
            write_fact(self.connection, NAMESPACE, self.config.site.id or self.config.site.base_url)
        if self.ledger_is_lost:
            self.report.notes.append(
                (str(path), Problem("ledger-lost", "was missing; written again from what the library knows"))
            )
        self.namespace = read_fact(self.connection, NAMESPACE) or ""
        self.categories = Categories(self.connection, self.config, self.namespace)
        self.is_first = self.connection.scalar(select(func.count()).select_from(schema.articles)) == 0
        self.redo_parse = self._swap_fact(PARSE, find_parse_fingerprint(self.config))
        self.redo_render = self._swap_fact(RENDER, find_render_fingerprint(self.config))

    def _load(self, ledger: Ledger) -> None:
        categories = Categories(self.connection, self.config, ledger.namespace)
        categories.load_identities(ledger.feeds)
        for identity in ledger.articles:
            for key, place in identity.places.items():
                if key not in categories.feeds:
                    raise LedgerError(
                        "an article has a place in a feed that the ledger doesn't know",
                        path=str(self.config.library.ledger),
                        text=key,
                        hint="restore the feed's line from version control",
                    )
                categories.feeds[key].places = max(categories.feeds[key].places, place)
        categories.save(self.connection)
        rows = [
            {"id": item.id, "path": item.path, "line": render_identity(item), "stale": 1, "withdrawn": 0}
            for item in ledger.articles
        ]
        if rows:
            self.connection.execute(schema.articles.insert(), rows)
            self._write_aliases((key, item.id) for item in ledger.articles for key in item.keys)

    def _swap_fact(self, name: str, value: str) -> bool:
        old = read_fact(self.connection, name)
        if old == value:
            return False
        write_fact(self.connection, name, value)
        return old is not None

    # -- seeds --------------------------------------------------------------------------------------------------

    def read(self) -> _Changes:
        """Read the seeds that are new or changed, forget those that are gone, release those that are due."""
        seeds, errors = list_seeds(self.config)
        self.report.errors += errors
        table = schema.seeds
        known = {
            row.path: row
            for row in self.connection.execute(
                select(
                    table.c.path, table.c.size, table.c.mtime_ns, table.c.inode, table.c.digest, table.c.source,
                    table.c.article, table.c.state,
                )
            )
        }  # fmt: skip
        self.report.seeds = len(seeds)
        changes = _Changes(set(), set())
        todo = [seed for seed in seeds if self.redo_parse or _differs(seed, known.get(seed.path))]
        rows: list[SeedRow] = []
        for number, seed in enumerate(todo, 1):
            old = known.get(seed.path)
            same_source = old is not None and old.source == seed.source.name and not self.redo_parse
            row = read_seed(seed, self.config, now=self.now, known_digest=old.digest if same_source else None)
            self.report.read += 1
            if row is None:
                self._touch(seed)
            else:
                rows.append(self._keep_on_error(row, old))
                changes.paths.add(seed.path)
                if old is not None and old.article:
                    changes.articles.add(old.article)
                self.report.new += old is None
                self.report.changed += old is not None
                self.report.notes += [(seed.path, note) for note in row.notes]
            if len(rows) >= BATCH:
                self._write_seeds(rows)
                rows = []
                self.progress("reading", number, len(todo))
        self._write_seeds(rows)
        self.progress("reading", len(todo), len(todo))
        listed = {seed.path for seed in seeds}
        for path in [path for path in known if path not in listed]:
            if known[path].article:
                changes.articles.add(known[path].article)
            self.connection.execute(delete(table).where(table.c.path == path))
            self.report.removed += 1
        self.report.unchanged = len(seeds) - self.report.new - self.report.changed
        due = select(table.c.path).where(table.c.state == "waiting", table.c.due <= self.now)
        for path in self.connection.scalars(due).all():
            changes.paths.add(path)
            self.connection.execute(update(table).where(table.c.path == path).values(state="article"))
        return changes

    def _keep_on_error(self, row: SeedRow, old: Any) -> SeedRow:
        """A seed that can't be used any more leaves what it last said published: nothing is lost by a broken file."""
        if row.values["state"] == "error" and old is not None and old.article:
            kept = self.connection.execute(select(schema.seeds).where(schema.seeds.c.path == old.path)).one()
            for name in ("keys", "rank", "record", "article"):
                row.values[name] = getattr(kept, name)
        return row

    def _touch(self, seed: SeedFile) -> None:
        table = schema.seeds
        self.connection.execute(
            update(table)
            .where(table.c.path == seed.path)
            .values(size=seed.size, mtime_ns=seed.mtime_ns, inode=seed.inode)
        )

    def _write_seeds(self, rows: list[SeedRow]) -> None:
        if rows:
            statement = insert(schema.seeds)
            columns = {name: statement.excluded[name] for name in rows[0].values if name != "path"}
            statement = statement.on_conflict_do_update(index_elements=["path"], set_=columns)
            self.connection.execute(statement, [row.values for row in rows])

    # -- articles -----------------------------------------------------------------------------------------------

    def publish(self, changes: _Changes) -> None:
        """Group the changed seeds, publish the articles that they touch, take out those that have none any more."""
        touched = set(changes.articles)
        new: dict[str, list[str]] = {}
        for identifier, paths in self._group(changes.paths):
            touched.add(identifier)
            new[identifier] = paths
        if self.redo_render:
            touched.update(self.connection.scalars(select(schema.articles.c.id).where(schema.articles.c.seed.is_not(None))))
            for feed in self.categories.feeds.values():
                feed.stale = True
        candidates, orphans = self._find_candidates(touched)
        publisher = Publisher(
            self.config, self.categories, now=self.now, is_first=self.is_first, is_taken=self._is_taken
        )
        old = [candidate for candidate in candidates if candidate.identity is not None]
        fresh = sorted((c for c in candidates if c.identity is None), key=publisher.first_sight)
        total = len(candidates)
        for number, candidate in enumerate([*self._in_order(old), *fresh], 1):
            self._publish(publisher, candidate)
            if number % BATCH == 0 or number == total:
                self.progress("publishing", number, total)
        self._take_out(orphans)

    def _group(self, paths: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
        """The articles that changed seeds belong to: (id, paths), each seed's row told its article."""
        table = schema.seeds
        seeds: list[tuple[str, list[str]]] = []
        for row in self.connection.execute(
            select(table.c.path, table.c.keys).where(table.c.state == "article").order_by(table.c.path)
        ):
            if row.path in paths:
                seeds.append((row.path, json.loads(row.keys)))
        known = self._find_aliases(key for _, keys in seeds for key in keys)
        keys_of = {
            identity.id: identity.keys for identity in self._load_identities(set(known.values())).values()
        }
        for group in group_seeds(seeds, known=known, keys_of=keys_of):
            identifier = group.id or mint_id(self.namespace, group.keys)
            self.connection.execute(
                update(table).where(table.c.path.in_(group.paths)).values(article=identifier)
                if len(group.paths) < BATCH
                else update(table).where(table.c.path == group.paths[0]).values(article=identifier)
            )
            yield identifier, group.paths

    def _find_candidates(self, identifiers: set[str]) -> tuple[list[Candidate], list[str]]:
        """The articles to publish, each with the text of its best seed; and the ids that have no seed any more."""
        table = schema.seeds
        candidates, orphans = [], []
        identities = self._load_identities(identifiers)
        for identifier in sorted(identifiers):
            rows = self.connection.execute(
                select(table.c.path, table.c.keys, table.c.rank, table.c.record, table.c.source)
                .where(table.c.article == identifier, table.c.record.is_not(None), table.c.state.in_(("article", "error")))
                .order_by(table.c.rank.desc())
            ).all()
            identity = identities.get(identifier)
            if not rows:
                if identity is not None:
                    orphans.append(identifier)
                continue
            best, rows = self._settle_conflict(identifier, identity, rows)
            keys = {key for row in rows for key in json.loads(row.keys)} | set(identity.keys if identity else ())
            article = load_record(best.record)
            candidates.append(
                Candidate(
                    identifier, tuple(sorted(keys, key=rank_key)), article, best.path, article.layout or "", identity
                )
            )
        return candidates, orphans

    def _settle_conflict(self, identifier: str, identity: Identity | None, rows: Any) -> tuple[Any, Any]:
        """The row whose text is taken; two different articles on one id are reported, the one published stays."""
        if len(rows) == 1:
            return rows[0], rows
        published = self.connection.scalar(select(schema.articles.c.seed).where(schema.articles.c.id == identifier))
        best = next((row for row in rows if row.path == published), rows[0])
        stays, article = [best], load_record(best.record)
        for row in rows:
            if row.path == best.path:
                continue
            if are_different(article, load_record(row.record)):
                self.report.errors.append(
                    ConflictError(
                        f"is another article than {best.path}, but claims the same id",
                        path=row.path,
                        text=next(iter(json.loads(row.keys))),
                        hint="give one of them an `id: ...` of its own in its front matter; until then it is not published",
                    )
                )
            else:
                stays.append(row)
        return max(stays, key=lambda row: row.rank), stays

    def _publish(self, publisher: Publisher, candidate: Candidate) -> None:
        table = schema.articles
        category = self.connection.scalar(select(table.c.category).where(table.c.id == candidate.id))
        row = publisher.publish(candidate, category)
        statement = insert(table).values(row)
        self.connection.execute(
            statement.on_conflict_do_update(
                index_elements=["id"], set_={name: statement.excluded[name] for name in row if name != "id"}
            )
        )
        self._write_aliases((key, candidate.id) for key in candidate.keys)
        self.ledger_changed = True

    def _take_out(self, identifiers: Iterable[str]) -> None:
        """Articles whose seeds are gone leave the feeds; what the ledger knows of them stays."""
        table = schema.articles
        for row in self.connection.execute(select(table).where(table.c.id.in_(list(identifiers)))).all():
            identity = parse_identity(row.line)
            if row.category is not None:
                for key in (ALL, row.category):
                    self.categories.feeds[key].stale = True
                    self.categories.feeds[key].removed = self.now
            self._mark_gone(identity)

    def _mark_gone(self, identity: Identity) -> None:
        gone = Identity(**{**_fields(identity), "gone": self.now if identity.gone is None else identity.gone})
        self.connection.execute(
            update(schema.articles)
            .where(schema.articles.c.id == identity.id)
            .values(
                line=render_identity(gone), stale=1, seed=None, category=None, published=None, updated=None,
                changed=None, headline=None, summary=None, record=None, size=None, atom=None, rss=None, json=None,
            )
        )  # fmt: skip

    # -- the end ------------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """Write the ledger, and complete the report."""
        table = schema.seeds
        for row in self.connection.execute(
            select(table.c.path, table.c.kind, table.c.reason, table.c.line, table.c.state)
            .where(table.c.state.not_in(("article", "waiting", "draft")))
            .order_by(table.c.path)
        ):
            if row.state == "error":
                if not any(error.path == row.path for error in self.report.errors):
                    self.report.errors.append(FeedsError(row.reason, path=row.path, line=row.line))
            else:
                self.report.set_aside.append(SetAside(row.path, row.kind, row.reason, row.line))
        if not self.report.errors:
            lost = select(schema.articles.c.line).where(schema.articles.c.seed.is_(None))
            for line in self.connection.scalars(lost).all():
                identity = parse_identity(line)
                if identity.gone is None:
                    self._mark_gone(identity)
        self.categories.save(self.connection)
        self._write_ledger()
        states = dict(self.connection.execute(select(table.c.state, func.count()).group_by(table.c.state)).tuples().all())
        self.report.waiting, self.report.drafts = states.get("waiting", 0), states.get("draft", 0)
        due = self.connection.scalar(select(func.min(table.c.due)).where(table.c.state == "waiting"))
        self.report.due = None if due is None else to_datetime(due)
        published = select(func.count()).select_from(schema.articles).where(schema.articles.c.seed.is_not(None))
        self.report.articles = self.connection.scalar(published) or 0

    def _write_ledger(self) -> None:
        path: Path = self.config.library.ledger
        lines = [
            *render_head(Ledger(self.namespace, tuple(self.categories.identities()))),
            *self.connection.scalars(select(schema.articles.c.line).order_by(schema.articles.c.number)),
        ]
        found = digest_text(lines)
        if found != read_fact(self.connection, LEDGER) or self.ledger_is_lost:
            write_ledger(path, lines)
            write_fact(self.connection, LEDGER, found)

    # -- look-ups -----------------------------------------------------------------------------------------------

    def _is_taken(self, updated: int, identifier: str) -> bool:
        table = schema.articles
        other = select(table.c.number).where(table.c.updated == updated, table.c.id != identifier).limit(1)
        return self.connection.scalar(other) is not None

    def _find_aliases(self, keys: Iterable[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for batch in _batches(keys):
            table = schema.aliases
            found.update(self.connection.execute(select(table.c.key, table.c.article).where(table.c.key.in_(batch))).tuples())
        return found

    def _load_identities(self, identifiers: Iterable[str]) -> dict[str, Identity]:
        found = {}
        for batch in _batches(identifiers):
            table = schema.articles
            for line in self.connection.scalars(select(table.c.line).where(table.c.id.in_(batch))):
                identity = parse_identity(line)
                found[identity.id] = identity
        return found

    def _in_order(self, candidates: list[Candidate]) -> list[Candidate]:
        """Articles that are there already, in order of arrival."""
        numbers: dict[str, int] = {}
        for batch in _batches(candidate.id for candidate in candidates):
            table = schema.articles
            numbers.update(self.connection.execute(select(table.c.id, table.c.number).where(table.c.id.in_(batch))).tuples())
        return sorted(candidates, key=lambda candidate: numbers[candidate.id])

    def _write_aliases(self, pairs: Iterable[tuple[str, str]]) -> None:
        rows = [{"key": key, "article": identifier} for key, identifier in pairs]
        if rows:
            self.connection.execute(insert(schema.aliases).on_conflict_do_nothing(), rows)


def _differs(seed: SeedFile, row: Any) -> bool:
    return row is None or (row.size, row.mtime_ns, row.inode, row.source) != (
        seed.size, seed.mtime_ns, seed.inode, seed.source.name,
    )  # fmt: skip


def _batches(values: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for value in values:
        batch.append(value)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
