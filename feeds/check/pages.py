"""Links of a site to itself: what they lead to must be there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit

from feeds.check.documents import Document
from feeds.check.rules import Report, Rule

MISSING_PAGE = Rule(
    "missing-page",
    "error",
    "feeds check",
    "Every address of the site that a document of it links to is there.",
    "Publish the page, or remove the link.",
)
_LINK: Final = re.compile(rb"""<(?:a|link|img|script|source)\s[^<>]*?\b(?:href|src)\s*=\s*["']([^"'<>]{1,2000})["']""")
_CONTENT_LINK: Final = re.compile(r"""\b(?:href|src)="([^"<>]{1,2000})\"""")


def check_pages(
    report: Report, document: Document | None, path: str, body: bytes, *, paths: frozenset[str], base_url: str
) -> None:
    """Object to links to addresses of the site at which there is nothing."""
    here = base_url + path
    missing: set[str] = set()
    for link in _find_links(document, path, body):
        try:
            address = urljoin(here, link).partition("#")[0].partition("?")[0]
            is_own = address.startswith(base_url)
            target = unquote(urlsplit(address).path.removeprefix(urlsplit(base_url).path)) if is_own else ""
        except ValueError:
            # An address that is none; the rules for addresses say so.
            continue
        if is_own and not _has_page(target, paths) and link not in missing:
            missing.add(link)
            line = body.count(b"\n", 0, max(body.find(link.encode()), 0)) + 1
            report.add(MISSING_PAGE, line, "the site has nothing at this address", link)


def _has_page(target: str, paths: frozenset[str]) -> bool:
    if not target or target.endswith("/"):
        return f"{target}index.html" in paths
    return target in paths


def _find_links(document: Document | None, path: str, body: bytes) -> Iterator[str]:
    """Every address that a document of the site links to, relative ones of pages included."""
    if document is None:
        if path.endswith(".html"):
            yield from (unescape(link.decode("utf-8", "replace")) for link in _LINK.findall(body))
        return
    if document.kind == "json":
        yield from _find_json_links(document.value)
    elif document.root is not None:
        for node in document.root.walk():
            yield from (
                node.attributes[name] for name in ("href", "xmlUrl", "htmlUrl", "url") if name in node.attributes
            )
            if node.name in {"loc", "link", "icon", "logo", "url", "image:loc"} and node.text.strip():
                yield node.text.strip()
            elif node.name in {"content", "content:encoded", "description", "summary"}:
                yield from (unescape(link) for link in _CONTENT_LINK.findall(node.text) if "://" in link)


def _find_json_links(value: object) -> Iterator[str]:
    if not isinstance(value, dict):
        return
    yield from (
        value[key] for key in ("home_page_url", "feed_url", "next_url", "icon") if isinstance(value.get(key), str)
    )
    items = value.get("items")
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict):
            yield from (item[key] for key in ("url", "image") if isinstance(item.get(key), str))
            if isinstance(html := item.get("content_html"), str):
                yield from (unescape(link) for link in _CONTENT_LINK.findall(html) if "://" in link)
