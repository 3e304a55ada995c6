"""Instants as the library and the ledger hold them: whole seconds since 1970, UTC."""

from __future__ import annotations

from datetime import UTC, datetime, time

from feeds.dates.stamp import Stamp
from feeds.dates.zones import load_zone

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def to_seconds(instant: datetime) -> int:
    """Whole seconds since 1970."""
    return int(instant.timestamp())


def to_datetime(seconds: int) -> datetime:
    """The instant, aware, in UTC."""
    return datetime.fromtimestamp(seconds, UTC)


def find_start(stamp: Stamp, zone: str) -> int:
    """The instant of a stamp: its time, or the start of its day in the zone (IANA) where it has no clock."""
    value = stamp.value
    return to_seconds(value if isinstance(value, datetime) else datetime.combine(value, time(), load_zone(zone)))


def find_ahead(stamp: Stamp | None, zone: str, *, now: int) -> int | None:
    """The instant from which a stamp is at most a day ahead, if that is still to come; None where it does now.

    Until then a change is not believed: it is taken for a typing error, for it would date the whole feed.
    """
    believed = 0 if stamp is None else find_start(stamp, zone) - DAY
    return believed if believed > now else None
