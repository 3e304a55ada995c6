"""Where readers of a feed that is gone are led: what the settings say is what a served site answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from feeds.config import find_successor, list_bare_redirects, parse_config

SETTINGS = parse_config(
    """\
[site]
title = "Blatt"
base_url = "https://blatt.example/"

[feeds]
sets = ["author"]

[redirects]
"/alt/atom.xml" = "/politik/atom.xml"
"/neu/atom.xml" = "https://blatt.example/kultur/atom.xml"
"/frueher/" = "/politik/"
"/fort/atom.xml" = "https://anderswo.example/atom.xml"

[[categories]]
label = "Kunst"
was = ["kultur", "feuilleton"]

[[categories]]
label = "Kino"
slug = "film"
removed = true

[[categories]]
label = "🎉🎉"
removed = true
""",
    Path("config.toml"),
)


@pytest.mark.parametrize(
    ("path", "successor"),
    [
        ("politik/atom.xml", None),
        ("kunst/atom.xml", None),
        ("kultur/rss.xml", "kunst/rss.xml"),
        ("feuilleton/feed.json", "kunst/feed.json"),
        ("film/atom.xml", ""),
        ("atom.xml", None),
        ("alt/atom.xml", "politik/atom.xml"),
        ("neu/atom.xml", "kultur/atom.xml"),
        ("fort/atom.xml", None),
        ("frueher/", "politik/"),
        ("frueher", "politik/"),
        ("quelle/dpa/atom.xml", ""),
        ("autor/erika-muster/atom.xml", None),
        ("staat/rss.xml", "politik/rss.xml"),
    ],
)
def test_a_feed_that_is_gone_is_led_to_its_successor(path: str, successor: str | None) -> None:
    assert find_successor(SETTINGS, path, was={"staat": "politik"}) == successor


@pytest.mark.parametrize(
    ("lines", "bare"),
    [
        ('"/alt/" = "/politik/"', {"/alt": "/politik/"}),
        ('"/stra%C3%9Fe/" = "/politik/"', {"/straße": "/politik/"}),
        ('"/alt/" = "/politik/"\n"/alt" = "/kultur/"', {}),
        ('"/kontakt/" = "/kontakt"', {}),
        ('"/kontakt/" = "https://blatt.example/kontakt"', {}),
        ('"/a/" = "/a?x=1"', {}),
        ('"/a/" = "/b"\n"/b/" = "/a"', {}),
        ('"/presse/" = "/presse/neu"\n"/presse/neu/" = "/presse"', {}),
    ],
)
def test_a_folder_leads_on_without_its_slash_unless_a_redirect_leads_there(lines: str, bare: dict[str, str]) -> None:
    text = f'[site]\ntitle = "Blatt"\nbase_url = "https://blatt.example/"\n[redirects]\n{lines}\n'
    assert list_bare_redirects(parse_config(text, Path("config.toml"))) == bare
