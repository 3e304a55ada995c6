"""What empties a site and is no news, a clock far back or a folder without its texts, is told as long as it is so."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.newsroom import SETTINGS, Newsroom

FIRST, SECOND = "2026-01-02T12:00:00Z", "2026-01-03T12:00:00Z"
CLOCK = "has an article that was first seen at 2026-01-03T12:00:00Z"
SOURCE = "sources.0.folder: the source 'seeds' reads nothing: its folder holds no text"


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    """A newsroom with two articles from before it began, and one that came a day later."""
    room = Newsroom.make(tmp_path / "room")
    room.write("eins.txt", "Eins ist da")
    room.write("zwei.txt", "Zwei ist da", published="2023-06-25T10:00:00Z")
    room.build_well(now=FIRST)
    room.write("drei.txt", "Drei ist da", stamp="1 Januar 2026, 10:00")
    room.build_well("--strict", now=SECOND)
    return room


@pytest.mark.parametrize(
    ("now", "held"),
    [
        ("1970-01-01T00:00:00Z", ": 3 articles that are due by then are held back"),
        ("2025-01-01T00:00:00Z", ": 1 article that is due by then is held back"),
        ("2026-01-02T11:59:59Z", ""),
    ],
)
def test_a_clock_far_behind_the_ledger_is_warned_of_in_every_run(room: Newsroom, now: str, held: str) -> None:
    for _ in range(2):
        run = room.build("--strict", now=now)
        assert run.code == 1
        assert f"warning: ledger.jsonl: {CLOCK}, and for this run it is {now}{held}\n" in run.err
    assert CLOCK not in room.build_well("--strict", now=SECOND).err


def test_the_environment_may_set_the_clock_back_too(room: Newsroom) -> None:
    run = room.feeds("build", "--strict", "--format", "json", env={"SOURCE_DATE_EPOCH": "0"})
    assert run.code == 1
    [finding] = json.loads(run.out)["findings"]
    assert (finding["rule"], finding["path"]) == ("clock-behind", "ledger.jsonl")


def test_a_clock_that_is_a_day_behind_is_no_wrong_one(room: Newsroom) -> None:
    room.build_well("--strict", now="2026-01-02T12:00:00Z")


@pytest.mark.parametrize("is_known", [True, False])
def test_a_clock_is_behind_what_was_seen_last_whatever_came_by_it(room: Newsroom, *, is_known: bool) -> None:
    """Nor is it right because what was seen last is gone."""
    (room.folder / "seeds/drei.txt").unlink()
    room.write("alt.txt", "Alt ist es", published="2020-01-01T10:00:00Z")
    room.build(now="2025-01-01T00:00:00Z")
    assert room.lines()[-1]["seen"] == "2025-01-01T00:00:00Z"
    if not is_known:
        shutil.rmtree(room.library.parent)
    assert CLOCK in room.build("--strict", now="2025-01-01T00:00:00Z").err


def test_an_emptied_folder_is_warned_of_as_long_as_it_is_empty(room: Newsroom) -> None:
    shutil.move(room.folder / "seeds", room.folder / "elsewhere")
    (room.folder / "seeds").mkdir()
    (room.folder / "seeds/README.md").write_text("Hier liegen die Texte.", encoding="utf-8")
    for _ in range(3):
        run = room.build("--strict", now=SECOND)
        assert run.code == 1
        assert f"warning: config.toml:8: {SOURCE}\n  put its texts back" in run.err
    shutil.rmtree(room.library.parent)
    assert SOURCE in room.build("--strict", now=SECOND).err
    shutil.copytree(room.folder / "elsewhere", room.folder / "seeds", dirs_exist_ok=True)
    assert SOURCE not in room.build_well("--strict", now=SECOND).err


def test_a_new_newsroom_may_be_empty(tmp_path: Path) -> None:
    room = Newsroom.make(tmp_path / "room")
    for _ in range(2):
        room.build_well("--strict")


def test_one_empty_folder_beside_others_is_told_from_the_first_build_on(tmp_path: Path) -> None:
    room = Newsroom.make(tmp_path / "room", f'{SETTINGS}\n[[sources]]\nname = "korrespondenten"\nfolder = "mehr"\n')
    (room.folder / "mehr").mkdir()
    room.write("eins.txt", "Eins ist da")
    for _ in range(2):
        assert "the source 'korrespondenten' reads nothing: its folder holds no text" in room.build("--strict").err


def test_one_empty_folder_is_told_from_the_first_build_on_though_nothing_is_published_yet(tmp_path: Path) -> None:
    room = Newsroom.make(tmp_path / "room", f'{SETTINGS}\n[[sources]]\nname = "mehr"\nfolder = "mehr"\n')
    (room.folder / "mehr").mkdir()
    room.write("eins.txt", "Eins ist da", status="draft")
    assert "the source 'mehr' reads nothing: its folder holds no text" in room.build_well().err


def test_a_folder_may_be_empty_whose_articles_are_kept(room: Newsroom) -> None:
    room.configure(f'{SETTINGS}\n[feeds]\nvanished = "keep"\n')
    for path in (room.folder / "seeds").iterdir():
        path.unlink()
    run = room.build_well("--strict", now=SECOND)
    assert "reads nothing" not in run.err
    assert len(room.entries()) == 3
