"""Which feeds a page or a list of subscriptions names."""

from __future__ import annotations

from functools import partial
from urllib.parse import urljoin

import pytest

from feeds.foreign.lists import find_feeds
from tests.growth import grows_at_most

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
        (f'<html><!-- {ATOM} href="a">--><script>"{ATOM} href=\'b\'>"</script>{ATOM} HREF=c?x&amp;y >', ["x/c?x&y"]),
        (f"<html><link title='>' {TYPE} rel=alternate\thref=a/b href=c>", ["x/a/b"]),
        (f'<html><!-- {ATOM} href="a">', []),
        (f'<html>{ATOM} href="ä b.xml?x=%20">', ["x/%C3%A4%20b.xml?x=%20"]),
        (f'<html>{ATOM} href="//alt.example:xx/">', ["//alt.example:xx/"]),
        ("<html", []),
        ("", []),
    ],
)  # fmt: skip
def test_feeds_are_those_that_are_named(body: str, found: list[str]) -> None:
    assert find_feeds(body.encode(), "https://alt.example/x/") == [
        urljoin("https://alt.example/", path) for path in found
    ]


@pytest.mark.parametrize(
    "piece", ["<link a{0}=1", " a{0}=1", '<link "', "<link '\"", "<!--", "<script>", "<link", "<base/", " a = '", "a="]
)
def test_no_page_takes_long(piece: str) -> None:
    """Sixteen times the page takes about sixteen times as long, and not 256 times."""

    def find_in(length: int) -> None:
        page = "<html><link" + "".join(piece.format(number) for number in range(length // len(piece)))
        assert find_feeds(page.encode(), "https://alt.example/") == []

    assert grows_at_most(90, partial(find_in, 62_500), partial(find_in, 1_000_000))
