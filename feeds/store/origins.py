"""The file that an article's text comes from, and what it says. Reads only."""

from __future__ import annotations

from dataclasses import dataclass

from feeds.store.identities import Identity, parse_identity
from feeds.store.packing import unpack_text
from feeds.store.rows import Connection, ask
from feeds.store.standing import find_id

_ORIGIN = """
    SELECT line, texts.path, packed FROM articles JOIN texts ON texts.path = seed WHERE articles.id = :id
"""


@dataclass(frozen=True, slots=True)
class Origin:
    """An article with the path of the file that gives its text, relative to config.toml, and that text.

    `text` is the JSON of feeds.article.dump_article.
    """

    identity: Identity
    path: str
    text: str


def find_origin(connection: Connection, name: str) -> Origin | None:
    """The origin of the article with this id, or guid; None where it is unknown, or no file gives its text."""
    row = ask(connection, _ORIGIN, id=find_id(connection, name)).fetchone()
    return None if row is None else Origin(parse_identity(row.line), row.path, unpack_text(row.packed))
