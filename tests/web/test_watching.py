"""The watch: settings are read anew when they are written, neither before nor never."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

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
