"""One run: ingest, record what changed, write the folder; or a rehearsal of it, after which nothing is changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from feeds.build import HOSTING_MANIFEST, Output, open_output
from feeds.config import Config, find_private
from feeds.errors import OutputError
from feeds.ingest.listing import Listing, check_folders
from feeds.ingest.orders import OperatorOrder
from feeds.ingest.report import Report
from feeds.ingest.run import ingest
from feeds.ingest.selection import FileList
from feeds.progress import Progress, no_progress
from feeds.publish.footprint import Footprint, look_at
from feeds.publish.published import Published
from feeds.publish.standstill import Left, find_left, forget_standstills, note_standstill
from feeds.site import GENERATION, Site, refresh
from feeds.store import SCRUB_FACT, open_library, open_library_to_try, read_fact, write_fact
from feeds.workers import Workers

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from feeds.web.hosting import Hosting


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a run is asked to do: to bring library, ledger and `folder` up to date with the seeds, at `now`.

    `orders` are carried out first. With `compress`, coded copies and the configuration of hosts are written too, and
    without it removed. `review` sees the Site, and what was met, before anything is changed: what it raises stops the
    run. `listing` is that of the seeds where they were just listed, or the files that alone are looked at; `footprint`
    is that of the folder where a look at it has begun.
    """

    config: Config
    now: datetime
    folder: Path
    orders: Sequence[OperatorOrder] = ()
    compress: bool = False
    review: Callable[[Site, Report], None] | None = None
    listing: Listing | FileList | None = None
    footprint: Footprint | None = None
    progress: Progress = no_progress


def carry_through(job: Job, *, scrub: bool = False) -> Published:
    """Do it.

    With `scrub`, nothing that was deleted can be read from the files of library and server any more; where a run that
    was to see to that did not come to it, this one does.
    """
    config, folder = job.config, job.folder
    check_folders(config)
    _refuse_folder(config, folder)
    with (
        open_output(folder, database=config.library.database) as output,
        closing(open_library(config.library.database)) as library,
        closing(Workers(config.build.workers)) as workers,
    ):
        with library.write() as connection:
            steps = _Steps(job, connection, workers)
            report = steps.ingest()
            left = steps.find_left()
            changed = steps.refresh(output, left, report)
            generation = read_fact(connection, GENERATION)
            if scrub:
                write_fact(connection, SCRUB_FACT, "due")
                forget_standstills(connection)
            is_scrub_due = bool(read_fact(connection, SCRUB_FACT))
        with library.read() as connection:
            published = _Steps(job, connection, workers).complete(output, report, changed)
        if is_scrub_due:
            # The server's part of the package costs a quarter of a second to import, and most runs need none of it.
            from feeds.web.pack import remove_packs

            remove_packs(library)
            library.scrub()
        with library.write() as connection:
            site = Site(connection, config, now=job.now)
            known = left if output.is_current else None
            built = published.built
            note_standstill(connection, site, report, built, output, now=job.now, left=known, generation=generation)
    return published


def rehearse(job: Job) -> Published:
    """What `carry_through` would do; neither folder, ledger nor library is changed."""
    config, folder = job.config, job.folder
    check_folders(config)
    _refuse_folder(config, folder)
    with (
        closing(open_library_to_try(config.library.database)) as library,
        closing(Workers(config.build.workers)) as workers,
        library.try_out() as connection,
    ):
        steps = _Steps(job, connection, workers)
        report = steps.ingest(keep_ledger=True)
        output = Output(folder, dry_run=True)
        changed = steps.refresh(output, steps.find_left(), report)
        return steps.complete(output, report, changed)


@dataclass(frozen=True, slots=True)
class _Steps:
    """What a run does within a transaction, whether it is committed or undone."""

    job: Job
    connection: Connection
    workers: Workers

    def ingest(self, *, keep_ledger: bool = False) -> Report:
        """Bring the library up to date with the seeds."""
        job = self.job

        def approve(report: Report) -> None:
            if job.review is not None:
                job.review(self._open_site(), report)

        return ingest(
            self.connection,
            job.config,
            now=job.now,
            progress=job.progress,
            orders=job.orders,
            approve=approve,
            keep_ledger=keep_ledger,
            listing=job.listing,
            workers=self.workers,
        )

    def find_left(self) -> Left | None:
        """What the last run left in the folder; None where that is not what is there."""
        return find_left(self.job.config, self.job.folder, self.job.footprint or look_at(self.job.folder))

    def refresh(self, output: Output, left: Left | None, report: Report) -> list[str]:
        """Hand what changed to the output; the paths. `left` is what the last run left in its folder."""
        output.as_left = left is not None
        output.is_current = left is not None and left.generation == read_fact(self.connection, GENERATION)
        return refresh(
            self.connection,
            self.job.config,
            now=self.job.now,
            progress=self.job.progress,
            publish=output.write,
            report=report,
            workers=self.workers,
        )

    def complete(self, output: Output, report: Report, changed: list[str]) -> Published:
        """Complete the output, with what hosts need; `changed` are the paths that `refresh` gave."""
        site = self._open_site()
        built = output.complete(site, changed=changed, progress=self.job.progress)
        hosting = _see_to_hosting(site, output, report, self.job.progress, compress=self.job.compress)
        return Published(report, changed, built, hosting)

    def _open_site(self) -> Site:
        return Site(self.connection, self.job.config, now=self.job.now)


def _refuse_folder(config: Config, folder: Path) -> None:
    """Raise OutputError where what must stay private would be published, or the site's pages be read as texts."""
    own = folder.resolve()
    if own == own.parent:
        raise OutputError(
            "the site can't be written into the root of all folders",
            path=str(folder),
            hint="name another folder in [output], or with --output",
        )
    for source in config.sources:
        is_among = source.folder is not None and own.is_relative_to(source.folder.resolve())
        if source.glob is not None and own != config.output.folder.resolve():
            is_among = any(path.resolve().is_relative_to(own) for path in config.folder.glob(source.glob))
        if is_among:
            raise OutputError(
                "the site can't be written among the texts, or it would be read as such",
                path=str(folder),
                text=str(source.folder or source.glob),
                hint="name another folder in [output], or with --output",
            )
    private = find_private(config, folder)
    if private is not None:
        raise OutputError(
            "the site can't be written around what would be published with it",
            path=str(folder),
            text=str(private),
            hint="name a folder of its own in [output], or with --output",
        )


def _see_to_hosting(
    site: Site, output: Output, report: Report, progress: Progress, *, compress: bool
) -> Hosting | None:
    """Write coded copies and the configuration of hosts, or remove those of an earlier run.

    What others have put in their way is an error of the report: all else is published.
    """
    if not compress and not (output.folder / HOSTING_MANIFEST).exists():
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
