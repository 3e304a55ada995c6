"""The records of an entry and a document, whichever format and system they come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from feeds.feed import FormatName

UNNAMED: Final = "untitled:"
"""How the id begins of an entry that has neither id nor link; readers make up ids for such, each a different one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry, or a tombstone (RFC 6721), as its document has it. Instants are seconds since 1970, UTC.

    A tombstone has only an id, and the instant at which its entry went.
    """

    id: str  # what readers know it by, byte for byte: the id or guid, else the link
    format: FormatName
    link: str | None = None  # absolute where the document lets it be
    title: str = ""  # plain text
    published: int | None = None
    updated: int | None = None
    text: str = ""  # the beginning of the longest of its texts, in HTML
    digest: str = ""  # of its title and all of its texts
    is_notice: bool = False  # it takes the place of an entry of ours that was withdrawn
    is_relative: bool = False  # its guid is a relative permalink, which a few readers resolve by the feed's address
    is_tombstone: bool = False
    deleted: int | None = None  # of a tombstone: when the entry went


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a feed, in any format."""

    path: str  # where it was read: an address, a file's path, or a path of the site
    format: FormatName
    id: str | None = None
    title: str = ""
    location: str | None = None  # its own address (rel=self)
    home: str | None = None  # the address of the page for people
    previous: str | None = None  # the next older document of its archive (RFC 5005 section 4; next_url in JSON Feed)
    slug: str | None = None  # its own category
    updated: int | None = None  # its own date of change, in seconds since 1970
    is_archive: bool = False
    is_ours: bool = False  # its generator is this program
    items: tuple[Entry, ...] = ()  # its entries and tombstones, in its order

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Its entries, without tombstones."""
        return tuple(entry for entry in self.items if not entry.is_tombstone)

    @property
    def gone(self) -> frozenset[str]:
        """The ids of its tombstones."""
        return frozenset(entry.id for entry in self.items if entry.is_tombstone)
