"""What the lists that a site publishes name: the feeds of its OPML list, the pages of its sitemap."""

from __future__ import annotations

from feeds.check.documents import parse_safely
from feeds.check.nodes import Node
from feeds.check.rules import Report
from feeds.check.text import check_prolog, read_utf8
from feeds.config import FEED_SETS
from feeds.text import load_catalogue
from feeds.text.catalogue import list_languages

OPML = "feeds.opml"
SITEMAP = "sitemap.xml"
SITEMAP_OF_FOLDERS = "sitemap/pages.xml"
"""The part of a large site's sitemap that holds the pages that are no articles."""


def list_subscriptions(body: bytes) -> list[str]:
    """The addresses of the feeds in a list of subscriptions; none where it can't be read."""
    root = _parse(OPML, body)
    nodes = root.walk() if root is not None else ()
    return [node.attributes.get("xmlUrl", "").strip() for node in nodes if node.name == "outline"]


def list_pages(body: bytes) -> list[str]:
    """The addresses of the pages in a sitemap; none where it can't be read."""
    root = _parse(SITEMAP, body)
    pages = root.find_all("url") if root is not None and root.name == "urlset" else ()
    return [location.text.strip() for page in pages if (location := page.find("loc")) is not None]


def is_set_page(path: str) -> bool:
    """Whether a page's path is one that feeds of further sets have: "quelle/belta/"."""
    word, *rest = path.split("/")
    return len(rest) == 2 and not rest[-1] and any(word in list_words(name) for name in FEED_SETS)


def list_words(name: str) -> set[str]:
    """The words that stand for something in paths, in every language."""
    return {load_catalogue(language).paths[name] for language in list_languages()}


def _parse(path: str, body: bytes) -> Node | None:
    report = Report(path)
    utf8 = read_utf8(report, body, None)
    parsed = parse_safely(report, utf8.lstrip()) if utf8 is not None and check_prolog(report, utf8) else None
    return None if parsed is None else parsed[0]
