"""Near-copies: one text in several papers is found, two reports on one event are not; why is shown."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from feeds.article import Article, Paragraph
from feeds.errors import ConfigError
from feeds.parse import similarity
from feeds.parse.similarity import find_near_copies

DATA = Path(__file__).parent.parent / "data" / "parse" / "copies"
AGENCY = (DATA / "agency.text").read_text(encoding="utf-8").strip()
OTHER = (DATA / "other.text").read_text(encoding="utf-8").strip()

needs_extra = pytest.mark.skipif(
    importlib.util.find_spec("rensa") is None or importlib.util.find_spec("rapidfuzz") is None,
    reason="the extra dedup is not installed",
)


def article(text: str) -> Article:
    return Article(blocks=(Paragraph(text),))


@needs_extra
def test_cut_and_edited_copy_is_found_and_another_report_is_not() -> None:
    articles = {
        "a": article(AGENCY),
        "b": article(OTHER),
        "c": article("Drei Wege für das Rad: " + AGENCY[: len(AGENCY) * 3 // 4].replace("Dienstag", "12. März")),
    }
    pairs = find_near_copies(articles)
    assert [(pair.one, pair.other) for pair in pairs] == [("a", "c")]
    assert pairs[0].likeness > 0.8
    assert "kosten die wege zusammen" in pairs[0].passage


@needs_extra
def test_pairs_do_not_depend_on_the_order_of_arrival() -> None:
    texts = {"a": AGENCY, "b": OTHER, "c": AGENCY + " Mehr folgt.", "d": AGENCY}
    articles = {key: article(text) for key, text in texts.items()}
    assert find_near_copies(articles) == find_near_copies(dict(reversed(articles.items())))
    assert len(find_near_copies(articles)) == 3


@needs_extra
def test_short_texts_are_no_copies() -> None:
    assert find_near_copies({"a": article("Kurz gesagt: nichts."), "b": article("Kurz gesagt: nichts.")}) == []


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(similarity, "has_similarity", lambda: False)
    with pytest.raises(ConfigError, match=r"feeds\[dedup\]"):
        find_near_copies({})
