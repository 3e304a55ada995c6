"""Who signs a text."""

from __future__ import annotations

import pytest

from feeds.parse.bylines import find_names_above, is_person, parse_byline


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
    ],
)
def test_name_may_be_double(text: str, is_name: bool) -> None:  # noqa: FBT001 (a case)
    assert is_person(text) == is_name


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["Neuer Weg am Bach", "Rahel Muster"], [1]),
        (["Neuer Weg am Bach", "Der Rat sagt Ja.", "Rahel Muster", "Max Beispiel"], [2, 3]),
        (["Neuer Weg am Bach", "Der Rat sagt Ja.", "Rahel Muster", "Genua"], [2, 3]),
        (["Neuer Weg am Bach", "Der Rat sagt Ja.", "Rahel Muster, Genua"], [2]),
        (["Neuer Weg am Bach", "Lokales", "Rahel Muster"], []),
        (["Neuer Weg am Bach", "Neue Wege"], []),
        (["Neuer Weg am Bach", "Genua"], []),
        (["Neuer Weg am Bach", "Der Rat sagt Ja."], []),
        (["Neuer Weg am Bach"], []),
    ],
)
def test_names_alone_below_a_headline_or_a_lead_are_the_authors(lines: list[str], names: list[int]) -> None:
    assert list(find_names_above(lines, len(lines), top=0)) == names
