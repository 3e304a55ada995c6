"""When an article counts as published and as changed. Instants are seconds since 1970, UTC. Pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time

from feeds.dates import Stamp, load_zone
from feeds.dates.instants import HOUR, MINUTE, find_start, to_seconds
from feeds.text import digest

NOON = time(12)


def find_published(stamp: Stamp, zone: str, *, identifier: str, seen: int | None) -> int:
    """The instant by which feeds give `published`.

    A date without a clock is at noon in its zone plus a stable offset below an hour, so that such articles keep an
    order; or at the instant when it was first seen, if that was earlier on that day. Of what was seen before the day,
    as where a page's day was corrected, it is unknown whether its noon has come: it is dated at the day's start.
    """
    if isinstance(stamp.value, datetime):
        return to_seconds(stamp.value)
    noon = to_seconds(datetime.combine(stamp.value, NOON, load_zone(zone))) + find_offset(identifier)
    if seen is not None and seen < noon:
        return max(seen, find_start(stamp, zone))
    return noon


def find_offset(identifier: str) -> int:
    """The seconds after noon, below an hour, at which an article without a clock is dated."""
    return int(digest(identifier)[:8], 16) % HOUR


def find_updated(stamp: Stamp | None, zone: str, *, published: int) -> int:
    """The instant by which feeds give the page's own `updated`, never before `published`; a date alone is its start."""
    return published if stamp is None else max(published, find_start(stamp, zone))


def find_nudge(updated: int, is_taken: Callable[[int], bool], *, is_printed: bool = True) -> int:
    """The seconds by which `updated` moves so that no other entry has it; 0 where the rest of its minute is taken.

    An instant that no page prints, such as that of a correction, may move out of its minute.
    """
    for nudge in range(MINUTE - updated % MINUTE if is_printed else HOUR):
        if not is_taken(updated + nudge):
            return nudge
    return 0
