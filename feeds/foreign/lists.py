"""The addresses in a page, a list of subscriptions (OPML) or a sitemap; none if it can't be read."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

from w3lib.url import safe_url_string

from feeds.check.documents import is_page, parse_safely
from feeds.check.nodes import Node
from feeds.check.rules import Report
from feeds.check.text import check_prolog, read_utf8
from feeds.foreign.values import join_address
from feeds.text import find_address

_FEED_TYPES: Final = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/json")
_INTERFACE: Final = "/wp-json/"
"""Part of an address that WordPress links to with the type of JSON feeds: its REST API."""
# Not an HTML parser: that compares each attribute of a tag with all others, and may take hours for a hostile page.
_TAG: Final = re.compile(
    r"""<!--(?:(?!-->).)*+
    |<(?P<apart>script|style|template|textarea|title)(?=[\s>/])(?:(?!</(?P=apart)[\s>/]).)*+
    |<(?P<name>link|base)(?=[\s>/])(?P<attributes>(?:[^"'>]++|"[^"]*+"|'[^']*+')*+)""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_ATTRIBUTE: Final = re.compile(r"""([^\s"'>/=]++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'>]*+))?""")


def find_feeds(body: bytes, url: str) -> list[str]:
    """The addresses of the feeds that a page at an address names in its head, or that a list of subscriptions holds.

    They are in ASCII, encoded as browsers and readers do before they fetch them.
    """
    base, named = _read_page(body) if is_page(body) else ("", list_subscriptions(body))
    url = join_address(url, base) or url
    joined = [join_address(url, address) or "" for address in named]
    found = filter(find_address, joined)
    return list(dict.fromkeys(map(_encode, found)))


def list_subscriptions(body: bytes) -> list[str]:
    """The addresses of the feeds in a list of subscriptions, as they are there."""
    root = _parse(body)
    nodes = root.walk() if root is not None and root.name == "opml" else ()
    return [node.attributes.get("xmlUrl", "").strip() for node in nodes if node.name == "outline"]


def list_pages(body: bytes) -> list[str]:
    """The addresses of the pages in a sitemap."""
    root = _parse(body)
    pages = root.find_all("url") if root is not None and root.name == "urlset" else ()
    return [location.text.strip() for page in pages if (location := page.find("loc")) is not None]


def _encode(address: str) -> str:
    try:
        return safe_url_string(address)
    except ValueError:
        # An invalid port: fetching it will report that.
        return address


def _read_page(body: bytes) -> tuple[str, list[str]]:
    """The base of a page ("" for its own address), and the addresses of its feeds."""
    tags = list(_iterate_tags(body.decode("utf-8", "replace")))
    bases = [attributes.get("href", "") for name, attributes in tags if name == "base"]
    named = [
        attributes.get("href", "")
        for name, attributes in tags
        if name == "link"
        and "alternate" in attributes.get("rel", "").lower().split()
        and attributes.get("type", "").lower() in _FEED_TYPES
    ]
    return "".join(bases[:1]), [address for address in named if _INTERFACE not in address]


def _iterate_tags(page: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The link and base tags of a page, with their attributes; of several with one name, the first counts."""
    for match in _TAG.finditer(page):
        if (name := match["name"]) is not None:
            found = _ATTRIBUTE.findall(match["attributes"])
            yield name.lower(), {key.lower(): html.unescape(value.strip("\"'")) for key, value in reversed(found)}


def _parse(body: bytes) -> Node | None:
    # Objections to a list are dropped here: `feeds check` reports them.
    report = Report("")
    utf8 = read_utf8(report, body, None)
    parsed = parse_safely(report, utf8.lstrip()) if utf8 is not None and check_prolog(report, utf8) else None
    return None if parsed is None else parsed[0]
