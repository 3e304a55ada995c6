"""Feed documents, for subscribers and for the archive: rendered entries joined in their shell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from feeds.config import Config
from feeds.dates.instants import DAY, to_datetime, to_seconds
from feeds.feed import Feed, FormatName, Term, select
from feeds.ingest.preparation import NAMESPACE
from feeds.render.formats import BY_NAME, render_entry
from feeds.render.opml import Subscription, render_opml
from feeds.site.archives import Archive, find_updated, join_entries, render_gone
from feeds.site.corrections import find_corrections, make_entries
from feeds.site.names import NamedFeed, absolute
from feeds.site.routes import STATIC, Routes
from feeds.site.static import find_file
from feeds.store import Connection, read_fact
from feeds.store.feeds import (
    CORRECTIONS,
    GoneEntry,
    StoredEntry,
    StoredFeed,
    find_entries,
    find_gone,
    find_sealed,
    has_archives,
)
from feeds.text import Catalogue

EMPTY_SINCE = 946_684_800
"""The `updated` of a feed that never had an entry: constant, so that an empty feed's bytes are too (2000-01-01)."""
SHELL_BYTES = 4000
"""What the byte budget reserves for everything around the entries."""
GONE_PART = 10
"""Tombstones may take one part in so many of the byte budget."""


@dataclass(frozen=True, slots=True)
class Documents:
    """Makes the feed documents of a site. `files` are the names of the files below /static/.

    A document's rows are kept until another document is rendered, because its formats are rendered one after another.
    """

    connection: Connection
    config: Config
    catalogue: Catalogue
    routes: Routes
    files: frozenset[str]
    _kept: dict[tuple[str, int], Sequence[StoredEntry | GoneEntry]] = field(default_factory=dict, init=False)

    def render_feed(self, named: NamedFeed, format_name: FormatName) -> bytes:
        """A feed's subscription document in a format."""
        feed = named.feed
        if feed.key == CORRECTIONS:
            return self._render_corrections(named, format_name)
        settings = self.config.feeds
        archived = has_archives(self.config, feed.key) and format_name in settings.archives
        found = self._keep((feed.key, 0), lambda: self._find_newest(feed))
        record = self._describe(
            named,
            folder=feed.folder,
            updated=max(find_updated(found), feed.removed) or EMPTY_SINCE,
            previous=feed.documents if archived else 0,
        )
        return join_entries(record, found, format_name)

    def _find_newest(self, feed: StoredFeed) -> list[StoredEntry | GoneEntry]:
        """The entries of a subscription document, then those that left within `notice_days` of the feed's last change.

        Not within `notice_days` of now: a document's bytes must not change just because a day has passed.
        """
        settings = self.config.feeds
        candidates = find_entries(self.connection, feed, entries=settings.entries, hours=settings.hours)
        since = max(feed.removed, *(entry.changed for entry in candidates), 0) - settings.notice_days * DAY
        size, gone = 0, []
        for entry in find_gone(self.connection, feed, since=since, limit=settings.entries):
            size += len(render_gone(entry, "atom"))
            if size > settings.max_bytes // GONE_PART:
                break
            gone.append(entry)
        entries = select(
            candidates,
            entries=settings.entries,
            hours=settings.hours,
            max_bytes=settings.max_bytes - SHELL_BYTES - size,
            sealed_through=feed.sealed_through if has_archives(self.config, feed.key) else None,
        )
        return [*entries, *gone]

    def _keep(
        self, key: tuple[str, int], find: Callable[[], Sequence[StoredEntry | GoneEntry]]
    ) -> Sequence[StoredEntry | GoneEntry]:
        if key not in self._kept:
            self._kept.clear()
            self._kept[key] = find()
        return self._kept[key]

    def _render_corrections(self, named: NamedFeed, format_name: FormatName) -> bytes:
        found = find_corrections(self.connection, limit=self.config.feeds.entries)
        namespace = read_fact(self.connection, NAMESPACE) or ""
        entries = list(make_entries(found, self.config, self.catalogue, namespace=namespace))
        updated = max(named.feed.removed, *(to_seconds(entry.updated) for entry in entries), 0) or EMPTY_SINCE
        record = self._describe(named, folder=named.feed.folder, updated=updated, previous=0)
        return BY_NAME[format_name].render_shell(record).join(render_entry(entry)[format_name] for entry in entries)

    def render_archive(self, named: NamedFeed, number: int, format_name: FormatName) -> bytes:
        """A sealed archive document in a format."""
        archive = self.find_archive(named, number)
        return join_entries(archive.feed, archive.entries, format_name)

    def find_archive(self, named: NamedFeed, number: int) -> Archive:
        """What a sealed archive document is made of."""
        feed = named.feed
        found = self._keep((feed.key, number), lambda: find_sealed(self.connection, feed, number))
        record = self._describe(
            named,
            folder=self.routes.folder_of_archive(feed, number),
            updated=find_updated(found) or EMPTY_SINCE,
            previous=number - 1,
            number=number,
        )
        return Archive(record, found, self.routes.list_archive(feed, number))

    def _describe(
        self, named: NamedFeed, *, folder: str, updated: int, previous: int, number: int | None = None
    ) -> Feed:
        """The Feed of a document in `folder`; `number` and `previous` are those of archive documents, 0 for none."""
        site, feed = self.config.site, named.feed
        icon, logo = find_file(self.files, "icon"), find_file(self.files, "logo")
        following = 0 if number is None or number == feed.documents else number + 1

        def archive(document: int) -> str | None:
            return self._address(self.routes.folder_of_archive(feed, document)) if document else None

        return Feed(
            id=feed.id,
            title=named.title,
            subtitle=named.subtitle,
            home=named.home,
            folder=self._address(folder),
            language=site.language,
            updated=to_datetime(updated),
            author=site.author or site.title,
            max_age_seconds=self.config.feeds.max_age_seconds,
            rights=site.rights,
            icon=self._address(STATIC + icon),
            logo=self._address(STATIC + logo) if logo else None,
            categories=(Term(feed.slug, named.name, site.base_url),) if feed.is_category else (),
            is_archive=number is not None,
            current=None if number is None else self._address(feed.folder),
            previous=archive(previous),
            following=archive(following),
        )

    def _address(self, path: str) -> str:
        return absolute(self.config, path)


def render_subscriptions(config: Config, feeds: Sequence[NamedFeed]) -> bytes:
    """The OPML of the categories' Atom feeds. The feed of all is not in it: no reader merges entries across feeds."""
    # OPML needs an outline: until there is a category, it is the feed of all.
    listed = [each for each in feeds if each.feed.is_category] or feeds[:1]
    subscriptions = [
        Subscription(each.title, absolute(config, each.feed.folder + BY_NAME["atom"].file_name), each.home)
        for each in listed
    ]
    return render_opml(config.site.title, subscriptions, language=config.site.language)
