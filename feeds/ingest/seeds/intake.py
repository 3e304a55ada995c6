"""Seeds into the library: only new and changed files are read; files that are gone are forgotten.

All are listed, or some files alone are looked at (`feeds.ingest.seeds.selection`).
"""

from __future__ import annotations

import json
import os
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from operator import attrgetter
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from feeds.config import Config
from feeds.errors import Problem, say_number, show_text
from feeds.ingest.accidents import find_losses, note_losses, refuse_emptiness
from feeds.ingest.report import Remark
from feeds.ingest.seeds.listing import (
    SUFFIXES,
    Listing,
    OtherFiles,
    SeedFile,
    find_unlisted,
    is_titled,
    list_seeds,
    name_path,
)
from feeds.ingest.seeds.selection import FileList, Selector, list_forms
from feeds.ingest.seeds.unfinished import StillWritingError
from feeds.ingest.work import Changes, Work
from feeds.store import ask, ask_all, ask_value, ask_values, batches, iterate_tuples, read_fact, write_fact

LISTED = "listed"
"""Name of the fact that says of which sources the library knows all files, and which of them read nothing."""
FILES = "--files"
"""What notes on the list of files go by."""
MAX_KINDS = 10
"""Kinds of files that a note names."""
MAX_SHOWN = 3
"""Passed-over paths that are named; the rest is counted."""

_PATH = attrgetter("path")


class _Findings(NamedTuple):
    """What there is to do: seeds to read, the paths of those of them that were read before, and of those that are gone.

    `find` gives the seed of a path that the library knows, where it is as it was read. `idle`, `empty`: as in Listing.
    """

    todo: list[SeedFile]
    met: list[str]
    gone: list[str]
    find: Callable[[str], SeedFile | None]
    idle: dict[int, str]
    empty: list[int]


def take_in(work: Work, listing: Listing | FileList | None) -> Changes:
    """Read what is new or changed, forget what is gone, release what is due; the rows are written.

    `listing` is that of the seeds where they were just listed; it is empty afterwards. Of a FileList, only its files
    are looked at, and those that are read in any case; all else is as the library knows it. Where that is not enough,
    all is listed, as a note says.
    """
    _check_layouts(work)
    findings = _select(work, listing) if isinstance(listing, FileList) else None
    if findings is None:
        listing = list_seeds(work.config) if listing is None or isinstance(listing, FileList) else listing
        findings = _compare(work, listing)
    findings = _spare(work, findings)
    changes = Changes(set(), set())
    if findings.todo or findings.gone:
        # Costs a quarter of a second to import, and most runs read nothing.
        from feeds.ingest.seeds.seedreader import SeedReader

        reader = SeedReader(work, changes, known=[*findings.met, *findings.gone])
        reader.read(findings.todo)
        reader.forget(findings.gone)
        reader.read_learned(findings.find)
        if reader.vanished:
            # What was listed is not what the library has.
            work.report.listing = ""
    _release(work, changes)
    work.report.seeds = ask_value(work.connection, "SELECT count(*) FROM seeds")
    hint = "correct it, or remove the source"
    work.report.remarks += [_tell_idle(work.config, index, why, hint) for index, why in findings.idle.items()]
    work.idle_sources.update(findings.idle)
    work.empty_sources.update(findings.empty)
    listed = [_list_sources(work.config), list(findings.idle.items()), findings.empty]
    write_fact(work.connection, LISTED, json.dumps(listed))
    if isinstance(listing, Listing):
        listing.seeds.clear()
    return changes


def _spare(work: Work, findings: _Findings) -> _Findings:
    """What there is to do but for what this run leaves: texts that look lost by accident, or that are being written.

    A cautious run goes on to see whether readers lose them, with what is being written: otherwise each fresh text would
    end the refusal. Where a library is made again, an article would go whose files are left: StillWritingError is
    raised, unless it knew nothing before, and all is read, for readers get nothing meanwhile.
    """
    left = set[str]()
    if work.unfinished is not None and not (work.is_renewed and work.is_new):
        left = work.unfinished.leave(findings.todo, findings.met, findings.gone)
    without = [*findings.idle, *findings.empty]
    if work.is_cautious or work.keeps_lost:
        refuse_emptiness(work, without)
    if work.is_cautious:
        work.losses = find_losses(work, findings.gone, without)
    if work.is_renewed and left:
        raise StillWritingError
    if work.keeps_lost and (losses := find_losses(work, findings.gone, without)):
        note_losses(work, losses)
        left.update(findings.gone)
    if work.losses:
        work.is_trial = bool(left)
    elif left:
        work.report.listing = ""
        if work.redo_parse:
            # The library will say that all were read by the new settings.
            for paths in batches(path for path in findings.met if path in left):
                ask(work.connection, "UPDATE seeds SET mark = '', digest = '' WHERE path IN :paths", paths=paths)
        return _leave(findings, left)
    return findings


def _leave(findings: _Findings, left: AbstractSet[str]) -> _Findings:
    """What there is to do but for some paths."""
    return _Findings(
        todo=[seed for seed in findings.todo if seed.path not in left],
        met=[path for path in findings.met if path not in left],
        gone=[path for path in findings.gone if path not in left],
        find=lambda path: None if path in left else findings.find(path),
        idle=findings.idle,
        empty=findings.empty,
    )


def _compare(work: Work, listing: Listing) -> _Findings:
    """What there is to do where all is listed."""
    todo: list[SeedFile] = []
    met: list[str] = []
    missing: list[str] = []
    listed = listing.seeds
    place, end = 0, len(listed)
    # Both are in the order of the paths' code points: side by side, what is known need not be held in memory.
    for rows in iterate_tuples(work.connection, "SELECT path, mark FROM seeds ORDER BY path"):
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

    def find(path: str) -> SeedFile | None:
        place = bisect_left(listed, path, key=_PATH)
        return listed[place] if place < len(listed) and listed[place].path == path else None

    folders = sorted({str(PurePosixPath(path).parent) for path in missing})
    errors = [*listing.errors, *find_unlisted(folders, work.config)]
    work.report.errors += errors
    work.report.listing = listing.digest
    for index, found in listing.others.items():
        work.report.notes += _tell_unread(work.config, index, found)
    gone = _find_gone(missing, unlisted={str(error.path) for error in errors})
    return _Findings(todo + listed[place:], met, gone, find, listing.idle, listing.empty)


def _look(work: Work, selector: Selector, path: str) -> dict[str, SeedFile | None]:
    """As `Selector.look`; a file that neither is nor was there is looked for with its umlauts in another form."""
    looks, forms = selector.look(path), list_forms([path])
    if forms and not any(looks.values()) and not _recall(work, set(looks)):
        for form in forms:
            looks |= selector.look(form)
    return looks


def _select(work: Work, files: FileList) -> _Findings | None:
    """What there is to do where only some files are looked at; None, with a note, where all must be listed."""
    selector = Selector(work.config)
    again = ask_values(work.connection, "SELECT path FROM seeds WHERE mark = ''")
    looks = {path: {path: selector.find(path)} for path in again}
    looks.update({path: _look(work, selector, path) for path in files.paths})
    seeds = {name: seed for names in looks.values() for name, seed in names.items() if seed is not None}
    known = _recall(work, {name for names in looks.values() for name in names})
    told = {str(error.path) for error in selector.errors}
    used = {*seeds, *known, *told}
    others = [(path, list(names)) for path, names in looks.items() if names and used.isdisjoint(names)]
    gone = sorted(known.keys() - seeds.keys() - told)
    filled = {seed.source.name for seed in seeds.values()}
    names = [source.name for source in work.config.sources]
    sources, idle, empty = json.loads(read_fact(work.connection, LISTED) or "[[], [], []]")
    why = selector.unsettled
    if sources != _list_sources(work.config):
        why = "the library doesn't know yet which texts the sources have"
    elif work.redo_parse:
        why = "settings or code have changed that all texts are read by"
    left = {path: known[path].source for path in gone if known[path].source not in filled}
    why = why or _find_folder(work, [*others, *selector.parts]) or _find_emptied(work, left)
    if why is None and not seeds and not known:
        why = _find_base(work, [path for path, _ in others])
    if why is not None:
        what = f"all sources were listed anyway: {why}"
        work.report.notes.append((FILES, Problem("list-incomplete", what)))
        return None
    if others:
        shown = ", ".join(show_text(path) for path, _ in others[:MAX_SHOWN]) + (" ..." if others[MAX_SHOWN:] else "")
        what = f"{say_number(len(others), 'path')} skipped that no source reads: {shown}"
        work.report.notes.append((FILES, Problem("passed-over", what)))
        if len(others) == len(files.paths) and not any(os.path.lexists(path) for path, _ in others):
            work.report.remarks.append(_tell_nowhere([path for path, _ in others]))

    def find(path: str) -> SeedFile | None:
        seed, row = selector.find(path), _recall(work, {path})[path]
        return seed if seed is not None and seed.mark == row.mark else None

    work.report.errors += selector.errors
    changed = [name for name in sorted(seeds) if name not in known or known[name].mark != seeds[name].mark]
    return _Findings(
        todo=[seeds[name] for name in changed],
        met=[name for name in changed if name in known],
        gone=gone,
        find=find,
        idle={index: said for index, said in idle if names[index] not in filled},
        empty=[index for index in empty if names[index] not in filled],
    )


def _recall(work: Work, paths: set[str]) -> dict[str, Any]:
    """The rows of those of the paths that the library knows."""
    query = "SELECT path, mark, source FROM seeds WHERE path IN :paths"
    return {row.path: row for row in ask_all(work.connection, query, paths=paths)}


def _find_folder(work: Work, others: Iterable[tuple[str, Iterable[str]]]) -> str | None:
    """Why a listing is needed where one of the paths, by which no seed is meant, was a folder with seeds."""
    query = "SELECT 1 FROM seeds WHERE path > :first AND path < :last LIMIT 1"
    for path, names in others:
        if any(ask(work.connection, query, first=f"{name}/", last=f"{name}0").fetchone() for name in names):
            return f"{path!r} was a folder with texts"
    return None


def _find_base(work: Work, paths: Sequence[str]) -> str | None:
    """Why a listing is needed where one of the paths leads to a text, but from another folder than the current one.

    git names files as seen from the repository's own folder, of which the texts' may be a part.
    """
    selector = Selector(work.config)
    for base in (*Path.cwd().parents, work.config.folder):
        for path in paths:
            found = selector.look(str(base / path))
            if any(found.values()) or _recall(work, set(found)):
                from_there = f"{path!r} is a text as seen from {os.path.relpath(base)!r}"
                return f"{from_there} (`git diff --relative` tells paths from here)"
    return None


def _tell_nowhere(paths: Sequence[str]) -> Remark:
    hint = "name them as seen from the current folder: `git diff --relative` does"
    what = f"none of its paths, such as {show_text(paths[0])}, is one of a text, or leads to any file"
    return Remark("list-leads-nowhere", (), what, hint=hint, path=FILES, is_passing=True)


def _find_emptied(work: Work, left: dict[str, str]) -> str | None:
    """Why a listing is needed where a source loses its last seed: whether it is idle then. `left`: path -> source."""
    query = "SELECT path FROM seeds WHERE source = :source LIMIT :limit"
    for source in sorted(set(left.values())):
        paths = ask_values(work.connection, query, source=source, limit=len(left) + 1)
        if left.keys() >= set(paths):
            return f"the source {source!r} has lost its last text"
    return None


def _list_sources(config: Config) -> list[list[str | None]]:
    """What decides which files the sources read, beside those files."""
    output = name_path(str(config.output.folder), config)
    return [
        [source.name, source.glob, name_path(str(config.find_folder(source)), config), output]
        for source in config.sources
    ]


def remark_empty_sources(work: Work) -> None:
    """Remark sources without a text where others have some, or there were articles; not where these stay without files.

    A new project may be empty.
    """
    is_new = not work.report.seeds and not ask(work.connection, "SELECT 1 FROM articles LIMIT 1").fetchone()
    if is_new or work.config.feeds.vanished == "keep":
        return
    hint = "put its texts back (is a volume not mounted?), or remove the source"
    for index in sorted(work.empty_sources):
        work.report.remarks.append(_tell_idle(work.config, index, "its folder holds no text", hint))
    work.idle_sources |= work.empty_sources


def _tell_idle(config: Config, index: int, why: str, hint: str) -> Remark:
    what = f"the source {config.sources[index].name!r} reads nothing: {why}"
    return Remark("idle-source", config.find_place_key(index), what, hint=hint)


def _tell_unread(config: Config, index: int, found: OtherFiles) -> Iterator[tuple[str, Problem]]:
    """The notes on files of a source that are not read: those called README that are articles, and other kinds."""
    for path in sorted(found.readmes):
        if is_titled(config.folder / path):
            what = "has front matter with a title, and is not read: a README tells of the folder"
            yield path, Problem("unread-readme", what, hint="if it is an article, give it another name")
    if not found.counts:
        return
    known = [f".{kind}" if kind else "no suffix" for kind in sorted(found.counts)]
    shown = ", ".join(known[:MAX_KINDS]) + (" ..." if known[MAX_KINDS:] else "")
    number = say_number(found.counts.total(), "file")
    what = f"{number} of another kind not read, such as {show_text(found.example)}: {shown}"
    kinds = ", ".join(f".{suffix}" for suffix in sorted(SUFFIXES))
    hint = f"files that are read end with one of {kinds}: save pages as HTML, and texts as text"
    yield name_path(str(config.find_folder(config.sources[index])), config), Problem("unread-files", what, hint=hint)


def _check_layouts(work: Work) -> None:
    """Tell an unknown layout at once, and not only when a page of its source turns up."""
    if any(source.layout is not None for source in work.config.sources):
        from feeds.parse import check_layouts

        check_layouts(work.config)


def _find_gone(missing: Iterable[str], *, unlisted: set[str]) -> list[str]:
    """The seeds that are gone, sorted. What could not be listed, or is below it, may well be there."""
    return sorted(path for path in missing if not unlisted.intersection((path, *map(str, PurePosixPath(path).parents))))


def _release(work: Work, changes: Changes) -> None:
    """Seeds whose embargo has ended become articles; where now is earlier than in the last run, some wait again.

    Seeds that were read in this run have their state already.
    """
    early = "SELECT path, article FROM seeds WHERE state = 'article' AND due > :now"
    for row in ask(work.connection, early, now=work.now).fetchall():
        ask(work.connection, "UPDATE seeds SET state = 'waiting', article = NULL WHERE path = :path", path=row.path)
        if row.article:
            changes.articles.add(row.article)
    due = "SELECT path FROM seeds WHERE state = 'waiting' AND due <= :now"
    for path in ask_values(work.connection, due, now=work.now):
        ask(work.connection, "UPDATE seeds SET state = 'article' WHERE path = :path", path=path)
        changes.paths.add(path)
