"""The format-neutral feed: its entries, its links, and which entries it holds. Pure; knows nothing of XML or JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from feeds.article import Image


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
    `language` is the text's, RFC 5646.
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


@dataclass(frozen=True, slots=True)
class Feed:
    """Everything of a feed document but its entries. `home` is the page for people, `folder` the feed's own address.

    `folder` ends with a slash; a document's own address is the folder and the format's file name. `updated` is the
    newest change among its entries, removals included. `max_age_seconds` becomes the ttl of RSS.
    """

    id: str
    title: str
    subtitle: str
    home: str
    folder: str
    language: str
    updated: datetime
    author: str
    max_age_seconds: int
    rights: str | None = None
    icon: str | None = None
    logo: str | None = None
    categories: tuple[Term, ...] = ()


class Sized(Protocol):
    """What `select` needs to know of an entry: the bytes that it takes in the largest format."""

    @property
    def size(self) -> int:
        """Bytes of the rendered entry in the format where it is largest."""


Candidate = TypeVar("Candidate", bound=Sized)


def select(candidates: Iterable[Candidate], *, entries: int, max_bytes: int) -> list[Candidate]:
    """The entries that a feed holds, of candidates given newest first: at most `entries`, at most `max_bytes`.

    The byte budget always wins, but one entry is there whatever its size.
    """
    chosen: list[Candidate] = []
    size = 0
    for candidate in candidates:
        size += candidate.size
        if chosen and (len(chosen) >= entries or size > max_bytes):
            break
        chosen.append(candidate)
    return chosen


def newest(instants: Sequence[datetime], default: datetime) -> datetime:
    """The newest of the instants, or the default where there is none."""
    return max(instants, default=default)
