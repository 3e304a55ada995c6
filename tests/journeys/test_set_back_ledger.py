"""A ledger that says less than what was published is told, and stops the gate; one that went on elsewhere is not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.newsroom import BASE, Newsroom, Run

FIRST, SECOND, THIRD = "2026-01-02T12:00:00Z", "2026-01-03T12:00:00Z", "2026-01-04T12:00:00Z"
ARTICLES = 8
TOLD = "ledger.jsonl: says less than what the last run published"


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    room = Newsroom.make(tmp_path / "room")
    for number in range(ARTICLES):
        room.write(f"{number}.txt", f"Bericht {number}", stamp=f"{number + 1} Juli 2024, 10:00")
    room.build_well(now=FIRST)
    return room


def cut(room: Newsroom, articles: int) -> None:
    """Cut the ledger at the end of the line of its last article but some."""
    lines = room.ledger.read_bytes().splitlines(keepends=True)
    room.ledger.write_bytes(b"".join(lines[:-articles]))


def order(room: Newsroom, *args: str) -> None:
    run = room.feeds(*args, "--now", SECOND)
    assert run.code == 0, run.told


def is_told(run: Run) -> bool:
    return TOLD in run.err


def test_a_ledger_that_was_cut_is_warned_of_once(room: Newsroom) -> None:
    path = room.lines()[-3]["path"]
    cut(room, 3)
    run = room.build_well(now=SECOND)
    assert f"warning: {TOLD} (3 articles are missing): " in run.err
    assert repr(path)[:-1] in run.err
    assert "restore it from version control" in run.err
    assert not is_told(room.build_well("--strict", now=SECOND))


@pytest.mark.parametrize(
    ("options", "level", "rule"),
    [([], "warning", "ledger-behind"), (["--strict"], "error", "blocked"), (["--gate"], "error", "blocked")],
)
def test_a_host_is_told_which_file_was_set_back(room: Newsroom, options: list[str], level: str, rule: str) -> None:
    cut(room, 1)
    run = room.build("--format", "json", *options, now=SECOND)
    [finding] = json.loads(run.out)["findings"]
    assert (finding["level"], finding["rule"], finding["path"]) == (level, rule, "ledger.jsonl")
    assert "1 article is missing" in finding["what"]


@pytest.mark.parametrize("option", ["--gate", "--strict"])
def test_nothing_is_published_until_the_ledger_is_back(room: Newsroom, option: str) -> None:
    whole = room.ledger.read_bytes()
    cut(room, 3)
    site, ledger = room.site(), room.ledger.read_bytes()
    for _ in range(2):
        run = room.build(option, now=SECOND)
        assert run.code == 1
        assert f"error: {TOLD} (3 articles are missing)" in run.err
        assert (room.site(), room.ledger.read_bytes()) == (site, ledger)
    room.ledger.write_bytes(whole)
    room.build_well(option, now=SECOND)
    assert room.site() == site


def test_what_was_meant_is_built_once_without_the_gate(room: Newsroom) -> None:
    cut(room, 3)
    assert room.build_well(now=SECOND).err.count(TOLD) == 1
    assert not is_told(room.build_well("--gate", "--strict", now=SECOND))


def test_of_what_is_missing_orders_are_counted_and_named_first(room: Newsroom) -> None:
    order(room, "withdraw", "seeds/6.txt")
    path = room.lines()[6]["path"]
    cut(room, 3)
    run = room.build("--strict", now=SECOND)
    assert f"(3 articles are missing, 1 withdrawal or erasure is gone): '{path}, /artikel/" in run.err


@pytest.mark.parametrize("how", ["withdraw", "erase"])
@pytest.mark.parametrize("is_there", [True, False])
def test_an_order_that_is_gone_from_the_ledger_stops_the_gate(room: Newsroom, how: str, *, is_there: bool) -> None:
    before = room.ledger.read_bytes()
    if not is_there:
        # What has left all feeds is no loss, and an order for it is one.
        (room.folder / "seeds/3.txt").unlink()
        room.build_well(now=FIRST)
        before = room.ledger.read_bytes()
    path = room.lines()[3]["path"]
    order(room, how, path, *(["--yes"] if how == "erase" else []))
    room.ledger.write_bytes(before)
    run = room.build("--gate", now=THIRD)
    assert run.code == 1
    assert "1 withdrawal or erasure is gone" in run.err


def test_a_withdrawal_by_its_file_that_is_gone_from_the_ledger_is_told(room: Newsroom) -> None:
    before = room.ledger.read_bytes()
    room.write("3.txt", "Bericht 3", stamp="4 Juli 2024, 10:00", status="withdrawn")
    room.build_well(now=SECOND)
    room.ledger.write_bytes(before)
    assert "1 withdrawal or erasure is gone" in room.build("--strict", now=THIRD).err


@pytest.mark.parametrize("how", ["order", "file"])
def test_what_was_restored_elsewhere_is_not_told(room: Newsroom, tmp_path: Path, how: str) -> None:
    other = room.copy_to(tmp_path / "other")
    for each in (room, other):
        if how == "order":
            order(each, "withdraw", "seeds/3.txt")
        else:
            each.write("3.txt", "Bericht 3", stamp="4 Juli 2024, 10:00", status="withdrawn")
            each.build_well(now=SECOND)
        assert "withdrawn" in each.lines()[3]
    if how == "order":
        order(other, "restore", "seeds/3.txt")
    else:
        other.write("3.txt", "Bericht 3", stamp="4 Juli 2024, 10:00")
        other.build_well(now=SECOND)
    shutil.copy(other.ledger, room.ledger)
    shutil.copy(other.folder / "seeds/3.txt", room.folder / "seeds/3.txt")
    assert not is_told(room.build_well("--strict", now=THIRD))
    assert "withdrawn" not in room.lines()[3]


def test_what_had_left_all_feeds_may_go_from_the_ledger(room: Newsroom) -> None:
    (room.folder / "seeds/7.txt").unlink()
    room.build_well(now=SECOND)
    assert "left" in room.lines()[-1]
    cut(room, 1)
    room.build_well("--gate", "--strict", now=THIRD)


def test_a_ledger_that_went_on_elsewhere_is_not_told(room: Newsroom, tmp_path: Path) -> None:
    other = room.copy_to(tmp_path / "other")
    other.write("neu.txt", "Ganz neu")
    other.build_well(now=SECOND)
    order(other, "erase", "seeds/0.txt", "--yes")
    order(other, "withdraw", "seeds/1.txt")
    shutil.copy(other.ledger, room.ledger)
    shutil.copy(other.folder / "seeds/neu.txt", room.folder / "seeds")
    assert not is_told(room.build(now=THIRD))


def test_a_library_made_anew_knows_nothing_to_tell(room: Newsroom) -> None:
    cut(room, 3)
    shutil.rmtree(room.library.parent)
    assert not is_told(room.build_well("--strict", now=SECOND))


def test_a_ledger_in_which_an_article_got_another_id_is_not_told(room: Newsroom) -> None:
    """As by `feeds adopt --replace`: it is known by its keys."""
    old = room.lines()[3]["id"]
    text = room.ledger.read_text(encoding="utf-8")
    room.ledger.write_text(text.replace(old, "tag:alt.example,2020:3"), encoding="utf-8")
    run = room.build_well("--strict", now=SECOND)
    assert not is_told(run)
    assert "tag:alt.example,2020:3" in room.ids().values()


def test_a_branch_with_another_history_is_told_once(room: Newsroom) -> None:
    """The ledger counts, whatever the library knew."""
    before = room.ledger.read_bytes()
    room.write("neu.txt", "Ganz neu")
    room.build_well(now=SECOND)
    room.ledger.write_bytes(before)
    (room.folder / "seeds/neu.txt").unlink()
    assert is_told(room.build_well(now=THIRD))
    assert not is_told(room.build_well(now=THIRD))
    assert room.ledger.read_bytes() == before


def test_a_path_that_was_edited_in_the_ledger_is_warned_of_once(room: Newsroom) -> None:
    text = room.ledger.read_text(encoding="utf-8")
    path = room.lines()[-1]["path"]
    other = path.replace("bericht", "meldung")
    room.ledger.write_text(text.replace(path, other), encoding="utf-8")
    run = room.build("--strict", "--dry-run", now=SECOND)
    assert run.code == 1
    told = f"warning: ledger.jsonl: 1 page has another path than the one that was published: '{path} -> {other}'\n"
    assert told in run.err
    assert told in room.build_well(now=SECOND).err
    with (room.folder / "config.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[redirects]\n"{path}" = "{other}"\n')
    assert "warning" not in room.build_well("--strict", "--compress", now=SECOND).err
    assert f"{path} {BASE[:-1]}{other} 301\n" in (room.public / "_redirects").read_text(encoding="utf-8")


def test_an_erased_one_has_another_path_and_is_no_warning(room: Newsroom, tmp_path: Path) -> None:
    cache = shutil.copytree(room.library.parent, tmp_path / "cache")
    order(room, "erase", "seeds/3.txt", "--yes")
    (room.folder / "seeds/3.txt").unlink()
    shutil.rmtree(room.library.parent)
    shutil.copytree(cache, room.library.parent)
    room.build_well("--strict", now=THIRD)
