"""The files that builds wrote into a folder, as a look at each shows them: whether it is as the last run left it.

To look at each takes a third of a run that changes little of a large folder, and nothing else of that run depends on
it. So another process looks meanwhile, where there are many files and the settings allow for more than one process. It
is forked, which costs less than a hundredth of a second, and early: before there is a thread, a lock or a connection.
"""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from functools import cached_property
from pathlib import Path
from typing import Final, Protocol, TextIO

from feeds.build import JOURNAL, MANIFEST, load_manifest
from feeds.build.files import write_all
from feeds.errors import FeedsError
from feeds.ingest.listing import open_folder
from feeds.text import digest_lines
from feeds.workers import count_cores

LEAST_BYTES: Final = 250_000
"""Size of the manifest from which on another process looks: some 2,500 files."""


class Footprint(Protocol):
    """What tells whether the folder's files are those that a run left, by sizes, times and inodes."""

    @property
    def digest(self) -> str | None:
        """A digest of all files of ours; None where one of them is gone, or a run was killed."""

    def renew(self, touched: Collection[str]) -> str | None:
        """The same after a run that touched these files only, the manifest besides."""

    def is_current(self) -> bool:
        """Whether no other run wrote the folder since the look began."""


def look_at(folder: Path) -> Footprint:
    """Look at the files of an output folder as soon as it is asked what they are."""
    return _Own(folder)


def digest_files(folder: Path, names: Collection[str]) -> str | None:
    """As `Footprint.digest`, after a run that wrote the files of these names; no text of each is held in memory."""
    try:
        return digest_lines(stat for _, stat in _iterate_stats(folder, sorted({MANIFEST, *names})))
    except OSError:
        return None


@contextmanager
def look_ahead(folder: Path, *, workers: int) -> Iterator[Footprint]:
    """Look at them from now on, in another process where there are many. `workers` is as in the settings."""
    own = _Own(folder)
    # A process that has threads is not to be forked.
    is_shared = _is_large(folder) and (workers or count_cores()) > 1 and threading.active_count() == 1
    with _fork(own) if is_shared else nullcontext(own) as footprint:
        yield footprint


class _Own:
    """A look at the files by this process, when it is asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._manifest = self._stat_manifest()

    @property
    def digest(self) -> str | None:
        stats = self._stats
        return None if stats is None else digest_lines(map(stats.__getitem__, sorted(stats)))

    def renew(self, touched: Collection[str]) -> str | None:
        stats = self._stats
        if stats is None:
            return None
        for name in touched:
            stats.pop(name, None)
        there = [name for name in touched if (self._folder / name).exists()]
        stats.update(_stat_files(self._folder, (MANIFEST, *there)))
        return self.digest

    def is_current(self) -> bool:
        return self._stat_manifest() == self._manifest and not (self._folder / JOURNAL).exists()

    @cached_property
    def _stats(self) -> dict[str, str] | None:
        try:
            if (self._folder / JOURNAL).exists():
                return None
            return _stat_files(self._folder, (MANIFEST, *load_manifest(self._folder)))
        except (OSError, FeedsError):
            # What can't be looked at isn't as it was left; what is wrong with it the run itself meets, and tells.
            return None

    def _stat_manifest(self) -> str | None:
        try:
            return _stat_files(self._folder, (MANIFEST,))[MANIFEST]
        except OSError:
            return None


class _Forked:
    """A look at them that another process has, while this one goes on: it writes to `ask`, and reads what is `told`."""

    def __init__(self, own: _Own, ask: int, told: TextIO) -> None:
        self._own, self._ask, self._told = own, ask, told

    @cached_property
    def digest(self) -> str | None:
        return self._read()

    def renew(self, touched: Collection[str]) -> str | None:
        if self.digest is None:
            return None
        try:
            write_all(self._ask, f"{json.dumps(list(touched))}\n".encode())
        except BrokenPipeError:
            return None
        return self._read()

    def is_current(self) -> bool:
        return self._own.is_current()

    def _read(self) -> str | None:
        # Nothing is what a process tells that was ended from outside.
        return self._told.readline().strip() or None


@contextmanager
def _fork(own: _Own) -> Iterator[Footprint]:
    """Another process that looks, and ends when this one has no more questions."""
    asked, ask = os.pipe()
    told, tell = os.pipe()
    try:
        process = os.fork()
    except OSError:
        # The system allows for no more processes.
        for handle in (asked, ask, told, tell):
            os.close(handle)
        yield own
        return
    if process == 0:
        try:
            os.close(ask)
            os.close(told)
            _answer(own, asked, tell)
        finally:
            # Whatever came: what this process was to do at its end is for the one that asks.
            os._exit(0)
    os.close(asked)
    os.close(tell)
    try:
        with os.fdopen(told, encoding="utf-8") as answers:
            yield _Forked(own, ask, answers)
    finally:
        os.close(ask)
        # It holds nothing, and may be busy with an answer that nobody waits for.
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)


def _answer(own: _Own, asked: int, tell: int) -> None:
    """Tell the digest, and a new one for each list of names that were touched."""
    write_all(tell, f"{own.digest or ''}\n".encode())
    with os.fdopen(asked, encoding="utf-8") as questions:
        for line in questions:
            write_all(tell, f"{own.renew(json.loads(line)) or ''}\n".encode())


def _is_large(folder: Path) -> bool:
    try:
        return (folder / MANIFEST).stat().st_size >= LEAST_BYTES
    except OSError:
        return False


def _stat_files(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """What changes of each of the files when it does. Raises OSError where one is gone."""
    return dict(_iterate_stats(folder, names))


def _iterate_stats(folder: Path, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The names, each with what changes of its file when it does. Raises OSError where one is gone."""
    with open_folder(str(folder)) as handle:
        # By names below an open folder, which are shorter, and quicker to follow than whole paths.
        for name in names:
            found = os.stat(name, dir_fd=handle)
            yield name, f"{name}\0{found.st_size} {found.st_mtime_ns} {found.st_ino}\0"
