"""Atom 1.0 (RFC 4287), with archives (RFC 5005) and tombstones (RFC 6721)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from feeds.check.atom_constructs import CHECKS, METADATA, NEEDED, check_alternates
from feeds.check.atom_entry import ATOM_MISSING, check_entry, read_entry
from feeds.check.entries import Entry, check_entries
from feeds.check.history import check_history
from feeds.check.links import check_link, check_self_link
from feeds.check.nodes import Node
from feeds.check.rules import Report, Rule
from feeds.check.shapes import Shape, check_shape
from feeds.check.tombstones import check_tombstones
from feeds.check.values import MISSING_LANGUAGE

ATOM_NAMESPACE = Rule.error(
    "atom-namespace",
    "RFC 4287 section 1.2",
    "The root is feed (of a single entry: entry) in the namespace of Atom.",
    'Write <feed xmlns="http://www.w3.org/2005/Atom">.',
)
MISPLACED_METADATA = Rule.error(
    "misplaced-metadata",
    "W3C feed validator; readers that parse in one pass",
    "The feed's own elements come before its entries.",
    "Write the entries last.",
)
_FEED: Final = Shape({**METADATA, "entry": False})


def check_feed(report: Report, feed: Node, *, entries: Sequence[Entry] | None) -> None:
    """Object to an Atom feed document. With `entries`, those were checked before; only an empty one keeps their place.

    Whether each has an author is known of those alone.
    """
    check_shape(report, feed, _FEED)
    report.add_missing(ATOM_MISSING, feed.line, "the feed", NEEDED, {child.name for child in feed.children})
    if not feed.attributes.get("xml:lang"):
        report.add(MISSING_LANGUAGE, feed.line, "the feed doesn't say its language")
    _check_order(report, feed)
    for child in feed.children:
        if child.name != "entry" and (check := CHECKS.get(child.name)):
            check(report, child, "the feed")
    links = feed.find_all("link")
    for link in links:
        check_link(report, link, "a link of the feed", in_entry=False)
    check_alternates(report, links, "the feed")
    check_self_link(report, feed, links, "the feed")
    check_history(report, feed, links)
    has_author = feed.find("author") is not None
    if entries is None:
        found = feed.find_all("entry")
        for entry in found:
            check_entry(report, entry, has_author=has_author)
        entries = [read_entry(entry) for entry in found]
    elif not has_author and not all(entry.has_author for entry in entries):
        report.add(ATOM_MISSING, feed.line, "the feed has no author, nor has each entry one")
    updated = feed.find("updated")
    removed = [tombstone.attributes.get("when", "") for tombstone in feed.find_all("at:deleted-entry")]
    check_entries(report, entries, feed_updated=updated.text if updated else None, removed=removed)
    check_tombstones(report, feed, {entry.id for entry in entries})


def _check_order(report: Report, feed: Node) -> None:
    started = False
    for child in feed.children:
        if child.name == "entry":
            started = True
        elif started and child.name in METADATA:
            report.add(MISPLACED_METADATA, child.line, f"<{child.name}> of the feed comes after an entry")
