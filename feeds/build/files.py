"""Files of the output folder, by their names below it: written as a whole, removed, never outside of it.

Raises OutputError.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from feeds.errors import OutputError
from feeds.ownership import Owner, find_owner, give

TEMPORARY = ".feeds-tmp"
"""The end of a file's name while it is being written, or waits to replace another."""
MOST_FOLDERS = 10_000
"""Folders that are remembered as being there: each page has one, which is made once."""


class Files:
    """The files below a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._top = f"{folder}{os.sep}"
        self._there = {""}

    @cached_property
    def _owner(self) -> Owner | None:
        return find_owner(self.folder)

    def size_of(self, name: str) -> int | None:
        """The size of a file in bytes, or None where there is none."""
        try:
            status = os.stat(self._top + name)  # noqa: PTH116 (asked for each of many thousand files)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise explain(error, self.folder / name) from error
        return status.st_size if stat.S_ISREG(status.st_mode) else None

    def read(self, name: str) -> bytes:
        """The bytes of a file."""
        try:
            with open(self._top + name, "rb") as file:  # noqa: PTH123 (done for each of many thousand files)
                return file.read()
        except OSError as error:
            raise explain(error, self.folder / name, "read") from error

    def stage(self, name: str, body: bytes) -> None:
        """Write what will get the file's name with `settle`."""
        self._stage(name, (body,), is_durable=False)

    def stage_durably(self, name: str, parts: Iterable[bytes]) -> None:
        """The same, from parts that come one by one, and so that it survives a power cut."""
        self._stage(name, parts, is_durable=True)

    def _stage(self, name: str, parts: Iterable[bytes], *, is_durable: bool) -> None:
        self._make_folder(name.rpartition("/")[0])
        temporary = self._top + name + TEMPORARY
        try:
            # What somebody put there may be a link.
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
            handle = os.open(temporary, flags, 0o666)
            try:
                give(handle, self._owner)
                for part in parts:
                    write_all(handle, part)
                if is_durable:
                    os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as error:
            self.drop(name)
            raise explain(error, self.folder / name) from error

    def settle(self, name: str) -> None:
        """Give what was staged its name, atomically."""
        target = self._top + name
        try:
            os.replace(target + TEMPORARY, target)  # noqa: PTH105 (done for each of many thousand files)
        except OSError as error:
            self.drop(name)
            raise explain(error, self.folder / name) from error

    def write(self, name: str, body: bytes) -> None:
        """Write a file, atomically."""
        self.stage(name, body)
        self.settle(name)

    def date(self, name: str, *, like: str) -> None:
        """Give a file the modification time of another, unless it has it already."""
        source, target = self._top + like, self._top + name
        try:
            status = os.stat(source)  # noqa: PTH116 (asked for each of many thousand files)
            if os.stat(target).st_mtime_ns != status.st_mtime_ns:  # noqa: PTH116 (as above)
                os.utime(target, ns=(status.st_atime_ns, status.st_mtime_ns))
        except OSError as error:
            raise explain(error, self.folder / name) from error

    def drop(self, name: str) -> None:
        """Remove what was staged for a file, if anything."""
        temporary = self.folder / (name + TEMPORARY)
        if self.is_inside(temporary.parent):
            try:
                temporary.unlink(missing_ok=True)
            except NotADirectoryError:
                pass
            except OSError as error:
                raise explain(error, temporary) from error

    def remove(self, name: str) -> bool:
        """Remove a file, and the folders that it leaves empty; whether it was there."""
        target = self.folder / name
        if not self.is_inside(target.parent):
            return False
        try:
            is_there = target.is_symlink() or target.exists()
            if is_there:
                target.unlink()
            for parent in target.parents:
                if parent == self.folder or (parent.is_dir() and any(parent.iterdir())):
                    break
                if parent.is_dir():
                    parent.rmdir()
        except OSError as error:
            raise explain(error, target) from error
        return is_there

    def iterate(self) -> Iterator[str]:
        """The names of all files that are there, in no particular order; no link to a folder is followed."""
        for place, _, names in os.walk(self.folder):
            front = place.removeprefix(str(self.folder)).lstrip(os.sep).replace(os.sep, "/")
            yield from (f"{front}/{name}" if front else name for name in names)

    def is_inside(self, place: Path) -> bool:
        """Whether a place stays below the folder when links are followed."""
        top = os.path.realpath(self.folder)
        real = os.path.realpath(place)
        return real == top or real.startswith(top.rstrip(os.sep) + os.sep)

    def _make_folder(self, name: str) -> None:
        """Make a folder once; a link that leads out of the output folder is an error."""
        if name in self._there:
            return
        self._make_folder(name.rpartition("/")[0])
        try:
            os.mkdir(self._top + name)  # noqa: PTH102 (done for each of many thousand pages)
            give(self._top + name, self._owner)
        except FileExistsError as error:
            place = self.folder / name
            if place.is_symlink() and not self.is_inside(place):
                raise OutputError(
                    "leads out of the output folder by a link", path=str(place), hint="remove the link"
                ) from error
            if not place.is_dir():
                raise explain(error, place) from error
        except OSError as error:
            raise explain(error, self.folder / name) from error
        if len(self._there) >= MOST_FOLDERS:
            self._there = {""}
        self._there.add(name)


def write_all(handle: int, data: bytes) -> None:
    """Write all of it: the system may accept only a part, as on a disk that fills up. Raises OSError."""
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def explain(error: OSError, path: Path, done: str = "written") -> OutputError:
    """The system's error about a file that was to be `done` (read, written), for a person."""
    hint = "check permissions and free space, then build again"
    if isinstance(error, (FileExistsError, IsADirectoryError, NotADirectoryError)):
        hint = "no build wrote what is there: move it elsewhere, then build again"
    elif isinstance(error, FileNotFoundError):
        hint = "somebody removed its folder meanwhile: build again"
    return OutputError(f"can't be {done}: {error.strerror}", path=str(path), hint=hint)
