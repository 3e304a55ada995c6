"""Phrases of the pages: times with their place, datelines, counts, names."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from feeds.dates import load_zone
from feeds.render import phrases
from feeds.render.views import Dateline, Label, Time
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
    day = phrases.say_day(case["day"], GERMAN) if "day" in case else None
    labels = {name: Label(case[name]) for name in ("place", "agency") if name in case}
    assert phrases.say_dateline(Dateline(day=day, **labels), "..") == case["text"]


def test_what_has_a_page_is_linked_and_escaped() -> None:
    dateline = Dateline(place=Label("Köln & Bonn", "/ort/koeln-bonn/"), agency=Label("<dpa>"))
    assert phrases.say_dateline(dateline, "..") == '<a href="../ort/koeln-bonn/">Köln &amp; Bonn</a> (&lt;dpa&gt;)'
    names = [phrases.link_label(label, "..") for label in (Label("A & B"), Label("C", "/autor/c/"))]
    authors = phrases.say("article_authors", catalogue=GERMAN, authors=phrases.say_names(names, GERMAN))
    assert authors == 'Von A &amp; B und <a href="../autor/c/">C</a>'
    assert phrases.say("time_place", catalogue=GERMAN, place="<b>") == "in &lt;b&gt;"


def test_austria_has_its_own_january() -> None:
    value = date(2024, 1, 5)
    said = {"de-AT": "5. Jänner 2024", "de-Latn-AT": "5. Jänner 2024", "de-CH": "5. Januar 2024"}
    for language, text in said.items():
        assert phrases.make_time(value, "Europe/Vienna", "Europe/Vienna", load_catalogue(language)).text == text
    assert phrases.say_day("--01-05", load_catalogue("de-at")) == "5. Jänner"
