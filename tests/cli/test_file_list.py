"""The list of files that `feeds build --files` reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from feeds.cli.file_list import parse_file_list
from tests.newsroom import Newsroom

LISTS = [
    (b"", []),
    (b"seeds/a.txt\nseeds/b c.txt\n", ["seeds/a.txt", "seeds/b c.txt"]),
    (b"\n\nseeds/a.txt", ["seeds/a.txt"]),
    (b"a.txt\nb.txt\na.txt\n", ["a.txt", "b.txt"]),
    (b'a.txt\r\n"b.txt"\r\n\r\n', ["a.txt", "b.txt"]),
    ("seeds/straße.txt\n".encode(), ["seeds/straße.txt"]),
    (b'"seeds/stra\\303\\237e.txt"\n', ["seeds/straße.txt"]),
    (b'"a\\"b\\\\c\\td.txt"\n', ['a"b\\c\td.txt']),
    (b'"\n', ['"']),
    (b'"a.txt\n', ['"a.txt']),
    (b'a\nb.txt\0"c".txt\0', ["a\nb.txt", '"c".txt']),
    (b"\xff.txt\n", ["\udcff.txt"]),
]


@pytest.mark.parametrize(("data", "paths"), LISTS)
def test_a_list_has_a_path_a_line_as_git_writes_it_or_nul_behind_each(data: bytes, paths: list[str]) -> None:
    assert parse_file_list(data) == paths


def test_a_list_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "a")
    run = newsroom.build("--files", "nirgends.list")
    assert run.code == 1
    assert "nirgends.list: can't be read: No such file or directory" in run.err
    assert not newsroom.public.exists()
