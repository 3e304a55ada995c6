"""Digests: several short texts under one name, each of which begins with a place, a topic or what a letter answers."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from collections.abc import Set as AbstractSet
from itertools import takewhile
from typing import Final

from feeds.parse.body import HEADLINE_BLANKS, Line, is_caption, is_sentence
from feeds.parse.bylines import is_byline
from feeds.parse.kinds.lists import MAX_STAMP
from feeds.parse.prose import begins_as_tail, is_prose, is_short_sentence
from feeds.parse.stamps.candidate import Candidate
from feeds.parse.stamps.forms import has_date
from feeds.parse.words import AGENCIES, COLLECTIONS, DIGESTS, LETTERS, MONTH, PARTS, any_of

NAME_LINES: Final = 12
"""Lines above the first text, among which the name of a digest is."""
LEAST_ITEMS: Final = 3
"""Items, and labels of them that differ, at least."""
LEAST_LABELLED: Final = 0.8
"""Share of the items that have a label, at least."""
MAX_ANSWERED: Final = 160
"""Characters of the line that says what a letter answers, at most."""

LEAST_BEGUN: Final = 2
"""Texts that begin with one sign, at least."""
SIGN_REACH: Final = 12
"""Characters at the end of a text among which its writer's sign is."""
# "... sagte sie am Mittwoch. jmi"
_SIGN_BEHIND = re.compile(rf"[.!?“\"]\s(?:[a-z]{{2,4}}|{any_of(AGENCIES)})$")
_SIGN_IN_FRONT = re.compile(r"\([A-ZÄÖÜ]{2,5}\)\s(?=[A-ZÄÖÜ„\"»«])")

_WORD = r"[A-ZÄÖÜ][\w/-]*"
# " der Polizeiinspektion Musterau", " aus dem Kreis Musterau"
_AREA = (
    r"\s(?:aus|de[rs]|für|von)(?:\s(?:d(?:e[mnrs]|as|ie)|aller))?"
    rf"(?:\s(?:am|an|auf|aus|bei|d(?:e[mnrs]|as|ie)|für|im|in|ob|und|von|{_WORD})){{0,5}}\s{_WORD}"
)
# " vom 12.03.2024", " von 12.00 Uhr", ", Freitag, 5. Juli", " Nr. 27/2024", " vom Wochenende", and no year alone
_WHEN = (
    r"(?!,?\s(?:für\s)?(?:19|20)\d\d\b)"
    rf"(?:,?\s(?:[-–|]|am|bis|de[nrs]|für|um|und|vo[mn]|zum|Nr\.|KW|Uhr|Tag(?:es)?|Woche|Wochenende|{MONTH}\w{{0,7}}\.?"
    r"|(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch|Sonnabend|Morgen|Mittag|Abend|\(?\d[\d.:/–-]*\)?)){1,10}"
)
_CALLED = (
    rf"(?:(?i:{any_of(COLLECTIONS)})(?:{_AREA})?(?:{_WHEN})?"
    rf"|(?i:{any_of(DIGESTS)})(?:(?=.*\d)(?:{_AREA})?{_WHEN})?)"
)
# "Das war der Tag in Musterau", "Die neuen Meldungen in der Übersicht": what may be behind such a name.
_ABOUT = (
    rf": Das war(?:en)? (?:der Tag|die Woche|das Wochenende)(?:\sin\s{_WORD}|{_AREA})?"
    rf"|.{{1,120}}\b(?:Meldungen|Nachrichten) (?:im Überblick|in der Übersicht)(?:\.?{_WHEN})?"
)
# "Thurgauer Polizeimeldungen vom Wochenende". A headline may begin with such a name, too, and goes on: "Polizeireport
# 2023: Weniger Einbrüche", "Amtsblatt erscheint mit neuem Gesicht".
_NAME = re.compile(rf"(?:[A-ZÄÖÜ][a-zäöüß]+er )?{_CALLED}(?:{_ABOUT})?")
# "Rain am Lech. Elf Schafe ...", "HÖXTER - Das Wasser ...", "Tennis: Die ..."
_LABEL = re.compile(
    rf"(?P<label>{_WORD}(?:\s(?:am|an|auf|bei|der|im|in|ob|und|{_WORD})){{0,3}})(?::|\.|\s[-–—])\s(?=\S)"
)
# "Rain am Lech", "Tennis"
_KICKER = re.compile(rf"{_WORD}(?:\s(?:am|an|auf|bei|der|im|in|ob|und|{_WORD})){{0,3}}")
_LETTERS = re.compile(rf"(?:{any_of(LETTERS)})\b.{{0,60}}", re.IGNORECASE)
# "Zum Bericht »Ruhe am Mittag« vom 19. Juni", "Zum gleichen Thema"
_ANSWERED = re.compile(
    r"(?:Betrifft|Betr\.|Zu[mr]?):? "
    r"(?:.{0,60}(?:[„“\"»«].{3,120}[“”\"«»]|\bvom \d).{0,40}|(?P<same>(?:gleichen|selben) Thema))"
)


def find_digest(lines: Sequence[Line], candidates: Sequence[Candidate], first: int) -> str | None:
    """Why a page, whose first text has the number `first`, is a digest; None where it is none."""
    stamps = {one.number for one in candidates if one.whole}
    if _are_letters(lines, first, stamps):
        return "several letters, each with what it answers"
    if _are_signed(lines, first):
        return "several texts, each below a headline and closed by its writer's sign"
    if _have_sender(lines, first, {one.number for one in candidates if one.whole and not one.start}):
        return "several texts, each below a headline and begun by one sign"
    if not 0 < first < len(lines):
        return None
    above = lines[first - 1].text
    headed = not (first - 1 in stamps or _is_name(above) or is_byline(above))
    if headed and _have_kickers(lines, first, stamps):
        return "it is called a collection, and its items have a place or a topic and a headline each"
    if _is_named(lines, first, stamps, headed=headed) and _are_labelled(lines, first, headed=headed):
        return "it is called a collection, and its items begin with a place or a topic each"
    return None


def _are_signed(lines: Sequence[Line], first: int) -> bool:
    """Whether each text from the `first` on is closed by who wrote it, a headline above it: "... am Abend mit. rtr"."""
    signed = [
        number
        for number in range(first, len(lines))
        if lines[number].text[-1].isalpha() and _SIGN_BEHIND.search(lines[number].text[-SIGN_REACH:]) is not None
    ]
    if len(signed) < LEAST_ITEMS:
        return False
    texts = {number for number in range(first, signed[-1] + 1) if _is_text(lines[number].text)}.union(signed)
    closing = [number for number in sorted(texts) if number + 1 not in texts]
    begins = [number for number in sorted(texts) if number - 1 not in texts]
    return closing == signed and all(number and not is_caption(lines[number - 1].text) for number in begins)


def _have_sender(lines: Sequence[Line], first: int, stamps: AbstractSet[int]) -> bool:
    """Whether one sign, of no agency, begins several texts with a headline right above each: "(LK) Die Frist ...".

    The `first` paragraph is one of them, and no stamp, by the numbers of their lines, is right above it.
    """
    begun = [
        number
        for number in range(1, len(lines))
        if lines[number].text[0] == "(" and _SIGN_IN_FRONT.match(lines[number].text) is not None
    ]
    if len(begun) < LEAST_BEGUN or begun[0] != first or not stamps.isdisjoint(range(begun[0] - 2, begun[0])):
        return False
    signs = {lines[number].text.partition(")")[0][1:] for number in begun}
    heads = [lines[number - 1].text for number in begun]
    if len(signs) > 1 or not signs.isdisjoint(AGENCIES) or not all(map(_is_headline, heads)):
        return False
    between = (line.text for line in lines[begun[0] + 1 : begun[-1]] if not _is_text(line.text))
    return not any(begins_as_tail(text) or has_date(text) for text in between)


def _is_headline(text: str) -> bool:
    return text.count(" ") >= HEADLINE_BLANKS and not (is_sentence(text) or is_caption(text) or is_byline(text))


def _have_kickers(lines: Sequence[Line], first: int, stamps: Container[int]) -> bool:
    """Whether a digest's name is above items of one form: a place or a topic, a headline and a text each."""
    texts = {number for number in range(first, len(lines)) if _is_text(lines[number].text)}
    begins = [number for number in sorted(texts) if number - 1 not in texts]
    if len(begins) < LEAST_ITEMS or begins[0] != first:
        return False
    above = next((number for number in range(first - 3, -1, -1) if number not in stamps), None)
    if above is None or not _is_name(lines[above].text):
        return False
    return all(number - 2 not in texts and (number == first or number - 3 in texts) for number in begins) and all(
        _KICKER.fullmatch(lines[number - 2].text) is not None for number in begins
    )


def _is_named(lines: Sequence[Line], first: int, stamps: Container[int], *, headed: bool) -> bool:
    """Whether a line above the first text is a digest's name, and no headline but that of the first item is between.

    Stamps, its writer, a sentence about it, and its contents may be: "Musterau: Einbruch im Heim".
    """
    for number in range(first - 1, max(first - NAME_LINES, 0) - 1, -1):
        text = lines[number].text
        if _is_name(text):
            return True
        is_own = headed and number == first - 1
        is_about = number in stamps or is_byline(text) or (text.endswith(".") and is_short_sentence(text))
        label = _LABEL.match(text)
        is_content = label is not None and any(line.text == text[label.end() :] for line in lines[first - 1 :])
        if not (is_own or is_about or is_content):
            return False
    return False


def _is_name(text: str) -> bool:
    """Whether a line is a digest's name, alone or with its area and its day."""
    return (len(text) <= MAX_STAMP or has_date(text)) and _NAME.fullmatch(text) is not None


def _are_labelled(lines: Sequence[Line], first: int, *, headed: bool) -> bool:
    """Whether nearly all items from the first text on have labels that differ, in their headlines or their texts.

    None of them is that of a part of one report ("Hergang: ...", "Zeugen: ..."), and where all items but the first only
    have their label as a headline, these are the parts of an article.
    Where the first text is `headed`, each item has a headline and one paragraph or several; else each paragraph is one.
    """
    texts = [number for number in range(first, len(lines)) if _is_text(lines[number].text)]
    if not texts or texts[0] != first:
        return False
    inside = set(texts)
    begins = [number for number in texts if not headed or number - 1 not in inside]
    labels = []
    have_headlines = []
    for number in begins:
        above = takewhile(lambda at: at not in inside, range(number - 1, first - 2, -1)) if headed else ()
        heads = [lines[at].text for at in above]
        found = next(filter(None, map(_LABEL.match, [lines[number].text, *heads])), None)
        label = None if found is None else found["label"]
        if label is not None:
            labels.append(label)
        have_headlines.append(any(head != label for head in heads))
    if have_headlines[0] and not any(have_headlines[1:]):
        return False
    different = len(set(labels))
    return (
        PARTS.isdisjoint(map(str.casefold, labels))
        and different >= LEAST_ITEMS
        and len(labels) >= LEAST_LABELLED * len(begins)
    )


def _is_text(text: str) -> bool:
    """Whether a line is a sentence, and no caption."""
    return text.count(" ") > 1 and is_sentence(text) and not is_caption(text)


def _are_letters(lines: Sequence[Line], first: int, stamps: Container[int]) -> bool:
    """Whether a page is headed as readers' letters, and several lines say what a letter answers, with a text below.

    They answer different things, and between that name and the first of them are at most stamps and the headline of
    the first letter. Below a headline with a stamp or a lead, letters are quoted by one article.
    """
    answers = {
        number: match
        for number in range(len(lines) - 1)
        if len(lines[number].text) <= MAX_ANSWERED
        and (match := _ANSWERED.fullmatch(lines[number].text)) is not None
        and _is_text(lines[number + 1].text)
    }
    different = {match[0] for match in answers.values() if match["same"] is None}
    if len(answers) < LEAST_ITEMS or len(different) < 2 or (begin := min(answers)) > first:
        return False
    above = range(begin - 1, max(begin - NAME_LINES, 0) - 1, -1)
    name = next((number for number in above if _LETTERS.fullmatch(lines[number].text) is not None), None)
    if name is None:
        return False
    between = [number for number in range(name + 1, begin) if number not in stamps]
    last = lines[begin - 1].text
    return not between or (between == [begin - 1] and not (last.endswith(".") or is_prose(last)))
