"""Dates that are not the page's own: those of events, pictures, court decisions, articles that it is about."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from feeds.dates import Stamp
from feeds.parse.body import is_caption
from feeds.parse.prose import is_result
from feeds.parse.words import DECOYS, FOOT, any_of

QUARTER: Final = 15
"""Minutes: matches begin at a full quarter."""
_DECOY = re.compile(rf"\b(?:{any_of(DECOYS)})\b|[©†✝]")
# "Zum Artikel „Neue Brücke“ vom 4. Juni", "„Neue Brücke“ (Ausgabe vom 4. Juni)": that of what is written about.
_REFERENCE = re.compile(
    r"(?:Leserbriefe?\s)?(?:[Zz]u[mr]?|[Bb]etr(?:ifft|\.)|Replik\sauf|Antwort\sauf)\b:?\s[^\n]*[“”\"»«]"
    r"[^\n]{0,30}(?:\bvom\s|\(|,\s)(?:\w{2,10},\s)?$"
    r"|[„\"»«][^\n]{6,}[“”\"»«][^\n]{0,20}\([^()\n]*$"
)
_HOURS = re.compile(
    r"\d{1,2}(?:[.:]\d\d)?(?:\sUhr)?\s?(?:bis|–|-)\s?\d{1,2}(?:[.:]\d\d)?\sUhr|(?:Eintritt|Treffpunkt|Einlass)\b.{0,60}"
)
"""What is below the day of an event."""
_PLACE = r"(?:halle|saal|heim|platz|stadion|kirche|hof|garten|arena|haus|museum|theater|bücherei|schule|[fh]\w+bad)"
_HAPPENS_BEHIND = re.compile(
    r"(?:\sUhr)?,\s(?:(?:am|im|in|auf|bei|beim|vor)\s|(?:Zuschauer|Eintritt|Einlass|Treffpunkt|Anpfiff|Anstoß|Ort)\b"
    rf"|(?:[\w.-]+\s){{0,2}}\w*{_PLACE}\b)",
    re.IGNORECASE,
)
_HAPPENS_BELOW = re.compile(
    r"(?:Ort|Veranstaltungsort|Wo|Zuschauer(?:zahl)?|Schiedsrichter(?:in)?|Tore|Anpfiff|Anstoß)\s?:"
)
"""Where and before whom something happens: after the clock of its day, or below."""
_YET = re.compile(
    r"\b(?:[Nn]ächste[nrs]?|[Kk]ommende[nrs]?)\s\w{2,25}\s(?:erscheint|kommt|beginnt|folgt)\s(?:\w{2,12}\s)?$"
)
# "BSG, 30.01.2020 - B 2 U 9/18 R": a court's decision by its file number.
_RULING_BEHIND = re.compile(
    r"\s?[-–,]?\s?(?:Az\.?:?\s?)?(?:(?:[IVX]{1,4}|[A-Z][A-Za-z]{0,4}|\d{1,2})\s){1,4}\d{1,5}/\d\d\b"
)
# "Musterau 5 Grad", "DAX 15.000 +0,5 %": what pages show of the day on which they are seen, below that.
_OF_TODAY = re.compile(
    r"(?:[\w.,: -]{0,24}\s)?[+−–-]?\d{1,2}\s?(?:°\s?C?|Grad)(?:,?\s\w{2,12}){0,2}"
    r"|.{2,30}\s[+−–-]\s?\d{1,3}[.,]\d{1,2}\s?%",
    re.IGNORECASE,
)
# "Musterverlag, erschienen am 12. März 2024, 320 Seiten": a book.
_BOOK_BEHIND = re.compile(r",?\s(?:\d{2,4}\sSeiten|ISBN)\b")
# "Stand: 12.03.2020 | Impressum | Datenschutz": that of the site.
_FOOT_BEHIND = re.compile(rf"(?:\sUhr)?\s?[|•·–-]\s?(?:{any_of(FOOT)})\b")
# "24. 4. 2013 - Text: Erika Muster, Foto: Max Muster": that of the text.
_CREDITS_BEHIND = re.compile(r"\s?[-–|·•]\s?Text\s?:\s")
# "SRF 4 News, 21.06.2022, 07:00 Uhr": when something was broadcast.
_SLOT = re.compile(
    r"(?:SRF|RTR|ORF|NDR|WDR|BR|SWR|MDR|RBB|HR|SR|Radio|Das Erste|ZDF|Deutschlandfunk)\b[\w .-]{0,25},\s?"
)
# "Nächstes Konzert", "Tatzeit" above it; "seit dem 1.1.2001" in front: a counter's.
_EVENT_HEAD = re.compile(
    r"(?:(?:Unser|Das|Der|Die)\s)?[Nn]ächste[rs]?\s\w{4,25}:?|Wann\??"
    r"|(?:Tat|Unfall|Ereignis|Einsatz|Alarm(?:ierungs)?)zeit"
    r"|(?:Hör|TV|Fernseh|Radio|Sende|Film|Ausgeh|Veranstaltungs)-?[Tt]ipps?:?"
)
_SINCE = re.compile(r"\s*(?:seit|ab|bis)\s", re.IGNORECASE)


def is_decoy(text: str, *, above: str, below: str, before: str, behind: str, whole: bool) -> bool:
    """Whether words around a date say that it is that of something else.

    `text` is its line, `above` and `below` are those beside it, `before` and `behind` what shares the line with the
    date; `whole` says that this is nothing foreign to a stamp.
    """
    return (
        _DECOY.search(before) is not None
        or (above.endswith(":") and _DECOY.search(above) is not None)
        or _EVENT_HEAD.fullmatch(above) is not None
        or is_reference(before)
        or _SINCE.match(before) is not None
        or _YET.search(before) is not None
        or (whole and (_HOURS.fullmatch(below) is not None or is_of_today(below)))
        or (is_caption(text) and _CREDITS_BEHIND.match(behind) is None)
        or _RULING_BEHIND.match(behind) is not None
        or _FOOT_BEHIND.match(behind) is not None
        or _BOOK_BEHIND.match(behind) is not None
    )


def is_happening(behind: str, below: str) -> bool:
    """Whether a place, or who came, comes after a day with its clock or on the line below."""
    return _HAPPENS_BEHIND.match(behind) is not None or _HAPPENS_BELOW.match(below) is not None


def is_kick_off(stamp: Stamp, above: str) -> bool:
    """Whether a day and a full quarter of an hour are below the result of a match."""
    clock = stamp.value
    return isinstance(clock, datetime) and clock.minute % QUARTER == 0 and is_result(above)


def is_slot(before: str) -> bool:
    """Whether a text in front of a date says who broadcast something."""
    return _SLOT.fullmatch(before) is not None


def is_of_today(text: str) -> bool:
    """Whether a text is what pages show of the day on which they are seen: weather, a quote."""
    return _OF_TODAY.fullmatch(text) is not None


def is_reference(text: str) -> bool:
    """Whether a text in front of a date leads to an article that is written about: "Zum Artikel „...“ vom"."""
    return _REFERENCE.match(text) is not None
