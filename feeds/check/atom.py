"""Atom 1.0 (RFC 4287), with archives (RFC 5005) and tombstones (RFC 6721)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from feeds.check.atom_constructs import CHECKS, METADATA, check_alternates
from feeds.check.atom_entry import ATOM_MISSING, check_entry, read_entry
from feeds.check.dates import check_instant
from feeds.check.entries import Entry, check_entries
from feeds.check.links import check_link, check_self, relation_of
from feeds.check.nodes import Node
from feeds.check.rules import Report, Rule
from feeds.check.shapes import (
    Shape,
    check_attributes,
    check_shape,
)
from feeds.check.values import (
    MISSING_LANGUAGE,
    check_address,
)

ATOM_NAMESPACE = Rule(
    "atom-namespace",
    "error",
    "RFC 4287 section 1.2",
    "The root is feed in the namespace of Atom.",
    'Write <feed xmlns="http://www.w3.org/2005/Atom">.',
)
MISPLACED_METADATA = Rule(
    "misplaced-metadata",
    "error",
    "W3C feed validator; readers that parse in one pass",
    "What is said of the feed stands before its entries.",
    "Write the entries last.",
)
ARCHIVE_CURRENT = Rule(
    "archive-current",
    "warning",
    "RFC 5005 section 4",
    "An archive document links to the feed that readers subscribe to.",
    'Write a link with rel="current".',
)
ARCHIVE_UNLINKED = Rule(
    "archive-unlinked",
    "warning",
    "RFC 5005 section 4",
    "An archive document links to the one before or after it.",
    'Write a link with rel="prev-archive" or rel="next-archive".',
)
COMPLETE_FEED = Rule(
    "complete-feed",
    "error",
    "RFC 5005 section 2",
    "A complete feed has no links to other documents of its history.",
    "Remove fh:complete, or the links.",
)
LINK_PAST_END = Rule(
    "link-past-end",
    "error",
    "RFC 5005 section 3",
    "The first page of a paged feed has no previous one, the last no next one.",
    "Remove the link.",
)
TOMBSTONE = Rule(
    "tombstone",
    "error",
    "RFC 6721 section 3",
    "A tombstone says which entry is gone (ref), and when it went (when).",
    "Write ref with the entry's id, and when with an RFC 3339 date.",
)
TOMBSTONE_AND_ENTRY = Rule(
    "tombstone-and-entry",
    "warning",
    "RFC 6721 section 4",
    "An entry is there, or its tombstone is, not both.",
    "Remove one: where both stand, the later date cancels the other.",
)
_FEED: Final = Shape({**METADATA, "entry": False})
_TOMBSTONE: Final = frozenset({"ref", "when"})


def check_feed(
    report: Report, feed: Node, *, entries: Iterable[Entry] | None = None, has_entry_authors: bool = False
) -> None:
    """Object to an Atom feed document.

    With `entries`, those were checked before, and only one that is empty keeps their place in `feed`;
    `has_entry_authors` says whether each of them has an author.
    """
    check_shape(report, feed, _FEED)
    for name in ("id", "title", "updated"):
        if feed.find(name) is None:
            report.add(ATOM_MISSING, feed.line, f"the feed has no {name}")
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
    own = next((link for link in links if relation_of(link) == "self"), None)
    check_self(report, own.line if own else feed.line, own.attributes.get("href", "") if own else None, "the feed")
    _check_history(report, feed, {relation_of(link): link.attributes.get("href") for link in links})
    has_author = feed.find("author") is not None
    if entries is None:
        found = feed.find_all("entry")
        for entry in found:
            check_entry(report, entry, has_author=has_author)
        entries = [read_entry(entry) for entry in found]
    elif not has_author and not has_entry_authors:
        report.add(ATOM_MISSING, feed.line, "the feed has no author, nor has each entry one")
    entries = list(entries)
    updated = feed.find("updated")
    check_entries(report, entries, feed_updated=updated.text if updated else None)
    _check_tombstones(report, feed, {entry.id for entry in entries})


def _check_order(report: Report, feed: Node) -> None:
    started = False
    for child in feed.children:
        if child.name == "entry":
            started = True
        elif started and child.name in METADATA:
            report.add(MISPLACED_METADATA, child.line, f"<{child.name}> of the feed stands behind an entry")


def _check_history(report: Report, feed: Node, relations: dict[str, str | None]) -> None:
    is_complete = feed.find("fh:complete") is not None
    linked = relations.keys() & {"prev-archive", "next-archive"}
    if feed.find("fh:archive") is not None and not is_complete:
        if "current" not in relations:
            report.add(ARCHIVE_CURRENT, feed.line, "the archive document doesn't link to the current feed")
        if not linked:
            report.add(ARCHIVE_UNLINKED, feed.line, "the archive document links to no other")
    own = relations.get("self")
    for end, beyond in (("first", "previous"), ("last", "next")):
        if own is not None and relations.get(end) == own and beyond in relations:
            report.add(
                LINK_PAST_END, feed.line, f"the feed is its {end} page, and has a {beyond} one", relations[beyond]
            )
    if is_complete and relations.get("current", own) != own:
        report.add(COMPLETE_FEED, feed.line, "the feed says it is complete, and links to a more current one")
    if is_complete and (linked or relations.keys() & {"next", "previous", "first", "last"}):
        report.add(COMPLETE_FEED, feed.line, "the feed says it is complete, and links to other documents")


def _check_tombstones(report: Report, feed: Node, ids: set[str | None]) -> None:
    for tombstone in feed.find_all("at:deleted-entry"):
        check_attributes(report, tombstone, _TOMBSTONE)
        ref, when = tombstone.attributes.get("ref"), tombstone.attributes.get("when")
        if not ref or not when:
            report.add(TOMBSTONE, tombstone.line, f"a tombstone has no {'ref' if not ref else 'when'}")
        else:
            check_address(report, tombstone.line, ref, "ref of a tombstone")
            check_instant(report, tombstone.line, when, "when of a tombstone")
        if ref in ids:
            report.add(TOMBSTONE_AND_ENTRY, tombstone.line, "an entry and its tombstone are both there", ref)
