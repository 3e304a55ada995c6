"""What an ingest has to do among the files, and what the library remembers of how they were listed."""

from __future__ import annotations

import json
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from feeds.config import Config
from feeds.ingest.seeds.seedfile import SeedFile, name_path
from feeds.ingest.work import Work
from feeds.store import read_fact, write_fact

LISTED = "listed"
"""Name of the fact that says of which sources the library knows all files, and which of them read nothing."""


class Findings(NamedTuple):
    """What there is to do: seeds to read, the paths of those of them that were read before, and of those that are gone.

    `find` gives the seed of a path that the library knows, where it is as it was read. `idle`, `empty`: as in Listing.
    """

    todo: list[SeedFile]
    met: list[str]
    gone: list[str]
    find: Callable[[str], SeedFile | None]
    idle: dict[int, str]
    empty: list[int]

    def leave(self, left: AbstractSet[str]) -> Findings:
        """What there is to do but for some paths."""
        return Findings(
            todo=[seed for seed in self.todo if seed.path not in left],
            met=[path for path in self.met if path not in left],
            gone=[path for path in self.gone if path not in left],
            find=lambda path: None if path in left else self.find(path),
            idle=self.idle,
            empty=self.empty,
        )


class Listed(NamedTuple):
    """What the last run left: whether its sources are those of now, and which of them read nothing, as in Listing."""

    is_current: bool
    idle: dict[int, str]
    empty: list[int]


def read_listed(work: Work) -> Listed:
    """What the library knows of the sources' files."""
    sources, idle, empty = json.loads(read_fact(work.connection, LISTED) or "[[], [], []]")
    return Listed(sources == _list_sources(work.config), dict(idle), empty)


def write_listed(work: Work, findings: Findings) -> None:
    """Remember that the library knows all files of the sources, and which of these read nothing."""
    listed = [_list_sources(work.config), list(findings.idle.items()), findings.empty]
    write_fact(work.connection, LISTED, json.dumps(listed))


def _list_sources(config: Config) -> list[list[str | None]]:
    """What decides which files the sources read, beside those files."""
    output = name_path(str(config.output.folder), config)
    return [
        [source.name, source.glob, name_path(str(config.find_folder(source)), config), output]
        for source in config.sources
    ]
