"""Dates, addresses, languages and HTML: single values, as a table of cases."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.check import dates, html, values
from feeds.check.rules import Report

CASES = json.loads((Path(__file__).parents[1] / "data" / "check" / "values.json").read_text(encoding="utf-8"))
IDS: dict[str, bool] = CASES.pop("normal ids")
CHECKS: dict[str, Callable[[Report, int | None, str, str], Any]] = {
    "rss date": dates.check_rss_date,
    "instant": dates.check_instant,
    "w3c date": dates.check_w3c_date,
    "address": values.check_address,
    "language": values.check_language,
    "media type": values.check_media_type,
    "named e-mail": values.check_named_email,
    "title": values.check_title,
    "html": html.check_html,
}
EARLIEST = datetime(1990, 1, 1)  # noqa: DTZ001 (Hypothesis wants the zone apart)
FLAT = [(kind, value, rules) for kind, cases in CASES.items() for value, rules in cases.items()]


@pytest.mark.parametrize(("kind", "value", "rules"), FLAT, ids=[f"{kind}: {value}"[:60] for kind, value, _ in FLAT])
def test_a_value_breaks_just_these_rules(kind: str, value: str, rules: str) -> None:
    report = Report("")
    CHECKS[kind](report, 1, value, kind)
    assert sorted({objection.rule for objection in report.finish()}) == rules.split()


@pytest.mark.parametrize("uri", sorted(IDS))
def test_ids_in_their_normal_form_are_told(uri: str) -> None:
    assert values.is_canonical(uri) is IDS[uri]


@given(st.datetimes(min_value=EARLIEST, timezones=st.just(UTC)))
def test_dates_that_the_library_writes_pass(instant: datetime) -> None:
    report = Report("")
    instant = instant.replace(microsecond=0)
    assert dates.check_rss_date(report, 1, format_datetime(instant, usegmt=True), "") == instant
    assert dates.check_instant(report, 1, instant.strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0"), "") == instant
    assert dates.check_w3c_date(report, 1, instant.isoformat(), "") == instant
    assert not report.finish()
