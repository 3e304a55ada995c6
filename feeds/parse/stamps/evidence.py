"""How well a date dates its page: by its place, its form, its label, and what speaks against it.

`candidates` finds the dates, `choice` chooses among them; the numbers here are weighed against each other, and against
the score below which a date is no stamp.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final, Literal

from feeds.dates import Label, Match
from feeds.parse.body import Line, is_sentence
from feeds.parse.bylines import is_person, without_place
from feeds.parse.stamps import around
from feeds.parse.stamps.decoys import is_decoy, is_happening, is_of_today, is_slot
from feeds.parse.stamps.forms import LINE, is_masthead, is_nothing_else
from feeds.parse.words import MENU_ENTRIES

LEAST_SCORE: Final = 5
"""Below this a date is no stamp. Calibrated on pages whose only dates are decoys: theirs stay below 4."""
BESIDE: Final = 300
"""Characters on either side of a date by which it is judged."""
EARLIEST_YEAR: Final = 1980
"""A number that reads as a year before this is a serial number's, or that of history."""
SAME_DAYS: Final = timedelta(days=1)
FIELDS_BESIDE: Final = 3
"""Lines above and below a field "Datum:" that are searched for the other fields of an event."""
IN_TEXT: Final = 40
"""Letters before a label in a paragraph, from which it is a word of the text."""
LEAST_SIGNED: Final = 80
"""Characters of a paragraph that initials and a date may close."""
SIGNATURE: Final = 60
"""Characters of the signature before a day in brackets, at most."""
NEVER: Final = -8
LATE: Final = -4
"""What a date within or below the text is worth."""
LEAD: Final = 3
"""Lines after the first paragraph that may hold a stamp which follows the lead."""
BELOW: Final = 12
"""Lines below such a stamp among which the text goes on."""
MAX_SECTION: Final = 30
"""Letters of a section's name in front of a stamp, at most."""
MAX_TOLD: Final = 12
"""Letters that are foreign to a stamp before a label of publication, at most: more say what else was published."""

_FIELDS = re.compile(r"[|•·]")

Kind = Literal["", "day", "signed", "named", "bracketed", "masthead", "event", "decoy", "opening"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A date on the page: the number of its line among those that hold something, and how well it dates the page.

    `kind` is "day" if its label says "Datum" and no more; "signed" if it is placed as at the foot of a letter, or below
    the writer's name; "named" or "bracketed" if it is in brackets after a name, or after anything else; "masthead" if
    it is a weekday and its day alone, a day alone in the page's first line, or one beside the weather; "event" if it is
    the beginning or end of a range; "decoy" if words say that it dates something else; "opening" if the text begins
    with it.
    `labelled`: its label is that of a publication or a change. `told`: its label is that of a publication and can't be
    that of anything else, as "Datum" and "Stand" can. `is_state`: its label is "Stand".
    """

    number: int
    start: int
    end: int
    match: Match
    whole: bool
    score: int
    kind: Kind = ""
    labelled: bool = False
    told: bool = False
    is_state: bool = False

    @property
    def day(self) -> date:
        """Its day."""
        return self.match.stamp.day

    @property
    def has_clock(self) -> bool:
        """Whether it has a clock."""
        return self.match.stamp.has_clock


@dataclass(frozen=True, slots=True)
class _Place:
    """The surroundings of a date: its line, the lines beside it, the text before and after it.

    `foreign_before` and `foreign_behind` count the characters that don't belong to a stamp.

    `whole`: its line holds nothing else. `labelled`: its label is that of a publication or a change; `told`: that of a
    publication.
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

    @property
    def has_clock(self) -> bool:
        return self.match.stamp.has_clock

    @property
    def is_short(self) -> bool:
        return len(self.text) <= LINE


def judge(
    lines: Sequence[Line], number: int, start: int, match: Match, *, first_prose: int, address: date | None
) -> Candidate:
    """A date as a Candidate; `start` is the offset in its line of the piece in which `match` was found."""
    goes_on = _goes_on(lines, number)
    place = _look(lines, number, start, match, first_prose=first_prose, goes_on=goes_on)
    between = lines[first_prose + 1 : min(number, first_prose + LEAD)]
    # "Artikel vom 3. Mai 2016" names what it dates, wherever it is.
    follows = (goes_on or around.NAMED.search(place.before) is not None) and not any(
        around.ABOVE_OTHER_DATES.match(line.text) for line in between
    )
    score = _judge_place(place, follows=follows) + _judge_form(place) + (2 if place.has_clock else 0)
    kind = _find_kind(place)
    if place.whole and not kind and number > first_prose and _is_below_signer(lines, number):
        kind = "signed"
    if kind == "named":
        score += LEAST_SCORE - NEVER
    elif kind in {"event", "decoy"} or (kind == "day" and _is_of_event(lines, number)):
        score += NEVER
    begin = start + match.start
    if not place.whole and (place.before[-1:] == "(" or (place.text[0] == "(" and not place.labelled)):
        score -= 3
    if match.stamp.value.year < EARLIEST_YEAR and not place.labelled:
        score -= 20
    if address is not None and kind != "event":
        score += 4 if abs(match.stamp.day - address) <= SAME_DAYS else -4
    told = place.told and kind not in {"day", "event", "decoy"}
    is_state = place.labelled and around.STATE.search(place.before) is not None
    end = start + match.end
    return Candidate(number, begin, end, place.match, place.whole, score, kind, place.labelled, told, is_state)


def corroborate(found: Sequence[Candidate], *, last_prose: int) -> list[Candidate]:
    """The candidates, judged by each other; `last_prose` is the number of the last paragraph.

    One whose day is on the page elsewhere, too, is better by two; one whose day is that of an event is worse. One that
    is placed as at the foot of a letter, below the text, is a stamp if there is no other such one. A "Datum" is none
    beside one that was "erstellt". One in brackets after a name closes the text, unless several dates are in brackets,
    as in a list.
    """
    days: dict[date, set[int]] = {}
    for one in found:
        days.setdefault(one.day, set()).add(one.number)
    events = {one.day for one in found if one.kind == "event"}
    signed = [one for one in found if one.kind == "signed" and one.number > last_prose]
    listed = sum(one.kind in {"named", "bracketed"} for one in found) > 1
    said = any(one.match.label == "published" and one.kind != "day" and one.score >= LEAST_SCORE for one in found)

    def weigh(one: Candidate) -> int:
        # Below the text, days in front of headlines are those of other articles, and say nothing of each other.
        is_anothers = one.number > last_prose and not (one.whole or one.labelled)
        score = one.score + (2 if len(days[one.day]) > 1 and not is_anothers else 0)
        if len(signed) == 1 and one is signed[0]:
            score += LEAST_SCORE
        if one.kind == "day" and said:
            score -= 6
        if one.kind == "named" and listed:
            score += NEVER
        elif one.kind == "named" and one.number >= last_prose:
            # It closes the text.
            score -= LATE
        if one.kind != "event" and one.day in events and one.match.label is None:
            score += NEVER
        return score

    return [replace(one, score=weigh(one)) for one in found]


def _look(lines: Sequence[Line], number: int, start: int, match: Match, *, first_prose: int, goes_on: bool) -> _Place:
    text = lines[number].text
    begin, end = start + match.start, start + match.end
    before, behind = text[max(0, begin - BESIDE) : begin], text[end : end + BESIDE]
    foreign_before, foreign_behind = len(around.OWN_WORDS.sub("", before)), len(around.OWN_WORDS.sub("", behind))
    # Below a headline it may be that of another article.
    is_placed = number <= first_prose or is_sentence(lines[number - 1].text)
    is_issued = is_placed and foreign_behind == 0 and around.ISSUED.fullmatch(before) is not None
    is_filed = foreign_behind == 0 and 0 < foreign_before <= MAX_SECTION and _is_label(lines, before.strip())
    is_front = is_filed or is_issued or (foreign_behind == 0 and _is_front(before))
    is_in_text = number >= first_prose and len(text) > LINE
    told = not is_in_text and (
        (match.label == "published" and foreign_before <= MAX_TOLD and around.FORECAST.search(before) is None)
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
    return _Place(
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
        # Below the text a short name in front is that of who comments.
        whole=foreign_before + foreign_behind <= (3 if number <= first_prose or not before[:1].isalpha() else 0)
        or is_front,
        labelled=labelled,
        told=told,
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
    return any(is_sentence(line.text) for line in lines[number + 1 : number + 1 + BELOW])


def _is_front(before: str) -> bool:
    return any(front.fullmatch(before) for front in (around.STAMP_FRONT, around.SIGNED_FRONT, around.PAPER_FRONT))


def _judge_place(place: _Place, *, follows: bool) -> int:
    """By its place: in the head; right after the lead if it has a label or its own line; elsewhere it is another's.

    `follows`: it may be after the lead, for the text goes on below it, and nothing of other articles is above it.
    """
    if place.number < place.first_prose:
        return 3
    if place.number == place.first_prose:
        return 0
    is_alone = place.whole or _begins_fields(place)
    is_near = is_alone and place.number <= place.first_prose + LEAD and follows
    return -1 if place.labelled or is_near else LATE


def _begins_fields(place: _Place) -> bool:
    """Whether a day and a clock begin a line of fields: "14. Februar 2019, 7:02 Uhr Quelle: dpa"."""
    return place.has_clock and place.foreign_before == 0 and around.FIELD_BEHIND.match(place.behind) is not None


def _judge_form(place: _Place) -> int:
    """By its label, and by what shares its line."""
    if place.labelled or (place.told and place.whole):
        return 6
    if around.LABEL.search(place.above):
        return 5
    if around.CHANGE_BEHIND.match(place.behind) and (
        place.whole or (place.has_clock and around.OWN_LABEL.fullmatch(place.before))
    ):
        return 6
    if place.whole:
        return 7 if place.has_clock and around.WHOLE_FROM.match(place.before) else 4
    if place.is_short and around.SIGNED_FRONT.fullmatch(place.before) is not None:
        return 4
    if place.is_short and place.foreign_behind == 0 and around.FILED_FRONT.fullmatch(place.before) is not None:
        return 4
    if place.is_short and place.foreign_behind == 0 and around.BYLINE_FRONT.fullmatch(place.before) is not None:
        return 8
    return _judge_inside(place)


def _judge_inside(place: _Place) -> int:
    """How well a date dates the page that shares its line with other text: stuck to either end, it may be a stamp."""
    text, before, clock = place.text, place.before, place.has_clock
    last = before.rstrip()[-1:]
    if (
        around.PREPOSITION.search(before[-8:])
        and around.NAMED.search(before) is None
        and around.ISSUED_INSIDE.search(before) is None
    ):
        # "am Montag, 08.05.2017 - 14:56 Autor: Erika Muster"
        return 5 if _begins_fields(place) else NEVER
    if place.foreign_before > 3 and last == ":":
        # "Nächste Sitzung: 12. März 2021": a label, and not one of a publication.
        return NEVER
    if place.is_short and place.number < place.first_prose and _sticks_to_headline(place):
        return 5 if clock else 3
    if place.foreign_before <= 3:
        return 5 if clock else 2 if place.is_short else -2
    if place.foreign_behind <= 3 and (clock or last in "|•·/-–—," or place.match.text[:1].isalpha()):
        return 6 if clock else 2 if place.is_short else NEVER
    if last in around.FIELD_MARKS and place.behind.lstrip()[:1] in around.FIELD_MARKS and place.is_short:
        # "Erika Muster | 12. März 2020 | Lokales": a field of its own.
        return 3
    is_said_of = place.behind.lstrip()[:1].islower()
    if (
        not is_said_of
        and place.foreign_before <= (40 if clock and last in around.FIELD_MARKS else 20)
        and (clock or (place.match.text[:1].isdigit() and len(text) <= LINE))
    ):
        # "Nachricht 19.07.2018 Headline", "Welt / 20.04.2022 / 22:57 Uhr / Headline"
        return 2
    return NEVER


def _sticks_to_headline(place: _Place) -> bool:
    """Whether what shares a line of the head with a date, and is no headline, says that it is the page's."""
    if around.FIELDS_ALONE.match(place.behind) is not None or around.BYLINE_BEHIND.fullmatch(place.behind) is not None:
        return True
    if around.ISSUED_INSIDE.search(place.before) is not None:
        # "... - Pressemitteilung vom 12. März 2020 war falsch"
        return not place.behind.lstrip()[:1].islower()
    # Without a clock the day may be that of a concert with songs by someone.
    return place.has_clock and place.foreign_behind == 0 and around.BYLINE_AT_END.search(place.before) is not None


def _find_kind(place: _Place) -> Kind:
    before, behind = place.before, place.behind
    closes = behind in {")", ")."} and len(place.text) >= LEAST_SIGNED
    if closes and not is_sentence(place.below) and around.SIGNERS_FRONT.search(before[-SIGNATURE:]):
        return "named"
    ends = around.RANGE_BEFORE.search(before[-24:]) and not around.NUMBER_BEFORE.search(before)
    if ends or around.RANGE_BEHIND.match(behind) or " ab " in place.match.text:
        return "event"
    if not place.labelled and around.STATE.search(before) is not None:
        return "decoy"
    if is_decoy(place.text, above=place.above, below=place.below, before=before, behind=behind, whole=place.whole):
        return "decoy"
    if place.whole and place.number > place.first_prose and is_slot(before):
        return "decoy"
    if place.has_clock and not place.labelled and place.is_short and is_happening(behind, place.below):
        return "decoy"
    if around.DAY_LABEL.search(before):
        return "day"
    if is_masthead(place.text) or (place.whole and _is_first_line(place)) or _is_in_frame(place):
        return "masthead"
    if place.whole:
        signs = place.foreign_before > 3 or around.PAPER_FRONT.fullmatch(before) is not None
        return "signed" if signs and not place.labelled else ""
    if place.number < place.first_prose and before.endswith("(") and behind.strip() == ")":
        return "named" if around.NAME_FRONT.fullmatch(before) else "bracketed"
    if closes and around.INITIALS_FRONT.search(before[-14:]):
        return "named"
    return ""


def _is_first_line(place: _Place) -> bool:
    """Whether a day alone is the first line of a page, as where that is saved or printed with the day above it."""
    return place.number == 0 and not place.has_clock and not place.labelled and place.foreign_before == 0


def _is_in_frame(place: _Place) -> bool:
    """Whether only weather and entries of a menu share the line with a day: "Donnerstag, 14. März 2024 | 7 °C"."""
    if place.labelled or place.foreign_before or place.behind.lstrip()[:1] not in around.FIELD_MARKS:
        return False
    fields = [field.strip() for field in _FIELDS.split(place.behind) if field.strip()]
    return bool(fields) and all(is_of_today(field) or field.casefold() in MENU_ENTRIES for field in fields)


def _is_of_event(lines: Sequence[Line], number: int) -> bool:
    """Whether the fields around a "Datum:" are those of something that happens."""
    fields = lines[max(0, number - FIELDS_BESIDE) : number + FIELDS_BESIDE + 1]
    return any(around.EVENT_FIELD.match(line.text) for line in fields)


def _is_below_signer(lines: Sequence[Line], number: int) -> bool:
    """Whether a day is below the name that closes a text, as at the foot of a letter, and no sentence follows.

    As in "... sollte die Stadt." / "Erika Muster, Genua" / "11.06.10".
    """
    name, *above = (lines[at].text for at in (number - 1, number - 2) if at >= 0)
    signs = is_person(without_place(name)) and any(map(is_sentence, above))
    return signs and not any(is_sentence(line.text) for line in lines[number + 1 :])
