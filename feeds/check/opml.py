"""OPML 2.0, as readers import and export subscriptions."""

from __future__ import annotations

from typing import Final

from feeds.check.dates import check_rss_date
from feeds.check.html import check_html
from feeds.check.nodes import Node
from feeds.check.rules import Report, Rule
from feeds.check.shapes import Shape, check_attributes, check_shape, check_values, name_children
from feeds.check.values import check_address, check_email, check_language, check_number, check_plain, is_whole_number

OPML_VERSION = Rule.error(
    "opml-version",
    "OPML 2.0",
    "The version is 2.0, 1.1 or 1.0.",
    'Write version="2.0".',
)
OPML_MISSING = Rule.error(
    "opml-missing",
    "OPML 2.0",
    "A document has head and body, and the body at least one outline.",
    "Write the element.",
)
OUTLINE_TEXT = Rule.error(
    "outline-text",
    "OPML 2.0",
    "Every outline has a text.",
    "Write the feed's title as text.",
)
OUTLINE_FEED = Rule.warning(
    "outline-feed",
    "OPML 2.0 (subscription lists)",
    "An outline of a feed has the type rss, a title and the feed's address (xmlUrl), one of a link or inclusion a url.",
    'Write type="rss", text, title, xmlUrl and htmlUrl; for a link or inclusion type, text and url.',
)
OUTLINE_TWICE = Rule.warning(
    "outline-twice",
    "readers (no reader merges entries across feeds)",
    "A feed is listed once.",
    "Keep one of the outlines.",
)
OUTLINE_VALUE = Rule.error(
    "outline-value",
    "OPML 2.0",
    "isComment and isBreakpoint are true or false, expansionState a list of line numbers.",
    "Write one of the values, or leave the attribute out.",
)

_OPML: Final = Shape({"head": True, "body": True}, frozenset({"version"}))
_HEAD: Final = Shape(
    name_children(
        """title dateCreated dateModified ownerName ownerEmail ownerId docs expansionState vertScrollState windowTop
        windowLeft windowBottom windowRight"""
    )
)
_BODY: Final = Shape({"outline": False})
_OUTLINE: Final = Shape(
    {"outline": False},
    frozenset(
        """category created description htmlUrl isBreakpoint isComment language text title type url version
        xmlUrl""".split()
    ),
)
_MARKS_A_FEED: Final = frozenset({"description", "htmlUrl", "language", "title", "version", "xmlUrl"})
_OF_FOLDERS: Final = frozenset({"title"})
"""What readers also write into an outline that only holds others."""
_POSITIONS: Final = frozenset({"vertScrollState", "windowTop", "windowLeft", "windowBottom", "windowRight"})


def check_opml(report: Report, root: Node) -> None:
    """Object to an OPML document."""
    if root.attributes.get("version") not in {"1.0", "1.1", "2.0"}:
        report.add(OPML_VERSION, root.line, "there is no such version", root.attributes.get("version"))
    check_shape(report, root, _OPML)
    head, body = root.find("head"), root.find("body")
    if head is None:
        report.add(OPML_MISSING, root.line, "the document has no head")
    else:
        _check_head(report, head)
    if body is None or not body.children:
        report.add(OPML_MISSING, root.line, "the document has no body with an outline in it")
    else:
        check_shape(report, body, _BODY)
        addresses: set[str] = set()
        has_listed_types = root.attributes.get("version", "").startswith("1.")
        for outline in body.walk():
            if outline.name == "outline":
                _check_outline(report, outline, addresses, has_listed_types=has_listed_types)


def _check_head(report: Report, head: Node) -> None:
    check_shape(report, head, _HEAD)
    for child in head.children:
        name, line, value = child.name, child.line, child.text
        check_attributes(report, child, frozenset())
        if name in {"title", "ownerName"}:
            check_html(report, line, value, name)
        elif name in {"dateCreated", "dateModified"}:
            check_rss_date(report, line, value, name)
        elif name == "ownerEmail":
            check_email(report, line, value, name)
        elif name in {"ownerId", "docs"}:
            check_address(report, line, value, name)
        elif name in _POSITIONS:
            check_number(report, line, value.strip(), name)
        elif name == "expansionState":
            numbers = [number.strip() for number in value.split(",")] if value.strip() else []
            if not all(map(is_whole_number, numbers)):
                report.add(OUTLINE_VALUE, line, "expansionState is no list of line numbers", value)


def _check_outline(report: Report, outline: Node, addresses: set[str], *, has_listed_types: bool) -> None:
    check_shape(report, outline, _OUTLINE)
    attributes, line = outline.attributes, outline.line
    if not attributes.get("text", "").strip():
        report.add(OUTLINE_TEXT, line, "an outline has no text")
    kind = attributes.get("type", "").lower()
    address = attributes.get("xmlUrl")
    if kind == "rss":
        for name in ("xmlUrl", "title"):
            if name not in attributes:
                report.add(OUTLINE_FEED, line, f"an outline of a feed has no {name}", attributes.get("text"))
    elif kind in {"link", "include"} and "url" not in attributes:
        report.add(OUTLINE_FEED, line, f"an outline of type {kind} has no url", attributes.get("text"))
    elif kind not in {"", "link"} and has_listed_types:
        report.add(OUTLINE_FEED, line, "the type of an outline is not one that OPML 1 lists", attributes["type"])
    elif not kind and attributes.keys() & (_MARKS_A_FEED - _OF_FOLDERS if outline.children else _MARKS_A_FEED):
        report.add(OUTLINE_FEED, line, "an outline of a feed has no type", attributes.get("text"))
    if address is not None:
        if address in addresses:
            report.add(OUTLINE_TWICE, line, "a feed is listed twice", address)
        addresses.add(address)
    _check_values(report, outline)
    check_values(report, outline, "an outline", created=check_rss_date, language=check_language)


def _check_values(report: Report, outline: Node) -> None:
    attributes, line = outline.attributes, outline.line
    check_values(report, outline, "an outline", xmlUrl=check_address, htmlUrl=check_address, url=check_address)
    for name in ("text", "title", "description"):
        if attributes.get(name):
            check_html(report, line, attributes[name], f"{name} of an outline")
            if name == "title":
                check_plain(report, line, attributes[name], f"{name} of an outline")
    for name in ("isComment", "isBreakpoint"):
        if attributes.get(name, "true").lower() not in {"true", "false"}:
            report.add(OUTLINE_VALUE, line, f"{name} is neither true nor false", attributes[name])
    if "version" in attributes and attributes["version"] not in {"RSS", "RSS1", "RSS2", "scriptingNews"}:
        report.add(OUTLINE_FEED, line, "the version of an outline is not one that OPML lists", attributes["version"])
