"""What is within a paragraph -> clean inline HTML, out of a page's own elements or trafilatura's (TEI's names)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import nh3
from lxml import etree

from feeds.parse.addresses import LINKS, join_link
from feeds.parse.body import is_subheadline
from feeds.parse.bylines import is_byline
from feeds.text import clean_line, escape_html

_TAGS: Final = frozenset(["a", "strong", "em", "br", "sub", "sup", "code", "del"])
_RENDERED: Final = {
    "#b": "strong", "#i": "em", "#sub": "sub", "#sup": "sup", "#t": "code", "#u": "em",
}  # fmt: skip
WORD_TAGS: Final = {
    "b": "strong", "strong": "strong", "i": "em", "em": "em", "sub": "sub", "sup": "sup", "code": "code",
    "del": "del", "s": "del", "strike": "del",
}  # fmt: skip
"""Tags that mark up words -> those that are written for them."""
_BLOCKS: Final = frozenset(
    "p div li ul ol dl dt dd h1 h2 h3 h4 h5 h6 blockquote section tr table item cite footer".split()
)
"""Elements that are apart from the text around them."""
_BREAKS: Final = frozenset(["br", "lb"])
_BOLD: Final = frozenset(["b", "strong"])
_DROPPED: Final = frozenset(
    "graphic img picture svg math script style noscript template iframe button input select object audio video".split()
)

_OUTER_BREAKS = re.compile(r"^(?:<br>\s?)+|(?:\s?<br>)+$")

_ALL_BOLD = re.compile(r"<strong>((?:(?!</?strong>).)*+)</strong>", re.DOTALL)

Node = str | etree._Element
"""A text, or an element without the text after it."""


def render_inline(nodes: Sequence[Node], url: str | None) -> tuple[str, str | None]:
    """The plain text of nodes, and the same as sanitised inline HTML, None where that says no more."""
    texts: list[str] = []
    parts: list[str] = []
    _render_all(nodes, url, texts, parts)
    text = clean_line("".join(texts))
    if not text or all(isinstance(node, str) for node in nodes):
        return text, None
    html = clean_inline("".join(parts))
    return text, None if html == escape_html(text) else html


def clean_inline(html: str) -> str:
    """Inline HTML with nothing else in it, on one line, without line breaks at its ends."""
    cleaned = nh3.clean(
        html,
        tags=set(_TAGS),
        attributes={"a": {"href"}},
        url_schemes=set(LINKS),
        link_rel=None,
    )
    return _OUTER_BREAKS.sub("", clean_line(cleaned))


def drop_outer_bold(html: str | None) -> str | None:
    """Inline HTML of a headline, which is bold as it is: None where that is all that it says."""
    match = None if html is None else _ALL_BOLD.fullmatch(html)
    if match is None:
        return html
    return match[1] if "<" in match[1] else None


def children_of(element: etree._Element) -> list[Node]:
    """What an element holds."""
    nodes: list[Node] = [element.text] if element.text else []
    for child in element:
        if isinstance(child.tag, str):
            nodes.append(child)
        if child.tail:
            nodes.append(child.tail)
    return nodes


def split_breaks(nodes: Sequence[Node]) -> list[list[Node]]:
    """Nodes in parts: where two line breaks follow each other, a paragraph ends."""
    parts: list[list[Node]] = [[]]
    broken = False
    for node in nodes:
        is_break = not isinstance(node, str) and node.tag in _BREAKS
        if is_break and broken:
            parts.append([])
        else:
            parts[-1].append(node)
        if is_break or not isinstance(node, str) or not node.isspace():
            broken = is_break
    return parts


def is_bold(element: etree._Element, text: str) -> bool:
    """Whether a paragraph of that text is a sub-headline: short, all of it bold, and no sentence."""
    if not text or not is_subheadline(text) or is_byline(text):
        return False
    bold = (child for child in element.iterdescendants("*") if child.tag in _BOLD or child.get("rend") == "#b")
    return any(clean_line("".join(str(part) for part in child.itertext())) == text for child in bold)


def _render_all(nodes: Sequence[Node], url: str | None, texts: list[str], parts: list[str]) -> None:
    """Put the texts of nodes to the others, and what they are as HTML to its parts."""
    for node in nodes:
        if isinstance(node, str):
            texts.append(node)
            parts.append(escape_html(node))
        else:
            _render(node, url, texts, parts)


def _render(element: etree._Element, url: str | None, texts: list[str], parts: list[str]) -> None:
    tag = element.tag
    if tag in _DROPPED:
        return
    if tag in _BREAKS:
        texts.append(" ")
        parts.append("<br>")
        return
    name, opening = None, ""
    if tag in {"a", "ref"}:
        address = join_link(url, element.get("href") or element.get("target") or "", schemes=LINKS)
        if address is not None:
            name, opening = "a", f'<a href="{escape_html(address)}">'
    else:
        name = _RENDERED.get(element.get("rend") or "") if tag == "hi" else WORD_TAGS.get(str(tag))
        opening = f"<{name}>" if name else ""
    apart = " " if tag in _BLOCKS else ""
    texts.append(apart)
    parts.append(apart + opening)
    _render_all(children_of(element), url, texts, parts)
    texts.append(apart)
    parts.append(f"</{name}>{apart}" if name else apart)
