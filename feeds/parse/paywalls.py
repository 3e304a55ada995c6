"""Whether an article is for those who pay, by what the page says right above its text, in it, or right below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from feeds.parse.body import Line
from feeds.parse.words import SUBSCRIBERS

ABOVE: Final = 6
"""Lines above a text that are said of it, at most: what is further up may be of another."""
BELOW: Final = 5
"""Lines below a text in which a page asks for a subscription, at most."""

_HINTS: Final = ("bonn", "eiterlesen", "exklusiv für", "ein Abo")
# "MA+ Exklusiv für Abonnenten"
_BADGE = re.compile(r"(?:\S{1,15} )?(?:Nur|Exklusiv) für (?:\S{1,12}-)?Abonnent(?:en|innen)[.:!]?")
_SAID = re.compile(SUBSCRIBERS)
_ASKED = re.compile(
    r"(?:Jetzt |Hier )?[Ww]eiterlesen mit \S.{1,30}|Jetzt weiterlesen[.!:]?"
    r"|(?:\S{1,12} )?Sie (?:wollen|möchten) weiterlesen\b.*"
    r"|(?:(?:Sie sind|Sind Sie) )?[Bb]ereits Abonnent(?:in)?\b.*|Sie haben (?:bereits|schon) ein Abo(?:nnement)?\b.*"
)


def find_paywall(lines: Sequence[Line], first: int, end: int) -> int | None:
    """The number of the line that says that an article is for those who pay; None where none does.

    `first` is the number of the first line of its text, `end` that of the line after it.
    """
    for number in range(max(first - ABOVE, 0), min(end + BELOW, len(lines))):
        text = lines[number].text
        if not any(hint in text for hint in _HINTS):
            continue
        is_badge = number < first and _BADGE.fullmatch(text) is not None
        if is_badge or _SAID.match(text) is not None or (number >= end and _ASKED.fullmatch(text) is not None):
            return number
    return None
