"""Dates as text: German for pages, RFC 822 and RFC 3339 for feeds. Never asks the locale, which is process-wide."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from feeds.dates.words import MONTHS

RFC822_DAYS = tuple("Mon Tue Wed Thu Fri Sat Sun".split())
RFC822_MONTHS = tuple("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())


_MONTHS = tuple(names[0] for names in MONTHS)


def format_german(value: date | datetime, months: Sequence[str] = _MONTHS) -> str:
    """A date as German pages print it: "25. Juni 2024, 14:05 Uhr", or "25. Juni 2024" where there is no clock.

    The clock is that of the value's own zone, to the minute. `months` are the names of the months, January first.
    """
    text = f"{value.day}. {months[value.month - 1]} {value.year:04d}"
    if isinstance(value, datetime):
        text = f"{text}, {value.hour:02d}:{value.minute:02d} Uhr"
    return text


def format_rfc822(instant: datetime) -> str:
    """An instant as RSS wants it, "Tue, 25 Jun 2024 14:05:00 +0300": RFC 822 section 5 with a four-digit year.

    The RSS Advisory Board's profile asks for the four digits. The seconds are whole, UTC is written `GMT`, and so is an
    instant whose offset is no whole minute (zones had such before 1900). Raises ValueError for one without a zone.
    """
    minutes, seconds = divmod(offset_seconds(instant), 60)
    if seconds:
        return format_rfc822(instant.astimezone(UTC))
    sign = "-" if minutes < 0 else "+"
    zone = "GMT" if instant.tzinfo is UTC else f"{sign}{abs(minutes) // 60:02d}{abs(minutes) % 60:02d}"
    return (
        f"{RFC822_DAYS[instant.weekday()]}, {instant.day:02d} {RFC822_MONTHS[instant.month - 1]} "
        f"{instant.year:04d} {instant.hour:02d}:{instant.minute:02d}:{instant.second:02d} {zone}"
    )


def format_rfc3339(instant: datetime) -> str:
    """An instant as Atom wants it, "2024-06-25T11:05:00Z": RFC 3339 section 5.6 in UTC and whole seconds.

    Some readers drop the offset after a fraction, so neither is written. Raises ValueError for one without a zone.
    """
    offset_seconds(instant)
    utc = instant.astimezone(UTC)
    return f"{utc.year:04d}-{utc.month:02d}-{utc.day:02d}T{utc.hour:02d}:{utc.minute:02d}:{utc.second:02d}Z"


def offset_seconds(instant: datetime) -> int:
    """Seconds east of Greenwich. Raises ValueError for an instant without a zone."""
    offset = instant.utcoffset()
    if offset is None:
        raise ValueError(f"an instant needs a zone: {instant!r}")
    return int(offset.total_seconds())
