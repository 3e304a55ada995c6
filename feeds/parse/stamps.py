"""Which of a page's dates is its publication: every date is a candidate, judged by form, place and label.

A page shows many dates: events, broadcasts, retrieval notes, related articles, pictures. One that is no better than
those is no answer: unknown beats a guess. `feeds.dates` reads the dates, `evidence` says how well each dates the page.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice, takewhile
from typing import Final
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from feeds.article import Block, Paragraph
from feeds.dates import find_dates
from feeds.parse.around import ABOVE_OTHER_DATES
from feeds.parse.body import Line, is_caption, is_sentence
from feeds.parse.bylines import is_byline, is_person, is_signature
from feeds.parse.evidence import LEAST_SCORE, LINE, SAME_DAYS, Candidate, corroborate, is_nothing_else, judge
from feeds.parse.words import COUNTED, FOOT, HOMES, MENU_ENTRIES, MONTH, SERVICES, TAILS, TOOLS, WEEKDAY, any_of

MAX_LINES: Final = 24
"""Lines with a date that are looked at; those at the head come first."""
BELOW: Final = 5
"""Lines below the headline, one of which is its stamp."""
NEAR: Final = 3
"""Lines on either side of the headline within which a date is more likely its own."""
HEAD: Final = 130
TAIL: Final = 90
"""Characters at either end of a long line where a stamp may be stuck to the text."""
CLOSING_SCORE: Final = 3
"""What it adds to a stamp's score to be the only one and to close the page."""
LABEL_BLANKS: Final = 3
"""Blanks in a label around it, at most."""
_TAIL = re.compile(any_of((*TAILS, f"{TOOLS}$")))
_ENTRIES: Final = MENU_ENTRIES | SERVICES | HOMES
_FOOTER = re.compile(rf"©|\(c\)|Copyright|Alle Rechte|{any_of(FOOT)}", re.IGNORECASE)
# What a browser prints below a page, beside the day and the clock of that.
_PRINTED = re.compile(r"https?://|\bSeite \d+ (?:von|/) ?\d+|^\d+\s?/\s?\d+$")
# Costs a fraction of `find_dates`, which then reads what is there.
DATE_LIKE = re.compile(
    r"\d(?:\.\s?(?:\d{1,2}\.\s?\d{2}|[IVX]{1,4}\.)|[-/]\d{1,2}[-/]\d"
    rf"|(?:\.|(?:st|nd|rd|th)(?:\sof)?)?[\s-]{{0,2}}{MONTH}|(?:(?:st|nd|rd|th),?|,)\s(?:19|20)\d\d|(?<=[a-z.]\s\d)\d?\s(?:19|20)\d\d(?!\d))",
    re.IGNORECASE,
)
# "2.03.2018von Max Muster", "Mai 03, 2017 / Max Muster / 1 Meinung": the stamp is in front of all the fields.
_AHEAD = re.compile(
    rf"(?:{WEEKDAY},?\s?\|?\s?)?"
    r"(?:\d{1,2}\.\s?\d{1,2}\.\s?(?:19|20)\d\d|\d{1,2}[/-]\d{1,2}[/-](?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d"
    rf"|\d{{1,2}}(?:\.|st|nd|rd|th)?\s?{MONTH}\w{{0,7}}\.?,?\s(?:19|20)\d\d"
    rf"|{MONTH}\w{{0,7}}\.?\s\d{{1,2}}(?:st|nd|rd|th)?,?\s(?:19|20)\d\d)"
    r"(?:,?\s?[|/-]?\s?\d{1,2}[:.]\d\d(?:\sUhr)?)?",
    re.IGNORECASE,
)
_BY = re.compile(r"\s?[|/>·–-]?\s?(?:(?:[Vv]on|VON|durch|[Bb]y|BY)\s?[A-ZÄÖÜ]|Quelle:\s)")
_PARTS = re.compile(r"[|/·•,–-]|\bQuelle:")
_FIELD_SIGNS = re.compile(r"[|/>·]")
MAX_FIELD: Final = 30
"""Characters of a field after a stamp, at most."""
FIELD_BLANKS: Final = 2
"""Blanks in it, at most."""
TEASER_BLANKS: Final = 3
"""Blanks in the headline of a teaser, at least."""
# "4 min", "Lesezeit: ca. 3 Minuten", "212 Kommentare".
_COUNTS = re.compile(
    r"\s?(?:(?:Lesezeit|Lesedauer)\s?:?\s?(?:ca\.\s)?)?\b\d{1,3}\s?[Mm]in(?:uten?|\.)?(?:,?\s\d{1,2}\s?Sek(?:unden?|\.))?"
    rf"|\s?\b\d{{1,5}}\s(?:{any_of(COUNTED)})\b"
)
# "Sa., 13.09. – 18:10 Uhr": a stamp of which nobody knows the year.
_YEARLESS = re.compile(
    rf"(?:{WEEKDAY},\s)?\d{{1,2}}\.\s?(?:\d{{1,2}}\.|{MONTH}\w{{0,7}}\.?)"
    r"(?:,|\s?[-–|]|\sum)?\s\d{1,2}[.:]\d\d(?:\sUhr)?"
)
_ADDRESS_DATE = re.compile(
    r"(?<!\d)(?P<y>(?:19[89]|20[0-4])\d)(?P<sep>[/_.-])(?P<m>0?[1-9]|1[0-2])(?P=sep)(?P<d>0?[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<!\d)(?P<y2>(?:19[89]|20[0-4])\d)/?(?P<m2>0[1-9]|1[0-2])/?(?P<d2>0[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<!\d)(?P<d3>0[1-9]|[12]\d|3[01])(?P<sep3>[._-])(?P<m3>0[1-9]|1[0-2])(?P=sep3)(?P<y3>(?:19[89]|20[0-4])\d)(?!\d)"
)


def find_address_date(url: str | None) -> date | None:
    """The day that an address names, as in /2024/06/25/ or _20240625_; None where it names none or several."""
    if url is None:
        return None
    parts = urlsplit(url)
    found = set()
    for match in _ADDRESS_DATE.finditer(unquote(parts.path)):
        year, month, day = (
            match["y"] or match["y2"] or match["y3"],
            match["m"] or match["m2"] or match["m3"],
            match["d"] or match["d2"] or match["d3"],
        )
        try:
            found.add(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return found.pop() if len(found) == 1 else None


def find_candidates(
    lines: Sequence[Line], *, zone: ZoneInfo, first_prose: int, address: date | None
) -> list[Candidate]:
    """The dates of a page with their scores, in its order; `first_prose` is the number of its first paragraph."""
    found: list[Candidate] = []
    last_prose = max((number for number, line in enumerate(lines) if len(line.text) > LINE), default=first_prose)
    pieces = ((number, *piece) for number, line in enumerate(lines) for piece in _pieces(line.text))
    for number, start, piece in islice((one for one in pieces if has_date(one[2])), MAX_LINES):
        found.extend(
            judge(lines, number, start, match, first_prose=first_prose, address=address)
            for match in find_dates(piece, now=None, tz=zone)
        )
    found = corroborate(found, last_prose=last_prose)
    teasers = [one for one in found if _is_teasers(lines, one, first_prose)]
    if len(teasers) > 1:
        found = [replace(one, score=min(one.score, LEAST_SCORE - 1)) if one in teasers else one for one in found]
    below = [one for one in found if one.told and one.number > first_prose]
    if len({one.match.stamp.value for one in below}) > 1 or not all(_is_own(lines, one, first_prose) for one in below):
        found = [replace(one, told=False) if one in below else one for one in found]
    if not any(one.score >= LEAST_SCORE for one in found) and (closing := _find_closing(lines, found, first_prose)):
        found[found.index(closing)] = replace(closing, score=closing.score + CLOSING_SCORE)
    return found


def _is_teasers(lines: Sequence[Line], stamp: Candidate, first_prose: int) -> bool:
    """Whether a headline is between the text and a stamp below it; several such stamps are those of other articles."""
    if not stamp.whole or stamp.labelled or stamp.number <= first_prose + 1:
        return False
    above = lines[stamp.number - 1].text
    if above.count(" ") < TEASER_BLANKS or is_sentence(above):
        return False
    return not (is_caption(above) or is_byline(above) or has_date(above))


def _is_own(lines: Sequence[Line], told: Candidate, first_prose: int) -> bool:
    """Whether a stamp below the text, called the publication's, is that of the page and not of a teaser or comment.

    Nothing is between it and the text but who wrote that, captions and other dates.
    """
    texts = [line.text for line in lines[first_prose + 1 : told.number]]
    short = [text for text in texts if not is_sentence(text) and not has_date(text)]
    between = list(takewhile(lambda text: not is_sentence(text), reversed(texts)))
    if any(ABOVE_OTHER_DATES.match(text) for text in short):
        return False
    if not all(has_date(text) or is_byline(text) or is_person(text) or is_caption(text) for text in between):
        return False
    return not any(is_sentence(line.text) for line in lines[told.number + 1 :] if _FOOTER.match(line.text) is None)


def _find_closing(lines: Sequence[Line], found: Sequence[Candidate], first_prose: int) -> Candidate | None:
    """The only stamp with a clock, if it is on its own below the text, with only the page's foot below it.

    Those of comments have text below them, those of teasers a headline beside them, those of events what happens, that
    of a print the page's address.
    """
    clocks = [one for one in found if one.whole and one.has_clock]
    if (
        len(clocks) != 1
        or clocks[0].kind not in {"", "masthead"}
        or clocks[0].match.label is not None
        or clocks[0].number <= first_prose
    ):
        return None
    number = clocks[0].number
    above = list(takewhile(lambda text: not is_sentence(text), (line.text for line in reversed(lines[:number]))))
    below = [line.text for line in lines[number + 1 :]]
    if any(ABOVE_OTHER_DATES.match(text) or _PRINTED.search(text) for text in (*above, lines[number].text)):
        return None
    if not all(map(_is_of_page, below)):
        return None
    return clocks[0] if all(text.count(" ") <= LABEL_BLANKS for text in above) else None


def _is_of_page(text: str) -> bool:
    """Whether a line below a text is what any site has there: its imprint, tools, entries of its menu."""
    return _FOOTER.match(text) is not None or _TAIL.match(text) is not None or text.casefold() in _ENTRIES


def choose(
    candidates: Sequence[Candidate], *, headline: int | None, tools: Collection[int] = ()
) -> tuple[Candidate | None, Candidate | None]:
    """The stamp of the publication and that of the last update; None for what no date is good enough for.

    Of several good ones that nearest to the headline counts: a date far above it is the day on which the page was seen.
    One that is called the publication's wins over what has no label. `tools` are the numbers of lines below the
    headline that count for nothing.
    """
    published = updated = told = None
    best = best_told = 0
    listed = [*_find_listed(candidates, headline, tools), *_find_seen(candidates, headline, tools)]
    whole = {candidate.number for candidate in candidates if candidate.whole}
    for candidate in candidates:
        if candidate.score < LEAST_SCORE or candidate in listed:
            continue
        if candidate.match.label == "updated":
            updated = updated or candidate
            continue
        score = candidate.score
        if headline is not None:
            apart = _count_lines(headline, candidate.number, tools)
            if candidate.kind == "masthead" and not whole.issuperset(range(candidate.number, headline)) and apart < 0:
                # The day on which the page was seen.
                continue
            score += 2 if abs(apart) <= 1 else 1 if abs(apart) <= NEAR else -3 if apart < 0 else 0
        if score >= LEAST_SCORE and score > best:
            published, best = candidate, score
        own = headline is None or candidate.number >= headline - NEAR
        if candidate.told and own and score >= LEAST_SCORE and score > best_told:
            told, best_told = candidate, score
    if told is not None and published is not None and (not published.labelled or published.kind == "day"):
        published = told
    if published is not None and _is_seen_later(published, updated):
        published = None
    if published is not None and published.is_state and (first := _find_first(published, candidates)) is not None:
        published, updated = first, updated or published
    return published and _find_clock(published, candidates), updated


def _is_seen_later(published: Candidate, updated: Candidate | None) -> bool:
    """Whether a stamp without a label is later than the last change, and so the day on which the page was seen."""
    if updated is None or published.labelled or published.told:
        return False
    return published.day - updated.day > SAME_DAYS


def _find_first(state: Candidate, candidates: Sequence[Candidate]) -> Candidate | None:
    """The earlier stamp beside one called "Stand", which alone is the publication's, and here the last change's."""
    return next(
        (
            one
            for one in candidates
            if one.match.label != "updated"
            and one.score >= LEAST_SCORE
            and 0 < abs(one.number - state.number) <= NEAR
            and one.day < state.day
        ),
        None,
    )


def _find_clock(published: Candidate, candidates: Sequence[Candidate]) -> Candidate:
    """The stamp that is called the publication's and has a clock, where the one that was found has the day alone."""
    if published.has_clock:
        return published
    told = (one for one in candidates if one.match.label == "published" and one.score >= LEAST_SCORE)
    return next((one for one in told if one.has_clock and one.day == published.day), published)


def _count_lines(headline: int, number: int, tools: Collection[int]) -> int:
    """How many lines below the headline another line is, negative above it; the page's tools are not counted."""
    return number - headline - sum(headline < tool < number for tool in tools)


def _find_listed(candidates: Sequence[Candidate], headline: int | None, tools: Collection[int]) -> list[Candidate]:
    """The dates above the headline that are those of other articles, or of events: several, each begins a line.

    One on its own line just above the headline may be its own, if none is below it.
    """
    if headline is None:
        return []
    begun = [one for one in candidates if one.match.label is None and (one.whole or one.start == 0)]
    has_own = any(one.whole and 0 < _count_lines(headline, one.number, tools) <= BELOW for one in begun)
    above = [one for one in begun if one.number < (headline if has_own or not one.whole else headline - 1)]
    # Without one of its own, a day and a clock of that day may be the page's: it was seen when it was published.
    values = {one.match.stamp.value if has_own else one.day for one in above}
    return above if len(values) > 1 else []


def _find_seen(candidates: Sequence[Candidate], headline: int | None, tools: Collection[int]) -> list[Candidate]:
    """The dates above the headline that are later than the page's own stamp below: those on which it was seen."""
    if headline is None:
        return []
    good = [one for one in candidates if one.whole and one.score >= LEAST_SCORE and one.match.label != "updated"]
    own = [one for one in good if 0 < _count_lines(headline, one.number, tools) <= BELOW and not one.kind]
    if not own:
        return []
    last = max(one.day for one in own) + SAME_DAYS
    return [one for one in good if one.number < headline and not one.told and one.day > last]


def has_date(text: str) -> bool:
    """Whether a line may hold a date, at a fraction of the cost of reading it."""
    return DATE_LIKE.search(text) is not None


def count_dates(text: str) -> int:
    """How many dates a line may hold."""
    return len(DATE_LIKE.findall(text))


def is_stamp(text: str, zone: ZoneInfo) -> bool:
    """Whether a line holds a date and nothing else but words that are usual beside stamps."""
    if len(text) > LINE or not has_date(text):
        return False
    rest = _drop_dates(text, zone)
    return is_nothing_else(rest) and not any(char.isdigit() for char in rest)


def is_dated_byline(text: str, zone: ZoneInfo) -> bool:
    """Whether a short line is a stamp with at most who wrote the text, or where, beside it: "Genua, 3. Mai 2016"."""
    if len(text) > LINE or not has_date(text):
        return False
    fields = [field.strip() for field in _PARTS.split(_drop_dates(text, zone))]
    return all(is_nothing_else(field) or is_signature(field) or is_person(field) or field.isalpha() for field in fields)


def _drop_dates(text: str, zone: ZoneInfo) -> str:
    """A text without its dates, reading time and number of comments, bars in their place."""
    text = _COUNTS.sub("|", text)
    for match in reversed(find_dates(text, now=None, tz=zone)):
        text = f"{text[: match.start]} | {text[match.end :]}"
    return text


def is_signed_stamp(text: str) -> bool:
    """Whether a short line is a stamp with the writer and other fields after it, set apart or not."""
    if len(text) > LINE or (match := _AHEAD.match(text)) is None:
        return False
    rest = text[match.end() :]
    if _BY.match(rest) is not None:
        return True
    fields = [field.strip() for field in _FIELD_SIGNS.split(rest)]
    return (
        len(fields) > 1
        and not fields[0]
        and all(len(one) <= MAX_FIELD and one.count(" ") <= FIELD_BLANKS for one in fields)
    )


def drop_stamps(blocks: list[Block], zone: ZoneInfo) -> None:
    """Take the paragraphs that are nothing but a stamp off either end of a text."""
    for place in (0, 1, len(blocks) - 1):
        if 0 <= place < len(blocks):
            block = blocks[place]
            if isinstance(block, Paragraph) and _is_only_stamp(block.text, zone):
                del blocks[place]


def _is_only_stamp(text: str, zone: ZoneInfo) -> bool:
    return is_stamp(text, zone) or is_signed_stamp(text) or _YEARLESS.fullmatch(text) is not None


def _pieces(text: str) -> list[tuple[int, str]]:
    """The parts of a line that may hold a stamp, with their offsets: all of a short line, the ends of a long one."""
    if len(text) <= HEAD + TAIL:
        return [(0, text)]
    return [(0, text[:HEAD]), (len(text) - TAIL, text[-TAIL:])]
