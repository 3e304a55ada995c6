"""Ledger and library after a run that was killed, or that another program crossed."""

from __future__ import annotations

from pathlib import Path

import pytest

from feeds.store import Library
from tests.newsroom import SETTINGS, Newsroom

LATER = "2026-02-02T02:02:02Z"


class Killed(BaseException):
    """What nobody catches."""


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    newsroom = Newsroom.make(tmp_path / "room")
    newsroom.write("a.txt")
    newsroom.write("b.txt", "Konzert am Abend", category="Kultur")
    newsroom.build_well()
    return newsroom


def test_an_erasure_that_was_killed_is_brought_to_its_end(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    scrubbed: list[Library] = []
    scrub = Library.scrub

    def die(_library: Library) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(Library, "scrub", die)
        with pytest.raises(Killed):
            newsroom.feeds("erase", "seeds/b.txt", "--yes", "--now", LATER)
    (newsroom.folder / "seeds/b.txt").unlink()

    def note(library: Library) -> None:
        scrubbed.append(library)
        scrub(library)

    monkeypatch.setattr(Library, "scrub", note)
    for _ in range(2):
        newsroom.write("c.txt", "Noch eine Meldung")
        newsroom.build_well(now=LATER)
    assert len(scrubbed) == 1
    kept = [path for path in newsroom.folder.rglob("*") if path.is_file() and path.name != "config.toml"]
    assert not [path for path in kept if b"Konzert am Abend" in path.read_bytes()]


def test_a_ledger_that_changes_during_a_run_is_not_written_over(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = newsroom.site()
    newsroom.write("c.txt", "Noch eine Meldung")
    pulled = newsroom.ledger.read_bytes() + b"\n"

    def pull(_work: object) -> None:
        newsroom.ledger.write_bytes(pulled)

    with monkeypatch.context() as patched:
        patched.setattr("feeds.ingest.run.seal_archives", pull)
        run = newsroom.build(now=LATER)
    assert run.code == 1
    assert "ledger.jsonl: was changed while it was in use" in run.err
    assert newsroom.ledger.read_bytes() == pulled
    assert newsroom.site() == site
    newsroom.build_well(now=LATER)
    assert "Noch eine Meldung" in newsroom.ids()


def test_what_a_killed_run_left_beside_the_ledger_is_gone(newsroom: Newsroom) -> None:
    stray = newsroom.folder / ".ledger.jsonl.feeds-tmp"
    stray.write_bytes(b"halb")
    newsroom.write("c.txt", "Noch eine Meldung")
    newsroom.build_well(now=LATER)
    assert not stray.exists()


def test_an_article_takes_no_instant_of_one_that_leaves(newsroom: Newsroom, tmp_path: Path) -> None:
    (newsroom.folder / "seeds/a.txt").unlink()
    newsroom.write("c.txt", "Etwas ganz anderes")
    other = newsroom.copy_to(tmp_path / "other")
    newsroom.build_well(now=LATER)
    other.build_well(now=LATER)
    assert newsroom.site() == other.site()
    assert newsroom.ledger.read_bytes() == other.ledger.read_bytes()


def test_archives_of_articles_that_are_gone_follow_the_settings(tmp_path: Path) -> None:
    settings = SETTINGS + "[feeds]\nentries = 2\nhours = 0\n"
    newsroom = Newsroom.make(tmp_path / "room", settings)
    for number in range(8):
        newsroom.write(f"{number}.txt", f"Meldung Nummer {number}", stamp=f"2{number} Juni 2024, 14:05")
    newsroom.build_well()
    for number in range(2):
        (newsroom.folder / f"seeds/{number}.txt").unlink()
    newsroom.build_well(now=LATER)
    newsroom.configure(settings.replace('"Blatt"', '"Platt"'))
    newsroom.build_well(now=LATER)
    archive = newsroom.public / "archiv/1/atom.xml"
    assert b"Platt" in archive.read_bytes()
    assert b"<entry>" not in archive.read_bytes()
