"""The fingerprint of an output folder: a digest of size, time and inode of every file that builds wrote there.

If it is the one that the last run recorded, nobody has touched the folder since. Reading the status of every file takes
a third of a run that changes little in a large folder, and nothing else in that run depends on it. So where there are
many files, and the settings allow more than one process, a forked process does it meanwhile. Forking takes less than a
hundredth of a second, and is done early: before there is a thread, a lock or a connection.
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

from feeds.build import JOURNAL, MANIFEST
from feeds.build.files import write_all
from feeds.build.manifest import Manifest
from feeds.errors import FeedsError
from feeds.ingest.seeds.seedfile import open_folder
from feeds.text import digest_lines
from feeds.workers import count_cores

LEAST_BYTES: Final = 250_000
"""Size of the manifest from which on a process is forked: some 2,500 files."""


class Fingerprint(Protocol):
    """The fingerprint of a folder at one moment."""

    @property
    def digest(self) -> str | None:
        """The digest of all our files; None where one of them is gone, or a run was killed."""

    def renew(self, touched: Collection[str]) -> str | None:
        """The digest after a run that touched only these files, beside the manifest."""

    def is_current(self) -> bool:
        """Whether no other run has written to the folder since."""


def take_fingerprint(folder: Path) -> Fingerprint:
    """The fingerprint of an output folder, computed by this process when it is first asked for."""
    return _Own(folder)


@contextmanager
def take_fingerprint_meanwhile(folder: Path, *, workers: int) -> Iterator[Fingerprint]:
    """The same, computed by a forked process where there are many files. `workers` is the setting."""
    own = _Own(folder)
    # A process that has threads must not be forked.
    forks = _is_large(folder) and (workers or count_cores()) > 1 and threading.active_count() == 1
    with _fork(own) if forks else nullcontext(own) as fingerprint:
        yield fingerprint


def digest_files(folder: Path, names: Collection[str]) -> str | None:
    """As `Fingerprint.digest`, of the files of these names and the manifest, without holding a text for each."""
    try:
        return digest_lines(status for _, status in _iterate_statuses(folder, sorted({MANIFEST, *names})))
    except OSError:
        return None


class _Own:
    """A fingerprint that this process takes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._manifest = self._read_manifest_status()

    @property
    def digest(self) -> str | None:
        statuses = self._statuses
        return None if statuses is None else digest_lines(map(statuses.__getitem__, sorted(statuses)))

    def renew(self, touched: Collection[str]) -> str | None:
        statuses = self._statuses
        if statuses is None:
            return None
        for name in touched:
            statuses.pop(name, None)
        there = [name for name in touched if (self._folder / name).exists()]
        statuses.update(_iterate_statuses(self._folder, (MANIFEST, *there)))
        return self.digest

    def is_current(self) -> bool:
        return self._read_manifest_status() == self._manifest and not (self._folder / JOURNAL).exists()

    @cached_property
    def _statuses(self) -> dict[str, str] | None:
        try:
            if (self._folder / JOURNAL).exists():
                return None
            # That it is as the last run wrote it, its own status shows, which is among them.
            names = Manifest(self._folder).lines.names()
            return dict(_iterate_statuses(self._folder, (MANIFEST, *names)))
        except (OSError, ValueError, FeedsError):
            # What can't be read is not as it was left; the run itself meets what is wrong with it, and reports it.
            return None

    def _read_manifest_status(self) -> str | None:
        try:
            return dict(_iterate_statuses(self._folder, (MANIFEST,)))[MANIFEST]
        except OSError:
            return None


class _Forked:
    """A fingerprint that a forked process takes. Questions are written to `ask`, its answers read from `answers`."""

    def __init__(self, own: _Own, ask: int, answers: TextIO) -> None:
        self._own, self._ask, self._answers = own, ask, answers

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
        # A process that was killed answers nothing.
        return self._answers.readline().strip() or None


@contextmanager
def _fork(own: _Own) -> Iterator[Fingerprint]:
    """A forked process that takes the fingerprint, and ends when this one has no more questions."""
    questions, ask = os.pipe()
    answers, answer = os.pipe()
    try:
        process = os.fork()
    except OSError:
        # The system has no room for another process.
        for handle in (questions, ask, answers, answer):
            os.close(handle)
        yield own
        return
    if process == 0:
        try:
            os.close(ask)
            os.close(answers)
            _answer_questions(own, questions, answer)
        finally:
            # However it ended: the clean-up at exit is the parent's.
            os._exit(0)
    os.close(questions)
    os.close(answer)
    try:
        with os.fdopen(answers, encoding="utf-8") as lines:
            yield _Forked(own, ask, lines)
    finally:
        os.close(ask)
        # It holds nothing, and may be busy with an answer that nobody waits for.
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)


def _answer_questions(own: _Own, questions: int, answer: int) -> None:
    """Write the digest, then a new one for each list of touched names."""
    write_all(answer, f"{own.digest or ''}\n".encode())
    with os.fdopen(questions, encoding="utf-8") as lines:
        for line in lines:
            write_all(answer, f"{own.renew(json.loads(line)) or ''}\n".encode())


def _is_large(folder: Path) -> bool:
    try:
        return (folder / MANIFEST).stat().st_size >= LEAST_BYTES
    except OSError:
        return False


def _iterate_statuses(folder: Path, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The names, each with a text that changes when its file does. Raises OSError where one is gone."""
    with open_folder(str(folder)) as handle:
        # Names below an open folder are shorter than whole paths, and resolved faster.
        for name in names:
            found = os.stat(name, dir_fd=handle)
            yield name, f"{name}\0{found.st_size} {found.st_mtime_ns} {found.st_ino}\0"
