"""The watch: settings are read anew when they are written, neither before nor never."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import watchfiles
from watchfiles._rust_notify import WatchfilesRustInternalError
from watchfiles.main import FileChange

from feeds.config import Config, load_config
from feeds.serve import watching
from feeds.serve.watching import Watch, stamp_file
from feeds.store import open_library
from tests.newsroom import SETTINGS, Newsroom
from tests.processes import WAIT_SECONDS


@pytest.fixture
def config(tmp_path: Path) -> Config:
    newsroom = Newsroom.make(tmp_path / "newsroom")
    config = load_config(newsroom.folder / "config.toml")
    open_library(config.library.database).close()
    return config


@pytest.fixture
def watch(config: Config) -> Iterator[Watch]:
    with closing(Watch(config, read=stamp_file(config.path))) as watch:
        yield watch


def write(config: Config, text: str) -> None:
    assert config.path is not None
    config.path.write_text(text, encoding="utf-8")


def write_seed(config: Config, name: str) -> None:
    (config.find_folder(config.sources[0]) / name).write_text("Text", encoding="utf-8")


def test_settings_that_stay_are_no_change(watch: Watch) -> None:
    assert watch.wait(0.5, generation=None) == "time"


def test_settings_that_were_written_while_they_were_read_are_a_change(config: Config) -> None:
    read = stamp_file(config.path)
    write(config, SETTINGS + "\n# later\n")
    with closing(Watch(config, read=read)) as watch:
        assert watch.wait(30, generation=None) == "settings"
        write(config, SETTINGS + "\n# later still\n")
        watch.follow(config)
        assert watch.wait(30, generation=None) == "settings"
        watch.follow(config)
        assert watch.wait(0.5, generation=None) == "time"


def test_a_file_that_is_being_written_is_waited_for(
    config: Config, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Longer than the writer may be kept waiting on a busy machine.
    monkeypatch.setattr(watching, "FILLED_SECONDS", WAIT_SECONDS)
    write(config, "")
    writer = threading.Timer(0.7, write, (config, SETTINGS + "\n# all of it\n"))
    writer.start()
    reason = watch.wait(WAIT_SECONDS, generation=None)
    assert config.path is not None
    found = config.path.read_text(encoding="utf-8")
    writer.join()
    assert (reason, found.endswith("all of it\n")) == ("settings", True)


def test_settings_that_were_emptied_for_good_are_read(
    config: Config, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "FILLED_SECONDS", 0.3)
    write(config, "")
    assert watch.wait(30, generation=None) == "settings"


def test_a_signal_reads_them_at_once_and_what_follows_is_seen(config: Config, watch: Watch) -> None:
    watch.wake()
    assert watch.wait(30, generation=None) == "settings"
    write(config, SETTINGS + "\n# later\n")
    assert watch.wait(30, generation=None) == "settings"


def test_a_name_that_is_not_utf_8_is_a_change_and_what_follows_is_seen(config: Config, watch: Watch) -> None:
    odd = os.fsencode(config.find_folder(config.sources[0])) + b"/b\xfccher.txt"
    try:
        for number in range(2):
            Path(os.fsdecode(odd)).write_text(f"Text {number}", encoding="utf-8")
            assert watch.wait(30, generation=None) == "change"
        write_seed(config, "a.txt")
        assert watch.wait(30, generation=None) == "change"
        assert watch.wait(0.5, generation=None) == "time", "it is told once"
    finally:
        os.unlink(odd)  # noqa: PTH108 (a path of bytes)


def test_what_comes_while_there_is_no_watcher_is_seen(
    config: Config, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As while another one is made: its first answer is that it can't tell."""
    made: list[int] = []

    def fail(*_folders: Path, **_options: object) -> Iterator[set[FileChange]]:
        made.append(len(made))
        if len(made) <= 3:
            raise WatchfilesRustInternalError
        while True:
            time.sleep(0.01)
            yield set()

    monkeypatch.setattr("watchfiles.watch", fail)
    watch.follow(config)
    assert [watch.wait(0, generation=None) for _ in range(4)] == ["change", "change", "change", "time"]
    assert len(made) == 4


def test_a_folder_that_can_not_be_looked_into_hides_no_other(
    config: Config, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For root every folder can be: this is what others meet."""
    real = watchfiles.watch

    def refuse(*folders: Path, ignore_permission_denied: bool = False, **options: Any) -> Iterator[set[FileChange]]:
        if not ignore_permission_denied:
            raise PermissionError(13, "Permission denied")
        return real(*folders, **options)

    monkeypatch.setattr("watchfiles.watch", refuse)
    watch.follow(config)
    write_seed(config, "a.txt")
    assert watch.wait(30, generation=None) == "change"
