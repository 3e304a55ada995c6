"""A stamp in capitals, as it would be written in a text: "14. OKTOBER 2019 UM 18 UHR".

Owns which words get a small first letter. Zones, currencies and Roman numbers stay as they are, and so do letters that
are alone (ISO 8601 has them), but the "h" of hours.
"""

from __future__ import annotations

import re

from feeds.dates import words, zone_words

WORD = re.compile(r"[^\W\d_]{2,}|(?:(?<=[0-9])|(?<=[0-9]\s))H(?![^\W\d_])")
ROMAN = re.compile("[MDCLXVI]{3,}")
CAPITALS = frozenset({*zone_words.MINUTES, *words.ROMAN_OF, "AD", "CHF", "EUR"})
SMALL = frozenset({
    *words.SMALL_WORDS - {"datum"}, *words.NUMBER_OF, *words.ORDINALS_INFLECTED, *words.BEFORE_ANY_DAY, *words.EVERY,
    *words.DAYS_FROM_TODAY, "und", "oder", "bis", "gegen", "etwa", "kurz", "vor", "nach", "circa", "ca", "punkt",
    "pünktlich", "at", "kl", "ore", "des", "im", "halb", "viertel", "dreiviertel", "te", "ten", "ter", "sten",
    "ster", "de", "er", "st", "nd", "rd", "th", "desselben", "eines", "einem", "dieses", "pm", "vorm", "nachm",
    "später", "geboren", "gestorben", "verstorben", "abrufbar", "verfügbar", "gültig", "haltbar", "alljährlich",
    "frühen", "späten",
})  # fmt: skip


def uncapitalised(text: str) -> str:
    """A text that is in capitals with small letters where German and English have them."""
    return WORD.sub(written, text)


def written(match: re.Match[str]) -> str:
    """A word in capitals as it is written otherwise."""
    word = match[0].lower()
    if match[0] in CAPITALS or ROMAN.fullmatch(match[0]):
        return match[0]
    return word if len(word) == 1 or word in SMALL or word.endswith("ischer") else word.capitalize()
