"""The day that the address of a page names."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import unquote, urlsplit

_ADDRESS_DATE = re.compile(
    r"(?<!\d)(?P<y>(?:19[89]|20[0-4])\d)(?P<sep>[/_.-])(?P<m>0?[1-9]|1[0-2])(?P=sep)(?P<d>0?[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<!\d)(?P<y2>(?:19[89]|20[0-4])\d)(?:/?|(?<=/\d{4})-(?=\d\d/\d\d/))"
    r"(?P<m2>0[1-9]|1[0-2])/?(?P<d2>0[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<!\d)(?P<d3>0[1-9]|[12]\d|3[01])(?P<sep3>[._-])(?P<m3>0[1-9]|1[0-2])(?P=sep3)(?P<y3>(?:19[89]|20[0-4])\d)(?!\d)"
)


def find_address_date(url: str | None) -> date | None:
    """The day that an address names, as in /2024/06/25/, /2024-06/25/ or _20240625_; None for none or several."""
    if url is None:
        return None
    parts = urlsplit(url)
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
