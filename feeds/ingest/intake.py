"""Seeds into the library: only new and changed files are read; files that are gone are forgotten."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.sqlite import insert

from feeds.ingest.listing import SeedFile, list_seeds
from feeds.ingest.reading import SeedRow, read_seed
from feeds.ingest.work import BATCH, Changes, Work
from feeds.parse import find_layout
from feeds.store import schema

_seeds = schema.seeds
_COMPARED = ("path", "source", "size", "mtime_ns", "inode", "digest", "state", "article")
_KEPT = ("natural_keys", "rank", "record", "layout", "article")
"""What a seed said before it could not be used any more."""


def take_in(work: Work) -> Changes:
    """Read what is new or changed, forget what is gone, release what is due; the rows are written."""
    for source in work.config.sources:
        if source.layout is not None:
            # Told at once, and not only when a page of the source turns up.
            find_layout(source.layout)
    listed, errors = list_seeds(work.config)
    work.report.errors += errors
    work.report.seeds = len(listed)
    known = {row.path: row for row in work.connection.execute(select(*[_seeds.c[name] for name in _COMPARED]))}
    changes = Changes(set(), set())
    todo = [seed for seed in listed if work.redo_parse or _differs(seed, known.get(seed.path))]
    rows: list[SeedRow] = []
    for number, seed in enumerate(todo, 1):
        row = _read(work, seed, known.get(seed.path), changes)
        if row is not None:
            rows.append(row)
        if len(rows) >= BATCH:
            _write(work, rows)
            rows = []
            work.progress("reading", number, len(todo))
    _write(work, rows)
    if todo:
        work.progress("reading", len(todo), len(todo))
    _forget(
        work, known, {seed.path for seed in listed}, unlisted={str(error.path) for error in errors}, changes=changes
    )
    _release(work, changes)
    work.report.unchanged = len(listed) - work.report.new - work.report.changed
    return changes


def _read(work: Work, seed: SeedFile, old: Any, changes: Changes) -> SeedRow | None:
    """The row of a new or changed file, counted and noted; None where its text is what it was."""
    comparable = old is not None and old.source == seed.source.name and old.state != "error" and not work.redo_parse
    row = read_seed(seed, work.config, now=work.now, known_digest=old.digest if comparable else None)
    work.report.read += 1
    if row is not None and row.error is not None and _is_known_error(row, old):
        # Still broken, and the same: told again, and nothing else changes.
        work.report.errors.append(row.error)
        return None
    if row is None:
        stats = {"size": seed.size, "mtime_ns": seed.mtime_ns, "inode": seed.inode}
        work.connection.execute(update(_seeds).where(_seeds.c.path == seed.path).values(stats))
        return None
    work.report.new += old is None
    work.report.changed += old is not None
    work.report.notes += [(seed.path, note) for note in row.notes]
    if row.error is not None:
        work.report.errors.append(row.error)
    changes.paths.add(seed.path)
    if old is not None and old.article:
        changes.articles.add(old.article)
        if row.error is not None:
            # A file that broke leaves what it last said published: nothing is lost.
            kept = work.connection.execute(select(_seeds).where(_seeds.c.path == old.path)).one()
            row.values.update({name: getattr(kept, name) for name in _KEPT})
    return row


def _write(work: Work, rows: list[SeedRow]) -> None:
    if rows:
        statement = insert(_seeds)
        columns = {name: statement.excluded[name] for name in rows[0].values if name != "path"}
        work.connection.execute(
            statement.on_conflict_do_update(index_elements=["path"], set_=columns), [row.values for row in rows]
        )


def _forget(work: Work, known: dict[str, Any], listed: set[str], *, unlisted: set[str], changes: Changes) -> None:
    """Forget the seeds that are gone. What could not be listed, or lies below it, may well be there."""
    for path, row in known.items():
        if path not in listed and not unlisted.intersection((path, *map(str, PurePosixPath(path).parents))):
            work.connection.execute(delete(_seeds).where(_seeds.c.path == path))
            work.report.removed += 1
            if row.article:
                changes.articles.add(row.article)


def _release(work: Work, changes: Changes) -> None:
    """Seeds whose embargo has ended become articles; where now is earlier than in the last run, some wait again.

    Seeds that were read in this run have their state already.
    """
    early = select(_seeds.c.path, _seeds.c.article).where(_seeds.c.state == "article", _seeds.c.due > work.now)
    for row in work.connection.execute(early).all():
        work.connection.execute(update(_seeds).where(_seeds.c.path == row.path).values(state="waiting", article=None))
        if row.article:
            changes.articles.add(row.article)
    due = select(_seeds.c.path).where(_seeds.c.state == "waiting", _seeds.c.due <= work.now)
    for path in work.connection.scalars(due).all():
        work.connection.execute(update(_seeds).where(_seeds.c.path == path).values(state="article"))
        changes.paths.add(path)


def _is_known_error(row: SeedRow, old: Any) -> bool:
    return old is not None and old.state == "error" and old.digest == row.values["digest"]


def _differs(seed: SeedFile, row: Any) -> bool:
    """Whether a file is not the one that was read: its size, time, inode or source is another.

    One that could not be used is read again in every run: what was wrong may be told by none of these.
    """
    if row is None or row.state == "error":
        return True
    return (row.size, row.mtime_ns, row.inode, row.source) != (seed.size, seed.mtime_ns, seed.inode, seed.source.name)
