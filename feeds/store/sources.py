"""What the library knows of each source: its files, what became of them, how they were read. Reads only."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from feeds.errors import Problem
from feeds.store.facts import read_fact
from feeds.store.rows import Connection, ask, ask_value

REFUSED = "refused"
"""The fact of the library that holds the ids of articles whose entry would have broken readers."""
_FOLDED: Final = """
    SELECT seeds.path, articles.id, seed FROM seeds JOIN articles ON articles.id = article
    WHERE state = 'article' AND reason IS NULL AND seed != seeds.path ORDER BY seeds.path
"""


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """One source in numbers.

    `files` by state ("article", "waiting", "draft", "undated", "aside", "error"), `aside` those set aside, by the kind
    of page ("index", "video", ...), `layouts` by the layout that read articles. `articles` is how many articles its
    files are.
    """

    files: Mapping[str, int]
    aside: Mapping[str, int]
    layouts: Mapping[str, int]
    articles: int


def find_notes(connection: Connection, source: str) -> Iterator[tuple[str, Problem]]:
    """What was noticed in the files of a source when they were last read, by path, and stopped nothing; row by row.

    A page without a date is set aside for it, and not noted, too.
    """
    for path, notes in _find_noted(connection, source):
        yield from ((path, Problem(*note)) for note in notes)


def count_noted(connection: Connection, source: str) -> int:
    """How many files of a source have notes."""
    return sum(1 for _ in _find_noted(connection, source))


def _find_noted(connection: Connection, source: str) -> Iterator[tuple[str, list[list[Any]]]]:
    """The files that have notes, by path, each with the values of its notes."""
    query = "SELECT path, notes FROM seeds WHERE source = :source AND notes != '[]' ORDER BY path"
    for path, notes in ask(connection, query, source=source):
        if found := [note for note in json.loads(notes) if note[0] != "unknown-date"]:
            yield path, found


def count_states(connection: Connection, source: str | None = None) -> dict[str, int]:
    """How many files are in which state, of a source or of all, in the order of the states' names.

    In "error" are those too that are another article than that which has their id, or whose entry would break readers.
    """
    here = "true" if source is None else "source = :source"
    states = f"SELECT state, count(*) FROM seeds WHERE {here} GROUP BY state"  # noqa: S608 (a constant)
    counts = dict(map(tuple, ask(connection, states, source=source)))
    refused = json.loads(read_fact(connection, REFUSED) or "[]")
    # Each is found by its own index: by one condition, SQLite looks at the rows of all articles.
    query = f"SELECT path, state FROM seeds WHERE {here} AND "  # noqa: S608 (a constant)
    conflicts = ask(connection, query + "state = 'article' AND reason IS NOT NULL", source=source)
    failing = {row.path for row in conflicts}
    if refused:
        of_refused = ask(connection, query + "article IN :refused", source=source, refused=refused)
        failing |= {row.path for row in of_refused if row.state == "article"}
    failed = len(failing)
    counts["article"] = counts.get("article", 0) - failed
    counts["error"] = counts.get("error", 0) + failed
    return {state: counts[state] for state in sorted(counts) if counts[state]}


def list_folded(connection: Connection) -> list[tuple[str, str, str]]:
    """The files that are no article of their own: path, the article's id, and the file that its text comes from."""
    return [(path, identifier, seed) for path, identifier, seed in ask(connection, _FOLDED)]


def load_source(connection: Connection, source: str) -> SourceFacts:
    """The numbers of a source; all are 0 where the library has none of its files."""

    def count(column: str, where: str) -> dict[str, int]:
        query = f"""
            SELECT {column}, count(*) FROM seeds WHERE source = :source AND {where} GROUP BY {column} ORDER BY {column}
        """  # noqa: S608 (constants)
        return dict(map(tuple, ask(connection, query, source=source)))

    articles = "SELECT count(DISTINCT article) FROM seeds WHERE source = :source AND article IS NOT NULL"
    return SourceFacts(
        files=count_states(connection, source),
        aside=count("kind", "state = 'aside'"),
        layouts=count("layout", "layout IS NOT NULL"),
        articles=int(ask_value(connection, articles, source=source)),
    )
