"""Media RSS 1.5, in RSS and Atom."""

from __future__ import annotations

import re
from typing import Final

from feeds.check.html import check_html
from feeds.check.nodes import Node
from feeds.check.rules import Report, Rule
from feeds.check.shapes import check_attributes, check_empty, check_values
from feeds.check.values import NUMBER, check_address, check_language, check_media_type, check_number, check_plain

MEDIA_VALUE = Rule.error(
    "media-value",
    "Media RSS 1.5",
    "medium, expression, isDefault and type of Media RSS have one of the values that it lists.",
    "Write image, audio, video, document or executable; sample, full or nonstop; true or false; plain or html.",
)
MEDIA_ADDRESS = Rule.error(
    "media-address",
    "Media RSS 1.5",
    "media:thumbnail and media:player have a url; media:content has one, or a player in it.",
    "Write the address of the picture, or leave the element out.",
)
MEDIA_ELEMENT = Rule.warning(
    "media-element",
    "W3C feed validator",
    "Elements of Media RSS are ones that validators know, and none that is deprecated.",
    "Leave it out: readers don't use it.",
)
MEDIA_GROUP = Rule.error(
    "media-group",
    "Media RSS 1.5; W3C feed validator",
    "media:group holds several renderings of one thing.",
    "Write a single media:content without a group.",
)

_CONTENT: Final = frozenset(
    """bitrate channels duration expression fileSize framerate height isDefault lang medium samplingrate type url
    width""".split()
)
_ATTRIBUTES: Final = {
    "media:content": _CONTENT,
    "media:thumbnail": frozenset({"url", "width", "height", "time"}),
    "media:player": frozenset({"url", "width", "height"}),
    "media:title": frozenset({"type"}),
    "media:description": frozenset({"type"}),
    "media:credit": frozenset({"role", "scheme"}),
    "media:copyright": frozenset({"url"}),
    "media:category": frozenset({"label", "scheme"}),
    "media:text": frozenset({"type", "lang", "start", "end"}),
    "media:group": frozenset(),
}
_UNKNOWN: Final = frozenset(
    f"media:{name}"
    for name in """adult backLinks comments community embed license location peerLink price responses rights scenes
    statistics status subTitle""".split()
)
_LISTED: Final = {
    "medium": frozenset({"image", "audio", "video", "document", "executable"}),
    "expression": frozenset({"sample", "full", "nonstop"}),
    "isDefault": frozenset({"true", "false"}),
}
_DECIMAL: Final = ("bitrate", "duration", "framerate", "samplingrate", "channels")
_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_POSITIVE: Final = ("width", "height", "fileSize")


def check_media(report: Report, node: Node) -> None:
    """Object to an element of Media RSS, and to those in it."""
    name = node.name
    if name in _UNKNOWN:
        report.add(MEDIA_ELEMENT, node.line, f"<{name}> is unknown to validators, or deprecated")
    if name not in _ATTRIBUTES:
        return
    attributes = node.attributes
    check_attributes(report, node, _ATTRIBUTES[name])
    if name == "media:group" and len(node.find_all("media:content")) < 2:
        report.add(MEDIA_GROUP, node.line, "media:group holds fewer than two contents")
    elif name in {"media:title", "media:description", "media:text"}:
        _check_text(report, node)
    elif name == "media:credit" and attributes.get("role", "").lower() != attributes.get("role", ""):
        report.add(MEDIA_VALUE, node.line, "role of media:credit is not in lower case", attributes["role"])
    elif name == "media:content" or name in {"media:thumbnail", "media:player"}:
        _check_content(report, node)
    for child in node.children:
        if child.name.startswith("media:"):
            check_media(report, child)


def _check_content(report: Report, node: Node) -> None:
    name, line, attributes = node.name, node.line, node.attributes
    check_empty(report, node)
    if "url" in attributes:
        check_address(report, line, attributes["url"], f"url of {name}")
    elif name != "media:content" or node.find("media:player") is None:
        report.add(MEDIA_ADDRESS, line, f"{name} has no url")
    for key in _POSITIVE:
        if key in attributes:
            check_number(report, line, attributes[key], f"{key} of {name}", least=1)
    for key in _DECIMAL:
        if key in attributes and not _NUMBER.fullmatch(attributes[key]):
            report.add(NUMBER, line, f"{key} of {name} is no number", attributes[key])
    for key, values in _LISTED.items():
        if key in attributes and attributes[key] not in values:
            report.add(MEDIA_VALUE, line, f"{key} of {name} is not one of {', '.join(sorted(values))}", attributes[key])
    check_values(report, node, name, type=check_media_type, lang=check_language)


def _check_text(report: Report, node: Node) -> None:
    kind = node.attributes.get("type", "plain")
    if kind not in {"plain", "html"}:
        report.add(MEDIA_VALUE, node.line, f"type of {node.name} is neither plain nor html", kind)
    elif kind == "html":
        check_html(report, node.line, node.text, node.name)
    else:
        check_plain(report, node.line, node.text, node.name)
