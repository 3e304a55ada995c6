"""Grouping the entries of old feeds, in all their documents and formats, into articles. Pure."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar
from unicodedata import normalize
from urllib.parse import urljoin

from feeds.adopt.records import OldArticle, OldFeed
from feeds.feed import FormatName
from feeds.foreign import Document, Entry
from feeds.foreign.values import read_text
from feeds.ingest.identity.keys import canonicalise_url

Value = TypeVar("Value")


def group_entries(feeds: Iterable[OldFeed]) -> list[OldArticle]:
    """The articles of the feeds, in the order in which they are first told.

    Entries with the same id are one article; in different formats, so are entries with the same address. An address
    that entries of one format share although their titles differ, such as that of the home page, counts for nothing.
    """
    entries = [entry for feed in feeds for document in feed.documents for entry in document.items if entry.id]
    plain = {link: canonicalise_url(normalize("NFC", link)) for link in {entry.link for entry in entries} if link}
    shared = _find_shared(entries, plain)
    groups: list[_Group] = []
    by_id: dict[str, _Group] = {}
    by_link: dict[str, _Group] = {}
    for entry in entries:
        link = plain.get(entry.link or "")
        link = None if link in shared else link
        group = by_id.get(entry.id)
        if group is None and link is not None:
            other = by_link.get(link)
            # In one format, another id means another article, even at the same address.
            group = other if other is not None and entry.format not in other.ids else None
        if group is None:
            group = _Group()
            groups.append(group)
        group.entries.append(entry)
        group.ids.setdefault(entry.format, entry.id)
        by_id[entry.id] = group
        if link is not None:
            by_link.setdefault(link, group)
    told = {link for link, canonical in plain.items() if canonical not in shared}
    return [_finish(group, told) for group in groups]


def resolve_guids(feed: OldFeed) -> OldFeed:
    """The feed with relative guids made absolute by its address, as readers built on feedparser know them."""
    return replace(feed, documents=tuple(map(_resolve_document, feed.documents)))


def _resolve_document(document: Document) -> Document:
    base = document.location or document.path
    items = (
        replace(entry, id=urljoin(base, entry.id), is_relative=False) if entry.is_relative else entry
        for entry in document.items
    )
    return replace(document, items=tuple(items))


@dataclass(slots=True)
class _Group:
    """Entries that are one article; the id in each format."""

    entries: list[Entry] = field(default_factory=list)
    ids: dict[FormatName, str] = field(default_factory=dict)


def _find_shared(entries: Iterable[Entry], plain: Mapping[str, str]) -> frozenset[str]:
    """The addresses that several articles of one format have."""
    first: dict[tuple[FormatName, str], Entry] = {}
    shared: set[str] = set()
    for entry in entries:
        if not entry.link:
            continue
        link = plain[entry.link]
        known = first.setdefault((entry.format, link), entry)
        if known.id != entry.id and known.title != entry.title:
            shared.add(link)
    return frozenset(shared)


def _finish(group: _Group, told: Container[str]) -> OldArticle:
    atom = group.ids.get("atom")
    other = group.ids.get("rss", group.ids.get("json"))
    identifier = atom if atom is not None else other or ""
    guid = other if atom is not None and other != atom else None
    entries = [entry for entry in group.entries if entry.deleted is None]
    links = (entry.link for entry in entries if entry.link is not None and entry.link in told)
    return OldArticle(
        id=identifier,
        guid=guid,
        links=tuple(dict.fromkeys(links)),
        title=_first(entry.title for entry in entries) or "",
        # Many Atom feeds say only when an entry was updated.
        published=_first(entry.published or entry.updated for entry in entries),
        updated=_first(entry.updated for entry in entries),
        text=_first(read_text(entry.text) for entry in entries) or "",
        deleted=_first(entry.deleted for entry in group.entries),
        is_relative=any(entry.is_relative for entry in entries),
        others=tuple(sorted(set(group.ids.values()) - {identifier, guid})),
    )


def _first(values: Iterator[Value | None]) -> Value | None:
    return next((value for value in values if value), None)
