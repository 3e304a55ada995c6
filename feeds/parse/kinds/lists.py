"""Pages that list articles, events or search results, recognised by their stamps, days and hours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from feeds.parse.body import Line, is_caption, is_sentence
from feeds.parse.kinds.teasers import LEAST_TEASERS
from feeds.parse.kinds.walls import LEAST_TEXT
from feeds.parse.prose import begins_as_tail, is_prose
from feeds.parse.stamps.candidate import Candidate

SEARCH_LINES: Final = 12
"""Lines of the head among which a search says how much it found, at least."""
LEAST_ITEMS: Final = 4
"""Teasers with their days, from which a page is a list of them."""
LEAST_EVENTS: Final = 3
"""Lines that begin with an hour, from which a page without a text is a calendar."""
MAX_STAMP: Final = 90
"""Characters of a line with an item's stamp, at most."""
MOST_OWN: Final = 1.5
"""How many times as long as the longest item below it the first item of a list is, at most."""
MAX_JUDGED: Final = 24
"""Lines by which a list of headlines is recognised: this many with a date are read."""

_SEARCH = re.compile(
    r"Such(?:ergebnisse?|resultate?)\b.{0,60}|Ergebnisse? \d+ (?:bis|-|–) \d+\b.{0,30}"
    r"|[\d.]+ \S.{2,40} Seite \d+ von \d+"
    r"|[\d.]+ (?:Ergebnisse|Treffer|Resultate)\b.{0,80}"
    r"|(?:Es wurden|Wir haben|Ihre Suche ergab) [\d.]+ (?:Meldung|Nachricht|Mitteilung|Artikel|Beiträge|Einträge|Seiten"
    r"|Dokumente|Treffer|Ergebnisse)\w{0,3}\b.{0,40}"
    r"|Treffer [\d.]+ ?(?:-|–|bis) ?[\d.]+\b.{0,30}"
    r"|(?:Ihre|Deine|Die) (?:Suche|Suchanfrage) (?:nach|für) .{1,60} (?:ergab|ergibt|lieferte|hat) .{1,20}"
    r"(?:Treffer|Ergebnis|Resultat|Meldung|Artikel|Beiträge|Einträge|Seiten)\w{0,3}\b.{0,40}"
)
_EVENT = re.compile(r"\d{1,2}[.:]\d{2}(?: Uhr)?(?: ?[-–] ?\d{1,2}[.:]\d{2}(?: Uhr)?)?,?\s[A-ZÄÖÜ„][^\n]{2,60}")
AGO = re.compile(
    r"vor \d{1,2} (?:Minuten?|Stunden?|Tag(?:en)?)|(?:heute|gestern)(?:,? (?:um )?\d{1,2}[.:]\d{2}(?: Uhr)?)?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_WORDS = re.compile(r"[^\W\d_]+")


def is_search(texts: Sequence[str]) -> bool:
    """Whether a page says in its first lines how much a search found."""
    return any(_SEARCH.fullmatch(text) for text in texts if "Such" in text or _DIGITS.search(text))


def find_items(lines: Sequence[Line], candidates: Sequence[Candidate]) -> list[int]:
    """The numbers of the lines that are teasers which begin with their day, where they make a list of such.

    As in "14. Juni 2024 | Lokales". An article without a stamp may have a list of them further down, below it.
    """
    begun = {one.number: one for one in candidates if one.start == 0}
    items = [number for number, one in begun.items() if lines[number].text[one.end :].lstrip()[:2] == "| "]
    return items if len(items) >= LEAST_ITEMS else []


def is_calendar(lines: Sequence[Line], candidates: Sequence[Candidate]) -> bool:
    """Whether a page without a sentence has lines that are several days, or begin with an hour, or are rows with a day.

    As in "19:30 Uhr Lesung", "03.05.2024 Papiersammlung".
    """
    days = {one.number: one.day for one in candidates if one.match.label is None and (one.whole or one.start == 0)}
    # In a list of articles headlines are between the days.
    rows = {at for at in days if {at - 1, at, at + 1} <= days.keys()}
    alone = {one.day for one in candidates if one.whole and one.match.label is None}
    if (
        not rows
        and len(alone) < LEAST_EVENTS
        and sum(1 for line in lines if _EVENT.fullmatch(line.text)) < LEAST_EVENTS
    ):
        return False
    texts = (line.text for line in lines if not is_caption(line.text))
    return not any(is_prose(text) or (len(text) >= LEAST_TEXT and is_sentence(text)) for text in texts)


def begins_items(
    lines: Sequence[Line], prose: Sequence[int], candidates: Sequence[Candidate], *, called: bool = False
) -> bool:
    """Whether stamps of one form begin items that are below each other, and the first item is none of the largest.

    Each is followed by a text, the newest first; `prose` are the numbers of the paragraphs. An article may have teasers
    with their days below it, too, but its text is longer than theirs, and there is a label between them. Of what is
    `called` a collection three are enough.
    """
    begun = [
        one
        for one in candidates
        if one.match.label is None and (one.start == 0 or len(lines[one.number].text) <= MAX_STAMP)
    ]
    if len(begun) < LEAST_TEASERS or not prose or begun[0].number > prose[0]:
        return False
    forms: dict[str, dict[int, Candidate]] = {}
    for one in begun:
        if one.kind != "event":
            text = lines[one.number].text
            begins = one.start == 0 and text[one.end : one.end + 2] == ": "
            # Where the day begins a headline or the text itself, that has no form.
            form = form_of(text if len(text) <= MAX_STAMP and not begins else f"{one.match.text} …")
            forms.setdefault(form, {}).setdefault(one.number, one)
    least = LEAST_TEASERS if called else LEAST_ITEMS
    return any(_are_items(lines, prose, list(stamps.values()), least) for stamps in forms.values())


def is_list_of_days(lines: Sequence[Line], prose: Sequence[int], candidates: Sequence[Candidate]) -> bool:
    """Whether half of the lines of a page begin with a day and go on as headlines: "26.12.2019 Halle geöffnet".

    No paragraph, whose numbers are `prose`, is above them.
    """
    begun = {one.number for one in candidates if one.start == 0 and one.match.label is None and not one.whole}
    if not begun or (prose and prose[0] < min(begun)):
        return False
    heads = sum(1 for number in begun if not lines[number].text.endswith("."))
    return heads >= LEAST_ITEMS and heads * 2 >= len(lines[:MAX_JUDGED])


def _are_items(lines: Sequence[Line], prose: Sequence[int], stamps: Sequence[Candidate], least: int) -> bool:
    """The same of `least` stamps of one form: three where all are those of one sender, or begin the texts."""
    first = lines[stamps[0].number].text
    in_front = first[: stamps[0].start]
    is_sent = bool(in_front) and len({_DIGITS.sub("0", lines[one.number].text) for one in stamps}) == 1
    if len(stamps) < (LEAST_TEASERS if is_sent or len(first) > MAX_STAMP else least) or stamps[0].number > prose[0]:
        return False
    days = [one.day for one in stamps]
    if any(day < following for day, following in pairwise(days)):
        return False
    ends = [one.number for one in stamps[1:]]
    if any(begins_as_tail(line.text) for line in lines[stamps[0].number : ends[0]]):
        return False
    if is_sent or len({lines[one.number - 1].text for one in stamps if one.number}) == 1:
        # "Pressemitteilung des Kreises" is in each or above it.
        return True
    sizes = [
        sum(len(lines[number].text) for number in prose if one.number <= number < end)
        for one, end in zip(stamps, ends, strict=False)
    ]
    return sizes[0] <= MOST_OWN * max(sizes[1:])


def form_of(text: str) -> str:
    """A stamp's form: its signs, with digits and words made alike."""
    return _WORDS.sub("a", _DIGITS.sub("0", text))
