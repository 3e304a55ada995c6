"""The year of a dateline's day: that in which it is near to the publication."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from feeds.article import Dateline
from feeds.dates import Stamp
from feeds.dates.resolution import day_in_year

NEAR: Final = timedelta(days=40)
"""A dateline may lie a few days before or after the stamp; further off, its day belongs to another year."""


def settle_year(dateline: Dateline | None, published: Stamp | None) -> Dateline | None:
    """The dateline with the year in which its day lies nearest to the publication, if that is near at all."""
    if dateline is None or published is None or dateline.day is None or not dateline.day.startswith("--"):
        return dateline
    month, day = int(dateline.day[2:4]), int(dateline.day[5:7])
    # At most one of the three can be near: a year is longer than twice that.
    for year in (published.day.year, published.day.year - 1, published.day.year + 1):
        found = day_in_year(year, month, day)
        if found is not None and abs(found - published.day) <= NEAR:
            return Dateline(dateline.place, found.isoformat(), dateline.agency)
    return dateline


def is_near(dateline: Dateline, published: Stamp) -> bool:
    """Whether a dateline's day, if it has one, lies near a publication."""
    settled = settle_year(dateline, published)
    if settled is None or settled.day is None:
        return True
    return not settled.day.startswith("--") and abs(date.fromisoformat(settled.day) - published.day) <= NEAR
