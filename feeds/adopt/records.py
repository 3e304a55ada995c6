"""The frozen records of an existing feed, whichever format and system it comes from. No I/O, no decisions."""

from __future__ import annotations

from dataclasses import dataclass

from feeds.foreign import Document


@dataclass(frozen=True, slots=True)
class OldFeed:
    """A feed in one format: its subscription document first, then its archive from the newest document to the oldest.

    `folder` is where it lies below the folder or address that was given ("politik/"), empty at its top. `missing` is
    the address at which the chain of its archive broke off, None where it is whole.
    """

    documents: tuple[Document, ...]
    folder: str = ""
    missing: str | None = None

    @property
    def head(self) -> Document:
        """The subscription document."""
        return self.documents[0]


@dataclass(frozen=True, slots=True)
class OldArticle:
    """An article of the old feeds, with what all of its entries say; the first that says something counts.

    `id` is its id in Atom, where ids must be IRIs, or the only one it has; `guid` is that of RSS and JSON Feed, if it
    differs. `links` are all of its addresses, without repetition.
    """

    id: str
    guid: str | None
    links: tuple[str, ...]
    title: str
    published: int | None
    updated: int | None
    text: str
    deleted: int | None = None
    is_relative: bool = False
    others: tuple[str, ...] = ()
    """Further ids, in formats whose id can't be kept beside these two."""

    @property
    def ids(self) -> tuple[str, ...]:
        """Every id that a reader may know it by."""
        return (self.id, *((self.guid,) if self.guid is not None else ()), *self.others)


@dataclass(frozen=True, slots=True)
class OurArticle:
    """An article of the library. Instants are seconds since 1970; `updated` holds the `nudge` of its line.

    `is_known`: the ledger had it before, so its id may have been published. `has_clock`: `published` is more than a
    day. `path` is that of its page, `text` its plain text.
    """

    id: str
    guid: str | None
    path: str
    url: str | None
    keys: tuple[str, ...]
    seed: str
    headline: str
    published: int
    updated: int
    has_clock: bool
    text: str
    is_known: bool
