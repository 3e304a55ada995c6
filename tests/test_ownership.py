"""What root makes in another user's tree is that user's: one command of root's must not lock a server's user out."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from feeds.ownership import find_owner, open_plainly
from tests.newsroom import Newsroom

SOMEBODY = 65_534
ADDED = "2026-02-02T02:02:02Z"


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[int, int], tuple[int, int]]:
    """What was given to whom, by the numbers of device and file. Whoever runs the tests counts as root."""
    given: dict[tuple[int, int], tuple[int, int]] = {}
    chown = os.chown

    def note(made: Any, user: int, group: int, **more: Any) -> None:
        status = os.stat(made)  # noqa: PTH116 (a handle or a path)
        given[status.st_dev, status.st_ino] = (user, group)
        chown(made, user, group, **more)

    monkeypatch.setattr(os, "chown", note)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    return given


def test_what_root_makes_is_the_users_whose_tree_it_is(
    tmp_path: Path, given: dict[tuple[int, int], tuple[int, int]]
) -> None:
    room = Newsroom(tmp_path / "room")
    room.folder.mkdir()
    if os.getuid() == 0:
        os.chown(room.folder, SOMEBODY, SOMEBODY)
    owner = room.folder.stat().st_uid, room.folder.stat().st_gid
    run = room.feeds("init")
    assert run.code == 0, run.told
    written = [room.write("alt.txt", "Etwas Altes"), room.write("neu.txt", "Etwas Neues")]
    room.build_well()
    run = room.feeds("withdraw", "seeds/neu.txt", "--now", ADDED)
    assert run.code == 0, run.told
    room.build_well("--compress", now=ADDED)
    found = [path for path in room.folder.rglob("*") if path not in written]
    assert {
        room.folder / "config.toml",
        room.folder / "seeds",
        room.ledger,
        room.library,
        room.public / "atom.xml.gz",
        room.public / "politik",
    } <= set(found)
    for path in found:
        status = path.stat()
        assert given.get((status.st_dev, status.st_ino)) == owner == (status.st_uid, status.st_gid), path


def test_who_is_not_root_gives_nothing_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert find_owner(tmp_path) is None


@pytest.mark.parametrize("link", [os.symlink, os.link])
@pytest.mark.parametrize(
    "name", [".feeds/library.sqlite", ".feeds/library.sqlite-lock", ".ledger.jsonl.feeds-tmp", "public"]
)
def test_a_link_gives_nobody_what_is_not_theirs(
    tmp_path: Path, given: dict[tuple[int, int], tuple[int, int]], name: str, link: Callable[[Path, Path], None]
) -> None:
    """Who owns the tree may put a link there before root runs a command."""
    room = Newsroom.make(tmp_path / "room")
    room.write("neu.txt", "Etwas Neues")
    secret = tmp_path / "secret"
    secret.touch()
    place = room.folder / name
    place.parent.mkdir(exist_ok=True)
    if os.getuid() == 0:
        for path in (room.folder, place.parent):
            os.chown(path, SOMEBODY, SOMEBODY)
    link(secret, place)
    status = secret.stat()
    room.build()
    assert (status.st_dev, status.st_ino) not in given
    assert (secret.stat().st_uid, secret.stat().st_gid) == (status.st_uid, status.st_gid)


def test_a_file_is_not_opened_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "there").write_text("there", encoding="utf-8")
    (tmp_path / "link").symlink_to("there")
    with pytest.raises(OSError, match="symbolic"):
        open_plainly(tmp_path / "link", os.O_WRONLY | os.O_TRUNC)
    assert (tmp_path / "there").read_text(encoding="utf-8") == "there"
