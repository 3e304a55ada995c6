"""Boilerplate learned from a source: what recurs at the edges of its pages is navigation.

Pure: a page gives its edge lines, their counts give the Boilerplate, whatever the order of arrival. Keeping counts is
the store's, counting all pages before the first is parsed is ingest's. Layouts in code don't need it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from feeds.parse.body import Line
from feeds.parse.mending.dumps import unmark
from feeds.parse.page import Page
from feeds.text import fold_spaces

LEAST_PAGES: Final = 10
"""Pages of a source below which nothing is learned."""
LEAST_COUNT: Final = 5
LEAST_SHARE: Final = 0.25
"""A line is boilerplate if it is on this many pages and so large a share of them: more than copies of one article."""
HEAD_LINES: Final = 40
FOOT_LINES: Final = 60
"""Lines, of those that hold something, that count as a page's edges."""
MAX_CHARACTERS: Final = 200
LEAST_RUN: Final = 3
"""This many lines of boilerplate in a row below the text are its footer: what follows is not part of the text."""


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """The lines, white space folded, that recur over a source's pages, and the number of pages that taught them."""

    pages: int
    lines: frozenset[str]


NOTHING: Final = Boilerplate(0, frozenset())


def find_edge_lines(page: Page) -> frozenset[str]:
    """What one page adds to the counts of its source: the lines of its edges without stamps, which recur by chance."""
    # Costs 40 ms to import, and pages that a layout recognises have no edges that count.
    from feeds.parse.stamps.forms import has_date

    texts = [text for whole in unmark(page.lines) if (text := fold_spaces(whole))]
    edges = texts if len(texts) <= HEAD_LINES + FOOT_LINES else texts[:HEAD_LINES] + texts[-FOOT_LINES:]
    return frozenset(text for text in edges if len(text) <= MAX_CHARACTERS and not has_date(text))


def count_edge_lines(pages: Iterable[Page]) -> Counter[str]:
    """On how many of the pages each edge line is."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update(find_edge_lines(page))
    return counts


def find_boilerplate(counts: Mapping[str, int], pages: int) -> Boilerplate:
    """The Boilerplate of a source with this many pages and these counts of edge lines."""
    if pages < LEAST_PAGES:
        return NOTHING
    least = max(LEAST_COUNT, LEAST_SHARE * pages)
    return Boilerplate(pages, frozenset(line for line, count in counts.items() if count >= least))


def find_known(lines: Sequence[Line], boilerplate: Boilerplate) -> frozenset[int]:
    """The offsets of the lines that are boilerplate, of those that hold something; in the middle of a page none is."""
    edges = lines if len(lines) <= HEAD_LINES + FOOT_LINES else [*lines[:HEAD_LINES], *lines[-FOOT_LINES:]]
    return frozenset(line.offset for line in edges if fold_spaces(line.text) in boilerplate.lines)


def find_footer(lines: Sequence[Line], known: frozenset[int], *, behind: int) -> int | None:
    """The offset of the first run of boilerplate after an offset; None where there is none."""
    run = 0
    for number, line in enumerate(lines):
        if line.offset <= behind:
            continue
        run = run + 1 if line.offset in known else 0
        if run == LEAST_RUN:
            return lines[number - LEAST_RUN + 1].offset
    return None
