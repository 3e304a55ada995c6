"""The stamps in the text that an HTML page shows, judged as on any page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from lxml.html import HtmlElement

from feeds.dates import find_dates
from feeds.parse.body import Line
from feeds.parse.draft import Draft
from feeds.parse.html.metadata import Metadata
from feeds.parse.html.naming import few_words
from feeds.parse.html.visible import find_lines
from feeds.parse.mending.tiles import dot_bars
from feeds.parse.prose import is_prose
from feeds.parse.stamps.address import find_address_date
from feeds.parse.stamps.candidate import LEAST_SCORE, Candidate
from feeds.parse.stamps.choice import choose
from feeds.parse.stamps.openings import find_opening
from feeds.parse.stamps.search import find_candidates

OTHERS: Final = 8
"""Taken off the score of a date in what is named for other articles."""
_COMMENTS = re.compile(r"(?:\d{1,5} )?(?:Kommentare?|Antworten|Comments?)(?: \(?\d{1,5}\)?)?:?")
"""The line above the comments, whose dates are theirs."""
LEAST_SCORE_ALONE: Final = -1
"""Of a date on a line of its own below the text, where the page shows no other day so."""
MAX_HEADLINE: Final = 300
_ON = re.compile(r"\bam\s(?:\w{2,10},?\s(?:dem\s|den\s)?)?$")


class ShownStamps(NamedTuple):
    """The lines that a page shows, the dates in them, and those of the publication and of a change among them."""

    lines: list[Line]
    candidates: list[Candidate]
    published: Candidate | None
    updated: Candidate | None
    address: date | None


def find_shown_stamps(
    tree: HtmlElement, metadata: Metadata, url: str | None, zone: ZoneInfo, draft: Draft
) -> ShownStamps:
    """The stamps in the text of a page at `url`, whose headline is in the draft."""
    shown = find_lines(tree, metadata.place)
    lines = [Line(line.offset, dot_bars(line.text)) for line in shown]
    comments = next((number for number, line in enumerate(lines) if _COMMENTS.fullmatch(line.text)), len(lines))
    address = find_address_date(url)
    headline = _find_headline_line(lines, metadata, draft)
    behind = 0 if headline is None else headline
    prose = next((number for number in range(behind, len(lines)) if is_prose(lines[number].text)), len(lines))
    if comments > prose:
        lines = lines[:comments]
    events = _find_event_days(draft.headline, zone)
    candidates = [
        replace(one, score=one.score - OTHERS)
        if shown[one.number].foreign and not _is_near(one.number, headline)
        else one
        for one in find_candidates(lines, zone=zone, first_prose=prose, url=url)
        if one.match.label is not None or one.day not in events
    ]
    if prose < len(lines):
        candidates = find_opening(lines, candidates, prose, address)
    published, updated = choose(candidates, headline=headline)
    return ShownStamps(lines, candidates, published, updated, address)


def tell_rule(stamp: Candidate) -> str:
    """The rule of a stamp that was found in the text."""
    return f"stamp in the text: {stamp.match.text!r} (score {stamp.score})"


def find_only(candidates: Sequence[Candidate]) -> Candidate | None:
    """The only day that a page calls its publication, wherever it says so; else the only one on a line of its own."""
    labelled = [one for one in candidates if one.match.label == "published"]
    whole = [one for one in candidates if one.whole and one.match.label != "updated"]
    for found, least in ((labelled, LEAST_SCORE - OTHERS), (whole, LEAST_SCORE_ALONE)):
        is_only = len({one.day for one in found}) == 1
        if is_only and found[0].score >= least and found[0].kind not in {"event", "decoy"}:
            return found[0]
    return None


def _find_event_days(headline: str | None, zone: ZoneInfo) -> set[date]:
    """The days on which a headline says that something happens: "Pfarrfest am 7. Juli 2024"."""
    found = find_dates(headline[:MAX_HEADLINE], now=None, tz=zone) if headline is not None else []
    return {one.stamp.day for one in found if headline and _ON.search(headline[: one.start])}


def _find_headline_line(lines: list[Line], metadata: Metadata, draft: Draft) -> int | None:
    """The number of the line that is the headline: as it was read, else as its element has it."""
    element = metadata.place.headline
    shown = None if element is None else few_words(element)
    for text in (draft.headline, shown):
        for number, line in enumerate(lines):
            if text and line.text == text:
                return number
    return None


def _is_near(number: int, headline: int | None) -> bool:
    """Whether a line is beside the headline, whatever is named around it."""
    return headline is not None and abs(number - headline) <= 1
