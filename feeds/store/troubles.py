"""Errors of SQLite: what they mean for a library, and what to do about them."""

from __future__ import annotations

import sqlite3

from feeds.store.lock import MAKE_ROOM

REBUILD = (
    'delete it, and it is rebuilt from seeds and ledger; with vanished = "keep", move it elsewhere and keep it: '
    "it alone has the texts whose files are deleted"
)
"""What to do about a library that can't be read. Never done for the user: what is erased must not stay in a copy."""
CHECK_PERMISSIONS = "check the permissions of the file and of its folder"


def advise(error: sqlite3.Error) -> str:
    """What to do about an error of the database: an intact file must not be deleted."""
    if _name(error).startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return MAKE_ROOM
    return CHECK_PERMISSIONS if is_forbidden(error) else REBUILD


def is_forbidden(error: sqlite3.Error) -> bool:
    """Whether permissions, or a file system that is read only, are in the way."""
    return _name(error).startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM"))


def is_damaged(error: sqlite3.Error) -> bool:
    """Whether a file is a database, but not a sound one."""
    return _name(error).startswith("SQLITE_CORRUPT")


def _name(error: sqlite3.Error) -> str:
    """SQLite's name of an error; an empty one of those of Python's module."""
    return getattr(error, "sqlite_errorname", "")
