"""What a library holds, in numbers: for `/metrics` and `feeds status`. Reads only."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from feeds.dates.instants import to_datetime
from feeds.errors import LibraryError
from feeds.store import Connection, ask, ask_value, open_existing, read_fact
from feeds.store.due import find_first_release
from feeds.store.sources import count_states

INGESTED = "ingested"
"""Name of the fact that says when the server last ingested, in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class State:
    """Counts of a library.

    `articles` are published; `notices` take the place of others, and a build counts them among those. `seeds` is by
    state; `newest` when the newest article was published, `due` when the next embargo ends.
    """

    is_built: bool
    articles: int
    notices: int
    documents: int
    seeds: dict[str, int]
    newest: datetime | None
    changed: datetime | None
    due: datetime | None
    ingested: datetime | None


def read_served(database: Path) -> State | None:
    """The numbers of what a server that starts has to serve; None where there is nothing that can be read."""
    try:
        library = open_existing(database)
    except LibraryError:
        # The first round meets it as well, and reports it.
        return None
    if library is None:
        return None
    with closing(library), library.read() as connection:
        return read_state(connection)


def read_state(connection: Connection) -> State:
    """The numbers of the library that a read transaction sees."""
    published = "SELECT count(*), max(published) FROM articles WHERE seed IS NOT NULL AND withdrawn = 0"
    count, newest = ask(connection, published).fetchone()
    notices = ask_value(connection, "SELECT count(*) FROM articles WHERE seed IS NOT NULL AND withdrawn != 0")
    number, changed = ask(connection, "SELECT count(*), max(changed) FROM documents").fetchone()
    ingested = read_fact(connection, INGESTED)
    return State(
        is_built=number > 0,
        articles=count,
        notices=notices,
        documents=number,
        seeds=count_states(connection),
        newest=_instant(newest),
        changed=_instant(changed),
        due=_instant(find_first_release(connection)),
        ingested=_instant(None if ingested is None else int(ingested)),
    )


def _instant(seconds: int | None) -> datetime | None:
    return None if seconds is None else to_datetime(seconds)
