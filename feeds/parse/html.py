"""Saved HTML pages: what they say for machines first, then their text.

The date is read in `publication`, the text in `markup`; here it is decided whether a page is an article at all, and
markup that is made to cost is bounded before anything walks through it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final, Literal, cast
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import lxml.html
from lxml.html import HtmlElement

from feeds.article import Image, Paragraph
from feeds.dates import Stamp
from feeds.errors import Problem
from feeds.parse.addresses import join_address
from feeds.parse.body import clean_line
from feeds.parse.dateline import match_dateline, settle_year
from feeds.parse.draft import Draft, Role
from feeds.parse.elements import Value
from feeds.parse.extractor import has_extractor
from feeds.parse.headlines import parse_byline
from feeds.parse.markup import count_elements, find_blocks
from feeds.parse.metadata import Metadata, find_metadata, is_list
from feeds.parse.page import Page
from feeds.parse.pictures import make_image
from feeds.parse.place import SEPARATORS, fold, is_logo
from feeds.parse.publication import read_dates
from feeds.parse.stamps import day_of, drop_stamps
from feeds.text import escape_html

LEAST_TEXT: Final = 200
"""Characters below which a page that calls itself a video or a list is none of an article."""
_WINDOWS_REFERENCE = re.compile(r"&#(1[345]\d|12[89]);")
LEAST_CHECKED: Final = 30_000
"""Characters below which no tag can have so many attributes that it costs."""
MAX_ATTRIBUTES: Final = 1_000
_ATTRIBUTE = re.compile(r"""[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?)?""")
_TAG = re.compile(rf"<(?P<name>[a-zA-Z][^\s/>]*+)(?:[\s/]++|{_ATTRIBUTE.pattern})*+")
MAX_CLASS: Final = 2_000
"""Characters of a class beyond which it names nothing; the extractor searches it again and again."""
MAX_ELEMENTS: Final = 5_000
MOST_CROWDED: Final = 110
"""Elements for each thousand characters of a page of over MAX_ELEMENTS: more than a bare table of numbers has."""
_ROLES: Final[dict[str, Role]] = {
    "headline": "headline",
    "published": "stamp",
    "updated": "stamp",
    "category": "category",
    "authors": "byline",
    "summary": "lead",
}
MAX_ARTICLES: Final = 5
"""A page that describes more articles than this, and doesn't call itself one, is a list of them."""
MAX_KICKER: Final = 120
_KICKER = re.compile(r"kicker|dachzeile|overline|topline|spitzmarke|roofline|ueberzeile", re.IGNORECASE)


def read_html(page: Page, url: str | None, zone: ZoneInfo) -> Draft:
    """A saved HTML page as a Draft."""
    draft = Draft()
    tree = _parse_tree(page, draft)
    if isinstance(tree, Draft):
        return tree
    metadata = find_metadata(tree)
    draft.problems.extend(metadata.problems)
    draft.url = _read_url(metadata)
    if _is_overview(metadata, url, draft):
        return draft
    base = url or draft.url
    if base is not None and (element := tree.find(".//base[@href]")) is not None:
        base = join_address(base, element.get("href")) or base
    _read_headline(tree, metadata, draft)
    length = sum(map(len, page.lines))
    place = metadata.place.headline
    draft.blocks.extend(find_blocks(tree, length=length, url=base, place=place, headline=draft.headline))
    if not has_extractor():
        draft.problems.append(
            Problem(
                "no-extractor", "the text was found in a plain way", hint="install the extra: pip install 'feeds[html]'"
            )
        )
    if _is_medium(metadata, draft):
        return draft
    _read_words(metadata, draft)
    _read_image(metadata, base, draft)
    named = _read_dateline(draft)
    read_dates(tree, metadata, base, zone, draft)
    if draft.published is None and named is not None:
        draft.published = Stamp(named, "day")
        draft.found.append(("published", None, "the dateline's date"))
    drop_stamps(draft.blocks, zone)
    if draft.dateline is not None and draft.published is not None:
        draft.dateline = settle_year(draft.dateline, day_of(draft.published.value))
    if not draft.blocks and draft.headline is None:
        return draft.set_aside("empty", "nothing on it is an article's text")
    draft.marks.extend((at, _ROLES[name]) for name, at, _ in draft.found if at is not None and name in _ROLES)
    return draft


def _parse_tree(page: Page, draft: Draft) -> HtmlElement | Draft:
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
    count = count_elements(tree)
    if count > MAX_ELEMENTS and count > MOST_CROWDED * len(text) / 1000:
        return draft.set_aside("empty", f"it is {count:,} elements around next to no text: no page of a newsroom")
    return tree


def _thin_tag(match: re.Match[str]) -> str:
    """A tag, without its attributes where it has thousands: the parser compares each with all others."""
    tag = match[0]
    if len(tag) <= 2 * MAX_ATTRIBUTES or len(_ATTRIBUTE.findall(tag)) <= MAX_ATTRIBUTES:
        return tag
    return f"<{match['name']}"


def _read_reference(match: re.Match[str]) -> str:
    """What browsers read in `&#132;`: the character of Windows-1252 (WHATWG HTML, numeric character references)."""
    return bytes([int(match[1])]).decode("cp1252", "ignore")


def _is_overview(metadata: Metadata, url: str | None, draft: Draft) -> bool:
    """Whether a page is a site's home or a list, which is told without its text."""
    kinds = metadata.kinds
    # One of the two is often its site's alone: that of a careless crawl, or of a careless canonical link.
    addresses = [address for address in (url, draft.url) if address is not None]
    if addresses and all(map(_is_home, addresses)) and not kinds & {"article", "NewsArticle"}:
        draft.set_aside("home", "its address is that of a home page")
    elif is_list(metadata) or (metadata.articles > MAX_ARTICLES and "article" not in kinds):
        draft.set_aside("index", "it calls itself a list of articles")
    return draft.kind != "article"


def _is_medium(metadata: Metadata, draft: Draft) -> bool:
    """Whether a page is a video or a gallery: it says so, and has next to no text."""
    if sum(len(block.text) for block in draft.blocks if isinstance(block, Paragraph)) >= LEAST_TEXT:
        return False
    kinds = metadata.kinds
    if "VideoObject" in kinds or any(kind.startswith("video") for kind in kinds):
        draft.set_aside("video", "it calls itself a video and has no text")
    elif "ImageGallery" in kinds:
        draft.set_aside("gallery", "it calls itself a gallery and has no text")
    return draft.kind != "article"


def _is_home(url: str) -> bool:
    return urlsplit(url).path in {"", "/"} and not urlsplit(url).query


def _read_url(metadata: Metadata) -> str | None:
    for value in metadata.url:
        if (address := join_address(None, value.text)) is not None:
            return address
    return None


def _read_headline(tree: HtmlElement, metadata: Metadata, draft: Draft) -> None:
    """The headline, and the kicker that stands above it or within it."""
    heads: list[Value] = []
    logos: list[str] = []
    for element in tree.iter("h1"):
        text, kicker = _split_kicker(element)
        if is_logo(element):
            logos.append(text)
        elif len(text) > 5:
            heads.append(Value(text, (element.sourceline or 1) - 1, "<h1>"))
            draft.kicker = draft.kicker or kicker
    title = tree.find(".//title")
    titles = [] if title is None else [Value(clean_line(title.text_content()), (title.sourceline or 1) - 1, "<title>")]
    only = heads if len(heads) == 1 else []
    named = []
    if metadata.place.named and (element := metadata.place.headline) is not None:
        text, kicker = _split_kicker(element)
        draft.kicker = draft.kicker or kicker
        named.append(Value(text, (element.sourceline or 1) - 1, f"<{element.tag}> that is in the title"))
    given = list(metadata.headline)
    if named and given and len(heads) == 1 and fold(given[0].text) not in _shown(titles, heads):
        # Some describe the subject there, and not the page.
        given = []
    for value in (*given, *named, *only, *metadata.title, *heads, *titles):
        text = _without_site(value.text, metadata.site_name, [head.text for head in heads], logos)
        if text:
            draft.headline = text
            draft.found.append(("headline", value.offset, value.rule))
            break
    if draft.kicker == draft.headline:
        draft.kicker = None


def _split_kicker(element: HtmlElement) -> tuple[str, str | None]:
    """The text of a headline's element without its kicker, and the kicker in it or just above it."""
    inside = next((child for child in element.iter("*") if child is not element and _is_kicker(child)), None)
    whole = clean_line(element.text_content())
    if inside is not None:
        kicker = clean_line(inside.text_content())
        return whole.removeprefix(kicker).lstrip(" :|–-"), kicker or None
    above = element.getprevious()
    if above is not None and isinstance(above.tag, str) and _is_kicker(above):
        return whole, clean_line(above.text_content())[:MAX_KICKER] or None
    return whole, None


def _is_kicker(element: HtmlElement) -> bool:
    return _KICKER.search(element.get("class") or "") is not None


def _shown(titles: list[Value], heads: list[Value]) -> str:
    """What a page shows as its titles, as titles are compared."""
    return fold("\n".join(value.text for value in (*titles, *heads)))


def _without_site(text: str, site: str | None, heads: list[str], logos: list[str]) -> str:
    """A title without the name of the site behind it, or in front of it, where it is known to be that."""
    names = {name.casefold() for name in (site, *logos) if name}
    for separator in SEPARATORS:
        head, _, tail = text.rpartition(separator)
        if head and (tail.strip().casefold() in names or head.strip() in heads):
            return head.strip()
        head, _, tail = text.partition(separator)
        if tail and head.strip().casefold() in names:
            return tail.strip()
    return text.strip()


def _read_words(metadata: Metadata, draft: Draft) -> None:
    """Summary, category, authors, tags, language, access."""
    if metadata.summary:
        value = metadata.summary[0]
        draft.summary = value.text
        draft.found.append(("summary", value.offset, value.rule))
    if metadata.section:
        value = metadata.section[0]
        draft.category = value.text
        draft.found.append(("category", value.offset, value.rule))
    names = [
        name for value in metadata.authors if not value.text.startswith("http") for name in _split_names(value.text)
    ]
    if names:
        draft.authors = tuple(dict.fromkeys(names))
        draft.found.append(("authors", metadata.authors[0].offset, metadata.authors[0].rule))
    draft.tags = metadata.tags
    draft.language = metadata.language
    draft.access = cast("Literal['free', 'paid'] | None", metadata.access)


def _split_names(text: str) -> Iterable[str]:
    return parse_byline(text) or parse_byline(f"Von {text}") or (text,)


def _read_image(metadata: Metadata, base: str | None, draft: Draft) -> None:
    """The page's own picture in front of the text, where the text has none."""
    if any(isinstance(block, Image) for block in draft.blocks):
        return
    facts = metadata.image
    image = make_image(
        facts.get("secure_url") or facts.get("url"),
        base,
        alt=facts.get("alt"),
        width=facts.get("width"),
        height=facts.get("height"),
        media_type=facts.get("type"),
    )
    if image is not None:
        draft.blocks.insert(0, image)


def _read_dateline(draft: Draft) -> date | None:
    """The dateline is taken off the text into the draft; gives the day that it names, if it does."""
    for number, block in enumerate(draft.blocks):
        if not isinstance(block, Paragraph):
            continue
        match = match_dateline(block.text)
        if match is not None:
            draft.dateline = match.dateline
            front, rest = escape_html(block.text[: match.end]), block.text[match.end :]
            inside = block.html
            if inside is not None:
                inside = inside[len(front) :] if inside.startswith(front) else None
            if rest:
                draft.blocks[number] = Paragraph(rest, inside)
            else:
                del draft.blocks[number]
            draft.found.append(("dateline", None, "place and agency in front of the text"))
            return match.date
        return None
    return None
