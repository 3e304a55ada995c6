"""Dates as the formats prescribe them: RFC 822 in RSS and OPML, RFC 3339 in Atom and JSON Feed, W3C in sitemaps.

Strict on purpose: `feeds.dates` understands more, but readers don't.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import Final

from feeds.check.rules import Report, Rule
from feeds.dates.writing import RFC822_DAYS, RFC822_MONTHS

INVALID_DATE = Rule.error(
    "invalid-date",
    "RSS 2.0 (RFC 822); RFC 4287 section 3.3 and JSON Feed 1.1 (RFC 3339)",
    "A date is written in its format's own form, and there is such a day.",
    "Write Tue, 25 Jun 2024 12:05:00 GMT in RSS and OPML, 2024-06-25T12:05:00Z elsewhere.",
)
FOREIGN_DATE = Rule.error(
    "foreign-date",
    "RFC 822 section 5",
    "Days, months and zones in an RSS date have no German names.",
    "Never write dates with strftime under a locale; 6 of 23 readers misread them.",
)
WRONG_WEEKDAY = Rule.error(
    "wrong-weekday",
    "RFC 822 section 5.2",
    "The weekday in a date is that of its day.",
    "Compute the weekday from the date; some readers show another day.",
)
DATE_STYLE = Rule.warning(
    "date-style",
    "RSS advisory board profile",
    "An RSS date has a year of four digits, single blanks, no comment; its zone is a number, GMT, UT, Z or American.",
    "Write Tue, 25 Jun 2024 12:05:00 GMT.",
)
DATE_FRACTION = Rule.warning(
    "date-fraction",
    "readers (newsboat, elfeed and libmrss lose the offset; ROME reads milliseconds as seconds)",
    "A date has whole seconds.",
    "Cut the fraction of the second off.",
)
DATE_OFFSET = Rule.warning(
    "date-offset",
    "readers (4 of 23 show another hour)",
    "A date in Atom or JSON Feed is in UTC.",
    "Write the instant in UTC, with Z.",
)
IMPLAUSIBLE_DATE = Rule.warning(
    "implausible-date",
    "W3C feed validator",
    "A date is not before 1990.",
    "Check how the date was read; leave it where the article is that old.",
)
FUTURE_DATE = Rule.warning(
    "future-date",
    "readers (NetNewsWire hides what lies more than a day ahead)",
    "A date is not in the future.",
    "Hold an article back until it is published; check the zone of its time.",
)
UPDATED_BEFORE_PUBLISHED = Rule.warning(
    "updated-before-published",
    "RFC 4287 section 4.2.15",
    "An entry is not updated before it is published.",
    "Write the published instant as updated where nothing changed.",
)

_MONTH_NUMBERS: Final = {name.lower(): number for number, name in enumerate(RFC822_MONTHS, 1)}
_HOURS: Final = {"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7}

_PROFILE: Final = re.compile(
    rf"(?:({'|'.join(RFC822_DAYS)}), )?([0-9]{{1,2}}) ({'|'.join(RFC822_MONTHS)}) ([0-9]{{4}}) "
    r"([0-9]{2}):([0-9]{2})(?::([0-9]{2}))? ([+-][0-9]{2}[0-5][0-9]|GMT|UT|Z|[ECMP][SD]T)"
)
_LOOSE: Final = re.compile(
    rf"(?:({'|'.join(RFC822_DAYS)})\s*,\s*)?([0-9]{{1,2}})\s+({'|'.join(RFC822_MONTHS)})\s+([0-9]{{2}}|[0-9]{{4}})\s+"
    r"([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?\s+([+-][0-9]{2}[0-5][0-9]|GMT|UT|[ECMP][SD]T|[A-IK-Z])",
    re.IGNORECASE | re.ASCII,
)
_COMMENT: Final = re.compile(r"\([^()]*+\)")
_INSTANT: Final = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})"
)
_W3C: Final = re.compile(
    r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:[0-9]{2}))?)?)?"
)
_WORD: Final = re.compile(r"[^\W\d_]+")
# Names as German pages print them, in full and shortened, without those that are English too.
_GERMAN: Final = frozenset(
    """mo di mi do fr sa so mon die mit don fre sam son montag dienstag mittwoch donnerstag freitag samstag sonnabend
    sonntag jän jänner januar februar feb mär mrz märz maerz april mai juni juli august september okt oktober november
    dez dezember mez mesz uhr""".split()
) - {"mon", "feb", "april", "august", "september", "november"}  # fmt: skip
_EARLIEST: Final = 1990
_LEAP_SECOND: Final = 60
_DAY_END: Final = datetime(1972, 12, 31, 23, 59, 59, tzinfo=UTC)
_TOLERANCE: Final = timedelta(minutes=10)


def check_rss_date(report: Report, line: int | None, value: str, where: str) -> datetime | None:
    """The instant of an RFC 822 date, with a year of four digits as RSS 2.0 allows; objects to anything else."""
    match = _PROFILE.fullmatch(value)
    if match is None:
        loose = _LOOSE.fullmatch(_COMMENT.sub(" ", value).strip())
        if loose is None:
            words = {word.lower() for word in _WORD.findall(value)}
            if words & _GERMAN and any(character.isdigit() for character in value):
                report.add(FOREIGN_DATE, line, f"{where} names days, months or zones in German", value)
            else:
                report.add(INVALID_DATE, line, f"{where} is no RFC 822 date", value)
            return None
        match = loose
        report.add(DATE_STYLE, line, f"{where} is not written as readers expect it", value)
    weekday, day, month, year, hour, minute, second, zone = match.groups()
    century = 0 if len(year) == 4 else 1900 if int(year) >= 70 else 2000
    try:
        whole_day = date(int(year) + century, _MONTH_NUMBERS[month.lower()], int(day))
        instant = _make_instant(whole_day, (int(hour), int(minute), int(second or 0)), _zone(zone))
    except ValueError:
        report.add(INVALID_DATE, line, f"{where} is no day, time or zone that there is", value)
        return None
    if weekday and RFC822_DAYS[instant.weekday()] != weekday.title():
        report.add(WRONG_WEEKDAY, line, f"{where} was a {RFC822_DAYS[instant.weekday()]}", value)
    return _check_plausible(report, line, value, where, instant)


def _zone(text: str) -> timezone:
    if text[0] in "+-":
        minutes = int(text[1:3]) * 60 + int(text[-2:])
        return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))
    # RFC 2822 section 4.3: military zones are taken for UTC, as their signs can't be relied on.
    return timezone(timedelta(hours=_HOURS.get(text.lower(), 0)))


def _make_instant(day: date, clock: tuple[int, int, int], zone: timezone) -> datetime:
    """The instant; a leap second, which only the last minute of a day in UTC may have, becomes the second before.

    Raises ValueError for others (RFC 3339 section 5.7).
    """
    hour, minute, second = clock
    is_leap = second == _LEAP_SECOND
    instant = datetime.combine(day, time(hour, minute, second - is_leap, tzinfo=zone))
    if is_leap and (instant - _DAY_END) % timedelta(days=1):
        raise ValueError("no leap second is added then")
    return instant


@lru_cache(maxsize=1000)
def read_instant(value: str) -> datetime | None:
    """The instant of an RFC 3339 date in whole seconds; None for any other text."""
    return _read_plain(value) or check_instant(Report(""), None, value, "")


def _read_plain(value: str) -> datetime | None:
    """The instant of a date in the most common form, by the standard library; None for any other form."""
    if len(value) != len("2024-06-25T12:05:00Z") or value[4::3] != "--T::Z":
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def check_instant(report: Report, line: int | None, value: str, where: str) -> datetime | None:
    """The instant of an RFC 3339 date; objects to anything else, to fractions of seconds, and to zones but UTC."""
    plain = _read_plain(value)
    if plain is not None:
        return _check_plausible(report, line, value, where, plain)
    match = _INSTANT.fullmatch(value)
    if match is None:
        report.add(INVALID_DATE, line, f"{where} is no RFC 3339 date", value)
        return None
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    try:
        whole_day = date(int(year), int(month), int(day))
        instant = _make_instant(whole_day, (int(hour), int(minute), int(second)), _zone(zone))
    except ValueError:
        report.add(INVALID_DATE, line, f"{where} is no day, time or zone that there is", value)
        return None
    if fraction is not None:
        report.add(DATE_FRACTION, line, f"{where} has a fraction of a second", value)
    if instant.utcoffset():
        report.add(DATE_OFFSET, line, f"{where} is not in UTC", value)
    return _check_plausible(report, line, value, where, instant)


def check_w3c_date(report: Report, line: int | None, value: str, where: str) -> datetime | None:
    """The instant of a W3C date (of a whole day: its midnight in UTC); objects to anything else."""
    if not _W3C.fullmatch(value):
        report.add(INVALID_DATE, line, f"{where} is no W3C date", value)
        return None
    padded = value + "0001-01-01"[len(value) :] if len(value) < 10 else value
    try:
        instant = datetime.fromisoformat(padded)
    except ValueError:
        report.add(INVALID_DATE, line, f"{where} is no day or time that there is", value)
        return None
    instant = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return _check_plausible(report, line, value, where, instant)


def _check_plausible(report: Report, line: int | None, value: str, where: str, instant: datetime) -> datetime:
    if instant.year < _EARLIEST:
        report.add(IMPLAUSIBLE_DATE, line, f"{where} is before {_EARLIEST}", value)
    elif report.now is not None and instant - report.now > _TOLERANCE:
        report.add(FUTURE_DATE, line, f"{where} is in the future", value)
    return instant
