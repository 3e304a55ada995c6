"""What became of articles that a feed does not show: whether they belong there, went, and when. Reads only."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import Connection, select

from feeds.store import schema
from feeds.store.ledger import parse_identity
from feeds.store.shelf import ALL

Standing = Literal["here", "left", "withdrawn", "removed"]
_articles, _places = schema.articles, schema.places


def find_standing(connection: Connection, key: str, name: str) -> Standing | None:
    """What became of the article with this id, or guid, in a feed; None where it never had a place there.

    "here": it belongs there, newer ones have its place; "left": it is in another; "withdrawn" by a notice or an order;
    "removed": it is nowhere any more.
    """
    columns = (_articles.c.seed, _articles.c.line, _places.c.current)
    there = (_places.c.article == _articles.c.id) & (_places.c.feed == key)
    query = select(*columns).join(_places, there).where(_articles.c.id == find_id(connection, name))
    row = connection.execute(query).first()
    if row is None:
        return None
    if row.current:
        return "here"
    identity = parse_identity(row.line)
    if identity.order is not None or identity.buried is not None:
        return "withdrawn"
    return "left" if row.seed is not None else "removed"


def find_id(connection: Connection, name: str) -> str | None:
    """The id of the article that is known by this id, or by this guid where none is; None for an unknown one."""
    for column in (_articles.c.id, _articles.c.guid):
        if (found := connection.scalar(select(_articles.c.id).where(column == name).limit(1))) is not None:
            return str(found)
    return None


def list_removed(connection: Connection, *, since: int) -> set[str]:
    """The ids of the articles that went from all feeds at this instant or later, were there before, and by no order."""
    query = select(_articles.c.line).join(_places, _places.c.article == _articles.c.id)
    lines = connection.scalars(query.where(_places.c.feed == ALL, _places.c.gone >= since))
    return {each.id for each in map(parse_identity, lines) if each.order is None and each.seen < since}
