"""What is read of a file: no more than the limit, and nothing is waited for in vain."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from feeds.check import files
from feeds.check.files import read_file
from feeds.check.text import MAX_BYTES
from feeds.check.tree import check_tree

RSS = Path(__file__).parents[1] / "data" / "check" / "good" / "careful" / "rss.xml"


def test_a_file_is_read_as_it_is() -> None:
    assert read_file(RSS) == RSS.read_bytes()


def test_of_a_file_without_end_no_more_is_read_than_shows_that_it_is_too_large() -> None:
    assert len(read_file(Path("/dev/zero"))) == MAX_BYTES + 1


def test_a_file_beyond_the_limit_does_not_end_the_check_of_a_folder(tmp_path: Path) -> None:
    with (tmp_path / "a.xml").open("wb") as large:
        large.truncate(1 << 40)
    (tmp_path / "rss.xml").write_bytes(RSS.read_bytes().replace(b"Tue, 25 Jun 2024 14:05", b"Wed, 25 Jun 2024 14:05"))
    found = {(objection.path, objection.rule) for objection in check_tree(tmp_path)}
    assert found > {("a.xml", "too-large"), ("rss.xml", "wrong-weekday")}


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    return path


def test_a_pipe_that_nobody_writes_is_given_up(pipe: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "SILENCE_SECONDS", 0.05)
    with pytest.raises(TimeoutError, match=r"nothing came out of it for 0\.05 seconds"):
        read_file(pipe)


def test_a_pipe_that_keeps_silent_is_given_up(pipe: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "SILENCE_SECONDS", 0.05)
    with os.fdopen(os.open(pipe, os.O_RDWR), "wb", buffering=0) as writer:
        writer.write(b"<rss")
        with pytest.raises(TimeoutError):
            read_file(pipe)


def test_a_pipe_is_read_to_its_end(pipe: Path) -> None:
    body = RSS.read_bytes() * 200
    writer = threading.Thread(target=pipe.write_bytes, args=(body,))
    writer.start()
    assert read_file(pipe) == body
    writer.join()
