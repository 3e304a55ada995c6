"""Which settings a server follows while it runs, and which stay those of its start."""

from __future__ import annotations

from feeds.config import Config, find_line
from feeds.errors import ConfigError

_LIBRARY = ("library", "database")
"""The library that the processes meet in: workers have it open, and know of no other."""


def follow(started: Config, read: Config) -> tuple[Config, ConfigError | None]:
    """The settings as they were read anew, with `[serve]` and the library of the start, and what to tell of those.

    None where they are the same in both.
    """
    library = read.library.model_copy(update={"database": started.library.database})
    followed = read.model_copy(update={"serve": started.serve, "library": library})
    keys = [("serve", key) for key in type(read.serve).model_fields]
    changed = [key for key in [_LIBRARY, *keys] if _get(started, key) != _get(read, key)]
    return followed, ConfigError.gather([_say(read, key) for key in changed]) if changed else None


def _get(config: Config, key: tuple[str, str]) -> object:
    return getattr(getattr(config, key[0]), key[1])


def _say(config: Config, key: tuple[str, str]) -> ConfigError:
    return ConfigError(
        f"{'.'.join(key)}: another value needs a restart of the server; until then the old one is used",
        path=str(config.path),
        line=find_line(config.path, key),
    )
