"""What a page, a list of subscriptions (OPML) and a sitemap name; none where they can't be read."""

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

_FEED_TYPES: Final = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/json")
_INTERFACE: Final = "/wp-json/"
"""What WordPress names on each page by a type that JSON feeds have, too: the page as its programs read it."""
# A parser of HTML compares each attribute of a tag with all others: a page of one tag would take it hours.
_TAG: Final = re.compile(
    r"""<!--(?:(?!-->).)*+
    |<(?P<apart>script|style|template|textarea|title)(?=[\s>/])(?:(?!</(?P=apart)[\s>/]).)*+
    |<(?P<name>link|base)(?=[\s>/])(?P<attributes>(?:[^"'>]++|"[^"]*+"|'[^']*+')*+)""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_ATTRIBUTE: Final = re.compile(r"""([^\s"'>/=]++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'>]*+))?""")


def find_feeds(body: bytes, url: str) -> list[str]:
    """The addresses of the feeds that a page at an address names in its head, or that a list of subscriptions holds.

    They are as they are asked for: in ASCII, as browsers and readers encode what pages write.
    """
    base, named = _read_page(body) if is_page(body) else ("", list_subscriptions(body))
    url = join_address(url, base) or url
    joined = [join_address(url, address) or "" for address in named]
    found = [address for address in joined if address.lower().startswith(("http://", "https://"))]
    return list(dict.fromkeys(map(_encode, found)))


def list_subscriptions(body: bytes) -> list[str]:
    """The addresses of the feeds in a list of subscriptions, as they stand there."""
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
        # A wrong port: that it can't be asked is told where it is.
        return address


def _read_page(body: bytes) -> tuple[str, list[str]]:
    """What the addresses of a page are relative to, "" for its own, and those of its feeds."""
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
    """The tags of links and of the base of a page, with their attributes, of which the first of a name counts."""
    for match in _TAG.finditer(page):
        if (name := match["name"]) is not None:
            found = _ATTRIBUTE.findall(match["attributes"])
            yield name.lower(), {key.lower(): html.unescape(value.strip("\"'")) for key, value in reversed(found)}


def _parse(body: bytes) -> Node | None:
    # What is wrong with a list is not told: `feeds check` does.
    report = Report("")
    utf8 = read_utf8(report, body, None)
    parsed = parse_safely(report, utf8.lstrip()) if utf8 is not None and check_prolog(report, utf8) else None
    return None if parsed is None else parsed[0]
