"""Characters: what leaves is legal in XML, in one form, and nothing that people read is lost."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from feeds.text import clean_xml, escape_html, fold_spaces, normalise

CASES = json.loads((Path(__file__).parent.parent / "data/text/characters.json").read_text(encoding="utf-8"))
ANY = st.text(st.characters(exclude_categories=[]))


@pytest.mark.parametrize(("text", "wanted"), CASES["normalise"])
def test_normalise(text: str, wanted: str) -> None:
    assert normalise(text) == wanted


@given(ANY)
def test_normalised_text_may_stand_in_xml_and_comes_back_from_it(text: str) -> None:
    clean = normalise(text)
    element = etree.Element("a")
    element.text = clean
    assert (etree.fromstring(etree.tostring(element)).text or "") == clean


@given(ANY)
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


# The replacement character is a symbol, and stands for a letter that was lost.
@given(st.text(st.characters(categories=["L", "N", "P", "S"], exclude_characters="\ufffd")))
def test_printable_text_is_only_composed(text: str) -> None:
    assert normalise(text) == unicodedata.normalize("NFC", text)


@given(ANY)
def test_clean_xml_keeps_every_legal_printable_character(text: str) -> None:
    assert [char for char in clean_xml(text) if char.isprintable()] == [char for char in text if char.isprintable()]


@given(ANY)
def test_folded_text_is_one_line_without_blanks_at_its_ends(text: str) -> None:
    folded = fold_spaces(text)
    assert folded == folded.strip()
    assert "  " not in folded
    assert len(folded.splitlines()) <= 1 or not normalise(folded).count("\n")


@given(ANY)
def test_escaped_text_comes_back_from_html(text: str) -> None:
    clean = normalise(text)
    element = etree.fromstring(f'<a b="{escape_html(clean.strip())}">{escape_html(clean)}</a>')
    assert (element.text or "") == clean
