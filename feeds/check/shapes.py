"""Shapes: which elements and attributes an element may have, and which of them only once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from feeds.check.html_names import HARMLESS, STRIPPED
from feeds.check.nodes import Node
from feeds.check.rules import Report, Rule
from feeds.check.values import check_language

UNDEFINED_ELEMENT = Rule.error(
    "undefined-element",
    "RSS 2.0; RFC 4287 section 4; OPML 2.0; sitemaps.org",
    "Every element is one that its format defines at that place.",
    "Remove it, or put it into the namespace of its extension.",
)
UNESCAPED_HTML = Rule.error(
    "unescaped-html",
    "RSS 2.0 (description); RFC 4287 section 3.1.1.2",
    "HTML in RSS, and in Atom where the type is html, is escaped or in CDATA.",
    'Escape the HTML, or put it into CDATA; in Atom say type="html" with it, or type="xhtml" with a div around it.',
)
DUPLICATE_ELEMENT = Rule.error(
    "duplicate-element",
    "RSS 2.0; RFC 4287 section 4.1; OPML 2.0",
    "An element that may appear once appears once.",
    "Keep one of them.",
)
UNEXPECTED_ATTRIBUTE = Rule.error(
    "unexpected-attribute",
    "RSS 2.0; RFC 4287 section 4; OPML 2.0",
    "Every attribute is one that its element has.",
    "Remove the attribute.",
)
EXTENSION_ATTRIBUTE = Rule.warning(
    "extension-attribute",
    "RSS advisory board profile",
    "Elements of RSS have no attributes of other namespaces but that of XML (xml:lang).",
    "Put the value into an element of that namespace.",
)
UNEXPECTED_TEXT = Rule.error(
    "unexpected-text",
    "RSS 2.0; RFC 4287 section 4; OPML 2.0",
    "Text is only in elements that hold text.",
    "Remove the text between the elements.",
)
XML_BASE = Rule.warning(
    "xml-base",
    "readers (13 of 23 don't resolve against it)",
    "A document doesn't rely on xml:base.",
    "Write absolute addresses.",
)


Check = Callable[[Report, Node, str], None]
"""A function that objects to an element; the text is what its messages call the element or its parent."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What an element that has no text of its own may hold: children by name (True: only one), and attributes."""

    children: dict[str, bool]
    attributes: frozenset[str] = frozenset()


def name_children(once: str, often: str = "") -> dict[str, bool]:
    """The children of a shape: those that it may have once, and those that it may have several of, in words."""
    return dict.fromkeys(once.split(), True) | dict.fromkeys(often.split(), False)


_DUBLIN_CORE: Final = frozenset(
    """title creator subject description publisher contributor date type format identifier source language relation
    coverage rights""".split()
)
_MEDIA: Final = frozenset(
    """adult category comments community content copyright credit description embed group hash keywords license
    location peerLink player price rating responses restriction rights scenes status statistics subTitle text
    thumbnail title backLinks""".split()
)
_TERMS: Final = frozenset(
    """alternative abstract tableOfContents created valid available issued modified dateAccepted dateCopyrighted
    dateSubmitted extent isVersionOf hasVersion isReplacedBy replaces isRequiredBy requires isPartOf hasPart
    isReferencedBy references isFormatOf hasFormat conformsTo spatial temporal audience mediator accessRights
    accrualMethod accrualPeriodicity accrualPolicy bibliographicCitation educationLevel instructionalMethod license
    provenance rightsHolder""".split()
)
_EXTENSIONS: Final = {
    "dc": _DUBLIN_CORE,
    "dcterms": _TERMS,
    "media": _MEDIA,
    "content": frozenset({"encoded", "items"}),
    "sy": frozenset({"updatePeriod", "updateFrequency", "updateBase"}),
    "fh": frozenset({"archive", "complete"}),
    "at": frozenset({"deleted-entry"}),
    "slash": frozenset({"comments", "section", "department", "hit_parade"}),
    "wfw": frozenset({"comment", "commentRss"}),
    "thr": frozenset({"in-reply-to", "total"}),
    "news": frozenset({"news"}),
    "atom": frozenset(
        """author category contributor content generator icon id link logo published rights subtitle summary title
        updated""".split()
    ),
}
_SINGLE_EXTENSIONS: Final = frozenset(
    "content:encoded dc:title dc:description dc:language dc:rights dc:source fh:archive fh:complete".split()
)
# What only an entry may have, and what only a feed.
_OF_ENTRIES: Final = frozenset({"content", "slash", "wfw"})
_OF_FEEDS: Final = frozenset({"fh", "sy", "at"})
_XML: Final = frozenset({"xml:lang", "xml:base", "xml:space", "xml:id"})
_QUALIFIED: Final = re.compile(r"[^.]*")


def check_attributes(report: Report, node: Node, allowed: frozenset[str], *, foreign: bool = True) -> None:
    """Object to attributes that an element doesn't have; with `foreign`, those of other namespaces are let through."""
    if node.attributes.keys() <= allowed:
        return
    for name in sorted(node.attributes.keys() - allowed - _XML):
        if ":" not in name and not name.startswith("{"):
            report.add(UNEXPECTED_ATTRIBUTE, node.line, f"<{node.name}> has no attribute {name}", node.attributes[name])
        elif not foreign:
            report.add(EXTENSION_ATTRIBUTE, node.line, f"<{node.name}> has an attribute of an extension", name)
    if node.attributes.get("xml:lang"):
        check_language(report, node.line, node.attributes["xml:lang"], f"xml:lang of <{node.name}>")
    if "xml:base" in node.attributes:
        report.add(XML_BASE, node.line, f"<{node.name}> has xml:base", node.attributes["xml:base"])


def check_values(
    report: Report, node: Node, where: str, **checks: Callable[[Report, int | None, str, str], object]
) -> None:
    """Object to the values of attributes, each by a check of its own; `where` is what messages call the element."""
    for name, check in checks.items():
        if name in node.attributes:
            check(report, node.line, node.attributes[name], f"{name} of {where}")


def check_shape(report: Report, node: Node, shape: Shape, *, foreign: bool = True) -> None:
    """Object to children, attributes and text that an element doesn't have."""
    check_attributes(report, node, shape.attributes, foreign=foreign)
    seen: set[str] = set()
    children = shape.children
    for child in node.children:
        name = child.name
        single = children.get(name)
        if single is None:
            single = check_extension(report, child, node.name)
        if single and name in seen:
            report.add(DUPLICATE_ELEMENT, child.line, f"<{node.name}> has <{name}> twice")
        seen.add(name)
    if node.text and not node.text.isspace():
        report.add(UNEXPECTED_TEXT, node.line, f"<{node.name}> has text of its own", node.text.strip())


def check_extension(report: Report, child: Node, parent: str) -> bool:
    """Object to an element that is undefined at its place; True where an extension's element may appear only once."""
    prefix, colon, local = child.name.partition(":")
    if child.name.startswith("{"):
        return False
    if not colon or prefix == "xhtml":
        report.add(UNDEFINED_ELEMENT, child.line, f"<{parent}> has no element <{child.name}>")
        return False
    if prefix == "dc":
        # "Qualified" Dublin Core writes a refinement after a dot.
        local = _QUALIFIED.match(local)[0]  # type: ignore[index]
    known = _EXTENSIONS.get(prefix)
    if known is not None and local not in known:
        report.add(UNDEFINED_ELEMENT, child.line, f"the extension {prefix} has no element <{child.name}>")
    elif not _may_stand(prefix, child.name, parent):
        report.add(UNDEFINED_ELEMENT, child.line, f"<{child.name}> is not allowed in <{parent}>")
    return child.name in _SINGLE_EXTENSIONS


def _may_stand(prefix: str, name: str, parent: str) -> bool:
    if prefix in _OF_ENTRIES:
        return parent == "item" or (parent == "entry" and prefix != "content")
    if prefix in _OF_FEEDS:
        return parent in {"channel", "feed", "source"}
    return name not in {"media:content", "media:group"} or parent in {"item", "entry"}


def check_empty(report: Report, node: Node) -> None:
    """Object to text in an element that may have attributes only."""
    if node.text and not node.text.isspace():
        report.add(UNEXPECTED_TEXT, node.line, f"<{node.name}> has text in it", node.text.strip())


def check_childless(report: Report, node: Node) -> None:
    """Object to elements in one that holds nothing but text."""
    for child in node.children:
        report.add(UNDEFINED_ELEMENT, child.line, f"<{node.name}> has no elements in it", f"<{child.name}>")


def check_unescaped(report: Report, node: Node, where: str) -> None:
    """Object to elements in one that holds HTML as text: to unescaped HTML once, to any other element each time."""
    for child in node.children:
        name = child.name.removeprefix("xhtml:")
        if name in HARMLESS or name in STRIPPED:
            report.add(UNESCAPED_HTML, child.line, f"{where} holds <{name}> unescaped")
            return
    check_childless(report, node)


def check_leaf(report: Report, node: Node, attributes: frozenset[str] = frozenset(), *, foreign: bool = True) -> None:
    """Object to children and attributes of an element that holds nothing but text."""
    check_attributes(report, node, attributes, foreign=foreign)
    check_childless(report, node)
