"""What a page calls itself, by its address, its window's title and its head: one article, or a collection of texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from feeds.parse.addresses import last_of_address
from feeds.parse.body import HEADLINE_BLANKS, Line, is_caption
from feeds.parse.bylines import is_byline
from feeds.parse.categories import WORD, fold_word
from feeds.parse.head.judging import address_words
from feeds.parse.head.places import is_title_of
from feeds.parse.kinds.lists import MAX_STAMP
from feeds.parse.stamps.forms import has_date
from feeds.parse.words import COLLECTIONS, REVIEWS, any_of

CALLED_LINES: Final = 5
"""Lines above the first text, among which a page says what it is: what is further up may be a menu's entry."""
SMALL_WORD: Final = 3
"""Letters of a word that says nothing of what a headline is about, at most."""
LEAST_SHARED: Final = 3
"""Words of a headline that are in the address which tells it, at least."""

_WITHIN_NAME = "ab|am|an|auf|aus|bis|de[mnrs]|für|im?n?|mit|mittags?|morgens?|und|vo[mn]|zu[mr]?"
# "Polizeibericht", "Amtsblatt der Gemeinde", and no "Polizeibericht sorgt für Ärger"
_COLLECTION = re.compile(rf"(?:(?i:{any_of(COLLECTIONS + REVIEWS)}))\b(?!\s(?!(?:{_WITHIN_NAME})\b)[a-zäöü])")
# "polizeibericht-14-06-2019": what parts the words of an address, and the day or the number behind them.
_NUMBERS = re.compile(r"[-_\d]+")


def tells_headline(head: Sequence[Line], url: str | None) -> bool:
    """Whether address or window's title tell the headline just above the first text: those of a list tell its name.

    `head` are the lines above that text.
    """
    for number in range(len(head) - 1, -1, -1):
        text = head[number].text
        if _is_headline(text):
            words = address_words(url)
            shared = sum(1 for word in WORD.findall(text) if len(word) > SMALL_WORD and fold_word(word) in words)
            return shared >= LEAST_SHARED or (number > 0 and is_title_of(head[0].text, text))
    return False


def tells_collection(head: Sequence[Line], url: str | None) -> bool:
    """Whether a page is called one of several texts, just above the first one or as the last part of its address.

    Where a headline with its stamp is between that name and the text, the name is only a kicker or the end of a path.
    """
    texts = [line.text for line in head[-CALLED_LINES:]]
    called = [
        number for number, text in enumerate(texts) if len(text) <= MAX_STAMP and _COLLECTION.match(text) is not None
    ]
    if called and not _has_dated_headline(texts[called[-1] + 1 :]):
        return True
    words = _NUMBERS.sub(" ", "" if url is None else last_of_address(url).partition(".")[0])
    return _COLLECTION.fullmatch(words.strip()) is not None


def has_headline(head: Sequence[Line]) -> bool:
    """Whether a line above the first text has the form of a headline."""
    return any(_is_headline(line.text) for line in head)


def _has_dated_headline(texts: Sequence[str]) -> bool:
    """Whether some lines hold a headline with a date below it."""
    dated = [number for number, text in enumerate(texts) if has_date(text)]
    return any(map(_is_headline, texts[: dated[-1]])) if dated else False


def _is_headline(text: str) -> bool:
    """Whether a line of a head has the form of a headline: no caption, byline or stamp."""
    return text.count(" ") >= HEADLINE_BLANKS and not (is_caption(text) or is_byline(text) or has_date(text))
