"""Links within a site: their targets must exist."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Final, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from feeds.check.documents import Document
from feeds.check.nodes import Node
from feeds.check.rules import MAX_OBJECTIONS_A_RULE, Objection, Report, Rule

MISSING_PAGE = Rule.error(
    "missing-page",
    "feeds check",
    "What the site's feeds, lists and pages link to within the site is there.",
    "Publish the page, or remove the link.",
)
MISSING_TARGET = Rule.warning(
    "missing-target",
    "feeds check",
    "What an article links to below the site's address is there.",
    "Publish the page, lead on from its address, or remove the link; where another program has these pages, "
    "give the feeds a folder of their own, such as https://blatt.example/feeds/.",
)
MISSING_MARK = Rule.warning(
    "missing-mark",
    "HTML, 7.4.6.4 Scrolling to a fragment",
    "A page of the site has the place (#...) that an entry links to.",
    "Give an element of the page that id, or link to the page without it.",
)
_NOTHING: Final = "the site has nothing at this address"
_LINK: Final = re.compile(rb"""<(?:a|link|img|script|source)\s[^<>]*?\b(?:href|src)\s*=\s*["']([^"'<>]{1,2000})["']""")
_ID: Final = re.compile(rb"""<[a-zA-Z][^<>]*?\sid\s*=\s*["']([^"'<>]{1,2000})["']""")
_ADDRESSES: Final = ("href", "xmlUrl", "htmlUrl", "url")
_ADDRESS_ELEMENTS: Final = frozenset({"loc", "link", "icon", "logo", "url", "image:loc"})
_HTML_ELEMENTS: Final = frozenset({"content", "content:encoded", "description", "summary"})
_CONTENT_LINK: Final = re.compile(r"""\b(?:href|src)="([^"<>]{1,2000})\"""")


FindSuccessor = Callable[[str], str | None]
"""The path that a path of the site leads to; "" or None where it leads nowhere (see `feeds.config.find_successor`)."""


@dataclass(frozen=True, slots=True)
class UrlSpace:
    """What a site answers below its base URL.

    `paths` are those of files and of what else is answered; `find_successor` gives the path that another one redirects
    to.
    """

    base_url: str
    paths: frozenset[str]
    find_successor: FindSuccessor

    def answers(self, link: str, *, on: str) -> bool:
        """Whether a link that is at a path of the site leads to something there, or out of it."""
        try:
            address = urljoin(self.base_url + on, link).partition("#")[0].partition("?")[0]
            if not address.startswith(self.base_url):
                return True
            target = unquote(urlsplit(address).path.removeprefix(urlsplit(self.base_url).path))
        except ValueError:
            # No address: the rules for addresses report it.
            return True
        return self._has(target) or self._has(self.find_successor(target) or None)

    def find_page(self, link: str) -> tuple[str, str] | None:
        """The file of the site's page that a link leads to, and the id of a place on it; None without one."""
        address, _, mark = link.partition("#")
        if not mark or not address.startswith(self.base_url):
            return None
        path = unquote(address.removeprefix(self.base_url))
        name = f"{path}index.html" if not path or path.endswith("/") else path
        return (name, unquote(mark)) if name.endswith(".html") and name in self.paths else None

    def _has(self, path: str | None) -> bool:
        if path is None:
            return False
        return path in self.paths or ((not path or path.endswith("/")) and f"{path}index.html" in self.paths)


class Target(NamedTuple):
    """A missing link target of an article, with the place of the link."""

    address: str
    path: str
    line: int


def check_pages(report: Report, document: Document | None, path: str, body: bytes, site: UrlSpace) -> list[Target]:
    """Object to links within the site whose target doesn't exist; return the missing targets of articles' own links."""
    missing: set[str] = set()
    targets: list[Target] = []
    for rule, link in _find_links(document, path, body):
        if link not in missing and not site.answers(link, on=path):
            missing.add(link)
            line = body.count(b"\n", 0, max(body.find(link.encode()), 0)) + 1
            if rule is MISSING_TARGET:
                targets.append(Target(link, path, line))
            else:
                report.add(rule, line, _NOTHING, link)
    return targets


def tell_targets(targets: Iterable[Target]) -> list[Objection]:
    """The objections to missing targets of articles: each address once for the whole site, and at most the first few.

    Every document with the article has the link, so a missing target would be reported a dozen times.
    """
    first = list({target.address: target for target in reversed(list(targets))}.values())[::-1]
    reports = [Report(target.path) for target in first[:MAX_OBJECTIONS_A_RULE]]
    for report, target in zip(reports, first, strict=False):
        report.add(MISSING_TARGET, target.line, _NOTHING, target.address)
    if rest := len(first) - len(reports):
        reports.append(Report("."))
        reports[-1].add(MISSING_TARGET, None, f"the site has nothing at {rest} more addresses that articles link to")
    return [objection for report in reports for objection in report.finish()]


def has_mark(body: bytes, mark: str) -> bool:
    """Whether a page has an element with this id."""
    return any(unescape(found.decode("utf-8", "replace")) == mark for found in _ID.findall(body))


def _find_links(document: Document | None, path: str, body: bytes) -> Iterator[tuple[Rule, str]]:
    """Every address that a document of the site links to, with the rule that a missing target breaks.

    The original address of an article may be served by another program on the same host, so that is only a warning.
    """
    if document is None:
        if path.endswith(".html"):
            for found in _LINK.findall(body):
                link = unescape(found.decode("utf-8", "replace"))
                yield (MISSING_TARGET if "://" in link else MISSING_PAGE), link
    elif document.kind == "json":
        yield from _find_json_links(document.value)
    elif document.root is not None:
        yield from _find_xml_links(document.root)


def _find_xml_links(root: Node) -> Iterator[tuple[Rule, str]]:
    pending = [(root, MISSING_PAGE)]
    while pending:
        node, rule = pending.pop()
        if node.name in {"entry", "item"}:
            rule = MISSING_TARGET
        pending.extend((child, rule) for child in node.children)
        for name in _ADDRESSES:
            if name in node.attributes:
                yield rule, node.attributes[name]
        if node.name in _ADDRESS_ELEMENTS and node.text.strip():
            yield rule, node.text.strip()
        elif node.name in _HTML_ELEMENTS:
            yield from ((rule, unescape(link)) for link in _CONTENT_LINK.findall(node.text) if "://" in link)


def _find_json_links(value: object) -> Iterator[tuple[Rule, str]]:
    if not isinstance(value, dict):
        return
    for key in ("home_page_url", "feed_url", "next_url", "icon", "favicon"):
        if isinstance(value.get(key), str):
            yield MISSING_PAGE, value[key]
    items = value.get("items")
    for item in items if isinstance(items, list) else ():
        if not isinstance(item, dict):
            continue
        for key in ("url", "image"):
            if isinstance(item.get(key), str):
                yield MISSING_TARGET, item[key]
        if isinstance(html := item.get("content_html"), str):
            yield from ((MISSING_TARGET, unescape(link)) for link in _CONTENT_LINK.findall(html) if "://" in link)
