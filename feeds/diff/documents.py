"""RSS, Atom and JSON Feed, of whatever origin, as the records of a modelled reader.

XML is read as `feeds check` reads it: no DTD, no entity, nothing fetched, sizes bounded.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache

from feeds.check.documents import parse_safely
from feeds.check.json_reading import parse_json
from feeds.check.links import relation_of
from feeds.check.nodes import Node
from feeds.check.rules import Report
from feeds.check.text import MAX_BYTES, check_prolog, read_utf8
from feeds.diff.likeness import MAX_TEXT
from feeds.diff.records import Document, Entry
from feeds.errors import CheckError
from feeds.text import digest, load_catalogue
from feeds.text.catalogue import list_languages

_HINT = "It should be an RSS, Atom or JSON Feed document; `feeds check` tells more."


def parse_document(path: str, body: bytes) -> Document:
    """The document in some bytes. Raises CheckError where it can't be read, or is no feed."""
    if len(body) > MAX_BYTES:
        raise CheckError("is too large to be read", path=path, text=f"{len(body):,} bytes")
    report = Report(path)
    if body.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
        value = parse_json(report, body)
        if isinstance(value, dict) and isinstance(value.get("items"), list):
            return _read_json(path, value)
        raise _explain(path, report)
    utf8 = read_utf8(report, body, None)
    parsed = parse_safely(report, utf8.lstrip()) if utf8 is not None and check_prolog(report, utf8) else None
    root = parsed[0] if parsed is not None else None
    if root is not None and root.name == "feed":
        return _read_atom(path, root)
    channel = root.find("channel") if root is not None and root.name == "rss" else None
    if channel is not None:
        return _read_rss(path, channel)
    raise _explain(path, report)


def _explain(path: str, report: Report) -> CheckError:
    for objection in report.finish():
        if objection.level == "error":
            return CheckError(objection.what, path=path, line=objection.line, text=objection.text, hint=_HINT)
    return CheckError("is no feed", path=path, hint=_HINT)


def _read_atom(path: str, root: Node) -> Document:
    links = _links(root.find_all("link"))
    return Document(
        path,
        "atom",
        _text(root, "id"),
        links.get("self"),
        tuple(_read_atom_entry(entry) for entry in root.find_all("entry")),
        _find_gone(root),
        links.get("prev-archive"),
        root.find("fh:archive") is not None,
        _parse_rfc3339(_text(root, "updated")),
    )


def _read_atom_entry(entry: Node) -> Entry:
    link = _links(entry.find_all("link")).get("alternate")
    bodies = [node.inner or node.text for name in ("summary", "content") for node in entry.find_all(name)]
    return _make(
        _text(entry, "id"),
        link,
        _text(entry, "title"),
        published=_parse_rfc3339(_text(entry, "published")),
        updated=_parse_rfc3339(_text(entry, "updated")),
        bodies=bodies,
    )


def _read_rss(path: str, channel: Node) -> Document:
    links = _links(channel.find_all("atom:link"))
    return Document(
        path,
        "rss",
        None,
        links.get("self"),
        tuple(_read_item(item) for item in channel.find_all("item")),
        _find_gone(channel),
        links.get("prev-archive"),
        channel.find("fh:archive") is not None,
        _parse_rfc822(_text(channel, "lastBuildDate")),
    )


def _read_item(item: Node) -> Entry:
    bodies = [node.text for name in ("description", "content:encoded") for node in item.find_all(name)]
    updated = _text(item, "atom:updated") or _text(item, "dcterms:modified")
    published = _parse_rfc822(_text(item, "pubDate"))
    if published is None:
        published = _parse_rfc3339(_text(item, "dc:date"))
    return _make(
        _text(item, "guid"),
        _text(item, "link"),
        _text(item, "title"),
        published=published,
        updated=_parse_rfc3339(updated),
        bodies=bodies,
    )


def _read_json(path: str, value: dict[str, object]) -> Document:
    items = value["items"]
    entries = (
        tuple(_read_json_item(item) for item in items if isinstance(item, dict)) if isinstance(items, list) else ()
    )
    location, following = _string(value, "feed_url"), _string(value, "next_url")
    return Document(path, "json", None, location, entries, previous=following)


def _read_json_item(item: dict[str, object]) -> Entry:
    name = item.get("id")
    bodies = [_string(item, key) or "" for key in ("summary", "content_html", "content_text")]
    return _make(
        # JSON Feed 1.1: a number is to be read as its text. To Python, true is one, too.
        str(name) if isinstance(name, str | int | float) and not isinstance(name, bool) else None,
        _string(item, "url"),
        _string(item, "title"),
        published=_parse_rfc3339(_string(item, "date_published")),
        updated=_parse_rfc3339(_string(item, "date_modified")),
        bodies=bodies,
    )


def _make(
    name: str | None,
    link: str | None,
    title: str | None,
    *,
    published: int | None,
    updated: int | None,
    bodies: Iterable[str],
) -> Entry:
    title = " ".join((title or "").split())
    link = link.strip() or None if link is not None else None
    texts = tuple(bodies)
    identity = (name or "").strip() or link or f"untitled:{digest(title, *texts)}"
    notice = any(text.startswith(_notices()) for text in texts)
    text = max(texts, key=len, default="")[:MAX_TEXT]
    return Entry(identity, link, title, published, updated, digest(title, *texts), notice, text)


@cache
def _notices() -> tuple[str, ...]:
    """How the summaries of entries start that stand in the place of withdrawn ones, in every language."""
    return tuple(load_catalogue(language).say("entry_withdrawn_summary") for language in list_languages())


def _find_gone(parent: Node) -> frozenset[str]:
    found = (node.attributes.get("ref") for node in parent.find_all("at:deleted-entry"))
    return frozenset(ref for ref in found if ref)


def _links(nodes: Iterable[Node]) -> dict[str, str]:
    """The first address of each relation."""
    found: dict[str, str] = {}
    for node in nodes:
        if href := node.attributes.get("href"):
            found.setdefault(relation_of(node), href)
    return found


def _text(parent: Node, name: str) -> str | None:
    node = parent.find(name)
    return None if node is None else node.text.strip() or None


def _string(value: dict[str, object], key: str) -> str | None:
    found = value.get(key)
    return found if isinstance(found, str) else None


def _parse_rfc3339(text: str | None) -> int | None:
    try:
        instant = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    return _to_seconds(instant)


def _parse_rfc822(text: str | None) -> int | None:
    try:
        instant = parsedate_to_datetime(text or "")
    except (ValueError, TypeError, OverflowError):
        return None
    return _to_seconds(instant)


def _to_seconds(instant: datetime) -> int | None:
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=UTC)
    try:
        # A zone may put it out of the years that there are.
        return int(instant.astimezone(UTC).timestamp())
    except (OverflowError, ValueError):
        return None
