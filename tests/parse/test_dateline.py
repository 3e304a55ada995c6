"""Datelines: what is one, what it says, where the text behind it begins; cases in tests/data/parse/datelines.json."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from feeds.article import Dateline
from feeds.dates import Stamp
from feeds.parse.datelines.dateline import match_dateline
from feeds.parse.datelines.opening import match_opening, match_wrapped
from feeds.parse.datelines.year import settle_year

CASES = json.loads((Path(__file__).parent.parent / "data/parse/datelines.json").read_text(encoding="utf-8"))
YEARS = [
    ("--12-31", date(2025, 1, 1), "2024-12-31"),
    ("--01-17", date(2022, 1, 18), "2022-01-17"),
    ("--01-01", date(2024, 12, 31), "2025-01-01"),
    ("--02-29", date(2024, 3, 1), "2024-02-29"),
    ("--02-29", date(2023, 3, 1), "--02-29"),
    ("--07-01", date(2024, 1, 1), "--07-01"),
    ("2020-07-01", date(2024, 1, 1), "2020-07-01"),
]


@pytest.mark.parametrize(("text", "expected"), [(case[0], case[1:]) for case in CASES])
def test_dateline_is_taken_apart(text: str, expected: list[str | None]) -> None:
    match = match_dateline(text)
    if match is None:
        assert expected == [None]
    else:
        line = match.dateline
        assert [line.place, line.day, line.agency, text[match.end :]] == expected


@pytest.mark.parametrize(
    "dateline", ["KREIS MINSK, 25. Juni (BelTA) – ", "Minsk; 25 . Juni (BelTA) - ", "BREST 25 Juni /BelTA/ "]
)
def test_dateline_is_whole_wherever_a_line_breaks_in_it(dateline: str) -> None:
    whole = match_dateline(f"{dateline}Text")
    assert whole is not None
    for at in [at for at, sign in enumerate(dateline) if sign == " "]:
        line, below = dateline[:at], f"{dateline[at + 1 :]}Text"
        found = match_dateline(line)
        if found is None or (found.end == len(line) and below != "Text"):
            found = match_wrapped(line, below)
        assert found is not None
        assert (found.dateline, f"{line} {below}"[found.end :].strip()) == (whole.dateline, "Text")


@pytest.mark.parametrize("above", ["Archivfoto", "Der Rat hat getagt.", "Am 3. Mai"])
def test_line_above_a_dateline_is_none_of_it(above: str) -> None:
    assert match_wrapped(above, "MINSK, 25. Juni (BelTA) – Text") is None


@pytest.mark.parametrize(("day", "published", "settled"), YEARS)
def test_year_is_that_in_which_the_day_is_near_to_the_stamp(day: str, published: date, settled: str) -> None:
    dateline = settle_year(Dateline("MINSK", day, None), Stamp(published, "day"))
    assert dateline is not None
    assert dateline.day == settled


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Musterdorf (dpa) - Text", True),
        ("Musterdorf (pbm). Text", True),
        ("Max Beispiel (alt). Text", False),
        ("Musterdorf, 12. Mai (mla) – Text", True),
        ("Musterdorf, 12. Mai – Text", False),
        ("Musterdorf, 12. Mai 2024 – Text", False),
        ("Köln, 12.05.2024. Text", False),
        ("Köln, 12.05.2024 (kna) Text", True),
        ("Max Beispiel (dpa) sagte", False),
    ],
)
def test_dateline_below_a_lead_has_an_agency_and_a_dash_or_its_year(text: str, is_one: bool) -> None:  # noqa: FBT001 (a case)
    assert (match_opening(text, first=False) is not None) == is_one


@pytest.mark.parametrize(
    ("published", "is_one"), [(date(2024, 5, 14), True), (date(2024, 9, 14), False), (date(2025, 5, 12), False)]
)
def test_dateline_below_a_lead_without_an_agency_is_near_the_publication(published: date, is_one: bool) -> None:  # noqa: FBT001 (a case)
    for text in ("Musterdorf, 12. Mai 2024 – Text", "Köln, 12.05.2024. Text"):
        assert (match_opening(text, first=False, published=published) is not None) == is_one


@pytest.mark.parametrize(
    ("text", "place", "agency"),
    [
        ("MUSTERAU. Die Brücke ist offen.", "MUSTERAU", None),
        ("MUSTERAU – Die Brücke ist offen.", "MUSTERAU", None),
        ("MUSTERAU taz | Die Brücke ist offen.", "MUSTERAU", "taz"),
        ("Wien – Die Brücke ist offen.", "Wien", None),
        ("Wien.", "Wien", None),
        ("Musterau/Riga - Zwei Otter sind da.", "Musterau/Riga", None),
        ("Ruhe. Ein Tag ohne Lärm.", None, None),
        ("Ruhe – Ein Tag ohne Lärm.", None, None),
        ("ACHTUNG. Die Brücke ist zu.", None, None),
        ("SPD. Die Partei tagt.", None, None),
        ("Wien. es geht weiter", None, None),
    ],
)
def test_place_stands_alone_where_it_is_known_or_in_capitals(text: str, place: str | None, agency: str | None) -> None:
    for first in (True, False):
        match = match_opening(text, first=first)
        found = (None, None) if match is None else (match.dateline.place, match.dateline.agency)
        assert found == (place, agency)


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        (
            [
                "Musterau saniert die Brücke",
                "Musterau – Der Rat hat das beschlossen.",
                "Die Brücke in Musterau ist alt.",
            ],
            "Musterau",
        ),
        (
            ["Die Brücke wird saniert", "Musterau – Der Rat hat das beschlossen.", "Die Brücke in Musterau ist alt."],
            None,
        ),
        (["Musterau saniert die Brücke", "Musterau – Der Rat hat das beschlossen.", "Die Brücke ist alt."], None),
        (["Ruhe im Wald", "Ruhe – Ein Tag ohne Lärm.", "Wer in den Wald geht, hat sie."], None),
    ],
)
def test_place_alone_is_one_that_a_headline_has_and_the_text_names_as_one(lines: list[str], place: str | None) -> None:
    match = match_opening(lines[1], first=True, labels=lines)
    assert (None if match is None else match.dateline.place) == place
