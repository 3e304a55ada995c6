"""What a run did, and how a person is told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from feeds.build import BuildReport
from feeds.cli.reporting import print_categories, print_report
from feeds.config import Config
from feeds.ingest.report import Report

if TYPE_CHECKING:
    from feeds.web.hosting import Hosting


@dataclass(frozen=True, slots=True)
class Published:
    """What a run did: the ingest's report, the paths whose bytes changed, the reports of folder and coded copies.

    After a rehearsal, what it would have done.
    """

    report: Report
    changed: list[str]
    built: BuildReport
    hosting: Hosting | None = None

    @property
    def files(self) -> BuildReport:
        """All that was written or removed in the folder, coded copies and the configuration of hosts among it."""
        return self.built if self.hosting is None else self.built.join(self.hosting.files)


def print_published(config: Config, published: Published, folder: Path) -> None:
    """Tell a person what was done."""
    print_report(published.report)
    print_categories(config, published.report)
    built = published.built
    print(f"{folder}: nothing to do" if published.files.is_unchanged else f"{folder}: {built.summarise()}")
    if published.hosting is not None:
        print(f"{folder}: {published.hosting.summarise()}")
