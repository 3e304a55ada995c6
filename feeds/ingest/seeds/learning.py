"""Boilerplate learned from a source's own pages: counts kept in the library, applied to pages without a layout.

The rule is over the whole set of pages, not the order of arrival: pages are counted first and parsed then; where a line
crosses the threshold, just the stored pages that it concerns are parsed again.
"""

from __future__ import annotations

import hashlib
import struct
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from feeds.parse import Boilerplate, find_boilerplate
from feeds.parse.boilerplate import LEAST_COUNT
from feeds.store import Connection, ask, ask_value

_ADD = """
    INSERT INTO edges (source, digest, count, line)
    VALUES (:source, :digest, :step, CASE WHEN :step >= :least THEN :line END)
    ON CONFLICT (source, digest) DO UPDATE SET count = edges.count + :step,
    line = CASE WHEN edges.count + :step >= :least THEN coalesce(edges.line, :line) END
"""
"""Adds to a count. A line's text is kept only while it may be boilerplate: an article's own words have no place here,
and an erased article's must not stay. What brings the count up brings the text."""
MAX_HELD = 100_000
"""Digests that are held in memory before their counts are written."""


class Learner:
    """Counts the edge lines of pages during an ingest. `settle` writes the counts and returns what changed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._before: dict[str, Boilerplate] = {}
        self._pages: dict[str, int] = {}
        self._counts: dict[str, Counter[int]] = {}
        self._texts: dict[int, str] = {}
        self._held = 0

    def add(self, source: str, lines: Iterable[str]) -> bytes:
        """Count a page by its edge lines; their digests, to be kept in its row."""
        digests = []
        for line in lines:
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
        """Write the counts; the boilerplate of every source that was counted, and the stored pages to parse again.

        A second call gives the pages that are affected by what was counted since the first.
        """
        self._write()
        learned: dict[str, Boilerplate] = {}
        again: set[str] = set()
        for source, before in sorted(self._before.items()):
            after = _load(self._connection, source, self._pages[source])
            learned[source] = self._before[source] = after
            again.update(self._find_concerned(source, after.lines ^ before.lines))
        return learned, again

    def _count(self, source: str, digests: Collection[int], step: int) -> None:
        if source not in self._before:
            # Before the first of its rows and counts is written: the counts of this run are compared with those of
            # before.
            self._pages[source] = _count_pages(self._connection, source)
            self._before[source] = _load(self._connection, source, self._pages[source])
        counts = self._counts.setdefault(source, Counter())
        for digest in digests:
            counts[digest] += step
        self._pages[source] += step
        self._held += len(digests)
        if self._held > MAX_HELD:
            self._write()

    def _write(self) -> None:
        for source, deltas in sorted(self._counts.items()):
            rows = [
                {
                    "source": source,
                    "digest": digest,
                    "step": step,
                    "line": self._texts.get(digest),
                    "least": LEAST_COUNT,
                }
                for digest, step in deltas.items()
                if step
            ]
            if rows:
                self._connection.executemany(_ADD, rows)
                ask(self._connection, "DELETE FROM edges WHERE source = :source AND count <= 0", source=source)
        self._counts, self._texts, self._held = {}, {}, 0

    def _find_concerned(self, source: str, lines: frozenset[str]) -> Iterator[str]:
        """The stored pages that have one of these lines at an edge.

        Those whose text holds it are among them. The others count too: a line that was left out before, for its form,
        may now be part of the footer that ends the text.
        """
        if lines:
            wanted = frozenset(map(_digest, lines))
            query = "SELECT path, edges FROM seeds WHERE source = :source AND edges IS NOT NULL"
            for path, edges in ask(self._connection, query, source=source):
                if not wanted.isdisjoint(_unpack(edges)):
                    yield path


def load_boilerplate(connection: Connection, source: str) -> Boilerplate:
    """What the library knows of a source."""
    return _load(connection, source, _count_pages(connection, source))


def load_counts(connection: Connection, source: str) -> tuple[int, dict[str, int]]:
    """How many pages of a source were counted, and how many of them have each of its learned lines."""
    pages = _count_pages(connection, source)
    learned = _load(connection, source, pages).lines
    return pages, {line: count for line, count in _find_counts(connection, source) if line in learned}


def _count_pages(connection: Connection, source: str) -> int:
    query = "SELECT count(*) FROM seeds WHERE source = :source AND edges IS NOT NULL"
    return int(ask_value(connection, query, source=source))


def _load(connection: Connection, source: str, pages: int) -> Boilerplate:
    return find_boilerplate(dict(_find_counts(connection, source)), pages)


def _find_counts(connection: Connection, source: str) -> list[tuple[str, int]]:
    query = "SELECT line, count FROM edges WHERE source = :source AND count >= :least AND line IS NOT NULL"
    return [(line, count) for line, count in ask(connection, query, source=source, least=LEAST_COUNT)]


def _digest(line: str) -> int:
    return int.from_bytes(hashlib.blake2b(line.encode(), digest_size=8).digest(), "big", signed=True)


def _pack(digests: list[int]) -> bytes:
    return struct.pack(f">{len(digests)}q", *sorted(digests))


def _unpack(edges: bytes) -> tuple[int, ...]:
    return struct.unpack(f">{len(edges) // 8}q", edges)
