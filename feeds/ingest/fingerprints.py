"""Fingerprints of the code and settings behind the library's rows: where one changed, what depends on it is redone."""

from __future__ import annotations

from functools import cache
from importlib import resources

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
    parts: list[bytes] = []
    waiting = [resources.files("feeds") / name]
    while waiting:
        place = waiting.pop()
        if place.is_dir():
            waiting.extend(sorted(place.iterdir(), key=lambda entry: entry.name))
        elif place.name.endswith(_SUFFIXES):
            parts += [place.name.encode(), place.read_bytes()]
    return digest(*parts)
