"""Saved HTML pages: which of the ways to their text is taken. What is read from them: `test_reading`."""

from __future__ import annotations

from pathlib import Path

import pytest

from feeds.article import Paragraph
from feeds.parse import Reading, parse_page_bytes

PAGES = Path(__file__).parent.parent / "data" / "parse" / "html"


@pytest.fixture
def without_extractor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feeds.parse.html.markup.has_extractor", lambda: False)
    monkeypatch.setattr("feeds.parse.html.document.has_extractor", lambda: False)


def read(name: str) -> Reading:
    data = (PAGES / name).read_bytes()
    return parse_page_bytes(data, path=name, source=None, zone="Europe/Berlin", language="de")


@pytest.mark.usefixtures("without_extractor")
def test_page_that_says_where_its_article_is_needs_no_extractor() -> None:
    reading = read("evident-article.html")
    assert "no-extractor" not in [problem.rule for problem in reading.problems]
    assert reading.article is not None
    assert sum(isinstance(block, Paragraph) for block in reading.article.blocks) == 6


@pytest.mark.usefixtures("without_extractor")
def test_text_found_in_the_plain_way_is_told() -> None:
    assert "no-extractor" in [problem.rule for problem in read("no-date.html").problems]
