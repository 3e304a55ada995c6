"""Where the running text of a page begins and ends: its first paragraph, a lead above it, the labels below it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice, pairwise, takewhile
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from feeds.parse.body import BULLETS, HEADLINE_BLANKS, ITEM, Line, is_caption, is_sentence, is_subheadline
from feeds.parse.boxes import OFFER, find_box, is_said_within, without_sign
from feeds.parse.bylines import is_byline, is_person, is_role
from feeds.parse.head.signers import find_signers
from feeds.parse.prose import (
    NOISE_LINE,
    PROSE,
    begins_as_tail,
    is_broken,
    is_captioned,
    is_cut_short,
    is_notice,
    is_offer,
    is_prose,
    is_result,
    is_running_text,
    is_short_sentence,
)
from feeds.parse.stamps.around import COMMENTER
from feeds.parse.stamps.forms import is_dated_byline, is_masthead, is_stamp
from feeds.parse.words import LAST_TAILS, MONTH, NEIGHBOURS, OTHER_ARTICLES, SUMMARIES, WEEKDAY, any_of

LABEL: Final = 90
"""Characters that a label has at most where the text ends."""
BANNER_LINES: Final = 12
"""Lines from the top that are searched for notices about cookies."""
MAX_NOTICE: Final = 300
"""Characters of a notice below the text, at most."""
BELOW_LEAD: Final = 14
"""Lines between a lead and the text, at most."""
ABOVE_COMMENT: Final = 2
"""Lines above a comment's stamp that are searched for the heading of all comments."""
LAST_LINES: Final = 60
"""Lines below such a label that are searched for paragraphs."""
TOOL_BLANKS: Final = 3
"""Blanks in a line above the stamp there that is no teaser's headline ("In Pocket speichern"), at most."""
INSIDE_LINES: Final = 4
"""Lines after a label within the text, at most, before the text goes on."""
LEAD_BLANKS: Final = 5
"""Blanks in a sentence that leads to a list at the end of a text, at least: labels have fewer."""
SENTENCE_BLANKS: Final = 3
"""Blanks in a sentence of the text below a lead, at least."""
PREVIEW_LINES: Final = 4
"""Lines below what a page says of itself, among which its headline is."""
LEAST_TEASERS_BELOW: Final = 3
"""Teasers below a label at the end of a text, at least."""
TEASER_BLANKS: Final = 2
"""Blanks in the headline of one, at least."""
MAX_TEASER_TEXT: Final = 300
"""Characters of its text, at most."""
TEASER_HEAD: Final = 28
"""Characters of it on average, at least: those of a text are shorter."""
LABEL_BLANKS: Final = 3
"""Blanks in such a label, at most."""
# How a portal of releases offers those of a sender, above the headline.
_FOLLOW = re.compile(r"Keine (?:Story|Meldung) von .{2,80} verpassen")
_NEIGHBOUR = re.compile(any_of(NEIGHBOURS))
_SUMMARY = re.compile(rf"(?:{any_of(SUMMARIES)}):?")
_LAST_TAIL = re.compile(any_of(LAST_TAILS))
# The foot of a blog's entry, which names all its categories and tags.
_FOOT = re.compile(
    r"(?:Dieser (?:Beitrag|Eintrag|Artikel) wurde|Veröffentlicht) (?:am|in|unter|von)"
    r" .{0,200}\b(?:abgelegt|verschlagwortet|veröffentlicht)\b"
)
# Where and when a broadcaster told it, or how others may quote it.
_LONG_TAIL = re.compile(
    r"Dieses Thema im Programm:|Über dieses Thema berichtete"
    r"|Diese (?:Nachricht|Meldung|Sendung) wurde am .{4,80}(?:gesendet|ausgestrahlt|veröffentlicht)\.?$"
    r"|Bei(?: dem| der)? (?:Zitieren|Verwendung|Übernahme)\b.*\b(?:Links?|Verweis|Quellenangabe)\b"
)
_FEET: Final = ("Dies", "Veröffentlicht ", "Über dieses ", "Bei ")
# What follows is about other articles.
_ELSEWHERE = re.compile(any_of(OTHER_ARTICLES))
# Below a lead, or between two paragraphs, they end nothing.
_INSIDE = re.compile(r"Teilen|Merken|Drucken|Anzeige|Werbung")
# "Hier können Sie unseren Newsletter abonnieren." closes no text.
_OFFERED = re.compile(r"\b(?:[Hh]ier|[Jj]etzt|[Uu]nser(?:e[mnrs]?)?|[Ee]rhalten Sie)\b")
# "Hier geht es zu allen Meldungen der Polizei."
_LEADS_ON = re.compile(r"Hier (?:geht(?: es|’s|'s)|kommen Sie|finden Sie|lesen Sie) (?:zu[mr]?|alle|mehr|weitere)\b")
# "3 Kommentare", "Max M.", "24.12.2025 um 18:03 Uhr"
_COMMENTS = re.compile(r"(?:[1-9]\d* |Leser)?(?:[Kk]ommentare?|Antworten|Reaktionen)(?: \(\d+\))?:?")
_COMMENTER = re.compile(COMMENTER)
_SAYS = re.compile(
    r"\s(?:sag|erklär|meint?|beton|bericht|kündig|schilder|ergänz|forder|kritisier|warn|erinner)\w{0,4}\b"
)
# "Sa., 14. November, 19.30 Uhr: Musterau", "Eintritt: 5 Euro"
_DATED = re.compile(rf"(?:{WEEKDAY},?\s)?\d{{1,2}}\.\s?(?:\d{{1,2}}\.|{MONTH})")
_LABELLED = re.compile(r"[A-ZÄÖÜ][^:.!?]{1,30}: \S")
_ROWS: Final[tuple[Callable[[str], object], ...]] = (ITEM.match, _DATED.match, _LABELLED.match, is_result)
"""The forms that the lines of a list have: all of them one."""
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
    """Whether a paragraph is what the page says of itself above its head: it begins with the headline below it.

    It may begin with a picture's caption, too, as a lead does.
    """
    text = lines[number].text
    below = range(number + 1, min(number + 1 + PREVIEW_LINES, len(lines)))
    return any(
        lines[at].text.count(" ") >= HEADLINE_BLANKS
        and text.startswith(f"{lines[at].text} ")
        and not is_captioned(lines, at)
        for at in below
    )


def find_text_below(lines: Sequence[Line], lead: int, zone: ZoneInfo, part: int = 0) -> int:
    """The number of the first paragraph below the head: `lead`, or, if a stamp is below that, the one after the stamp.

    Between a lead and the text are stamp, byline, caption and the page's tools, all of them short; and no stamp is
    above the lead.
    """
    behind = next((number for number in range(lead + 1, len(lines)) if is_prose(lines[number].text)), len(lines))
    between = [line.text for line in lines[lead + 1 : behind]]
    if not between or len(between) > BELOW_LEAD or is_notice(lines[lead].text):
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
    if any(_ELSEWHERE.match(text) for text in between) or (
        not is_counted and any(_COMMENTS.fullmatch(text) for text in between[max(0, stamp - ABOVE_COMMENT) : stamp])
    ):
        return lead
    behind = _find_summary(lines, _find_first_sentence(lines, behind, lead + 2 + stamp), lead + 2 + stamp)
    numbers = takewhile(lambda number: not _is_end(lines, number), range(behind, len(lines)))
    text = [lines[number].text for number in numbers]
    if any(
        is_stamp(line, zone) and not (_CHANGED.match(above) or _CHANGED.match(line)) for above, line in pairwise(text)
    ):
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

    They are below `start`, and what is no text ends them: captions, bylines, offers and notices of the page.
    """
    first = paragraph
    for number in range(paragraph - 1, start - 1, -1):
        text = lines[number].text
        if not text.endswith(_SENTENCE_STOPS) or is_captioned(lines, number) or is_byline(text):
            break
        if is_notice(text) or begins_as_tail(text) or NOISE_LINE.fullmatch(text) or OFFER.search(text):
            break
        if text.count(" ") >= SENTENCE_BLANKS:
            first = number
    return first


def _find_summary(lines: Sequence[Line], paragraph: int, start: int) -> int:
    """The number of the line that heads a summary in items right above a paragraph, else that of the paragraph."""
    first = _find_list(lines, paragraph)
    return first - 1 if start < first < paragraph and _SUMMARY.fullmatch(lines[first - 1].text) else paragraph


def _find_list(lines: Sequence[Line], end: int, is_item: Callable[[str], object] = ITEM.match) -> int:
    """The number of the first item of a list above the line `end`, which is that number where there is none."""
    first = end
    while first and is_item(lines[first - 1].text):
        first -= 1
    return first if end - first > 1 else end


def _leads_to_list(text: str) -> bool:
    """Whether a line above a list makes it one of the text: it heads a summary, or is a sentence that leads to it."""
    if _SUMMARY.fullmatch(text) is not None:
        return True
    return text.endswith(":") and text.count(" ") >= LEAD_BLANKS and not begins_as_tail(text) and not is_offer(text)


def _is_teaser(lines: Sequence[Line], number: int) -> bool:
    """Whether a line between lead and stamp may be the headline of another article.

    It is no tool, caption or byline, and no link to the article before or after.
    """
    text = lines[number].text
    if text.count(" ") <= TOOL_BLANKS or is_byline(text) or _NEIGHBOUR.match(text) is not None:
        return False
    return not is_captioned(lines, number) and NOISE_LINE.fullmatch(text) is None


def _is_end(lines: Sequence[Line], number: int) -> bool:
    """Whether a line is a label below the text."""
    text = lines[number].text
    if text.startswith(_FEET) and len(text) < MAX_NOTICE and _LONG_TAIL.match(text) is not None:
        return _is_last(lines, number)
    if len(text) >= LABEL:
        return text.startswith(_FEET) and _FOOT.match(text) is not None
    if is_person(text) and _is_about_author(lines, number):
        return True
    text = without_sign(text)
    if not begins_as_tail(text) and (_LAST_TAIL.match(text) is None or not _is_last(lines, number)):
        return False
    return not (_is_inside(lines, number) or find_box(lines, number) or is_said_within(lines, number))


def _is_last(lines: Sequence[Line], number: int) -> bool:
    """Whether hardly a paragraph is below a line."""
    below = (line.text for line in lines[number + 1 : number + 1 + LAST_LINES])
    return sum(map(is_running_text, below)) <= 1


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
    if _INSIDE.fullmatch(lines[number].text) is None:
        return False
    below = range(number + 1, min(number + 1 + INSIDE_LINES, len(lines)))
    rest = (at for at in below if not is_caption(lines[at].text) and _INSIDE.fullmatch(lines[at].text) is None)
    if (following := next(rest, None)) is None:
        return False
    if is_prose(lines[following].text) or find_box(lines, following):
        return True
    parted = lines[following + 1 : following + 3]
    return is_subheadline(lines[following].text) and len(parted) > 1 and all(is_prose(line.text) for line in parted)


def _is_below(text: str) -> bool:
    """Whether a line at the end of the text is none of it: a label of what followed, a notice, no sentence."""
    if len(text) < PROSE and not is_sentence(text):
        return True
    if (text.endswith(":") and len(text) < LABEL) or is_caption(text) or _COMMENTER.fullmatch(text):
        return True
    return len(text) < MAX_NOTICE and (
        text.startswith("(c) ")
        or _LEADS_ON.match(text) is not None
        or is_offer(text)
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
        if _is_end(lines, number):
            end = number
            break
        if number > start + 1 and days.get(number, published) != published:
            end, least = number, 1
            break
    listed = label = end
    while end > start + 1 and _is_below(lines[end - 1].text):
        if end <= listed:
            listed = min(_find_list(lines, end, is_row) for is_row in _ROWS)
            if start < listed < end and _leads_to_list(lines[listed - 1].text):
                break
        end -= 1
    return End(_find_others(lines, start, end, days, least), range(end, label))


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
    return at if is_label and len(heads) >= least and sum(heads) >= TEASER_HEAD * len(heads) else end
