"""A run with one new article costs what changed: what it asks of the library doesn't grow with what is there."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from feeds.build.manifest import load_manifest
from tests.newsroom import SETTINGS, Newsroom

LATER = "2026-02-02T02:02:02Z"
FEEDS, SITE = SETTINGS + "\n[output]\npages = false\n", SETTINGS
SMALL = frozenset({"archives", "asked", "facts", "feeds", "sqlite_schema", "CONSTANT"})
"""Tables with a row for each fact, feed or archive document, or for each article of this run; and names of others."""
WHOLE = frozenset({
    "articles_corrected", "articles_published", "articles_stale", "articles_updated", "places_newest", "seeds_article",
    "seeds_marks", "seeds_state", "sqlite_autoindex_documents_1",
})  # fmt: skip
"""Indexes that are read whole, without their tables: what they hold is compared, or only counted."""
FEW = frozenset({"articles_gone", "seeds_conflicting"})
"""Indexes of the few rows that something is the matter with."""


def trace_build(newsroom: Newsroom, *args: str) -> list[str]:
    """Build, and return the statements that the library was asked, with their values."""
    asked: list[str] = []
    connect = sqlite3.connect

    def trace(*args: object, **more: object) -> sqlite3.Connection:
        made: sqlite3.Connection = connect(*args, **more)  # type: ignore[call-overload]  # handed on as it came
        made.set_trace_callback(asked.append)
        return made

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("sqlite3.connect", trace)
        newsroom.build_well(*args, now=LATER)
    return asked


def make_newsroom(folder: Path, settings: str, articles: int) -> Newsroom:
    """A newsroom with articles that are published, and a new one that isn't yet."""
    newsroom = Newsroom.make(folder, settings)
    for number in range(articles):
        newsroom.write(f"{number}.txt", f"Meldung {number}", stamp=f"{number % 28 + 1} Mai 2024, 14:05")
    newsroom.build_well()
    newsroom.write("neu.txt", "Noch eine Meldung")
    return newsroom


@pytest.fixture(autouse=True)
def _months(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each month has its own sitemap, as on any large site."""
    monkeypatch.setattr("feeds.site.sitemaps.MAX_ALONE", 1)


@pytest.mark.parametrize("settings", [FEEDS, SITE], ids=["feeds", "site"])
def test_no_statement_reads_a_table_that_grows(tmp_path: Path, settings: str) -> None:
    newsroom = make_newsroom(tmp_path / "room", settings, 5)
    asked = [statement for statement in trace_build(newsroom) if re.match(r"\s*SELECT", statement)]
    assert len(asked) > 30
    with closing(sqlite3.connect(newsroom.library)) as library:
        for statement in asked:
            for row in library.execute(f"EXPLAIN QUERY PLAN {statement}"):
                # Nearly all files are articles: to look these up one by one is to read them all.
                are_articles = "'article'" in statement and row[3].endswith("seeds USING INDEX seeds_state (state=?)")
                assert not are_articles, statement
                if (found := re.match(r"SCAN (\S+)(?: USING (COVERING )?INDEX (\S+))?", row[3])) is None:
                    continue
                table, is_covering, index = found.groups()
                assert table in SMALL or index in FEW or (is_covering and index in WHOLE), (statement, row[3])


@pytest.mark.parametrize("settings", [FEEDS, SITE], ids=["feeds", "site"])
def test_as_many_statements_are_asked_of_few_articles_as_of_many(tmp_path: Path, settings: str) -> None:
    asked = [len(trace_build(make_newsroom(tmp_path / str(many), settings, many))) for many in (3, 30)]
    assert asked[0] == asked[1]


def test_only_what_shows_the_article_is_written(tmp_path: Path) -> None:
    newsroom = make_newsroom(tmp_path / "room", SITE, 5)
    newsroom.write("anders.txt", "Konzert am Abend", category="Kultur")
    newsroom.build_well(now=LATER)
    before = load_manifest(newsroom.public)
    newsroom.write("noch.txt", "Die letzte Meldung")
    newsroom.build_well(now=LATER)
    after = load_manifest(newsroom.public)
    changed = {name for name, entry in after.items() if before.get(name) != entry}
    page = next(name for name in changed if name.startswith("artikel/"))
    feeds = {f"{folder}{name}" for folder in ("", "politik/") for name in ("atom.xml", "rss.xml", "feed.json")}
    assert changed == {*feeds, page, "index.html", "politik/index.html", "sitemap/2024-06.xml"}


def test_what_hosts_must_know_of_articles_that_are_gone_is_asked_of_those_alone(tmp_path: Path) -> None:
    asked = trace_build(make_newsroom(tmp_path / "room", SITE, 5), "--compress")
    (query,) = (one for one in asked if one == "SELECT path FROM articles WHERE seed IS NULL")
    with closing(sqlite3.connect(tmp_path / "room/.feeds/library.sqlite")) as library:
        plan = [row[3] for row in library.execute(f"EXPLAIN QUERY PLAN {query}")]
    assert plan == ["SCAN articles USING INDEX articles_gone"]
