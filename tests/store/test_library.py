"""The library: a real SQLite file, opened by any path, one state for a reader, all or nothing for a writer."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

import feeds
from feeds.errors import LibraryError
from feeds.store import open_library, read_fact, write_fact
from feeds.store.troubles import advise
from tests.connections import is_closed, note_connections


@pytest.mark.parametrize("name", ["a.sqlite", "ä b.sqlite", "a?mode=ro", "a#b%41", "unter/a.sqlite", "a;b=c&d"])
def test_any_path_is_the_file_that_it_names(tmp_path: Path, name: str) -> None:
    library = open_library(tmp_path / name)
    with library.write() as connection:
        write_fact(connection, "x", "eins")
    library.close()
    assert (tmp_path / name).is_file()
    again = open_library(tmp_path / name)
    with again.read() as connection:
        assert read_fact(connection, "x") == "eins"
    again.close()


def test_what_fails_is_undone(tmp_path: Path) -> None:
    library = open_library(tmp_path / "a.sqlite")

    def fail() -> None:
        with library.write() as connection:
            write_fact(connection, "x", "eins")
            raise ValueError("halfway")

    with pytest.raises(ValueError, match="halfway"):
        fail()
    with library.read() as connection:
        assert read_fact(connection, "x") is None
    library.close()


def test_a_reader_sees_one_state_while_another_writes(tmp_path: Path) -> None:
    library = open_library(tmp_path / "a.sqlite")
    with library.read() as reading:
        assert read_fact(reading, "x") is None
        with library.write() as writing:
            write_fact(writing, "x", "eins")
        assert read_fact(reading, "x") is None
    with library.read() as reading:
        assert read_fact(reading, "x") == "eins"
    library.close()


def test_the_journal_of_a_large_transaction_does_not_stay_large(tmp_path: Path) -> None:
    library = open_library(tmp_path / "library.sqlite")
    journal, sizes = tmp_path / "library.sqlite-wal", []
    for size in (20_000_000, 1):
        with library.write() as connection:
            write_fact(connection, f"x{size}", "x" * size)
        sizes.append(journal.stat().st_size)
    assert sizes[0] > 20_000_000
    assert sizes[-1] <= 4 * 1024 * 1024
    library.close()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "datei").write_text("")
    with pytest.raises(LibraryError, match="its folder can't be made"):
        open_library(tmp_path / "datei" / "a.sqlite")


def hold_it(path: Path) -> sqlite3.Connection:
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("PRAGMA journal_mode=WAL")
    holder.execute("BEGIN IMMEDIATE")
    return holder


def make_it_newer(path: Path) -> sqlite3.Connection:
    library = open_library(path)
    with library.write() as connection:
        write_fact(connection, "schema", "999")
    library.close()
    return sqlite3.connect(path)


def fill_it_with_text(path: Path) -> sqlite3.Connection:
    path.write_bytes(b"keine Datenbank " * 999)
    return sqlite3.connect(path)


@pytest.mark.parametrize("spoil", [hold_it, make_it_newer, fill_it_with_text])
def test_a_library_that_cannot_be_used_is_closed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Path], sqlite3.Connection]
) -> None:
    monkeypatch.setattr("feeds.store.library.BUSY_SECONDS", 0.05)
    path = tmp_path / "a.sqlite"
    with closing(spoil(path)), note_connections() as made:
        with pytest.raises(LibraryError):
            open_library(path)
        assert made
        assert all(map(is_closed, made))


def test_a_library_in_memory_holds_facts() -> None:
    library = open_library(None)
    with library.write() as connection:
        write_fact(connection, "x", "eins")
        write_fact(connection, "x", "zwei")
        assert read_fact(connection, "x") == "zwei"
    library.close()


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("SQLITE_FULL", "make room on its disk"),
        ("SQLITE_IOERR_WRITE", "make room on its disk, or for larger files"),
        ("SQLITE_READONLY", "permissions"),
        ("SQLITE_CANTOPEN", "permissions"),
        ("SQLITE_CORRUPT", "delete it"),
    ],
)
def test_only_a_broken_file_is_to_be_deleted(name: str, hint: str) -> None:
    cause = sqlite3.OperationalError("something")
    cause.sqlite_errorname = name
    assert hint in advise(cause)


def test_indexes_are_made_in_one_order_by_which_sqlite_chooses(tmp_path: Path) -> None:
    open_library(tmp_path / "a.sqlite").close()
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as library:
        made = library.execute("SELECT tbl_name, name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
        names: dict[str, list[str]] = {}
        for table, name in made:
            names.setdefault(table, []).append(name)
    assert len(names["articles"]) > 5
    assert all(found == sorted(found, reverse=True) for found in names.values())


def test_no_statement_numbers_its_parameters() -> None:
    # To sqlite3 a number is a name, and from Python 3.14 on it takes no sequence for names.
    package = Path(feeds.__file__).parent
    files = [*package.glob("store/**/*.py"), *package.glob("ingest/**/*.py"), *package.glob("site/**/*.py")]
    assert [file.name for file in files if re.search(r"[ (,=]\?[1-9]", file.read_text(encoding="utf-8"))] == []
