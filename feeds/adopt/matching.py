"""Matching our articles with those of old feeds, from certain to likely evidence, and never two with one. Pure.

Each step compares something that both sides know, and names it in `why`; articles that an earlier step matched are
left out. A step that could match several articles matches none of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Final, TypeVar
from urllib.parse import urlsplit

from feeds.adopt.records import OldArticle, OurArticle
from feeds.dates.instants import DAY, HOUR
from feeds.ingest.identity.ids import mint_uuid
from feeds.ingest.identity.keys import canonicalise_url
from feeds.text import find_address

NEAR: Final = DAY
"""Seconds between the two dates of one article, at most: systems get the zone wrong, or write only the day."""
TEXT_NEAR: Final = 3 * DAY
"""The same where only the texts match: an article may have entered the new system later."""
WORDS: Final = 10
"""How many of the first words of a text must match."""
OFFSET: Final = 12
"""How many words may come before them in the old text, such as a dateline."""
MAX_ALIKE: Final = 200
"""A headline that more articles have is a standing one, and proves nothing."""

Item = TypeVar("Item")
_WORD: Final = re.compile(r"\w+")
_LAST_NUMBER: Final = re.compile(r"(?<![0-9A-Za-z])(\d{1,18})\D{0,20}$")


@dataclass(frozen=True, slots=True)
class Match:
    """An old article, the article of ours that it is, and the evidence."""

    old: OldArticle
    ours: OurArticle
    why: str


@dataclass(frozen=True, slots=True)
class Matching:
    """All matches in the order of the old articles, and what is left on both sides."""

    matches: tuple[Match, ...]
    old: tuple[OldArticle, ...]
    ours: tuple[OurArticle, ...]


def match_articles(
    old: Sequence[OldArticle],
    ours: Sequence[OurArticle],
    *,
    base_url: str,
    patterns: Iterable[tuple[str, str]] = (),
    namespaces: Sequence[str] = (),
    notice: str = "",
) -> Matching:
    """Match the articles of old feeds with ours; `patterns` are (origin, pattern) of numbers in addresses.

    `namespaces` are those that the old ids were minted in, if the old feeds are our own: of a tombstone only the id is
    known. `notice` is the text before the headline in their notices of withdrawals.
    """
    compiled = [(origin, re.compile(pattern)) for origin, pattern in patterns]
    pairs = _Pairs(old, ours)
    base = base_url.rstrip("/")
    pairs.join("the same id", lambda one: one.ids, lambda one: (one.id, one.guid or ""))
    pairs.join("the id in its front matter", lambda one: one.ids, lambda one: _keys(one, "id"))
    pairs.join("its address", _list_addresses, lambda one: _list_own_addresses(one, base))
    pairs.join(
        "the number in its address",
        lambda one: _find_numbers(one, compiled),
        lambda one: [f"number:{value}" for value in _keys(one, "number")],
    )
    pairs.join(
        "the id that one of its keys gives",
        lambda one: one.ids,
        lambda one: (mint_uuid(namespace, key) for namespace in namespaces for key in one.keys),
    )
    pairs.join(
        "the number in its id",
        _find_last_number,
        lambda one: filter(str.isdecimal, _keys(one, "id")),
        only=True,
        within=TEXT_NEAR,
    )
    pairs.join_by_headline_and_date(notice)
    pairs.join(
        "its headline, for the old feed gives no date",
        lambda one: [_fold(one.title)] if one.published is None and one.deleted is None else [],
        lambda one: [_fold(one.headline)],
        only=True,
    )
    pairs.join(
        "the beginning of its text",
        lambda one: _find_beginnings(one.text, OFFSET),
        lambda one: _find_beginnings(one.text, 1),
        only=True,
        within=TEXT_NEAR,
    )
    return pairs.finish()


class _Pairs:
    """The pairs found so far, by place in the two sequences."""

    def __init__(self, old: Sequence[OldArticle], ours: Sequence[OurArticle]) -> None:
        self._old = old
        self._ours = ours
        self._found: dict[int, tuple[int, str]] = {}
        self._taken: set[int] = set()

    def join(
        self,
        why: str,
        old_keys: Callable[[OldArticle], Iterable[str]],
        our_keys: Callable[[OurArticle], Iterable[str]],
        *,
        only: bool = False,
        within: int | None = None,
    ) -> None:
        """Join what has a key in common, where just one of ours has it.

        With `only`, just one of the old must have it too; without, the first of them is joined. `within` bounds the
        seconds between their dates, where both have one.
        """
        holders: dict[str, set[int]] = defaultdict(set)
        for place, article in self._left(self._ours, self._taken):
            for key in our_keys(article):
                if key:
                    holders[key].add(place)
        asked: dict[str, set[int]] = defaultdict(set)
        for place, one in self._left(self._old, self._found):
            for key in old_keys(one):
                if key in holders:
                    asked[key].add(place)
        for place, one in self._left(self._old, self._found):
            keys = [key for key in old_keys(one) if key in holders and (not only or len(asked[key]) == 1)]
            candidates = {candidate for key in keys for candidate in holders[key]}
            if len(candidates) == 1:
                (candidate,) = candidates
                gap = _gap(one, self._ours[candidate])
                if candidate not in self._taken and (within is None or gap is None or gap <= within):
                    self._take(place, candidate, why)

    def join_by_headline_and_date(self, notice: str) -> None:
        """Join what has one headline and nearly the same date: the nearest first, and none of two equally near.

        `notice` is no part of a headline that begins with it.
        """
        holders: dict[str, list[int]] = defaultdict(list)
        for place, article in self._left(self._ours, self._taken):
            holders[_fold(article.headline.removeprefix(notice))].append(place)
        alike: dict[str, list[int]] = defaultdict(list)
        for place, one in self._left(self._old, self._found):
            if one.published is not None and (key := _fold(one.title.removeprefix(notice))) in holders:
                alike[key].append(place)
        for key, places in alike.items():
            if not key or max(len(places), len(holders[key])) > MAX_ALIKE:
                continue
            gaps = sorted(
                (gap, place, candidate)
                for place in places
                for candidate in holders[key]
                if (gap := _gap(self._old[place], self._ours[candidate])) is not None and gap <= NEAR
            )
            for _, near in groupby(gaps, key=itemgetter(0)):
                free = [pair for pair in near if pair[1] not in self._found and pair[2] not in self._taken]
                askers, asked = Counter(pair[1] for pair in free), Counter(pair[2] for pair in free)
                for _, place, candidate in free:
                    if askers[place] == asked[candidate] == 1:
                        self._take(place, candidate, "headline and date")

    def finish(self) -> Matching:
        """The matches, and what is left."""
        return Matching(
            tuple(
                Match(self._old[place], self._ours[candidate], why)
                for place, (candidate, why) in sorted(self._found.items())
            ),
            tuple(one for _, one in self._left(self._old, self._found)),
            tuple(one for _, one in self._left(self._ours, self._taken)),
        )

    def _left(self, items: Sequence[Item], done: Iterable[int]) -> list[tuple[int, Item]]:
        return [(place, item) for place, item in enumerate(items) if place not in done]

    def _take(self, place: int, candidate: int, why: str) -> None:
        self._found[place] = (candidate, why)
        self._taken.add(candidate)


def _gap(old: OldArticle, ours: OurArticle) -> int | None:
    """Seconds between the two dates of publication, None where the old one is unknown.

    A day without a clock counts as any time of that day, in any zone.
    """
    if old.published is None:
        return None
    gap = abs(old.published - ours.published)
    return gap if ours.has_clock else max(0, gap - 14 * HOUR)


def _keys(article: OurArticle, kind: str) -> list[str]:
    """The values of an article's natural keys of a kind."""
    return [key.partition(":")[2] for key in article.keys if key.startswith(f"{kind}:")]


def _list_addresses(old: OldArticle) -> Iterator[str]:
    # Many systems take an article's address for its id.
    return map(_canonicalise, filter(find_address, (*old.links, *old.ids)))


def _list_own_addresses(ours: OurArticle, base: str) -> Iterator[str]:
    return map(_canonicalise, (base + ours.path, *filter(None, [ours.url]), *filter(find_address, _keys(ours, "id"))))


def _canonicalise(address: str) -> str:
    return canonicalise_url(unicodedata.normalize("NFC", address))


def _find_numbers(old: OldArticle, patterns: Iterable[tuple[str, re.Pattern[str]]]) -> Iterator[str]:
    for link in old.links:
        try:
            path = urlsplit(link).path
        except ValueError:
            continue
        for origin, pattern in patterns:
            if (match := pattern.search(path)) and match[1]:
                yield f"number:{origin}:{match[1]}"


def _find_last_number(old: OldArticle) -> Iterator[str]:
    for identifier in old.ids:
        if match := _LAST_NUMBER.search(identifier[-60:]):
            yield match[1]


def _find_beginnings(text: str, offsets: int) -> list[str]:
    """The first words of a text, begun at each of its first words; none where it is too short."""
    words = _WORD.findall(_normalise(text))[: WORDS + offsets - 1]
    return [" ".join(words[start : start + WORDS]) for start in range(len(words) - WORDS + 1)]


def _fold(text: str) -> str:
    """The words of a text, without case, punctuation and typography."""
    return " ".join(_WORD.findall(_normalise(text)))


def _normalise(text: str) -> str:
    return unicodedata.normalize("NFKC", text[:2000]).casefold()
