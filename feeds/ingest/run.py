"""An ingest: its steps in order within one transaction, and the ledger written before that ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from feeds.dates.instants import to_datetime
from feeds.errors import FeedsError
from feeds.ingest.copies import link_copies
from feeds.ingest.orders import OperatorOrder, carry_out, look_back
from feeds.ingest.preparation import LEDGER, LEDGER_STAT, prepare
from feeds.ingest.publication.articles import publish_changes
from feeds.ingest.publication.candidates import list_conflicts
from feeds.ingest.publication.places import save_months
from feeds.ingest.remarks.categories import remark_categories
from feeds.ingest.remarks.clock import remark_clock
from feeds.ingest.remarks.files import note_folded, note_namesakes
from feeds.ingest.remarks.rules import remark_idle_rules
from feeds.ingest.removals import settle_removals
from feeds.ingest.renames import take_back_renames
from feeds.ingest.report import Report, SetAside
from feeds.ingest.sealing import restore_archives, seal_archives
from feeds.ingest.seeds.intake import remark_empty_sources, take_in
from feeds.ingest.seeds.listing import Listing
from feeds.ingest.seeds.selection import FileList
from feeds.ingest.work import Run, Work
from feeds.store import (
    ask,
    ask_all,
    ask_value,
    ask_values,
    iterate_article_lines,
    iterate_tuples,
    render_head,
    write_fact,
    write_ledger,
)
from feeds.store.due import find_first_release
from feeds.store.feeds import save_feeds
from feeds.store.sources import count_states

_SET_ASIDE = ["aside", "undated", "error"]

_WITHHELD = """
    SELECT path FROM seeds WHERE state = 'article' AND article NOT IN (SELECT id FROM articles WHERE seed IS NOT NULL)
"""
"""Files whose article is not published."""


def ingest(
    run: Run,
    *,
    orders: Sequence[OperatorOrder] = (),
    listing: Listing | FileList | None = None,
    approve: Callable[[Report], None] | None = None,
    keep_ledger: bool = False,
) -> Report:
    """Bring library and ledger up to date with the seeds; only what changed is read. Returns what was done.

    `orders` are carried out before anything is published. `listing` is that of the seeds where they were just listed,
    or the only files to look at. `approve` gets the whole report, when the library is up to date and the ledger's file
    is not yet: what it raises stops the run with nothing changed. With `keep_ledger` the ledger's file stays as it is,
    for a transaction that will be rolled back. Otherwise it is written before the caller commits, so that a crash
    between the two mints no id twice.

    Raises LedgerError and ConfigError, and BlockedError where a cautious run meets a ledger that was set back; what is
    wrong with a seed is in the report, and stops nothing.
    """
    if run.config.feeds.near_copies:
        from feeds.parse.similarity import require_similarity

        require_similarity(run.config)
    work = prepare(run)
    changes = take_in(work, listing)
    # Where all were read, as in a build from nothing, a second set of a million is saved.
    read = None if len(changes.paths) == work.report.seeds else frozenset(changes.paths)
    changes.articles |= take_back_renames(work, changes.paths)
    carry_out(work, orders, changes)
    publish_changes(work, changes)
    look_back(work)
    note_folded(work, read)
    note_namesakes(work)
    link_copies(work)
    _list_set_aside(work)
    if work.is_renewed:
        restore_archives(work)
    seal_archives(work)
    settle_removals(work)
    save_feeds(run.connection, work.feeds.by_key.values())
    save_months(work)
    _count(work)
    remark_empty_sources(work)
    remark_categories(work)
    remark_idle_rules(work)
    remark_clock(work)
    if approve is not None:
        approve(work.report)
    if not keep_ledger:
        _save_ledger(work)
    return work.report


def _list_set_aside(work: Work) -> None:
    """Name every page that is not published, whether it was read in this run or before."""
    query = "SELECT path, kind, reason, line, state FROM seeds WHERE state IN :states ORDER BY path"
    told = {error.path for error in work.report.errors}
    for row in ask(work.connection, query, states=_SET_ASIDE):
        if row.state != "error" and row.path not in told:
            work.report.set_aside.append(SetAside(row.path, row.kind, row.reason, row.line))
        elif row.path not in told:
            work.report.errors.append(FeedsError(row.reason, path=row.path, line=row.line))
    work.report.errors += list_conflicts(work)


def _save_ledger(work: Work) -> None:
    path = work.config.library.ledger
    # All lines that are not new are in the file: to copy them takes a third of the time.
    last = 0 if work.rewrites else work.last_number
    lines = "SELECT line FROM articles WHERE number > :last ORDER BY number"

    def iterate_parts() -> Iterator[bytes]:
        yield "".join(render_head(work.namespace, work.feeds.identities())).encode()
        if not work.rewrites:
            yield from iterate_article_lines(path)
        for rows in iterate_tuples(work.connection, lines, last=last):
            yield "".join([line for (line,) in rows]).encode()

    # A new article is a new line: there is no need to look whether there is one.
    is_other = work.report.new > 0 and bool(work.months)
    known = None if is_other else work.ledger_found
    state = write_ledger(path, iterate_parts, known=known, replaces=work.ledger_found)
    write_fact(work.connection, LEDGER, state.digest)
    write_fact(work.connection, LEDGER_STAT, state.stat)


def _count(work: Work) -> None:
    states = count_states(work.connection)
    work.report.waiting, work.report.drafts = states.get("waiting", 0), states.get("draft", 0)
    told = {error.path for error in work.report.errors if error.path is not None}
    rows = list(ask_all(work.connection, "SELECT path, state FROM seeds WHERE path IN :paths", paths=told))
    work.report.seed_paths = {row.path for row in rows}
    # A page that lost the date of a published article is told as an error.
    work.report.failed = states.get("error", 0) + sum(row.state == "undated" for row in rows)
    if work.config.rules:
        # What a failed check keeps out is among the errors.
        failed = {error.path for error in work.report.errors}
        work.report.withheld = len(set(ask_values(work.connection, _WITHHELD)) - failed)
    due = find_first_release(work.connection)
    work.report.due = None if due is None else to_datetime(due)
    # Two counts of indexes: those that are there are nearly all.
    known = ask_value(work.connection, "SELECT count(*) FROM articles")
    work.report.articles = known - ask_value(work.connection, "SELECT count(*) FROM articles WHERE seed IS NULL")
