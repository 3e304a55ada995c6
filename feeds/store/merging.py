"""A ledger that two branches wrote, merged line by line: no two articles may have one place. Pure.

Each branch continues the feeds' sequences by itself, so two articles may get the same place. An article that no archive
document holds may get another place, because nobody knows it by its place. One that an archive document holds may not
(RFC 5005 section 4), and only the published document shows which of the two that is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, pairwise, repeat
from typing import NamedTuple

from feeds.errors import LedgerError, say_number
from feeds.store.identities import FeedIdentity, Identity, count_sealed

_TAKE_ONE = (
    "use the ledger of the branch that was published, whole, and build; new articles of the other get the same ids "
    "again, and what it corrected or withdrew must be done again"
)


class _Holder(NamedTuple):
    """An article that has a place in a feed; `number` is its index in the ledger. Sorts by place."""

    place: int
    seen: int
    id: str
    number: int


def join_feeds(one: FeedIdentity, other: FeedIdentity, *, path: str, lines: tuple[int, int]) -> FeedIdentity:
    """One feed of the two that its lines describe: that with more archive documents, if it continues the other.

    Raises LedgerError, which names both lines, where they contradict each other.
    """
    if replace(one, sealed=other.sealed) != other:
        raise LedgerError(
            f"this feed is on two lines, here and on line {lines[0]}",
            path=path,
            line=lines[1],
            text=one.key,
            hint="keep that of the branch that was published",
        )
    if any(mine != theirs for mine, theirs in zip(_list_sizes(one), _list_sizes(other), strict=False)):
        raise LedgerError(
            f"this feed was sealed into other archive documents than line {lines[0]} says",
            path=path,
            line=lines[1],
            text=one.key,
            hint=f"two branches were merged that both sealed: {_TAKE_ONE}",
        )
    return max(one, other, key=lambda feed: count_sealed(feed.sealed))


def settle_places(
    articles: Sequence[Identity], feeds: Sequence[FeedIdentity], *, path: str, lines: Sequence[int]
) -> tuple[Sequence[Identity], list[str]]:
    """The articles, each with places that no other has, and the keys of the feeds whose places have changed.

    From the first place on that several have, all are numbered again in order of arrival: first seen, then by the old
    place, then by id. `lines` are those of the articles. Raises LedgerError, which names both lines, where an archive
    document holds such a place; its `others` are those of further articles.
    """
    given: dict[str, list[int]] = {}
    for identity in articles:
        for key, place in identity.places.items():
            given.setdefault(key, []).append(place)
    shared = [key for key, places in sorted(given.items()) if len(set(places)) < len(places)]
    settled = list(articles) if shared else []
    sealed = {feed.key: count_sealed(feed.sealed) for feed in feeds}
    clashes: set[tuple[int, int]] = set()
    for key in shared:
        holders = sorted(
            _Holder(identity.places[key], identity.seen, identity.id, number)
            for number, identity in enumerate(settled)
            if key in identity.places
        )
        equal = [(one, other) for one, other in pairwise(holders) if one.place == other.place]
        for one, other in equal:
            if one.place <= sealed.get(key, 0):
                clashes.add((min(one.number, other.number), max(one.number, other.number)))
        first = equal[0][0]
        behind = sorted(holders[holders.index(first) :], key=lambda each: (each.seen, each.place, each.id))
        for place, holder in enumerate(behind, first.place):
            identity = settled[holder.number]
            settled[holder.number] = replace(identity, places={**identity.places, key: place})
    if clashes:
        raise LedgerError.gather(_tell_clashes(articles, clashes, sealed, path=path, lines=lines))
    return settled or articles, shared


def _tell_clashes(
    articles: Sequence[Identity],
    clashes: Collection[tuple[int, int]],
    sealed: Mapping[str, int],
    *,
    path: str,
    lines: Sequence[int],
) -> list[LedgerError]:
    """An error for each two articles, given by their indexes, that have a place in an archive document in common."""
    those = say_number(len({second for _, second in clashes}), "article has places", "articles have places")
    hint = (
        f"two branches were merged that both sealed, and {those} of another: {_TAKE_ONE}. Or, one by one: the article "
        "that is in the published archive documents keeps its line; from `places` of the other's delete these, and the "
        "next build puts it behind all others"
    )
    errors = []
    for first, second in sorted(clashes, key=lambda clash: clash[::-1]):
        places = _find_common(articles[first], articles[second], sealed)
        errors.append(
            LedgerError(
                f"this article has places in archive documents that the one of line {lines[first]} has too",
                path=path,
                line=lines[second],
                text=", ".join(f"{name}: {place}" for name, place in places.items()),
                hint=hint,
            )
        )
    return errors


def _list_sizes(feed: FeedIdentity) -> Iterator[int]:
    """The number of entries of each archive document, in order."""
    return chain.from_iterable(repeat(entries, documents) for entries, documents in feed.sealed)


def _find_common(one: Identity, other: Identity, sealed: Mapping[str, int]) -> dict[str, int]:
    """The places in archive documents that two articles both have, by the feed's key."""
    return {
        key: place
        for key, place in one.places.items()
        if other.places.get(key) == place and place <= sealed.get(key, 0)
    }
