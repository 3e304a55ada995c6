"""Time zones by their IANA name, from PyPI's tzdata and never from the machine, so that every machine agrees."""

from __future__ import annotations

from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

from feeds.errors import ConfigError


@cache
def load_zone(name: str) -> ZoneInfo:
    """The zone of an IANA name such as "Europe/Minsk". Raises ConfigError where there is none."""
    # Not by looking for a file: others than zones lie there, and some disks find names in any capitals.
    if name not in _list_zones():
        raise ConfigError("no time zone has this name", text=name, hint="write an IANA name such as Europe/Berlin")
    with resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


@cache
def _list_zones() -> frozenset[str]:
    return frozenset(resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())
