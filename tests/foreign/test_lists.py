"""Which feeds a page or a list of subscriptions names."""

from __future__ import annotations

import pytest

from feeds.foreign.lists import find_feeds

TYPE = 'type="application/atom+xml"'
ATOM = f'<link rel="alternate" {TYPE}'


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (f'<!doctype html>{ATOM} href="a.xml">{ATOM} href="/b">', ["x/a.xml", "b"]),
        (f'<!-- alt --><HTML><base href="/y/"><link rel="Alternate home" {TYPE.upper()} href="a.xml">', ["y/a.xml"]),
        (f'<!doctype html>{ATOM} href="a">{ATOM} href="/x/a">', ["x/a"]),
        ('<html><link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/1">', []),
        ('<html><link rel="alternate" type="application/json" href="/feed.json">', ["feed.json"]),
        (f'<html>{ATOM} href="mailto:a@b.example">{ATOM}>', []),
        ('<html><link rel="alternate" hreflang="en" href="en/"><link rel="stylesheet" href="a.css">', []),
        ('<opml><body><outline text="A"><outline xmlUrl=" a.xml "/></outline></body></opml>', ["x/a.xml"]),
        ('<feed xmlns="http://www.w3.org/2005/Atom"><outline xmlUrl="a.xml"/></feed>', []),
        ("<html", []),
        ("", []),
    ],
)  # fmt: skip
def test_feeds_are_those_that_are_named(body: str, found: list[str]) -> None:
    assert find_feeds(body.encode(), "https://alt.example/x/") == [f"https://alt.example/{path}" for path in found]
