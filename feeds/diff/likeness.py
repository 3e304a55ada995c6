"""Whether two entries have nearly the same text. Pure."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from html import unescape

MAX_TEXT = 1_000
"""Characters of an entry's text that are compared: its beginning."""
MIN_WORDS = 8
"""A text of fewer words is a phrase that many articles have: "Mehr in Kürze."."""
MIN_RATIO = 0.8
"""The share of words that nearly the same texts have in common, in their order."""
_TAG = re.compile(r"<[^>]*>?")


def is_nearly_same(text: str, other: str) -> bool:
    """Whether two beginnings of HTML say nearly the same: as a text and its corrected form do, not two reports."""
    words, others = _list_words(text), _list_words(other)
    if min(len(words), len(others)) < MIN_WORDS:
        return False
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    return matcher.quick_ratio() >= MIN_RATIO and matcher.ratio() >= MIN_RATIO


def _list_words(text: str) -> list[str]:
    return re.findall(r"\w+", unescape(_TAG.sub(" ", unescape(text[:MAX_TEXT]))).casefold())
