"""Threads of a forum: what was asked, and answers under the same headline, each with who wrote it and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from feeds.parse.body import Line
from feeds.parse.kinds.lists import form_of
from feeds.parse.prose import is_running_text
from feeds.parse.stamps.forms import has_date

LEAST_ANSWERS: Final = 2
"""Answers of a thread, at least."""
LEAST_OF_TEXT: Final = 2
"""Paragraphs below a byline, from which they are an article."""

# "Re: Akku hält kaum einen Tag"
_ANSWER = re.compile(r"(?:R[Ee]|A[Ww]|Antw): (?P<headline>\S.*)")
# "Von Max Muster, 20. Januar 2024", and no "von Grobi » 14.08.2006"
_BYLINE = re.compile(r"(?:Von|VON) [A-ZÄÖÜ]")
# "Kommentare (2)", "2 Leserkommentare"
_COMMENTS = re.compile(r"(?:\d{1,5} )?(?:Leser)?[Kk]ommentare?(?: \(?\d{1,5}\)?)?:?")


def is_thread(lines: Sequence[Line]) -> bool:
    """Whether answers repeat the headline of a page, and have the same line with a date below as it has.

    Comments on an article may repeat its headline, too: but it isn't signed as they are, or its byline is above several
    paragraphs, or they are below a label.
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
    asked_lines = [line.text for line in lines[asked[-1] + 2 : first]]
    paragraphs = sum(map(is_running_text, asked_lines))
    is_article = _BYLINE.match(signed) is not None and paragraphs >= LEAST_OF_TEXT
    if is_article or any(map(_COMMENTS.fullmatch, asked_lines)):
        return False
    alike = sum(1 for number, other in answers if other == headline and form_of(lines[number + 1].text) == form)
    return alike >= LEAST_ANSWERS
