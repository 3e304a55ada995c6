"""The ingester: seeds and settings into the library, again whenever something changed or an embargo ends.

The one process that writes. Everything of one round happens in one transaction, so that readers see all of it or
nothing. Prints nothing: a Reporter does.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from feeds.config import Config
from feeds.dates.instants import to_seconds
from feeds.errors import FeedsError, LibraryError
from feeds.ingest.report import Report
from feeds.ingest.run import ingest
from feeds.ingest.seeds.unfinished import StillWritingError, Unfinished
from feeds.ingest.work import Run
from feeds.progress import Progress
from feeds.serve.operation import Operation
from feeds.serve.run_folder import find_rival
from feeds.serve.settings import dump_shared
from feeds.serve.state import INGESTED, read_state
from feeds.serve.watching import Stamp, Watch
from feeds.site import GENERATION, Site, refresh
from feeds.store import Library, open_library, read_fact, write_fact
from feeds.store.troubles import REBUILD
from feeds.web.pack import Packing, folder_of_packs, refine_archives, remove_old_packs
from feeds.web.publication import SETTINGS

RETRY_SECONDS = 10.0
"""How long after a failed round another is tried, even if nothing changed: a disk may have room again."""
IDLE_SECONDS = 1.0
REFINE_AT_ONCE = 4
"""Archives that are compressed again in one transaction: about half a second."""
ROUNDS_WITH_RIVAL = 3
"""Another server is warned of once it has had other settings for this many rounds in a row."""
AGAIN_SECONDS = 1800.0
"""A round is made this often even if nothing changed: news sitemaps age, and network folders may report no changes."""


class Reporter(Protocol):
    """Prints or logs what happened."""

    def ingested(self, config: Config, report: Report, changed: list[str]) -> None:
        """A round ended; these paths changed."""

    def reread(self, config: Config) -> None:
        """The settings were read again, because their file has changed, or by a signal."""

    def failed(self, error: FeedsError) -> None:
        """A round, or reading the settings, failed; what was served before is served on."""

    def warn(self, error: FeedsError) -> None:
        """Something is wrong that stops nothing."""


def load_first(
    load: Callable[[], Config],
    stamp: Callable[[], Stamp],
    operation: Operation,
    reporter: Reporter,
    woken: threading.Event,
) -> tuple[Config, Stamp]:
    """The settings that an ingester starts with, and their file's stamp from before they were read.

    Waits where they can't be read now, as in one that takes a failed one's place: other settings would be served. Tries
    again after a time, and when it is `woken`.
    """
    while True:
        read = stamp()
        try:
            config = load()
        except FeedsError as error:
            operation.settings_failure = error.say_short()
            operation.failed_rounds += 1
            operation.declare()
            reporter.failed(error)
        else:
            if operation.settings_failure is not None:
                reporter.reread(config)
            operation.settings_failure = None
            return config, read
        woken.wait(RETRY_SECONDS)
        woken.clear()


@dataclass(slots=True)
class Ingester:
    """Keeps a library up to date. `load_settings` reads the settings again; `now` is the clock.

    `generation` is that of the documents that the last round left; None where it failed.
    """

    config: Config
    load_settings: Callable[[], Config]
    now: Callable[[], datetime]
    reporter: Reporter
    progress: Progress
    operation: Operation
    due: datetime | None = None
    is_refining: bool = False
    rounds_with_rival: int = 0
    generation: str | None = None
    unfinished: Unfinished = field(default_factory=Unfinished)

    def run(self, watch: Watch) -> None:
        """Ingest at once, then whenever the watch wakes, until the process is ended."""
        library = self._open(watch)
        try:
            is_well = library is not None and self._round(library)
            while True:
                self.operation.declare()
                reason = watch.wait(self._seconds_left(failed=not is_well), generation=self.generation)
                if library is not None and reason == "time" and self.is_refining and not self._is_due():
                    self._refine(library)
                    continue
                if reason == "settings":
                    self._reload(watch)
                if library is not None and (reason == "library" or not is_well):
                    # Deleted, or replaced, perhaps while it was being opened: it is a cache, and filled again.
                    library.close()
                    library = None
                if library is None:
                    library = self._open(watch)
                if not is_well or self.operation.unlisted is not None:
                    # In a folder that could not be looked into, nothing is watched, and now it may be.
                    watch.follow(self.config)
                is_well = library is not None and self._round(library)
        finally:
            if library is not None:
                library.close()

    def _open(self, watch: Watch) -> Library | None:
        """The file that has the library's name now; None where it can't be used yet."""
        try:
            library = open_library(self.config.library.database)
        except LibraryError as error:
            # Others may still hold the deleted file's journal: it opens when they have let go.
            self._fail(error)
            return None
        watch.open(library)
        return library

    def _round(self, library: Library) -> bool:
        """One ingest and all that follows from it, in one transaction; whether it went well."""
        self.operation.begun = self.now()
        is_stalled = False
        try:
            return self._ingest(library)
        except StillWritingError:
            is_stalled = True
            self.due = self.unfinished.again
            return True
        finally:
            self.unfinished.end(is_stalled=is_stalled)
            self.operation.begun = None

    def _ingest(self, library: Library) -> bool:
        config, now = self.config, self.now().replace(microsecond=0)
        folder = folder_of_packs(config.library.database)
        try:
            if self.operation.state is None:
                # What is served from the start, while the round goes on.
                with library.read() as connection:
                    self.operation.state = read_state(connection)
            with library.write() as connection:
                self.unfinished.begin(self.now())
                run = Run(connection, config, now, self.progress, is_cautious=True, unfinished=self.unfinished)
                report = ingest(run)
                packing = Packing(connection, folder)
                changed = refresh(run, publish=packing.write, report=report)
                site = Site(connection, config, now=now)
                packing.complete(site, progress=self.progress)
                due = min(filter(None, (site.find_next_change(report.due), self.unfinished.again)), default=None)
                write_fact(connection, SETTINGS, dump_shared(config))
                write_fact(connection, INGESTED, str(to_seconds(now)))
                generation = read_fact(connection, GENERATION)
                self.operation.state = read_state(connection)
            # Held, so that no erasure and no other server is at them.
            with library.hold(), library.read() as connection:
                remove_old_packs(connection, folder)
        except FeedsError as error:
            self._fail(error)
            return False
        except sqlite3.DatabaseError as error:
            what, hint = f"can't be used: {error}", f"check free space and permissions; or {REBUILD}"
            self._fail(LibraryError(what, path=str(config.library.database), hint=hint))
            return False
        self.operation.failure = None
        self.operation.unlisted = _say_unlisted(report)
        self.operation.errors = len(report.errors)
        self.operation.rounds += 1
        self.due, self.is_refining, self.generation = due, True, generation
        self.reporter.ingested(config, report, changed)
        self._look_for_rival()
        return True

    def _look_for_rival(self) -> None:
        """Warn where another server has other settings; not at once: it may follow the same change a moment later."""
        rival = find_rival(self.operation.run_folder)
        self.rounds_with_rival = 0 if rival is None else self.rounds_with_rival + 1
        if rival is not None and self.rounds_with_rival == ROUNDS_WITH_RIVAL:
            self.reporter.warn(rival)

    def _refine(self, library: Library) -> None:
        """With nothing else to do: make some of the sealed archives smaller."""
        folder = folder_of_packs(self.config.library.database)
        try:
            with library.write() as connection:
                site = Site(connection, self.config, now=self.now())
                self.is_refining = refine_archives(connection, site, folder, limit=REFINE_AT_ONCE) > 0
        except (FeedsError, sqlite3.DatabaseError):
            # The next round meets the same obstacle, and reports it.
            self.is_refining = False

    def _is_due(self) -> bool:
        return self.due is not None and self.now() >= self.due

    def _fail(self, error: FeedsError) -> None:
        self.due = self.generation = None
        # The next round comes first.
        self.is_refining = False
        self.operation.failure = error.say_short()
        self.operation.failed_rounds += 1
        self.reporter.failed(error)

    def _reload(self, watch: Watch) -> None:
        """Read the settings again; where that fails, texts are ingested by the last ones, and health says so."""
        try:
            self.config = self.load_settings()
        except FeedsError as error:
            self.operation.settings_failure = error.say_short()
            self.operation.failed_rounds += 1
            self.reporter.failed(error)
        else:
            self.operation.settings_failure = None
            self.reporter.reread(self.config)
        watch.follow(self.config)

    def _seconds_left(self, *, failed: bool) -> float:
        """How long until something must be done even if nothing changes."""
        if failed:
            return RETRY_SECONDS
        longest = IDLE_SECONDS if self.is_refining else AGAIN_SECONDS
        return longest if self.due is None else min(longest, max(0.0, (self.due - self.now()).total_seconds()))


def _say_unlisted(report: Report) -> str | None:
    """Which folder of texts a round could not list, and how many others; None where it listed all."""
    if not (unlisted := report.unlisted):
        return None
    return unlisted[0].say_short() + (f" (and {len(unlisted) - 1} more)" if len(unlisted) > 1 else "")
