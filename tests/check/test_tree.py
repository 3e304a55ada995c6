"""Whole sites: what only all documents together show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from feeds.check import check_phrases, check_tree

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


def test_documents_that_were_checked_are_not_checked_again() -> None:
    damaged = FILES | {"politik/feed.json": FILES["politik/feed.json"].replace(b'"language": "de",', b"")}
    assert [objection.rule for objection in check_tree(as_tree(damaged), base_url="https://example.org/")] == [
        "missing-language"
    ]
    assert not check_tree(as_tree(damaged), base_url="https://example.org/", has_checked_documents=True)


@pytest.mark.parametrize("path", sorted(FILES))
def test_every_file_of_the_site_is_missed(path: str) -> None:
    files = {name: body for name, body in FILES.items() if name != path}
    found = check_tree(as_tree(files), base_url="https://example.org/")
    assert {objection.rule for objection in found} & {"missing-page", "missing-target", "chain-broken", "entry-lost"}


@pytest.mark.parametrize(
    "body",
    [
        b"<p>Die Frist endet &amp; das Amt <b>schweigt</b> noch.</p>",
        b"<content>&lt;p&gt;Die Frist endet &amp;amp; das Amt &lt;b&gt;schweigt&lt;/b&gt; noch.&lt;/p&gt;</content>",
        b'{"content_html": "<p>Die Frist endet &amp; das Amt schweigt\\u0020noch."}',
        "Die Frist endet & das\n  Amt\u00a0schweigt noch.".encode(),
    ],
)
def test_a_protected_text_is_found_however_it_is_escaped(body: bytes) -> None:
    found = check_phrases("x", body, ["Die Frist endet & das Amt schweigt noch."])
    assert [objection.rule for objection in found] == ["protected-text"]


def test_a_text_that_is_not_there_is_not_found() -> None:
    assert not check_phrases("x", b"<p>Die Frist endet.</p>", ["Die Frist beginnt."])
