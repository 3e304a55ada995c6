"""The general reading: plain-text pages of sites that have no layout of their own.

The lines made whole give the outline, which tells what is no article; then head, text and dates are read. Each field
has its candidates, judged in `head` and `stamps`; what no line is good enough for stays unknown.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from zoneinfo import ZoneInfo

from feeds.parse.body import Line
from feeds.parse.boilerplate import NOTHING, Boilerplate, find_known
from feeds.parse.bylines import is_person
from feeds.parse.categories import parse_category
from feeds.parse.dating import read_dates
from feeds.parse.draft import Draft
from feeds.parse.edges import find_edges
from feeds.parse.head.headlines import is_service
from feeds.parse.head.reading import Head, find_head, read_head
from feeds.parse.kinds.judging import judge_kind
from feeds.parse.manuscript import is_manuscript, read_manuscript
from feeds.parse.mending.dumps import find_title
from feeds.parse.mending.fields import find_fields, read_fields
from feeds.parse.mending.whole import mend
from feeds.parse.menus import find_menu
from feeds.parse.outline import Outline, find_outline
from feeds.parse.page import Page
from feeds.parse.paragraphs import read_paragraphs
from feeds.parse.prose import NOISE_LINE, is_running_text
from feeds.parse.running import list_text
from feeds.parse.stamps.candidate import Candidate
from feeds.parse.stamps.choice import choose
from feeds.parse.stamps.forms import has_date


def read_generally(page: Page, url: str | None, zone: ZoneInfo, boilerplate: Boilerplate = NOTHING) -> Draft:
    """A page of any site as a Draft, without the lines that are known to be on many pages of its source."""
    if is_manuscript(page, zone, boilerplate):
        return read_manuscript(page, zone)
    fields, end = find_fields(page.lines)
    if not fields:
        return _read_lines(page, url, zone, boilerplate)
    draft = _read_lines(replace(page, lines=("",) * end + page.lines[end:]), url, zone, boilerplate)
    if draft.kind == "article":
        read_fields(fields, zone, draft, first_line=page.first_line)
    return draft


def _read_lines(page: Page, url: str | None, zone: ZoneInfo, boilerplate: Boilerplate) -> Draft:
    draft = Draft()
    whole = lines = mend(page, draft)
    if not whole:
        return draft.set_aside("empty", "there is nothing below the front matter")
    known = find_known(whole, boilerplate)
    sections = {number for number in known if parse_category(whole[number].text, url=url) is not None}
    chosen = None
    if 0 < len(known) < len(whole):
        own = [line for number, line in enumerate(whole) if number not in known or number in sections]
        outline = find_outline(own, url, zone)
        has_text = any(is_running_text(line.text) for number, line in enumerate(whole) if number not in known)
        if not has_text and (kind := judge_kind(outline)) is not None:
            return draft.set_aside(*kind)
        chosen = _choose_headline(page, outline, whole, zone)
        lines = _without_edges(whole, known, sections, None if chosen is None else chosen[0], draft)
    outline = find_outline(lines, url, zone)
    if (kind := judge_kind(outline)) is not None:
        return draft.set_aside(*kind)
    head, candidates = _find_head(page, outline, chosen)
    if head.headline is not None and is_service(head.lines[head.headline].text):
        return draft.set_aside("service", "its headline is that of an imprint, a missing page or the like")
    below = () if head.headline is None else range(head.headline + 1, outline.first_prose)
    tools = [number for number in below if NOISE_LINE.fullmatch(head.lines[number].text)]
    stamps = choose(candidates, headline=head.headline, tools=tools)
    start = read_head(head, draft, whole)
    text = list_text(outline, start, candidates, stamps, draft)
    day = outline.address if stamps.published is None else stamps.published.day
    match = read_paragraphs(page, text, day, draft)
    read_dates(page, outline, head, stamps, match, zone=zone, draft=draft)
    if not draft.blocks and draft.headline is None:
        return draft.set_aside("empty", "nothing on it is an article's text")
    return draft


def _choose_headline(page: Page, own: Outline, lines: Sequence[Line], zone: ZoneInfo) -> tuple[int, str] | None:
    """The offset of the headline on a page some of whose `lines` recur, and the rule by which it is that.

    It is one of the page's `own`, where one is good enough. Where that is a name or a sentence, or where there is none,
    it is that of every day, "Das Wetter", which is not the site's name: the first line, with no stamp below it.
    """
    head, _ = _find_head(page, own)
    found = None if head.headline is None else (own.lines[head.headline], head.rule)
    if found is None or is_person(found[0].text) or is_running_text(found[0].text):
        head, _ = _find_head(page, find_outline(lines, own.url, zone))
        if head.headline is not None and (head.headline > 0 or has_date(lines[1].text)):
            line = lines[head.headline]
            found = found if is_running_text(line.text) else (line, head.rule)
    return None if found is None else (found[0].offset, found[1])


def _without_edges(
    lines: list[Line], known: Set[int], sections: Set[int], headline: int | None, draft: Draft
) -> list[Line]:
    """The lines of a page without those of the `known` ones that are navigation; the headline is at this offset."""
    number = next((number for number, line in enumerate(lines) if line.offset == headline), None)
    edges = find_edges(lines, known, headline=number)
    # A section's name above the text may be the category, and is needed to tell what is a menu.
    navigation, footer = edges.navigation - sections, edges.footer
    draft.mark((lines[number].offset for number in sorted(navigation)), "navigation")
    draft.mark((lines[number].offset for number in sorted(footer)), "footer")
    return [line for number, line in enumerate(lines) if number not in navigation and number not in footer]


def _find_head(page: Page, outline: Outline, chosen: tuple[int, str] | None = None) -> tuple[Head, list[Candidate]]:
    """The head of a page, and the dates that may be its stamp; `chosen` are its headline's offset and rule if known."""
    menu = find_menu([line.text for line in outline.lines[: outline.lead]])
    # The day on which the page was seen is above the menu, and its entries may have days of their own.
    candidates = [
        one for one in outline.candidates if one.labelled or one.number >= (menu.start if one.whole else menu.stop)
    ]
    title = find_title(page.lines)
    offsets = [line.offset for line in outline.lines]
    titled = None if title is None or title not in offsets else offsets.index(title)
    known = None if chosen is None else (offsets.index(chosen[0]), chosen[1])
    head = find_head(outline, candidates, menu=menu.start, titled=titled, chosen=known)
    if head.headline is None:
        # The day on which the page was seen is known by the headline below it.
        candidates = [one for one in candidates if one.kind != "masthead"]
    return head, candidates
