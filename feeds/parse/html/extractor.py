"""The text of a page that doesn't say where it is: trafilatura finds it in a copy without menus and scripts.

trafilatura is the extra `html`.
"""

from __future__ import annotations

import importlib.util
from copy import deepcopy
from itertools import islice
from typing import Final

from lxml import etree
from lxml.html import HtmlElement

from feeds.article import Block, Image, Paragraph, Quote, Subheadline
from feeds.parse.html.inline import children_of, drop_outer_bold, is_bold, render_inline, split_breaks
from feeds.parse.html.lists import read_list
from feeds.parse.html.pictures import describe_picture, find_pictures, make_image
from feeds.parse.html.region import is_teaser
from feeds.parse.html.tree import count_elements
from feeds.text import clean_line

MAX_TIME: Final = 50_000
"""Microseconds that reading 100,000 characters of markup may take."""
PER_ELEMENT: Final = 24
"""Of them, for each element of a page without trafilatura."""
PER_EXTRACTED: Final = 30
"""Of them, for each element that trafilatura is given."""
PER_CHARACTER: Final = 0.35
"""Of them, for each character of prose."""
ONCE: Final = "once"
"""A focus that is neither precision nor recall, nor the one with which trafilatura begins again where it finds little.
"""
MAX_MENU: Final = 300
LEAST_LINKED: Final = 0.9
LEAST_LINKED_PARTS: Final = 0.6
MAX_ARTICLES: Final = 100
_PRUNED: Final = (
    "script",
    "style",
    "template",
    "svg",
    "iframe",
    "object",
    "link",
    "nav",
    "select",
    "button",
    "figcaption",
)
"""What trafilatura would drop itself, some of it after having walked through it several times; captions are read from
the page."""


def has_extractor() -> bool:
    """Whether the extra `html` is installed."""
    return importlib.util.find_spec("trafilatura") is not None


def extract_blocks(tree: HtmlElement, url: str | None, *, length: int, prose: int) -> list[Block]:
    """The blocks of the text that trafilatura finds, none where it finds none; the tree stays as it is.

    Its fast mode: comparing with other extractors costs as much again, and what they find on a page on which it finds
    little is found by `find_bulk`. Not asked on pages that hold more than there is time for: `length` is that of the
    markup, `prose` that of its paragraphs.
    """
    # Costs 400 ms to import, and only HTML pages need it.
    from trafilatura.core import bare_extraction
    from trafilatura.settings import Extractor

    copy = deepcopy(tree)
    etree.strip_elements(copy, etree.Comment, *_PRUNED, with_tail=False)
    for article in list(islice(copy.iter("article"), MAX_ARTICLES)):
        if is_teaser(article):
            # It would take the first one for the beginning of the text.
            article.clear(keep_tail=True)
    expected = PER_ELEMENT * count_elements(tree) + PER_EXTRACTED * count_elements(copy) + PER_CHARACTER * prose
    if expected > MAX_TIME * max(1, length / 100_000):
        return []
    options = Extractor(
        fast=True, output_format="xml", comments=False, formatting=True, images=True, links=True, tables=False, url=url
    )
    options.focus = ONCE
    document = bare_extraction(copy, url=url, options=options)
    if document is None or isinstance(document, dict):
        return []
    return _read_body(document.body, tree, url)


def _read_body(body: etree._Element, tree: HtmlElement, url: str | None) -> list[Block]:
    blocks: list[Block] = []
    pictures = find_pictures(tree, url)
    shown: set[Image] = set()
    for element in body.iterchildren("*"):
        for graphic in element.iter("graphic"):
            image = make_image(graphic.get("src"), url)
            if image is not None and image.url in pictures:
                image = describe_picture(image, pictures[image.url])
            if image is not None and image not in shown:
                shown.add(image)
                blocks.append(image)
        if element.tag == "graphic":
            continue
        if element.tag == "list":
            if (items := read_list(element, url)) is not None:
                blocks.append(items)
            continue
        nodes = children_of(element)
        text, html = render_inline(nodes, url)
        if (text and element.tag == "head") or is_bold(element, text):
            blocks.append(Subheadline(text, drop_outer_bold(html)))
        elif text and not _is_menu(element, text):
            kind = Quote if element.tag == "quote" else Paragraph
            parts = split_breaks(nodes)
            rendered = [(text, html)] if len(parts) == 1 else [render_inline(part, url) for part in parts]
            blocks.extend(kind(part, inside) for part, inside in rendered if part)
    return blocks


def _is_menu(element: etree._Element, text: str) -> bool:
    """Whether a paragraph is links to elsewhere: nearly all of it, or parts that bars divide."""
    linked = sum(len(clean_line(_all_text(link))) for link in element.iter("ref"))
    return len(text) < MAX_MENU and linked >= (LEAST_LINKED_PARTS if "|" in text else LEAST_LINKED) * len(text)


def _all_text(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext())
