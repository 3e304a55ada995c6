"""The general reading: plain-text pages of sites that have no layout of their own.

The lines made whole give the outline, which tells what is no article; then head, text and dates are read. Each field
has its candidates, judged in `head` and `stamps`; what no line is good enough for stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from feeds.dates import Stamp
from feeds.parse.body import Line, is_sentence
from feeds.parse.boilerplate import NOTHING, Boilerplate, find_known
from feeds.parse.boxes import find_box
from feeds.parse.bylines import is_byline, is_person, join_bylines, without_place
from feeds.parse.categories import parse_category
from feeds.parse.credits import match_signature
from feeds.parse.dateline import LEAD_LINES, DatelineMatch, is_near
from feeds.parse.draft import Draft
from feeds.parse.edges import find_edges
from feeds.parse.ending import End, find_end, is_tool
from feeds.parse.head.headlines import is_service
from feeds.parse.head.judging import is_relative_stamp
from feeds.parse.head.reading import Head, find_head, read_beside, read_head
from feeds.parse.kinds.judging import judge_kind
from feeds.parse.manuscript import is_manuscript, read_manuscript
from feeds.parse.mending.bars import part_menus
from feeds.parse.mending.captions import drop_captions
from feeds.parse.mending.dumps import find_title, unmark
from feeds.parse.mending.fields import find_fields, read_fields
from feeds.parse.mending.inserts import drop_inserts
from feeds.parse.mending.notices import drop_notices
from feeds.parse.mending.quotes import drop_pull_quotes
from feeds.parse.mending.tiles import join_tiles
from feeds.parse.mending.wraps import unwrap
from feeds.parse.menus import find_menu
from feeds.parse.outline import Outline, find_outline
from feeds.parse.page import Page
from feeds.parse.paragraphs import read_paragraphs
from feeds.parse.paywalls import find_paywall
from feeds.parse.prose import NOISE_LINE, is_running_text
from feeds.parse.stamps.candidate import EARLIEST_YEAR, Candidate
from feeds.parse.stamps.changes import find_change_that_day
from feeds.parse.stamps.choice import choose
from feeds.parse.stamps.forms import has_date
from feeds.parse.stamps.openings import find_text_behind
from feeds.parse.stamps.seen import find_relative, may_be_seen
from feeds.parse.unusable import find_unusable_stamp
from feeds.parse.words import LETTER, LETTERS, MENU_ENTRIES, SECTIONS, any_of
from feeds.text import fold_spaces

_LETTER = re.compile(rf"(?:{any_of((*LETTERS, *LETTER))})\b", re.IGNORECASE)


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
    whole = lines = _list_lines(page, draft)
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
    published, updated = choose(candidates, headline=head.headline, tools=tools)
    start = read_head(head, draft, whole)
    text = _list_text(outline, start, candidates, draft, published=published, updated=updated)
    match = read_paragraphs(page, text, outline.address if published is None else published.day, draft)
    _read_dates(page, outline, head, zone, draft, published=published, updated=updated, match=match)
    if not draft.blocks and draft.headline is None:
        return draft.set_aside("empty", "nothing on it is an article's text")
    return draft


def _list_lines(page: Page, draft: Draft) -> list[Line]:
    """The lines of a page that hold something: paragraphs made whole, stamps and bylines put together."""
    whole = unwrap([fold_spaces(line) for line in part_menus(unmark(page.lines))])
    lines = [Line(offset, text) for offset, text in enumerate(whole) if text]
    lines = drop_captions(drop_notices(join_tiles(lines), draft), draft)
    lines = drop_pull_quotes(drop_inserts(lines, draft), draft)
    if not lines:
        return lines
    # Some papers repeat their name in brackets below the day.
    name = f"({lines[0].text})"
    draft.marks.extend((line.offset, "repeated") for line in lines if line.text == name)
    return join_bylines([line for line in lines if line.text != name])


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
    draft.marks.extend((lines[number].offset, "navigation") for number in sorted(navigation))
    draft.marks.extend((lines[number].offset, "footer") for number in sorted(footer))
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


def _list_text(
    page: Outline,
    start: int,
    candidates: Sequence[Candidate],
    draft: Draft,
    *,
    published: Candidate | None,
    updated: Candidate | None,
) -> list[Line]:
    """The lines of the text, which begins with number `start`, that are neither stamps nor bylines, nor in boxes."""
    lines, below = page.lines, page.first_prose
    end, loose = _find_end(lines, max(start, below), candidates, published, updated)
    if end < len(lines) and (author := _find_writer(lines[:start], lines[end].text)) is not None:
        draft.authors = draft.authors or (author,)
        draft.marks.append((lines[end].offset, "byline"))
        draft.found.append(("authors", lines[end].offset, "the writer of a letter"))
        end += 1
    draft.marks.extend(
        (lines[number].offset, "no sentence" if number in loose else "footer") for number in range(end, len(lines))
    )
    if (paywall := find_paywall(lines, start, end)) is not None:
        draft.access = "paid"
        draft.found.append(("access", lines[paywall].offset, "what the page says to those who don't pay"))
    numbers = [*range(start, min(page.lead + 1, below)), *range(max(start, below), end)]
    boxed = {at for number in numbers for at in find_box(lines, number)}
    draft.marks.extend((lines[number].offset, "navigation") for number in sorted(boxed))
    numbers = [number for number in numbers if number not in boxed]
    noise = [number for number in numbers if is_tool(lines, number)]
    draft.marks.extend((lines[number].offset, "navigation") for number in noise)
    numbers = [number for number in numbers if number not in noise]
    stamps = dict.fromkeys(one.number for one in candidates if one.whole)
    if published is not None and page.lead < published.number <= page.lead + LEAD_LINES:
        # "12. März 2021, 14:05 Uhr Quelle: Musterblatt 17 Kommentare" below the lead.
        text = lines[published.number].text
        stamps |= {} if is_sentence(text) or is_running_text(text) else {published.number: None}
    kept = frozenset(numbers)
    draft.marks.extend((lines[number].offset, "stamp") for number in stamps if number in kept)
    signed = {offset for offset, role in draft.marks if role == "byline"}
    # The page's first line is the site's name, which some say again, and the headline. One of several words, or a name
    # of a section, may be a sub-headline.
    site = {lines[0].text} if 0 not in numbers and lines[0].text.isalnum() else set()
    shown = {draft.headline, *(name for name in site if name.casefold() not in SECTIONS | MENU_ENTRIES)}
    draft.marks.extend((lines[number].offset, "repeated") for number in numbers if lines[number].text in shown)
    numbers = [number for number in numbers if number not in stamps and lines[number].text not in shown]
    body = [lines[number] for number in numbers if lines[number].offset not in signed]
    if published is not None and published.kind == "opening":
        opened = lines[published.number]
        rest = Line(opened.offset, opened.text[find_text_behind(opened.text, published) :])
        body = [rest if line is opened else line for line in body]
    return body


def _find_end(
    lines: Sequence[Line],
    start: int,
    candidates: Sequence[Candidate],
    published: Candidate | None,
    updated: Candidate | None,
) -> End:
    """The End of the text, which begins with number `start`: the stamps of others end it."""
    whole = [one for one in candidates if one.whole]
    if published is None:
        # Days alone may be those of a chronicle.
        whole = [one for one in whole if one.has_clock]
    # The stamp of an addition to the text ends nothing.
    others = [one for one in whole if updated is None or one.number != updated.number]
    days = {one.number: one.day for one in others}
    end, loose = find_end(lines, start, days, None if published is None else published.day)
    # Who wrote a text signs below it, too.
    is_signed = end < len(lines) and (match_signature(text := lines[end].text) is not None or is_byline(text))
    return End(end + is_signed, loose)


def _find_writer(head: Sequence[Line], text: str) -> str | None:
    """Who wrote a letter, by the line below it: "Erika Muster, Musterstadt"; None where the head names no letter."""
    name = without_place(text)
    return name if is_person(name) and any(_LETTER.match(line.text) for line in head) else None


def _read_dates(
    page: Page,
    outline: Outline,
    head: Head,
    zone: ZoneInfo,
    draft: Draft,
    *,
    published: Candidate | None,
    updated: Candidate | None,
    match: DatelineMatch | None,
) -> None:
    """Read the days of publication and change into the draft, out of the stamps chosen for them, else what else tells.

    `match` is the dateline.
    """
    lines = outline.lines
    is_loose = published is None or may_be_seen(published, head.headline)
    if published is not None and is_loose and match is not None and not is_near(match.dateline, published.match.stamp):
        # A dateline is near the publication.
        published = None
    relative = find_relative(lines, outline.candidates, headline=head.headline, zone=zone) if is_loose else None
    if relative is not None:
        published = None
        number, seen = relative
        draft.published = seen.stamp
        rule = f"from the day on which the page was seen: {seen.text!r}"
        draft.found.append(("published", lines[number].offset, rule))
    _read_stamps(page, lines, published, updated, draft)
    if draft.published is None:
        _date_otherwise(match, outline.address, draft)
    if draft.published is None and updated is not None and _is_only_stamp(lines, updated, head):
        draft.published, draft.updated = updated.match.stamp, None
        draft.found.append(("published", lines[updated.number].offset, f"the only stamp: {updated.match.text!r}"))
    if draft.published is None and page.front.published is None:
        problem = find_unusable_stamp(
            lines, headline=head.headline, first_prose=outline.first_prose, zone=zone, first_line=page.first_line
        )
        draft.problems += [] if problem is None else [problem]


def _read_stamps(
    page: Page, lines: Sequence[Line], published: Candidate | None, updated: Candidate | None, draft: Draft
) -> None:
    for name, candidate in (("published", published), ("updated", updated)):
        if candidate is None:
            continue
        offset = lines[candidate.number].offset
        rule = f"{candidate.match.label or 'stamp'}: {candidate.match.text!r} (score {candidate.score})"
        draft.found.append((name, offset, rule))
        # "(mla) | 25.11.26, 06:15": it shares its line with what is no text.
        draft.marks = [(at, "stamp" if at == offset and role == "navigation" else role) for at, role in draft.marks]
    if published is not None:
        draft.published = published.match.stamp
        if published.kind != "opening" and (not published.whole or published.kind == "signed"):
            read_beside(lines[published.number].text, published, page.front.url, draft)
    if updated is not None:
        draft.updated = updated.match.stamp
    elif published is not None and (change := find_change_that_day(lines[published.number].text, published)):
        draft.updated = change
        draft.found.append(("updated", lines[published.number].offset, "the clock of a change behind the stamp"))


def _date_otherwise(match: DatelineMatch | None, address: date | None, draft: Draft) -> None:
    """The date of a page without a stamp: that of its address, else that of its dateline."""
    if address is not None:
        draft.published = Stamp(address, "day")
        draft.found.append(("published", None, "the date in the address"))
    elif match is not None and match.date is not None and match.date.year >= EARLIEST_YEAR:
        draft.published = Stamp(match.date, "day")
        draft.found.append(("published", draft.offset_of("dateline"), "the dateline's date"))


def _is_only_stamp(lines: Sequence[Line], state: Candidate, head: Head) -> bool:
    """Whether a state with its clock, right below the text, is all that a page says: "Stand: 17.12.2010, 16.00 Uhr".

    A day alone may be that of the site, and what is below a label that of a forecast or a table.
    """
    if not (state.is_state and state.has_clock and state.number and is_sentence(lines[state.number - 1].text)):
        return False
    return not any(is_relative_stamp(line.text) for line in head.lines)
