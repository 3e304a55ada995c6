"""The direction of a language's texts, compared with what Babel has of CLDR."""

from __future__ import annotations

import pytest
from babel import Locale
from babel.core import get_global
from babel.localedata import locale_identifiers

from feeds.text import find_direction


@pytest.mark.parametrize(
    ("tag", "direction"),
    [
        ("ar", "rtl"),
        ("AR-eg", "rtl"),
        ("he", "rtl"),
        ("fa-AF", "rtl"),
        ("ur-PK", "rtl"),
        ("az", "ltr"),
        ("az-Arab", "rtl"),
        ("az-IR", "rtl"),
        ("az-Latn-IR", "ltr"),
        ("ar-Latn", "ltr"),
        ("ckb-IQ", "rtl"),
        ("ug-KZ", "ltr"),
        ("de-x-arab", "ltr"),
        ("de-CH-1996", "ltr"),
        ("x-arab", "ltr"),
        ("en", "ltr"),
    ],
)
def test_the_direction_is_that_of_the_script(tag: str, direction: str) -> None:
    assert find_direction(tag) == direction


def test_every_locale_of_cldr_has_its_direction() -> None:
    locales = locale_identifiers()
    assert len(locales) > 1000
    for name in locales:
        # Mongolian script runs from top to bottom there, which HTML has no word for.
        is_rtl = Locale.parse(name).text_direction == "rtl"
        assert (find_direction(name.replace("_", "-")) == "rtl") == is_rtl, name


def test_a_tag_without_script_has_the_direction_of_its_likely_script() -> None:
    likely = get_global("likely_subtags")
    assert len(likely) > 5000
    for short, whole in likely.items():
        language, script, *_ = whole.split("_")
        if not short.startswith("und"):
            assert find_direction(short.replace("_", "-")) == find_direction(f"{language}-{script}"), short
