"""What an output folder's files are: the same whether this process looks at them or another one meanwhile."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from feeds.build import JOURNAL, load_manifest
from feeds.publish.fingerprint import digest_files, take_fingerprint
from tests.newsroom import NOW, SETTINGS, Newsroom

SHARED = """
import json, os, signal, sys
from pathlib import Path
from feeds.publish import fingerprint
from feeds.publish.fingerprint import take_fingerprint, take_fingerprint_meanwhile

fingerprint.LEAST_BYTES = 0
folder = Path("public")
"""
"""Code of a process without other threads (as test runners have), in which any folder is large."""

BUILD = """
from feeds.cli import main

fork, forks = os.fork, []
os.fork = lambda: forks.append(fork()) or forks[-1]
try:
    main(sys.argv[1:])
finally:
    print(len(forks), file=sys.stderr)
"""


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    newsroom = Newsroom.make(tmp_path / "newsroom")
    newsroom.write("a.txt")
    newsroom.build_well()
    return newsroom


def ask(newsroom: Newsroom, code: str) -> Any:
    """What a process prints last that runs some code."""
    run = newsroom.spawn_code(SHARED + code)
    assert run.code == 0, run.told
    return json.loads(run.out)


def build(newsroom: Newsroom, *, processes: int) -> str:
    """Build in a process in which any folder is large, and that asks for so many others; what it told."""
    run = newsroom.spawn_code(SHARED + BUILD, "build", "--now", NOW)
    assert run.code == 0, run.told
    assert run.err.splitlines()[-1] == str(processes)
    return run.out


def test_another_process_sees_the_same(newsroom: Newsroom) -> None:
    code = """
with take_fingerprint_meanwhile(folder, workers=2) as ahead:
    own = take_fingerprint(folder)
    seen = [ahead.digest, own.digest]
    (folder / "index.html").write_bytes(b"")
    (folder / "rss.xml").unlink()
    touched = ["index.html", "rss.xml"]
    print(json.dumps([type(ahead) is type(own), *seen, ahead.renew(touched), own.renew(touched)]))
"""
    is_same_kind, ahead, own, ahead_then, own_then = ask(newsroom, code)
    assert not is_same_kind
    assert ahead == own
    assert ahead_then == own_then
    assert len({ahead, ahead_then, None}) == 3


def test_who_knows_the_names_sees_the_same(newsroom: Newsroom) -> None:
    names = load_manifest(newsroom.public).keys()
    assert digest_files(newsroom.public, names) == take_fingerprint(newsroom.public).digest
    (newsroom.public / "rss.xml").unlink()
    assert digest_files(newsroom.public, names) is None


def test_a_process_that_was_ended_has_seen_nothing(newsroom: Newsroom) -> None:
    code = """
fork = os.fork
pids = []
os.fork = lambda: pids.append(fork()) or pids[-1]
with take_fingerprint_meanwhile(folder, workers=2) as ahead:
    first = ahead.digest
    os.kill(pids[0], signal.SIGKILL)
    os.waitid(os.P_PID, pids[0], os.WEXITED | os.WNOWAIT)
    seen = [first, ahead.renew(["index.html"])]
with take_fingerprint_meanwhile(folder, workers=2) as ahead:
    os.kill(pids[1], signal.SIGKILL)
    os.waitid(os.P_PID, pids[1], os.WEXITED | os.WNOWAIT)
    is_told = ahead.digest is not None
print(json.dumps([*seen, is_told and ahead.digest != first]))
"""
    first, renewed, is_other = ask(newsroom, code)
    assert first
    assert renewed is None
    assert not is_other


def test_a_system_without_room_for_a_process_looks_by_itself(newsroom: Newsroom) -> None:
    code = """
def refuse():
    raise BlockingIOError("Resource temporarily unavailable")

os.fork = refuse
with take_fingerprint_meanwhile(folder, workers=2) as ahead:
    print(json.dumps(ahead.digest == take_fingerprint(folder).digest))
"""
    assert ask(newsroom, code) is True


@pytest.mark.parametrize("name", ["index.html", ".feeds-manifest.json"])
def test_a_file_that_is_gone_is_no_fingerprint(newsroom: Newsroom, name: str) -> None:
    (newsroom.public / name).unlink()
    assert take_fingerprint(newsroom.public).digest is None


def test_a_run_that_was_killed_is_no_fingerprint(newsroom: Newsroom) -> None:
    (newsroom.public / JOURNAL).touch()
    assert take_fingerprint(newsroom.public).digest is None


def test_another_run_makes_it_out_of_date(newsroom: Newsroom) -> None:
    before = take_fingerprint(newsroom.public)
    assert before.is_current()
    newsroom.write("b.txt", "Straße gesperrt")
    newsroom.build_well()
    assert not before.is_current()


def test_a_killed_run_makes_it_out_of_date(newsroom: Newsroom) -> None:
    before = take_fingerprint(newsroom.public)
    (newsroom.public / JOURNAL).touch()
    assert not before.is_current()


@pytest.mark.parametrize("workers", [1, 2])
def test_a_build_is_the_same_whoever_looks(newsroom: Newsroom, workers: int) -> None:
    newsroom.configure(f"{SETTINGS}\n[build]\nworkers = {workers}\n")
    build(newsroom, processes=workers - 1)
    newsroom.write("b.txt", "Straße gesperrt")
    assert "1 file new, 9 changed, 0 removed, 12 unchanged" in build(newsroom, processes=workers - 1)
    assert "nothing to do" in build(newsroom, processes=workers - 1)
    before = newsroom.site()
    (newsroom.public / "politik/atom.xml").write_bytes(b"")
    assert "1 changed" in build(newsroom, processes=workers - 1)
    assert newsroom.site() == before
