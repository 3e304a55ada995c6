"""Where the running text of a page begins and ends: its first paragraph, a lead above it, the labels below it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import dropwhile, pairwise, takewhile
from typing import Final
from zoneinfo import ZoneInfo

from feeds.parse.body import BULLETS, HEADLINE_BLANKS, Line, is_caption, is_sentence
from feeds.parse.bylines import find_names_above, is_byline, is_person, is_role
from feeds.parse.prose import (
    PROSE,
    TOOL_LINE,
    begins_as_tail,
    is_captioned,
    is_notice,
    is_prose,
    is_running_text,
    is_short_sentence,
)
from feeds.parse.stamps.around import COMMENTER
from feeds.parse.stamps.forms import is_dated_byline, is_masthead, is_stamp
from feeds.parse.words import LAST_TAILS, OTHER_ARTICLES, any_of

SHORT: Final = 40
"""Characters from which a sentence right above a paragraph is one, too."""
SHORT_BLANKS: Final = 5
"""Blanks in it, at least."""
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
MAX_LAST: Final = 1
"""Paragraphs below a label that headlines within a text look like, at most."""
TOOL_BLANKS: Final = 3
"""Blanks in a line above the stamp there that is no teaser's headline ("In Pocket speichern"), at most."""
MAX_HEADLINES: Final = 2
"""Headline and kicker between a lead and the stamp, where none is above the lead, at most."""
BOX_LINES: Final = 6
"""Lines of a box within the text, at most."""
INSIDE_LINES: Final = 4
"""Lines after a label within the text, at most, before the text goes on."""
SENTENCE_BLANKS: Final = 3
"""Blanks in a sentence of the text below a lead, at least."""
LEAST_BELOW_LEAD: Final = 2
"""Paragraphs or sentences below, at least: a lead is the first part of something longer."""
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
_LAST_TAIL = re.compile(any_of(LAST_TAILS))
_BULLETS: Final = f"{BULLETS} "
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
_BOX = re.compile(
    r"Lesen Sie (?:auch|mehr|dazu)|Mehr (?:zum Thema|dazu)|Auch interessant|Zum Thema|Das könnte Sie|Newsletter"
    r"|Weitere (?:Artikel|Meldungen|Nachrichten|Themen(?:$|:| (?:aus|bei|im|in|von|zu[mr]?)\b))"
    r"|Abonnieren Sie|Folgen Sie "
)
"""What may head a box within a text, too."""
# "Hier können Sie unseren Newsletter abonnieren." closes no text.
_OFFER = re.compile(r"\b(?:Newsletter|Push-Nachrichten|Browser-Push|WhatsApp-Kanal|Probe-?Abo)\b")
_OFFERED = re.compile(r"\b(?:[Hh]ier|[Jj]etzt|[Uu]nser(?:e[mnrs]?)?|[Ee]rhalten Sie)\b")
# "Hier geht es zu allen Meldungen der Polizei."
_LEADS_ON = re.compile(r"Hier (?:geht(?: es|’s|'s)|kommen Sie|finden Sie|lesen Sie) (?:zu[mr]?|alle|mehr|weitere)\b")
# "3 Kommentare", "Max M.", "24.12.2025 um 18:03 Uhr"
_COMMENTS = re.compile(r"(?:[1-9]\d* |Leser)?(?:[Kk]ommentare?|Antworten|Reaktionen)(?: \(\d+\))?:?")
_COMMENTER = re.compile(COMMENTER)
# "Erika Muster: Am Bach ..."
_ANSWER = re.compile(r"(?:[A-ZÄÖÜ][\w.-]+\s?){1,3}:\s")
_SAYS = re.compile(
    r"\s(?:sag|erklär|meint?|beton|bericht|kündig|schilder|ergänz|forder|kritisier|warn|erinner)\w{0,4}\b"
)
_CHANGED = re.compile(r"Update|Nachtrag|Aktualisiert|Korrektur", re.IGNORECASE)


def find_first_prose(lines: Sequence[Line], part: int = 0) -> int:
    """The number of the first paragraph: of running text, else the first whole sentence, else after the last line.

    The article is in the `part` of the page that begins with this line.
    """
    for number, line in enumerate(lines):
        if (
            number >= part
            and is_prose(line.text)
            and not is_caption(line.text)
            and not (number < BANNER_LINES and _is_banner(lines, number))
            and not _is_preview(lines, number)
        ):
            return number
    for number, line in enumerate(lines):
        if (number or len(lines) == 1) and is_short_sentence(line.text) and not _FOLLOW.match(line.text):
            return number
    return min(len(lines) - 1, 1)


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
    if teasers > (0 if has_head else MAX_HEADLINES):
        return lead
    # Comments have no byline below their stamp, as where their number is among the page's tools.
    is_counted = any(map(is_byline, between[stamp + 1 :]))
    if any(_ELSEWHERE.match(text) for text in between) or (
        not is_counted and any(_COMMENTS.fullmatch(text) for text in between[max(0, stamp - ABOVE_COMMENT) : stamp])
    ):
        return lead
    numbers = takewhile(lambda number: not _is_end(lines, number), range(behind, len(lines)))
    text = [lines[number].text for number in numbers]
    if any(
        is_stamp(line, zone) and not (_CHANGED.match(above) or _CHANGED.match(line)) for above, line in pairwise(text)
    ):
        # Another item has its stamp there, too.
        return lead
    sentences = sum(1 for line in text if is_prose(line) or (is_sentence(line) and line.count(" ") >= SENTENCE_BLANKS))
    if sentences < LEAST_BELOW_LEAD and not (sentences and find_names_above(between, stamp, top=-1)):
        return lead
    while behind > lead + 2 + stamp and (
        _is_short_paragraph(lines[behind - 1].text) or _is_question(lines, behind - 1)
    ):
        behind -= 1
    return behind


def _is_short_paragraph(text: str) -> bool:
    """Whether a line right above a paragraph is one, too, though it is short."""
    return len(text) >= SHORT and text.endswith(".") and text.count(" ") >= SHORT_BLANKS and not is_caption(text)


def _is_question(lines: Sequence[Line], number: int) -> bool:
    """Whether a line is a question of a talk: below it someone answers who is named."""
    return lines[number].text.endswith("?") and _ANSWER.match(lines[number + 1].text) is not None


def _is_teaser(lines: Sequence[Line], number: int) -> bool:
    """Whether a line between lead and stamp may be the headline of another article: no tool, caption or byline."""
    text = lines[number].text
    if text.count(" ") <= TOOL_BLANKS or is_byline(text):
        return False
    return not is_captioned(lines, number) and TOOL_LINE.fullmatch(text) is None


def _is_end(lines: Sequence[Line], number: int) -> bool:
    """Whether a line is a label below the text."""
    text = lines[number].text
    if text.startswith(_FEET) and len(text) < MAX_NOTICE and _LONG_TAIL.match(text) is not None:
        return _is_last(lines, number)
    if len(text) >= LABEL:
        return text.startswith(_FEET) and _FOOT.match(text) is not None
    if is_person(text) and _is_about_author(lines, number):
        return True
    text = text.lstrip(_BULLETS)
    if not begins_as_tail(text) and (_LAST_TAIL.match(text) is None or not _is_last(lines, number)):
        return False
    return not (_is_inside(lines, number) or find_box(lines, number))


def _is_last(lines: Sequence[Line], number: int) -> bool:
    """Whether hardly a paragraph is below a line."""
    below = (line.text for line in lines[number + 1 : number + 1 + LAST_LINES])
    return sum(map(is_running_text, below)) <= MAX_LAST


def _is_about_author(lines: Sequence[Line], number: int) -> bool:
    """Whether a name heads what a page says of its author: what the person does, or a sentence that begins with it.

    Below it is a paragraph at most: more are those of portraits.
    """
    texts = [line.text for line in lines[number + 1 :]]
    if not texts or not (
        is_role(texts[0]) or (texts[0].startswith(f"{lines[number].text} ") and is_sentence(texts[0]))
    ):
        return False
    if _SAYS.match(texts[0], len(lines[number].text)) is not None:
        # What the person says is of the text.
        return False
    # Of several persons in a text, each is told in turn.
    told = (is_person(line.text) and below.text.startswith(f"{line.text} ") for line, below in pairwise(lines))
    return sum(map(is_prose, texts)) <= 1 and sum(told) <= 1


def _is_inside(lines: Sequence[Line], number: int) -> bool:
    """Whether a label is within the text: nothing but captions is between it and the next paragraph."""
    if _INSIDE.fullmatch(lines[number].text) is None:
        return False
    below = (line.text for line in lines[number + 1 : number + 1 + INSIDE_LINES])
    rest = dropwhile(lambda text: is_caption(text) or _INSIDE.fullmatch(text) is not None, below)
    return is_prose(next(rest, ""))


def find_box(lines: Sequence[Line], number: int) -> range:
    """The numbers of the lines of a box that a label heads within the text, with other articles or an offer in it.

    Behind it two paragraphs of the text follow on each other, as those of teasers never do. A line just above them that
    stands apart from the box is their headline.
    """
    if _BOX.match(lines[number].text) is None or is_sentence(lines[number].text):
        return range(number, number)
    for at in range(number + 1, min(number + 1 + BOX_LINES, len(lines) - 1)):
        if _is_of_text(lines[at].text):
            if not _is_of_text(lines[at + 1].text):
                break
            return range(number, at - _stands_apart(lines[number:at]))
    return range(number, number)


def _stands_apart(box: Sequence[Line]) -> bool:
    """Whether the last line of a box is below an empty one, and no other is."""
    gaps = [below.offset - above.offset > 1 for above, below in pairwise(box)]
    return len(gaps) > 1 and gaps[-1] and not any(gaps[:-1])


def _is_of_text(text: str) -> bool:
    """Whether a line is a paragraph, and no notice or offer."""
    return is_prose(text) and not is_notice(text) and not is_caption(text) and _OFFER.search(text) is None


def _is_below(text: str) -> bool:
    """Whether a line at the end of the text is none of it: a label of what followed, a notice, no sentence."""
    if len(text) < PROSE and not is_sentence(text):
        return True
    if (text.endswith(":") and len(text) < LABEL) or is_caption(text) or _COMMENTER.fullmatch(text):
        return True
    return len(text) < MAX_NOTICE and (
        text.startswith("(c) ")
        or _LEADS_ON.match(text) is not None
        or (_OFFER.search(text) is not None and _OFFERED.search(text) is not None)
    )


def _is_banner(lines: Sequence[Line], number: int) -> bool:
    """Whether a line is a notice about the site, or below the title of one."""
    return any(is_notice(line.text) for line in lines[max(0, number - 1) : number + 1])


def find_end(lines: Sequence[Line], start: int, days: Mapping[int, date], published: date | None) -> int:
    """The number of the line after the text: that of a footer's label or a teaser's stamp, or after the last sentence.

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
    while end > start + 1 and _is_below(lines[end - 1].text):
        end -= 1
    return _find_others(lines, start, end, days, least)


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
