"""One form for every message: on one line whatever stands in a file's name, then what to do."""

from __future__ import annotations

import pytest

from feeds.errors import MAX_REASONS_SHOWN, GateError, describe, quote, say_number, show_text


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("seeds/zwei\nzeilen.txt", r"seeds/zwei\nzeilen.txt"),
        ("a\x1b[31m.txt", r"a\x1b[31m.txt"),
        ("Straße 1.txt", "Straße 1.txt"),
    ],
)
def test_a_path_is_shown_on_one_line(path: str, shown: str) -> None:
    assert show_text(path) == shown
    assert describe("is empty", path=path, line=3, hint="delete it") == f"{shown}:3: is empty\n  delete it"


def test_advice_of_the_gate_is_below_what_it_is_about() -> None:
    reasons = [("a", "mend a"), ("b", "look"), ("c", "look"), ("d", None), *[("e", "look")] * MAX_REASONS_SHOWN]
    error = GateError.gather([GateError(what, path="x", hint=hint) for what, hint in reasons])
    lines = ["x: a", "  mend a", "x: b", "x: c", "  look", "x: d", *["x: e"] * (MAX_REASONS_SHOWN - 4), "  look"]
    assert str(error).split("\n") == [*lines, "and 4 more"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("^geschrieben (\\d+", "'^geschrieben (\\d+'"),
        ("it's", '"it\'s"'),
        ("a\nb", "'a\\nb'"),
        ("postgresql+psycopg://feeds:ge:h@im@db.example/x", "'postgresql+psycopg://feeds:…@db.example/x'"),
        ("https://blatt.example:8000/a@b", "'https://blatt.example:8000/a@b'"),
    ],
)
def test_text_is_quoted_as_it_is_written_without_passwords(text: str, shown: str) -> None:
    assert quote(text) == shown
    assert describe("is odd", text=text) == f"is odd: {shown}"


def test_one_is_no_plural() -> None:
    assert [say_number(number, "seed") for number in (0, 1, 2)] == ["0 seeds", "1 seed", "2 seeds"]
    assert [say_number(number, "entry", "entries") for number in (1, 2)] == ["1 entry", "2 entries"]
