"""An RSS item."""

from __future__ import annotations

import re
from typing import Final

from feeds.check.entries import Entry
from feeds.check.links import check_link
from feeds.check.media import check_media
from feeds.check.nodes import Node
from feeds.check.rss_leaves import (
    check_address_leaf,
    check_category_leaf,
    check_date_leaf,
    check_email_leaf,
    check_html_leaf,
    check_title_leaf,
    check_w3c_date_leaf,
)
from feeds.check.rules import Report, Rule
from feeds.check.shapes import (
    DUPLICATE_ELEMENT,
    UNDEFINED_ELEMENT,
    Check,
    Shape,
    check_attributes,
    check_empty,
    check_extension,
    check_leaf,
    check_shape,
    check_values,
    name_children,
)
from feeds.check.values import (
    EMPTY,
    SURROUNDING_SPACE,
    check_address,
    check_media_type,
    check_number,
    check_plain,
    is_whole_number,
)

RSS_EMPTY_ITEM = Rule.error(
    "rss-empty-item",
    "RSS 2.0",
    "An item has a title or a description.",
    "Write both.",
)
RSS_NO_LINK = Rule.warning(
    "rss-no-link",
    "readers (8 of 23 have nothing to open)",
    "An item has a link.",
    "Write the address of the article's page.",
)
RSS_NO_TITLE = Rule.warning(
    "rss-no-title",
    "readers (they invent one from the text, the address or the date)",
    "An item has a title.",
    "Write the headline, or the first words of the text.",
)
RSS_NO_GUID = Rule.warning(
    "rss-no-guid",
    "RSS advisory board profile; readers",
    "An item has a guid.",
    'Write an id that never changes, with isPermaLink="false".',
)
RSS_NO_DATE = Rule.warning(
    "rss-no-date",
    "readers (7 of 23 read no other date)",
    "An item has a pubDate.",
    "Write the published instant as pubDate.",
)
GUID_PERMALINK = Rule.error(
    "guid-permalink",
    "RSS 2.0",
    "A guid that is no web address says so.",
    'Write isPermaLink="false".',
)
GUID_BOOLEAN = Rule.error(
    "guid-boolean",
    "RSS 2.0",
    "isPermaLink is true or false.",
    "Write true or false.",
)
GUID_SHORT = Rule.warning(
    "guid-short",
    "W3C feed validator",
    "A guid is unique in the world, not a small number.",
    "Write an id of the form urn:uuid: or tag:.",
)
ENCLOSURE = Rule.error(
    "enclosure",
    "RSS 2.0",
    "An enclosure has length, type, and as url a whole web address.",
    'Write all three; length="0" where it is unknown.',
)
SEVERAL_ENCLOSURES = Rule.warning(
    "several-enclosures",
    "RSS advisory board profile",
    "An item has one enclosure at most.",
    "Keep the most important one, and link the others as media:content.",
)
SOURCE_URL = Rule.error(
    "source-url",
    "RSS 2.0",
    "A source has the address of the feed it names.",
    "Write url, or use dc:source for a name alone.",
)
CONTENT_BEFORE_DESCRIPTION = Rule.warning(
    "content-before-description",
    "RSS advisory board profile",
    "content:encoded comes after the description.",
    "Write the description first.",
)
SAME_MEANING = Rule.warning(
    "same-meaning",
    "W3C feed validator (DuplicateSemantics)",
    "A thing is said once: by RSS or by an extension.",
    "Keep one of the two elements.",
)
_ITEM: Final = Shape(
    name_children("title link description author comments guid pubDate source content:encoded", "category enclosure")
)
_EXPECTED: Final = (("link", RSS_NO_LINK), ("guid", RSS_NO_GUID), ("pubDate", RSS_NO_DATE))
_GUID: Final = frozenset({"isPermaLink"})
_ENCLOSURE: Final = frozenset({"url", "length", "type"})
_TEXTS_OF_ATOM: Final = frozenset({"atom:title", "atom:subtitle", "atom:rights", "atom:content"})
_SAME_IN_ITEM: Final = {
    "dc:creator": "author",
    "dc:subject": "category",
    "dc:date": "pubDate",
    "dc:source": "source",
    "atom:id": "guid",
    "atom:published": "pubDate",
    "atom:title": "title",
    "atom:content": "description",
}
_WEB_ADDRESS: Final = re.compile(r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::[0-9]+)?(?:/|$)")


def check_same(report: Report, parent: Node, named: dict[str, Node], same: dict[str, str]) -> None:
    """Object to elements of extensions beside the element of RSS that means the same."""
    for extension in sorted(named.keys() & same.keys()):
        if extension in _TEXTS_OF_ATOM:
            report.add(
                SAME_MEANING, named[extension].line, f"<{parent.name}> says with {extension} what RSS has a word for"
            )
        elif same[extension] in named:
            what = f"<{parent.name}> has both {extension} and {same[extension]}"
            report.add(SAME_MEANING, named[extension].line, what)


def _check_foreign(report: Report, extension: Node, parent: str) -> bool:
    """As `check_extension`; RSS 2.0 wants elements of other vocabularies in a namespace, those within them too."""
    if extension.children:
        check_namespaceless(report, extension)
    return check_extension(report, extension, parent)


def check_namespaceless(report: Report, extension: Node) -> None:
    """Object to elements within an extension's that are in no namespace."""
    for below in extension.walk():
        if below is not extension and ":" not in below.name and not below.name.startswith("{"):
            report.add(UNDEFINED_ELEMENT, below.line, f"<{below.name}> in <{extension.name}> is in no namespace")


def check_item(report: Report, item: Node) -> None:
    """Object to an item."""
    report.is_rss = True
    line = item.line
    check_attributes(report, item, frozenset(), foreign=False)
    if item.text and not item.text.isspace():
        check_shape(report, item, _ITEM)
    named: dict[str, Node] = {}
    singles = _ITEM.children
    for child in item.children:
        name = child.name
        single = singles.get(name)
        if single is None:
            single = _check_foreign(report, child, "item")
        if name in named:
            if single:
                report.add(DUPLICATE_ELEMENT, child.line, f"<item> has <{name}> twice")
            elif name == "enclosure":
                report.add(SEVERAL_ENCLOSURES, child.line, "the item has a second enclosure")
        elif name == "content:encoded" and "description" not in named:
            report.add(CONTENT_BEFORE_DESCRIPTION, child.line, "content:encoded has no description before it")
        named[name] = child
        if check := _ITEM_CHECKS.get(name):
            check(report, child, name + " of the item")
        elif name.startswith("media:"):
            check_media(report, child)
    if "title" not in named and "description" not in named:
        report.add(RSS_EMPTY_ITEM, line, "the item has neither title nor description")
    elif "title" not in named:
        report.add(RSS_NO_TITLE, line, "the item has no title")
    for name, rule in _EXPECTED:
        if name not in named:
            report.add(rule, line, f"the item has no {name}")
    if not _SAME_IN_ITEM.keys().isdisjoint(named):
        check_same(report, item, named, _SAME_IN_ITEM)


def _check_guid(report: Report, node: Node, where: str) -> None:
    attributes = node.attributes
    check_leaf(report, node, _GUID, foreign=False)
    permalink = attributes.get("isPermaLink", "true")
    value = node.text
    if permalink not in {"true", "false"}:
        report.add(GUID_BOOLEAN, node.line, f"isPermaLink of the {where} is neither true nor false", permalink)
    elif not value.strip():
        report.add(EMPTY, node.line, f"{where} is empty")
    elif value.strip() != value:
        report.add(SURROUNDING_SPACE, node.line, f"{where} has white space around it", value)
    elif permalink == "false":
        if len(value) < 9 and is_whole_number(value):
            report.add(GUID_SHORT, node.line, f"{where} is a small number", value)
    elif value.startswith(("http://", "https://")):
        check_address(report, node.line, value, where)
    else:
        report.add(GUID_PERMALINK, node.line, f"{where} is no web address, but says it is", value)


def _check_enclosure(report: Report, node: Node, where: str) -> None:
    attributes = node.attributes
    check_leaf(report, node, _ENCLOSURE, foreign=False)
    check_empty(report, node)
    report.add_missing(ENCLOSURE, node.line, where, ("url", "length", "type"), attributes)
    if "url" in attributes:
        is_address = check_address(report, node.line, attributes["url"], f"url of the {where}")
        if is_address and not _WEB_ADDRESS.match(attributes["url"]):
            report.add(ENCLOSURE, node.line, f"url of the {where} is no web address", attributes["url"])
    check_values(report, node, f"the {where}", length=check_number, type=check_media_type)


def _check_source(report: Report, node: Node, where: str) -> None:
    check_leaf(report, node, frozenset({"url"}), foreign=False)
    if "url" in node.attributes:
        check_address(report, node.line, node.attributes["url"], f"url of the {where}")
    else:
        report.add(SOURCE_URL, node.line, f"{where} has no url", node.text)
    check_plain(report, node.line, node.text, where)


def _check_item_link(report: Report, node: Node, where: str) -> None:  # noqa: ARG001 (the table's signature)
    check_link(report, node, "a link of the item", in_entry=True)


_ITEM_CHECKS: Final[dict[str, Check]] = {
    "title": check_title_leaf,
    "link": check_address_leaf,
    "description": check_html_leaf,
    "content:encoded": check_html_leaf,
    "author": check_email_leaf,
    "category": check_category_leaf,
    "comments": check_address_leaf,
    "enclosure": _check_enclosure,
    "guid": _check_guid,
    "pubDate": check_date_leaf,
    "source": _check_source,
    "dc:date": check_w3c_date_leaf,
    "dcterms:modified": check_w3c_date_leaf,
    "dcterms:created": check_w3c_date_leaf,
    "dcterms:issued": check_w3c_date_leaf,
    "atom:link": _check_item_link,
}


def read_entry(item: Node) -> Entry:
    """What matters of an item outside of it. `updated` is None: RSS has no such date."""
    texts = {child.name: child.text for child in item.children}
    return Entry(texts.get("guid"), texts.get("title"), texts.get("link"), texts.get("pubDate"), None, item.line)
