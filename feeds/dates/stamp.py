"""The records of this package: what a date text is read against, what it says, and where it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Literal, NamedTuple

Precision = Literal["second", "minute", "day"]
Prefer = Literal["past", "future"]
Label = Literal["published", "updated"]


class Basis(NamedTuple):
    """What a text is read against, where it leaves something open.

    `now` is what relative texts count from, None where that isn't known; `tz` the zone of a clock that names none;
    `prefer` what a weekday or a day without a year means where past and future would do.
    """

    now: datetime | None
    tz: tzinfo
    prefer: Prefer


@dataclass(frozen=True, slots=True)
class Stamp:
    """A point in time as a text gives it.

    `value` is an aware datetime in whole seconds, or a date where the text has no clock; `precision` is what the text
    says, so "14 Uhr" has "minute" and "gestern Abend" has "day". `problems` holds what is odd about it, in sentences.
    """

    value: date | datetime
    precision: Precision
    problems: tuple[str, ...] = ()

    @property
    def has_clock(self) -> bool:
        """Whether the text has a clock."""
        return isinstance(self.value, datetime)

    @property
    def day(self) -> date:
        """Its day, on its own wall clock."""
        return self.value.date() if isinstance(self.value, datetime) else self.value


class Match(NamedTuple):
    """A date in a longer text: `text` is the slice from `start` to `end` of the text that was searched.

    `label` is what the words around it call it ("updated": "Stand:", "Aktualisiert am"), None where they don't.
    """

    start: int
    end: int
    text: str
    stamp: Stamp
    label: Label | None


class Found(NamedTuple):
    """A date in normalised text; `reach` is where the words in front that belong to it begin: label, weekday, "am".

    `relative` is one that counts from now: "gestern", "Montag".
    """

    start: int
    end: int
    stamp: Stamp
    label: Label | None
    reach: int
    relative: bool = False
