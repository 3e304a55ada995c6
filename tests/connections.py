"""Connections to databases: which are made, and whether they are closed; Python itself tells from 3.13 on only."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@contextmanager
def note_connections() -> Iterator[list[sqlite3.Connection]]:
    """The connections that are made meanwhile, in their order."""
    made: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def note(*args: object, **more: object) -> sqlite3.Connection:
        made.append(connect(*args, **more))  # type: ignore[call-overload]  # handed on as it came
        return made[-1]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("sqlite3.connect", note)
        yield made


def is_closed(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("SELECT 1")
    except sqlite3.ProgrammingError as error:
        return "closed" in str(error)
    return False
