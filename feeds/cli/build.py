"""`feeds build`: write the site into a folder."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from feeds.build import MANIFEST
from feeds.build.manifest import look_up
from feeds.cli.file_list import load_file_list
from feeds.cli.options import (
    PATH,
    TARGET,
    base_url_option,
    config_option,
    load_settings,
    now_option,
    output_option,
    read_now,
)
from feeds.cli.progress import show_progress
from feeds.cli.reporting import print_published
from feeds.errors import CheckError, FeedsError, GateError, OutputError
from feeds.publish.fingerprint import take_fingerprint_meanwhile
from feeds.publish.last_run import Precheck, keeps_ledger, precheck
from feeds.publish.published import Published

if TYPE_CHECKING:
    from feeds.cli.findings import Finding
    from feeds.config import Config
    from feeds.diff import FeedDiff
    from feeds.ingest.report import Report
    from feeds.ingest.seeds.selection import FileList
    from feeds.site import Site


@dataclass(slots=True)
class _Run:
    """The options that say how a run is reported and what may stop it, and what it has found so far.

    `unwritten` are errors of reports that could not be written to their files.
    """

    format: str
    strict: bool
    gate: bool
    against: str | None
    first: bool
    dry_run: bool
    summary: Path | None
    changed_files: Path | None
    diffs: list[FeedDiff] | None = None
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    unwritten: list[OutputError] = field(default_factory=list)

    @property
    def compares(self) -> bool:
        """Whether to find out what subscribers will see."""
        return self.gate or self.against is not None or self.format == "json" or self.list_summaries() != []

    def note(self, rule: str, path: str, what: str) -> None:
        """Add a note that concerns no page and is no error."""
        self.notes.append((rule, path, what))

    def correct(self, code: int) -> int:
        """The exit code, 1 instead of 0 where a report could not be written."""
        return code or int(bool(self.unwritten))

    def list_summaries(self) -> list[tuple[Path, str]]:
        """The files that get the summary, each with its mode: GitHub's file collects the summaries of all steps."""
        found = [(self.summary, "w")] if self.summary is not None else []
        if self.format == "github" and (path := os.environ.get("GITHUB_STEP_SUMMARY")):
            found.append((Path(path), "a"))
        return found


@click.command()
@config_option
@base_url_option
@now_option
@output_option
@click.option(
    "--compress",
    is_flag=True,
    help="Also write .gz, .br and .zst copies, _headers, _redirects, _nginx.conf, _Caddyfile.",
)
@click.option(
    "--strict", is_flag=True, help="Exit with 1 if a page is set aside, or there is a warning about a setting."
)
@click.option("--gate", is_flag=True, help="Publish nothing that would flood subscribers or show old entries again.")
@click.option(
    "--against",
    type=TARGET,
    metavar="FOLDER|FILE|ADDRESS",
    help="What is published now, for the gate.  [default: the output folder]",
)
@click.option(
    "--first", is_flag=True, help="With --gate or --strict: nothing was published before, or nobody subscribed to it."
)
@click.option("--dry-run", is_flag=True, help="Say what would change; write nothing.")
@click.option("--exit-code", is_flag=True, help="With --dry-run: exit with 1 if something would change.")
@click.option(
    "--format",
    type=click.Choice(("text", "github", "gitlab", "json")),
    default="text",
    show_default=True,
    help="How to report it.",
)
@click.option("--summary", type=PATH, help="Write a summary in Markdown to this file.")
@click.option("--changed-files", type=PATH, help="Write the list of files written or removed to this file, one a line.")
@click.option(
    "--files",
    "list_path",
    type=PATH,
    metavar="LIST",
    help="Look only at the files that this file lists, one a line (- for standard input): new, changed or gone.",
)
def build(
    config_path: Path | None,
    base_url: str | None,
    now_text: str | None,
    output: Path | None,
    *,
    list_path: Path | None,
    compress: bool,
    exit_code: bool,
    **options: Any,
) -> int:
    """Write the site into a folder: only what changed, each file whole."""
    run = _Run(**options)
    if exit_code and not run.dry_run:
        raise click.UsageError("--exit-code is for --dry-run")
    if run.first and not (run.gate or run.strict):
        raise click.UsageError("--first is for --gate and --strict")
    config: Config | None = None
    try:
        config = load_settings(config_path, base_url=base_url)
        folder = output or config.output.folder
        files = None if list_path is None else load_file_list(list_path)
        published = _carry_out(run, config, folder, now_text, files=files, compress=compress)
    except FeedsError as error:
        return _tell_error(run, config, error)
    code = _find_code(run, published, exit_code=exit_code)
    return _tell(run, config, published, folder, code)


def _carry_out(
    run: _Run, config: Config, folder: Path, now_text: str | None, *, files: FileList | None, compress: bool
) -> Published:
    is_new, was_published = not config.library.ledger.exists(), (folder / MANIFEST).exists()
    now = read_now(now_text)
    may_skip = files is None and not (run.compares or run.first or compress)
    with take_fingerprint_meanwhile(folder, workers=config.build.workers) as fingerprint:
        checked = precheck(config, folder, fingerprint, now=now) if may_skip else Precheck()
        if checked.published is not None:
            return checked.published
        # Costs a quarter of a second to import, and most runs have nothing to do.
        from feeds.publish.run import Job, dry_run, publish

        review = _make_review(run, config, folder) if run.compares or run.strict else None
        with show_progress() as progress:
            job = Job(
                config=config,
                now=now,
                folder=folder,
                compress=compress,
                review=review,
                listing=files or checked.listing,
                fingerprint=fingerprint,
                progress=progress,
            )
            published = dry_run(job) if run.dry_run else publish(job)
    # The library knew what a lost one said: that is noted, and no id is new.
    is_lost = any(problem.rule == "ledger-lost" for _, problem in published.report.notes)
    if is_new and not is_lost and not run.dry_run:
        _note_new_ledger(run, str(config.library.ledger), was_published=was_published)
    return published


def _note_new_ledger(run: _Run, path: str, *, was_published: bool) -> None:
    if was_published:
        what = (
            "was missing, so new ids are minted although feeds are here: what changed since may be shown again;"
            " `feeds adopt` restores it from what is published"
        )
        run.note("ledger-minted", path, what)
    else:
        run.note("ledger-new", path, "was written for the first time: commit it, or ids won't last")


def _make_review(run: _Run, config: Config, folder: Path) -> Callable[[Site, Report], None]:
    """A function that reviews the Site before it is published, and raises GateError where the gate is shut."""
    from feeds.diff import say_unasked
    from feeds.gate import check_first, check_ledger, find_published, find_reasons, review, stop

    # It is looked for among all files of a folder.
    is_asked = run.compares or run.first or not config.library.ledger.exists()
    published = find_published(folder, run.against, find_noted=look_up(folder)) if is_asked else None
    if run.gate or run.strict:
        check_first(published, ledger=config.library.ledger, is_kept=keeps_ledger(config), first=run.first)
    if run.gate and published is None and not run.first:
        if run.strict:
            raise GateError(
                "has no feeds to compare with, so what subscribers will see is unknown",
                path=run.against or str(folder),
                hint="name what is published now with --against, or say that it is the --first time",
            )
        run.note("gate-blind", run.against or str(folder), "has no feeds: what subscribers will see is unknown")

    def look(site: Site, report: Report) -> None:
        try:
            run.diffs = review(site, published) if run.compares else None
        except CheckError as error:
            if run.gate:
                raise
            run.note("diff-unknown", error.path or str(folder), f"what subscribers will see is unknown: {error.what}")
        if published is not None and (told := say_unasked(published)) is not None:
            run.note("gate-bound", run.against or str(folder), told)
        if run.gate and not run.first:
            stop(find_reasons(site, published, run.diffs or ()), report)
        elif run.strict and not run.first:
            check_ledger(report)

    return look


def _find_code(run: _Run, published: Published, *, exit_code: bool) -> int:
    report = published.report
    strict = run.strict and bool(report.set_aside or report.remarks)
    return 1 if report.errors or strict or (exit_code and not published.files.is_unchanged) else 0


def _tell(run: _Run, config: Config, published: Published, folder: Path, code: int) -> int:
    """Report what was done in every format that was asked for; return the exit code.

    A person always gets a report; on standard error where standard output is JSON.
    """
    with contextlib.redirect_stdout(sys.stdout if run.format in {"text", "github"} else sys.stderr):
        if run.dry_run:
            print("a dry run: nothing is written")
        print_published(config, published, folder, dry_run=run.dry_run)
        for rule, path, what in run.notes:
            if rule != "ledger-new" or run.format != "text":
                print(f"note: {path}: {what}", file=sys.stderr)
        _print_diffs(run)
    _write_list(run, published.files.list_files())
    if run.format != "text" or run.list_summaries():
        from feeds.cli.findings import find_findings

        _tell_findings(run, published, find_findings(config, published, strict=run.strict), code)
    return run.correct(code)


def _print_diffs(run: _Run) -> None:
    changed = [found for found in run.diffs or () if not found.is_unchanged]
    if changed and (run.gate or run.against):
        from feeds.cli.diff import list_lines

        for line in list_lines(changed):
            print(line)


def _tell_error(run: _Run, config: Config | None, error: FeedsError) -> int:
    print(f"error: {error}", file=sys.stderr)
    _write_list(run, [])
    if run.format != "text" or run.list_summaries():
        from feeds.cli.findings import explain

        _tell_findings(run, None, explain(error, config), error.exit_code)
    return error.exit_code


def _tell_findings(run: _Run, published: Published | None, findings: list[Finding], code: int) -> None:
    from feeds.cli.findings import Finding, explain, render_github, render_gitlab, render_json
    from feeds.cli.summary import render_summary

    findings += [Finding("notice", rule, path, None, what) for rule, path, what in run.notes]
    told = [finding for error in run.unwritten for finding in explain(error)]
    text = render_summary(published, [*findings, *told], run.diffs, dry_run=run.dry_run)
    for path, mode in run.list_summaries():
        _write(run, path, text, mode)
    findings += [finding for error in run.unwritten for finding in explain(error)]
    if run.format == "github":
        for line in render_github(findings):
            print(line)
    elif run.format == "gitlab":
        print(render_gitlab(findings))
    elif run.format == "json":
        print(render_json(findings, published, run.diffs, exit_code=run.correct(code), dry_run=run.dry_run))


def _write_list(run: _Run, files: list[str]) -> None:
    if run.changed_files is not None:
        _write(run, run.changed_files, "".join(f"{name}\n" for name in files), "w")


def _write(run: _Run, path: Path, text: str, mode: str) -> None:
    """Write a report to a file. A failure is noted and printed, and stops no other report."""
    try:
        with path.open(mode, encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        unwritten = OutputError(f"can't be written: {error.strerror}", path=str(path), hint="name another file")
        print(f"error: {unwritten}", file=sys.stderr)
        run.unwritten.append(unwritten)
