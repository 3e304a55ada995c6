"""German date text <-> instants."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from feeds.dates.zones import load_zone

__all__ = ["Stamp", "load_zone"]


@dataclass(frozen=True, slots=True)
class Stamp:
    """A point in time as a text gave it."""

    value: date | datetime
    precision: Literal["second", "minute", "day"]
    problems: tuple[str, ...] = ()
