"""Digits and letters that a scanner took for each other, and names that it cut: "14.O4.2019", "Septernber", "Febr uar".

Owns what may stand for what. Only a text in which nothing else is found is read so (`parse_date`).
"""

from __future__ import annotations

import re

from feeds.dates import words

PROBLEM = "misread by a scanner: read as"

DIGITS = re.compile(r"(?<![^\W_])(?=[OoIl]{0,3}[0-9])[0-9OoIl]{1,4}(?![^\W_])")
NAME = re.compile(r"(?<![^\W_])[^\W_]{3,11}(?![^\W_])")
CUT_NAME = re.compile(r"(?<![^\W_])([^\W\d_]{1,8})(?: |-\s?)([^\W\d_]{1,8})(?![^\W_])")
AS_DIGITS = str.maketrans("OoIl", "0011")
AS_LETTERS = (str.maketrans("01", "ol"), str.maketrans("01", "oi"))


def mend_misread(text: str) -> str:
    """The text with digits where numbers have letters, letters where names have digits, names in one piece."""
    return DIGITS.sub(
        lambda match: match[0].translate(AS_DIGITS), NAME.sub(mended_name, CUT_NAME.sub(joined_name, text))
    )


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
