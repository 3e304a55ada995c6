"""Which of a page's dates is its publication: every date is a candidate, judged by form, place and label.

A page shows many dates: events, broadcasts, retrieval notes, related articles, pictures. One that is no better than
those is no answer: unknown beats a guess. `feeds.dates` reads the dates; here it is decided what they date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from feeds.dates import Match, find_dates
from feeds.parse.body import Line, is_caption

MAX_LINES: Final = 24
"""Lines with a date that are looked at; those at the head come first."""
HEAD: Final = 130
TAIL: Final = 90
"""Characters at either end of a long line where a stamp may be stuck to the text."""
LEAST_SCORE: Final = 5
"""Below this a date is no stamp. Calibrated on pages whose only dates are decoys: theirs stay below 4."""
SAME_DAYS: Final = timedelta(days=1)

# Costs a fraction of `find_dates`, which then reads what stands there.
_DATE_LIKE = re.compile(
    r"\d(?:\.\s?(?:\d{1,2}\.\s?\d{2}|[IVX]{1,4}\.)|[-/]\d{1,2}[-/]\d|\.?[\s-]{0,2}"
    r"(?:Jan|Jän|Feb|Feber|März|Maerz|Mär|Mrz|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Oct|Nov|Dez|Dec))"
)
_DECOY = re.compile(
    r"\b(?:Programm|Sendung|Sendetermin|Ausstrahlung|Termine?|Veranstaltung\w*|Beginn|Anmeldung|Anmeldeschluss|Abgerufen"
    r"|abgerufen|[Zz]uletzt besucht|Zeit|Wann|Tatzeit|Uhrzeit|Geboren|geboren|gestorben|Bild|Foto|Archiv|Copyright|©|Frist"
    r"|gültig|Gültig|Kommentar\w*|schrieb am|Heute ist|Ausgabe|Jahrgang|Laufzeit|Zeitraum|Einsendeschluss)\b"
)
# Words that stand beside a stamp and say nothing else; what is left of the line without them is foreign to a stamp.
_BESIDE = re.compile(
    r"\b(?:Mo(?:ntag)?|Di(?:enstag)?|Mi(?:ttwoch)?|Do(?:nnerstag)?|Fr(?:eitag)?|Sa(?:mstag)?|Sonnabend|So(?:nntag)?|den|der"
    r"|dem|vom|am|um|Uhr|Datum|Stand|MES?Z|CES?T|Erstellt|Veröffentlicht|Aktualisiert|[Zz]uletzt|aktualisiert|geändert"
    r"|veröffentlicht|Publiziert|Online|seit|Pressemitteilung|Medienmitteilung|Nachricht|Meldung|News|Artikel|Lesezeit"
    r"|Minuten?|Min|Lesedauer|ca|Von|von|Dieser Inhalt wurde)\b|\d+|[^\w]+"
)
_LABEL_BEFORE = re.compile(r"(?:Datum|Stand|Veröffentlicht|Erstellt|Publiziert|Erschienen|Online seit)\s?:?\s*$", re.IGNORECASE)
_STATE = re.compile(r"\bStand\b\s?:?\s*(?:\w{2,10},?\s)?$", re.IGNORECASE)
_RANGE = re.compile(r"\s?(?:bis|–|-|—|/|und)\s?(?:zum\s)?\d{1,2}\.")
_ADDRESS_DATE = re.compile(
    r"(?<!\d)(?P<y>(?:19[89]|20[0-4])\d)(?P<sep>[/_.-])(?P<m>0?[1-9]|1[0-2])(?P=sep)(?P<d>0?[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<!\d)(?P<y2>(?:19[89]|20[0-4])\d)/?(?P<m2>0[1-9]|1[0-2])/?(?P<d2>0[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<!\d)(?P<d3>0[1-9]|[12]\d|3[01])(?P<sep3>[._-])(?P<m3>0[1-9]|1[0-2])(?P=sep3)(?P<y3>(?:19[89]|20[0-4])\d)(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A date on the page: the number of its line among the lines that hold something, and how well it dates the page."""

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
    """The dates of a page with their scores, in the page's order. `first_prose` is the number of its first paragraph."""
    found: list[Candidate] = []
    looked = 0
    for number, line in enumerate(lines):
        text = line.text
        if _DATE_LIKE.search(text) is None:
            continue
        looked += 1
        if looked > MAX_LINES:
            break
        for start, piece in _pieces(text):
            for match in find_dates(piece, now=None, tz=zone):
                found.append(_judge(lines, number, start, piece, match, first_prose, address))
    return found


def choose(candidates: Sequence[Candidate]) -> tuple[Candidate | None, Candidate | None]:
    """The stamp of the publication and that of the last update; None for what no date is good enough for."""
    published = updated = None
    for candidate in candidates:
        if candidate.score < LEAST_SCORE:
            continue
        if candidate.match.label == "updated":
            if updated is None:
                updated = candidate
        elif published is None or candidate.score > published.score:
            published = candidate
    return published, updated


def day_of(value: date | datetime) -> date:
    """The calendar day of a stamp's value."""
    return value.date() if isinstance(value, datetime) else value


def _pieces(text: str) -> list[tuple[int, str]]:
    """Where in a line a stamp may stand: anywhere in a short one, at the ends of a long one."""
    if len(text) <= HEAD + TAIL:
        return [(0, text)]
    return [(0, text[:HEAD]), (len(text) - TAIL, text[-TAIL:])]


def _judge(
    lines: Sequence[Line], number: int, start: int, piece: str, match: Match, first_prose: int, address: date | None
) -> Candidate:
    text = lines[number].text
    begin, end = start + match.start, start + match.end
    before, behind = text[:begin], text[end:]
    clock = isinstance(match.stamp.value, datetime)
    label = match.label
    if label == "updated" and _STATE.search(before):
        # "Stand: 20.08.2023 18:00 Uhr": what a page calls itself; its only stamp where it stands alone.
        label = "published"
        match = Match(match.start, match.end, match.text, match.stamp, "published")
    foreign = _BESIDE.sub("", before + " " + behind)
    whole = len(foreign) <= 3
    head = number < first_prose
    prose = len(text) > 2 * HEAD or (len(text) > HEAD and not whole)
    score = 0
    if label is not None:
        score += 6
    elif number and _LABEL_BEFORE.search(lines[number - 1].text):
        score += 5
    if whole:
        score += 4
    elif len(foreign) <= 40 and not prose:
        score += 2
    if head:
        score += 3
    elif whole and clock and before.lstrip().startswith("vom"):
        score += 3
    if clock:
        score += 2
    if not head and number > first_prose:
        score -= 4
    if prose or (len(before) > 40 and not before.rstrip().endswith((".", "!", "?", "|", "“", ":"))):
        # In running text a date is an event's, but where it is stuck to the front or the end of the line.
        edge = begin <= 3 or (label is not None and len(before) <= 30) or (not behind.strip(" .|Uhr") and clock)
        score += 3 if edge and head or (edge and number <= first_prose) else -8
    if text.startswith(("(", "[")) or before.rstrip().endswith(("(", "[")) or text[begin - 1 : begin] == "(":
        score -= 3
    if _DECOY.search(before) or (number and lines[number - 1].text.endswith(":") and _DECOY.search(lines[number - 1].text)):
        score -= 8
    if is_caption(text):
        score -= 8
    if _RANGE.match(behind) or re.search(r"\d\.?\s?(?:-|–|bis)\s?$", before):
        score -= 8
    if address is not None:
        apart = abs(day_of(match.stamp.value) - address)
        score += 4 if apart <= SAME_DAYS else -4
    return Candidate(number, begin, end, match, whole, score)
