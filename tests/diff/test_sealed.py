"""Archive documents keep the ids that they were sealed with: what is lost or foreign in one is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from feeds.config import Gate
from feeds.diff import Change, Folder, compare, judge, open_state, sealed
from tests.modelled import WINDOW, Model, Published
from tests.served import serve

TOMBSTONE = '<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="{}"/></feed>'
ATOM, RSS = "archiv/1/atom.xml", "archiv/1/rss.xml"


@pytest.fixture
def model() -> Model:
    """Three archive documents; entries 0 to 5 are in the first one, in RSS too."""
    model = Model()
    for _ in range(3 * WINDOW):
        model.clock += 600
        model.add("politik")
    return model


def publish(model: Model) -> Published:
    """What a model publishes, without a library's word, and with the first archive document in RSS too."""
    published = Published(model.publish().documents)
    there = [each for each in map(model.articles.__getitem__, range(WINDOW)) if not each.is_removed]
    items = "".join(f"<item><guid>{each.id}</guid><link>{each.link}</link></item>" for each in there)
    published.documents[RSS] = f'<rss version="2.0"><channel><title>B</title>{items}</channel></rss>'.encode()
    return published


def edit(published: Published, path: str, old: str, new: str) -> Published:
    documents = {**published.documents, path: published.documents[path].replace(old.encode(), new.encode())}
    assert documents != published.documents
    return Published(documents)


def cut(published: Published, path: str, name: str) -> Published:
    """Without an entry in one document."""
    start, end = ("<entry>", "</entry>") if path.endswith("atom.xml") else ("<item>", "</item>")
    parts = published.documents[path].decode().split(start)
    (entry,) = [part for part in parts if f">{name}<" in part]
    return edit(published, path, start + entry.partition(end)[0] + end, "")


def find_lost(before: Published, after: Published) -> list[Change]:
    return [change for diff in compare(before, after) for change in diff.list_changes("lost")]


def test_the_same_archive_loses_nothing(model: Model) -> None:
    assert not find_lost(publish(model), publish(model))


@pytest.mark.parametrize("path", [ATOM, RSS])
def test_an_id_that_is_lost_in_one_document_stops_a_publication(model: Model, path: str) -> None:
    before = publish(model)
    after = cut(before, path, "urn:x:2")
    assert [(each.id, each.what) for each in find_lost(before, after)] == [
        ("urn:x:2", "is in the archive document /archiv/1/ no more, and nothing says why")
    ]
    reasons = judge(compare(before, after), Gate())
    assert [(each.path, each.rule) for each in reasons] == [(path.removeprefix("archiv/1/"), "lost")]


@pytest.mark.parametrize("path", [ATOM, RSS])
def test_an_id_that_is_another_in_one_document_is_told_with_the_one_before(model: Model, path: str) -> None:
    before = publish(model)
    (told,) = find_lost(before, edit(before, path, "urn:x:2<", "urn:y:2<"))
    assert (told.id, told.what) == ("urn:y:2", "had the id urn:x:2 in the archive document /archiv/1/")


def test_an_entry_that_a_whole_document_was_sealed_without_is_foreign(model: Model) -> None:
    before = publish(model)
    foreign = "<entry><id>urn:y:1</id><title>Fremd</title></entry></feed>"
    (told,) = find_lost(before, edit(before, ATOM, "</feed>", foreign))
    assert (told.id, told.title) == ("urn:y:1", "Fremd")
    assert told.what == "is in the archive document /archiv/1/, which was sealed without it"


@pytest.mark.parametrize("removed", [True, False])
def test_what_is_removed_and_what_comes_back_are_in_their_place(model: Model, *, removed: bool) -> None:
    """In RSS no tombstone tells of it, but Atom's beside it does."""
    there = publish(model)
    model.articles[2].is_removed = True
    gone = publish(model)
    before, after = (there, gone) if removed else (gone, there)
    assert before.documents[RSS] != after.documents[RSS]
    assert not find_lost(before, after)


def test_an_entry_that_left_no_tombstone_may_come_back(model: Model) -> None:
    there = publish(model)
    assert not find_lost(cut(cut(there, ATOM, "urn:x:2"), RSS, "urn:x:2"), there)


def test_what_a_library_knows_to_be_removed_may_go_where_atom_has_no_archive(model: Model) -> None:
    before = publish(model)
    for path in [path for path in before.documents if path.startswith("archiv/") and path != RSS]:
        del before.documents[path]
    after = cut(before, RSS, "urn:x:2")
    assert [each.id for each in find_lost(before, after)] == ["urn:x:2"]
    after.reasons = {(path, "urn:x:2"): "removed" for path in ("atom.xml", "rss.xml")}
    assert not find_lost(before, after)


def test_a_guid_that_stands_in_rss_alone_goes_with_the_tombstone_of_its_entry(model: Model) -> None:
    before = edit(publish(model), RSS, "urn:x:2<", "nr2<")
    after = cut(cut(before, RSS, "nr2"), ATOM, "urn:x:2")
    after = edit(after, ATOM, "</feed>", TOMBSTONE.format("urn:x:2"))
    assert not find_lost(before, after)


def test_of_a_whole_archive_some_ids_are_told(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed, "MAX_TOLD", 3)
    before = publish(model)
    after = before
    for number in range(WINDOW):
        after = edit(after, ATOM, f"urn:x:{number}<", f"urn:y:{number}<")
    assert len(find_lost(before, after)) == 3


@pytest.mark.parametrize(("most", "lost"), [(100, ["urn:x:2"]), (1, [])])
def test_an_address_is_followed_to_its_archive(
    model: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, lost: list[str]
) -> None:
    monkeypatch.setattr(sealed, "MAX_FOLLOWED", most)
    before = publish(model)
    new = Folder(cut(before, ATOM, "urn:x:2").save(tmp_path / "new"))
    old = before.save(tmp_path / "old")
    with serve(old) as address:
        assert [each.id for diff in compare(open_state(address), new) for each in diff.list_changes("lost")] == lost
    assert [each.id for diff in compare(Folder(old), new) for each in diff.list_changes("lost")] == ["urn:x:2"]


@pytest.mark.parametrize(
    ("spoil", "is_read"), [(lambda body: body[:-1] + b"!", False), (lambda body: body + b"!", True)]
)
def test_what_was_noted_of_a_file_holds_while_its_size_does(
    model: Model, tmp_path: Path, spoil: Callable[[bytes], bytes], *, is_read: bool
) -> None:
    folder = publish(model).save(tmp_path)
    body = (folder / ATOM).read_bytes()
    state = Folder(folder, find_noted={ATOM: ("noted", len(body))}.get)
    (folder / ATOM).write_bytes(spoil(body))
    assert (state.find_digest(ATOM) != "noted") == is_read
    assert (state.find_digest(RSS), state.find_digest("archiv/9/atom.xml")) == (Folder(folder).find_digest(RSS), None)
