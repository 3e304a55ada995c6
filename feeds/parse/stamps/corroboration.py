"""What the dates of a page say of each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from feeds.parse.stamps.candidate import LATE, LEAST_SCORE, NEVER, Candidate


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
