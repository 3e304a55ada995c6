"""A worker's counts: without them readers are served as well."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from feeds.serve.worker import _keep_tally
from feeds.web.tally import Tally


def test_counts_are_written(tmp_path: Path) -> None:
    assert _keep_tally(Tally(), tmp_path / "worker-1.json")
    assert (tmp_path / "worker-1.json").read_text(encoding="utf-8") == Tally().dump()


def test_a_folder_that_was_deleted_with_the_library_is_made_again(tmp_path: Path) -> None:
    assert _keep_tally(Tally(), tmp_path / "gone" / "worker-1.json")
    assert (tmp_path / "gone" / "worker-1.json").exists()


def test_counts_that_cant_be_written_are_told_and_end_no_worker(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "worker-1.json").mkdir()
    with caplog.at_level(logging.WARNING):
        assert not _keep_tally(Tally(), tmp_path / "worker-1.json")
    assert "the counts of requests can't be written" in caplog.text
