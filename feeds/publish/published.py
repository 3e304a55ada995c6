"""The result of a run, or of a dry run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds.build import BuildReport
from feeds.ingest.report import Report

if TYPE_CHECKING:
    from feeds.web.hosting import Hosting


@dataclass(frozen=True, slots=True)
class Published:
    """What a run did: the ingest's report, the paths whose bytes changed, the reports of folder and coded copies.

    After a dry run, what it would have done.
    """

    report: Report
    changed: list[str]
    built: BuildReport
    hosting: Hosting | None = None

    @property
    def files(self) -> BuildReport:
        """All that was written or removed in the folder, coded copies and the configuration of hosts among it."""
        return self.built if self.hosting is None else self.built.join(self.hosting.files)
