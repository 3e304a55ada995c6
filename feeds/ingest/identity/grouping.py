"""Which files are one article, which of them its text is, and which are another article that claims its keys. Pure.

`joining` groups them once; here that is repeated until the next run would find what this one did.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from feeds.ingest.identity.groups import MAX_HOLDERS, Group, Known, Seed
from feeds.ingest.identity.joining import join_seeds
from feeds.ingest.identity.keys import group_by_kind


def group_seeds(
    seeds: Sequence[Seed],
    *,
    holders: Mapping[str, Sequence[str]],
    known: Mapping[str, Known],
    differ: Callable[[Seed, Seed, str], bool],
    mint: Callable[[Group, set[str]], str],
    publishes: Callable[[Group], bool],
) -> list[Group]:
    """The articles that files are, each with its id, in the order of their first file.

    `seeds` are in canonical order. `holders` maps natural keys to the ids of the articles that have them already,
    and `known` such an id to what the ledger says. `differ` tells whether two texts that share a key of a kind are two
    articles, `mint` gives a new article an id that is none of these others, `publishes` tells whether the text of one
    with an id may be published: else the ledger will not know it.

    The files are grouped again with what the ledger would say then, until the next run would find what this one did.
    Where ways to group them come again and again, as a text that may not be published comes to an article, which then
    leaves, and so loses it, that counts which publishes most, whichever was there before.
    """
    groups = join_seeds(seeds, holders, known, differ)
    told = known
    before: list[_Way] = []
    wanted: _Way | None = None
    while True:
        taken = {group.id for group in groups if group.id is not None}
        for group in groups:
            if group.id is None:
                group.id = mint(group, taken)
                taken.add(group.id)
        leaving = [each.id for each in known.values() if not (each.has_left or each.stays or each.id in taken)]
        if not leaving and _is_settled(groups, holders, publishes):
            return groups
        way = _Way(
            -sum(map(publishes, groups)),
            [(group.id or "", sorted(seed.path for seed in group.seeds)) for group in groups],
            sorted(each.id for each in told.values() if each.has_left),
        )
        if wanted is None and way in before:
            wanted = min(before[before.index(way) :])
        if way == wanted:
            return groups
        before.append(way)
        holding, told = _note(groups, holders, known, told, publishes)
        told.update((identifier, replace(told[identifier], has_left=True)) for identifier in leaving)
        groups = join_seeds(seeds, holding, told, differ)


class _Way(NamedTuple):
    """A way to group files, and what the ledger said then: how many articles it publishes, negative; ids and paths."""

    published: int
    groups: list[tuple[str, list[str]]]
    left: list[str]


def _is_settled(
    groups: Sequence[Group], holders: Mapping[str, Sequence[str]], publishes: Callable[[Group], bool]
) -> bool:
    """Whether the next run knows each file as this one does: as the text of an article, or because it shares no key."""
    if any(len(group.seeds) > 1 or group.refused for group in groups):
        return False
    having = Counter(key for group in groups for key in group.seeds[0].keys)
    return all(
        publishes(group) for group in groups if any(having[key] > 1 or key in holders for key in group.seeds[0].keys)
    )


def find_forgotten(groups: Iterable[Group], holders: Mapping[str, Sequence[str]]) -> dict[str, set[str]]:
    """By article, the keys that the ledger should forget: its files don't have them any more, and another's do.

    Such as an address that a file had by mistake. A published id stays.
    """
    if not holders:
        return {}
    having: dict[str, set[str]] = {}
    for group in groups:
        for key in group.list_own_keys():
            if len(holders.get(key, ())) <= MAX_HOLDERS:
                having.setdefault(key, set()).add(group.id or "")
    forgotten: dict[str, set[str]] = {}
    for key, articles in having.items():
        for identifier in holders.get(key, ()):
            if identifier not in articles and key != f"id:{identifier}":
                forgotten.setdefault(identifier, set()).add(key)
    with_files = {group.id for group in groups if group.seeds}
    return {identifier: keys for identifier, keys in forgotten.items() if identifier in with_files}


def _note(
    groups: Sequence[Group],
    holders: Mapping[str, Sequence[str]],
    known: Mapping[str, Known],
    before: Mapping[str, Known],
    publishes: Callable[[Group], bool],
) -> tuple[dict[str, Sequence[str]], dict[str, Known]]:
    """Holders and what is known of articles, as the ledger would say after these groups."""
    forgotten = find_forgotten(groups, holders)
    holding = {key: list(articles) for key, articles in holders.items()}
    # What was published before a file came to it that may not be has left, and is known ever after.
    told = {**known, **{identifier: each for identifier, each in before.items() if each.has_left}}
    for identifier, several in forgotten.items():
        for key in several:
            holding[key].remove(identifier)
    for group in groups:
        identifier, best, is_published = group.id or "", group.best(), publishes(group)
        old = (known if is_published else before).get(identifier)
        lost = forgotten.get(identifier, set())
        keys = [key for some in (old.keys.values() if old else ()) for key in some if key not in lost]
        if is_published:
            keys += group.list_own_keys()
            told[identifier] = Known(identifier, group_by_kind(keys), best.page, best.words or "", has_left=False)
        elif old is not None:
            told[identifier] = replace(old, keys=group_by_kind(keys), has_left=True)
    for identifier, each in told.items():
        if each is known.get(identifier):
            continue
        for key in chain.from_iterable(each.keys.values()):
            articles = holding.setdefault(key, [])
            if len(articles) <= MAX_HOLDERS and identifier not in articles:
                articles.append(identifier)
    return dict(holding), told
