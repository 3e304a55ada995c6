"""Which seed files there are: those of every source, in one order on every machine, none outside its folder."""

from __future__ import annotations

import os
from collections.abc import Iterable
from operator import attrgetter, itemgetter
from typing import NamedTuple

from feeds.config import Config, Source, blame
from feeds.errors import ConfigError, SeedError, UnlistedError
from feeds.ingest.seeds.others import OtherFiles, holds_parts, is_part
from feeds.ingest.seeds.seedfile import (
    SeedFile,
    is_inside,
    is_seed_name,
    leads_out,
    look_at,
    name_path,
    open_folder,
)
from feeds.text import digest_lines

_PATH, _NAME = itemgetter(0), attrgetter("name")


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


def _front(folder: str, config: Config) -> str:
    """What comes before the names of a folder's files."""
    name = name_path(folder, config)
    return "" if name == "." else f"{name}/"


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
                    if name.startswith(".") or holds_parts(path):
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
