"""An Atom entry (RFC 4287 section 4.1.2)."""

from __future__ import annotations

from typing import Final

from feeds.check.atom_constructs import CHECKS, NEEDED, check_alternates, is_text_type
from feeds.check.dates import UPDATED_BEFORE_PUBLISHED, check_w3c_date, read_instant
from feeds.check.entries import Entry
from feeds.check.links import check_link, relation_of
from feeds.check.media import check_media
from feeds.check.nodes import Node
from feeds.check.rules import Report, Rule
from feeds.check.shapes import DUPLICATE_ELEMENT, Shape, check_attributes, check_shape, name_children

ATOM_MISSING = Rule.error(
    "atom-missing",
    "RFC 4287 section 4.1.1 and 4.1.2",
    "A feed and an entry have id, title and updated, and each entry an author of its own or of its feed.",
    "Write the element.",
)
ATOM_NO_CONTENT = Rule.error(
    "atom-no-content",
    "RFC 4287 section 4.1.2",
    "An entry without content has a link to its page.",
    'Write content, or a link with rel="alternate".',
)
ATOM_NO_TEXT = Rule.warning(
    "atom-no-text",
    "RFC 4287 section 4.1.1.1",
    "An entry has content or a summary.",
    "Write the article's first sentences as its summary.",
)
ATOM_NO_ALTERNATE = Rule.warning(
    "atom-no-alternate",
    "readers (they have nothing to open)",
    "An entry has a link to its page.",
    'Write a link with rel="alternate".',
)
ATOM_NO_PUBLISHED = Rule.warning(
    "atom-no-published",
    "readers (17 of 23 show no other date as that of publication)",
    "An entry says when it was published.",
    "Write published beside updated.",
)
CONTENT_SUMMARY = Rule.error(
    "content-summary",
    "RFC 4287 section 4.1.1.1",
    "An entry whose content lies elsewhere or is no text has a summary.",
    "Write a summary.",
)
_ENTRY: Final = Shape(
    name_children("content id published rights source summary title updated", "author category contributor link")
)


def check_entry(report: Report, entry: Node, *, has_author: bool = True) -> None:
    """Object to an entry; `has_author` says whether its feed has one."""
    line = entry.line
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
        if check := CHECKS.get(name):
            check(report, child, "the entry")
    report.add_missing(ATOM_MISSING, line, "the entry", NEEDED, named)
    source = named.get("source")
    if "author" not in named and not has_author and not (source and source.find("author")):
        report.add(ATOM_MISSING, line, "neither the entry nor the feed has an author")
    _check_dates(report, named)
    _check_body(report, entry, named, links)
    check_alternates(report, links, "the entry")


def _check_foreign(report: Report, child: Node, entry: Node) -> None:
    # Only rare elements are checked against the shape: that is slow.
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
        first, last = read_instant(published.text), read_instant(updated.text)
        if first is not None and last is not None and last < first:
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
    is_shown = "src" not in content.attributes and is_text_type(content.attributes.get("type", "text"))
    if "summary" not in named and not is_shown:
        report.add(CONTENT_SUMMARY, content.line, "the content can't be shown, and there is no summary")
    if not has_alternate:
        report.add(ATOM_NO_ALTERNATE, entry.line, "the entry has no link to its page")


def read_entry(entry: Node) -> Entry:
    """What matters of an entry outside of it."""
    texts = {child.name: child.text for child in entry.children}
    links = (link.attributes.get("href") for link in entry.find_all("link") if relation_of(link) == "alternate")
    return Entry(
        texts.get("id"), texts.get("title"), next(links, None), texts.get("published"), texts.get("updated"), entry.line
    )
