"""Opening a library: it is checked, and made again where another version of the schema is found."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

from feeds.errors import LibraryError
from feeds.ownership import find_owner, give, make_folder
from feeds.store import schema
from feeds.store.facts import SCHEMA_FACT, read_fact, write_fact
from feeds.store.library import Library
from feeds.store.rows import Connection, has_table
from feeds.store.troubles import CHECK_PERMISSIONS, REBUILD, advise, is_damaged, is_forbidden


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
        if advise(error) == REBUILD and not is_damaged(error):
            # No library of ours: a command that only looks does without, and a build reports it.
            return None
        if is_damaged(error) or not _is_closed(path):
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
        return not is_forbidden(error)
    return True


def _copy_to_memory(path: Path) -> Library:
    """What a library holds, in memory; an empty one where it is none of this version."""
    copy = open_library(None)
    if (library := open_existing(path)) is None:
        return copy
    with closing(library), library.connect() as source, copy.connect() as target:
        source.backup(target)
    return copy


def _is_there(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise LibraryError(f"can't be looked at: {error.strerror}", path=str(path), hint=CHECK_PERMISSIONS) from error


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
