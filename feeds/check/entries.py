"""What the entries of a feed must be, in every format: distinct, and not newer than their feed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from feeds.check.dates import read_instant
from feeds.check.rules import Report, Rule

DUPLICATE_ID = Rule.error(
    "duplicate-id",
    "RSS 2.0 (guid); RFC 4287 section 4.1.1; JSON Feed 1.1",
    "Each entry of a feed has an id of its own.",
    "Mint an id once for each article; readers show one of the entries only.",
)
DUPLICATE_UPDATED = Rule.warning(
    "duplicate-updated",
    "W3C feed validator; readers that order by time",
    "No two entries of a feed are updated at the same second.",
    "Move one of them by a second, and keep it there.",
)
STALE_FEED = Rule.warning(
    "stale-feed",
    "RFC 4287 section 4.2.15",
    "A feed's updated is not before that of its newest entry, or the when of its newest tombstone.",
    "Take the newest instant among entries and removals.",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """The facts about an entry that its feed is checked by. Dates are texts as in the document, or None."""

    id: str | None
    title: str | None = None
    link: str | None = None
    published: str | None = None
    updated: str | None = None
    line: int | None = None
    has_author: bool = True  # as far as is known


def check_entries(
    report: Report, entries: Iterable[Entry], *, feed_updated: str | None = None, removed: Iterable[str] = ()
) -> None:
    """Object to entries of one feed that share an id or an update, or are newer than the feed says it is.

    `removed` are the dates of tombstones, which must not be newer either. Dates that are not RFC 3339 are ignored.
    """
    ids: dict[str, int | None] = {}
    times: dict[datetime, str] = {}
    for entry in entries:
        if entry.id is not None:
            if entry.id in ids:
                report.add(DUPLICATE_ID, entry.line, "two entries have this id", entry.id)
            ids[entry.id] = entry.line
        if entry.updated is not None and (instant := read_instant(entry.updated)) is not None:
            if instant in times:
                report.add(DUPLICATE_UPDATED, entry.line, "two entries are updated at the same time", entry.updated)
            times[instant] = entry.updated
    own = read_instant(feed_updated) if feed_updated else None
    if own is not None:
        times.update((instant, when) for when in removed if (instant := read_instant(when)) is not None)
        newest = max(times, default=own)
        if own < newest:
            report.add(STALE_FEED, None, f"the feed's updated is before {times[newest]}", feed_updated)
