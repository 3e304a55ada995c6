"""What the last run met and left, recorded in the library: a run that meets the same has nothing to do.

A run that left nothing open records settings, code, ledger, the listing of the seeds, the fingerprint of the folder
that it wrote, and until when the site stays as it is. Where the next run meets the same, it would read, render and
write nothing, and report the same. This is found out by looking at files alone, before anything that could do the work
is imported. The record is a shortcut: without it, the run goes its whole way and comes to the same result.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feeds.build import HOSTING_MANIFEST, BuildReport, Output
from feeds.config import Config
from feeds.errors import FeedsError, Problem
from feeds.ingest.fingerprints import find_code_status, find_status, list_extras
from feeds.ingest.report import TEXT_LOST, UNTOLD_MOVE, Remark, Report, SetAside
from feeds.ingest.seeds.listing import Listing, list_seeds
from feeds.publish.fingerprint import Fingerprint, digest_files
from feeds.publish.published import Published
from feeds.text import digest

if TYPE_CHECKING:
    from feeds.site import Site
    from feeds.store import Connection

_PREFIX = "last-run:"
_FACTS = ("schema", "parse", "render", "links", "namespace")
"""Facts of the library that another run may have changed: who made its rows, from which settings."""
_COUNTS = ("seeds", "articles", "waiting", "drafts", "withheld", "failed")


@dataclass(frozen=True, slots=True)
class Precheck:
    """What a look at the files has shown: the result of a run that has nothing to do, or None where there may be work.

    `listing` is that of the seeds, for the run that follows; None where it was not needed.
    """

    published: Published | None = None
    listing: Listing | None = None


def precheck(config: Config, folder: Path, fingerprint: Fingerprint, *, now: datetime) -> Precheck:
    """Find out whether a run has anything to do; `fingerprint` is that of the output folder."""
    facts = _read_facts(config.library.database)
    record = _read_record(facts, folder)
    if (
        record is None
        or (folder / HOSTING_MANIFEST).exists()
        or not record["since"] <= now.isoformat() < (record["until"] or "9")
    ):
        return Precheck()
    try:
        listing = list_seeds(config)
        if listing.errors or record["met"]["seeds"] != listing.digest:
            return Precheck(listing=listing)
        with config.library.ledger.open("rb") as file:
            ledger = hashlib.file_digest(file, "sha256").hexdigest()
        if record["met"] != _describe(config, facts, listing.digest, fingerprint.digest, ledger=ledger):
            return Precheck(listing=listing)
    except (FeedsError, OSError, ValueError):
        # The run itself meets the same, and reports it.
        return Precheck()
    return Precheck(_restore_result(record))


def keeps_ledger(config: Config) -> bool:
    """Whether the library knows what the ledger's file last said, so that a lost one can be written again."""
    return bool(_read_facts(config.library.database).get("ledger"))


@dataclass(frozen=True, slots=True)
class UntouchedOutput:
    """An output folder as the last run left it: nobody has edited or restored its files since.

    `generation` is that of the documents that were written.
    """

    fingerprint: Fingerprint
    generation: str | None


def find_untouched_output(config: Config, folder: Path, fingerprint: Fingerprint) -> UntouchedOutput | None:
    """The output folder as the last run left it; None where its files are others now.

    No other run may write to the folder meanwhile.
    """
    record = _read_record(_read_facts(config.library.database), folder)
    if record is None or record["met"]["output"] != fingerprint.digest or not fingerprint.is_current():
        return None
    return UntouchedOutput(fingerprint, record["generation"])


def record_run(
    site: Site, published: Published, output: Output, *, untouched: UntouchedOutput | None, generation: str | None
) -> None:
    """Record what a run met, if it left nothing open; the site's connection is a write transaction of the library.

    `untouched` is what it found in the folder, if it then looked at nothing but its own changes; `generation` is that
    of the documents that it wrote.
    """
    from feeds.store import write_fact

    config, report, built = site.config, published.report, published.built
    is_open = report.errors or any(note.rule == TEXT_LOST for _, note in report.notes)
    is_passing = any(remark.is_passing for remark in report.remarks)
    if is_open or is_passing or (output.folder / HOSTING_MANIFEST).exists() or site.failed():
        return
    facts = _read_facts(config.library.database)
    until = site.find_next_change(report.due)
    if untouched is None:
        files = digest_files(output.folder, output.names)
    else:
        files = untouched.fingerprint.renew(built.list_files())
    if files is None:
        # Somebody else has been at the folder meanwhile.
        return
    record = {
        "met": _describe(config, facts, report.listing, files, ledger=facts.get("ledger")),
        "generation": generation,
        "since": site.now.isoformat(),
        "until": None if until is None else until.isoformat(),
        "files": built.unchanged + len(built.new) + len(built.changed),
        "report": {
            **{name: getattr(report, name) for name in _COUNTS},
            "due": None if report.due is None else report.due.isoformat(),
            "set_aside": [asdict(page) for page in report.set_aside],
            "remarks": [asdict(remark) for remark in report.remarks],
            "notes": [[path, asdict(note)] for path, note in report.notes if note.rule == UNTOLD_MOVE],
        },
    }
    write_fact(site.connection, _name(output.folder), json.dumps(record, ensure_ascii=False))


def _restore_result(record: dict[str, Any]) -> Published:
    """The result of the recorded run, as that of a run that found nothing to do."""
    told = record["report"]
    report = Report(**{name: told[name] for name in _COUNTS})
    report.due = datetime.fromisoformat(told["due"]) if told["due"] else None
    report.set_aside = [SetAside(**page) for page in told["set_aside"]]
    report.remarks = [Remark(**{**remark, "key": tuple(remark["key"])}) for remark in told["remarks"]]
    report.notes = [(path, Problem(**note)) for path, note in told["notes"]]
    return Published(report, [], BuildReport(unchanged=record["files"]))


def forget_runs(connection: Connection) -> None:
    """Delete the records of all folders: what they say of texts and settings may be erased by now."""
    from feeds.store import ask

    ask(connection, "DELETE FROM facts WHERE substr(name, 1, length(:prefix)) = :prefix", prefix=_PREFIX)


def _name(folder: Path) -> str:
    """The name of the fact that holds the record: each folder has its own."""
    return _PREFIX + os.path.realpath(folder)


def _read_facts(database: Path) -> dict[str, str]:
    """The facts of the library by name; none where there is no library, or none of ours."""
    try:
        with closing(sqlite3.connect(f"{Path(os.path.realpath(database)).as_uri()}?mode=ro", uri=True)) as connection:
            return dict(connection.execute("SELECT name, value FROM facts"))
    except sqlite3.Error:
        return {}


def _read_record(facts: dict[str, str], folder: Path) -> dict[str, Any] | None:
    record: dict[str, Any] | None = json.loads(facts.get(_name(folder), "null"))
    return record


def _describe(
    config: Config, facts: dict[str, str], listing: str, output: str | None, *, ledger: str | None
) -> dict[str, Any]:
    """Everything that a run depends on; `listing`, `output` and `ledger` are digests.

    Raises OSError where a file can't be looked at.
    """
    pictures = [path for path in (config.site.icon, config.site.logo) if path is not None]
    settings = (config.model_dump_json(), *map(str, (config.path, *pictures)), *map(find_status, map(str, pictures)))
    return {
        "settings": digest(*settings),
        # Another version of this package may do something else, and so may another set of extras.
        "code": digest(find_code_status(), *list_extras()),
        "facts": [facts.get(name) for name in _FACTS],
        "ledger": [ledger, facts.get("ledger")],
        "seeds": listing,
        "output": output,
    }
