"""Near-copies across sources: kept as articles of their own, and linked to each other. After publication.

Only what is new or changed is compared, with what shares a band of its sketch. A pair depends on the two articles
alone, so the order in which they came changes nothing.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, or_, select, update

from feeds.article import Article, load_record
from feeds.dates.instants import DAY
from feeds.ingest.work import Work
from feeds.store import batches, read_fact, schema, write_fact
from feeds.store.packing import unpack_record
from feeds.text import digest

VERSION = "near-copies"
"""Name of the fact that holds what the sketches depend on."""
MAX_DAYS = 3
"""Days between the publications of two near-copies, at most."""

_articles, _entries = schema.articles, schema.entries
_sketches, _bands, _copies = schema.sketches, schema.bands, schema.copies


def link_copies(work: Work) -> None:
    """Bring the pairs up to date with what this run published or took out; the pages of both partners become stale."""
    connection = work.connection
    if not work.config.feeds.near_copies:
        if read_fact(connection, VERSION) is not None:
            _clear(connection, "")
        return
    from feeds.parse.similarity import find_version

    wanted = select(_articles.c.id).where(_articles.c.stale == 1)
    if read_fact(connection, VERSION) != (version := find_version()):
        _clear(connection, version)
        wanted = select(_articles.c.id)
    stale: set[str] = set()
    changed = sorted(connection.scalars(wanted))
    for number, identifier in enumerate(changed, 1):
        stale |= _link(connection, identifier)
        work.progress("comparing", number, len(changed))
    for batch in batches(sorted(stale)):
        connection.execute(update(_articles).where(_articles.c.id.in_(batch)).values(stale=1))


def _link(connection: Connection, identifier: str) -> set[str]:
    """Compare one article with its like; the partners that it had or has."""
    from feeds.parse.similarity import compare_words, find_words, make_bands

    partners = _find_partners(connection, identifier)
    row = _load(connection, identifier)
    article = None if row is None else load_record(unpack_record(row.packed))
    words = () if article is None else find_words(article)
    found = None if row is None or article is None else digest(*words, _source_of(article), str(row.published))
    known = connection.scalar(select(_sketches.c.digest).where(_sketches.c.article == identifier))
    if found == known:
        return partners
    _delete(connection, identifier)
    if found is None or article is None or row is None:
        return partners
    connection.execute(_sketches.insert().values(article=identifier, digest=found))
    bands = make_bands(words)
    if not bands:
        return partners
    holders = connection.scalars(select(_bands.c.article).where(_bands.c.hash.in_(bands)).distinct())
    for holder in sorted(holders):
        other = _load(connection, holder)
        if other is None or abs(other.published - row.published) > MAX_DAYS * DAY:
            continue
        theirs = load_record(unpack_record(other.packed))
        if _source_of(theirs) == _source_of(article):
            continue
        (one, first), (two, second) = sorted([(identifier, words), (holder, find_words(theirs))])
        if (alike := compare_words(first, second)) is not None:
            connection.execute(_copies.insert().values(one=one, other=two, likeness=alike[0], passage=alike[1]))
            partners |= {holder, identifier}
    connection.execute(_bands.insert(), [{"hash": band, "article": identifier} for band in sorted(set(bands))])
    return partners


def forget_copies(connection: Connection, identifier: str) -> None:
    """Forget what an article was compared by, and its pairs; the pages of its partners become stale."""
    partners = _find_partners(connection, identifier)
    connection.execute(update(_articles).where(_articles.c.id.in_(partners)).values(stale=1))
    _delete(connection, identifier)


def _find_partners(connection: Connection, identifier: str) -> set[str]:
    rows = connection.execute(select(_copies.c.one, _copies.c.other).where(_pairs_of(identifier)))
    return {row.other if row.one == identifier else row.one for row in rows}


def _delete(connection: Connection, identifier: str) -> None:
    connection.execute(delete(_copies).where(_pairs_of(identifier)))
    connection.execute(delete(_bands).where(_bands.c.article == identifier))
    connection.execute(delete(_sketches).where(_sketches.c.article == identifier))


def _pairs_of(identifier: str) -> ColumnElement[bool]:
    return or_(_copies.c.one == identifier, _copies.c.other == identifier)


def _load(connection: Connection, identifier: str) -> Any:
    """What is published of an article; None where nothing is, or it is withdrawn."""
    there = (_articles.c.id == identifier, _articles.c.withdrawn == 0)
    query = select(_entries.c.packed, _articles.c.published).join(_articles, _articles.c.id == _entries.c.article)
    return connection.execute(query.where(*there)).one_or_none()


def _source_of(article: Article) -> str:
    return article.source or ""


def _clear(connection: Connection, version: str) -> None:
    """Forget all pairs; without a version, also that there were any."""
    pairs = select(_copies.c.one).union(select(_copies.c.other))
    connection.execute(update(_articles).where(_articles.c.id.in_(pairs)).values(stale=1))
    for table in (_copies, _bands, _sketches):
        connection.execute(delete(table))
    if version:
        write_fact(connection, VERSION, version)
    else:
        connection.execute(delete(schema.facts).where(schema.facts.c.name == VERSION))
