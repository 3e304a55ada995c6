"""Which line is the headline, and which names the category; whole pages are in tests/data/parse."""

from __future__ import annotations

import pytest

from feeds.parse.body import Line
from feeds.parse.categories import first_label, is_label, parse_category
from feeds.parse.head.headlines import find_headline


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Startseite > Aktuelles", "Aktuelles"),
        ("Aktuelle Seite: Home / Aktuelles / Neuer Brunnen läuft", "Aktuelles"),
        ("Sie sind hier: Startseite > Kultur", "Kultur"),
        ("Start / Presse / Mitteilungen / 2019", "Mitteilungen"),
        ("Home / Neuer Brunnen läuft", None),
        ("Politik / Kultur / Sport", None),
        ("Startseite | Politik | Wirtschaft | Sport", None),
        ("Startseite | Politik | Kultur | Kontakt", None),
        ("Startseite | Presse | Kultur", "Kultur"),
        ("Sie sind hier: Startseite | Sport | Fußball", "Fußball"),
        ("Startseite / Sport / Fußball", "Fußball"),
    ],
)
def test_path_ends_with_the_section_above_the_headline(text: str, category: str | None) -> None:
    assert parse_category(text, url=None, headline="Neuer Brunnen läuft") == category


def test_comma_within_a_number_joins_no_categories() -> None:
    assert [first_label(text) for text in ("1,5-Grad-Ziel", "Kunst, Kultur", "Mode,Kultur")] == [
        "1,5-Grad-Ziel", "Kunst, Kultur", "Mode",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Bücher vor Ort", True),
        ("Bildung und Wissenschaft", True),
        ("Glocken waren zu laut", False),
        ("Newsletter", False),
        ("Artikel", False),
    ],
)
def test_half_a_sentence_is_no_label(text: str, is_one: bool) -> None:  # noqa: FBT001 (a case)
    assert is_label(text) == is_one


@pytest.mark.parametrize(
    ("texts", "headline"),
    [
        (["Polizei leert Keller in Musterstadt", "Polizei Musterstadt"], 0),
        (["Unser Blatt gehört allen Lesern", "Politik", "Kultur", "Sport", "Rennen auf dem See"], 4),
        (["Aktuelle Seite: Home / Verein / Der neue Brunnen läuft", "Der neue Brunnen läuft"], 1),
        (["hib - heute im bundestag", "Fraktion fragt nach Brücken"], 1),
        (["Brücke im Musterland gesperrt", "Blatt-Redakteurin Erika Muster"], 0),
        (["Erika Muster", "Kommentar: Zu spät, zu wenig", "Politik"], 1),
        (["Melden von Rechtsverstößen", "Musterau siegt 2:1"], 1),
    ],
)
def test_headline_is_neither_motto_nor_path_nor_sender_nor_author(texts: list[str], headline: int) -> None:
    lines = [Line(number, text) for number, text in enumerate(texts)]
    found = find_headline(lines, end=len(lines), stamps=[], url=None)
    assert found is not None
    assert found[0] == headline
