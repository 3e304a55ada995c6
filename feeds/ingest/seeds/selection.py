"""Which of some named files are seeds: decided by the same rules as the listing, without listing a folder.

Where the files alone are not enough, everything must be listed: a folder is named, or a file is reached through a link.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from typing import NamedTuple
from unicodedata import normalize

from feeds.config import Config, Source, matches_glob
from feeds.errors import SeedError
from feeds.ingest.seeds.others import find_parts, is_part
from feeds.ingest.seeds.seedfile import (
    SeedFile,
    has_odd_bytes,
    is_inside,
    is_seed_name,
    leads_out,
    look_at,
    name_path,
    unreadable,
)


class FileList(NamedTuple):
    """The only files to look at, by their paths."""

    paths: Sequence[str]


class Selector:
    """Looks at single files.

    `errors` are those of them that can't be used, `unsettled` says why only a listing shows which seeds there are.
    `parts` are the folders that were saved with pages, each with its name: there are no seeds in them (any more).
    """

    def __init__(self, config: Config) -> None:
        self.errors: list[SeedError] = []
        self.unsettled: str | None = None
        self.parts: list[tuple[str, list[str]]] = []
        self._config = config
        self._output = os.path.realpath(config.output.folder)
        tops = [(source, _settle(config.find_folder(source))) for source in config.sources]
        self._tops = [(source, top, Path(os.path.realpath(top))) for source, top in tops]

    def look(self, path: str) -> dict[str, SeedFile | None]:
        """The names that a file may have as a seed, and the seed of each; None where there is none (any more)."""
        places = dict.fromkeys(self._find_places(path))
        for place in places:
            if (folders := find_parts(place)) and not place.is_file():
                self.unsettled = f"{path!r} has left a folder of its parts"
            for folder in folders:
                self.parts.append((str(folder), [name_path(str(folder), self._config)]))
        found = {name_path(str(place), self._config): self._find_seed(place) for place in places}
        return {name: seed for name, seed in found.items() if not has_odd_bytes(name)}

    def find(self, name: str) -> SeedFile | None:
        """The seed of a name; None where there is none, or only a listing shows it."""
        return self._find_seed(_settle(self._config.folder / name))

    def _find_places(self, path: str) -> Iterator[Path]:
        """The path as it is named, and as links lead to it from the sources' folders."""
        place = _settle(Path(path))
        yield place
        real = Path(os.path.realpath(place.parent), place.name)
        yield from (
            top / real.relative_to(real_top) for _, top, real_top in self._tops if real.is_relative_to(real_top)
        )

    def _find_seed(self, place: Path) -> SeedFile | None:
        """The seed at a place: that of the first source that reads it."""
        try:
            taken = (self._take(place, source, top, real_top) for source, top, real_top in self._tops)
            return next((seed for seed in taken if seed is not None), None)
        except OSError as error:
            self.errors.append(unreadable(name_path(str(place), self._config), error))
            return None

    def _take(self, place: Path, source: Source, top: Path, real_top: Path) -> SeedFile | None:
        """The seed that a source reads at a place."""
        if not place.is_relative_to(top):
            if top.is_relative_to(place):
                self.unsettled = f"{str(place)!r} is a folder with texts"
            return None
        parts = place.relative_to(top).parts
        if source.glob is None and any(part.startswith(".") for part in parts):
            return None
        if place.is_dir():
            self.unsettled = f"{str(place)!r} is a folder"
        elif any(top.joinpath(*parts[:number]).is_symlink() for number in range(1, len(parts))):
            self.unsettled = f"the way to {str(place)!r} leads through a link"
        elif is_part(place, top) or (source.glob is not None and not self._is_matched(place, parts, source)):
            return None
        elif place.is_symlink() and not is_inside(str(place), str(real_top)):
            self.errors.append(leads_out(str(place), self._config))
        elif is_seed_name(place.name):
            return look_at(str(place), name_path(str(place), self._config), source, self.errors)
        return None

    def _is_matched(self, place: Path, parts: Sequence[str], source: Source) -> bool:
        """Whether a source's pattern leads to a file, and it is there."""
        fixed = self._config.find_folder(source).relative_to(self._config.folder).parts
        pattern = PurePath(source.glob or "").parts[len(fixed) :]
        is_meant = matches_glob(parts, pattern) and is_seed_name(place.name)
        return is_meant and place.is_file() and not is_inside(str(place), self._output)


def list_forms(names: Sequence[str]) -> list[str]:
    """The names with their umlauts in the other forms: a name that came from a Mac has them in two characters each."""
    return [form for name in names for form in (normalize("NFC", name), normalize("NFD", name)) if form not in names]


def _settle(path: Path) -> Path:
    """An absolute path without `..`, whatever links lead to."""
    return Path(os.path.normpath(Path.cwd() / path))
