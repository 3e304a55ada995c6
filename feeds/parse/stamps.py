"""Which of a page's dates is its publication: every date is a candidate, judged by form, place and label.

A page shows many dates: events, broadcasts, retrieval notes, related articles, pictures. One that is no better than
those is no answer: unknown beats a guess. `feeds.dates` reads the dates; here it is decided what they date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from feeds.article import Block, Paragraph
from feeds.dates import Match, find_dates
from feeds.parse.body import Line, is_caption
from feeds.parse.words import BESIDE_STAMP, DECOYS, RELEASES, any_of

MAX_LINES: Final = 24
"""Lines with a date that are looked at; those at the head come first."""
HEAD: Final = 130
TAIL: Final = 90
"""Characters at either end of a long line where a stamp may be stuck to the text."""
LINE: Final = 130
"""Characters that a line of the head has at most: a headline with a stamp stuck to it."""
LEAST_SCORE: Final = 5
"""Below this a date is no stamp. Calibrated on pages whose only dates are decoys: theirs stay below 4."""
BESIDE: Final = 300
"""Characters on either side of a date by which it is judged."""
EARLIEST_YEAR: Final = 1980
"""A number that reads as a year before this is a serial number's, or that of history."""
SAME_DAYS: Final = timedelta(days=1)

# Costs a fraction of `find_dates`, which then reads what stands there.
_MONTH = r"(?:Jan|Jän|Feb|März|Maerz|Mär|Mrz|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Oct|Nov|Dez|Dec|Mar|May)"
_DATE_LIKE = re.compile(
    r"\d(?:\.\s?(?:\d{1,2}\.\s?\d{2}|[IVX]{1,4}\.)|[-/]\d{1,2}[-/]\d"
    rf"|\.?[\s-]{{0,2}}{_MONTH}|(?:st|nd|rd|th)?,\s(?:19|20)\d\d)",
    re.IGNORECASE,
)
_DECOY = re.compile(rf"\b(?:{any_of(DECOYS)})\b|©")
# What is left of a stamp's line without these is foreign to a stamp.
_BESIDE = re.compile(rf"\b(?:{any_of(BESIDE_STAMP)})\b|\d+|[^\w]+")
_LABEL = re.compile(
    r"(?:(?:(?<!\w)|(?:Erscheinungs|Veröffentlichungs|Publikations|Erstellungs|Melde))Datum|Stand"
    r"|Veröffentlicht(?: am)?|Erstellt|Publiziert|Erschienen|Eingetragen am|Online seit|Posted on"
    r"|Published on)\s?[:|]?\s*$"
    # The foot of a blog's entry: "Dieser Beitrag wurde am Montag, 3. Juni 2019 um 10:15 Uhr veröffentlicht".
    r"|Dieser (?:Beitrag|Artikel|Eintrag|Text|Post) (?:wurde|ist)(?: veröffentlicht| erstellt)?"
    r"(?: von [\w .-]{2,40}?)?(?: vor)? am\s"
    r"(?:\w{2,10},\s)?$",
    re.IGNORECASE,
)
_STATE = re.compile(r"\bStand\b\s?:?\s*(?:\w{2,10},?\s)?$", re.IGNORECASE)
# How letters, offices and bylines date: "Kiel, 13. Mai 2002", "Kiel, am 13. Mai", "Von Erika Muster am 13. Mai 2002".
_STAMP_FRONT = re.compile(r"\(?[A-ZÄÖÜ][\w .-]{2,30},\s(?:(?:am|den|dem)\s)?")
_SIGNED_FRONT = re.compile(
    r"(?:(?:[Ee]rstellt|[Gg]eschrieben|[Ee]ingestellt|[Ee]ingetragen|[Vv]eröffentlicht|[Vv]erfasst|[Gg]espeichert|[Gg]epostet)\s)?"
    r"[Vv]on\s[\w .-]{3,40}\sam\s"
)
# "Von Erika Muster | 12. März 2020": no other date shares the byline's line.
_BYLINE_FRONT = re.compile(
    r"[Vv]on:?(?:\s(?:Dr\.|Prof\.)){0,2}\s[A-ZÄÖÜ][\w.-]{1,30}\s[A-ZÄÖÜ][\w-]{1,30}(?:(?:,|\sund)?\s[A-ZÄÖÜ][\w.-]{1,30}){0,4}"
    r"\s?[|·•–—-]\s?(?:\w{2,10},\s)?"
)
_WHOLE_FROM = re.compile(r"\s*vom\b")
_PREPOSITION = re.compile(r"(?:^|\s)(?:am|bis|ab|vom|zum|seit|den|dem|der|nach|vor|im|und|of|on)\s$")
_FIELD_MARKS: Final = ("|", "•", "·")
_NAMED = re.compile(rf"\b(?:{any_of(RELEASES)})\b")
_RANGE_BEHIND = re.compile(r"\s?(?:bis|–|-|—|/|und)\s?(?:zum\s)?\d{1,2}\.")
_RANGE_BEFORE = re.compile(r"\d\.?\s?(?:-|–|bis)\s?$")
_ADDRESS_DATE = re.compile(
    r"(?<!\d)(?P<y>(?:19[89]|20[0-4])\d)(?P<sep>[/_.-])(?P<m>0?[1-9]|1[0-2])(?P=sep)(?P<d>0?[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<!\d)(?P<y2>(?:19[89]|20[0-4])\d)/?(?P<m2>0[1-9]|1[0-2])/?(?P<d2>0[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<!\d)(?P<d3>0[1-9]|[12]\d|3[01])(?P<sep3>[._-])(?P<m3>0[1-9]|1[0-2])(?P=sep3)(?P<y3>(?:19[89]|20[0-4])\d)(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A date on the page: the number of its line among those that hold something, and how well it dates the page."""

    number: int
    start: int
    end: int
    match: Match
    whole: bool
    score: int


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
    looked = 0
    for number, line in enumerate(lines):
        for start, piece in _pieces(line.text):
            if not has_date(piece):
                continue
            looked += 1
            if looked > MAX_LINES:
                return _corroborate(found)
            found.extend(
                _judge(lines, number, start, match, first_prose=first_prose, address=address)
                for match in find_dates(piece, now=None, tz=zone)
            )
    return _corroborate(found)


def choose(candidates: Sequence[Candidate], *, headline: int | None) -> tuple[Candidate | None, Candidate | None]:
    """The stamp of the publication and that of the last update; None for what no date is good enough for.

    Of several good ones that nearest to the headline counts: a date far above it is the day on which the page was seen.
    """
    published = updated = None
    best = 0
    for candidate in candidates:
        if candidate.score < LEAST_SCORE:
            continue
        if candidate.match.label == "updated":
            updated = updated or candidate
            continue
        score = candidate.score
        if headline is not None:
            apart = candidate.number - headline
            score += 2 if abs(apart) <= 1 else 1 if abs(apart) <= 3 else -3 if apart < 0 else 0
        if score >= LEAST_SCORE and score > best:
            published, best = candidate, score
    return published, updated


def has_date(text: str) -> bool:
    """Whether a line may hold a date, at a fraction of the cost of reading it."""
    return _DATE_LIKE.search(text) is not None


def is_stamp(text: str, zone: ZoneInfo) -> bool:
    """Whether a line holds a date and nothing else, but for the words that stand beside stamps."""
    if len(text) > LINE or not has_date(text):
        return False
    for match in reversed(find_dates(text, now=None, tz=zone)):
        text = f"{text[: match.start]} {text[match.end :]}"
    return len(_BESIDE.sub("", text)) <= 3 and not any(char.isdigit() for char in text)


def drop_stamps(blocks: list[Block], zone: ZoneInfo) -> None:
    """Take the paragraphs that are nothing but a stamp off either end of a text."""
    for place in (0, 1, len(blocks) - 1):
        if 0 <= place < len(blocks):
            block = blocks[place]
            if isinstance(block, Paragraph) and is_stamp(block.text, zone):
                del blocks[place]


def day_of(value: date | datetime) -> date:
    """The calendar day of a stamp's value."""
    return value.date() if isinstance(value, datetime) else value


def _pieces(text: str) -> list[tuple[int, str]]:
    """Where in a line a stamp may stand: anywhere in a short one, at the ends of a long one."""
    if len(text) <= HEAD + TAIL:
        return [(0, text)]
    return [(0, text[:HEAD]), (len(text) - TAIL, text[-TAIL:])]


def _judge(
    lines: Sequence[Line], number: int, start: int, match: Match, *, first_prose: int, address: date | None
) -> Candidate:
    text = lines[number].text
    above = lines[number - 1].text if number else ""
    begin, end = start + match.start, start + match.end
    before, behind = text[max(0, begin - BESIDE) : begin], text[end : end + BESIDE]
    label = match.label
    if label == "updated" and _STATE.search(before):
        # "Stand: 20.08.2023 18:00 Uhr": what a page calls itself; its only stamp where it stands alone.
        label = "published"
        match = Match(match.start, match.end, match.text, match.stamp, "published")
    foreign_before, foreign_behind = len(_BESIDE.sub("", before)), len(_BESIDE.sub("", behind))
    whole = foreign_before + foreign_behind <= 3 or (foreign_behind == 0 and _is_front(before))
    labelled = label is not None or _LABEL.search(before) is not None
    score = _judge_place(number, first_prose, whole=whole, labelled=labelled)
    if isinstance(match.stamp.value, datetime):
        score += 2
    if labelled:
        score += 6
    elif _LABEL.search(above):
        score += 5
    elif not whole and len(text) <= LINE and _SIGNED_FRONT.fullmatch(before) is not None:
        score += 4
    elif not whole and foreign_behind == 0 and len(text) <= LINE and _BYLINE_FRONT.fullmatch(before) is not None:
        score += 8
    elif whole:
        score += 4
        if _WHOLE_FROM.match(before) and isinstance(match.stamp.value, datetime):
            score += 3
    else:
        score += _judge_inside(text, before, foreign_before, foreign_behind, match)
    if number == first_prose and begin == 1 and text[0] == "(" and behind[:1] == ")":
        # "(18.01.2018) Der Rat hat ...": how a text without a line for its stamp begins.
        score += LEAST_SCORE
    elif not whole and (text[begin - 1 : begin] == "(" or text[0] in "(["):
        score -= 3
    if _DECOY.search(before) or (above.endswith(":") and _DECOY.search(above)) or is_caption(text):
        score -= 8
    if _RANGE_BEHIND.match(behind) or _RANGE_BEFORE.search(before[-12:]):
        score -= 8
    if match.stamp.value.year < EARLIEST_YEAR and not labelled:
        score -= 20
    if address is not None:
        score += 4 if abs(day_of(match.stamp.value) - address) <= SAME_DAYS else -4
    return Candidate(number, begin, end, match, whole, score)


def _is_front(before: str) -> bool:
    return _STAMP_FRONT.fullmatch(before) is not None or _SIGNED_FRONT.fullmatch(before) is not None


def _judge_place(number: int, first_prose: int, *, whole: bool, labelled: bool) -> int:
    """Stamps stand in the head; one with a label or a line of its own may follow the lead; others are others'."""
    if number < first_prose:
        return 3
    if number == first_prose:
        return 0
    return -1 if labelled or (whole and number <= first_prose + 3) else -4


def _judge_inside(text: str, before: str, foreign_before: int, foreign_behind: int, match: Match) -> int:
    """How well a date dates the page that shares its line with other text: stuck to either end, it may be a stamp."""
    clock = isinstance(match.stamp.value, datetime)
    if _PREPOSITION.search(before[-8:]) and _NAMED.search(before) is None:
        return -8
    if foreign_before > 3 and before.rstrip().endswith(":"):
        # "Nächste Sitzung: 12. März 2021": a label, and not one of a publication.
        return -8
    if foreign_before <= 3:
        return 5 if clock else 2 if len(text) <= LINE else -2
    if foreign_behind <= 3 and (clock or before.rstrip()[-1:] in "|•·/-–—," or match.text[:1].isalpha()):
        return 6 if clock else 2 if len(text) <= LINE else -8
    if (
        before.rstrip()[-1:] in _FIELD_MARKS
        and text[len(before) + len(match.text) :].lstrip()[:1] in _FIELD_MARKS
        and len(text) <= LINE
    ):
        # "Erika Muster | 12. März 2020 | Lokales": a field of its own.
        return 3
    if foreign_before <= 20 and (clock or (match.text[:1].isdigit() and len(text) <= LINE)):
        # "Nachricht 19.07.2018 Headline", "Welt / 20.04.2022 / 22:57 Uhr / Headline"
        return 2
    return -8


def _corroborate(found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, those better by two whose day stands elsewhere on the page too."""
    days: dict[date, set[int]] = {}
    for one in found:
        days.setdefault(day_of(one.match.stamp.value), set()).add(one.number)
    return [replace(one, score=one.score + 2) if len(days[day_of(one.match.stamp.value)]) > 1 else one for one in found]
