"""What stands within a text for what can't be read: videos, galleries, maps, the clocks of players."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from feeds.parse.body import Line, is_sentence
from feeds.parse.prose import is_prose

MAX_TITLE: Final = 100
"""Characters of a title below such a label, at most."""
MEDIA_LINES: Final = 5
"""Lines of such a thing, at most."""

_KIND: Final = (
    r"(?:Video|Audio|Podcast|(?:Bilder|Foto)(?:galerie|strecke)|Galerie|Interaktive (?:Karte|Grafik)|Karte|Grafik)"
)
_BEGINNINGS: Final = (
    "Video",
    "Audio",
    "Podcast",
    "Bild",
    "Foto",
    "Galerie",
    "Interaktive",
    "Karte",
    "Grafik",
    "0",
    "VIDEO",
    "AUDIO",
    "PODCAST",
)
_LABEL = re.compile(_KIND, re.IGNORECASE)
_TITLED = re.compile(rf"{_KIND}(?::| [|–-]) \S.{{2,90}}")
# "01:32 Min.", "12 Bilder", "Folge 12"
_MEASURE = re.compile(
    r"(?:Länge: |Dauer: )?\d{1,2}:\d\d(?::\d\d)?(?: ?/ ?\d{1,2}:\d\d)?(?: (?:Min(?:\.|uten)?|Uhr))?"
    r"|\d{1,3} (?:Bilder|Fotos|Minuten|Min\.?)|(?:Folge|Episode|Bild) \d{1,3}.{0,40}|Abspielen|Pause|Stummschalten"
)
_START = re.compile(r"0?0:00")


def find_media(lines: Sequence[Line], number: int) -> range:
    """The numbers of the lines of a thing that a line begins; none where it begins none, or no paragraph follows.

    That is a label with its title in the same line, or below it, and what tells how long or how many it is.
    """
    text = lines[number].text
    if not text.startswith(_BEGINNINGS):
        return range(0)
    end = number + 1
    if _START.fullmatch(text) is None and _TITLED.fullmatch(text) is None:
        if _LABEL.fullmatch(text) is None:
            return range(0)
        if end < len(lines) and _is_title(lines[end].text):
            end += 1
    while end < len(lines) and end - number < MEDIA_LINES and _is_measure(lines[end].text):
        end += 1
    return range(number, end) if end < len(lines) and is_prose(lines[end].text) else range(0)


def _is_title(text: str) -> bool:
    return len(text) <= MAX_TITLE and not is_sentence(text)


def _is_measure(text: str) -> bool:
    return _MEASURE.fullmatch(text) is not None or _LABEL.fullmatch(text) is not None
