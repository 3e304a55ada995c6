"""Dates that a text calls something else than its own: a birth, a death, a deadline, an end, a bound.

Owns which words say so. Only a text that is one date is asked (`parse_date`); in running text such dates are dates too,
and what they are of is asked of the page.
"""

from __future__ import annotations

import re

from feeds.dates.grammar import ANY_WEEKDAY, any_of
from feeds.dates.stamp import Found

REACH = 64
"""Characters in front of a date that are looked at."""

_DEADLINES = (
    "abgabe", "anmelde", "annahme", "antrags", "anzeigen", "bestell", "bewerbungs", "buchungs", "einreich",
    "einreichungs", "eingabe", "einsende", "melde", "nenn", "teilnahme", "vorverkaufs",
)  # fmt: skip
"""In front of "schluss": "Redaktionsschluss" is the state of a text, "Beschluss" is another word."""
_OF_OTHERS = (
    rf"geboren | geb\. | geburts(?:datum|tag) | gestorben | gest\. | verstorben | starb | todestag"
    r" | sterbedatum | [†✝]"
    rf" | (?:{any_of(_DEADLINES)})schluss | \w*frist | deadline | fällig(?:keit)? | ablaufdatum"
    r" | (?:un)?gültig(?:keit)? | \w*haltbar(?:keitsdatum)? | befristet"
    r" | (?: verfügbar(?:keit)? | abrufbar ) (?! [\s:]{1,3}(?:seit|vom|am)\b )"
)
_UNTIL = (
    "online | verfügbar | abrufbar | anmeldung(?:en)? | bewerbung(?:en)? | angebot | gilt | läuft | laufzeit"
    " | teilnahme | erhältlich | buchbar | anmelden | bewerben | einsendungen | geöffnet"
)
IN_FRONT = re.compile(
    rf"""
    (?<! \w )
    (?: (?: {_OF_OTHERS} ) (?! \w ) [\s:]{{0,3}}+
        (?: (?: ist | war | sind | läuft | endet | bis | am | ab | vom | zum | der | den | dem | spätestens | sofort )\b
            [\s:]{{0,3}}+ ){{0,4}}+
      | (?: {_UNTIL} ) [\s:]{{1,3}}+ (?: noch\s | nur\s )? bis\b [\s:]{{1,3}}+ (?: (?: zum | einschließlich )\s )?
      | (?: vor | nach ) \s dem \s
      | (?: gilt | in\skraft ) \s (?: ab | am | zum )\s (?: dem\s )? )
    (?: (?: {ANY_WEEKDAY} )\b \.?,?\s{{1,3}}+ (?: de[nr]\s )? )?
    \Z
    """,
    re.VERBOSE | re.IGNORECASE,
)
BEHIND = re.compile(
    r"\s{1,3}+(?:in\s[A-ZÄÖÜ][\w-]{1,30}\s(?:[A-ZÄÖÜ(][\w.)-]{1,30}\s)?)?(?P<verb>geboren|gestorben|verstorben)(?!\w)"
    r"|\s{1,3}+(?:noch\s|in\sder\s[\w-]{3,30}\s)?"
    r"(?:verfügbar|abrufbar|gültig|online|erhältlich|haltbar|befristet)(?!\w)"
)
# "Eintritt: Fr. 12.50 pro Person": Swiss francs, and no Friday.
PRICE = re.compile(
    r"(?:eintritt\w{0,10}|preise?|kosten|kostet|gebühr|beitrag|billett?e?|tickets?|à)\W{1,3}\Z", re.IGNORECASE
)
FRANCS = re.compile(r"Fr\.\s\d{1,2}\.\d\d(?!\d|\s?[Uu]hr)(?P<each>\s(?:pro|je|inkl|exkl|statt|plus)\b)?")
UNTIL = re.compile(r"\b(?:bis|ab)\b", re.IGNORECASE)
BIRTH = re.compile(r"\*\s{0,2}\Z")
DEATH = re.compile(r"[†✝]|\bgest(?:\.|orben)")


def is_of_something_else(text: str, found: Found) -> bool:
    """Whether the words around a date in a text say that it is that of something else."""
    start = found.start
    if start and IN_FRONT.search(text, max(0, start - REACH), start) is not None:
        return True
    if start and BIRTH.search(text, max(0, start - 3), start) is not None:
        return DEATH.search(text, found.end) is not None
    francs = FRANCS.match(text, start)
    if francs is not None and (
        francs["each"] is not None or PRICE.search(text, max(0, start - REACH), start) is not None
    ):
        return True
    behind = BEHIND.match(text, found.end) if found.end < len(text) else None
    return behind is not None and (behind["verb"] is not None or UNTIL.search(text, found.reach, start) is not None)
