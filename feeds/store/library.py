"""The library: an SQLite file, opened, checked, and made again where another version of the schema is found."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from feeds.errors import LibraryError
from feeds.ownership import find_owner, give, make_folder
from feeds.store import schema
from feeds.store.lock import HINT, MAKE_ROOM, hold, tell_holder
from feeds.store.packing import DamagedError
from feeds.store.rows import Connection, Row, ask_value, has_table, put_rows

BUSY_SECONDS = 30
"""How long a writer waits for another before it gives up."""
REBUILD = (
    'delete it, and it is rebuilt from seeds and ledger; with vanished = "keep", move it elsewhere and keep it: '
    "it alone has the texts whose files are deleted"
)
"""What to do about a library that can't be read. Never done for the user: what is erased must not stay in a copy."""
CHECK_PERMISSIONS = "check the permissions of the file and of its folder"
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
SCHEMA_FACT = "schema"
SCRUB_FACT = "scrub"
"""Name of the fact that says: something was erased, and may still be readable in the file."""
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


def advise(error: sqlite3.Error) -> str:
    """What to do about an error of the database: an intact file must not be deleted."""
    if _name(error).startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return MAKE_ROOM
    return CHECK_PERMISSIONS if _is_forbidden(error) else REBUILD


def _is_forbidden(error: sqlite3.Error) -> bool:
    return _name(error).startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM"))


def _is_damaged(error: sqlite3.Error) -> bool:
    """Whether a file is a database, but not a sound one."""
    return _name(error).startswith("SQLITE_CORRUPT")


def _name(error: sqlite3.Error) -> str:
    """SQLite's name of an error; an empty one of those of Python's module."""
    return getattr(error, "sqlite_errorname", "")


def open_library(path: Path | None) -> Library:
    """The library in a file (made where there is none), or one in memory. Raises LibraryError."""
    if path is not None:
        try:
            make_folder(path.parent)
            if (owner := find_owner(path.parent)) is not None:
                # SQLite gives what it makes beside the file to the file's owner.
                if not path.exists():
                    path.touch()
                give(path, owner)
        except OSError as error:
            raise LibraryError(
                f"its folder can't be made: {error.strerror}",
                path=str(path),
                hint="check permissions, and that no file has the folder's name; or name another in [library]",
            ) from error
    library = Library(path)
    try:
        _prepare(library)
    except sqlite3.DatabaseError as error:
        library.close()
        raise _refuse(error, path) from error
    except LibraryError:
        library.close()
        raise
    return library


def open_existing(path: Path) -> Library | None:
    """The library in a file, to be read only; None where there is none, or one of another schema. Makes nothing.

    Raises LibraryError where it can't be looked at, or is damaged.
    """
    if not _is_there(path):
        return None
    library = Library(path, "ro")
    try:
        return _keep_ours(library)
    except sqlite3.DatabaseError as error:
        if advise(error) == REBUILD and not _is_damaged(error):
            # No library of ours: a command that only looks does without, and a build reports it.
            return None
        if _is_damaged(error) or not _is_closed(path):
            raise _refuse(error, path) from error
    # SQLite makes a file of its own to read beside a writer, and here lacks the room or the right to make it.
    library = Library(path, "ro&immutable=1")
    try:
        return _keep_ours(library)
    except sqlite3.DatabaseError as error:
        raise _refuse(error, path) from error


def _keep_ours(library: Library) -> Library | None:
    """The library, or None after it was closed, where it is one of another schema. Raises DatabaseError."""
    is_ours = False
    try:
        with library.connect() as connection:
            is_ours = read_fact(connection, SCHEMA_FACT) == str(schema.VERSION)
    finally:
        if not is_ours:
            library.close()
    return library if is_ours else None


def _is_closed(path: Path) -> bool:
    """Whether all that was written to a library is in its file: the last that had it open has closed it."""
    try:
        return path.with_name(f"{path.name}-wal").stat().st_size == 0
    except FileNotFoundError:
        return True


def _refuse(error: sqlite3.DatabaseError, path: Path | None) -> LibraryError:
    return LibraryError(f"can't be opened: {error}", path=str(path), hint=advise(error))


def open_library_to_try(path: Path | None) -> Library:
    """As `open_library`, for a run that changes nothing: one in memory where the file is not there, or not usable.

    Of one that can't be written, the one in memory is a copy. Raises LibraryError where it can't be looked at.
    """
    if path is None or not _is_there(path):
        return open_library(None)
    if not _is_writable(path):
        return _copy_to_memory(path)
    library = Library(path)
    try:
        version = _find_version(library)
    except sqlite3.DatabaseError:
        version = 0
    if version == schema.VERSION:
        return library
    library.close()
    # A newer program's is an error here as there.
    return open_library(path if version > schema.VERSION else None)


def _is_writable(path: Path) -> bool:
    """Whether a library could be written, as far as permissions go; that another run holds it is no matter here."""
    try:
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
    except sqlite3.Error as error:
        return not _is_forbidden(error)
    return True


def _copy_to_memory(path: Path) -> Library:
    """What a library holds, in memory; an empty one where it is none of this version."""
    copy = open_library(None)
    if (library := open_existing(path)) is None:
        return copy
    with closing(library), library.connect() as source, copy.connect() as target:
        source.backup(target)
    return copy


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


def _is_there(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise LibraryError(f"can't be looked at: {error.strerror}", path=str(path), hint=CHECK_PERMISSIONS) from error


def read_fact(connection: Connection, name: str) -> str | None:
    """A single value by its name, or None."""
    value: str | None = ask_value(connection, "SELECT value FROM facts WHERE name = :name", name=name)
    return value


def write_fact(connection: Connection, name: str, value: str) -> None:
    """Set a single value."""
    put_rows(connection, schema.facts, [{"name": name, "value": value}])


def empty(connection: Connection, *, keeps_texts: bool = False) -> None:
    """Drop and create every table: the next ingest fills them again.

    With `keeps_texts`, what is published of each article stays, because the text may exist nowhere else.
    """
    for table in schema.TABLES:
        if not (keeps_texts and table is schema.entries):
            connection.execute(f"DROP TABLE IF EXISTS {table.name}")
        for statement in table.define():
            connection.execute(statement)
    write_fact(connection, SCHEMA_FACT, str(schema.VERSION))


def _connect(path: Path | None, mode: str) -> Connection:
    """A connection, which threads may hand on to one another."""
    if mode:
        name, uri = "" if path is None else f"{Path(os.path.realpath(path)).as_uri()}?mode={mode}", True
    else:
        name, uri = ":memory:" if path is None else str(path), False
    connection = sqlite3.connect(name, uri=uri, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.row_factory = Row
    try:
        for setting in () if mode else _SETTINGS:
            connection.execute(f"PRAGMA {setting}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _prepare(library: Library) -> None:
    version = _find_version(library)
    if version == schema.VERSION:
        return
    if version > schema.VERSION:
        raise LibraryError(
            f"was written by a newer program (schema {version}; this one knows {schema.VERSION})",
            path=str(library.path),
            hint=f"install a newer feeds; or {REBUILD}",
        )
    with library.write() as connection:
        # Another run may have made it while this one was waiting.
        if (version := _read_version(connection)) != schema.VERSION:
            empty(connection, keeps_texts=version >= schema.TEXTS_SINCE)


def _find_version(library: Library) -> int:
    """The version of the schema that the file holds, 0 where it holds none."""
    with library.connect() as connection:
        return _read_version(connection)


def _read_version(connection: Connection) -> int:
    if not has_table(connection, schema.facts):
        return 0
    found = read_fact(connection, SCHEMA_FACT) or ""
    return int(found) if found.isdecimal() else 0
