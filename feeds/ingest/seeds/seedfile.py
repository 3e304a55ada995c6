"""A seed file: what it is called, where it is, and how it looks now."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from feeds.config import Config, Source
from feeds.errors import SeedError, UnreadableError

SUFFIXES = frozenset({"txt", "text", "html", "htm", "md", "markdown"})
"""Suffixes of seed files, in lower case."""
_ENDS = tuple(f".{suffix}" for suffix in sorted(SUFFIXES))


class SeedFile(NamedTuple):
    """A seed file as the folder lists it.

    `path` is relative to config.toml, with slashes; `mark` changes when the file does: its source, size, time
    and inode.
    """

    path: str
    source: Source
    mark: str


def look_at(
    file: str, path: str, source: Source, errors: list[SeedError], *, handle: int | None = None
) -> SeedFile | None:
    """The seed file of a source, with its mark; None where it isn't there, or can't be read, which is reported.

    `file` is its path, or its name in the open folder `handle`.
    """
    if not path.isprintable() and has_odd_bytes(path):
        shown = os.fsencode(path).decode(errors="backslashreplace")
        errors.append(UnreadableError("has a name that is not UTF-8", path=shown, hint="rename it"))
        return None
    try:
        status = os.stat(file, dir_fd=handle)
    except OSError as error:
        if not _is_gone(file, handle):
            errors.append(unreadable(path, error))
        return None
    mark = f"{source.name} {status.st_size} {status.st_mtime_ns} {status.st_ino}"
    # What SeedFile(...) does, in a third of the time: there may be a million.
    return tuple.__new__(SeedFile, (path, source, mark))


def find_time(seed: SeedFile) -> int:
    """When a file last changed, in nanoseconds since 1970, as its mark says."""
    return int(seed.mark.rsplit(" ", 2)[1])


def unreadable(path: str, error: OSError) -> UnreadableError:
    """The error of a file that can't be looked at."""
    hint = "check its permissions, or what it links to"
    return UnreadableError(f"can't be read: {error.strerror}", path=path, hint=hint)


def _is_gone(file: str, handle: int | None) -> bool:
    """Whether there is no such file, nor a link that leads nowhere."""
    try:
        os.lstat(file, dir_fd=handle)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        # It may well be there.
        return False
    return False


def is_seed_name(name: str) -> bool:
    """Whether a file of this name is a seed: a known suffix, not hidden, no README."""
    if name.endswith(_ENDS) and name[0] not in ".Rr":
        # So are nearly all, and there may be a million.
        return True
    return name.lower().endswith(_ENDS) and name[0] != "." and name.rpartition(".")[0].upper() != "README"


def name_path(path: str, config: Config) -> str:
    """A path relative to config.toml, with slashes."""
    return os.path.relpath(path, config.folder).replace(os.sep, "/")


def has_odd_bytes(name: str) -> bool:
    """Whether a file's name is not UTF-8."""
    return any("\ud800" <= char <= "\udfff" for char in name)


@contextmanager
def open_folder(path: str) -> Iterator[int]:
    """A handle of a folder, closed in the end."""
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield handle
    finally:
        os.close(handle)


def leads_out(path: str, config: Config) -> UnreadableError:
    """The error of a link that leads out of its source's folder."""
    return UnreadableError(
        "is a link that leads out of its source's folder",
        path=name_path(path, config),
        hint="remove it, or copy what it points to",
    )


def is_inside(path: str, top: str) -> bool:
    """Whether a path leads into a folder, links followed."""
    real = os.path.realpath(path)
    return real == top or real.startswith(top.rstrip(os.sep) + os.sep)
