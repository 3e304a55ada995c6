"""Which files are one article, which of them its text is, and which are another article that claims its keys. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from operator import attrgetter, itemgetter
from typing import NamedTuple

from feeds.ingest.identity.keys import STRONG_KINDS, KeysByKind, are_named_apart, kind_of, may_join, sort_keys

MAX_HOLDERS = 8
"""A key that more articles hold without being one is a standing phrase: it joins nothing."""


@dataclass(frozen=True, slots=True)
class Seed:
    """A file of an article: its path, its natural keys, best first, and digests of its bytes and of its words.

    Of the files of one article, that with the largest `rank` gives the text.
    """

    path: str
    keys: tuple[str, ...]
    page: str
    words: str | None
    rank: str


@dataclass(frozen=True, slots=True)
class Known:
    """An article of the ledger: its id, all its keys, digests of its file and its words, whether it left all feeds.

    One that `stays` does not leave them when its files are gone.
    """

    id: str
    keys: KeysByKind
    page: str
    words: str
    has_left: bool
    stays: bool = False


@dataclass(slots=True, eq=False)
class Group:
    """Files that are one article: its id, None for a new one, and all natural keys.

    `text` is the file that others are compared with. `refused` claim one of its keys, and are another article.
    """

    id: str | None
    keys: KeysByKind = field(default_factory=dict)
    text: Seed | None = None
    seeds: list[Seed] = field(default_factory=list)
    refused: list[Seed] = field(default_factory=list)
    into: Group | None = None
    """The group that this one was merged into."""

    def root(self) -> Group:
        """The group that this one is part of now."""
        root: Group = self
        while root.into is not None:
            root = root.into
        group: Group = self
        # Straight from now on: it is asked for again and again.
        while group.into is not None:
            group.into, group = root, group.into
        return root

    def add(self, seed: Seed) -> None:
        """Take a file in."""
        for key in seed.keys:
            self.keys.setdefault(kind_of(key), set()).add(key)
        self.seeds.append(seed)
        self.text = self.text or seed

    def best(self) -> Seed:
        """The file that gives the text."""
        return max(self.seeds, key=attrgetter("rank"))

    def list_own_keys(self) -> tuple[str, ...]:
        """The keys that its files have."""
        return tuple(dict.fromkeys(key for seed in self.seeds for key in seed.keys))

    def find_rivals(self) -> dict[str, str]:
        """By the path of each refused file, that of the file whose key it claims, the best one first; else the best."""
        if not self.refused:
            return {}
        ranked = sorted(self.seeds, key=attrgetter("rank"))
        having = {key: number for number, seed in enumerate(ranked) for key in seed.keys}
        last = len(ranked) - 1
        return {
            seed.path: ranked[max((having[key] for key in seed.keys if key in having), default=last)].path
            for seed in self.refused
        }


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
    groups = _group(seeds, holders, known, differ)
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
        groups = _group(seeds, holding, told, differ)


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
            told[identifier] = Known(identifier, sort_keys(keys), best.page, best.words or "", has_left=False)
        elif old is not None:
            told[identifier] = replace(old, keys=sort_keys(keys), has_left=True)
    for identifier, each in told.items():
        if each is known.get(identifier):
            continue
        for key in chain.from_iterable(each.keys.values()):
            articles = holding.setdefault(key, [])
            if len(articles) <= MAX_HOLDERS and identifier not in articles:
                articles.append(identifier)
    return dict(holding), told


def _all_of(group: Group) -> Iterator[Seed]:
    yield from group.seeds
    yield from group.refused


class _Holders:
    """Which groups have a key: those whose files have it, in order, then those of which only the ledger says so."""

    def __init__(self, holders: Mapping[str, Sequence[str]], known: Mapping[str, Known]) -> None:
        self._holders, self._known = holders, known
        self._groups: dict[str, Group] = {}
        self._having: dict[str, list[Group]] = {}

    def ids_of(self, key: str) -> Sequence[str]:
        """The articles of the ledger that have a key, those that left last; none of a standing phrase."""
        identifiers = self._holders.get(key, ())
        if len(identifiers) > MAX_HOLDERS:
            return ()
        # Not in order of arrival: those that come in this run have none yet.
        return sorted(identifiers, key=lambda each: (self._known[each].has_left, each))

    def is_standing(self, key: str) -> bool:
        """Whether a key is a first paragraph of several articles of the ledger: it doesn't tell which is meant."""
        return kind_of(key) == "lead" and sum(not self._known[each].has_left for each in self.ids_of(key)) > 1

    def group_of(self, identifier: str) -> Group:
        """The group of an article of the ledger."""
        if identifier not in self._groups:
            keys = {kind: set(keys) for kind, keys in self._known[identifier].keys.items()}
            self._groups[identifier] = Group(identifier, keys)
        return self._groups[identifier]

    def find(self, key: str) -> list[Group]:
        """The groups that have a key."""
        identifiers = () if self.is_standing(key) else self.ids_of(key)
        groups = (*self._having.get(key, ()), *map(self.group_of, identifiers))
        return list(dict.fromkeys(group.root() for group in groups))

    def has_file(self, group: Group, key: str) -> bool:
        """Whether a file of the group has a key."""
        return any(each.root() is group for each in self._having.get(key, ()))

    def add(self, group: Group, keys: Iterable[str]) -> None:
        """Note that a file of a group has these keys."""
        for key in keys:
            if len(self._holders.get(key, ())) <= MAX_HOLDERS:
                having = self._having.setdefault(key, [])
                if len(having) < MAX_HOLDERS and group not in having:
                    having.append(group)


def _group(
    seeds: Sequence[Seed],
    holders: Mapping[str, Sequence[str]],
    known: Mapping[str, Known],
    differ: Callable[[Seed, Seed, str], bool],
) -> list[Group]:
    """The groups of files: first those that the articles of the ledger were made of, then the others, one by one."""
    having = _Holders(holders, known)
    texts = _find_texts(seeds, having, known)
    groups: dict[Group, None] = {}
    for seed in seeds:
        if seed.path in texts:
            group = having.group_of(texts[seed.path])
            group.add(seed)
            having.add(group, seed.keys)
            groups[group] = None
    for group in groups:
        group.text = group.best()
    for seed in seeds:
        if seed.path not in texts:
            groups[_place(seed, having, differ)] = None
    first = {seed.path: number for number, seed in enumerate(seeds)}
    roots = dict.fromkeys(group.root() for group in groups)
    return sorted(roots, key=lambda group: min(first[seed.path] for seed in _all_of(group)))


def _find_texts(seeds: Iterable[Seed], having: _Holders, known: Mapping[str, Known]) -> dict[str, str]:
    """By path, the article of each file that is the text of one of the ledger.

    It is the same file; else that of those with the best claim which says the same, or else most of it: its headline
    and first paragraph, of which that is the better sign, for days have several reports with one headline.
    """
    if not known:
        return {}
    texts: dict[str, str] = {}
    claims: dict[str, list[tuple[tuple[int, ...], str]]] = {}
    for seed in seeds:
        pairs = [(key, known[identifier]) for key in seed.keys for identifier in having.ids_of(key)]
        own = sort_keys(seed.keys)
        same = next((article.id for _, article in pairs if article.page and article.page == seed.page), None)
        if same is not None:
            texts[seed.path] = same
            continue
        likely = (
            (key, each)
            for key, each in pairs
            if (_may_be(own, each.keys, by=key) and not having.is_standing(key)) or _is_renumbered(seed, each, by=key)
        )
        key, article = next(likely, ("", None))
        if article is not None:
            shares_report, shares_lead = (
                not own.get(kind, set()).isdisjoint(article.keys.get(kind, ())) for kind in ("report", "lead")
            )
            sign = (
                seed.words == article.words,
                _may_be(own, article.keys, by=key),
                shares_report + shares_lead,
                shares_lead,
            )
            claims.setdefault(article.id, []).append((sign, seed.path))
    found = set(texts.values())
    for identifier, several in claims.items():
        if identifier not in found:
            # Of equals the first.
            _, path = max(several, key=itemgetter(0))
            texts[path] = identifier
    return texts


def _place(seed: Seed, having: _Holders, differ: Callable[[Seed, Seed, str], bool]) -> Group:
    """Put a file into the group that has the best of its keys, or refuse it there; else it is a new one."""
    own: Group | None = None
    keys = sort_keys(seed.keys)
    for key in seed.keys:
        for group in having.find(key):
            if group is own or not _may_be(own.keys if own else keys, group.keys, by=key):
                continue
            text = own.text or seed if own else seed
            if group.text is not None and differ(text, group.text, kind_of(key)):
                if own is None and _binds(key, seed, group, having):
                    group.refused.append(seed)
                    return group
            elif own is None:
                own = group
            elif own.id is None or group.id is None:
                own = _merge(own, group)
    own = own or Group(None)
    own.add(seed)
    having.add(own, seed.keys)
    return own


def _may_be(one: KeysByKind, other: KeysByKind, *, by: str) -> bool:
    """Whether two that share a key can be one article, as far as their other keys tell."""
    return may_join(one, other, by=by) and not are_named_apart(one, other, by=by)


def _is_renumbered(seed: Seed, article: Known, *, by: str) -> bool:
    """Whether a file says what an article does, word for word and with its headline and time, under another number."""
    ids = {key for key in seed.keys if kind_of(key) == "id"}
    is_same = kind_of(by) == "report" and seed.words is not None and seed.words == article.words
    return is_same and (not ids or "id" not in article.keys or not ids.isdisjoint(article.keys["id"]))


def _binds(key: str, seed: Seed, group: Group, having: _Holders) -> bool:
    """Whether a text that is another article may not have a key, because a file of this group has it.

    Several may begin with one paragraph. An `id` in its front matter was written to tell them apart by: then no
    headline binds it. But one that is an article's published id stays that article's.
    """
    if key == f"id:{group.id}":
        return True
    is_named = kind_of(seed.keys[0]) == "id" and kind_of(key) not in STRONG_KINDS
    return kind_of(key) != "lead" and not is_named and having.has_file(group, key)


def _merge(one: Group, other: Group) -> Group:
    """Merge two groups; the one with an id, else the first, stays."""
    stays, goes = (other, one) if other.id is not None else (one, other)
    text = stays.text or goes.text
    if len(goes.seeds) > len(stays.seeds):
        # What is small is added to what is large, however many files come to a group one by one.
        stays.keys, goes.keys, stays.seeds, goes.seeds = goes.keys, stays.keys, goes.seeds, stays.seeds
    for kind, keys in goes.keys.items():
        stays.keys.setdefault(kind, set()).update(keys)
    stays.seeds += goes.seeds
    stays.refused += goes.refused
    stays.text, goes.into = text, stays
    return stays
