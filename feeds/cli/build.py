"""`feeds build`: write the site into a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from feeds.build import MANIFEST
from feeds.build.manifest import look_up
from feeds.cli.build_reports import BuildRun, tell, tell_error
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
from feeds.errors import CheckError, FeedsError, GateError
from feeds.publish.fingerprint import take_fingerprint_meanwhile
from feeds.publish.last_run import Precheck, keeps_ledger, precheck
from feeds.publish.published import Published

if TYPE_CHECKING:
    from feeds.config import Config
    from feeds.ingest.report import Report
    from feeds.ingest.seeds.selection import FileList
    from feeds.site import Site

_HINT_BLIND = (
    "name what is published now with --against, or, if nothing was published there yet, say that it is the --first time"
)


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
    "--strict",
    is_flag=True,
    help="Exit with 1 if a page is set aside or without a date, or there is a warning about a setting.",
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
    run = BuildRun(**options)
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
        return tell_error(run, config, error)
    code = _find_code(run, published, exit_code=exit_code)
    return tell(run, config, published, folder, code)


def _carry_out(
    run: BuildRun, config: Config, folder: Path, now_text: str | None, *, files: FileList | None, compress: bool
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


def _note_new_ledger(run: BuildRun, path: str, *, was_published: bool) -> None:
    if was_published:
        what = (
            "was missing, so new ids are minted although feeds are here: what changed since may be shown again;"
            " `feeds adopt` restores it from what is published"
        )
        run.note("ledger-minted", path, what)
    else:
        run.note("ledger-new", path, "was written for the first time: commit it, or ids won't last")


def _make_review(run: BuildRun, config: Config, folder: Path) -> Callable[[Site, Report], None]:
    """A function that reviews the Site before it is published, and raises GateError where the gate is shut."""
    from feeds.diff import say_unasked
    from feeds.gate import check_first, check_ledger, find_published, find_reasons, review, stop

    ledger, is_kept = config.library.ledger, keeps_ledger(config)

    def look(site: Site, report: Report) -> None:
        # Whatever stops the run, it tells the rest, too.
        run.report = report
        # It is looked for among all files of a folder.
        is_asked = run.compares or run.first or not ledger.exists()
        published = find_published(folder, run.against, find_noted=look_up(folder)) if is_asked else None
        if run.gate or run.strict:
            check_first(published, ledger=ledger, is_kept=is_kept, first=run.first, is_named=run.against is not None)
        if run.gate and published is None and not run.first:
            if run.strict:
                raise GateError(
                    "has no feeds to compare with, so what subscribers will see is unknown",
                    path=run.against or str(folder),
                    hint=_HINT_BLIND,
                )
            run.note("gate-blind", run.against or str(folder), "has no feeds: what subscribers will see is unknown")
        try:
            run.diffs = review(site, published) if run.compares else None
        except CheckError as error:
            if run.gate:
                raise
            run.note("diff-unknown", error.path or str(folder), f"what subscribers will see is unknown: {error.what}")
        if published is not None and (told := say_unasked(published)) is not None:
            run.note("gate-bound", run.against or str(folder), told)
        if run.gate and not run.first:
            stop(site, find_reasons(site, published, run.diffs or ()), report)
        elif run.strict and not run.first:
            check_ledger(report)

    return look


def _find_code(run: BuildRun, published: Published, *, exit_code: bool) -> int:
    report = published.report
    strict = run.strict and bool(report.set_aside or report.remarks)
    return 1 if report.errors or strict or (exit_code and not published.files.is_unchanged) else 0
