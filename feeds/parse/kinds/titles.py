"""What a page calls itself, by its address, its window's title and its head: one article, or a collection of texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from feeds.parse.body import Line, is_caption
from feeds.parse.bylines import is_byline
from feeds.parse.categories import WORD, fold_word
from feeds.parse.head.judging import address_words
from feeds.parse.head.places import is_title_of
from feeds.parse.kinds.archives import last_of_address
from feeds.parse.kinds.lists import MAX_STAMP
from feeds.parse.stamps.forms import has_date
from feeds.parse.words import COLLECTIONS, any_of

CALLED_LINES: Final = 5
"""Lines above the first text, among which a page says what it is: what is further up may be a menu's entry."""
HEADLINE_BLANKS: Final = 2
"""Blanks in a headline, at least."""
SMALL_WORD: Final = 3
"""Letters of a word that says nothing of what a headline is about, at most."""
LEAST_SHARED: Final = 3
"""Words of a headline that are in the address which tells it, at least."""

_COLLECTION = re.compile(rf"(?:{any_of(COLLECTIONS)})\b", re.IGNORECASE)


def tells_headline(head: Sequence[Line], url: str | None) -> bool:
    """Whether address or window's title tell the headline just above the first text: those of a list tell its name.

    `head` are the lines above that text.
    """
    for number in range(len(head) - 1, -1, -1):
        text = head[number].text
        if text.count(" ") >= HEADLINE_BLANKS and not (is_caption(text) or is_byline(text) or has_date(text)):
            words = address_words(url)
            shared = sum(1 for word in WORD.findall(text) if len(word) > SMALL_WORD and fold_word(word) in words)
            return shared >= LEAST_SHARED or (number > 0 and is_title_of(head[0].text, text))
    return False


def tells_collection(head: Sequence[Line], url: str | None) -> bool:
    """Whether a page is called one of several texts, just above the first one or as the last part of its address."""
    if any(len(line.text) <= MAX_STAMP and _COLLECTION.match(line.text) is not None for line in head[-CALLED_LINES:]):
        return True
    last = "" if url is None else last_of_address(url)
    return _COLLECTION.match(last.replace("-", " ").replace("_", " ")) is not None
