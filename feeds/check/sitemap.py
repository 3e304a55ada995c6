"""Sitemaps and their indexes (sitemaps.org), and news sitemaps (Google)."""

from __future__ import annotations

import re
from collections.abc import Set
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from feeds.check.dates import check_w3c_date
from feeds.check.namespaces import NEWS, SITEMAP
from feeds.check.nodes import Node
from feeds.check.rules import Report, Rule
from feeds.check.shapes import Shape, check_shape, name_children
from feeds.check.values import check_address, check_language, check_plain

SITEMAP_NAMESPACE = Rule.error(
    "sitemap-namespace",
    "sitemaps.org",
    "The root is urlset or sitemapindex in the namespace of sitemaps.org.",
    'Write xmlns="http://www.sitemaps.org/schemas/sitemap/0.9".',
)
SITEMAP_SIZE = Rule.error(
    "sitemap-size",
    "sitemaps.org",
    "A sitemap lists from 1 to 50,000 addresses.",
    "Split it, and list the parts in a sitemap index.",
)
SITEMAP_LOCATION = Rule.error(
    "sitemap-location",
    "sitemaps.org",
    "Every address has a loc, shorter than 2,048 characters, on the host of the sitemap and below its folder.",
    "Write loc; list only pages of your own host, and put the sitemap above them.",
)
SITEMAP_TWICE = Rule.warning(
    "sitemap-twice",
    "sitemaps.org",
    "An address is listed once.",
    "Keep one of them.",
)
SITEMAP_VALUE = Rule.error(
    "sitemap-value",
    "sitemaps.org",
    "changefreq is one of the listed words, priority a number from 0.0 to 1.0.",
    "Leave both out: search engines ignore them.",
)
NEWS_SIZE = Rule.error(
    "news-size",
    "Google news sitemap",
    "A news sitemap lists at most 1,000 articles.",
    "Keep the newest ones.",
)
NEWS_MISSING = Rule.error(
    "news-missing",
    "Google news sitemap",
    "An article has publication with name and language, publication_date and title.",
    "Write the element.",
)
NEWS_OLD = Rule.warning(
    "news-old",
    "Google news sitemap",
    "A news sitemap lists articles of the last two days.",
    "Leave older ones to the ordinary sitemap.",
)

MAX_URLS: Final = 50_000
MAX_NEWS: Final = 1_000
_MAX_AGE: Final = timedelta(days=2)
_MAX_LENGTH: Final = 2_048
_URL: Final = Shape(name_children("loc lastmod changefreq priority", "news:news image:image xhtml:link"))
_PART: Final = Shape(name_children("loc lastmod"))
_NEWS: Final = Shape(
    name_children(
        """news:publication news:publication_date news:title news:access news:genres news:keywords
        news:stock_tickers"""
    )
)
_PUBLICATION: Final = Shape({"news:name": True, "news:language": True})
# xsd:decimal, as the schema of sitemaps.org asks for.
_DECIMAL: Final = re.compile(r"\+?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_WORDS: Final = frozenset("always hourly daily weekly monthly yearly never".split())


def check_sitemap(report: Report, root: Node, namespaces: Set[str]) -> None:
    """Object to a sitemap, an index of sitemaps, or a news sitemap, which may be empty.

    `namespaces` are those of the document.
    """
    is_news = NEWS in namespaces
    if root.name not in {"urlset", "sitemapindex"} or SITEMAP not in namespaces:
        report.add(SITEMAP_NAMESPACE, root.line, "the root is in another namespace", root.name)
        return
    of_index = root.name == "sitemapindex"
    kind = "sitemap" if of_index else "url"
    check_shape(report, root, Shape({kind: False}, frozenset({"xsi:schemaLocation"})))
    urls = root.find_all(kind)
    if len(urls) > MAX_URLS or not (urls or is_news):
        report.add(SITEMAP_SIZE, root.line, "the sitemap is empty or too long", f"{len(urls)} addresses")
    seen: set[str] = set()
    news = 0
    for url in urls:
        check_shape(report, url, _PART if of_index else _URL)
        _check_location(report, url, seen, of_index=of_index)
        for child in url.children:
            if child.name == "news:news":
                news += 1
                _check_news(report, child)
            else:
                _check_value(report, child)
    if news > MAX_NEWS:
        report.add(NEWS_SIZE, root.line, "the news sitemap is too long", f"{news} articles")


def _check_location(report: Report, url: Node, seen: set[str], *, of_index: bool) -> None:
    loc = url.find("loc")
    if loc is None:
        report.add(SITEMAP_LOCATION, url.line, f"<{url.name}> has no loc")
        return
    address = loc.text
    if not check_address(report, loc.line, address, "loc"):
        return
    if len(address) >= _MAX_LENGTH:
        report.add(SITEMAP_LOCATION, loc.line, "loc has 2,048 characters or more", address)
    if address in seen:
        report.add(SITEMAP_TWICE, loc.line, "the address is listed twice", address)
    seen.add(address)
    if report.location is not None:
        own, its = urlsplit(report.location), urlsplit(address)
        folder = own.path.rpartition("/")[0] + "/"
        # A sitemap that an index lists may lie deeper than the pages it names; only the index's own place binds.
        is_below = of_index or its.path.startswith(folder) or "/sitemap/" in own.path
        if (own.scheme, own.netloc) != (its.scheme, its.netloc) or not is_below:
            report.add(SITEMAP_LOCATION, loc.line, f"loc is not below {report.location}", address)


def _check_value(report: Report, child: Node) -> None:
    value = child.text.strip()
    if child.name == "lastmod":
        check_w3c_date(report, child.line, value, "lastmod")
    elif child.name == "changefreq" and value not in _WORDS:
        report.add(SITEMAP_VALUE, child.line, "changefreq is not one of the listed words", value)
    elif child.name == "priority" and not _is_share(value):
        report.add(SITEMAP_VALUE, child.line, "priority is no number from 0.0 to 1.0", value)


def _is_share(value: str) -> bool:
    return bool(_DECIMAL.fullmatch(value)) and float(value) <= 1


def _check_news(report: Report, news: Node) -> None:
    check_shape(report, news, _NEWS)
    publication = news.find("news:publication")
    for parent, names in ((news, ("publication", "publication_date", "title")), (publication, ("name", "language"))):
        for name in names:
            if parent is not None and parent.find(f"news:{name}") is None:
                report.add(NEWS_MISSING, parent.line, f"<{parent.name}> has no news:{name}")
    if publication is not None:
        check_shape(report, publication, _PUBLICATION)
        if language := publication.find("news:language"):
            check_language(report, language.line, language.text, "news:language")
    if title := news.find("news:title"):
        check_plain(report, title.line, title.text, "news:title")
    if date := news.find("news:publication_date"):
        instant = check_w3c_date(report, date.line, date.text, "news:publication_date")
        if instant is not None and report.now is not None and report.now - instant > _MAX_AGE:
            report.add(NEWS_OLD, date.line, "the article is older than two days", date.text)
