"""Rows of tables of the library: written over those that are there, asked for, and read as plain tuples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import BindParameter, Connection, CursorResult, Select, Table, bindparam, text

ROWS_AT_ONCE = 1_000


def add_rows(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Write rows that all have the same columns; of one that is there already nothing is changed."""
    if rows:
        connection.execute(text(f"{_insert(table, rows[0])} ON CONFLICT DO NOTHING"), rows)


def put_rows(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Write rows that all have the same columns; of one that is there already these are written over.

    Rows are the same that have the same primary key, or without that in `rows`, the same id.
    """
    if not rows:
        return
    keys = [column.name for column in table.primary_key if column.name in rows[0]] or ["id"]
    others = ", ".join(f"{name} = excluded.{name}" for name in rows[0] if name not in keys)
    statement = f"{_insert(table, rows[0])} ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {others}"
    connection.execute(text(statement), rows)


def _insert(table: Table, columns: Iterable[str]) -> str:
    values = ", ".join(f":{name}" for name in columns)
    return f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({values})"  # noqa: S608 (names of the schema)


def ask(connection: Connection, statement: str, **values: object) -> CursorResult[*tuple[Any, ...]]:
    """What the database answers to SQL; `values` are those of its parameters, as `:name`, lists behind IN.

    For what every run asks once: to make such a statement of objects takes SQLAlchemy ten times as long as to carry it
    out, and there are dozens of them.
    """
    lists: list[BindParameter[Any]] = [
        bindparam(name, expanding=True) for name, value in values.items() if isinstance(value, list)
    ]
    return connection.execute(text(statement).bindparams(*lists), values)


def iterate_tuples(connection: Connection, query: Select[Any]) -> Iterator[Sequence[tuple[Any, ...]]]:
    """The rows of a query without parameters as the driver gives them, many at once.

    Of ten thousand small rows, what SQLAlchemy makes of each takes as long as to read it.
    """
    cursor = connection.connection.cursor()
    cursor.execute(str(query.compile(connection)))
    while rows := cursor.fetchmany(ROWS_AT_ONCE):
        yield rows
