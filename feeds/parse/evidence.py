"""How well a date dates the page that it stands on: its place, its form, its label, and what speaks against it.

`stamps` finds the dates and chooses among them; the numbers here are weighed against each other, and against the score
below which a date is no stamp.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final, Literal

from feeds.dates import Match
from feeds.parse.body import Line, is_sentence
from feeds.parse.bylines import is_person, without_place
from feeds.parse.decoys import is_decoy, is_happening
from feeds.parse.words import BESIDE_STAMP, EVENT_FIELDS, RELEASES, SECTIONS, WORKS, any_of

LEAST_SCORE: Final = 5
"""Below this a date is no stamp. Calibrated on pages whose only dates are decoys: theirs stay below 4."""
LINE: Final = 130
"""Characters that a line of the head has at most: a headline with a stamp stuck to it."""
BESIDE: Final = 300
"""Characters on either side of a date by which it is judged."""
EARLIEST_YEAR: Final = 1980
"""A number that reads as a year before this is a serial number's, or that of history."""
SAME_DAYS: Final = timedelta(days=1)
FIELDS_BESIDE: Final = 3
"""Lines above and below a field "Datum:" among which those of an event stand."""
IN_TEXT: Final = 40
"""Letters in front of a label in a paragraph, from which it is a word of the text."""
LEAST_SIGNED: Final = 80
"""Characters of a paragraph that initials and a date may close."""
NEVER: Final = -8
LEAD: Final = 3
"""Lines behind the first of the text among which a stamp may stand that follows the lead."""
HEADLINE_BLANKS: Final = 2
"""Blanks in the headline above a day, at least."""
MAX_TOLD: Final = 12
"""Letters that are foreign to a stamp in front of a label of publication, at most: more are what was published."""

# What is left of a stamp's line without these is foreign to a stamp.
_BESIDE = re.compile(rf"\b(?:{any_of(BESIDE_STAMP)})\b|\d+|[^\w]+")
_LABEL = re.compile(
    r"(?:(?:(?<!\w)|(?:Erscheinungs|Veröffentlichungs|Publikations|Erstellungs|Melde))Datum|Stand"
    r"|Veröffentlicht(?: am)?|Erstellt|Publiziert|Erschienen|Eingetragen am|Online seit|Posted on"
    r"|Published on)\s?[:|]?\s*$"
    # The foot of a blog's entry: "Dieser Beitrag wurde am Montag, 3. Juni 2019 um 10:15 Uhr veröffentlicht".
    r"|Dieser (?:Beitrag|Artikel|Eintrag|Text|Post) (?:wurde|ist)(?: veröffentlicht| erstellt)?"
    r"(?: von [\w .-]{2,40}?)?(?: vor)? am\s"
    r"(?:\w{2,10},\s)?$",
    re.IGNORECASE,
)
# "Aus: Ausgabe vom 14.11.2019, Seite 5", where a paper shows what was in print.
_IN_PRINT = re.compile(r"\W{0,3}(?:Aus:?\s(?:der\s)?)?(?:[A-ZÄÖÜ]\w{2,20}-)?Ausgabe vom\s(?:\w{2,10},\s)?")
ABOVE_OTHERS = re.compile(
    r"(?:\d+ )?(?:Kommentar|Antwort|Reaktion|Lesermeinung|Forum|Posting)|Lesen Sie|Mehr|Auch interessant|Das könnte"
    r"|Weitere|Verwandt|Ähnlich|Meist|Zum Thema|Aktuell|Nächste|Termin|Neueste|Letzte|.*\b(?:sagt|schreibt|meint):?$"
)
"""A line above comments, teasers and events, which have dates of their own."""
_DAY_LABEL = re.compile(r"(?<!\w)Datum\s?[:|]?\s*$")
_STATE = re.compile(r"\bStand\b\s?:?\s*(?:\w{2,10},?\s)?$", re.IGNORECASE)
# What closes a text, the source and its writer, and may be followed by its last change.
_CLOSED = re.compile(r"\([^()\n]{2,40}\)\s?[|·•]\s?")
# How letters, offices and bylines date: "Kiel, 13. Mai 2002", "Kiel, am 13. Mai", "Von Erika Muster am 13. Mai 2002".
_STAMP_FRONT = re.compile(r"\(?[A-ZÄÖÜ][\w .-]{2,30},\s(?:(?:am|den|dem)\s)?")
_SIGNED_FRONT = re.compile(
    r"(?:(?:[Ee]rstellt|[Gg]eschrieben|[Ee]ingestellt|[Ee]ingetragen|[Vv]eröffentlicht|[Vv]erfasst|[Gg]espeichert|[Gg]epostet)\s)?"
    r"[Vv]on\s[\w .-]{3,40}\sam\s"
    r"|(?:Ausgegeben|Herausgegeben|Erschienen)\s(?:(?:zu|in)\s[\w .-]{2,40}\s)?am\s"
    r"|(?:Redaktion|Quelle|Text|Bericht|Autor(?:in)?|Pressestelle|Pressereferat)\b\s?:?\s[\w .-]{2,40},\s"
    r"(?:(?:Meldung|Bericht|Beitrag|Mitteilung)\s)?(?:(?:vom|am|den)\s)?"
)
# "Von Erika Muster | 12. März 2020": no other date shares the byline's line.
_BYLINE_FRONT = re.compile(
    r"[Vv]on:?(?:\s(?:Dr\.|Prof\.)){0,2}\s[A-ZÄÖÜ][\w.-]{1,30}\s[A-ZÄÖÜ][\w-]{1,30}(?:(?:,|\sund)?\s[A-ZÄÖÜ][\w.-]{1,30}){0,4}"
    r"\s?[|·•–—-]\s?(?:\w{2,10},\s)?"
)
# "Kurzmeldungen Lokales von Erika MUSTER 12.03.2020": kicker, section and author, and so no event's.
_FILED_FRONT = re.compile(
    rf"(?:[A-ZÄÖÜ][\w-]{{2,24}}\s){{0,2}}(?i:{any_of(sorted(SECTIONS - WORKS))})\s"
    r"[Vv]on\s[A-ZÄÖÜ][\w.-]{1,20}(?:\s[A-ZÄÖÜ][\w.-]{1,30}){1,2},?\s"
)
# "Maria Muster (23.02.2018)" in the head.
_NAME_FRONT = re.compile(r"(?:[Vv]on:?\s)?(?:(?:Dr|Prof)\.\s){0,2}[A-ZÄÖÜ][\w.-]{1,20}\s[A-ZÄÖÜ][\w-]{1,30}\s\(")
# "... sagte sie. (em, 23.02.2018)" at the end of a paragraph.
_INITIALS_FRONT = re.compile(r"[.!?…“\"]\s\([A-Za-zÄÖÜäöü]{1,4}(?:[/.-][A-Za-zÄÖÜäöü]{1,4})?[,/]?\s?$")
# "Verfasst von Erika Muster am 22.08.2013": who and when.
_TOLD_FRONT = re.compile(
    r"(?:[A-ZÄÖÜ]\w{3,15}\s)?(?:[Vv]erfasst|[Ee]rstellt|[Gg]eschrieben|[Ee]ingestellt|[Ee]ingetragen|[Vv]eröffentlicht"
    r"|[Gg]epostet)\s(?:(?:von|durch)\s[\w .-]{3,40}\s)?am\s(?:\w{2,10},\s)?"
)
_TOLD_ABOVE = re.compile(r"(?:Veröffentlicht|Erstellt|Publiziert|Erschienen|Eingestellt)(?: am)?\s?:?", re.IGNORECASE)
_FORECAST = re.compile(r"\berscheint\b", re.IGNORECASE)
# "Musterbote vom 20.01.2006", "MZ vom 20.01.06" below a text: the paper that it was printed in.
_PAPER_FRONT = re.compile(
    r"\(?(?:(?:Quelle|Text|(?:Aus|Erschienen in)(?:\s(?:der|dem))?):?\s)?"
    r"(?:[A-ZÄÖÜ]{1,3}Z|(?:[A-ZÄÖÜ]\w*[ -]){0,3}\w*(?:[Zz]eitung|[Bb]ote|[Kk]urier|[Aa]nzeiger|[Rr]undschau"
    r"|[Mm]orgenpost|[Mm]erkur|Allgemeine|Volksstimme|Neueste Nachrichten|(?:Neue|Freie) Presse"
    r"|(?<!Amts)(?<!amts)(?<!Gesetz)(?<!gesetz)(?<!Merk)(?<!Daten)(?<!Flug)(?<!Info)[Bb]latt)),?"
    r"\s(?:vom|v\.)\s(?:\w{2,10},\s)?"
)
_WHOLE_FROM = re.compile(r"\s*vom\b")
_PREPOSITION = re.compile(r"(?:^|\s)(?:am|bis|ab|vom|zum|seit|den|dem|der|nach|vor|im|und|of|on)\s$")
_WEEKDAYS = r"(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag)"
# "Samstag / Sonntag, 16. / 17. November 2019, Nr. 267": that of an issue for two days.
_MASTHEAD = re.compile(
    rf"(?:[•·*]\s?)?(?:Heute(?: ist)?:?,?\s)?{_WEEKDAYS}(?:\s?/\s?{_WEEKDAYS})?,?\s(?:den\s|der\s)?"
    # "Freitag, November 22, 2019": so print systems that were made elsewhere.
    r"(?:[A-ZÄÖÜ][a-zä]{2,9}\.?\s\d{1,2},|\d{1,2}\.\s?(?:/\s?\d{1,2}\.\s?)?(?:\d{1,2}\.|[A-ZÄÖÜ][a-zä]{2,9}\.?))\s?\d{4}"
    r"(?:,?\s(?:Nr\.|Nummer|Ausgabe)\s?\d{1,4})?"
)
_FIELD_BEHIND = re.compile(
    r"\s*(?:[|•·]|\([^()]{0,15}[Kk]omment|(?:Autor(?:in)?|Text|Quelle|Redaktion|Foto)\s?:|[Vv]on\s[A-ZÄÖÜ])"
)
_FIELD_MARKS: Final = ("|", "•", "·")
_NAMED = re.compile(rf"\b(?:{any_of(RELEASES)})\b")
# "Landeskorrespondenz Nr. 25 vom 5. Februar 2019", "Anzeigenbeilage vom 5. Februar 2019": a line that dates itself.
_ISSUED = re.compile(
    r"[A-ZÄÖÜ]\w{3,30}\sNr\.\s?\d{1,4}(?:/\d{2,4})?\s(?:vom|v\.)\s(?:\w{2,10},\s)?"
    r"|[A-ZÄÖÜ][\w-]{2,30}(?:mitteilung|meldung|aussendung|korrespondenz|veröffentlichung|beilage|nachricht|bericht|brief)"
    r"\s(?:vom|v\.)\s(?:\w{2,10},\s)?"
)
# "Write: 2021-06-11 10:35 / Update: 2021-06-11 11:02": what stands in front of a change, with a label of its own.
_CHANGE_BEHIND = re.compile(r"\s?[/|,;·•–-]\s?(?:Update|Updated|[Aa]ktualisiert|[Gg]eändert|Letzte\sÄnderung)\b")
_OWN_LABEL = re.compile(r"[A-Z][a-z]{3,11}:\s")
_WEEKDAY = r"(?:(?:Mo|Di|Mi|Do|Fr|Sa|So)\w{0,9}\.?,?\s)?"
_RANGE_BEHIND = re.compile(
    rf",?\s?(?:bis|–|-|—|/|und)\s?(?:zum\s)?{_WEEKDAY}\d{{1,2}}\.(?!\d\d\sUhr)"
    r"|,?\s?(?:bis|–|-|—)\s?\d{1,2}[.:]\d\d\b"
    r"|,?\sbis\s\d{1,2}\sUhr"
    r"|,?\svon\s\d{1,2}(?:[.:]\d\d)?(?:\sUhr)?\s?(?:bis|–|-|—)\s?\d{1,2}\b"
)
_RANGE_BEFORE = re.compile(rf"(?:\d\.?,?|\bUhr)\s?(?:-|–|bis)\s?(?:zum\s)?{_WEEKDAY}$")
# "Nr. 118/2020 - 09.07.2020": the number of a release, and no day.
_NUMBER_BEFORE = re.compile(r"\bNr\.?\s?\d{1,5}(?:/\d{2,4})?\s?[-–]\s?$")
_EVENT_FIELD = re.compile(rf"(?:{any_of(EVENT_FIELDS)})\s?:")

Kind = Literal["", "day", "signed", "named", "bracketed", "masthead", "event", "decoy", "opening"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A date on the page: the number of its line among those that hold something, and how well it dates the page.

    `kind` is "day" where its label says "Datum" and no more; "signed" where it stands as below a letter, or below who
    signed that; "named" or "bracketed" where it stands in brackets behind a name, or anything else; "masthead" where it
    is a weekday and its day alone; "event" where it is one of two ends; "decoy" where words say that it dates something
    else; "opening" where it stands in front of the text.
    `labelled`: it is called a publication's, or a change's. `told`: it is called that of the publication and of nothing
    else, as "Datum" or "Stand" may be. `is_state`: it is called "Stand".
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


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a date stands: its line, what stands above it, before and behind it, and how much of that is foreign.

    `whole`: its line holds nothing else. `labelled`: it is called a publication's, or a change's; `told`: the former.
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
        return isinstance(self.match.stamp.value, datetime)

    @property
    def is_short(self) -> bool:
        return len(self.text) <= LINE


def judge(
    lines: Sequence[Line], number: int, start: int, match: Match, *, first_prose: int, address: date | None
) -> Candidate:
    """A date as a Candidate: `start` is where in its line stands what `match` was found in."""
    place = _look(lines, number, start, match, first_prose)
    others = any(ABOVE_OTHERS.match(line.text) for line in lines[first_prose + 1 : min(number, first_prose + LEAD)])
    score = _judge_place(place, others) + _judge_form(place) + (2 if place.has_clock else 0)
    kind = _find_kind(place)
    if place.whole and not kind and number > first_prose and _is_below_signer(lines, number):
        kind = "signed"
    if kind == "named":
        score += LEAST_SCORE - NEVER
    elif kind in {"event", "decoy"} or (kind == "day" and _is_of_event(lines, number)):
        score += NEVER
    begin = start + match.start
    if not place.whole and (place.before[-1:] == "(" or (place.text[0] in "([" and not place.labelled)):
        score -= 3
    if match.stamp.value.year < EARLIEST_YEAR and not place.labelled:
        score -= 20
    if address is not None:
        score += 4 if abs(day_of(match.stamp.value) - address) <= SAME_DAYS else -4
    told = place.told and kind not in {"day", "event", "decoy"}
    is_state = place.labelled and _STATE.search(place.before) is not None
    end = start + match.end
    return Candidate(number, begin, end, place.match, place.whole, score, kind, place.labelled, told, is_state)


def corroborate(found: Sequence[Candidate], *, last_prose: int) -> list[Candidate]:
    """The candidates, judged by each other; `last_prose` is the number of the last paragraph.

    Better by two is one whose day stands elsewhere on the page too, worse one whose day is that of an event. The only
    one that stands as below a letter, behind the text, is a stamp; a "Datum" is none beside one that was "erstellt";
    one in brackets behind a name is none where more stand in brackets, as in a list.
    """
    days: dict[date, set[int]] = {}
    for one in found:
        days.setdefault(day_of(one.match.stamp.value), set()).add(one.number)
    events = {day_of(one.match.stamp.value) for one in found if one.kind == "event"}
    signed = [one for one in found if one.kind == "signed" and one.number > last_prose]
    listed = sum(one.kind in {"named", "bracketed"} for one in found) > 1
    said = any(one.match.label == "published" and one.kind != "day" and one.score >= LEAST_SCORE for one in found)

    def weigh(one: Candidate) -> int:
        score = one.score + (2 if len(days[day_of(one.match.stamp.value)]) > 1 else 0)
        if len(signed) == 1 and one is signed[0]:
            score += LEAST_SCORE
        if one.kind == "day" and said:
            score -= 6
        if one.kind == "named" and listed:
            score += NEVER
        if one.kind != "event" and day_of(one.match.stamp.value) in events and one.match.label is None:
            score += NEVER
        return score

    return [replace(one, score=weigh(one)) for one in found]


def is_nothing_else(text: str) -> bool:
    """Whether what a line holds beside its dates is nothing but the words that stand beside stamps."""
    return len(_BESIDE.sub("", text)) <= 3


def _look(lines: Sequence[Line], number: int, start: int, match: Match, first_prose: int) -> _Place:
    text = lines[number].text
    begin, end = start + match.start, start + match.end
    before, behind = text[max(0, begin - BESIDE) : begin], text[end : end + BESIDE]
    foreign_before, foreign_behind = len(_BESIDE.sub("", before)), len(_BESIDE.sub("", behind))
    is_issued = foreign_behind == 0 and _ISSUED.fullmatch(before) is not None
    whole = foreign_before + foreign_behind <= 3 or is_issued or (foreign_behind == 0 and _is_front(before))
    labelled = (
        match.label is not None
        or is_issued
        or _LABEL.search(before) is not None
        or _IN_PRINT.fullmatch(before) is not None
    )
    told = (
        (match.label == "published" and foreign_before <= MAX_TOLD and _FORECAST.search(before) is None)
        or _TOLD_FRONT.fullmatch(before) is not None
        or (number > 0 and not before and _TOLD_ABOVE.fullmatch(lines[number - 1].text) is not None)
    )
    if (state := _STATE.search(before)) is not None:
        if _CLOSED.fullmatch(before[: state.start()]) is not None:
            # "(Blatt, em) | Stand: 14.05.2024, 07:20"
            labelled = True
        elif number >= first_prose and not is_nothing_else(before[: state.start()]):
            # "Leitlinie Husten, Stand 15. November 2020": that of something else.
            match, labelled = Match(match.start, match.end, match.text, match.stamp, None), False
        elif match.label == "updated":
            # "Stand: 20.08.2023 18:00 Uhr": what a page calls itself; its only stamp where it stands alone.
            match = Match(match.start, match.end, match.text, match.stamp, "published")
    if number >= first_prose and len(text) > LINE and foreign_before > IN_TEXT:
        # "..., Journal 44(7). Online veröffentlicht am 29.08.2018": that of what is quoted.
        match, labelled = Match(match.start, match.end, match.text, match.stamp, None), False
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
        match=match,
        whole=whole,
        labelled=labelled,
        told=told and not (number >= first_prose and len(text) > LINE),
    )


def _is_front(before: str) -> bool:
    return any(front.fullmatch(before) for front in (_STAMP_FRONT, _SIGNED_FRONT, _PAPER_FRONT))


def _judge_place(place: _Place, others: bool) -> int:  # noqa: FBT001 (what stands between it and the lead)
    """Stamps stand in the head; one with a label or a line of its own may follow the lead; others are others'."""
    if place.number < place.first_prose:
        return 3
    if place.number == place.first_prose:
        return 0
    is_near = place.whole and place.number <= place.first_prose + LEAD and not others
    return -1 if place.labelled or is_near else -4


def _judge_form(place: _Place) -> int:
    """By its label, and by what shares its line."""
    if place.labelled:
        return 6
    if _LABEL.search(place.above):
        return 5
    if place.whole:
        return 7 if place.has_clock and _WHOLE_FROM.match(place.before) else 4
    if place.is_short and _SIGNED_FRONT.fullmatch(place.before) is not None:
        return 4
    if place.is_short and place.foreign_behind == 0 and _FILED_FRONT.fullmatch(place.before) is not None:
        return 4
    if place.has_clock and _CHANGE_BEHIND.match(place.behind) and _OWN_LABEL.fullmatch(place.before):
        return 6
    if place.is_short and place.foreign_behind == 0 and _BYLINE_FRONT.fullmatch(place.before) is not None:
        return 8
    return _judge_inside(place)


def _judge_inside(place: _Place) -> int:
    """How well a date dates the page that shares its line with other text: stuck to either end, it may be a stamp."""
    text, before, clock = place.text, place.before, place.has_clock
    last = before.rstrip()[-1:]
    if _PREPOSITION.search(before[-8:]) and _NAMED.search(before) is None:
        # "am Montag, 08.05.2017 - 14:56 Autor: Erika Muster"
        return 5 if clock and place.foreign_before == 0 and _FIELD_BEHIND.match(place.behind) else NEVER
    if place.foreign_before > 3 and last == ":":
        # "Nächste Sitzung: 12. März 2021": a label, and not one of a publication.
        return NEVER
    if place.foreign_before <= 3:
        return 5 if clock else 2 if place.is_short else -2
    if place.foreign_behind <= 3 and (clock or last in "|•·/-–—," or place.match.text[:1].isalpha()):
        return 6 if clock else 2 if place.is_short else NEVER
    if last in _FIELD_MARKS and place.behind.lstrip()[:1] in _FIELD_MARKS and place.is_short:
        # "Erika Muster | 12. März 2020 | Lokales": a field of its own.
        return 3
    if place.foreign_before <= 20 and (clock or (place.match.text[:1].isdigit() and len(text) <= LINE)):
        # "Nachricht 19.07.2018 Headline", "Welt / 20.04.2022 / 22:57 Uhr / Headline"
        return 2
    return NEVER


def _find_kind(place: _Place) -> Kind:
    before, behind = place.before, place.behind
    is_range = _RANGE_BEHIND.match(behind) or (_RANGE_BEFORE.search(before[-24:]) and not _NUMBER_BEFORE.search(before))
    if is_range or " ab " in place.match.text:
        return "event"
    if is_decoy(place.text, above=place.above, below=place.below, before=before, behind=behind, whole=place.whole):
        return "decoy"
    if place.has_clock and not place.labelled and place.is_short and is_happening(behind, place.below):
        return "decoy"
    if _DAY_LABEL.search(before):
        return "day"
    if place.whole and is_masthead(place.text):
        return "masthead"
    if place.whole:
        signs = place.foreign_before > 3 or _PAPER_FRONT.fullmatch(before) is not None
        return "signed" if signs and not place.labelled else ""
    if place.number < place.first_prose and before.endswith("(") and behind.strip() == ")":
        return "named" if _NAME_FRONT.fullmatch(before) else "bracketed"
    if len(place.text) >= LEAST_SIGNED and behind in {")", ")."} and _INITIALS_FRONT.search(before[-14:]):
        return "named"
    return ""


def _is_of_event(lines: Sequence[Line], number: int) -> bool:
    """Whether the fields around a "Datum:" are those of something that happens."""
    return any(
        _EVENT_FIELD.match(line.text) for line in lines[max(0, number - FIELDS_BESIDE) : number + FIELDS_BESIDE + 1]
    )


def _is_below_signer(lines: Sequence[Line], number: int) -> bool:
    """Whether a day stands below the name that closes a text, as below a letter, and no sentence follows.

    As in "... sollte die Stadt." / "Erika Muster, Genua" / "11.06.10".
    """
    name, *above = (lines[at].text for at in (number - 1, number - 2) if at >= 0)
    signs = is_person(without_place(name)) and any(map(is_sentence, above))
    return signs and not any(is_sentence(line.text) for line in lines[number + 1 :])


def is_masthead(text: str) -> bool:
    """Whether a line is the day on which a page was shown, as papers print it above all: a weekday, and no clock."""
    return _MASTHEAD.fullmatch(text) is not None


def is_day_seen(lines: Sequence[Line], number: int) -> bool:
    """Whether a weekday and its day may be those on which the page was seen: no headline stands above them."""
    return is_masthead(lines[number].text) and (number == 0 or lines[number - 1].text.count(" ") < HEADLINE_BLANKS)


def day_of(value: date | datetime) -> date:
    """The day of a stamp's value."""
    return value.date() if isinstance(value, datetime) else value
