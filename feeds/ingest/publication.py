"""An article on its way into the library: what its seeds say and the ledger knows becomes a row with its entries."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from feeds.article import Article, Found, Image, Paragraph, dump_article, list_texts, load_article
from feeds.config import Config
from feeds.feed import Entry, Term
from feeds.ingest.categories import Categories, FeedRow
from feeds.ingest.identity import digest_words, key_of_path
from feeds.ingest.instants import find_nudge, find_published, find_updated, to_datetime
from feeds.parse import find_layout
from feeds.render.body import render_body
from feeds.render.formats import render_entry
from feeds.store import Identity, render_identity
from feeds.store.shelf import ALL
from feeds.text import Catalogue, cut_at_word, find_first_sentence, fold_spaces, load_catalogue, slugify, summarise
from feeds.text.sentences import DERIVED_HEADLINE_LIMIT


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article that is to be published: its id, all its natural keys, its text and the file that gives it.

    `identity` is what the ledger knows, None for a new one; `category` the key of the feed that it is in now.
    `layout` names how its page was read.
    """

    id: str
    keys: tuple[str, ...]
    article: Article
    seed: str
    layout: str | None
    identity: Identity | None
    category: str | None


class Publisher:
    """Makes rows of articles. `is_taken(instant, id)` tells whether another entry has this `updated`.

    `now` is the instant of first sight, correction and withdrawal; `is_first` whether the ledger is empty, so that
    every article counts as seen when it was published.
    """

    def __init__(
        self, config: Config, categories: Categories, *, now: int, is_first: bool, is_taken: Callable[[int, str], bool]
    ) -> None:
        self._config = config
        self._categories = categories
        self._catalogue: Catalogue = load_catalogue(config.site.language)
        self._sources = {source.name: source for source in config.sources}
        self._now = now
        self._is_first = is_first
        self._is_taken = is_taken

    def first_sight(self, candidate: Candidate) -> tuple[int, int, str]:
        """Sorts new articles in order of arrival: first seen, published, id."""
        published = self._find_published(candidate, None)
        return (published if self._is_first else self._now), published, candidate.id

    def publish(self, candidate: Candidate) -> dict[str, Any]:
        """The article's row. Gives it places in its feeds' sequences and marks them stale."""
        article = candidate.article
        label = self._categories.label_of(
            article,
            self._sources.get(article.source or ""),
            find_layout(candidate.layout).sections if candidate.layout else {},
        )
        feed = self._categories.find(label)
        if not article.headline:
            derived = ("headline", Found(None, "derived from the first sentence"))
            article = replace(article, headline=derive_headline(article), found=(*article.found, derived))
        identity = self._identify(candidate, article)
        for each in (self._categories.feeds[ALL], feed):
            each.stale = True
            identity.left.pop(each.key, None)
            if each.key not in identity.places:
                each.places += 1
                identity.places[each.key] = each.places
        if candidate.category not in {None, feed.key}:
            old = self._categories.feeds[candidate.category or ALL]
            old.stale, old.removed = True, self._now
            identity.left[old.key] = self._now
        published = self._find_published(candidate, identity.seen)
        base = max(
            find_updated(article.updated, article.zone, published=published),
            *identity.corrected,
            identity.withdrawn or 0,
        )
        nudge = identity.nudge
        if self._is_taken(base + nudge, identity.id):
            nudge = find_nudge(base, lambda instant: self._is_taken(instant, identity.id))
        identity = replace(identity, nudge=nudge)
        updated = base + nudge
        summary = article.summary or _summarise(article)
        entry = self._entry(article, identity, feed, published=published, updated=updated, summary=summary)
        rendered = render_entry(entry)
        return {
            "id": identity.id,
            "path": identity.path,
            "line": render_identity(identity),
            "stale": 1,
            "seed": candidate.seed,
            "category": feed.key,
            "published": published,
            "updated": updated,
            "changed": max(updated, identity.seen),
            "withdrawn": int(identity.withdrawn is not None),
            "headline": entry.title,
            "summary": entry.summary,
            "record": json.dumps(dump_article(article), ensure_ascii=False),
            "size": max(map(len, rendered.values())),
            **rendered,
        }

    def _identify(self, candidate: Candidate, article: Article) -> Identity:
        """What the ledger will say: the article's line, minted or brought up to date."""
        words = digest_words(article)
        withdrawn = article.status == "withdrawn"
        known = candidate.identity
        if known is None:
            seen, published, _ = self.first_sight(candidate)
            return Identity(
                id=candidate.id,
                path=self._mint_path(candidate.id, article.headline or ""),
                keys=candidate.keys,
                seen=seen,
                words=words,
                withdrawn=None if not withdrawn else published if self._is_first else self._now,
            )
        corrected = known.corrected
        if (known.withdrawn is not None and not withdrawn) or (words != known.words and known.words and not withdrawn):
            corrected += (self._now,)
        return replace(
            known,
            keys=candidate.keys,
            words=words,
            places=dict(known.places),
            left=dict(known.left),
            corrected=corrected,
            withdrawn=(known.withdrawn or self._now) if withdrawn else None,
        )

    def _entry(
        self, article: Article, identity: Identity, feed: FeedRow, *, published: int, updated: int, summary: str
    ) -> Entry:
        site = self._config.site
        setting = self._categories.setting(feed)
        title = article.headline or ""
        content = render_body(article.blocks) if self._config.feeds.content == "full" else ""
        images = tuple(block for block in article.blocks if isinstance(block, Image))
        link = article.url or site.base_url.rstrip("/") + identity.path
        if identity.withdrawn is not None:
            title = self._catalogue.say("entry_withdrawn_title", headline=title)
            summary = self._catalogue.say("entry_withdrawn_summary")
            if article.reason:
                summary += " " + self._catalogue.say("entry_withdrawn_reason", reason=article.reason)
            content, images = render_body((Paragraph(summary),)), ()
            link = site.base_url.rstrip("/") + identity.path
        agency = article.dateline.agency if article.dateline else None
        return Entry(
            id=identity.id,
            link=link,
            title=fold_spaces(title),
            summary=summary,
            content=content,
            published=to_datetime(published),
            updated=to_datetime(updated),
            authors=article.authors or ((agency,) if agency else (site.author or site.title,)),
            categories=(Term(feed.slug, (setting and setting.title) or feed.label, site.base_url),),
            language=article.language or site.language,
            tags=article.tags,
            images=images,
        )

    def _find_published(self, candidate: Candidate, seen: int | None) -> int:
        stamp = candidate.article.published
        if stamp is None:
            raise AssertionError(
                f"{candidate.seed}: published without a date"
            )  # the reading step holds such pages back
        return find_published(stamp, candidate.article.zone, identifier=candidate.id, seen=seen)

    def _mint_path(self, identifier: str, headline: str) -> str:
        slug = slugify(headline)
        return f"/{self._catalogue.paths['article']}/{key_of_path(identifier)}/{f'{slug}/' if slug else ''}"


def derive_headline(article: Article) -> str:
    """A headline from the first sentence, cut at a word, for an article whose page shows none."""
    texts = list_texts(article)
    return cut_at_word(fold_spaces(find_first_sentence(texts[0])), DERIVED_HEADLINE_LIMIT) if texts else ""


def load_record(text: str) -> Article:
    """The Article of a row's record."""
    return load_article(json.loads(text))


def _summarise(article: Article) -> str:
    texts = list_texts(article)
    return summarise(texts[0]) if texts else ""
