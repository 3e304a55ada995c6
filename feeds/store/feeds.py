"""Feeds, and queries for the entries and headlines that their documents and pages show."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from feeds.config import Config
from feeds.feed import FormatName
from feeds.store import schema
from feeds.store.identities import FeedIdentity, Runs, count_sealed, name_folder
from feeds.store.packing import unpack_bodies, unpack_record
from feeds.store.rows import Connection, ask, ask_value, put_rows

ALL, CORRECTIONS = "/", ":corrections"
"""Keys of the feed of all articles and of that of corrections. No category's slug can be equal to them."""
MAX_CANDIDATES = 2000
"""Entries that are considered for a feed document, whatever its settings; the byte budget cuts far below."""
_HERE = """
    SELECT place, places.published, seen, changed, size, packed
    FROM places JOIN articles ON articles.id = places.article JOIN entries ON entries.article = places.article
    WHERE feed = :feed AND current = 1
"""
_HEADLINES = """
    SELECT place, places.published, path, headline, summary, packed
    FROM places JOIN articles ON articles.id = places.article JOIN entries ON entries.article = places.article
    WHERE feed = :feed AND current = 1 AND withdrawn = 0
"""
_NEWEST = "ORDER BY places.published DESC, place DESC LIMIT :most"
_RECENT = "AND places.published >= :since ORDER BY places.published DESC LIMIT :most"
_ARRIVED = "AND seen >= :since ORDER BY place DESC LIMIT :most"
_UNSEALED = "AND place > :through ORDER BY place DESC LIMIT :most"
_LATEST = """
    SELECT seen FROM articles JOIN places ON places.article = articles.id
    WHERE feed = :feed AND place = (SELECT max(place) FROM places WHERE feed = :feed AND current = 1)
"""
"""When the article was first seen that arrived last."""
_SEALED = """
    SELECT place, places.published, seen, changed, size, packed, places.article, gone
    FROM archives JOIN places ON places.feed = archives.feed AND place BETWEEN first AND last
    JOIN articles ON articles.id = places.article LEFT JOIN entries ON entries.article = places.article
    WHERE archives.feed = :feed AND archives.number = :number ORDER BY place DESC
"""


@dataclass(slots=True)
class StoredFeed:
    """A feed of the library: what the ledger knows (FeedIdentity), and its state. Only an ingest changes it.

    `places` counts the entries of its sequence. `removed` is the newest instant (seconds since 1970) at which an entry
    left it or came back, or 0. `stale`: its documents must be rendered. `is_new`: none had a place when it was loaded.
    """

    key: str
    id: str
    slug: str
    label: str
    sealed: Runs = ()
    was: tuple[str, ...] = ()
    places: int = 0
    removed: int = 0
    stale: bool = True
    is_new: bool = True

    @property
    def identity(self) -> FeedIdentity:
        """The feed as the ledger keeps it."""
        return FeedIdentity(self.key, self.id, self.slug, self.label, self.sealed, self.was)

    @property
    def folder(self) -> str:
        """The folder of its documents and its page, as a path."""
        return name_folder(self.slug)

    @property
    def is_category(self) -> bool:
        """Whether it is a category's: not that of all or of corrections, and not one of a further feed set."""
        return self.key not in {ALL, CORRECTIONS} and "/" not in self.slug

    @property
    def set_word(self) -> str:
        """The path word of the further feed set that it is a member of; empty for the feeds of the site itself."""
        word, slash, _ = self.slug.partition("/")
        return word if slash else ""

    @property
    def sealed_through(self) -> int:
        """The last place of its sequence that is in an archive document."""
        return count_sealed(self.sealed)

    @property
    def documents(self) -> int:
        """How many archive documents there are."""
        return sum(documents for _, documents in self.sealed)

    def seal(self, entries: int) -> None:
        """Seal the next entries of the sequence into an archive document."""
        *before, (size, documents) = self.sealed or ((entries, 0),)
        last = [(entries, documents + 1)] if size == entries else [(size, documents), (entries, 1)]
        self.sealed = (*before, *last)

    def note_change(self, instant: int) -> None:
        """Note when an entry left or came back: that changes the feed, though no entry's own date says so.

        The latest counts, for a run's `now` may lie before that of an earlier one.
        """
        self.stale = True
        self.removed = max(self.removed, instant)


@dataclass(frozen=True)
class StoredEntry:
    """An entry of a feed, in each format. Instants are seconds since 1970; `size` is bytes in the largest format."""

    place: int
    published: int
    seen: int
    changed: int
    size: int
    packed: bytes

    def body(self, format_name: FormatName) -> bytes:
        """Its bytes in a format; none where only Atom has something, as for a tombstone."""
        return self._bodies[format_name]

    @cached_property
    def _bodies(self) -> dict[FormatName, bytes]:
        # Of the many that a feed may hold, those that it does, once for all formats.
        return unpack_bodies(self.packed)


@dataclass(frozen=True, slots=True)
class GoneEntry:
    """An entry whose article is in no feed any more. `left` is since when, in seconds since 1970."""

    id: str
    left: int


@dataclass(frozen=True, slots=True)
class StoredHeadline:
    """An article as lists of pages show it. `record` is the JSON of feeds.article.dump_article."""

    path: str
    headline: str
    summary: str
    record: str


@dataclass(frozen=True, slots=True)
class SealedHeadline:
    """An article as the page of an archive document lists it. `published` is in seconds since 1970."""

    path: str
    headline: str
    published: int
    language: str | None


def has_archives(config: Config, key: str) -> bool:
    """Whether a feed's history is kept in archive documents: that of all and those of categories, where switched on."""
    return bool(config.feeds.archives) and key != CORRECTIONS and (key == ALL or "/" not in key)


def load_feeds(connection: Connection) -> dict[str, StoredFeed]:
    """All feeds by key, in the order in which they were made."""
    return {
        row.key: StoredFeed(
            row.key,
            row.id,
            row.slug,
            row.label,
            sealed=tuple(map(tuple, json.loads(row.sealed))),
            was=tuple(json.loads(row.was)),
            places=row.last_place,
            removed=row.removed,
            stale=bool(row.stale),
            is_new=row.last_place == 0,
        )
        for row in ask(connection, "SELECT * FROM feeds ORDER BY rowid")
    }


def save_feeds(connection: Connection, feeds: Iterable[StoredFeed]) -> None:
    """Write all feeds."""
    # All at once: two categories may have swapped their slugs.
    ask(connection, "DELETE FROM feeds")
    rows = [
        {
            "key": feed.key,
            "id": feed.id,
            "slug": feed.slug,
            "label": feed.label,
            "was": json.dumps(feed.was),
            "last_place": feed.places,
            "sealed": json.dumps(feed.sealed),
            "removed": feed.removed,
            "stale": int(feed.stale),
        }
        for feed in feeds
    ]
    put_rows(connection, schema.feeds, rows)


def find_entries(connection: Connection, feed: StoredFeed, *, entries: int, hours: int) -> list[StoredEntry]:
    """The entries of a feed that its subscription document may hold.

    Those are the newest by publication, all within `hours` of the newest publication or the newest first sight, and
    all that are in no archive document yet. In no particular order; `feeds.feed.select` chooses among them.
    """
    key, most = feed.key, MAX_CANDIDATES
    newest = ask(connection, _HERE + _NEWEST, feed=key, most=entries)
    found = {row.place: StoredEntry(*row) for row in newest}
    if not found:
        return []
    others = [ask(connection, _HERE + _UNSEALED, feed=key, through=feed.sealed_through, most=most)]
    if hours:
        since = max(entry.published for entry in found.values()) - hours * 3600
        latest = ask_value(connection, _LATEST, feed=key) or 0
        others += [
            ask(connection, _HERE + _RECENT, feed=key, since=since, most=most),
            ask(connection, _HERE + _ARRIVED, feed=key, since=latest - hours * 3600, most=most),
        ]
    for rows in others:
        for row in rows:
            found.setdefault(row.place, StoredEntry(*row))
    return list(found.values())


def find_sealed(connection: Connection, feed: StoredFeed, number: int) -> list[StoredEntry | GoneEntry]:
    """The entries of an archive document, in reverse order of arrival; none of an article whose text is not known."""
    found: list[StoredEntry | GoneEntry] = []
    for row in ask(connection, _SEALED, feed=feed.key, number=number):
        if row.size is not None:
            found.append(StoredEntry(*row[:6]))
        elif row.gone is not None:
            found.append(GoneEntry(row.article, row.gone))
    return found


def find_gone(connection: Connection, feed: StoredFeed, *, since: int, limit: int) -> list[GoneEntry]:
    """The articles that had a place in a feed and went from all feeds at this instant or later, the last first."""
    query = """
        SELECT article, gone FROM places WHERE feed = :feed AND gone >= :since
        ORDER BY gone DESC, place DESC LIMIT :limit
    """
    return [GoneEntry(row.article, row.gone) for row in ask(connection, query, feed=feed.key, since=since, limit=limit)]


def find_headlines(
    connection: Connection, key: str, *, limit: int, sealed_through: int | None = None
) -> list[StoredHeadline]:
    """Articles of a feed as pages list them, the newest by publication first; withdrawn ones are not among them.

    They are the newest `limit`, and where archive documents hold the places up to `sealed_through`, all behind those.
    """
    rows = ask(connection, _HEADLINES + _NEWEST, feed=key, most=limit).fetchall()
    if sealed_through is not None:
        unsealed = ask(connection, _HEADLINES + _UNSEALED, feed=key, through=sealed_through, most=MAX_CANDIDATES)
        found = {row.place: row for row in (*rows, *unsealed)}
        rows = sorted(found.values(), key=lambda row: (row.published, row.place), reverse=True)
    return [StoredHeadline(row.path, row.headline, row.summary, unpack_record(row.packed)) for row in rows]


def find_sealed_headlines(connection: Connection, key: str, number: int) -> list[SealedHeadline]:
    """The articles of an archive document that are still in its feed, the newest first; no withdrawn ones."""
    query = """
        SELECT path, headline, places.published, language
        FROM archives JOIN places ON places.feed = archives.feed AND place BETWEEN first AND last
        JOIN articles ON articles.id = places.article
        WHERE archives.feed = :feed AND archives.number = :number AND current = 1 AND withdrawn = 0
        ORDER BY places.published DESC, place DESC
    """
    return [SealedHeadline(*row) for row in ask(connection, query, feed=key, number=number)]


def count_articles(connection: Connection) -> dict[str, int]:
    """How many articles each feed has, by its key; withdrawn ones don't count."""
    # Two counts by indexes alone: a join with all articles would cost more than the page that shows it.
    here = "SELECT feed, count(*) AS number FROM places WHERE current = 1 GROUP BY feed"
    withdrawn = """
        SELECT feed, count(*) AS number FROM places
        WHERE current = 1 AND article IN (SELECT id FROM articles WHERE withdrawn > 0) GROUP BY feed
    """
    counts: dict[str, int] = {row.feed: row.number for row in ask(connection, here)}
    for row in ask(connection, withdrawn):
        counts[row.feed] -= row.number
    return counts


def list_stale_archives(connection: Connection) -> list[tuple[str, int]]:
    """Key of the feed and number of every archive document that must be rendered again."""
    rows = ask(connection, "SELECT feed, number FROM archives WHERE stale = 1 ORDER BY feed, number")
    return [(row.feed, row.number) for row in rows]
