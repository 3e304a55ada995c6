"""Bytes to text: byte order marks, UTF-8, the encodings that German pages were saved in, mojibake mended."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from feeds.text.characters import normalise

MAX_SNIFFED_BYTES = 200_000
"""Bytes that the encoding is guessed from, where it must be guessed."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DAMAGED = "utf-8, damaged"
LEAST_GOOD = 1
"""Valid UTF-8 sequences beyond ASCII for each invalid one, at least, in a damaged text that is UTF-8 all the same.

In texts of other encodings hardly any are valid."""
MAX_MENDED = 3_000
"""Places in a text that look like mojibake above which it is mended as a whole: each line by itself takes too long."""
# charset-normalizer left alone answers cp1250 for German cp1252 (measured); these are what German pages came in.
_CANDIDATES = ["utf_8", "utf_16", "cp1252", "cp850", "mac_roman"]
# What most German pages are made of: in NFC, visible, and no half of a character that was read wrongly.
_ORDINARY_BYTES = b"\t\n" + bytes(range(0x20, 0x7F))
_ORDINARY = re.compile("[äöüÄÖÜßéèàáçêëíñóôúÉ\xa0§°²³½·«»×„“”‚‘’‹›–—−…•€]*")
# UTF-8 read as cp1252 leaves these pairs: "fÃ¼r", "â€ž".
_MOJIBAKE = re.compile("Ã[\x80-\xbfŸ¤¶¼„–œŒ]|â€[žœ“”\x93\x94\x9c\x9d\x9e]")


class Decoded(NamedTuple):
    """Text read from bytes: in normal form, with the name of the encoding and what had to be mended."""

    text: str
    encoding: str
    mended: tuple[str, ...]


def decode_plain(data: bytes) -> str | None:
    """The text of UTF-8 bytes that need no mending, else None: `decode` says the same, at five times the cost."""
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n")
    rest = data.translate(None, _ORDINARY_BYTES)
    try:
        return data.decode() if _ORDINARY.fullmatch(rest.decode()) else None
    except UnicodeDecodeError:
        return None


def decode(data: bytes) -> Decoded | None:
    """The text of a file's bytes, or None where they are no text in any encoding that German pages are saved in."""
    raw, encoding = _read(data)
    if raw is None:
        return None
    mended = []
    if encoding == DAMAGED:
        mended.append("bytes that are no UTF-8")
    elif "\0" in raw or "\ufffd" in raw:
        mended.append("NUL or replacement characters")
    if ("Ã" in raw or "â€" in raw) and _MOJIBAKE.search(raw):
        # By lines: it is slow, and what one line was read as says nothing of the others.
        lines = raw.split("\n") if len(_MOJIBAKE.findall(raw)) <= MAX_MENDED else [raw]
        raw = "\n".join(_mend(line) if _MOJIBAKE.search(line) else line for line in lines)
        mended.append("UTF-8 that had been read as Windows-1252")
    return Decoded(normalise(raw), encoding, tuple(mended))


def _mend(text: str) -> str:
    """A text that was UTF-8 read as Windows-1252, put right; ftfy does it where only parts of the text are such."""
    try:
        mended = text.encode("cp1252").decode()
    except UnicodeError:
        mended = text
    if mended == text or _MOJIBAKE.search(mended) is not None:
        # Costs 40 ms to import, and few pages need it.
        import ftfy

        return ftfy.fix_encoding(text)
    return mended


def read_damaged_utf8(data: bytes) -> str | None:
    """The text of bytes that are UTF-8 except for a few, which become U+FFFD, as in a page that was cut off or spliced.

    None where they are in another encoding, whose letters beyond ASCII are hardly ever valid UTF-8.
    """
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = len(text) - len(text.encode("ascii", "ignore")) - bad
    return text if good >= LEAST_GOOD * bad else None


def _read(data: bytes) -> tuple[str | None, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError:
                damaged = read_damaged_utf8(data[len(mark) :]) if mark == codecs.BOM_UTF8 else None
                return damaged, DAMAGED
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    if (damaged := read_damaged_utf8(data)) is not None:
        return damaged, DAMAGED
    # Costs 30 ms to import, and few pages need it.
    from charset_normalizer import from_bytes

    best = from_bytes(data[:MAX_SNIFFED_BYTES], cp_isolation=_CANDIDATES).best()
    if best is None:
        return None, "unknown"
    return data.decode(best.encoding, "replace"), best.encoding
