"""Names of months that are no plain spelling of one: old ones, of other languages, misspelt, with a broken umlaut.

Owns how far off such a name may be.
"""

from __future__ import annotations

import re

from feeds.dates import words

BROKEN_UMLAUT = r"[Mm](?:[^\s0-9A-Za-z]{1,6}|\\u00e4|=E4|%C3%A4)[Rr][Zz]|[Jj][^\s0-9A-Za-z]{1,6}[Nn](?:[Nn](?:er|ER)?)?"
"""März and Jänner with whatever became of their umlaut: "M�rz", "MÃ¤rz", "M?rz"."""
UMLAUT = re.compile(BROKEN_UMLAUT, re.IGNORECASE)
FULL_NAMES = {row[0].lower(): number for number, row in enumerate(words.MONTHS, 1) if len(row[0]) > 4} | {"jänner": 1}
"""The names that may be misspelt in running text: one letter off the others, or off English ones, are other words."""
SHORT_NAMES = {"märz": 3, "juni": 6, "juli": 7, "sept": 9, "febr": 2}
"""Those of which neighbours may be swapped, but which are one letter off other words."""


def odd_month(name: str, *, dated: bool) -> int | None:
    """The number of the month that a name means which is not among the usual ones, None where it means none.

    Only with a year after it (`dated`) may it be another word too: "14. Hornung 1815", "14. Apirl 2019".
    """
    lowered = name.lower()
    if (month := month_without_umlaut(lowered)) is not None or not dated:
        return month
    if lowered in words.DATED_MONTH_OF:
        return words.DATED_MONTH_OF[lowered]
    return misspelt_month(lowered)


def misspelt_month(name: str) -> int | None:
    """The number of the month whose lower-case name is misspelt by one letter.

    Long names may lack a letter, have one more or another, but the first: "10. Männer 2020" is no Jänner. In any name
    two neighbours may be swapped.
    """
    for full, number in FULL_NAMES.items():
        if (full[0] == name[0] and is_one_edit_away(name, full)) or is_swapped(name, full):
            return number
    return next((number for full, number in SHORT_NAMES.items() if is_swapped(name, full)), None)


def is_swapped(one: str, other: str) -> bool:
    """Whether two words differ by two neighbours that are swapped, and by nothing else."""
    return sorted(one) == sorted(other) and is_one_edit_away(one, other)


def month_without_umlaut(name: str) -> int | None:
    """März or Jänner by what is left around their broken umlaut."""
    if UMLAUT.fullmatch(name) is None:
        return None
    return 3 if name[0] in "Mm" else 1


def is_one_edit_away(one: str, other: str) -> bool:
    """Whether one letter is missing, added or another, or two neighbours are swapped."""
    if abs(len(one) - len(other)) > 1:
        return False
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    a, b = one[same:], other[same:]
    if len(a) != len(b):
        return a[1:] == b if len(a) > len(b) else a == b[1:]
    return a[1:] == b[1:] or (len(a) > 1 and a[0] == b[1] and a[1] == b[0] and a[2:] == b[2:])
