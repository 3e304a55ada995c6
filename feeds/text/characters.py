"""Characters: which may be in XML, what white space and line ends become, how text is escaped."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import partial
from typing import Final

# XML 1.0 (fifth edition) section 2.2, production 2: any character outside these ranges makes a document malformed.
# Beside them go DEL and the C1 controls, which are legal and show as boxes; the replacement character, which stands for
# a letter that was lost; and the noncharacters of every plane (W3C feed validator, BadCharacters).
_UNWANTED = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffc\U00010000-\U0010ffff]"
    "|[" + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17)) + "]"
)
_LINE_ENDS: Final = ("\r\n", "\r", "\x85", "\u2028", "\u2029")
# Soft hyphen, zero-width space, word joiner, byte order mark: invisible, and they break searches and comparisons. Then
# what turns the direction of all that follows it (UAX 9 section 2): in a list of headlines that is more than its own.
_INVISIBLE: Final = "\xad\u200b\u2060\ufeff" + "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def clean_xml(text: str) -> str:
    """The text without the characters that XML forbids and without control characters; all else stays as it is."""
    # The replacement character is the only printable one that is unwanted, so for most texts one scan is enough.
    if text.isprintable() and "\ufffd" not in text:
        return text
    return _UNWANTED.sub("", text)


def fold_spaces(text: str) -> str:
    """The text on one line: each run of white space, no-break spaces included, is one blank; none at the ends."""
    if text.isprintable() and "  " not in text:
        # The only white space in it is single blanks.
        return text.strip(" ")
    return " ".join(text.split())


def clean_line(text: str) -> str:
    """A text of markup, JSON or YAML on one line: what an escape such as `&#7;` hid from decoding is mended here."""
    return fold_spaces(normalise(text))


def fold_name(name: str) -> str:
    """A name as others are compared with it: on one line, without case."""
    return fold_spaces(name).casefold()


def rank_name(name: str) -> str:
    """What puts names in the order of German dictionaries (DIN 5007-1): without case, ä as a, ß as ss."""
    parts = unicodedata.normalize("NFKD", fold_name(name))
    return "".join(part for part in parts if not unicodedata.combining(part))


def normalise(text: str) -> str:
    """The text in NFC, with line feeds as line ends, no invisible marks, only characters that may be in XML."""
    # For most texts one scan shows that there is nothing to do, since nothing that is mended below is printable. It
    # costs a tenth of the pattern, and so does a search for each of the few characters.
    if not _is_plain(text):
        for end in _LINE_ENDS:
            text = text.replace(end, "\n")
        for mark in _INVISIBLE:
            text = text.replace(mark, "")
        if not _is_plain(text):
            text = clean_xml(text)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _is_plain(text: str) -> bool:
    """Whether a text is surely in order: line feeds, tabs, no-break spaces and what can be printed."""
    if "\ufffd" in text:
        return False
    line = text.replace("\n", "")
    return line.isprintable() or line.replace("\t", "").replace("\xa0", "").isprintable()


escape_xml: Final = partial(html.escape, quote=False)
"""For text in XML: `&`, `<` and `>`. The function of xml.sax.saxutils would import an HTTP client."""


def escape_html(text: str) -> str:
    """The text with `&`, `<`, `>` and both quotes escaped, for HTML content and attributes."""
    return html.escape(text, quote=True)
