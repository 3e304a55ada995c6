"""What a page, a list of subscriptions (OPML) and a sitemap name; none where they can't be read."""

from __future__ import annotations

from typing import Final

from lxml import etree, html

from feeds.check.documents import is_page, parse_safely
from feeds.check.nodes import Node
from feeds.check.rules import Report
from feeds.check.text import check_prolog, read_utf8
from feeds.foreign.values import join_address

_FEED_TYPES: Final = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/json")
_INTERFACE: Final = "/wp-json/"
"""What WordPress names on each page by a type that JSON feeds have, too: the page as its programs read it."""


def find_feeds(body: bytes, url: str) -> list[str]:
    """The addresses of the feeds that a page at an address names in its head, or that a list of subscriptions holds."""
    base, named = _read_page(body) if is_page(body) else ("", list_subscriptions(body))
    url = join_address(url, base) or url
    joined = [join_address(url, address) or "" for address in named]
    return list(dict.fromkeys(address for address in joined if address.lower().startswith(("http://", "https://"))))


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


def _read_page(body: bytes) -> tuple[str, list[str]]:
    """What the addresses of a page are relative to, "" for its own, and those of its feeds."""
    try:
        page = html.fromstring(body)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return "", []
    bases = [element.get("href", "") for element in page.iter("base")]
    named = [
        link.get("href", "")
        for link in page.iter("link")
        if "alternate" in link.get("rel", "").lower().split() and link.get("type", "").lower() in _FEED_TYPES
    ]
    return "".join(bases[:1]), [address for address in named if _INTERFACE not in address]


def _parse(body: bytes) -> Node | None:
    # What is wrong with a list is not told: `feeds check` does.
    report = Report("")
    utf8 = read_utf8(report, body, None)
    parsed = parse_safely(report, utf8.lstrip()) if utf8 is not None and check_prolog(report, utf8) else None
    return None if parsed is None else parsed[0]
