"""Whether two texts are one article, and whether one was corrected, by their words. Pure."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable

from feeds.article import Article, list_texts
from feeds.ingest.identity.keys import canonicalise_url
from feeds.text import digest, fold_spaces

_TYPOGRAPHY = string.punctuation + "„“”‚‘’«»‹›–—―−…·•"
_WORD = re.compile(r"\w+")
_LONG_WORD = re.compile(r"\w{5,}")
MIN_WORDS = 8
"""Sharing words proves nothing between texts of fewer long words than this."""
MIN_SHARE = 0.2
"""The share of its long words that a text has in common with what corrects it. Two reports of a day share a tenth."""
SURE_WORDS = 20
"""Texts of fewer different words are not proved to be one by the words that they share."""
SURE_SHARE = 0.8
"""The share of all its words, numbers too, that a text has in common with what it is published again as.

Daily reports of one form, such as of the weather, share about half: the form, and not the figures.
"""


def are_different(one: Article, other: Article) -> bool:
    """Whether two articles on one key are two: headline and first paragraph differ, and the day, or the whole text.

    With one first paragraph they are two where the headline differs, and all that follows. A corrected text keeps most
    of its words, whatever else is new in it. One headline is that of two, such as of a day's reports of the police,
    where their texts share next to nothing; but not at one address.
    """
    mine, theirs = list_texts(one), list_texts(other)
    if not (mine and theirs):
        return False
    begin_alike = fold_spaces(mine[0]) == fold_spaces(theirs[0])
    if one.headline == other.headline:
        return not begin_alike and not _is_same_name(one, other) and _share_few_words(mine, theirs)
    if one.published is None or other.published is None:
        return False
    if begin_alike:
        # A standing phrase, as of a series.
        return _share_few_words(mine[1:], theirs[1:])
    return one.published.day != other.published.day or _share_few_words(mine, theirs)


def have_other_headlines(one: Article, other: Article) -> bool:
    """Whether both have a headline, and their words differ, not only white space or typography."""
    mine, theirs = one.headline or "", other.headline or ""
    return bool(mine and theirs) and _list_words([mine]) != _list_words([theirs])


def merely_begin_alike(one: Article, other: Article) -> bool:
    """Whether two that begin with one paragraph, and share no better key, are two: headline and day differ.

    Then the paragraph is a standing phrase, unless nearly all that follows is the same, too, and long enough to prove
    that one is the other, corrected and published again.
    """
    if one.published is None or other.published is None or one.published.day == other.published.day:
        return False
    if not have_other_headlines(one, other):
        return False
    words, more = (set(_list_words(list_texts(each)[1:])) for each in (one, other))
    least = min(len(words), len(more))
    return least < SURE_WORDS or len(words & more) < SURE_SHARE * least


def _is_same_name(one: Article, other: Article) -> bool:
    """Whether two texts say that they are one article: by their addresses, else by an `id` in their front matter."""
    if one.url and other.url:
        return canonicalise_url(one.url) == canonicalise_url(other.url)
    return one.key is not None and one.key == other.key


def _list_words(texts: Iterable[str]) -> list[str]:
    return _WORD.findall(" ".join(texts).casefold())


def _share_few_words(texts: Iterable[str], others: Iterable[str]) -> bool:
    words, more = (set(_LONG_WORD.findall(" ".join(each).casefold())) for each in (texts, others))
    least = min(len(words), len(more))
    return least >= MIN_WORDS and len(words & more) < MIN_SHARE * least


def digest_words(article: Article) -> str:
    """A digest of the words of headline and text: the same where only white space or typography changed."""
    text = " ".join([article.headline or "", *list_texts(article)]).casefold()
    # Looking for each sign by itself takes a sixth of the time of one pattern or a translation.
    for sign in _TYPOGRAPHY:
        text = text.replace(sign, " ")
    return digest(" ".join(text.split()))[:16]
