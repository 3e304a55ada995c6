"""The recorded digest of each path of the site, and when its bytes last changed. Reads only."""

from __future__ import annotations

from collections.abc import Iterable

from feeds.store.rows import Connection, ask, ask_all, ask_value, ask_values


def find_document(connection: Connection, path: str) -> tuple[str, int] | None:
    """Digest and instant of the last change of the bytes behind a path, or None where none is recorded."""
    row = ask(connection, "SELECT digest, changed FROM documents WHERE path = :path", path=path).fetchone()
    return None if row is None else (row[0], row[1])


def list_failed(connection: Connection) -> list[str]:
    """Paths of the documents whose bytes failed the check, sorted: what was published before stays, if anything."""
    return ask_values(connection, "SELECT path FROM documents WHERE failed = 1 ORDER BY path")


def count_documents(connection: Connection) -> int:
    """How many paths are recorded."""
    return int(ask_value(connection, "SELECT count(*) FROM documents"))


def find_digests(connection: Connection, paths: Iterable[str]) -> dict[str, str]:
    """Digest of the bytes behind some paths, as last recorded."""
    rows = ask_all(connection, "SELECT path, digest FROM documents WHERE path IN :paths", paths=paths)
    return {row.path: row.digest for row in rows}
