"""What Atom feeds and entries are made of (RFC 4287 sections 3 and 4.2): texts, persons, dates, links, sources."""

from __future__ import annotations

import binascii
from typing import Final

from feeds.check.dates import check_instant
from feeds.check.html import check_html, check_page, check_xhtml, is_page
from feeds.check.links import check_link, relation_of
from feeds.check.nodes import Node
from feeds.check.rules import Report, Rule
from feeds.check.shapes import (
    UNDEFINED_ELEMENT,
    Check,
    Shape,
    check_attributes,
    check_childless,
    check_empty,
    check_leaf,
    check_shape,
    check_unescaped,
    check_values,
    name_children,
)
from feeds.check.values import (
    EMPTY,
    MEDIA_TYPE,
    SURROUNDING_SPACE,
    check_address,
    check_email,
    check_id,
    check_media_type,
    check_plain,
    check_title,
    is_canonical,
    name_type,
)

ALTERNATE_NOT_FIRST = Rule.warning(
    "alternate-not-first",
    "readers that take the first link",
    "The link to the page is the first one of a feed and of an entry.",
    "Write the alternate link before self, enclosure and all others.",
)
ALTERNATE_TYPE = Rule.warning(
    "alternate-type",
    "readers; RFC 4287 section 4.2.7",
    "The link to the page says its relation and its type.",
    'Write rel="alternate" type="text/html".',
)
DUPLICATE_ALTERNATE = Rule.error(
    "duplicate-alternate",
    "RFC 4287 section 4.1.1 and 4.1.2",
    "No two alternate links have the same type and language.",
    "Keep one, or say how they differ with type and hreflang.",
)
ID_NOT_CANONICAL = Rule.warning(
    "id-not-canonical",
    "RFC 4287 section 4.2.6.1",
    "An id is in its normal form.",
    "Write scheme and host in lower case, a path, and no needless percent-encoding.",
)
ATOM_TEXT_TYPE = Rule.error(
    "atom-text-type",
    "RFC 4287 section 3.1.1",
    "The type of a text is text, html or xhtml.",
    "Write one of them, or leave the type out.",
)
TITLE_TYPE = Rule.warning(
    "title-type",
    "readers (16 of 23 show an HTML title undecoded)",
    "A title is of type text.",
    "Write the title as plain text.",
)
XHTML_DIV = Rule.error(
    "xhtml-div",
    "RFC 4287 section 3.1.1.3",
    "XHTML text is in one div element of the XHTML namespace.",
    "Wrap the markup in one div, or escape it and write html as the type.",
)
CONTENT_FRAGMENT = Rule.warning(
    "content-fragment",
    "RFC 4287 section 4.1.3.3",
    "A piece of HTML has the type html, a whole page text/html.",
    'Write type="html".',
)
CONTENT_BASE64 = Rule.error(
    "content-base64",
    "RFC 4287 section 4.1.3.3",
    "Content that is no text is in base64.",
    "Link to it with src, or encode it.",
)
CONTENT_SOURCE = Rule.warning(
    "content-source",
    "RFC 4287 section 4.1.3.2; W3C feed validator",
    "Content that lies elsewhere says its media type.",
    "Write the media type of what the address answers.",
)
CATEGORY_TERM = Rule.error(
    "category-term",
    "RFC 4287 section 4.2.2.1",
    "A category has a term.",
    "Write the term.",
)
PERSON_NAME = Rule.error(
    "person-name",
    "RFC 4287 section 3.2.1",
    "A person has a name.",
    "Write the name.",
)
PERSON_EMAIL = Rule.warning(
    "person-email",
    "W3C feed validator",
    "A person's name has no e-mail address in it.",
    "Write the address into email, or leave it out.",
)
ATOM_SOURCE = Rule.warning(
    "atom-source",
    "RFC 4287 section 4.2.11",
    "The source of an entry has id, title and updated.",
    "Write what the feed that the entry came from says of itself.",
)

_PERSON: Final = Shape(name_children("name uri email"))
METADATA: Final = name_children(
    "generator icon id logo rights subtitle title updated", "author category contributor link"
)
NEEDED: Final = ("id", "title", "updated")
"""What a feed, an entry and the source of one must have."""
_SOURCE: Final = Shape(METADATA)
_TYPE: Final = frozenset({"type"})
_CONTENT: Final = frozenset({"type", "src"})
_XML_TYPES: Final = ("+xml", "/xml")
_COMPOSITE: Final = ("multipart/", "message/")
_CATEGORY: Final = frozenset({"term", "scheme", "label"})


def check_alternates(report: Report, links: list[Node], where: str) -> None:
    """Object to links to the page that are not first, not fully said, or of one type and language."""
    seen: set[tuple[str, str]] = set()
    for index, link in enumerate(links):
        attributes = link.attributes
        if relation_of(link) != "alternate":
            continue
        if index and not seen:
            report.add(ALTERNATE_NOT_FIRST, link.line, f"the link of {where} to its page is not its first")
        if "rel" not in attributes or "type" not in attributes:
            report.add(ALTERNATE_TYPE, link.line, f"the link of {where} to its page lacks rel or type")
        kind = (attributes.get("type", "").lower(), attributes.get("hreflang", "").lower())
        if kind in seen:
            report.add(DUPLICATE_ALTERNATE, link.line, f"{where} has two links to its page of one type", kind[0])
        seen.add(kind)


def _check_id(report: Report, node: Node, where: str) -> None:
    check_leaf(report, node)
    if check_id(report, node.line, node.text, f"id of {where}") and not is_canonical(node.text):
        report.add(ID_NOT_CANONICAL, node.line, f"id of {where} is not in its normal form", node.text)


def _check_date(report: Report, node: Node, where: str) -> None:
    check_leaf(report, node)
    value = node.text
    if value.strip() != value:
        report.add(SURROUNDING_SPACE, node.line, f"{node.name} of {where} has white space around it", value)
        value = value.strip()
    check_instant(report, node.line, value, f"{node.name} of {where}")


def _check_image(report: Report, node: Node, where: str) -> None:
    check_leaf(report, node)
    check_address(report, node.line, node.text, f"{node.name} of {where}")


def check_text(report: Report, node: Node, where: str) -> None:
    """Object to a text (RFC 4287 section 3.1), or to content, which may be of any media type (section 4.1.3)."""
    is_content = node.name == "content"
    kind = "text"
    where = f"{node.name} of {where}"
    if node.attributes:
        check_attributes(report, node, _CONTENT if is_content else _TYPE)
        kind = node.attributes.get("type", "text")
        if is_content and "src" in node.attributes:
            _check_source_of_content(report, node, where)
            return
    if node.children and kind in {"text", "html"}:
        if node.name == "title":
            check_childless(report, node)
        else:
            check_unescaped(report, node, where)
    elif kind == "html":
        if not node.text or node.text.isspace():
            report.add(EMPTY, node.line, f"{where} is empty")
        check_html(report, node.line, node.text, where)
    elif kind == "xhtml":
        if len(node.children) != 1 or node.children[0].name != "xhtml:div" or node.text.strip():
            report.add(XHTML_DIV, node.line, f"{where} is not one XHTML div")
        elif not node.children[0].children:
            check_plain(report, node.line, node.children[0].text, where)
        check_xhtml(report, node.line, node.inner, where)
    elif kind == "text":
        (check_title if node.name == "title" else check_plain)(report, node.line, node.text, where)
    elif is_content:
        _check_media_type(report, node, where)
        _check_embedded(report, node, kind, where)
    else:
        report.add(ATOM_TEXT_TYPE, node.line, f"type of {where} is neither text, html nor xhtml", kind)
    if node.name == "title" and kind in {"html", "xhtml"}:
        report.add(TITLE_TYPE, node.line, f"{where} is not plain text", kind)


def _check_source_of_content(report: Report, node: Node, where: str) -> None:
    """Content that lies elsewhere (RFC 4287 section 4.1.3.2)."""
    check_address(report, node.line, node.attributes["src"], f"src of {where}")
    if "type" in node.attributes:
        _check_media_type(report, node, where)
    else:
        report.add(CONTENT_SOURCE, node.line, f"{where} lies elsewhere, and has no type")
    check_empty(report, node)
    if node.children:
        report.add(UNDEFINED_ELEMENT, node.line, f"{where} lies elsewhere, and has an element in it", _first_in(node))


def _check_media_type(report: Report, node: Node, where: str) -> None:
    kind = node.attributes["type"]
    check_media_type(report, node.line, kind, f"type of {where}")
    if kind.lower().startswith(_COMPOSITE):
        report.add(MEDIA_TYPE, node.line, f"type of {where} is one of several parts", kind)


def is_text_type(kind: str) -> bool:
    """Whether content of a type is text or XML, and not base64 (RFC 4287 section 4.1.3.3)."""
    kind = name_type(kind)
    return "/" not in kind or kind.startswith("text/") or kind.endswith(_XML_TYPES)


def _first_in(node: Node) -> str:
    return f"<{node.children[0].name}>"


def _check_embedded(report: Report, node: Node, kind: str, where: str) -> None:
    """Content of a media type of its own (RFC 4287 section 4.1.3.3)."""
    media_type = name_type(kind)
    if node.children and not media_type.endswith(_XML_TYPES):
        report.add(UNDEFINED_ELEMENT, node.line, f"{where} has elements in it", _first_in(node))
    if media_type.endswith("/html"):
        if is_page(node.text):
            check_page(report, node.line, node.text, where)
        else:
            report.add(CONTENT_FRAGMENT, node.line, f"{where} is a piece of HTML, but has the type of a page", kind)
            check_html(report, node.line, node.text, where)
    elif not is_text_type(kind):
        try:
            binascii.a2b_base64("".join(node.text.split()), strict_mode=True)
        except ValueError:
            report.add(CONTENT_BASE64, node.line, f"{where} is neither text nor base64", kind)


def check_person(report: Report, node: Node, where: str) -> None:
    """Object to a person (RFC 4287 section 3.2)."""
    check_shape(report, node, _PERSON)
    name = node.find("name")
    if name is None:
        report.add(PERSON_NAME, node.line, f"{node.name} of {where} has no name")
    elif check_plain(report, name.line, name.text, f"name of {node.name} of {where}") and "@" in name.text:
        report.add(PERSON_EMAIL, name.line, f"name of {node.name} of {where} has an e-mail address in it", name.text)
    for child in node.children:
        if child.name == "email":
            check_email(report, child.line, child.text, f"email of {node.name} of {where}")
        elif child.name == "uri":
            check_address(report, child.line, child.text, f"uri of {node.name} of {where}")


def _check_category(report: Report, node: Node, where: str) -> None:
    check_attributes(report, node, _CATEGORY)
    check_empty(report, node)
    if not node.attributes.get("term", "").strip():
        report.add(CATEGORY_TERM, node.line, f"a category of {where} has no term")
    check_values(report, node, f"a category of {where}", scheme=check_address, label=check_plain)


def _check_generator(report: Report, node: Node, where: str) -> None:
    check_leaf(report, node, frozenset({"uri", "version"}))
    check_plain(report, node.line, node.text, f"generator of {where}")
    check_values(report, node, f"the generator of {where}", uri=check_address)


def _check_source(report: Report, node: Node, where: str) -> None:
    check_shape(report, node, _SOURCE)
    report.add_missing(ATOM_SOURCE, node.line, f"the source of {where}", NEEDED, {each.name for each in node.children})
    for child in node.children:
        if check := CHECKS.get(child.name):
            check(report, child, f"the source of {where}")
        elif child.name == "link":
            check_link(report, child, f"a link of the source of {where}", in_entry=False)
    check_alternates(report, node.find_all("link"), f"the source of {where}")


CHECKS: Final[dict[str, Check]] = {
    "id": _check_id,
    "updated": _check_date,
    "published": _check_date,
    "icon": _check_image,
    "logo": _check_image,
    "title": check_text,
    "subtitle": check_text,
    "summary": check_text,
    "rights": check_text,
    "content": check_text,
    "author": check_person,
    "contributor": check_person,
    "category": _check_category,
    "generator": _check_generator,
    "source": _check_source,
}
