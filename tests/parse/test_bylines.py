"""Who signs a text."""

from __future__ import annotations

import pytest

from feeds.parse.bylines import is_person, parse_byline
from feeds.parse.head.signers import find_signers
from tests.parse.test_stamps import read_page


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Von Erika Muster", ("Erika Muster",)),
        ("von Erika Muster (BLATT.AT)", ("Erika Muster",)),
        ("BLATT-Online-Redakteur Max Beispiel", ("Max Beispiel",)),
        ("Von Blatt-Reporterin Erika Muster", ("Erika Muster",)),
        ("Korrespondentin Erika Muster und Max Beispiel", ("Erika Muster", "Max Beispiel")),
        ("Reporter Max Beispiel verhaftet", ()),
        ("Redakteur werden: So geht es", ()),
        ("Von Musterstadt nach Beispielhausen", ()),
        ("Eine Kolumne von Erika Muster", ("Erika Muster",)),
        ("Beitrag von Max Beispiel", ("Max Beispiel",)),
        ("Geschrieben von Erika Muster", ("Erika Muster",)),
        ("Veröffentlicht von Erika Muster", ("Erika Muster",)),
        ("Veröffentlicht von der Stadt Musterau", ()),
        ("von Erika Muster in Lokales", ("Erika Muster",)),
        ("Bericht von der Messe in Musterstadt", ()),
        ("von Erika Muster, RADIO MUSTER", ("Erika Muster",)),
        ("Interview: Erika Muster", ("Erika Muster",)),
        ("Interview: Kanzler Muster", ()),
        ("Interview: Innenministerin Erika Muster", ()),
        ("Protokoll: Max Muster", ("Max Muster",)),
        ("Protokoll: Streit Der Brüder Muster", ()),
        ("Von unserem Korrespondenten Max Beispiel, Genua", ("Max Beispiel",)),
        ("Von unserer Redakteurin Erika Muster", ("Erika Muster",)),
        ("Von Erika Muster, veröffentlicht am 17.11.2026 in Lokales", ("Erika Muster",)),
        ("Von Erika Muster, aktualisiert am 17. November", ("Erika Muster",)),
        ("von Presse- und Informationszentrum Musterland", ()),
        ("Von der Lokalredaktion", ()),
        ("Von Erika Muster und dpa", ("Erika Muster",)),
    ],
)
def test_byline_names_its_authors_without_role_and_sender(text: str, names: tuple[str, ...]) -> None:
    assert parse_byline(text) == names


@pytest.mark.parametrize(
    ("text", "is_name"),
    [
        ("Anna Muster-Beispiel", True),
        ("Anna-Lena Muster", True),
        ("Neues Rathaus", False),
        ("Muster - Beispiel", False),
        ("Alte Oper", False),
        ("Kölner Dom", False),
        ("Musterisches Museum", False),
        ("Peter Muster", True),
        ("Johannes Muster", True),
        ("Heike Muster", True),
        ("Biologie Medizin", False),
        ("Nachricht Musterau", False),
        ("Amtsgericht Musterau", False),
        ("Verein Musterau", False),
        ("Musterwald Bote", False),
        ("Radio Musterau", False),
        ("Stuttgart Mitte", False),
        ("Burgdorf Bern", False),
        ("Enthält Werbung", False),
        ("Geschrieben von Administrator", False),
    ],
)
def test_name_may_be_double(text: str, is_name: bool) -> None:  # noqa: FBT001 (a case)
    assert is_person(text) == is_name


@pytest.mark.parametrize(
    ("above", "names"),
    [
        (["Rahel Muster"], [1]),
        (["Der Rat sagt Ja.", "Rahel Muster", "Max Beispiel"], [2, 3]),
        (["Der Rat sagt Ja.", "Rahel Muster", "Genua"], [2, 3]),
        (["Der Rat sagt Ja.", "Rahel Muster, Genua"], [2]),
        (["Lokales", "Rahel Muster"], []),
        (["Neue Wege"], []),
        (["Genua"], []),
        (["Der Rat sagt Ja."], []),
        ([], []),
    ],
)
def test_names_alone_between_headline_or_lead_and_stamp_are_the_authors(above: list[str], names: list[int]) -> None:
    texts = ["Neuer Weg am Bach", *above, "3. Mai 2016"]
    signers = find_signers(texts, range(1, len(texts)), headline=0, stamps={len(above) + 1})
    assert list(() if signers is None else signers.lines) == names


@pytest.mark.parametrize(
    "line",
    [
        "{name} | {stamp}",
        "{stamp} | Lesedauer: 3 Min | {name}",
        "{name} · {stamp} · 3 Kommentare",
        "Lokales | {stamp} | {name}",
        "{name}, Musterau, {stamp}",
        "Musterau, {stamp}, {name}",
        "{name} ({stamp})",
        "{stamp} ({name})",
        "Erstellt: {stamp} | {name}",
        "Von {name} am {stamp}",
        "Am {stamp} von {name}",
        "Veröffentlicht von {name} am {stamp}",
        "Eingestellt von {name} am {stamp}",
        "Hinzugefügt am {stamp} von {name}",
        "Beitrag von {name} vom {stamp}",
        "Posted by {name} | {stamp} | Lokales",
        "{stamp}/0 Kommentare/in Lokales/von {name}",
        "Datum: {stamp} Kategorie: Lokales Autor: {name}",
        "{stamp} by {name} Leave a Comment",
        "Veröffentlicht in Lokales am {stamp} von {name}",
        "By {name} On {stamp}",
    ],
)
def test_name_that_shares_its_line_with_the_stamp_is_the_authors(line: str) -> None:
    article = read_page(line.format(name="Erika Muster", stamp="12.03.2021 um 14:05 Uhr"), "below")
    assert article.authors == ("Erika Muster",)
    assert str(article.published and article.published.value)[:16] == "2021-03-12 14:05"


@pytest.mark.parametrize(
    "line",
    [
        "Bergische Wochen | Lokales | 12.03.2021, 14:05 Uhr",
        "Rhein Neckar | 12.03.2021, 14:05 Uhr | Politik",
        "Veröffentlicht von der Stadt Musterau am 12.03.2021",
        "Erstellt: 12.03.2021, 14:05 Uhr | Musterauer Land",
    ],
)
def test_section_beside_the_stamp_is_nobody(line: str) -> None:
    assert read_page(line, "below").authors == ()
