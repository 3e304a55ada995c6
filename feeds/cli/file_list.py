"""The list of `feeds build --files`, as git or a crawler writes it: one path a line, or NUL after each."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from feeds.errors import ConfigError
from feeds.ingest.seeds.selection import FileList

STANDARD_INPUT = Path("-")
_ESCAPED = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_CONTROLS = dict(zip(b"abtnvfr", b"\a\b\t\n\v\f\r", strict=True))


def load_file_list(path: Path) -> FileList:
    """The paths that a file lists, or standard input for `-`, relative to the current folder. Raises ConfigError."""
    if path == STANDARD_INPUT:
        return FileList(parse_file_list(sys.stdin.buffer.read()))
    try:
        return FileList(parse_file_list(path.read_bytes()))
    except OSError as error:
        hint = "name a file that lists one path a line, or - for standard input"
        raise ConfigError(f"can't be read: {error.strerror}", path=str(path), hint=hint) from error


def parse_file_list(data: bytes) -> list[str]:
    """The paths in a list, each once. Lines in quotes are unquoted: git quotes names with characters beyond ASCII."""
    # In a name, git writes a control character as an escape: one at a line's end is half of a line break.
    lines = (line.removesuffix(b"\r") for line in data.split(b"\n"))
    names = data.split(b"\0") if b"\0" in data else map(_unquote, lines)
    return [os.fsdecode(name) for name in dict.fromkeys(names) if name]


def _unquote(line: bytes) -> bytes:
    """A name as git quotes it (git-config, core.quotePath): a backslash before three octal digits, or a letter of C."""
    if len(line) < len('""') or not (line.startswith(b'"') and line.endswith(b'"')):
        return line
    return _ESCAPED.sub(_unescape, line[1:-1])


def _unescape(found: re.Match[bytes]) -> bytes:
    said = found[1]
    return bytes([int(said, 8) & 0xFF if len(said) > 1 else _CONTROLS.get(said[0], said[0])])
