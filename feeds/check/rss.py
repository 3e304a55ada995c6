"""RSS 2.0, by its specification and by the profile of the RSS advisory board."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from feeds.check.entries import Entry, check_entries
from feeds.check.history import check_history
from feeds.check.links import check_link, check_self_link
from feeds.check.media import check_media
from feeds.check.nodes import Node
from feeds.check.rss_item import check_item, check_namespaceless, check_same, read_entry
from feeds.check.rss_leaves import (
    check_address_leaf,
    check_category_leaf,
    check_date_leaf,
    check_email_leaf,
    check_language_leaf,
    check_optional_leaf,
    check_title_leaf,
    check_ttl_leaf,
    check_w3c_date_leaf,
)
from feeds.check.rules import Report, Rule
from feeds.check.shapes import Check, Shape, check_empty, check_leaf, check_shape, name_children
from feeds.check.values import MISSING_LANGUAGE, check_address, check_number, check_plain, is_whole_number

RSS_VERSION = Rule.error(
    "rss-version",
    "RSS 2.0",
    "The root says version 2.0, and is in no namespace.",
    'Write <rss version="2.0">.',
)
RSS_MISSING = Rule.error(
    "rss-missing",
    "RSS 2.0",
    "A feed has a channel, and the channel title, link and description.",
    "Write the element.",
)
ITEM_ORDER = Rule.warning(
    "item-order",
    "RSS advisory board profile",
    "The channel's own elements come before its items.",
    "Write the items last.",
)
CHANNEL_IMAGE = Rule.error(
    "channel-image",
    "RSS 2.0",
    "The channel's image has url, title and link, and is at most 144 wide and 400 high.",
    "Write all three.",
)
IMAGE_MISMATCH = Rule.warning(
    "image-mismatch",
    "RSS 2.0; RSS advisory board profile",
    "Title and link of the image are those of the channel.",
    "Write the channel's title and link.",
)
IMAGE_FORMAT = Rule.warning(
    "image-format",
    "RSS 2.0",
    "The channel's image is a GIF, JPEG or PNG.",
    "Offer a PNG.",
)
SLASH_DATE = Rule.warning(
    "slash-date",
    "RSS advisory board profile",
    "A channel whose items count comments (slash:comments) has a lastBuildDate: counts change without a new item.",
    "Write lastBuildDate, or leave the counts out.",
)
TEXT_INPUT = Rule.warning(
    "text-input",
    "RSS advisory board profile",
    "A channel has no textInput.",
    "Leave it out: readers ignore it.",
)
UPDATE_PERIOD = Rule.error(
    "update-period",
    "RSS syndication module",
    "sy:updatePeriod is hourly, daily, weekly, monthly or yearly.",
    "Write one of them, or use ttl.",
)
SKIP = Rule.error(
    "skip",
    "RSS 2.0",
    "skipHours lists hours from 0 to 23, skipDays English days, each once.",
    "Write hours as numbers and days in English.",
)
CLOUD = Rule.error(
    "cloud",
    "RSS 2.0",
    "A cloud has domain, port, path, registerProcedure, and as protocol xml-rpc, soap or http-post.",
    "Write all five, or use WebSub.",
)

_CHANNEL: Final = Shape(
    name_children(
        """title link description language copyright managingEditor webMaster pubDate lastBuildDate generator docs cloud
        ttl image rating textInput skipHours skipDays""",
        "category item",
    )
)
_RSS: Final = Shape({"channel": True}, frozenset({"version"}))
_IMAGE: Final = Shape(name_children("url title link width height description"))
_TEXT_INPUT: Final = Shape(name_children("title description name link"))
_SKIP_HOURS: Final = Shape({"hour": False})
_SKIP_DAYS: Final = Shape({"day": False})
_CLOUD: Final = frozenset({"domain", "port", "path", "registerProcedure", "protocol"})
_PROTOCOLS: Final = frozenset({"xml-rpc", "soap", "http-post"})
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
_PERIODS: Final = frozenset({"hourly", "daily", "weekly", "monthly", "yearly"})
_PICTURE: Final = re.compile(r"\.([A-Za-z0-9]+)\Z")


def check_rss(report: Report, root: Node, *, entries: Iterable[Entry] | None) -> None:
    """Object to an RSS document. With `entries`, those were checked before; only an empty one keeps their place."""
    report.is_rss = True
    if root.name != "rss" or root.attributes.get("version") != "2.0":
        report.add(
            RSS_VERSION, root.line, "the root is not rss, version 2.0", root.attributes.get("version", root.name)
        )
    check_shape(report, root, _RSS)
    channel = root.find("channel")
    if channel is None:
        report.add(RSS_MISSING, root.line, "the feed has no channel")
        return
    named = {child.name: child for child in channel.children}
    _check_channel(report, channel, named)
    if entries is None:
        items = channel.find_all("item")
        if "lastBuildDate" not in named and any(item.find("slash:comments") for item in items):
            report.add(SLASH_DATE, channel.line, "items count comments, and the channel has no lastBuildDate")
        for item in items:
            check_item(report, item)
        entries = [read_entry(item) for item in items]
    check_entries(report, entries)


def _check_channel(report: Report, channel: Node, named: dict[str, Node]) -> None:
    """Object to what a channel has beside its items; `named` are its elements, the last of each name."""
    check_shape(report, channel, _CHANNEL, foreign=False)
    report.add_missing(RSS_MISSING, channel.line, "the channel", ("title", "link", "description"), named)
    if "language" not in named and "dc:language" not in named:
        report.add(MISSING_LANGUAGE, channel.line, "the channel doesn't say its language")
    _check_order(report, channel)
    check_same(report, channel, named, _SAME_IN_CHANNEL)
    links = channel.find_all("atom:link")
    for link in links:
        check_link(report, link, "a link of the channel", in_entry=False)
    check_history(report, channel, links)
    for child in channel.children:
        if check := _CHANNEL_CHECKS.get(child.name):
            check(report, child, f"{child.name} of the channel")
        elif child.name.startswith("media:"):
            check_media(report, child)
        if ":" in child.name and child.children:
            check_namespaceless(report, child)
    check_self_link(report, channel, links, "the channel")
    if image := named.get("image"):
        _check_image(report, image, named)


def _check_order(report: Report, channel: Node) -> None:
    started = False
    for child in channel.children:
        if child.name == "item":
            started = True
        elif started and (":" not in child.name or child.name == "atom:link"):
            report.add(ITEM_ORDER, child.line, f"<{child.name}> of the channel comes after an item")


def _check_period(report: Report, node: Node, where: str) -> None:
    check_leaf(report, node)
    if node.text.strip() not in _PERIODS:
        report.add(UPDATE_PERIOD, node.line, f"{where} is no period", node.text)


def _check_cloud(report: Report, node: Node, where: str) -> None:
    check_leaf(report, node, _CLOUD, foreign=False)
    check_empty(report, node)
    report.add_missing(CLOUD, node.line, where, sorted(_CLOUD), node.attributes)
    protocol = node.attributes.get("protocol")
    if protocol is not None and protocol not in _PROTOCOLS:
        report.add(CLOUD, node.line, f"protocol of the {where} is not one that RSS lists", protocol)
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
        is_valid = value in _DAYS if child.name == "day" else is_whole_number(value, most=23)
        if not is_valid or value in seen:
            report.add(SKIP, child.line, f"{where} has a value that is wrong or there twice", value)
        seen.add(value)


def _check_image(report: Report, image: Node, channel: dict[str, Node]) -> None:
    check_shape(report, image, _IMAGE)
    named = {child.name: child for child in image.children}
    report.add_missing(CHANNEL_IMAGE, image.line, "the channel's image", ("url", "title", "link"), named)
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
            if not is_whole_number(value, least=1, most=most):
                report.add(CHANNEL_IMAGE, named[name].line, f"{name} of the image is not from 1 to {most}", value)


_CHANNEL_CHECKS: Final[dict[str, Check]] = {
    "title": check_title_leaf,
    "description": check_optional_leaf,
    "copyright": check_optional_leaf,
    "generator": check_optional_leaf,
    "link": check_address_leaf,
    "docs": check_address_leaf,
    "language": check_language_leaf,
    "dc:language": check_language_leaf,
    "managingEditor": check_email_leaf,
    "webMaster": check_email_leaf,
    "pubDate": check_date_leaf,
    "lastBuildDate": check_date_leaf,
    "dc:date": check_w3c_date_leaf,
    "dcterms:modified": check_w3c_date_leaf,
    "category": check_category_leaf,
    "ttl": check_ttl_leaf,
    "sy:updateFrequency": check_ttl_leaf,
    "sy:updatePeriod": _check_period,
    "cloud": _check_cloud,
    "textInput": _check_text_input,
    "skipHours": _check_skip,
    "skipDays": _check_skip,
}
