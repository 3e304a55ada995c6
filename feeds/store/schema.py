"""The tables of the library. Another schema has another VERSION, and the library is made again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

VERSION = 18
"""Raise it with every change below, and of the JSON of articles."""
TEXTS_SINCE = 11
"""The first version whose `entries` are as now, packing and records included: those outlast a change of the rest."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the types of its columns, by name, and what is unique among its rows.

    `defaults` are what a row says of columns of which nothing is known, where that isn't nothing (`make_blank`).
    `indexes` are columns, and which rows, by name. Of indexes that serve a statement equally well, SQLite takes the
    last one made, so they are made in the order that they have here.
    """

    name: str
    columns: Mapping[str, str]
    key: tuple[str, ...]
    defaults: Mapping[str, Any] = field(default_factory=dict)
    indexes: Mapping[str, str] = field(default_factory=dict)
    has_rowid: bool = True

    def define(self) -> Iterator[str]:
        """The statements that make the table and its indexes, where they are not there."""
        columns = [f"{name} {kind}" for name, kind in self.columns.items()]
        inside = ", ".join([*columns, f"PRIMARY KEY ({', '.join(self.key)})"])
        yield f"CREATE TABLE IF NOT EXISTS {self.name} ({inside}){'' if self.has_rowid else ' WITHOUT ROWID'}"
        for name, over in self.indexes.items():
            yield f"CREATE INDEX IF NOT EXISTS {name} ON {self.name} {over}"

    def make_blank(self) -> dict[str, Any]:
        """A row that says nothing: the default of each column, or None."""
        return dict.fromkeys(self.columns) | dict(self.defaults)


facts = Table(
    "facts",
    {
        "name": "TEXT NOT NULL",
        "value": "TEXT NOT NULL",
    },
    key=("name",),
)
"""Single values: the schema's version, the fingerprints of settings and code, the digest of the ledger's file."""

seeds = Table(
    "seeds",
    {
        "path": "TEXT NOT NULL",  # relative to config.toml, with slashes
        "source": "TEXT NOT NULL",
        "mark": "TEXT NOT NULL",  # changes when the file does; "" where it is read again in any case
        "digest": "TEXT NOT NULL",
        "state": "TEXT NOT NULL",  # "article", "waiting" (embargo), "draft", "undated", "aside", "error"
        "due": "INTEGER",  # when a waiting one is released
        "kind": "TEXT NOT NULL",
        "layout": "TEXT",  # how it was read
        "reason": "TEXT",  # why it is not published; of an article, the file that has its id instead
        "line": "INTEGER",
        "notes": "TEXT NOT NULL",  # JSON: what was noticed and stopped nothing
        "natural_keys": "TEXT NOT NULL",  # JSON: keys, best first
        "rank": "TEXT NOT NULL",  # sorts the files of one article: the largest gives its text
        "published": "TEXT",  # JSON: the stamp of its text, which orders new articles
        "zone": "TEXT",
        "words": "TEXT",  # digests of what its text says
        "edges": "BLOB",  # digests of its edge lines, eight bytes each; of pages without a layout only
        "article": "TEXT",  # id
    },
    key=("path",),
    defaults={"notes": "[]", "natural_keys": "[]", "rank": ""},
    indexes={
        "seeds_state": "(state, due)",
        "seeds_marks": "(path, mark)",  # what every run reads of all seeds: a tenth of their rows
        # Pages whose edge lines are counted are found without reading those with a layout.
        "seeds_counted": "(source) WHERE edges IS NOT NULL",
        "seeds_conflicting": "(state, path) WHERE reason IS NOT NULL",
        "seeds_article": "(article)",
    },
)
"""The files, as small rows: what a run reads of all of them, and often writes."""

texts = Table(
    "texts",
    {
        "path": "TEXT NOT NULL",
        "packed": "BLOB NOT NULL",  # JSON of feeds.article.dump_article, by feeds.store.packing
    },
    key=("path",),
)
"""What each seed says, in a table of its own: to update a row is to write all of it again."""

edges = Table(
    "edges",
    {
        "source": "TEXT NOT NULL",
        "digest": "INTEGER NOT NULL",
        "count": "INTEGER NOT NULL",
        "line": "TEXT",  # only of those on so many pages that they may be boilerplate
    },
    key=("source", "digest"),
    indexes={
        "edges_count": "(source, count)",
    },
)
"""How many pages of a source have each edge line: what recurs is boilerplate."""

articles = Table(
    "articles",
    {
        "number": "INTEGER NOT NULL",  # order of arrival
        "id": "TEXT NOT NULL UNIQUE",
        "path": "TEXT NOT NULL UNIQUE",
        "line": "TEXT NOT NULL",  # the article's line of the ledger
        "guid": "TEXT",  # its id in RSS and JSON Feed, where that is another
        "stale": "INTEGER NOT NULL",  # 1: its page must be rendered again
        # What the seeds say; empty for an article that has none (any more).
        "seed": "TEXT",  # the file that gives the text
        "category": "TEXT",  # the key of its category's feed
        "seen": "INTEGER",
        "published": "INTEGER",
        "updated": "INTEGER",  # with the nudge
        "changed": "INTEGER",  # the latest of updated, first seen, withdrawn
        "withdrawn": "INTEGER NOT NULL",  # when, or 0
        "buried": "INTEGER NOT NULL",  # 1: only a tombstone is left
        "canonical": "INTEGER NOT NULL",  # 1: no original is known, so its page is ours
        "language": "TEXT",
        "corrected": "INTEGER NOT NULL",  # when last corrected or withdrawn, or 0
        "headline": "TEXT",
        "summary": "TEXT",
        "size": "INTEGER",  # bytes of its entry in the largest of the formats
    },
    key=("number",),
    defaults={"withdrawn": 0, "buried": 0, "canonical": 0, "corrected": 0},
    indexes={
        "articles_withdrawn": "(withdrawn, buried)",
        "articles_updated": "(updated)",
        "articles_stale": "(stale)",
        "articles_published": "(published)",
        "articles_guid": "(guid) WHERE guid IS NOT NULL",
        "articles_gone": "(number) WHERE seed IS NULL",
        "articles_corrected": "(corrected)",
        "articles_canonical": "(canonical, withdrawn, published)",
    },
)
"""The articles. A run with one new one asks by the indexes: it must not read all of them."""

entries = Table(
    "entries",
    {
        "article": "TEXT NOT NULL",
        "packed": "BLOB NOT NULL",  # feeds.store.packing
    },
    key=("article",),
)
"""What is published of each article, as it is in the documents; none of one that its seeds have left."""

sketches = Table(
    "sketches",
    {
        "article": "TEXT NOT NULL",
        "digest": "TEXT NOT NULL",  # of its words, source and time: what pairs depend on
    },
    key=("article",),
)
"""The articles that were compared with those of other sources; empty where that is off."""

bands = Table(
    "bands",
    {
        "hash": "INTEGER NOT NULL",
        "article": "TEXT NOT NULL",
    },
    key=("hash", "article"),
    indexes={
        "bands_article": "(article)",
    },
)
"""Hashes of the bands of each article's sketch: articles that share one may be near-copies."""

copies = Table(
    "copies",
    {
        "one": "TEXT NOT NULL",  # the smaller id
        "other": "TEXT NOT NULL",
        "likeness": "REAL NOT NULL",
        "passage": "TEXT NOT NULL",  # a run of words that both have
    },
    key=("one", "other"),
    indexes={
        "copies_other": "(other)",
    },
)
"""Near-copies: pairs of articles of different sources with nearly one text."""

aliases = Table(
    "aliases",
    {
        "key": "TEXT NOT NULL",
        "article": "TEXT NOT NULL",
    },
    key=("key", "article"),
    has_rowid=False,
)
"""Natural key and article id, for all keys of all articles: several articles may have one key."""

claims = Table(
    "claims",
    {
        "key": "TEXT NOT NULL",
        "article": "TEXT NOT NULL",  # what their row in `seeds` names
    },
    key=("key", "article"),
    indexes={
        "claims_article": "(article)",
    },
    has_rowid=False,
)
"""The same for files that are not published, whose keys no article may have: withheld, or refused."""

places = Table(
    "places",
    {
        "feed": "TEXT NOT NULL",
        "place": "INTEGER NOT NULL",  # in order of arrival, from 1
        "article": "TEXT NOT NULL",
        "published": "INTEGER",
        "current": "INTEGER NOT NULL",  # 0: it left the feed
        "gone": "INTEGER",  # since when the article is in no feed any more
    },
    key=("feed", "place"),
    indexes={
        "places_newest": "(feed, current, published, place)",
        # What went last is found without reading what is there.
        "places_gone": "(feed, gone, place) WHERE gone IS NOT NULL",
        "places_article": "(article)",
    },
)
"""The sequence of each feed: which article has which place, and whether it still belongs there."""

feeds = Table(
    "feeds",
    {
        "key": "TEXT NOT NULL",
        "id": "TEXT NOT NULL",
        "slug": "TEXT NOT NULL UNIQUE",
        "label": "TEXT NOT NULL",  # the category as the pages print it
        "was": "TEXT NOT NULL",  # JSON: slugs that it had by a rename that was taken back
        "last_place": "INTEGER NOT NULL",
        "sealed": "TEXT NOT NULL",  # JSON: runs of (entries, archive documents)
        "removed": "INTEGER NOT NULL",  # the newest instant at which an entry left or came back
        "stale": "INTEGER NOT NULL",  # 1: its documents must be rendered again
    },
    key=("key",),
)
"""The feeds: that of all articles (key "/", slug ""), one a category, one a member of each further feed set."""

archives = Table(
    "archives",
    {
        "feed": "TEXT NOT NULL",
        "number": "INTEGER NOT NULL",  # from 1
        "first": "INTEGER NOT NULL",  # places
        "last": "INTEGER NOT NULL",
        "stale": "INTEGER NOT NULL",
    },
    key=("feed", "number"),
)
"""Sealed archive documents (RFC 5005): the places of the feed's sequence that each holds."""

documents = Table(
    "documents",
    {
        "path": "TEXT NOT NULL",
        "digest": "TEXT NOT NULL",
        "changed": "INTEGER NOT NULL",  # when its bytes last changed
        "failed": "INTEGER NOT NULL",  # 1: its new bytes failed the check; digest "": no others
    },
    key=("path",),
    defaults={"failed": 0},
    indexes={
        "documents_failed": "(failed)",
    },
)
"""Every path of the site, and when the bytes behind it last changed."""

TABLES = (
    facts, seeds, texts, edges, articles, entries, sketches, bands, copies, aliases, claims, places, feeds, archives,
    documents,
)  # fmt: skip
"""All of them, in the order in which they are made."""
