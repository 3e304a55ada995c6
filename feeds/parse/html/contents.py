"""The blocks of the element that holds a page's article: paragraphs, sub-headlines, lists, quotes, pictures.

Leaves out what its markup calls something else: menus, related articles, buttons, the author's box, comments.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final, cast

from lxml.html import HtmlElement

from feeds.article import Block, Image, Paragraph, Quote, Subheadline, iterate_texts
from feeds.parse.body import is_sentence
from feeds.parse.html.inline import Node, children_of, drop_outer_bold, is_bold, render_inline, split_breaks
from feeds.parse.html.lists import read_list
from feeds.parse.html.naming import BESIDE, UNSEEN, names_of
from feeds.parse.html.pictures import read_caption, read_picture
from feeds.parse.html.recordings import MAX_RECORDINGS, TAGS, Lost, is_recording, read_recording
from feeds.parse.html.region import FOREIGN, LEAST_PROSE, MAX_LINKED, Region, count_linked, is_teaser
from feeds.parse.html.tables import read_rows
from feeds.parse.items import make_list

LEAST_WRITTEN: Final = 0.8
"""Of the region's prose that must be in its blocks."""
OWN_SHARE: Final = 0.3
"""Of the region's prose with which an element is the article's, whatever it is called."""
MAX_MORE: Final = 300
"""Characters of a paragraph that leads to another article."""
LEAD_WORDS: Final = 4
LEAST_TEASER: Final = 20
"""Characters of a link around blocks."""
MAX_STYLE: Final = 200

_FOREIGN = re.compile(
    rf"{BESIDE}|{UNSEEN}|empfehl|instagram-media|tiktok|sharedaddy|share-|social-|advert|anzeige|werbung|promo(?!ted)"
    r"|breadcrumb|byline|author|autor(?:en)?[-_]?(?:box|info|name)|(?<!elementor-)widget|meistgelesen|read-?more"
    r"|weiterlesen|paywall|cookie|consent|pagination|pager|menu|footer|toolbar"
    r"|print-only|feedback|donat|spenden|subscribe|sign-?up|rating|mehr-zum-thema"
    r"|nicht-drucken|weather|(?<![a-z])wetter(?![a-z])|post-?date|entry-?date|datum|published"
    r"|(?:^|[-_ ])(?:share|sharing|social|ads?|tags?|meta|toc|nav)(?:$|[-_ ])",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"caption|bildunterschrift|bildtext|(?:^|[-_ ])bu(?:$|[-_ ])", re.IGNORECASE)
_ROLES: Final = frozenset(["navigation", "complementary", "banner", "search", "contentinfo"])
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none", re.IGNORECASE)
_MORE = re.compile(
    r"\W{0,3}(?:lesen sie (?:auch|hier|mehr|dazu)|mehr (?:zum thema|dazu|lesen)|auch interessant|siehe auch"
    r"|weiterlesen|zum thema|das könnte (?:sie|dich)|passend dazu|lesetipp)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\W{0,3}(?:mehr (?:zum thema|dazu)|zum thema|themen|kommentare?|anzeige|links?|teilen|schlagwörter|tags?"
    r"|(?:weitere|ähnliche|verwandte) (?:artikel|meldungen|beiträge|themen)|lesen sie auch|auch interessant"
    r"|das könnte (?:sie|dich) auch interessieren)\W{0,3}",
    re.IGNORECASE,
)
_INLINE: Final = frozenset(
    """a abbr b bdi bdo br cite code data del dfn em font i ins kbd mark q s samp small span strong sub sup time u var
    wbr acronym big strike tt nobr""".split()
)


@dataclass(slots=True)
class _Writing:
    """The blocks so far, and what is known of the region that they come from."""

    url: str | None
    region: Region
    blocks: list[Block] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    """Recordings that no link leads to."""
    recordings: int = 0
    """Recordings and frames that were looked at."""
    seen: set[str] = field(default_factory=set)
    dropped: bool = False
    """Whether a menu was left out since the last block."""
    labelled: bool = False
    """Whether a label such as "Lesen Sie auch" was left out since the last block: what is no sentence is a teaser."""

    def add(self, block: Block) -> None:
        self.blocks.append(block)
        self.dropped = self.labelled = False


def read_contents(region: Region, url: str | None) -> tuple[list[Block], list[Lost]]:
    """The blocks of a region's text, and its recordings that no link leads to.

    None where too little of its prose would be among them. Recordings are read where the region is evident.
    """
    own = region.prose[region.element]
    writing = _Writing(url, region)
    _walk(region.element, writing)
    enough = not region.evident or count_text(writing.blocks) >= LEAST_WRITTEN * own
    return (_drop_head(writing.blocks), writing.lost) if enough else ([], [])


def count_text(blocks: Iterable[Block]) -> int:
    """The characters of the paragraphs, quotes and sub-headlines among blocks, without links to recordings."""
    texts = (block for block in blocks if isinstance(block, Paragraph | Quote | Subheadline))
    return sum(len(block.text) for block in texts if not is_recording(block))


def _drop_head(blocks: list[Block]) -> list[Block]:
    """The blocks without what is above the first prose: the section, the author, the time, buttons."""
    first = next(
        (at for at, one in enumerate(blocks) if isinstance(one, Paragraph | Quote) and len(one.text) >= LEAST_PROSE), 0
    )
    if first and isinstance(blocks[first - 1], Subheadline):
        first -= 1
    return [block for at, block in enumerate(blocks) if at >= first or isinstance(block, Image) or _is_lead(block)]


def _is_lead(block: Block) -> bool:
    return isinstance(block, Paragraph | Subheadline) and is_sentence(block.text) and block.text.count(" ") > LEAD_WORDS


def _walk(element: HtmlElement, writing: _Writing) -> None:
    """Write the blocks of what an element holds."""
    loose: list[Node] = []
    for node in children_of(element):
        if isinstance(node, str):
            loose.append(node)
            continue
        child = cast("HtmlElement", node)
        named = _is_foreign(child, evident=writing.region.evident)
        foreign = child.tag in FOREIGN or named
        if child.tag in _INLINE and not _holds_blocks(child):
            if not foreign:
                loose.append(child)
            continue
        _write_loose(loose, writing)
        # What is a link with blocks in it, and not of a picture alone, is a teaser.
        if child.tag == "a" and len(child.text_content().strip()) >= LEAST_TEASER:
            foreign = True
        if child.tag == "table" and not named and _write_table(child, writing):
            continue
        if child.tag in TAGS and not named:
            _write_recordings(child, writing)
        elif not foreign:
            _WRITERS.get(str(child.tag), _walk)(child, writing)
            if child.tag in _WRITERS:
                _write_recordings(child, writing)
        elif writing.region.prose.get(child, 0) >= OWN_SHARE * writing.region.prose[writing.region.element]:
            _walk(child, writing)
        elif count_linked(child):
            writing.dropped = True
    _write_loose(loose, writing)


def _write_paragraph(element: HtmlElement, writing: _Writing) -> None:
    _write_pictures(element, writing)
    nodes = children_of(element)
    text, html = render_inline(nodes, writing.url)
    linked = count_linked(element)
    if linked and len(text) < MAX_MORE and (linked >= 0.9 * len(text) or _MORE.match(text)):
        return
    if is_bold(element, text):
        _write_headline(element, writing)
        return
    last = writing.blocks[-1] if writing.blocks else None
    if _CAPTION.search(names_of(element)):
        if isinstance(last, Image):
            caption, credit = read_caption(element)
            writing.blocks[-1] = replace(last, caption=last.caption or caption, credit=last.credit or credit)
            return
        if len(text) < MAX_MORE:
            return
    parts = split_breaks(nodes)
    for part, inside in [(text, html)] if len(parts) == 1 else [render_inline(part, writing.url) for part in parts]:
        _write(part, inside, writing)


def _write_loose(nodes: list[Node], writing: _Writing) -> None:
    """Text that is between blocks: of pages without paragraphs it is the text, on others prose alone is."""
    for part in split_breaks(nodes):
        text, html = render_inline(part, writing.url)
        linked = sum(count_linked(cast("HtmlElement", node)) for node in part if not isinstance(node, str))
        prose = len(text) >= LEAST_PROSE and is_sentence(text)
        if linked <= MAX_LINKED * len(text) and (writing.region.loose or prose):
            _write(text, html, writing)
    nodes.clear()


def _write(text: str, html: str | None, writing: _Writing) -> None:
    if writing.labelled and not is_sentence(text):
        return
    if text and not (text in writing.seen and len(text) >= LEAST_PROSE):
        writing.seen.add(text)
        writing.add(Paragraph(text, html))


def _write_headline(element: HtmlElement, writing: _Writing) -> None:
    text, html = render_inline(children_of(element), writing.url)
    if not text:
        return
    if _LABEL.fullmatch(text):
        writing.labelled = True
        return
    if writing.dropped and writing.blocks and isinstance(writing.blocks[-1], Subheadline):
        # It was the label of what was left out.
        writing.blocks.pop()
    writing.add(Subheadline(text, drop_outer_bold(html)))


def _write_first_headline(element: HtmlElement, writing: _Writing) -> None:
    """The article begins at its headline, above which are its section and its picture; a later one is within it."""
    if any(isinstance(block, Paragraph | Quote) and len(block.text) >= LEAST_PROSE for block in writing.blocks):
        _write_headline(element, writing)
    else:
        writing.blocks = [block for block in writing.blocks if isinstance(block, Image)]


def _write_list(element: HtmlElement, writing: _Writing) -> None:
    block = read_list(element, writing.url)
    if block is None:
        return
    length, linked = sum(map(len, iterate_texts([block]))), sum(map(count_linked, element.iterchildren("li")))
    last = writing.blocks[-1] if writing.blocks else None
    announced = isinstance(last, Paragraph) and len(last.text) >= LEAST_PROSE and last.text.endswith(":")
    if linked > MAX_LINKED * length and not announced:
        writing.dropped = True
    else:
        writing.add(block)


def _write_table(element: HtmlElement, writing: _Writing) -> bool:
    """Write the rows of a table of data that is evidently within the text, below a paragraph; whether it is one."""
    rows = read_rows(element, writing.blocks[-1]) if _is_within_text(writing) else []
    if isinstance(rows, Lost):
        writing.lost.append(rows)
        return False
    if rows:
        writing.add(make_list(rows))
    return bool(rows)


def _write_quote(element: HtmlElement, writing: _Writing) -> None:
    inner = [child for child in element.iterchildren("p") if not child.text_content().isspace()]
    for part in inner if len(inner) > 1 else [element]:
        text, html = render_inline(children_of(part), writing.url)
        if text:
            writing.add(Quote(text, html))


def _write_figure(element: HtmlElement, writing: _Writing) -> None:
    _write_pictures(element, writing)
    for table in element.iterchildren("table"):
        _write_table(cast("HtmlElement", table), writing)


def _write_recordings(element: HtmlElement, writing: _Writing) -> None:
    """Write links to the recordings in an element that is evidently within the text, below a paragraph."""
    if writing.recordings == MAX_RECORDINGS or not _is_within_text(writing):
        return
    for recording in islice(element.iter(*TAGS), MAX_RECORDINGS - writing.recordings):
        writing.recordings += 1
        read = read_recording(recording, writing.url, writing.blocks[-1])
        if isinstance(read, Lost):
            writing.lost.append(read)
        elif read is not None and read.text not in writing.seen:
            writing.seen.add(read.text)
            writing.add(read)


def _is_within_text(writing: _Writing) -> bool:
    """Whether what comes next is evidently within the text, below a paragraph, and not what a label leads to."""
    above = any(isinstance(block, Paragraph) and len(block.text) >= LEAST_PROSE for block in writing.blocks)
    return above and writing.region.evident and not writing.labelled


def _write_pictures(element: HtmlElement, writing: _Writing) -> None:
    for picture in element.iter("img", "amp-img"):
        image = read_picture(picture, writing.url)
        if image is not None and image.url not in writing.seen:
            writing.seen.add(image.url)
            writing.add(image)


_WRITERS: Final[Mapping[str, Callable[[HtmlElement, _Writing], None]]] = {
    **dict.fromkeys(["p", "pre"], _write_paragraph),
    **dict.fromkeys(["h2", "h3", "h4", "h5", "h6"], _write_headline),
    **dict.fromkeys(["ul", "ol"], _write_list),
    **dict.fromkeys(["img", "amp-img", "figure", "picture"], _write_figure),
    "blockquote": _write_quote,
    "h1": _write_first_headline,
}


def _is_foreign(element: HtmlElement, *, evident: bool) -> bool:
    """Whether an element is none of the text's, by what it is called, or isn't shown.

    Where the article is isn't `evident`, it may be several, or be shown on a click.
    """
    if element.tag == "article" and (evident or is_teaser(element)):
        return True
    if evident and element.get("aria-hidden") == "true":
        return True
    return is_apart(element)


def is_apart(element: HtmlElement) -> bool:
    """Whether an element isn't shown, or is called what is none of an article's text."""
    if element.get("hidden") is not None or element.get("role") in _ROLES or element.get("itemprop") == "comment":
        return True
    if (style := element.get("style")) and _HIDDEN.search(style[:MAX_STYLE]):
        return True
    return _FOREIGN.search(names_of(element)) is not None


def _holds_blocks(element: HtmlElement) -> bool:
    """Whether an element of a line holds more than a line: blocks, or parts that line breaks divide."""
    if any(child.tag not in _INLINE for child in islice(element.iterdescendants("*"), 50)):
        return True
    return element.tag in {"font", "span"} and len(split_breaks(children_of(element))) > 1
