"""`feeds status`: says what a library holds, and changes nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tests.newsroom import Newsroom


def test_the_library_of_another_version_is_left_as_it_is(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room", real_seed=True)
    assert "there is no library yet" in newsroom.feeds("status").out
    newsroom.build_well()
    run = newsroom.feeds("status")
    assert run.code == 0
    assert "1 article, " in run.out
    library = sqlite3.connect(newsroom.library)
    library.execute("UPDATE facts SET value = '1' WHERE name = 'schema'")
    library.commit()
    library.close()
    before = newsroom.library.read_bytes()
    run = newsroom.feeds("status")
    assert (run.code, run.err) == (1, "")
    assert "there is no library of this version yet" in run.out
    assert newsroom.library.read_bytes() == before


def test_a_library_beside_which_nothing_can_be_written_is_read_all_the_same(tmp_path: Path) -> None:
    """As on a full disk, or in a folder of somebody else's: SQLite can't make the file that readers share."""
    newsroom = Newsroom.make(tmp_path / "room", real_seed=True)
    newsroom.build_well()
    told = newsroom.feeds("status").out
    beside = newsroom.library.with_name("library.sqlite-wal")
    beside.unlink()
    beside.symlink_to("nowhere/library.sqlite-wal")
    assert newsroom.feeds("status").out.splitlines()[0] == told.splitlines()[0]
    assert "1 file, 1 article" in newsroom.feeds("sources").out
    # What is in there may be newer than the file.
    beside.unlink()
    beside.mkdir()
    for command in ("status", "sources"):
        run = newsroom.feeds(command)
        assert run.code == 1
        assert (
            "error: .feeds/library.sqlite: can't be opened: unable to open database file\n  check the perm" in run.err
        )


def test_articles_are_those_that_a_build_counts_and_states_are_words(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room")
    for name in ("a", "b"):
        newsroom.write(f"{name}.txt", f"Nachricht {name}")
    newsroom.write("c.txt", stamp="")
    newsroom.write("d.txt", published="2026-02-30")
    newsroom.build()
    assert "; 2 articles" in newsroom.feeds("withdraw", "seeds/a.txt", "--reason", "x").out
    told = newsroom.feeds("status").out
    assert "library.sqlite: 2 articles (1 withdrawn), " in told
    assert "seeds: 2 articles, 1 with an error, 1 without a date\n" in told
    assert "files      2 articles, 1 with an error, 1 without a date\n" in newsroom.feeds("sources").out
