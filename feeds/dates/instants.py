"""Instants as the library and the ledger hold them: whole seconds since 1970, UTC."""

from __future__ import annotations

from datetime import UTC, datetime

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def to_seconds(instant: datetime) -> int:
    """Whole seconds since 1970."""
    return int(instant.timestamp())


def to_datetime(seconds: int) -> datetime:
    """The instant, aware, in UTC."""
    return datetime.fromtimestamp(seconds, UTC)
