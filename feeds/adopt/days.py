"""Articles whose page gives a day and no time: when they were first seen, as their published date shows. Pure."""

from __future__ import annotations

from dataclasses import replace

from feeds.adopt.plan import ArticleChange
from feeds.dates.instants import HOUR
from feeds.ingest.publication.instants import find_offset

_MORNING = 13 * HOUR
"""From the start of a day until noon, also where clocks are changed."""


def date_by_entry(change: ArticleChange) -> tuple[ArticleChange, bool]:
    """The change with the article as it was dated in the feeds, and whether it was first seen at that instant.

    What was seen before noon of its day was published as of then (feeds.ingest.publication.instants); all else at noon,
    and a part of an hour that the id gives, which may be another than that of the id that was minted again.
    """
    ours, old = change.match.ours, change.match.old
    if ours.has_clock or ours.is_known:
        return change, False
    noon = ours.published - find_offset(ours.id) + find_offset(change.id)
    told = noon if old.published is None else old.published
    is_seen = noon - _MORNING <= told < noon
    published = told if is_seen else noon
    updated = published if ours.updated == ours.published else max(published, ours.updated)
    dated = replace(ours, published=published, updated=updated)
    return replace(change, match=replace(change.match, ours=dated)), is_seen
