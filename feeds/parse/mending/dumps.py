"""What programs put into a page that they save as text: Markdown's marks, the numbers of links, the marks of a wire.

Taken off before a page is read, wherever a source saves its pages so; each line keeps its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

TITLE_BLANKS: Final = 3
"""Blanks in a page's title with its mark, at least: fewer are in a site's name."""
TITLE_LINES: Final = 30
"""Lines below a title that are searched for another heading."""
LEAST_NUMBERS: Final = 5
"""Numbers of links from which a page was dumped by a text browser: fewer are notes of the text."""

# "[Politik](/politik)", as html2text and pandoc write links; it may wrap within them. Of a picture nothing is left.
_TARGET = r"\(\s?<?[^()\s]{0,500}(?:\([^()\s]{0,80}\)[^()\s]{0,200})?(?:\s[^()]{0,200})?>?\)"
_LINK = re.compile(rf"\[(?P<text>[^\[\]]{{0,300}})\]{_TARGET}")
_IMAGE = re.compile(rf"!\[(?P<text>)[^\[\]]{{0,300}}\]{_TARGET}")
_HEADING = re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+(?=[^\s#])", re.MULTILINE)
_STRONG = re.compile(r"(?P<mark>\*\*|__)(?=\S)(?P<text>[^\n*_]{1,300})(?<=\S)(?P=mark)")
_EMPHASIS = re.compile(
    r"^[ \t]{0,9}(?P<mark>[*_])(?=[^\s*_])(?P<text>[^\n*_]{1,300})(?<=\S)(?P=mark)[ \t]*$", re.MULTILINE
)
# What converters put a backslash in front of (CommonMark 0.31, section 2.4); other signs have one in paths and code.
_ESCAPE = re.compile(r"\\(?P<sign>[.\-+*_#()\[\]!>|\"~])")
# "[12]Politik", as lynx and elinks do, which list the addresses below.
_NUMBER = re.compile(r"(?<!\S)\[\d{1,3}\](?=[^\s.,;:])|^[ \t]{0,9}\[\d{1,3}\][ \t]*$", re.MULTILINE)
_ADDRESS = re.compile(r"^[ \t]{0,9}\d{1,3}\.[ \t](?:https?|file|mailto|javascript):\S{1,500}$", re.MULTILINE)
# "Kabinett billigt Gesetz =": how agencies close a headline on their wire (IPTC 7901).
_CLOSED = re.compile(r"^(?P<text>[^=\n]{12,200}[^\s=]) =[ \t]*$", re.MULTILINE)
_BAR = re.compile(r"(?<=\S)[ \t]\|[ \t]*$|^[ \t]*\|[ \t](?=\S)", re.MULTILINE)


def _keep_text(link: re.Match[str]) -> str:
    """The text of a link, with as many line breaks as the whole has."""
    kept = link["text"]
    return kept + "\n" * (link[0].count("\n") - kept.count("\n"))


_MARKS: Final[tuple[tuple[str, re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]] = (
    ("]", _IMAGE, _keep_text),
    ("]", _LINK, _keep_text),
    ("#", _HEADING, ""),
    ("*", _STRONG, r"\g<text>"),
    ("_", _STRONG, r"\g<text>"),
    ("*", _EMPHASIS, r"\g<text>"),
    ("_", _EMPHASIS, r"\g<text>"),
    ("\\", _ESCAPE, r"\g<sign>"),
    ("|", _BAR, ""),
    ("=", _CLOSED, r"\g<text>"),
)
"""A sign that a page with such marks holds, their pattern, and what stays. To look for a single sign costs next to
nothing, for two ten times as much.
"""


def unmark(lines: Sequence[str]) -> Sequence[str]:
    """The lines without what a converter to Markdown or a text browser put into them, as many as before."""
    whole = text = "\n".join(lines)
    for hint, pattern, kept in _MARKS:
        if hint in text:
            text = pattern.sub(kept, text)
    if "]" in text:
        numbers = [found.strip() for found in _NUMBER.findall(text)]
        # A note's number is there twice: in the text and at the note.
        if len(numbers) >= LEAST_NUMBERS and len(set(numbers)) == len(numbers):
            text = _ADDRESS.sub("", _NUMBER.sub("", text))
    return lines if text == whole else text.split("\n")


def find_title(lines: Sequence[str]) -> int | None:
    """The number of the only line that Markdown marks as a heading of the first level; None without one, or of several.

    One that is a link, has but a word or two, or has another heading soon below it, may be the site's name.
    """
    titles = [number for number, line in enumerate(lines) if line.lstrip().startswith("# ")]
    if len(titles) != 1 or _LINK.fullmatch(lines[titles[0]].lstrip()[2:].strip()) is not None:
        return None
    below = lines[titles[0] + 1 : titles[0] + 1 + TITLE_LINES]
    is_short = lines[titles[0]].strip().count(" ") < TITLE_BLANKS
    return None if is_short or any(line.lstrip().startswith("## ") for line in below) else titles[0]
