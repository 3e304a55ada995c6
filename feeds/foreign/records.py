"""The records of an entry and a document, whichever format and system they come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from feeds.feed import FormatName

UNNAMED: Final = "untitled:"
"""How the id begins of an entry that has neither id nor link; readers make up ids for such, each a different one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry, or a tombstone (RFC 6721), as its document tells it. Instants are seconds since 1970, UTC, or None.

    `id` is what readers know it by, byte for byte: the id or guid, the link where there is none. `link` is absolute
    where the document lets it be. `title` is plain text. `text` is how the longest of its texts begins, in HTML, and
    `digest` that of title and all texts. `is_notice`: it stands in the place of an entry of ours that was withdrawn.
    `is_relative` marks a guid that is relative and is not said to be no permalink, which a few readers resolve by the
    feed's address. A tombstone has only an `id`, and in `deleted` the instant at which the entry went.
    """

    id: str
    format: FormatName
    link: str | None = None
    title: str = ""
    published: int | None = None
    updated: int | None = None
    text: str = ""
    digest: str = ""
    is_notice: bool = False
    is_relative: bool = False
    is_tombstone: bool = False
    deleted: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a feed. `path` is where it was read: an address, a file's path, or one relative to a site.

    `location` is the address that it gives itself (rel=self), `home` that of its page for people, `previous` that of
    the next older document of its archive (RFC 5005 section 4; next_url in JSON Feed). `slug` is the category that it
    names as its own. `updated` is its own date of change, in seconds since 1970. `is_ours`: its generator is this
    program. `told` are its entries and tombstones, in its order.
    """

    path: str
    format: FormatName
    id: str | None = None
    title: str = ""
    location: str | None = None
    home: str | None = None
    previous: str | None = None
    slug: str | None = None
    updated: int | None = None
    is_archive: bool = False
    is_ours: bool = False
    told: tuple[Entry, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Its entries, without tombstones."""
        return tuple(entry for entry in self.told if not entry.is_tombstone)

    @property
    def gone(self) -> frozenset[str]:
        """The ids of its tombstones."""
        return frozenset(entry.id for entry in self.told if entry.is_tombstone)
