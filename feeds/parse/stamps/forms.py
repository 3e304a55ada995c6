"""Lines that hold a date, and those that hold nothing else: stamps, a day alone, who wrote and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

from feeds.article import Block, Paragraph
from feeds.dates import find_dates
from feeds.parse.body import HEADLINE_BLANKS, Line
from feeds.parse.bylines import is_person, is_signature
from feeds.parse.stamps import around
from feeds.parse.words import COUNTED, MONTH, WEEKDAY, any_of

LINE: Final = 130
"""Characters that a line of the head has at most: a headline with a stamp stuck to it."""
MAX_FOREIGN: Final = 3
"""Characters beside a date that are foreign to a stamp, at most, where they say nothing of it."""
# Costs a fraction of `find_dates`, which then reads what is there.
DATE_LIKE = re.compile(
    r"\d(?:\.\s?(?:\d{1,2}\.\s?\d{2}|[IVX]{1,4}\.)|[-/]\d{1,2}[-/]\d"
    rf"|(?:\.|(?:st|nd|rd|th)(?:\sof)?)?[\s-]{{0,2}}{MONTH}|(?:(?:st|nd|rd|th),?|,)\s(?:19|20)\d\d|(?<=[a-z.]\s\d)\d?\s(?:19|20)\d\d(?!\d))",
    re.IGNORECASE,
)
# "2.03.2018von Max Muster", "Mai 03, 2017 / Max Muster / 1 Meinung": the stamp is in front of all the fields.
_AHEAD = re.compile(
    rf"(?:{WEEKDAY},?\s?\|?\s?)?"
    r"(?:\d{1,2}\.\s?\d{1,2}\.\s?(?:19|20)\d\d|\d{1,2}[/-]\d{1,2}[/-](?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d"
    rf"|\d{{1,2}}(?:\.|st|nd|rd|th)?\s?{MONTH}\w{{0,7}}\.?,?\s(?:19|20)\d\d"
    rf"|{MONTH}\w{{0,7}}\.?\s\d{{1,2}}(?:st|nd|rd|th)?,?\s(?:19|20)\d\d)"
    r"(?:,?\s?[|/-]?\s?\d{1,2}[:.]\d\d(?:\sUhr)?)?",
    re.IGNORECASE,
)
_BY = re.compile(r"\s?[|/>·–-]?\s?(?:(?:[Vv]on|VON|durch|[Bb]y|BY)\s?[A-ZÄÖÜ]|Quelle:\s)")
_PARTS = re.compile(r"[|/·•,–-]|\bQuelle:")
_FIELD_SIGNS = re.compile(r"[|/>·]")
MAX_FIELD: Final = 30
"""Characters of a field after a stamp, at most."""
FIELD_BLANKS: Final = 2
"""Blanks in it, at most."""
# "4 min", "Lesezeit: ca. 3 Minuten", "212 Kommentare".
_COUNTS = re.compile(
    r"\s?(?:(?:Lesezeit|Lesedauer)\s?:?\s?(?:ca\.\s)?)?\b\d{1,3}\s?[Mm]in(?:uten?|\.)?(?:,?\s\d{1,2}\s?Sek(?:unden?|\.))?"
    rf"|\s?\b\d{{1,5}}\s(?:{any_of(COUNTED)})\b"
)
# "Sa., 13.09. – 18:10 Uhr": a stamp of which nobody knows the year.
_YEARLESS = re.compile(
    rf"(?:{WEEKDAY},\s)?\d{{1,2}}\.\s?(?:\d{{1,2}}\.|{MONTH}\w{{0,7}}\.?)"
    r"(?:,|\s?[-–|]|\sum)?\s\d{1,2}[.:]\d\d(?:\sUhr)?"
)


def has_date(text: str) -> bool:
    """Whether a line may hold a date, at a fraction of the cost of reading it."""
    return DATE_LIKE.search(text) is not None


def count_dates(text: str) -> int:
    """How many dates a line may hold."""
    return len(DATE_LIKE.findall(text))


def is_stamp(text: str, zone: ZoneInfo) -> bool:
    """Whether a line holds a date and nothing else but words that are usual beside stamps."""
    if len(text) > LINE or not has_date(text):
        return False
    rest = _drop_dates(text, zone)
    return is_nothing_else(rest) and not any(char.isdigit() for char in rest)


def is_dated_byline(text: str, zone: ZoneInfo) -> bool:
    """Whether a short line is a stamp with at most who wrote the text, or where, beside it: "Genua, 3. Mai 2016"."""
    if len(text) > LINE or not has_date(text):
        return False
    fields = [field.strip() for field in _PARTS.split(_drop_dates(text, zone))]
    return all(is_nothing_else(field) or is_signature(field) or is_person(field) or field.isalpha() for field in fields)


def _drop_dates(text: str, zone: ZoneInfo) -> str:
    """A text without its dates, reading time and number of comments, bars in their place."""
    text = _COUNTS.sub("|", text)
    for match in reversed(find_dates(text, now=None, tz=zone)):
        text = f"{text[: match.start]} | {text[match.end :]}"
    return text


def is_signed_stamp(text: str) -> bool:
    """Whether a short line is a stamp with the writer and other fields after it, set apart or not."""
    if len(text) > LINE or (match := _AHEAD.match(text)) is None:
        return False
    rest = text[match.end() :]
    if _BY.match(rest) is not None:
        return True
    fields = [field.strip() for field in _FIELD_SIGNS.split(rest)]
    return (
        len(fields) > 1
        and not fields[0]
        and all(len(one) <= MAX_FIELD and one.count(" ") <= FIELD_BLANKS for one in fields)
    )


def drop_stamps(blocks: list[Block], zone: ZoneInfo) -> set[str]:
    """Take the paragraphs that are nothing but a stamp off either end of a text; gives their texts."""
    dropped = set[str]()
    for place in (0, 1, len(blocks) - 1):
        if 0 <= place < len(blocks):
            block = blocks[place]
            if isinstance(block, Paragraph) and _is_only_stamp(block.text, zone):
                del blocks[place]
                dropped.add(block.text)
    return dropped


def _is_only_stamp(text: str, zone: ZoneInfo) -> bool:
    return is_stamp(text, zone) or is_signed_stamp(text) or _YEARLESS.fullmatch(text) is not None


def is_nothing_else(text: str) -> bool:
    """Whether the rest of a line, without its dates, is only words that are usual beside stamps, or a section."""
    if (section := around.SECTION_FRONT.match(text)) is not None:
        text = text[section.end() :]
    return len(around.OWN_WORDS.sub("", text)) <= MAX_FOREIGN


def is_masthead(text: str) -> bool:
    """Whether a line is the day on which a page was shown, as papers print it above all: a weekday, and no clock."""
    return around.MASTHEAD.fullmatch(text) is not None


def is_day_seen(lines: Sequence[Line], number: int) -> bool:
    """Whether a weekday and its day may be those on which the page was saved: no headline is above them."""
    return is_masthead(lines[number].text) and (number == 0 or lines[number - 1].text.count(" ") < HEADLINE_BLANKS)
