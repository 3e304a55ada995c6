"""Names: what is one name in another spelling, and what is another name."""

from __future__ import annotations

import pytest

from feeds.text import name_key, strip_signs


@pytest.mark.parametrize(
    "names",
    [
        ("Über uns", "UEBER UNS", "über-uns"),
        ("Wirtschaft + Recht", "Wirtschaft & Recht", "Wirtschaft/Recht"),
        ("Kultur", "„Kultur“", "Kultur:"),
        ("C++", "c++"),
        ("Kultur+", "Kultur +", "KULTUR + "),
    ],
)
def test_spelling_makes_no_other_name(names: tuple[str, ...]) -> None:
    assert len(set(map(name_key, names))) == 1


def test_signs_of_a_word_make_another_name() -> None:
    names = ["C", "C++", "C#", "Kultur", "Kultur+", "Sport", "Sport!", "MeToo", "#MeToo", "*", "+"]
    assert len(set(map(name_key, names))) == len(names)


@pytest.mark.parametrize(("name", "wanted"), [("C++", "C"), ("#MeToo", "MeToo"), ("A + B", "A + B"), ("+", "+")])
def test_a_name_without_its_signs(name: str, wanted: str) -> None:
    assert strip_signs(name) == wanted
