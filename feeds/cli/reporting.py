"""What a run prints for a person: counts, pages set aside, errors, notes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from feeds.config import Config, blame
from feeds.dates import format_rfc3339
from feeds.errors import BlockedError, FeedsError, Problem, SeedError, say_number, show_text
from feeds.ingest.report import TEXT_LOST, TEXT_MISSING, Report, SetAside

if TYPE_CHECKING:
    from feeds.publish.published import Published

MAX_NOTES = 20
"""Notes that are printed; the rest is counted. Errors and pages set aside are all printed."""

_STATES = {
    "article": ("article", "articles"), "aside": ("set aside", "set aside"), "draft": ("draft", "drafts"),
    "error": ("with an error", "with errors"), "undated": ("without a date", "without a date"),
    "waiting": ("under embargo", "under embargo"),
}  # fmt: skip


def say_states(counts: Mapping[str, int]) -> str:
    """How many seeds are in which state of the library, in words."""
    return ", ".join(say_number(count, *_STATES[state]) for state, count in sorted(counts.items())) or "none"


def print_published(config: Config, published: Published, folder: Path, *, dry_run: bool = False) -> None:
    """Print what a run did, or would do, to the site in a folder."""
    print_seeds(config, published.report, dry_run=dry_run)
    print(f"{folder}: {'nothing to do' if published.files.is_unchanged else published.built.summarise()}")
    if published.hosting is not None:
        print(f"{folder}: {published.hosting.summarise()}")
        if (reload := published.hosting.say_reload()) is not None:
            print(f"{folder}: {reload}")


def print_error(error: FeedsError) -> None:
    """Print an error to standard error, and those that came with it: each begins with what logs are searched for."""
    for message in error.list_messages():
        print(f"error: {message}", file=sys.stderr)


def print_seeds(config: Config, report: Report, *, dry_run: bool = False) -> None:
    """Print what a run found in seeds and settings: the counts to standard output, all else to standard error."""
    _print_troubles(config, report, dry_run=dry_run)
    print(report.summarise())
    for line in list_unpublished(report):
        print(line)
    _print_remarks(config, report)


def print_stopped(config: Config, report: Report) -> None:
    """Print what a run that was stopped had found in seeds and settings, to standard error."""
    _print_troubles(config, report, dry_run=True)
    _print_remarks(config, report)


def leave_out_told(report: Report, error: FeedsError) -> Report:
    """The report without what the error that stopped the run says of the same places, if a file is why."""
    told = {(each.path, each.line) for each in (error, *error.others) if isinstance(each, BlockedError)}
    errors: list[FeedsError] = []
    for each in report.errors:
        if (each.path, each.line) not in told:
            errors.append(each)
        elif each.others:
            errors.append(FeedsError.gather([copy(other) for other in each.others]))
    remarks = [remark for remark in report.remarks if (remark.path, None) not in told]
    # What a stopped run would have lost, it did not lose.
    notes = [(path, note) for path, note in report.notes if note.rule not in {TEXT_LOST, TEXT_MISSING}]
    return replace(report, errors=errors, remarks=remarks, notes=notes)


def _print_troubles(config: Config, report: Report, *, dry_run: bool) -> None:
    errors, aside = locate_troubles(config, report)
    for error in errors:
        print_error(error)
    for page in aside:
        print(f"{page.state}: {page}", file=sys.stderr)
    # A dry run leaves no library that knows them.
    for note in list_notes(config, report, known_to="`feeds parse FILE`" if dry_run else "`feeds sources --notes`"):
        print(f"note: {note}", file=sys.stderr)


def _print_remarks(config: Config, report: Report) -> None:
    for remark in explain_remarks(config, report):
        print(f"warning: {remark}", file=sys.stderr)


def list_notes(config: Config, report: Report, *, known_to: str = "`feeds sources --notes`") -> Iterator[str]:
    """The notes of a report, as many as are shown, and how many more there are; the command `known_to` shows these."""
    for path, note in report.notes[:MAX_NOTES]:
        yield say_note(locate(config, path), note)
    if more := len(report.notes[MAX_NOTES:]):
        yield f"and {more} more; {known_to} shows those that come from reading files"


def count_seeds(report: Report) -> dict[str, int]:
    """The counts of a report as JSON and logs have them."""
    names = ("seeds", "read", "new", "changed", "unchanged", "removed", "articles", "waiting", "drafts", "withheld")
    counts = {name: getattr(report, name) for name in names}
    aside = {"set_aside": report.aside, "undated": report.undated}
    return {**counts, **aside, "errors": report.failed, "other_errors": report.other_errors}


def list_unpublished(report: Report) -> list[str]:
    """How many articles are not published although nothing is wrong with them: one phrase for each reason."""
    phrases: list[str] = []
    if report.waiting and report.due is not None:
        phrases.append(f"{report.waiting} under embargo, the next until {format_rfc3339(report.due)}")
    if report.drafts:
        phrases.append(say_number(report.drafts, "draft"))
    if report.withheld:
        phrases.append(f"{report.withheld} withheld by [[rules]] of the settings")
    return phrases


def locate_troubles(config: Config, report: Report) -> tuple[list[FeedsError], list[SetAside]]:
    """The errors of a report, and the pages that were set aside, with their paths as seen from the current folder."""
    errors = [copy(error) for error in report.errors]
    for error in errors:
        error.path = locate_error(config, error)
    return errors, [replace(page, path=locate(config, page.path)) for page in report.set_aside]


def explain_remarks(config: Config, report: Report) -> list[FeedsError]:
    """The remarks on settings, each with its line, on the ledger and on the output, as errors that can be printed."""
    return [
        blame(config, each.key, each.what, text=each.text, hint=each.hint)
        if each.path is None
        else FeedsError(each.what, path=each.path, text=each.text, hint=each.hint)
        for each in report.remarks
    ]


def locate(config: Config, path: str) -> str:
    """A path of the report, relative to config.toml, as seen from the current folder; what is no file's stays."""
    joined = config.folder / path
    return shorten(joined) if os.path.lexists(joined) else path


def locate_error(config: Config, error: FeedsError) -> str | None:
    """The path of an error of the report as seen from the current folder; that of a seed even if it can't be found."""
    if error.path is None:
        return None
    return shorten(config.folder / error.path) if isinstance(error, SeedError) else locate(config, error.path)


def shorten(path: Path) -> str:
    """A path relative to the current folder where it is below it: code hosts know files by it."""
    relative = os.path.relpath(path)
    return Path(path if relative.startswith("..") else relative).as_posix()


def say_note(path: str, note: Problem) -> str:
    """A note with the file that it is about, and its line."""
    text, path = str(note), show_text(path)
    return f"{path}:{text.removeprefix('line ')}" if note.line is not None else f"{path}: {text}"
