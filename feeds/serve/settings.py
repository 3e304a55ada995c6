"""Settings of a running server: which it follows, which its start fixes, which all servers of a library share."""

from __future__ import annotations

import json
import os
from pathlib import Path

from feeds.config import Config, blame
from feeds.errors import ConfigError
from feeds.text import digest

_LIBRARY = ("library", "database")
"""The library that the processes meet in: workers have it open, and know of no other."""

_RESTART = "another value needs a restart of the server; until then the old one is used"
_OWN = {"serve", "build", "gate"}
"""Tables that don't affect what is served."""


def dump_shared(config: Config) -> str:
    """The settings that what is served depends on, as JSON; paths are the same wherever a server was started."""
    return json.dumps(config.model_dump(exclude=_OWN), ensure_ascii=False, default=_say_whole)


def digest_shared(config: Config) -> str:
    """A digest of the settings that all servers of a library share; those of patterns start from the same folder."""
    return digest(dump_shared(config), *(_say_whole(config.find_folder(source)) for source in config.sources))


def _say_whole(path: Path) -> str:
    # Links stay what they are: one that leads to each new version of a site is the same place to all servers.
    return os.path.abspath(path)  # noqa: PTH100 (Path.resolve follows links)


def follow(started: Config, read: Config) -> tuple[Config, ConfigError | None]:
    """The settings as read again, but with `[serve]` and the library as they were at the start.

    The error says which of those two differ from the start, and need a restart; None where neither does.
    """
    library = read.library.model_copy(update={"database": started.library.database})
    followed = read.model_copy(update={"serve": started.serve, "library": library})
    keys = [("serve", key) for key in type(read.serve).model_fields]
    changed = [key for key in [_LIBRARY, *keys] if _get(started, key) != _get(read, key)]
    return followed, ConfigError.gather([blame(read, key, _RESTART) for key in changed]) if changed else None


def _get(config: Config, key: tuple[str, str]) -> object:
    return getattr(getattr(config, key[0]), key[1])
