"""The line of a key or a syntax error in `config.toml`, for error messages."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

Key = tuple[str | int, ...]
"""The path to a setting. One of several tables of a name is given by its number, as in ("categories", 1, "slug")."""


def find_line(path: Path | None, key: Key) -> int | None:
    """The line (from 1) of a key such as ("categories", 1, "slug") in the file; None where it has none."""
    try:
        return None if path is None else find_line_of_key(path.read_text(encoding="utf-8-sig"), key)
    except (OSError, ValueError):
        # Under a server it may be gone or half edited by now: the settings that are used were read before.
        return None


def find_line_of_key(text: str, key: Key) -> int | None:
    """The line of a key in the text, or of its table where it is absent."""
    lines = _list_lines(text) if key else {}
    for length in range(len(key), 0, -1):
        # One of several tables that isn't there has no line; an item of a list has that of its key.
        is_number = length < len(key) and isinstance(key[length], int)
        is_table = is_number and (*key[:length], 0) in lines
        if not is_table and (line := lines.get(key[:length])) is not None:
            return line
    return None


def find_line_of_error(error: tomllib.TOMLDecodeError, text: str) -> int:
    """The line of a syntax error."""
    # Until Python 3.14 the position is only in the message: "... (at line 3, column 8)".
    if (line := getattr(error, "lineno", None)) is not None:
        return int(line)
    place = str(error).rpartition("(at line ")[2]
    number = place.partition(",")[0]
    return int(number) if number.isdigit() else max(1, text.count("\n") + 1)


@lru_cache(maxsize=1)
def _list_lines(text: str) -> dict[Key, int]:
    """The line of every table and key, found by feeding lines to the parser until they make a statement of TOML.

    Raises ValueError where the text is no TOML: no line would end what is open.
    """
    tomllib.loads(text)
    lines: dict[Key, int] = {}
    counts: Counter[Key] = Counter()
    table: Key = ()
    first, statement = 1, ""
    for number, row in enumerate(text.split("\n"), 1):
        statement += f"{row}\n"
        try:
            data = tomllib.loads(statement)
        except tomllib.TOMLDecodeError:
            # A value that goes on in the next line.
            continue
        if statement.lstrip().startswith("["):
            table = _find_table(data, counts)
            # An error about all of several tables names the line of the first.
            lines.setdefault(tuple(part for part in table if isinstance(part, str)), first)
            lines[table] = first
        else:
            lines |= dict.fromkeys(_list_keys(data, table), first)
        first, statement = number + 1, ""
    return lines


def _find_table(header: dict[str, Any], counts: Counter[Key]) -> Key:
    """The key of a table by its header alone; `counts` are the tables so far of those that may appear several times."""
    key: Key = ()
    inside: Any = header
    while inside:
        ((name, inside),) = inside.items()
        key = (*key, name)
        if isinstance(inside, list):
            counts[key] += 1
            inside = inside[0]
        if key in counts:
            key = (*key, counts[key] - 1)
    return key


def _list_keys(data: dict[str, Any], table: Key) -> Iterator[Key]:
    for name, value in data.items():
        yield (*table, name)
        if isinstance(value, dict):
            yield from _list_keys(value, (*table, name))
