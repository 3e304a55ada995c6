"""What is written: German for pages, RFC 822 and RFC 3339 for feeds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import format_datetime, parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.dates import format_german, format_rfc822, format_rfc3339, load_zone

MINSK = load_zone("Europe/Minsk")
BERLIN = load_zone("Europe/Berlin")
INSTANT = datetime(2024, 6, 25, 14, 5, 9, 123456, tzinfo=MINSK)


def test_german_has_the_names_of_the_table() -> None:
    assert format_german(INSTANT) == "25. Juni 2024, 14:05 Uhr"
    assert format_german(date(2024, 6, 25)) == "25. Juni 2024"
    assert format_german(datetime(2024, 3, 1, 0, 7, tzinfo=UTC)) == "1. März 2024, 00:07 Uhr"


def test_rfc822_is_english_with_four_digits_of_the_year() -> None:
    assert format_rfc822(INSTANT) == "Tue, 25 Jun 2024 14:05:09 +0300"
    assert format_rfc822(INSTANT.astimezone(UTC)) == "Tue, 25 Jun 2024 11:05:09 GMT"
    assert format_rfc822(INSTANT.astimezone(timezone(timedelta(hours=-3, minutes=-30)))).endswith("07:35:09 -0330")


def test_rfc822_writes_an_offset_of_seconds_as_utc() -> None:
    assert format_rfc822(datetime(1890, 1, 1, 12, tzinfo=BERLIN)) == "Wed, 01 Jan 1890 11:06:32 GMT"


def test_rfc3339_is_utc_in_whole_seconds() -> None:
    assert format_rfc3339(INSTANT) == "2024-06-25T11:05:09Z"


@pytest.mark.parametrize("write", [format_rfc822, format_rfc3339])
def test_instant_without_a_zone_is_refused(write: object) -> None:
    assert callable(write)
    with pytest.raises(ValueError, match="zone"):
        write(datetime(2024, 6, 25, 14, 5))  # noqa: DTZ001 - the mistake that is tested


@given(st.datetimes(timezones=st.sampled_from([UTC, MINSK, load_zone("America/St_Johns"), BERLIN])))
def test_rfc822_agrees_with_the_standard_library(instant: datetime) -> None:
    if instant.year < 1000 or (instant.utcoffset() or timedelta(0)) % timedelta(minutes=1):
        return
    instant = instant.replace(microsecond=0)
    assert parsedate_to_datetime(format_rfc822(instant)).timestamp() == instant.timestamp()
    if instant.tzinfo is not UTC:
        assert format_rfc822(instant) == format_datetime(instant)
