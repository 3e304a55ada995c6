"""Fingerprints of the code and settings behind the library's rows: where one changed, what depends on it is redone."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import feeds
from feeds.config import Config
from feeds.text import digest, digest_lines

_PARSING = ("article.py", "dates", "ingest", "parse", "text")
_RENDERING = ("article.py", "dates", "feed.py", "ingest", "render", "site", "text")
_EXTRAS = ("trafilatura",)
_SUFFIXES = (".py", ".toml", ".jinja", ".css", ".svg")


def find_parse_fingerprint(config: Config, code: str) -> str:
    """The fingerprint of all that a seed's row depends on beside the seed; `code` is what `digest_parsing` gives."""
    sources = [source.model_dump_json(exclude={"folder", "glob"}) for source in config.sources]
    site = config.site
    return digest(code, *list_extras(), *sources, site.timezone, site.language, site.title)


def list_extras() -> list[str]:
    """The libraries that are installed of those without which pages are read in another way."""
    return [name for name in _EXTRAS if find_spec(name) is not None]


def find_render_fingerprint(config: Config, code: str) -> str:
    """The fingerprint of all that entries and pages depend on beside the articles; `code` is of `digest_rendering`."""
    settings = config.model_dump_json(include={"site", "feeds", "categories", "rules", "redirects"})
    sources = [
        source.model_dump_json(include={"name", "category", "sections", "embed_images", "correction_notice"})
        for source in config.sources
    ]
    return digest(code, settings, *sources)


def find_link_fingerprint(config: Config) -> str:
    """The fingerprint of what feeds, and entries without an original address, link to."""
    return config.output.model_dump_json(include={"pages", "home"})


@cache
def find_code_status() -> str:
    """A text that changes when one of this package's files does, by their status alone. Raises OSError."""
    return digest_lines(f"{path}\0{find_status(path)}\0" for path in _list_code())


def find_status(path: str) -> str:
    """A text that changes when a file does. Raises OSError where it is gone."""
    found = os.stat(path)  # noqa: PTH116 (a third of the cost of a Path, some hundred times)
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ino}"


def digest_parsing() -> str:
    """The digest of the code that reads pages."""
    return digest(*map(_digest_part, _PARSING))


def digest_rendering() -> str:
    """The digest of the code that makes entries and pages."""
    return digest(*map(_digest_part, _RENDERING))


def _list_code() -> Iterable[str]:
    for place, folders, names in os.walk(os.path.dirname(feeds.__file__)):  # noqa: PTH120 (as all of os.walk)
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        yield from (f"{place}/{name}" for name in sorted(names))


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
