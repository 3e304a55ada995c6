"""Which seeds a run reads: what is listed and what the library knows are compared side by side, in one order."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.config import Config
from feeds.ingest.seeds import reading, seedreader
from feeds.ingest.seeds.listing import Listing, list_seeds
from feeds.parse.boilerplate import LEAST_PAGES
from tests.newsroom import SETTINGS, Newsroom

# Letters whose order differs between code points, UTF-16 and a locale, and what sorts before a slash.
NAMES = st.text("aÄz-.0\uffed😀", min_size=1, max_size=3).map(lambda text: f"x{text}.txt")
PATHS = st.one_of(NAMES, st.builds("{}/{}".format, st.sampled_from(["x", "xa", "xÄ", "x-", "x😀"]), NAMES))
FOLDERS = st.sets(PATHS, min_size=1, max_size=8)


@given(before=FOLDERS, after=FOLDERS)
@settings(max_examples=12, deadline=None)  # each builds twice
def test_only_what_is_new_is_read_and_only_what_is_gone_is_forgotten(
    tmp_path_factory: pytest.TempPathFactory, before: set[str], after: set[str]
) -> None:
    newsroom = Newsroom.make(tmp_path_factory.mktemp("blatt"))
    for number, name in enumerate(sorted(before)):
        newsroom.write(name, f"Haus {number} eröffnet")
    newsroom.build_well()
    for name in before - after:
        (newsroom.folder / "seeds" / name).unlink()
    for number, name in enumerate(sorted(after - before)):
        newsroom.write(name, f"Brücke {number} gesperrt")
    told = newsroom.build_well().out
    new, removed, unchanged = len(after - before), len(before - after), len(before & after)
    assert f"{new} new, 0 changed, {unchanged} unchanged, {removed} removed" in told


def test_a_file_that_vanishes_before_it_is_read_is_gone_and_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom, folder = Newsroom.make(tmp_path / "a"), tmp_path / "a/seeds"
    newsroom.write("bleibt.txt", "Haus bleibt")
    newsroom.write("geht.txt", "Haus geht")
    newsroom.build_well()
    newsroom.write("geht.txt", "Haus geht bald")
    newsroom.write("neu.txt", "Haus war nie")
    kept = {name: (folder / name).read_bytes() for name in ("geht.txt", "neu.txt")}

    def list_late(config: Config) -> Listing:
        listing = list_seeds(config)
        for name in kept:
            (folder / name).rename(folder / f"{name}.weg")
        return listing

    with monkeypatch.context() as patched:
        patched.setattr("feeds.publish.last_run.list_seeds", list_late)
        told = newsroom.build_well()
    assert "1 seed: 0 read, 0 new, 0 changed, 1 unchanged, 1 removed, 0 set aside, 0 with errors" in told.out
    assert told.err == ""
    assert newsroom.ids().keys() == {"Haus bleibt"}
    for name in kept:
        # Back as they were: what was listed then is no reason to leave them out.
        (folder / f"{name}.weg").rename(folder / name)
    assert "3 seeds: 2 read, 2 new" in newsroom.build_well().out
    assert newsroom.ids().keys() == {"Haus bleibt", "Haus geht bald", "Haus war nie"}
    missing = newsroom.feeds("parse", "seeds/weg.txt")
    assert missing.code == 1
    assert "there is no such file" in missing.told


def write_learned(newsroom: Newsroom, number: int) -> None:
    """Write a page without a layout, between lines that recur."""
    (newsroom.folder / f"seeds/{number}.txt").write_text(
        f"Wir berichten aus jedem Dorf der Gegend, und das seit hundert Jahren, für alle.\nHaus {number} wird gebaut\n"
        f"0{number % 9 + 1}.03.2024, {10 + number}:05 Uhr\nDie Arbeiten an Haus {number} haben begonnen und dauern bis "
        f"in den Herbst, teilte das Amt {number} mit.\nBis bald im Dorf, und einen Gruß an alle, die das lesen.\n",
        encoding="utf-8",
    )


@pytest.mark.parametrize("known", [[], [1, 4], [*range(1, LEAST_PAGES + 1)]])
def test_a_file_that_vanishes_after_it_was_counted_is_counted_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, known: list[int]
) -> None:
    """The others were read by counts that it was part of: they are read again in the next run."""
    settings = '[site]\nbase_url = "https://example.org/"\nid = "x"\n[[sources]]\nname = "x"\nfolder = "seeds"\n'
    newsroom, other = Newsroom.make(tmp_path / "a", settings), Newsroom.make(tmp_path / "b", settings)
    for each in (newsroom, other):
        for number in known:
            write_learned(each, number)
        if known:
            each.build_well()
        for number in range(1, LEAST_PAGES + 1):
            write_learned(each, number)
    path = newsroom.folder / f"seeds/{LEAST_PAGES}.txt"
    with path.open("a", encoding="utf-8") as file:
        file.write("Nachtrag.\n")
    (other.folder / f"seeds/{LEAST_PAGES}.txt").unlink()

    def read_late(*args: Any, **more: Any) -> Any:
        path.unlink(missing_ok=True)
        return reading.read_counted(*args, **more)

    with monkeypatch.context() as patched:
        patched.setattr(seedreader, "read_counted", read_late)
        told = newsroom.build_well()
    removed = int(LEAST_PAGES in known)
    assert f"9 seeds: 10 read, {9 - len(known) + removed} new, 0 changed, " in told.out
    assert f"{removed} removed, 0 set aside, 0 with errors; 9 articles" in told.out
    newsroom.build_well()
    other.build_well()
    assert read_library(newsroom) == read_library(other)
    assert "public: nothing to do" in newsroom.build_well().out


def read_library(newsroom: Newsroom) -> list[list[Any]]:
    """What was understood of all pages, and what was counted."""
    with contextlib.closing(sqlite3.connect(newsroom.library)) as connection:
        queries = ("SELECT path, packed FROM texts ORDER BY path", "SELECT digest, count FROM edges ORDER BY digest")
        return [connection.execute(query).fetchall() for query in queries]


def test_a_text_that_is_read_again_for_other_settings_has_not_changed(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "a")
    newsroom.write("haus.txt", "Haus eröffnet")
    # Read only when its source is counted.
    page = "<article><h1>Brücke gesperrt</h1><time>25.06.2024, 14:05</time><p>Sie war alt.</p></article>"
    (newsroom.folder / "seeds/seite.html").write_text(page, encoding="utf-8")
    newsroom.build_well()
    newsroom.configure(f'{SETTINGS}timezone = "Europe/Minsk"\n')
    assert "2 read, 0 new, 0 changed, 2 unchanged" in newsroom.build_well().out
    newsroom.write("haus.txt", "Haus geschlossen")
    assert "1 read, 0 new, 1 changed, 1 unchanged" in newsroom.build_well().out
