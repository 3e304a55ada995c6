"""The forms of a dateline: "MINSK, 25. Juni (BelTA) –", "Berlin (dpa) –"; what one says, and where the text begins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from feeds.article import Dateline
from feeds.dates import DateError, load_zone, parse_date, parse_day_month
from feeds.dates.resolution import day_in_year
from feeds.parse.datelines.places import LEAST_CAPITALS, is_place, is_sure_place
from feeds.parse.words import AGENCIES, NO_PLACES, PLACES

MAX_DATELINE: Final = 160
"""Characters within which a dateline ends."""
LEAP_YEAR: Final = 2000
"""A year that has every day."""

DASHES = "[-‐‑‒–—―−]{1,2}"
# What agencies and papers put after the place; letters, and the signs between two agencies.
_AGENCY = r"""
    (?: \(\s?(?P<agency>[^\W\d_][\w\ .,&/+-]{1,30}?)\s?\)
      | /\s?(?P<slashed>[^\W\d_][\w\ .&-]{1,30}?)\s?/
      | \[\s?(?P<square>[^\W\d_][\w\ .,&/-]{1,30}?)\s?\] )
"""
# "Rendsburg (Deutschland), 28.08.2005 – ...": the country of the place.
_COUNTRY = r"(?:\s\([A-ZÄÖÜ][^\W\d_]{2,24}\)(?=,))?"
_FULL = re.compile(
    rf"""
    \s{{0,8}}+ (?P<place>[^\W\d_][^\n\d()\[\]:;!?„“”"]{{1,70}}?) {_COUNTRY} (?:\s?[,;.]\s{{0,3}}|\s{{1,3}})
    (?: (?P<formal>den\s) | am\s )?
    (?: \d{{1,2}}\s?\.?\s? (?:[^\W\d_]{{3,12}}\s)? (?:{DASHES}|/|bis\s|und\s) \s? )?
    (?P<day>\d{{1,2}}\s?\.?\s{{0,3}}[^\W\d_]{{3,12}}) [.,;]? (?:\s(?P<year>\d{{4}}))? \s{{0,3}}[.,;:]?\s{{0,3}}
    (?: {_AGENCY} \s?[.:,]?\s{{0,3}} (?:{DASHES})? | (?P<capital>[A-ZÄÖÜƏ]{{3,12}}) (?:\s{DASHES}(?=\s)|\s?[–—]|$)
      | {DASHES} | (?P<stop>(?<=[.:])\s(?=[A-ZÄÖÜ„"»«])) ) \s{{0,3}}
    """,
    re.VERBOSE,
)
_NUMERIC = re.compile(
    rf"""
    \s{{0,8}}+ (?P<place>[A-ZÄÖÜ][^\n\d()\[\]:;!?„“”".]{{1,40}}?) {_COUNTRY} \s?,\s{{1,3}} (?P<formal>den\s)?
    (?P<date>(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.(?P<year>\s?(?:\d{{4}}|\d\d))?) \s{{0,3}}
    (?: {_AGENCY} \s{{0,3}} (?:{DASHES}|[.:]|(?=\s[A-ZÄÖÜ„"»«])) | {DASHES}
      | (?P<stop>(?:[.:]|\s?\|)\s(?=[A-ZÄÖÜ„"»«])) )
    \s{{0,3}}
    """,
    re.VERBOSE,
)
_BARE = re.compile(
    rf"""
    \s{{0,8}}+ (?P<place>(?:[A-ZÄÖÜ][\w]?\.\s)?[A-ZÄÖÜ][^\n\d()\[\]:;!?„“”".]{{1,40}}?) \s?[,.:]?\s{{1,3}}
    {_AGENCY} \s{{0,3}} (?P<close>{DASHES}|[.:]|$)? \s{{0,3}}
    """,
    re.VERBOSE,
)
_AGENCY_FIRST = re.compile(
    rf"""
    \s{{0,8}}+ {_AGENCY} \s{{0,3}} (?P<place>[A-ZÄÖÜ][^\n\d()\[\]:;!?„“”".]{{1,40}}?) \s?,\s{{1,3}} (?:(?:den|am)\s)?
    (?P<day>\d{{1,2}}\.\s{{0,3}}[^\W\d_]{{3,12}}) (?:\s(?P<year>\d{{4}}))? \s{{0,3}}(?:[.:]|{DASHES})\s{{1,3}}
    """,
    re.VERBOSE,
)
# "(Hanau, 1. Juni 2023) Nach ...", as offices and firms write.
_BRACKETED = re.compile(
    r"""
    \s{0,8}+ \(\s? (?P<place>[A-ZÄÖÜ][^\n\d()\[\]:;!?„“”".]{1,40}?) \s?,\s{1,3} (?:(?:den|am)\s)?
    (?P<day>\d{1,2}\.\s{0,3}[^\W\d_]{3,12}) (?:\s(?P<year>\d{4}))? \s?\) \s{0,3}(?:[.:]|[-–—])?\s{1,3}
    """,
    re.VERBOSE,
)
# "(PresseBox) (Hanau, 01.06.2023) Nach ...", "Hanau. (mm, 01.06.2023) – Nach ...", "(dpa, 01.06.23) Nach ...",
# "Hanau (01.06.23) Nach ...".
_DAY_IN_BRACKETS = re.compile(
    rf"""
    \s{{0,8}}+ (?:(?P<place>[A-ZÄÖÜ][^\n\d()\[\]:;!?„“”".]{{1,40}}?)\s?[,.:]?\s{{1,3}})? (?:\((?:PresseBox|lifePR)\)\s)?
    \(\s? (?:(?P<sign>[^\W\d_][^\n\d()\[\]:;!?„“”"]{{1,40}}?) \s?[,/]\s?)?
    (?P<date>\d{{1,2}}\.\d{{1,2}}\.(?:\d{{4}}|\d\d)) \s?\)
    \s{{0,3}}(?:{DASHES}|[.:])?\s{{1,3}}(?=[A-ZÄÖÜ„"»«])
    """,
    re.VERBOSE,
)
# "Rathaus", "Stadthalle Musterau", "Aula der Schule": where something happens, and no place of a press release.
_BUILDING = re.compile(
    r"\b\w*(?:halle|saal|haus|stadion|arena|park|aula|bücherei|bibliothek|museum|schule|kirche|gymnasium|theater|platz)\b",
    re.IGNORECASE,
)
# "Musterau, den 3. Mai 1996. Liebe Erika, ...": a letter, and its day.
_SALUTATION = re.compile(
    r"(?:Mein[e]?\s)?(?:Liebe[rs]?|Sehr geehrte[rs]?|Geehrte[rs]?|Hallo|Guten Tag|Verehrte[rs]?)\b"
)
PARAGRAPH: Final = 120
"""Characters of a paragraph, at least."""
MAX_INITIALS: Final = 4
"""Letters by which a writer signs, at most."""
_BETWEEN_AGENCIES = re.compile(r"[/,+&]\s?|(?<=\w)-|\s")
_DIGIT = re.compile(r"\d")
KNOWN_AGENCIES: Final = frozenset(agency.casefold() for agency in AGENCIES)
"""How agencies sign, case-folded."""


@dataclass(frozen=True, slots=True)
class DatelineMatch:
    """A dateline and the offset in its line where the report's own words begin."""

    dateline: Dateline
    end: int
    date: date | None = None


def match_dateline(text: str, *, is_release: bool = False) -> DatelineMatch | None:
    """The dateline that a paragraph begins with, or None. Its day is `--06-25` where it names no year.

    `is_release`: it is the text of a press release, so what is in front of a day is a place, known or not.
    """
    head = text[:MAX_DATELINE]
    # Most lines have neither what an agency is set in nor a digit: they cost no pattern.
    signed = "(" in head or "/" in head or "[" in head
    if _DIGIT.search(head) is not None:
        match = _FULL.match(head) or (signed and (_AGENCY_FIRST.match(head) or _BRACKETED.match(head)))
        if match and _is_closed(match, is_release=is_release):
            return _read_named_month(match)
        if (match := _NUMERIC.match(head)) is not None and _is_closed(match, is_release=is_release):
            return _read_numeric(match)
        if signed and (match := _DAY_IN_BRACKETS.match(head)) is not None:
            return _read_brackets(match)
    if signed and (match := _BARE.match(head)) is not None and is_place(match["place"]) and _is_signed(match):
        return _make(match, None)
    return None


def _make(match: re.Match[str], day: str | None, whole: date | None = None) -> DatelineMatch:
    return DatelineMatch(Dateline(match["place"].strip(" ,"), day, _agency(match)), match.end(), whole)


def _read_named_month(match: re.Match[str]) -> DatelineMatch | None:
    """The dateline whose month is a word; where that is none, place and agency still are what they are."""
    try:
        month, day = parse_day_month(match["day"])
    except DateError:
        # A month that no reading explains: "29. Saint".
        return None if _agency(match) is None and not match["place"].isupper() else _make(match, None)
    if match["year"] is None:
        return _make(match, f"--{month:02}-{day:02}")
    return _make(match, f"{match['year']}-{month:02}-{day:02}", day_in_year(int(match["year"]), month, day))


def _read_numeric(match: re.Match[str]) -> DatelineMatch | None:
    """The dateline whose day is in digits; without a year it has an agency: "Genua, 3.5. (sda) Die Brücke ..."."""
    if match["year"] is None:
        month, day = int(match["month"]), int(match["day"])
        is_day = _agency(match) is not None and day_in_year(LEAP_YEAR, month, day) is not None
        return _make(match, f"--{month:02}-{day:02}") if is_day else None
    whole = _read_day(match["date"].replace(" ", ""))
    return None if whole is None else _make(match, whole.isoformat(), whole)


def _read_day(text: str) -> date | None:
    try:
        return parse_date(text, now=None, tz=load_zone("UTC")).day
    except DateError:
        return None


def _read_brackets(match: re.Match[str]) -> DatelineMatch | None:
    """The dateline whose day is in brackets, behind an agency or writer, or behind its place."""
    place, sign = match["place"], match["sign"]
    if sign is None:
        # "Berlin (09.11.1989) Tausende ..." is history; a release shortens its own year.
        is_own = place is not None and is_sure_place(place) and not match["date"][-4:].isdigit()
        day = _read_day(match["date"]) if is_own else None
        return None if day is None else DatelineMatch(Dateline(place, day.isoformat(), None), match.end(), day)
    sign = sign.strip()
    is_agency = sign.casefold() in KNOWN_AGENCIES or (place is not None and sign.islower())
    if not is_agency:
        place, sign = (sign, None) if place is None else (None, None)
    if (place is None and sign is None) or (place is not None and (not is_place(place) or place in NO_PLACES)):
        return None
    day = _read_day(match["date"])
    return None if day is None else DatelineMatch(Dateline(place, day.isoformat(), sign), match.end(), day)


def _agency(match: re.Match[str]) -> str | None:
    # None of them is searched for where the place is in brackets.
    found = match.groupdict()
    return found.get("agency") or found.get("slashed") or found.get("square") or found.get("capital")


def _is_signed(match: re.Match[str]) -> bool:
    """Whether brackets after a place are an agency's and not a party's or an office: "Erika Muster (Grüne): ...".

    They are if it is a known one; if a dash or the line's end closes them and the place is known or in capitals or the
    signature in small letters; or if they hold a few small letters with a full stop in front of them or behind them:
    "Musterau. (mm) Die ...", "Musterau (mm). Die ...".
    """
    agency = _agency(match) or ""
    if (
        match.string[match.end("place")] == "."
        and len(agency) <= MAX_INITIALS
        and agency.isalpha()
        and agency.islower()
    ):
        return True
    if any(part.casefold() in KNOWN_AGENCIES for part in _BETWEEN_AGENCIES.split(agency)):
        return True
    if match["close"] == "." and len(agency) <= MAX_INITIALS and agency.islower() and " " not in match["place"]:
        # "Musterau (pbm). Die Brücke ..."
        return agency.isalpha()
    closed = match["close"] is not None and match["close"] not in {".", ":"}
    if match["close"] == "." and agency.isupper() and match["place"] not in NO_PLACES:
        # "MUSTERAU (MPA). Die Brücke ..."
        return match["place"].isupper() and match["place"].isalpha() and len(match["place"]) >= LEAST_CAPITALS
    return closed and (match["place"].isupper() or match["place"] in PLACES or agency.islower())


def _is_closed(match: re.Match[str], *, is_release: bool) -> bool:
    """Whether what is before a day can be a place; where only a full stop closes the dateline, it must be one.

    "Musterau, den 3. Mai 2016. Die Brücke ..." can be nothing else, but for a letter.
    """
    place, found = match["place"].strip(" ,"), match.groupdict()
    if not is_place(place) or found.get("stop") is None:
        return is_place(place)
    if "|" in found["stop"] and len(match.string) >= PARAGRAPH:
        # "Musterau, 12.03.2024 | Die Brücke ...": in a shorter line it may part fields.
        return True
    if found.get("formal") is not None and _SALUTATION.match(match.string, match.end()) is None:
        return True
    is_told = is_release and found.get("year") is not None and _BUILDING.search(place) is None
    return is_told or is_sure_place(place)
