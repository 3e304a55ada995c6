"""The words in front of a date: its weekday, its label, the small words between them.

Owns what they are and how far they reach; not what they mean for the date.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from feeds.dates import words
from feeds.dates.stamp import Label

REACH = 60
"""Characters in front of a date that are looked at."""

LABELS: dict[str, Label] = dict.fromkeys(words.UPDATED_WORDS, "updated")
LABELS |= dict.fromkeys(words.PUBLISHED_WORDS, "published")

PART_OF_WEEKDAY = {
    f"{weekday}{hyphen}{part}": (words.WEEKDAY_OF[weekday], part)
    for weekday in words.LONG_WEEKDAYS
    for part in words.PARTS_OF_DAY
    for hyphen in ("", "-")
    if not part.endswith("s")
}
"""Weekday and part of the day in one word: "Mittwochabend", "Mittwoch-Abend"; "mittwochabends" is any."""

KNOWN = frozenset(words.SMALL_WORDS | LABELS.keys() | words.WEEKDAY_OF.keys() | PART_OF_WEEKDAY.keys())

WHOLE_WORD = re.compile(r"[A-ZÄÖÜ]?[a-zäöüß]{3,}")
WHOLE_DATE = re.compile(r"[0-3][0-9]\.[01][0-9]\.(?:19|20)[0-9]{2}(?![\w/-]|\.[\w])")
NAMED_DATE = re.compile(r"[0-3]?[0-9]\.\s?[^\W\d_]{3,9}\s(?:19|20)[0-9]{2}(?![\w-])")
"""Dates whatever they stick to: digits to a word, with a month's name to an abbreviation, too."""

BRACKETS = " \t\n\xa0([|·•"
MARKS = ".,:;|()[]/–—-·•„“\"'*_"
NIGHT_TO = re.compile(r"(?<!\w)nacht\s{1,3}(?:zum?|auf)\s{1,3}(?:den\s{1,3})?\Z", re.IGNORECASE)
EVENING = 18
"""The first hour that a night has in the evening."""
SENTENCE_ENDS = ".!?"


class InFront(NamedTuple):
    """What comes before a date: its weekday begins at `start`, the first of all the words at `reach`.

    `part` is the part of the day that the weekday names: "Mittwochabend, 12. Juni".
    """

    start: int
    reach: int
    weekday: int | None = None
    label: Label | None = None
    preposition: bool = False
    part: str | None = None


def words_in_front(text: str, start: int, low: int) -> InFront:
    """Walk back from a date over its weekday, small words and label; not before `low`."""
    weekday: int | None = None
    label: Label | None = None
    part: str | None = None
    behind = ""
    preposition = until = False
    at = reach = start
    begin = max(low, start - REACH)
    for token in reversed(text[begin:start].split()):
        bare = token.strip(MARKS)
        if not bare:
            if label is not None:
                break
            continue
        shown = token.lstrip("([|").lower()
        whole = words.SHORTENED.get(shown.rstrip(":") if "." in shown else shown) if shown[-1:] in ".:" else None
        word = whole or bare.lower()
        if word not in KNOWN:
            break
        at = text.rfind(token, begin, at)
        if word in words.SMALL_WORDS:
            preposition = preposition or word in words.PREPOSITIONS
            until = until or word == "bis"
        elif word in LABELS:
            if until or (whole is None and token[-1] in SENTENCE_ENDS):
                break  # "online bis 25. Juni" says when it ends
            label = label or LABELS[word]
        elif weekday is None and label is None and (bare[0].isupper() or word not in words.WEEKDAYS_THAT_ARE_WORDS):
            named = behind if behind in words.PARTS_OF_DAY else None
            if named is not None and word not in words.LONG_WEEKDAYS:
                break  # "So früh am 8. Juni"
            weekday, part = PART_OF_WEEKDAY.get(word) or (words.WEEKDAY_OF[word], named)
            start = at + token.index(bare)
        else:
            break
        behind = word
        reach = at
    return InFront(start, reach, weekday, label, preposition, part)


def words_glued_to(text: str, start: int, low: int) -> InFront | None:
    """The words in front of a date that sticks to the last of them: "Publiziert17. Dezember", "am16.01.2020"."""
    begin = start
    while begin > max(low, start - REACH) and text[begin - 1].isalpha():
        begin -= 1
    shown = text[begin:start]
    word = shown.lower()
    if word in LABELS:
        return InFront(start, begin, label=LABELS[word])
    further = words_in_front(text, begin, low)
    if word in words.SMALL_WORDS:
        preposition = further.preposition or word in words.PREPOSITIONS
        start = start if further.weekday is None else further.start
        return further._replace(start=start, reach=min(begin, further.reach), preposition=preposition)
    if word in words.WEEKDAY_OF and further.weekday is None and shown[0].isupper():
        return further._replace(start=begin, reach=min(begin, further.reach), weekday=words.WEEKDAY_OF[word])
    for small in ("am", "vom", "den"):
        if word.endswith(small) and (label := LABELS.get(word.removesuffix(small))) is not None:
            return InFront(start, begin, label=label, preposition=True)
    if word in words.BEFORE_A_NUMBER or text[begin - 1 : begin].strip(BRACKETS):
        return None
    # "News12.11.2018", where one element of a page ends and the next begins
    is_whole = (WHOLE_WORD.fullmatch(shown) is not None and WHOLE_DATE.match(text, start) is not None) or (
        len(shown) > 2 and NAMED_DATE.match(text, start) is not None
    )
    return InFront(start, start) if is_whole else None


def is_evening_before(text: str, low: int, start: int, hour: int) -> bool:
    """Whether an hour is of the evening before a day: "in der Nacht zum Mittwoch gegen 23 Uhr"."""
    return hour >= EVENING and start > low and NIGHT_TO.search(text, max(low, start - 20), start) is not None


def word_before(text: str, start: int) -> str:
    """The word in front of an offset, "" where none is."""
    return words_before(text, start)[1]


def words_before(text: str, start: int) -> tuple[str, str]:
    """The two words in front of an offset, "" where none is."""
    before = text[max(0, start - 32) : start].split()
    if not before:
        return "", ""
    return before[-2] if len(before) > 1 else "", before[-1].rstrip(",")
