"""Which of the lines that recur over a source's pages are navigation on one of them: those at its edges.

What recurs may mean something, too: a section, a headline of every day, a sub-headline, a sentence that reporters are
fond of. So the place decides: above the headline, and below the end of the text, it is navigation. Where those are is
told by the page's own lines, which hardly another page has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from typing import Final, NamedTuple

from feeds.parse.body import Line
from feeds.parse.prose import begins_as_tail, is_running_text
from feeds.parse.stamps.forms import has_date, is_nothing_else

_SITE = re.compile(r"\b(?:[Ww]ir|[Uu]ns(?:er\w{0,2})?)\b")
_DIGIT = re.compile(r"\d")
LEAST_RUN: Final = 3
"""This many recurring lines in a row, two labels first, are a menu or a footer: a text has no two labels in a row."""
MAX_LABELS: Final = 1
"""Labels between such lines and two paragraphs with which the text goes on, at most: its next sub-headline."""


class Edges(NamedTuple):
    """The numbers of the lines that are no part of a page's article: navigation above its text, and the footer."""

    navigation: frozenset[int]
    footer: frozenset[int]


def find_edges(lines: Sequence[Line], known: Set[int], *, headline: int | None) -> Edges:
    """The Edges of a page with this headline; `known` are the numbers of the lines that recur.

    There are none on a page that has neither a headline nor a text of its own.
    """
    own = [
        number
        for number, line in enumerate(lines)
        if number not in known and number > (-1 if headline is None else headline) and is_running_text(line.text)
    ]
    if headline is None and not own:
        return Edges(frozenset(), frozenset())
    if headline is None:
        # The last line with a date above the text, if there is one.
        dated = (number for number in reversed(range(own[0])) if number not in known and has_date(lines[number].text))
        top = next(dated, own[0])
    else:
        top = headline
    text = own[0] if own else top
    # A menu may be between the headline and the text.
    menus = [run.stop for run in _list_runs(lines, known, top + 1, text)]
    above = {number for number in known if number < max([top, *menus]) and number != headline}
    runs = (run for run in _list_runs(lines, known, text + 1, len(lines)) if not _goes_on(lines, known, run))
    end = next((run.start for run in runs), len(lines))
    last = max([top, *(number for number in own if number < end)])
    foot = last + 1
    while foot < end and (foot not in known or not _is_label(lines, foot)):
        foot += 1
    # A label that ends any text does so without being learned, and tells what is below.
    below = {number for number in known if number >= foot and not begins_as_tail(lines[number].text)}
    # In the text itself it is the writer who speaks.
    below |= {number for number in known if not text < number < last and _is_notice(lines[number].text)} - above
    labels = {number for number in above | below if _is_stamp_label(lines, number)}
    return Edges(frozenset(above - labels), frozenset((below - labels).union(range(end, len(lines)))))


def _list_runs(lines: Sequence[Line], known: Set[int], start: int, stop: int) -> Iterator[range]:
    """The numbers of recurring lines in a row, from a label with another below it on."""
    number = start
    while number < stop:
        end = number
        while end < stop and end in known:
            end += 1
        first = next((at for at in range(number, end - 1) if _is_label(lines, at) and _is_label(lines, at + 1)), end)
        if end - first >= LEAST_RUN:
            yield range(first, end)
        number = end + 1


def _is_label(lines: Sequence[Line], number: int) -> bool:
    return not is_running_text(lines[number].text)


def _is_notice(text: str) -> bool:
    """Whether in a sentence that recurs beside a text the site speaks of itself; with a number it may be an appeal."""
    return is_running_text(text) and _SITE.search(text) is not None and _DIGIT.search(text) is None


def _goes_on(lines: Sequence[Line], known: Set[int], run: range) -> bool:
    """Whether a text goes on below recurring lines within it, those of a table: with a paragraph, or with two.

    Teasers have a headline each, and other articles their stamp.
    """
    labels = 0
    for number in range(run.stop, len(lines)):
        if number in known:
            continue
        text = lines[number].text
        if is_running_text(text):
            below = number + 1
            is_followed = below < len(lines) and below not in known and is_running_text(lines[below].text)
            return labels == 0 or (labels <= MAX_LABELS and is_followed)
        if has_date(text):
            return False
        labels += 1
    return False


def _is_stamp_label(lines: Sequence[Line], number: int) -> bool:
    """Whether a line says of which kind the date on the line below is: "Veröffentlicht am"."""
    below = lines[number + 1].text if number + 1 < len(lines) else ""
    return has_date(below) and is_nothing_else(lines[number].text)
