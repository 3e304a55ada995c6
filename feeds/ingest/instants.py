"""When an article counts as published, released, changed. All instants are seconds since 1970, UTC. Pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time

from feeds.dates import Stamp, load_zone
from feeds.dates.instants import DAY, HOUR, MINUTE, to_seconds
from feeds.text import digest

NOON = time(12)


def find_published(stamp: Stamp, zone: str, *, identifier: str, seen: int | None) -> int:
    """The instant that stands for `published` in feeds.

    A date without a clock stands at noon in its zone plus a stable offset below an hour, so that such articles keep an
    order; or at the instant when it was first seen, if that was earlier on that day.
    """
    if isinstance(stamp.value, datetime):
        return to_seconds(stamp.value)
    offset = int(digest(identifier)[:8], 16) % HOUR
    noon = _at(stamp.value, NOON, zone) + offset
    if seen is not None and _at(stamp.value, time(), zone) <= seen < noon:
        return seen
    return noon


def find_release(stamp: Stamp, zone: str) -> int:
    """The instant at which an embargo on the article ends: its time, or the start of its day where it has no clock."""
    return to_seconds(stamp.value) if isinstance(stamp.value, datetime) else _at(stamp.value, time(), zone)


def find_updated(stamp: Stamp | None, zone: str, *, published: int) -> int:
    """The instant that stands for the page's own `updated`, never before `published`; a date alone is its start."""
    return published if stamp is None else max(published, find_release(stamp, zone))


def find_ahead(stamp: Stamp | None, zone: str, *, now: int) -> int | None:
    """When the page's own `updated` is believed, if that is still to come: a day before it; None where it is now.

    Until then it is taken for a typing error, for it would date the whole feed.
    """
    believed = 0 if stamp is None else find_release(stamp, zone) - DAY
    return believed if believed > now else None


def find_nudge(updated: int, is_taken: Callable[[int], bool], *, is_printed: bool = True) -> int:
    """The seconds by which `updated` moves so that no other entry has it; 0 where the rest of its minute is taken.

    An instant that no page prints, such as that of a correction, may move out of its minute.
    """
    for nudge in range(MINUTE - updated % MINUTE if is_printed else HOUR):
        if not is_taken(updated + nudge):
            return nudge
    return 0


def _at(day: date, clock: time, zone: str) -> int:
    return to_seconds(datetime.combine(day, clock, load_zone(zone)))
