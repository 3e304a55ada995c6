"""The general reading: plain-text pages of sites that have no layout of their own.

Three steps: where the running text begins, which lines of the head are headline, stamp, byline and category, and where
the text ends. Each field has its candidates, judged in `headlines` and `stamps`; what no line is good enough for stays
unknown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import chain, pairwise, takewhile
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from feeds.article import Dateline
from feeds.dates import Stamp
from feeds.parse.body import Line, add_blocks, find_wrap, is_caption, is_sentence, join_wrapped
from feeds.parse.boilerplate import NOTHING, Boilerplate, find_footer, find_known
from feeds.parse.dateline import DatelineMatch, match_dateline, settle_year
from feeds.parse.draft import Draft, Role
from feeds.parse.evidence import LEAST_SCORE, Candidate, day_of
from feeds.parse.headlines import (
    find_headline,
    is_byline,
    is_person,
    is_service,
    join_bylines,
    parse_byline,
    parse_category,
)
from feeds.parse.layouts import Layout
from feeds.parse.page import Page
from feeds.parse.stamps import choose, find_address_date, find_candidates, is_stamp, join_tiles
from feeds.parse.words import AGENCIES, BANNERS, NOISE, TAILS, any_of

PROSE: Final = 80
"""Characters from which a line with a sentence in it is a paragraph."""
LABEL: Final = 90
"""Characters that a label has at most where the text ends."""
BANNER_LINES: Final = 12
"""Lines of the head within which notices about cookies stand."""
BELOW_LEAD: Final = 14
"""Lines between a lead and the text, at most."""
TOOL_BLANKS: Final = 3
"""Blanks in a line above the stamp there that is no teaser's headline ("In Pocket speichern"), at most."""
LEAST_BELOW_LEAD: Final = 2
"""Paragraphs below, at least: a lead is the first part of something longer."""
MAX_SIGNERS: Final = 3
"""Authors whose names stand below each other, at most."""
MAX_LINES: Final = 20_000

_SENTENCE_INSIDE = re.compile(r"[a-zäöüß“”\"»)][.!?][“”\"«]?\s+[„“\"»A-ZÄÖÜ]")
_SHORT_SENTENCE = re.compile(r"(?:\S+\s+){2,}\S+[.!?][“”\"«]?$")
_BANNER = re.compile(rf"\b(?:{any_of(BANNERS)})\b")
_TAIL = re.compile(any_of(TAILS))
# What follows is about other articles.
_ELSEWHERE = re.compile(
    r"Lesen Sie|Mehr (?:zum|lesen)|Auch interessant|Das könnte|Weitere\b|Verwandte|Ähnliche|Meist|Zum Thema|Aktuelle"
)
_AGENCY_END = re.compile(
    rf"[(\[]?(?P<agency>(?:{any_of(AGENCIES)})(?:[-/, ]{{1,2}}[A-Za-zÄÖÜäöü]{{2,12}}){{0,4}})[)\]]?"
)
_SEPARATOR = re.compile(r"\s[/|·•]\s|\s[–—]\s.+\s[–—]\s")
_NOISE = re.compile(any_of(NOISE))
_UPDATE = re.compile(r"(?:\+{2,3}\s?)?(?:UPDATE|Update|\d{1,2}[.:]\d{2}\sUhr)\b[^\n]{0,25}[:+]")
_CHANGED = re.compile(r"Update|Nachtrag|Aktualisiert|Korrektur", re.IGNORECASE)
_IMPRINT = re.compile(r"Angaben (?:gemäß|nach) §\s?5\b")
_PLAYER = re.compile(r"(?:Video )?[Aa]bspielen|Video starten")
_HOUR = re.compile(r"\d{1,2}[.:]\d{2}(?: Uhr)?")
_KINDS: Final = {
    "video": "video", "videos": "video", "bildergalerie": "gallery", "bildergalerien": "gallery",
    "fotostrecke": "gallery",    "fotostrecken": "gallery", "galerie": "gallery", "gallery": "gallery",
}  # fmt: skip


def read_generally(page: Page, url: str | None, zone: ZoneInfo, boilerplate: Boilerplate = NOTHING) -> Draft:
    """A page of any site as a Draft, without the lines that are known to be on many pages of its source."""
    draft = Draft()
    lines = [Line(offset, text) for offset, whole in enumerate(page.lines[:MAX_LINES]) if (text := whole.strip())]
    lines = join_tiles(lines)
    if not lines:
        return draft.set_aside("empty", "there is nothing below the front matter")
    if boilerplate.lines:
        lines = _without_boilerplate(lines, boilerplate, url, draft)
    lines = join_bylines(lines)
    address = find_address_date(url)
    lead = _find_first_prose(lines)
    below = _find_text_below(lines, lead, zone)
    candidates = find_candidates(lines, zone=zone, first_prose=below, address=address)
    if _is_none(lines, below, candidates, url, draft):
        return draft
    stamps = [candidate.number for candidate in candidates if candidate.whole and candidate.number < below]
    published, _ = choose(candidates, headline=None)
    unstuck, stuck = _unstick(lines, lead, published)
    found = find_headline(unstuck, end=max(lead, 1) if stuck is None else stuck + 1, stamps=stamps, url=url)
    published, updated = choose(candidates, headline=None if found is None else found[0])
    if found is not None and is_service(unstuck[found[0]].text):
        return draft.set_aside("service", "its headline is that of an imprint or the like")
    start = _read_head(unstuck, lead, range(lead + 1, below), found, stamps=stamps, url=url, draft=draft)
    days = {one.number: day_of(one.match.stamp.value) for one in candidates if one.whole}
    day = None if published is None else day_of(published.match.stamp.value)
    end = _find_end(lines, max(start, below), days, day)
    numbers = [*range(start, min(lead + 1, below)), *range(max(start, below), end)]
    draft.marks.extend((line.offset, "footer") for line in lines[end:])
    draft.marks.extend((lines[number].offset, "stamp") for number in days if number in numbers)
    match = _read_body(page, [lines[number] for number in numbers if number not in days], draft)
    _read_stamps(page, lines, published, updated, draft)
    if draft.published is None:
        _date_otherwise(match, address, draft)
    if match is not None and draft.dateline is not None and draft.published is not None:
        draft.dateline = settle_year(draft.dateline, day_of(draft.published.value))
    if not draft.blocks and draft.headline is None:
        return draft.set_aside("empty", "nothing on it is an article's text")
    return draft


def _without_boilerplate(lines: list[Line], boilerplate: Boilerplate, url: str | None, draft: Draft) -> list[Line]:
    known = find_known(lines, boilerplate)
    kept = [line for line in lines if line.offset not in known]
    if not kept:
        return lines
    footer = find_footer(lines, known, behind=kept[_find_first_prose(kept)].offset) if len(kept) > 1 else None
    # A section's name recurs too, and is needed.
    known = frozenset(
        line.offset for line in lines if line.offset in known and parse_category(line.text, url=url) is None
    )
    draft.marks.extend((line.offset, "navigation") for line in lines if line.offset in known)
    if footer is not None:
        draft.marks.extend((line.offset, "footer") for line in lines if line.offset >= footer)
    return [line for line in lines if line.offset not in known and (footer is None or line.offset < footer)]


def is_prose(text: str) -> bool:
    """Whether a line is a paragraph of running text."""
    return len(text) >= PROSE and (is_sentence(text) or len(text) >= 160 or _SENTENCE_INSIDE.search(text) is not None)


def is_notice(text: str) -> bool:
    """Whether a line is a notice about the site: its cookies, its scripts."""
    return _BANNER.search(text) is not None


def _find_first_prose(lines: Sequence[Line]) -> int:
    """The number of the first paragraph: of running text, else the first whole sentence, else behind the last line."""
    for number, line in enumerate(lines):
        if (
            is_prose(line.text)
            and not is_caption(line.text)
            and not (number < BANNER_LINES and _is_banner(lines, number))
        ):
            return number
    wrap = find_wrap(lines)
    for number, line in enumerate(lines):
        if (number or len(lines) == 1) and _SHORT_SENTENCE.fullmatch(line.text):
            return number
        if wrap is not None and number > 1 and len(line.text) > wrap - 12:
            return number
    return min(len(lines) - 1, 1)


def _find_text_below(lines: Sequence[Line], lead: int, zone: ZoneInfo) -> int:
    """The number of the first paragraph below the head: `lead`, or where a stamp stands below that, the one behind it.

    Between a lead and the text stand stamp, byline, caption and what one can do with the page, all of them short; and
    no stamp stands above it.
    """
    behind = next((number for number in range(lead + 1, len(lines)) if is_prose(lines[number].text)), len(lines))
    between = [line.text for line in lines[lead + 1 : behind]]
    if not between or len(between) > BELOW_LEAD or _BANNER.search(lines[lead].text):
        return lead
    stamp = next((number for number, text in enumerate(between) if is_stamp(text, zone)), None)
    if stamp is None or any(is_stamp(line.text, zone) for line in lines[:lead]):
        return lead
    if any(text.count(" ") > TOOL_BLANKS and not is_caption(text) for text in between[:stamp]):
        return lead
    if any(_ELSEWHERE.match(text) for text in between):
        return lead
    text = list(takewhile(_goes_on, (line.text for line in lines[behind:])))
    if any(is_stamp(line, zone) and not _CHANGED.match(above) for above, line in pairwise(text)):
        # Another item has its stamp there, too.
        return lead
    prose = sum(map(is_prose, text))
    return behind if prose >= LEAST_BELOW_LEAD else lead


def _goes_on(text: str) -> bool:
    return len(text) >= LABEL or _TAIL.match(text) is None


def _is_banner(lines: Sequence[Line], number: int) -> bool:
    """Whether a line is a notice about the site, or stands below the title of one."""
    return any(_BANNER.search(line.text) for line in lines[max(0, number - 1) : number + 1])


def _is_none(
    lines: Sequence[Line], first_prose: int, candidates: Sequence[Candidate], url: str | None, draft: Draft
) -> bool:
    """Whether the page is no single article; the draft then says why."""
    prose = sum(1 for line in lines if is_prose(line.text))
    segments = [] if url is None else urlsplit(url).path.casefold().strip("/").split("/")
    if url is not None and segments == [""] and not urlsplit(url).query and prose < 3:
        draft.set_aside("home", "its address is that of a home page")
    elif prose <= 1 and (kind := next((_KINDS[part] for part in segments if part in _KINDS), None)) is not None:
        draft.set_aside(kind, f"its address is that of a {kind}, and it has no text")
    elif any(_IMPRINT.match(line.text) for line in lines[:first_prose]):
        draft.set_aside("service", "it is an imprint")
    elif prose <= 1 and any(_PLAYER.fullmatch(line.text) for line in lines):
        draft.set_aside("video", "it has a player, and no text")
    else:
        inside = [one for one in candidates if one.whole and one.number > first_prose and one.match.label is None]
        clocks = [one for one in inside if isinstance(one.match.stamp.value, datetime)]
        hours = sum(1 for line in lines if len(line.text) < 12 and _HOUR.fullmatch(line.text))
        dated = any(one.score >= LEAST_SCORE for one in candidates if one.number < first_prose)
        if (
            len({one.match.stamp.value for one in clocks}) >= 2
            and not dated
            and _have_headlines(lines, clocks, first_prose)
        ):
            draft.set_aside("ticker", "several items, each with a stamp and a headline of its own")
        elif len(lines) >= 8 and prose <= 1 and (len(inside) >= 4 or hours >= 4):
            draft.set_aside("index", "its lines are dates and headlines: a list of articles")
        elif dated and any(_closes_item(lines, one) for one in candidates if one.number >= first_prose):
            draft.set_aside("ticker", "several items, each closed by its sender and time")
        elif sum(1 for line in lines[first_prose:] if _UPDATE.match(line.text)) >= 3:
            draft.set_aside("ticker", "its paragraphs are updates, each with a clock time")
    return draft.kind != "article"


def _closes_item(lines: Sequence[Line], stamp: Candidate) -> bool:
    """Whether a paragraph ends with a sender and a time: "... sagte sie. | Radio Muster 09.09.2022 08:30 Uhr"."""
    text = lines[stamp.number].text
    if not isinstance(stamp.match.stamp.value, datetime) or text[stamp.end :].strip(" .") or _TAIL.match(text):
        return False
    front, bar, _ = text[: stamp.start].rpartition(" | ")
    return bool(bar) and len(front) >= PROSE and is_sentence(front.rstrip())


def _have_headlines(lines: Sequence[Line], stamps: Sequence[Candidate], first_prose: int) -> bool:
    """Whether most stamps have a headline and text below them, and the first stands at most below a lead.

    Further down they are those of teasers and comments.
    """
    if sum(1 for line in lines[first_prose : stamps[0].number] if is_prose(line.text)) > 1:
        return False
    good = 0
    for stamp in stamps:
        below = [line.text for line in lines[stamp.number + 1 : stamp.number + 5]]
        good += (
            bool(below) and len(below[0]) < 140 and not is_sentence(below[0]) and any(is_prose(text) for text in below)
        )
    return good * 2 > len(stamps)


def _unstick(lines: Sequence[Line], first_prose: int, published: Candidate | None) -> tuple[Sequence[Line], int | None]:
    """The lines with the stamp taken off the one that it shares with a headline, and that line's number."""
    if published is None or published.whole or published.number > first_prose:
        return lines, None
    text = lines[published.number].text
    if published.start > 40:
        return lines, None
    rest = text[published.end :].lstrip(" .:,|·•/–-").removeprefix("Uhr ").strip()
    if not 10 <= len(rest) <= 220 or rest.count(" ") < 2 or _SEPARATOR.search(rest) is not None:
        return lines, None
    if rest[0].islower() or is_byline(rest) or match_dateline(text) is not None:
        return lines, None
    changed = list(lines)
    changed[published.number] = Line(lines[published.number].offset, rest)
    return changed, published.number


def _read_head(
    lines: Sequence[Line],
    first_prose: int,
    below: range,
    found: tuple[int, int] | None,
    *,
    stamps: Sequence[int],
    url: str | None,
    draft: Draft,
) -> int:
    """Headline, category and byline; the number of the line where the text begins.

    `below` are the numbers of the lines of the head that stand below the lead, which is the first prose.
    """
    headline = -1
    if found is not None:
        headline = found[0]
        draft.headline = lines[headline].text
        draft.marks.append((lines[headline].offset, "headline"))
        draft.found.append(("headline", lines[headline].offset, f"best line of the head (score {found[1]})"))
    start = max(first_prose, headline + 1)
    for number in range(headline + 1, start):
        # A short lead may stand between the headline and the first long paragraph.
        if (
            number not in stamps
            and _SHORT_SENTENCE.fullmatch(lines[number].text)
            and not is_caption(lines[number].text)
        ):
            start = number
            break
    sections: list[tuple[int, str]] = []
    for number in chain(range(start), below):
        if number == headline:
            continue
        line = lines[number]
        if number in stamps:
            draft.marks.append((line.offset, "stamp"))
        elif authors := parse_byline(line.text):
            draft.authors = draft.authors or authors
            draft.marks.append((line.offset, "byline"))
            draft.found.append(("authors", line.offset, "byline"))
        elif (category := parse_category(line.text, url=url)) is not None:
            sections.append((number, category))
        else:
            draft.marks.append((line.offset, "caption" if is_caption(line.text) else "navigation"))
    if not draft.authors and found is not None:
        _read_signers(lines, headline, stamps, draft)
    _read_category(lines, sections, [headline, *stamps], draft)
    return start


def _read_signers(lines: Sequence[Line], headline: int, stamps: Sequence[int], draft: Draft) -> None:
    """The authors whose names alone stand between the lead, below the headline, and the stamp."""
    for stamp in stamps:
        first = stamp
        while first - 1 > headline and stamp - first < MAX_SIGNERS and is_person(lines[first - 1].text):
            first -= 1
        if headline + 1 < first < stamp and is_sentence(lines[first - 1].text):
            draft.authors = tuple(line.text for line in lines[first:stamp])
            draft.marks.extend((line.offset, "byline") for line in lines[first:stamp])
            draft.found.append(("authors", lines[first].offset, "between lead and stamp"))
            return


def _read_category(
    lines: Sequence[Line], sections: Sequence[tuple[int, str]], near: Sequence[int], draft: Draft
) -> None:
    """The category among the section names of the head: the only one, or that beside the headline or stamp."""
    # Two in a row are a menu.
    taken = {number for number, _ in sections}
    sections = [(at, label) for at, label in sections if at - 1 not in taken and at + 1 not in taken]
    beside = [(number, label) for number, label in sections if any(abs(number - other) == 1 for other in near)]
    labels = {label.casefold() for _, label in sections}
    chosen = sections[:1] if len(labels) == 1 else beside[:1] if len(beside) == 1 else []
    for number, label in sections:
        role: Role = "category" if (number, label) in chosen else "navigation"
        draft.marks.append((lines[number].offset, role))
    for number, label in chosen:
        draft.category = label
        draft.found.append(("category", lines[number].offset, "a section's name in the head"))


def _find_end(lines: Sequence[Line], start: int, days: Mapping[int, date], published: date | None) -> int:
    """The number of the line behind the text: where a footer's label or a teaser's stamp stands, or no more sentences.

    `days` are those of the lines that hold nothing but a stamp.
    """
    end = len(lines)
    for number in range(start + 1, len(lines)):
        text = lines[number].text
        if not _goes_on(text):
            end = number
            break
        if published is not None and number > start + 1 and days.get(number, published) != published:
            end = number
            break
    last = end
    while last > start + 1 and not is_sentence(lines[last - 1].text) and len(lines[last - 1].text) < PROSE:
        last -= 1
    # A single line without a full stop may be the end of a text that was cut off, or a list.
    tail = lines[last:end]
    return last if tail and last > start else end


def _read_body(page: Page, lines: Sequence[Line], draft: Draft) -> DatelineMatch | None:
    """The blocks of the text, its dateline, its byline and the agency that closes it."""
    kept: list[Line] = []
    match: DatelineMatch | None = None
    if (width := find_wrap(lines)) is not None:
        lines = join_wrapped(lines, page.lines, width)
    for line in lines:
        text = line.text
        if len(text) < 120:
            if authors := parse_byline(text):
                draft.authors = draft.authors or authors
                draft.marks.append((line.offset, "byline"))
                draft.found.append(("authors", line.offset, "byline"))
                continue
            if _NOISE.fullmatch(text):
                draft.marks.append((line.offset, "navigation"))
                continue
            if (agency := _AGENCY_END.fullmatch(text)) is not None:
                if draft.dateline is None:
                    draft.dateline = Dateline(None, None, agency["agency"])
                draft.marks.append((line.offset, "agency"))
                continue
        if not kept and match is None and (match := match_dateline(text)) is not None:
            draft.dateline = match.dateline
            draft.found.append(("dateline", line.offset, "place and agency in front of the text"))
            if not (rest := text[match.end :]):
                draft.marks.append((line.offset, "dateline"))
                continue
            kept.append(Line(line.offset, rest))
            continue
        kept.append(line)
    add_blocks(draft, kept, first_line=page.first_line)
    return match


def _read_stamps(
    page: Page, lines: Sequence[Line], published: Candidate | None, updated: Candidate | None, draft: Draft
) -> None:
    for name, candidate in (("published", published), ("updated", updated)):
        if candidate is None:
            continue
        offset = lines[candidate.number].offset
        rule = f"{candidate.match.label or 'stamp'}: {candidate.match.text!r} (score {candidate.score})"
        draft.found.append((name, offset, rule))
    if published is not None:
        draft.published = published.match.stamp
        line = lines[published.number]
        if draft.category is None and published.number < len(page.lines):
            front = line.text[: published.start].strip(" /|•·–-,:")
            if front and (category := parse_category(front, url=page.front.url)) is not None:
                draft.category = category
                draft.found.append(("category", line.offset, "in front of the stamp"))
    if updated is not None:
        draft.updated = updated.match.stamp


def _date_otherwise(match: DatelineMatch | None, address: date | None, draft: Draft) -> None:
    """The date of a page without a stamp: that of its dateline, else that of its address."""
    offset = next((offset for name, offset, _ in draft.found if name == "dateline"), None)
    if match is not None and match.date is not None:
        draft.published = Stamp(match.date, "day")
        draft.found.append(("published", offset, "the dateline's date"))
    elif address is not None:
        draft.published = Stamp(address, "day")
        draft.found.append(("published", None, "the date in the address"))


GENERAL: Final = Layout(name="general", read=read_generally)
