"""JSON-LD in a page: the nodes that describe it, whatever their script's wrapping, and the one that is the page's own.

What can't be read as JSON is told, and the dates in it are taken by their names: they are mostly whole all the same.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from lxml.html import HtmlElement

from feeds.errors import Problem
from feeds.parse.html.naming import offset_of
from feeds.text import clean_line

MAX_NODES: Final = 2_000
"""Nodes that are looked at; a page describes itself in the first few."""
MAX_LOOSE: Final = 100_000
ARTICLE_TYPES: Final = frozenset(
    """newsarticle article blogposting reportagenewsarticle analysisnewsarticle opinionnewsarticle backgroundnewsarticle
    reviewnewsarticle askpublicnewsarticle liveblogposting socialmediaposting techarticle scholarlyarticle report
    review recipe advertisercontentarticle satiricalarticle discussionforumposting podcastepisode""".split()
)
"""In small letters: pages write "Newsarticle" too."""

_LOOSE = re.compile(r'"(datePublished|dateModified|headline)"\s{0,9}:\s{0,9}"([^"\\\n]{6,200})"(?=\s{0,9}[,}\]])')
_WRAPPING = re.compile(r"^\s*(?:<!--|(?://)?\s*<!\[CDATA\[)|(?:-->|(?://|/\*)?\s*\]\]>(?:\*/)?)\s*$|;\s*$")
_TRAILING_COMMA = re.compile(r",\s*([}\]])")
_NAME = re.compile(r"[^/#:]*$")
_INNER: Final = ("mainEntityOfPage", "mainEntity", "@graph")

Node = Mapping[str, Any]


def find_nodes(tree: HtmlElement, problems: list[Problem]) -> Iterator[tuple[Node, int | None]]:
    """The nodes in a page's order, each with the file's offset of the line where its script begins."""
    count = 0
    for script in tree.iter("script"):
        if (script.get("type") or "").partition(";")[0].strip().casefold() != "application/ld+json":
            continue
        offset = offset_of(script)
        raw = _WRAPPING.sub("", script.text or "").strip().rstrip(";")
        if not raw:
            continue
        stack = [_load(raw, offset, problems)]
        while stack and count < MAX_NODES:
            node = stack.pop()
            count += 1
            if isinstance(node, list):
                stack.extend(reversed(node))
            elif isinstance(node, dict):
                yield node, offset
                stack.extend(node[key] for key in _INNER if isinstance(node.get(key), list | dict))


def choose_own(
    nodes: Sequence[tuple[Node, int | None]], *, titles: frozenset[str], addresses: frozenset[str]
) -> list[tuple[Node, int | None]]:
    """The one article of several that the page is: by its headline or its address, else the one that says most.

    `titles` and `addresses` are in small letters. Of more than three that neither
    names the page's own is the first; the others are teasers.
    """
    if len(nodes) < 2:
        return list(nodes)
    for named, keys in ((titles, ("headline", "name")), (addresses, ("url", "@id"))):
        own = [(node, at) for node, at in nodes if not named.isdisjoint(_names_of(node, keys))] if named else []
        if own:
            return [max(own, key=lambda item: len(item[0]))]
    return [max(nodes, key=lambda item: len(item[0]))] if len(nodes) < 4 else [nodes[0]]


def types_of(node: Node) -> set[str]:
    """The names of a node's types, without their vocabulary."""
    kinds = node.get("@type")
    found = [kinds] if isinstance(kinds, str) else kinds if isinstance(kinds, list) else []
    return {match[0] for kind in found if isinstance(kind, str) and (match := _NAME.search(kind)) is not None}


def is_article(node: Node) -> bool:
    """Whether a node describes an article."""
    return any(kind.casefold() in ARTICLE_TYPES for kind in types_of(node))


def is_live_blog(node: Node) -> bool:
    """Whether a node describes a live blog (schema.org LiveBlogPosting)."""
    return any(kind.casefold() == "liveblogposting" for kind in types_of(node))


def text_of(value: Any) -> str | None:
    """The text of a value: itself, the first of a list, what it calls its value or name; a number as its digits."""
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str | dict)), None)
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    if isinstance(value, int) and not isinstance(value, bool):
        # No page's number is longer, and Python refuses to write numbers of many thousand digits.
        return str(value) if 0 <= value < 10**15 else None
    if not isinstance(value, str):
        return None
    # Many pages escape for HTML what is in JSON.
    return clean_line(html.unescape(value) if "&" in value else value) or None


def _names_of(node: Node, keys: Sequence[str]) -> set[str]:
    """What a node is called, in small letters; its address is also that of the page whose main entity it is."""
    found = {text_of(node.get(key)) for key in keys}
    if "url" in keys:
        page = node.get("mainEntityOfPage")
        found.add(page if isinstance(page, str) else text_of(page.get("@id")) if isinstance(page, dict) else None)
    return {text.casefold() for text in found if text is not None}


def _load(raw: str, offset: int, problems: list[Problem]) -> Any:
    try:
        return json.loads(raw, strict=False)
    except (ValueError, RecursionError) as error:
        if "&quot;" in raw:
            return _load(html.unescape(raw).replace("&quot;", ""), offset, problems)
        mended = _TRAILING_COMMA.sub(r"\1", raw)
        if mended != raw:
            return _load(mended, offset, problems)
        what = str(error).partition(":")[0].casefold()
        problems.append(Problem("malformed-json-ld", f"JSON-LD can't be read: {what}", offset + 1))
    found: dict[str, Any] = {"@type": "Article"}
    for name, text in _LOOSE.findall(raw[:MAX_LOOSE]):
        found.setdefault(name, text)
    return found
