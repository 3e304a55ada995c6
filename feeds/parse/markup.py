"""The text of an HTML page -> blocks: trafilatura finds it, nh3 cleans what is inline, addresses become absolute.

trafilatura is the extra `html`. Without it the paragraphs of the element that holds most of them are taken.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from typing import Final, cast

import nh3
from lxml import etree
from lxml.html import HtmlElement

from feeds.article import Block, Image, ItemList, Paragraph, Quote, Subheadline
from feeds.parse.addresses import LINKS, join_address
from feeds.parse.body import clean_line, is_caption
from feeds.text import escape_html

INLINE_TAGS: Final = frozenset(["a", "strong", "em", "br", "sub", "sup", "code", "del"])
MAX_EXTRACTED: Final = 4_000_000
"""Characters of markup that trafilatura is asked about: it takes seconds for each million."""
MAX_ELEMENTS: Final = 1_500
MAX_DEPTH: Final = 100
CROWDED: Final = 25
"""Elements for each thousand characters of markup above which, on a page of over MAX_ELEMENTS, it is no real page's."""
_INLINE: Final = {
    "#b": "strong", "#i": "em", "#sub": "sub", "#sup": "sup", "#t": "code", "#u": "em",
}  # fmt: skip
_SKIPPED: Final = frozenset(
    ["script", "style", "noscript", "template", "nav", "footer", "aside", "form", "svg", "iframe"]
)
_BLOCK_TAGS: Final = frozenset(
    """p div section article header main h1 h2 h3 h4 h5 h6 li ul ol dl dt dd table tr td th blockquote figure figcaption
    time address pre body hr br""".split()
)
_FOREIGN = re.compile(r"(?:^|\s)(?:comment|kommentar|event-|tribe-event|termin-)", re.IGNORECASE)
_OTHERS = re.compile(
    r"related|teaser|sidebar|comment|kommentar|recommend|widget|most-?read|similar|newsletter|promo(?!ted)|recent|popular|event",
    re.IGNORECASE,
)
MAX_NAMES: Final = 200
"""Characters of an element's class that are looked at."""
MAX_LINES: Final = 4_000
"""Lines of a page that are looked at for its date."""
MAX_PICTURES: Final = 500
MAX_BOX: Final = 200
MAX_BOX_TEXTS: Final = 60
_CREDIT = re.compile(
    r"(?:\s*[|(\[–-]?\s*)(?:(?:Foto|Bild|Fotos|Bilder|Grafik|Quelle|Bildquelle|Fotograf(?:in)?)\s?:|©|Copyright:?)\s*"
    r"(?P<credit>[^|()\[\]]{2,80}?)[)\]]?\s*$"
)


def has_extractor() -> bool:
    """Whether the extra `html` is installed."""
    return importlib.util.find_spec("trafilatura") is not None


def find_blocks(tree: HtmlElement, *, url: str | None, headline: str | None) -> list[Block]:
    """The blocks of a page's text; the headline itself is not among them."""
    body = _extract(tree, url) if has_extractor() and not is_crowded(tree) else None
    blocks = [] if body is None else _read_blocks(body, tree, url)
    if not blocks:
        blocks = _read_paragraphs(tree)
    kept: list[Block] = []
    seen: set[Block] = set()
    for block in blocks:
        if isinstance(block, Subheadline | Paragraph) and headline is not None and _same(block.text, headline):
            continue
        if isinstance(block, Paragraph) and (is_caption(block.text) or block in seen):
            continue
        seen.add(block)
        kept.append(block)
    while kept and isinstance(kept[-1], Subheadline):
        kept.pop()
    return kept


def count_elements(tree: HtmlElement) -> int:
    """The number of a page's elements."""
    return int(cast("float", tree.xpath("count(//*)")))


def is_crowded(tree: HtmlElement) -> bool:
    """Whether a page holds far more elements than pages do for their length, or nests them far deeper.

    Saved pages of newsrooms hold 3 to 23 for each thousand characters, 36 deep at most; trafilatura takes up to a
    second for 100 kB of markup that is nothing but tags, so that such a page is read in the plain way.
    """
    count = count_elements(tree)
    if count > MAX_ELEMENTS and count > CROWDED * len(etree.tostring(tree, encoding="unicode", method="html")) / 1000:
        return True
    return bool(tree.xpath(f"boolean(//*[count(ancestor::*) > {MAX_DEPTH}])"))


def find_lines(
    tree: HtmlElement, around: frozenset[HtmlElement] = frozenset(), *, others: bool = False
) -> list[tuple[int, str]]:
    """The page's visible text as a reader sees it, a block a line, each with its offset in the file.

    Menus, forms, comments and the boxes of events are left out, where they are not `around` the headline; with
    `others`, what is named for other articles too.
    """
    lines: list[tuple[int, str]] = []
    texts: list[str] = []
    offset = 0

    def flush() -> None:
        if not texts:
            return
        whole = "".join(texts)
        texts.clear()
        if whole and not whole.isspace() and (text := clean_line(whole)):
            lines.append((offset, text))

    body = tree.find("body")
    skipped = 0
    foreign: set[HtmlElement] = set()
    foreign_name = _OTHERS if others else _FOREIGN
    for event, element in etree.iterwalk(tree if body is None else body, events=("start", "end", "comment", "pi")):
        if len(lines) >= MAX_LINES:
            break
        if event in {"comment", "pi"}:
            texts.append("" if skipped else element.tail or "")
            continue
        tag = element.tag
        if tag in _BLOCK_TAGS:
            flush()
            offset = (element.sourceline or 1) - 1
        if event == "start":
            names = element.get("class")
            named = bool(names) and element not in around and foreign_name.search(names[:MAX_NAMES]) is not None
            if named or (tag in _SKIPPED and not (tag in {"aside", "footer"} and _is_box(element, around))):
                foreign.add(element)
                skipped += 1
            if not skipped and (text := element.text):
                texts.append(text)
        else:
            if foreign:
                skipped -= element in foreign
            if not skipped and (text := element.tail):
                texts.append(text)
    flush()
    return lines


def _is_box(element: HtmlElement, around: frozenset[HtmlElement]) -> bool:
    """Whether an aside or a footer is the small box of facts within the article: its date, its section."""
    parent = element.getparent()
    if parent is None or parent.tag != "article" or parent not in around or _OTHERS.search(element.get("class") or ""):
        return False
    return len("".join(islice(element.itertext(), MAX_BOX_TEXTS)).strip()) < MAX_BOX


def _is_inside(element: HtmlElement) -> bool:
    return any(parent.tag in _SKIPPED for parent in element.iterancestors())


def make_image(url: str | None, base: str | None, **values: str | int | None) -> Image | None:
    """An Image at an absolute address, or None where the address is none of the web."""
    if not url:
        return None
    address = join_address(base, url)
    if address is None:
        return None
    return Image(
        address,
        alt=_str(values.get("alt")),
        caption=_str(values.get("caption")),
        credit=_str(values.get("credit")),
        width=_size(values.get("width")),
        height=_size(values.get("height")),
        media_type=_str(values.get("media_type")),
    )


def _extract(tree: HtmlElement, url: str | None) -> etree._Element | None:
    # Costs 400 ms to import, and only HTML pages need it.
    import trafilatura

    markup = etree.tostring(tree, encoding="unicode", method="html")
    if len(markup) > MAX_EXTRACTED:
        return None
    document = trafilatura.bare_extraction(
        markup,
        url=url,
        output_format="xml",
        include_comments=False,
        include_formatting=True,
        include_images=True,
        include_links=True,
        include_tables=False,
    )
    return None if document is None or isinstance(document, dict) else document.body


def _read_blocks(body: etree._Element, tree: HtmlElement, url: str | None) -> list[Block]:
    blocks: list[Block] = []
    pictures = _find_pictures(tree, url)
    shown: set[Image] = set()
    for element in body.iterchildren("*"):
        if element.tag == "graphic":
            image = _read_image(element.get("src"), pictures, url)
            if image is not None and image not in shown:
                shown.add(image)
                blocks.append(image)
            continue
        for graphic in element.iter("graphic"):
            image = _read_image(graphic.get("src"), pictures, url)
            if image is not None and image not in shown:
                shown.add(image)
                blocks.append(image)
        if element.tag == "list":
            items = tuple(text for item in element.iter("item") if (text := clean_line(_all_text(item))))
            if items:
                blocks.append(ItemList(items, ordered=element.get("rend") == "ol"))
            continue
        text = clean_line(_all_text(element))
        if not text:
            continue
        if element.tag == "head":
            blocks.append(Subheadline(text))
        else:
            # Most paragraphs hold no element: there is nothing to clean.
            html = _inline(element, url) if len(element) else escape_html(text)
            inside = None if html == escape_html(text) else html
            blocks.append(Quote(text, inside) if element.tag == "quote" else Paragraph(text, inside))
    return blocks


def _inline(element: etree._Element, url: str | None) -> str:
    """The element's content as clean inline HTML."""
    return clean_line(
        nh3.clean(
            _markup(element, url),
            tags=set(INLINE_TAGS),
            attributes={"a": {"href"}},
            url_schemes={"http", "https", "mailto"},
            link_rel=None,
        )
    )


def _markup(element: etree._Element, url: str | None) -> str:
    parts = [escape_html(element.text or "")]
    for child in element:
        inner = _markup(child, url) if isinstance(child.tag, str) else ""
        tag = None
        if child.tag == "ref":
            address = join_address(url, child.get("target") or "", schemes=LINKS)
            if address is not None:
                inner = f'<a href="{escape_html(address)}">{inner}</a>'
        elif child.tag == "hi":
            tag = _INLINE.get(child.get("rend") or "")
        elif child.tag == "del":
            tag = "del"
        elif child.tag == "lb":
            inner = "<br>"
        elif child.tag == "graphic":
            inner = ""
        parts.append(inner if tag is None else f"<{tag}>{inner}</{tag}>")
        parts.append(escape_html(child.tail or ""))
    return "".join(parts)


def _find_pictures(tree: HtmlElement, url: str | None) -> dict[str, HtmlElement]:
    """Absolute address -> the element that shows it."""
    pictures: dict[str, HtmlElement] = {}
    for element in islice(tree.iter("img"), MAX_PICTURES):
        for attribute in ("src", "data-src"):
            if (address := join_address(url, element.get(attribute) or "")) is not None:
                pictures.setdefault(address, element)
    return pictures


def _read_image(source: str | None, pictures: Mapping[str, HtmlElement], url: str | None) -> Image | None:
    image = make_image(source, url)
    if image is None or image.url not in pictures:
        return image
    return _describe(image, pictures[image.url])


def _describe(image: Image, element: HtmlElement) -> Image | None:
    width, height = _size(element.get("width")), _size(element.get("height"))
    if (width is not None and width < 10) or (height is not None and height < 10):
        # A pixel that counts visitors.
        return None
    caption = credit = None
    figure = next(element.iterancestors("figure"), None)
    if figure is not None and (below := figure.find(".//figcaption")) is not None:
        caption = clean_line(below.text_content())
        if (match := _CREDIT.search(caption)) is not None:
            credit = match["credit"].strip()
            caption = caption[: match.start()].rstrip(" .|–-") + (
                "." if caption[: match.start()].rstrip().endswith(".") else ""
            )
    return replace(
        image,
        alt=clean_line(element.get("alt") or "") or None,
        caption=caption or None,
        credit=credit,
        width=width,
        height=height,
    )


def _read_paragraphs(tree: HtmlElement) -> list[Block]:
    """The paragraphs of the element that holds most of the page's text in paragraphs."""
    weights: dict[HtmlElement, int] = {}
    for paragraph in tree.iter("p"):
        length = len(paragraph.text_content().strip())
        if length and (parent := paragraph.getparent()) is not None and not _is_inside(paragraph):
            weights[parent] = weights.get(parent, 0) + length
    if not weights:
        return []
    best = max(weights, key=lambda element: weights[element])
    blocks: list[Block] = []
    for element in best:
        if element.tag == "p" and (text := clean_line(element.text_content())):
            blocks.append(Paragraph(text))
        elif element.tag in {"h2", "h3", "h4"} and (text := clean_line(element.text_content())):
            blocks.append(Subheadline(text))
    return blocks


def _all_text(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext())


def _same(one: str, other: str) -> bool:
    return clean_line(one).casefold() == clean_line(other).casefold()


def _size(value: str | int | None) -> int | None:
    text = str(value or "").removesuffix("px").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 and int(text) else None


def _str(value: str | int | None) -> str | None:
    return clean_line(str(value)) or None if value is not None else None
