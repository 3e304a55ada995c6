"""When an article counts as published, released, changed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.dates import Stamp
from feeds.dates.instants import find_start, to_datetime, to_seconds
from feeds.ingest.publication.instants import find_nudge, find_published, find_updated

NOTE = Path(__file__).parents[2] / "docs" / "a-day-without-a-clock-stands-at-noon-in-feeds.md"
ZONE = "Europe/Berlin"
DAY = Stamp(date(2024, 6, 25), "day", ())
CLOCK = Stamp(datetime(2024, 6, 25, 11, 5, tzinfo=UTC), "minute", ())
MIDNIGHT = to_seconds(datetime(2024, 6, 24, 22, tzinfo=UTC))
NOON = MIDNIGHT + 12 * 3600


def test_a_clock_is_taken_as_it_is() -> None:
    assert find_published(CLOCK, ZONE, identifier="a", seen=0) == to_seconds(datetime(2024, 6, 25, 11, 5, tzinfo=UTC))
    assert find_start(CLOCK, ZONE) == find_published(CLOCK, ZONE, identifier="a", seen=None)


@given(st.text(max_size=20), st.integers(-10, 30))
def test_a_day_stands_in_the_hour_after_noon_or_when_it_was_first_seen(identifier: str, hours: int) -> None:
    instant = find_published(DAY, ZONE, identifier=identifier, seen=None)
    assert NOON <= instant < NOON + 3600
    seen = MIDNIGHT + hours * 3600
    wanted = max(seen, MIDNIGHT) if seen < instant else instant
    assert find_published(DAY, ZONE, identifier=identifier, seen=seen) == wanted


def test_a_day_stands_where_the_note_says() -> None:
    row = re.compile(r"^\| (\d{4}-\d\d-\d\d) \| (\S+) \| `(\S+)` \| (\S+) \| (\S+) \|$", re.MULTILINE)
    rows = row.findall(NOTE.read_text(encoding="utf-8"))
    assert rows
    for day, zone, identifier, seen, wanted in rows:
        stamp = Stamp(date.fromisoformat(day), "day", ())
        first = None if seen == "later" else to_seconds(datetime.fromisoformat(seen))
        instant = find_published(stamp, zone, identifier=identifier, seen=first)
        assert to_datetime(instant) == datetime.fromisoformat(wanted)


def test_days_keep_an_order_of_their_own() -> None:
    instants = {find_published(DAY, ZONE, identifier=str(number), seen=None) for number in range(50)}
    assert len(instants) > 45


@pytest.mark.parametrize(
    ("day", "zone", "wanted"),
    [
        (date(2024, 6, 25), "Europe/Minsk", datetime(2024, 6, 24, 21, tzinfo=UTC)),
        (date(2024, 3, 31), "Europe/Berlin", datetime(2024, 3, 30, 23, tzinfo=UTC)),  # the clocks change that day
        (date(2024, 10, 27), "Europe/Berlin", datetime(2024, 10, 26, 22, tzinfo=UTC)),
    ],
)
def test_the_embargo_of_a_day_ends_as_it_begins(day: date, zone: str, wanted: datetime) -> None:
    assert to_datetime(find_start(Stamp(day, "day", ()), zone)) == wanted


def test_updated_is_never_before_published() -> None:
    published = to_seconds(datetime(2024, 6, 25, 11, 5, tzinfo=UTC))
    assert find_updated(None, ZONE, published=published) == published
    assert find_updated(DAY, ZONE, published=published) == published
    later = Stamp(datetime(2024, 6, 25, 12, tzinfo=UTC), "minute", ())
    assert find_updated(later, ZONE, published=published) == to_seconds(datetime(2024, 6, 25, 12, tzinfo=UTC))


@given(st.integers(0, 10**9), st.sets(st.integers(0, 59)))
def test_a_nudge_is_the_first_free_second_of_the_minute_or_none(updated: int, offsets: set[int]) -> None:
    taken = {updated - updated % 60 + offset for offset in offsets}
    nudge = find_nudge(updated, taken.__contains__)
    free = [second for second in range(updated, updated - updated % 60 + 60) if second not in taken]
    assert nudge == (free[0] - updated if free else 0)
    assert (updated + nudge) // 60 == updated // 60
