"""When the site changes although no seed does. Reads only."""

from __future__ import annotations

import json

from feeds.store.facts import read_fact
from feeds.store.rows import Connection, ask_value

AHEAD = "ahead"
"""Name of the fact that `load_ahead` reads."""


def find_first_notice(connection: Connection) -> int | None:
    """When the article was withdrawn whose notice is the oldest that is no tombstone yet, or None."""
    query = "SELECT min(withdrawn) FROM articles WHERE withdrawn > 0 AND buried = 0"
    first: int | None = ask_value(connection, query)
    return first


def find_first_release(connection: Connection) -> int | None:
    """When the next embargo ends, or None."""
    first: int | None = ask_value(connection, "SELECT min(due) FROM seeds WHERE state = 'waiting'")
    return first


def load_ahead(connection: Connection) -> dict[str, int]:
    """Articles whose page prints a change that is still to come: id -> when it is believed."""
    ahead: dict[str, int] = json.loads(read_fact(connection, AHEAD) or "{}")
    return ahead
