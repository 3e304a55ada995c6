"""Threads of a forum: what was asked, and answers under the same headline, each with who wrote it and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from feeds.parse.body import Line
from feeds.parse.kinds.lists import form_of
from feeds.parse.stamps.forms import has_date

LEAST_ANSWERS: Final = 2
"""Answers of a thread, at least."""

# "Re: Akku hält kaum einen Tag"
_ANSWER = re.compile(r"(?:R[Ee]|A[Ww]|Antw): (?P<headline>\S.*)")


def is_thread(lines: Sequence[Line]) -> bool:
    """Whether answers repeat the headline of a page, and have the same line with a date below as it has.

    Comments on an article may repeat its headline, too, but it isn't signed as they are.
    """
    answers = [
        (number, match["headline"])
        for number, line in enumerate(lines[:-1])
        if line.text[0] in "RA" and (match := _ANSWER.fullmatch(line.text)) is not None
    ]
    if len(answers) < LEAST_ANSWERS:
        return False
    first, headline = answers[0]
    asked = [number for number in range(first - 1) if lines[number].text == headline]
    if not asked or not has_date(signed := lines[asked[-1] + 1].text):
        return False
    form = form_of(signed)
    alike = sum(1 for number, other in answers if other == headline and form_of(lines[number + 1].text) == form)
    return alike >= LEAST_ANSWERS
