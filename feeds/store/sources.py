"""What the library knows of each source: its files, what became of them, how they were read. Reads only."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, select

from feeds.errors import Problem
from feeds.store import schema

_seeds = schema.seeds
_READ = ("article", "waiting", "draft", "undated")
"""States of files that hold an article."""


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """One source in numbers.

    `files` by state ("article", "waiting", "draft", "undated", "aside", "error"), `aside` by the kind of page ("index",
    "video", ...) of all that are not published, `layouts` by the layout that read articles. `articles` is how many
    articles its files are.
    """

    files: Mapping[str, int]
    aside: Mapping[str, int]
    layouts: Mapping[str, int]
    articles: int


def list_notes(connection: Connection, source: str) -> list[tuple[str, Problem]]:
    """What was noticed in the files of a source when they were last read, by path, and stopped nothing.

    A page without a date is set aside for it, and not noted, too.
    """
    query = select(_seeds.c.path, _seeds.c.notes).where(_seeds.c.source == source, _seeds.c.notes != "[]")
    rows = connection.execute(query.order_by(_seeds.c.path))
    found = [(path, Problem(*note)) for path, notes in rows for note in json.loads(notes)]
    return [(path, note) for path, note in found if note.rule != "unknown-date"]


def load_source(connection: Connection, source: str) -> SourceFacts:
    """The numbers of a source; all are 0 where the library has none of its files."""
    here = _seeds.c.source == source

    def count(column: str, *conditions: ColumnElement[bool]) -> dict[str, int]:
        by = _seeds.c[column]
        query = select(by, func.count()).where(here, by.is_not(None), *conditions).group_by(by).order_by(by)
        return {row[0]: row[1] for row in connection.execute(query)}

    articles = select(func.count(_seeds.c.article.distinct())).where(here, _seeds.c.article.is_not(None))
    aside = count("kind", _seeds.c.state.not_in(_READ))
    undated = connection.scalar(select(func.count()).where(here, _seeds.c.state == "undated")) or 0
    return SourceFacts(
        files=count("state"),
        aside={**aside, **({"undated": undated} if undated else {})},
        layouts=count("layout"),
        articles=connection.scalar(articles) or 0,
    )
