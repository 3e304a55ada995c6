"""The format-neutral feed: its entries, its links, and which entries it holds. Pure; knows nothing of XML or JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, TypeVar, get_args

from feeds.article import Image

FormatName = Literal["atom", "rss", "json"]
FORMAT_NAMES: tuple[FormatName, ...] = get_args(FormatName)


@dataclass(frozen=True, slots=True)
class Term:
    """A category as feeds name it: `term` is the slug, `label` what readers see, `scheme` the address it belongs to."""

    term: str
    label: str
    scheme: str


@dataclass(frozen=True, slots=True)
class Origin:
    """The feed or agency that a text was taken from (RFC 4287 section 4.2.11)."""

    id: str
    title: str
    link: str | None
    updated: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as every format shows it. Addresses are absolute, instants aware, in UTC and whole seconds.

    `title` and `summary` are plain text; `content` is sanitised HTML, empty where the feed gives summaries only.
    `guid` is the id in RSS and JSON Feed where that differs from `id`: Atom allows only IRIs. `language` is the text's
    (RFC 5646); `foreign_language` is the same, but None where it is the feed's. `is_shortened`: the article says more
    than is here.
    """

    id: str
    link: str
    title: str
    summary: str
    content: str
    published: datetime
    updated: datetime
    authors: tuple[str, ...]
    categories: tuple[Term, ...]
    language: str
    tags: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    origin: Origin | None = None
    foreign_language: str | None = None
    guid: str | None = None
    is_shortened: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """Everything of a feed document but its entries. `home` is the page for people, `folder` the feed's own address.

    Without a page for people `home` is None. `folder` ends with a slash; a document's own address is the folder and the
    format's file name. `updated` is the newest change among its entries, removals included. `max_age_seconds` becomes
    the ttl of RSS.

    Archives (RFC 5005 section 4): `is_archive` marks a sealed document; `previous` and `following` are the folders of
    the next older and the next newer archive document, `current` that of the subscription document.
    """

    id: str
    title: str
    subtitle: str
    home: str | None
    folder: str
    language: str
    updated: datetime
    author: str
    max_age_seconds: int
    rights: str | None = None
    icon: str | None = None
    logo: str | None = None
    categories: tuple[Term, ...] = ()
    is_archive: bool = False
    current: str | None = None
    previous: str | None = None
    following: str | None = None


class Candidate(Protocol):
    """What `select` needs to know of an entry. Instants are seconds since 1970."""

    @property
    def place(self) -> int:
        """Place in the feed's sequence of arrival, from 1."""

    @property
    def published(self) -> int:
        """When it was published."""

    @property
    def seen(self) -> int:
        """When it was first seen."""

    @property
    def size(self) -> int:
        """Bytes in the format where it is largest."""


Chosen = TypeVar("Chosen", bound=Candidate)


def select(
    candidates: Iterable[Chosen], *, entries: int, hours: int, max_bytes: int, sealed_through: int | None
) -> list[Chosen]:
    """The entries that a subscription document holds, newest first.

    They are those that no archive document holds yet (places after `sealed_through`; None where there are no archives),
    the newest `entries` by publication, and all that were published or first seen within `hours` of the newest. The
    byte budget overrides all of this but the first; there is always one entry, whatever its size.
    """
    ordered = sorted(candidates, key=lambda entry: (entry.published, entry.place), reverse=True)
    if not ordered:
        return []
    published = ordered[0].published - hours * 3600
    seen = max(entry.seen for entry in ordered) - hours * 3600
    waiting = [entry for entry in ordered if sealed_through is not None and entry.place > sealed_through]
    wanted = [
        entry
        for number, entry in enumerate(ordered)
        if number < entries or (hours and (entry.published >= published or entry.seen >= seen))
    ]
    chosen = {entry.place: entry for entry in waiting}
    size = sum(entry.size for entry in waiting)
    for entry in wanted:
        if entry.place in chosen:
            continue
        size += entry.size
        if chosen and size > max_bytes:
            break
        chosen[entry.place] = entry
    return [entry for entry in ordered if entry.place in chosen]
