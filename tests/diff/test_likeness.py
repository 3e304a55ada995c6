"""Two entries have nearly the same text, or are two reports that have words in common, as a file of cases says."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from feeds.diff import likeness
from feeds.diff.likeness import Texts, Vanished
from feeds.foreign import Entry

CASES = json.loads((Path(__file__).parent.parent / "data/diff/likeness.json").read_text(encoding="utf-8"))
WARNING = (
    "Zeugen, die etwas gesehen haben, werden gebeten, sich bei jeder Dienststelle zu melden. Auskunft geben die "
    "Pressestelle und außerhalb der Bürozeiten die Leitstelle. Diese Meldung darf mit Angabe der Quelle verbreitet "
    "werden; Bilder sind nur mit einer Genehmigung der Behörde frei, die schriftlich einzuholen ist. "
    "Wer weitere Fragen hat, findet die Nummern aller Dienststellen auf den Seiten der Behörde, ebenso die Zeiten, in "
    "denen Besucher empfangen werden, und die Wege, auf denen Anzeigen erstattet und Fundsachen abgegeben werden."
)


def make(number: int, text: str, published: int = 1) -> Entry:
    return Entry(f"urn:{number}", "atom", published=published, text=text)


def test_there_are_cases_of_both_kinds() -> None:
    assert {case["same"] for case in CASES} == {True, False}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_texts_are_nearly_the_same_or_two_reports(case: dict[str, Any]) -> None:
    one, two = make(1, case["text"]), make(2, case["other"], 1 if case["same_time"] else 90_000)
    texts = Texts([one, two])
    assert texts.is_nearly_same(one, two) == texts.is_nearly_same(two, one) == case["same"]


def test_words_that_many_entries_have_are_no_entrys_own() -> None:
    entries = [
        make(number, f"<p>Im {number}. Bezirk fehlt seit heute ein Rad.</p><p>{WARNING}</p>") for number in range(3)
    ]
    assert Texts().is_nearly_same(*entries[:2])
    assert not Texts(entries).is_nearly_same(*entries[:2])


def test_texts_are_compared_by_their_words_not_their_markup() -> None:
    report = "Der Rat der Stadt hat am Abend die neue Satzung beschlossen, teilte die Verwaltung am Dienstag mit."
    assert Texts().is_nearly_same(make(1, f"<p>{report}</p>"), make(2, f"<div>{report.replace('ü', '&uuml;')}</div>"))


def test_a_notice_is_like_none() -> None:
    entry = make(1, WARNING)
    assert not Texts().is_nearly_same(entry, replace(entry, is_notice=True))


def test_what_is_gone_is_found_by_its_text_the_likest_first() -> None:
    end = " Das gab der Rat der Stadt bekannt."
    gone = [
        make(1, "Etwas ganz anderes steht hier, und auch das in mehr als acht Wörtern."),
        make(2, WARNING + end),
        make(3, WARNING),
    ]
    vanished = Vanished(iter(gone), Texts())
    assert [entry.id for entry in vanished.find_like(make(9, WARNING, 90_000))] == ["urn:3", "urn:2"]
    assert list(vanished.find_like(make(9, "Nichts davon."))) == []


def test_what_is_gone_is_asked_for_with_the_first_that_comes_and_not_without_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(likeness, "MAX_ARRIVED", 2)
    asked: list[int] = []
    vanished = Vanished((asked.append(1) or make(1, WARNING) for _ in range(1)), Texts())  # type: ignore[func-returns-value]
    assert not asked
    found = [list(vanished.find_like(make(number, WARNING))) for number in range(2, 5)]
    assert ([len(each) for each in found], asked) == ([1, 1, 0], [1])
