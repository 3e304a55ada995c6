"""Archive documents, each in its formats. What one is made of is read beforehand; to render it needs nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from feeds.feed import Feed
from feeds.ingest.instants import to_datetime
from feeds.render.atom import render_tombstone
from feeds.render.formats import FORMATS
from feeds.site.resource import Resource, make_resource
from feeds.store.shelf import GoneEntry, StoredEntry

_FORMATS = {each.name: each for each in FORMATS}


@dataclass(frozen=True, slots=True)
class Archive:
    """A sealed archive document: its entries, in reverse order of arrival, and what stands around them.

    `paths` are those of its formats, by the format's name.
    """

    record: Feed
    entries: Sequence[StoredEntry | GoneEntry]
    paths: dict[str, str]


def render_archive(archive: Archive) -> list[Resource]:
    """An archive document in its formats. What is gone since is a tombstone in Atom, and absent elsewhere."""
    resources = []
    for form, path in archive.paths.items():
        body = _FORMATS[form].render_shell(archive.record).join(_render(entry, form) for entry in archive.entries)
        resources.append(make_resource(path, HTTPStatus.OK, body, _FORMATS[form].media_type))
    return resources


def _render(entry: StoredEntry | GoneEntry, form: str) -> bytes:
    if isinstance(entry, StoredEntry):
        return entry.body(form)
    return render_tombstone(entry.id, to_datetime(entry.left)) if form == "atom" else b""
