"""Addresses: without what says only where a reader came from, and otherwise as they stand."""

from __future__ import annotations

import pytest

from feeds.text import find_address, strip_tracking


@pytest.mark.parametrize(
    ("url", "stripped"),
    [
        ("https://blatt.example/a?utm_source=x&utm_medium=feed", "https://blatt.example/a"),
        ("https://blatt.example/a?id=7&fbclid=abc&page=2#unten", "https://blatt.example/a?id=7&page=2#unten"),
        ("https://blatt.example/a?UTM_Source=x#unten", "https://blatt.example/a#unten"),
        ("https://blatt.example/a?reference=7", "https://blatt.example/a?reference=7"),
        ("https://blatt.example/a?", "https://blatt.example/a?"),
        ("https://blatt.example/a#?utm_source=x", "https://blatt.example/a#?utm_source=x"),
    ],
)
def test_tracking_is_taken_off_and_nothing_else(url: str, stripped: str) -> None:
    assert strip_tracking(url) == stripped


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("https://blatt.example/Politik", "https://blatt.example/Politik"),
        ("HTTP://blatt.example:99999/", "http://blatt.example:99999/"),
        ("http:blatt.example", None),
        ("public/http://x", None),
        ("C:", None),
    ],
)
def test_a_scheme_in_capitals_makes_an_address_too(target: str, address: str | None) -> None:
    assert find_address(target) == address
