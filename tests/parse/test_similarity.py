"""Near-copies: one text in several papers is found, two reports on one event are not; why is shown."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from feeds.article import Article, Paragraph
from feeds.config import parse_config
from feeds.errors import ConfigError
from feeds.parse import similarity
from feeds.parse.similarity import compare_words, find_words, make_bands

DATA = Path(__file__).parent.parent / "data" / "parse" / "copies"
AGENCY = (DATA / "agency.text").read_text(encoding="utf-8").strip()
OTHER = (DATA / "other.text").read_text(encoding="utf-8").strip()

needs_extra = pytest.mark.skipif(
    importlib.util.find_spec("rensa") is None or importlib.util.find_spec("rapidfuzz") is None,
    reason="the extra dedup is not installed",
)


def article(text: str) -> Article:
    return Article(blocks=(Paragraph(text),))


def compare(one: str, other: str) -> tuple[float, str] | None:
    """What is said of two texts, compared only where they share a band as they do in the library."""
    words, more = find_words(article(one)), find_words(article(other))
    return compare_words(words, more) if set(make_bands(words)) & set(make_bands(more)) else None


@needs_extra
def test_cut_and_edited_copy_is_found_and_another_report_is_not() -> None:
    copy = "Drei Wege für das Rad: " + AGENCY[: len(AGENCY) * 3 // 4].replace("Dienstag", "12. März")
    for one, other in ((AGENCY, copy), (copy, AGENCY)):
        found = compare(one, other)
        assert found is not None
        likeness, passage = found
        assert likeness > 0.8
        assert "kosten die wege zusammen" in passage
    assert compare(AGENCY, OTHER) is None
    assert compare(copy, OTHER) is None


@needs_extra
def test_short_texts_are_no_copies() -> None:
    assert compare("Kurz gesagt: nichts.", "Kurz gesagt: nichts.") is None


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(similarity, "has_similarity", lambda: False)
    similarity.require_similarity(parse_config("", None))
    with pytest.raises(ConfigError, match=r"pip install '\.\[dedup\]'"):
        similarity.require_similarity(parse_config("[feeds]\nnear_copies = true\n", None))
