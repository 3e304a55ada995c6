"""A published state: a folder, an address; what they list, and what they don't leave."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from feeds.diff import Address, Folder, compare, open_state
from feeds.diff.states import is_about_others, relate
from feeds.errors import CheckError
from tests.modelled import WINDOW, Model
from tests.newsroom import Newsroom


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
        """Say nothing."""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    room = Newsroom.make(tmp_path_factory.mktemp("states") / "room")
    room.write("a.txt")
    room.write("b.txt", "Etwas anderes", category="Kultur")
    room.build_well()
    return room


@pytest.fixture
def address(room: Newsroom) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(room.public)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_folder_lists_feeds_not_archives_nor_pages(tmp_path: Path) -> None:
    model = Model()
    for _ in range(2 * WINDOW):
        model.add("politik")
    for path, body in model.publish().documents.items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)
    (tmp_path / "artikel" / "x").mkdir(parents=True)
    (tmp_path / "artikel" / "x" / "atom.xml").write_bytes(b"")
    folder = Folder(tmp_path)
    assert folder.list_feeds() == ["atom.xml", "rss.xml", "politik/atom.xml", "politik/rss.xml"]
    assert folder.load("archiv/1/atom.xml") is not None
    assert folder.load("nowhere/atom.xml") is None
    assert all(diff.is_unchanged for diff in compare(folder, model.publish()))


def test_a_folder_gives_nothing_from_outside(tmp_path: Path) -> None:
    (tmp_path / "public").mkdir()
    (tmp_path / "secret.xml").write_bytes(b"secret")
    assert Folder(tmp_path / "public").load("../secret.xml") is None


def test_a_folder_that_is_none_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CheckError, match="is no folder"):
        open_state(tmp_path / "nowhere")


def test_an_address_lists_the_feeds_of_its_list_under_any_base(room: Newsroom, address: str) -> None:
    state = open_state(address.rstrip("/"))
    # The documents name https://example.org/ as their base; all is asked for below the address.
    assert {"atom.xml", "kultur/rss.xml", "politik/feed.json"} <= set(state.list_feeds())
    diffs = compare(state, Folder(room.public))
    # Feeds beside the categories are in no list, so that only who has the folder knows of them.
    assert {diff.path.partition("/")[0] for diff in diffs if not diff.is_unchanged} == {"korrekturen"}


def test_an_address_may_be_one_feed(room: Newsroom, address: str) -> None:
    state = open_state(address + "politik/atom.xml")
    assert state.list_feeds() == ["atom.xml"]
    assert [diff.path for diff in compare(state, open_state(address + "politik/atom.xml"))] == ["atom.xml"]
    assert all(diff.is_unchanged for diff in compare(state, Folder(room.public / "politik")) if diff.state != "added")


def test_an_address_without_feeds_has_none(address: str) -> None:
    assert Address(address + "nirgends/").list_feeds() == []


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("https://a.example/f/archiv/1/atom.xml", "archiv/1/atom.xml"),
        ("https://a.example/f/atom.xml?page=2", "atom.xml"),
        ("https://b.example/f/atom.xml", None),
        ("https://a.example/f/../../etc/passwd", None),
        ("https://a.example/f//b.example/atom.xml", None),
        ("https://a.example/f/https://b.example/atom.xml", None),
        ("https://a.example/f/", None),
    ],
)
def test_an_address_is_related_only_below_the_base(address: str, path: str | None) -> None:
    assert relate(address, base="https://a.example/f/") == path


def test_corrections_tell_of_others() -> None:
    assert is_about_others("korrekturen/atom.xml")
    assert not is_about_others("politik/atom.xml")
