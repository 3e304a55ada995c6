"""The tables of the library. Another schema has another VERSION, and the library is made again."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Float, Index, Integer, LargeBinary, MetaData, String, Table, Text

VERSION = 18
"""Raise it with every change below, and of the JSON of articles."""
TEXTS_SINCE = 11
"""The first version whose `entries` are as now, packing and records included: those outlast a change of the rest."""

metadata = MetaData()

facts = Table(
    "facts",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
)
"""Single values: the schema's version, the fingerprints of settings and code, the digest of the ledger's file."""

seeds = Table(
    "seeds",
    metadata,
    Column("path", String, primary_key=True),  # relative to config.toml, with slashes
    Column("source", String, nullable=False),
    Column("mark", String, nullable=False),  # changes when the file does; "" where it is read again in any case
    Column("digest", String, nullable=False),
    Column("state", String, nullable=False),  # "article", "waiting" (embargo), "draft", "undated", "aside", "error"
    Column("due", Integer),  # when a waiting one is released
    Column("kind", String, nullable=False),
    Column("layout", String),  # how it was read
    Column("reason", Text),  # why it is not published; of an article, the file that has its id instead
    Column("line", Integer),
    Column("notes", Text, nullable=False, default="[]"),  # JSON: what was noticed and stopped nothing
    Column("natural_keys", Text, nullable=False, default="[]"),  # JSON: keys, best first
    Column("rank", Text, nullable=False, default=""),  # sorts the files of one article: the largest gives its text
    Column("published", Text),  # JSON: the stamp of its text, which orders new articles
    Column("zone", String),
    Column("words", String),  # digests of what its text says
    Column("edges", LargeBinary),  # digests of its edge lines, eight bytes each; of pages without a layout only
    Column("article", String),  # id
)
"""The files, as small rows: what a run reads of all of them, and often writes."""
Index("seeds_marks", seeds.c.path, seeds.c.mark)
"""What every run reads of all seeds: a tenth of their rows."""
Index("seeds_article", seeds.c.article)
Index("seeds_state", seeds.c.state, seeds.c.due)
Index("seeds_conflicting", seeds.c.state, seeds.c.path, sqlite_where=seeds.c.reason.is_not(None))
Index("seeds_counted", seeds.c.source, sqlite_where=seeds.c.edges.is_not(None))
"""Pages whose edge lines are counted are found without reading those with a layout."""

texts = Table(
    "texts",
    metadata,
    Column("path", String, primary_key=True),
    Column("packed", LargeBinary, nullable=False),  # JSON of feeds.article.dump_article, by feeds.store.packing
)
"""What each seed says, in a table of its own: to update a row is to write all of it again."""

edges = Table(
    "edges",
    metadata,
    Column("source", String, primary_key=True),
    Column("digest", Integer, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("line", Text),  # only of those on so many pages that they may be boilerplate
)
"""How many pages of a source have each edge line: what recurs is boilerplate."""
Index("edges_count", edges.c.source, edges.c.count)

articles = Table(
    "articles",
    metadata,
    Column("number", Integer, primary_key=True),  # order of arrival
    Column("id", String, nullable=False, unique=True),
    Column("path", String, nullable=False, unique=True),
    Column("line", Text, nullable=False),  # the article's line of the ledger
    Column("guid", String),  # its id in RSS and JSON Feed, where that is another
    Column("stale", Integer, nullable=False),  # 1: its page must be rendered again
    # What the seeds say; empty for an article that has none (any more).
    Column("seed", String),  # the file that gives the text
    Column("category", String),  # the key of its category's feed
    Column("seen", Integer),
    Column("published", Integer),
    Column("updated", Integer),  # with the nudge
    Column("changed", Integer),  # the latest of updated, first seen, withdrawn
    Column("withdrawn", Integer, nullable=False, default=0),  # when, or 0
    Column("buried", Integer, nullable=False, default=0),  # 1: only a tombstone is left
    Column("canonical", Integer, nullable=False, default=0),  # 1: no original is known, so its page is ours
    Column("language", String),
    Column("corrected", Integer, nullable=False, default=0),  # when last corrected or withdrawn, or 0
    Column("headline", Text),
    Column("summary", Text),
    Column("size", Integer),  # bytes of its entry in the largest of the formats
)
Index("articles_published", articles.c.published)
Index("articles_corrected", articles.c.corrected)
Index("articles_updated", articles.c.updated)
Index("articles_withdrawn", articles.c.withdrawn, articles.c.buried)
Index("articles_canonical", articles.c.canonical, articles.c.withdrawn, articles.c.published)
Index("articles_stale", articles.c.stale)
Index("articles_guid", articles.c.guid, sqlite_where=articles.c.guid.is_not(None))
Index("articles_gone", articles.c.number, sqlite_where=articles.c.seed.is_(None))
"""What a run with one new article needs: it must not read all of them."""

entries = Table(
    "entries",
    metadata,
    Column("article", String, primary_key=True),
    Column("packed", LargeBinary, nullable=False),  # feeds.store.packing
)
"""What is published of each article, as it is in the documents; none of one that its seeds have left."""

sketches = Table(
    "sketches",
    metadata,
    Column("article", String, primary_key=True),
    Column("digest", String, nullable=False),  # of its words, source and time: what pairs depend on
)
"""The articles that were compared with those of other sources; empty where that is off."""

bands = Table(
    "bands",
    metadata,
    Column("hash", Integer, primary_key=True),
    Column("article", String, primary_key=True),
)
"""Hashes of the bands of each article's sketch: articles that share one may be near-copies."""
Index("bands_article", bands.c.article)

copies = Table(
    "copies",
    metadata,
    Column("one", String, primary_key=True),  # the smaller id
    Column("other", String, primary_key=True),
    Column("likeness", Float, nullable=False),
    Column("passage", Text, nullable=False),  # a run of words that both have
)
"""Near-copies: pairs of articles of different sources with nearly one text."""
Index("copies_other", copies.c.other)

aliases = Table(
    "aliases",
    metadata,
    Column("key", String, primary_key=True),
    Column("article", String, primary_key=True),
    sqlite_with_rowid=False,
)
"""Natural key and article id, for all keys of all articles: several articles may have one key."""

claims = Table(
    "claims",
    metadata,
    Column("key", String, primary_key=True),
    Column("article", String, primary_key=True),  # what their row in `seeds` names
    sqlite_with_rowid=False,
)
"""The same for files that are not published, whose keys no article may have: withheld, or refused."""
Index("claims_article", claims.c.article)

places = Table(
    "places",
    metadata,
    Column("feed", String, primary_key=True),
    Column("place", Integer, primary_key=True),  # in order of arrival, from 1
    Column("article", String, nullable=False),
    Column("published", Integer),
    Column("current", Integer, nullable=False),  # 0: it left the feed
    Column("gone", Integer),  # since when the article is in no feed any more
)
"""The sequence of each feed: which article has which place, and whether it still belongs there."""
Index("places_newest", places.c.feed, places.c.current, places.c.published, places.c.place)
Index("places_article", places.c.article)
Index("places_gone", places.c.feed, places.c.gone, places.c.place, sqlite_where=places.c.gone.is_not(None))
"""What went last is found without reading what is there."""

feeds = Table(
    "feeds",
    metadata,
    Column("key", String, primary_key=True),
    Column("id", String, nullable=False),
    Column("slug", String, nullable=False, unique=True),
    Column("label", String, nullable=False),  # the category as the pages print it
    Column("was", Text, nullable=False),  # JSON: slugs that it had by a rename that was taken back
    Column("last_place", Integer, nullable=False),
    Column("sealed", Text, nullable=False),  # JSON: runs of (entries, archive documents)
    Column("removed", Integer, nullable=False),  # the newest instant at which an entry left or came back
    Column("stale", Integer, nullable=False),  # 1: its documents must be rendered again
)
"""The feeds: that of all articles (key "/", slug ""), one a category, one a member of each further feed set."""

archives = Table(
    "archives",
    metadata,
    Column("feed", String, primary_key=True),
    Column("number", Integer, primary_key=True),  # from 1
    Column("first", Integer, nullable=False),  # places
    Column("last", Integer, nullable=False),
    Column("stale", Integer, nullable=False),
)
"""Sealed archive documents (RFC 5005): the places of the feed's sequence that each holds."""

documents = Table(
    "documents",
    metadata,
    Column("path", String, primary_key=True),
    Column("digest", String, nullable=False),
    Column("changed", Integer, nullable=False),  # when its bytes last changed
    Column("failed", Integer, nullable=False, default=0),  # 1: its new bytes failed the check; digest "": no others
)
Index("documents_failed", documents.c.failed)
"""Every path of the site, and when the bytes behind it last changed."""


def make_blank(table: Table) -> dict[str, Any]:
    """A row of a table that says nothing: the default of each column, or None."""
    return {column.name: getattr(column.default, "arg", None) for column in table.columns}
