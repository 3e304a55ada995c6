"""Which source of the settings a file belongs to, and what its pages get from it."""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

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


def name_category(source: Source | None, url: str | None, sections: Mapping[str, str]) -> str | None:
    """The category that a source gives to pages at `url` that show none: that of the address's section, else its own.

    `sections` is the layout's map of the first path segment of an address to a category.
    """
    section = urlsplit(url or "").path.strip("/").partition("/")[0]
    named = (source.sections.get(section) if source else None) or sections.get(section)
    return named or (source.category or None if source else None)


def matches_glob(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    """Whether a path fits a glob pattern, part by part as `Path.glob` does; `**` stands for any number of folders."""
    if not pattern:
        return not parts
    if pattern[0] == "**":
        return any(matches_glob(parts[at:], pattern[1:]) for at in range(len(parts)))
    return bool(parts) and fnmatch.fnmatchcase(parts[0], pattern[0]) and matches_glob(parts[1:], pattern[1:])
