"""parse_date: every form, every refusal, and what holds for any text.

The cases are data (`tests/data/dates`), one JSON line each. `now` is Wednesday, 26 June 2024, 18:30 in Berlin unless
the case says otherwise. `expected` is a date, a wall clock of Berlin, or an instant with its offset; `problem` is a
piece of the problem that the stamp carries.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feeds.dates import DateError, Stamp, format_german, format_rfc822, format_rfc3339, load_zone, parse_date

DATA = Path(__file__).parents[1] / "data" / "dates"
BERLIN = load_zone("Europe/Berlin")
NOW = datetime(2024, 6, 26, 18, 30, tzinfo=BERLIN)
Case = dict[str, Any]


def load_cases(*names: str) -> list[Case]:
    lines = [line for name in names for line in (DATA / name).read_text(encoding="utf-8").splitlines()]
    return [json.loads(line) for line in lines]


FORMS = load_cases("absolute.jsonl", "clocks.jsonl", "labels.jsonl", "characters.jsonl", "relative.jsonl")
NO_DATES = load_cases("no_dates.jsonl")


def read(text: str, *, now: datetime | None = NOW, tz: tzinfo = BERLIN) -> Stamp:
    return parse_date(text, now=now, tz=tz)


def is_expected(value: date | datetime, expected: str) -> bool:
    if "T" not in expected:
        return not isinstance(value, datetime) and value.isoformat() == expected
    wanted = datetime.fromisoformat(expected)
    if not isinstance(value, datetime):
        return False
    return value == wanted if wanted.tzinfo else value.replace(tzinfo=None) == wanted


def test_there_are_cases() -> None:
    assert len(FORMS) > 500
    assert len(NO_DATES) > 250


@pytest.mark.parametrize("case", FORMS, ids=lambda case: case["input"].encode("unicode_escape").decode())
def test_form_is_read(case: Case) -> None:
    now = datetime.fromisoformat(case["now"]).replace(tzinfo=BERLIN) if "now" in case else NOW
    stamp = parse_date(case["input"], now=now, tz=BERLIN, prefer=case.get("prefer", "past"))
    assert is_expected(stamp.value, case["expected"]), stamp
    assert (stamp.precision == "day") == ("T" not in case["expected"])
    if "problem" in case:
        assert any(case["problem"] in problem for problem in stamp.problems), stamp
    else:
        assert stamp.problems == ()


@pytest.mark.parametrize("case", NO_DATES, ids=lambda case: case["input"].encode("unicode_escape").decode())
def test_no_date_is_refused(case: Case) -> None:
    with pytest.raises(DateError):
        read(case["input"])


@pytest.mark.parametrize(
    "text", ["01.01.0001", "0001-01-01T00:00:00+01:00", "31.12.9999, 23:30 Uhr", "9999-12-31T23:30:00-05:00"]
)
def test_what_programs_write_for_no_date_is_none(text: str) -> None:
    with pytest.raises(DateError, match="at the edge of the calendar"):
        read(text)


def test_error_names_the_text() -> None:
    with pytest.raises(DateError, match=r"no calendar has this day: '32\.01\.2024'"):
        read("32.01.2024")


def test_relative_text_without_now_is_an_error() -> None:
    for text in ("gestern", "vor 3 Stunden", "Montag, 16:20 Uhr", "letzte Woche", "am 3."):
        with pytest.raises(DateError, match="relative"):
            read(text, now=None)
    for text in ("25. Juni", "24.06., 9 Uhr", "Dienstag, 25. Juni"):
        with pytest.raises(DateError, match="a day without a year"):
            read(text, now=None)


def test_absolute_text_needs_no_now() -> None:
    assert read("25. Juni 2024", now=None).value == date(2024, 6, 25)
    assert read("letzter Sonntag im März 2014", now=None).value == date(2014, 3, 30)


def test_day_that_is_written_out_needs_no_now_for_the_words_around_it() -> None:
    assert read("25. Juni 2024 (heute um 14 Uhr aktualisiert)", now=None).value == date(2024, 6, 25)


def test_now_that_the_zone_of_the_source_does_not_have_is_an_error() -> None:
    last = datetime(9999, 12, 31, 12, tzinfo=UTC)
    with pytest.raises(DateError, match="outside of the calendar"):
        read("gestern", now=last, tz=load_zone("Pacific/Kiritimati"))


def test_naive_now_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="aware"):
        read("gestern", now=datetime(2024, 6, 26, 18, 30))  # noqa: DTZ001 - the mistake that is tested


def test_long_text_is_refused() -> None:
    with pytest.raises(DateError, match="too long"):
        read("25. Juni 2024 " + "und " * 400)


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("25. Juni 2024, 14 Uhr", "minute"),
        ("25. Juni 2024, 14:05", "minute"),
        ("25. Juni 2024, 14:05:00", "second"),
        ("vor 3 Stunden", "minute"),
        ("vor 3 Sekunden", "second"),
        ("gestern Abend", "day"),
        ("vor 2 Wochen", "day"),
    ],
)
def test_precision_is_that_of_the_text(text: str, precision: Literal["second", "minute", "day"]) -> None:
    assert read(text).precision == precision


def test_clock_is_that_of_the_zone_of_the_source() -> None:
    stamp = read("25. Juni 2024, 14:05", tz=load_zone("Europe/Minsk"))
    assert stamp.value == datetime(2024, 6, 25, 11, 5, tzinfo=UTC)


def test_instant_in_the_repeated_hour_can_be_compared() -> None:
    value = read("27.10.2024, 02:30 Uhr").value
    assert value == datetime(2024, 10, 27, 0, 30, tzinfo=UTC)


def test_weekday_decides_the_missing_year() -> None:
    assert read("Donnerstag, 27. Juni").value == date(2024, 6, 27)
    assert read("27. Juni").value == date(2023, 6, 27)


# What holds for every day and every text

MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
SHORT_MONTHS = "Jan. Feb. Mär. Apr. Mai Jun. Jul. Aug. Sept. Okt. Nov. Dez.".split()
WEEKDAYS = "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag".split()
ROMAN = "I II III IV V VI VII VIII IX X XI XII".split()
ENGLISH = "January February March April May June July August September October November December".split()


def forms_of(day: date) -> list[str]:
    """A day in every absolute form with four digits of the year."""
    d, m, y = day.day, day.month, day.year
    return [
        f"{d}. {MONTHS[m - 1]} {y:04d}", f"{WEEKDAYS[day.weekday()]}, den {d:02d}. {MONTHS[m - 1]} {y:04d}",
        f"{WEEKDAYS[day.weekday()][:2]}., {d}. {SHORT_MONTHS[m - 1]} {y:04d}", f"{d:02d}.{m:02d}.{y:04d}",
        f"{d}.{m}.{y:04d}", f"{d}. {m}. {y:04d}", f"{d:02d}/{m:02d}/{y:04d}", f"{d:02d}-{m:02d}-{y:04d}",
        f"{d}. {ROMAN[m - 1]}. {y:04d}", day.isoformat(), f"{y:04d}/{m:02d}/{d:02d}", f"{y:04d}{m:02d}{d:02d}",
        f"{ENGLISH[m - 1]} {d}, {y:04d}",
        f"{d}-{SHORT_MONTHS[m - 1].rstrip('.')}-{y:04d}", f"{d:02d} {m:02d} {y:04d}",
    ]  # fmt: skip


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.times(), st.sampled_from([", ", " | ", " - ", " um ", " "]))
def test_shortcut_for_common_stamps_reads_what_the_grammar_reads(day: date, clock: Any, separator: str) -> None:
    for form in forms_of(day)[:5]:
        for text in (form, f"{form}{separator}{clock.hour}:{clock.minute:02d}"):
            assert read(text, now=None) == read(f"({text})", now=None), text


def test_every_day_of_two_centuries_round_trips() -> None:
    """Each day in one of the forms in turn, so that each form meets each day of the year and each kind of month."""
    day = date(1900, 1, 1)
    for number in range((date(2101, 1, 1) - day).days):
        current = day + timedelta(days=number)
        forms = forms_of(current)
        stamp = read(forms[number % len(forms)], now=None)
        assert stamp == Stamp(current, "day"), forms[number % len(forms)]


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_any_day_in_every_form_round_trips(day: date) -> None:
    for text in forms_of(day):
        assert read(text, now=None) == Stamp(day, "day"), text


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001 - bounds
def test_what_is_written_is_read(instant: datetime) -> None:
    whole = instant.replace(microsecond=0)
    assert read(format_rfc822(whole), now=None).value == whole
    assert read(format_rfc3339(whole), now=None).value == whole
    assert read(format_german(whole), now=None, tz=UTC).value == whole.replace(second=0)
    assert read(format_german(whole.date()), now=None).value == whole.date()


PIECES = st.sampled_from(
    "25 . : , / - – | Uhr Juni 2024 14 05 T Z + heute gestern morgen vor in am 3 Stunden Montag letzten um halb acht "
    "Stand den der ( ) § Mai So Do nächste Woche 24 99 0 VI MEZ Weihnachten erster pm v. Chr. 20240625 "
    "\u00ad \u0308 \n".split(" ")
)


@given(st.one_of(st.text(max_size=60), st.lists(st.tuples(PIECES, st.sampled_from(["", " "])), max_size=12).map(
    lambda pieces: "".join(piece + blank for piece, blank in pieces)
)))  # fmt: skip
@example("25. Juni 9999, 24 Uhr")
@example("1.1.0001, 0:30 +0100")
@example("vor 99999 Jahren")
@example("in 99999 Monaten")
@example("31.12.9999 24:00")
@example("Ostern 0001")
@example("٢٥. Juni 2024")
@example("²5. Juni 2024")
@example("25. Juni 2024, 14:05 Koordİnierte Weltzeit")
@example("25. Juni 2024, 14:05 Koord&#304;nierte Weltzeit")
@example("25. Juni 2024, 14:05 Weſteuropäische Zeit")
@example("25. Juni 2024 &isi; &ampisi")
def test_any_text_is_a_stamp_or_an_error(text: str) -> None:
    try:
        stamp = read(text)
    except DateError:
        return
    assert isinstance(stamp.value, datetime) == (stamp.precision != "day")
    if isinstance(stamp.value, datetime):
        assert stamp.value.utcoffset() is not None
        assert stamp.value.microsecond == 0


PROGRAM = """
import sys
from datetime import UTC, datetime
from feeds.dates import parse_date, format_german, format_rfc822, load_zone
berlin = load_zone("Europe/Berlin")
now = datetime(2024, 6, 26, 16, 30, tzinfo=UTC)
for text in ("gestern, 21:40", "vor 3 Stunden", "25. Juni, 14:05", "Montag, 16:20 Uhr", "25.06.2024, 14:05 Uhr"):
    value = parse_date(text, now=now, tz=berlin).value
    print(value.isoformat(), format_german(value), format_rfc822(value))
"""


def test_answer_depends_neither_on_the_zone_nor_the_locale_of_the_machine() -> None:
    answers = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM], env={"TZ": zone, "LC_ALL": locale, "PYTHONIOENCODING": "utf-8"},
            capture_output=True, check=True,
        ).stdout
        for zone, locale in (("Pacific/Kiritimati", "C"), ("America/New_York", "de_DE.UTF-8"))
    }  # fmt: skip
    assert len(answers) == 1


def test_import_brings_in_none_of_the_heavy_libraries() -> None:
    heavy = "{'flask', 'feedgen', 'sqlite3', 'dateutil', 'lxml', 'pydantic'}"
    program = f"import sys, feeds.dates; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "[]"


def test_zone_without_transitions_is_fine() -> None:
    assert read("25. Juni 2024, 14:05", tz=UTC).value == datetime(2024, 6, 25, 14, 5, tzinfo=UTC)
    assert isinstance(BERLIN, ZoneInfo)


@pytest.mark.parametrize(
    "text",
    [
        "24. NOVEMBER 2019 UM 20:10 UHR", "24.11.2019 UM 20.10", "Sonntag, 24. November 2019, 20  Uhr  10",
        "24. November 2019, 8:10  pm",
    ],
)  # fmt: skip
def test_capitals_and_blanks_in_a_clock_tell_nothing(text: str) -> None:
    assert parse_date(text, now=None, tz=BERLIN).value == datetime(2019, 11, 24, 20, 10, tzinfo=BERLIN)


def test_capitals_in_a_relative_text_tell_nothing() -> None:
    found = parse_date("MORGEN UM 3:30", now=datetime(2018, 1, 4, tzinfo=BERLIN), tz=BERLIN)
    assert found.value == datetime(2018, 1, 5, 3, 30, tzinfo=BERLIN)


@pytest.mark.parametrize("text", ["letzte Woche", "nächstes Jahr", "Letzten Monat", "Morgen", "14.09.2022 um 21.11"])
def test_a_full_stop_tells_nothing(text: str) -> None:
    assert read(f"{text}.").value == read(text).value


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text.replace(" ", "\u00a0"), id="no-break"),
        pytest.param(lambda text: text.replace(" ", "\u202f"), id="narrow"),
        pytest.param(lambda text: text.replace(" ", "\t"), id="tab"),
        pytest.param(lambda text: text.replace(" ", "   "), id="three"),
        pytest.param(lambda text: f" \n {text}\n ", id="around"),
        pytest.param(lambda text: f"{text},", id="comma"),
        pytest.param(lambda text: f"({text})", id="brackets"),
        pytest.param(lambda text: f"„{text}“", id="quotes"),
    ],
)
def test_blanks_and_what_stands_around_a_stamp_tell_nothing(change: Callable[[str], str]) -> None:
    for case in FORMS:
        now = datetime.fromisoformat(case["now"]).replace(tzinfo=BERLIN) if "now" in case else NOW
        stamp = parse_date(change(case["input"]), now=now, tz=BERLIN, prefer=case.get("prefer", "past"))
        assert is_expected(stamp.value, case["expected"]), case["input"]
    for case in NO_DATES:
        with pytest.raises(DateError):
            read(change(case["input"]))
