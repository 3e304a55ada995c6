"""Which of the candidates is the stamp of the publication, and which that of the last change."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from feeds.parse.stamps.candidate import LEAST_SCORE, SAME_DAYS, Candidate
from feeds.parse.stamps.changes import is_later

BELOW: Final = 5
"""Lines below the headline, one of which is its stamp."""
NEAR: Final = 3
"""Lines on either side of the headline within which a date is more likely its own."""


class Chosen(NamedTuple):
    """The stamp of the publication and that of the last change; None for what no date is good enough for."""

    published: Candidate | None
    updated: Candidate | None


def choose(candidates: Sequence[Candidate], *, headline: int | None, tools: Collection[int] = ()) -> Chosen:
    """The stamps of a page.

    Of several good ones that nearest to the headline counts: a date far above it is the day on which the page was seen.
    One that is called the publication's wins over what has no label. `tools` are the numbers of lines below the
    headline that count for nothing.
    """
    published = updated = told = None
    best = best_told = 0
    listed = [*_find_listed(candidates, headline, tools), *_find_seen(candidates, headline, tools)]
    whole = {candidate.number for candidate in candidates if candidate.whole}
    for candidate in candidates:
        if candidate.score < LEAST_SCORE or candidate in listed:
            continue
        if candidate.match.label == "updated":
            updated = updated or candidate
            continue
        score = candidate.score
        if headline is not None:
            apart = _count_lines(headline, candidate.number, tools)
            if candidate.kind == "masthead" and not whole.issuperset(range(candidate.number, headline)) and apart < 0:
                # The day on which the page was seen.
                continue
            score += 2 if abs(apart) <= 1 else 1 if abs(apart) <= NEAR else -3 if apart < 0 else 0
        if score >= LEAST_SCORE and score > best:
            published, best = candidate, score
        own = headline is None or candidate.number >= headline - NEAR
        if candidate.told and own and score >= LEAST_SCORE and score > best_told:
            told, best_told = candidate, score
    if told is not None and published is not None and not published.labelled:
        published = told
    if published is not None and _is_seen_later(published, updated):
        published = None
    if published is not None and published.is_state and (first := _find_first(published, candidates)) is not None:
        published, updated = first, updated or published
    elif published is not None and updated is None:
        updated = _find_state(published, candidates)
    return Chosen(published and _find_clock(published, updated, candidates), updated)


def _is_seen_later(published: Candidate, updated: Candidate | None) -> bool:
    """Whether a stamp without a label is later than the last change, and so the day on which the page was seen."""
    if updated is None or published.labelled or published.told:
        return False
    return published.day - updated.day > SAME_DAYS


def _find_first(state: Candidate, candidates: Sequence[Candidate]) -> Candidate | None:
    """The earlier stamp beside one called "Stand", which alone is the publication's, and here the last change's."""
    return next(
        (
            one
            for one in candidates
            if one.match.label != "updated"
            and one.score >= LEAST_SCORE
            and 0 < abs(one.number - state.number) <= NEAR
            and is_later(state.match.stamp, one.match.stamp)
        ),
        None,
    )


def _find_state(published: Candidate, candidates: Sequence[Candidate]) -> Candidate | None:
    """The later stamp called "Stand" beside that of the publication: "Veröffentlicht: 3.5.2020 | Stand: 4.5.2020"."""
    good = (one for one in candidates if one.is_state and one.score >= LEAST_SCORE)
    beside = (one for one in good if abs(one.number - published.number) <= 1)
    return next((one for one in beside if is_later(one.match.stamp, published.match.stamp)), None)


def _find_clock(published: Candidate, updated: Candidate | None, candidates: Sequence[Candidate]) -> Candidate:
    """The stamp of the same day with a clock that is called the publication's, or is above what closes the text.

    One on its own line, right above that of the change, needs no label.
    """
    if published.has_clock:
        return published
    same = [one for one in candidates if one.has_clock and one.day == published.day]
    if updated is not None:
        alone = (one for one in same if one.whole and not one.kind and one.match.label is None)
        if (above := next((one for one in alone if 0 < updated.number - one.number <= NEAR), None)) is not None:
            return above
    good = (one for one in same if one.score >= LEAST_SCORE)
    closes = published.kind == "named"
    stamps = (one for one in good if one.match.label == "published" or (closes and one.whole and not one.kind))
    return next((one for one in stamps if one.match.label is not None or one.number < published.number), published)


def _count_lines(headline: int, number: int, tools: Collection[int]) -> int:
    """How many lines below the headline another line is, negative above it; the page's tools are not counted."""
    return number - headline - sum(headline < tool < number for tool in tools)


def _find_listed(candidates: Sequence[Candidate], headline: int | None, tools: Collection[int]) -> list[Candidate]:
    """The dates above the headline that are those of other articles, or of events: several, each begins a line.

    One on its own line just above the headline may be its own, if none is below it.
    """
    if headline is None:
        return []
    begun = [one for one in candidates if one.match.label is None and (one.whole or one.start == 0)]
    mastheads = [one for one in begun if one.kind == "masthead" and not one.has_clock]
    if len(mastheads) == 1:
        # Its day is that of no other article.
        begun.remove(mastheads[0])
    has_own = any(one.whole and 0 < _count_lines(headline, one.number, tools) <= BELOW for one in begun)
    above = [one for one in begun if one.number < (headline if has_own or not one.whole else headline - 1)]
    # Without one of its own, a day and a clock of that day may be the page's: it was seen when it was published.
    values = {one.match.stamp.value if has_own else one.day for one in above}
    return above if len(values) > 1 else []


def _find_seen(candidates: Sequence[Candidate], headline: int | None, tools: Collection[int]) -> list[Candidate]:
    """The dates above the headline that are later than the page's own stamp below: those on which it was seen."""
    if headline is None:
        return []
    good = [one for one in candidates if one.whole and one.score >= LEAST_SCORE and one.match.label != "updated"]
    own = [one for one in good if 0 < _count_lines(headline, one.number, tools) <= BELOW and not one.kind]
    if not own:
        return []
    last = max(one.day for one in own) + SAME_DAYS
    return [one for one in good if one.number < headline and not one.told and one.day > last]
