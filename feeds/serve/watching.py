"""Waiting for a change of the seeds, the settings, or a library that somebody else wrote to, or for an instant.

Seeds are watched through the operating system (watchfiles; WATCHFILES_FORCE_POLLING=1 where that sees nothing, as on
network folders); the few other files are looked at several times a second.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import watchfiles
from watchfiles._rust_notify import WatchfilesRustInternalError

from feeds.config import Config
from feeds.ingest.seeds.seedfile import is_seed_name
from feeds.site import GENERATION
from feeds.store import Connection, Library, read_fact
from feeds.store.library import Inode, find_inode, read_data_version

TICK_SECONDS = 0.15
"""How often the files that are not watched are looked at."""
SETTLE_MILLISECONDS = 50
"""Changes are reported once none has followed for this long, or ten times this long after the first."""
WRITTEN_SECONDS = 0.1
"""The settings are read again once their file has stayed the same for this long."""
FILLED_SECONDS = 2.0
"""The same of an empty file: most programs empty a file before they write it, and may have to wait in between."""

Reason = Literal["settings", "library", "change", "time"]
Stamp = tuple[int, int, int] | None


class Watch:
    """Waits for changes that concern a site, from its construction until it is closed.

    `read` is the stamp of the settings' file from before they were read. `wake` may be called by a signal handler.
    """

    def __init__(self, config: Config, *, read: Stamp) -> None:
        self._woken = threading.Event()
        self._database = config.library.database
        self._library: Connection | None = None
        self._library_file = find_inode(self._database)
        self._version: int | None = None
        self._generation: str | None = None
        self._folders: dict[Path, Inode | None] = {}
        self._files: dict[Path, Stamp] = {}
        self._settings, self._read = config.path, read
        self._found, self._since = read, 0.0
        self._early = False
        self._seeds: Iterator[set[watchfiles.main.FileChange]] = iter(())
        self.follow(config)

    def follow(self, config: Config) -> None:
        """Watch what these settings name, from now on; also what is in folders that could not be looked into before."""
        self._files = {path: None for path in (config.library.ledger, config.site.icon, config.site.logo) if path}
        self._folders = dict.fromkeys(map(config.find_folder, config.sources))
        self._note()
        self._start()

    def open(self, library: Library) -> None:
        """Watch a library that was just opened, instead of the one before."""
        self.close()
        # Of those that the library has: by its name, another file might be opened, in which there is nothing yet.
        self._library = library.open()
        self._library_file = find_inode(self._database)
        self._note()

    def close(self) -> None:
        """Close the library's file."""
        if self._library is not None:
            self._library.close()
            self._library = None

    def wake(self) -> None:
        """Make the wait end now, with the settings read again."""
        self._woken.set()

    def wait(self, seconds: float, *, generation: str | None) -> Reason:
        """Wait for a change, at most `seconds`.

        `generation` is that of the documents that the caller left in the library: what others have made since is a
        change, even if it came before this call. With None, changes count from what is there now. The ledger that the
        caller wrote doesn't count; seeds that changed meanwhile do.
        """
        self._note()
        if generation is not None:
            self._version, self._generation = None, generation
        end = time.monotonic() + seconds
        while True:
            changes = next(self._seeds, None)
            if changes is None:
                # What came before there was a new watcher is a change, too.
                self._start()
                self._early = True
            early, self._early = self._early, False
            has_new_settings = self._has_new_settings()
            if self._woken.is_set() or has_new_settings:
                self._woken.clear()
                # From before they are read: what is written meanwhile is a change.
                self._read = self._found
                return "settings"
            if find_inode(self._database) != self._library_file:
                return "library"
            if any(find_inode(folder) != old for folder, old in self._folders.items()):
                self._start()
                return "change"
            if changes or early or self._has_changed():
                return "change"
            if time.monotonic() >= end:
                return "time"

    def _start(self) -> None:
        """Watch the folders that are there; returns when that has begun, so that no change is missed."""
        self._folders = {folder: find_inode(folder) for folder in self._folders}
        there = [folder for folder, found in self._folders.items() if found is not None]
        self._seeds = self._watch(there)
        self._early = next(self._seeds, None) != set()

    def _watch(self, folders: list[Path]) -> Iterator[set[watchfiles.main.FileChange]]:
        """What changed, several times a second; ends where that can't be told, and another must be made."""
        tick = int(TICK_SECONDS * 1000)
        if folders:
            try:
                yield from watchfiles.watch(
                    *folders,
                    watch_filter=lambda _change, path: is_seed_name(Path(path).name) or not Path(path).suffix,
                    debounce=10 * SETTLE_MILLISECONDS,
                    step=SETTLE_MILLISECONDS,
                    rust_timeout=tick,
                    yield_on_timeout=True,
                    raise_interrupt=False,
                    # The listing tells of them.
                    ignore_permission_denied=True,
                )
            except WatchfilesRustInternalError:
                # Of a name that is not UTF-8, which it would tell for ever; the listing that follows names the file.
                return
        while True:
            time.sleep(TICK_SECONDS)
            yield set()

    def _note(self) -> None:
        self._files = {path: stamp_file(path) for path in self._files}
        self._version, self._generation = self._read_version(), self._read_generation()

    def _has_new_settings(self) -> bool:
        """Whether the settings' file has changed since it was read, and nobody is writing it any more."""
        found, now = stamp_file(self._settings), time.monotonic()
        if found != self._found:
            self._found, self._since = found, now
        is_empty = found is not None and found[1] == 0
        return found != self._read and now - self._since >= (FILLED_SECONDS if is_empty else WRITTEN_SECONDS)

    def _has_changed(self) -> bool:
        if any(stamp_file(path) != old for path, old in self._files.items()):
            return True
        # Of what others write, only new documents count: otherwise two servers would wake each other for ever.
        if (version := self._read_version()) == self._version:
            return False
        self._version = version
        return self._read_generation() != self._generation

    def _read_version(self) -> int | None:
        return None if self._library is None else read_data_version(self._library)

    def _read_generation(self) -> str | None:
        return None if self._library is None else read_fact(self._library, GENERATION)


def stamp_file(path: Path | None) -> Stamp:
    """What changes when a file's content does; None where there is no such file."""
    try:
        status = None if path is None else path.stat()
    except OSError:
        return None
    return None if status is None else (status.st_mtime_ns, status.st_size, status.st_ino)
