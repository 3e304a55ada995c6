"""XHTML in an XML document, serialised as HTML, so that the same rules apply to both."""

from __future__ import annotations

from typing import Final

from lxml import etree

from feeds.check.html_names import VOID
from feeds.check.namespaces import MATHML, PREFIXES, SVG, XHTML
from feeds.text import escape_xml

_WITHOUT_PREFIX: Final = frozenset({XHTML, SVG, MATHML, None})


def write_xhtml(element: etree._Element) -> str:
    """What is in an element, without its own tags.

    Elements that HTML knows have no prefix, whatever the document wrote (RFC 4287 section 3.1.1.3 has an example);
    declarations of namespaces are no attributes, and left out; comments too.
    """
    pieces = [escape_xml(element.text or "")]
    for event, each in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if each is element:
            continue
        # lxml's stubs know elements only.
        tag: object = each.tag
        is_element = isinstance(tag, str)
        if event == "start":
            if is_element:
                pieces.append(f"<{_name(each)}{_write_attributes(each)}>{escape_xml(each.text or '')}")
            continue
        if is_element:
            name = _name(each)
            if name not in VOID or each.text or len(each):
                pieces.append(f"</{name}>")
        elif event != "comment":
            # An instruction, or an entity of a DTD that isn't read.
            pieces.append(etree.tostring(each, encoding="unicode", with_tail=False))
        pieces.append(escape_xml(each.tail or ""))
    return "".join(pieces)


def _name(element: etree._Element) -> str:
    name = etree.QName(element)
    if name.namespace in _WITHOUT_PREFIX or element.prefix is None:
        return name.localname
    return f"{element.prefix}:{name.localname}"


def _write_attributes(element: etree._Element) -> str:
    return "".join(f' {_name_attribute(element, str(key))}="{_quote(str(value))}"' for key, value in element.items())


def _quote(value: str) -> str:
    return escape_xml(value).replace('"', "&quot;")


def _name_attribute(element: etree._Element, key: str) -> str:
    if not key.startswith("{"):
        return key
    name = etree.QName(key)
    written = (prefix for prefix, namespace in element.nsmap.items() if namespace == name.namespace and prefix)
    return f"{PREFIXES.get(name.namespace) or next(written)}:{name.localname}"
