"""A document of RSS, Atom or JSON Feed, of whatever system -> OldDocument. Pure; fetches nothing.

Documents are hostile: no DTD is loaded, no entity resolved, nothing fetched; libxml2 bounds depth and sizes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from feeds.adopt.records import Form, OldDocument, OldEntry
from feeds.errors import AdoptError
from feeds.ingest.links import find_page_address
from feeds.text import clean_xml, fold_spaces

MAX_ENTRIES: Final = 20_000
"""Entries of one document that are read; a longer one is an error."""
MAX_TEXT: Final = 5_000
"""Characters of an entry's text that are kept: what is compared is its beginning."""
OURS: Final = "feeds"
"""What our documents name as their generator."""

_EARLIEST: Final = -5_000_000_000
_LATEST: Final = 32_000_000_000
"""Instants outside the years 1812 to 2983 are mistakes."""
_ATOM: Final = "{http://www.w3.org/2005/Atom}"
_OLD_ATOM: Final = "{http://purl.org/atom/ns#}"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_CONTENT: Final = "{http://purl.org/rss/1.0/modules/content/}"
_TOMBSTONE: Final = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
_HISTORY: Final = "{http://purl.org/syndication/history/1.0}"
_RSS_1: Final = "{http://purl.org/rss/1.0/}"
_RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_ORIGINAL: Final = "{http://rssnamespace.org/feedburner/ext/1.0}origLink"
_BASE: Final = "{http://www.w3.org/XML/1998/namespace}base"
_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_XML_START: Final = re.compile(rb"^[\s\xef\xbb\xbf\xfe\xff\x00]*<")


def parse_feed(body: bytes, address: str) -> OldDocument | None:
    """The feed document that some bytes are, or None where they are no feed (a page, a list, anything else).

    `address` names it in errors, and what is relative in it is relative to that. Raises AdoptError where it is a feed
    or XML and malformed, or gives two entries one id.
    """
    stripped = body.lstrip(b"\xef\xbb\xbf \t\r\n")
    if stripped.startswith(b"{"):
        document = _parse_json(stripped, address)
    elif _XML_START.match(body) and not is_page(body):
        document = _parse_xml(body, address)
    else:
        return None
    return None if document is None else _without_repetitions(document)


def is_page(body: bytes) -> bool:
    """Whether some bytes are an HTML page."""
    return re.search(rb"<(?:!doctype\s+html|html)[\s>]", body[:2000], re.I) is not None


def parse_instant(text: str | None) -> int | None:
    """Seconds since 1970 of a date as feeds write them (RFC 3339, RFC 822), or None where it is none."""
    if not text or not (text := text.strip()):
        return None
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        try:
            instant = parsedate_to_datetime(text)
        except (ValueError, TypeError, OverflowError, IndexError):
            # What the standard library raises on dates that are none.
            return None
    # An instant without a zone is read as UTC, as feed readers do.
    seconds = int((instant if instant.tzinfo else instant.replace(tzinfo=UTC)).timestamp())
    return seconds if _EARLIEST <= seconds <= _LATEST else None


def read_text(markup: str) -> str:
    """The plain text of HTML (or of plain text), on one line, cut at a bound."""
    markup = markup[: MAX_TEXT * 10]
    if "<" not in markup and "&" not in markup:
        return fold_spaces(markup)[:MAX_TEXT]
    try:
        tree = html.fragment_fromstring(markup, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return fold_spaces(re.sub("<[^<>]*>", " ", markup))[:MAX_TEXT]
    for block in tree.iter("p", "br", "div", "li", "h1", "h2", "h3", "h4", "blockquote", "figure"):
        block.tail = f" {block.tail or ''}"
    return fold_spaces(str(tree.text_content()))[:MAX_TEXT]


def _parse_xml(body: bytes, address: str) -> OldDocument | None:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = error.lineno if isinstance(error, etree.XMLSyntaxError) else None
        raise AdoptError(
            f"is malformed XML: {error}",
            path=address,
            line=line,
            hint="take a copy that is whole: readers that refuse this one have no entry of it",
        ) from error
    if root.tag in {f"{_ATOM}feed", f"{_OLD_ATOM}feed"}:
        return _read_atom(root, address, str(root.tag).removesuffix("feed"))
    if root.tag == "rss":
        channel = root.find("channel")
        return None if channel is None else _read_rss(channel, channel.findall("item"), address, "")
    if root.tag == f"{_RDF}RDF":
        channel = root.find(f"{_RSS_1}channel")
        return None if channel is None else _read_rss(channel, root.findall(f"{_RSS_1}item"), address, _RSS_1)
    return None


def _read_atom(root: etree._Element, address: str, ns: str) -> OldDocument:
    base = _base_of(root, address)
    entries: list[OldEntry] = []
    for element in root:
        if element.tag == f"{ns}entry":
            entries.append(_read_atom_entry(element, base, ns))
        elif element.tag == _TOMBSTONE and (ref := element.get("ref")):
            entries.append(OldEntry(ref, "atom", deleted=parse_instant(element.get("when"))))
    links = _links(root, base, ns)
    category = root.find(f"{ns}category")
    return OldDocument(
        address=address,
        form="atom",
        title=_plain(root.find(f"{ns}title")),
        id=_text(root, f"{ns}id") or None,
        own=links.get("self"),
        home=links.get("alternate"),
        previous=links.get("prev-archive"),
        slug=None if category is None else category.get("term"),
        is_archive=root.find(f"{_HISTORY}archive") is not None,
        is_ours=_text(root, f"{ns}generator") == OURS,
        entries=tuple(entries),
    )


def _read_atom_entry(element: etree._Element, base: str, ns: str) -> OldEntry:
    base = _base_of(element, base)
    body = element.find(f"{ns}content")
    if body is None or not "".join(map(str, body.itertext())).strip():
        body = element.find(f"{ns}summary")
    published = _text(element, f"{ns}published") or _text(element, f"{ns}issued")
    updated = parse_instant(_text(element, f"{ns}updated") or _text(element, f"{ns}modified"))
    link = _links(element, base, ns).get("alternate")
    return OldEntry(
        id=_text(element, f"{ns}id") or link or "",
        form="atom",
        link=None if link is None else find_page_address(link),
        title=_plain(element.find(f"{ns}title")),
        published=parse_instant(published) or updated,
        updated=updated,
        text="" if body is None else _plain(body),
    )


def _read_rss(channel: etree._Element, items: list[etree._Element], address: str, ns: str) -> OldDocument:
    base = _base_of(channel, address)
    links = _links(channel, base, _ATOM)
    category = channel.find("category")
    home, own = _join(base, _text(channel, f"{ns}link")), links.get("self")
    return OldDocument(
        address=address,
        form="rss",
        title=read_text(_text(channel, f"{ns}title")),
        own=own,
        # A channel must have a link; without a page for people it is to the feed itself.
        home=None if home == own else home,
        previous=links.get("prev-archive"),
        slug=None if category is None else (category.text or "").strip() or None,
        is_archive=channel.find(f"{_HISTORY}archive") is not None,
        is_ours=_text(channel, "generator") == OURS,
        entries=tuple(_read_item(item, base, ns) for item in items),
    )


def _read_item(item: etree._Element, base: str, ns: str) -> OldEntry:
    guid = item.find("guid")
    known = (guid.text or "").strip() if guid is not None else item.get(f"{_RDF}about", "")
    written = _text(item, f"{ns}link")
    # A feed behind FeedBurner links to FeedBurner, and tells where the article is beside.
    link = _join(base, _text(item, _ORIGINAL) or written)
    permalink = guid is not None and guid.get("isPermaLink", "true").strip().lower() == "true"
    if link is None and permalink and known:
        link = _join(base, known)
    published = _text(item, "pubDate") or _text(item, f"{_DC}date")
    body = _text(item, f"{_CONTENT}encoded") or _text(item, f"{ns}description")
    return OldEntry(
        id=known or written,
        form="rss",
        link=None if link is None else find_page_address(link),
        title=read_text(_text(item, f"{ns}title")),
        published=parse_instant(published),
        text=read_text(body),
        is_relative=permalink and _ABSOLUTE.match(known) is None,
    )


def _parse_json(body: bytes, address: str) -> OldDocument | None:
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise AdoptError("is malformed JSON", path=address, hint="take a copy that is whole") from error
    if not isinstance(data, dict) or "jsonfeed.org/version" not in str(data.get("version")):
        return None
    items = data.get("items")
    if not isinstance(items, list):
        raise AdoptError("is a JSON Feed without a list of items", path=address)
    own = _join(address, _string(data, "feed_url") or "")
    base = own or address
    return OldDocument(
        address=address,
        form="json",
        title=fold_spaces(_string(data, "title") or ""),
        own=own,
        home=_join(base, _string(data, "home_page_url") or ""),
        previous=_join(base, _string(data, "next_url") or ""),
        entries=tuple(_read_json_item(item, base) for item in items if isinstance(item, dict)),
    )


def _read_json_item(item: dict[str, Any], base: str) -> OldEntry:
    known = item.get("id")
    link = _join(base, _string(item, "url") or "")
    # JSON Feed 1.1: a number is to be read as the text of it.
    identifier = str(known) if isinstance(known, str | int | float) and not isinstance(known, bool) else ""
    published = parse_instant(_string(item, "date_published"))
    text = _string(item, "content_html") or _string(item, "content_text") or _string(item, "summary") or ""
    return OldEntry(
        id=identifier or link or "",
        form="json",
        link=None if link is None else find_page_address(link),
        title=fold_spaces(_string(item, "title") or ""),
        published=published,
        updated=parse_instant(_string(item, "date_modified")),
        text=read_text(text),
    )


def _without_repetitions(document: OldDocument) -> OldDocument:
    """The document with each entry once. Raises AdoptError where one id stands for two articles, or there are many."""
    if len(document.entries) > MAX_ENTRIES:
        raise AdoptError(f"has more than {MAX_ENTRIES} entries", path=document.address)
    found: dict[str, OldEntry] = {}
    for entry in document.entries:
        if not entry.id:
            # Without id and link, readers make one up, each another.
            continue
        if clean_xml(entry.id) != entry.id:
            raise AdoptError(
                "an id has characters that no XML may have", path=document.address, text=entry.id, hint="it can't stay"
            )
        first = found.setdefault(entry.id, entry)
        if first.link != entry.link or first.title != entry.title:
            raise AdoptError(
                "two entries have one id",
                path=document.address,
                text=entry.id,
                hint=f"{first.title!r} and {entry.title!r}: readers show one of them; take one out of a copy of it",
            )
    if len(found) == len(document.entries):
        return document
    return OldDocument(
        **{name: getattr(document, name) for name in OldDocument.__slots__ if name != "entries"},
        entries=tuple(found.values()),
    )


def _links(parent: etree._Element, base: str, ns: str) -> dict[str, str]:
    """The first link of each relation, absolute."""
    found: dict[str, str] = {}
    for link in _children(parent, f"{ns}link"):
        address = _join(_base_of(link, base), link.get("href", ""))
        if address is not None:
            found.setdefault(
                link.get("rel", "alternate").removeprefix("http://www.iana.org/assignments/relation/"), address
            )
    return found


def _children(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    yield from parent.findall(tag)


def _base_of(element: etree._Element, base: str) -> str:
    return _join(base, element.get(_BASE, "")) or base


def _join(base: str, address: str) -> str | None:
    """The absolute address, or None. A base that is a file's path makes nothing absolute."""
    address = address.strip()
    if not address:
        return None
    try:
        joined = urljoin(base, address) if _ABSOLUTE.match(base) else address
        urlsplit(joined)
    except ValueError:
        return None
    return joined if _ABSOLUTE.match(joined) else None


def _text(parent: etree._Element, tag: str) -> str:
    child = parent.find(tag)
    return "" if child is None else "".join(map(str, child.itertext())).strip()


def _plain(element: etree._Element | None) -> str:
    """The plain text of an Atom text construct (RFC 4287 section 3.1)."""
    if element is None:
        return ""
    text = "".join(map(str, element.itertext()))
    return read_text(text) if element.get("type") in {"html", "text/html"} else fold_spaces(text)[:MAX_TEXT]


def _string(data: dict[str, Any], name: str) -> str | None:
    value = data.get(name)
    return value if isinstance(value, str) else None


FORMS: Final[tuple[Form, ...]] = ("atom", "rss", "json")
"""Of one feed in several formats, the one that tells most comes first."""
