"""Where the running text of a page begins: its first paragraph, with a summary above it, below a lead and the stamp."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Final
from zoneinfo import ZoneInfo

from feeds.parse.body import HEADLINE_BLANKS, Line, is_caption, is_sentence
from feeds.parse.bylines import is_byline
from feeds.parse.ending import SUMMARY, find_list, is_end
from feeds.parse.head.signers import find_signers
from feeds.parse.prose import (
    NOISE_LINE,
    begins_as_tail,
    is_broken,
    is_captioned,
    is_cut_short,
    is_notice,
    is_prose,
    is_short_sentence,
)
from feeds.parse.stamps.forms import is_dated_byline, is_masthead, is_stamp
from feeds.parse.words import NEIGHBOURS, OTHER_ARTICLES, any_of

BANNER_LINES: Final = 12
"""Lines from the top that are searched for notices about cookies."""
BELOW_LEAD: Final = 14
"""Lines between a lead and the text, at most, beside the page's tools."""
ABOVE_COMMENT: Final = 2
"""Lines above a comment's stamp that are searched for the heading of all comments."""
TOOL_BLANKS: Final = 3
"""Blanks in a line above the stamp there that is no teaser's headline ("In Pocket speichern"), at most."""
SENTENCE_BLANKS: Final = 3
"""Blanks in a sentence of the text below a lead, at least."""
PREVIEW_LINES: Final = 4
"""Lines below what a page says of itself, among which its headline is."""
# How a portal of releases offers those of a sender, above the headline.
_FOLLOW = re.compile(r"Keine (?:Story|Meldung) von .{2,80} verpassen")
_NEIGHBOUR = re.compile(any_of(NEIGHBOURS))
# What follows is about other articles.
_ELSEWHERE = re.compile(any_of(OTHER_ARTICLES))
# "3 Kommentare", "Max M.", "24.12.2025 um 18:03 Uhr"
_COMMENTS = re.compile(r"(?:[1-9]\d* |Leser)?(?:[Kk]ommentare?|Antworten|Reaktionen)(?: \(\d+\))?:?")
_SENTENCE_STOPS: Final = tuple('.!?“”"«»')
_CHANGED = re.compile(r"Update|Nachtrag|Aktualisiert|Korrektur", re.IGNORECASE)


def find_first_prose(lines: Sequence[Line], part: int = 0) -> int:
    """The number of the first paragraph: of running text, else the first whole sentence, else after the last line.

    A summary right above the paragraph is of the text, too.

    The article is in the `part` of the page that begins with this line.
    """
    for number, line in enumerate(lines):
        if (
            number >= part
            and is_prose(line.text)
            and not is_caption(line.text)
            and not (
                number < BANNER_LINES and any(is_notice(one.text) for one in lines[max(0, number - 1) : number + 1])
            )
            and not _is_preview(lines, number)
        ):
            return _find_summary(lines, number, part)
    for number, line in enumerate(lines):
        if (number or len(lines) == 1) and is_short_sentence(line.text) and not _FOLLOW.match(line.text):
            return number
    return len(lines) - 1 if breaks_off(lines) else min(len(lines) - 1, 1)


def breaks_off(lines: Sequence[Line]) -> bool:
    """Whether a page without a paragraph was cut off in its first one, with which it ends."""
    return len(lines) > 1 and (is_broken(lines[-1].text) or is_cut_short(lines[-1].text))


def _is_preview(lines: Sequence[Line], number: int) -> bool:
    """Whether a paragraph is what the page says of itself above its head: it begins with the headline below it."""
    text = lines[number].text
    below = range(number + 1, min(number + 1 + PREVIEW_LINES, len(lines)))
    return any(lines[at].text.count(" ") >= HEADLINE_BLANKS and text.startswith(f"{lines[at].text} ") for at in below)


def find_text_below(lines: Sequence[Line], lead: int, zone: ZoneInfo, part: int = 0) -> int:
    """The number of the first paragraph below the head: `lead`, or, if a stamp is below that, the one after the stamp.

    Between a lead and the text are stamp, byline, caption and the page's tools, all of them short; and no stamp is
    above the lead.
    """
    behind = next((number for number in range(lead + 1, len(lines)) if is_prose(lines[number].text)), len(lines))
    between = [line.text for line in lines[lead + 1 : behind]]
    tools = sum(NOISE_LINE.fullmatch(text) is not None for text in between)
    if not between or len(between) - tools > BELOW_LEAD or is_notice(lines[lead].text):
        return lead
    stamp = next((number for number, text in enumerate(between) if is_dated_byline(text, zone)), None)
    if stamp is None or any(
        is_dated_byline(line.text, zone) and not is_masthead(line.text) for line in lines[part:lead]
    ):
        return lead
    teasers = sum(_is_teaser(lines, number) for number in range(lead + 1, lead + 1 + stamp))
    # Where only entries of menus are above a lead, its headline is below.
    has_head = any(line.text.count(" ") >= HEADLINE_BLANKS for line in lines[part:lead])
    if teasers > (0 if has_head else 2):
        return lead
    # Comments have no byline below their stamp, as where their number is among the page's tools.
    is_counted = any(map(is_byline, between[stamp + 1 :]))
    if any(_ELSEWHERE.match(text) and not NOISE_LINE.fullmatch(text) for text in between) or (
        not is_counted and any(_COMMENTS.fullmatch(text) for text in between[max(0, stamp - ABOVE_COMMENT) : stamp])
    ):
        return lead
    behind = _find_summary(lines, _find_first_sentence(lines, behind, lead + 2 + stamp), lead + 2 + stamp)
    numbers = takewhile(lambda number: not is_end(lines, number), range(behind, len(lines)))
    text = [lines[number].text for number in numbers]
    if any(is_stamp(line, zone) and not _CHANGED.match(line) for line in text[1:]):
        # Another item has its stamp there, too.
        return lead
    # A lead is the first part of something longer, but where it is signed.
    sentences = sum(1 for line in text if is_prose(line) or (is_sentence(line) and line.count(" ") >= SENTENCE_BLANKS))
    if sentences == 1:
        texts = [line.text for line in lines[lead:behind]]
        return lead if find_signers(texts, range(1, stamp + 1), headline=-1, stamps={stamp + 1}) is None else behind
    return behind if sentences else lead


def _find_first_sentence(lines: Sequence[Line], paragraph: int, start: int) -> int:
    """The number of the first of the sentences right above a paragraph, however short: as the questions of a talk.

    They are below `start`, and what is no text ends them: captions, and what the page says.
    """
    first = paragraph
    for number in range(paragraph - 1, start - 1, -1):
        text = lines[number].text
        if not text.endswith(_SENTENCE_STOPS) or is_captioned(lines, number):
            break
        if begins_as_tail(text) or NOISE_LINE.fullmatch(text):
            break
        if text.count(" ") >= SENTENCE_BLANKS:
            first = number
    return first


def _find_summary(lines: Sequence[Line], paragraph: int, start: int) -> int:
    """The number of the line that heads a summary in items right above a paragraph, else that of the paragraph."""
    first = find_list(lines, paragraph)
    return first - 1 if start < first < paragraph and SUMMARY.fullmatch(lines[first - 1].text) else paragraph


def _is_teaser(lines: Sequence[Line], number: int) -> bool:
    """Whether a line between lead and stamp may be the headline of another article.

    It is no tool, caption or byline, and no link to the article before or after.
    """
    text = lines[number].text
    if text.count(" ") <= TOOL_BLANKS or is_byline(text) or _NEIGHBOUR.match(text) is not None:
        return False
    return not is_captioned(lines, number) and NOISE_LINE.fullmatch(text) is None
