"""Phrases of the pages for people: times with their place, datelines, counts, names in a row.

Pure: the words come from the catalogue, the German forms of dates from `feeds.dates`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from markupsafe import Markup, escape

from feeds.dates import format_german, format_rfc3339, load_zone
from feeds.render.views import Dateline, Label, Time
from feeds.text import Catalogue

_AREAS = frozenset("Africa America Antarctica Arctic Asia Atlantic Australia Europe Indian Pacific".split())
"""First parts of IANA names whose last part is a place; "Etc/GMT-3", "US/Eastern" and "CET" name none."""


def make_time(value: date | datetime, zone: str, site_zone: str, catalogue: Catalogue) -> Time:
    """A time as pages show it: in its own zone, with the place where that differs from the site's time."""
    if not isinstance(value, datetime):
        return Time(format_german(value, catalogue.months), value.isoformat())
    local = value.astimezone(load_zone(zone))
    place = say_place(local, zone, site_zone, catalogue)
    # HTML's datetime attribute has no offset of seconds, which local times before 1900 have.
    iso = local.isoformat(timespec="seconds")
    text = " ".join(filter(None, [format_german(local, catalogue.months), place]))
    return Time(text, iso if len(iso) <= 25 else format_rfc3339(local))


def say_place(value: date | datetime, zone: str, site_zone: str, catalogue: Catalogue) -> str | None:
    """The place of a time's zone ("in Minsk"); None where the time is local or has no clock.

    It is the city of the zone's IANA name, in the catalogue's language (CLDR exemplar cities). A zone that names no
    place is shown by its offset ("UTC+3").
    """
    if not isinstance(value, datetime):
        return None
    local = value.astimezone(load_zone(zone))
    if local.utcoffset() == value.astimezone(load_zone(site_zone)).utcoffset():
        return None
    if (phrase := catalogue.zones.get(zone)) is not None:
        return phrase
    area, _, rest = zone.partition("/")
    if area in _AREAS and rest:
        return catalogue.say("time_place", place=rest.rpartition("/")[2].replace("_", " "))
    return _say_offset(local)


def say_day(day: str, catalogue: Catalogue) -> str:
    """The day of a dateline, "25. Juni", of an ISO date, or of --06-25 where the year is unknown."""
    month, number = day[-5:].split("-")
    return f"{int(number)}. {catalogue.months[int(month) - 1]}"


def say_dateline(dateline: Dateline, root: str) -> Markup:
    """A dateline as shown above the text, "MINSK, 25. Juni (BelTA)"; `root` as for `link_label`."""
    place = [link_label(dateline.place, root)] if dateline.place else []
    day = [dateline.day] if dateline.day else []
    agency = [Markup("({})").format(link_label(dateline.agency, root))] if dateline.agency else []
    return Markup(" ").join([Markup(", ").join([*place, *day])] * bool(place or day) + agency)


def link_label(label: Label, root: str) -> Markup:
    """A label as HTML: a link where it has a page, which `root` makes a reference (see `find_root`)."""
    if label.path is None:
        return escape(label.title)
    return Markup('<a href="{}">{}</a>').format(root + label.path, label.title)


def say(key: str, /, *, catalogue: Catalogue, **values: object) -> Markup:
    """The words for `key`, as HTML; so may be what fills their fields."""
    return escape(catalogue.words[key]).format(**values)


def say_count(count: int, catalogue: Catalogue) -> str:
    """How many articles there are, in words: "1.234 Meldungen"."""
    if count == 1:
        return catalogue.say("count_one")
    return catalogue.say("count_other", count=f"{count:,}".replace(",", catalogue.say("thousands")))


def say_names(names: Iterable[str], catalogue: Catalogue) -> Markup:
    """Names in a row, as HTML: "Erika Muster, Max Mustermann und Jo Beispiel"."""
    *others, last = names
    return Markup(" ").join([Markup(", ").join(others), catalogue.say("article_and"), last] if others else [last])


def _say_offset(instant: datetime) -> str:
    offset = instant.utcoffset()
    minutes = 0 if offset is None else int(offset.total_seconds()) // 60
    if minutes == 0:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02d}" if rest else "")
