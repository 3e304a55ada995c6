"""Preparing an ingest: a ledger that the library doesn't know replaces everything that the library holds."""

from __future__ import annotations

import json
from dataclasses import replace

from feeds.config import Config
from feeds.dates.instants import to_seconds
from feeds.errors import LedgerError, Problem
from feeds.ingest.accidents import refuse_setback
from feeds.ingest.feedrows import FeedRows
from feeds.ingest.fingerprints import (
    digest_parsing,
    digest_rendering,
    find_code_status,
    find_link_fingerprint,
    find_parse_fingerprint,
    find_render_fingerprint,
)
from feeds.ingest.identity.aliases import add_aliases
from feeds.ingest.publication.places import write_places
from feeds.ingest.report import Report
from feeds.ingest.setback import find_moved_pages, find_setback
from feeds.ingest.work import Run, Work
from feeds.store import (
    SCRUB_FACT,
    Connection,
    Ledger,
    LedgerState,
    ask,
    ask_value,
    ask_values,
    batches,
    empty,
    load_ledger,
    look_at_ledger,
    put_rows,
    read_fact,
    render_identity,
    schema,
    write_fact,
)
from feeds.store.feeds import ALL, save_feeds

LEDGER, LEDGER_STAT = "ledger", "ledger-stat"
"""Names of facts: what the ledger's file said last (LedgerState)."""
NAMESPACE, PARSE, RENDER, LINKS = "namespace", "parse", "render", "links"
"""Names of facts: the site's namespace, the fingerprints behind the rows."""
CODE = "code"
"""Name of the fact that holds the status of this package's files, and the digests of what is in them."""
_MERGED = (
    "two branches were merged into it: of feeds that both continued, places that are in no archive document yet were "
    "given again"
)


def prepare(run: Run) -> Work:
    """The Work of one ingest, with the library brought in line with the ledger.

    Raises LedgerError, and BlockedError where a cautious run meets a ledger that was set back.
    """
    connection, config = run.connection, run.config
    path = config.library.ledger
    report = Report()
    known, stat = read_fact(connection, LEDGER), read_fact(connection, LEDGER_STAT)
    found = look_at_ledger(path, LedgerState(known, stat) if known and stat else None)
    is_lost = found is None and known is not None
    is_other = found is None or found.digest != known
    is_renewed = is_other and not is_lost
    keeps_texts = is_renewed and config.feeds.vanished == "keep"
    if is_lost:
        what = "was missing; the library knows what it said, and it is written from that"
        report.notes.append((str(path), Problem("ledger-lost", what)))
    elif is_renewed:
        _replace_library(run, report, keeps_texts=keeps_texts, is_new=known is None)
    namespace = read_fact(connection, NAMESPACE) or ""
    parsing, rendering = _digest_code(connection)
    return Work(
        connection=connection,
        config=config,
        now=to_seconds(run.now),
        progress=run.progress,
        report=report,
        namespace=namespace,
        feeds=FeedRows(connection, config, namespace),
        redo_parse=_swap_fact(connection, PARSE, find_parse_fingerprint(config, parsing)),
        redo_render=_swap_fact(connection, RENDER, find_render_fingerprint(config, rendering)),
        redo_links=_swap_fact(connection, LINKS, find_link_fingerprint(config)),
        ledger_found=found,
        workers=run.workers,
        is_cautious=run.is_cautious,
        keeps_lost=run.keeps_lost,
        unfinished=run.unfinished,
        last_number=ask_value(connection, "SELECT max(number) FROM articles") or 0,
        rewrites=is_other,
        is_renewed=is_renewed,
        is_new=known is None,
        keeps_texts=keeps_texts,
    )


def _replace_library(run: Run, report: Report, *, keeps_texts: bool, is_new: bool) -> None:
    """Empty the library, but for what was published where it `keeps_texts`, and put the ledger of the file into it.

    `is_new` says that the library knew no ledger before. Raises LedgerError, and BlockedError for a cautious run.
    """
    connection, config = run.connection, run.config
    path = config.library.ledger
    ledger = load_ledger(path) or Ledger(config.namespace)
    odd = (find(connection, ledger, str(path)) for find in (find_setback, find_moved_pages))
    report.remarks += [remark for remark in odd if remark is not None]
    if run.is_cautious:
        refuse_setback(report)
    empty(connection, keeps_texts=keeps_texts)
    if (keeps_texts or not is_new) and any(item.order == "erase" for item in ledger.articles):
        # What the library held may be what was erased, by a run that was killed or on another machine.
        write_fact(connection, SCRUB_FACT, "due")
    if ledger.merged:
        ledger = _settle_order(ledger)
        report.notes.append((str(path), Problem("ledger-merged", _MERGED, text=", ".join(ledger.merged))))
    _load(connection, config, ledger)
    _forget_texts(connection, ledger)


def _digest_code(connection: Connection) -> tuple[str, str]:
    """The digests of the code that reads and that renders; files that are as in the last run are not read again."""
    status = find_code_status()
    known = json.loads(read_fact(connection, CODE) or "[]")
    if known[:1] != [status]:
        known = [status, digest_parsing(), digest_rendering()]
        write_fact(connection, CODE, json.dumps(known))
    return known[1], known[2]


def _settle_order(ledger: Ledger) -> Ledger:
    """A merged ledger with its articles in order of arrival, whichever branch was merged into which."""
    last = len(ledger.articles) + 1
    return replace(ledger, articles=tuple(sorted(ledger.articles, key=lambda item: item.places.get(ALL, last))))


def _load(connection: Connection, config: Config, ledger: Ledger) -> None:
    """Put a ledger into an empty library."""
    write_fact(connection, NAMESPACE, ledger.namespace)
    feeds = FeedRows(connection, config, ledger.namespace, known=ledger.feeds)
    for identity in ledger.articles:
        for key, place in identity.places.items():
            if key not in feeds.by_key:
                raise LedgerError(
                    f"the article {identity.id} has a place in a feed that has no line",
                    path=str(config.library.ledger),
                    text=key,
                    hint="restore the feed's line from version control",
                )
            feed = feeds.by_key[key]
            feed.places = max(feed.places, place)
    save_feeds(connection, feeds.by_key.values())
    if ledger.articles:
        blank = {name: value for name, value in schema.articles.make_blank().items() if name != "number"}
        put_rows(
            connection,
            schema.articles,
            [
                {
                    **blank,
                    "id": item.id,
                    "path": item.path,
                    "line": render_identity(item),
                    "guid": item.guid,
                    "stale": 1,
                }
                for item in ledger.articles
            ],
        )
        write_places(connection, [(item, None) for item in ledger.articles])
        add_aliases(connection, ledger.articles)


def _forget_texts(connection: Connection, ledger: Ledger) -> None:
    """Of texts that were kept, drop those that the ledger doesn't have as published: withdrawn, erased, or gone."""
    published = {
        item.id for item in ledger.articles if ALL not in item.left and item.withdrawn is None and item.order is None
    }
    known = ask_values(connection, "SELECT article FROM entries")
    for batch in batches(identifier for identifier in known if identifier not in published):
        ask(connection, "DELETE FROM entries WHERE article IN :ids", ids=batch)


def _swap_fact(connection: Connection, name: str, value: str) -> bool:
    """Set a fact; whether it had another value before."""
    old = read_fact(connection, name)
    if old != value:
        write_fact(connection, name, value)
    return old not in {None, value}
