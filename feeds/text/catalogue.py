"""The words that readers of the feeds and pages see, and the words in addresses: one TOML file a language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from feeds.errors import ConfigError

RESERVED_NAMES = frozenset({"static", "healthz", "readyz", "metrics", "sitemap", "feed", "rss", "atom", "opml"})
"""Names of the operation and of the usual aliases, in every language: no category may have such a slug."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The words of one language: `paths` are in addresses, `words` on pages and in feeds (with `{name}` fields).

    `zones` are the places of time zones by IANA name, with their preposition ("in Wien"), where it isn't the usual one
    with the last part of the name. `months` are the names of the months, January first.
    """

    language: str
    paths: Mapping[str, str]
    words: Mapping[str, str]
    zones: Mapping[str, str]
    months: Sequence[str]

    def say(self, key: str, /, **values: object) -> str:
        """The words for `key`, with its fields filled in. A missing key is a KeyError: a test reads them all."""
        return self.words[key].format(**values) if values else self.words[key]

    @property
    def reserved(self) -> frozenset[str]:
        """Slugs that no category may have: the path words of this language and the names of the operation."""
        return RESERVED_NAMES | frozenset(self.paths.values())


def list_languages() -> list[str]:
    """The languages that there is a catalogue of, sorted."""
    folder = resources.files("feeds.text") / "words"
    return sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml"))


@cache
def load_catalogue(language: str) -> Catalogue:
    """The catalogue of a language such as "de" or "de-AT" (nearly the words of "de"). Raises ConfigError."""
    primary, *parts = language.lower().split("-")
    if primary not in list_languages():
        raise ConfigError(
            "there is no catalogue of words in this language",
            path="site.language",
            text=language,
            hint=f"use one of {', '.join(list_languages())}, or add feeds/text/words/{primary}.toml",
        )
    text = (resources.files("feeds.text") / "words" / f"{primary}.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    # RFC 5646 section 2.2.4: two letters behind the language are its region.
    region = next((part.upper() for part in parts if len(part) == 2), "")
    months = data["regions"].get(region, data)["months"]
    return Catalogue(language, data["paths"], data["words"], data["zones"], tuple(months))
