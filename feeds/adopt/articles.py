"""Our articles, as the seeds give them, and the ledger that a build would write for them. Changes nothing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from feeds.adopt.records import OurArticle
from feeds.article import list_texts, load_record
from feeds.config import Config
from feeds.ingest.identity.ids import mint_id
from feeds.ingest.report import Report
from feeds.ingest.run import ingest
from feeds.ingest.work import Run
from feeds.parse import list_layouts
from feeds.progress import Progress
from feeds.store import (
    Connection,
    Identity,
    Ledger,
    LedgerState,
    ask,
    ask_values,
    load_ledger,
    look_at_ledger,
    parse_identity,
)
from feeds.store.packing import unpack_record

MAX_TEXT = 1_000
"""Characters of a text that are compared: its beginning."""


@dataclass(frozen=True, slots=True)
class Newsroom:
    """What a build would publish at `now`: its articles in order of arrival, and the ledger that it would write.

    `state` is that of the ledger's present file, None where there is none. `patterns` find articles' numbers in
    addresses, each with the origin that natural keys name. `is_published`: a build has made the ledger, or the library
    knows of one.
    """

    articles: tuple[OurArticle, ...]
    ledger: Ledger
    state: LedgerState | None
    patterns: tuple[tuple[str, str], ...]
    report: Report
    now: datetime
    is_published: bool


def load_newsroom(
    connection: Connection, config: Config, *, now: datetime, namespace: str | None, progress: Progress
) -> Newsroom:
    """The articles and the ledger as a build would make them.

    `connection` must be one whose changes are rolled back at its end (`Library.read`). The ledger's file is not
    touched: the ingest works on a copy. `namespace` is that of a new ledger, None for that of the settings. Raises what
    an ingest raises.
    """
    path = config.library.ledger
    state = look_at_ledger(path)
    before = load_ledger(path)
    known = frozenset(ask_values(connection, "SELECT id FROM articles"))
    if before is not None:
        known |= {identity.id for identity in before.articles if before.is_published or _is_adopted(identity, before)}
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        if before is not None:
            shutil.copyfile(path, copy)
        scratch = config.model_copy(update={"library": config.library.model_copy(update={"ledger": copy})})
        if namespace is not None:
            scratch = scratch.model_copy(update={"site": config.site.model_copy(update={"id": namespace})})
        report = ingest(Run(connection, scratch, now, progress))
        ledger = load_ledger(copy)
    if ledger is None:
        raise AssertionError("an ingest writes the ledger")
    return Newsroom(
        articles=tuple(_list_articles(connection, known)),
        ledger=ledger,
        state=state,
        patterns=tuple(_list_patterns(config)),
        report=report,
        now=now,
        is_published=bool(known) if before is None else before.is_published,
    )


def _is_adopted(identity: Identity, ledger: Ledger) -> bool:
    """Whether an article has another id than it would be given."""
    return identity.guid is not None or not identity.keys or identity.id != mint_id(ledger.namespace, identity.keys)


def _list_articles(connection: Connection, known: frozenset[str]) -> Iterator[OurArticle]:
    query = """
        SELECT id, path, line, seed, headline, published, updated, packed
        FROM articles JOIN entries ON entries.article = articles.id ORDER BY number
    """
    for row in ask(connection, query):
        identity, article = parse_identity(row.line), load_record(unpack_record(row.packed))
        yield OurArticle(
            id=row.id,
            guid=identity.guid,
            path=row.path,
            url=article.url,
            keys=identity.keys,
            seed=row.seed,
            headline=article.headline or row.headline,
            published=row.published,
            updated=row.updated - identity.nudge,
            has_clock=article.published is not None and article.published.precision != "day",
            text=" ".join(list_texts(article))[:MAX_TEXT],
            is_known=row.id in known,
        )


def _list_patterns(config: Config) -> Iterator[tuple[str, str]]:
    """(origin, pattern) of all that give natural keys of the kind "number"."""
    for layout in list_layouts():
        if layout.url_id:
            yield layout.name, layout.url_id
    for source in config.sources:
        if source.url_id:
            yield source.name, source.url_id
            # A layout that has numbers of its own gives their name.
            yield from ((layout.name, source.url_id) for layout in list_layouts() if layout.url_id)
