"""Whose text it is, wherever a page says so; cases in tests/data/parse/agencies.json: place, lines, names, text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from feeds.article import Article, list_agencies, list_texts
from feeds.parse import parse_page_bytes

CASES = json.loads((Path(__file__).parent.parent / "data/parse/agencies.json").read_text(encoding="utf-8"))
HEADLINE = "Kabinett billigt das Gesetz zum Ausbau der Netze"
STAMP = "18.11.2026, 22:45 Uhr"
TEXT = "Der Entwurf zum Ausbau der Netze geht nun in den Bundestag, der im Dezember darüber berät und abstimmt."


def read(text: str, path: str = "a.txt") -> Article:
    article = parse_page_bytes(text.encode(), path=path, source=None, zone="Europe/Berlin", language="de").article
    assert article is not None
    return article


def make_lines(place: str, lines: list[str]) -> list[str]:
    """A page whose headline, stamp and text have the lines of a case at their place."""
    above = lines if place == "above" else []
    stamp = lines if place == "stamp" else [STAMP]
    texts = [*lines, TEXT] if place == "front" else [TEXT, *lines]
    return ["Politik", HEADLINE, *above, *stamp, *([TEXT] if place in {"above", "stamp"} else texts)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}: {case[1][-1]}")
def test_agency_is_found_wherever_a_page_names_it(case: list[str | list[str]]) -> None:
    place, lines, names, *text = case
    assert isinstance(place, str)
    assert isinstance(lines, list)
    article = read("\n".join(make_lines(place, lines)))
    assert list_agencies(article) == names
    assert (article.dateline.agency if article.dateline else None) == next(
        (name for name in names if name != "Musterdienst"), None
    )
    if text:
        assert list_texts(article)[0] == text[0]


@pytest.mark.parametrize(
    "case", [case for case in CASES if len(case[1]) == 1], ids=lambda case: f"{case[0]}: {case[1]}"
)
def test_agency_is_found_in_html_too(case: list[str | list[str]]) -> None:
    place, lines, names, *_ = case
    assert isinstance(place, str)
    assert isinstance(lines, list)
    category, headline, *others = make_lines(place, lines)
    paragraphs = "".join(f"<p>{line}</p>\n" for line in others)
    article = read(
        f"<html><head><title>{headline}</title></head><body><p>{category}</p><article><h1>{headline}</h1>\n"
        f"{paragraphs}<p>{TEXT.replace('Entwurf', 'Text')}</p></article></body></html>",
        "a.html",
    )
    assert set(list_agencies(article)) == set(names)


@pytest.mark.parametrize("stamp", ["dpa | 18.11.2026", "18.11.2026, 22:45 Uhr | dpa"])
def test_agency_beside_a_stamp_in_markdown_is_found(stamp: str) -> None:
    article = read(f"# {HEADLINE}\n\n{stamp}\n\n{TEXT}\n\n{TEXT.replace('Entwurf', 'Text')}", "a.md")
    assert list_agencies(article) == ["dpa"]
    assert article.published is not None


@pytest.mark.parametrize("item", ["dpa", "Nachrichtenagentur dpa"])
@pytest.mark.parametrize("path", ["a.txt", "a.md"])
def test_agency_in_a_list_of_sources_is_found(item: str, path: str) -> None:
    lines = [f"# {HEADLINE}" if path == "a.md" else HEADLINE, STAMP, TEXT, TEXT.replace("Entwurf", "Text")]
    article = read("\n\n".join([*lines, "Verwendete Quellen:", f"- {item}\n- Eigene Recherche"]), path)
    assert list_agencies(article) == ["dpa"]


def test_front_matter_names_the_agency_and_wins() -> None:
    page = "\n".join([HEADLINE, STAMP, TEXT, "Quelle: dpa"])
    article = read(f"---\nagency: epd\n---\n{page}")
    assert list_agencies(article) == ["epd"]
    assert article.dateline is not None
    assert article.dateline.agency == "epd"


def test_sender_of_a_release_is_its_author() -> None:
    sent = "Original-Content von: Polizeipräsidium Musterland, übermittelt durch news aktuell"
    lines = [HEADLINE, STAMP, "Musterstadt (ots)", TEXT, "Rückfragen bitte an:", "Polizeipräsidium Musterland", sent]
    article = read("\n".join(lines))
    assert article.authors == ("Polizeipräsidium Musterland",)
    assert list_agencies(article) == ["ots"]
    # Above the headline, where a section may be, its name is none.
    above = read(
        "\n".join(
            [
                "Presseportal",
                "Polizeipräsidium Musterland",
                "Newsroom",
                *lines[1:2],
                "Polizeipräsidium Musterland",
                lines[0],
                *lines[2:],
            ]
        )
    )
    assert above.category is None
    assert read("\n".join([lines[0], "Von Erika Muster", *lines[1:]])).authors == ("Erika Muster",)
