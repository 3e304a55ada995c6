"""Checking one document: reading it, recognising its format, applying the rules of that format.

Whatever the bytes are, objections come back and nothing is raised.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from lxml import etree

from feeds.check import atom, atom_entry, json_feed, json_reading, opml, rss, rss_item, sitemap
from feeds.check.entries import Entry
from feeds.check.namespaces import ATOM, check_namespaces
from feeds.check.nodes import Namespaces, Node, parse_xml
from feeds.check.rules import Objection, Report
from feeds.check.text import (
    CONTENT_TYPE,
    ENTITY,
    LARGE_FEED,
    MALFORMED_XML,
    MAX_BYTES,
    MAX_FEED_BYTES,
    TOO_LARGE,
    UNKNOWN_FORMAT,
    check_characters,
    check_prolog,
    check_references,
    read_utf8,
)
from feeds.check.values import name_type
from feeds.feed import FormatName

Kind = FormatName | Literal["opml", "sitemap"]

_ROOTS: Final[dict[str, Kind]] = {
    "feed": "atom",
    "entry": "atom",
    "rss": "rss",
    "opml": "opml",
    "urlset": "sitemap",
    "sitemapindex": "sitemap",
}
_XML_TYPES: Final = frozenset({"application/xml", "text/xml"})
_TYPES: Final[dict[Kind, frozenset[str]]] = {
    "atom": _XML_TYPES | {"application/atom+xml"},
    "rss": _XML_TYPES | {"application/rss+xml"},
    "json": frozenset({"application/feed+json", "application/json"}),
    "opml": _XML_TYPES | {"text/x-opml", "text/x-opml+xml"},
    "sitemap": _XML_TYPES,
}
_PAGE: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s++|<\?xml[^<>]*+>|<!--(?:[^-]|-(?!->))*+-->)*+(<(?:!doctype\s++)?html)(?=[\s>])",
    re.IGNORECASE,
)
_CHARSET: Final = re.compile(r";\s*charset\s*=\s*\"?([^\s\";]+)", re.IGNORECASE)
_GZIP: Final = b"\x1f\x8b"
# Parts of libxml2's messages about documents beyond its limits.
_LIMITS: Final = ("XML_PARSE_HUGE", " too big found", "Name too long")
_LINE_OF: Final = re.compile(r", line (\d+), column \d+")


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was read: its kind, its nodes (XML) or its value (JSON), and the objections to it.

    `kind` is None where it is unknown, or where the document could not be read.
    """

    kind: Kind | None
    root: Node | None
    value: object
    report: Report

    def list_entries(self) -> list[Entry]:
        """Its entries, in order, with what matters outside the document."""
        if self.kind == "json" and isinstance(self.value, dict):
            items = self.value.get("items")
            found = items if isinstance(items, list) else []
            return [json_feed.read_entry(item, None) for item in found if isinstance(item, dict)]
        if self.kind == "atom" and self.root:
            found = self.root.find_all("entry") if self.root.name == "feed" else [self.root]
            return [atom_entry.read_entry(entry) for entry in found]
        if self.kind == "rss" and self.root and (channel := self.root.find("channel")):
            return [rss_item.read_entry(item) for item in channel.find_all("item")]
        return []


def check_document(
    path: str,
    body: bytes,
    media_type: str | None = None,
    *,
    base_url: str | None = None,
    now: datetime | None = None,
    location: str | None = None,
) -> list[Objection]:
    """Everything that readers and validators would object to in a document, in the order of its lines.

    `path` is the document's path below `base_url`, or its whole address; where it is neither, `location` is the
    address at which it is found. `media_type` is the header with which it comes.
    """
    return read_document(path, body, media_type, base_url=base_url, now=now, location=location).report.finish()


def read_document(
    path: str,
    body: bytes,
    media_type: str | None = None,
    *,
    base_url: str | None = None,
    now: datetime | None = None,
    location: str | None = None,
) -> Document:
    """A document, read and checked: see `check_document`."""
    report = start_report(path, base_url, now, location)
    if len(body) > MAX_BYTES:
        report.add(TOO_LARGE, None, f"the document is too large to be read: it has more than {MAX_BYTES:,} bytes")
        return Document(None, None, None, report)
    if body.startswith(_GZIP):
        report.add(UNKNOWN_FORMAT, None, "the document is packed with gzip; what is in it is not looked at")
        return Document(None, None, None, report)
    if _is_json(path, body, media_type):
        value = json_reading.parse_json(report, body)
        if value is not None:
            json_feed.check_json_feed(report, value, body.decode("utf-8", "replace"))
            json_reading.check_texts(report, value)
        check_size(report, body)
        if isinstance(value, dict):
            check_type(report, "json", media_type)
        return Document("json" if isinstance(value, dict) else None, None, value, report)
    root = check_xml(report, body, find_charset(media_type))
    found = _kind_of(root) if root else None
    check_type(report, found, media_type)
    if found in {"atom", "rss"}:
        check_size(report, body)
    return Document(found, root, None, report)


def is_page(body: bytes) -> bool:
    """Whether a document is a web page."""
    return _PAGE.match(body) is not None


def _is_json(path: str, body: bytes, media_type: str | None) -> bool:
    """Whether to read a document as JSON: it starts like JSON, or is named JSON and doesn't start like XML."""
    first = body.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    is_called = name_type(media_type or "") in _TYPES["json"] or path.endswith(".json")
    return first in {b"{", b"["} or (first != b"<" and is_called)


def start_report(path: str, base_url: str | None, now: datetime | None, location: str | None = None) -> Report:
    """A report with the location of its document: its path below the base URL, or its whole address."""
    if location is None and path.startswith(("http://", "https://")):
        location = path
    if location is None and base_url is not None:
        location = base_url.rstrip("/") + "/" + path.replace("\\", "/").lstrip("/")
    return Report(path, location=location, now=now)


def check_type(report: Report, kind: Kind | None, media_type: str | None) -> None:
    """Object to a media type that is not one of the format's."""
    if media_type and kind and name_type(media_type) not in _TYPES[kind]:
        report.add(CONTENT_TYPE, None, f"the media type is not that of {kind}", media_type)


def find_charset(media_type: str | None) -> str | None:
    """The charset that a media type names, or None."""
    match = _CHARSET.search(media_type or "")
    return match[1].lower() if match else None


def check_size(report: Report, body: bytes) -> None:
    """Object to a feed that is larger than several readers read."""
    if len(body) > MAX_FEED_BYTES:
        report.add(LARGE_FEED, None, "the feed is larger than several readers read", f"{len(body):,} bytes")


def _kind_of(root: Node) -> Kind | None:
    return _ROOTS.get(root.name.rpartition("}")[2].rpartition(":")[2])


def check_xml(
    report: Report, body: bytes, charset: str | None, *, entries: Sequence[Entry] | None = None
) -> Node | None:
    """Check an XML document by the rules of its format; return its root, or None where it can't be read.

    With `entries`, those were checked before: see `atom.check_feed`.
    """
    parsed = _parse_xml(report, body, charset)
    if parsed is None:
        return None
    root, namespaces = parsed
    kind = _kind_of(root)
    check_namespaces(report, namespaces, is_atom=kind == "atom", is_sitemap=kind == "sitemap")
    uris = {uri for _, uri in namespaces}
    if kind == "atom" and ATOM not in uris:
        report.add(atom.ATOM_NAMESPACE, root.line, "the root is in another namespace, or in none", f"<{root.name}>")
    elif kind == "atom":
        _check_atom(report, root, entries)
    elif kind == "rss":
        rss.check_rss(report, root, entries=entries)
    elif kind == "opml":
        opml.check_opml(report, root)
    elif kind == "sitemap":
        sitemap.check_sitemap(report, root, uris)
    else:
        report.add(UNKNOWN_FORMAT, root.line, "the root element is that of no feed", f"<{root.name}>")
    return root


def _parse_xml(report: Report, body: bytes, charset: str | None) -> tuple[Node, Namespaces] | None:
    """The root and the namespaces of an XML document, after what holds for all of them was checked."""
    utf8 = read_utf8(report, body, charset)
    if utf8 is None:
        return None
    if page := _PAGE.match(utf8):
        report.add(UNKNOWN_FORMAT, None, "the document is a web page", page[1].decode("ascii"))
        return None
    check_characters(report, utf8)
    if b"&#" in utf8:
        check_references(report, utf8)
    if not check_prolog(report, utf8):
        return None
    report.referring = find_references(utf8)
    return parse_safely(report, utf8.lstrip())


def find_references(utf8: bytes) -> frozenset[int]:
    """The lines with a hexadecimal character reference."""
    if b"&#x" not in utf8:
        return frozenset()
    return frozenset(number for number, line in enumerate(utf8.split(b"\n"), 1) if b"&#x" in line)


def _check_atom(report: Report, root: Node, entries: Sequence[Entry] | None) -> None:
    if root.name not in _ROOTS or any(child.name.startswith("atom:") for child in root.children):
        report.add(atom.ATOM_NAMESPACE, root.line, "the root is not in the namespace of Atom", f"<{root.name}>")
    elif root.name == "feed":
        atom.check_feed(report, root, entries=entries)
    else:
        # An Atom Entry Document (RFC 4287 section 2): nobody can subscribe to it, but it is valid.
        atom_entry.check_entry(report, root, has_author=False)


def parse_safely(report: Report, utf8: bytes) -> tuple[Node, Namespaces] | None:
    """As `parse_xml`, or None after an objection."""
    try:
        return parse_xml(utf8)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        message = _LINE_OF.sub("", error.msg or "no document")
        if "Entity '" in message and "not defined" in message:
            report.add(ENTITY, line, "an entity that XML doesn't know", message.partition("'")[2].partition("'")[0])
        elif any(phrase in message for phrase in _LIMITS):
            report.add(
                TOO_LARGE,
                line,
                "parsers stop here, in a text, tag or depth that is too large",
                message.partition(", ")[0],
            )
        elif not len(report) or not any(objection.rule == "control-character" for objection in report.finish()):
            # Where there was a control character, that is why it is malformed, and it was reported already.
            report.add(MALFORMED_XML, line, "the document is not well-formed", message)
    except (ValueError, AssertionError) as error:
        report.add(MALFORMED_XML, 1, "the document can't be read", str(error))
    return None
