"""The markup of a saved page as a tree; what is made to cost is bounded here, before anything walks through it."""

from __future__ import annotations

import re
from typing import Final, cast

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

from feeds.errors import Problem
from feeds.parse.draft import Draft
from feeds.parse.page import Page

_WINDOWS_REFERENCE = re.compile(r"&#(1[345]\d|12[89]);")
LEAST_CHECKED: Final = 30_000
"""Characters below which no tag can have this many attributes that it costs."""
MAX_ATTRIBUTES: Final = 1_000
_ATTRIBUTE = re.compile(r"""[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?)?""")
_TAG = re.compile(rf"<(?P<name>[a-zA-Z][^\s/>]*+)(?:[\s/]++|{_ATTRIBUTE.pattern})*+")
MAX_CLASS: Final = 2_000
"""Characters of a class beyond which it names nothing; the extractor searches it again and again."""
_ARCHIVE_BAR: Final = "//body//*[@id='wm-ipp-base' or @id='wm-ipp']"
"""What the Wayback Machine puts above a page: dates of its own."""
_HEADS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
MAX_ELEMENTS: Final = 5_000
MOST_CROWDED: Final = 110
"""Elements for each thousand characters of a page of over MAX_ELEMENTS: more than a bare table of numbers has."""


def parse_tree(page: Page, draft: Draft) -> HtmlElement | Draft:
    """The tree of a page's markup, or the draft set aside where there is none to read."""
    text = _WINDOWS_REFERENCE.sub(_read_reference, "\n".join(page.lines))
    if len(text) > LEAST_CHECKED:
        text = _TAG.sub(_thin_tag, text)
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_pis=True)
    try:
        tree = cast("HtmlElement", lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser))
    except lxml.etree.ParserError:
        return draft.set_aside("empty", "there is no markup in it")
    if any(entry.type == lxml.etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        hint = "save the page again, or write its text as Markdown"
        draft.problems.append(Problem("cut-off", "its elements nest too deeply: what follows is lost", hint=hint))
    for element in cast("list[HtmlElement]", tree.xpath(f"//*[string-length(@class) > {MAX_CLASS}]")):
        del element.attrib["class"]
    # Not by lxml.html: its ways set texts again, which raises where a reference hid a control character in one.
    for element in _find_unclosed_heads(tree):
        etree.strip_tags(element, *_HEADS)
    for element in cast("list[HtmlElement]", tree.xpath(_ARCHIVE_BAR)):
        element.clear(keep_tail=True)
    count = count_elements(tree)
    if count > MAX_ELEMENTS and count > MOST_CROWDED * len(text) / 1000:
        return draft.set_aside("empty", f"it is {count:,} elements around next to no text: no page of a newsroom")
    return tree


def _find_unclosed_heads(tree: HtmlElement) -> list[HtmlElement]:
    """The headlines that hold others: browsers close them there (WHATWG HTML, 13.2.6.4.7), the parser doesn't."""
    found: list[HtmlElement] = []
    outer: list[HtmlElement] = []
    for event, element in etree.iterwalk(tree, events=("start", "end"), tag=_HEADS):
        if event == "end":
            outer.pop()
            continue
        if len(outer) == 1 and (not found or found[-1] is not outer[0]):
            found.append(outer[0])
        outer.append(cast("HtmlElement", element))
    return found


def _thin_tag(match: re.Match[str]) -> str:
    """A tag, without its attributes where it has thousands: the parser compares each with all others."""
    tag = match[0]
    if len(tag) <= 2 * MAX_ATTRIBUTES or len(_ATTRIBUTE.findall(tag)) <= MAX_ATTRIBUTES:
        return tag
    return f"<{match['name']}"


def _read_reference(match: re.Match[str]) -> str:
    """What browsers read in `&#132;`: the character of Windows-1252 (WHATWG HTML, numeric character references)."""
    return bytes([int(match[1])]).decode("cp1252", "ignore")


def count_elements(tree: HtmlElement) -> int:
    """The number of a page's elements."""
    return int(cast("float", tree.xpath("count(//*)")))
