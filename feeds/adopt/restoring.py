"""Restoring a lost ledger from the published site: places, archives, first sight, corrections, withdrawals. Pure.

Everything that feeds and archives say comes back; what they don't is assumed to be as little as possible, and reported.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from feeds.adopt.corrections import History, find_key, read_corrections
from feeds.adopt.matching import Matching
from feeds.adopt.plan import ArticleChange, FeedChange, Plan, find_path, is_article_path
from feeds.adopt.records import OldArticle, OldFeed, OurArticle
from feeds.adopt.states import read_notice, restore_notice, restore_state
from feeds.config import Config
from feeds.dates.instants import HOUR
from feeds.errors import say_number
from feeds.ingest.identity.ids import key_of_path, mint_path
from feeds.ingest.identity.keys import canonicalise_url
from feeds.ingest.publication.instants import find_offset
from feeds.store import Identity, Ledger
from feeds.store.feeds import ALL, has_archives
from feeds.text import Catalogue, load_catalogue

_RANK: Final = {"atom": 0, "json": 1, "rss": 2}
"""Which format to read, best first: only Atom has tombstones, so only there an archive document has all its places."""
_MORNING: Final = 13 * HOUR
"""From the start of a day until noon, also where clocks are changed."""


@dataclass(frozen=True, slots=True)
class Arrivals:
    """A feed's sequence as its documents have it: ids in order of arrival, and the sizes of the sealed documents."""

    key: str
    ids: tuple[str, ...]
    sealed: tuple[int, ...]
    is_whole: bool

    @property
    def runs(self) -> tuple[tuple[int, int], ...]:
        """The sealed documents as the ledger keeps them: runs of (entries, documents)."""
        return tuple((size, len(list(group))) for size, group in groupby(self.sealed))


def restore_ledger(
    ledger: Ledger, plan: Plan, old: Iterable[OldArticle], config: Config, *, pages: Mapping[str, str], now: int
) -> tuple[Ledger, list[str]]:
    """The ledger with all that our own published feeds say, and sentences about what they don't say.

    `ledger` has the plan applied; `old` are all articles of the feeds; `pages` the paths of published pages by the key
    in them. Instants are seconds since 1970.
    """
    dated = [_date_by_entry(change) for change in plan.articles]
    plan = replace(plan, articles=[change for change, _ in dated])
    ids = {identifier: change.id for change in plan.articles for identifier in change.match.old.ids}
    by_id = {identifier: article for article in old for identifier in article.ids}
    identities = {identity.id: identity for identity in ledger.articles}
    for change in plan.articles:
        if not change.match.ours.has_clock and not change.match.ours.is_known:
            identities[change.id] = replace(identities[change.id], seen=change.match.ours.published)
    found = [_read_arrivals(key, feed) for key, feed in _choose_feeds(plan.feeds, config).items()]
    whole = [arrivals for arrivals in found if arrivals.is_whole]
    orphans = {name: by_id[name] for arrivals in whole for name in arrivals.ids if name not in ids}
    gone = {name: article.deleted for name, article in orphans.items() if article.deleted is not None}
    ids |= {name: name for name in orphans}
    identities |= {name: _make_orphan(article, config) for name, article in orphans.items()}
    # Of articles that are gone only tombstones are left, without entries.
    entries = {name: article for name, article in by_id.items() if name not in gone}
    histories = read_corrections(plan.feeds, identities.values(), ledger.namespace, config)
    _restore_states(identities, plan, entries, histories, config, pages=pages)
    feeds = {feed.key: feed for feed in ledger.feeds}
    for arrivals in whole:
        _place(identities, arrivals.key, [ids[name] for name in arrivals.ids])
        feeds[arrivals.key] = replace(feeds[arrivals.key], sealed=arrivals.runs)
    for name, deleted in gone.items():
        identities[name] = replace(identities[name], left=dict.fromkeys(identities[name].places, deleted))
    everything = next((arrivals for arrivals in whole if arrivals.key == ALL), None)
    if everything is not None:
        certain = {change.id for change, is_seen in dated if is_seen}
        _restore_first_sight(identities, {ids[name] for name in everything.ids}, now, certain=certain)
    last = len(identities) + 1
    ordered = sorted(identities.values(), key=lambda identity: identity.places.get(ALL, last))
    restored = replace(ledger, feeds=tuple(feeds.values()), articles=tuple(ordered))
    return restored, list(_say_losses(restored, found, gone, config))


def _date_by_entry(change: ArticleChange) -> tuple[ArticleChange, bool]:
    """The change with the article as it was dated in the feeds, and whether it was first seen at that instant.

    What was seen before noon of its day was published as of then (feeds.ingest.publication.instants); all else at noon,
    and a part of an hour that the id gives, which may be another than that of the id that was minted again.
    """
    ours, old = change.match.ours, change.match.old
    if ours.has_clock or ours.is_known:
        return change, False
    noon = ours.published - find_offset(ours.id) + find_offset(change.id)
    told = noon if old.published is None else old.published
    is_seen = noon - _MORNING <= told < noon
    published = told if is_seen else noon
    updated = published if ours.updated == ours.published else max(published, ours.updated)
    dated = replace(ours, published=published, updated=updated)
    return replace(change, match=replace(change.match, ours=dated)), is_seen


def _restore_states(
    identities: dict[str, Identity],
    plan: Plan,
    entries: Mapping[str, OldArticle],
    histories: Mapping[str, History],
    config: Config,
    *,
    pages: Mapping[str, str],
) -> None:
    """Restore the page's path, corrections and withdrawals of articles, from entries and the feed of corrections."""
    catalogue = load_catalogue(config.site.language)
    for identifier in identities.keys() - {change.id for change in plan.articles}:
        if (article := entries.get(identifier)) is not None:
            history = histories.get(identifier, History())
            identities[identifier] = restore_notice(identities[identifier], article, history, catalogue)
    for change in plan.articles:
        history = histories.get(change.id, History())
        identity = identities[change.id]
        # The slug of the published page may be that of an earlier headline, and its key that of the published id.
        page = pages.get(find_key(identity.path)) or pages.get(key_of_path(change.id))
        path = page or history.path or identity.path
        identity = replace(identity, path=path)
        identities[change.id] = restore_state(identity, change.match, history, config, catalogue)


def find_doubtful(matching: Matching, catalogue: Catalogue) -> tuple[OurArticle, ...]:
    """Articles of ours that may have been withdrawn, erased or removed, if tombstones or notices are left unmatched.

    A tombstone has only an id, which matches nothing if the article's natural keys or the namespace have changed since.
    Articles published later than the newest of them are not meant.
    """
    gone = [
        old.deleted or old.updated or 0
        for old in matching.old
        if old.deleted is not None or read_notice(old, catalogue) is not None
    ]
    return tuple(ours for ours in matching.ours if gone and ours.published <= max(gone))


def _choose_feeds(changes: Iterable[FeedChange], config: Config) -> dict[str, OldFeed]:
    """For each of our feeds with an archive, the published one in the most complete format."""
    found: dict[str, list[OldFeed]] = defaultdict(list)
    for change in changes:
        if has_archives(config, change.feed.key):
            found[change.feed.key].append(change.old)
    return {key: min(feeds, key=_rank) for key, feeds in found.items()}


def _rank(feed: OldFeed) -> tuple[bool, int]:
    return feed.missing is not None, _RANK[feed.head.format]


def _read_arrivals(key: str, feed: OldFeed) -> Arrivals:
    """A feed's arrivals. Archive documents list theirs in reverse order; entries outside of them come last."""
    head, *archives = feed.documents
    ids: list[str] = []
    sealed = []
    for document in reversed(archives):
        ids += [entry.id for entry in reversed(document.items)]
        sealed.append(len(document.items))
    there = set(ids)
    ids += [entry.id for entry in reversed(head.items) if entry.id not in there]
    return Arrivals(key, tuple(dict.fromkeys(ids)), tuple(sealed), feed.missing is None)


def _make_orphan(old: OldArticle, config: Config) -> Identity:
    """The line of an article that was published and has no seed now: its places in the archive stay its own."""
    path = next(
        (path for link in old.links if (path := find_path(link, config)) and is_article_path(path, config)), None
    )
    keys = (f"url:{canonicalise_url(link)}" for link in old.links if find_path(link, config) is None)
    return Identity(
        id=old.id,
        path=path or mint_path(old.id, "", load_catalogue(config.site.language)),
        keys=tuple(keys),
        seen=old.published or 0,
        words="",
        guid=old.guid,
    )


def _place(identities: dict[str, Identity], key: str, ids: Sequence[str]) -> None:
    """Give articles their places in a feed; those that its documents don't have yet come last, in their order."""
    there = set(ids)
    behind = sorted(
        (identity.places[key], identity.id)
        for identity in identities.values()
        if key in identity.places and identity.id not in there
    )
    order = [*ids, *(identifier for _, identifier in behind)]
    for place, identifier in enumerate(order, 1):
        identity = identities[identifier]
        identities[identifier] = replace(identity, places={**identity.places, key: place})


def _restore_first_sight(
    identities: dict[str, Identity], there: set[str], now: int, *, certain: Collection[str]
) -> None:
    """Set when articles were first seen: not before they were published, nor before articles that arrived earlier.

    Of those that are `certain`, it is known. Articles that the published feeds don't have arrive now.
    """
    latest = 0
    for identity in sorted(identities.values(), key=lambda one: one.places.get(ALL, 0)):
        if ALL not in identity.places:
            continue
        if identity.id in there:
            latest = max(latest, identity.seen)
            if identity.id in certain:
                continue
            identities[identity.id] = replace(identity, seen=latest or min(identity.left.values(), default=0))
        else:
            identities[identity.id] = replace(identity, seen=now)


def _say_losses(ledger: Ledger, found: Sequence[Arrivals], gone: Mapping[str, int], config: Config) -> Iterator[str]:
    """A sentence for each thing that the published feeds don't say."""
    feeds = {feed.key: feed for feed in ledger.feeds}
    for arrivals in found:
        if not arrivals.is_whole:
            yield f"the archive of {arrivals.key} breaks off, so its places and archive documents start again"
    there = {arrivals.key for arrivals in found}
    for key in feeds:
        is_missing = key not in there and has_archives(config, key)
        if is_missing and any(key in identity.places for identity in ledger.articles):
            yield f"no published feed of {key} was found, so its places and archive documents start again"
    if ALL not in {arrivals.key for arrivals in found if arrivals.is_whole}:
        yield "first sight is unknown: every article counts as first seen when it was published"
    else:
        yield "first sight is told by the order of arrival: it is the earliest that fits"
    if gone:
        told = say_number(len(gone), "tombstone has", "tombstones have")
        yield f"{told} no file: what was there is not known, and every place stays taken"
