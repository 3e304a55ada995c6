"""The run that several commands share: ingest, record what changed, write the folder, tell a person."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from feeds.build import HOSTING_MANIFEST, BuildReport, Output
from feeds.cli.progress import show_progress
from feeds.cli.reporting import print_empty_categories, print_report
from feeds.config import Config
from feeds.ingest import OperatorOrder, Report, ingest
from feeds.ingest.report import Progress
from feeds.site import Site, refresh
from feeds.store import open_library

if TYPE_CHECKING:
    from feeds.web.hosting import Hosting


@dataclass(frozen=True, slots=True)
class Published:
    """What a run did: the ingest's report, the paths whose bytes changed, the report of the folder."""

    report: Report
    changed: list[str]
    built: BuildReport


def publish(
    config: Config,
    *,
    now: datetime,
    folder: Path,
    orders: Sequence[OperatorOrder] = (),
    scrub: bool = False,
    compress: bool = False,
) -> Published:
    """Bring library, ledger and folder up to date, and print what was done.

    With `scrub`, nothing that was deleted can be read from the files of library and server any more. With `compress`,
    coded copies and the configuration of hosts are written too, and without it removed.
    """
    with closing(open_library(config.library.database)) as library, show_progress() as progress:
        with library.write() as connection:
            report = ingest(connection, config, now=now, progress=progress, orders=orders)
            output = Output(folder)
            changed = refresh(
                connection, config, now=now, progress=progress, publish=output.write, errors=report.errors
            )
        if scrub:
            # The server's part of the package costs a quarter of a second to import, and most runs need none of it.
            from feeds.web.pack import remove_packs

            library.scrub()
            remove_packs(config.library.database)
        with library.read() as connection:
            site = Site(connection, config, now=now)
            built = output.complete(site, progress=progress)
            hosting = _see_to_hosting(site, folder, progress, compress=compress)
    print_report(report)
    print_empty_categories(config, report)
    print(f"{folder}: nothing to do" if built.is_unchanged else f"{folder}: {built.summarise()}")
    if hosting is not None:
        print(f"{folder}: {hosting.summarise()}")
    return Published(report, changed, built)


def _see_to_hosting(site: Site, folder: Path, progress: Progress, *, compress: bool) -> Hosting | None:
    """Write coded copies and the configuration of hosts, or remove those of an earlier run."""
    if not compress and not (folder / HOSTING_MANIFEST).exists():
        return None
    from feeds.web.hosting import remove_hosting, write_hosting

    if compress:
        return write_hosting(site, folder, progress=progress)
    remove_hosting(folder)
    return None
