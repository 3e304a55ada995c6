"""Which source of the settings a file belongs to."""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Sequence
from pathlib import Path

from feeds.config.settings import Config, Source


def find_source(path: Path, config: Config) -> Source | None:
    """The source that a file belongs to, by its folder or glob; None where it is outside all."""
    # Unlike Path.resolve it raises nothing at a link to itself: reading the page says what is wrong.
    resolved = Path(os.path.realpath(path))
    for source in config.sources:
        if source.folder is not None:
            if resolved.is_relative_to(os.path.realpath(source.folder)):
                return source
        elif source.glob is not None:
            pattern = Path(os.path.realpath(config.folder), source.glob).parts
            if matches_glob(resolved.parts, pattern):
                return source
    return None


def matches_glob(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    """Whether a path fits a glob pattern, part by part as `Path.glob` does; `**` stands for any number of folders."""
    if not pattern:
        return not parts
    if pattern[0] == "**":
        return any(matches_glob(parts[at:], pattern[1:]) for at in range(len(parts)))
    return bool(parts) and fnmatch.fnmatchcase(parts[0], pattern[0]) and matches_glob(parts[1:], pattern[1:])
