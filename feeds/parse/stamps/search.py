"""The dates of a page, each with what it is worth as its stamp; judged by each other, too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, takewhile
from typing import Final
from zoneinfo import ZoneInfo

from feeds.dates import find_dates
from feeds.dates.words import WEEKDAYS
from feeds.parse.body import HEADLINE_BLANKS, Line, is_caption, is_sentence
from feeds.parse.bylines import is_byline, is_person
from feeds.parse.prose import is_prose
from feeds.parse.stamps.around import (
    ABOVE_OTHER_DATES,
    FIELD_LABEL,
    FIELD_MARKS,
    NAME_BAR,
    OWN_WORDS,
    SENT,
    TOLD_ABOVE,
)
from feeds.parse.stamps.candidate import EARLIEST_YEAR, LEAST_SCORE, Candidate
from feeds.parse.stamps.corroboration import corroborate
from feeds.parse.stamps.evidence import judge
from feeds.parse.stamps.forms import LINE, has_date
from feeds.parse.stamps.openings import is_of_event
from feeds.parse.words import HOMES, MENU_ENTRIES, SERVICES, TAILS, TOOLS, any_of

MAX_LINES: Final = 24
"""Lines with a date that are looked at; those at the head come first."""
HEAD: Final = 130
TAIL: Final = 90
"""Characters at either end of a long line where a stamp may be stuck to the text."""
CLOSING_SCORE: Final = 3
"""What it adds to a stamp's score to be the only one and to close the page."""
LABEL_BLANKS: Final = 3
"""Blanks in a label around it, at most."""
TOPIC_BLANKS: Final = 1
"""Blanks in the name of a topic below it, at most."""
MAX_HEADLINE_BLANKS: Final = 15
"""Blanks in a headline above it, at most."""
_TAIL = re.compile(any_of((*TAILS, f"{TOOLS}$")))
_OTHERS = re.compile(r"(?:Weitere|Ähnliche|Verwandte|Mehr) (?:Artikel|Meldungen|Nachrichten|Beiträge|Themen)\b")
_ENTRIES: Final = MENU_ENTRIES | SERVICES | HOMES
_FOOTER = re.compile(r"©|\(c\)|Copyright|Alle Rechte|Impressum|Datenschutz", re.IGNORECASE)
# What a browser prints below a page, beside the day and the clock of that.
_PRINTED = re.compile(r"https?://|\bSeite \d+ (?:von|/) ?\d+|^\d+\s?/\s?\d+$")
TEASER_BLANKS: Final = 3
"""Blanks in the headline of a teaser, at least."""


def find_candidates(lines: Sequence[Line], *, zone: ZoneInfo, first_prose: int, url: str | None) -> list[Candidate]:
    """The dates of a page with their scores, in its order; `first_prose` is the number of its first paragraph.

    `url` is its address; None where that says nothing of them.
    """
    found: list[Candidate] = []
    last_prose = max((number for number, line in enumerate(lines) if len(line.text) > LINE), default=first_prose)
    below = range(first_prose + 1, len(lines))
    others = next((number for number in below if ABOVE_OTHER_DATES.match(lines[number].text)), len(lines))
    pieces = ((number, *piece) for number, line in enumerate(lines) for piece in _pieces(line.text))
    for number, start, piece in islice((one for one in pieces if has_date(one[2])), MAX_LINES):
        found.extend(
            judge(lines, number, start, match, first_prose=first_prose, others=others, url=url)
            for match in find_dates(piece, now=None, tz=zone)
        )
    found = corroborate(found, last_prose=last_prose)
    teasers = [one for one in found if _is_teasers(lines, one, first_prose)]
    if len(teasers) > 1:
        found = [replace(one, score=min(one.score, LEAST_SCORE - 1)) if one in teasers else one for one in found]
    told = [one for one in found if one.told and one.number > first_prose]
    if len({one.match.stamp.value for one in told}) > 1 or not all(_is_own(lines, one, first_prose) for one in told):
        found = [replace(one, told=False) if one in told else one for one in found]
    if not any(one.score >= LEAST_SCORE for one in found) and (closing := _find_closing(lines, found, first_prose)):
        found[found.index(closing)] = replace(closing, score=closing.score + CLOSING_SCORE)
    if not any(one.score >= LEAST_SCORE for one in found):
        day = (
            _find_below_lead(lines, found, first_prose)
            or _find_below_text(lines, found, first_prose)
            or _find_behind_headline(lines, found, first_prose)
            or _find_sent(lines, found)
        )
        if day is not None:
            found[found.index(day)] = replace(day, score=LEAST_SCORE)
    return found


def _is_teasers(lines: Sequence[Line], stamp: Candidate, first_prose: int) -> bool:
    """Whether a headline is between the text and a stamp below it; several such stamps are those of other articles."""
    if not stamp.whole or stamp.labelled or stamp.number <= first_prose + 1:
        return False
    above = lines[stamp.number - 1].text
    if above.count(" ") < TEASER_BLANKS or is_sentence(above):
        return False
    return not (is_caption(above) or is_byline(above) or has_date(above))


def _is_own(lines: Sequence[Line], told: Candidate, first_prose: int) -> bool:
    """Whether a stamp below the text, called the publication's, is that of the page and not of a teaser or comment.

    Nothing is between it and the text but who wrote that, captions and other dates.
    """
    texts = [line.text for line in lines[first_prose + 1 : told.number]]
    if texts and TOLD_ABOVE.fullmatch(texts[-1]) is not None:
        # Its own label.
        texts.pop()
    short = [text for text in texts if not is_sentence(text) and not has_date(text)]
    between = list(takewhile(lambda text: not is_sentence(text), reversed(texts)))
    if any(ABOVE_OTHER_DATES.match(text) for text in short):
        return False
    if not all(has_date(text) or is_byline(text) or is_person(text) or is_caption(text) for text in between):
        return False
    return not any(is_sentence(line.text) for line in lines[told.number + 1 :] if _FOOTER.match(line.text) is None)


def _find_closing(lines: Sequence[Line], found: Sequence[Candidate], first_prose: int) -> Candidate | None:
    """The only stamp with a clock, if it is on its own below the text, with only the page's foot below it.

    Those of comments have text below them, those of teasers a headline beside them, those of events what happens, that
    of a print the page's address.
    """
    clocks = [one for one in found if one.has_clock and (one.whole or _is_behind_writer(lines, one, first_prose))]
    if (
        len(clocks) != 1
        or clocks[0].kind not in {"", "masthead"}
        or clocks[0].match.label is not None
        or clocks[0].number <= first_prose
    ):
        return None
    number = clocks[0].number
    above = list(takewhile(lambda text: not is_sentence(text), (line.text for line in reversed(lines[:number]))))
    texts = [line.text for line in lines[number + 1 :]]
    below = list(takewhile(lambda text: _OTHERS.match(text) is None, texts))
    if len(below) < len(texts) and (above or _has_others(lines[first_prose:number])):
        # Such a label ends what is the page's only right below the text.
        return None
    if any(ABOVE_OTHER_DATES.match(text) or _PRINTED.search(text) for text in (*above, lines[number].text)):
        return None
    if not all(_is_of_page(text) or (not above and _is_topic(text)) for text in below):
        return None
    # Where no line is above the text, the headline may be below it, above its writer.
    most = LABEL_BLANKS if first_prose or len(above) > 1 or clocks[0].whole else MAX_HEADLINE_BLANKS
    return clocks[0] if all(text.count(" ") <= most for text in above) else None


def _is_behind_writer(lines: Sequence[Line], stamp: Candidate, first_prose: int) -> bool:
    """Whether a line is the writer's name and a stamp: "Erika Muster 28.11.2023 - 15:00 Uhr"."""
    text = lines[stamp.number].text
    if first_prose and (not is_prose(lines[stamp.number - 1].text) or _has_others(lines[first_prose : stamp.number])):
        # It may be who comments.
        return False
    return is_person(text[: stamp.start].rstrip(" ,|–-")) and text[stamp.end :] in {"", " Uhr"}


def _find_below_lead(lines: Sequence[Line], found: Sequence[Candidate], first_prose: int) -> Candidate | None:
    """The only day that begins or fills a line of its own, where that parts the lead from the text.

    Beside it are at most captions and who wrote the text; neither lead nor text is that of an event.
    """
    days = [one for one in found if one.whole or _shares_with_fields(lines, one)]
    if len(days) != 1 or days[0].number <= first_prose or days[0].kind not in {"", "day"}:
        return None
    if days[0].day.year < EARLIEST_YEAR:
        # A chronicle, a life.
        return None
    number = days[0].number
    between = [line.text for line in lines[first_prose + 1 : number]]
    if not all(map(_is_credit, between)):
        return None
    below = next((at for at in range(number + 1, len(lines)) if not _is_credit(lines[at].text)), None)
    if below is None or not is_prose(lines[below].text):
        return None
    return None if any(map(is_of_event, (lines[first_prose].text, lines[below].text))) else days[0]


def _find_below_text(lines: Sequence[Line], found: Sequence[Candidate], first_prose: int) -> Candidate | None:
    """The only day on its own line, if it closes the page with its weekday, or is right above the headline again.

    As in "Sonntag" / "02.03.2008", "Sonntag, 02.03.08", "27.01.14" / "Altmarkt: Ein Esel als Ehrengast".
    """
    days = [one for one in found if one.whole]
    if len(days) != 1 or days[0].number <= first_prose or days[0].kind not in {"", "masthead"}:
        return None
    number = days[0].number
    above, below = lines[number - 1].text, [line.text for line in lines[number + 1 :]]
    weekdays = WEEKDAYS[days[0].day.weekday()]
    # A short sentence or a label above it may be an event's.
    if above in weekdays:
        closes = is_prose(lines[number - 2].text)
    else:
        closes = is_prose(above) and lines[number].text.startswith(weekdays)
    if closes:
        return days[0] if all(map(_is_of_page, below)) and not is_of_event(lines[first_prose].text) else None
    is_again = below and any(
        line.text.count(" ") >= HEADLINE_BLANKS and below[0].endswith(line.text) for line in lines[:first_prose]
    )
    return days[0] if is_again and is_sentence(above) else None


def _find_behind_headline(lines: Sequence[Line], found: Sequence[Candidate], first_prose: int) -> Candidate | None:
    """The only day above the text, in brackets behind the headline: "Stromausfall in Musterau (18.02.2019)".

    Neither that nor the text is of an event.
    """
    above = [one for one in found if one.number < first_prose < len(lines)]
    if len(above) != 1 or above[0].kind != "bracketed" or lines[above[0].number].text[above[0].end :] != ")":
        return None
    headline = lines[above[0].number].text[: above[0].start - 1].rstrip()
    is_headline = headline.count(" ") >= 1 and above[0].number == first_prose - 1
    texts = (headline, *headline.split(), lines[first_prose].text)
    return above[0] if is_headline and not any(map(is_of_event, texts)) else None


def _find_sent(lines: Sequence[Line], found: Sequence[Candidate]) -> Candidate | None:
    """The only stamp of a line that says when the text was sent: by an agency, or in a programme."""
    sent = [one for one in found if SENT.fullmatch(lines[one.number].text) is not None]
    return sent[0] if len(sent) == 1 else None


def _shares_with_fields(lines: Sequence[Line], day: Candidate) -> bool:
    """Whether a line is a day with fields behind it, or a name in front of it: "Erika Muster | 16.06.2015"."""
    text = lines[day.number].text
    before, behind = text[: day.start], text[day.end :]
    if not OWN_WORDS.sub("", behind):
        return NAME_BAR.fullmatch(before) is not None
    return not OWN_WORDS.sub("", before) and behind.lstrip().startswith(FIELD_MARKS)


def _is_credit(text: str) -> bool:
    """Whether a line between lead and text says who wrote it or took its picture."""
    return is_byline(text) or is_person(text) or is_caption(text) or FIELD_LABEL.fullmatch(text) is not None


def _has_others(lines: Sequence[Line]) -> bool:
    """Whether a label above comments, teasers or events is among some lines."""
    return any(ABOVE_OTHER_DATES.match(line.text) and not is_sentence(line.text) for line in lines)


def _is_of_page(text: str) -> bool:
    """Whether a line below a text is what any site has there: its imprint, tools, entries of its menu."""
    return _FOOTER.match(text) is not None or _TAIL.match(text) is not None or text.casefold() in _ENTRIES


def _is_topic(text: str) -> bool:
    """Whether a line below a stamp may be one of a text's topics, and is no teaser's headline."""
    return text.count(" ") <= TOPIC_BLANKS and not is_sentence(text)


def _pieces(text: str) -> list[tuple[int, str]]:
    """The parts of a line that may hold a stamp, with their offsets: all of a short line, the ends of a long one."""
    if len(text) <= HEAD + TAIL:
        return [(0, text)]
    return [(0, text[:HEAD]), (len(text) - TAIL, text[-TAIL:])]
