"""The pages of articles. All but the article itself is the same on every page, so worker processes can render them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus

from markupsafe import Markup

from feeds.article import Article, Dateline, load_record
from feeds.config import Config
from feeds.config.settings import FeedSet
from feeds.dates import Stamp
from feeds.dates.instants import to_datetime
from feeds.ingest.feedrows import name_member
from feeds.render import pages, views
from feeds.render.body import render_body
from feeds.render.phrases import make_time, say_day
from feeds.site.corrections import list_marks
from feeds.site.resource import HTML, Resource, make_resource
from feeds.store import parse_identity
from feeds.store.articles import StoredArticle
from feeds.store.feeds import ALL
from feeds.text import load_catalogue, name_host

FindPage = Callable[[FeedSet, str], str | None]
"""The path of the page of what an article is filed under in a further feed set, if there is one."""


@dataclass(frozen=True, slots=True)
class ArticlePages:
    """Makes the pages of articles.

    By the keys of feeds: `categories` are those of articles, also those that are not published any more; `sets` the
    paths of the pages of further feed sets; `addresses` those of all feeds that are published.
    """

    config: Config
    site: views.SiteView
    categories: Mapping[str, views.Label]
    sets: Mapping[str, str]
    addresses: Mapping[str, tuple[views.FeedAddress, ...]]

    def make(self, article_and_copies: tuple[StoredArticle, tuple[views.Link, ...]]) -> Resource:
        """The page of an article, or the notice in its place where it was withdrawn.

        Takes one argument, for `Workers.map`: the article, and the links to its near-copies.
        """
        stored, copies = article_and_copies
        article = load_record(stored.record)
        if stored.withdrawn:
            return make_resource(stored.path, HTTPStatus.GONE, self._render_notice(stored, article), HTML)
        return make_resource(stored.path, HTTPStatus.OK, self._render(stored, article, copies), HTML)

    def _render(self, stored: StoredArticle, article: Article, copies: tuple[views.Link, ...]) -> bytes:
        find_page = partial(self._find_page, self._find_sets(stored))
        view = views.ArticleView(
            headline=article.headline or "",
            path=stored.path,
            body=Markup(render_body(article.blocks, load_catalogue(self.config.site.language))),  # noqa: S704 (made of escaped text and sanitised HTML)
            category=self.categories.get(stored.category or ALL),
            feeds=self.addresses.get(stored.category or ALL, self.addresses[ALL]),
            published=tell_time(article.published, article, self.config),
            updated=tell_time(article.updated, article, self.config) if article.updated != article.published else None,
            kicker=article.kicker,
            dateline=self._make_dateline(article.dateline, find_page) if article.dateline else None,
            summary=stored.summary,
            is_shortened=article.shortened is not None,
            is_paid=article.access == "paid",
            authors=tuple(views.Label(name, find_page("author", name)) for name in article.authors),
            tags=tuple(views.Label(tag, find_page("tag", tag)) for tag in article.tags),
            source=self._make_source(article, find_page),
            url=article.url,
            language=find_foreign_language(article, self.config),
            copies=copies,
            marks=list_marks(parse_identity(stored.line), load_catalogue(self.config.site.language)),
        )
        return pages.render_page(self.site, view)

    def _render_notice(self, stored: StoredArticle, article: Article) -> bytes:
        identity = parse_identity(stored.line)
        withdrawn = identity.withdrawn
        zone = self.config.site.timezone
        catalogue = load_catalogue(self.config.site.language)
        notice = views.WithdrawnView(
            path=stored.path,
            category=self.categories.get(stored.category or ALL),
            headline=article.headline,
            reason=identity.reason,
            withdrawn=None if withdrawn is None else make_time(to_datetime(withdrawn), zone, zone, catalogue),
            language=find_foreign_language(article, self.config),
            marks=list_marks(identity, catalogue),
        )
        return pages.render_page(self.site, notice)

    def _find_sets(self, stored: StoredArticle) -> Mapping[str, str]:
        """Of `sets`, those that an article is in."""
        if not self.sets:
            return {}
        identity = parse_identity(stored.line)
        keys = identity.places.keys() & self.sets.keys() - identity.left.keys()
        return {key: self.sets[key] for key in keys}

    def _find_page(self, sets: Mapping[str, str], name: FeedSet, label: str) -> str | None:
        """The path of the page of what an article is filed under in a further feed set, if it is among these."""
        # The key of such a feed is its slug, for it is never renamed.
        return sets.get(name_member(name, label, load_catalogue(self.config.site.language))) if sets else None

    def _make_dateline(self, dateline: Dateline, find_page: FindPage) -> views.Dateline | None:
        place, agency = dateline.place, dateline.agency
        if not (place or dateline.day or agency):
            return None
        return views.Dateline(
            place=views.Label(place, find_page("place", place.title())) if place else None,
            day=say_day(dateline.day, load_catalogue(self.config.site.language)) if dateline.day else None,
            agency=views.Label(agency, find_page("author", agency)) if agency else None,
        )

    def _make_source(self, article: Article, find_page: FindPage) -> views.Label | None:
        """The publisher by the host of the original; without one, the source if it has a page."""
        path = find_page("source", article.source) if article.source else None
        if article.url and (host := name_host(article.url)):
            return views.Label(host, path)
        return views.Label(article.source, path) if article.source and path else None


def find_foreign_language(article: Article, config: Config) -> str | None:
    """The language of an article's text where it is not the site's."""
    return article.language if article.language != config.site.language else None


def tell_time(stamp: Stamp | None, article: Article, config: Config) -> views.Time | None:
    """A stamp of an article as pages show it."""
    if stamp is None:
        return None
    return make_time(stamp.value, article.zone, config.site.timezone, load_catalogue(config.site.language))
