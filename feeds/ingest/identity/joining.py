"""Which files have a natural key in common, and are one article for it: one pass over files and ledger. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter

from feeds.ingest.identity.groups import MAX_HOLDERS, Group, Known, Seed
from feeds.ingest.identity.keys import (
    STRONG_KINDS,
    WEAK_KINDS,
    KeysByKind,
    are_named_apart,
    group_by_kind,
    kind_of,
    may_join,
)
from feeds.ingest.identity.likeness import are_mostly_same, are_same_words


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

    def group_of(self, identifier: str) -> Group:
        """The group of an article of the ledger."""
        if identifier not in self._groups:
            keys = {kind: set(keys) for kind, keys in self._known[identifier].keys.items()}
            self._groups[identifier] = Group(identifier, keys)
        return self._groups[identifier]

    def find(self, key: str) -> list[Group]:
        """The groups that have a key."""
        groups = (*self._having.get(key, ()), *map(self.group_of, self.ids_of(key)))
        return list(dict.fromkeys(group.root() for group in groups))

    def may_be_text(self, seed: Seed, group: Group, *, by: str) -> bool:
        """Whether a file may be the text of a group of which only the ledger knows."""
        return group.id is not None and _may_say(seed, self._known[group.id], by=by)

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


def join_seeds(
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
    return sorted(roots, key=lambda group: min(first[seed.path] for seed in (*group.seeds, *group.refused)))


def _find_texts(seeds: Iterable[Seed], having: _Holders, known: Mapping[str, Known]) -> dict[str, str]:
    """By path, the article of each file that is the text of one of the ledger.

    It is the same file; else that of those with the best claim which says the same, or has its path, or its first
    paragraph, or its headline, which is less, for days have several reports with one headline.
    """
    if not known:
        return {}
    texts: dict[str, str] = {}
    claims: dict[str, list[tuple[tuple[int, ...], str]]] = {}
    for seed in seeds:
        pairs = [(key, known[identifier]) for key in seed.keys for identifier in having.ids_of(key)]
        own = group_by_kind(seed.keys)
        same = next((article.id for _, article in pairs if article.page and article.page == seed.page), None)
        if same is not None:
            texts[seed.path] = same
            continue
        likely = (
            (key, each)
            for key, each in pairs
            if (_may_be(own, each.keys, by=key) and _may_say(seed, each, by=key)) or _is_renumbered(seed, each, by=key)
        )
        key, article = next(likely, ("", None))
        if article is not None:
            shared = (
                not own.get(kind, set()).isdisjoint(article.keys.get(kind, ())) for kind in ("file", "lead", "report")
            )
            sign = (are_same_words(seed.words, article.words), _may_be(own, article.keys, by=key), *shared)
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
    keys = group_by_kind(seed.keys)
    for key in seed.keys:
        for group in having.find(key):
            if group is own or not _may_be(own.keys if own else keys, group.keys, by=key):
                continue
            if group.text is None and not having.may_be_text(seed, group, by=key):
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


def _may_say(seed: Seed, article: Known, *, by: str) -> bool:
    """Whether a file may say what an article of the ledger does, of which only digests are left to compare with.

    A weak key is not enough: it may be that of a series, or a name that is used again. Neither is a headline of a day
    without a clock; but what is rewritten in one file under its headline and time stays itself.
    """
    match kind_of(by):
        case "report" if not article.keys.get("file", set()).isdisjoint(seed.keys):
            return True
        case "report" | "dated":
            return are_mostly_same(seed.words, article.words) is not False
        case "lead":
            return are_same_words(seed.words, article.words)
        case "file":
            return are_mostly_same(seed.words, article.words) is True
        case _:
            return True


def _is_renumbered(seed: Seed, article: Known, *, by: str) -> bool:
    """Whether a file says what an article does, word for word and with its headline and time, under another number."""
    ids = {key for key in seed.keys if kind_of(key) == "id"}
    is_same = kind_of(by) == "report" and are_same_words(seed.words, article.words)
    return is_same and (not ids or "id" not in article.keys or not ids.isdisjoint(article.keys["id"]))


def _binds(key: str, seed: Seed, group: Group, having: _Holders) -> bool:
    """Whether a text that is another article may not have a key, because a file of this group has it.

    Several may have a weak key. An `id` in its front matter was written to tell them apart by: then no headline binds
    it. But one that is an article's published id stays that article's.
    """
    if key == f"id:{group.id}":
        return True
    is_named = kind_of(seed.keys[0]) == "id" and kind_of(key) not in STRONG_KINDS
    return kind_of(key) not in WEAK_KINDS and not is_named and having.has_file(group, key)


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
