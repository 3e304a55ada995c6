"""Reading and writing rows of the library: statements in SQL, inserts, updates.

All that asks the library does it in SQL, by `ask` and its like, with parameters that have names.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeVar

from feeds.store.schema import Table

Value = TypeVar("Value")
Connection = sqlite3.Connection


class Row(tuple[Any, ...]):
    """A row: a tuple of its columns, which are its attributes, too."""

    __slots__ = ()

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...


@cache
def _name_rows(columns: tuple[str, ...]) -> Callable[[sqlite3.Cursor, tuple[Any, ...]], Row]:
    """What makes a Row with columns of these names of the values of one."""
    # Made in a tenth of the time of a `namedtuple`, which a short run would wait for.
    named = {name: property(itemgetter(number)) for number, name in enumerate(columns)}
    kind = type("Row", (Row,), {"__slots__": (), **named})
    return lambda _, values: tuple.__new__(kind, values)


ROWS_AT_ONCE = 1_000
BATCH = 200
"""Rows that are made, asked for or written at once where each may be large, or has a parameter of its own."""


def add_rows(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that all have the same columns; rows that exist stay as they are."""
    if rows:
        connection.executemany(f"{_insert(table, rows[0])} ON CONFLICT DO NOTHING", rows)


def put_rows(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that all have the same columns, or update those columns of rows that exist.

    A row exists where the table has one with the same primary key, or where `rows` don't have that, the same id.
    """
    if not rows:
        return
    keys = [name for name in table.key if name in rows[0]] or ["id"]
    others = ", ".join(f"{name} = excluded.{name}" for name in rows[0] if name not in keys)
    statement = f"{_insert(table, rows[0])} ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {others}"
    connection.executemany(statement, rows)


def _insert(table: Table, columns: Iterable[str]) -> str:
    values = ", ".join(f":{name}" for name in columns)
    return f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({values})"  # noqa: S608 (names of the schema)


def ask(connection: Connection, statement: str, **values: object) -> sqlite3.Cursor:
    """The rows of a statement (Row), one after the other.

    `values` are those of its parameters, `:name`, where a list or a tuple goes with `IN`. More values than SQLite
    takes (32,766) are for `ask_all`.
    """
    parameters: dict[str, object] = {}
    for name, value in values.items():
        if isinstance(value, list | tuple):
            items = {f"{name}_{number}": item for number, item in enumerate(value)}
            # Where there are none, SQLite takes `IN ()` for a reason to read all rows.
            among = ", ".join(f":{item}" for item in items) or "SELECT NULL WHERE 0"
            statement = statement.replace(f"IN :{name}", f"IN ({among})")
            parameters.update(items)
        else:
            parameters[name] = value
    cursor = connection.execute(statement, parameters)
    if cursor.description is not None:
        cursor.row_factory = _name_rows(tuple([column[0] for column in cursor.description]))
    return cursor


def ask_all(connection: Connection, statement: str, **values: Iterable[str]) -> Iterator[Row]:
    """The rows of a statement with one list, which may be of any length: asked for a batch of its values at a time."""
    ((name, wanted),) = values.items()
    for batch in batches(sorted(wanted)):
        yield from ask(connection, statement, **{name: batch})


def ask_value(connection: Connection, statement: str, **values: object) -> Any:
    """The first column of the first row of a statement; None where there is no row."""
    row = ask(connection, statement, **values).fetchone()
    return None if row is None else row[0]


def ask_values(connection: Connection, statement: str, **values: object) -> list[Any]:
    """The first column of each row of a statement."""
    return [row[0] for row in ask(connection, statement, **values)]


def has_table(connection: Connection, table: Table) -> bool:
    """Whether a library has a table."""
    found = ask_value(connection, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = :name", name=table.name)
    return found is not None


def batches(values: Iterable[Value]) -> Iterator[list[Value]]:
    """The values in lists of at most BATCH."""
    rest = iter(values)
    while batch := list(islice(rest, BATCH)):
        yield batch


def iterate_tuples(connection: Connection, statement: str, **values: object) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of a statement as plain tuples, in batches; `values` are those of its parameters, `:name`."""
    cursor = connection.execute(statement, values)
    while rows := cursor.fetchmany(ROWS_AT_ONCE):
        yield rows
