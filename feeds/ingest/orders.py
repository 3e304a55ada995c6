"""What an operator orders for one article: withdraw it, restore it, erase it. Kept in the ledger, not in the seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from feeds.errors import FeedsError, Problem
from feeds.ingest.copies import forget_copies
from feeds.ingest.identity.aliases import add_aliases, forget_claims, rewrite_line
from feeds.ingest.identity.erased import mark_erased, set_erased_aside
from feeds.ingest.identity.ids import mint_path
from feeds.ingest.identity.keys import kind_of
from feeds.ingest.identity.related import find_paths, find_tied
from feeds.ingest.publication.places import mark_archives, note_months, write_places
from feeds.ingest.report import CarriedOrder, OrderKind
from feeds.ingest.targets import find_article, find_files, is_file
from feeds.ingest.work import Changes, Work, erase_key
from feeds.store import Connection, Identity, ask, ask_value, ask_values, parse_identity, render_identity, schema
from feeds.store.feeds import ALL, CORRECTIONS
from feeds.store.standing import find_headline
from feeds.text import fold_spaces, load_catalogue, normalise

_ALWAYS = frozenset({"number", "id", "path", "line", "guid", "stale"})
"""What the row of an article says whether or not it has a seed."""
_NO_FILE = "its file is gone (or a draft, or under embargo); when the file is back, `feeds build` brings its text back"


@dataclass(frozen=True, slots=True)
class OperatorOrder:
    """An order for the article that `target` names: its id, an address of it, or a seed's path.

    Without a `reason` a withdrawal keeps the one that it has; an empty one takes it away.
    """

    kind: OrderKind
    target: str
    reason: str | None = None


def carry_out(work: Work, orders: Sequence[OperatorOrder], changes: Changes) -> None:
    """Write the orders into the ledger's lines, and note what they change. Raises FeedsError."""
    work.rewrites = work.rewrites or bool(orders)
    for order in orders:
        _carry_out(work, order, changes)


def look_back(work: Work) -> None:
    """When all is published: note of each order whether it shows, and what headline its article has."""
    for number, order in enumerate(work.report.orders):
        if order.kind == "erase":
            continue
        query = "SELECT line, withdrawn FROM articles WHERE id = :id"
        line, withdrawn = ask(work.connection, query, id=order.id).fetchone()
        is_open = bool(withdrawn) == (order.kind == "restore")
        if is_open and order.kind == "restore":
            why = "its front matter says so too" if find_files(work, order.id) else _NO_FILE
            what = f"is still withdrawn: {why}"
            work.report.notes.append((order.id, Problem("not-restored", what)))
        elif is_open and ALL in parse_identity(line).left:
            what = f"has left all feeds, so that no notice takes its place; it is withdrawn when {_find_return(order)}"
            work.report.notes.append((order.id, Problem("not-withdrawn", what)))
        headline = order.headline or find_headline(work.connection, order.id)
        work.report.orders[number] = replace(order, headline=headline, is_open=is_open)


def _find_return(order: CarriedOrder) -> str:
    """When an article that has left all feeds is in them again: it has a file that rules withhold, or it has none."""
    return "[[rules]] of the settings let it through again" if order.files else "its file is back"


def _carry_out(work: Work, order: OperatorOrder, changes: Changes) -> None:
    identifier = find_article(work, order.kind, order.target)
    row = ask(work.connection, "SELECT line, seed FROM articles WHERE id = :id", id=identifier).fetchone()
    identity = parse_identity(row.line)
    if identity.order == "erase":
        raise FeedsError("was erased, and that can't be undone", text=identifier)
    files = find_files(work, identifier)
    if order.kind == "restore" and identity.order is None:
        if identity.withdrawn is None:
            hint = "`feeds restore` takes back a withdrawal, and there is none"
            raise FeedsError("is not withdrawn", text=identifier, hint=hint)
        hint = "its front matter says `status: withdrawn`: change it there" if files else _NO_FILE
        raise FeedsError("is not withdrawn by an order", text=identifier, hint=hint)
    headline = find_headline(work.connection, identifier)
    # Of what is withdrawn already no text is left.
    is_kept = work.config.feeds.vanished == "keep" and not files and bool(row.seed) and identity.withdrawn is None
    takes_text = order.kind == "withdraw" and is_kept
    named = next((file for file in files if row.seed and is_file(work, order.target, file)), None)
    is_other = named is not None and not is_file(work, order.target, row.seed)
    carried = CarriedOrder(
        order.kind,
        identifier,
        identity.path,
        headline,
        files,
        takes_text=takes_text,
        named=named,
        text_from=row.seed if is_other else None,
    )
    work.report.orders.append(carried)
    if order.kind == "erase":
        _erase(work, identity, changes)
        return
    changes.articles.add(identifier)
    if order.kind == "restore":
        identity = replace(identity, order=None, reason=None)
    else:
        # It comes from a shell, and goes into feeds and pages.
        given = identity.reason if order.reason is None else order.reason
        reason = normalise(fold_spaces(given or "")).strip() or None
        # A file that is gone is noted where the order names it: else only a library would know it.
        is_told = row.seed in files or is_file(work, order.target, row.seed)
        identity = replace(identity, order="withdraw", reason=reason, file=row.seed if is_told else identity.file)
    rewrite_line(work, identity)


def _erase(work: Work, identity: Identity, changes: Changes) -> None:
    """Take all that an article said out of the library; its id and the digests of its keys stay in the ledger.

    What its keys tied to it is grouped again: it may be of this article, or what this article kept it from being.
    """
    tied = find_paths(work, {identity.id} | find_tied(work, set(identity.keys)))
    alone = _discard_feeds(work, identity)
    places = {key: place for key, place in identity.places.items() if key not in alone}
    erased = Identity(
        id=identity.id,
        path=mint_path(identity.id, "", load_catalogue(work.config.site.language)),
        # Another text may come to its file.
        keys=tuple(erase_key(key) for key in identity.keys if kind_of(key) != "file"),
        seen=identity.seen,
        words="",
        places=places,
        left={key: identity.left.get(key, work.now) for key in places},
        order="erase",
    )
    mark_archives(work.connection, [identity])
    forget_copies(work.connection, identity.id)
    for key in (*places, CORRECTIONS):
        # What left the feed of all before is in no other any more.
        work.feeds.by_key[key].note_change(erased.left.get(ALL, work.now))
    note_months(work, [identity.id])
    empty_article(work.connection, identity.id, path=erased.path, line=render_identity(erased), guid=None, stale=0)
    write_places(work.connection, [(erased, None)])
    ask(work.connection, "DELETE FROM aliases WHERE article = :id", id=identity.id)
    add_aliases(work.connection, [erased])
    forget_claims(work, [identity.id])
    # One that broke has the reason of that; what the article refused is another.
    own = "SELECT path FROM seeds WHERE article = :id AND (reason IS NULL OR state = 'error')"
    for path in ask_values(work.connection, own, id=identity.id):
        mark_erased(work, path)
    held = ask_values(work.connection, "SELECT path FROM seeds WHERE state IN ('waiting', 'draft')")
    set_erased_aside(work, [*held, *tied])
    changes.paths |= tied


def empty_article(connection: Connection, identifier: str, **values: Any) -> None:
    """Keep nothing of what seeds said of an article: its row says only these values and what is always there."""
    empty = {name: value for name, value in schema.articles.make_blank().items() if name not in _ALWAYS} | values
    settings = ", ".join(f"{name} = :{name}" for name in empty)
    query = f"UPDATE articles SET {settings} WHERE id = :identifier"  # noqa: S608 (names of the schema)
    ask(connection, query, identifier=identifier, **empty)
    ask(connection, "DELETE FROM entries WHERE article = :id", id=identifier)


def _discard_feeds(work: Work, identity: Identity) -> set[str]:
    """Drop the feeds of further sets that held this article only: a feed of an author is named for a person."""
    alone = set()
    for key in identity.places:
        feed = work.feeds.by_key[key]
        others = "SELECT place FROM places WHERE feed = :key AND article != :id LIMIT 1"
        if "/" in feed.slug and ask_value(work.connection, others, key=key, id=identity.id) is None:
            ask(work.connection, "DELETE FROM places WHERE feed = :key", key=key)
            work.feeds.discard(feed)
            alone.add(key)
    return alone
