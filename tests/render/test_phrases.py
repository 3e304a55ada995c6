"""Phrases of the pages: times with their place, datelines, counts, names."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from feeds.article import Dateline
from feeds.dates import load_zone
from feeds.render import phrases
from feeds.render.views import Time
from feeds.text import load_catalogue

DATA = Path(__file__).parents[1] / "data" / "render" / "phrases.toml"
CASES = tomllib.loads(DATA.read_text(encoding="utf-8"))
GERMAN = load_catalogue("de")


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 Meldungen"), (1, "1 Meldung"), (999, "999 Meldungen"), (1234567, "1.234.567 Meldungen")]
)
def test_counts_are_written_the_german_way(count: int, words: str) -> None:
    assert phrases.say_count(count, GERMAN) == words


@pytest.mark.parametrize("case", CASES["times"], ids=lambda case: str(case["rule"]))
def test_a_time_has_its_place_where_it_is_not_local(case: dict[str, Any]) -> None:
    value: date | datetime = case["value"]
    time = phrases.make_time(value, case["zone"], case["site_zone"], GERMAN)
    assert time == Time(case["text"], case["iso"])


def test_every_zone_in_the_catalogue_is_one() -> None:
    for zone, phrase in GERMAN.zones.items():
        assert load_zone(zone).key == zone
        assert re.fullmatch(r"(in|im|auf|auf den|auf der) \S.*", phrase), phrase


@pytest.mark.parametrize(("names", "words"), [(["A"], "A"), (["A", "B"], "A und B"), (["A", "B", "C"], "A, B und C")])
def test_names_stand_in_a_row_the_german_way(names: list[str], words: str) -> None:
    assert phrases.say_names(names, GERMAN) == words


@pytest.mark.parametrize("case", CASES["datelines"], ids=lambda case: repr(case["text"]))
def test_a_dateline_stands_as_newspapers_print_it(case: dict[str, str]) -> None:
    dateline = Dateline(case.get("place"), case.get("day"), case.get("agency"))
    assert phrases.say_dateline(dateline) == (case["text"] or None)
