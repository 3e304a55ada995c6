"""Rows of tables of the library, many at once: written over those that are there, and read as plain tuples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, Table
from sqlalchemy.dialects.sqlite import insert

ROWS_AT_ONCE = 1_000


def put_rows(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Write rows that all have the same columns; of one that is there already these are written over.

    Rows are the same that have the same primary key, or without that in `rows`, the same id.
    """
    if not rows:
        return
    statement = insert(table)
    keys = [column.name for column in table.primary_key if column.name in rows[0]] or ["id"]
    values = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=values), rows)


def iterate_tuples(connection: Connection, query: Select[Any]) -> Iterator[Sequence[tuple[Any, ...]]]:
    """The rows of a query without parameters as the driver gives them, many at once.

    Of ten thousand small rows, what SQLAlchemy makes of each takes as long as to read it.
    """
    cursor = connection.connection.cursor()
    cursor.execute(str(query.compile(connection)))
    while rows := cursor.fetchmany(ROWS_AT_ONCE):
        yield rows
