"""RSS 2.0, by its specification and by the profile of the RSS advisory board."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from feeds.check.dates import check_rss_date, check_w3c_date
from feeds.check.entries import Entry, check_entries
from feeds.check.html import check_html
from feeds.check.links import check_link, check_self, relation_of
from feeds.check.media import check_media
from feeds.check.nodes import Node
from feeds.check.rules import Report, Rule
from feeds.check.shapes import DUPLICATE_ELEMENT, Shape, check_attributes, check_extension, check_leaf, check_shape
from feeds.check.values import (
    EMPTY,
    MISSING_LANGUAGE,
    check_address,
    check_language,
    check_media_type,
    check_named_email,
    check_number,
    check_plain,
    check_title,
)

RSS_VERSION = Rule(
    "rss-version",
    "error",
    "RSS 2.0",
    "The root says version 2.0, and stands in no namespace.",
    'Write <rss version="2.0">.',
)
RSS_MISSING = Rule(
    "rss-missing",
    "error",
    "RSS 2.0",
    "A feed has a channel, and the channel title, link and description.",
    "Write the element.",
)
RSS_EMPTY_ITEM = Rule(
    "rss-empty-item",
    "error",
    "RSS 2.0",
    "An item has a title or a description.",
    "Write both.",
)
RSS_NO_LINK = Rule(
    "rss-no-link",
    "warning",
    "readers (8 of 23 have nothing to open)",
    "An item has a link.",
    "Write the address of the article's page.",
)
RSS_NO_TITLE = Rule(
    "rss-no-title",
    "warning",
    "readers (they invent one from the text, the address or the date)",
    "An item has a title.",
    "Write the headline, or the first words of the text.",
)
RSS_NO_GUID = Rule(
    "rss-no-guid",
    "warning",
    "RSS advisory board profile; readers",
    "An item has a guid.",
    'Write an id that never changes, with isPermaLink="false".',
)
RSS_NO_DATE = Rule(
    "rss-no-date",
    "warning",
    "readers (7 of 23 read no other date)",
    "An item has a pubDate.",
    "Write the published instant as pubDate.",
)
GUID_PERMALINK = Rule(
    "guid-permalink",
    "error",
    "RSS 2.0",
    "A guid that is no web address says so.",
    'Write isPermaLink="false".',
)
GUID_BOOLEAN = Rule(
    "guid-boolean",
    "error",
    "RSS 2.0",
    "isPermaLink is true or false.",
    "Write true or false.",
)
GUID_SHORT = Rule(
    "guid-short",
    "warning",
    "W3C feed validator",
    "A guid is unique in the world, not a small number.",
    "Write an id of the form urn:uuid: or tag:.",
)
ENCLOSURE = Rule(
    "enclosure",
    "error",
    "RSS 2.0",
    "An enclosure has url, length and type.",
    'Write all three; length="0" where it is unknown.',
)
SEVERAL_ENCLOSURES = Rule(
    "several-enclosures",
    "warning",
    "RSS advisory board profile",
    "An item has one enclosure at most.",
    "Keep the most important one, and link the others as media:content.",
)
SOURCE_URL = Rule(
    "source-url",
    "error",
    "RSS 2.0",
    "A source has the address of the feed it names.",
    "Write url, or use dc:source for a name alone.",
)
CONTENT_BEFORE_DESCRIPTION = Rule(
    "content-before-description",
    "warning",
    "RSS advisory board profile",
    "content:encoded stands behind the description.",
    "Write the description first.",
)
ITEM_ORDER = Rule(
    "item-order",
    "warning",
    "RSS advisory board profile",
    "What is said of the channel stands before its items.",
    "Write the items last.",
)
SAME_MEANING = Rule(
    "same-meaning",
    "warning",
    "W3C feed validator (DuplicateSemantics)",
    "A thing is said once: by RSS or by an extension.",
    "Keep one of the two elements.",
)
CHANNEL_IMAGE = Rule(
    "channel-image",
    "error",
    "RSS 2.0",
    "The channel's image has url, title and link, and is at most 144 wide and 400 high.",
    "Write all three.",
)
IMAGE_MISMATCH = Rule(
    "image-mismatch",
    "warning",
    "RSS 2.0; RSS advisory board profile",
    "Title and link of the image are those of the channel.",
    "Write the channel's title and link.",
)
IMAGE_FORMAT = Rule(
    "image-format",
    "warning",
    "RSS 2.0",
    "The channel's image is a GIF, JPEG or PNG.",
    "Offer a PNG.",
)
TEXT_INPUT = Rule(
    "text-input",
    "warning",
    "RSS advisory board profile",
    "A channel has no textInput.",
    "Leave it out: readers ignore it.",
)
SKIP = Rule(
    "skip",
    "error",
    "RSS 2.0",
    "skipHours lists hours from 0 to 23, skipDays English days, each once.",
    "Write hours as numbers and days in English.",
)
CLOUD = Rule(
    "cloud",
    "error",
    "RSS 2.0",
    "A cloud has domain, port, path, registerProcedure and protocol.",
    "Write all five, or use WebSub.",
)

_CHANNEL: Final = Shape(
    dict.fromkeys(
        """title link description language copyright managingEditor webMaster pubDate lastBuildDate generator docs
        cloud ttl image rating textInput skipHours skipDays""".split(),
        True,
    )
    | {"category": False, "item": False}
)
_ITEM: Final = Shape(
    dict.fromkeys("title link description author comments guid pubDate source content:encoded".split(), True)
    | {"category": False, "enclosure": False}
)
_RSS: Final = Shape({"channel": True}, frozenset({"version"}))
_IMAGE: Final = Shape(dict.fromkeys("url title link width height description".split(), True))
_TEXT_INPUT: Final = Shape(dict.fromkeys("title description name link".split(), True))
_SKIP_HOURS: Final = Shape({"hour": False})
_SKIP_DAYS: Final = Shape({"day": False})
_NONE: Final[frozenset[str]] = frozenset()
_GUID: Final = frozenset({"isPermaLink"})
_ENCLOSURE: Final = frozenset({"url", "length", "type"})
_CLOUD: Final = frozenset({"domain", "port", "path", "registerProcedure", "protocol"})
_DAYS: Final = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
_SAME_IN_CHANNEL: Final = {
    "dc:creator": "managingEditor",
    "dc:subject": "category",
    "dc:date": "pubDate",
    "dc:language": "language",
    "dc:rights": "copyright",
    "dc:publisher": "webMaster",
    "dc:source": "source",
    "dcterms:modified": "lastBuildDate",
    "atom:title": "title",
    "atom:subtitle": "description",
    "atom:rights": "copyright",
}
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
_PICTURE: Final = re.compile(r"\.([A-Za-z0-9]+)\Z")


def check_rss(report: Report, root: Node, *, entries: Iterable[Entry] | None = None) -> None:
    """Object to an RSS document. With `entries`, those were checked before; only an empty one keeps their place."""
    if root.name != "rss" or root.attributes.get("version") != "2.0":
        report.add(
            RSS_VERSION, root.line, "the root is not rss, version 2.0", root.attributes.get("version", root.name)
        )
    check_shape(report, root, _RSS)
    channel = root.find("channel")
    if channel is None:
        report.add(RSS_MISSING, root.line, "the feed has no channel")
        return
    check_shape(report, channel, _CHANNEL, foreign=False)
    named = {child.name: child for child in channel.children}
    for name in ("title", "link", "description"):
        if name not in named:
            report.add(RSS_MISSING, channel.line, f"the channel has no {name}")
    if "language" not in named and "dc:language" not in named:
        report.add(MISSING_LANGUAGE, channel.line, "the channel doesn't say its language")
    _check_order(report, channel)
    _check_same(report, channel, named, _SAME_IN_CHANNEL)
    own = None
    for child in channel.children:
        if child.name == "atom:link":
            check_link(report, child, "a link of the channel", in_entry=False)
            own = child if own is None and relation_of(child) == "self" else own
        elif check := _CHANNEL_CHECKS.get(child.name):
            check(report, child, f"{child.name} of the channel")
        elif child.name.startswith("media:"):
            check_media(report, child)
    check_self(
        report, own.line if own else channel.line, own.attributes.get("href", "") if own else None, "the channel"
    )
    if image := named.get("image"):
        _check_image(report, image, named)
    if entries is None:
        items = channel.find_all("item")
        for item in items:
            check_item(report, item)
        entries = [read_entry(item) for item in items]
    check_entries(report, entries)


def _check_order(report: Report, channel: Node) -> None:
    started = False
    for child in channel.children:
        if child.name == "item":
            started = True
        elif started and ":" not in child.name:
            report.add(ITEM_ORDER, child.line, f"<{child.name}> of the channel stands behind an item")


def _check_same(report: Report, parent: Node, named: dict[str, Node], same: dict[str, str]) -> None:
    for extension in named.keys() & same.keys():
        if same[extension] in named:
            what = f"<{parent.name}> has both {extension} and {same[extension]}"
            report.add(SAME_MEANING, named[extension].line, what)


def check_item(report: Report, item: Node) -> None:
    """Object to an item."""
    line = item.line
    if item.attributes:
        check_attributes(report, item, _NONE, foreign=False)
    if item.text and not item.text.isspace():
        check_shape(report, item, _ITEM)
    named: dict[str, Node] = {}
    singles = _ITEM.children
    for child in item.children:
        name = child.name
        single = singles.get(name)
        if single is None:
            single = check_extension(report, child, "item")
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
        _check_same(report, item, named, _SAME_IN_ITEM)


_EXPECTED: Final = (("link", RSS_NO_LINK), ("guid", RSS_NO_GUID), ("pubDate", RSS_NO_DATE))


def _check_title(report: Report, node: Node, where: str) -> None:
    if node.attributes or node.children:
        check_leaf(report, node, foreign=False)
    check_title(report, node.line, node.text, where)


def _check_plain(report: Report, node: Node, where: str) -> None:
    if node.attributes or node.children:
        check_leaf(report, node, foreign=False)
    check_plain(report, node.line, node.text, where)


def _check_optional(report: Report, node: Node, where: str) -> None:
    if node.attributes or node.children:
        check_leaf(report, node, foreign=False)
    if node.text.strip():
        check_plain(report, node.line, node.text, where)


def _check_category(report: Report, node: Node, where: str) -> None:
    check_leaf(report, node, frozenset({"domain"}), foreign=False)
    check_plain(report, node.line, node.text, where)


def _check_address(report: Report, node: Node, where: str) -> None:
    if node.attributes or node.children:
        check_leaf(report, node, foreign=False)
    check_address(report, node.line, node.text, where)


def _check_html(report: Report, node: Node, where: str) -> None:
    if node.attributes or node.children:
        check_leaf(report, node, foreign=False)
    check_html(report, node.line, node.text, where)


def _check_date(report: Report, node: Node, where: str) -> None:
    if node.attributes or node.children:
        check_leaf(report, node, foreign=False)
    check_rss_date(report, node.line, node.text, where)


def _check_w3c_date(report: Report, node: Node, where: str) -> None:
    check_leaf(report, node)
    check_w3c_date(report, node.line, node.text.strip(), where)


def _check_email(report: Report, node: Node, where: str) -> None:
    check_leaf(report, node, foreign=False)
    check_named_email(report, node.line, node.text, where)


def _check_language(report: Report, node: Node, where: str) -> None:
    check_leaf(report, node, foreign=False)
    check_language(report, node.line, node.text.strip(), where)


def _check_ttl(report: Report, node: Node, where: str) -> None:
    check_leaf(report, node, foreign=False)
    check_number(report, node.line, node.text.strip(), where, least=1)


def _check_guid(report: Report, node: Node, where: str) -> None:
    attributes = node.attributes
    if node.children or not attributes.keys() <= _GUID:
        check_leaf(report, node, _GUID, foreign=False)
    permalink = attributes.get("isPermaLink", "true")
    value = node.text
    if permalink not in {"true", "false"}:
        report.add(GUID_BOOLEAN, node.line, f"isPermaLink of the {where} is neither true nor false", permalink)
    elif not value.strip():
        report.add(EMPTY, node.line, f"{where} is empty")
    elif permalink == "false":
        if len(value) < 9 and value.isdigit():
            report.add(GUID_SHORT, node.line, f"{where} is a small number", value)
    elif value.startswith(("http://", "https://")):
        check_address(report, node.line, value, where)
    else:
        report.add(GUID_PERMALINK, node.line, f"{where} is no web address, but says it is", value)


def _check_enclosure(report: Report, node: Node, where: str) -> None:
    attributes = node.attributes
    check_leaf(report, node, _ENCLOSURE, foreign=False)
    for name in ("url", "length", "type"):
        if name not in attributes:
            report.add(ENCLOSURE, node.line, f"{where} has no {name}")
    if "url" in attributes:
        check_address(report, node.line, attributes["url"], f"url of the {where}")
    if "length" in attributes:
        check_number(report, node.line, attributes["length"], f"length of the {where}")
    if "type" in attributes:
        check_media_type(report, node.line, attributes["type"], f"type of the {where}")


def _check_source(report: Report, node: Node, where: str) -> None:
    check_leaf(report, node, frozenset({"url"}), foreign=False)
    if "url" in node.attributes:
        check_address(report, node.line, node.attributes["url"], f"url of the {where}")
    else:
        report.add(SOURCE_URL, node.line, f"{where} has no url", node.text)
    check_plain(report, node.line, node.text, where)


def _check_cloud(report: Report, node: Node, where: str) -> None:
    check_leaf(report, node, _CLOUD, foreign=False)
    for name in sorted(_CLOUD - node.attributes.keys()):
        report.add(CLOUD, node.line, f"{where} has no {name}")
    if "port" in node.attributes:
        check_number(report, node.line, node.attributes["port"], f"port of the {where}", least=1, most=65_535)


def _check_text_input(report: Report, node: Node, where: str) -> None:
    report.add(TEXT_INPUT, node.line, f"{where} is there")
    check_shape(report, node, _TEXT_INPUT)


def _check_skip(report: Report, node: Node, where: str) -> None:
    check_shape(report, node, _SKIP_HOURS if node.name == "skipHours" else _SKIP_DAYS)
    seen: set[str] = set()
    for child in node.children:
        value = child.text.strip()
        is_valid = value in _DAYS if child.name == "day" else value.isdigit() and len(value) < 3 and int(value) < 24
        if not is_valid or value in seen:
            report.add(SKIP, child.line, f"{where} has a value that is wrong or there twice", value)
        seen.add(value)


def _check_image(report: Report, image: Node, channel: dict[str, Node]) -> None:
    check_shape(report, image, _IMAGE)
    named = {child.name: child for child in image.children}
    for name in ("url", "title", "link"):
        if name not in named:
            report.add(CHANNEL_IMAGE, image.line, f"the channel's image has no {name}")
    for name in ("title", "link"):
        if name in named and name in channel and named[name].text != channel[name].text:
            report.add(IMAGE_MISMATCH, named[name].line, f"{name} of the image is not the channel's", named[name].text)
    if url := named.get("url"):
        ending = _PICTURE.search(url.text)
        is_address = check_address(report, url.line, url.text, "url of the channel's image")
        if is_address and ending and ending[1].lower() not in {"png", "jpg", "jpeg", "gif"}:
            report.add(IMAGE_FORMAT, url.line, "the channel's image is neither PNG, JPEG nor GIF", url.text)
    if title := named.get("title"):
        check_plain(report, title.line, title.text, "title of the channel's image")
    for name, most in (("width", 144), ("height", 400)):
        if name in named:
            value = named[name].text.strip()
            if not value.isdigit() or len(value) > 4 or not 1 <= int(value) <= most:
                report.add(CHANNEL_IMAGE, named[name].line, f"{name} of the image is not from 1 to {most}", value)


_CHANNEL_CHECKS: Final[dict[str, Callable[[Report, Node, str], None]]] = {
    "title": _check_title,
    "description": _check_optional,
    "copyright": _check_optional,
    "generator": _check_optional,
    "link": _check_address,
    "docs": _check_address,
    "language": _check_language,
    "dc:language": _check_language,
    "managingEditor": _check_email,
    "webMaster": _check_email,
    "pubDate": _check_date,
    "lastBuildDate": _check_date,
    "dc:date": _check_w3c_date,
    "dcterms:modified": _check_w3c_date,
    "category": _check_category,
    "ttl": _check_ttl,
    "sy:updateFrequency": _check_ttl,
    "cloud": _check_cloud,
    "textInput": _check_text_input,
    "skipHours": _check_skip,
    "skipDays": _check_skip,
}


def _check_item_link(report: Report, node: Node, where: str) -> None:  # noqa: ARG001 (the table's signature)
    check_link(report, node, "a link of the item", in_entry=True)


_ITEM_CHECKS: Final[dict[str, Callable[[Report, Node, str], None]]] = {
    "title": _check_title,
    "link": _check_address,
    "description": _check_html,
    "content:encoded": _check_html,
    "author": _check_email,
    "category": _check_category,
    "comments": _check_address,
    "enclosure": _check_enclosure,
    "guid": _check_guid,
    "pubDate": _check_date,
    "source": _check_source,
    "dc:date": _check_w3c_date,
    "dcterms:modified": _check_w3c_date,
    "dcterms:created": _check_w3c_date,
    "dcterms:issued": _check_w3c_date,
    "atom:link": _check_item_link,
}


def read_entry(item: Node) -> Entry:
    """What of an item matters outside it. Its updated is not told: RSS has no such date."""
    texts = {child.name: child.text for child in item.children}
    return Entry(texts.get("guid"), texts.get("title"), texts.get("link"), texts.get("pubDate"), None, item.line)
