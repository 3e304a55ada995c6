"""Archive documents, each in all its formats. They need no library beyond their entries, so workers can make them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from feeds.dates.instants import to_datetime
from feeds.feed import Feed, FormatName
from feeds.render.atom import render_tombstone
from feeds.render.formats import BY_NAME
from feeds.site.resource import Resource, make_resource
from feeds.store.feeds import GoneEntry, StoredEntry


@dataclass(frozen=True, slots=True)
class Archive:
    """What an archive document is made of: its feed, its entries as they are kept, its path by the format's name."""

    feed: Feed
    entries: Sequence[StoredEntry | GoneEntry]
    paths: Mapping[FormatName, str]


def make_archive(archive: Archive) -> list[Resource]:
    """The document in each of its formats. Entries gone since are tombstones in Atom, and absent elsewhere."""
    return [
        make_resource(
            path,
            HTTPStatus.OK,
            join_entries(archive.feed, archive.entries, format_name),
            BY_NAME[format_name].media_type,
        )
        for format_name, path in archive.paths.items()
    ]


def join_entries(feed: Feed, entries: Iterable[StoredEntry | GoneEntry], format_name: FormatName) -> bytes:
    """A document of a feed in a format: kept entries in their shell."""
    bodies = (
        each.body(format_name) if isinstance(each, StoredEntry) else render_gone(each, format_name) for each in entries
    )
    return BY_NAME[format_name].render_shell(feed).join(bodies)


def find_updated(entries: Iterable[StoredEntry | GoneEntry]) -> int:
    """The newest instant at which an entry changed or went; 0 without any."""
    return max((each.changed if isinstance(each, StoredEntry) else each.left for each in entries), default=0)


def render_gone(entry: GoneEntry, format_name: FormatName) -> bytes:
    """A tombstone, which Atom alone has."""
    return render_tombstone(entry.id, to_datetime(entry.left)) if format_name == "atom" else b""
