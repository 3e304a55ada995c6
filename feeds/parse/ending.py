"""Where the running text of a page ends: at the labels, stamps and teasers below it.

A label may be within the text, too, which then goes on below.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice, pairwise
from typing import Final, NamedTuple

from feeds.parse.body import BULLETS, ITEM, Line, is_caption, is_sentence, is_subheadline
from feeds.parse.boxes import OFFER, find_box, is_said_within, without_sign
from feeds.parse.bylines import is_person, is_role
from feeds.parse.closing import MAX_NOTICE, is_closing_notice
from feeds.parse.prose import (
    GOES_ON_LINE,
    NOISE_LINE,
    PROSE,
    begins_as_tail,
    is_prose,
    is_result,
    is_running_text,
)
from feeds.parse.stamps.around import COMMENTER
from feeds.parse.words import LAST_TAILS, MONTH, MORE, SECTIONS, SUMMARIES, WEEKDAY, any_of

LABEL: Final = 90
"""Characters that a label has at most where the text ends."""
LAST_LINES: Final = 60
"""Lines below such a label that are searched for paragraphs."""
INSIDE_LINES: Final = 4
"""Lines after a label within the text, at most, before the text goes on."""
MAX_COUNT: Final = 4
"""Digits of the number of comments below their label, at most."""
LEAD_BLANKS: Final = 5
"""Blanks in a sentence that leads to a list at the end of a text, at least: labels have fewer."""
LEAST_TEASERS_BELOW: Final = 3
"""Teasers below a label at the end of a text, at least."""
LEAST_NAMED_BELOW: Final = 2
"""The same below one that says what they are, or names a section."""
TEASER_BLANKS: Final = 2
"""Blanks in the headline of one, at least."""
MAX_TEASER_TEXT: Final = 300
"""Characters of its text, at most."""
TEASER_HEAD: Final = 28
"""Characters of it on average, at least: those of a text are shorter."""
LABEL_BLANKS: Final = 3
"""Blanks in such a label, at most."""
SUMMARY = re.compile(rf"(?:{any_of(SUMMARIES)}):?")
_LAST_TAIL = re.compile(any_of(LAST_TAILS))
# The foot of a blog's entry, which names all its categories and tags.
_FOOT = re.compile(
    r"(?:Dieser (?:Beitrag|Eintrag|Artikel) wurde|Veröffentlicht) (?:am|in|unter|von)"
    r" .{0,200}\b(?:abgelegt|verschlagwortet|veröffentlicht)\b"
)
# Where and when a broadcaster told it, or how others may quote it.
_LONG_TAIL = re.compile(
    r"Dieses Thema im Programm:|Über dieses Thema (?:berichtete|haben wir .{4,90}\bberichtet\b)"
    r"|Diese (?:Nachricht|Meldung|Sendung) wurde am .{4,80}(?:gesendet|ausgestrahlt|veröffentlicht)\.?$"
    r"|Bei(?: dem| der)? (?:Zitieren|Verwendung|Übernahme)\b.*\b(?:Links?|Verweis|Quellenangabe)\b"
)
_FEET: Final = ("Dies", "Veröffentlicht ", "Über dieses ", "Bei ")
# Below a lead, or between two paragraphs, they end nothing.
_INSIDE = re.compile(
    r"Teilen|Merken|Drucken|Anzeige|Werbung|Zur Startseite"
    r"|(?:Artikel|Beitrag|Eintrag|Seite) (?:teilen|drucken|versenden):?"
)
# Nor do they, if a paragraph is below that is no reader's, whose name would be beside it.
_COMMENTS = re.compile(r"(?:\d+ )?Kommentare?|(?:Jetzt )?[Dd]iskutieren Sie mit!?")
# "Hier können Sie unseren Newsletter abonnieren." closes no text.
_OFFERED = re.compile(r"\b(?:[Hh]ier|[Jj]etzt|[Uu]nser(?:e[mnrs]?)?|[Ee]rhalten Sie)\b")
# "Hier geht es zu allen Meldungen der Polizei."
_LEADS_ON = re.compile(r"Hier (?:geht(?: es|’s|'s)|kommen Sie|finden Sie|lesen Sie) (?:zu[mr]?|alle|mehr|weitere)\b")
_COMMENTER = re.compile(COMMENTER)
# What a page says to its readers: "Testen Sie jetzt einen Monat lang unser Angebot."
_TO_READERS = re.compile(
    r"(?<=[a-zäöüß,] )(?:Sie|Ihr\w*|Ihnen)\b|\b(?:[Uu]ns(?:er\w*)?|[Ww]ir|[Dd](?:u|ir|ich|ein\w*))\b"
    r"|\b(?:Redaktion|Datenschutz\w*|Google|Cookies?|Copyright|Kommentare)\b|©"
)
# "Mehr aus Musterau", "Aktuelle Nachrichten"
_OTHERS = re.compile(
    r"(?:Mehr|Weiteres) (?:aus|von) [\w -]{2,40}:?"
    r"|(?:Mehr|Weitere|Neueste|Aktuelle|Letzte|Ähnliche|Andere) "
    r"(?:Nachrichten|Meldungen|Artikel|Beiträge|News|Themen):?"
)
_MORE_LINE = re.compile(MORE)
_SAYS = re.compile(
    r"\s(?:sag|erklär|meint?|beton|bericht|kündig|schilder|ergänz|forder|kritisier|warn|erinner)\w{0,4}\b"
)
# "Sa., 14. November, 19.30 Uhr: Musterau", "Eintritt: 5 Euro"
_DATED = re.compile(rf"(?:{WEEKDAY},?\s)?\d{{1,2}}\.\s?(?:\d{{1,2}}\.|{MONTH})")
_LABELLED = re.compile(r"[A-ZÄÖÜ][^:.!?]{1,30}: \S")
_ROWS: Final[tuple[Callable[[str], object], ...]] = (ITEM.match, _DATED.match, _LABELLED.match, is_result)
"""The forms that the lines of a list have: all of them one."""


def find_list(lines: Sequence[Line], end: int, is_item: Callable[[str], object] = ITEM.match) -> int:
    """The number of the first item of a list above the line `end`, which is that number where there is none."""
    first = end
    while first and is_item(lines[first - 1].text):
        first -= 1
    return first if end - first > 1 else end


def _leads_to_list(text: str) -> bool:
    """Whether a line above a list makes it one of the text: it heads a summary, or is a sentence that leads to it."""
    if SUMMARY.fullmatch(text) is not None:
        return True
    return text.endswith(":") and text.count(" ") >= LEAD_BLANKS


def is_end(lines: Sequence[Line], number: int) -> bool:
    """Whether a line is a label below the text."""
    text = lines[number].text
    if text.startswith(_FEET) and len(text) < MAX_NOTICE and _LONG_TAIL.match(text) is not None:
        return is_last(lines, number)
    if closes_with_notice(lines, number):
        return True
    if len(text) >= LABEL:
        return text.startswith(_FEET) and _FOOT.match(text) is not None
    if is_person(text) and _is_about_author(lines, number):
        return True
    text = without_sign(text)
    if GOES_ON_LINE.fullmatch(text) is not None:
        return False
    if not begins_as_tail(text) and (_LAST_TAIL.match(text) is None or not is_last(lines, number)):
        return False
    return not (_is_inside(lines, number) or find_box(lines, number) or is_said_within(lines, number))


def closes_with_notice(lines: Sequence[Line], number: int) -> bool:
    """Whether a line is a notice that closes the text: no paragraph is right below it, but for one to the readers."""
    if not (is_closing_notice(lines[number].text) and is_last(lines, number)):
        return False
    below = lines[number + 1].text if number + 1 < len(lines) else ""
    return not is_prose(below) or is_closing_notice(below) or _TO_READERS.search(below) is not None


def is_last(lines: Sequence[Line], number: int) -> bool:
    """Whether hardly a paragraph is below a line, but for closing notices."""
    below = (line.text for line in lines[number + 1 : number + 1 + LAST_LINES])
    return sum(is_running_text(text) and not is_closing_notice(text) for text in below) <= 1


def _is_about_author(lines: Sequence[Line], number: int) -> bool:
    """Whether a name heads what a page says of its author: what the person does, or a sentence that begins with it.

    Below it is a paragraph at most: more are those of portraits.
    """
    if number + 1 == len(lines):
        return False
    name, told = lines[number].text, lines[number + 1].text
    if not (is_role(told) or (told.startswith(f"{name} ") and is_sentence(told))):
        return False
    if _SAYS.match(told, len(name)) is not None:
        # What the person says is of the text.
        return False
    # Of several persons in a text, each is told in turn.
    persons = (one for one, below in pairwise(lines) if below.text.startswith(f"{one.text} ") and is_person(one.text))
    paragraphs = (line for line in islice(lines, number + 1, None) if is_prose(line.text))
    return not (_has_several(persons) or _has_several(paragraphs))


def _has_several(lines: Iterator[Line]) -> bool:
    return next(islice(lines, 1, None), None) is not None


def _is_inside(lines: Sequence[Line], number: int) -> bool:
    """Whether a label is within the text: nothing but captions is between it and what goes on with the text.

    That is a paragraph, a headline above two that follow on each other, as those of teasers never do, or a box.
    """
    if _COMMENTS.fullmatch(lines[number].text) is not None:
        below = range(number + 1, min(number + 1 + INSIDE_LINES, len(lines)))
        first = next((at for at in below if not (_COMMENTS.fullmatch(lines[at].text) or is_tool(lines, at))), None)
        if first is None or not is_prose(lines[first].text) or is_closing_notice(lines[first].text):
            return False
        return lines[first - 1].text == "0" or _goes_on(lines, first + 1)
    if _INSIDE.fullmatch(lines[number].text) is None:
        return False
    below = range(number + 1, min(number + 1 + INSIDE_LINES, len(lines)))
    rest = (at for at in below if not (is_caption(lines[at].text) or is_tool(lines, at)))
    if (following := next(rest, None)) is None:
        return False
    if is_prose(lines[following].text) or find_box(lines, following):
        return True
    parted = lines[following + 1 : following + 3]
    return is_subheadline(lines[following].text) and len(parted) > 1 and all(is_prose(line.text) for line in parted)


def is_tool(lines: Sequence[Line], number: int) -> bool:
    """Whether a line is a tool of the page, or the number of comments below their label."""
    text = lines[number].text
    if NOISE_LINE.fullmatch(text) is not None:
        return True
    return text.isdecimal() and len(text) <= MAX_COUNT and _COMMENTS.fullmatch(lines[number - 1].text) is not None


def _goes_on(lines: Sequence[Line], number: int) -> bool:
    """Whether the text goes on at a line: with a paragraph, or with what may be within it, and no reader's name."""
    if number >= len(lines):
        return False
    text = lines[number].text
    return is_prose(text) or is_caption(text) or begins_as_tail(text) or NOISE_LINE.fullmatch(text) is not None


def _is_below(text: str) -> bool:
    """Whether a line at the end of the text is none of it: a label of what followed, a notice, no sentence."""
    if len(text) < PROSE and not is_sentence(text):
        return True
    if (text.endswith(":") and len(text) < LABEL) or is_caption(text) or _COMMENTER.fullmatch(text):
        return True
    if is_closing_notice(text):
        return True
    return len(text) < MAX_NOTICE and (
        text.startswith("(c) ")
        or _LEADS_ON.match(text) is not None
        or (OFFER.search(text) is not None and _OFFERED.search(text) is not None)
    )


class End(NamedTuple):
    """The number of the line `after` a text, and those of the `loose` lines below it: no sentences, below no label."""

    after: int
    loose: range


def find_end(lines: Sequence[Line], start: int, days: Mapping[int, date], published: date | None) -> End:
    """The End of a text: at a footer's label or a teaser's stamp, or after the last sentence.

    `days` are those of the lines that hold nothing but a stamp.
    """
    end, least = len(lines), LEAST_TEASERS_BELOW
    for number in range(start + 1, len(lines)):
        if is_end(lines, number):
            end = number
            break
        if number > start + 1 and days.get(number, published) != published:
            end, least = number, 1
            break
    listed = label = end
    while end > start + 1 and _is_below(lines[end - 1].text):
        if end <= listed:
            listed = min(find_list(lines, end, is_row) for is_row in _ROWS)
            if start < listed < end and _leads_to_list(lines[listed - 1].text):
                break
        end -= 1
    return End(_find_others(lines, start, end, days, least), range(end, label))


def _names_section(lines: Sequence[Line], start: int, number: int) -> bool:
    """Whether a label below a text is the name of a section which the page names above it, too.

    In a survey several parts of the text are called so ("Wirtschaft", "Kultur"), each with texts of its own.
    """
    name = lines[number].text.casefold()
    if name not in SECTIONS or all(line.text.casefold() != name for line in lines[:start]):
        return False
    return all(line.text.casefold() not in SECTIONS for line in lines[start:number])


def _find_others(lines: Sequence[Line], start: int, end: int, days: Mapping[int, date], least: int) -> int:
    """The number of a label at the end of a text that has but teasers below it, `least` or more: else `end`.

    Each is a headline with a short text and a stamp at most. A text's own headlines have no label above them, or more
    text below.
    """
    heads: list[int] = []
    below: list[str] = []
    at = end - 1
    while at > start + 1:
        text = lines[at].text
        if _MORE_LINE.fullmatch(text) is not None:
            at -= 1
            continue
        kind = "stamp" if at in days else "text" if is_sentence(text) else "head"
        if kind == "head":
            if (
                not below
                or text.count(" ") < TEASER_BLANKS
                or len(text) >= LABEL
                or text[0] in BULLETS
                or is_caption(text)
            ):
                break
            heads.append(len(text))
            below = []
        elif kind in below or len(text) > MAX_TEASER_TEXT:
            return end
        else:
            below.append(kind)
        at -= 1
    text = lines[at].text
    is_label = not below and text.count(" ") <= LABEL_BLANKS and not is_sentence(text) and at not in days
    if is_label and len(heads) >= LEAST_NAMED_BELOW and (_OTHERS.fullmatch(text) or _names_section(lines, start, at)):
        return at
    return at if is_label and len(heads) >= least and sum(heads) >= TEASER_HEAD * len(heads) else end
