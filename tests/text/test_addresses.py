"""Addresses: without what says only where a reader came from, and otherwise as they stand."""

from __future__ import annotations

import pytest

from feeds.text import strip_tracking


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
