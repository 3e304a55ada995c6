"""What converters and text browsers put into a page is taken off it, and no line goes with it."""

from __future__ import annotations

import pytest

from feeds.parse.mending.dumps import unmark


def test_lines_stay_as_many_where_a_browser_numbered_the_links() -> None:
    numbers = [f"[{number}]" for number in range(1, 7)]
    lines = [*numbers, "[7]Politik", "", " 1. https://beispiel.de/", " 2. https://beispiel.de/politik"]
    assert unmark(lines) == [*[""] * len(numbers), "Politik", "", "", ""]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("*Von Erika Muster*", "Von Erika Muster"),
        ("_Die Brücke ist offen._ ", "Die Brücke ist offen."),
        ("Politik |", "Politik"),
        ("|\tPolitik", "Politik"),
        ("Kabinett billigt Gesetz für den Netzausbau = ", "Kabinett billigt Gesetz für den Netzausbau"),
        ("Drei und drei = sechs =", "Drei und drei = sechs ="),
        ("== Drei neue Radwege ==", "== Drei neue Radwege =="),
        (r"\"Das gilt ab dem 1\. Mai\", sagte sie\~", '"Das gilt ab dem 1. Mai", sagte sie~'),
        (r"\\rechner\seiten C:\$Neu \{x\} 5\%", r"\\rechner\seiten C:\$Neu \{x\} 5\%"),
    ],
)
def test_marks_are_taken_off_wherever_they_are(line: str, text: str) -> None:
    assert unmark([line]) == [text]
    assert unmark(["", line, ""]) == ["", text, ""]
