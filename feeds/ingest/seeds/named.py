"""What is new, changed or gone among some files that are named; all else is as the library knows it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from feeds.errors import Problem, say_number, show_text
from feeds.ingest.report import Remark
from feeds.ingest.seeds.findings import Findings, Listed, read_listed
from feeds.ingest.seeds.seedfile import SeedFile
from feeds.ingest.seeds.selection import FileList, Selector, list_forms
from feeds.ingest.work import Work
from feeds.store import ask, ask_all, ask_values

FILES = "--files"
"""What notes on the list of files go by."""
MAX_SHOWN = 3
"""Passed-over paths that are named; the rest is counted."""


class _Seen(NamedTuple):
    """What was seen at the paths: the seeds that are there, and the rows of those that the library knows, by name.

    `gone` are the names of seeds that are there no more, `filled` the sources of those that are. `others` are the paths
    by which no seed is meant, each with its names.
    """

    seeds: dict[str, SeedFile]
    known: dict[str, Any]
    gone: list[str]
    filled: set[str]
    others: list[tuple[str, list[str]]]


def find_named(work: Work, files: FileList) -> Findings | None:
    """What there is to do where only some files are looked at; None, with a note, where all must be listed."""
    selector = Selector(work.config)
    seen = _look_at_all(work, selector, files)
    listed = read_listed(work)
    why = _find_reason(work, selector, seen, listed)
    if why is not None:
        what = f"all sources were listed anyway: {why}"
        work.report.notes.append((FILES, Problem("list-incomplete", what)))
        return None
    if seen.others:
        _tell_passed_over(work, [path for path, _ in seen.others], files)

    def find(path: str) -> SeedFile | None:
        seed, row = selector.find(path), _recall(work, {path})[path]
        return seed if seed is not None and seed.mark == row.mark else None

    work.report.errors += selector.errors
    names = [source.name for source in work.config.sources]
    seeds, known = seen.seeds, seen.known
    changed = [name for name in sorted(seeds) if name not in known or known[name].mark != seeds[name].mark]
    return Findings(
        todo=[seeds[name] for name in changed],
        met=[name for name in changed if name in known],
        gone=seen.gone,
        find=find,
        idle={index: said for index, said in listed.idle.items() if names[index] not in seen.filled},
        empty=[index for index in listed.empty if names[index] not in seen.filled],
    )


def _look_at_all(work: Work, selector: Selector, files: FileList) -> _Seen:
    """Look at the files, and at those that are read in any case."""
    again = ask_values(work.connection, "SELECT path FROM seeds WHERE mark = ''")
    looks = {path: {path: selector.find(path)} for path in again}
    looks.update({path: _look(work, selector, path) for path in files.paths})
    seeds = {name: seed for names in looks.values() for name, seed in names.items() if seed is not None}
    known = _recall(work, {name for names in looks.values() for name in names})
    told = {str(error.path) for error in selector.errors}
    used = {*seeds, *known, *told}
    return _Seen(
        seeds=seeds,
        known=known,
        gone=sorted(known.keys() - seeds.keys() - told),
        filled={seed.source.name for seed in seeds.values()},
        others=[(path, list(names)) for path, names in looks.items() if names and used.isdisjoint(names)],
    )


def _look(work: Work, selector: Selector, path: str) -> dict[str, SeedFile | None]:
    """As `Selector.look`; a file that neither is nor was there is looked for with its umlauts in another form."""
    looks, forms = selector.look(path), list_forms([path])
    if forms and not any(looks.values()) and not _recall(work, set(looks)):
        for form in forms:
            looks |= selector.look(form)
    return looks


def _recall(work: Work, paths: set[str]) -> dict[str, Any]:
    """The rows of those of the paths that the library knows."""
    query = "SELECT path, mark, source FROM seeds WHERE path IN :paths"
    return {row.path: row for row in ask_all(work.connection, query, paths=paths)}


def _find_reason(work: Work, selector: Selector, seen: _Seen, listed: Listed) -> str | None:
    """Why all must be listed; None where it is enough to look at the files."""
    if not listed.is_current:
        return "the library doesn't know yet which texts the sources have"
    if work.redo_parse:
        return "settings or code have changed that all texts are read by"
    left = {path: seen.known[path].source for path in seen.gone if seen.known[path].source not in seen.filled}
    why = selector.unsettled or _find_folder(work, [*seen.others, *selector.parts]) or _find_emptied(work, left)
    if why is None and not seen.seeds and not seen.known:
        return _find_base(work, [path for path, _ in seen.others])
    return why


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


def _find_emptied(work: Work, left: dict[str, str]) -> str | None:
    """Why a listing is needed where a source loses its last seed: whether it is idle then. `left`: path -> source."""
    query = "SELECT path FROM seeds WHERE source = :source LIMIT :limit"
    for source in sorted(set(left.values())):
        paths = ask_values(work.connection, query, source=source, limit=len(left) + 1)
        if left.keys() >= set(paths):
            return f"the source {source!r} has lost its last text"
    return None


def _tell_passed_over(work: Work, paths: Sequence[str], files: FileList) -> None:
    """Note the paths by which no seed is meant, and remark where they are all, and lead nowhere."""
    shown = ", ".join(map(show_text, paths[:MAX_SHOWN])) + (" ..." if paths[MAX_SHOWN:] else "")
    what = f"{say_number(len(paths), 'path')} skipped that no source reads: {shown}"
    work.report.notes.append((FILES, Problem("passed-over", what)))
    if len(paths) == len(files.paths) and not any(map(os.path.lexists, paths)):
        work.report.remarks.append(_tell_nowhere(paths))


def _tell_nowhere(paths: Sequence[str]) -> Remark:
    hint = "name them as seen from the current folder: `git diff --relative` does"
    what = f"none of its paths, such as {show_text(paths[0])}, is one of a text, or leads to any file"
    return Remark("list-leads-nowhere", (), what, hint=hint, path=FILES, is_passing=True)
