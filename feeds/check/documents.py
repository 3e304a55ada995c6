"""One document, one entry, or one document whose entries were checked before: which rules it is held against.

Whatever the bytes are, objections come back and nothing is raised.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from lxml import etree

from feeds.check import atom, json_feed, opml, rss, sitemap
from feeds.check.entries import Entry
from feeds.check.namespaces import ATOM, PREFIXES, check_namespaces
from feeds.check.nodes import Node, cut_entry, parse_xml
from feeds.check.rules import Objection, Report
from feeds.check.text import (
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
    has_clean_characters,
    read_utf8,
)

Kind = Literal["atom", "rss", "json", "opml", "sitemap"]
EntryKind = Literal["atom", "rss", "json"]

_ROOTS: Final[dict[str, Kind]] = {
    "feed": "atom",
    "rss": "rss",
    "opml": "opml",
    "urlset": "sitemap",
    "sitemapindex": "sitemap",
}
_TAG: Final[dict[str, bytes]] = {"atom": b"entry", "rss": b"item"}
_CHARSET: Final = re.compile(r";\s*charset\s*=\s*\"?([^\s\";]+)", re.IGNORECASE)
_LINE_OF: Final = re.compile(r", line (\d+), column \d+")
_DECLARED: Final = " ".join(f'xmlns:{prefix}="{uri}"' for uri, prefix in PREFIXES.items() if prefix != "xml")
_WRAPPERS: Final = {
    "atom": (f'<feed xmlns="{ATOM}" {_DECLARED}>', "</feed>"),
    "rss": (f'<rss version="2.0" {_DECLARED}><channel>', "</channel></rss>"),
}
_SOURCES: Final = re.compile(rb"<source>.*?</source>", re.DOTALL)
_ATOM_IDS: Final = re.compile(rb"<id>([^<]*)</id>")
_ATOM_UPDATES: Final = re.compile(rb"<updated>([^<]*)</updated>")
_RSS_IDS: Final = re.compile(rb"<guid(?: [^<>]*)?>([^<]*)</guid>")


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was read: its kind, its nodes (XML) or its value (JSON), and what is objected to in it.

    `kind` is None where it could not be told, or where the document could not be read.
    """

    kind: Kind | None
    root: Node | None
    value: object
    report: Report

    def list_entries(self) -> list[Entry]:
        """What matters of its entries outside the document, in its order."""
        if self.kind == "json" and isinstance(self.value, dict):
            items = self.value.get("items")
            found = items if isinstance(items, list) else []
            return [json_feed.read_entry(item, None) for item in found if isinstance(item, dict)]
        if self.kind == "atom" and self.root:
            return [atom.read_entry(entry) for entry in self.root.find_all("entry")]
        if self.kind == "rss" and self.root and (channel := self.root.find("channel")):
            return [rss.read_entry(item) for item in channel.find_all("item")]
        return []


def check_document(
    path: str,
    body: bytes,
    media_type: str | None = None,
    *,
    base_url: str | None = None,
    now: datetime | None = None,
) -> list[Objection]:
    """Everything that readers and validators would object to in a document, in the order of its lines.

    `path` is the document's path below `base_url`, or its whole address; `media_type` the header with which it comes.
    """
    return read_document(path, body, media_type, base_url=base_url, now=now).report.finish()


def check_shell(
    path: str,
    body: bytes,
    media_type: str | None = None,
    *,
    base_url: str | None = None,
    now: datetime | None = None,
) -> list[Objection]:
    """What is wrong with a document whose entries went through `check_entry`: with all but these.

    The bytes of the entries must be ours: they are skipped, not understood; ids and updates are read off them.
    """
    report = _start(path, base_url, now)
    kind = "json" if body[:1] in {b"{", b"["} else "rss" if b"<rss" in body[:2000] else "atom"
    if kind == "json":
        value = json_feed.parse_json(report, body)
        if value is not None:
            # Places are not looked up here: what is left to object to is the feed's own.
            json_feed.check_json_feed(report, value, "", has_checked_items=True)
        _check_size(report, body)
        return report.finish()
    tag = _TAG[kind]
    start, end = _find_entries(body, tag)
    if start < 0:
        return check_document(path, body, media_type, base_url=base_url, now=now)
    entries = body[start:end]
    if _find_kind(body[:start]) != kind:
        return check_document(path, body, media_type, base_url=base_url, now=now)
    # One empty entry keeps their place, their line ends those of what follows.
    shell = body[:start] + b"<" + tag + b"/>" + b"\n" * entries.count(b"\n") + body[end:]
    facts, has_authors = _read_entries(kind, entries)
    _check_xml(report, shell, _charset(media_type), entries=facts, has_entry_authors=has_authors)
    _check_size(report, body)
    return report.finish()


def _find_entries(body: bytes, tag: bytes) -> tuple[int, int]:
    """Where the entries of a document start and end, or (-1, -1)."""
    start = body.find(b"<" + tag + b">")
    end = body.rfind(b"</" + tag + b">")
    return (start, end + len(tag) + 3) if 0 <= start < end else (-1, -1)


def _find_kind(head: bytes) -> Kind | None:
    return "rss" if b"<rss" in head else "atom" if b"<feed" in head else None


def _read_entries(kind: str, entries: bytes) -> tuple[list[Entry], bool]:
    """Ids and updates of rendered entries, and whether each has an author: read off their bytes."""
    if kind == "rss":
        return [Entry(found.decode("utf-8", "replace")) for found in _RSS_IDS.findall(entries)], True
    has_authors = entries.count(b"<author>") >= entries.count(b"</entry>")
    if b"<source>" in entries:
        entries = _SOURCES.sub(b"", entries)
    facts = [Entry(found.decode("utf-8", "replace")) for found in _ATOM_IDS.findall(entries)]
    facts += [Entry(None, updated=found.decode("utf-8", "replace")) for found in _ATOM_UPDATES.findall(entries)]
    return facts, has_authors


def check_entry(path: str, body: bytes, kind: EntryKind, *, now: datetime | None = None) -> list[Objection]:
    """Everything that readers and validators would object to in one rendered entry.

    `body` is the entry as it is joined into documents: an Atom entry, an RSS item with the usual prefixes undeclared,
    or the object of a JSON Feed item. Whether its feed has an author is for `check_shell` to see. An entry without
    fault takes some 40 µs; one with faults is read again, slowly, to tell their lines.
    """
    if kind == "json":
        return _check_json_entry(path, body, now)
    report = Report(path, now=now)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    node = cut_entry(text) if has_clean_characters(body) else None
    if node is not None and node.name == _TAG[kind].decode():
        (atom.check_entry if kind == "atom" else rss.check_item)(report, node)
        if not len(report):
            return []
    report = Report(path, now=now)
    utf8 = read_utf8(report, body, None)
    if utf8 is None:
        return report.finish()
    check_characters(report, utf8)
    before, after = _WRAPPERS[kind]
    parsed = _parse(report, before.encode() + utf8 + after.encode())
    if parsed is not None:
        root = parsed[0] if kind == "atom" else parsed[0].children[0]
        found = root.find_all(_TAG[kind].decode())
        if len(found) != 1 or len(root.children) != 1:
            report.add(UNKNOWN_FORMAT, 1, f"this is not one entry of {kind}", text[:60])
        for entry in found:
            (atom.check_entry if kind == "atom" else rss.check_item)(report, entry)
    return report.finish()


def _check_json_entry(path: str, body: bytes, now: datetime | None) -> list[Objection]:
    report = Report(path, now=now)
    try:
        item = json.loads(body)
    except (ValueError, RecursionError):
        item = json_feed.parse_json(report, body)
    if item is not None or body.strip() == b"null":
        json_feed.check_item(report, 1, item)
        json_feed.check_texts(report, item)
    return report.finish()


def read_document(
    path: str,
    body: bytes,
    media_type: str | None = None,
    *,
    base_url: str | None = None,
    now: datetime | None = None,
) -> Document:
    """A document, read and checked."""
    report = _start(path, base_url, now)
    if len(body) > MAX_BYTES:
        report.add(TOO_LARGE, None, "the document is too large to be read", f"{len(body):,} bytes")
        return Document(None, None, None, report)
    kind = (media_type or "").partition(";")[0].strip().lower()
    looks_like_json = body.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["}
    if kind in {"application/feed+json", "application/json"} or (looks_like_json and not kind.endswith("xml")):
        value = json_feed.parse_json(report, body)
        if value is not None:
            json_feed.check_json_feed(report, value, body.decode("utf-8", "replace"))
            json_feed.check_texts(report, value)
        _check_size(report, body)
        return Document("json" if isinstance(value, dict) else None, None, value, report)
    root = _check_xml(report, body, _charset(media_type))
    found = _kind_of(root) if root else None
    if found in {"atom", "rss"}:
        _check_size(report, body)
    return Document(found, root, None, report)


def _start(path: str, base_url: str | None, now: datetime | None) -> Report:
    location = path if path.startswith(("http://", "https://")) else None
    if location is None and base_url is not None:
        location = base_url.rstrip("/") + "/" + path.replace("\\", "/").lstrip("/")
    return Report(path, location=location, base_url=base_url, now=now)


def _charset(media_type: str | None) -> str | None:
    match = _CHARSET.search(media_type or "")
    return match[1].lower() if match else None


def _check_size(report: Report, body: bytes) -> None:
    if len(body) > MAX_FEED_BYTES:
        report.add(LARGE_FEED, None, "the feed is larger than several readers read", f"{len(body):,} bytes")


def _kind_of(root: Node) -> Kind | None:
    return _ROOTS.get(root.name.rpartition("}")[2].rpartition(":")[2])


def _check_xml(
    report: Report,
    body: bytes,
    charset: str | None,
    *,
    entries: Iterable[Entry] | None = None,
    has_entry_authors: bool = False,
) -> Node | None:
    utf8 = read_utf8(report, body, charset)
    if utf8 is None:
        return None
    check_characters(report, utf8)
    if b"&#" in utf8:
        check_references(report, utf8)
    is_safe = check_prolog(report, utf8)
    parsed = _parse(report, utf8.lstrip()) if is_safe else None
    if parsed is None:
        return None
    root, namespaces = parsed
    if b"&#x" in utf8:
        report.lines = frozenset(number for number, line in enumerate(utf8.split(b"\n"), 1) if b"&#x" in line)
    kind = _kind_of(root)
    check_namespaces(report, namespaces, is_atom=kind == "atom")
    if kind == "atom":
        _check_atom(report, root, entries, has_entry_authors=has_entry_authors)
    elif kind == "rss":
        rss.check_rss(report, root, entries=entries)
    elif kind == "opml":
        opml.check_opml(report, root)
    elif kind == "sitemap":
        sitemap.check_sitemap(report, root)
    else:
        report.add(UNKNOWN_FORMAT, root.line, "the root element is that of no feed", f"<{root.name}>")
    return root


def _check_atom(report: Report, root: Node, entries: Iterable[Entry] | None, *, has_entry_authors: bool) -> None:
    if root.name == "feed" and not any(child.name.startswith("atom:") for child in root.children):
        atom.check_feed(report, root, entries=entries, has_entry_authors=has_entry_authors)
    else:
        report.add(atom.ATOM_NAMESPACE, root.line, "the feed is not in the namespace of Atom", f"<{root.name}>")


def _parse(report: Report, utf8: bytes) -> tuple[Node, list[tuple[str | None, str]]] | None:
    try:
        return parse_xml(utf8)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        message = _LINE_OF.sub("", error.msg or "no document")
        if "Entity '" in message and "not defined" in message:
            report.add(ENTITY, line, "an entity that XML doesn't know", message.partition("'")[2].partition("'")[0])
        elif not len(report) or not any(objection.rule == "control-character" for objection in report.finish()):
            # A control character is why it is malformed; that was said already.
            report.add(MALFORMED_XML, line, "the document is not well-formed", message)
    except (ValueError, AssertionError) as error:
        report.add(MALFORMED_XML, 1, "the document can't be read", str(error))
    return None


__all__ = ["Document", "EntryKind", "Kind", "check_document", "check_entry", "check_shell", "read_document"]
