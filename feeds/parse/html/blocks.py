"""The text of an HTML page -> blocks, in the way that the page allows.

A page that evidently says where its article is, is read there (`region`, `contents`); of others trafilatura finds the
text (`extractor`), and where it finds little or can't be asked, it is read where the bulk of its prose is. Where
there is no prose, the paragraphs of the element that holds most of them are taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from lxml.html import HtmlElement

from feeds.article import Block, Image, Paragraph, Subheadline
from feeds.parse.body import is_caption
from feeds.parse.html.contents import count_text, read_contents
from feeds.parse.html.extractor import extract_blocks, has_extractor
from feeds.parse.html.insets import insert_insets
from feeds.parse.html.lists import write_numbers
from feeds.parse.html.naming import SKIPPED
from feeds.parse.html.recordings import Lost
from feeds.parse.html.region import LEAST_REGION, Prose, find_bulk, find_region, weigh_prose
from feeds.parse.html.tree import count_elements
from feeds.parse.prose import is_prose
from feeds.parse.words import TAILS, any_of
from feeds.text import clean_line

_TAIL = re.compile(any_of((*TAILS, "Weiterführende Links", r"Das (?:Thema )?könnte (?:dich|euch)", "Mehr zu ")))
_WALL = re.compile(
    r"(?:Jetzt )?[Ww]eiterlesen (?:mit|für) (?:dem |Ihrem )?[\w-]{2,30}(?:\+|[ -]?(?:Plus|Abo|Konto)\b)"
    r"|Jetzt weiterlesen$"
)
MAX_FRONT: Final = 40
MAX_SIGN: Final = 12
MAX_TAIL: Final = 120
_SIGNED = re.compile(
    r"Dieser (?:Beitrag|Artikel|Eintrag) wurde|Schlag(?:worte|wörter)\s?:|Original-Content|Über dieses Thema"
    r"|Dieses Thema im Programm|Fehler (?:gefunden|entdeckt)\b"
)
"""How what systems and offices write below a text begins, a sentence or not."""
MAX_SIGNED: Final = 400
MAX_EXTRACTED: Final = 4_000_000
"""Characters of markup that trafilatura is asked about: it takes seconds for each million."""
LEAST_FOUND: Final = 0.6
"""Of the prose in a page's paragraphs that trafilatura must have found, else the page is read where its bulk is."""
MAX_LITTLE: Final = 2_500
"""Characters with which it has found an article, however much prose is around: comments, other posts."""
SMALL: Final = 300
"""Elements of a page on which even little prose is searched for."""
MAX_PARAGRAPHS: Final = 1_000
"""Paragraphs, none of them prose in an evident place, above which trafilatura isn't asked."""
MAX_ELEMENTS: Final = 1_500
MAX_DEPTH: Final = 60
CROWDED: Final = 25
"""Elements for each thousand characters of markup above which, on a page of over MAX_ELEMENTS, it is no real page's."""


@dataclass(frozen=True, slots=True)
class Text:
    """The blocks of a page's text, the recordings in it that no link leads to, whether the page says where they are."""

    blocks: list[Block]
    lost: list[Lost]
    evident: bool


def find_blocks(
    tree: HtmlElement, *, length: int, url: str | None, place: HtmlElement | None, headline: str | None
) -> Text:
    """The text of a page, without the headline.

    `length` is that of the markup, `place` the element that holds the headline. Numbers of lists are written into the
    tree (`write_numbers`).
    """
    blocks: list[Block] = []
    lost: list[Lost] = []
    evident = False
    write_numbers(tree)
    if not _is_crowded(tree, length):
        prose = weigh_prose(tree, place)
        region = find_region(prose)
        if region is not None:
            blocks, lost = read_contents(region, url)
        evident = bool(blocks)
        if not evident:
            blocks, lost = insert_insets(tree, _find_elsewhere(tree, prose, url, length), url)
    kept = _cut_tail(_drop_doubles(blocks or _read_paragraphs(tree), headline))
    return Text(kept, [one for one in lost if one.above in kept], evident)


def _find_elsewhere(tree: HtmlElement, prose: Prose, url: str | None, length: int) -> list[Block]:
    """The blocks that trafilatura finds, or those where the bulk of the prose is, if that is more."""
    blocks: list[Block] = []
    if has_extractor() and length <= MAX_EXTRACTED and not _is_long(tree):
        blocks = extract_blocks(tree, url, length=length, prose=prose.in_paragraphs)
    little = min(LEAST_FOUND * prose.in_paragraphs, MAX_LITTLE)
    # Of a short report it may give all that is in an <article> as one paragraph, headline and stamp among it.
    is_flat = len(blocks) == 1 and (prose.count > 1 or count_text(blocks) > prose.in_paragraphs > 0)
    if blocks and count_text(blocks) >= little and not is_flat:
        return blocks
    is_worth = prose.total() >= LEAST_REGION or count_elements(tree) <= SMALL
    bulk = find_bulk(prose) if is_worth else None
    return blocks if bulk is None else read_contents(bulk, url)[0] or blocks


def _drop_doubles(blocks: list[Block], headline: str | None) -> list[Block]:
    """The blocks without the headline, without captions as paragraphs, each paragraph once."""
    kept: list[Block] = []
    seen: set[Block] = set()
    for block in blocks:
        if isinstance(block, Subheadline | Paragraph) and headline is not None:
            is_above = not any(isinstance(one, Paragraph) for one in kept)
            if _is_headline(block.text, headline, is_above=is_above):
                continue
        if isinstance(block, Paragraph):
            last = kept[-1] if kept else None
            if is_caption(block.text) or block in seen:
                continue
            if isinstance(last, Image) and block.text in {last.caption, last.alt}:
                kept[-1] = replace(last, caption=last.caption or block.text)
                continue
        seen.add(block)
        kept.append(block)
    return kept


def _cut_tail(blocks: list[Block]) -> list[Block]:
    """The blocks without what follows a label such as "Weitere Meldungen" below the text."""
    end = len(blocks)
    for at in range(len(blocks) - 1, 0, -1):
        block = blocks[at]
        if isinstance(block, Paragraph | Subheadline):
            if _is_tail(block.text):
                end = at
            elif isinstance(block, Paragraph) and is_prose(block.text):
                break
    wall = next((at for at, block in enumerate(blocks) if at and _is_wall(block)), end)
    kept = blocks[: min(end, wall)]
    while kept and isinstance(kept[-1], Subheadline):
        kept.pop()
    return kept


def _is_wall(block: Block) -> bool:
    """Whether a block asks to pay for the rest of the text, with offers below it."""
    return isinstance(block, Paragraph | Subheadline) and len(block.text) <= MAX_TAIL and bool(_WALL.match(block.text))


def _is_crowded(tree: HtmlElement, length: int) -> bool:
    """Whether a page holds far more elements than pages do for their length, or nests them far deeper.

    Saved pages of newsrooms hold 3 to 23 for each thousand characters, 36 deep at most; trafilatura takes up to a
    second for 100 kB of markup that is nothing but tags, so that such a page is read in the plain way.
    """
    count = count_elements(tree)
    if count > MAX_ELEMENTS and count > CROWDED * length / 1000:
        return True
    return bool(tree.xpath(f"boolean(//*[count(ancestor::*) > {MAX_DEPTH}])"))


def _is_tail(text: str) -> bool:
    if len(text) <= MAX_SIGNED and _SIGNED.match(text):
        return True
    return len(text) <= MAX_TAIL and not text.endswith((".", "!", "?")) and _TAIL.match(text) is not None


def _is_long(tree: HtmlElement) -> bool:
    return bool(tree.xpath(f"count(//p) > {MAX_PARAGRAPHS}"))


def _read_paragraphs(tree: HtmlElement) -> list[Block]:
    """The paragraphs of the element that holds most of the page's text in paragraphs."""
    weights: dict[HtmlElement, int] = {}
    for paragraph in islice(tree.iter("p"), MAX_PARAGRAPHS):
        if (parent := paragraph.getparent()) is not None:
            weights[parent] = weights.get(parent, 0) + len(_text_of(paragraph).strip())
    weights = {parent: weight for parent, weight in weights.items() if weight and not _is_inside(parent)}
    if not weights:
        return []
    best = max(weights, key=lambda element: weights[element])
    blocks: list[Block] = []
    for element in best:
        if element.tag == "p" and (text := clean_line(_text_of(element))):
            blocks.append(Paragraph(text))
        elif element.tag in {"h2", "h3", "h4"} and (text := clean_line(_text_of(element))):
            blocks.append(Subheadline(text))
    return blocks


def _text_of(element: HtmlElement) -> str:
    # Most hold nothing but text, and there may be thousands.
    return element.text_content() if len(element) else element.text or ""


def _is_inside(element: HtmlElement) -> bool:
    return any(one.tag in SKIPPED for one in (element, *element.iterancestors()))


def _is_headline(text: str, headline: str, *, is_above: bool) -> bool:
    """Whether a block is the headline, with a stamp in front of it, or, above the text, a sign ("Plus") after it."""
    text, headline, more = text.casefold(), headline.casefold(), len(text) - len(headline)
    return (more <= MAX_FRONT and text.endswith(headline)) or (
        is_above and more <= MAX_SIGN and text.startswith(headline)
    )
