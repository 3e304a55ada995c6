"""Words that a page shows once more between its paragraphs, large, taken off its lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from feeds.parse.body import Line, is_sentence
from feeds.parse.bylines import is_person
from feeds.parse.draft import Draft
from feeds.parse.prose import is_prose

LEAST_QUOTE: Final = 25
"""Characters of such a quote, at least: fewer may be a question or an exclamation."""
MAX_QUOTE: Final = 300
MAX_SPEAKER: Final = 80
"""Characters of who says it, on the line below it, at most."""
_MARKS: Final = '„“”"»«›‹‚‘’ .,!…'


def drop_pull_quotes(lines: list[Line], draft: Draft) -> list[Line]:
    """The lines without quotes that another paragraph has, too, and who says them; the draft then names these.

    Each is between two paragraphs, where it is not the headline.
    """
    quotes = {at for number, line in enumerate(lines) if line.text[0] in _MARKS for at in _find_quote(lines, number)}
    return draft.drop(lines, quotes, "repeated") if quotes else lines


def _find_quote(lines: Sequence[Line], number: int) -> range:
    """The numbers of the lines of a quote that a line is, with its speaker; none where it is of the text."""
    text = lines[number].text
    words = text.strip(_MARKS)
    if not (number and len(words) >= LEAST_QUOTE and len(text) <= MAX_QUOTE and is_prose(lines[number - 1].text)):
        return range(0)
    end = number + 1
    if end < len(lines) and _is_speaker(lines[end].text):
        end += 1
    if end == len(lines) or not is_prose(lines[end].text):
        return range(0)
    is_again = any(words in line.text for at, line in enumerate(lines) if at != number and len(line.text) > len(text))
    return range(number, end) if is_again else range(0)


def _is_speaker(text: str) -> bool:
    """Whether a line says whose words are above it: "Erika Muster, Bürgermeisterin"."""
    return len(text) <= MAX_SPEAKER and not is_sentence(text) and is_person(text.partition(",")[0].strip("–— -"))
