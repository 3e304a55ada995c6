"""What the ledger knows of an article and of a feed, and the lines of JSON that hold it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeVar

from feeds.dates.instants import to_datetime, to_seconds
from feeds.dates.writing import format_rfc3339

Order = Literal["withdraw", "erase"]
Value = TypeVar("Value")
Runs = tuple[tuple[int, int], ...]
"""The archive documents of a feed, as runs of (entries, documents)."""
MAX_SEALED = 100_000_000
"""Entries that the archive documents of a feed may hold."""
_ORDERS: dict[str, Order] = {"withdraw": "withdraw", "erase": "erase"}


def name_folder(slug: str) -> str:
    """The folder of a feed by its slug, as a path: "/" or "/politik/"."""
    return f"/{slug}/" if slug else "/"


@dataclass(frozen=True, slots=True)
class FeedIdentity:
    """A feed as the ledger knows it."""

    key: str  # never changes
    id: str
    slug: str  # changes when its category is renamed
    label: str  # what pages or settings first called it; pages that spell it otherwise don't rename it
    sealed: Runs = ()  # its archive documents
    was: tuple[str, ...] = ()  # slugs of renames that were taken back: no setting names them, and they redirect

    @property
    def folder(self) -> str:
        """The folder of its documents and its page, as a path."""
        return name_folder(self.slug)


@dataclass(frozen=True, slots=True)
class Identity:
    """An article as the ledger knows it. Instants are seconds since 1970, UTC.

    Of an erased one nothing is kept but its id, its path, and its keys as digests.
    """

    id: str
    path: str  # of its page
    keys: tuple[str, ...]  # its natural keys, best first
    seen: int  # when it was first seen
    words: str  # digests of what its text says (feeds.ingest.identity.likeness); a correction changes them
    page: str = ""  # a digest of the file that says it; a correction changes this too
    places: dict[str, int] = field(default_factory=dict)  # feed's key -> its place in the sequence, from 1
    nudge: int = 0  # the seconds that keep its `updated` distinct
    corrected: tuple[int, ...] = ()
    resumed: tuple[int, ...] = ()  # those of them when it was published again after a withdrawal, word for word
    reasons: dict[int, str] = field(default_factory=dict)  # instant -> the reason that front matter gave for it, then
    withdrawn: int | None = None
    buried: int | None = None  # when the notice of its withdrawal became a tombstone
    order: Order | None = None  # what an operator ordered
    reason: str | None = None  # of the order, or of the front matter of a withdrawn one
    left: dict[str, int] = field(default_factory=dict)  # feed's key -> since when it is out: moved, or without its seed
    back: dict[str, int] = field(default_factory=dict)  # feed's key -> since when it is in again
    guid: str | None = None  # its id in RSS and JSON Feed, where it was adopted and Atom doesn't allow it
    published: int | None = None  # of a withdrawn one: when it was published, where that isn't `seen`
    file: str | None = None  # of a withdrawn one: the path of its file, by which it is known when that is deleted


def render_feed(feed: FeedIdentity) -> str:
    """A feed's line."""
    named = {"feed": feed.key, "id": feed.id, "slug": feed.slug, "label": feed.label}
    return dump_line({**named, "sealed": feed.sealed or None, "was": feed.was or None})


def render_identity(identity: Identity) -> str:
    """An article's line."""
    data = {
        "id": identity.id,
        "path": identity.path,
        "seen": _write_instant(identity.seen),
        "words": identity.words,
        "page": identity.page or None,
        "keys": identity.keys,
        "places": identity.places,
        "guid": identity.guid,
        "published": _write_maybe(identity.published),
        "nudge": identity.nudge or None,
        "corrected": list(map(_write_instant, identity.corrected)) or None,
        "resumed": list(map(_write_instant, identity.resumed)) or None,
        "reasons": {_write_instant(at): reason for at, reason in sorted(identity.reasons.items())} or None,
        "withdrawn": _write_maybe(identity.withdrawn),
        "buried": _write_maybe(identity.buried),
        "order": identity.order,
        "reason": identity.reason,
        "file": identity.file,
        "left": {key: _write_instant(at) for key, at in sorted(identity.left.items())} or None,
        "back": {key: _write_instant(at) for key, at in sorted(identity.back.items())} or None,
    }
    return dump_line(data)


def count_sealed(runs: Runs) -> int:
    """The last place of a feed's sequence that an archive document holds."""
    return sum(entries * documents for entries, documents in runs)


def is_in_corrections(identity: Identity) -> bool:
    """Whether an article is, or was, in the feed of corrections: it was corrected, withdrawn or erased."""
    return bool(identity.corrected) or identity.withdrawn is not None or identity.order == "erase"


def parse_identity(line: str) -> Identity:
    """The article of a line that `render_identity` wrote."""
    return read_identity(json.loads(line))


def read_feed(data: dict[str, Any]) -> FeedIdentity:
    """The feed of a line that `render_feed` wrote. Raises KeyError, TypeError, ValueError."""
    sealed = tuple((int(entries), int(documents)) for entries, documents in data.get("sealed", ()))
    if any(number < 1 for run in sealed for number in run) or count_sealed(sealed) > MAX_SEALED:
        raise ValueError("more archive documents than a site can have, or such without an entry")
    return FeedIdentity(
        str(data["feed"]),
        str(data["id"]),
        str(data["slug"]),
        str(data.get("label", data["slug"])),
        sealed,
        tuple(map(str, data.get("was", ()))),
    )


def read_identity(data: dict[str, Any]) -> Identity:
    """The article of a line, as JSON has it. Raises KeyError, TypeError, ValueError."""
    return Identity(
        id=str(data["id"]),
        path=str(data["path"]),
        keys=tuple(map(str, data["keys"])),
        seen=_read_instant(data["seen"]),
        words=str(data["words"]),
        page=str(data.get("page", "")),
        places={str(key): int(place) for key, place in data["places"].items()},
        nudge=int(data.get("nudge", 0)),
        corrected=tuple(map(_read_instant, data.get("corrected", ()))),
        resumed=tuple(map(_read_instant, data.get("resumed", ()))),
        reasons={_read_instant(instant): str(reason) for instant, reason in data.get("reasons", {}).items()},
        withdrawn=_read_maybe(data, "withdrawn", _read_instant),
        buried=_read_maybe(data, "buried", _read_instant),
        order=_read_maybe(data, "order", _ORDERS.__getitem__),
        reason=_read_maybe(data, "reason", str),
        left={str(key): _read_instant(instant) for key, instant in data.get("left", {}).items()},
        back={str(key): _read_instant(instant) for key, instant in data.get("back", {}).items()},
        guid=_read_maybe(data, "guid", str),
        published=_read_maybe(data, "published", _read_instant),
        file=_read_maybe(data, "file", str),
    )


def dump_line(data: dict[str, Any]) -> str:
    """A line of the ledger, with its end. Facts that are absent (None) are left out."""
    said = {name: value for name, value in data.items() if value is not None}
    return json.dumps(said, ensure_ascii=False) + "\n"


def _write_instant(seconds: int) -> str:
    return format_rfc3339(to_datetime(seconds))


def _write_maybe(seconds: int | None) -> str | None:
    return None if seconds is None else _write_instant(seconds)


def _read_maybe(data: dict[str, Any], name: str, read: Callable[[Any], Value]) -> Value | None:
    value = data.get(name)
    return None if value is None else read(value)


def _read_instant(text: str) -> int:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(f"no offset: {text!r}")
    return to_seconds(instant)
