"""One run: ingest, render what changed, write the folder; or a dry run, after which nothing is changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from feeds.build import HOSTING_MANIFEST, BuildReport, Files, Output, open_output
from feeds.config import Config
from feeds.errors import FeedsError, OutputError
from feeds.ingest.orders import OperatorOrder
from feeds.ingest.report import Remark, Report
from feeds.ingest.run import ingest
from feeds.ingest.seeds.listing import Listing, check_folders
from feeds.ingest.seeds.selection import FileList
from feeds.ingest.work import Run
from feeds.progress import Progress, no_progress
from feeds.publish.fingerprint import Fingerprint, take_fingerprint
from feeds.publish.last_run import UntouchedOutput, find_untouched_output, forget_runs, record_run
from feeds.publish.moves import note_moves
from feeds.publish.published import Published
from feeds.publish.target import refuse_folder
from feeds.site import GENERATION, Site, refresh
from feeds.site.redirects import find_dead_redirects, find_idle_redirects
from feeds.store import SCRUB_FACT, Connection, Library, open_library, open_library_to_try, read_fact, write_fact
from feeds.workers import Workers

if TYPE_CHECKING:
    from feeds.web.hosting import Hosting


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a run is asked to do: to bring library, ledger and `folder` up to date with the seeds, at `now`.

    Without a `folder` none is written: a server follows the library. `orders` are carried out first. With `compress`,
    compressed copies and the configuration of hosts are written too, and without it removed. `review` sees the Site,
    and the report so far, before anything is changed: what it raises stops the run. `listing` is that of the seeds
    where they were just listed, or the only files to look at; `fingerprint` is that of the folder where it has been
    taken already.
    """

    config: Config
    now: datetime
    folder: Path | None
    orders: Sequence[OperatorOrder] = ()
    compress: bool = False
    review: Callable[[Site, Report], None] | None = None
    listing: Listing | FileList | None = None
    fingerprint: Fingerprint | None = None
    progress: Progress = no_progress


def publish(job: Job, *, scrub: bool = False) -> Published:
    """Bring library, ledger and folder up to date.

    With `scrub`, the files of library and server are rewritten, so that nothing that was deleted can be read from them
    any more; so they are where an earlier run was killed before it came to that.
    """
    config, folder = job.config, job.folder
    check_folders(config)
    if folder is None:
        return _publish_nowhere(job, scrub=scrub)
    refuse_folder(config, folder)
    with (
        open_output(folder, database=config.library.database) as output,
        closing(open_library(config.library.database)) as library,
        closing(Workers(config.build.workers)) as workers,
    ):
        with library.write() as connection:
            steps = _open_steps(job, connection, workers)
            report = steps.ingest()
            untouched = steps.find_untouched_output(folder)
            changed = steps.refresh(output, untouched, report)
            generation = read_fact(connection, GENERATION)
            is_scrub_due = _note_scrub(connection, scrub=scrub)
        with library.read() as connection:
            published = _open_steps(job, connection, workers).complete(output, report, changed)
        if is_scrub_due:
            _scrub(library)
        with library.write() as connection:
            site = Site(connection, config, now=job.now)
            known = untouched if output.is_current else None
            record_run(site, published, output, untouched=known, generation=generation)
    return published


def _publish_nowhere(job: Job, *, scrub: bool) -> Published:
    """Bring library and ledger up to date, and no folder."""
    config = job.config
    with closing(open_library(config.library.database)) as library, closing(Workers(config.build.workers)) as workers:
        with library.write() as connection:
            steps = _open_steps(job, connection, workers)
            report = steps.ingest()
            changed = refresh(steps.run, report=report)
            is_scrub_due = _note_scrub(connection, scrub=scrub)
        if is_scrub_due:
            _scrub(library)
    return Published(report, changed, BuildReport())


def _note_scrub(connection: Connection, *, scrub: bool) -> bool:
    """Note that the library's files are to be rewritten; whether they are, now or since a run that was killed."""
    if scrub:
        write_fact(connection, SCRUB_FACT, "due")
        forget_runs(connection)
    return bool(read_fact(connection, SCRUB_FACT))


def _scrub(library: Library) -> None:
    # The server's part of the package costs a quarter of a second to import, and most runs need none of it.
    from feeds.web.pack import remove_packs

    remove_packs(library)
    library.scrub()


def dry_run(job: Job) -> Published:
    """What `publish` would do; neither folder, ledger nor library is changed."""
    config, folder = job.config, job.folder
    check_folders(config)
    if folder is not None:
        refuse_folder(config, folder)
    with (
        closing(open_library_to_try(config.library.database)) as library,
        closing(Workers(config.build.workers)) as workers,
        library.try_out() as connection,
    ):
        steps = _open_steps(job, connection, workers)
        report = steps.ingest(keep_ledger=True)
        if folder is None:
            return Published(report, refresh(steps.run, report=report), BuildReport())
        output = Output(folder, dry_run=True)
        changed = steps.refresh(output, steps.find_untouched_output(folder), report)
        return steps.complete(output, report, changed)


@dataclass(frozen=True, slots=True)
class _Steps:
    """What a run does within a transaction, whether that is committed or rolled back."""

    job: Job
    run: Run

    def ingest(self, *, keep_ledger: bool = False) -> Report:
        """Bring the library up to date with the seeds."""
        job = self.job

        def approve(report: Report) -> None:
            if job.review is None:
                return
            site = self._open_site()
            try:
                job.review(site, report)
            except FeedsError:
                # The refresh, which else finds what is wrong with them, is not reached.
                report.errors += find_idle_redirects(site)
                report.remarks += find_dead_redirects(site)
                raise

        return ingest(self.run, orders=job.orders, listing=job.listing, approve=approve, keep_ledger=keep_ledger)

    def find_untouched_output(self, folder: Path) -> UntouchedOutput | None:
        """The output folder as the last run left it; None where its files are others now."""
        return find_untouched_output(self.job.config, folder, self.job.fingerprint or take_fingerprint(folder))

    def refresh(self, output: Output, untouched: UntouchedOutput | None, report: Report) -> list[str]:
        """Render what is stale into the output; the paths that changed."""
        output.is_untouched = untouched is not None
        generation = read_fact(self.run.connection, GENERATION)
        output.is_current = untouched is not None and untouched.generation == generation
        return refresh(self.run, publish=output.write, report=report)

    def complete(self, output: Output, report: Report, changed: list[str]) -> Published:
        """Complete the output, with what hosts need; `changed` are the paths that `refresh` gave."""
        site = self._open_site()
        built = output.complete(site, changed=changed, progress=self.job.progress)
        report.remarks += [_remark_on(output.folder / name) for name in output.left]
        if not self.job.compress:
            report.notes += note_moves(site)
        hosting = _update_hosting(site, output, report, self.job.progress, compress=self.job.compress)
        return Published(report, changed, built, hosting)

    def _open_site(self) -> Site:
        return Site(self.run.connection, self.run.config, now=self.run.now)


def _remark_on(path: Path) -> Remark:
    """The remark that somebody's own file stays where the site has one."""
    return Remark(
        "file-left",
        (),
        "was left as it is in the place of the site's own: no build wrote it",
        hint="remove it if the site's own is wanted",
        path=str(path),
        # A run that has nothing to do would not see that it is gone.
        is_passing=True,
    )


def _open_steps(job: Job, connection: Connection, workers: Workers) -> _Steps:
    return _Steps(job, Run(connection, job.config, job.now, job.progress, workers, keeps_lost=bool(job.orders)))


def _update_hosting(
    site: Site, output: Output, report: Report, progress: Progress, *, compress: bool
) -> Hosting | None:
    """Write compressed copies and the configuration of hosts, or remove those of an earlier run.

    A file of others that is in the way is an error in the report: all else is published.
    """
    if not compress and not (output.folder / HOSTING_MANIFEST).exists():
        if not output.is_dry_run:
            # A run that was killed may have left the first one half written.
            Files(output.folder).drop(HOSTING_MANIFEST)
        return None
    from feeds.web.hosting import remove_hosting, write_hosting

    if not compress:
        return remove_hosting(site, output)
    hosting = write_hosting(site, output, progress=progress)
    report.errors += [
        OutputError(
            "is in the way of what --compress writes, and no build wrote it: it was left as it is",
            path=str(output.folder / name),
            hint="move it elsewhere, or build without --compress",
        )
        for name in hosting.others
    ]
    return hosting
