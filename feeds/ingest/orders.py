"""What an operator orders for one article: withdraw it, restore it, erase it. Kept in the ledger, not in the seed."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from feeds.errors import FeedsError, Problem
from feeds.ingest.copies import forget_copies
from feeds.ingest.identity import key_of_path
from feeds.ingest.months import note_months
from feeds.ingest.places import mark_archives, write_places
from feeds.ingest.work import ERASED_PREFIX, Work
from feeds.store import Identity, parse_identity, render_identity, schema
from feeds.store.shelf import ALL, CORRECTIONS
from feeds.text import digest, fold_spaces, load_catalogue, normalise

_articles, _seeds, _aliases, _places = schema.articles, schema.seeds, schema.aliases, schema.places
_FROM_SEEDS = (
    "seed", "category", "published", "updated", "changed", "headline", "summary", "size", "seen", "language",
)  # fmt: skip
_FLAGS = ("withdrawn", "buried", "canonical", "corrected")
_ERASED_KEY_LENGTH = 24
ERASED = "was erased by order; delete the file"
"""Why the seed of an erased article is set aside."""


@dataclass(frozen=True, slots=True)
class OperatorOrder:
    """An order for the article that `target` names: its id, the path or address of its page, or a seed's path."""

    kind: Literal["withdraw", "restore", "erase"]
    target: str
    reason: str | None = None


def carry_out(work: Work, orders: Sequence[OperatorOrder]) -> set[str]:
    """Write the orders into the ledger's lines; the ids of the articles to publish anew. Raises FeedsError."""
    work.rewrites = work.rewrites or bool(orders)
    return {identifier for order in orders if (identifier := _carry_out(work, order)) is not None}


def note_unrestored(work: Work, orders: Sequence[OperatorOrder]) -> None:
    """Note which articles stay withdrawn though the order was taken back."""
    for order in orders:
        identifier = find_article_id(work, order.target) if order.kind == "restore" else None
        line = work.connection.scalar(select(_articles.c.line).where(_articles.c.id == (identifier or "")))
        if line is not None and parse_identity(line).withdrawn is not None:
            what = "is withdrawn still: its file is gone, or says so in its front matter"
            work.report.notes.append((order.target, Problem("not-restored", what)))


def erase_key(key: str) -> str:
    """A natural key of an erased article: a digest, so that it tells nothing and still knows the article again."""
    return f"{ERASED_PREFIX}{digest(key)[:_ERASED_KEY_LENGTH]}"


def find_article_id(work: Work, target: str) -> str | None:
    """The id of the article that an operator names, or None."""
    base = work.config.site.base_url.rstrip("/")
    path = target.removeprefix(base) if target.startswith(base) else target
    for column in (_articles.c.id, _articles.c.path):
        found = work.connection.scalar(select(_articles.c.id).where(column.in_([target, path])))
        if found is not None:
            return str(found)
    return _find_by_file(work, target)


def _find_by_file(work: Work, target: str) -> str | None:
    """The id of the article that a seed's path names: as the library has it, or as a shell gives it."""
    names = [target, os.path.relpath(target, work.config.folder).replace(os.sep, "/")]
    query = select(_seeds.c.article, _seeds.c.natural_keys).where(_seeds.c.path.in_(names))
    row = work.connection.execute(query).first()
    if row is None:
        return None
    if row.article is not None:
        return str(row.article)
    # Read in this run, as on another machine: it is not grouped yet, but the ledger may know its keys.
    keys = json.loads(row.natural_keys)
    found = work.connection.execute(select(_aliases.c.key, _aliases.c.article).where(_aliases.c.key.in_(keys)))
    ids = {row.key: row.article for row in found}
    return next((str(ids[key]) for key in keys if key in ids), None)


def _carry_out(work: Work, order: OperatorOrder) -> str | None:
    identifier = find_article_id(work, order.target)
    if identifier is None:
        raise FeedsError(
            "no article has this id, address or file",
            text=order.target,
            hint="the id stands in the feeds and in the ledger; the path is that of config.toml's folder",
        )
    line = work.connection.scalar(select(_articles.c.line).where(_articles.c.id == identifier))
    identity = parse_identity(str(line))
    if identity.order == "erase":
        raise FeedsError("was erased, and that can't be undone", text=identifier)
    if order.kind == "restore":
        if identity.order is None:
            raise FeedsError(
                "was not withdrawn by an order",
                text=identifier,
                hint="if its front matter says `status: withdrawn`, change it there",
            )
        identity = replace(identity, order=None, reason=None)
    elif order.kind == "withdraw":
        # It comes from a shell, and goes into feeds and pages.
        reason = normalise(fold_spaces(order.reason or "")).strip() or None
        identity = replace(identity, order="withdraw", reason=reason)
    else:
        _erase(work, identity)
        return None
    work.connection.execute(
        update(_articles).where(_articles.c.id == identifier).values(line=render_identity(identity))
    )
    return identifier


def _erase(work: Work, identity: Identity) -> None:
    """Take all that an article said out of the library; its id and the digests of its keys stay in the ledger."""
    alone = _discard_feeds(work, identity)
    places = {key: place for key, place in identity.places.items() if key not in alone}
    erased = Identity(
        id=identity.id,
        path=f"/{load_catalogue(work.config.site.language).paths['article']}/{key_of_path(identity.id)}/",
        keys=tuple(erase_key(key) for key in identity.keys),
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
        work.sets.feeds[key].note_change(erased.left.get(ALL, work.now))
    note_months(work, [identity.id])
    empty_article(work.connection, identity.id, path=erased.path, line=render_identity(erased), guid=None, stale=0)
    write_places(work.connection, [(erased, None)])
    for path in work.connection.scalars(select(_seeds.c.path).where(_seeds.c.article == identity.id)).all():
        mark_erased(work, path)
    held = select(_seeds.c.path, _seeds.c.natural_keys).where(_seeds.c.state.in_(("waiting", "draft")))
    for row in work.connection.execute(held).all():
        if not set(identity.keys).isdisjoint(json.loads(row.natural_keys)):
            mark_erased(work, row.path)
    work.connection.execute(delete(_aliases).where(_aliases.c.article == identity.id))
    work.connection.execute(
        insert(_aliases).on_conflict_do_nothing(), [{"key": key, "article": identity.id} for key in erased.keys]
    )


def mark_erased(work: Work, path: str) -> None:
    """Keep nothing of a seed of an erased article but that it is not published."""
    nothing = {
        "published": None,
        "zone": None,
        "words": None,
        "article": None,
        "natural_keys": "[]",
        "notes": "[]",
        "rank": "",
        "due": None,
    }
    values = {"state": "aside", "kind": "erased", "reason": ERASED, **nothing}
    work.connection.execute(update(_seeds).where(_seeds.c.path == path).values(values))
    work.connection.execute(delete(schema.texts).where(schema.texts.c.path == path))


def empty_article(connection: Connection, identifier: str, **values: Any) -> None:
    """Keep nothing of what seeds said of an article: its row says only these values and what is always there."""
    empty = {**dict.fromkeys(_FROM_SEEDS), **dict.fromkeys(_FLAGS, 0), **values}
    connection.execute(update(_articles).where(_articles.c.id == identifier).values(empty))
    connection.execute(delete(schema.entries).where(schema.entries.c.article == identifier))


def _discard_feeds(work: Work, identity: Identity) -> set[str]:
    """Drop the feeds of further sets that held this article only: a feed of an author is named for a person."""
    alone = set()
    for key in identity.places:
        feed = work.sets.feeds[key]
        others = select(_places.c.place).where(_places.c.feed == key, _places.c.article != identity.id).limit(1)
        if "/" in feed.slug and work.connection.scalar(others) is None:
            work.connection.execute(delete(_places).where(_places.c.feed == key))
            work.sets.discard(feed)
            alone.add(key)
    return alone
