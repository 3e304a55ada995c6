"""How the program ends where it can't do what it was asked for: by a word, and by no traceback."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path

import pytest

from tests.newsroom import COMMAND, Newsroom
from tests.processes import WAIT_SECONDS, wait_until

FULL = Path("/dev/full")


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    newsroom = Newsroom.make(tmp_path / "room")
    newsroom.write("a.txt")
    return newsroom


@pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("command", [["parse", "seeds/a.txt"], ["build", "--format", "json"], ["--help"]])
def test_what_can_not_be_printed_is_told(newsroom: Newsroom, command: list[str]) -> None:
    with FULL.open("w") as full:
        run = subprocess.run(
            [*COMMAND, *command],
            cwd=newsroom.folder,
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=WAIT_SECONDS,
            check=False,
        )
    assert run.returncode == 1
    assert run.stderr.decode().endswith("error: what was found can't be written: No space left on device\n")


@pytest.mark.parametrize("option", [("--now", "gestern"), ("--base-url", "foo"), ("--base-url", "https://a.b/?c=d")])
@pytest.mark.parametrize("command", ["build", "check"])
def test_an_option_with_a_wrong_value_is_wrong_usage(newsroom: Newsroom, command: str, option: tuple[str, str]) -> None:
    run = newsroom.feeds(command, *option)
    assert run.code == 2
    assert f"Error: Invalid value for {option[0]}: " in run.err
    assert repr(option[1]) in run.err


def test_what_settings_lack_is_no_wrong_usage(newsroom: Newsroom) -> None:
    newsroom.configure('[site]\nbase_url = "foo"\n')
    assert newsroom.feeds("build").code == 1
    assert newsroom.feeds("build", "--base-url", "https://blatt.example/").code == 0


def test_nobody_needs_to_listen(newsroom: Newsroom) -> None:
    command = ["sh", "-c", 'exec "$@" >&-', "sh", *COMMAND, "parse", "seeds/a.txt"]
    run = subprocess.run(command, cwd=newsroom.folder, stderr=subprocess.PIPE, timeout=WAIT_SECONDS, check=False)
    assert (run.returncode, run.stderr) == (0, b"")


PATHS = [
    ["withdraw"],
    ["restore"],
    ["erase"],
    ["check"],
    ["diff", "public"],
    ["adopt"],
    ["init"],
    ["build", "--config"],
    ["build", "--output"],
    ["build", "--against"],
    ["build", "--summary"],
    ["build", "--changed-files"],
]


@pytest.mark.parametrize("command", [*PATHS, ["diff", "", "public"]])
def test_an_empty_path_is_not_the_current_folder(newsroom: Newsroom, command: list[str]) -> None:
    before = sorted(newsroom.folder.rglob("*"))
    run = newsroom.feeds(*command, *([] if "" in command else [""]))
    assert run.code == 2
    assert "is empty" in run.err
    assert sorted(newsroom.folder.rglob("*")) == before


@pytest.mark.parametrize("command", [command for command in PATHS if command != ["check"]])
def test_a_name_that_no_file_can_have_is_told_by_a_word(newsroom: Newsroom, command: list[str]) -> None:
    run = newsroom.feeds(*command, "x" * 300)
    assert run.code == 2
    assert "is too long" in run.err
    address = "https://127.0.0.1:1/" + "x" * 300
    if command[0] in {"withdraw", "erase"}:
        # An address may be as long.
        assert newsroom.feeds(*command, address, *(["--yes"] if command[0] == "erase" else [])).code == 1


@pytest.mark.parametrize("address", ["http://a..example/", "http://[x"])
def test_an_address_that_is_none_is_told_by_a_word(newsroom: Newsroom, address: str) -> None:
    newsroom.build_well()
    for command in (["check"], ["diff", "public"], ["build", "--gate", "--against"]):
        run = newsroom.feeds(*command, address)
        assert run.code == 1
        assert f"error: {address}" in run.err
        assert "is no address" in run.err


def test_a_build_that_is_terminated_says_so_and_publishes_nothing(newsroom: Newsroom) -> None:
    # The build waits for a library that another holds, and is ended there.
    newsroom.build_well()
    newsroom.write("b.txt", "Etwas anderes")
    holder = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
    holder += " c.execute('BEGIN IMMEDIATE'); print('held', flush=True); sys.stdin.read()"
    command = [COMMAND[0], "-c", holder, str(newsroom.library)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        before = newsroom.site()
        with subprocess.Popen([*COMMAND, "build"], cwd=newsroom.folder, stderr=subprocess.PIPE) as build:
            lock = newsroom.library.with_name(f"{newsroom.library.name}-lock")
            wait_until(lambda: str(build.pid) in lock.read_text(encoding="utf-8"), "the build waits")
            build.send_signal(signal.SIGTERM)
            _, told = build.communicate(timeout=WAIT_SECONDS)
        other.kill()
    assert told.decode().splitlines()[-1] == "interrupted"
    assert build.returncode == 130
    assert newsroom.site() == before


def test_ids_that_are_minted_anew_beside_published_feeds_are_told(newsroom: Newsroom) -> None:
    newsroom.build_well()
    newsroom.ledger.unlink()
    assert "the library knows what it said" in newsroom.build_well().err
    newsroom.ledger.unlink()
    for file in newsroom.library.parent.glob("library*"):
        file.unlink()
    assert "new ids are minted although feeds are here" in newsroom.build_well().err
