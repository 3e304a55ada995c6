"""Two branches that both add articles are merged, and no article is lost, whichever way the ledger was put together."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.newsroom import SETTINGS, Newsroom

FIRST, SECOND, THIRD = "2026-01-02T12:00:00Z", "2026-01-03T12:00:00Z", "2026-01-04T12:00:00Z"
MARKS = re.compile(r"^(?:<<<<<<<|=======|>>>>>>>).*\n", re.MULTILINE)
pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


def git(room: Newsroom, *args: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    identity = ["-c", "user.name=x", "-c", "user.email=x@blatt.example", "-c", "merge.conflictStyle=merge"]
    # A hook names its repository by these.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(
        ["git", *identity, *args], cwd=room.folder, env=kept, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0 or not check, done.stderr
    return done


def add(room: Newsroom, *names: str, now: str) -> None:
    """Texts of a branch, built there."""
    for number, name in enumerate(names):
        room.write(f"{name}.txt", f"Bericht {name}", stamp=f"{number + 1} Juli 2024, 10:00")
    room.build_well(now=now)


def commit(room: Newsroom) -> None:
    git(room, "add", "config.toml", "seeds", "ledger.jsonl")
    git(room, "commit", "-qm", "Texte")


def branch_off(folder: Path, settings: str, *, common: int, one: list[str], two: list[str]) -> Newsroom:
    """Two branches that each add texts; the second is checked out."""
    room = Newsroom.make(folder / "room", settings)
    git(room, "init", "-q", "-b", "one")
    add(room, *[f"vorher {number}" for number in range(common)], now=FIRST)
    commit(room)
    git(room, "branch", "two")
    add(room, *one, now=SECOND)
    commit(room)
    git(room, "checkout", "-q", "two")
    shutil.rmtree(room.library.parent)
    add(room, *two, now=SECOND)
    commit(room)
    return room


@pytest.mark.parametrize("how", ["marks removed", "union"])
@pytest.mark.parametrize("into", ["one", "two"])
def test_no_article_of_two_branches_is_lost(tmp_path: Path, how: str, into: str) -> None:
    room = branch_off(tmp_path, SETTINGS, common=2, one=["eins a", "eins b"], two=["zwei a", "zwei b"])
    git(room, "checkout", "-q", into)
    if how == "union":
        (room.folder / ".gitattributes").write_text("ledger.jsonl merge=union\n", encoding="utf-8")
    merged = git(room, "merge", "-q", "two" if into == "one" else "one", check=False)
    assert (merged.returncode == 0) == (how == "union"), merged.stdout
    text = room.ledger.read_text(encoding="utf-8")
    room.ledger.write_text(MARKS.sub("", text), encoding="utf-8")
    run = room.build_well(now=THIRD)
    assert "ledger.jsonl: two branches were merged into it" in run.err
    assert "'/, politik'" in run.err
    titles = {f"Bericht {name}" for name in ("vorher 0", "vorher 1", "eins a", "eins b", "zwei a", "zwei b")}
    for feed in ("", "politik"):
        assert set(room.ids(feed)) == titles
        assert sorted(line["places"][feed or "/"] for line in room.lines()) == [1, 2, 3, 4, 5, 6]
    assert room.feeds("check", "--now", THIRD).code == 0
    # It is told once, and from then on the ledger is as any other.
    ledger = room.ledger.read_bytes()
    other = room.copy_to(tmp_path / "other")
    run = other.build_well(now=THIRD)
    assert "two branches" not in run.told
    assert (other.site(), other.ledger.read_bytes()) == (room.site(), ledger)


def test_whichever_branch_is_merged_into_which_the_site_is_the_same(tmp_path: Path) -> None:
    found = []
    for into in ("one", "two"):
        (tmp_path / into).mkdir()
        room = branch_off(tmp_path / into, SETTINGS, common=1, one=["eins a", "eins b"], two=["zwei"])
        git(room, "checkout", "-q", into)
        (room.folder / ".gitattributes").write_text("ledger.jsonl merge=union\n", encoding="utf-8")
        git(room, "merge", "-q", "two" if into == "one" else "one")
        room.build_well(now=THIRD)
        found.append((room.site(), room.ledger.read_text(encoding="utf-8")))
    assert found[0] == found[1]


def test_places_that_both_branches_sealed_are_told_and_what_is_told_to_do_helps(tmp_path: Path) -> None:
    """The archive documents of the branch that was published stay as they are."""
    settings = SETTINGS + "\n[feeds]\nentries = 2\nhours = 0\n"
    room = branch_off(tmp_path, settings, common=3, one=["eins"], two=["zwei"])
    git(room, "checkout", "-q", "one")
    shutil.rmtree(room.public)
    room.build_well(now=THIRD)
    published = room.site()
    archive = re.findall(rb"<id>.*?</id>", published["politik/archiv/2/atom.xml"])
    (room.folder / ".gitattributes").write_text("ledger.jsonl merge=union\n", encoding="utf-8")
    git(room, "merge", "-q", "two")
    run = room.build(now=THIRD)
    assert run.code == 1
    assert "ledger.jsonl:9: this article has places in archive documents that the one of line 8 has too" in run.err
    assert "'/: 4, politik: 4'" in run.err
    assert room.site() == published
    text = room.ledger.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if "bericht-zwei" in line)
    edited = line.replace('{"/": 4, "politik": 4}', "{}")
    assert edited != line
    room.ledger.write_text(text.replace(line, edited), encoding="utf-8")
    room.build_well("--gate", now=THIRD)
    assert "Bericht zwei" in room.ids()
    assert room.feeds("check", "--now", THIRD).code == 0
    assert re.findall(rb"<id>.*?</id>", room.site()["politik/archiv/2/atom.xml"]) == archive
    other = room.copy_to(tmp_path / "other")
    other.build_well(now=THIRD)
    assert other.site() == room.site()


def test_all_places_that_both_branches_sealed_are_told_at_once_and_one_step_ends_it(tmp_path: Path) -> None:
    settings = SETTINGS + "\n[feeds]\nentries = 2\nhours = 0\n"
    new = [f"{word} {number}" for word in ("eins", "zwei") for number in range(5)]
    room = branch_off(tmp_path, settings, common=3, one=new[:5], two=new[5:])
    git(room, "checkout", "-q", "one")
    shutil.rmtree(room.public)
    room.build_well(now=THIRD)
    published, ledger = room.site(), room.ledger.read_bytes()
    (room.folder / ".gitattributes").write_text("ledger.jsonl merge=union\n", encoding="utf-8")
    git(room, "merge", "-q", "two")
    run = room.build(now=THIRD)
    assert run.code == 1
    lines = re.findall("^error: ledger.jsonl:([0-9]+): this article has places in archive", run.err, re.MULTILINE)
    assert len(lines) > 1
    assert lines == sorted(lines, key=int)
    assert run.err.count(f"both sealed, and {len(lines)} articles have places of another: use the ledger of the") == 1
    room.ledger.write_bytes(ledger)
    room.build_well("--gate", now=THIRD)
    assert room.ledger.read_text(encoding="utf-8").count('"path"') == 3 + len(new)
    assert room.feeds("check", "--now", THIRD).code == 0
    sealed = [path for path in published if re.search("archiv/[0-9]+/atom.xml", path)]
    for path in sealed:
        assert re.findall(b"<id>.*?</id>", room.site()[path]) == re.findall(b"<id>.*?</id>", published[path])
