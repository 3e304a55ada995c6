"""`feeds status`: says what a library holds, and changes nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tests.newsroom import Newsroom


def test_the_library_of_another_version_is_left_as_it_is(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room", real_seed=True)
    assert "there is no library yet" in newsroom.feeds("status").out
    newsroom.build_well()
    run = newsroom.feeds("status")
    assert run.code == 0
    assert "1 article, " in run.out
    library = sqlite3.connect(newsroom.library)
    library.execute("UPDATE facts SET value = '1' WHERE name = 'schema'")
    library.commit()
    library.close()
    before = newsroom.library.read_bytes()
    run = newsroom.feeds("status")
    assert (run.code, run.err) == (1, "")
    assert "there is no library of this version yet" in run.out
    assert newsroom.library.read_bytes() == before
