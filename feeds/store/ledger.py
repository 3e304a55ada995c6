"""The ledger: the few facts about each article that can't be had again from its seed.

`ledger.jsonl` is made to be committed: one JSON object a line, first the ledger's own, then one a feed, then one an
article in order of arrival. No headline, no text; `words` is a digest that tells a correction from a new line break.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from feeds.errors import LedgerError
from feeds.store.merging import join_feeds, settle_places

VERSION = 1
Order = Literal["withdraw", "erase"]
PART_BYTES = 1_000_000
_HEADS = (b'{"ledger":', b'{"feed":')
"""What the lines begin with that are no articles."""
_ORDERS: dict[str, Order] = {"withdraw": "withdraw", "erase": "erase"}


@dataclass(frozen=True, slots=True)
class FeedIdentity:
    """A feed as the ledger knows it: `key` never changes, `slug` does when its category is renamed.

    `label` is what pages or settings first called it: pages that spell it otherwise don't rename it. `sealed` are the
    archive documents that its sequence has been sealed into, as runs of (entries, documents).
    """

    key: str
    id: str
    slug: str
    label: str
    sealed: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Identity:
    """An article as the ledger knows it. Instants are seconds since 1970, UTC.

    `words` is a digest of what its text says, `page` one of the file that said it: a correction changes both.
    `keys` are its natural keys, best first; `places` its place (from 1) in each feed's sequence, by the feed's key;
    `nudge` the seconds that keep its `updated` distinct. `left` says since when it is out of a feed that it was in,
    because its category changed or its seed vanished, `back` since when it is in one again; `buried` when the notice of
    its withdrawal became a tombstone. `order` is what an operator ordered ("withdraw", "erase"), with `reason`; of an
    erased one nothing else is kept, its keys as digests. `guid` is its id in RSS and JSON Feed, where that is another
    than in Atom: an id adopted from a system whose ids are no IRIs. Of a withdrawn one, whose notice outlasts its file,
    `reason` is that of its front matter where no order gives one, and `published` when it was published, where that is
    not when it was first seen, and `file` the path of its file, by which it is known when that is deleted.
    """

    id: str
    path: str
    keys: tuple[str, ...]
    seen: int
    words: str
    page: str = ""
    places: dict[str, int] = field(default_factory=dict)
    nudge: int = 0
    corrected: tuple[int, ...] = ()
    withdrawn: int | None = None
    buried: int | None = None
    order: Order | None = None
    reason: str | None = None
    left: dict[str, int] = field(default_factory=dict)
    back: dict[str, int] = field(default_factory=dict)
    guid: str | None = None
    published: int | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """The whole ledger: the namespace that ids are minted in, the feeds, and the articles in order of arrival.

    `is_published` is False from an adoption to the first build after it: until then no reader knows a minted id.
    `merged` are the keys of feeds of which its lines said two things, as after a merge of two branches.
    """

    namespace: str
    feeds: tuple[FeedIdentity, ...] = ()
    articles: tuple[Identity, ...] = ()
    is_published: bool = True
    merged: tuple[str, ...] = ()


def load_ledger(path: Path) -> Ledger | None:
    """The ledger in a file, or None where there is no file. Raises LedgerError, never skips a line."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        raise LedgerError("is not UTF-8", path=str(path), hint=_RESTORE) from error
    except OSError as error:
        raise LedgerError(f"can't be read: {error.strerror}", path=str(path), hint="check its permissions") from error
    return parse_ledger(text, str(path))


_RESTORE = "restore it from version control; without it every reader would see old articles again"
_SOLVE = "two branches were merged: keep the lines of both, and delete the lines with the marks"
_CONFLICT_MARKS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")


def parse_ledger(text: str, path: str = "ledger") -> Ledger:
    """The ledger that a text holds, settled where it was merged. Raises LedgerError with the line that is wrong."""
    namespace: str | None = None
    is_published = True
    feeds: dict[str, tuple[int, FeedIdentity]] = {}
    articles: list[Identity] = []
    lines: list[int] = []
    merged: set[str] = set()
    unique: dict[tuple[str, str], int] = {}
    # Not splitlines: an id may hold a character that it takes for the end of a line.
    for number, line in enumerate(text.split("\n"), 1):
        if not line:
            continue
        try:
            data = json.loads(line)
            if "ledger" in data:
                if data["ledger"] > VERSION:
                    raise LedgerError(
                        f"was written by a newer program (version {data['ledger']}; this one knows {VERSION})",
                        path=path,
                        line=number,
                        hint="install a newer feeds; this one leaves the ledger as it is",
                    )
                namespace, is_published = str(data["namespace"]), data.get("published", True) is True
            elif "feed" in data:
                feed = _read_feed(data)
                if feed.key in feeds:
                    first, other = feeds[feed.key]
                    feeds[feed.key] = first, join_feeds(other, feed, path=path, lines=(first, number))
                    merged.add(feed.key)
                else:
                    _check_unique(unique, path, number, {"slug": feed.slug})
                    feeds[feed.key] = number, feed
            else:
                identity = _read_identity(data)
                _check_unique(unique, path, number, {"id": identity.id, "path": identity.path})
                if identity.guid is not None:
                    _check_unique(unique, path, number, {"guid": identity.guid})
                articles.append(identity)
                lines.append(number)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            hint = _SOLVE if line.startswith(_CONFLICT_MARKS) else _RESTORE
            raise LedgerError("no line of a ledger", path=path, line=number, text=line, hint=hint) from error
    if namespace is None:
        raise LedgerError("has no first line with the namespace", path=path, line=1, hint=_RESTORE)
    known = tuple(feed for _, feed in feeds.values())
    settled, moved = settle_places(articles, known, path=path, lines=lines)
    return Ledger(namespace, known, tuple(settled), is_published, tuple(sorted(merged.union(moved))))


def render_head(namespace: str, feeds: Iterable[FeedIdentity], *, is_published: bool = True) -> Iterator[str]:
    """The first lines of the file, each with its line end: the ledger's own, and one a feed."""
    yield _dump({"ledger": VERSION, "namespace": namespace, **({} if is_published else {"published": False})})
    for feed in feeds:
        sealed = {"sealed": [list(run) for run in feed.sealed]} if feed.sealed else {}
        yield _dump({"feed": feed.key, "id": feed.id, "slug": feed.slug, "label": feed.label, **sealed})


def digest_ledger(path: Path) -> str | None:
    """The digest of a ledger's file as `write_ledger` returns it, or None where there is no file."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise LedgerError(f"can't be read: {error.strerror}", path=str(path), hint="check its permissions") from error


def render_identity(identity: Identity) -> str:
    """An article's line. Facts that are absent are left out."""
    data: dict[str, Any] = {
        "id": identity.id,
        "path": identity.path,
        "seen": _write_instant(identity.seen),
        "words": identity.words,
        **({"page": identity.page} if identity.page else {}),
        "keys": list(identity.keys),
        "places": identity.places,
    }
    if identity.guid is not None:
        data["guid"] = identity.guid
    if identity.published is not None:
        data["published"] = _write_instant(identity.published)
    if identity.nudge:
        data["nudge"] = identity.nudge
    if identity.corrected:
        data["corrected"] = [_write_instant(instant) for instant in identity.corrected]
    if identity.withdrawn is not None:
        data["withdrawn"] = _write_instant(identity.withdrawn)
    if identity.buried is not None:
        data["buried"] = _write_instant(identity.buried)
    if identity.order is not None:
        data["order"] = identity.order
    if identity.reason is not None:
        data["reason"] = identity.reason
    if identity.file is not None:
        data["file"] = identity.file
    for name, instants in (("left", identity.left), ("back", identity.back)):
        if instants:
            data[name] = {key: _write_instant(instant) for key, instant in sorted(instants.items())}
    return _dump(data)


def is_in_corrections(identity: Identity) -> bool:
    """Whether an article is, or was, in the feed of corrections: it was corrected, withdrawn or erased."""
    return bool(identity.corrected) or identity.withdrawn is not None or identity.order == "erase"


def parse_identity(line: str) -> Identity:
    """The article of a line that `render_identity` wrote."""
    return _read_identity(json.loads(line))


def write_ledger(
    path: Path, iterate_parts: Callable[[], Iterable[bytes]], *, known: str | None = None, replaces: str | None = None
) -> str:
    """Write the file at once, whole or not at all, unless `known` is its digest already; return its digest.

    It outlives a power cut: what is written later, the library and the folder, never knows an id that it doesn't.
    `iterate_parts` gives the lines, some at once, first to tell whether they are others and then to write them: all of
    them may be more than memory holds. Without `known` they are not looked at first. `replaces` is the digest of the
    file that was read, None for none. Raises LedgerError, also where the file is another now.
    """
    # Only who holds the library's lock writes here: one name is enough, and what a killed run left is written over.
    # What a link leads to is written, not the link.
    path = path.resolve() if path.is_symlink() else path
    temporary = path.with_name(f".{path.name}.feeds-tmp")
    try:
        if known is not None and _digest(iterate_parts()) == known:
            temporary.unlink(missing_ok=True)
            return known
        path.parent.mkdir(parents=True, exist_ok=True)
        sha = hashlib.sha256()
        with temporary.open("wb") as file:
            for part in iterate_parts():
                sha.update(part)
                file.write(part)
            file.flush()
            os.fsync(file.fileno())
        if digest_ledger(path) != replaces:
            temporary.unlink()
            raise LedgerError(
                "was changed while it was in use", path=str(path), hint="nothing was published; run it again"
            )
        if sha.hexdigest() == replaces:
            temporary.unlink()
        else:
            temporary.replace(path)
            _sync_folder(path.parent)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise LedgerError(
            f"can't be written: {error.strerror}",
            path=str(path),
            hint="without it ids would not last, so nothing is published",
        ) from error
    return sha.hexdigest()


def iterate_article_lines(path: Path) -> Iterator[bytes]:
    """What stands in a ledger's file behind its first lines (`render_head`): the articles, some at once."""
    with path.open("rb") as file:
        for line in file:
            if not line.startswith(_HEADS):
                yield line
                break
        while part := file.read(PART_BYTES):
            yield part


def _digest(parts: Iterable[bytes]) -> str:
    sha = hashlib.sha256()
    for part in parts:
        sha.update(part)
    return sha.hexdigest()


def _sync_folder(folder: Path) -> None:
    """Make sure that a new name in a folder outlives a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _check_unique(unique: dict[tuple[str, str], int], path: str, number: int, values: dict[str, str]) -> None:
    for name, value in values.items():
        first = unique.setdefault((name, value), number)
        if first != number:
            raise LedgerError(
                f"this {name} stands on two lines, here and on line {first}",
                path=path,
                line=number,
                text=value,
                hint="two branches were merged: of one article keep the line that says more (`corrected`, `withdrawn`, "
                "`left`, `order`), else the one with the earlier `seen`",
            )


def _read_feed(data: dict[str, Any]) -> FeedIdentity:
    sealed = tuple((int(entries), int(documents)) for entries, documents in data.get("sealed", ()))
    return FeedIdentity(
        str(data["feed"]), str(data["id"]), str(data["slug"]), str(data.get("label", data["slug"])), sealed
    )


def _read_identity(data: dict[str, Any]) -> Identity:
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
        withdrawn=None if (instant := data.get("withdrawn")) is None else _read_instant(instant),
        buried=None if (instant := data.get("buried")) is None else _read_instant(instant),
        order=None if (order := data.get("order")) is None else _ORDERS[order],
        reason=None if (reason := data.get("reason")) is None else str(reason),
        left={str(key): _read_instant(instant) for key, instant in data.get("left", {}).items()},
        back={str(key): _read_instant(instant) for key, instant in data.get("back", {}).items()},
        guid=None if (guid := data.get("guid")) is None else str(guid),
        published=None if (instant := data.get("published")) is None else _read_instant(instant),
        file=None if (file := data.get("file")) is None else str(file),
    )


def _dump(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False) + "\n"


def _write_instant(seconds: int) -> str:
    # Not strftime: it writes years before 1000 without their zeros, and such a line could not be read again.
    return f"{datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None).isoformat()}Z"


def _read_instant(text: str) -> int:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(f"no offset: {text!r}")
    return int(instant.timestamp())
