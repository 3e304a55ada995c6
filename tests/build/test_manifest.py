"""The manifest: what is read is what was written, whoever wrote the text, and of half a text nothing."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.build.files import Files
from feeds.build.manifest import CHARACTERS_AT_ONCE, MANIFEST, UNKNOWN, Entries, Manifest, describe, write_manifest

DIGEST = "ab" * 32
MANY = {f"artikel/{number:06}/index.html": describe(DIGEST, number) for number in range(CHARACTERS_AT_ONCE // 40)}


@pytest.mark.parametrize(
    "entries",
    [{}, {"atom.xml": describe(DIGEST, 7)}, {'so "gesagt".xml': describe(DIGEST, 1), "straße/\n": UNKNOWN}, MANY],
    ids=["none", "one", "odd names", "many"],
)
def test_what_was_written_is_read(tmp_path: Path, entries: Entries) -> None:
    write_manifest(Files(tmp_path), entries)
    assert Manifest(tmp_path).entries == entries
    told = json.loads((tmp_path / MANIFEST).read_bytes())["files"]
    assert told == {name: json.loads(entry) for name, entry in entries.items()}


@pytest.mark.parametrize("indent", [None, 2])
def test_a_manifest_that_a_tool_wrote_anew_is_read_too(tmp_path: Path, indent: int | None) -> None:
    entries = {"atom.xml": [DIGEST, 7], "rss.xml": ["no digest", 7], "feed.json": "?", "style.css": [DIGEST, -1]}
    (tmp_path / MANIFEST).write_text(json.dumps({"files": entries}, indent=indent), encoding="utf-8")
    assert Manifest(tmp_path).entries == {
        "atom.xml": describe(DIGEST, 7),
        **dict.fromkeys(("rss.xml", "feed.json", "style.css"), UNKNOWN),
    }


@pytest.mark.parametrize("cut", [2, 5, 40, 90, 150])
def test_of_a_manifest_that_was_cut_short_nothing_is_believed(tmp_path: Path, cut: int) -> None:
    write_manifest(Files(tmp_path), {"atom.xml": describe(DIGEST, 7), "rss.xml": describe(DIGEST, 8)})
    manifest = tmp_path / MANIFEST
    whole = manifest.read_bytes()
    for damaged in (whole[:-cut], whole[cut:], whole[:cut] + whole[cut + 1 :]):
        manifest.write_bytes(damaged)
        assert Manifest(tmp_path).entries == _read_json(damaged)


def test_an_empty_manifest_cannot_be_understood_and_none_names_no_file(tmp_path: Path) -> None:
    assert Manifest(tmp_path).entries == {}
    (tmp_path / MANIFEST).write_bytes(b"")
    assert Manifest(tmp_path).entries is None
    assert Manifest(tmp_path).lines.parse() == {}


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=4) | st.sampled_from(["a", "a!b", "a-b"])
ENTRIES = st.builds(describe, st.sampled_from(["", DIGEST]), st.integers(0, 9))


@given(st.dictionaries(NAMES, ENTRIES), st.dictionaries(NAMES, ENTRIES | st.none()))
def test_lines_that_are_changed_are_what_all_entries_would_be_written_as(
    entries: Entries, changes: dict[str, str | None]
) -> None:
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room)
        write_manifest(Files(folder), entries, site="blatt")
        lines = Manifest(folder).lines
        assert lines.parse() == entries
        for name, entry in changes.items():
            assert lines.find(name) == entries.get(name)
            if entry is not None:
                lines.put(name, entry)
            else:
                assert lines.remove(name) == (name in entries)
        changed = {name: entry for name, entry in {**entries, **changes}.items() if entry is not None}
        assert lines.is_changed == (changed != entries)
        assert list(lines.names()) == sorted(changed)
        assert len(lines) == len(changed)
        write_manifest(Files(folder), lines, site="blatt")
        written = (folder / MANIFEST).read_bytes()
        write_manifest(Files(folder), changed, site="blatt")
        assert (folder / MANIFEST).read_bytes() == written


def _read_json(data: bytes) -> Entries | None:
    try:
        return {name: describe(*found) for name, found in json.loads(data)["files"].items()}
    except (ValueError, KeyError):
        return None
