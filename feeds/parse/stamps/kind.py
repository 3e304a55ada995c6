"""Of which kind a date is by what is around it: signed, of a masthead, an event's, that of anything else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from feeds.parse.body import Line, is_sentence
from feeds.parse.bylines import is_person, without_place
from feeds.parse.categories import is_path
from feeds.parse.stamps import around
from feeds.parse.stamps.candidate import Kind
from feeds.parse.stamps.decoys import is_decoy, is_happening, is_kick_off, is_of_today, is_slot
from feeds.parse.stamps.forms import MAX_FOREIGN, is_masthead
from feeds.parse.stamps.openings import names_event, says_event
from feeds.parse.stamps.surroundings import Place, is_issue
from feeds.parse.words import MENU_ENTRIES, PLACES

LEAST_SIGNED: Final = 80
"""Characters of a paragraph that initials and a date may close."""
OPERATION_LINES: Final = 60
"""Lines below a headline among which those of a fire brigade's report are."""
HALF_HOUR: Final = 30
"""Minutes: events begin at full and half hours."""
SIGNATURE: Final = 60
"""Characters of the signature before a day in brackets, at most."""
_FIELDS = re.compile(r"[|•·]")
# " - Flächenbrand"
_ALARM = re.compile(r"\s?[-–:]\s?[A-ZÄÖÜ]")
# "Frei ab: 1. Juni"
_FROM = re.compile(r"\sab[ :]")
_PATH_SIGN = re.compile(r"[>»›]")


def find_kind(lines: Sequence[Line], place: Place) -> Kind:
    """The kind of a date; "" for one that is of none."""
    kind = _find_on_line(place)
    if place.number < place.first_prose:
        if not kind and _begins_alarm(lines, place):
            return "event"
        if kind in {"", "masthead"} and _is_of_event(lines, place):
            return "event"
    if place.whole and not kind and place.number > place.first_prose and _is_below_signer(lines, place.number):
        return "signed"
    return kind


def _begins_alarm(lines: Sequence[Line], place: Place) -> bool:
    """Whether a fire brigade's report begins with the day of the alarm: "05.04.2014 - Flächenbrand"."""
    if place.before or place.whole or place.labelled or place.has_clock or _ALARM.match(place.behind) is None:
        return False
    below = lines[place.number + 1 : place.number + 1 + OPERATION_LINES]
    return any(around.OPERATION.match(line.text) for line in below)


def _is_of_event(lines: Sequence[Line], place: Place) -> bool:
    """Whether a full or half hour is below the name of an event, to which the text invites.

    As in "Lesung mit Erika Muster" / "Dienstag, 12. März 2024, 19:30 Uhr".
    """
    clock = place.match.stamp.value
    if place.labelled or not isinstance(clock, datetime) or clock.minute % HALF_HOUR or not names_event(place.above):
        return False
    return place.first_prose < len(lines) and says_event(lines[place.first_prose].text)


def _find_on_line(place: Place) -> Kind:
    before, behind = place.before, place.behind
    closes = behind in {")", ")."} and len(place.text) >= LEAST_SIGNED
    if closes and not is_sentence(place.below) and around.SIGNERS_FRONT.search(before[-SIGNATURE:]):
        return "named"
    ends = around.RANGE_BEFORE.search(before[-24:]) and not around.NUMBER_BEFORE.search(before)
    if ends or around.RANGE_BEHIND.match(behind) or _FROM.search(place.match.text):
        return "event"
    if not place.labelled and around.STATE.search(before) is not None:
        return "decoy"
    if is_issue(before, place.match.text, behind):
        return "signed"
    if is_decoy(place.text, above=place.above, below=place.below, before=before, behind=behind, whole=place.whole):
        return "decoy"
    if place.whole and place.above.endswith(f" {place.text}") and place.text.startswith("vom "):
        # "Niederschrift über die Sitzung des Rates vom 16.11.2022" says what is of that day.
        return "decoy"
    if place.whole and place.number > place.first_prose and is_slot(before):
        return "decoy"
    is_timed = place.has_clock and not place.labelled and place.is_short
    if is_timed and (is_happening(behind, place.below) or is_kick_off(place.match.stamp, place.above)):
        return "decoy"
    if around.DAY_LABEL.search(before):
        return "day"
    if (
        (is_masthead(place.text) and not _is_below_path(place) and not around.RELEASE_ABOVE.fullmatch(place.above))
        or (place.whole and _is_first_line(place))
        or _is_beside_name(place)
        or _is_in_frame(place)
    ):
        return "masthead"
    if place.whole:
        signs = place.foreign_before > MAX_FOREIGN or around.PAPER_FRONT.fullmatch(before) is not None
        return "signed" if signs and not place.labelled else ""
    if place.number < place.first_prose and before.endswith("(") and behind.strip() == ")":
        return "named" if around.NAME_FRONT.fullmatch(before) else "bracketed"
    if closes and around.INITIALS_FRONT.search(before[-14:]):
        return "named"
    return ""


def _is_below_path(place: Place) -> bool:
    """Whether a day with its clock is right below the path to the page: it is the page's."""
    return place.has_clock and is_path(place.above) and _PATH_SIGN.search(place.above) is not None


def _is_first_line(place: Place) -> bool:
    """Whether a day alone is the first line of a page, as where that is saved or printed with the day above it."""
    is_alone = place.number == 0 and not place.has_clock and not place.labelled and place.foreign_before == 0
    # "16.12.18 –": the text is below.
    return is_alone and not place.behind.rstrip().endswith(("-", "–"))


def _is_beside_name(place: Place) -> bool:
    """Whether the page's first line is its name and the weekday: "Musterbote, Mittwoch, 25. November 2026"."""
    if place.number or place.has_clock or place.labelled:
        return False
    for sign in (", ", " | ", " - ", " – "):
        name, _, rest = place.text.partition(sign)
        front = place.text.rpartition(sign)[0]
        # Behind a comma is a section: "Dienstag, 12.06.2018, Forschung".
        if (is_masthead(rest) and name not in PLACES) or (is_masthead(front) and sign != ", "):
            return True
    return False


def _is_in_frame(place: Place) -> bool:
    """Whether only weather and entries of a menu share the line with a day: "Donnerstag, 14. März 2024 | 7 °C"."""
    if place.labelled or place.foreign_before or place.behind.lstrip()[:1] not in around.FIELD_MARKS:
        return False
    fields = [field.strip() for field in _FIELDS.split(place.behind) if field.strip()]
    return bool(fields) and all(is_of_today(field) or field.casefold() in MENU_ENTRIES for field in fields)


def _is_below_signer(lines: Sequence[Line], number: int) -> bool:
    """Whether a day is below the name that closes a text, as at the foot of a letter, and no sentence follows.

    As in "... sollte die Stadt." / "Erika Muster, Genua" / "11.06.10".
    """
    name, *above = (lines[at].text for at in (number - 1, number - 2) if at >= 0)
    signs = is_person(without_place(name)) and any(map(is_sentence, above))
    return signs and not any(is_sentence(line.text) for line in lines[number + 1 :])
