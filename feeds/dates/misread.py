"""Digits and letters that a scanner took for each other, and names that it cut: "14.O4.2019", "Septernber", "Febr uar".

Owns what may be mistaken for what. Only a text in which nothing else is found is read so (`parse_date`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from feeds.dates import words

PROBLEM = "misread by a scanner: read as"

DIGITS = re.compile(r"(?<![^\W_])(?=[OoIl]{0,3}[0-9])[0-9OoIl]{1,4}(?![^\W_])")
NAME = re.compile(r"(?<![^\W_])[^\W_]{3,11}(?![^\W_])")
CUT_NAME = re.compile(r"(?<![^\W_])([^\W\d_]{1,8})(?: |-\s?)([^\W\d_]{1,8})(?![^\W_])")
DATED_NAME = re.compile(
    r"(?<=[0-9])(?P<before>(?:te[nr])?\.?\s{0,3})(?P<name>[^\W\d_]{4,11})(?=\.?\s{0,3}(?:1[5-9]|20)[0-9]{2}(?![0-9]))"
)
LEAST_LETTERS = 4
"""Shorter names are one shape off other words: "das 3. Mal 2019"."""
CONFUSED = (
    ("c", "e"), ("n", "u"), ("u", "n"), ("ii", "u"), ("ii", "n"), ("ü", "u"), ("li", "u"), ("rn", "m"), ("ni", "m"),
    ("in", "m"), ("nn", "m"), ("l", "i"), ("i", "l"), ("i", "j"), ("l", "j"), ("a", "ä"),
)  # fmt: skip
"""What a scanner sees, and what was printed."""
AS_DIGITS = str.maketrans("OoIl", "0011")
AS_LETTERS = (str.maketrans("01", "ol"), str.maketrans("01", "oi"))


def mend_misread(text: str) -> str:
    """The text with digits where numbers have letters, letters where names have digits, names in one piece."""
    named = NAME.sub(mended_name, CUT_NAME.sub(joined_name, text))
    return DATED_NAME.sub(mended_dated_name, DIGITS.sub(lambda match: match[0].translate(AS_DIGITS), named))


def mended_dated_name(match: re.Match[str]) -> str:
    """The name of the only month that a word between a day and a year can have been; the word where it was none."""
    name = match["name"].lower()
    if name in words.MONTH_OF:
        return match[0]
    meant = {word for word in read_otherwise(name) if word in words.MONTH_OF and len(word) >= LEAST_LETTERS}
    if len({words.MONTH_OF[word] for word in meant}) != 1:
        return match[0]
    return match["before"] + meant.pop()


def read_otherwise(name: str) -> Iterator[str]:
    """The words that a word can have been in print, if at one place a scanner took one shape for another."""
    for seen, printed in CONFUSED:
        at = name.find(seen)
        while at >= 0:
            yield name[:at] + printed + name[at + len(seen) :]
            at = name.find(seen, at + 1)


def joined_name(match: re.Match[str]) -> str:
    """The month's name that two pieces make together, the pieces where they make none."""
    name = match[1] + match[2]
    return name if name.lower() in words.MONTH_OF else match[0]


def mended_name(match: re.Match[str]) -> str:
    """The month's name that a word was before the scan, the word itself where it was none."""
    name = match[0].lower()
    if name in words.MONTH_OF:
        return match[0]
    for letters in AS_LETTERS:
        for strokes in ("", "rn", "ni", "in"):
            meant = name.translate(letters)
            meant = meant.replace(strokes, "m") if strokes else meant
            if meant in words.MONTH_OF:
                return meant
    return match[0]
