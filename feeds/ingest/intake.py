"""Seeds into the library: only new and changed files are read; files that are gone are forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from sqlalchemy import select, update

from feeds.config import Config
from feeds.ingest.listing import Listing, SeedFile, list_seeds
from feeds.ingest.report import Remark
from feeds.ingest.work import Changes, Work
from feeds.store import ask, iterate_tuples, schema

_seeds = schema.seeds


def take_in(work: Work, listing: Listing | None) -> Changes:
    """Read what is new or changed, forget what is gone, release what is due; the rows are written.

    `listing` is that of the seeds where they were just listed; it is empty afterwards.
    """
    _check_layouts(work)
    listing = listing or list_seeds(work.config)
    listed = listing.seeds
    work.report.errors += listing.errors
    work.report.seeds, work.report.listing = len(listed), listing.digest
    hint = "correct it, or take the source out"
    work.report.remarks += [_tell_idle(work.config, index, why, hint) for index, why in listing.idle.items()]
    work.idle_sources.update(listing.idle)
    work.empty_sources.update(listing.empty)
    changes = Changes(set(), set())
    todo, met, missing = _compare(work, listed)
    gone = _find_gone(missing, unlisted={str(error.path) for error in listing.errors})
    if todo or gone:
        # Costs a quarter of a second to import, and most runs read nothing.
        from feeds.ingest.seedreader import SeedReader

        reader = SeedReader(work, changes, known=[*met, *gone])
        reader.read(todo)
        reader.forget(gone)
        reader.read_learned(listed)
    _release(work, changes)
    work.report.unchanged = len(listed) - work.report.new - work.report.changed
    listed.clear()
    return changes


def _compare(work: Work, listed: list[SeedFile]) -> tuple[list[SeedFile], list[str], list[str]]:
    """The seeds to read, the paths of those of them that were read before, and of those that are listed no more."""
    todo: list[SeedFile] = []
    met: list[str] = []
    missing: list[str] = []
    place, end = 0, len(listed)
    # Both are in the order of the paths' code points: side by side, what is known need not be held in memory.
    for rows in iterate_tuples(work.connection, select(_seeds.c.path, _seeds.c.mark).order_by(_seeds.c.path)):
        for path, mark in rows:
            while place < end and listed[place][0] < path:
                todo.append(listed[place])
                place += 1
            if place == end or listed[place][0] != path:
                missing.append(path)
                continue
            if work.redo_parse or listed[place].mark != mark:
                todo.append(listed[place])
                met.append(path)
            place += 1
    return todo + listed[place:], met, missing


def remark_empty_sources(work: Work) -> None:
    """Remark sources without a text where there are, or were, articles; not where they stay without their files."""
    is_meant = (
        work.config.feeds.vanished == "keep" or not ask(work.connection, "SELECT 1 FROM articles LIMIT 1").first()
    )
    if is_meant:
        return
    hint = "put its texts back (is a volume not mounted?), or take the source out"
    for index in sorted(work.empty_sources):
        work.report.remarks.append(_tell_idle(work.config, index, "its folder holds no text", hint))
    work.idle_sources |= work.empty_sources


def _tell_idle(config: Config, index: int, why: str, hint: str) -> Remark:
    source = config.sources[index]
    key = ("sources", index, "folder" if source.glob is None else "glob")
    return Remark("idle-source", key, f"the source {source.name!r} reads nothing: {why}", hint=hint)


def _check_layouts(work: Work) -> None:
    """Tell an unknown layout at once, and not only when a page of its source turns up."""
    if any(source.layout is not None for source in work.config.sources):
        from feeds.parse import check_layouts

        check_layouts(work.config)


def _find_gone(missing: Iterable[str], *, unlisted: set[str]) -> list[str]:
    """The seeds that are gone, sorted. What could not be listed, or lies below it, may well be there."""
    return sorted(path for path in missing if not unlisted.intersection((path, *map(str, PurePosixPath(path).parents))))


def _release(work: Work, changes: Changes) -> None:
    """Seeds whose embargo has ended become articles; where now is earlier than in the last run, some wait again.

    Seeds that were read in this run have their state already.
    """
    early = "SELECT path, article FROM seeds WHERE state = 'article' AND due > :now"
    for row in ask(work.connection, early, now=work.now).all():
        work.connection.execute(update(_seeds).where(_seeds.c.path == row.path).values(state="waiting", article=None))
        if row.article:
            changes.articles.add(row.article)
    due = "SELECT path FROM seeds WHERE state = 'waiting' AND due <= :now"
    for path in ask(work.connection, due, now=work.now).scalars().all():
        work.connection.execute(update(_seeds).where(_seeds.c.path == path).values(state="article"))
        changes.paths.add(path)
