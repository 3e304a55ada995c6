"""Pages for people: rows of the library become the view records that the templates print."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from feeds.article import load_record
from feeds.config import Config
from feeds.dates import load_zone
from feeds.dates.instants import to_datetime
from feeds.render import pages, views
from feeds.render.formats import FORMATS
from feeds.render.phrases import make_time
from feeds.site.articles import ArticlePages, find_foreign_language, tell_time
from feeds.site.corrections import find_corrections, say_correction
from feeds.site.names import NamedFeed, absolute
from feeds.site.routes import OPML, STATIC, Routes
from feeds.site.static import find_file
from feeds.store import Connection
from feeds.store.articles import StoredArticle
from feeds.store.copies import find_partners
from feeds.store.feeds import (
    ALL,
    CORRECTIONS,
    SealedHeadline,
    StoredHeadline,
    count_articles,
    find_headlines,
    find_sealed_headlines,
)
from feeds.text import Catalogue

INDEX_HEADLINES = 5
"""Headlines on the index page: the newest of all, and of each category."""


@dataclass(frozen=True)
class Pages:
    """Makes the pages for people. `feeds` are those that are published, that of all articles first.

    `removed` are those of categories that are not.
    """

    connection: Connection
    config: Config
    catalogue: Catalogue
    routes: Routes
    feeds: tuple[NamedFeed, ...]
    removed: tuple[NamedFeed, ...]
    files: frozenset[str]

    @cached_property
    def site(self) -> views.SiteView:
        """What every page shows."""
        site = self.config.site
        return views.SiteView(
            title=site.title,
            base_url=site.base_url,
            language=site.language,
            description=site.description,
            categories=tuple(self._links[each.feed.key] for each in self.feeds if each.feed.is_category),
            rights=site.rights,
            imprint=site.imprint,
            privacy=site.privacy,
            contact=site.contact,
            corrections=self._links.get(CORRECTIONS),
            icon=STATIC + find_file(self.files, "icon"),
        )

    def render_index(self) -> bytes:
        """The page `/`."""
        sections = tuple(
            views.Section(
                title=each.name,
                path=each.feed.folder,
                count=self._counts.get(each.feed.key, 0),
                feeds=self._addresses(each),
                headlines=self._headlines(each.feed.key, INDEX_HEADLINES),
                description=each.description,
            )
            for each in self.feeds
            if each.feed.is_category
        )
        has_several = sum(1 for section in sections if section.headlines) > 1
        newest = self._headlines(ALL, INDEX_HEADLINES) if has_several else ()
        view = views.IndexView(
            feeds=self._addresses(self.feeds[0]),
            opml_url=absolute(self.config, OPML),
            # Their summaries follow below, each in its category.
            newest=tuple(replace(headline, summary=None) for headline in newest),
            sections=sections,
        )
        return pages.render_page(self.site, view)

    def render_category(self, named: NamedFeed) -> bytes:
        """The page of a category, of a member of a further feed set, or of the corrections."""
        feed = named.feed
        if feed.key == CORRECTIONS:
            headlines = self._corrections()
        else:
            # What no page of an archive document lists yet.
            sealed_through = feed.sealed_through if self.routes.has_archive_pages(feed) else None
            headlines = self._headlines(feed.key, self.config.feeds.entries, sealed_through)
        view = views.CategoryView(
            title=named.name,
            path=feed.folder,
            count=self._counts.get(feed.key, 0),
            feeds=self._addresses(named),
            headlines=headlines,
            description=named.description,
            is_category=feed.is_category,
            older=self._folder_of_archive(named, feed.documents),
        )
        return pages.render_page(self.site, view)

    def render_archive(self, named: NamedFeed, number: int) -> bytes:
        """The page of an archive document of a category."""
        feed = named.feed
        found = find_sealed_headlines(self.connection, feed.key, number)
        view = views.ArchiveView(
            title=self.catalogue.say("archive_title", category=named.name, number=str(number)),
            path=self.routes.folder_of_archive(feed, number),
            headlines=tuple(map(self._sealed_headline, found)),
            newer=feed.folder if number == feed.documents else self.routes.folder_of_archive(feed, number + 1),
            older=self._folder_of_archive(named, number - 1),
        )
        return pages.render_page(self.site, view)

    def _folder_of_archive(self, named: NamedFeed, number: int) -> str | None:
        """The path of the page of an archive document, if there is one."""
        is_there = number > 0 and self.routes.has_archive_pages(named.feed)
        return self.routes.folder_of_archive(named.feed, number) if is_there else None

    def _sealed_headline(self, row: SealedHeadline) -> views.Headline:
        # The day alone: what more a page says of its time is in the article's record, which is not read here.
        zone = self.config.site.timezone
        day = to_datetime(row.published).astimezone(load_zone(zone)).date()
        return views.Headline(
            title=row.headline,
            path=row.path,
            time=make_time(day, zone, zone, self.catalogue),
            language=row.language if row.language != self.config.site.language else None,
        )

    @cached_property
    def articles(self) -> ArticlePages:
        """Makes the pages of articles."""
        addresses = {each.feed.key: self._addresses(each) for each in self.feeds}
        categories = {each.feed.key: views.Label(each.name) for each in self.removed} | {
            each.feed.key: views.Label(each.name, each.feed.folder, each.more)
            for each in self.feeds
            if each.feed.is_category
        }
        sets = {each.feed.key: each.feed.folder for each in self.feeds if each.feed.set_word}
        return ArticlePages(self.config, self.site, categories, sets, addresses)

    def find_copies(self, stored: StoredArticle) -> tuple[views.Link, ...]:
        """Links to the near-copies of an article."""
        if not self.config.feeds.near_copies:
            return ()
        return tuple(views.Link(end.publisher, end.path) for end in find_partners(self.connection, stored.id))

    def _corrections(self) -> tuple[views.Headline, ...]:
        zone = self.config.site.timezone
        return tuple(
            views.Headline(
                title=correction.article.headline or "",
                path=correction.article.path,
                time=make_time(to_datetime(correction.at).astimezone(load_zone(zone)), zone, zone, self.catalogue),
                summary=say_correction(correction, self.config, self.catalogue),
            )
            for _, correction in find_corrections(self.connection, limit=self.config.feeds.entries)
        )

    def _headlines(self, key: str, limit: int, sealed_through: int | None = None) -> tuple[views.Headline, ...]:
        rows = find_headlines(self.connection, key, limit=limit, sealed_through=sealed_through)
        return tuple(map(self._headline, rows))

    def _headline(self, row: StoredHeadline) -> views.Headline:
        article = load_record(row.record)
        return views.Headline(
            title=row.headline,
            path=row.path,
            time=tell_time(article.published, article, self.config),
            summary=row.summary,
            language=find_foreign_language(article, self.config),
        )

    @cached_property
    def _counts(self) -> dict[str, int]:
        return count_articles(self.connection)

    @cached_property
    def _links(self) -> dict[str, views.Link]:
        return {each.feed.key: views.Link(each.name or self.config.site.title, each.feed.folder) for each in self.feeds}

    def _addresses(self, named: NamedFeed) -> tuple[views.FeedAddress, ...]:
        return tuple(
            views.FeedAddress(
                each.label,
                named.title,
                absolute(self.config, named.feed.folder + each.file_name),
                each.media_type,
            )
            for each in FORMATS
        )
