"""Time zones by their IANA name, from PyPI's tzdata and never from the machine, so that every machine agrees."""

from __future__ import annotations

from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

from feeds.errors import ConfigError


@cache
def load_zone(name: str) -> ZoneInfo:
    """The zone of an IANA name such as "Europe/Minsk". Raises ConfigError where there is none."""
    parts = name.split("/")
    resource = resources.files("tzdata").joinpath("zoneinfo", *parts)
    if not name or any(part in {"", ".", ".."} for part in parts) or not resource.is_file():
        raise ConfigError("no time zone has this name", text=name, hint="write an IANA name such as Europe/Berlin")
    with resource.open("rb") as file:
        return ZoneInfo.from_file(file, key=name)
