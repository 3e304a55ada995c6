"""A lock is held by processes that run, and tells who holds it."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from feeds.errors import LibraryError, OutputError
from feeds.store import open_library
from feeds.store.lock import hold, tell_holder
from tests.processes import WAIT_SECONDS

HOLD = """
import os, sys, time
from pathlib import Path
from feeds.errors import OutputError
from feeds.store.lock import hold
path = Path(sys.argv[2])
with hold(path, seconds=0, subject=path, error=OutputError):
    if "fork" in sys.argv and os.fork():
        os._exit(0)
    print("held", flush=True)
    time.sleep(60)
"""


@contextmanager
def held_by_another(path: Path, *more: str) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-c", HOLD, "build", str(path), *more]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        try:
            yield process
        finally:
            process.kill()


def take(path: Path, seconds: float = 0) -> None:
    with hold(path, seconds=seconds, subject=Path("public"), error=OutputError):
        pass


def test_who_holds_a_lock_is_told(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.lock"
    with held_by_another(path) as process:
        with pytest.raises(OutputError, match=rf"held by another run \(process {process.pid} on .*: feeds build\)"):
            take(path, seconds=0.1)
        assert str(process.pid) in tell_holder(path)


def test_the_lock_of_a_killed_process_blocks_nobody(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    with held_by_another(path) as process:
        process.kill()
        process.wait()
        assert path.read_bytes() != b""
        assert tell_holder(path) == ""
        take(path)


def test_a_forked_child_does_not_hold_its_parents_lock(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    with subprocess.Popen([sys.executable, "-c", HOLD, "build", str(path), "fork"], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        assert process.wait() == 0
        take(path)
        # It ends when it can't print any more, at the latest after its sleep; nothing waits for it.
        process.stdout.close()


def test_a_forked_child_leaves_what_its_parent_holds(tmp_path: Path) -> None:
    code = (
        HOLD.partition("    if ")[0] + "    child = os.fork()\nos._exit(os.waitpid(child, 0)[1] >> 8 if child else 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "build", str(tmp_path / "a.lock")], capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_lock_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    with held_by_another(path) as process:
        ended = subprocess.Popen(["/bin/sh", "-c", f"sleep 0.3; kill -9 {process.pid}"])
        take(path, seconds=WAIT_SECONDS)
        ended.wait()


def test_a_lock_whose_folder_was_deleted_is_taken_where_it_is_now(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    with held_by_another(path):
        path.unlink()
        take(path)


def test_a_lock_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="can't be locked"):
        take(tmp_path / "file" / "a.lock")


def test_a_library_that_is_written_says_by_whom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feeds.store.library.BUSY_SECONDS", 0.05)
    path = tmp_path / "library.sqlite"
    library = open_library(path)
    with (
        held_by_another(path.with_name("library.sqlite-lock")) as process,
        pytest.raises(LibraryError, match=f"process {process.pid}"),
        library.write(),
    ):
        pass
    with library.write(), library.read():
        # Who only reads waits for nobody.
        pass
    library.close()


@pytest.mark.parametrize(
    ("number", "hint"), [(errno.ENOSPC, "make room on its disk"), (errno.EACCES, "check the permissions of ")]
)
def test_what_keeps_a_lock_from_being_made_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, hint: str
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("feeds.store.lock.open_plainly", refuse)
    with pytest.raises(OutputError, match=f"can't be locked: {os.strerror(number)}") as caught:
        take(tmp_path / "a.lock")
    assert str(caught.value.hint).startswith(hint)


def test_a_lock_holds_on_a_full_disk_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the text that says who holds it needs room."""

    def refuse(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "pwrite", refuse)
    path = tmp_path / "a.lock"
    with hold(path, seconds=0, subject=path, error=OutputError):
        with pytest.raises(OutputError) as caught:
            take(path)
        assert caught.value.what == "is held by another run"
    take(path)
