"""The ledger: the few facts about each article that can't be had again from its seed.

`ledger.jsonl` is made to be committed: one JSON object a line, first the ledger's own, then one a feed, then one an
article in order of arrival. No headline, no text; `words` is a digest that distinguishes a correction from a new line
break.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from feeds.errors import LedgerError
from feeds.store.identities import FeedIdentity, Identity, dump_line, read_feed, read_identity, render_feed
from feeds.store.merging import join_feeds, settle_places

VERSION = 1
PART_BYTES = 250_000
MAX_PLACE = 2**63 - 1
"""The largest integer of SQLite."""
_HEADS = (b'{"ledger":', b'{"feed":')
"""How the lines begin that are not articles."""
_RESTORE = "restore it from version control; without it every reader would see old articles again"
_SOLVE = "two branches were merged: keep the lines of both, and delete the lines with the marks"
_FOLDER = re.compile(r"/(?:(?!\.{1,2}/)[^/\\\x00-\x1f\x7f]+/)+")
"""The path of an article's page or of a feed: "/artikel/<key>/<slug>/"."""
_UNMARK = "it begins with a byte order mark, as some editors write it: save it as UTF-8 without one"
_CONFLICT_MARKS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")


@dataclass(frozen=True, slots=True)
class Ledger:
    """The whole ledger: the namespace that ids are minted in, the feeds, and the articles in order of arrival.

    `is_published` is False from an adoption to the first build after it: until then no reader knows a minted id.
    `merged` are the keys of feeds about which its lines disagreed, as after a merge of two branches.
    """

    namespace: str
    feeds: tuple[FeedIdentity, ...] = ()
    articles: tuple[Identity, ...] = ()
    is_published: bool = True
    merged: tuple[str, ...] = ()

    @property
    def former_slugs(self) -> dict[str, str]:
        """Slug that a feed had during a rename that was undone -> its slug now."""
        return {slug: feed.slug for feed in self.feeds for slug in feed.was}


def load_ledger(path: Path) -> Ledger | None:
    """The ledger in a file, or None where there is no file. Raises LedgerError, never skips a line."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        raise LedgerError("is not UTF-8", path=str(path), hint=_RESTORE) from error
    except OSError as error:
        raise _refuse(path, error) from error
    return parse_ledger(text, str(path))


def parse_ledger(text: str, path: str = "ledger") -> Ledger:
    """The ledger that a text holds, settled where it was merged. Raises LedgerError with the line that is wrong."""
    namespace: str | None = None
    is_published = True
    feeds: dict[str, tuple[int, FeedIdentity]] = {}
    articles: list[Identity] = []
    lines: list[int] = []
    merged: set[str] = set()
    unique: dict[tuple[str, str], int] = {}
    # Not splitlines: an id may contain a character that it treats as a line end.
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
                feed = read_feed(data)
                _check_folders(path, number, *(f"/{slug}/" for slug in (feed.slug, *feed.was) if slug))
                if feed.key in feeds:
                    first, other = feeds[feed.key]
                    feeds[feed.key] = first, join_feeds(other, feed, path=path, lines=(first, number))
                    merged.add(feed.key)
                else:
                    _check_unique(unique, path, number, {"slug": feed.slug})
                    feeds[feed.key] = number, feed
            else:
                identity = read_identity(data)
                _check_facts(identity)
                _check_folders(path, number, identity.path)
                _check_unique(unique, path, number, {"id": identity.id, "path": identity.path})
                if identity.guid is not None:
                    _check_unique(unique, path, number, {"guid": identity.guid})
                articles.append(identity)
                lines.append(number)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            hint = _find_hint(line)
            raise LedgerError("no line of a ledger", path=path, line=number, text=line, hint=hint) from error
    if namespace is None:
        raise LedgerError("has no first line with the namespace", path=path, line=1, hint=_RESTORE)
    known = tuple(feed for _, feed in feeds.values())
    settled, moved = settle_places(articles, known, path=path, lines=lines)
    return Ledger(namespace, known, tuple(settled), is_published, tuple(sorted(merged.union(moved))))


def _find_hint(line: str) -> str:
    """What to do about a line that can't be read."""
    if line.startswith("\ufeff"):
        return _UNMARK
    return _SOLVE if line.startswith(_CONFLICT_MARKS) else _RESTORE


def render_head(namespace: str, feeds: Iterable[FeedIdentity], *, is_published: bool = True) -> Iterator[str]:
    """The first lines of the file, each with its line end: the ledger's own, and one a feed."""
    yield dump_line({"ledger": VERSION, "namespace": namespace, **({} if is_published else {"published": False})})
    for feed in feeds:
        yield render_feed(feed)


@dataclass(frozen=True, slots=True)
class LedgerState:
    """A ledger's file: the digest of its content, and its status, by which an unchanged file is recognised.

    Two states are equal if their contents are.
    """

    digest: str
    stat: str = field(compare=False)


def look_at_ledger(path: Path, known: LedgerState | None = None) -> LedgerState | None:
    """The state of a ledger's file, or None where there is none. A file with the stat of `known` is not read.

    Raises LedgerError.
    """
    try:
        with path.open("rb") as file:
            stat = _stat(file)
            if known is not None and known.stat == stat:
                return known
            return LedgerState(hashlib.file_digest(file, "sha256").hexdigest(), stat)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _refuse(path, error) from error


def _refuse(path: Path, error: OSError) -> LedgerError:
    """The error of a ledger that can't be read."""
    hint = "check its permissions"
    if isinstance(error, IsADirectoryError):
        hint = "move that folder elsewhere, or name another file with ledger in [library]"
    return LedgerError(f"can't be read: {error.strerror}", path=str(path), hint=hint)


def _stat(file: BinaryIO) -> str:
    """Size, inode and ctime; no program can set the last."""
    found = os.fstat(file.fileno())
    return f"{found.st_size} {found.st_ctime_ns} {found.st_ino}"


def write_ledger(
    path: Path,
    iterate_parts: Callable[[], Iterable[bytes]],
    *,
    known: LedgerState | None = None,
    replaces: LedgerState | None = None,
) -> LedgerState:
    """Write the file at once, whole or not at all, unless `known` is what it would be; return its state.

    It is on the disk when this returns: library and folder, which are written later, never have an id that the ledger
    lacks after a power cut. `iterate_parts` gives the lines, several at a time, because all of them may not fit into
    memory; it may be called twice: to compare, and to write. `replaces` is the state of the file that was read, None
    for none. Raises LedgerError, also where the file has changed since.
    """
    # Only the holder of the library's lock writes here, so one temporary name is enough: what a killed run left is
    # overwritten. A symbolic link is followed, not replaced.
    path = path.resolve() if path.is_symlink() else path
    temporary = path.with_name(f".{path.name}.feeds-tmp")
    try:
        if known is not None and _digest(iterate_parts()) == known.digest:
            _clear_away(temporary)
            return known
        path.parent.mkdir(parents=True, exist_ok=True)
        sha = hashlib.sha256()
        with temporary.open("wb") as file:
            for part in iterate_parts():
                sha.update(part)
                file.write(part)
            file.flush()
            os.fsync(file.fileno())
            found = look_at_ledger(path, replaces)
            if found != replaces:
                temporary.unlink()
                raise LedgerError(
                    "was changed while it was in use", path=str(path), hint="nothing was published; run it again"
                )
            if found is not None and found.digest == sha.hexdigest():
                temporary.unlink()
                return found
            temporary.replace(path)
            state = LedgerState(sha.hexdigest(), _stat(file))
        _sync_folder(path.parent)
    except OSError as error:
        _clear_away(temporary)
        # In a read-only folder, such as that of a checkout, a ledger that already says all of it is enough.
        found = look_at_ledger(path, replaces)
        if found is not None and found == replaces and found.digest == _digest(iterate_parts()):
            return found
        raise LedgerError(
            f"can't be written: {error.strerror}",
            path=str(path),
            hint="without it ids would not last, so nothing is published",
        ) from error
    return state


def _clear_away(temporary: Path) -> None:
    """Remove what a run left, where that can be done: what is in its way is reported when something is written."""
    with contextlib.suppress(OSError):
        temporary.unlink()


def iterate_article_lines(path: Path) -> Iterator[bytes]:
    """The lines of a ledger's file after its first ones (`render_head`): the articles, several lines at a time."""
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
    """Make sure that a new name in a folder survives a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _check_facts(identity: Identity) -> None:
    """Raise ValueError for facts that no run writes, and that none could work with."""
    if not identity.id or not all(0 < place <= MAX_PLACE for place in identity.places.values()):
        raise ValueError("no id, or no place")
    if not all(":" in key for key in identity.keys):
        raise ValueError("a key without its kind")


def _check_folders(path: str, number: int, *folders: str) -> None:
    """Raise LedgerError for what can't be a folder of a site: a build would write elsewhere."""
    for folder in folders:
        if _FOLDER.fullmatch(folder) is None:
            what, hint = (
                "is no folder of a site",
                f"it begins and ends with a slash, without . and .. between; {_RESTORE}",
            )
            raise LedgerError(what, path=path, line=number, text=folder, hint=hint)


def _check_unique(unique: dict[tuple[str, str], int], path: str, number: int, values: dict[str, str]) -> None:
    for name, value in values.items():
        first = unique.setdefault((name, value), number)
        if first != number:
            raise LedgerError(
                f"this {name} is on two lines, here and on line {first}",
                path=path,
                line=number,
                text=value,
                hint="two branches were merged: of one article keep the line that says more (`corrected`, `withdrawn`, "
                "`left`, `order`), else the one with the earlier `seen`",
            )
