"""Facts of the library: single values by their names."""

from __future__ import annotations

from feeds.store import schema
from feeds.store.rows import Connection, ask_value, put_rows

SCHEMA_FACT = "schema"
SCRUB_FACT = "scrub"
"""Name of the fact that says: something was erased, and may still be readable in the file."""


def read_fact(connection: Connection, name: str) -> str | None:
    """A single value by its name, or None."""
    value: str | None = ask_value(connection, "SELECT value FROM facts WHERE name = :name", name=name)
    return value


def write_fact(connection: Connection, name: str, value: str) -> None:
    """Set a single value."""
    put_rows(connection, schema.facts, [{"name": name, "value": value}])
