"""Whole sites: what only all documents together show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from feeds.check import check_tree

SITE = Path(__file__).parents[1] / "data" / "check" / "good" / "site"
FILES = {path.relative_to(SITE).as_posix(): path.read_bytes() for path in sorted(SITE.rglob("*")) if path.is_file()}


def as_tree(files: dict[str, bytes]) -> dict[str, Callable[[], bytes]]:
    return {path: lambda body=body: body for path, body in files.items()}  # type: ignore[misc]


def test_a_mapping_is_checked_as_its_folder_is() -> None:
    damaged = FILES | {"politik/atom.xml": FILES["politik/atom.xml"].replace(b"Artikel 3", b"Artikel drei")}
    found = check_tree(as_tree(damaged), base_url="https://example.org/")
    assert [(objection.rule, objection.path, objection.line) for objection in found] == [
        ("id-conflict", "politik/atom.xml", 18)
    ]


def test_an_archive_document_that_links_to_itself_is_told_so() -> None:
    path = "politik/archiv/1/atom.xml"
    own = b'<link rel="prev-archive" type="application/atom+xml" href="https://example.org/' + path.encode() + b'"/>'
    looped = FILES | {path: FILES[path].replace(b"<entry>", own + b"<entry>", 1)}
    found = check_tree(as_tree(looped), base_url="https://example.org/")
    assert [(objection.rule, objection.what) for objection in found if objection.level == "error"] == [
        ("chain-loop", "it links to itself as an older one")
    ]


@pytest.mark.parametrize("path", sorted(FILES))
def test_every_file_of_the_site_is_missed(path: str) -> None:
    files = {name: body for name, body in FILES.items() if name != path}
    found = check_tree(as_tree(files), base_url="https://example.org/")
    assert {objection.rule for objection in found} & {"missing-page", "missing-target", "chain-broken", "entry-lost"}
