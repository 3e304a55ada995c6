"""Fingerprints of the code and settings behind the library's rows: where one changed, what depends on it is redone."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import feeds
from feeds.config import Config
from feeds.text import digest

_PARSING = ("article.py", "dates", "ingest", "parse", "text")
_RENDERING = ("article.py", "dates", "feed.py", "ingest", "render", "site", "text")
_SUFFIXES = (".py", ".toml", ".jinja", ".css", ".svg")


def find_parse_fingerprint(config: Config) -> str:
    """The fingerprint of all that a seed's row depends on beside the seed."""
    sources = [source.model_dump_json(exclude={"folder", "glob"}) for source in config.sources]
    return digest(_digest_code(_PARSING), *sources, config.site.timezone, config.site.language)


def find_render_fingerprint(config: Config) -> str:
    """The fingerprint of all that entries and pages depend on beside the articles."""
    settings = config.model_dump_json(include={"site", "feeds", "categories", "rules", "redirects"})
    sources = [
        source.model_dump_json(include={"name", "category", "sections", "embed_images", "correction_notice"})
        for source in config.sources
    ]
    return digest(_digest_code(_RENDERING), settings, *sources)


def find_link_fingerprint(config: Config) -> str:
    """The fingerprint of what feeds, and entries without an original address, link to."""
    return config.output.model_dump_json(include={"pages", "home"})


def _digest_code(parts: tuple[str, ...]) -> str:
    return digest(*map(_digest_part, parts))


@cache
def _digest_part(name: str) -> str:
    """The digest of a module or of all that is in a package."""
    place = Path(feeds.__file__).parent / name
    if place.is_file():
        return digest(place.read_bytes())
    parts: list[str | bytes] = []
    # Walked with names as they are: each run reads these files, and a Path for each takes as long as to read it.
    for folder, folders, names in os.walk(place):
        folders.sort()
        for found in sorted(names):
            if found.endswith(_SUFFIXES):
                with open(f"{folder}/{found}", "rb", buffering=0) as file:  # noqa: PTH123 (see above)
                    parts += [found, file.read()]
    return digest(*parts)
