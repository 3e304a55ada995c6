"""Rules for every document, whatever its format: size, encoding, declaration, DOCTYPE, characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from feeds.check.rules import Report, Rule

MAX_BYTES: Final = 15_000_000
"""A larger document isn't read: the highest limit that a popular reader has (Miniflux) is 15 MB."""
MAX_FEED_BYTES: Final = 1_000_000
"""A larger feed is warned of: several readers stop between 1 and 5 MB."""

TOO_LARGE = Rule.error(
    "too-large",
    "readers (Miniflux reads at most 15 MB; libxml2 has limits)",
    "A document has at most 15 MB, 255 levels of elements, and 10 MB in a text or a value.",
    "Move older entries into archive documents (RFC 5005); link to what is larger.",
)
LARGE_FEED = Rule.warning(
    "large-feed",
    "readers (limits between 1 and 5 MB)",
    "A feed has at most 1 MB.",
    "List fewer entries, and move older ones into archive documents (RFC 5005).",
)
UNKNOWN_FORMAT = Rule.error(
    "unknown-format",
    "feeds check",
    "A document is RSS 2.0, Atom, JSON Feed, OPML, a sitemap or a page.",
    "Check what the address answers; a root element is rss, feed, entry, opml, urlset or sitemapindex.",
)
CONTENT_TYPE = Rule.error(
    "content-type",
    "RFC 4287 section 7; JSON Feed 1.1; readers (FreshRSS and SimplePie refuse other types)",
    "The media type with which a document is served is that of its format.",
    "Send application/atom+xml, application/rss+xml, application/feed+json, text/x-opml or application/xml.",
)
ENCODING = Rule.error(
    "encoding",
    "XML 1.0 section 4.3.3; RFC 8259 section 8.1",
    "A document is in UTF-8, and declares nothing else.",
    "Write UTF-8: 6 of 23 readers fail on other encodings or show wrong letters.",
)
BROKEN_ENCODING = Rule.error(
    "broken-encoding",
    "XML 1.0 section 4.3.3",
    "The bytes of a document are valid in the encoding that it declares.",
    "Encode the text once, in UTF-8.",
)
ENCODING_MISMATCH = Rule.error(
    "encoding-mismatch",
    "RFC 7303 section 3",
    "The charset of the HTTP header and the encoding of the document are the same.",
    "Send charset=utf-8, and declare UTF-8 in the document.",
)
BEFORE_DECLARATION = Rule.error(
    "before-declaration",
    "XML 1.0 section 2.8",
    "Nothing comes before the XML declaration.",
    "Remove blank lines and spaces before <?xml: 5 of 23 readers refuse the feed.",
)
XML_VERSION = Rule.error(
    "xml-version",
    "XML 1.0 section 2.8",
    "The XML declaration says version 1.0.",
    'Write <?xml version="1.0" encoding="UTF-8"?>.',
)
DOCTYPE = Rule.error(
    "doctype",
    "readers (FreshRSS, ROME and atoma refuse it; libmrss crashes)",
    "A document has no DOCTYPE.",
    "Leave the DOCTYPE out; write characters instead of named entities.",
)
ENTITY = Rule.error(
    "entity",
    "XML 1.0 section 4.1",
    "XML knows the entities amp, lt, gt, quot and apos only.",
    "Write the character itself, in UTF-8.",
)
MALFORMED_XML = Rule.error(
    "malformed-xml",
    "XML 1.0 section 2.1",
    "A document is well-formed XML.",
    "Write documents with an XML library, never by joining unescaped text.",
)
CONTROL_CHARACTER = Rule.error(
    "control-character",
    "XML 1.0 section 2.2",
    "A document has no control characters but tab and line ends, and no U+FFFE or U+FFFF.",
    "Remove them before rendering: 8 of 23 readers refuse the whole feed.",
)
BAD_CHARACTER = Rule.warning(
    "bad-character",
    "XML 1.0 section 2.2 (discouraged characters)",
    "A text has no C1 controls, DEL, replacement or non-characters, and no UTF-8 that was encoded twice.",
    "Decode the source with its right encoding, and remove what is left.",
)

_DECLARATION = re.compile(
    rb"""<\?xml\s+version\s*=\s*["']([^"']{0,20})["'](?:\s+encoding\s*=\s*["']([^"']{0,40})["'])?"""
)
_PROLOG = re.compile(rb"(?:\s++|<\?(?:[^?]|\?(?!>))*+\?>|<!--(?:[^-]|-(?!->))*+-->)*+")
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_UNMARKED = {b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}
# Encodings that are read in order to go on checking. Python knows others, some of them slow on purpose.
_READABLE = re.compile(
    r"(?:utf-?(?:8|16|32)(?:[lb]e)?|us-ascii|ascii|latin-?1|iso-?8859-\d\d?|windows-125\d|cp125\d|koi8-r|gb18030|"
    r"shift_jis|euc-jp|big5|euc-kr|gb2312)"
)

_KEPT = bytes(byte for byte in range(32) if byte not in b"\t\n\r")
_C1 = re.compile(b"\xc2[\x80-\x9f]")
_SPECIAL = re.compile(b"\xef\xbf[\xbd-\xbf]|\xef\xb7[\x90-\xaf]|[\xf0-\xf4][\x8f\x9f\xaf\xbf]\xbf[\xbe\xbf]")
_ASCII = bytes(byte for byte in range(127) if byte >= 32 or byte in b"\t\n\r")
_HIGH = bytes(range(128, 256))
_TWICE = re.compile(b"\xc3[\x82\x83]\xc2[\x80-\xbf]")
_ILLEGAL_REFERENCE = re.compile(rb"&#(x[0-9A-Fa-f]{1,8}|[0-9]{1,8});")


def read_utf8(report: Report, body: bytes, charset: str | None) -> bytes | None:
    """The document in UTF-8 without byte order mark, or None where its bytes can't be read at all."""
    encoding = None
    for mark, marked in _MARKS:
        if body.startswith(mark):
            encoding, body = marked, body if marked != "utf-8" else body[len(mark) :]
            break
    if encoding is None:
        encoding = _UNMARKED.get(body[:2])
    declared = _DECLARATION.search(body[:400])
    written = declared[2].decode("latin-1").lower() if declared and declared[2] else None
    if encoding == "utf-8" and written not in {None, "utf-8"}:
        report.add(ENCODING, 1, "the document starts with the byte order mark of UTF-8, and declares another", written)
    encoding = encoding or written or "utf-8"
    if charset is not None and charset.lower() != encoding:
        report.add(ENCODING_MISMATCH, 1, f"the header says {charset!r}, the document {encoding!r}")
    if encoding == "utf-8":
        try:
            body.decode("utf-8")
        except UnicodeDecodeError as error:
            line = body.count(b"\n", 0, error.start) + 1
            report.add(BROKEN_ENCODING, line, "the bytes are no UTF-8", repr(body[error.start : error.start + 8]))
            return None
        return body
    report.add(ENCODING, 1, "the document is not in UTF-8", encoding)
    if not _READABLE.fullmatch(encoding):
        return None
    try:
        text = body.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        report.add(BROKEN_ENCODING, 1, "the bytes are not in the declared encoding", str(error))
        return None
    return text.encode("utf-8", "replace")


def check_prolog(report: Report, body: bytes) -> bool:
    """Object to what comes before the root element; False where the rest must not be parsed."""
    start = body[:400].find(b"<?xml")
    if start > 0 and not body[:start].strip():
        report.add(BEFORE_DECLARATION, 1, "white space comes before the XML declaration")
    declared = _DECLARATION.match(body[max(start, 0) :][:400])
    if declared and declared[1] != b"1.0":
        report.add(XML_VERSION, 1, "the XML version is not 1.0", declared[1].decode("latin-1"))
    prolog = _PROLOG.match(body)
    end = prolog.end() if prolog else 0
    if body[end : end + 9].upper() == b"<!DOCTYPE":
        line = body.count(b"\n", 0, end) + 1
        report.add(DOCTYPE, line, "the document has a DOCTYPE", body[end : end + 60].decode("utf-8", "replace"))
        # DTDs are not read, so a document that has one in it can't be understood.
        return b"[" not in body[end : body.find(b">", end) + 1 or None]
    return True


def check_characters(report: Report, body: bytes) -> None:
    """Object to characters that XML forbids or discourages, written as bytes in UTF-8."""
    if has_clean_characters(body):
        return
    if len(body.translate(None, _KEPT)) != len(body):
        index = next(index for index, byte in enumerate(body) if byte in _KEPT)
        line = body.count(b"\n", 0, index) + 1
        report.add(CONTROL_CHARACTER, line, "a control character", repr(body[index : index + 1])[2:-1])
    for line, match in _find_lines(_SPECIAL, body):
        character = match[0].decode("utf-8", "replace")
        if character in "\ufffe\uffff":
            report.add(CONTROL_CHARACTER, line, "a character that XML forbids", f"U+{ord(character):04X}")
        else:
            report.add(BAD_CHARACTER, line, "a replacement or non-character", f"U+{ord(character):04X}")
    for pattern, what in ((_C1, "a C1 control character"), (_TWICE, "UTF-8 that was encoded twice")):
        if found := pattern.search(body):
            line = body.count(b"\n", 0, found.start()) + 1
            report.add(BAD_CHARACTER, line, what, found[0].decode("utf-8", "replace"))
    if b"\x7f" in body:
        report.add(BAD_CHARACTER, body.count(b"\n", 0, body.index(b"\x7f")) + 1, "a DEL character")


def has_clean_characters(body: bytes) -> bool:
    """Whether no forbidden or discouraged character is in these bytes of UTF-8; made to be fast."""
    # Without ASCII, little is left; only where that looks suspicious are the whole bytes searched.
    left = body.translate(None, _ASCII)
    if not left or not (left.translate(None, _HIGH) or _has_suspects(left)):
        return True
    return not (
        len(body.translate(None, _KEPT)) != len(body)
        or b"\x7f" in body
        or _C1.search(body)
        or _TWICE.search(body)
        or _SPECIAL.search(body)
    )


def _has_suspects(left: bytes) -> bool:
    return (
        b"\xc2" in left
        or b"\xc3\x82" in left
        or b"\xc3\x83" in left
        or b"\xef\xb7" in left
        or b"\xef\xbf" in left
        or b"\xbf\xbe" in left
        or b"\xbf\xbf" in left
    )


def check_references(report: Report, body: bytes) -> None:
    """Object to character references to characters that XML forbids or discourages."""
    for line, match in _find_lines(_ILLEGAL_REFERENCE, body):
        digits = match[1].decode("ascii")
        code = int(digits[1:], 16) if digits[0] == "x" else int(digits)
        if (code < 32 and code not in {9, 10, 13}) or code in {0xFFFE, 0xFFFF} or 0xD800 <= code < 0xE000:
            report.add(CONTROL_CHARACTER, line, "a reference to a character that XML forbids", match[0].decode("ascii"))
        elif 0x7F <= code <= 0x9F or code == 0xFFFD or 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE:
            report.add(BAD_CHARACTER, line, "a reference to a discouraged character", match[0].decode("ascii"))


def _find_lines(pattern: re.Pattern[bytes], body: bytes) -> Iterator[tuple[int, re.Match[bytes]]]:
    """Where a pattern is found, with the numbers of the lines, counted from one to the next: bodies may be hostile."""
    line, counted = 1, 0
    for match in pattern.finditer(body):
        line += body.count(b"\n", counted, match.start())
        counted = match.start()
        yield line, match
