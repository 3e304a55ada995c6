"""Where a run of `feeds build` is reported: to a person, to a code host, and in the files that were asked for."""

from __future__ import annotations

import contextlib
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from feeds.cli.reporting import leave_out_told, print_error, print_published, print_stopped
from feeds.errors import FeedsError, OutputError

if TYPE_CHECKING:
    from feeds.cli.findings import Finding
    from feeds.config import Config
    from feeds.diff import FeedDiff
    from feeds.ingest.report import Report
    from feeds.publish.published import Published


@dataclass(slots=True)
class BuildRun:
    """The options that say how a run is reported and what may stop it, and what it has found so far.

    `report` is that of a run that was reviewed before it was published. `unwritten` are errors of reports that could
    not be written to their files.
    """

    format: str
    strict: bool
    gate: bool
    against: str | None
    first: bool
    dry_run: bool
    summary: Path | None
    changed_files: Path | None
    report: Report | None = None
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


def tell(run: BuildRun, config: Config, published: Published, folder: Path, code: int) -> int:
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

        _tell_findings(run, published, find_findings(config, published.report, strict=run.strict), code)
    return run.correct(code)


def tell_error(run: BuildRun, config: Config | None, error: FeedsError) -> int:
    """Report the error that ended the run, which comes before there is a `config` where settings are wrong.

    What had been found by then is reported with it.
    """
    report = None if run.report is None else leave_out_told(run.report, error)
    if config is not None and report is not None:
        print_stopped(config, report)
    print_error(error)
    _write_list(run, [])
    if run.format != "text" or run.list_summaries():
        from feeds.cli.findings import explain, find_findings

        findings = explain(error, config)
        if config is not None and report is not None:
            findings += find_findings(config, report, strict=run.strict)
        _tell_findings(run, None, findings, error.exit_code)
    return error.exit_code


def _print_diffs(run: BuildRun) -> None:
    changed = [found for found in run.diffs or () if not found.is_unchanged]
    if changed and (run.gate or run.against):
        from feeds.cli.diff import list_lines

        for line in list_lines(changed):
            print(line)


def _tell_findings(run: BuildRun, published: Published | None, findings: list[Finding], code: int) -> None:
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


def _write_list(run: BuildRun, files: list[str]) -> None:
    if run.changed_files is not None:
        _write(run, run.changed_files, "".join(f"{name}\n" for name in files), "w")


def _write(run: BuildRun, path: Path, text: str, mode: str) -> None:
    """Write a report to a file. A failure is noted and printed, and stops no other report."""
    try:
        with path.open(mode, encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        unwritten = OutputError(f"can't be written: {error.strerror}", path=str(path), hint="name another file")
        print_error(unwritten)
        run.unwritten.append(unwritten)
