"""A published state: a folder, an address; what they list, and what they don't leave."""

from __future__ import annotations

import errno
import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from feeds.check.tree import check_tree
from feeds.diff import Address, Folder, compare, open_state, say_unasked
from feeds.diff.paths import is_about_others, relate
from feeds.errors import CheckError
from feeds.render.sitemap import render_sitemap_index
from tests.modelled import WINDOW, Model, render_atom
from tests.newsroom import BASE, SETTINGS, Newsroom
from tests.served import serve


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    room = Newsroom.make(tmp_path_factory.mktemp("states") / "room", f'{SETTINGS}\n[feeds]\nsets = ["source"]\n')
    room.write("a.txt")
    room.write("b.txt", "Etwas anderes", category="Kultur")
    room.build_well()
    return room


@pytest.fixture
def address(room: Newsroom) -> Iterator[str]:
    with serve(room.public) as address:
        yield address


def publish_sets(folder: Path, *names: str) -> Folder:
    """A site with a feed for each of these sources, and nothing that lists them."""
    for name in names:
        path = folder / "quelle" / name
        path.mkdir(parents=True)
        (path / "atom.xml").write_bytes(render_atom(name, f"quelle/{name}/", [], gone=[], archives=0))
    (folder / "atom.xml").write_bytes(render_atom("", "", [], gone=[], archives=0))
    return Folder(folder)


def test_a_folder_lists_feeds_not_archives_nor_pages(tmp_path: Path) -> None:
    model = Model()
    for _ in range(2 * WINDOW):
        model.add("politik")
    model.publish().save(tmp_path)
    (tmp_path / "artikel" / "x").mkdir(parents=True)
    (tmp_path / "artikel" / "x" / "atom.xml").write_bytes(b"")
    # Tags, too, have names of their own.
    named = ["thema/archiv/atom.xml", "thema/artikel/atom.xml", "thema/korrekturen/atom.xml"]
    for name in (*named, "thema/archiv/archiv/1/atom.xml"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_bytes(b"")
    folder = Folder(tmp_path)
    assert folder.list_feeds() == ["atom.xml", "rss.xml", "politik/atom.xml", "politik/rss.xml", *named]
    shutil.rmtree(tmp_path / "thema")
    assert folder.load("archiv/1/atom.xml") is not None
    assert folder.load("nowhere/atom.xml") is None
    assert all(diff.is_unchanged for diff in compare(folder, model.publish()))


def test_a_folder_gives_nothing_from_outside(tmp_path: Path) -> None:
    (tmp_path / "public").mkdir()
    (tmp_path / "secret.xml").write_bytes(b"secret")
    assert Folder(tmp_path / "public").load("../secret.xml") is None


def test_a_folder_that_is_none_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CheckError, match="there is no such folder or file") as caught:
        open_state(tmp_path / "nowhere")
    assert caught.value.hint == "Name a folder, a saved feed, or an address with https://."


def test_an_address_lists_the_feeds_of_its_list_under_any_base(room: Newsroom, address: str) -> None:
    state = open_state(address.rstrip("/"))
    # The documents name https://example.org/ as their base; all is asked for below the address.
    assert {"atom.xml", "kultur/rss.xml", "politik/feed.json"} <= set(state.list_feeds())
    assert all(diff.is_unchanged for diff in compare(state, Folder(room.public)))


def test_an_address_and_the_folder_behind_it_are_one_state(room: Newsroom, address: str) -> None:
    # Corrections have their usual place, and a set's feed has a page that the sitemap names.
    listed = Folder(room.public).list_feeds()
    assert {"korrekturen/atom.xml", "quelle/seeds/feed.json"} <= set(listed)
    assert Address(address).list_feeds() == listed
    for diffs in (compare(Address(address), Folder(room.public)), compare(Folder(room.public), Address(address))):
        assert all(diff.is_unchanged for diff in diffs)


def test_the_folders_of_a_large_site_stand_in_a_sitemap_of_their_own(room: Newsroom, tmp_path: Path) -> None:
    public = Path(shutil.copytree(room.public, tmp_path / "public"))
    (public / "sitemap").mkdir()
    (public / "sitemap.xml").rename(public / "sitemap/pages.xml")
    (public / "sitemap.xml").write_bytes(render_sitemap_index([f"{BASE}sitemap/pages.xml"]))
    with serve(public) as address:
        assert "quelle/seeds/atom.xml" in Address(address).list_feeds()


def test_a_feed_that_no_list_names_is_asked_for_where_the_other_state_has_it(tmp_path: Path) -> None:
    folder = publish_sets(tmp_path, "a", "b")
    with serve(tmp_path) as address:
        assert Address(address).list_feeds() == ["atom.xml"]
        assert all(diff.is_unchanged for diff in compare(Address(address), folder))
        assert all(diff.is_unchanged for diff in compare(folder, Address(address)))


def test_storage_forbids_what_is_not_there(room: Newsroom, tmp_path: Path) -> None:
    shutil.copytree(room.public, tmp_path / "site")
    (tmp_path / "site" / "sitemap.xml").unlink()
    with serve(tmp_path / "site", is_storage=True) as address:
        found = Address(address).list_feeds(["neu/atom.xml", "quelle/seeds/atom.xml"])
        assert found == Folder(tmp_path / "site").list_feeds()
        # What its own lists name should be there.
        (tmp_path / "site" / "politik" / "atom.xml").unlink()
        with pytest.raises(CheckError, match="the answer is not 200: '403'"):
            Address(address).list_feeds()


def test_feeds_beyond_the_bound_are_left_out_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = publish_sets(tmp_path, "a", "b", "c")
    monkeypatch.setattr("feeds.diff.address.MAX_FEEDS", 3)
    with serve(tmp_path) as address:
        for old, new in ((Address(address), folder), (folder, Address(address))):
            # The root, the usual place of corrections, and one more.
            assert [diff.path for diff in compare(old, new)] == ["atom.xml", "quelle/a/atom.xml"]
            unasked = old if isinstance(old, Address) else new
            assert [unasked.covers(f"quelle/{name}/atom.xml") for name in "abc"] == [True, False, False]
            assert (say_unasked(unasked) or "").startswith("2 feeds were not asked for, beyond 3 feeds or 5 minutes")
        assert say_unasked(folder) is None


def test_an_address_that_is_slow_is_not_asked_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = publish_sets(tmp_path, "a", "b")
    monkeypatch.setattr("feeds.diff.address.MAX_SECONDS", 0.0)
    with serve(tmp_path) as address:
        state = Address(address)
        assert [diff.path for diff in compare(state, folder)] == ["atom.xml"]
        assert state.count_unasked() == 3


def test_an_address_may_be_one_feed(room: Newsroom, address: str) -> None:
    state = open_state(address + "politik/atom.xml")
    assert state.list_feeds() == ["atom.xml"]
    assert [diff.path for diff in compare(state, open_state(address + "politik/atom.xml"))] == ["atom.xml"]
    assert all(diff.is_unchanged for diff in compare(state, Folder(room.public / "politik")) if diff.state != "added")


def test_one_feed_is_compared_with_its_like_in_a_whole_site(room: Newsroom, address: str) -> None:
    for name in ("politik/atom.xml", "quelle/seeds/rss.xml", "feed.json"):
        site, feed = Folder(room.public), address + name
        for diffs in (compare(open_state(feed), site), compare(site, open_state(feed))):
            assert [(diff.path, diff.is_unchanged) for diff in diffs] == [(name, True)]


def test_one_feed_is_compared_with_another_whatever_their_names(address: str) -> None:
    (diff,) = compare(open_state(f"{address}politik/atom.xml"), open_state(f"{address}kultur/rss.xml"))
    assert (diff.path, diff.count()["new"]) == ("rss.xml", 1)


@pytest.mark.parametrize("name", ["politik/atom.xml", "quelle/seeds/rss.xml", "feed.json"])
def test_a_saved_feed_is_compared_with_its_like_wherever_it_lies(
    room: Newsroom, address: str, tmp_path: Path, name: str
) -> None:
    saved = tmp_path / f"gestern.{name.rpartition('.')[2]}"
    saved.write_bytes((room.public / name).read_bytes())
    link = tmp_path / "links" / "heute.xml"
    link.parent.mkdir()
    link.symlink_to(saved)
    for file in (saved, link, room.public / name):
        for like in (room.public, address):
            for diffs in (compare(open_state(file), open_state(like)), compare(open_state(like), open_state(file))):
                assert [(diff.path, diff.is_unchanged) for diff in diffs] == [(name, True)]
        for like in (address + name, saved):
            (diff,) = compare(open_state(file), open_state(like))
            assert diff.is_unchanged


def test_a_link_to_a_saved_feed_is_that_feed(room: Newsroom, tmp_path: Path) -> None:
    (tmp_path / "links").mkdir()
    link = tmp_path / "links" / "q.xml"
    link.symlink_to(room.public / "politik/atom.xml")
    for diffs in (
        compare(open_state(link), open_state(room.public)),
        compare(open_state(room.public), open_state(link)),
    ):
        assert [(diff.path, diff.is_unchanged) for diff in diffs] == [("politik/atom.xml", True)]


def test_a_single_feed_that_can_not_be_read_is_an_error_on_either_side(
    room: Newsroom, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "gestern.xml"
    file.touch()
    monkeypatch.setattr("feeds.check.files._open_at_once", lambda path, flags: os.open(f"{path}.gone", flags))
    for feed, what in ((file, "can't be read: No such file"), (address + "weg.xml", "the answer is not 200: '404'")):
        for old, new in ((feed, room.public), (room.public, feed)):
            with pytest.raises(CheckError, match=what):
                compare(open_state(old), open_state(new))


@pytest.mark.parametrize("name", ["politik/atom.xml", "quelle/seeds/rss.xml"])
def test_a_single_feed_that_is_gone_is_not_compared_with_that_of_all(
    room: Newsroom, address: str, tmp_path: Path, name: str
) -> None:
    public = Path(shutil.copytree(room.public, tmp_path / "public"))
    shutil.rmtree((public / name).parent)
    (tmp_path / "gestern.xml").write_bytes((room.public / name).read_bytes())
    with serve(public) as without:
        for feed in (tmp_path / "gestern.xml", room.public / name, address + name):
            for site in (public, without):
                (diff,) = compare(open_state(feed), open_state(site))
                assert (diff.path, diff.state) == (name, "gone")
                (diff,) = compare(open_state(site), open_state(feed))
                assert (diff.path, diff.state) == (name, "added")


def test_what_left_a_saved_feed_for_an_archive_that_was_not_saved_is_not_lost(tmp_path: Path) -> None:
    model = Model()
    for _ in range(3 * WINDOW):
        model.add("politik")
    states = []
    for name in ("old", "new"):
        published = model.publish()
        published.save(tmp_path / name)
        (tmp_path / f"{name}.xml").write_bytes(published.documents["politik/atom.xml"])
        states += [[tmp_path / name, tmp_path / f"{name}.xml", tmp_path / name / "politik/atom.xml"]]
        for _ in range(WINDOW // 2):
            model.add("politik")
    for old, new in [*itertools.product(*states)][1:]:
        (diff,) = compare(open_state(old), open_state(new))
        assert (diff.state, diff.count()["new"], diff.count()["lost"]) == ("kept", WINDOW // 2, 0), (old, new)


def test_a_saved_feed_shows_what_is_shown_again(room: Newsroom, tmp_path: Path) -> None:
    for name in ("alt.xml", "neu.xml"):
        (tmp_path / name).write_bytes((room.public / "atom.xml").read_bytes())
    text = (tmp_path / "neu.xml").read_text(encoding="utf-8")
    identifier = room.ids()["Brücke eröffnet"]
    (tmp_path / "neu.xml").write_text(text.replace(identifier, f"{identifier[:-4]}0000"), encoding="utf-8")
    run = room.feeds("diff", str(tmp_path / "alt.xml"), str(tmp_path / "neu.xml"), "--gate")
    assert run.code == 1
    assert f"shown-again: 'Brücke eröffnet' had the id {identifier} before" in run.out
    run = room.feeds("diff", str(tmp_path / "alt.xml"), "config.toml")
    assert run.code == 1
    assert run.err.startswith("error: config.toml: is no feed")


@pytest.fixture
def shut(room: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A published site, one of whose folders can't be entered."""
    public = Path(shutil.copytree(room.public, tmp_path / "public"))
    scan = os.scandir

    def refuse(path: str) -> object:
        # Whoever runs the tests may have every right.
        if str(path).endswith("politik"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr("os.scandir", refuse)
    return public


def test_a_folder_that_can_not_be_read_is_an_error(room: Newsroom, shut: Path) -> None:
    with pytest.raises(CheckError, match=r"politik: can't be read: Permission denied"):
        compare(Folder(shut), Folder(room.public))


def test_what_can_not_be_listed_is_not_taken_for_gone(room: Newsroom, shut: Path) -> None:
    found = [str(one) for one in check_tree(shut) if one.rule == "unreadable"]
    assert len(found) == 1
    assert "politik" in found[0]
    run = room.feeds("adopt", str(shut))
    assert run.code == 1
    assert "politik: can't be read: Permission denied" in run.err


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
        ("https://a.example/f///[x/atom.xml", None),
    ],
)
def test_an_address_is_related_only_below_the_base(address: str, path: str | None) -> None:
    assert relate(address, base="https://a.example/f/") == path


def test_corrections_tell_of_others() -> None:
    assert is_about_others("korrekturen/atom.xml")
    assert is_about_others("korrekturen/archiv/1/atom.xml")
    assert not is_about_others("thema/korrekturen/atom.xml")
    assert not is_about_others("politik/atom.xml")
