"""What the library knows of each source: its files, what became of them, how they were read. Reads only."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from feeds.errors import Problem
from feeds.store import schema
from feeds.store.library import read_fact

_seeds, _articles = schema.seeds, schema.articles
REFUSED = "refused"
"""The fact of the library that holds the ids of articles whose entry would have broken readers."""
BATCH = 1000
"""Rows that are in memory at once."""


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
    query = select(_seeds.c.path, _seeds.c.notes).where(_seeds.c.source == source, _seeds.c.notes != "[]")
    for path, notes in connection.execute(query.order_by(_seeds.c.path).execution_options(yield_per=BATCH)):
        if found := [note for note in json.loads(notes) if note[0] != "unknown-date"]:
            yield path, found


def count_states(connection: Connection, source: str | None = None) -> dict[str, int]:
    """How many files are in which state, of a source or of all, in the order of the states' names.

    In "error" are those too that are another article than that which has their id, or whose entry would break readers.
    """
    here = () if source is None else (_seeds.c.source == source,)
    states = select(_seeds.c.state, func.count()).where(*here).group_by(_seeds.c.state)
    counts = {row[0]: row[1] for row in connection.execute(states)}
    refused = json.loads(read_fact(connection, REFUSED) or "[]")
    # Each is found by its own index: by one condition, SQLite looks at the rows of all articles.
    query = select(_seeds.c.path, _seeds.c.state).where(*here)
    conflicts = connection.execute(query.where(_seeds.c.state == "article", _seeds.c.reason.is_not(None)))
    failing = {row.path for row in conflicts}
    if refused:
        of_refused = connection.execute(query.where(_seeds.c.article.in_(refused)))
        failing |= {row.path for row in of_refused if row.state == "article"}
    failed = len(failing)
    counts["article"] = counts.get("article", 0) - failed
    counts["error"] = counts.get("error", 0) + failed
    return {state: counts[state] for state in sorted(counts) if counts[state]}


def list_folded(connection: Connection) -> list[tuple[str, str, str]]:
    """The files that are no article of their own: path, the article's id, and the file that its text comes from."""
    joined = select(_seeds.c.path, _articles.c.id, _articles.c.seed).join(_articles, _articles.c.id == _seeds.c.article)
    is_folded = (_seeds.c.state == "article", _seeds.c.reason.is_(None), _articles.c.seed != _seeds.c.path)
    return [
        (row.path, row.id, row.seed) for row in connection.execute(joined.where(*is_folded).order_by(_seeds.c.path))
    ]


def load_source(connection: Connection, source: str) -> SourceFacts:
    """The numbers of a source; all are 0 where the library has none of its files."""
    here = _seeds.c.source == source

    def count(column: str, *conditions: ColumnElement[bool]) -> dict[str, int]:
        by = _seeds.c[column]
        query = select(by, func.count()).where(here, by.is_not(None), *conditions).group_by(by).order_by(by)
        return {row[0]: row[1] for row in connection.execute(query)}

    articles = select(func.count(_seeds.c.article.distinct())).where(here, _seeds.c.article.is_not(None))
    return SourceFacts(
        files=count_states(connection, source),
        aside=count("kind", _seeds.c.state == "aside"),
        layouts=count("layout"),
        articles=connection.scalar(articles) or 0,
    )
