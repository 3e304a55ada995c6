"""Sitemaps (sitemaps.org protocol 0.9), Google's news sitemap, and robots.txt (RFC 9309), which leads to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from feeds.dates import format_rfc3339
from feeds.render.elements import clean_title
from feeds.text import escape_xml

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_NEWS_NAMESPACE = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


@dataclass(frozen=True, slots=True)
class NewsItem:
    """An article of the last two days, as Google's news sitemap names it."""

    url: str
    publication: str
    language: str
    published: datetime
    title: str


def render_sitemap(pages: Iterable[tuple[str, datetime | None]]) -> bytes:
    """The sitemap: each page's whole address, and the instant of its last change where it is known."""
    lines = [f"{_DECLARATION}<urlset {_NAMESPACE}>\n"]
    for url, changed in pages:
        modified = "" if changed is None else f"<lastmod>{format_rfc3339(changed)}</lastmod>"
        lines.append(f"<url><loc>{escape_xml(url)}</loc>{modified}</url>\n")
    return "".join([*lines, "</urlset>\n"]).encode()


def render_sitemap_index(sitemaps: Iterable[str]) -> bytes:
    """The index of sitemaps: the whole address of each."""
    lines = [f"<sitemap><loc>{escape_xml(url)}</loc></sitemap>\n" for url in sitemaps]
    return "".join([f"{_DECLARATION}<sitemapindex {_NAMESPACE}>\n", *lines, "</sitemapindex>\n"]).encode()


def render_news_sitemap(items: Iterable[NewsItem]) -> bytes:
    """The news sitemap (Google News): articles of the last two days, at most 1,000; the caller chooses them.

    Titles and names are as in feeds: plain texts that nothing takes for markup.
    """
    lines = [f"{_DECLARATION}<urlset {_NAMESPACE} {_NEWS_NAMESPACE}>\n"]
    for item in items:
        name = f"<news:name>{escape_xml(clean_title(item.publication))}</news:name>"
        language = f"<news:language>{escape_xml(item.language.partition('-')[0])}</news:language>"
        lines.append(
            f"<url><loc>{escape_xml(item.url)}</loc><news:news><news:publication>{name}{language}</news:publication>"
            f"<news:publication_date>{format_rfc3339(item.published)}</news:publication_date>"
            f"<news:title>{escape_xml(clean_title(item.title))}</news:title></news:news></url>\n"
        )
    return "".join([*lines, "</urlset>\n"]).encode()


def render_robots(sitemaps: Sequence[str]) -> bytes:
    """robots.txt: everything may be read, and where the sitemaps are, if there are any."""
    named = "".join(f"Sitemap: {sitemap}\n" for sitemap in sitemaps)
    return ("User-agent: *\nAllow: /\n" + (f"\n{named}" if named else "")).encode()
