"""What would break readers is held back and told; all else is published, and what was good before stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from feeds.check import Objection
from tests.newsroom import Newsroom

LATER = "2026-02-02T02:02:02Z"


def object_to(text: bytes) -> Any:
    def check(path: str, body: bytes, *_: Any, **__: Any) -> list[Objection]:
        return (
            [Objection("planted", "error", "a test", path, None, "is broken", None, "mend it")] if text in body else []
        )

    return check


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    newsroom = Newsroom.make(tmp_path / "room")
    newsroom.write("a.txt")
    return newsroom


def test_an_entry_that_fails_is_left_out_and_named(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    newsroom.write("b.txt", "Etwas anderes", category="Kultur")
    monkeypatch.setattr("feeds.check.check_entry", object_to(b"Etwas anderes"))
    for _ in range(2):
        run = newsroom.build()
        assert run.code == 1
        assert "error: seeds/b.txt: its atom entry is not published: is broken (planted)" in run.err
    assert list(newsroom.ids()) == ["Brücke eröffnet"]
    assert len(newsroom.lines()) == 1
    assert not (newsroom.public / "kultur").exists()
    monkeypatch.undo()
    newsroom.build_well()
    assert set(newsroom.ids()) == {"Brücke eröffnet", "Etwas anderes"}


def test_a_correction_that_fails_is_told_in_every_run(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    newsroom.build_well()
    newsroom.write("a.txt", rest="Sie ist nun gesperrt.")
    monkeypatch.setattr("feeds.check.check_entry", object_to(b"gesperrt"))
    for _ in range(2):
        assert newsroom.build().code == 1
        assert b"Mehr dazu" in (newsroom.public / "politik/atom.xml").read_bytes()
    monkeypatch.undo()
    newsroom.build_well()
    assert b"gesperrt" in (newsroom.public / "politik/atom.xml").read_bytes()


def test_a_document_that_fails_is_not_written(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feeds.check.check_shell", object_to(b"<title>Politik"))
    for _ in range(2):
        run = newsroom.build()
        assert run.code == 1
        assert "error: /politik/atom.xml: is not published: is broken (planted)" in run.err
        assert not (newsroom.public / "politik/atom.xml").exists()
        assert (newsroom.public / "politik/feed.json").exists()
    monkeypatch.undo()
    newsroom.build_well()
    assert (newsroom.public / "politik/atom.xml").exists()


def test_what_was_good_stays_where_the_new_bytes_fail(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    newsroom.build_well()
    before = (newsroom.public / "politik/atom.xml").read_bytes()
    newsroom.write("b.txt", "Etwas anderes")
    monkeypatch.setattr("feeds.check.check_shell", object_to(b"<title>Politik"))
    assert newsroom.build(now=LATER).code == 1
    assert (newsroom.public / "politik/atom.xml").read_bytes() == before
    assert "Etwas anderes" in newsroom.ids()
    monkeypatch.undo()
    newsroom.build_well(now=LATER)
    assert "Etwas anderes" in newsroom.ids("politik")


@pytest.mark.parametrize("identifier", ["urn:uuid:0000", "urn:ä", "tag:blatt,1"])
def test_an_id_of_front_matter_that_is_none_is_told_with_its_line(tmp_path: Path, identifier: str) -> None:
    newsroom = Newsroom.make(tmp_path / "room")
    newsroom.write("a.txt", category="Politik", id=identifier)
    for _ in range(2):
        run = newsroom.build()
        assert run.code == 1
        assert "error: seeds/a.txt:2: its atom entry is not published: id of the entry is no " in run.err
        assert "\n  write a valid id, such as urn:uuid: and all of its digits, or leave it out\n" in run.err
