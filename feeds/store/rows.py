"""Reading and writing rows of the library: inserts, updates, statements in SQL, plain tuples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, CursorResult, Row, Table

Value = TypeVar("Value")
ROWS_AT_ONCE = 1_000
BATCH = 200
"""Rows that are made, asked for or written at once where each may be large, or has a parameter of its own."""


def add_rows(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that all have the same columns; rows that exist stay as they are."""
    if rows:
        # The driver takes rows as they are, in half of the time.
        connection.exec_driver_sql(f"{_insert(table, rows[0])} ON CONFLICT DO NOTHING", list(rows))


def put_rows(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that all have the same columns, or update those columns of rows that exist.

    A row exists where the table has one with the same primary key, or where `rows` don't have that, the same id.
    """
    if not rows:
        return
    keys = [column.name for column in table.primary_key if column.name in rows[0]] or ["id"]
    others = ", ".join(f"{name} = excluded.{name}" for name in rows[0] if name not in keys)
    statement = f"{_insert(table, rows[0])} ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {others}"
    connection.exec_driver_sql(statement, list(rows))


def _insert(table: Table, columns: Iterable[str]) -> str:
    values = ", ".join(f":{name}" for name in columns)
    return f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({values})"  # noqa: S608 (names of the schema)


def ask(connection: Connection, statement: str, **values: object) -> CursorResult[*tuple[Any, ...]]:
    """The result of a statement in SQL; `values` are those of its parameters, `:name`, where a list goes with `IN`.

    For the dozens of statements that every run makes once: built of SQLAlchemy's objects, such a statement takes ten
    times as long to build as to execute. It goes to the driver as it is, which knows such parameters, but no lists.
    """
    parameters: dict[str, object] = {}
    for name, value in values.items():
        if isinstance(value, list):
            items = {f"{name}_{number}": item for number, item in enumerate(value)}
            # Where there are none, SQLite takes `IN ()` for a reason to read all rows.
            among = ", ".join(f":{item}" for item in items) or "SELECT NULL WHERE 0"
            statement = statement.replace(f"IN :{name}", f"IN ({among})")
            parameters.update(items)
        else:
            parameters[name] = value
    return connection.exec_driver_sql(statement, parameters)


def ask_all(connection: Connection, statement: str, **values: Iterable[str]) -> Iterator[Row[*tuple[Any, ...]]]:
    """The rows of a statement with one list, which may be of any length: asked for a batch of its values at a time."""
    ((name, wanted),) = values.items()
    for batch in batches(sorted(wanted)):
        yield from ask(connection, statement, **{name: batch})


def batches(values: Iterable[Value]) -> Iterator[list[Value]]:
    """The values in lists of at most BATCH."""
    rest = iter(values)
    while batch := list(islice(rest, BATCH)):
        yield batch


def iterate_tuples(connection: Connection, statement: str, **values: object) -> Iterator[Sequence[tuple[Any, ...]]]:
    """The rows of a statement as the driver gives them, in batches; `values` are those of its parameters, `:name`.

    For many small rows: the Row that SQLAlchemy makes of each costs as much as reading it.
    """
    cursor = connection.connection.cursor()
    cursor.execute(statement, values)
    while rows := cursor.fetchmany(ROWS_AT_ONCE):
        yield rows
