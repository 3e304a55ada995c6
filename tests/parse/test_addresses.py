"""Addresses on pages."""

from __future__ import annotations

import pytest

from feeds.parse.addresses import LINKS, join_address, join_link

BASE = "https://blatt.example/lokales/radwege.html"


@pytest.mark.parametrize(
    ("address", "joined"),
    [
        ("/rad.jpg", "https://blatt.example/rad.jpg"),
        ("rad.jpg", "https://blatt.example/lokales/rad.jpg"),
        ("//bilder.example/rad.jpg", "https://bilder.example/rad.jpg"),
        (" https://anders.example/ ", "https://anders.example/"),
        ("javascript:alert(1)", None),
        ("data:image/gif;base64,R0", None),
        ("mailto:erika@muster.example", None),
        ("http://[", None),
        ("//[x", None),
        ("http://a:99999/", None),
    ],
)
def test_address_is_made_absolute_or_refused(address: str, joined: str | None) -> None:
    assert join_address(BASE, address) == joined


def test_mail_address_is_a_link_where_links_are_wanted() -> None:
    assert join_address(BASE, "mailto:erika@muster.example", schemes=LINKS) == "mailto:erika@muster.example"


def test_relative_address_without_a_base_is_none() -> None:
    assert join_address(None, "/rad.jpg") is None


def test_what_a_page_links_to_is_percent_encoded_once() -> None:
    assert join_link(BASE, "/köln/über%20uns?q=ä b") == "https://blatt.example/k%C3%B6ln/%C3%BCber%20uns?q=%C3%A4%20b"
    assert join_link(None, "/rad.jpg") is None
