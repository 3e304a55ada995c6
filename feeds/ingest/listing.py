"""Which seed files there are: those of every source, in one order on every machine, none outside its folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from feeds.config import Config, Source
from feeds.errors import ConfigError, SeedError, UnreadableError

SUFFIXES = frozenset({".txt", ".text", ".html", ".htm", ".md", ".markdown"})


@dataclass(frozen=True, slots=True)
class SeedFile:
    """A seed file as the folder lists it. `path` is relative to config.toml, with slashes."""

    path: str
    source: Source
    size: int
    mtime_ns: int
    inode: int


def list_seeds(config: Config) -> tuple[list[SeedFile], list[SeedError]]:
    """The seed files of all sources, sorted by path, and what could not be listed.

    A file that two sources hold belongs to the first. Raises ConfigError where a source's folder is missing.
    """
    found: dict[str, SeedFile] = {}
    errors: list[SeedError] = []
    for source in config.sources:
        paths = _walk(source.folder, errors) if source.folder is not None else _match(config.folder, source.glob or "")
        if source.folder is not None and not source.folder.is_dir():
            raise ConfigError(
                f"sources.{source.name}: there is no such folder",
                path=str(config.path or "defaults"),
                text=str(source.folder),
                hint="make it, or name another in config.toml",
            )
        for path in paths:
            name = os.path.relpath(path, config.folder or ".").replace(os.sep, "/")
            if name in found:
                continue
            try:
                status = Path(path).stat()
            except OSError as error:
                errors.append(UnreadableError(f"can't be read: {error.strerror}", path=name, hint="check it"))
                continue
            found[name] = SeedFile(name, source, status.st_size, status.st_mtime_ns, status.st_ino)
    return [found[name] for name in sorted(found)], errors


def is_seed_name(name: str) -> bool:
    """Whether a file of this name is a seed: a known suffix, not hidden, no README."""
    path = PurePath(name)
    return path.suffix.lower() in SUFFIXES and not name.startswith(".") and path.stem.upper() != "README"


def _walk(folder: Path, errors: list[SeedError]) -> Iterator[str]:
    """Every seed file below a folder. Symbolic links are followed only where they stay inside, and never twice."""
    top = os.path.realpath(folder)
    seen: set[tuple[int, int]] = set()
    waiting = [str(folder)]
    while waiting:
        place = waiting.pop()
        try:
            with os.scandir(place) as entries:
                status = Path(place).stat()
                if (status.st_dev, status.st_ino) in seen:
                    continue
                seen.add((status.st_dev, status.st_ino))
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    if entry.is_symlink() and not _is_inside(entry.path, top):
                        errors.append(
                            UnreadableError("is a link that leads out of its source's folder", path=entry.path)
                        )
                    elif entry.is_dir():
                        waiting.append(entry.path)
                    elif is_seed_name(entry.name):
                        yield entry.path
        except OSError as error:
            if place != str(folder):
                errors.append(UnreadableError(f"can't be listed: {error.strerror}", path=place))


def _match(folder: Path, pattern: str) -> Iterator[str]:
    """Every seed file that matches a pattern relative to a folder; a match that leads out of it by a link is none."""
    top = os.path.realpath(folder)
    for path in folder.glob(pattern):
        if path.is_file() and is_seed_name(path.name) and (not path.is_symlink() or _is_inside(str(path), top)):
            yield str(path)


def _is_inside(path: str, top: str) -> bool:
    real = os.path.realpath(path)
    return real == top or real.startswith(top.rstrip(os.sep) + os.sep)
