"""Rows written into tables of the library: over those that are there, in one statement a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects.sqlite import insert


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
