"""Saved HTML pages: what they say for machines first, then their text.

The headline is read in `titles`, the date in `publication`, the text in `blocks`; here it is decided whether a page is
an article at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal, cast
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from lxml.html import HtmlElement

from feeds.article import Block, Image, Paragraph, Quote, Subheadline
from feeds.dates import Stamp
from feeds.errors import Problem, say_number
from feeds.parse.addresses import join_address
from feeds.parse.agencies import mentions_any, read_sources
from feeds.parse.bylines import is_signature, parse_byline
from feeds.parse.categories import first_label
from feeds.parse.credits import read_dateline, read_signature
from feeds.parse.draft import Draft, Role
from feeds.parse.head.headlines import is_service
from feeds.parse.html.around import drop_around
from feeds.parse.html.blocks import find_blocks
from feeds.parse.html.bylines import read_names_alone
from feeds.parse.html.extractor import has_extractor
from feeds.parse.html.kinds import calls_itself_article, is_front, is_list
from feeds.parse.html.leads import find_kickers, find_lead
from feeds.parse.html.metadata import Metadata, find_metadata
from feeds.parse.html.naming import few_words
from feeds.parse.html.pictures import make_image
from feeds.parse.html.publication import read_dates
from feeds.parse.html.recordings import Lost, is_recording
from feeds.parse.html.sections import find_sections
from feeds.parse.html.titles import read_headline
from feeds.parse.html.tree import parse_tree
from feeds.parse.html.value import Value
from feeds.parse.html.visible import find_lines
from feeds.parse.kinds.judging import FORM_PROSE
from feeds.parse.kinds.walls import find_wall
from feeds.parse.page import Page
from feeds.parse.prose import is_notice, is_prose
from feeds.parse.stamps.candidate import EARLIEST_YEAR
from feeds.parse.stamps.forms import drop_stamps
from feeds.text import clean_line

LEAST_TEXT: Final = 200
"""Characters below which a page that calls itself a video or a list is none of an article."""
HEAD_BLOCKS: Final = 4
"""Blocks at the beginning of a text, one of which may be its byline."""
_COUNT = re.compile(r"\s\((?:Kommentare: \d+|\d+ Kommentare?)\)$")
_AGE = re.compile(r"\d\d?\|\d\d?\|\d{4}|vor (?:\d{1,3}|eine[mr]?) \w{3,10}")
"""Lines of a head that are stamps, though no date can be read in them."""
_FIELDS = re.compile(
    r"(?=.{0,80}\b(?:Typ|Nummer|Nr\.|\w*[Dd]atum|Kategorie|Rubrik|Ressort|Ausgabe)\s?:)"
    r"(?:[A-ZÄÖÜ][\w-]{1,24}\s?:\s[^:,|]{1,40}?\s?[,|]\s){1,5}[A-ZÄÖÜ][\w-]{1,24}\s?:\s[^:,|]{1,40}(?<![.!?])"
)
"""What an office's release says of itself: "Typ: Mitteilung , Nummer: 12/2016 , Datum: 28.04.2016"."""
MAX_BUTTONS: Final = 200
"""Buttons that are looked at for what a page asks its readers for."""
MAX_LABEL: Final = 100
_BUTTONS: Final = "//button | //a[@href] | //input[@type='submit' or @type='button']"
_ROLES: Final[dict[str, Role]] = {
    "headline": "headline",
    "published": "stamp",
    "updated": "stamp",
    "category": "category",
    "authors": "byline",
    "summary": "lead",
}
SAVED_LINES: Final = 12
MAX_SAVED: Final = 4_000
"""Lines at the top of a file that may say where it was saved from, and characters of them, at most."""
_SAVED_FROM = re.compile(
    r"<!--\s{0,9}(?:saved from url=\(\d{1,5}\)|Page saved with SingleFile\s{1,9}url:\s)(?P<url>https?://[^\s>]{1,2000})"
)
MAX_END: Final = 30
"""Characters at the end of a line by which it is known as one of the text."""
MAX_ARTICLES: Final = 5
"""A page that describes more articles than this, and doesn't call itself one, is a list of them."""


def read_html(page: Page, url: str | None, zone: ZoneInfo, *, names: Sequence[str | None] = ()) -> Draft:
    """A saved HTML page as a Draft; `names` are those by which its site is known."""
    draft = Draft()
    tree = parse_tree(page, draft)
    if isinstance(tree, Draft):
        return tree
    metadata = find_metadata(tree, url=url, names=names)
    draft.problems.extend(metadata.problems)
    addresses = (join_address(None, value.text) for value in metadata.url)
    draft.url = next(filter(None, addresses), None) or _read_saved_from(page)
    if _is_overview(tree, metadata, url, draft):
        return draft
    base = _find_base(tree, url or draft.url)
    read_headline(tree, metadata, zone, draft)
    blocks = _read_text(tree, metadata, base, page, draft)
    if _is_medium(metadata, draft) or _is_service(blocks, draft) or _is_wall(tree, metadata, draft):
        return draft
    kickers = find_kickers(metadata.place.headline)
    _read_words(metadata, draft)
    if draft.category is None:
        _read_section(find_sections(tree, metadata.place, kickers, headline=draft.headline), draft)
    signed = set[str]() if draft.authors else read_names_alone(metadata.place, zone, draft)
    _drop_head(draft, kickers | signed)
    _read_image(metadata, base, draft)
    read_dates(tree, metadata, base, zone, draft)
    named = read_dateline(draft, published=None if draft.published is None else draft.published.day)
    read_signature(draft)
    if draft.published is None and named is not None and named.year >= EARLIEST_YEAR:
        draft.published = Stamp(named, "day")
        draft.found.append(("published", None, "the dateline's date"))
    drop_stamps(draft.blocks, zone)
    drop_around(draft)
    _read_sources(tree, metadata, page, draft)
    if not draft.blocks and draft.headline is None:
        return draft.set_aside("empty", "nothing on it is an article's text")
    draft.marks.extend((at, _ROLES[name]) for name, at, _ in draft.found if at is not None and name in _ROLES)
    return draft


def _read_sources(tree: HtmlElement, metadata: Metadata, page: Page, draft: Draft) -> None:
    """Whose text it is, of what the page shows around it."""
    if not any(map(mentions_any, page.lines)):
        return
    # A line has its dateline still, which is taken off the block.
    ends = {block.text[-MAX_END:] for block in draft.blocks if isinstance(block, Paragraph | Subheadline)}
    lines = [line.text for line in find_lines(tree, metadata.place)]
    roles: dict[int, Role] = {number: "body" for number, line in enumerate(lines) if line[-MAX_END:] in ends}
    roles |= {number: "headline" for number, line in enumerate(lines) if line == draft.headline}
    read_sources(draft, lines, roles)


def _find_base(tree: HtmlElement, url: str | None) -> str | None:
    """What addresses on a page at `url` are relative to."""
    element = None if url is None else tree.find(".//base[@href]")
    return url if element is None else join_address(url, element.get("href")) or url


def _read_text(tree: HtmlElement, metadata: Metadata, base: str | None, page: Page, draft: Draft) -> list[Block]:
    """Read the text into the draft, with the lead that is apart from it.

    Returns the blocks without that lead.
    """
    place, length = metadata.place.headline, sum(map(len, page.lines))
    text = find_blocks(tree, length=length, url=base, place=place, headline=draft.headline)
    blocks = text.blocks
    shown = {block.text for block in blocks if isinstance(block, Paragraph | Subheadline)}
    if blocks and (lead := find_lead(place, shown)) is not None:
        draft.blocks.append(Paragraph(lead))
    draft.blocks.extend(blocks)
    if not text.evident and not has_extractor():
        hint = "install the extra: pip install '.[html]', in the folder that holds the program's README.md"
        draft.problems.append(Problem("no-extractor", "the text was found in a plain way", hint=hint))
    draft.problems.extend(_tell_lost(text.lost, page))
    return blocks


def _tell_lost(lost: Sequence[Lost], page: Page) -> Iterator[Problem]:
    """What was left out of a text, with the line of the first of its kind."""
    if recordings := [one for one in lost if one.kind == "recording"]:
        what = f"{say_number(len(recordings), 'recording')} left out, for no address is known that readers could open"
        hint = "link to it in the text, with its whole address (https://…)"
        first = recordings[0]
        yield Problem("unlinked-recording", what, page.first_line + first.offset, first.address or None, hint)
    if tables := [one for one in lost if one.kind == "table"]:
        what = f"{say_number(len(tables), 'table')} left out, for nothing says that data is in it"
        hint = "give it a head (<th>) or a caption, or end the line above it with a colon"
        yield Problem("unlabelled-table", what, page.first_line + tables[0].offset, None, hint)


def _is_overview(tree: HtmlElement, metadata: Metadata, url: str | None, draft: Draft) -> bool:
    """Whether a page is a site's home or a list, as its head shows without its text."""
    kinds = metadata.kinds
    # One of the two is often its site's alone: that of a careless crawl, or of a careless canonical link.
    addresses = [address for address in (url, draft.url) if address is not None]
    if addresses and all(map(_is_home, addresses)) and not calls_itself_article(tree, metadata):
        draft.set_aside("home", "its address is that of a home page")
    elif (
        is_list(tree, metadata)
        or is_front(tree, metadata)
        or (metadata.articles > MAX_ARTICLES and "article" not in kinds)
    ):
        draft.set_aside("index", "it calls itself a list of articles")
    elif metadata.is_live:
        draft.set_aside("ticker", "it calls itself a live blog")
    return draft.kind != "article"


def _is_medium(metadata: Metadata, draft: Draft) -> bool:
    """Whether a page is a video or a gallery: it says so, and has next to no text."""
    texts = (block for block in draft.blocks if isinstance(block, Paragraph) and not is_recording(block))
    if sum(len(block.text) for block in texts) >= LEAST_TEXT:
        return False
    kinds = metadata.kinds
    if "VideoObject" in kinds or any(kind.startswith("video") for kind in kinds):
        draft.set_aside("video", "it calls itself a video and has no text")
    elif "ImageGallery" in kinds:
        draft.set_aside("gallery", "it calls itself a gallery and has no text")
    return draft.kind != "article"


def _is_service(blocks: Sequence[Block], draft: Draft) -> bool:
    """Whether a page is one that any site has, as its headline says, or all the blocks of its text do."""
    if is_service(draft.headline):
        draft.set_aside("service", "its headline is that of an imprint, a missing page or the like")
    elif blocks and all(isinstance(block, Paragraph) and is_notice(block.text) for block in blocks):
        draft.set_aside("empty", "it says that it needs scripts or cookies, and nothing else")
    return draft.kind != "article"


def _is_wall(tree: HtmlElement, metadata: Metadata, draft: Draft) -> bool:
    """Whether a page asks its readers for consent, a password or the like, and has no text."""
    paragraphs = sum(isinstance(block, Paragraph) and is_prose(block.text) for block in draft.blocks)
    if paragraphs > FORM_PROSE or calls_itself_article(tree, metadata):
        return False
    buttons = cast("list[HtmlElement]", tree.xpath(_BUTTONS))[:MAX_BUTTONS]
    labels = [few_words(button) or clean_line(button.get("value") or "")[:MAX_LABEL] for button in buttons]
    if find_wall(labels) is None:
        return False
    lines = (line.text for line in find_lines(tree, metadata.place))
    texts = (block.text for block in draft.blocks if isinstance(block, Paragraph | Quote))
    if (wall := find_wall([*labels, *lines, *texts])) is not None:
        draft.set_aside("service", wall)
    return draft.kind != "article"


def _is_home(url: str) -> bool:
    return urlsplit(url).path in {"", "/"} and not urlsplit(url).query


def _read_saved_from(page: Page) -> str | None:
    """The address that a browser, or SingleFile, wrote into a comment at the top of what it saved."""
    match = _SAVED_FROM.search("\n".join(page.lines[:SAVED_LINES])[:MAX_SAVED])
    return None if match is None else join_address(None, match["url"])


def _read_words(metadata: Metadata, draft: Draft) -> None:
    """Summary, category, authors, tags, language, access."""
    if metadata.summary:
        value = metadata.summary[0]
        draft.summary = value.text
        draft.found.append(("summary", value.offset, value.rule))
    if metadata.section:
        value = metadata.section[0]
        draft.category = first_label(value.text)
        draft.found.append(("category", value.offset, value.rule))
    names = [
        name for value in metadata.authors if not value.text.startswith("http") for name in _split_names(value.text)
    ]
    if names:
        draft.authors = tuple(dict.fromkeys(names))
        draft.found.append(("authors", metadata.authors[0].offset, metadata.authors[0].rule))
    draft.tags = metadata.tags
    draft.language = metadata.language
    if metadata.access is not None:
        draft.found.append(("access", None, "what the page says for machines"))
    draft.access = cast("Literal['free', 'paid'] | None", metadata.access)


def _read_section(sections: list[Value], draft: Draft) -> None:
    """The category, where the page shows one."""
    if sections:
        draft.category = sections[0].text
        draft.found.append(("category", sections[0].offset, sections[0].rule))


def _split_names(text: str) -> Iterable[str]:
    return parse_byline(text) or parse_byline(f"Von {text}") or (text,)


def _drop_head(draft: Draft, shown: set[str]) -> None:
    """Take off the text what is above it, and is known: the byline, the kicker, the category; and who signs below.

    `shown` are lines of the head.
    """
    known = {draft.kicker, draft.category, *draft.authors, *shown}
    for at in range(min(HEAD_BLOCKS, len(draft.blocks)) - 1, -1, -1):
        block = draft.blocks[at]
        if not isinstance(block, Paragraph | Subheadline):
            continue
        text = _COUNT.sub("", block.text.lstrip(" |"))
        if block.text in known or is_signature(text) or _AGE.fullmatch(block.text) or _FIELDS.fullmatch(block.text):
            del draft.blocks[at]
    last = draft.blocks[-1] if draft.blocks else None
    if isinstance(last, Paragraph) and last.text in draft.authors:
        draft.blocks.pop()


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
