"""Tombstones of entries that are gone (RFC 6721), as Atom feeds hold them."""

from __future__ import annotations

from typing import Final

from feeds.check.atom_constructs import CHECKS, check_person, check_text
from feeds.check.dates import check_instant
from feeds.check.links import check_link
from feeds.check.nodes import Node
from feeds.check.rules import Report, Rule
from feeds.check.shapes import DUPLICATE_ELEMENT, UNEXPECTED_TEXT, Check, check_attributes
from feeds.check.values import check_address

TOMBSTONE = Rule.error(
    "tombstone",
    "RFC 6721 section 3",
    "A tombstone says which entry is gone (ref), and when it went (when); no two say the same.",
    "Write ref with the entry's id, and when with an RFC 3339 date.",
)
TOMBSTONE_AND_ENTRY = Rule.warning(
    "tombstone-and-entry",
    "RFC 6721 section 4",
    "An entry is there, or its tombstone is, not both.",
    "Remove one: where there are both, the later date cancels the other.",
)
_ATTRIBUTES: Final = frozenset({"ref", "when"})
_CHILDREN: Final[dict[str, Check]] = {
    "at:by": check_person,
    "at:comment": check_text,
    "source": CHECKS["source"],
}
"""The elements that a tombstone may have once, beside links. RFC 6721 names no others."""


def check_tombstones(report: Report, feed: Node, ids: set[str | None]) -> None:
    """Object to tombstones of a feed; `ids` are those of its entries."""
    seen: set[tuple[str | None, str | None]] = set()
    for tombstone in feed.find_all("at:deleted-entry"):
        check_attributes(report, tombstone, _ATTRIBUTES)
        ref, when = tombstone.attributes.get("ref"), tombstone.attributes.get("when")
        if not ref or not when:
            report.add(TOMBSTONE, tombstone.line, f"a tombstone has no {'ref' if not ref else 'when'}")
        else:
            check_address(report, tombstone.line, ref, "ref of a tombstone")
            check_instant(report, tombstone.line, when, "when of a tombstone")
            if (ref, when) in seen:
                report.add(TOMBSTONE, tombstone.line, "two tombstones have this ref and the same when", ref)
            seen.add((ref, when))
        if ref in ids:
            report.add(TOMBSTONE_AND_ENTRY, tombstone.line, "an entry and its tombstone are both there", ref)
        _check_children(report, tombstone)


def _check_children(report: Report, tombstone: Node) -> None:
    seen: set[str] = set()
    for child in tombstone.children:
        if check := _CHILDREN.get(child.name):
            check(report, child, "a tombstone")
            if child.name in seen:
                report.add(DUPLICATE_ELEMENT, child.line, f"<{tombstone.name}> has <{child.name}> twice")
            seen.add(child.name)
        elif child.name == "link":
            check_link(report, child, "a link of a tombstone", in_entry=True)
    if tombstone.text.strip():
        report.add(UNEXPECTED_TEXT, tombstone.line, f"<{tombstone.name}> has text of its own", tombstone.text.strip())
