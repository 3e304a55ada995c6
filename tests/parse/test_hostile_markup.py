"""Pages that are made to cost: such a one gives an article or a reason, of a kind that is known, and nothing else.

`python -m benchmarks hostile` measures the same shapes.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.errors import SeedError
from feeds.parse import Reading, parse_page_bytes
from feeds.parse.draft import Draft
from feeds.parse.html.tree import parse_tree
from feeds.parse.page import parse_page

DATA = Path(__file__).parent.parent / "data" / "parse" / "hostile.json"
SHAPES: list[dict[str, str]] = json.loads(DATA.read_text(encoding="utf-8"))
LENGTH = 60_000
TAGS = [
    *"p div span b i a td tr table ul li dl dt dd time h1 h2 article aside figure script form br img".split(),
    *"blockquote audio iframe".split(),
]
ATTRIBUTES = ["", " class=date", ' datetime="2020-03-12"', " itemprop=datePublished", ' type="application/ld+json"']
TEXTS = [
    "",
    "x",
    "12.03.2020",
    "12. März 2020, 10:15 Uhr",
    '{"@type":"Article","datePublished":',
    "Die Stadt baut Wege. ",
]


def make_page(shape: dict[str, str], length: int) -> bytes:
    unit = shape["unit"]
    count = length // len(unit)
    middle = "".join(unit % number for number in range(count)) if "%d" in unit else unit * count
    start = "" if "path" in shape else "<!DOCTYPE html><html lang=de>"
    return f"{start}{shape['head']}{middle}{shape['tail']}".encode()


def read(data: bytes, path: str = "a.html") -> Reading:
    return parse_page_bytes(data, path=path, source=None, zone="Europe/Berlin", language="de")


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape["name"])
def test_hostile_page_is_an_article_or_has_a_reason(shape: dict[str, str]) -> None:
    reading = read(make_page(shape, LENGTH), shape.get("path", "a.html"))
    assert reading.kind == shape["kind"]
    assert (reading.article is None) == bool(reading.reason)


def test_markup_that_nests_too_deeply_is_told() -> None:
    problems = read(b"<html>" + b"<div>" * 300 + b"<p>Text.").problems
    assert "cut-off" in [problem.rule for problem in problems]


def test_headlines_without_end_stand_beside_each_other() -> None:
    page = parse_page(b"<html><body>" + b"<h1>Radwege <b>bald</b>" * 100 + b"<p>Text.", path="a.html")
    tree = parse_tree(page, Draft())
    assert not isinstance(tree, Draft)
    assert len(tree.xpath("//h1")) == 1


@pytest.mark.parametrize(
    "markup", ["<h1>&#7;Radwege<h2>&#7;bald&#7;</h2>&#7;", "<p>Text.</p>&#7;<div id=wm-ipp>&#7;</div>&#7;<p>Mehr Text."]
)
def test_what_references_hide_breaks_nothing(markup: str) -> None:
    reading = read(f"<html><body>{markup}".encode())
    assert (reading.article is None) == bool(reading.reason)


@st.composite
def soups(draw: st.DrawFn) -> bytes:
    piece = st.tuples(st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES), st.sampled_from(TEXTS), st.integers(0, 3))
    pieces = draw(st.lists(piece))
    parts = [
        f"<{tag}{attributes}>{text}{f'</{tag}>' if closed == 1 else ''}" * (40 if closed == 3 else 1)
        for tag, attributes, text, closed in pieces
    ]
    return ("<html>" + "".join(parts)).encode()


@settings(max_examples=60, deadline=None)
@given(soups())
def test_tags_in_any_order_are_an_article_or_a_reason(data: bytes) -> None:
    try:
        reading = read(data)
    except SeedError:
        return
    assert (reading.article is None) == bool(reading.reason)


def test_day_in_brackets_on_a_page_without_a_paragraph_dates_nothing() -> None:
    page = b"<!doctype html><html><body><p>Musterblatt</p><p>Stromausfall in Musterau (18.02.2019)</p></body></html>"
    reading = parse_page_bytes(page, path="a.html", source=None, zone="Europe/Berlin", language="de")
    assert reading.article is None or reading.article.published is None
