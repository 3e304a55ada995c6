"""Bytes -> Document: RSS 2.0 and 1.0, Atom 1.0 and 0.3, JSON Feed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Any, Final

from feeds.check.documents import is_page, parse_safely
from feeds.check.links import relation_of
from feeds.check.nodes import Node
from feeds.check.rules import Report
from feeds.check.text import read_utf8
from feeds.errors import CheckError
from feeds.feed import FormatName
from feeds.foreign.records import UNNAMED, Document, Entry
from feeds.foreign.values import is_absolute, join_address, parse_instant, read_text
from feeds.text import digest, escape_html, fold_spaces, load_catalogue
from feeds.text.catalogue import list_languages

MAX_TEXT: Final = 10_000
"""Characters of an entry's text that are kept: only beginnings are compared."""
OURS: Final = "feeds"
"""The generator in our own documents."""
_OLD_ATOM: Final = "{http://purl.org/atom/ns#}"
_RSS_1: Final = "{http://purl.org/rss/1.0/}"
_ORIGINAL: Final = "{http://rssnamespace.org/feedburner/ext/1.0}origLink"
_WHOLE: Final = "use a complete copy: readers that refuse this one have no entry of it"


def parse_feed(body: bytes, path: str) -> Document | None:
    """The feed document that some bytes are, or None where they are no feed (a page, a list, anything else).

    `path` names it in errors; where it is an address, what is relative in the document is relative to it. Raises
    CheckError where it is XML or JSON, and malformed.
    """
    stripped = body.removeprefix(b"\xef\xbb\xbf").lstrip()
    if stripped.startswith(b"{"):
        return _read_json(stripped, path)
    if is_page(body):
        return None
    root = _read_xml(body, path)
    if root is None:
        return None
    if root.name in {"feed", f"{_OLD_ATOM}feed"}:
        return _read_atom(root, path, root.name.removesuffix("feed"))
    ns = _RSS_1 if root.name == "rdf:RDF" else ""
    channel = root.find(f"{ns}channel") if root.name in {"rss", "rdf:RDF"} else None
    if channel is None:
        return None
    # The items of RSS 1.0 are beside the channel.
    return _read_rss(channel, (root if ns else channel).find_all(f"{ns}item"), path, ns)


def _read_xml(body: bytes, path: str) -> Node | None:
    decoding, parsing = Report(path), Report(path)
    utf8 = read_utf8(decoding, body, None)
    if not (body if utf8 is None else utf8).lstrip().startswith(b"<"):
        return None
    parsed = None if utf8 is None else parse_safely(parsing, utf8.lstrip())
    if parsed is not None:
        return parsed[0]
    fault = (parsing.finish() or decoding.finish())[-1]
    raise CheckError(f"is malformed XML: {fault.what}", path=path, line=fault.line, text=fault.text, hint=_WHOLE)


def _read_atom(root: Node, path: str, ns: str) -> Document:
    base = _base_of(root, path)
    links = _links(root.find_all(f"{ns}link"), base)
    category = root.find(f"{ns}category")
    return Document(
        path=path,
        format="atom",
        id=_text(root, f"{ns}id") or None,
        title=_plain(root.find(f"{ns}title")),
        location=links.get("self"),
        home=links.get("alternate"),
        previous=links.get("prev-archive"),
        slug=None if category is None else category.attributes.get("term"),
        updated=parse_instant(_text(root, f"{ns}updated")),
        is_archive=root.find("fh:archive") is not None,
        is_ours=_text(root, f"{ns}generator") == OURS,
        items=tuple(
            _read_tombstone(child, "atom") if _is_tombstone(child) else _read_atom_entry(child, base, ns)
            for child in root.children
            if child.name == f"{ns}entry" or _is_tombstone(child)
        ),
    )


def _read_atom_entry(entry: Node, base: str, ns: str) -> Entry:
    links = _links(entry.find_all(f"{ns}link"), _base_of(entry, base))
    published = _text(entry, f"{ns}published") or _text(entry, f"{ns}issued")
    bare = Entry(
        _text(entry, f"{ns}id"),
        "atom",
        links.get("alternate"),
        _plain(entry.find(f"{ns}title")),
        published=parse_instant(published),
        updated=parse_instant(_text(entry, f"{ns}updated") or _text(entry, f"{ns}modified")),
    )
    return _with_texts(bare, [_markup(node) for name in ("summary", "content") for node in entry.find_all(ns + name)])


def _read_rss(channel: Node, items: list[Node], path: str, ns: str) -> Document:
    base = _base_of(channel, path)
    links = _links(channel.find_all("atom:link"), base)
    home, location = join_address(base, _text(channel, f"{ns}link")), links.get("self")
    gone = [_read_tombstone(child, "rss") for child in channel.children if _is_tombstone(child)]
    return Document(
        path=path,
        format="rss",
        title=read_text(_text(channel, f"{ns}title")),
        location=location,
        # A channel must have a link; where there is no page for people, it is to the feed itself.
        home=None if home == location else home,
        previous=links.get("prev-archive"),
        slug=_text(channel, "category") or None,
        updated=parse_instant(_text(channel, "lastBuildDate")),
        is_archive=channel.find("fh:archive") is not None,
        is_ours=_text(channel, "generator") == OURS,
        items=(*(_read_item(item, base, ns) for item in items), *gone),
    )


def _read_item(item: Node, base: str, ns: str) -> Entry:
    guid = item.find("guid")
    known = item.attributes.get("rdf:about", "") if guid is None else guid.text.strip()
    written = _text(item, f"{ns}link")
    # In a feed of FeedBurner, links lead to FeedBurner; origLink has the article's address.
    link = join_address(base, _text(item, _ORIGINAL) or written)
    is_permalink = guid is not None and guid.attributes.get("isPermaLink", "true").strip().lower() == "true"
    if link is None and is_permalink:
        link = join_address(base, known)
    published = parse_instant(_text(item, "pubDate"))
    entry = Entry(
        known or written,
        "rss",
        link,
        read_text(_text(item, f"{ns}title")),
        published=parse_instant(_text(item, "dc:date")) if published is None else published,
        updated=parse_instant(_text(item, "atom:updated") or _text(item, "dcterms:modified")),
        is_relative=is_permalink and not is_absolute(known),
    )
    names = (f"{ns}description", "content:encoded")
    return _with_texts(entry, [node.text for name in names for node in item.find_all(name)])


def _read_json(body: bytes, path: str) -> Document | None:
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise CheckError("is malformed JSON", path=path, hint=_WHOLE) from error
    if not isinstance(data, dict) or "jsonfeed.org/version" not in str(data.get("version")):
        return None
    items = data.get("items")
    if not isinstance(items, list):
        raise CheckError("is a JSON Feed without a list of items", path=path, hint=_WHOLE)
    location = join_address(path, _string(data, "feed_url"))
    base = location or path
    return Document(
        path=path,
        format="json",
        title=fold_spaces(_string(data, "title")),
        location=location,
        home=join_address(base, _string(data, "home_page_url")),
        previous=join_address(base, _string(data, "next_url")),
        items=tuple(_read_json_item(item, base) for item in items if isinstance(item, dict)),
    )


def _read_json_item(item: dict[str, Any], base: str) -> Entry:
    known = item.get("id")
    entry = Entry(
        # JSON Feed 1.1: a number is read as its text. To Python, true is a number too.
        str(known) if isinstance(known, str | int | float) and not isinstance(known, bool) else "",
        "json",
        join_address(base, _string(item, "url")),
        fold_spaces(_string(item, "title")),
        published=parse_instant(_string(item, "date_published")),
        updated=parse_instant(_string(item, "date_modified")),
    )
    summary, text = escape_html(_string(item, "summary")), escape_html(_string(item, "content_text"))
    return _with_texts(entry, [summary, _string(item, "content_html"), text])


def _with_texts(entry: Entry, texts: list[str]) -> Entry:
    """An entry with what its texts say of it; an entry without id and link gets its id from them."""
    mark = digest(entry.title, *texts)
    return replace(
        entry,
        id=entry.id if entry.id.strip() else entry.link or f"{UNNAMED}{mark}",
        text=max(texts, key=len, default="")[:MAX_TEXT],
        digest=mark,
        is_notice=any(text.startswith(_notices()) for text in texts),
    )


@cache
def _notices() -> tuple[str, ...]:
    """How the summaries of our notices of withdrawals start, in every language."""
    return tuple(load_catalogue(language).say("entry_withdrawn_summary") for language in list_languages())


def _is_tombstone(node: Node) -> bool:
    return node.name == "at:deleted-entry" and bool(node.attributes.get("ref"))


def _read_tombstone(node: Node, format_name: FormatName) -> Entry:
    when = parse_instant(node.attributes.get("when"))
    return Entry(node.attributes["ref"], format_name, is_tombstone=True, deleted=when)


def _links(nodes: Iterable[Node], base: str) -> dict[str, str]:
    """The first address of each relation."""
    found: dict[str, str] = {}
    for node in nodes:
        address = join_address(_base_of(node, base), node.attributes.get("href", ""))
        if address is not None:
            found.setdefault(relation_of(node), address)
    return found


def _base_of(node: Node, base: str) -> str:
    return join_address(base, node.attributes.get("xml:base", "")) or base


def _text(parent: Node, name: str) -> str:
    node = parent.find(name)
    return "" if node is None else node.text.strip()


def _plain(node: Node | None) -> str:
    """The plain text of an Atom text construct (RFC 4287 section 3.1)."""
    if node is None:
        return ""
    return read_text(_markup(node)) if node.inner or _is_html(node) else fold_spaces(node.text)


def _markup(node: Node) -> str:
    """The HTML of an Atom text construct."""
    return node.inner or (node.text if _is_html(node) else escape_html(node.text))


def _is_html(node: Node) -> bool:
    return node.attributes.get("type") in {"html", "text/html"}


def _string(data: dict[str, Any], name: str) -> str:
    value = data.get(name)
    return value if isinstance(value, str) else ""
