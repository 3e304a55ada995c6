"""Whether two texts are one article, and whether one was corrected, by their words. Pure."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from zlib import crc32

from feeds.article import Article, derive_headline, list_texts
from feeds.ingest.identity.keys import STRONG_KINDS
from feeds.text import digest, fold_spaces

_TYPOGRAPHY = string.punctuation + "„“”‚‘’«»‹›–—―−…·•"
_WORD = re.compile(r"\w+")
_LONG = 5
_LONG_WORD = re.compile(rf"\w{{{_LONG},}}")
"""What texts are compared by: any two have most of their short words in common."""
MIN_SHARE = 0.5
"""The share of its long words that the shorter of two texts of one article has in common with the other.

Two reports of a day share a tenth; a corrected text keeps most of its words.
"""
FEW_SHARE = 0.2
"""Less than this share proves two articles though a publisher's key joins them, if the shorter has MANY_WORDS."""
MANY_WORDS = 8
_DIGITS = 16
"""Hexadecimal digits of the digest of all words."""
_SKETCHED = 24
"""Words of a sketch: of those of a text the ones with the smallest digests, as of any other text with these words."""
_WORD_DIGITS = 4
_LAST = 16**_WORD_DIGITS - 1
"""The largest digest of a word."""


def are_different(one: Article, other: Article, *, by: str) -> bool:
    """Whether two articles that share a key of the kind `by` are two: headline, first paragraph and day all differ.

    What only their texts tie is one article if they share MIN_SHARE of their long words, beside a first paragraph that
    both have, for it may be a standing one; of another day, with that paragraph alone, only if all words are the same.
    What a publisher's key ties is two only where headline, first paragraph and nearly all words differ.
    """
    mine, theirs = list_texts(one), list_texts(other)
    if not (mine and theirs):
        return False
    begin_alike = fold_spaces(mine[0]) == fold_spaces(theirs[0])
    have_one_name = begin_alike or one.headline == other.headline
    if not have_one_name and _have_other_days(one, other):
        return True
    words, more = (_find_long_words(texts[begin_alike:]) for texts in (mine, theirs))
    share = _find_share(words, more)
    if by in STRONG_KINDS:
        return not have_one_name and min(len(words), len(more)) >= MANY_WORDS and share < FEW_SHARE
    return by == "lead" or share < MIN_SHARE


def have_other_headlines(one: Article, other: Article) -> bool:
    """Whether both have a headline, and their words differ, not only white space or typography."""
    mine, theirs = one.headline or "", other.headline or ""
    return bool(mine and theirs) and _list_words([mine]) != _list_words([theirs])


def _have_other_days(one: Article, other: Article) -> bool:
    return one.published is not None and other.published is not None and one.published.day != other.published.day


def _list_words(texts: Iterable[str]) -> list[str]:
    return _WORD.findall(" ".join(texts).casefold())


def _find_long_words(texts: Iterable[str]) -> set[str]:
    return set(_LONG_WORD.findall(" ".join(texts).casefold()))


def _find_share(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    """The share of the smaller set that the other has, too: all of it where it is empty."""
    least = min(len(one), len(other))
    return len(one & other) / least if least else 1.0


def digest_words(article: Article) -> str:
    """A digest of the words of headline and text: the same where only white space or typography changed.

    That of an article without address and `id` has a sketch of its long words behind it, for `are_mostly_same`.
    """
    text = " ".join([article.headline or derive_headline(article), *list_texts(article)]).casefold()
    # Looking for each sign by itself takes a sixth of the time of one pattern or a translation.
    for sign in _TYPOGRAPHY:
        text = text.replace(sign, " ")
    words = text.split()
    whole = digest(" ".join(words))[:_DIGITS]
    if article.url or article.key:
        return whole
    # Lists take a tenth less time than a set and a generator, for each article of a build from nothing.
    digests = sorted([crc32(word.encode()) & _LAST for word in set(words) if len(word) >= _LONG])
    return whole + "".join([f"{each:04x}" for each in digests[:_SKETCHED]])


def are_same_words(one: str | None, other: str | None) -> bool:
    """Whether two digests of words are of the same ones."""
    return one is not None and other is not None and one[:_DIGITS] == other[:_DIGITS]


def are_mostly_same(one: str | None, other: str | None) -> bool | None:
    """Whether the shorter of two texts shares MIN_SHARE of its long words, about, by digests of words.

    None where that is not known, as one has no sketch. Where that of a long text has none of the range that the words
    of a short one have, nothing shows that they are the same.
    """
    sketches = [_read_sketch(each or "") for each in (one, other)]
    if not all(sketches):
        return None
    # The words with a digest up to this one are all there, in both.
    last = min((max(each) for each in sketches if len(each) == _SKETCHED), default="g")
    mine, theirs = ({each for each in sketch if each <= last} for sketch in sketches)
    return bool(mine and theirs) and _find_share(mine, theirs) >= MIN_SHARE


def _read_sketch(words: str) -> list[str]:
    return [words[start : start + _WORD_DIGITS] for start in range(_DIGITS, len(words), _WORD_DIGITS)]
