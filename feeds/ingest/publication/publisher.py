"""Publishing an article: what its seeds say and the ledger knows becomes an entry, and rows of the library."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from feeds.article import Article, Found, derive_headline, dump_article
from feeds.dates import Stamp
from feeds.dates.instants import DAY, find_ahead, to_datetime
from feeds.feed import Entry
from feeds.ingest.feedrows import FeedRows
from feeds.ingest.identity.ids import mint_path
from feeds.ingest.identity.likeness import are_same_words, digest_words
from feeds.ingest.publication.entries import (
    Facts,
    make_corrections,
    make_entry,
    make_notice,
    summarise_article,
)
from feeds.ingest.publication.instants import find_nudge, find_published, find_updated
from feeds.ingest.publication.renditions import Rendition
from feeds.ingest.publication.rights import find_rights, keep_to_rights, list_names
from feeds.ingest.work import Work
from feeds.store import Identity, is_in_corrections, render_identity
from feeds.store.feeds import ALL, CORRECTIONS, StoredFeed
from feeds.text import load_catalogue


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article to publish: its id, all its natural keys, its text and the file that gives it.

    `identity` is what the ledger knows, None for a new one. `stays`: its files are gone, so that it stays in the feeds
    that it is in. `layout` names how its page was read, `page` is a digest of the file, `words` one of what its text
    says, where that is known, and `record` the JSON that `article` was loaded from.
    """

    id: str
    keys: tuple[str, ...]
    article: Article
    seed: str
    page: str
    record: str
    layout: str | None
    identity: Identity | None
    stays: bool = False
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article whose entry is made and not rendered yet.

    `record` is its JSON as it is published, `feeds` those where it stays if its files are gone. `ahead` is when the
    `updated` that its page prints is believed, if that is still to come.
    """

    candidate: Candidate
    article: Article
    record: str
    identity: Identity
    category: StoredFeed
    entry: Entry
    published: int
    updated: int
    feeds: tuple[StoredFeed, ...]
    ahead: int | None


@dataclass(frozen=True, slots=True)
class ArticleRows:
    """What the library keeps of an article, as rows of `articles` and `entries`, and what goes with it elsewhere.

    `identity` is what the ledger says; `is_known`: it had the article before.
    """

    row: dict[str, Any]
    entry: dict[str, Any]
    identity: Identity
    published: int
    is_known: bool


def find_sections(layout: str | None) -> Mapping[str, str]:
    """A layout's map of the first path segment of an address to a category."""
    if layout is None:
        return {}
    # Costs a quarter of a second to import, and most runs publish nothing.
    from feeds.parse import find_layout

    return find_layout(layout).sections


def find_label(candidate: Candidate, feeds: FeedRows) -> str:
    """The category of an article, as its page prints it; of one that stays in its feeds, else the name of theirs.

    How the page of that one was read, and so what its address says of its category, is known no more.
    """
    category = _find_category(_find_kept(candidate, feeds))
    kept = category.label if category is not None else None
    return candidate.article.category or kept or feeds.label_of(candidate.article, find_sections(candidate.layout))


def _find_kept(candidate: Candidate, feeds: FeedRows) -> list[StoredFeed]:
    """The feeds that an article stays in whose files are gone; none for another."""
    identity = candidate.identity
    if identity is None or not candidate.stays:
        return []
    return [feeds.by_key[key] for key in identity.places if key not in identity.left]


def _find_category(feeds: Iterable[StoredFeed]) -> StoredFeed | None:
    """The one among feeds that is a category's."""
    return next((feed for feed in feeds if feed.is_category), None)


class Publisher:
    """Makes rows of articles. `is_taken(instant, id)`: whether another entry has this `updated`.

    The run's `now` is the instant of first sight, correction and withdrawal.
    """

    def __init__(self, work: Work, is_taken: Callable[[int, str], bool]) -> None:
        self._config, self._feeds, self._now, self._is_first = work.config, work.feeds, work.now, work.is_first
        self._catalogue = load_catalogue(work.config.site.language)
        self._is_taken = is_taken

    def first_sight(self, identifier: str, article: Article) -> tuple[int, int, str]:
        """Sorts new articles in order of arrival: first seen, published, id."""
        published = _find_published(identifier, article, None)
        # A date alone is at noon, which may be still to come.
        return (min(published, self._now) if self._is_first else self._now), published, identifier

    def prepare(self, candidate: Candidate) -> Prepared:
        """The article's entry, with the id and the instants from the ledger."""
        article = candidate.article
        ahead = find_ahead(article.updated, article.zone, now=self._now)
        if ahead is not None:
            article = replace(article, updated=None)
        kept, label = _find_kept(candidate, self._feeds), find_label(candidate, self._feeds)
        category = _find_category(kept) or self._feeds.find_category(label, said_in=candidate.seed)
        if not article.headline and article.status != "withdrawn":
            derived = ("headline", Found(None, "derived from the first sentence"))
            headline = derive_headline(article) or self._catalogue.say("untitled")
            article = replace(article, headline=headline, found=(*article.found, derived))
        identity = self._identify(candidate, article)
        published = _find_published(candidate.id, article, identity.seen)
        identity, updated = self._settle_updated(identity, article, published)
        setting, namespace = self._feeds.setting(category), self._feeds.namespace
        facts = Facts(identity, category, setting, namespace, published=published, updated=updated)
        if identity.withdrawn is None:
            article = self._finish(article, identity, label, stays=candidate.stays)
            entry = make_entry(article, facts, self._config, self._catalogue)
        else:
            entry = make_notice(article, facts, self._config, self._catalogue)
        record = candidate.record if article is candidate.article else _dump(article)
        return Prepared(candidate, article, record, identity, category, entry, published, updated, tuple(kept), ahead)

    def publish(self, prepared: Prepared, rendition: Rendition) -> ArticleRows:
        """The article as the library keeps it.

        Gives it places in its feeds' sequences and marks those stale.
        """
        candidate, article, identity, entry = prepared.candidate, prepared.article, prepared.identity, prepared.entry
        feeds = prepared.feeds or self._feeds.find_feeds(article, prepared.category, said_in=candidate.seed)
        self._place(identity, feeds, is_known=candidate.identity is not None)
        if is_in_corrections(identity):
            self._feeds.by_key[CORRECTIONS].note_change(max(identity.buried or 0, identity.back.get(ALL, 0)))
        row = {
            "id": identity.id,
            "path": identity.path,
            "line": render_identity(identity),
            "guid": identity.guid,
            "stale": 1,
            "seed": candidate.seed,
            "category": prepared.category.key,
            "seen": identity.seen,
            "published": prepared.published,
            "updated": prepared.updated,
            "changed": max(prepared.updated, identity.seen, identity.buried or identity.seen),
            "withdrawn": identity.withdrawn or 0,
            "buried": int(identity.buried is not None),
            "corrected": max(*identity.corrected, identity.withdrawn or 0, 0),
            "canonical": int(article.url is None),
            "language": article.language,
            "headline": entry.title,
            "summary": entry.summary,
            "size": rendition.size,
        }
        written = {"article": identity.id, "packed": rendition.packed}
        return ArticleRows(row, written, identity, prepared.published, candidate.identity is not None)

    def _finish(self, article: Article, identity: Identity, category: str, *, stays: bool) -> Article:
        """The article as it is published: kept to its rights, with the notice of its last correction."""
        names = list_names(article, self._feeds.names_of(category))
        rights = find_rights(names, article.access, self._config.rules)
        article = keep_to_rights(article, rights, self._config, summary=summarise_article(article))
        if article.blocks and rights.extent == "full" and not stays:
            # What is kept without a file has its notices already.
            notices = make_corrections(article, identity, self._config, self._catalogue)
            article = replace(article, blocks=(*article.blocks, *notices)) if notices else article
        return article

    def _identify(self, candidate: Candidate, article: Article) -> Identity:
        """What the ledger will say: the article's line, new or brought up to date."""
        known = candidate.identity
        # What is kept without a file is cut to its rights: its words are not those that the file had.
        words = known.words if known is not None and candidate.stays else candidate.words or digest_words(article)
        if known is None:
            known = Identity(
                id=candidate.id,
                path=mint_path(candidate.id, article.headline or "", self._catalogue),
                keys=candidate.keys,
                seen=self.first_sight(candidate.id, article)[0],
                words=words,
                page=candidate.page,
            )
        corrected, resumed, withdrawn, buried = known.corrected, known.resumed, known.withdrawn, known.buried
        if article.status == "withdrawn" or known.order == "withdraw":
            withdrawn = withdrawn or (_find_told(candidate.id, article) if self._is_first else self._now)
            last_day = withdrawn + self._config.feeds.notice_days * DAY
            buried = last_day if self._now >= last_day else None
            words = known.words
        elif withdrawn is not None or (not are_same_words(words, known.words) and candidate.page != known.page):
            # Where the file is what it was, another version of this program reads it otherwise: that corrects nothing.
            # Two in one second are one: a correction is known by its instant.
            if are_same_words(words, known.words) and self._now not in corrected:
                resumed = (*resumed, self._now)
            corrected = (*(instant for instant in corrected if instant != self._now), self._now)
            withdrawn, buried = None, None
        identity = replace(
            known,
            keys=candidate.keys,
            words=words,
            page=candidate.page,
            places=dict(known.places),
            left=dict(known.left),
            back=dict(known.back),
            corrected=corrected,
            resumed=resumed,
            withdrawn=withdrawn,
            buried=buried,
        )
        if not candidate.stays:
            identity = replace(identity, reasons=_find_reasons(identity, candidate.identity, article.reason))
        is_noticed = withdrawn is not None or known.withdrawn is not None
        return _keep_for_notice(identity, article, candidate.seed) if is_noticed and not candidate.stays else identity

    def _place(self, identity: Identity, feeds: Sequence[StoredFeed], *, is_known: bool) -> None:
        """Give the article a place in each feed where it has none; note which feeds it left."""
        if ALL in identity.left:
            # It was nowhere: feeds that it left before that have its tombstone.
            for key in identity.left:
                self._feeds.by_key[key].note_change(self._now)
        for feed in feeds:
            feed.stale = True
            if identity.left.pop(feed.key, None) is not None:
                self._note_return(identity, feed)
            if feed.key not in identity.places:
                if is_known and not feed.is_new:
                    self._note_return(identity, feed)
                feed.places += 1
                identity.places[feed.key] = feed.places
        for key in identity.places.keys() - identity.left.keys() - {feed.key for feed in feeds}:
            identity.left[key] = self._now
            identity.back.pop(key, None)
            self._feeds.by_key[key].note_change(self._now)

    def _note_return(self, identity: Identity, feed: StoredFeed) -> None:
        identity.back[feed.key] = self._now
        feed.note_change(self._now)

    def _settle_updated(self, identity: Identity, article: Article, published: int) -> tuple[Identity, int]:
        """The `updated` of the entry, distinct from all others; the seconds that it moved are kept in the ledger."""
        printed = find_updated(article.updated, article.zone, published=published)
        base = max(printed, *identity.corrected, identity.withdrawn or printed)
        nudge = identity.nudge
        if self._is_taken(base + nudge, identity.id):
            nudge = find_nudge(base, lambda instant: self._is_taken(instant, identity.id), is_printed=base == printed)
        return replace(identity, nudge=nudge), base + nudge


def _keep_for_notice(identity: Identity, article: Article, file: str) -> Identity:
    """The line with what a notice of withdrawal needs when the file is gone: its date and its reason.

    It also has the path of that file, by which an operator may name it. An operator's reason stays. What is published
    again needs none of them.
    """
    if identity.withdrawn is None:
        reason = identity.reason if identity.order is not None else None
        return replace(identity, published=None, reason=reason, file=None)
    published = _find_published(identity.id, article, identity.seen)
    return replace(
        identity,
        published=None if published == identity.seen else published,
        reason=identity.reason if identity.order is not None else identity.reasons.get(identity.withdrawn),
        file=file,
    )


def _find_reasons(identity: Identity, before: Identity | None, reason: str | None) -> dict[int, str]:
    """The reasons of an article's corrections, and of its withdrawal by its file, with that which its file gives now.

    A reason belongs to what came with it: one that was there before says nothing of a later correction. One that was
    written, changed or taken away later is that of the last correction. What is published for the first time with a
    reason has it from then on.
    """
    told = identity.reasons
    is_ordered = identity.order is not None
    if reason == told.get(max(told, default=0)) or (is_ordered and identity.withdrawn is not None):
        return told
    at = max(*identity.corrected, identity.withdrawn or 0, 0) or identity.seen
    if reason is not None:
        return {**told, at: reason}
    is_known = before is not None and at in {*before.corrected, before.withdrawn}
    return {instant: text for instant, text in told.items() if instant != at} if is_known else told


def _find_told(identifier: str, article: Article) -> int:
    """When the page itself last changed: an article withdrawn before the first build was never seen here."""
    return find_updated(article.updated, article.zone, published=_find_published(identifier, article, None))


def _find_published(identifier: str, article: Article, seen: int | None) -> int:
    if article.published is None:
        # Pages without a date are held back when they are read.
        raise AssertionError(f"{identifier}: published without a date")
    return find_published(article.published, article.zone, identifier=identifier, seen=seen)


def _dump(article: Article) -> str:
    return json.dumps(dump_article(article), ensure_ascii=False)


def make_ghost(identity: Identity) -> Article:
    """An article whose seeds are gone, as far as the ledger knows it: that it is withdrawn."""
    published = identity.seen if identity.published is None else identity.published
    return Article(published=Stamp(to_datetime(published), "second"), zone="UTC", status="withdrawn")
