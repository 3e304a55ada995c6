"""The library: an SQLite file, and the connections and transactions by which it is read and written."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from feeds.errors import LibraryError
from feeds.store.facts import SCRUB_FACT, write_fact
from feeds.store.lock import HINT, hold, tell_holder
from feeds.store.packing import DamagedError
from feeds.store.rows import Connection, ask_value
from feeds.store.troubles import REBUILD, advise

BUSY_SECONDS = 30
"""How long a writer waits for another before it gives up."""
Inode = tuple[int, int]
"""The numbers of a file and of the device that it is on."""
_SETTINGS = (
    # An entry in three formats has twelve thousand bytes: with pages of 4096, SQLite reads and writes twice as often.
    "page_size=16384",
    "journal_mode=WAL",
    # After a large transaction the journal is cut to this many bytes, and doesn't stay as large as the library.
    "journal_size_limit=4194304",
    # What is deleted is overwritten: an erased article must not be readable in free pages.
    "secure_delete=ON",
    "synchronous=NORMAL",
    "cache_size=-16384",  # KiB
)
"""Of SQLite, for each connection that writes."""
SCRUB_LATER = "`feeds build` overwrites what was erased, when the other run has ended"


@dataclass(slots=True)
class Library:
    """An open library: a file, with the `mode` of SQLite's URI; or one in memory, where `path` is None.

    Of one in memory there is a single connection, for one user at a time.
    """

    path: Path | None
    mode: str = ""
    _idle: list[Connection] = field(default_factory=list)
    """Connections that are open and in nobody's hands: the next who asks takes one."""

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the library, from the first query to the end."""
        with self._explain(), self.connect() as connection:
            connection.execute("BEGIN")
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection that holds the write lock from the start; committed at the end, rolled back on any error."""
        with self.hold(), self._explain(), self.connect() as connection:
            # This run holds the file's lock: who writes all the same is none of ours.
            self._begin(connection, "another program")
            yield connection
            connection.commit()

    @contextmanager
    def try_out(self) -> Iterator[Connection]:
        """As `write`, but rolled back at the end; not even the lock's file is touched."""
        with self._explain(), self.connect() as connection:
            holder = "" if self.path is None else tell_holder(_lock_of(self.path))
            self._begin(connection, f"another run{holder}")
            yield connection

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """A connection without a transaction; one that is begun and not committed is rolled back at the end."""
        idle = self._idle
        connection = self.open()
        try:
            yield connection
        finally:
            connection.rollback()
            idle.append(connection)
            if idle is not self._idle:
                # The library was closed meanwhile; by its name there may be another file.
                _close_all(idle)

    def open(self) -> Connection:
        """A connection that is the caller's to close. Raises sqlite3.Error."""
        try:
            return self._idle.pop()
        except IndexError:
            return _connect(self.path, self.mode)

    @contextmanager
    def hold(self, *, hint: str = HINT) -> Iterator[None]:
        """Make every other run that would change the library, its ledger or its packs wait. Raises LibraryError.

        For changes outside of a transaction: `write` holds it already. `hint` is what to do where another run holds it
        for long.
        """
        if self.path is None:
            yield
            return
        with hold(_lock_of(self.path), seconds=BUSY_SECONDS, subject=self.path, error=LibraryError, hint=hint):
            yield

    def _begin(self, connection: Connection, rival: str) -> None:
        """Begin to write; `rival` is who else may be doing so, by what the file's lock says."""
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.DatabaseError as error:
            raise LibraryError(f"is held by {rival}", path=str(self.path), hint=HINT) from error

    def scrub(self) -> None:
        """Overwrite what was deleted, in the file and in its journal. Raises LibraryError if others keep it open."""
        with self.hold(hint=SCRUB_LATER), self._explain(), self.connect() as connection:
            for statement in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                # The first column of its row says that it could not finish; there is no error.
                if ask_value(connection, statement):
                    raise LibraryError(
                        "what was deleted can't be overwritten while others read it",
                        path=str(self.path),
                        hint="`feeds build` tries again; if that doesn't help, stop `feeds serve` first",
                    )
            # There is no transaction here, so this is committed at once.
            write_fact(connection, SCRUB_FACT, "")

    def close(self) -> None:
        """Close the file, which whoever took a connection by `open` may have open still."""
        idle, self._idle = self._idle, []
        _close_all(idle)

    @contextmanager
    def _explain(self) -> Iterator[None]:
        """Turn a damaged file, a full disk and the like into a LibraryError; errors of our own statements pass."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            if type(error) not in {sqlite3.DatabaseError, sqlite3.OperationalError}:
                raise
            raise LibraryError(f"can't be used: {error}", path=str(self.path), hint=advise(error)) from error
        except DamagedError as error:
            raise LibraryError(f"can't be used: {error}", path=str(self.path), hint=REBUILD) from error


def _close_all(connections: list[Connection]) -> None:
    while connections:
        connections.pop().close()


def _lock_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-lock")


def find_inode(path: Path | None) -> Inode | None:
    """What changes when a file or folder is deleted and made again under its name; None where there is none."""
    try:
        found = None if path is None else path.stat()
    except OSError:
        return None
    return None if found is None else (found.st_dev, found.st_ino)


def read_data_version(connection: Connection) -> int:
    """A number that changes when another connection has changed the library."""
    return int(ask_value(connection, "PRAGMA data_version"))


def _connect(path: Path | None, mode: str) -> Connection:
    """A connection, which threads may hand on to one another."""
    if mode:
        name, uri = "" if path is None else f"{Path(os.path.realpath(path)).as_uri()}?mode={mode}", True
    else:
        name, uri = ":memory:" if path is None else str(path), False
    connection = sqlite3.connect(name, uri=uri, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        for setting in () if mode else _SETTINGS:
            connection.execute(f"PRAGMA {setting}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection
