"""Documents as plain nodes: parsed by lxml with every dangerous feature off; a rendered entry, by cutting its text.

A node's name carries the usual prefix of its namespace ("dc:creator"); elements of the document's own vocabulary have
none ("title"). Names in a namespace that nobody knows stay in braces, and no rule looks into them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Final

from lxml import etree

from feeds.check.namespaces import ATOM, PREFIXES, SITEMAP
from feeds.check.plain_html import MAX_REMEMBERED, is_plain_remembered
from feeds.check.xhtml import write_xhtml

_ATTRIBUTE: Final = re.compile(r' ([A-Za-z][A-Za-z:.-]*+)="([^"<]*+)"')
_ODD_REFERENCE: Final = re.compile("&(?!(?:amp|quot|apos);)")
MAX_ATTRIBUTES: Final = 200
"""Attributes of an element that are read: libxml2 looks for each among all of them, which takes the square of time."""
PLAIN: Final = "plain HTML"
"""Replaces the body of an entry that was cut, not parsed, where that is faultless plain HTML."""
_COMMON_NAMES: Final = frozenset(
    """entry id title link published updated author name category summary content item description guid pubDate
    content:encoded dc:creator""".split()
)
_NAME: Final = re.compile("[A-Za-z][A-Za-z:_-]*")


class Node:
    """An element: its name, attributes, text (that of comments and children left out), children and line."""

    __slots__ = ("attributes", "children", "inner", "line", "name", "text")

    def __init__(self, name: str, attributes: dict[str, str], line: int) -> None:
        self.name = name
        self.attributes = attributes
        self.line = line
        self.text = ""
        self.inner = ""
        """Markup between the tags (`write_xhtml`), only where the element says that it holds XHTML."""
        self.children: list[Node] = []

    def find(self, name: str) -> Node | None:
        """The first child of that name."""
        return next((child for child in self.children if child.name == name), None)

    def find_all(self, name: str) -> list[Node]:
        """The children of that name."""
        return [child for child in self.children if child.name == name]

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in the order of the document."""
        pending = [self]
        while pending:
            node = pending.pop()
            yield node
            pending.extend(reversed(node.children))


Namespaces = dict[tuple[str | None, str], int]
"""The namespaces of a document, as (prefix, namespace), each with the line of the first element that has it."""


def parse_xml(body: bytes) -> tuple[Node, Namespaces]:
    """The root of a document in UTF-8, and the namespaces that are declared in it.

    No DTD is loaded, no entity resolved, nothing fetched; libxml2 bounds depth and the size of a text. Raises
    etree.XMLSyntaxError.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, encoding="utf-8"
    )
    root = etree.fromstring(body, parser)
    namespace = etree.QName(root).namespace
    own = namespace if namespace in {ATOM, SITEMAP} else None
    declared: Namespaces = dict.fromkeys(root.nsmap.items(), _line(root, 1))
    return _convert(root, own, declared), declared


def _convert(root: etree._Element, own: str | None, declared: Namespaces) -> Node:
    names: dict[str, str] = {}
    top = Node(_name(str(root.tag), own, names), _attributes(root, names), _line(root, 1))
    pending = [(root, top, False)]
    while pending:
        element, node, is_within = pending.pop()
        is_xhtml = node.attributes.get("type") == "xhtml"
        texts = [element.text or ""]
        for child in element:
            texts.append(child.tail or "")
            # lxml's stubs know elements only.
            tag: object = child.tag
            if not isinstance(tag, str):
                # A comment, a processing instruction or an unresolved entity.
                continue
            below = Node(_name(tag, own, names), _attributes(child, names), _line(child, node.line))
            if tag.startswith("{"):
                namespace = (child.prefix, tag[1:].partition("}")[0])
                if below.line < declared.get(namespace, below.line + 1):
                    declared[namespace] = below.line
            node.children.append(below)
            pending.append((child, below, is_within or is_xhtml))
        node.text = "".join(texts)
        if is_xhtml and node.children and not is_within:
            # Only for the outermost one, however deep such elements nest.
            node.inner = write_xhtml(element)
    return top


def _name(tag: str, own: str | None, names: dict[str, str]) -> str:
    name = names.get(tag)
    if name is None:
        uri, brace, local = tag[1:].partition("}") if tag.startswith("{") else ("", "", tag)
        name = local if not brace or uri == own else f"{PREFIXES[uri]}:{local}" if uri in PREFIXES else tag
        names[tag] = name
    return name


def _attributes(element: etree._Element, names: dict[str, str]) -> dict[str, str]:
    attributes: dict[str, str] = {}
    for key in islice(element.attrib, MAX_ATTRIBUTES):
        name = str(key)
        attributes[_name(name, None, names) if name.startswith("{") else name] = str(element.attrib[key])
    return attributes


def _line(element: etree._Element, default: int) -> int:
    # lxml's own answer is None for elements that weren't parsed; its stubs know no type for it.
    line: object = element.sourceline
    return line if isinstance(line, int) else default


def cut_entry(text: str) -> Node | None:
    """A rendered entry as nodes, or None where it isn't written in the plain way that ours are.

    Plain is: tags, attributes in double quotes, text, the five references of XML. Comments, CDATA, other references
    and text beside elements are left to lxml, which also knows the lines: here they are all 1.
    """
    pieces = text.split("<")
    if pieces[0]:
        return None
    top = Node("", {}, 1)
    open_nodes = [top]
    node = top
    for piece in pieces[1:]:
        tag, closed, after = piece.partition(">")
        if not closed:
            return None
        if tag[:1] == "/":
            if node.name != tag[1:] or (after and not after.isspace()):
                return None
            open_nodes.pop()
            if not open_nodes:
                return None
            node = open_nodes[-1]
            continue
        empty = tag[-1:] == "/"
        if empty:
            tag = tag[:-1]
        name, blank, rest = tag.partition(" ")
        attributes = _cut_attributes(blank + rest) if blank else {}
        if attributes is None or (name not in _COMMON_NAMES and not _NAME.fullmatch(name)):
            return None
        below = Node(name, attributes, 1)
        node.children.append(below)
        if empty:
            if after and not after.isspace():
                return None
        else:
            content = _read_text(below, after) if "&" in after else after
            if content is None:
                return None
            below.text = content
            open_nodes.append(below)
            node = below
    return top.children[0] if node is top and len(top.children) == 1 and not top.text else None


def _read_text(node: Node, escaped: str) -> str | None:
    # Atom and RSS have the same body. Where it is plain HTML, the rules need no more of it.
    is_body = node.name == "content:encoded" or (node.name == "content" and node.attributes.get("type") == "html")
    if is_body and len(escaped) < MAX_REMEMBERED and is_plain_body(escaped):
        return PLAIN
    return unescape(escaped)


@lru_cache(maxsize=32)
def is_plain_body(escaped: str) -> bool:
    """Whether the escaped HTML of an entry is plain."""
    html = unescape(escaped)
    return html is not None and is_plain_remembered(html)


def _cut_attributes(text: str) -> dict[str, str] | None:
    attributes: dict[str, str] = {}
    length = 0
    for key, value in _ATTRIBUTE.findall(text):
        plain = unescape(value) if "&" in value else value
        # XHTML is left to lxml.
        if plain is None or plain == "xhtml" or key in attributes or key.startswith("xmlns"):
            return None
        attributes[key] = plain
        length += len(key) + len(value) + 4
    # Anything that the pattern skipped is something unusual.
    return attributes if length == len(text) else None


def unescape(text: str) -> str | None:
    """The text with the five references of XML resolved, or None where there are others."""
    text = text.replace("&lt;", "<").replace("&gt;", ">")
    if "&" not in text:
        return text
    if _ODD_REFERENCE.search(text):
        return None
    return text.replace("&quot;", '"').replace("&apos;", "'").replace("&amp;", "&")
