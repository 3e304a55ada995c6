"""Stamps of changes: whether one is later than another, and one that has its clock alone behind the publication's."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from feeds.dates import Stamp
from feeds.parse.stamps.around import CHANGED_AT
from feeds.parse.stamps.candidate import Candidate


def is_later(one: Stamp, other: Stamp) -> bool:
    """Whether a stamp is later than another, as far as both tell."""
    if isinstance(one.value, datetime) and isinstance(other.value, datetime):
        return one.value > other.value
    return one.day > other.day


def find_change_that_day(text: str, published: Candidate) -> Stamp | None:
    """The stamp of a change that a line tells by its clock alone: "17.11.2026, 10:00 Uhr, aktualisiert um 15:02 Uhr".

    None where there is none behind the stamp of the publication.
    """
    value = published.match.stamp.value
    match = CHANGED_AT.match(text, published.end)
    if match is None or not isinstance(value, datetime):
        return None
    changed = value.replace(hour=int(match["hour"]), minute=int(match["minute"]), second=0)
    return replace(published.match.stamp, value=changed, precision="minute") if changed >= value else None
