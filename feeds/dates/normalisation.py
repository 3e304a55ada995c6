r"""Text as the grammar wants it: composed umlauts, no invisible characters; with the way back to the original offsets.

Owns what is done to the characters of a text before it is read. The many kinds of blanks stay: `\s` knows them all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from html import unescape

SOFT_HYPHEN = "\u00ad"
ZERO_WIDTH = tuple(map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF)))
"""Zero-width blanks and joiners, direction marks: pages put them into dates, nobody sees them."""

SHORT = 400
"""Texts up to here are often Latin-1, which holds nothing else to take out: asking that first is quick."""

INVISIBLE = re.compile(f"[{SOFT_HYPHEN}{''.join(ZERO_WIDTH)}]")
TAG = re.compile("<[a-zA-Z/][^<>]{0,80}>")
OTHER_DIGITS = re.compile("[\uff01-\uff5e\u2070\u00b9\u00b2\u00b3\u2074-\u2079]")
"""Full-width digits and punctuation, and raised digits: "２５．０６．２０２４", "14⁰⁵ Uhr"."""
COMBINING = re.compile("[\u0300-\u036f]")


def needs_normalising(text: str) -> bool:
    """Whether a text holds invisible characters or is not composed."""
    if text.isascii():
        return False
    if len(text) < SHORT:
        try:
            text.encode("latin-1")
        except UnicodeEncodeError:
            pass
        else:
            return SOFT_HYPHEN in text
    if SOFT_HYPHEN in text or not unicodedata.is_normalized("NFC", text):
        return True
    for character in ZERO_WIDTH:  # noqa: SIM110 - three times as fast as any() with a generator
        if character in text:
            return True
    return False


def normalise(text: str) -> str:
    """A stamp's text without invisible characters and leftovers of HTML, in NFC, its digits as others write them."""
    if "&" in text or "<" in text:
        text = unescape(TAG.sub(" ", text))
    if text.isascii():
        return text
    text = OTHER_DIGITS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return unicodedata.normalize("NFC", INVISIBLE.sub("", text)) if needs_normalising(text) else text


def normalise_with_offsets(text: str) -> tuple[str, Sequence[int] | None]:
    """The text as `normalise` gives it, and for each of its offsets, the end included, the offset in the original.

    None instead of the offsets where they are the same.
    """
    if not needs_normalising(text):
        return text, None
    kept: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        if INVISIBLE.match(character):
            continue
        if kept and COMBINING.match(character):
            composed = unicodedata.normalize("NFC", kept[-1] + character)
            if len(composed) == 1:
                kept[-1] = composed
                continue
        kept.append(character)
        offsets.append(offset)
    return "".join(kept), [*offsets, len(text)]


def lower(text: str) -> str:
    """The text in lower case, character for character, so that offsets stay."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := character.lower()) == 1 else character for character in text)
