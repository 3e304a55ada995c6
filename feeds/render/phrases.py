"""Phrases of the pages for people: times with their place, datelines, counts, names in a row.

Pure: the words come from the catalogue, the German forms of dates from `feeds.dates`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from feeds.article import Dateline
from feeds.dates import format_german, format_rfc3339, load_zone
from feeds.dates.words import MONTHS
from feeds.render.views import Time
from feeds.text import Catalogue

_AREAS = frozenset("Africa America Antarctica Arctic Asia Atlantic Australia Europe Indian Pacific".split())
"""First parts of IANA names whose last part is a place; "Etc/GMT-3", "US/Eastern" and "CET" name none."""


def make_time(value: date | datetime, zone: str, site_zone: str, catalogue: Catalogue) -> Time:
    """A time as pages show it: in its own zone, with the place where that differs from the site's time."""
    if not isinstance(value, datetime):
        return Time(format_german(value), value.isoformat())
    local = value.astimezone(load_zone(zone))
    place = say_place(local, zone, site_zone, catalogue)
    # HTML's datetime attribute has no offset of seconds, which local times before 1900 have.
    iso = local.isoformat(timespec="seconds")
    return Time(" ".join(filter(None, [format_german(local), place])), iso if len(iso) <= 25 else format_rfc3339(local))


def say_place(value: date | datetime, zone: str, site_zone: str, catalogue: Catalogue) -> str | None:
    """The place of a time's zone ("in Minsk"); None where the time is local or has no clock.

    It is the city of the zone's IANA name, in the catalogue's language (CLDR exemplar cities). A zone that names no
    place is shown by its offset ("UTC+3").
    """
    if not isinstance(value, datetime) or is_local(value, zone, site_zone):
        return None
    if (phrase := catalogue.zones.get(zone)) is not None:
        return phrase
    area, _, rest = zone.partition("/")
    if area in _AREAS and rest:
        return catalogue.say("time_place", place=rest.rpartition("/")[2].replace("_", " "))
    return _say_offset(value.astimezone(load_zone(zone)))


def is_local(value: date | datetime, zone: str, site_zone: str) -> bool:
    """Whether a time needs no place beside it: it is a day without a clock, or the site's zone has the same offset."""
    if not isinstance(value, datetime):
        return True
    return value.astimezone(load_zone(zone)).utcoffset() == value.astimezone(load_zone(site_zone)).utcoffset()


def say_dateline(dateline: Dateline) -> str | None:
    """A dateline as shown above the text, "MINSK, 25. Juni (BelTA)"; None where nothing of it is known."""
    day = None
    if dateline.day is not None:
        # An ISO date, or --06-25 where the year is unknown.
        month, number = dateline.day[-5:].split("-")
        day = f"{int(number)}. {MONTHS[int(month) - 1][0]}"
    agency = None if dateline.agency is None else f"({dateline.agency})"
    return " ".join(filter(None, [", ".join(filter(None, [dateline.place, day])), agency])) or None


def say_count(count: int, catalogue: Catalogue) -> str:
    """How many articles there are, in words: "1.234 Meldungen"."""
    if count == 1:
        return catalogue.say("count_one")
    return catalogue.say("count_other", count=f"{count:,}".replace(",", catalogue.say("thousands")))


def say_names(names: Sequence[str], catalogue: Catalogue) -> str:
    """Names in a row: "Erika Muster, Max Mustermann und Jo Beispiel"."""
    *others, last = names
    return " ".join([", ".join(others), catalogue.say("article_and"), last]) if others else last


def _say_offset(instant: datetime) -> str:
    offset = instant.utcoffset()
    minutes = 0 if offset is None else int(offset.total_seconds()) // 60
    if minutes == 0:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02d}" if rest else "")
