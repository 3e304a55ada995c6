"""The pack: one file of bodies in every coding, mapped by all processes that serve, so that each byte is there once.

It is beside the library and is a cache like it: bodies are found by the digest of the document, and one that
is not (or no more) in it is rendered again. It is written, and its folder removed, under the library's write lock only.
"""

from __future__ import annotations

import mmap
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

from feeds.dates.instants import to_datetime
from feeds.errors import LibraryError
from feeds.ownership import find_owner, give, make_folder, open_plainly
from feeds.progress import Progress, no_progress
from feeds.site import Resource, Site
from feeds.store import (
    SCRUB_LATER,
    Connection,
    Library,
    ask,
    ask_value,
    ask_values,
    has_table,
    iterate_tuples,
    put_rows,
    read_fact,
    write_fact,
)
from feeds.store.schema import Table
from feeds.web.compression import CODINGS, compress
from feeds.web.document import Body, Document, make_document
from feeds.web.negotiation import IDENTITY

BATCH = 200
STEP_BYTES = 16_000_000
"""A pack grows by so much; what isn't written yet takes no place on the disk."""
_END = "pack"
"""Name of the fact that says where in which file the next body goes."""
MIN_WASTE = 64_000_000
"""A pack is written again when more than half of it, and this many bytes, is no longer used."""

_NAMES = (IDENTITY, *(coding.name for coding in CODINGS))
"""The codings of a document in the order in which they are in the file."""

_BODIES = Table(
    "bodies_2",  # another number for other columns: the pack is then filled again
    {
        "path": "TEXT NOT NULL",
        "digest": "TEXT NOT NULL",  # of the bytes without a coding
        "status": "INTEGER NOT NULL",
        "media_type": "TEXT NOT NULL",
        "file": "TEXT NOT NULL",
        "offset": "INTEGER NOT NULL",
        "size": "INTEGER NOT NULL",  # without a coding; the codings follow in their order, 0: not there
        **{coding.name: "INTEGER NOT NULL" for coding in CODINGS},
        "best": "INTEGER NOT NULL",  # 1: coded as small as it gets; 0: quickly
    },
    key=("path",),
)
"""Where the bodies of a document are; `file` is a name in the folder of packs."""
_CURRENT: Final = """
    SELECT documents.path, changed, bodies_2.* FROM documents
    JOIN bodies_2 ON bodies_2.path = documents.path AND bodies_2.digest = documents.digest
"""
_MISSING: Final = """
    SELECT path FROM documents WHERE failed = 0 AND NOT EXISTS (
        SELECT 1 FROM bodies_2
        WHERE bodies_2.path = documents.path AND bodies_2.digest = documents.digest AND file = :file
    ) ORDER BY path
"""


@dataclass(frozen=True, slots=True)
class Packed:
    """A document of the library whose bodies are in a file: when it changed, and its row of the table of bodies.

    There is one for every document of the site in every worker, so it is no more than that.
    """

    changed: int
    row: Sequence[Any]


class Pack:
    """The files of a folder that a process has mapped."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._maps: dict[tuple[int, int], mmap.mmap] = {}

    def make(self, packed: Packed, *, address: str, now: datetime) -> Document | None:
        """The document, its bodies as views of the file; None where the file is not there or too short."""
        path, digest, status, media_type, file, offset, *sizes, _best = packed.row
        view = self._map(file, offset + sum(sizes))
        if view is None:
            return None
        bodies: dict[str, Body] = {}
        for name, size in zip(_NAMES, sizes, strict=True):
            if size or name == IDENTITY:
                bodies[name] = view[offset : offset + size]
            offset += size
        resource = Resource(path, status, b"", media_type, digest, to_datetime(packed.changed))
        return make_document(resource, bodies, address=address, now=now)

    def _map(self, name: str, end: int) -> memoryview | None:
        """A view of a file up to `end` at least; None where there is none, or a shorter one."""
        try:
            with (self._folder / name).open("rb") as handle:
                # A file that is mapped keeps its number even when it is deleted: another of its name has another.
                status = os.fstat(handle.fileno())
                key = (status.st_dev, status.st_ino)
                found = self._maps.get(key)
                if found is None or len(found) < end:
                    found = mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ)
                    # An older map lives on for as long as documents point into it.
                    self._maps = {key: found}
        except (OSError, ValueError):
            # Deleted, or empty: what was in it is rendered on request.
            return None
        return memoryview(found) if len(found) >= end else None


def folder_of_packs(database: Path) -> Path:
    """The folder of a library's packs: beside it, with its name in front."""
    return database.with_name(f"{database.name}-bodies")


def load_packed(connection: Connection) -> dict[str, Packed]:
    """The documents of the library whose bodies are in a pack, by path."""
    if not has_table(connection, _BODIES):
        return {}
    return {row[0]: Packed(row[1], row[2:]) for rows in iterate_tuples(connection, _CURRENT) for row in rows}


class Packing:
    """A pack that is being filled: `write` each resource as it is rendered, then `complete` it.

    `connection` is the write transaction of the library. With `best`, codings are made as small as they get, which
    takes ten times as long. Raises LibraryError where the folder can't be written.
    """

    def __init__(self, connection: Connection, folder: Path, *, best: bool = False) -> None:
        self._connection = connection
        self._folder = folder
        self._best = best
        self._waiting: list[Resource] = []
        for statement in _BODIES.define():
            connection.execute(statement)
        with _explained(folder):
            make_folder(folder)
            self._end = _find_end(connection, folder)
        self._file: BinaryIO | None = None

    def write(self, resource: Resource) -> None:
        """Put a resource into the pack, where it isn't there already."""
        self._waiting.append(resource)
        if len(self._waiting) >= BATCH:
            self._flush()

    def complete(self, site: Site, *, progress: Progress = no_progress) -> None:
        """Put every document of the library that is in no pack into this one, and note where it ends."""
        self._flush()
        ask(self._connection, "DELETE FROM bodies_2 WHERE path NOT IN (SELECT path FROM documents)")
        paths = ask_values(self._connection, _MISSING, file=self._end.file.name)
        for number, path in enumerate(paths, 1):
            self.write(site.get(path))
            progress("packing", number, len(paths))
        self._flush()
        if self._file is not None:
            # Before the transaction ends: what the library names must be there after a power cut too.
            with _explained(self._folder):
                os.fsync(self._file.fileno())
                self._file.close()
            write_fact(self._connection, _END, f"{self._end.file.name}/{self._end.offset}")

    def _flush(self) -> None:
        """Compress and append what waits and isn't there yet."""
        resources = {resource.path: resource for resource in self._waiting}
        self._waiting = []
        query = "SELECT path, digest FROM bodies_2 WHERE path IN :paths AND file = :file AND best >= :best"
        known = {"paths": list(resources), "file": self._end.file.name, "best": int(self._best)}
        for path, digest in ask(self._connection, query, **known):
            if resources[path].digest == digest:
                del resources[path]
        if not resources:
            return
        with _explained(self._folder):
            if self._file is None:
                self._file = os.fdopen(open_plainly(self._end.file, os.O_RDWR | os.O_CREAT), "r+b")
                give(self._file.fileno(), find_owner(self._folder))
            self._end = _append(self._connection, self._file, self._end, resources.values(), best=self._best)


def remove_packs(library: Library) -> None:
    """Remove a library's packs, so that nothing can be read from them any more; a server fills another.

    Waits for a round that fills one: its transaction names what it wrote. Raises LibraryError.
    """
    if library.path is None:
        return
    folder = folder_of_packs(library.path)
    with library.hold(hint=SCRUB_LATER), _explained(folder):
        if folder.exists():
            shutil.rmtree(folder)


def remove_old_packs(connection: Connection, folder: Path) -> None:
    """Remove packs that the library doesn't name any more; a process that has one mapped keeps it until it follows."""
    used = set(ask_values(connection, "SELECT DISTINCT file FROM bodies_2"))
    if (end := read_fact(connection, _END)) is not None:
        used.add(end.partition("/")[0])
    for path in folder.glob("*.pack"):
        if path.name not in used:
            path.unlink(missing_ok=True)


def refine_archives(connection: Connection, site: Site, folder: Path, *, limit: int) -> int:
    """Code at most `limit` sealed archives, which hardly ever change, as small as they get; how many those were."""
    query = "SELECT path FROM bodies_2 WHERE instr(path, :archive) AND best = 0 LIMIT :limit"
    paths = ask_values(connection, query, archive=f"/{site.catalogue.paths['archive']}/", limit=limit)
    if paths:
        packing = Packing(connection, folder, best=True)
        for path in paths:
            packing.write(site.get(path))
        packing.complete(site)
    return len(paths)


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise LibraryError(
            f"can't be written: {error.strerror}", path=str(folder), hint="check permissions and free space"
        ) from error


@dataclass(frozen=True, slots=True)
class _End:
    """Where the next body goes. After it there may be bodies of a transaction that was rolled back."""

    file: Path
    offset: int


def _find_end(connection: Connection, folder: Path) -> _End:
    """The end of the pack in use; the start of another where that is gone, or mostly waste."""
    name, _, end = (read_fact(connection, _END) or "0.pack/0").partition("/")
    file, offset = folder / name, int(end)
    total = " + ".join(("size", *(coding.name for coding in CODINGS)))
    query = f"SELECT sum({total}) FROM bodies_2 WHERE file = :file"  # noqa: S608 (names of codings)
    waste = offset - int(ask_value(connection, query, file=name) or 0)
    if offset and file.is_file() and file.stat().st_size >= offset and (waste < MIN_WASTE or waste < offset / 2):
        return _End(file, offset)
    # Never a name that was used before: a process may have that file mapped, a row may name it.
    numbers = [int(name.partition(".")[0]), *(int(path.stem) for path in folder.glob("*.pack") if path.stem.isdigit())]
    return _End(folder / f"{max(numbers) + 1}.pack", 0)


def _append(connection: Connection, handle: BinaryIO, end: _End, resources: Iterable[Resource], *, best: bool) -> _End:
    """Write resources to a pack and note where they are; the pack's end afterwards."""
    rows = []
    offset = end.offset
    parts: list[bytes] = []
    for resource in resources:
        coded = compress(resource.body, resource.media_type, best=best)
        bodies = [resource.body, *(coded.get(coding.name, b"") for coding in CODINGS)]
        sizes = dict(zip(("size", *_NAMES[1:]), map(len, bodies), strict=True))
        rows.append(
            {
                "path": resource.path,
                "digest": resource.digest,
                "status": resource.status,
                "media_type": resource.media_type,
                "file": end.file.name,
                "offset": offset,
                "best": int(best),
                **sizes,
            }
        )
        parts += bodies
        offset += sum(sizes.values())
    # In large steps, so that a process which has the file mapped needs no other map for each small change.
    handle.truncate(-(-offset // STEP_BYTES) * STEP_BYTES)
    handle.seek(end.offset)
    handle.write(b"".join(parts))
    handle.flush()
    put_rows(connection, _BODIES, rows)
    return _End(end.file, offset)
