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
# Alone above a paragraph, the others ("Podcast") are sub-headlines as well.
_PLAIN = re.compile(r"Video|Audio|(?:Bilder|Foto)(?:galerie|strecke)|Interaktive (?:Karte|Grafik)", re.IGNORECASE)
# Below them, a title needs no measure, as nothing else in an article is called so.
_DRAWN = re.compile(r"(?:Interaktive )?(?:Karte|Grafik)", re.IGNORECASE)
_LABEL = re.compile(_KIND, re.IGNORECASE)
_TITLED = re.compile(rf"{_KIND}(?::| [|–-]) \S.{{2,90}}")
# "VIDEO: Die Brücke von oben (3 Min)"
_TIMED = re.compile(rf"{_KIND}: \S.{{2,90}} \(\d{{1,3}}(?::\d\d)? Min\.?\)", re.IGNORECASE)
_LENGTH = re.compile(r"\d{1,3} Min(?:uten|\.)?")
# "01:32 Min.", "12 Bilder", "Folge 12"
_MEASURE = re.compile(
    r"(?:Länge: |Dauer: )?\d{1,2}:\d\d(?::\d\d)?(?: ?/ ?\d{1,2}:\d\d)?(?: (?:Min(?:\.|uten)?|Uhr))?"
    r"|\d{1,3} (?:Bilder|Fotos|Minuten|Min\.?)|(?:Folge|Episode|Bild) \d{1,3}.{0,40}|Abspielen|Pause|Stummschalten"
)
_START = re.compile(r"0?0:00")


def find_media(lines: Sequence[Line], number: int) -> range:
    """The numbers of the lines of a thing that a line begins; none where it begins none, or no paragraph follows.

    That is a label with its title in the same line, or below it, and what tells how long or how many it is. Without
    that, a title makes it a sub-headline ("Video: Was Kinder sehen") or a work that is reviewed.
    """
    text = lines[number].text
    if _is_told_twice(lines, number):
        above = number - 1 if number and _is_title(lines[number - 1].text) else number
        return range(above, number + 3)
    if not text.startswith(_BEGINNINGS):
        return range(0)
    if _TIMED.fullmatch(text) is not None:
        return range(number, number + 1)
    end = number + 1
    is_known = _START.fullmatch(text) is not None or _PLAIN.fullmatch(text) is not None
    if _START.fullmatch(text) is None and _TITLED.fullmatch(text) is None:
        if _LABEL.fullmatch(text) is None:
            return range(0)
        if end < len(lines) and _is_title(lines[end].text) and not _is_measure(lines[end].text):
            end += 1
            is_known = _DRAWN.fullmatch(text) is not None
    untold = end
    while end < len(lines) and end - number < MEDIA_LINES and _is_measure(lines[end].text):
        end += 1
    is_known = is_known or end > untold
    return range(number, end) if is_known and end < len(lines) and is_prose(lines[end].text) else range(0)


def _is_told_twice(lines: Sequence[Line], number: int) -> bool:
    """Whether a line begins what a broadcaster lets hear within a text: its length, what it is, its length again."""
    text = lines[number].text
    return (
        text[0].isdigit()
        and _LENGTH.fullmatch(text) is not None
        and [line.text for line in lines[number + 2 : number + 3]] == [text]
    )


def _is_title(text: str) -> bool:
    return len(text) <= MAX_TITLE and not is_sentence(text)


def _is_measure(text: str) -> bool:
    return _MEASURE.fullmatch(text) is not None or _LABEL.fullmatch(text) is not None
