"""How well a date dates its page: by its place, its form, its label, and what speaks against it.

`search` finds the dates, `choice` chooses among them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from feeds.dates import Match
from feeds.parse.body import Line, is_caption, is_sentence
from feeds.parse.bylines import is_byline, is_person
from feeds.parse.stamps import around
from feeds.parse.stamps.address import find_address_date, has_digits_of, is_of_month
from feeds.parse.stamps.candidate import EARLIEST_YEAR, LATE, LEAST_SCORE, NEVER, SAME_DAYS, Candidate
from feeds.parse.stamps.forms import LINE, MAX_FOREIGN
from feeds.parse.stamps.kind import find_kind
from feeds.parse.stamps.surroundings import Place, look
from feeds.parse.words import MENU_ENTRIES, SECTIONS

# "Pressemitteilungen": what a menu above a release leads to.
_PRESS = re.compile(r"(?:Presse|Medien)(?:mitteilung|meldung|information)?(?:en)?")
FIELDS_BESIDE: Final = 3
"""Lines above and below a field "Datum:" that are searched for the other fields of an event."""
TIMED: Final = 5
"""What it is worth to a stamp below the lead that the time which the text takes to read is told beside it."""
LEAD: Final = 3
"""Lines after the first paragraph that may hold a stamp which follows the lead."""


def judge(
    lines: Sequence[Line], number: int, start: int, match: Match, *, first_prose: int, others: int, url: str | None
) -> Candidate:
    """A date as a Candidate; `start` is the offset in its line of the piece in which `match` was found.

    Below the line with number `others` are comments, teasers and events.
    """
    place = look(lines, number, start, match, first_prose=first_prose)
    # "Artikel vom 3. Mai 2016" names what it dates, wherever it is.
    goes_on = place.goes_on or around.NAMED.search(place.before) is not None
    is_anothers = number > others
    follows = goes_on and not is_anothers
    day = match.stamp.day
    score = _judge_place(place, follows=follows) + _judge_form(place, url) + (2 if place.has_clock else 0)
    if place.whole and number > first_prose and not is_anothers and _is_timed(lines, place):
        score += TIMED
    kind = find_kind(lines, place)
    if kind == "masthead" and has_digits_of(url, day):
        # "/050301.html"
        kind = ""
    if kind == "named":
        score += LEAST_SCORE - NEVER
    elif kind in {"event", "decoy"} or (kind == "day" and _is_of_event(lines, number)):
        score += NEVER
    begin = start + match.start
    if not place.whole and (place.before[-1:] == "(" or (place.text[0] == "(" and not place.labelled)):
        score -= 3
    if day.year < EARLIEST_YEAR and not (place.labelled or (place.whole and f"/{day.year}/" in (url or ""))):
        score -= 20
    if kind != "event" and (place.labelled or not is_anothers):
        score += _judge_address(url, day)
    told = place.told and kind not in {"day", "event", "decoy"}
    # Behind the source and the writer it is the last change, and no more.
    is_state = (
        place.labelled and around.STATE.search(place.before) is not None and not around.CLOSED.match(place.before)
    )
    end = start + match.end
    return Candidate(number, begin, end, place.match, place.whole, score, kind, place.labelled, told, is_state)


def _judge_address(url: str | None, day: date) -> int:
    """By what the page's address says."""
    if (address := find_address_date(url)) is not None:
        return 4 if abs(day - address) <= SAME_DAYS else -4
    return 4 if has_digits_of(url, day) else 0


def _judge_place(place: Place, *, follows: bool) -> int:
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


def _begins_fields(place: Place) -> bool:
    """Whether a day and a clock begin a line of fields: "14. Februar 2019, 7:02 Uhr Quelle: dpa"."""
    return place.has_clock and place.foreign_before == 0 and around.FIELD_BEHIND.match(place.behind) is not None


def _judge_form(place: Place, url: str | None) -> int:
    """By its label, and by what shares its line."""
    if place.labelled or (place.told and place.whole):
        return 6
    if around.LABEL.search(place.above):
        return 5
    if place.whole and around.CHANGE_BEHIND.match(place.behind):
        return 6
    if place.whole:
        return 7 if place.has_clock and around.WHOLE_FROM.match(place.before) else 4
    if place.is_short and around.SIGNED_FRONT.fullmatch(place.before) is not None:
        return 4
    if place.is_short and place.foreign_behind == 0 and around.FILED_FRONT.fullmatch(place.before) is not None:
        return 4
    if place.is_short and place.foreign_behind == 0 and around.BYLINE_FRONT.fullmatch(place.before) is not None:
        return 8
    return _judge_inside(place, url)


def _judge_inside(place: Place, url: str | None) -> int:
    """How well a date dates the page that shares its line with other text: stuck to either end, it may be a stamp."""
    text, before, clock = place.text, place.before, place.has_clock
    last = before.rstrip()[-1:]
    if (
        around.PREPOSITION.search(before[-8:])
        and around.NAMED.search(before) is None
        and around.ISSUED_INSIDE.search(before) is None
        and around.SUNDAY_PAPER.search(before) is None
        and not _closes_verb(place)
    ):
        # "am Montag, 08.05.2017 - 14:56 Autor: Erika Muster"
        return 5 if _begins_fields(place) else NEVER
    if place.foreign_before > MAX_FOREIGN and last == ":":
        # "Nächste Sitzung: 12. März 2021": a label, and not one of a publication.
        return NEVER
    if place.is_short and place.number < place.first_prose and _sticks_to_headline(place):
        return 5 if clock else 3
    if place.foreign_before <= MAX_FOREIGN:
        return 5 if clock else 2 if place.is_short else -2
    if place.foreign_behind <= MAX_FOREIGN and around.RELEASE_FRONT.match(before) is not None:
        # "Nachricht 04.05.2017 Beflaggung am Europatag, 9. Mai 2017": the headline's own.
        return NEVER
    if place.foreign_behind <= MAX_FOREIGN and (clock or last in "|•·/-–—," or place.match.text[:1].isalpha()):
        return 6 if clock else 2 if place.is_short else NEVER
    if place.foreign_behind == 0 and place.number < place.first_prose and is_of_month(url, place.match.stamp.day):
        # "Bügel trifft Pistenfahrzeug 13. Februar 2012" at /2012/02/.
        return 3
    if last in around.FIELD_MARKS and place.behind.lstrip()[:1] in around.FIELD_MARKS and place.is_short:
        # "Erika Muster | 12. März 2020 | Lokales": a field of its own.
        return 3
    is_said_of = place.behind.lstrip()[:1].islower()
    if not clock and not place.behind and (place.number, place.first_prose) == (0, 1):
        # "Abstimmung 10. Juni 2018" is all that is above the text: its headline, but for a section with its day.
        return 2 if before.strip().casefold() in SECTIONS | MENU_ENTRIES else NEVER
    if (
        not is_said_of
        and place.foreign_before <= (40 if clock and last in around.FIELD_MARKS else 20)
        and (clock or (place.match.text[:1].isdigit() and len(text) <= LINE))
    ):
        # "Nachricht 19.07.2018 Headline", "Welt / 20.04.2022 / 22:57 Uhr / Headline"
        return 2
    return NEVER


def _closes_verb(place: Place) -> bool:
    """Whether a preposition is the end of the headline: "... legt Zahlen vor 06.12.2022, 17:30 Uhr • 2 Min."."""
    is_particle = around.PARTICLE.search(place.before) is not None
    return is_particle and place.has_clock and around.FIELDS_ALONE.match(place.behind) is not None


def _sticks_to_headline(place: Place) -> bool:
    """Whether what shares a line of the head with a date, and is no headline, says that it is the page's."""
    if around.FIELDS_ALONE.match(place.behind) is not None or around.BYLINE_BEHIND.fullmatch(place.behind) is not None:
        return True
    if around.ISSUED_INSIDE.search(place.before) is not None:
        # "... - Pressemitteilung vom 12. März 2020 war falsch"
        return not place.behind.lstrip()[:1].islower()
    # Without a clock the day may be that of a concert with songs by someone.
    return place.has_clock and place.foreign_behind == 0 and around.BYLINE_AT_END.search(place.before) is not None


def _is_timed(lines: Sequence[Line], place: Place) -> bool:
    """Whether the time that it takes to read the text is told beside a stamp, with no headline of a teaser above."""
    is_below_time = around.READING_TIME.fullmatch(place.above) is not None
    if not is_below_time and around.READING_TIME.fullmatch(place.below) is None:
        return False
    above = lines[place.number - 1 - is_below_time].text
    return is_sentence(above) or is_byline(above) or is_person(above) or is_caption(above)


def _is_of_event(lines: Sequence[Line], number: int) -> bool:
    """Whether the fields around a "Datum:" are those of something that happens; a release may have its place, too."""
    beside = lines[max(0, number - FIELDS_BESIDE) : number + FIELDS_BESIDE + 1]
    fields = [line.text for line in beside if around.EVENT_FIELD.match(line.text)]
    if any(not text.startswith("Ort") for text in fields):
        return True
    return bool(fields) and not any(_PRESS.fullmatch(line.text) for line in lines[:number])
