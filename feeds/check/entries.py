"""What all entries of a feed must be together, in every format: distinct, and not newer than their feed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from feeds.check.rules import Report, Rule

DUPLICATE_ID = Rule(
    "duplicate-id",
    "error",
    "RSS 2.0 (guid); RFC 4287 section 4.1.1; JSON Feed 1.1",
    "Each entry of a feed has an id of its own.",
    "Mint an id once for each article; readers show one of the entries only.",
)
DUPLICATE_UPDATED = Rule(
    "duplicate-updated",
    "warning",
    "W3C feed validator; readers that order by time",
    "No two entries of a feed are updated at the same second.",
    "Move one of them by a second, and keep it there.",
)
STALE_FEED = Rule(
    "stale-feed",
    "warning",
    "RFC 4287 section 4.2.15",
    "A feed's updated is not before that of its newest entry.",
    "Take the newest instant among entries and removals.",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What of an entry matters outside it. Dates are texts as the document has them; None where there is none."""

    id: str | None
    title: str | None = None
    link: str | None = None
    published: str | None = None
    updated: str | None = None
    line: int | None = None


_UTC_LENGTH: Final = len("2024-06-25T12:05:00Z")


def check_entries(report: Report, entries: Iterable[Entry], *, feed_updated: str | None = None) -> None:
    """Object to entries of one feed that share an id or an update, or are newer than the feed says it is."""
    ids: dict[str, int | None] = {}
    times: set[str] = set()
    newest = ""
    for entry in entries:
        if entry.id is not None:
            if entry.id in ids:
                report.add(DUPLICATE_ID, entry.line, "two entries have this id", entry.id)
            ids[entry.id] = entry.line
        if entry.updated is not None:
            if entry.updated in times:
                report.add(DUPLICATE_UPDATED, entry.line, "two entries are updated at the same time", entry.updated)
            times.add(entry.updated)
            # Texts compare as instants only where both are whole seconds in UTC.
            if len(entry.updated) == _UTC_LENGTH and entry.updated.endswith("Z"):
                newest = max(newest, entry.updated)
    if feed_updated and len(feed_updated) == _UTC_LENGTH and feed_updated.endswith("Z") and feed_updated < newest:
        report.add(STALE_FEED, None, f"the feed's updated is before {newest}", feed_updated)
