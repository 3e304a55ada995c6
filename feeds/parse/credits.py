"""Who reported a text, and from where: the dateline in front of its blocks, the agency that signs below them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from feeds.article import Dateline, Image, Paragraph
from feeds.dates import Stamp
from feeds.parse.body import cut_front
from feeds.parse.datelines.dateline import KNOWN_AGENCIES, DatelineMatch
from feeds.parse.datelines.opening import LEAD_LINES, match_opening
from feeds.parse.datelines.year import is_near
from feeds.parse.draft import Draft
from feeds.parse.words import AGENCIES, PLACES, any_of

MAX_SIGNATURE: Final = 120
"""Characters of a line that is an agency's signature, at most."""
_SIGNATURE = re.compile(
    r"(?:[Mm]it (?:Material|Informationen|Agenturmaterial) (?:von|der|des) )?"
    rf"[(\[]?(?P<agency>(?:{any_of(AGENCIES)})(?:[-/, ]{{1,2}}[A-Za-zÄÖÜäöü]{{2,12}}){{0,4}})[)\]]?"
)
_WORD = re.compile(r"\w+(?:-\w+)*")
_JOINED = re.compile(r"\s?[/,+&-]\s?")
# "mm", "taz", "MPA"; "Oder", "Mitte" and "an der Saale" are none.
_SIGN = re.compile(r"[a-z]{2,4}|[A-ZÄÖÜ]{2,5}")
_NO_SIGNS: Final = frozenset(
    """AFD AfD BRD BSW CDU CSU DDR EU FDP FPÖ GB GRÜNE KPÖ MV NEOS NRW ÖVP SED SPD SPÖ SVP UK UN UNO USA alt am live
    main neu nord oder ost saale see west""".split()
)
"""Parties, states and what else towns have in brackets."""
_SET = re.compile(r"[(\[|]|/[^/]+/")
_FIRST_WORDS: Final = frozenset(
    """Der Die Das Den Dem Bei Im In Am An Auf Nach Mit Für Vor Zum Zur Wegen Trotz Seit
    Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonnabend Sonntag Heute Gestern""".split()
)
"""What sentences of a report begin with: no place does."""


def match_signature(text: str) -> str | None:
    """The agency that a whole line names, as printed: "dpa", "(AFP/dpa)"; None where it is another line."""
    match = _SIGNATURE.fullmatch(text) if len(text) < MAX_SIGNATURE else None
    return None if match is None else match["agency"]


def add_agency(draft: Draft, agency: str) -> None:
    """Write the agency that signed a text into the draft, where no dateline names one."""
    dateline = draft.dateline or Dateline(None, None, None)
    if dateline.agency is None:
        draft.dateline = replace(dateline, agency=agency)


def read_dateline(draft: Draft, *, published: date | None, strict: bool = False) -> date | None:
    """Take the dateline off the blocks' first paragraphs into the draft; gives the day that it names, if it does.

    A `strict` reading leaves first words in the text that may be no dateline, as in texts that people write by hand:
    "Frankfurt (Oder) – Die Brücke ...", "Basel – Zürich 2:1", "Berlin, 3. Mai 1945 – Der Krieg ...".
    """
    paragraphs = [(number, block) for number, block in enumerate(draft.blocks) if isinstance(block, Paragraph)]
    texts = [block.text for _, block in paragraphs]
    for number, block in paragraphs[:LEAD_LINES]:
        match = match_opening(block.text, first=number == paragraphs[0][0], published=published)
        if match is None or (strict and not _is_certain(match, block.text, texts, published)):
            continue
        rest = cut_front(block, match.end)
        if rest == [block]:
            return None
        draft.dateline = match.dateline
        draft.blocks[number : number + 1] = rest
        draft.found.append(("dateline", None, "place and agency in front of the text"))
        return match.date
    return None


def _is_certain(match: DatelineMatch, text: str, texts: Sequence[str], published: date | None) -> bool:
    """Whether what one of a page's texts begins with is a dateline, as a careful reader would say."""
    dateline = match.dateline
    if dateline.agency is not None:
        return _is_agency(dateline.agency, is_set=_SET.search(text[: match.end]) is not None)
    if dateline.day is not None:
        return published is not None and is_near(dateline, Stamp(published, "day"))
    # A place alone, behind which another would be a game, a way or a list; other paragraphs with one make a list, too.
    known = any(part.title() in PLACES for part in (dateline.place or "").split("/"))
    begins = text[match.end :].partition(" ")[0] in _FIRST_WORDS
    others = (match_opening(below, first=False) for below in texts[1:])
    places = (other is not None and other.dateline.agency is None for other in others)
    return known and begins and text == texts[0] and not any(places)


def _is_agency(text: str, *, is_set: bool) -> bool:
    """Whether a text behind a place is an agency or a writer's sign, set off by brackets or a bar, and no district."""
    if any(word.casefold() in KNOWN_AGENCIES for word in _WORD.findall(text)):
        return True
    return is_set and all(_SIGN.fullmatch(part) and part not in _NO_SIGNS for part in _JOINED.split(text))


def read_signature(draft: Draft) -> bool:
    """Take the agency that signs below the text off the blocks into the draft; whether there was one."""
    last = next((at for at in reversed(range(len(draft.blocks))) if not isinstance(draft.blocks[at], Image)), None)
    block = None if last is None else draft.blocks[last]
    agency = match_signature(block.text) if isinstance(block, Paragraph) else None
    if last is None or agency is None:
        return False
    add_agency(draft, agency)
    del draft.blocks[last]
    return True
