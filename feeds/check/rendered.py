"""What we rendered ourselves: an entry by itself, and a document whose entries were checked when they were rendered."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Final

from feeds.check import atom_entry, json_feed, json_reading, rss_item
from feeds.check.documents import (
    check_document,
    check_size,
    check_type,
    check_xml,
    find_charset,
    find_references,
    parse_safely,
    start_report,
)
from feeds.check.entries import Entry, check_entries
from feeds.check.namespaces import ATOM, PREFIXES
from feeds.check.nodes import Node
from feeds.check.rules import Objection, Report
from feeds.check.text import UNKNOWN_FORMAT, check_characters, has_clean_characters, read_utf8
from feeds.check.usual import is_usual
from feeds.feed import FormatName

_TAG: Final[dict[FormatName, bytes]] = {"atom": b"entry", "rss": b"item"}
_CHECKS: Final[dict[FormatName, Callable[[Report, Node], None]]] = {
    "atom": atom_entry.check_entry,
    "rss": rss_item.check_item,
}
_DECLARED: Final = " ".join(f'xmlns:{prefix}="{uri}"' for uri, prefix in PREFIXES.items() if prefix != "xml")
_WRAPPERS: Final[dict[FormatName, tuple[str, str]]] = {
    "atom": (f'<feed xmlns="{ATOM}" {_DECLARED}>', "</feed>"),
    "rss": (f'<rss version="2.0" {_DECLARED}><channel>', "</channel></rss>"),
}
_SOURCES: Final = re.compile(rb"<source>.*?</source>", re.DOTALL)
_ATOM_FACTS: Final = (re.compile(rb"<id>([^<]*)</id>"), re.compile(rb"<updated>([^<]*)</updated>"))
_IDS: Final[dict[FormatName, re.Pattern[bytes]]] = {
    "rss": re.compile(rb"<guid(?: [^<>]*)?>([^<]*)</guid>"),
    "json": re.compile(rb'^\{"id":"((?:[^"\\]|\\.)*)"', re.MULTILINE),
}
_ITEMS_START, _ITEMS_END = b'"items":[\n', b"\n]}"
"""Around the items of a JSON Feed, each of which has a line of its own; no string in it has a bare quote."""


def check_shell(
    path: str,
    body: bytes,
    media_type: str | None = None,
    *,
    base_url: str | None = None,
    now: datetime | None = None,
) -> list[Objection]:
    """The objections to everything but the entries in a document whose entries have passed `check_entry`.

    The entries must have been rendered by us: their bytes are not parsed, only searched for ids and updates.
    """
    report = start_report(path, base_url, now)
    format_name: FormatName = "json" if body[:1] in {b"{", b"["} else "rss" if b"<rss" in body[:2000] else "atom"
    start, end = _find_items(body) if format_name == "json" else _find_entries(body, _TAG[format_name])
    if start < 0 or (format_name != "json" and _find_format(body[:start]) != format_name):
        return check_document(path, body, media_type, base_url=base_url, now=now)
    entries = body[start:end]
    found = _read_entries(format_name, entries)
    if format_name == "json":
        if (value := json_reading.parse_json(report, body[:start] + body[end:])) is not None:
            # Without the text for looking up lines: the remaining objections are to the feed itself, on line 1.
            json_feed.check_json_feed(report, value, "")
        check_entries(report, found)
    else:
        # One empty entry replaces them; their line ends are kept, so that what follows has its lines.
        shell = body[:start] + b"<" + _TAG[format_name] + b"/>" + b"\n" * entries.count(b"\n") + body[end:]
        check_xml(report, shell, find_charset(media_type), entries=found)
    check_type(report, format_name, media_type)
    check_size(report, body)
    return report.finish()


def _find_items(body: bytes) -> tuple[int, int]:
    """Where the items of a JSON Feed start and end, or (-1, -1)."""
    first = body.find(_ITEMS_START)
    start, end = first + len(_ITEMS_START), body.rfind(_ITEMS_END)
    return (start, end) if first >= 0 and start <= end else (-1, -1)


def _find_entries(body: bytes, tag: bytes) -> tuple[int, int]:
    """Where the entries of a document start and end, or (-1, -1)."""
    first = re.search(b"<" + tag + b"[ >]", body)
    start = first.start() if first else -1
    end = body.rfind(b"</" + tag + b">")
    return (start, end + len(tag) + 3) if 0 <= start < end else (-1, -1)


def _find_format(head: bytes) -> FormatName | None:
    return "rss" if b"<rss" in head else "atom" if b"<feed" in head else None


def _read_entries(format_name: FormatName, entries: bytes) -> list[Entry]:
    """Ids and updates of rendered entries, and whether all have an author: read off their bytes."""
    if format_name != "atom":
        return [Entry(found.decode("utf-8", "replace")) for found in _IDS[format_name].findall(entries)]
    has_authors = entries.count(b"<author>") >= entries.count(b"</entry>")
    if b"<source>" in entries:
        entries = _SOURCES.sub(b"", entries)
    ids, updates = ([each.decode("utf-8", "replace") for each in found.findall(entries)] for found in _ATOM_FACTS)
    return [
        *(Entry(each, has_author=has_authors) for each in ids),
        *(Entry(None, updated=each, has_author=has_authors) for each in updates),
    ]


def check_entry(path: str, body: bytes, format_name: FormatName) -> list[Objection]:
    """Everything that readers and validators would object to in one rendered entry.

    `body` is the entry as it is joined into documents: an Atom entry, an RSS item with the usual prefixes undeclared,
    or the object of a JSON Feed item. Whether its feed has an author, `check_shell` checks. An entry of the usual form
    is recognised quickly (`usual`); others are parsed.
    """
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    is_clean = has_clean_characters(body)
    if is_clean and is_usual(text, format_name):
        return []
    if format_name == "json":
        return _check_json_entry(path, body, is_clean=is_clean)
    check, tag = _CHECKS[format_name], _TAG[format_name].decode()
    report = Report(path)
    utf8 = read_utf8(report, body, None)
    if utf8 is None:
        return report.finish()
    check_characters(report, utf8)
    report.referring = find_references(utf8)
    before, after = _WRAPPERS[format_name]
    parsed = parse_safely(report, before.encode() + utf8 + after.encode())
    if parsed is not None:
        root = parsed[0] if format_name == "atom" else parsed[0].children[0]
        found = root.find_all(tag)
        if len(found) != 1 or len(root.children) != 1:
            report.add(UNKNOWN_FORMAT, 1, f"this is not one entry of {format_name}", text[:60])
        for entry in found:
            check(report, entry)
    return report.finish()


def _check_json_entry(path: str, body: bytes, *, is_clean: bool) -> list[Objection]:
    report = Report(path)
    item = json_reading.parse_json(report, body)
    if item is not None:
        json_feed.check_item(report, 1, item)
        if not is_clean or any(escape in body for escape in (b"\\u", b"\\b", b"\\f")):
            json_reading.check_texts(report, item)
    return report.finish()
