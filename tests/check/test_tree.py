"""Whole sites: what only all documents together show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from feeds.check.tree import check_tree

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


@pytest.fixture
def linking() -> dict[str, bytes]:
    """The site, whose first feed has 30 entries that link to pages which are not there."""
    links = b"".join(b'<a href="https://example.org/alt/%d.html">mehr</a>' % number for number in range(30))
    pages = {path: body.replace(b"</body>", links + b"</body>") for path, body in FILES.items() if path[-5:] == ".html"}
    return FILES | pages


def test_a_target_that_is_missing_is_told_once_for_a_site_and_of_many_the_number(linking: dict[str, bytes]) -> None:
    found = check_tree(as_tree(linking), base_url="https://example.org/")
    assert {objection.rule for objection in found} == {"missing-target"}
    told = sorted(str(objection.text) for objection in found if objection.path != ".")
    assert told == sorted(f"https://example.org/alt/{number}.html" for number in range(20))
    (rest,) = (objection.what for objection in found if objection.path == ".")
    assert rest == "the site has nothing at 10 more addresses that articles link to"


def test_what_leads_elsewhere_is_there(linking: dict[str, bytes]) -> None:
    redirects = [f"/alt/{number}%2Ehtml" for number in range(29)]
    found = check_tree(as_tree(linking), base_url="https://example.org/", others=redirects)
    assert [objection.text for objection in found] == ["https://example.org/alt/29.html"]
