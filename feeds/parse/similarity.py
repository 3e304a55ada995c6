"""Near-copies: one agency's text printed by several papers. Outside the hot path, and only with the extra `dedup`.

Pure: texts in, pairs out. Candidates come from MinHash over word shingles with locality-sensitive hashing (rensa), each
is confirmed by comparing the texts (rapidfuzz). Why two were joined can be shown: likeness, and a passage of
both.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from feeds.article import Article, list_texts
from feeds.errors import ConfigError

SHINGLE: Final = 4
"""Words of a shingle."""
HASHES: Final = 128
BANDS: Final = 32
SEED: Final = 20240625
"""Fixed, so that every machine sees the same pairs."""
LEAST_WORDS: Final = 30
"""Words below which a text is too short to be called a copy of another."""
LEAST_LIKENESS: Final = 0.6
"""Share that two texts must have in common. Copies with a new lead or a third cut off stay above it, other reports on
the event far below."""
MAX_CHARACTERS: Final = 20_000

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class NearCopy:
    """Two articles with one text: their keys, the smaller first; how alike they are (0 to 1); a passage of both."""

    one: str
    other: str
    likeness: float
    passage: str


def has_similarity() -> bool:
    """Whether the extra `dedup` is installed."""
    return all(importlib.util.find_spec(name) is not None for name in ("rensa", "rapidfuzz"))


def find_near_copies(articles: Mapping[str, Article]) -> list[NearCopy]:
    """The pairs of articles, by key, whose texts are nearly the same; in the order of the keys.

    Raises ConfigError where the extra is not installed.
    """
    if not has_similarity():
        raise ConfigError("near-copies need the extra dedup", hint="install it: pip install 'feeds[dedup]'")
    from rapidfuzz import fuzz
    from rensa import RMinHash, RMinHashLSH

    keys = sorted(articles)
    words = [_find_words(articles[key]) for key in keys]
    index = RMinHashLSH(threshold=LEAST_LIKENESS, num_perm=HASHES, num_bands=BANDS)
    pairs: list[NearCopy] = []
    sketches = {}
    for number, own in enumerate(words):
        if len(own) < LEAST_WORDS:
            continue
        sketch = RMinHash(num_perm=HASHES, seed=SEED)
        sketch.update([" ".join(own[at : at + SHINGLE]) for at in range(len(own) - SHINGLE + 1)])
        sketches[number] = sketch
        for other in sorted(index.query(sketch)):
            one, two = " ".join(words[other]), " ".join(own)
            likeness = fuzz.ratio(one, two) / 100
            if likeness >= LEAST_LIKENESS:
                passage = _find_passage(words[other], own)
                pairs.append(NearCopy(keys[other], keys[number], round(likeness, 3), passage))
        index.insert(number, sketch)
    return sorted(pairs, key=lambda pair: (pair.one, pair.other))


def _find_words(article: Article) -> list[str]:
    return _WORD.findall(" ".join(list_texts(article))[:MAX_CHARACTERS].casefold())


def _find_passage(one: list[str], other: list[str]) -> str:
    """The longest run of words that both texts have, at most thirty of them."""
    match = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return " ".join(one[match.a : match.a + min(match.size, 30)])
