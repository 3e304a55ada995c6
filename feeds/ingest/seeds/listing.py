"""Which seed files there are: those of every source, in one order on every machine, none outside its folder."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import takewhile
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import NamedTuple

from feeds.config import Config, Source, blame
from feeds.errors import ConfigError, SeedError, UnlistedError, UnreadableError
from feeds.text import digest_lines

SUFFIXES = frozenset({"txt", "text", "html", "htm", "md", "markdown"})
"""Suffixes of seed files, in lower case."""
_ENDS = tuple(f".{suffix}" for suffix in sorted(SUFFIXES))
MAX_FRONT = 10_000
"""Bytes of a README within which its front matter is looked for."""
_TITLE = re.compile(r"title\s?[:=]")
_ASSETS = frozenset(
    "avif bmp css db eot gif heic ico ini jpeg jpg js jsonl map mjs mov mp3 mp4 ogg otf png svg tif tiff toml ttf wav "
    "webm webp woff woff2".split()
)
"""Suffixes of files that lie beside texts and that nobody takes for one: pictures, styles, scripts, fonts, settings."""
_PAGE_SUFFIXES = (".html", ".htm")
_PARTS_SUFFIXES = ("_files", "-Dateien")
"""What browsers put after the name of a page for the folder of its pictures, scripts and frames."""
_PATH, _NAME = itemgetter(0), attrgetter("name")


class SeedFile(NamedTuple):
    """A seed file as the folder lists it.

    `path` is relative to config.toml, with slashes; `mark` changes when the file does: its source, size, time
    and inode.
    """

    path: str
    source: Source
    mark: str


@dataclass(slots=True)
class OtherFiles:
    """Files that are not read and may have been meant to be: how many by suffix ("" for none), the first by path.

    `readmes` are the paths of those that are called README and would be read under another name.
    """

    counts: Counter[str] = field(default_factory=Counter)
    example: str = ""
    readmes: list[str] = field(default_factory=list)

    def add(self, front: str, name: str) -> None:
        """Count a file that is no seed, such as "index.php?id=12"; not one that is hidden, a backup, or no text."""
        stem, _, end = name.rpartition(".")
        suffix = re.match("[a-z0-9]*", end.lower() if stem else "")
        kind = suffix[0] if suffix else ""
        if name[0] == "." or name[-1] == "~" or kind in _ASSETS:
            return
        if name.partition(".")[0].upper() == "README":
            if kind in SUFFIXES:
                self.readmes.append(front + name)
            return
        self.counts[kind] += 1
        path = front + name
        self.example = min(self.example or path, path)


class Listing(NamedTuple):
    """The seed files of all sources, sorted by path, what could not be listed, and a digest of the files.

    `idle` are the sources that read nothing, though that can't be meant: number -> why. `empty` are those whose folder
    holds no text, as in a new project it may. `others` are the files of other kinds: number of the source -> files.
    """

    seeds: list[SeedFile]
    errors: list[SeedError]
    digest: str
    idle: dict[int, str]
    empty: list[int]
    others: dict[int, OtherFiles]


def list_seeds(config: Config) -> Listing:
    """List the seed files of all sources.

    A file that two sources hold belongs to the first. Raises ConfigError where a source's folder is missing.
    """
    check_folders(config)
    seeds: list[SeedFile] = []
    errors: list[SeedError] = []
    taken: set[str] = set()
    idle: dict[int, str] = {}
    empty: list[int] = []
    others: dict[int, OtherFiles] = {}
    for index, source in enumerate(config.sources):
        told, other = len(errors), OtherFiles()
        find = _walk if source.glob is None else _match
        found = find(source, config, errors, other)
        own = [seed for seed in found if seed.path not in taken] if taken else found
        seeds += own
        if not own and len(errors) == told:
            if found:
                idle[index] = "all its files are those of a source above it"
            elif source.glob is not None:
                idle[index] = f"no file {'of a kind that is read ' if other.counts else ''}matches its pattern"
            else:
                empty.append(index)
        if other.counts or other.readmes:
            others[index] = other
        if source is not config.sources[-1]:
            taken.update([seed.path for seed in own])
    seeds.sort(key=_PATH)
    return Listing(seeds, errors, _digest(seeds), idle, empty, others)


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


def check_folders(config: Config) -> None:
    """Raise ConfigError where sources' folders are missing."""
    is_alone = config.path is None
    hint = "no config.toml here; `feeds init` makes one" if is_alone else "make it, or name another in config.toml"
    missing = [
        blame(
            config,
            ("sources", index, "folder"),
            "this is no folder" if source.folder.exists() else "there is no such folder",
            text=str(source.folder),
            hint=hint,
        )
        for index, source in enumerate(config.sources)
        if source.folder is not None and not source.folder.is_dir()
    ]
    if missing:
        raise ConfigError.gather(missing)


def _digest(seeds: list[SeedFile]) -> str:
    """A digest that changes when one of the files does."""
    return digest_lines(f"{path}\0{mark}\0" for path, _, mark in seeds)


def is_seed_name(name: str) -> bool:
    """Whether a file of this name is a seed: a known suffix, not hidden, no README."""
    if name.endswith(_ENDS) and name[0] not in ".Rr":
        # So are nearly all, and there may be a million.
        return True
    return name.lower().endswith(_ENDS) and name[0] != "." and name.rpartition(".")[0].upper() != "README"


def is_titled(path: Path) -> bool:
    """Whether a file has front matter with a title, as articles have; not where it can't be read."""
    try:
        with path.open("rb") as file:
            lines = file.read(MAX_FRONT).decode("utf-8-sig", "replace").splitlines()
    except OSError:
        return False
    mark = lines[0].rstrip() if lines else ""
    within = [line.rstrip() for line in lines[1:]]
    if mark not in {"---", "+++"} or mark not in within:
        return False
    return any(_TITLE.match(line) for line in within[: within.index(mark)])


def is_part(path: Path, top: Path) -> bool:
    """Whether a file below a source's folder is part of a saved page: a frame is no page of its own."""
    return any(_holds_parts(str(folder)) for folder in takewhile(lambda folder: folder != top, path.parents))


def _holds_parts(folder: str) -> bool:
    """Whether a folder is what a browser saved with the page that lies beside it."""
    stem = next((folder.removesuffix(suffix) for suffix in _PARTS_SUFFIXES if folder.endswith(suffix)), None)
    return stem is not None and any(Path(f"{stem}{suffix}").is_file() for suffix in _PAGE_SUFFIXES)


def find_parts(page: Path) -> list[Path]:
    """The folders that a browser saved with a page, be the page itself there or not."""
    if page.suffix not in _PAGE_SUFFIXES:
        return []
    folders = (page.with_name(f"{page.stem}{suffix}") for suffix in _PARTS_SUFFIXES)
    return [folder for folder in folders if folder.is_dir()]


def name_path(path: str, config: Config) -> str:
    """A path relative to config.toml, with slashes."""
    return os.path.relpath(path, config.folder).replace(os.sep, "/")


def _front(folder: str, config: Config) -> str:
    """What comes before the names of a folder's files."""
    name = name_path(folder, config)
    return "" if name == "." else f"{name}/"


def has_odd_bytes(name: str) -> bool:
    """Whether a file's name is not UTF-8."""
    return any("\ud800" <= char <= "\udfff" for char in name)


def _walk(source: Source, config: Config, errors: list[SeedError], others: OtherFiles) -> list[SeedFile]:
    """Every seed file below a source's folder; `others` counts the other files.

    Symbolic links are followed only where they stay inside, and never twice.
    A folder that is there and linked to goes by its own name, whatever the order in which the disk lists them.
    """
    folder = config.find_folder(source)
    top = os.path.realpath(folder)
    seeds: list[SeedFile] = []
    seen: set[tuple[int, int]] = set()
    waiting = [str(folder)]
    linked: list[str] = []
    while waiting or linked:
        place = waiting.pop() if waiting else linked.pop(0)
        try:
            with open_folder(place) as handle, os.scandir(handle) as entries:
                status = os.fstat(handle)
                if (status.st_dev, status.st_ino) in seen:
                    continue
                seen.add((status.st_dev, status.st_ino))
                front = _front(place, config)
                names, more = _sort_out(entries, front, others)
                for entry in more:
                    name = entry.name
                    path = f"{place}/{name}"
                    if name.startswith(".") or _holds_parts(path):
                        continue
                    if entry.is_symlink() and not is_inside(path, top):
                        errors.append(leads_out(path, config))
                    elif _is_folder(entry):
                        (linked if entry.is_symlink() else waiting).append(path)
                    elif is_seed_name(name):
                        names.append(name)
                # The status of files is read by their names in the open folder, which costs less than by whole paths.
                found = [look_at(name, front + name, source, errors, handle=handle) for name in sorted(names)]
                seeds += filter(None, found)
        except FileNotFoundError:
            # The source's own folder: `list_seeds` reports it. Another one vanished between two steps.
            continue
        except OSError as error:
            errors.append(_unlisted(name_path(place, config), error))
    return seeds


def _unlisted(path: str, error: OSError) -> UnlistedError:
    return UnlistedError(f"can't be listed: {error.strerror}", path=path, hint="check its permissions")


def find_unlisted(folders: Iterable[str], config: Config) -> list[UnlistedError]:
    """The errors of those of the folders that can't be listed, where a pattern may reach them.

    What a pattern doesn't match and what it can't see look alike. The folders are relative to config.toml.
    """
    tops = [name_path(str(config.find_folder(source)), config) for source in config.sources if source.glob is not None]
    errors = []
    for folder in folders:
        if not any(top in {".", folder} or folder.startswith(f"{top}/") for top in tops):
            continue
        try:
            os.scandir(f"{config.folder}/{folder}").close()
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            errors.append(_unlisted(folder, error))
    return errors


def _sort_out(
    entries: Iterable[os.DirEntry[str]], front: str, others: OtherFiles
) -> tuple[list[str], list[os.DirEntry[str]]]:
    """The names of a folder's seed files, and those of its entries, by name, that are no files; `others` as in `_walk`.

    An entry keeps what was read of it: of a file, which nearly each is, the name alone is kept.
    """
    names: list[str] = []
    more: list[os.DirEntry[str]] = []
    for entry in entries:
        if not entry.is_file(follow_symlinks=False):
            more.append(entry)
        elif is_seed_name(entry.name):
            names.append(entry.name)
        else:
            others.add(front, entry.name)
    return names, sorted(more, key=_NAME)


@contextmanager
def open_folder(path: str) -> Iterator[int]:
    """A handle of a folder, closed in the end."""
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield handle
    finally:
        os.close(handle)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a folder; a link to itself is not one, and is reported when it is read as a file."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _match(source: Source, config: Config, errors: list[SeedError], others: OtherFiles) -> list[SeedFile]:
    """Every seed file that matches a source's pattern; `others` as in `_walk`.

    Links followed, it stays below the part of the pattern that has no `*`.
    """
    pattern = source.glob or ""
    folder = config.find_folder(source)
    top = os.path.realpath(folder)
    try:
        paths = sorted(config.folder.glob(pattern))
    except (ValueError, NotImplementedError) as error:
        key = ("sources", config.sources.index(source), "glob")
        what = f"this is no pattern of files: {str(error).lower()}"
        hint = "write one relative to config.toml, such as pages/*/*.txt or pages/**/*.txt"
        raise blame(config, key, what, text=pattern, hint=hint) from error
    # A pattern may well reach what this program wrote itself.
    output = os.path.realpath(config.output.folder)
    seeds: list[SeedFile] = []
    for path in paths:
        if not path.is_file() or is_inside(str(path), output) or is_part(path, folder):
            continue
        if not is_seed_name(path.name):
            others.add(_front(str(path.parent), config), path.name)
            continue
        if not is_inside(str(path), top):
            errors.append(leads_out(str(path), config))
        elif (seed := look_at(str(path), name_path(str(path), config), source, errors)) is not None:
            seeds.append(seed)
    return seeds


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
