"""Whether two entries have nearly the same text. Pure.

Texts are compared by their runs of three words, whatever their order: a paragraph that was rewritten, moved or added
counts by its share of the whole, and the cost is linear in the words. Short texts are compared in order instead.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from html import unescape
from itertools import chain, islice

from feeds.foreign import Entry

MIN_WORDS = 8
"""A text of fewer words may be a phrase that many articles have, such as "Mehr in Kürze."."""
MIN_RATIO = 0.8
"""The share of words that two short texts of the same time have in common, in their order."""
MIN_SHARES = ((80, 0.6), (40, 0.75))
"""(words, share): texts of the same time with at least this many words must have that share of the longer in common.

With 0.6, one of three paragraphs may be rewritten. In shorter texts, what every report ends with is as large a share.
"""
MIN_WORDS_LATER, MIN_SHARE_LATER = 20, 0.8
"""The same of texts whose times differ."""
MIN_FIGURES, SOME_FIGURES = 0.5, 3
"""The share of figures that two texts of the same time must have in common, where there are at least this many: results
and weather reports may differ in little else."""
MAX_FIGURES_CHANGED = 0.05
"""The share of figures in which texts of other times may differ: an event that recurs has other days and hours."""
USUAL = 3
"""A run of words that this many entries have is boilerplate: whom to call, what the lottery warns of."""
MAX_CORPUS = 200
MAX_VANISHED, MAX_ARRIVED = 100, 500
"""How many vanished entries, and how many new ones, are compared with each other."""
_TAG = re.compile(r"<[^>]*>?")
_DATELINE = re.compile(r"^[^()]{0,60}\([^()]{1,40}\)\s*[-–—]")
"""A dateline, "MINSK, 25. Juni (BelTA) –": its day changes with the time of publication, so it is left out."""


@dataclass(frozen=True, slots=True)
class _Words:
    """A text as it is compared: its words, its runs of three (by their hash), and its figures."""

    words: tuple[str, ...]
    runs: frozenset[int]
    figures: Counter[str]


class Texts:
    """The texts of the entries that a reader has or finds, from which boilerplate is known."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._entries = list(islice(entries, MAX_CORPUS))

    def is_nearly_same(self, entry: Entry, other: Entry, *, common: int | None = None) -> bool:
        """Whether two entries are one text and its corrected form, not two reports.

        Where both have the same time of publication, more may differ. Notices never count: all have the same text.
        `common` is the number of runs of three words that both have, where it is known.
        """
        if entry.is_notice or other.is_notice:
            return False
        is_same_time = entry.published is not None and entry.published == other.published
        one, two = _read(entry.text), _read(other.text)
        shorter = min(len(one.words), len(two.words))
        if shorter < (MIN_WORDS if is_same_time else MIN_WORDS_LATER):
            return False
        min_share = MIN_SHARE_LATER
        if is_same_time:
            min_share = next((share for words, share in MIN_SHARES if shorter >= words), 0.0)
        # The cheapest comparison comes first.
        if _share(one.runs, two.runs, common) < min_share:
            return False
        if not _has_same_figures(one, two, is_same_time=is_same_time):
            return False
        if not min_share:
            return _is_same_in_order(one, two)
        own, others_own = one.runs - self._usual, two.runs - self._usual
        return len(own) >= MIN_WORDS and _share(own, others_own) >= min_share

    @cached_property
    def _usual(self) -> frozenset[int]:
        found: Counter[int] = Counter()
        for entry in self._entries:
            found.update(_read(entry.text).runs)
        return frozenset(run for run, count in found.items() if count >= USUAL)


class Vanished:
    """Entries that are gone, whose texts are searched for in new entries; listed when the first is asked for."""

    def __init__(self, entries: Iterable[Entry], texts: Texts) -> None:
        self._gone = entries
        self._texts = texts
        self._asked = 0

    def find_like(self, entry: Entry) -> Iterator[Entry]:
        """The vanished entries with nearly the same text, the most alike first; none after MAX_ARRIVED questions."""
        if self._asked == MAX_ARRIVED or not self._entries:
            return
        self._asked += 1
        runs = _read(entry.text).runs
        # Most runs are of no entry that is gone.
        found = Counter(chain.from_iterable(map(self._index.__getitem__, runs & self._index.keys())))
        like = [
            other
            for number, common in sorted(found.items())
            if self._texts.is_nearly_same(entry, other := self._entries[number], common=common)
        ]
        yield from sorted(like, key=lambda other: _share(runs, _read(other.text).runs), reverse=True)

    @cached_property
    def _entries(self) -> list[Entry]:
        return list(islice(self._gone, MAX_VANISHED))

    @cached_property
    def _index(self) -> dict[int, list[int]]:
        index: dict[int, list[int]] = {}
        for number, entry in enumerate(self._entries):
            for run in _read(entry.text).runs:
                index.setdefault(run, []).append(number)
        return index


def _is_same_in_order(one: _Words, two: _Words) -> bool:
    matcher = SequenceMatcher(None, one.words, two.words, autojunk=False)
    return all(find() >= MIN_RATIO for find in (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio))


def _has_same_figures(one: _Words, two: _Words, *, is_same_time: bool) -> bool:
    total = max(one.figures.total(), two.figures.total())
    common = (one.figures & two.figures).total()
    if is_same_time:
        return total < SOME_FIGURES or common >= total * MIN_FIGURES
    return total - common <= total * MAX_FIGURES_CHANGED


def _share(runs: frozenset[int], others: frozenset[int], common: int | None = None) -> float:
    """What two texts have in common, as a share of the longer one; `common` is how much that is, where it is known."""
    longer = max(len(runs), len(others))
    return (len(runs & others) if common is None else common) / longer if longer else 0.0


@lru_cache(maxsize=256)
def _read(text: str) -> _Words:
    plain = unescape(_TAG.sub(" ", unescape(text))).strip()
    words = tuple(re.findall(r"\w+", _DATELINE.sub("", plain).casefold()))
    runs = frozenset(hash(run) for run in zip(words, words[1:], words[2:], strict=False))
    return _Words(words, runs, Counter(word for word in words if word[0].isdigit()))
