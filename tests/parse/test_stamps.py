"""Lines with a date beside a headline: which date the page, and which something else; in tests/data/parse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from feeds.article import Article
from feeds.parse import parse_page_bytes
from feeds.parse.stamps.address import find_address_date

CASES = json.loads((Path(__file__).parent.parent / "data/parse/stamp-lines.json").read_text(encoding="utf-8"))
HEADLINE = "Musterhausen baut drei neue Radwege"
TEXT = """Die Stadt will im kommenden Jahr drei neue Radwege bauen. Die Arbeiten sollen am 3. März 2025 beginnen.

Nach Angaben der Verwaltung kosten die Wege rund zwei Millionen Euro. Ein Teil kommt vom Land, das am 4. Mai zusagte."""
PLACES = {"above": "{line}\n\n{headline}\n\n{text}", "below": "Startseite\n\n{headline}\n\n{line}\n\n{text}"}
DAYS = {"2021-03-12", "2022-03-12"}


def read_page(line: str, place: str) -> Article:
    page = PLACES[place].format(line=line, headline=HEADLINE, text=TEXT).encode()
    article = parse_page_bytes(page, path="a.txt", source=None, zone="Europe/Berlin", language="de").article
    assert article is not None
    return article


def read(line: str, place: str) -> tuple[str | None, str | None]:
    article = read_page(line, place)
    return article.headline, None if article.published is None else article.published.value.isoformat()[:10]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("line", CASES["of the publication"])
def test_stamp_beside_the_headline_dates_the_page(line: str, place: str) -> None:
    headline, day = read(line, place)
    assert headline == HEADLINE
    assert day in DAYS


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("line", CASES["of something else"])
def test_date_of_something_else_dates_nothing(line: str, place: str) -> None:
    headline, day = read(line, place)
    assert headline == HEADLINE
    assert day is None


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/lokales/2024/06/25/radwege.html", "2024-06-25"),
        ("/2024/6/5/radwege", "2024-06-05"),
        ("/n3/2021/1014/c209052-9907149.html", "2021-10-14"),
        ("/OTS_20000915_OTS0206/radwege", "2000-09-15"),
        ("/presseticker/2002-05-13-12-51-15-065e/", "2002-05-13"),
        ("/radwege-25.06.2024.html", "2024-06-25"),
        ("/2024/06/radwege", None),
        ("/radwege-65969-2024", None),
        ("/2024/13/45/radwege", None),
        ("/2024/06/25/bis/2024/06/27/", None),
        ("/artikel/20240625123", None),
        ("/", None),
    ],
)
def test_address_names_a_day_or_none(path: str, day: str | None) -> None:
    found = find_address_date(f"https://blatt.example{path}")
    assert (None if found is None else found.isoformat()) == day
