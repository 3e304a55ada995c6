"""What the address of a page says of its day: names it, or has its digits or its month in it."""

from __future__ import annotations

import re
from datetime import date
from typing import Final
from urllib.parse import unquote, urlsplit

_ADDRESS_DATE = re.compile(
    r"(?<!\d)(?P<y>(?:19[89]|20[0-4])\d)(?P<sep>[/_.-])(?P<m>0?[1-9]|1[0-2])(?P=sep)(?P<d>0?[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<!\d)(?P<y2>(?:19[89]|20[0-4])\d)(?:/?|(?<=/\d{4})-(?=\d\d/\d\d/))"
    r"(?P<m2>0[1-9]|1[0-2])/?(?P<d2>0[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<!\d)(?P<d3>0[1-9]|[12]\d|3[01])(?P<sep3>[._-])(?P<m3>0[1-9]|1[0-2])(?P=sep3)(?P<y3>(?:19[89]|20[0-4])\d)(?!\d)"
)

_ARCHIVE = re.compile(r"(?:web-?archiv|web\.archive\.)")
_NUMBERS = re.compile(r"(?<!\d)\d{6,12}")
_FORMS: Final = ("%Y%m%d", "%y%m%d", "%d%m%Y", "%d%m%y")
_MONTH = re.compile(r"/(?P<y>(?:19|20)\d\d)/?(?P<m>0[1-9]|1[0-2]|[1-9](?=/))(?!\d)")


def find_address_date(url: str | None) -> date | None:
    """The day that an address names, as in /2024/06/25/, /2024-06/25/ or _20240625_; None for none or several."""
    if url is None:
        return None
    parts = urlsplit(url)
    if _ARCHIVE.match(parts.netloc) is not None:
        # The day on which the page was saved.
        return None
    found = set()
    for match in _ADDRESS_DATE.finditer(unquote(parts.path)):
        year, month, day = (
            match["y"] or match["y2"] or match["y3"],
            match["m"] or match["m2"] or match["m3"],
            match["d"] or match["d2"] or match["d3"],
        )
        try:
            found.add(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return found.pop() if len(found) == 1 else None


def has_digits_of(url: str | None, day: date) -> bool:
    """Whether a number in an address begins with the digits of a day: `160706a.html`, `/22022021/`, `pte140709012`."""
    numbers = _NUMBERS.findall("" if url is None else url)
    return any(number.startswith(day.strftime(form)) for number in numbers for form in _FORMS)


def is_of_month(url: str | None, day: date) -> bool:
    """Whether an address names the year and month of a day, as in /2012/02/."""
    months = _MONTH.finditer("" if url is None else urlsplit(url).path)
    return any((int(match["y"]), int(match["m"])) == (day.year, day.month) for match in months)
