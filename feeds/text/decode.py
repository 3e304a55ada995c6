"""Bytes to text: byte order marks, UTF-8, the encodings that German pages were saved in.

Mended are single bytes of Windows-1252 in UTF-8, and UTF-8 that was read as Windows-1252; what mails quote is unquoted.
"""

from __future__ import annotations

import codecs
import quopri
import re
from typing import Final, NamedTuple

from feeds.text.characters import fold_spaces, normalise

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
_WINDOWS: Final = "cp1252"
_SINGLE_BYTE: Final = (_WINDOWS, "cp850", "mac_roman")
"""Those of Windows, DOS and old Macintoshes: a short text is easily guessed to be in another of them."""
_LETTER = re.compile("(?<=[A-Za-zäöü])[äöüß]")
"""A German letter in its place."""
_ODD = re.compile("(?<=[a-zäöüß])[^\0-\x7fß-öø-ÿœšž\xad’‘´–—·…•](?=[a-zäöüß])")
"""What is never between two small letters."""
MAX_ODD: Final = 0.1
"""Odd signs for each letter in its place, at most, in a text that was read rightly."""
# RFC 2045 section 6.7; the letters in Windows-1252 and in UTF-8.
_QUOTED_LETTER = re.compile(rb"=(?:C3=(?:A4|B6|BC|9F|84|96|9C)|E4|F6|FC|DF|C4|D6|DC)")
_UNQUOTED_SIGN = re.compile(rb"=(?![0-9A-F]{2}|[ \t]*\r?\n|\Z)")
_FRONT_MATTER = re.compile(rb"\A(?:---|\+\+\+)[ \t]*\r?\n.*?\n(?:---|\+\+\+)[ \t]*\r?\n", re.DOTALL)
LEAST_QUOTED: Final = 3
"""German letters in a text that are quoted, from which all of it is."""
# What most German pages are made of: in NFC, visible, and no half of a character that was read wrongly.
_ORDINARY_BYTES = b"\t\n" + bytes(range(0x20, 0x7F))
_ORDINARY = re.compile("[äöüÄÖÜßéèàáçêëíñóôúÉ\xa0§°²³½·«»×„“”‚‘’‹›–—−…•€]*")
# UTF-8 read as cp1252 leaves these pairs: "fÃ¼r", "â€ž".
_MOJIBAKE = re.compile("Ã[\x80-\xbfŸ¤¶¼„–œŒ]|â€[žœ“”\x93\x94\x9c\x9d\x9e]")
MAX_CONTEXT = 40
"""Characters on either side of what was mended that are shown with it."""
# Bytes that are no UTF-8, as `surrogateescape` gives them: the byte 0xFC is U+DCFC. These are no letter by themselves:
# the beginning of a sign that was cut off, of those that German texts have; half of a sign that was encoded in two
# halves (CESU-8); marks of UTF-16.
_CUT_OFF = re.compile(
    "[\udcc2\udcc3\udce2\udcf0][\udc80-\udcbf]{0,2}|\udcef[\udcbb\udcbf]|\udced[\udca0-\udcbf][\udc80-\udcbf]|[\udcfe\udcff]"
)
_LOST = re.compile("[\0\ufffd]")
_STRAY = re.compile("[\udc80-\udcff]")
_STRAY_LETTERS: Final = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}


class Mended(NamedTuple):
    """What was mended in a text, with the line (from 1) of the first place, and the text around it."""

    what: str
    line: int
    text: str


class Decoded(NamedTuple):
    """Text read from bytes: in normal form, with the name of the encoding and what had to be mended."""

    text: str
    encoding: str
    mended: tuple[Mended, ...]


def decode_plain(data: bytes) -> str | None:
    """The text of UTF-8 bytes that need no mending, else None: `decode` says the same, at five times the cost."""
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n")
    rest = data.translate(None, _ORDINARY_BYTES)
    try:
        return data.decode() if _ORDINARY.fullmatch(rest.decode()) else None
    except UnicodeDecodeError:
        return None


def unquote_printable(data: bytes) -> bytes | None:
    """The bytes below the front matter without their quoted-printable encoding; None where they have none.

    They have it if several German letters are quoted ("f=FCr"), and no sign is "=" and not quoted.
    """
    if not data.isascii():
        return None
    front = _FRONT_MATTER.match(data)
    start = 0 if front is None else front.end()
    if len(_QUOTED_LETTER.findall(data, start)) < LEAST_QUOTED or _UNQUOTED_SIGN.search(data, start) is not None:
        return None
    return data[:start] + quopri.decodestring(data[start:])


def decode(data: bytes) -> Decoded | None:
    """The text of a file's bytes, or None where they are no text in any encoding that German pages are saved in."""
    raw, encoding = _read(data)
    if raw is None:
        return None
    mended: list[Mended] = []
    if encoding == DAMAGED:
        raw, mended = _mend_bytes(raw)
    elif (lost := _LOST.search(raw)) is not None:
        mended.append(_tell("NUL or replacement characters", raw, lost.start()))
    if ("Ã" in raw or "â€" in raw) and (first := _MOJIBAKE.search(raw)) is not None:
        mended.append(_tell("UTF-8 that had been read as Windows-1252", raw, first.start()))
        # By lines: it is slow, and what one line was read as says nothing of the others.
        lines = raw.split("\n") if len(_MOJIBAKE.findall(raw)) <= MAX_MENDED else [raw]
        raw = "\n".join(_mend(line) if _MOJIBAKE.search(line) else line for line in lines)
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


def is_damaged_utf8(data: bytes) -> bool:
    """Whether bytes are UTF-8 except for a few, as in a page that was cut off, or spliced from several.

    In another encoding, letters beyond ASCII are hardly ever valid UTF-8.
    """
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = len(text) - len(text.encode("ascii", "ignore")) - bad
    return good >= LEAST_GOOD * bad


def _mend_bytes(raw: str) -> tuple[str, list[Mended]]:
    """A text whose bytes that are no UTF-8 are escaped: those read as Windows-1252 that are letters there."""
    escaped = _CUT_OFF.sub("\ufffd", raw)
    text = escaped.translate(_STRAY_LETTERS)
    mended = []
    if (stray := _STRAY.search(escaped)) is not None:
        mended.append(_tell("letters in Windows-1252 among those in UTF-8", text, stray.start()))
    if (lost := text.find("\ufffd")) >= 0:
        mended.append(_tell("bytes that are no text, which were left out", text, lost))
    return text, mended


def _tell(what: str, text: str, at: int) -> Mended:
    """What was mended at a place of a text, as its line will be in the normal form."""
    return Mended(what, normalise(text[:at]).count("\n") + 1, fold_spaces(normalise(_cut_line(text, at))))


def _cut_line(text: str, at: int) -> str:
    """What is around a place of a text, on its line."""
    before = text[max(0, at - MAX_CONTEXT) : at].rpartition("\n")[2]
    return before + text[at : at + MAX_CONTEXT].partition("\n")[0]


def _read(data: bytes) -> tuple[str | None, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError:
                rest = data[len(mark) :]
                is_damaged = mark == codecs.BOM_UTF8 and is_damaged_utf8(rest)
                return rest.decode("utf-8", "surrogateescape") if is_damaged else None, DAMAGED
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    if is_damaged_utf8(data):
        return data.decode("utf-8", "surrogateescape"), DAMAGED
    if (evident := _find_evident(data[:MAX_SNIFFED_BYTES])) is not None:
        return data.decode(evident, "replace"), evident
    # Costs 30 ms to import, and few pages need it.
    from charset_normalizer import from_bytes

    best = from_bytes(data[:MAX_SNIFFED_BYTES], cp_isolation=_CANDIDATES).best()
    if best is None:
        return None, "unknown"
    return data.decode(best.encoding, "replace"), best.encoding


def _find_evident(data: bytes) -> str | None:
    """The encoding of one byte a letter that bytes are in for certain; None where they may be in another.

    Read in it, more German letters are in their places than in any other. What is not that of Windows must have fewer
    signs within words, too: "sp„t" is none, and "Málaga" is no text of DOS.
    """
    counts = {encoding: _count_places(data, encoding) for encoding in _SINGLE_BYTE}
    best = max(counts, key=lambda encoding: counts[encoding][0])
    letters, odd = counts[best]
    is_sure = best == _WINDOWS or odd < counts[_WINDOWS][1]
    is_best = all(letters > fewer and odd <= odder for name, (fewer, odder) in counts.items() if name != best)
    return best if is_best and is_sure and odd <= MAX_ODD * letters else None


def _count_places(data: bytes, encoding: str) -> tuple[int, int]:
    """How many German letters are in their places in what bytes are in an encoding, and how many signs are in none."""
    text = data.decode(encoding, "replace")
    return len(_LETTER.findall(text)), len(_ODD.findall(text))
