"""Documents as plain nodes, parsed by lxml with every dangerous feature off.

A node's name carries the usual prefix of its namespace ("dc:creator"); elements of the document's own vocabulary have
none ("title"). Names in a namespace that nobody knows stay in braces, and no rule looks into them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from lxml import etree

from feeds.check.namespaces import ATOM, PREFIXES, SITEMAP
from feeds.check.xhtml import write_xhtml

MAX_ATTRIBUTES: Final = 200
"""Attributes of an element that are read: libxml2 looks for each among all of them, which takes the square of time."""


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
