"""The records: a feed and an article of the old system, whatever its format, and an article of ours."""

from __future__ import annotations

from dataclasses import dataclass

from feeds.foreign import Document


@dataclass(frozen=True, slots=True)
class OldFeed:
    """A feed in one format."""

    documents: tuple[Document, ...]  # the subscription document, then its archive from the newest to the oldest
    folder: str = ""  # where it is below the folder or address that was given: "politik/"
    missing: str | None = None  # the address at which the chain of its archive breaks off

    @property
    def head(self) -> Document:
        """The subscription document."""
        return self.documents[0]


@dataclass(frozen=True, slots=True)
class OldArticle:
    """An article of the old feeds, with what all of its entries say; the first that says something counts."""

    id: str  # its id in Atom, where ids must be IRIs, or the only one it has
    guid: str | None  # its id in RSS and JSON Feed, if it differs
    links: tuple[str, ...]  # all of its addresses, without repetition
    title: str
    published: int | None
    updated: int | None
    text: str
    deleted: int | None = None
    is_relative: bool = False
    others: tuple[str, ...] = ()  # further ids, in formats whose id can't be kept beside these two

    @property
    def ids(self) -> tuple[str, ...]:
        """Every id that a reader may know it by."""
        return (self.id, *((self.guid,) if self.guid is not None else ()), *self.others)


@dataclass(frozen=True, slots=True)
class OurArticle:
    """An article of the library. Instants are seconds since 1970."""

    id: str
    guid: str | None
    path: str  # of its page
    url: str | None
    keys: tuple[str, ...]
    seed: str
    headline: str
    published: int
    updated: int  # with the `nudge` of its line
    has_clock: bool  # `published` is more than a day
    text: str  # plain text
    is_known: bool  # the ledger had it before, so its id may have been published
