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


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """The lines, white space folded, that recur over a source's pages, and the number of pages that taught them."""

    pages: int
    lines: frozenset[str]


NOTHING: Final = Boilerplate(0, frozenset())


def find_edge_lines(page: Page) -> frozenset[str]:
    """What one page adds to the counts of its source: the lines of its edges, but for what says when and by whom."""
    texts = [text for whole in unmark(page.lines) if (text := fold_spaces(whole))]
    edges = texts if len(texts) <= HEAD_LINES + FOOT_LINES else texts[:HEAD_LINES] + texts[-FOOT_LINES:]
    return frozenset(text for text in edges if len(text) <= MAX_CHARACTERS and not _is_about_article(text))


def _is_about_article(text: str) -> bool:
    """Whether a line is a stamp, byline, dateline or signature by its form, and so no navigation."""
    # Costs 40 ms to import, and pages that a layout recognises have no edges that count.
    from feeds.parse.bylines import is_signature
    from feeds.parse.credits import match_signature
    from feeds.parse.datelines.dateline import match_dateline
    from feeds.parse.head.judging import is_relative_stamp
    from feeds.parse.stamps.forms import has_date

    return (
        has_date(text)
        or is_relative_stamp(text)
        or is_signature(text)
        or match_signature(text) is not None
        or match_dateline(text) is not None
    )


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
    """The numbers of the lines that are boilerplate; in the middle of a page none is."""
    foot = max(HEAD_LINES, len(lines) - FOOT_LINES)
    return frozenset(
        number
        for number, line in enumerate(lines)
        if (number < HEAD_LINES or number >= foot) and fold_spaces(line.text) in boilerplate.lines
    )
