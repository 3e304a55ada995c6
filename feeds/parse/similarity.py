"""Near-copies: one agency's text printed by several papers. Outside the hot path, and only with the extra `dedup`.

Pure: texts in, pairs out. Candidates come from MinHash over word shingles with locality-sensitive hashing (rensa), each
is confirmed by comparing the texts (rapidfuzz). Why two were joined can be shown: likeness, and a passage of
both.
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
import struct
from collections.abc import Sequence
from typing import Final

from feeds.article import Article, list_texts
from feeds.config import Config, blame

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
PASSAGE: Final = 30
"""Words of a passage that is shown."""

_WORD = re.compile(r"\w+")


def has_similarity() -> bool:
    """Whether the extra `dedup` is installed."""
    return all(importlib.util.find_spec(name) is not None for name in ("rensa", "rapidfuzz"))


def require_similarity(config: Config) -> None:
    """Raise ConfigError where settings want near-copies and the extra is not installed."""
    if config.feeds.near_copies and not has_similarity():
        hint = "install it: pip install '.[dedup]', in the folder that holds the program's README.md"
        raise blame(config, ("feeds", "near_copies"), "near-copies need the extra dedup", hint=hint)


def find_version() -> str:
    """What sketches depend on: where it is another, all are made again."""
    from importlib.metadata import version

    numbers = (SHINGLE, HASHES, BANDS, SEED, LEAST_WORDS, LEAST_LIKENESS, MAX_CHARACTERS)
    return ":".join(("1", *map(str, numbers), version("rensa"), version("rapidfuzz")))


def find_words(article: Article) -> tuple[str, ...]:
    """The words of an article's text, by which it is compared."""
    return tuple(_WORD.findall(" ".join(list_texts(article))[:MAX_CHARACTERS].casefold()))


def make_bands(words: Sequence[str]) -> tuple[int, ...]:
    """The hashes of the bands of a text's sketch, signed, 64 bits each; none of a text that is too short.

    Texts that share one may be near-copies; of two that are, one is shared in all but a few cases in a thousand.
    """
    if len(words) < LEAST_WORDS:
        return ()
    from rensa import RMinHash

    sketch = RMinHash(num_perm=HASHES, seed=SEED)
    sketch.update(_list_shingles(words))
    values = sketch.digest()
    width = HASHES // BANDS
    return tuple(
        int.from_bytes(
            hashlib.blake2b(
                struct.pack(f">{width + 1}Q", band, *values[band * width :][:width]), digest_size=8
            ).digest(),
            "big",
            signed=True,
        )
        for band in range(BANDS)
    )


def compare_words(one: Sequence[str], other: Sequence[str]) -> tuple[float, str] | None:
    """How alike two texts are (0 to 1), and a passage of both; None where they are no near-copies."""
    from rapidfuzz import fuzz

    likeness = fuzz.ratio(" ".join(one), " ".join(other)) / 100
    return (round(likeness, 3), _find_passage(one, other)) if likeness >= LEAST_LIKENESS else None


def _list_shingles(words: Sequence[str]) -> list[str]:
    return [" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)]


def _find_passage(one: Sequence[str], other: Sequence[str]) -> str:
    """The longest run of words of the one whose shingles the other has too, at most `PASSAGE` of them."""
    shared = frozenset(_list_shingles(other))
    best = (0, 0)
    length = 0
    for at, shingle in enumerate(_list_shingles(one)):
        length = length + 1 if shingle in shared else 0
        if length > best[0]:
            best = (length, at)
    if not best[0]:
        return ""
    start, end = best[1] - best[0] + 1, best[1] + SHINGLE
    return " ".join(one[start : min(end, start + PASSAGE)])
