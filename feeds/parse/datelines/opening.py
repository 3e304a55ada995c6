"""Which of a text's first lines has a dateline, and what is one there: a place alone, an agency alone, two lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from feeds.article import Dateline
from feeds.parse.datelines.dateline import DASHES, MAX_DATELINE, DatelineMatch, match_dateline
from feeds.parse.datelines.places import is_place, is_sure_place
from feeds.parse.datelines.year import NEAR
from feeds.parse.words import AGENCIES, NO_PLACES, SECTIONS, any_of

LEAD_LINES: Final = 4
"""Lines at the beginning of a text, a lead and captions among them, one of which may have the dateline."""
EARLIEST_NEWS: Final = 1995
"""Before this year a day in front of a paragraph below the first is that of history."""
MAX_HEADED: Final = 140
"""Characters of a headline that names the place, at most."""
MAX_BROKEN: Final = 80
"""Characters of a line on which a dateline begins that goes on below, at most."""
_CLOSING: Final = tuple("-‐‑‒–—―−.:")
# "MUSTERAU taz | Text": the sign of a paper comes after the place without brackets.
_UNBRACKETED = re.compile(
    r"(?P<place>[A-ZÄÖÜ]{2,}(?:[ /-][A-ZÄÖÜ]{2,}){0,3})\s"
    rf"(?P<agency>[a-z]{{3,5}}|{any_of(AGENCIES)})\s(?:\||{DASHES})\s"
)
# "Berlin/dpa. Das Kabinett ...", "(dpa) Das Kabinett ..."
_SLASHED = re.compile(
    rf"(?P<place>[A-ZÄÖÜ][^\W\d_]+(?:[ /-][^\W\d_]+){{0,3}})/(?P<agency>{any_of(AGENCIES)})\s?(?:[.:|]|{DASHES})\s"
    rf"|\(\s?(?P<alone>(?:{any_of(AGENCIES)})(?:[-/,] ?[A-Za-zÄÖÜäöü]{{2,12}}){{0,4}})\s?\)"
    rf"\s{{0,3}}(?:[.:]|{DASHES})?\s{{1,3}}(?=[\dA-ZÄÖÜ„\"»«])"
)
# "MUSTERAU. Die Brücke ...", "Wien – Die Brücke ...": the place alone.
_ALONE = re.compile(
    rf"(?P<place>[A-ZÄÖÜ][^\W\d_]+(?:[ /-][^\W\d_]+){{0,3}})(?:\.$|(?:\.|\s?{DASHES})\s(?=[A-ZÄÖÜ„\"»«]))"
)
# "Pressemeldung", "Medieninformation Nr. 112/2026": above a press release.
_RELEASE = re.compile(
    r"(?:Presse|Medien)(?:mitteilung|aussendung|information|meldung)(?:en|s)?"
    r"(?:\s(?:Nr\.?:?\s?)?\d{1,5}(?:\s?/\s?\d{2,4})?)?"
)
# "Presse", "Pressemitteilungen", "Newsroom": entries of a menu.
_NEWS = re.compile(r"(?:(?:Presse|Medien)[\w-]*|News[\w-]*|Aktuelle?s?|Nachrichten|Meldungen|\w*[Mm]itteilungen)$")


def match_opening(
    text: str, *, first: bool, labels: Sequence[str] = (), published: date | None = None
) -> DatelineMatch | None:
    """The dateline of one of a text's first lines; below the `first` one it has an agency, and a year or a dash.

    Without an agency its day is there near to that on which the page was `published`: others are of events, of letters
    and of history. If nothing dates the page, one of these decades is its own where the page's `labels`, its lines, say
    that it is of the press or has news. A place may be alone that is known, in capitals, or among the labels, which
    name sections, or that a headline has and the text names as one.
    """
    match = match_dateline(text)
    if match is None and first and (released := match_dateline(text, is_release=True)) is not None:
        match = released if any(map(_RELEASE.fullmatch, labels)) else None
    if match is None:
        return _match_place(text, labels)
    if first:
        return match
    if match.dateline.agency is not None:
        return match if match.date is not None or text[: match.end].rstrip().endswith(_CLOSING) else None
    if match.date is None:
        return None
    if published is not None:
        return match if abs(match.date - published) <= NEAR else None
    is_told = match.date.year >= EARLIEST_NEWS and any(map(_NEWS.match, labels))
    return match if is_told and text[: match.end].rstrip().endswith((*_CLOSING, ")")) else None


def _match_place(text: str, labels: Sequence[str]) -> DatelineMatch | None:
    """The dateline that is a place alone, an agency alone, or both without brackets."""
    head = text[:MAX_DATELINE]
    if (match := _UNBRACKETED.match(head)) is not None and match["place"] not in NO_PLACES:
        return DatelineMatch(Dateline(match["place"], None, match["agency"]), match.end())
    if (match := _SLASHED.match(head)) is not None:
        return DatelineMatch(Dateline(match["place"], None, match["agency"] or match["alone"]), match.end())
    if (match := _ALONE.match(head)) is None:
        return None
    place = match["place"]
    sign, _, rest = place.partition(" ")
    if sign in AGENCIES and rest and is_sure_place(rest):
        # "SID KÖLN. Der Verein ..."
        return DatelineMatch(Dateline(rest, None, sign), match.end())
    is_named = is_place(place) and place.casefold() not in SECTIONS and (place in labels or _is_named(place, labels))
    return DatelineMatch(Dateline(place, None, None), match.end()) if is_sure_place(place) or is_named else None


def _is_named(place: str, lines: Sequence[str]) -> bool:
    """Whether the lines of a page name a place as one: "in Musterau", "der Rat von Musterau"."""
    named = re.compile(rf"\b(?:[Ii]n|[Aa]us|[Nn]ach|[Bb]ei|[Vv]on)\s{re.escape(place)}\b(?!-)")
    headed = re.compile(rf"(?<!\w){re.escape(place)}\b(?! [–-] [A-ZÄÖÜ„])")
    heads = (line for line in lines if len(line) <= MAX_HEADED and not line.endswith("."))
    shown = any(headed.search(line) is not None for line in heads)
    return shown and any(named.search(line) is not None for line in lines)


def match_wrapped(text: str, below: str) -> DatelineMatch | None:
    """The dateline that a line and the one below make together, where the break is within it; None where it isn't.

    As in "MINSK," / "25. Juni (BelTA) – Text". Where the line below begins with one, too, that lacks the day, or the
    one above is the first word of its place, which is in capitals, too: "KREIS" / "MINSK, 25. Juni (BelTA) –".
    """
    if len(text) > MAX_BROKEN or (match := match_dateline(f"{text} {below}")) is None or match.end <= len(text) + 1:
        return None
    own = match_dateline(below)
    if own is None or (own.dateline.day is None and match.dateline.day is not None):
        return match
    return match if text.isupper() and (match.dateline.place or "").isupper() else None
