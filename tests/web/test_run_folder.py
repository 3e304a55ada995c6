"""A server's folder beside its library: other servers see it for as long as it runs, whatever is deleted there."""

from __future__ import annotations

import errno
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from feeds.errors import ServeError
from feeds.serve import run_folder
from feeds.serve.run_folder import declare_settings, find_rival, list_run_folders, open_run_folder
from feeds.store.lock import hold
from tests.processes import WAIT_SECONDS, wait_until


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(run_folder, "LOOK_SECONDS", 0.02)
    return tmp_path / "library.sqlite"


@pytest.fixture
def folder(database: Path) -> Iterator[Path]:
    with open_run_folder(database, "these") as folder:
        yield folder


def is_whole(database: Path, folder: Path) -> bool:
    settings = folder / "settings"
    return list_run_folders(database) == [folder] and settings.is_file() and settings.read_text() == "these"


def is_told(caplog: pytest.LogCaptureFixture, times: int) -> bool:
    return len(caplog.messages) == times


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS])
@pytest.mark.parametrize("where", ["make_folder", "write_text"])
def test_a_start_on_a_full_disk_is_none_without_an_end(
    database: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, number: int, where: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(run_folder, where, fail)
        context = open_run_folder(database, "these")
        folder = context.__enter__()
        wait_until(lambda: is_told(caplog, 1), "it is told")
        assert os.strerror(number) in caplog.messages[0]
    wait_until(lambda: is_whole(database, folder), "there is room again")
    context.__exit__(None, None, None)
    assert list_run_folders(database) == []


def test_a_start_that_has_no_right_to_write_fails(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(run_folder, "write_text", fail)
    with pytest.raises(ServeError, match="Permission denied"), open_run_folder(database, "these"):
        pass


@pytest.mark.parametrize("lost", [["settings"], ["server.lock"], ["settings", "server.lock"]])
def test_what_is_deleted_comes_back_and_other_settings_are_still_refused(
    database: Path, folder: Path, lost: list[str]
) -> None:
    for name in lost:
        (folder / name).unlink()
    wait_until(lambda: is_whole(database, folder), "the server shows itself again")
    other = folder.with_name("other-1")
    declare_settings(other, "others")
    assert find_rival(other) is not None


def test_settings_that_are_no_text_are_declared_again(database: Path, folder: Path) -> None:
    for _ in range(2):
        # At once, for a text that is cut short is a text.
        (folder / "broken").write_bytes(b"\xff\xfe")
        (folder / "broken").replace(folder / "settings")
        wait_until(lambda: (folder / "settings").read_bytes() == b"these", "the server shows itself again")
    assert list_run_folders(database) == [folder]


def test_an_error_of_the_disk_does_not_end_it(
    database: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(run_folder, "hold", fail)
        (folder / "settings").unlink()
        wait_until(partial(is_told, caplog, 1), "what is in the way is told")
    wait_until(lambda: is_whole(database, folder), "the server shows itself again")
    assert "Input/output error" in caplog.messages[0]


def test_a_server_that_ends_does_not_wait_for_one_that_starts(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting: list[Path] = []

    def hold_noted(path: Path, **options: Any) -> AbstractContextManager[None]:
        waiting.append(path)
        return hold(path, **options)

    with open_run_folder(database, "these") as folder, ExitStack() as other:
        starting = folder.with_name("starting.lock")
        other.enter_context(hold(starting, seconds=1, subject=database, error=ServeError))
        monkeypatch.setattr(run_folder, "hold", hold_noted)
        monkeypatch.setattr(run_folder, "START_SECONDS", 2 * WAIT_SECONDS)
        (folder / "settings").unlink()
        wait_until(lambda: starting in waiting, "the server waits to show itself again")
        end = time.monotonic() + WAIT_SECONDS
        # The other starts for longer than this server takes to end.
        held = other.pop_all()
    assert time.monotonic() < end
    held.close()


def test_a_folder_that_goes_while_it_is_looked_at_is_none(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_run_folder(database, "these") as folder:
        top = folder.parent
    iterate = Path.iterdir

    def iterate_what_goes(path: Path) -> Iterator[Path]:
        if path == top:
            shutil.rmtree(path)
        return iterate(path)

    monkeypatch.setattr(Path, "iterdir", iterate_what_goes)
    assert list_run_folders(database) == []


def test_a_server_that_starts_meanwhile_does_not_take_it_for_dead(
    database: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused: list[ServeError] = []

    def start_meanwhile(path: Path, **options: Any) -> AbstractContextManager[None]:
        if path == folder / "server.lock":
            starting = hold(folder.with_name("starting.lock"), seconds=0, subject=database, error=ServeError)
            with pytest.raises(ServeError, match="is held by another run") as caught, starting:
                shutil.rmtree(folder)
            refused.append(caught.value)
        return hold(path, **options)

    monkeypatch.setattr(run_folder, "hold", start_meanwhile)
    # Renamed first: the server shows itself again meanwhile.
    shutil.rmtree(folder.rename(database.with_name("deleted")))
    wait_until(lambda: is_whole(database, folder), "the server shows itself again")
    assert refused


def test_an_obstacle_is_told_each_time_that_it_comes(
    database: Path, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings, starting = folder / "settings", folder.with_name("starting.lock")
    for times in (1, 2):
        starting.unlink()
        starting.mkdir()
        settings.unlink()
        settings.mkdir()
        wait_until(partial(is_told, caplog, times), "what is in the way is told")
        time.sleep(0.1)
        settings.rmdir()
        starting.rmdir()
        wait_until(lambda: is_whole(database, folder), "the server shows itself again")
    assert len(caplog.messages) == 2
    assert "can't be locked: Is a directory" in caplog.messages[0]
