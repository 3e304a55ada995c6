"""A lost ledger from the published site: places, archives, first sight, corrections, withdrawals. Pure.

What feeds and archives tell comes back; what they don't is taken to be as little as possible, and said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from feeds.adopt.corrections import History, find_key, read_corrections
from feeds.adopt.matching import Match, Matching
from feeds.adopt.plan import FeedChange, Plan, find_path, is_article_path
from feeds.adopt.records import OldArticle, OldFeed, OurArticle
from feeds.config import Config
from feeds.dates.instants import DAY, MINUTE
from feeds.ingest.identity import canonicalise_url, mint_path
from feeds.store import Identity, Ledger
from feeds.store.shelf import ALL, has_archives
from feeds.text import Catalogue, load_catalogue

_RANK: Final = {"atom": 0, "json": 1, "rss": 2}
"""Only Atom has tombstones, so only there an archive document's places are all told."""


@dataclass(frozen=True, slots=True)
class Arrivals:
    """A feed's sequence as its documents tell it: ids in order of arrival, and the sizes of the sealed documents."""

    key: str
    ids: tuple[str, ...]
    sealed: tuple[int, ...]
    is_whole: bool

    @property
    def runs(self) -> tuple[tuple[int, int], ...]:
        """The sealed documents as the ledger keeps them: runs of (entries, documents)."""
        return tuple((size, len(list(group))) for size, group in groupby(self.sealed))


def restore_ledger(
    ledger: Ledger,
    plan: Plan,
    old: Iterable[OldArticle],
    config: Config,
    *,
    pages: Mapping[str, str],
    now: int,
    is_proven: bool,
) -> tuple[Ledger, list[str]]:
    """The ledger with what our own published feeds tell, and sentences that say what they don't.

    `ledger` has the plan applied; `old` are all articles of the feeds; `pages` the paths of published pages by the key
    in them. Instants are seconds since 1970. `is_proven`: published ids were minted in the ledger's namespace.
    """
    catalogue = load_catalogue(config.site.language)
    ids = {identifier: change.id for change in plan.articles for identifier in change.match.old.ids}
    told = {identifier: article for article in old for identifier in article.ids}
    identities = {identity.id: identity for identity in ledger.articles}
    found = [_read_arrivals(key, feed) for key, feed in _choose_feeds(plan.feeds, config).items()]
    whole = [arrivals for arrivals in found if arrivals.is_whole]
    gone: dict[str, int] = {}
    for identifier in dict.fromkeys(identifier for arrivals in whole for identifier in arrivals.ids):
        if identifier not in ids:
            ids[identifier] = identifier
            identities[identifier] = _make_orphan(told[identifier], config, catalogue)
            if (deleted := told[identifier].deleted) is not None:
                gone[identifier] = deleted
    corrections = read_corrections(plan.feeds, identities.values(), ledger.namespace, config)
    for identifier in identities.keys() - {change.id for change in plan.articles} - gone.keys():
        if (article := told.get(identifier)) is not None:
            history = corrections.get(identifier, History())
            identities[identifier] = _restore_notice(identities[identifier], article, history, catalogue)
    for change in plan.articles:
        history = corrections.get(change.id, History())
        identity = identities[change.id]
        # The slug of the published page may be that of an earlier headline.
        path = pages.get(find_key(identity.path)) or history.path or identity.path
        identity = replace(identity, path=path)
        identities[change.id] = _restore_state(identity, change.match, history, config, catalogue)
    feeds = {feed.key: feed for feed in ledger.feeds}
    for arrivals in whole:
        _place(identities, arrivals, [ids[identifier] for identifier in arrivals.ids])
        feeds[arrivals.key] = replace(feeds[arrivals.key], sealed=arrivals.runs)
    for identifier, deleted in gone.items():
        identities[identifier] = replace(
            identities[identifier], left=dict.fromkeys(identities[identifier].places, deleted)
        )
    everything = next((arrivals for arrivals in whole if arrivals.key == ALL), None)
    if everything is not None:
        _restore_first_sight(identities, {ids[identifier] for identifier in everything.ids}, now)
    last = len(identities) + 1
    ordered = sorted(identities.values(), key=lambda identity: identity.places.get(ALL, last))
    restored = replace(ledger, feeds=tuple(feeds.values()), articles=tuple(ordered))
    return restored, list(_say_losses(restored, found, gone, config, is_proven=is_proven))


def find_notice_prefix(catalogue: Catalogue) -> str:
    """What the title of the notice of a withdrawal has before the headline."""
    return catalogue.say("entry_withdrawn_title", headline="\0").partition("\0")[0]


def find_doubtful(matching: Matching, catalogue: Catalogue) -> tuple[OurArticle, ...]:
    """Articles of ours that may be what was withdrawn, erased or removed, for no file fits all that is told of that.

    A tombstone has only its id: that of an article whose natural keys are others now, or of another namespace, is that
    of nothing that is known. What was published later is not it.
    """
    gone = [
        old.deleted or old.updated or 0
        for old in matching.old
        if old.deleted is not None or _read_notice(old, catalogue) is not None
    ]
    return tuple(ours for ours in matching.ours if gone and ours.published <= max(gone))


def _choose_feeds(changes: Iterable[FeedChange], config: Config) -> dict[str, OldFeed]:
    """Of each of our feeds that has an archive, the published one in the format that tells most."""
    found: dict[str, OldFeed] = {}
    for change in changes:
        key, old = change.feed.key, change.old
        if not has_archives(config, key):
            continue
        known = found.get(key)
        if known is None or (known.missing is not None, _RANK[known.head.form]) > (
            old.missing is not None,
            _RANK[old.head.form],
        ):
            found[key] = old
    return found


def _read_arrivals(key: str, feed: OldFeed) -> Arrivals:
    """Archive documents hold their entries in reverse order of arrival; what is in none stands behind them."""
    head, *archives = feed.documents
    ids: list[str] = []
    sealed = []
    for document in reversed(archives):
        ids += [entry.id for entry in reversed(document.told)]
        sealed.append(len(document.told))
    there = set(ids)
    ids += [entry.id for entry in reversed(head.told) if entry.id not in there]
    return Arrivals(key, tuple(dict.fromkeys(ids)), tuple(sealed), feed.missing is None)


def _make_orphan(old: OldArticle, config: Config, catalogue: Catalogue) -> Identity:
    """The line of an article that was published and has no seed now: its places in the archive stay its own."""
    path = next(
        (path for link in old.links if (path := find_path(link, config)) and is_article_path(path, config)), None
    )
    keys = (f"url:{canonicalise_url(link)}" for link in old.links if find_path(link, config) is None)
    return Identity(
        id=old.id,
        path=path or mint_path(old.id, "", catalogue),
        keys=tuple(keys),
        seen=old.published or 0,
        words="",
        guid=old.guid,
    )


def _restore_state(
    identity: Identity, match: Match, history: History, config: Config, catalogue: Catalogue
) -> Identity:
    """An article's nudge, or the instant of its last correction, or of its withdrawal, by the published `updated`."""
    old = match.old
    notice = config.feeds.notice_days * DAY
    if old.deleted is not None:
        order = identity.order if identity.withdrawn is not None else "withdraw"
        withdrawn, file = old.deleted - notice, match.ours.seed
        return replace(identity, order=order, withdrawn=withdrawn, buried=old.deleted, nudge=0, file=file)
    if old.updated is None:
        return identity
    corrected = history.corrected
    titles = (catalogue.say("withdrawn_title"), catalogue.say("entry_withdrawn_title", headline=match.ours.headline))
    reason = _read_notice(old, catalogue)
    if reason is not None and (old.title in titles or identity.withdrawn is not None):
        withdrawn = history.withdrawn if history.withdrawn is not None else old.updated
        nudge = max(0, old.updated - withdrawn)
        if identity.withdrawn is not None:
            # Its front matter says so, and gives the reason.
            return replace(identity, corrected=corrected, withdrawn=withdrawn, nudge=nudge)
        return replace(
            identity,
            corrected=corrected,
            order="withdraw",
            reason=reason or None,
            withdrawn=withdrawn,
            nudge=nudge,
            file=match.ours.seed,
        )
    late = old.updated - max(match.ours.updated, *corrected, 0)
    if 0 <= late < MINUTE:
        return replace(identity, corrected=corrected, nudge=late)
    if late < 0:
        return replace(identity, corrected=corrected)
    return replace(identity, corrected=(*corrected, old.updated), nudge=0)


def _restore_notice(identity: Identity, old: OldArticle, history: History, catalogue: Catalogue) -> Identity:
    """An article without a file, of which a notice tells that it was withdrawn; any other stays as it is."""
    is_titled = old.title == catalogue.say("withdrawn_title") or old.title.startswith(find_notice_prefix(catalogue))
    reason = _read_notice(old, catalogue) if is_titled else None
    if reason is None or old.updated is None:
        return identity
    withdrawn = history.withdrawn if history.withdrawn is not None else old.updated
    return replace(
        identity,
        corrected=history.corrected,
        order="withdraw",
        reason=reason or None,
        withdrawn=withdrawn,
        nudge=max(0, old.updated - withdrawn),
        published=old.published,
    )


def _read_notice(old: OldArticle, catalogue: Catalogue) -> str | None:
    """The reason that the notice of a withdrawal gives, empty where it gives none; None where it is no notice."""
    said = catalogue.say("entry_withdrawn_summary")
    if not old.text.startswith(said):
        return None
    before, _, after = catalogue.say("entry_withdrawn_reason", reason="\0").partition("\0")
    return old.text.removeprefix(said).strip().removeprefix(before).removesuffix(after)


def _place(identities: dict[str, Identity], arrivals: Arrivals, ids: Sequence[str]) -> None:
    """Give articles their places in a feed; those that its documents don't have yet come behind, in their order."""
    key, there = arrivals.key, set(ids)
    behind = sorted(
        (identity.places[key], identity.id)
        for identity in identities.values()
        if key in identity.places and identity.id not in there
    )
    order = [*ids, *(identifier for _, identifier in behind)]
    for place, identifier in enumerate(order, 1):
        identity = identities[identifier]
        identities[identifier] = replace(identity, places={**identity.places, key: place})


def _restore_first_sight(identities: dict[str, Identity], there: set[str], now: int) -> None:
    """When articles were first seen: not before they were published, nor before what arrived ahead of them.

    What the published feeds don't have arrives now.
    """
    latest = 0
    for identity in sorted(identities.values(), key=lambda one: one.places.get(ALL, 0)):
        if ALL not in identity.places:
            continue
        if identity.id in there:
            latest = max(latest, identity.seen)
            identities[identity.id] = replace(identity, seen=latest or min(identity.left.values(), default=0))
        else:
            identities[identity.id] = replace(identity, seen=now)


def _say_losses(
    ledger: Ledger, found: Sequence[Arrivals], gone: Mapping[str, int], config: Config, *, is_proven: bool
) -> Iterator[str]:
    feeds = {feed.key: feed for feed in ledger.feeds}
    for arrivals in found:
        if not arrivals.is_whole:
            yield f"the archive of {arrivals.key} breaks off, so its places and archive documents begin anew"
    there = {arrivals.key for arrivals in found}
    for key in feeds:
        is_missing = key not in there and has_archives(config, key)
        if is_missing and any(key in identity.places for identity in ledger.articles):
            yield f"no published feed of {key} was found, so its places and archive documents begin anew"
    if ALL not in {arrivals.key for arrivals in found if arrivals.is_whole}:
        yield "first sight is unknown: every article counts as first seen when it was published"
    else:
        yield "first sight is told by the order of arrival only: it is the earliest that fits"
    if gone:
        yield f"{len(gone)} tombstones have no file: what they were is not known, and their places stay theirs"
    if not is_proven:
        yield (
            f"ids that are minted from now on come from the namespace {ledger.namespace!r}, which no published id is "
            "from: if [site] id or base_url was another at the first build, remove the ledger that this writes, set id "
            'in [site] to that (of a base URL what stands behind https:, such as "//blatt.example/"), and do it again'
        )
