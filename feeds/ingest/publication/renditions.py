"""An entry in every format, checked and packed for the library. Needs nothing but the entry, so workers can do it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from feeds.errors import CheckError
from feeds.feed import Entry, FormatName
from feeds.render.atom import render_tombstone
from feeds.render.formats import render_entry
from feeds.store.packing import pack_entry


class EntryToRender(NamedTuple):
    """What an entry is rendered from: `record` is its article's JSON as published, `seed` the file to name in errors.

    `buried` says since when only a tombstone is left of it, which Atom alone has. An entry of more than `max_bytes` has
    no room in a feed, so only its summary goes there.
    """

    seed: str
    entry: Entry
    record: str
    buried: datetime | None
    max_bytes: int


class Rendition(NamedTuple):
    """An entry as the library keeps it (`feeds.store.packing`), and its bytes in the largest of the formats.

    `too_large` is how many it would have had with its text, or 0 if it has its text.
    """

    packed: bytes
    size: int
    too_large: int = 0


def make_rendition(job: EntryToRender) -> Rendition | CheckError:
    """The rendition of an entry, or the error where it would break readers."""
    seed, entry, record, buried, max_bytes = job
    if buried is not None:
        return _pack(record, {"atom": render_tombstone(entry.id, buried), "rss": b"", "json": b""})
    # Costs a tenth of a second to import, and most runs publish nothing.
    from feeds.check import check_entry

    rendered = render_entry(entry)
    too_large = size if (size := _find_size(rendered)) > max_bytes and entry.content else 0
    if too_large:
        rendered = render_entry(replace(entry, content="", is_shortened=True))
    for format_name, body in rendered.items():
        for objection in check_entry(seed, body, format_name):
            if objection.level == "error":
                return CheckError(
                    f"its {format_name} entry is not published: {objection.what} ({objection.rule})",
                    path=seed,
                    text=objection.text,
                    hint=objection.hint,
                )
    return _pack(record, rendered, too_large=too_large)


def _pack(record: str, rendered: dict[FormatName, bytes], *, too_large: int = 0) -> Rendition:
    return Rendition(pack_entry(record, rendered), _find_size(rendered), too_large)


def _find_size(rendered: dict[FormatName, bytes]) -> int:
    return max(map(len, rendered.values()))
