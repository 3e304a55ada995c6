"""find_dates: the dates of running text, all of them and nothing that is none."""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.dates import DateError, Match, Stamp, find_dates, load_zone, parse_date
from feeds.dates.finder import candidates
from feeds.dates.stamp import Basis
from tests.growth import grows_at_most

DATA = Path(__file__).parents[1] / "data" / "dates"
BERLIN = load_zone("Europe/Berlin")
NOW = datetime(2024, 6, 26, 18, 30, tzinfo=BERLIN)
PROSE = [json.loads(line) for line in (DATA / "prose.jsonl").read_text(encoding="utf-8").splitlines()]
NO_DATES = [json.loads(line) for line in (DATA / "no_dates.jsonl").read_text(encoding="utf-8").splitlines()]
HOLDS_A_DATE = {
    "a range of days", "the date of something else", "several days", "a name beside a weekday",
    "no date for its words in capitals",
}  # fmt: skip
"""Texts that are no date but hold one: the last day of the range, a birth, both of two days; a day whose words are not
read in capitals, which in running text nothing tells from other words."""


def find(text: str, *, now: datetime | None = NOW) -> list[Match]:
    return find_dates(text, now=now, tz=BERLIN)


def is_expected(value: date | datetime, expected: str) -> bool:
    if "T" not in expected:
        return not isinstance(value, datetime) and value.isoformat() == expected
    wanted = datetime.fromisoformat(expected)
    if not isinstance(value, datetime):
        return False
    return value == wanted if wanted.tzinfo else value.replace(tzinfo=None) == wanted


def test_there_are_cases() -> None:
    assert len(PROSE) > 40
    assert sum(not case["finds"] for case in PROSE) > 8


@pytest.mark.parametrize("case", PROSE, ids=lambda case: case["input"][:50].encode("unicode_escape").decode())
def test_prose_gives_its_dates_and_no_others(case: dict[str, Any]) -> None:
    found = find(case["input"])
    assert [(match.text, match.label) for match in found] == [(f["text"], f.get("label")) for f in case["finds"]]
    for match, wanted in zip(found, case["finds"], strict=True):
        assert is_expected(match.stamp.value, wanted["expected"]), match
        assert case["input"][match.start : match.end] == match.text


@pytest.mark.parametrize(
    "text", [case["input"] for case in NO_DATES if case["why"] not in HOLDS_A_DATE],
    ids=lambda text: text.encode("unicode_escape").decode(),
)  # fmt: skip
def test_no_date_is_found_in_a_line(text: str) -> None:
    assert find(f"Von Max Muster · {text} · Lesezeit: 4 Min.") == []


def test_relative_dates_are_left_out_without_now() -> None:
    assert [match.text for match in find("gestern, 25.06.2024, vor 3 Stunden", now=None)] == ["25.06.2024"]


def test_offsets_count_in_the_original_text() -> None:
    text = "Stand\u00ad: am 3.\u00a0Ja\u0308n\u00adner\u200b 2024, 9 Uhr, sagte er."
    (match,) = find(text)
    assert text[match.start : match.end] == match.text == "3.\u00a0Ja\u0308n\u00adner\u200b 2024, 9 Uhr"
    assert match.label == "updated"


def test_characters_whose_lower_case_is_longer_keep_the_offsets() -> None:
    text = "İİİ gestern Abend um acht"
    (match,) = find(text)
    assert match.text == "gestern Abend um acht"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Stand: 25.06.2024", "updated"),
        ("Zuletzt aktualisiert am Dienstag, den 25. Juni 2024", "updated"),
        ("Letzte Änderung: 25.06.2024", "updated"),
        ("Veröffentlicht am 25.06.2024", "published"),
        ("Publiziert: gestern, 14:05 Uhr", "published"),
        ("Erschienen am 25. Juni 2024", "published"),
        ("Hinzugefügt am 25.06.2024", "published"),
        ("Freigegeben: 25.06.2024", "published"),
        ("vor 2 Stunden aktualisiert", "updated"),
        ("Aktualisiert vor 2 Monaten von der Redaktion", "updated"),
        ("25.06.2024, 14:05 Uhr", None),
        ("Berlin, 25. Juni 2024", None),
        ("Der Text wird ständig aktualisiert.\n\n25.06.2024", None),
        ("aktualisiert: 15:33 14.05.2021", "updated"),
        ("Publié le : 23/09/2022 - 18:12", "published"),
        ("Modifié le : 23/09/2022 - 18:12", "updated"),
    ],
)
def test_label_is_what_the_words_around_say(text: str, label: str | None) -> None:
    assert [match.label for match in find(text)] == [label]


@given(st.text(max_size=200))
def test_matches_are_in_order_and_do_not_overlap(text: str) -> None:
    end = 0
    for match in find(text):
        assert end <= match.start < match.end <= len(text)
        assert match.text == text[match.start : match.end]
        end = match.end


@given(st.dates(date(1950, 1, 1), date(2060, 12, 31)), st.times())
def test_stamp_in_prose_is_the_stamp_alone(day: date, clock: Any) -> None:
    text = f"{day.day}. {day.month}. {day.year}, {clock.hour}:{clock.minute:02d} Uhr"
    (match,) = find(f"Der Bericht vom {text} liegt vor.")
    assert match.text == text
    assert match.stamp == parse_date(text, now=NOW, tz=BERLIN)


HOSTILE = {
    "digits": "1", "dots": ".", "digits and dots": "1.", "blanks": " ", "digits and blanks": "1 ", "months": "Juni ",
    "days": "25. ", "clocks": "14:05 ", "weekdays": "Montag ", "before": "vor ", "amounts": "1 Tag ", "commas": "1,",
    "labels": "Stand: ", "soft hyphens": "1\u00ad", "combining marks": "a\u0308\u0308", "almost dates": "25.06.20245 ",
    "impossible dates": "32.01.2024 ", "dates": "25.06.2024, ", "words of time": "um halb ", "day words": "heute ",
}  # fmt: skip


def test_time_grows_with_the_length_of_long_texts_too() -> None:
    """A copy of the rest of a text for each weak date is quick, until there are many in a long one."""
    short = "25.06. " * 6_000
    assert grows_at_most(40, partial(find, short), partial(find, short * 16))


def test_impossible_dates_of_a_long_text_keep_no_frames() -> None:
    for text in ("32.01.2024", "Montag, den 31."):
        (error,) = candidates(text, Basis(NOW, BERLIN, "past"), prose=True)
        assert isinstance(error, DateError)
        assert error.__traceback__ is None


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_grows_with_the_length_and_not_its_square(piece: str) -> None:
    """Sixteen times the text takes about sixteen times as long; with a square in it, it would be 256 times."""
    short = (piece * 8_000)[:8_000]
    assert grows_at_most(90, partial(find, short), partial(find, short * 16))


@pytest.mark.parametrize(
    "text", ["1" * 1_000_000, " " * 1_000_000, "1." * 500_000, "25. Juni" + " " * 1_000_000 + "2024"]
)
def test_a_megabyte_in_one_line_comes_to_an_end(text: str) -> None:
    assert len(find(text)) <= 1
    with pytest.raises(DateError):
        parse_date(text, now=NOW, tz=BERLIN)


def test_day_without_a_clock_stays_a_day() -> None:
    (match,) = find("Am Dienstag, 25. Juni 2024")
    assert match.stamp == Stamp(date(2024, 6, 25), "day")
