"""A worker's counts: without them readers are served as well."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest

from feeds.ownership import write_text
from feeds.serve.run_folder import find_tally, list_tallies, list_workers
from feeds.serve.worker import _keep_tally
from feeds.web.tally import Tally, add_tallies


def test_counts_are_written(tmp_path: Path) -> None:
    assert _keep_tally(Tally(), tmp_path / "worker-1.json")
    assert (tmp_path / "worker-1.json").read_text(encoding="utf-8") == Tally().dump()


def test_a_folder_that_was_deleted_with_the_library_is_made_again(tmp_path: Path) -> None:
    assert _keep_tally(Tally(), tmp_path / "gone" / "worker-1.json")
    assert (tmp_path / "gone" / "worker-1.json").exists()


def test_a_worker_is_known_though_a_full_disk_has_no_room_for_its_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = find_tally(tmp_path, os.getpid())

    def write_if_empty(path: Path, text: str) -> None:
        if text:
            raise OSError(28, "No space left on device")
        write_text(path, text)

    monkeypatch.setattr("feeds.ownership.write_text", write_if_empty)
    assert not _keep_tally(Tally(), path)
    assert list_workers(tmp_path) == [os.getpid()]
    assert add_tallies(list_tallies(tmp_path)) == Tally()


def test_counts_that_cant_be_written_are_told_and_end_no_worker(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "worker-1.json").mkdir()
    with caplog.at_level(logging.WARNING):
        assert not _keep_tally(Tally(), tmp_path / "worker-1.json")
    assert "the counts of requests can't be written" in caplog.text
