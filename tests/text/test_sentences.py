"""Sentences and cuts: whole sentences where they fit, whole words where not."""

from __future__ import annotations

import json
import sys
import types
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.text import cut_at_word, find_first_sentence, find_sentence_ends, fold_spaces, slugify, summarise

DATA = Path(__file__).parent.parent / "data/text"
SENTENCES = json.loads((DATA / "sentences.json").read_text(encoding="utf-8"))
SLUGS = json.loads((DATA / "slugs.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("sentences", SENTENCES["texts"], ids=lambda case: case[0][:30])
def test_a_text_ends_where_its_sentences_do(sentences: list[str]) -> None:
    text = " ".join(sentences)
    ends = find_sentence_ends(text)
    starts = [0, *ends[:-1]]
    assert [text[start:end].strip() for start, end in zip(starts, ends, strict=True)] == sentences
    assert find_first_sentence(text) == sentences[0]


@pytest.mark.parametrize(("text", "limit", "wanted"), SENTENCES["summaries"])
def test_summarise(text: str, limit: int, wanted: str) -> None:
    assert summarise(text, limit=limit) == wanted


@given(st.text(), st.integers(2, 60))
def test_a_summary_is_never_longer_than_asked_for(text: str, limit: int) -> None:
    summary = summarise(text, limit=limit)
    assert len(summary) <= limit
    assert summary == summary.strip()
    if len(fold_spaces(text)) <= limit:
        assert summary == fold_spaces(text)


@given(st.text(st.sampled_from("abcä .,–"), min_size=1), st.integers(2, 30))
def test_a_cut_text_begins_as_the_whole_and_breaks_no_word(text: str, limit: int) -> None:
    cut = cut_at_word(text, limit)
    assert len(cut) <= limit
    if len(text) > limit:
        assert cut.endswith("…")
        assert text.startswith(cut[:-1])
        rest = text[len(cut) - 1 :]
        assert not cut[:-1] or not rest[0].isalpha() or " " not in text[: limit - 1].strip()
    else:
        assert cut == text


@pytest.mark.parametrize(("text", "wanted"), SLUGS)
def test_slugify(text: str, wanted: str) -> None:
    assert slugify(text) == wanted


def test_a_slug_is_the_same_whatever_else_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = slugify("Œuvre „Ægir“")
    other = types.ModuleType("unidecode")
    other.unidecode = str.swapcase  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "unidecode", other)
    assert slugify("Œuvre „Ægir“") == wanted


@given(st.text())
def test_a_slug_can_stand_in_any_address(text: str) -> None:
    slug = slugify(text)
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert len(slug) <= 80
    assert slug == slug.strip("-")
    assert slugify(slug) == slug


def test_hostile_text_takes_no_longer() -> None:
    # These end at once, or the suite never does: no pattern here backtracks.
    for text in ("." * 300_000, "A. " * 100_000, "„" * 300_000, "1." * 100_000, " " * 300_000, "a" * 300_000):
        assert find_sentence_ends(text)[-1] == len(text)
        assert len(summarise(text)) <= 300
