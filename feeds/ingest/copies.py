"""Near-copies across sources: kept as articles of their own, and linked to each other. After publication.

Only what is new or changed is compared, with what shares a band of its sketch. A pair depends on the two articles
alone, so the order in which they came changes nothing.
"""

from __future__ import annotations

from typing import Final

from feeds.article import Article, load_record
from feeds.dates.instants import DAY
from feeds.ingest.work import Work
from feeds.store import (
    Connection,
    Row,
    add_rows,
    ask,
    ask_value,
    ask_values,
    batches,
    read_fact,
    schema,
    write_fact,
)
from feeds.store.packing import unpack_record
from feeds.text import digest

VERSION = "near-copies"
"""Name of the fact that holds what the sketches depend on."""
MAX_DAYS = 3
"""Days between the publications of two near-copies, at most."""
_PAIRS: Final = "one = :id OR other = :id"


def link_copies(work: Work) -> None:
    """Bring the pairs up to date with what this run published or took out; the pages of both partners become stale."""
    connection = work.connection
    if not work.config.feeds.near_copies:
        if read_fact(connection, VERSION) is not None:
            _clear(connection, "")
        return
    from feeds.parse.similarity import find_version

    wanted = "SELECT id FROM articles WHERE stale = 1 ORDER BY id"
    if read_fact(connection, VERSION) != (version := find_version()):
        _clear(connection, version)
        wanted = "SELECT id FROM articles ORDER BY id"
    stale: set[str] = set()
    changed = ask_values(connection, wanted)
    for number, identifier in enumerate(changed, 1):
        stale |= _link(connection, identifier)
        work.progress("comparing", number, len(changed))
    _make_stale(connection, stale)


def _link(connection: Connection, identifier: str) -> set[str]:
    """Compare one article with its like; the partners that it had or has."""
    from feeds.parse.similarity import compare_words, find_words, make_bands

    partners = _find_partners(connection, identifier)
    row = _load(connection, identifier)
    article = None if row is None else load_record(unpack_record(row.packed))
    words = () if article is None else find_words(article)
    found = None if row is None or article is None else digest(*words, _source_of(article), str(row.published))
    known = ask_value(connection, "SELECT digest FROM sketches WHERE article = :id", id=identifier)
    if found == known:
        return partners
    _delete(connection, identifier)
    if found is None or article is None or row is None:
        return partners
    add_rows(connection, schema.sketches, [{"article": identifier, "digest": found}])
    bands = make_bands(words)
    if not bands:
        return partners
    holders = "SELECT DISTINCT article FROM bands WHERE hash IN :bands ORDER BY article"
    for holder in ask_values(connection, holders, bands=bands):
        other = _load(connection, holder)
        if other is None or abs(other.published - row.published) > MAX_DAYS * DAY:
            continue
        theirs = load_record(unpack_record(other.packed))
        if _source_of(theirs) == _source_of(article):
            continue
        (one, first), (two, second) = sorted([(identifier, words), (holder, find_words(theirs))])
        if (alike := compare_words(first, second)) is not None:
            pair = {"one": one, "other": two, "likeness": alike[0], "passage": alike[1]}
            add_rows(connection, schema.copies, [pair])
            partners |= {holder, identifier}
    add_rows(connection, schema.bands, [{"hash": band, "article": identifier} for band in sorted(set(bands))])
    return partners


def forget_copies(connection: Connection, identifier: str) -> None:
    """Forget what an article was compared by, and its pairs; the pages of its partners become stale."""
    _make_stale(connection, _find_partners(connection, identifier))
    _delete(connection, identifier)


def _find_partners(connection: Connection, identifier: str) -> set[str]:
    rows = ask(connection, f"SELECT one, other FROM copies WHERE {_PAIRS}", id=identifier)  # noqa: S608 (a constant)
    return {row.other if row.one == identifier else row.one for row in rows}


def _make_stale(connection: Connection, identifiers: set[str]) -> None:
    for batch in batches(sorted(identifiers)):
        ask(connection, "UPDATE articles SET stale = 1 WHERE id IN :ids", ids=batch)


def _delete(connection: Connection, identifier: str) -> None:
    ask(connection, f"DELETE FROM copies WHERE {_PAIRS}", id=identifier)  # noqa: S608 (a constant)
    ask(connection, "DELETE FROM bands WHERE article = :id", id=identifier)
    ask(connection, "DELETE FROM sketches WHERE article = :id", id=identifier)


def _load(connection: Connection, identifier: str) -> Row | None:
    """What is published of an article; None where nothing is, or it is withdrawn."""
    query = """
        SELECT packed, published FROM entries JOIN articles ON articles.id = entries.article
        WHERE articles.id = :id AND withdrawn = 0
    """
    found: Row | None = ask(connection, query, id=identifier).fetchone()
    return found


def _source_of(article: Article) -> str:
    return article.source or ""


def _clear(connection: Connection, version: str) -> None:
    """Forget all pairs; without a version, also that there were any."""
    ask(connection, "UPDATE articles SET stale = 1 WHERE id IN (SELECT one FROM copies UNION SELECT other FROM copies)")
    for table in (schema.copies, schema.bands, schema.sketches):
        ask(connection, f"DELETE FROM {table.name}")  # noqa: S608 (names of the schema)
    if version:
        write_fact(connection, VERSION, version)
    else:
        ask(connection, "DELETE FROM facts WHERE name = :name", name=VERSION)
