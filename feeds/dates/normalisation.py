r"""Text as the grammar wants it: composed umlauts, no invisible characters, no leftovers of HTML or mojibake.

Owns what is done to the characters of a text before it is read, and the way back to the original offsets. In a stamp's
text all blanks are one plain blank; in running text the many kinds of them stay: `\s` knows them all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from html import unescape

SOFT_HYPHEN = "\u00ad"
ZERO_WIDTH = tuple(map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF)))
"""Zero-width blanks and joiners, direction marks: pages put them into dates, nobody sees them."""
FULL_WIDTH = ("\uff11", "\uff12", "\uff1a")
"""The full-width "1", "2" and ":", of which a date with such digits has one."""
OTHER_LETTERS = {"\u017f": "s", "\u0130": "I", "\u0131": "i"}
"""The long s of old prints, and the i of Turkish: a pattern that ignores case takes them for s and i, no table does."""
RAISED = "\u2070\u00b9\u00b2\u00b3\u2074-\u2079"
SHORT = 400
"""Texts up to here are often Latin-1, which holds little to change: asking that first is quick."""

TAG = re.compile("<[a-zA-Z/][^<>]{0,80}>")
ODD = re.compile(
    rf"""
    (?P<invisible> [{SOFT_HYPHEN}{"".join(ZERO_WIDTH)}] | \u00c2 (?= \s ) )
  | (?P<tag> < /? (?: br | wbr | nobr | b | strong | i | em | small | span | sup ) (?: [\s/] [^<>]{{0,80}} )? > )
  | (?P<entity> & (?: [a-zA-Z]{{2,8}} | \#[0-9]{{1,6}} | \#[xX][0-9a-fA-F]{{1,5}} ) ;? )
  | (?P<full_width> [\uff01-\uff5e]+ )
  | (?P<letter> [{"".join(OTHER_LETTERS)}] )
  | (?P<minutes> (?<= [0-9] ) (?<! [0-9][0-9][0-9] ) [{RAISED}]{{2}} (?! [{RAISED}] ) )
  | (?P<note> [{RAISED}]+ )
  | (?P<misread> [\u00c2\u00c3] [^\s\w] | [\u00c2\u00c3] [\u00a0\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192]
      | \u00e2\u20ac [^\s\w\n]? )
  | (?P<marked> . [\u0300-\u036f]+ )
    """,
    re.VERBOSE,
)
"""What is not read as it stands: "25.&nbsp;Juni", "２５．０６．", "14⁰⁵ Uhr", marks of footnotes, "MÃ¤rz"."""

CLOSING = {"(": ")", "[": "]", "„": "“", "»": "«", "«": "»", '"': '"', "“": "”"}
"""The signs that may be around a whole text, and what closes each."""
EMPHASIS = re.compile(r"([*_]{1,3})([^*_]+)\1")
"""A text that is emphasised as a whole, in Markdown."""
BLANKS = re.compile(r"[^\S\n]{2,}|[^\S\n ]")
"""Blanks that are read as one, whatever their kind and number."""


def needs_normalising(text: str) -> bool:
    """Whether a text may hold something that is not read as it stands."""
    if "&" in text or "<" in text:
        return True
    if text.isascii():
        return False
    if len(text) < SHORT:
        try:
            text.encode("latin-1")
        except UnicodeEncodeError:
            return ODD.search(text) is not None
        return SOFT_HYPHEN in text or "\u00c2" in text
    if SOFT_HYPHEN in text or not unicodedata.is_normalized("NFC", text):
        return True
    for character in (*ZERO_WIDTH, *FULL_WIDTH, *OTHER_LETTERS):  # noqa: SIM110 - three times as fast as any() with a generator
        if character in text:
            return True
    return False


def normalise(text: str) -> str:
    """A stamp's text without invisible characters and leftovers of HTML, composed, its digits as others write them."""
    if "<" in text:
        text = TAG.sub(" ", text)
    if needs_normalising(text):
        text = ODD.sub(ordinary, text)
    return BLANKS.sub(" ", uncover(text.strip()))


def uncover(text: str) -> str:
    """A text without the brackets, quotes or emphasis around all of it, and without a comma after it."""
    text = text.rstrip(",; ")
    if text[:1] in {"*", "_"} and (emphasised := EMPHASIS.fullmatch(text)) is not None:
        return uncover(emphasised[2].strip())
    closing = CLOSING.get(text[:1])
    if closing is None or text[-1] != closing or closing in text[1:-1] or text[0] in text[1:-1]:
        return text
    return uncover(text[1:-1].strip())


def normalise_with_offsets(text: str) -> tuple[str, Sequence[int] | None]:
    """The text as `normalise` gives it, and for each of its offsets, the end included, the offset in the original.

    Tags other than those within a line stay: they part what is not one date. None instead of the offsets where they
    are the same.
    """
    if not needs_normalising(text):
        return text, None
    pieces: list[str] = []
    offsets: list[int] = []
    at = 0
    for match in ODD.finditer(text):
        start, end = match.span()
        piece = ordinary(match)
        pieces += (text[at:start], piece)
        offsets += range(at, start)
        offsets += range(start, end) if len(piece) == end - start else [start] * len(piece)
        at = end
    if not pieces:
        return text, None
    return "".join((*pieces, text[at:])), [*offsets, *range(at, len(text) + 1)]


def ordinary(match: re.Match[str]) -> str:
    """What is read in place of a match of ODD."""
    odd, kind = match[0], match.lastgroup
    if kind == "invisible":
        return ""
    if kind in {"tag", "note"}:
        return " "
    if kind == "entity":
        meant = unescape(odd)
        return meant if meant == odd else ODD.sub(ordinary, meant)
    if kind == "letter":
        return OTHER_LETTERS[odd]
    if kind == "misread":
        return read_again(odd)
    return unicodedata.normalize("NFC" if kind == "marked" else "NFKC", odd)


def read_again(text: str) -> str:
    """A character whose UTF-8 was read as Windows-1252, as it was meant; the text itself if it is none."""
    try:
        return text.encode("cp1252").decode()
    except UnicodeError:
        return text


def lower(text: str) -> str:
    """The text in lower case, character for character, so that offsets stay."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := character.lower()) == 1 else character for character in text)
