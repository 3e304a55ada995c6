"""The folder in which the processes of one server leave counts, settings, health and a lock for other processes.

Each running supervisor has a folder beside the library, and holds the lock in it; the next one to start removes the
folders of dead ones. Servers of one library must have the same settings: if two differed, each would take what the
other renders for a change, and render it again, for ever.
"""

from __future__ import annotations

import logging
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, suppress
from pathlib import Path

from feeds.errors import ServeError
from feeds.ownership import make_folder, write_text
from feeds.store.lock import hold, is_held, lacks_room, tell_holder

_LOCK, _SETTINGS, _HEALTH, _STARTING = "server.lock", "settings", "health", "starting.lock"
_SUFFIX = "-run"
START_SECONDS = 10.0
"""How long another server that is starting may hold the lock for that."""
LOOK_SECONDS = 1.0
"""How often a server looks whether its folder is still there; one that ends waits for no lock longer than that."""
LOG = logging.getLogger("feeds.supervisor")


@contextmanager
def open_run_folder(database: Path, settings: str) -> Iterator[Path]:
    """The folder of the server whose supervisor this process is, for as long as it runs.

    `settings` is the digest of the settings that all servers of a library share. Raises ServeError where another
    server runs with other settings. Where the disk is full or read-only, the folder is made when that has passed.
    """
    top = _top(database)
    folder = top / f"{os.uname().nodename}-{os.getpid()}"
    presence = _Presence(folder, database, settings)
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        try:
            with _hold_start(database, START_SECONDS):
                for other in set(_list_folders(top)) - set(list_run_folders(database)):
                    shutil.rmtree(other, ignore_errors=True)
                declare_settings(folder, settings)
                if (rival := find_rival(folder)) is not None:
                    raise rival
                presence.take()
        except ServeError as error:
            if not lacks_room(error):
                raise
        stack.enter_context(closing(presence))
        presence.keep()
        yield folder


class _Presence:
    """Holds the lock in a folder until it is closed; where lock or settings are not there, they are made again."""

    def __init__(self, folder: Path, database: Path, settings: str) -> None:
        self._folder, self._database, self._settings = folder, database, settings
        self._held = ExitStack()
        self._failure = ""
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="run folder", daemon=True)

    def take(self) -> None:
        """Hold the lock. Raises ServeError."""
        self._hold(START_SECONDS)

    def keep(self) -> None:
        """Look after lock and settings from now on."""
        self._thread.start()

    def close(self) -> None:
        self._ended.set()
        self._thread.join()
        self._held.close()

    def _hold(self, seconds: float) -> None:
        lock = hold(self._folder / _LOCK, seconds=seconds, subject=self._database, error=ServeError)
        self._held.enter_context(lock)

    def _keep(self) -> None:
        while not self._ended.wait(LOOK_SECONDS):
            try:
                self._look()
            except (ServeError, OSError) as error:
                # Readers are served as well.
                told = f"{error.path}: {error.what}" if isinstance(error, ServeError) else str(error)
                if told != self._failure:
                    LOG.warning("other commands don't see this server: %s", told)
                self._failure = told
            else:
                self._failure = ""

    def _look(self) -> None:
        declared = _read_settings(self._folder)
        if declared is not None and is_held(self._folder / _LOCK):
            # Those that the ingester declared last.
            self._settings = declared
            return
        # A server that starts must not see one without the other: it would remove the folder, or not know its rival.
        with _hold_start(self._database, LOOK_SECONDS):
            if not is_held(self._folder / _LOCK):
                self._held.close()
                self._hold(LOOK_SECONDS)
            if _read_settings(self._folder) is None:
                declare_settings(self._folder, self._settings)


def _hold_start(database: Path, seconds: float) -> AbstractContextManager[None]:
    return hold(_top(database) / _STARTING, seconds=seconds, subject=database, error=ServeError)


def declare_settings(folder: Path, settings: str) -> None:
    """Say which settings a server has from now on. Raises ServeError where that can't be written."""
    _declare(folder, _SETTINGS, settings)


def declare_health(folder: Path, health: str) -> None:
    """Say how a server is from now on: "ok", or what is wrong. Raises ServeError where that can't be written.

    What it said before is gone then, too.
    """
    # What is in the way of that is in the way of the new text, and told.
    with suppress(OSError):
        (folder / _HEALTH).unlink()
    _declare(folder, _HEALTH, health)


def read_health(folder: Path) -> str | None:
    """What a server says of itself; None where it has said nothing yet, or could not."""
    return _read(folder / _HEALTH)


def _declare(folder: Path, name: str, text: str) -> None:
    try:
        make_folder(folder)
        write_text(folder / name, text)
    except OSError as error:
        raise ServeError(
            f"can't be written: {error.strerror}", path=str(folder), hint="check free space and permissions"
        ) from error


def find_rival(folder: Path) -> ServeError | None:
    """The error that another server of the library has other settings than the server of this folder, or None."""
    top = folder.parent
    for other in _list_folders(top):
        if other != folder and is_held(other / _LOCK) and _read_settings(other) not in {None, _read_settings(folder)}:
            return ServeError(
                f"is served under other settings by another server{tell_holder(other / _LOCK)}",
                path=str(_database(top)),
                hint="stop one of the two, give both the same settings, or each a library: database in [library]",
            )
    return None


def list_run_folders(database: Path) -> list[Path]:
    """The folders of the servers that run on a library."""
    return [folder for folder in _list_folders(_top(database)) if is_held(folder / _LOCK)]


def find_supervisor(folder: Path) -> int:
    """The process id of the supervisor whose folder this is."""
    return int(folder.name.rpartition("-")[2])


def find_tally(folder: Path, pid: int) -> Path:
    """The file of a worker's counts."""
    return folder / f"worker-{pid}.json"


def list_tallies(folder: Path) -> list[Path]:
    """The files of all workers' counts, including those of workers that have ended."""
    return sorted(folder.glob("worker-*.json"))


def list_workers(folder: Path) -> list[int]:
    """The process ids of the workers that run."""
    found = [path.stem.removeprefix("worker-") for path in list_tallies(folder)]
    return [int(pid) for pid in found if pid.isdigit() and is_running(int(pid))]


def is_running(pid: int) -> bool:
    """Whether there is a process with this id."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _read_settings(folder: Path) -> str | None:
    return _read(folder / _SETTINGS)


def _read(path: Path) -> str | None:
    """What a server declared; None where it has just ended, or that can't be read or is no text (a full disk)."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _list_folders(top: Path) -> list[Path]:
    try:
        return sorted(path for path in top.iterdir() if path.is_dir())
    except (FileNotFoundError, NotADirectoryError):
        # There is none yet, or it was deleted just now.
        return []


def _top(database: Path) -> Path:
    return database.with_name(f"{database.name}{_SUFFIX}")


def _database(top: Path) -> Path:
    return top.with_name(top.name.removesuffix(_SUFFIX))
