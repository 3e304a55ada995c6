"""What is around a date on its page: what its line says before and after it, its label, the lines above and below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from feeds.dates import Label, Match
from feeds.parse.body import Line, is_sentence
from feeds.parse.prose import is_prose
from feeds.parse.stamps import around
from feeds.parse.stamps.forms import LINE, MAX_FOREIGN, is_nothing_else

BESIDE: Final = 300
"""Characters on either side of a date by which it is judged."""
IN_TEXT: Final = 40
"""Letters before a label in a paragraph, from which it is a word of the text."""
BELOW: Final = 12
"""Lines below a stamp among which the text goes on."""
MAX_SECTION: Final = 30
"""Letters of a section's name in front of a stamp, at most."""
MAX_TOLD: Final = 12
"""Letters that are foreign to a stamp before a label of publication, at most: more say what else was published."""
_FRONTS: Final = (around.STAMP_FRONT, around.SIGNED_FRONT, around.PAPER_FRONT)


@dataclass(frozen=True, slots=True)
class Place:
    """The surroundings of a date: its line, the lines beside it, the text before and after it.

    `foreign_before` and `foreign_behind` count the characters that don't belong to a stamp.

    `whole`: its line holds nothing else. `labelled`: its label is that of a publication or a change; `told`: that of a
    publication. `goes_on`: sentences are below it.
    """

    number: int
    first_prose: int
    text: str
    above: str
    below: str
    before: str
    behind: str
    foreign_before: int
    foreign_behind: int
    match: Match
    whole: bool
    labelled: bool
    told: bool
    goes_on: bool

    @property
    def has_clock(self) -> bool:
        """Whether it has a clock."""
        return self.match.stamp.has_clock

    @property
    def is_short(self) -> bool:
        """Whether its line is no longer than one that holds a stamp may be."""
        return len(self.text) <= LINE


def look(lines: Sequence[Line], number: int, start: int, match: Match, *, first_prose: int) -> Place:
    """What is around a date; `start` is the offset in its line of the piece in which `match` was found."""
    text = lines[number].text
    begin, end = start + match.start, start + match.end
    before, behind = text[max(0, begin - BESIDE) : begin], text[end : end + BESIDE]
    foreign_before, foreign_behind = len(around.OWN_WORDS.sub("", before)), len(around.OWN_WORDS.sub("", behind))
    goes_on = _goes_on(lines, number)
    # Below a headline it may be that of another article.
    is_placed = number <= first_prose or is_sentence(lines[number - 1].text)
    ends = foreign_behind == 0
    is_issued = ends and is_placed and around.ISSUED.fullmatch(before) is not None
    is_front = ends and (
        any(front.fullmatch(before) for front in _FRONTS)
        or (number == 0 and around.ARCHIVED.fullmatch(before) is not None)
        or (not goes_on and around.WRITER_FRONT.fullmatch(before) is not None)
        or (0 < foreign_before <= MAX_SECTION and _is_label(lines, before.strip()))
    )
    # Below the text a short name in front is that of who comments.
    most = MAX_FOREIGN if number <= first_prose or not before[:1].isalpha() else 0
    is_in_text = number >= first_prose and len(text) > LINE
    told = not is_in_text and (
        (match.label == "published" and foreign_before <= MAX_TOLD)
        or around.TOLD_FRONT.fullmatch(before) is not None
        or (number > 0 and not before and around.TOLD_ABOVE.fullmatch(lines[number - 1].text) is not None)
    )
    if is_in_text and foreign_before > IN_TEXT:
        # "..., Journal 44(7). Online veröffentlicht am 29.08.2018": that of what is quoted.
        label, labelled = None, False
    else:
        is_glued = number < first_prose and len(text) <= LINE and isinstance(match.stamp.value, datetime)
        is_above = number < first_prose or goes_on or (number == first_prose and not foreign_before)
        label, labelled = _read_label(match.label, before, is_issued=is_issued, is_above=is_above, is_glued=is_glued)
    return Place(
        number=number,
        first_prose=first_prose,
        text=text,
        above=lines[number - 1].text if number else "",
        below=lines[number + 1].text if number + 1 < len(lines) else "",
        before=before,
        behind=behind,
        foreign_before=foreign_before,
        foreign_behind=foreign_behind,
        match=match._replace(label=label),
        whole=foreign_before + foreign_behind <= most or is_issued or is_front or is_issue(before, match.text, behind),
        labelled=labelled,
        told=told,
        goes_on=goes_on,
    )


def _read_label(
    label: Label | None, before: str, *, is_issued: bool, is_above: bool, is_glued: bool
) -> tuple[Label | None, bool]:
    """What a date is called by the text `before` it, and whether that is a publication or a change.

    `is_above`: the text, or the rest of it, is below. `is_glued`: kicker and headline may be in front of it.
    """
    labelled = (
        label is not None
        or is_issued
        or around.LABEL.search(before) is not None
        or around.IN_PRINT.fullmatch(before) is not None
    )
    if (state := around.STATE.search(before)) is None:
        return label, labelled
    in_front = before[: state.start()]
    if around.CLOSED.fullmatch(in_front) is not None:
        # "(Blatt, em) | Stand: 14.05.2024, 07:20"
        return label, True
    if is_glued and around.GLUED_STATE.search(before) is not None:
        # "Verkehr Der Weg am Bach wird erneuert Stand: 18.02.2025 09:02 Uhr"
        return "published", True
    if not is_nothing_else(in_front):
        # "Leitlinie Husten, Stand 15. November 2020": that of something else.
        return None, False
    # "Stand: 20.08.2023 18:00 Uhr": above the text what a page says of itself; it may be the only stamp.
    return "published" if label == "updated" and is_above else label, labelled


def _is_label(lines: Sequence[Line], text: str) -> bool:
    """Whether a text in front of a date is a label that the page has on a line of its own: its section."""
    return any(line.text == text for line in lines)


def _goes_on(lines: Sequence[Line], number: int) -> bool:
    """Whether the text goes on below a line."""
    return any(is_sentence(line.text) or is_prose(line.text) for line in lines[number + 1 : number + 1 + BELOW])


def is_issue(before: str, day: str, behind: str) -> bool:
    """Whether what is around a `day` names the issue of a paper that a text was printed in, by number or weekday."""
    if not behind:
        return day[0].isalpha() and around.COPY_FRONT.fullmatch(before) is not None
    return around.ISSUE_BEHIND.fullmatch(behind) is not None and around.ISSUE_FRONT.fullmatch(before) is not None
