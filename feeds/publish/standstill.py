"""A run that has nothing to do, found out by looking at files alone, before what could do it is imported.

A run that left nothing open notes in the library what it met: settings, code, ledger, the listing of the seeds, that of
the folder it wrote, and until when the site stays what it is. Where the next run meets the same, it would read, render
and write nothing, and tell the same. The note is a shortcut: without it, or where it can't be read, the run goes its
whole way and finds the same.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import feeds
from feeds.build import HOSTING_MANIFEST, BuildReport, Output
from feeds.config import Config
from feeds.errors import FeedsError
from feeds.ingest.listing import Listing, list_seeds
from feeds.ingest.report import TEXT_LOST, Remark, Report, SetAside
from feeds.publish.footprint import Footprint, digest_files
from feeds.text import digest, digest_lines

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from feeds.site import Site

_PREFIX = "standstill:"
_FACTS = ("schema", "parse", "render", "links", "namespace")
"""Facts of the library that another run may have changed: who made its rows, from which settings."""
_COUNTS = ("seeds", "unchanged", "articles", "waiting", "drafts", "withheld")


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at the files showed: what a run would tell that has nothing to do, or None where there may be work.

    `listing` is that of the seeds, for the run that follows; None where there was no need of it.
    """

    told: tuple[Report, BuildReport] | None = None
    listing: Listing | None = None


def look_around(config: Config, folder: Path, footprint: Footprint, *, now: datetime) -> Look:
    """Find out whether a run has anything to do; `footprint` is that of the folder."""
    facts = _read_facts(config.library.database)
    note = _read_note(facts, folder)
    if (
        note is None
        or (folder / HOSTING_MANIFEST).exists()
        or not note["since"] <= now.isoformat() < (note["until"] or "9")
    ):
        return Look()
    try:
        listing = list_seeds(config)
        if (
            listing.errors
            or note["met"]["seeds"] != listing.digest
            or note["met"]
            != _describe(
                config,
                facts,
                listing.digest,
                footprint.digest,
                ledger=hashlib.sha256(config.library.ledger.read_bytes()).hexdigest(),
            )
        ):
            return Look(listing=listing)
    except (FeedsError, OSError, ValueError):
        # The run itself meets the same, and tells it.
        return Look()
    return Look(_restore(note))


def keeps_ledger(config: Config) -> bool:
    """Whether the library knows what the ledger's file said last, so that a lost one can be written again."""
    return bool(_read_facts(config.library.database).get("ledger"))


def _restore(note: dict[str, Any]) -> tuple[Report, BuildReport]:
    """What the run told that left the note, as one tells it that found nothing to do."""
    told = note["report"]
    report = Report(**{name: told[name] for name in _COUNTS})
    report.due = datetime.fromisoformat(told["due"]) if told["due"] else None
    report.set_aside = [SetAside(**page) for page in told["set_aside"]]
    report.remarks = [Remark(**{**remark, "key": tuple(remark["key"])}) for remark in told["remarks"]]
    return report, BuildReport(unchanged=note["files"])


@dataclass(frozen=True, slots=True)
class Left:
    """An output folder that is as the last run left it: nobody edited or restored its files since.

    `generation` is that of the documents that were written.
    """

    footprint: Footprint
    generation: str | None


def find_left(config: Config, folder: Path, footprint: Footprint) -> Left | None:
    """What the last run left in the output folder; None where that is not what is there.

    Nobody else may write the folder meanwhile.
    """
    note = _read_note(_read_facts(config.library.database), folder)
    is_left = note is not None and note["met"]["output"] == footprint.digest and footprint.is_current()
    return Left(footprint, note["generation"]) if note is not None and is_left else None


def note_standstill(
    connection: Connection,
    site: Site,
    report: Report,
    built: BuildReport,
    output: Output,
    *,
    now: datetime,
    left: Left | None,
    generation: str | None,
) -> None:
    """Note what a run met that left nothing open; `connection` is a write transaction of the library.

    `left` is what it found in the folder if it looked at nothing but its own changes, `generation` that of the
    documents that it wrote.
    """
    from feeds.store import write_fact

    config = site.config
    is_open = report.errors or any(note.rule == TEXT_LOST for _, note in report.notes)
    is_passing = any(remark.is_passing for remark in report.remarks)
    if is_open or is_passing or (output.folder / HOSTING_MANIFEST).exists() or site.failed():
        return
    facts = _read_facts(config.library.database)
    until = site.find_next_change(report.due)
    files = digest_files(output.folder, output.names) if left is None else left.footprint.renew(built.list_files())
    if files is None:
        # Somebody else was at the folder meanwhile.
        return
    note = {
        "met": _describe(config, facts, report.listing, files, ledger=facts.get("ledger")),
        "generation": generation,
        "since": now.isoformat(),
        "until": None if until is None else until.isoformat(),
        "files": built.unchanged + len(built.new) + len(built.changed),
        "report": {
            **{name: getattr(report, name) for name in _COUNTS},
            "unchanged": report.seeds,
            "due": None if report.due is None else report.due.isoformat(),
            "set_aside": [asdict(page) for page in report.set_aside],
            "remarks": [asdict(remark) for remark in report.remarks],
        },
    }
    write_fact(connection, _name(output.folder), json.dumps(note, ensure_ascii=False))


def forget_standstills(connection: Connection) -> None:
    """Keep no folder's note: in what it tells of texts and settings there may be what is erased by now."""
    from sqlalchemy import delete

    from feeds.store import schema

    facts = schema.facts
    connection.execute(delete(facts).where(facts.c.name.startswith(_PREFIX, autoescape=True)))


def _name(folder: Path) -> str:
    """The name of the fact that holds the note: each folder has its own."""
    return _PREFIX + os.path.realpath(folder)


def _read_facts(database: Path) -> dict[str, str]:
    """The single values of the library by name; none where there is no library, or none of ours."""
    try:
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            return dict(connection.execute("SELECT name, value FROM facts"))
    except sqlite3.Error:
        return {}


def _read_note(facts: dict[str, str], folder: Path) -> dict[str, Any] | None:
    note: dict[str, Any] | None = json.loads(facts.get(_name(folder), "null"))
    return note


def _describe(
    config: Config, facts: dict[str, str], listing: str, output: str | None, *, ledger: str | None
) -> dict[str, Any]:
    """Everything that what a run would do depends on; `ledger` is the digest of its file.

    Raises OSError where a file can't be looked at.
    """
    looks = [path for path in (config.site.icon, config.site.logo) if path is not None]
    return {
        "settings": digest(config.model_dump_json(), *map(str, (config.path, *looks)), *map(_stat, map(str, looks))),
        "code": digest_lines(f"{path}\0{_stat(path)}\0" for path in _list_code()),
        "facts": [facts.get(name) for name in _FACTS],
        "ledger": [ledger, facts.get("ledger")],
        "seeds": listing,
        "output": output,
    }


def _list_code() -> Iterable[str]:
    """The files of this package: another version of it may do otherwise."""
    for place, folders, names in os.walk(os.path.dirname(feeds.__file__)):  # noqa: PTH120 (as all of os.walk)
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        yield from (f"{place}/{name}" for name in sorted(names))


def _stat(path: str) -> str:
    """A text that changes when the file does. Raises OSError where it is gone."""
    found = os.stat(path)  # noqa: PTH116 (a third of the cost of a Path, some hundred times)
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ino}"
