"""Seeds into the library: only new and changed files are read; files that are gone are forgotten.

All are listed, or some files alone are looked at (`feeds.ingest.seeds.named`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from operator import attrgetter
from pathlib import PurePosixPath

from feeds.config import Config
from feeds.errors import Problem, say_number, show_text
from feeds.ingest.accidents import find_losses, note_losses, refuse_emptiness
from feeds.ingest.report import Remark
from feeds.ingest.seeds.findings import Findings, write_listed
from feeds.ingest.seeds.listing import Listing, find_unlisted, list_seeds
from feeds.ingest.seeds.named import find_named
from feeds.ingest.seeds.others import OtherFiles, is_titled
from feeds.ingest.seeds.seedfile import SUFFIXES, SeedFile, name_path
from feeds.ingest.seeds.selection import FileList
from feeds.ingest.seeds.unfinished import StillWritingError
from feeds.ingest.work import Changes, Work
from feeds.store import ask, ask_value, ask_values, batches, iterate_tuples

MAX_KINDS = 10
"""Kinds of files that a note names."""

_PATH = attrgetter("path")


def take_in(work: Work, listing: Listing | FileList | None) -> Changes:
    """Read what is new or changed, forget what is gone, release what is due; the rows are written.

    `listing` is that of the seeds where they were just listed; it is empty afterwards. Of a FileList, only its files
    are looked at, and those that are read in any case; all else is as the library knows it. Where that is not enough,
    all is listed, as a note says.
    """
    _check_layouts(work)
    findings = find_named(work, listing) if isinstance(listing, FileList) else None
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
    write_listed(work, findings)
    if isinstance(listing, Listing):
        listing.seeds.clear()
    return changes


def _spare(work: Work, findings: Findings) -> Findings:
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
        return findings.leave(left)
    return findings


def _compare(work: Work, listing: Listing) -> Findings:
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
    return Findings(todo + listed[place:], met, gone, find, listing.idle, listing.empty)


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
