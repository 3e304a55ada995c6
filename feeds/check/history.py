"""What an Atom or RSS feed says about its history: complete, paged or archived (RFC 5005)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from feeds.check.links import relation_of
from feeds.check.nodes import Node
from feeds.check.rules import Report, Rule
from feeds.check.shapes import check_empty

ARCHIVE_CURRENT = Rule.warning(
    "archive-current",
    "RFC 5005 section 4",
    "An archive document links to the feed that readers subscribe to.",
    'Write a link with rel="current".',
)
ARCHIVE_UNLINKED = Rule.warning(
    "archive-unlinked",
    "RFC 5005 section 4",
    "An archive document links to the one before or after it.",
    'Write a link with rel="prev-archive" or rel="next-archive".',
)
COMPLETE_FEED = Rule.error(
    "complete-feed",
    "RFC 5005 section 2",
    "A complete feed has no links to other documents of its history.",
    "Remove fh:complete, or the links.",
)
LINK_PAST_END = Rule.error(
    "link-past-end",
    "RFC 5005 section 3",
    "The first page of a paged feed has no previous one, the last no next one.",
    "Remove the link.",
)

_MARKS: Final = frozenset({"fh:complete", "fh:archive"})


def check_history(report: Report, feed: Node, links: Iterable[Node]) -> None:
    """Object to a feed (in RSS: a channel) whose marks and links contradict each other; `links` are its own."""
    relations = {relation_of(link): link.attributes.get("href") for link in links}
    marks = {child.name: child for child in feed.children if child.name in _MARKS}
    for mark in marks.values():
        check_empty(report, mark)
    is_complete = "fh:complete" in marks
    linked = relations.keys() & {"prev-archive", "next-archive"}
    if "fh:archive" in marks and not is_complete:
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
