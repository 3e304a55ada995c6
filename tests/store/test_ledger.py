"""The ledger: what is written comes back, a line is a fact, and a file is whole or not there."""

from __future__ import annotations

import contextlib
import json
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from feeds.errors import LedgerError
from feeds.store import (
    FeedIdentity,
    Identity,
    iterate_article_lines,
    load_ledger,
    look_at_ledger,
    parse_identity,
    parse_ledger,
    render_head,
    render_identity,
    write_ledger,
)

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
slugs = st.text("abcdefgh0123456789-ä.", min_size=1, max_size=30).filter(lambda text: text not in {".", ".."})
seconds = st.integers(-62_135_596_800, 253_402_300_799)  # years 1 to 9999
instants = st.dictionaries(words, seconds, max_size=3)
identities = st.builds(
    Identity,
    # An IRI has no white space (RFC 3987 section 2.2).
    id=words.map(lambda text: "urn:" + re.sub(r"\s", "", text)),
    path=slugs.map(lambda slug: f"/artikel/{slug}/"),
    keys=st.lists(words.map(lambda text: f"url:{text}"), max_size=4).map(tuple),
    seen=seconds,
    words=words,
    places=st.dictionaries(words, st.integers(1, 10**9), max_size=3),
    nudge=st.integers(0, 59),
    corrected=st.lists(seconds, max_size=3).map(tuple),
    withdrawn=st.none() | seconds,
    buried=st.none() | seconds,
    order=st.sampled_from([None, "withdraw", "erase"]),
    reason=st.none() | words,
    left=instants,
    back=instants,
    published=st.none() | seconds,
    file=st.none() | words,
)
feeds = st.builds(
    FeedIdentity,
    key=words,
    id=words,
    slug=st.just("") | slugs,
    label=words,
    sealed=st.lists(st.tuples(st.integers(1, 1000), st.integers(1, 1000)), max_size=3).map(tuple),
    was=st.lists(slugs, max_size=2).map(tuple),
)


@given(identities)
def test_an_article_is_one_line_that_reads_back(identity: Identity) -> None:
    line = render_identity(identity)
    assert line.endswith("\n")
    assert line.count("\n") == 1
    assert parse_identity(line) == identity


@given(
    words,
    st.lists(feeds, max_size=4, unique_by=(lambda feed: feed.key, lambda feed: feed.slug)),
    st.lists(identities, max_size=4, unique_by=(lambda item: item.id, lambda item: item.path)),
)
def test_a_ledger_reads_back(namespace: str, known: list[FeedIdentity], articles: list[Identity]) -> None:
    text = "".join([*render_head(namespace, known), *map(render_identity, articles)])
    taken = [place for item in articles for place in item.places.items()]
    assume(len(set(taken)) == len(taken))
    ledger = parse_ledger(text)
    assert ledger.namespace == namespace
    assert not ledger.merged
    assert list(ledger.feeds) == known
    assert list(ledger.articles) == articles


@given(identities)
def test_the_order_of_facts_in_memory_changes_no_byte(identity: Identity) -> None:
    left, back = (dict(reversed(instants.items())) for instants in (identity.left, identity.back))
    turned = replace(identity, left=left, back=back)
    assert render_identity(turned) == render_identity(identity)


def test_a_line_says_what_is_so_and_no_more() -> None:
    identity = Identity(id="urn:x:1", path="/a/", keys=("lead:1",), seen=0, words="abc", places={"/": 1})
    assert json.loads(render_identity(identity)) == {
        "id": "urn:x:1", "path": "/a/", "seen": "1970-01-01T00:00:00Z", "words": "abc", "keys": ["lead:1"],
        "places": {"/": 1},
    }  # fmt: skip


def write_merged(*articles: Identity, sealed: tuple[tuple[int, int], ...] = ()) -> str:
    """The text of a ledger of one feed with these articles, in this order."""
    head = render_head("x", [FeedIdentity("/", "urn:x:0", "", "", sealed)])
    return "".join([*head, *map(render_identity, articles)])


def give_place(name: str, place: int, *, seen: int) -> Identity:
    return Identity(f"urn:x:{name}", f"/{name}/", (), seen, "", places={"/": place})


def test_articles_of_two_branches_with_one_place_get_places_anew() -> None:
    """In order of arrival, whichever branch was merged into which; what stands before them stays."""
    common, mine, later = give_place("a", 1, seen=9), give_place("b", 2, seen=5), give_place("c", 3, seen=7)
    theirs, last = give_place("d", 2, seen=6), give_place("e", 3, seen=7)
    texts = [write_merged(common, mine, later, theirs, last), write_merged(common, theirs, last, mine, later)]
    for ledger in map(parse_ledger, texts):
        assert ledger.merged == ("/",)
        places = {item.id: item.places["/"] for item in ledger.articles}
        assert places == {"urn:x:a": 1, "urn:x:b": 2, "urn:x:d": 3, "urn:x:c": 4, "urn:x:e": 5}
    assert [item.id for item in parse_ledger(texts[0]).articles] == [f"urn:x:{name}" for name in "abcde"]


def test_a_place_in_an_archive_document_is_one_articles_alone() -> None:
    sealed, behind = ((2, 1),), [give_place("c", 3, seen=5), give_place("d", 3, seen=5)]
    first, second, other = give_place("a", 1, seen=1), give_place("b", 2, seen=1), give_place("e", 2, seen=1)
    assert parse_ledger(write_merged(first, second, *behind, sealed=sealed)).merged == ("/",)
    with pytest.raises(LedgerError, match=r"ledger:6: .*places .* that the one of line 4 has too: '/: 2'"):
        parse_ledger(write_merged(first, second, *behind[:1], other, sealed=sealed))


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_lines_of_a_feed_that_with_more_archive_documents_counts(order: int) -> None:
    lines = [
        list(render_head("x", [FeedIdentity("/", "urn:x:0", "", "", sealed)])) for sealed in ((), ((2, 2), (3, 1)))
    ]
    text = "".join([lines[0][0], *[line for _, line in lines][::order]])
    ledger = parse_ledger(text)
    assert (ledger.merged, [feed.sealed for feed in ledger.feeds]) == (("/",), [((2, 2), (3, 1))])


def test_two_lines_of_a_feed_that_contradict_each_other_are_told() -> None:
    lines = [list(render_head("x", [FeedIdentity("/", "urn:x:0", "", "", ((2, size), (3, 1)))])) for size in (1, 2)]
    with pytest.raises(LedgerError, match=r"ledger:3: .*other archive documents than line 2 says"):
        parse_ledger("".join([*lines[0], lines[1][1]]))


def test_a_file_is_written_whole_and_only_where_it_differs(tmp_path: Path) -> None:
    path = tmp_path / "unter" / "ledger.jsonl"
    assert load_ledger(path) is None
    assert look_at_ledger(path) is None
    state = write_ledger(path, lambda: [b"a\n", b"b\n"])
    assert state == look_at_ledger(path)
    assert path.read_text() == "a\nb\n"
    before = path.stat().st_ino
    assert write_ledger(path, lambda: [b"a\nb\n"], known=state) == state
    assert path.stat().st_ino == before
    assert [child.name for child in path.parent.iterdir()] == ["ledger.jsonl"]


def test_a_file_is_read_again_only_where_it_may_be_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ledger.jsonl"
    state = write_ledger(path, lambda: [b"a\n"])
    with monkeypatch.context() as patched:
        patched.setattr("hashlib.file_digest", None)
        assert look_at_ledger(path, state) is state
    found = path.stat()
    while path.stat().st_ctime_ns == found.st_ctime_ns:
        path.write_bytes(b"b\n")
        os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
    assert look_at_ledger(path, state) != state
    with pytest.raises(LedgerError, match="was changed while it was in use"):
        write_ledger(path, lambda: [b"a\n", b"c\n"], replaces=state)


def test_a_ledger_that_cannot_be_written_is_enough_where_it_says_all_already(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    state = write_ledger(path, lambda: [b"a\n"])
    # What can be neither written nor removed, as in a folder that is read-only.
    (tmp_path / ".ledger.jsonl.feeds-tmp").mkdir()
    assert write_ledger(path, lambda: [b"a\n"], replaces=state) == state
    assert write_ledger(path, lambda: [b"a\n"], known=state, replaces=state) == state
    with pytest.raises(LedgerError, match="can't be written: Is a directory"):
        write_ledger(path, lambda: [b"b\n"], replaces=state)
    assert path.read_bytes() == b"a\n"


def test_where_the_file_is_a_link_its_target_is_written(tmp_path: Path) -> None:
    (tmp_path / "daten").mkdir()
    path, target = tmp_path / "ledger.jsonl", tmp_path / "daten" / "ledger.jsonl"
    path.symlink_to(target)
    state = write_ledger(path, lambda: [b"a\n"])
    write_ledger(path, lambda: [b"b\n"], replaces=state)
    assert path.is_symlink()
    assert target.read_text() == "b\n"


def test_the_lines_of_articles_come_as_they_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feeds.store.ledger_file.PART_BYTES", 7)
    path = tmp_path / "ledger.jsonl"
    head = list(render_head("example.org/", [FeedIdentity("/", "urn:x:all", "", "Alle")]))
    path.write_text("".join(head), encoding="utf-8")
    assert list(iterate_article_lines(path)) == []
    articles = '{"id": "urn:x:ä", "feed": "x"}\n{"id": "urn:x:b"}\n'
    path.write_text("".join([*head, articles]), encoding="utf-8")
    assert b"".join(iterate_article_lines(path)).decode() == articles


def test_a_byte_order_mark_is_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    path.write_text("".join(render_head("https://blatt.example/", [])), encoding="utf-8-sig")
    with pytest.raises(LedgerError, match="byte order mark") as told:
        load_ledger(path)
    assert told.value.line == 1


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "ledger.jsonl").write_bytes(b"\xff")
    with pytest.raises(LedgerError, match="is not UTF-8"):
        load_ledger(tmp_path / "ledger.jsonl")
    with pytest.raises(LedgerError, match="can't be read"):
        load_ledger(tmp_path)
    with pytest.raises(LedgerError, match="can't be read"):
        look_at_ledger(tmp_path)


@given(st.text(max_size=60))
def test_any_text_is_a_ledger_or_a_told_error(text: str) -> None:
    with contextlib.suppress(LedgerError):
        parse_ledger('{"ledger": 1, "namespace": "x"}\n' + text)


@pytest.mark.parametrize(
    ("slug", "path"),
    [
        ("politik", "/../../../etc/"),
        ("politik", "/artikel/../x/"),
        ("politik", "../x/"),
        ("politik", "/artikel//x/"),
        ("politik", "/artikel/x"),
        ("politik", "/artikel/a\\b/"),
        ("politik", "/artikel/a\n/"),
        ("..", "/artikel/x/"),
        ("../../x", "/artikel/x/"),
        ("politik/", "/artikel/x/"),
    ],
)
def test_what_leads_out_of_the_site_is_told_with_its_line(slug: str, path: str) -> None:
    lines = [
        '{"ledger": 1, "namespace": "x"}\n',
        json.dumps({"feed": "politik", "id": "urn:x", "slug": slug, "label": "Politik"}) + "\n",
        render_identity(Identity("urn:uuid:a", path, ("id:1",), 0, "")),
    ]
    with pytest.raises(LedgerError, match="is no folder of a site") as caught:
        parse_ledger("".join(lines))
    assert caught.value.line == (3 if slug == "politik" else 2)


@pytest.mark.parametrize(
    "facts",
    [
        {"id": ""},
        {"id": "x y"},
        {"keys": ["x"]},
        {"keys": [None]},
        {"places": {"/": 0}},
        {"places": {"/": 2**63}},
        {"seen": "gestern"},
        {"order": "weg"},
        {"left": {"/": "2024-06-25T12:05:00"}},
        {"nudge": "viel"},
    ],
    ids=str,
)
def test_a_line_that_no_run_writes_is_told_with_its_field(facts: dict[str, object]) -> None:
    line = json.loads(render_identity(Identity("urn:uuid:a", "/artikel/x/", ("id:1",), 0, "", places={"/": 1})))
    with pytest.raises(LedgerError, match="no line of a ledger") as caught:
        parse_ledger(f'{{"ledger": 1, "namespace": "x"}}\n{json.dumps({**line, **facts})}\n')
    (name,) = facts
    assert caught.value.what == f"no line of a ledger: its {name!r} is wrong"
    assert caught.value.text == json.dumps(facts[name])
    assert caught.value.line == 2


def test_a_line_that_lacks_a_field_is_told_with_its_name() -> None:
    with pytest.raises(LedgerError, match="no line of a ledger: it has no 'slug'"):
        parse_ledger('{"ledger": 1, "namespace": "x"}\n{"feed": "politik", "id": "urn:x:1"}\n')
