"""The pages of articles. All but the article itself is the same on every page, so worker processes can render them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from markupsafe import Markup

from feeds.article import Article, load_record
from feeds.config import Config
from feeds.dates import Stamp
from feeds.dates.instants import to_datetime
from feeds.render import pages, views
from feeds.render.body import render_body
from feeds.render.phrases import make_time, say_dateline
from feeds.site.resource import HTML, Resource, make_resource
from feeds.store import parse_identity
from feeds.store.articles import StoredArticle
from feeds.store.feeds import ALL
from feeds.text import load_catalogue, name_host


@dataclass(frozen=True, slots=True)
class ArticlePages:
    """Makes the pages of articles. `links` and `addresses` are those of each category and of its feeds, by its key."""

    config: Config
    site: views.SiteView
    links: Mapping[str, views.Link]
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
        view = views.ArticleView(
            headline=article.headline or "",
            path=stored.path,
            body=Markup(render_body(article.blocks)),  # noqa: S704 (made of escaped text and sanitised HTML)
            category=self._find_category(stored),
            feeds=self.addresses.get(stored.category or ALL, self.addresses[ALL]),
            published=tell_time(article.published, article, self.config),
            updated=tell_time(article.updated, article, self.config) if article.updated != article.published else None,
            kicker=article.kicker,
            dateline=say_dateline(article.dateline) if article.dateline else None,
            summary=stored.summary,
            is_shortened=article.shortened is not None,
            is_paid=article.access == "paid",
            authors=article.authors,
            tags=article.tags,
            source=name_host(article.url) if article.url else None,
            url=article.url,
            language=find_foreign_language(article, self.config),
            copies=copies,
        )
        return pages.render_article(self.site, view)

    def _render_notice(self, stored: StoredArticle, article: Article) -> bytes:
        identity = parse_identity(stored.line)
        withdrawn = identity.withdrawn
        zone = self.config.site.timezone
        catalogue = load_catalogue(self.config.site.language)
        notice = views.WithdrawnView(
            path=stored.path,
            category=self._find_category(stored),
            headline=article.headline,
            reason=identity.reason or article.reason,
            withdrawn=None if withdrawn is None else make_time(to_datetime(withdrawn), zone, zone, catalogue),
            language=find_foreign_language(article, self.config),
        )
        return pages.render_withdrawn(self.site, notice)

    def _find_category(self, stored: StoredArticle) -> views.Link:
        return self.links.get(stored.category or ALL, self.links[ALL])


def find_foreign_language(article: Article, config: Config) -> str | None:
    """The language of an article's text where it is not the site's."""
    return article.language if article.language != config.site.language else None


def tell_time(stamp: Stamp | None, article: Article, config: Config) -> views.Time | None:
    """A stamp of an article as pages show it."""
    if stamp is None:
        return None
    return make_time(stamp.value, article.zone, config.site.timezone, load_catalogue(config.site.language))
