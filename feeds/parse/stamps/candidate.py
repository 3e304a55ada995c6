"""A date of a page that may be its stamp: where it is, and what it is worth.

The numbers are weighed against each other, and against the score below which a date is no stamp.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from feeds.dates import Match

LEAST_SCORE: Final = 5
"""Below this a date is no stamp. Calibrated on pages whose only dates are decoys: theirs stay below 4."""
NEVER: Final = -8
"""What it is worth that a date is that of something else."""
LATE: Final = -4
"""What a date within or below the text is worth."""
EARLIEST_YEAR: Final = 1980
"""A number that reads as a year before this is a serial number's, or that of history."""
SAME_DAYS: Final = timedelta(days=1)
"""Days that differ by no more are taken for the same."""

Kind = Literal["", "day", "signed", "named", "bracketed", "masthead", "event", "decoy", "opening"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A date on the page: the number of its line among those that hold something, and how well it dates the page.

    `kind` is "day" if its label says "Datum" and no more; "signed" if it is placed as at the foot of a letter, or below
    the writer's name; "named" or "bracketed" if it is in brackets after a name, or after anything else; "masthead" if
    it is a weekday and its day alone, a day alone in the page's first line, or one beside the weather; "event" if it is
    the beginning or end of a range; "decoy" if words say that it dates something else; "opening" if the text begins
    with it.
    `labelled`: its label is that of a publication or a change. `told`: its label is that of a publication and can't be
    that of anything else, as "Datum" and "Stand" can. `is_state`: its label is "Stand".
    """

    number: int
    start: int
    end: int
    match: Match
    whole: bool
    score: int
    kind: Kind = ""
    labelled: bool = False
    told: bool = False
    is_state: bool = False

    @property
    def day(self) -> date:
        """Its day."""
        return self.match.stamp.day

    @property
    def has_clock(self) -> bool:
        """Whether it has a clock."""
        return self.match.stamp.has_clock
