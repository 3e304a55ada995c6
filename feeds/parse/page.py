"""A seed file's bytes -> a Page: its text decoded, its front matter read, its lines kept as they are.

Owns the limits on what is read. Knows nothing of what the lines mean.
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from feeds.errors import MissingError, Problem, UnreadableError
from feeds.parse.front import (
    EMPTY,
    FrontMatter,
    find_further,
    parse_front_matter,
    refuse_displaced,
    refuse_json,
    refuse_verbatim,
    split_front_matter,
)
from feeds.text import Decoded, decode, decode_plain, is_damaged_utf8, normalise, unquote_printable

MAX_PAGE_BYTES: Final = 10_000_000
"""A saved page with its pictures inlined stays below; a file beyond it is no page."""
MAX_LINES: Final = 200_000
"""Lines of a plain text, at most: each is judged by itself. A book has a tenth of them."""
MAX_CONTROL_SHARE: Final = 0.05
"""Share of control characters from which a file is taken for binary data."""

Media = Literal["text", "html", "markdown"]
_MEDIA: Final[dict[str, Media]] = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".md": "markdown", ".markdown": "markdown",
}  # fmt: skip
_CONTROL = bytes(byte for byte in range(32) if byte not in b"\t\n\r\f\x1b\x0b")
MAX_DECLARATION: Final = 4096
_CHARSET = re.compile(
    rb"charset\s?=\s?[\"']?(?:iso-8859-1|latin-?1|windows-1252|cp1252|us-ascii|iso-8859-15)\b", re.IGNORECASE
)
_MARKUP = re.compile(
    r"\s{0,64}(?:<\?xml[^>]{0,80}\?>\s{0,9}|<!--[^>]{0,200}-->\s{0,9})?<(?:!doctype\s+html|html)\b", re.IGNORECASE
)
_RTF: Final = b"{\\rtf"
_WIDE_MARKS: Final = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


@dataclass(frozen=True, slots=True)
class Page:
    """A decoded seed: `path` as given, the `lines` after the front matter, of which `first_line` numbers the first."""

    path: str
    front: FrontMatter
    lines: tuple[str, ...]
    first_line: int
    media: Media
    problems: tuple[Problem, ...] = ()


def load_page(path: Path | str) -> bytes:
    """The bytes of a seed file.

    UnreadableError: it is no regular file, can't be read or is too large; MissingError: it isn't there.
    """
    try:
        # Not blocking, so that a named pipe among the seeds is an error and not a wait.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
        try:
            status = os.fstat(handle)
            if stat.S_ISDIR(status.st_mode):
                raise UnreadableError("is a folder", path=str(path), hint="name the files in it")
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableError("is no regular file", path=str(path), hint="only files are read")
            if status.st_size > MAX_PAGE_BYTES:
                raise _too_large(path, status.st_size)
            data = _read_all(handle, status.st_size)
        finally:
            os.close(handle)
    except FileNotFoundError as error:
        raise MissingError(
            "there is no such file", path=str(path), hint="it vanished, or its name is misspelt"
        ) from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UnreadableError(f"can't be read: {reason}", path=str(path), hint="check its permissions") from error
    if len(data) > MAX_PAGE_BYTES:
        raise _too_large(path, len(data))
    return data


def _read_all(handle: int, size: int) -> bytes:
    """What an open file holds, `size` bytes as it seems, or the first of it where that is too much."""
    # A file object makes room for all that may come: that takes longer than to read a page.
    data = os.read(handle, size + 1)
    if len(data) == size:
        return data
    # It is being written just now, or has no size, such as a pipe.
    parts = [data]
    while parts[-1] and sum(map(len, parts)) <= MAX_PAGE_BYTES:
        parts.append(os.read(handle, MAX_PAGE_BYTES))
    return b"".join(parts)


def parse_page(data: bytes, *, path: str) -> Page:
    """The Page of a file's bytes. Raises UnreadableError where they are no text, and FrontMatterError."""
    if len(data) > MAX_PAGE_BYTES:
        raise _too_large(path, len(data))
    if data.startswith(_RTF):
        raise UnreadableError("is RTF, no plain text", path=path, hint="save it as plain text in UTF-8")
    problems: tuple[Problem, ...] = ()
    if b"=" in data and (unquoted := unquote_printable(data)) is not None:
        what = "the text was quoted-printable, as mails are (RFC 2045)"
        data, problems = unquoted, (Problem("mended", what, hint="save it as UTF-8"),)
    text = decode_plain(data)
    if text is None:
        text, mended = _decode(data, path)
        problems += mended
    if not text or text.isspace():
        raise UnreadableError("is empty", path=path, hint="delete it, or save the page again")
    media = _find_media(path, text)
    front, first_line = EMPTY, 1
    if media == "markdown" and text.startswith("{"):
        refuse_json(text, path=path)
    mark, inside, taken = split_front_matter(text, path=path)
    if mark:
        front, odd = parse_front_matter(mark, inside, path=path, markdown=media == "markdown")
        problems += odd
        if media == "html":
            refuse_verbatim(front, path=path)
        first_line = taken + 1
        lines = tuple(text.split("\n")[taken:])
    else:
        lines = tuple(text.split("\n"))
        refuse_displaced(lines, path=path)
    if media == "text" and len(lines) > MAX_LINES:
        raise _too_large(path, len(lines), MAX_LINES, "lines")
    if media != "html" and (further := find_further(lines, first_line)) is not None:
        problems += (further,)
    return Page(path, front, lines, first_line, media, problems)


def _decode(data: bytes, path: str) -> tuple[str, tuple[Problem, ...]]:
    """The text of bytes that are not plain, and what was mended in it."""
    if not data.strip(b" \t\r\n\0"):
        raise UnreadableError("is empty", path=path, hint="delete it, or save the page again")
    if _is_binary(data):
        raise UnreadableError("is binary data, no text", path=path, hint="only text, HTML and Markdown pages are read")
    decoded = _decode_declared(data) or decode(data)
    if decoded is None:
        raise UnreadableError("is in no known encoding", path=path, hint="save it as UTF-8")
    problems = (
        Problem("mended", f"the text had {what}", line, text, "save it as UTF-8") for what, line, text in decoded.mended
    )
    return decoded.text, tuple(problems)


def _decode_declared(data: bytes) -> Decoded | None:
    """The text of markup that names Windows-1252, by one of its names, and whose bytes are no UTF-8.

    WHATWG Encoding: browsers read all of these as Windows-1252.
    """
    match = _CHARSET.search(data[:MAX_DECLARATION])
    if match is None or data.startswith(_WIDE_MARKS):
        return None
    if is_damaged_utf8(data):
        return None
    return Decoded(normalise(data.decode("cp1252", "replace")), "cp1252", ())


def _find_media(path: str, text: str) -> Media:
    """What kind of text a file holds, by its name, else by how it begins."""
    marked = text[:64].lstrip().startswith("<")
    if path.endswith(".txt") and not marked:
        return "text"
    media = _MEDIA.get(os.path.splitext(path)[1].casefold(), "text")  # noqa: PTH122 (a third of the cost of a Path)
    if media == "text" and marked and _MARKUP.match(text) is not None:
        return "html"
    return media


def _is_binary(data: bytes) -> bool:
    if data.startswith(_WIDE_MARKS):
        return False
    head = data[:8192]
    return len(head) - len(head.translate(None, _CONTROL)) > MAX_CONTROL_SHARE * len(head)


def _too_large(path: Path | str, size: int, most: int = MAX_PAGE_BYTES, unit: str = "bytes") -> UnreadableError:
    return UnreadableError(
        f"is larger than a page can be ({size:,} of {most:,} {unit})",
        path=str(path),
        hint="leave it out of the folder of seeds",
    )
