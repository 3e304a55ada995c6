"""The head of a page: what of the lines above the text, and between lead and text, is headline, byline and category."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from feeds.parse.body import HEADLINE_BLANKS, Line, is_caption
from feeds.parse.bylines import is_byline, is_person, is_signature, parse_byline, without_place
from feeds.parse.categories import parse_category
from feeds.parse.datelines.dateline import match_dateline
from feeds.parse.draft import Draft
from feeds.parse.head.headlines import find_headline, find_spoken, is_service
from feeds.parse.head.judging import DASHES
from feeds.parse.head.places import MAX_HEADLINE
from feeds.parse.head.sections import read_category
from feeds.parse.head.signers import find_below_lead, find_signers
from feeds.parse.outline import Outline
from feeds.parse.prose import COUNTER_LINE, is_captioned, is_prose, is_result, is_short_sentence
from feeds.parse.stamps.candidate import Candidate
from feeds.parse.stamps.choice import choose
from feeds.parse.stamps.forms import DATE_LIKE
from feeds.parse.stamps.surroundings import BESIDE
from feeds.parse.words import GIVEN_NAMES, RELEASES

MAX_FIELD: Final = 60
MAX_FRONT: Final = 40
"""Characters in front of a stamp, up to which no headline is among them."""
MAX_STAMP_LABEL: Final = 16
"""Characters in front of the second of two stamps, at most."""
_QUOTES: Final = '“”"»«'
# "Lokales | 12. März 2020", "12. März 2020/0 Kommentare/von Erika Muster", "Rubrik: Lokales Autor: Erika Muster"
_FIELDS = re.compile(
    r"\s*[|•·]\s*|\s[/–—-]\s|\s?/\s?(?=von\s|in\s|\d+\sKomm)"
    r"|\s(?=(?:Autor(?:in)?|Kategorie|Rubrik|Von|Text)\s?:\s)"
)
# "Von Erika Muster am 12. März 2020", "12. März 2020, 12:10 Uhr, Erika Muster"
_LEADING = re.compile(r"\s(?:am|vom|um|[Oo]n)$|^(?:Uhr|am|um)\b[\s,)]*")
# "Veröffentlicht am 3. Mai 2016 von erika": a blogger's name may be a word.
_BLOGGER = re.compile(
    r"(?: Uhr)?,? (?:von|by) (?!admin|redaktion|webmaster)(?P<name>[^\W\d_][\w.-]{2,24})", re.IGNORECASE
)
# "Veröffentlicht am 3. Mai 2016, 12:10 Uhr, Erika Muster"
_SIGNED_BEHIND = re.compile(r"(?: Uhr)?, (?P<name>[^\W\d_][\w-]{1,20}(?: [^\W\d_][\w-]{1,30}){1,2})")
# "Sehr geehrte Damen und Herren,", "Zum Bericht „...“ vom 6. Mai:": so speeches and letters begin.
_OPENING = re.compile(
    r"(?:Zum|Zur|Betr\.:|Betrifft:) (?:Bericht|Artikel|Beitrag|Kommentar|Leserbrief|Meldung)\b.{0,20}[„“\"»].{0,120}"
    r"|(?:(?:Meine? )?(?:[Ss]ehr |[Hh]och)?(?:[Vv]er|[Gg]e)ehrte[rs]?|Liebe[rs]?"
    r"|Meine (?:sehr verehrten )?Damen und Herren)\b[^.?]{0,120}[,!]"
)
_SEPARATOR = re.compile(r"\s[/|·•]\s|\s[–—]\s.+\s[–—]\s")


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a page: its lines, and the numbers of those that are known before the others are read.

    In `lines` a stamp is taken off the headline that it was stuck to. `lead` is the first paragraph, `below` are the
    lines of the head below that, `stamps` hold nothing but a stamp. `headline` is None where no line is good enough for
    it; `rule` says why it is.
    """

    lines: Sequence[Line]
    lead: int
    below: range
    headline: int | None
    rule: str
    stamps: Sequence[int]
    url: str | None


def find_head(
    page: Outline,
    candidates: Sequence[Candidate],
    *,
    menu: int,
    titled: int | None = None,
    chosen: tuple[int, str] | None = None,
) -> Head:
    """The head of a page; `menu` is the number of the line with which the last long menu begins.

    `titled` is that of a line which Markdown marks as the page's title, `chosen` that of the headline, with its rule,
    where it is known.
    """
    lead = page.lead
    stamps = [one.number for one in candidates if one.whole and one.number < page.first_prose]
    published, _ = choose(candidates, headline=None)
    lines, stuck = _unstick(page.lines, lead, published)
    if stuck is None and published is not None and _is_line_of_stamp(lines[published.number].text, published):
        stamps = sorted({*stamps, published.number})
    found = find_headline(
        lines,
        end=max(lead, 1) if stuck is None else max(min(stuck + 2, lead), stuck + 1),
        stamps=stamps,
        url=page.url,
        start=page.part,
        menu=menu,
    )
    if found is None and page.first_prose > lead + 1:
        found = find_headline(lines, end=page.first_prose, stamps=stamps, url=page.url, start=lead + 1)
    headline, rule = (None, "") if found is None else (found[0], f"best line of the head (score {found[1]})")
    if found is None and (spoken := find_spoken(lines, end=lead, stamps=stamps, start=page.part)) is not None:
        headline, rule = spoken, "a sentence where only the headline can be"
    if headline is None and (dated := _find_dated(page, candidates)) is not None:
        headline, rule = dated, "the only line that begins with the day of what happened"
    if headline is None and _closes_with_name(lines, lead):
        headline, rule = lead, "it ends with a name above the text"
    if titled is not None and page.part <= titled < lead and not is_service(lines[titled].text):
        headline, rule = titled, "Markdown's heading of the first level"
    headline, rule = (headline, rule) if chosen is None else chosen
    return Head(lines, lead, range(lead + 1, page.first_prose), headline, rule, stamps, page.url)


def _is_line_of_stamp(text: str, stamp: Candidate) -> bool:
    """Whether a stamp has only fields beside it on its line, behind it or in front of it.

    As in "Veröffentlicht am 12.03.2021 um 14:22 Uhr – Von Erika Muster", "Heft 3 | Kategorie: Wege | 12.03.2021".
    """
    is_last = stamp.end == len(text) and text.count("|") > 1 and text[: stamp.start].rstrip().endswith("|")
    return is_last or (stamp.labelled and stamp.start <= MAX_FRONT)


def _closes_with_name(lines: Sequence[Line], number: int) -> bool:
    """Whether what seems a paragraph is a long headline that ends with a name: "... – „Alte Brücken, neue Stege“"."""
    text = lines[number].text
    if len(text) > MAX_HEADLINE or text[-1] not in _QUOTES or not text[-2:-1].isalnum() or "." in text:
        return False
    return number + 1 < len(lines) and is_prose(lines[number + 1].text) and match_dateline(text) is None


def _find_dated(page: Outline, candidates: Sequence[Candidate]) -> int | None:
    """The number of the only line of the head that begins with the day of what the page reports, and says what that is.

    As in "05.04.2014 - Flächenbrand".
    """
    head = range(page.part, page.lead)
    dated = [
        one.number for one in candidates if one.kind == "event" and not (one.start or one.whole) and one.number in head
    ]
    return dated[0] if len(dated) == 1 and len(page.lines[dated[0]].text) <= MAX_HEADLINE else None


def _unstick(lines: Sequence[Line], first_prose: int, published: Candidate | None) -> tuple[Sequence[Line], int | None]:
    """The lines with the stamp taken off the one that it shares with a headline, and that line's number."""
    if published is None or published.whole or published.number > first_prose:
        return lines, None
    text = lines[published.number].text
    if published.start > MAX_FRONT:
        return lines, None
    rest = text[published.end :].lstrip(" .:,|·•/–—-])").removeprefix("Uhr ").strip()
    if is_byline(rest):
        return lines, None
    if not 10 <= len(rest) <= MAX_HEADLINE or rest.count(" ") < HEADLINE_BLANKS or _SEPARATOR.search(rest) is not None:
        return lines, None
    if (date := DATE_LIKE.search(rest)) is not None and date.start() <= MAX_STAMP_LABEL:
        # "5. Juli 2017 15:07; Akt: 05.07.2017 15:09 Drucken": a second stamp.
        return lines, None
    first = _FIELDS.split(rest)[0]
    # "18.01.2023 - Pressemitteilung - Schifffahrt": fields, and no headline.
    if rest[0].islower() or first in RELEASES or is_signature(first) or match_dateline(text) is not None:
        return lines, None
    changed = list(lines)
    changed[published.number] = Line(lines[published.number].offset, rest)
    return changed, published.number


def read_head(head: Head, draft: Draft, whole: Sequence[Line]) -> int:
    """Read headline, category and byline into the draft; the number of the line where the text begins.

    What tells the category may be the menus, which only the page's `whole` lines still have where they are left out.
    """
    lines = head.lines
    headline = -1
    if head.headline is not None:
        headline = head.headline
        # A kicker in front of it may have left its dash or colon.
        draft.headline = lines[headline].text.lstrip(f"{DASHES}: ")
        kicker, sign, title = draft.headline.partition(" : ")
        if sign and any(line.text == title for line in whole):
            draft.headline, draft.kicker = title, kicker
        draft.marks.append((lines[headline].offset, "headline"))
        draft.found.append(("headline", lines[headline].offset, head.rule))
    start = _find_start(head, headline)
    sections = _read_lines(head, headline, start, draft)
    if not draft.authors and head.headline is not None:
        # The lead is below the headline.
        numbers = chain(range(headline + 1, max(start, head.lead)), head.below)
        texts = [line.text for line in lines]
        stamps = frozenset(head.stamps)
        signers = find_signers(texts, numbers, headline=headline, stamps=stamps)
        signers = signers or find_below_lead(texts, start, headline=headline, stamps=stamps)
        if signers is not None:
            draft.authors = signers.names
            draft.mark((lines[number].offset for number in signers.lines), "byline")
            draft.found.append(("authors", lines[signers.lines.start].offset, signers.rule))
    _read_category(head, sections, whole, draft)
    if draft.category is None and len(whole) > len(lines):
        _read_category(head, sections, lines, draft)
    return start


def _read_category(head: Head, sections: Sequence[tuple[int, str]], lines: Sequence[Line], draft: Draft) -> None:
    """Read the category into the draft, by its place among these lines: those of the head, and others or none."""
    own = {line.offset: line for line in head.lines}
    at = {line.offset: number for number, line in enumerate(lines)}
    read_category(
        [own.get(line.offset, line) for line in lines],
        [(at[head.lines[number].offset], section) for number, section in sections],
        draft,
        headline=-1 if head.headline is None else at[head.lines[head.headline].offset],
        stamps=[at[head.lines[number].offset] for number in head.stamps],
        url=head.url,
    )


def _find_start(head: Head, headline: int) -> int:
    """The number of the line where the text begins: its first paragraph, or a short lead below the headline."""
    lines = head.lines
    # The lead may be above the headline.
    paragraph = head.lead if headline > head.lead else max(head.lead, headline + 1)
    below = range(headline + 1, paragraph)
    if headline + 1 < paragraph and COUNTER_LINE.fullmatch(lines[headline + 1].text) is not None:
        # What is below a number of pictures are their captions.
        below = range(0)
    short = (
        number
        for number in below
        if number not in head.stamps and is_short_sentence(lines[number].text) and not is_captioned(lines, number)
    )
    start = next(short, paragraph)
    above = lines[start - 1].text if start - 1 > headline else ""
    opens = bool(above) and (_is_dateline(above) or _OPENING.fullmatch(above) is not None or is_result(above))
    return start - 1 if opens else start


def _read_lines(head: Head, headline: int, start: int, draft: Draft) -> list[tuple[int, str]]:
    """Read the bylines of the head into the draft; the numbers of the lines that name a section, and the sections."""
    lines = head.lines
    sections: list[tuple[int, str]] = []
    is_signed = False
    for number in chain(range(start), head.below):
        if number == headline:
            continue
        line = lines[number]
        if number in head.stamps:
            draft.marks.append((line.offset, "stamp"))
        elif authors := parse_byline(line.text):
            # One below the headline, else the nearest above: a column beside the menu has its own.
            if not is_signed:
                draft.authors, is_signed = authors, number > headline
                draft.find_anew("authors", line.offset, "byline")
            draft.marks.append((line.offset, "byline"))
        elif (category := parse_category(line.text, url=head.url, headline=draft.headline)) is not None:
            sections.append((number, category))
        else:
            shown = is_caption(line.text) or (is_short_sentence(line.text) and is_captioned(lines, number))
            draft.marks.append((line.offset, "caption" if shown else "navigation"))
    return sections


def read_beside(text: str, stamp: Candidate, url: str | None, draft: Draft) -> None:
    """What shares its line with the stamp: "Lokales | 12. März 2020 – Von Erika Muster – Lesezeit: 3 Minuten"."""
    offset = draft.offset_of("published")
    before, behind = text[max(0, stamp.start - BESIDE) : stamp.start], text[stamp.end : stamp.end + BESIDE]
    fields = [field for part in (*_FIELDS.split(before), *_FIELDS.split(behind)) if (field := _trim(part))]
    for field in fields:
        if not draft.authors and (authors := parse_byline(field)):
            draft.authors = authors
            draft.found.append(("authors", offset, "beside the stamp"))
        elif (category := parse_category(field, url=url)) is not None and (
            draft.category is None or field.endswith(f": {category}")
        ):
            draft.category = category
            draft.found.append(("category", offset, "beside the stamp"))
    if draft.authors:
        return
    persons = [name for name in map(without_place, fields) if is_person(name)]
    # "18. Nov 2026, Erika Muster"; with other fields, a name may be a section's.
    if len(persons) == 1 and (persons[0].split()[0] in GIVEN_NAMES or (len(fields) == 1 and not stamp.labelled)):
        draft.authors = (persons[0],)
        draft.found.append(("authors", offset, "beside the stamp"))
        return
    if (match := _BLOGGER.fullmatch(behind) or _SIGNED_BEHIND.fullmatch(behind)) is not None:
        if " " in match["name"] and not is_person(match["name"]):
            return
        draft.authors = (match["name"],)
        draft.found.append(("authors", offset, "behind the stamp"))


def _trim(field: str) -> str:
    """A field of a stamp's line without the words that lead to the stamp; empty where it is too long for one."""
    trimmed = _LEADING.sub("", field.strip(" ,:|•·/–—-").rstrip(" ([").lstrip(")] "))
    trimmed = trimmed[1:-1] if trimmed.startswith("(") and trimmed.endswith(")") else trimmed
    return trimmed if len(trimmed) <= MAX_FIELD else ""


def _is_dateline(text: str) -> bool:
    """Whether a line is a dateline with its agency and nothing else: the text is below it."""
    match = match_dateline(text)
    return match is not None and match.end == len(text) and match.dateline.agency is not None
