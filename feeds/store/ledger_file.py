"""The ledger's file, `ledger.jsonl`: read whole, looked at by its digest, written whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from feeds.errors import LedgerError
from feeds.ownership import find_owner, give, make_folder, open_plainly
from feeds.store.ledger import RESTORE, Ledger, parse_ledger

PART_BYTES = 250_000
_HEADS = (b'{"ledger":', b'{"feed":')
"""How the lines begin that are not articles."""


def load_ledger(path: Path) -> Ledger | None:
    """The ledger in a file, or None where there is no file. Raises LedgerError, never skips a line."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        raise LedgerError("is not UTF-8", path=str(path), hint=RESTORE) from error
    except OSError as error:
        raise _refuse(path, error) from error
    return parse_ledger(text, str(path))


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
        make_folder(path.parent)
        with open(temporary, "wb", opener=open_plainly) as file:
            give(file.fileno(), find_owner(path.parent))
            digest = _write(file, iterate_parts())
            found = look_at_ledger(path, replaces)
            if found != replaces:
                temporary.unlink()
                raise LedgerError(
                    "was changed while it was in use", path=str(path), hint="nothing was published; run it again"
                )
            if found is not None and found.digest == digest:
                temporary.unlink()
                return found
            temporary.replace(path)
            state = LedgerState(digest, _stat(file))
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


def _write(file: BinaryIO, parts: Iterable[bytes]) -> str:
    """Write parts to a file, and to the disk; returns their digest."""
    sha = hashlib.sha256()
    for part in parts:
        sha.update(part)
        file.write(part)
    file.flush()
    os.fsync(file.fileno())
    return sha.hexdigest()


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


def find_pages(path: Path, identifiers: Collection[str]) -> dict[str, str]:
    """By the id of these articles, the digest of the file that says each, as the ledger's file knows it.

    Only their lines are understood, and none is kept; where there is no file, nothing is known.
    """
    # A line may have more ids than its own, in its keys: what it says decides.
    likely = [json.dumps(identifier, ensure_ascii=False).encode() for identifier in identifiers]
    found: dict[str, str] = {}
    with contextlib.suppress(FileNotFoundError), path.open("rb") as file:
        for line in file:
            if any(each in line for each in likely) and (data := json.loads(line)).get("id") in identifiers:
                found[data["id"]] = str(data.get("page", ""))
    return found


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
