"""Boilerplate learned from a source's own pages: counts kept in the library, applied to pages without a layout.

The rule is over the whole set of pages, not the order of arrival: pages are counted first and parsed then; where a line
crosses the threshold, just the stored pages that it concerns are parsed again.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections import Counter
from collections.abc import Iterable, Iterator

from sqlalchemy import BindParameter, Connection, Integer, bindparam, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from feeds.parse import Boilerplate, Page, find_boilerplate, find_edge_lines
from feeds.parse.boilerplate import LEAST_COUNT
from feeds.store import schema

_edges, _seeds = schema.edges, schema.seeds


class Learner:
    """Counts the edge lines of pages while an ingest reads them. `settle` writes the counts and tells what changed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._counts: dict[str, Counter[int]] = {}
        self._pages: Counter[str] = Counter()
        self._texts: dict[int, str] = {}

    def add(self, source: str, page: Page) -> bytes:
        """Count a page; the digests of its edge lines, to be kept in its row."""
        digests = []
        for line in find_edge_lines(page):
            digest = _digest(line)
            digests.append(digest)
            self._texts[digest] = line
        self._count(source, digests, +1)
        return _pack(digests)

    def remove(self, source: str, edges: bytes | None) -> None:
        """Take back what a page added that changed or is gone; `edges` is what its row kept."""
        if edges is not None:
            self._count(source, _unpack(edges), -1)

    def settle(self) -> tuple[dict[str, Boilerplate], set[str]]:
        """Write the counts; the boilerplate of every source that was counted, and the stored pages to parse again."""
        learned: dict[str, Boilerplate] = {}
        again: set[str] = set()
        for source, deltas in sorted(self._counts.items()):
            before = load_boilerplate(self._connection, source)
            self._write(source, deltas)
            after = load_boilerplate(self._connection, source, added=self._pages[source])
            learned[source] = after
            again.update(self._find_concerned(source, after.lines - before.lines, before.lines - after.lines))
        return learned, again

    def _count(self, source: str, digests: Iterable[int], step: int) -> None:
        counts = self._counts.setdefault(source, Counter())
        for digest in digests:
            counts[digest] += step
        self._pages[source] += step

    def _write(self, source: str, deltas: Counter[int]) -> None:
        rows = [
            {"source": source, "digest": digest, "count": step, "line": self._texts.get(digest)}
            for digest, step in deltas.items()
            if step
        ]
        if rows:
            statement = insert(_edges)
            values = {
                "count": _edges.c.count + statement.excluded.count,
                "line": func.coalesce(_edges.c.line, statement.excluded.line),
            }
            statement = statement.on_conflict_do_update(index_elements=["source", "digest"], set_=values)
            self._connection.execute(statement, rows)
            self._connection.execute(delete(_edges).where(_edges.c.source == source, _edges.c.count <= 0))

    def _find_concerned(self, source: str, new: frozenset[str], old: frozenset[str]) -> Iterator[str]:
        """Stored pages whose text holds a line that became boilerplate, or whose edges hold one that is none now."""
        here = select(_seeds.c.path).where(_seeds.c.source == source, _seeds.c.edges.is_not(None))
        for line in sorted(new):
            shown = json.dumps(line, ensure_ascii=False)[1:-1]
            yield from self._connection.scalars(here.where(func.instr(_seeds.c.record, shown) > 0))
        for line in sorted(old):
            part: BindParameter[bytes] = bindparam("part", _pack([_digest(line)]))
            yield from self._connection.scalars(here.where(func.instr(_seeds.c.edges, part, type_=Integer) > 0))


def forget_edges(connection: Connection, path: str) -> None:
    """Take a seed's edge lines out of the counts at once: what an erased page said stays in no table."""
    row = connection.execute(select(_seeds.c.source, _seeds.c.edges).where(_seeds.c.path == path)).one()
    if row.edges is not None:
        here = (_edges.c.source == row.source) & _edges.c.digest.in_(_unpack(row.edges))
        connection.execute(update(_edges).where(here).values(count=_edges.c.count - 1))
        connection.execute(delete(_edges).where(_edges.c.source == row.source, _edges.c.count <= 0))
        connection.execute(update(_seeds).where(_seeds.c.path == path).values(edges=None))


def load_boilerplate(connection: Connection, source: str, *, added: int = 0) -> Boilerplate:
    """What the library knows of a source; `added` is how many pages more were counted than rows are written."""
    stored = select(func.count()).where(_seeds.c.source == source, _seeds.c.edges.is_not(None))
    pages = (connection.scalar(stored) or 0) + added
    query = select(_edges.c.line, _edges.c.count).where(_edges.c.source == source, _edges.c.count >= LEAST_COUNT)
    counts = {row[0]: row[1] for row in connection.execute(query) if row[0] is not None}
    return find_boilerplate(counts, pages)


def _digest(line: str) -> int:
    return int.from_bytes(hashlib.blake2b(line.encode(), digest_size=8).digest(), "big", signed=True)


def _pack(digests: list[int]) -> bytes:
    return struct.pack(f">{len(digests)}q", *sorted(digests))


def _unpack(edges: bytes) -> tuple[int, ...]:
    return struct.unpack(f">{len(edges) // 8}q", edges)
