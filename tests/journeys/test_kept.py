"""What `vanished = "keep"` keeps outlasts every change of the ledger; without the library it is told, not dropped."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.newsroom import SETTINGS, Newsroom, Terminal

SECOND, THIRD, FOURTH = "2026-01-02T12:00:00Z", "2026-01-03T12:00:00Z", "2026-01-04T12:00:00Z"
KEPT, OTHER = "Aufbewahrt", "Etwas anderes"
KEEP = SETTINGS + 'correction_notice = true\n[feeds]\nvanished = "keep"\n'


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    """A newsroom that keeps an article whose file is gone; it was corrected before."""
    newsroom = Newsroom.make(tmp_path / "room", KEEP)
    newsroom.write("a.txt", KEPT)
    newsroom.write("b.txt", OTHER, category="Kultur", stamp="24 Juni 2024, 10:00")
    newsroom.build_well()
    newsroom.write("a.txt", KEPT, rest="Ganz anders.")
    newsroom.build_well(now=SECOND)
    (newsroom.folder / "seeds/a.txt").unlink()
    newsroom.build_well(now=SECOND)
    assert set(newsroom.ids()) == {KEPT, OTHER}
    return newsroom


def change_ledger(newsroom: Newsroom) -> None:
    """As by a pull: other bytes, the same facts."""
    newsroom.ledger.write_text(newsroom.ledger.read_text(encoding="utf-8") + "\n", encoding="utf-8")


def test_a_ledger_that_changed_outside_takes_no_text(newsroom: Newsroom) -> None:
    site, ledger = newsroom.site(), newsroom.ledger.read_bytes()
    change_ledger(newsroom)
    run = newsroom.build_well(now=THIRD)
    assert newsroom.site() == site
    assert newsroom.ledger.read_bytes() == ledger
    assert "can't be kept" not in run.told


def test_a_file_that_is_deleted_as_the_ledger_changes_is_kept(newsroom: Newsroom) -> None:
    (newsroom.folder / "seeds/b.txt").unlink()
    change_ledger(newsroom)
    newsroom.build_well(now=THIRD)
    assert set(newsroom.ids()) == {KEPT, OTHER}
    assert set(newsroom.ids("kultur")) == {OTHER}


@pytest.mark.parametrize("version", ["11", "10"])
def test_a_library_of_another_version_gives_its_texts_where_it_can(newsroom: Newsroom, version: str) -> None:
    site = newsroom.site()
    with closing(sqlite3.connect(newsroom.library)) as connection:
        connection.execute("UPDATE facts SET value = ? WHERE name = 'schema'", (version,))
        connection.commit()
    run = newsroom.build_well(now=THIRD)
    assert (newsroom.site() == site) == (version == "11")
    assert ("1 article can't be kept" in run.err) == (version == "10")


def test_a_lost_library_is_told_in_every_run_until_the_text_is_back(newsroom: Newsroom, tmp_path: Path) -> None:
    site, ledger = newsroom.site(), newsroom.ledger.read_bytes()
    shutil.move(newsroom.library.parent, tmp_path / "kept")
    for _ in range(2):
        run = newsroom.build_well(now=THIRD)
        assert "note: ledger.jsonl: 1 article can't be kept: the files are gone" in run.err
        assert "/aufbewahrt/" in run.err
        assert set(newsroom.ids()) == {OTHER}
        # It has not left: neither the ledger nor a tombstone says so.
        assert newsroom.ledger.read_bytes() == ledger
        assert b"deleted-entry" not in newsroom.site()["atom.xml"]
    other = newsroom.copy_to(tmp_path / "file back")
    other.write("a.txt", KEPT, rest="Ganz anders.")
    other.build_well(now=FOURTH)
    assert set(other.ids()) == {KEPT, OTHER}
    assert other.ids()[KEPT] in ledger.decode()
    other = newsroom.copy_to(tmp_path / "given up")
    other.configure(KEEP.replace('"keep"', '"remove"'))
    run = other.build_well(now=FOURTH)
    assert "can't be kept" not in run.told
    assert set(other.ids()) == {OTHER}
    assert b"deleted-entry" in other.site()["atom.xml"]
    shutil.rmtree(newsroom.library.parent)
    shutil.move(tmp_path / "kept", newsroom.library.parent)
    run = newsroom.build_well(now=FOURTH)
    assert "can't be kept" not in run.told
    assert newsroom.site() == site
    assert "nothing to do" in newsroom.build_well(now=FOURTH).out


def test_no_archive_says_that_a_kept_article_went(newsroom: Newsroom) -> None:
    newsroom.configure(KEEP + "entries = 2\nhours = 0\n")
    for number in range(4):
        newsroom.write(f"{number}.txt", f"Nummer {number}", stamp=f"{number + 1} Juni 2024, 10:00")
    newsroom.build_well(now=THIRD)
    identifier = newsroom.lines()[1]["id"]
    assert identifier in newsroom.site()["archiv/1/atom.xml"].decode()
    shutil.rmtree(newsroom.library.parent)
    newsroom.build_well(now=THIRD)
    assert identifier not in newsroom.site()["archiv/1/atom.xml"].decode()
    assert newsroom.feeds("check", "--now", THIRD).code == 0


@pytest.mark.parametrize("how", [["withdraw"], ["erase", "--yes"]])
def test_an_order_from_elsewhere_leaves_no_text(newsroom: Newsroom, tmp_path: Path, how: list[str]) -> None:
    packed = newsroom.packed_entry(newsroom.ids()[KEPT])[:200]
    other = newsroom.copy_to(tmp_path / "other")
    shutil.copytree(newsroom.library.parent, other.library.parent)
    assert other.feeds(*how, newsroom.ids()[KEPT], "--now", THIRD).code == 0
    shutil.copy(other.ledger, newsroom.ledger)
    newsroom.build_well(now=FOURTH)
    assert KEPT not in newsroom.ids()
    for path in newsroom.library.parent.iterdir():
        assert packed not in path.read_bytes(), path
    assert ("Zurückgezogene Meldung" in newsroom.ids()) == (how == ["withdraw"])


def test_a_withdrawal_that_takes_the_only_text_says_so(newsroom: Newsroom) -> None:
    identifier = newsroom.ids()[KEPT]
    run = newsroom.feeds("withdraw", identifier, "--now", THIRD)
    assert run.code == 0
    told = f"note: {identifier}: its file is gone, and so is now the text that the library kept of it"
    assert told in run.err
    assert told not in newsroom.feeds("withdraw", identifier, "--now", THIRD).err
    assert told not in newsroom.feeds("withdraw", newsroom.ids()[OTHER], "--now", THIRD).err


@pytest.mark.parametrize("answer", ["y", "n"])
def test_a_person_is_asked_before_the_only_text_goes(
    newsroom: Newsroom, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, ledger, identifier = newsroom.site(), newsroom.ledger.read_bytes(), newsroom.ids()[KEPT]
    monkeypatch.setattr("sys.stdin", Terminal(f"{answer}\n"))
    run = newsroom.feeds("withdraw", identifier, "--now", THIRD)
    assert run.code == 0
    assert "its file is gone: the library alone has its text" in run.out
    assert ("nothing was changed" in run.out) == (answer == "n")
    assert ((newsroom.site(), newsroom.ledger.read_bytes()) == (site, ledger)) == (answer == "n")


@pytest.mark.parametrize(("target", "options"), [("seeds/b.txt", []), ("seeds/a.txt", ["--yes"])])
def test_nobody_is_asked_where_no_text_is_lost_or_that_is_meant(
    newsroom: Newsroom, target: str, options: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal())
    run = newsroom.feeds("withdraw", target, *options, "--now", THIRD)
    assert run.out.startswith("withdrawn: ")
