"""Atom 1.0 (RFC 4287), with archives (RFC 5005) and tombstones (RFC 6721)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final

from feeds.check.dates import UPDATED_BEFORE_PUBLISHED, check_instant, check_w3c_date
from feeds.check.entries import Entry, check_entries
from feeds.check.html import check_html, check_xhtml
from feeds.check.links import check_link, check_self, relation_of
from feeds.check.media import check_media
from feeds.check.nodes import Node
from feeds.check.rules import Report, Rule
from feeds.check.shapes import DUPLICATE_ELEMENT, UNDEFINED_ELEMENT, Shape, check_attributes, check_leaf, check_shape
from feeds.check.values import (
    EMPTY,
    MISSING_LANGUAGE,
    SURROUNDING_SPACE,
    check_address,
    check_email,
    check_language,
    check_media_type,
    check_plain,
    check_title,
    is_canonical,
)

ATOM_NAMESPACE = Rule(
    "atom-namespace",
    "error",
    "RFC 4287 section 1.2",
    "The root is feed in the namespace of Atom.",
    'Write <feed xmlns="http://www.w3.org/2005/Atom">.',
)
ATOM_MISSING = Rule(
    "atom-missing",
    "error",
    "RFC 4287 section 4.1.1 and 4.1.2",
    "A feed and an entry have id, title and updated, and each entry an author of its own or of its feed.",
    "Write the element.",
)
ATOM_NO_CONTENT = Rule(
    "atom-no-content",
    "error",
    "RFC 4287 section 4.1.2",
    "An entry without content has a link to its page.",
    'Write content, or a link with rel="alternate".',
)
ATOM_NO_TEXT = Rule(
    "atom-no-text",
    "warning",
    "RFC 4287 section 4.1.1.1",
    "An entry has content or a summary.",
    "Write the article's first sentences as its summary.",
)
ATOM_NO_ALTERNATE = Rule(
    "atom-no-alternate",
    "warning",
    "readers (they have nothing to open)",
    "An entry has a link to its page.",
    'Write a link with rel="alternate".',
)
ATOM_NO_PUBLISHED = Rule(
    "atom-no-published",
    "warning",
    "readers (17 of 23 show no other date as that of publication)",
    "An entry says when it was published.",
    "Write published beside updated.",
)
ALTERNATE_NOT_FIRST = Rule(
    "alternate-not-first",
    "warning",
    "readers that take the first link",
    "The link to the page is the first one of a feed and of an entry.",
    "Write the alternate link before self, enclosure and all others.",
)
ALTERNATE_TYPE = Rule(
    "alternate-type",
    "warning",
    "readers; RFC 4287 section 4.2.7",
    "The link to the page says its relation and its type.",
    'Write rel="alternate" type="text/html".',
)
DUPLICATE_ALTERNATE = Rule(
    "duplicate-alternate",
    "error",
    "RFC 4287 section 4.1.1 and 4.1.2",
    "No two alternate links have the same type and language.",
    "Keep one, or say how they differ with type and hreflang.",
)
ID_NOT_CANONICAL = Rule(
    "id-not-canonical",
    "warning",
    "RFC 4287 section 4.2.6.1",
    "An id is in its normal form.",
    "Write scheme and host in lower case, a path, and no needless percent-encoding.",
)
MISPLACED_METADATA = Rule(
    "misplaced-metadata",
    "error",
    "W3C feed validator; readers that parse in one pass",
    "What is said of the feed stands before its entries.",
    "Write the entries last.",
)
ATOM_TEXT_TYPE = Rule(
    "atom-text-type",
    "error",
    "RFC 4287 section 3.1.1",
    "The type of a text is text, html or xhtml.",
    "Write one of them, or leave the type out.",
)
TITLE_TYPE = Rule(
    "title-type",
    "warning",
    "readers (16 of 23 show an HTML title undecoded)",
    "A title is of type text.",
    "Write the title as plain text.",
)
XHTML_DIV = Rule(
    "xhtml-div",
    "error",
    "RFC 4287 section 3.1.1.3",
    "XHTML text is in one div element of the XHTML namespace.",
    "Wrap the markup in one div, or escape it and write html as the type.",
)
CONTENT_SUMMARY = Rule(
    "content-summary",
    "error",
    "RFC 4287 section 4.1.1.1",
    "An entry whose content lies elsewhere or is no text has a summary.",
    "Write a summary.",
)
CATEGORY_TERM = Rule(
    "category-term",
    "error",
    "RFC 4287 section 4.2.2.1",
    "A category has a term.",
    "Write the term.",
)
PERSON_NAME = Rule(
    "person-name",
    "error",
    "RFC 4287 section 3.2.1",
    "A person has a name.",
    "Write the name.",
)
PERSON_EMAIL = Rule(
    "person-email",
    "warning",
    "W3C feed validator",
    "A person's name has no e-mail address in it.",
    "Write the address into email, or leave it out.",
)
ATOM_SOURCE = Rule(
    "atom-source",
    "warning",
    "RFC 4287 section 4.2.11",
    "The source of an entry has id, title and updated.",
    "Write what the feed that the entry came from says of itself.",
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

_PERSON: Final = Shape({"name": True, "uri": True, "email": True})
_METADATA: Final = {
    "author": False,
    "category": False,
    "contributor": False,
    "generator": True,
    "icon": True,
    "id": True,
    "link": False,
    "logo": True,
    "rights": True,
    "subtitle": True,
    "title": True,
    "updated": True,
}
_FEED: Final = Shape({**_METADATA, "entry": False})
_SOURCE: Final = Shape(_METADATA)
_ENTRY: Final = Shape(
    {
        "author": False,
        "category": False,
        "content": True,
        "contributor": False,
        "id": True,
        "link": False,
        "published": True,
        "rights": True,
        "source": True,
        "summary": True,
        "title": True,
        "updated": True,
    }
)
_TYPE: Final = frozenset({"type"})
_CONTENT: Final = frozenset({"type", "src"})
_CATEGORY: Final = frozenset({"term", "scheme", "label"})
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
    if language := feed.attributes.get("xml:lang"):
        check_language(report, feed.line, language, "xml:lang of the feed")
    else:
        report.add(MISSING_LANGUAGE, feed.line, "the feed doesn't say its language")
    _check_order(report, feed)
    for child in feed.children:
        if child.name != "entry" and (check := _CHECKS.get(child.name)):
            check(report, child, "the feed")
    links = feed.find_all("link")
    for link in links:
        check_link(report, link, "a link of the feed", in_entry=False)
    _check_alternates(report, links, "the feed")
    own = next((link for link in links if relation_of(link) == "self"), None)
    check_self(report, own.line if own else feed.line, own.attributes.get("href", "") if own else None, "the feed")
    _check_history(report, feed, {relation_of(link) for link in links})
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
        elif started and child.name in _METADATA:
            report.add(MISPLACED_METADATA, child.line, f"<{child.name}> of the feed stands behind an entry")


def _check_history(report: Report, feed: Node, relations: set[str]) -> None:
    is_complete = feed.find("fh:complete") is not None
    linked = relations & {"prev-archive", "next-archive"}
    if feed.find("fh:archive") is not None and not is_complete:
        if "current" not in relations:
            report.add(ARCHIVE_CURRENT, feed.line, "the archive document doesn't link to the current feed")
        if not linked:
            report.add(ARCHIVE_UNLINKED, feed.line, "the archive document links to no other")
    if is_complete and (linked or relations & {"next", "previous", "first", "last"}):
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


def check_entry(report: Report, entry: Node, *, has_author: bool = True) -> None:
    """Object to an entry; `has_author` says whether its feed has one."""
    line = entry.line
    if entry.attributes:
        check_attributes(report, entry, frozenset())
    if entry.text and not entry.text.isspace():
        check_shape(report, entry, _ENTRY)
    named: dict[str, Node] = {}
    links: list[Node] = []
    children = _ENTRY.children
    for child in entry.children:
        name = child.name
        if name == "link":
            links.append(child)
            check_link(report, child, "a link of the entry", in_entry=True)
            continue
        if name in named and children.get(name):
            report.add(DUPLICATE_ELEMENT, child.line, f"<entry> has <{name}> twice")
        elif name not in children:
            _check_foreign(report, child, entry)
        named[name] = child
        if check := _CHECKS.get(name):
            check(report, child, "the entry")
    for name in ("id", "title", "updated"):
        if name not in named:
            report.add(ATOM_MISSING, line, f"the entry has no {name}")
    source = named.get("source")
    if "author" not in named and not has_author and not (source and source.find("author")):
        report.add(ATOM_MISSING, line, "neither the entry nor the feed has an author")
    _check_dates(report, named)
    _check_body(report, entry, named, links)
    _check_alternates(report, links, "the entry")


def _check_foreign(report: Report, child: Node, entry: Node) -> None:
    # The shape knows what may stand there; it is asked for the rare element only.
    lone = Node(entry.name, {}, entry.line)
    lone.children.append(child)
    check_shape(report, lone, _ENTRY)
    if child.name.startswith("media:"):
        check_media(report, child)
    elif child.name == "dc:date":
        check_w3c_date(report, child.line, child.text.strip(), "dc:date of the entry")


def _check_dates(report: Report, named: dict[str, Node]) -> None:
    published, updated = named.get("published"), named.get("updated")
    if published is None:
        if "id" in named:
            report.add(ATOM_NO_PUBLISHED, named["id"].line, "the entry doesn't say when it was published")
        return
    if updated is not None and updated.text != published.text:
        quiet = Report(report.path)
        first = check_instant(quiet, None, published.text, "")
        last = check_instant(quiet, None, updated.text, "")
        if isinstance(first, datetime) and isinstance(last, datetime) and last < first:
            report.add(UPDATED_BEFORE_PUBLISHED, updated.line, f"updated is before {published.text}", updated.text)


def _check_body(report: Report, entry: Node, named: dict[str, Node], links: list[Node]) -> None:
    content = named.get("content")
    has_alternate = any(relation_of(link) == "alternate" for link in links)
    if content is None:
        if not has_alternate:
            report.add(ATOM_NO_CONTENT, entry.line, "the entry has neither content nor a link to its page")
        elif "summary" not in named:
            report.add(ATOM_NO_TEXT, entry.line, "the entry has neither content nor summary")
        return
    kind = content.attributes.get("type", "text")
    is_text = kind in {"text", "html", "xhtml"} or kind.startswith("text/") or kind.endswith(("+xml", "/xml"))
    if "summary" not in named and ("src" in content.attributes or not is_text):
        report.add(CONTENT_SUMMARY, content.line, "the content can't be shown, and there is no summary")
    if not has_alternate:
        report.add(ATOM_NO_ALTERNATE, entry.line, "the entry has no link to its page")


def _check_alternates(report: Report, links: list[Node], where: str) -> None:
    seen: set[tuple[str, str]] = set()
    for index, link in enumerate(links):
        attributes = link.attributes
        if relation_of(link) != "alternate":
            continue
        if index and not seen:
            report.add(ALTERNATE_NOT_FIRST, link.line, f"the link of {where} to its page is not its first")
        if "rel" not in attributes or "type" not in attributes:
            report.add(ALTERNATE_TYPE, link.line, f"the link of {where} to its page lacks rel or type")
        kind = (attributes.get("type", ""), attributes.get("hreflang", ""))
        if kind in seen:
            report.add(DUPLICATE_ALTERNATE, link.line, f"{where} has two links to its page of one type", kind[0])
        seen.add(kind)


def _check_id(report: Report, node: Node, where: str) -> None:
    if node.attributes or node.children:
        check_leaf(report, node)
    if check_address(report, node.line, node.text, f"id of {where}") and not is_canonical(node.text):
        report.add(ID_NOT_CANONICAL, node.line, f"id of {where} is not in its normal form", node.text)


def _check_date(report: Report, node: Node, where: str) -> None:
    if node.attributes or node.children:
        check_leaf(report, node)
    value = node.text
    if value.strip() != value:
        report.add(SURROUNDING_SPACE, node.line, f"{node.name} of {where} has white space around it", value)
        value = value.strip()
    check_instant(report, node.line, value, f"{node.name} of {where}")


def _check_image(report: Report, node: Node, where: str) -> None:
    if node.attributes or node.children:
        check_leaf(report, node)
    check_address(report, node.line, node.text, f"{node.name} of {where}")


def _check_text(report: Report, node: Node, where: str) -> None:
    is_content = node.name == "content"
    kind = "text"
    if node.attributes:
        check_attributes(report, node, _CONTENT if is_content else _TYPE)
        kind = node.attributes.get("type", "text")
        if "xml:lang" in node.attributes:
            check_language(report, node.line, node.attributes["xml:lang"], f"xml:lang of {node.name}")
        if "src" in node.attributes:
            check_address(report, node.line, node.attributes["src"], f"src of {node.name} of {where}")
            return
    where = f"{node.name} of {where}"
    if kind == "html":
        if not node.text or node.text.isspace():
            report.add(EMPTY, node.line, f"{where} is empty")
        check_html(report, node.line, node.text, where)
    elif kind == "xhtml":
        if len(node.children) != 1 or node.children[0].name != "xhtml:div" or node.text.strip():
            report.add(XHTML_DIV, node.line, f"{where} is not one XHTML div")
        check_xhtml(report, node.line, node.inner, where)
    elif kind == "text":
        (check_title if node.name == "title" else check_plain)(report, node.line, node.text, where)
    elif is_content:
        check_media_type(report, node.line, kind, f"type of {where}")
    else:
        report.add(ATOM_TEXT_TYPE, node.line, f"type of {where} is neither text, html nor xhtml", kind)
    if node.name == "title" and kind in {"html", "xhtml"}:
        report.add(TITLE_TYPE, node.line, f"{where} is not plain text", kind)
    if node.children and kind in {"text", "html"}:
        report.add(UNDEFINED_ELEMENT, node.line, f"{where} has elements in it", f"<{node.children[0].name}>")


def _check_person(report: Report, node: Node, where: str) -> None:
    check_shape(report, node, _PERSON)
    name = node.find("name")
    if name is None:
        report.add(PERSON_NAME, node.line, f"{node.name} of {where} has no name")
    elif check_plain(report, name.line, name.text, f"name of {node.name} of {where}") and "@" in name.text:
        report.add(PERSON_EMAIL, name.line, f"name of {node.name} of {where} has an e-mail address in it", name.text)
    for child in node.children:
        if child.name == "email":
            check_email(report, child.line, child.text, f"email of {node.name} of {where}")
        elif child.name == "uri":
            check_address(report, child.line, child.text, f"uri of {node.name} of {where}")


def _check_category(report: Report, node: Node, where: str) -> None:
    attributes = node.attributes
    if not attributes.keys() <= _CATEGORY:
        check_attributes(report, node, _CATEGORY)
    if not attributes.get("term", "").strip():
        report.add(CATEGORY_TERM, node.line, f"a category of {where} has no term")
    if "scheme" in attributes:
        check_address(report, node.line, attributes["scheme"], f"scheme of a category of {where}")
    if "label" in attributes:
        check_plain(report, node.line, attributes["label"], f"label of a category of {where}")


def _check_generator(report: Report, node: Node, where: str) -> None:
    check_leaf(report, node, frozenset({"uri", "version"}))
    check_plain(report, node.line, node.text, f"generator of {where}")
    if "uri" in node.attributes:
        check_address(report, node.line, node.attributes["uri"], f"uri of the generator of {where}")


def _check_source(report: Report, node: Node, where: str) -> None:
    check_shape(report, node, _SOURCE)
    for name in ("id", "title", "updated"):
        if node.find(name) is None:
            report.add(ATOM_SOURCE, node.line, f"the source of {where} has no {name}")
    for child in node.children:
        if check := _CHECKS.get(child.name):
            check(report, child, f"the source of {where}")
        elif child.name == "link":
            check_link(report, child, f"a link of the source of {where}", in_entry=False)


_CHECKS: Final[dict[str, Callable[[Report, Node, str], None]]] = {
    "id": _check_id,
    "updated": _check_date,
    "published": _check_date,
    "icon": _check_image,
    "logo": _check_image,
    "title": _check_text,
    "subtitle": _check_text,
    "summary": _check_text,
    "rights": _check_text,
    "content": _check_text,
    "author": _check_person,
    "contributor": _check_person,
    "category": _check_category,
    "generator": _check_generator,
    "source": _check_source,
}


def read_entry(entry: Node) -> Entry:
    """What of an entry matters outside it."""
    texts = {child.name: child.text for child in entry.children}
    links = (link.attributes.get("href") for link in entry.find_all("link") if relation_of(link) == "alternate")
    return Entry(
        texts.get("id"), texts.get("title"), next(links, None), texts.get("published"), texts.get("updated"), entry.line
    )
