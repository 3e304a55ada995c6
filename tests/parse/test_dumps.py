"""Pages that a converter or a text browser saved: its marks and numbers are none of the text."""

from __future__ import annotations

import pytest

from feeds.parse.dumps import unmark


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        (["# Der Weg am Bach", "", "## Kosten"], ["Der Weg am Bach", "", "Kosten"]),
        (["  * [Politik](/politik \"Zur Rubrik\")", "[Weg](https://a.de/weg_(bach))"], ["  * Politik", "Weg"]),
        (["[Der Weg", "am Bach](", "/weg)"], ["Der Weg", "am Bach", ""]),
        (["![Der Bach](bach.jpg)", "[![](a.png)](/a)Text"], ["", "Text"]),
        (["**Der Weg** am __Bach__", "_14. Mai 2020_", "*Von Eva*"], ["Der Weg am Bach", "14. Mai 2020", "Von Eva"]),
        (["14\\. Mai 2020", "a \\- b"], ["14. Mai 2020", "a - b"]),
        (["Politik |", "| Sport"], ["Politik", "Sport"]),
        (["[1]Bund", "[2] Sport", "[3]Am [4]Bach [5]und", " 1. https://a.de/"], ["Bund", "Sport", "Am Bach und", ""]),
    ],
)  # fmt: skip
def test_marks_are_taken_off(shown: list[str], text: list[str]) -> None:
    assert list(unmark([*shown, ""])) == [*text, ""]


@pytest.mark.parametrize(
    "line",
    ["#Bach ist das Wort", "Das Buch [1] und [2] der Bund", "5 * 3 * 2 = 30", "***", "Rat_haus_platz", "[sic] (so)"],
)  # fmt: skip
def test_other_signs_stay(line: str) -> None:
    assert list(unmark([line, ""])) == [line, ""]
