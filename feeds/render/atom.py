"""Atom 1.0 (RFC 4287). feedgen builds the elements."""

from __future__ import annotations

from datetime import datetime

from lxml import etree

from feeds.dates import format_rfc3339
from feeds.feed import Feed
from feeds.render.elements import ATOM, NAMESPACES, Element, EntryElement, build_feed, cut
from feeds.render.shell import Shell

FILE_NAME = "atom.xml"
MEDIA_TYPE = "application/atom+xml"

_TAIL = b"</feed>"


def render_entry(element: EntryElement) -> bytes:
    """An entry as an `<entry>`, as it is in every Atom document of ours."""
    wrapper = _make_wrapper()
    wrapper.append(element.atom_entry())
    return cut(etree.tostring(wrapper, encoding="UTF-8"), b"<entry", _TAIL)


def render_tombstone(identifier: str, when: datetime) -> bytes:
    """The tombstone of an entry that is gone (RFC 6721 section 3), as it takes the place of the entry."""
    wrapper = _make_wrapper()
    etree.SubElement(wrapper, f"{{{NAMESPACES['at']}}}deleted-entry", ref=identifier, when=format_rfc3339(when))
    return cut(etree.tostring(wrapper, encoding="UTF-8"), b"<at:deleted-entry", _TAIL)


def render_shell(feed: Feed) -> Shell:
    """The document around the entries."""
    document = build_feed(feed, FILE_NAME, MEDIA_TYPE).atom_str()
    return Shell(document.removesuffix(_TAIL), _TAIL)


def _make_wrapper() -> Element:
    # A new one for each call, because a server's threads render tombstones in parallel. feedgen's Atom elements have no
    # namespace, so the root gets a literal xmlns attribute.
    return etree.Element("feed", {"xmlns": ATOM}, nsmap=NAMESPACES)
