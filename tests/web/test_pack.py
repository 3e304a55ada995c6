"""The pack: what fills it, and what removes it, never meet."""

from __future__ import annotations

from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feeds.config import load_config
from feeds.errors import LibraryError
from feeds.ingest.orders import OperatorOrder
from feeds.publish.run import Job, publish
from feeds.site import Site
from feeds.store import Connection, open_library
from feeds.web.pack import Packing, folder_of_packs, load_packed
from tests.newsroom import Newsroom

LATER = datetime(2026, 2, 2, tzinfo=UTC)


def test_an_erasure_removes_no_pack_that_a_server_fills(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server's round begins when the erasure is in the library and the packs are to be removed."""
    newsroom = Newsroom.make(tmp_path / "room")
    newsroom.write("a.txt", rest="Sie nannte den geheimen Satz.")
    newsroom.write("b.txt", "Etwas anderes", stamp="24 Juni 2024, 10:00")
    newsroom.build_well()
    config = load_config(newsroom.folder / "config.toml")
    folder = folder_of_packs(config.library.database)
    rounds: list[tuple[Connection, Packing]] = []
    monkeypatch.setattr("feeds.store.library.BUSY_SECONDS", 0)
    with ExitStack() as server:
        library = server.enter_context(closing(open_library(config.library.database)))

        def begin_round(stage: str, _number: int, _total: int) -> None:
            if stage == "writing" and not rounds:
                connection = server.enter_context(library.write())
                rounds.append((connection, Packing(connection, folder)))

        orders = [OperatorOrder("erase", "seeds/a.txt")]
        job = Job(config=config, now=LATER, folder=tmp_path / "another", orders=orders, progress=begin_round)
        with pytest.raises(LibraryError, match="is held by another run") as caught:
            publish(job, scrub=True)
        assert "`feeds build` overwrites what was erased" in str(caught.value)
        ((connection, packing),) = rounds
        packing.complete(Site(connection, config, now=LATER))
    with closing(open_library(config.library.database)) as library, library.read() as connection:
        assert load_packed(connection)
    assert list(folder.glob("*.pack"))
    newsroom.build(now="2026-02-03T00:00:00Z")
    assert not folder.exists()
    assert not [path for path in newsroom.library.parent.iterdir() if b"geheimen Satz" in path.read_bytes()]
