"""The manifest: what is read is what was written, whoever wrote the text, and of half a text nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from feeds.build.files import Files
from feeds.build.manifest import CHARACTERS_AT_ONCE, MANIFEST, UNKNOWN, Entries, describe, read_manifest, write_manifest

DIGEST = "ab" * 32
MANY = {f"artikel/{number:06}/index.html": describe(DIGEST, number) for number in range(CHARACTERS_AT_ONCE // 40)}


@pytest.mark.parametrize(
    "entries",
    [{}, {"atom.xml": describe(DIGEST, 7)}, {'so "gesagt".xml': describe(DIGEST, 1), "straße/\n": UNKNOWN}, MANY],
    ids=["none", "one", "odd names", "many"],
)
def test_what_was_written_is_read(tmp_path: Path, entries: Entries) -> None:
    write_manifest(Files(tmp_path), entries)
    assert read_manifest(tmp_path) == entries
    told = json.loads((tmp_path / MANIFEST).read_bytes())["files"]
    assert told == {name: json.loads(entry) for name, entry in entries.items()}


@pytest.mark.parametrize("indent", [None, 2])
def test_a_manifest_that_a_tool_wrote_anew_is_read_too(tmp_path: Path, indent: int | None) -> None:
    entries = {"atom.xml": [DIGEST, 7], "rss.xml": ["no digest", 7], "feed.json": "?", "style.css": [DIGEST, -1]}
    (tmp_path / MANIFEST).write_text(json.dumps({"files": entries}, indent=indent), encoding="utf-8")
    assert read_manifest(tmp_path) == {
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
        assert read_manifest(tmp_path) == _read_json(damaged)


def _read_json(data: bytes) -> Entries | None:
    try:
        return {name: describe(*found) for name, found in json.loads(data)["files"].items()}
    except (ValueError, KeyError):
        return None
