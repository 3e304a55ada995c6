"""One pass of newsboat, as people run it."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from contextlib import closing

import pytest

from tests.processes import WAIT_SECONDS
from tests.web.serving import Server


@pytest.mark.debian
@pytest.mark.skipif(shutil.which("newsboat") is None, reason="newsboat is not installed")
@pytest.mark.parametrize("name", ["atom.xml", "rss.xml"])
def test_newsboat_shows_the_articles_once_and_asks_conditionally(server: Server, name: str) -> None:
    folder = server.folder / f"newsboat-{name}"
    folder.mkdir()
    (folder / "urls").write_text(f"{server.base}politik/{name}\n", encoding="utf-8")
    (folder / "config").write_text("", encoding="utf-8")
    command = ["newsboat", "-u", str(folder / "urls"), "-c", str(folder / "cache.db"), "-C", str(folder / "config")]
    for _ in range(3):
        subprocess.run([*command, "-x", "reload"], check=True, timeout=WAIT_SECONDS, capture_output=True)
    with closing(sqlite3.connect(folder / "cache.db")) as cache:
        titles = [row[0] for row in cache.execute("SELECT title FROM rss_item ORDER BY pubDate DESC")]
        etag, modified = cache.execute("SELECT etag, lastmodified FROM rss_feed").fetchone()
    assert titles == [f"Meldung {number} aus dem Rathaus" for number in (3, 2, 1)]
    assert etag
    assert modified
