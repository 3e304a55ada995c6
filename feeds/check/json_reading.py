"""Reading JSON strictly (RFC 8259), with each member once; and the names of its types."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from feeds.check.rules import Report, Rule
from feeds.check.text import BAD_CHARACTER, ENCODING, has_clean_characters

MALFORMED_JSON = Rule.error(
    "malformed-json",
    "RFC 8259",
    "A document is well-formed JSON with each member once.",
    "Write documents with a JSON library.",
)
JSON_MARK = Rule.error(
    "json-mark",
    "RFC 8259 section 8.1; readers (4 of 6 fail)",
    "JSON starts without a byte order mark.",
    "Write UTF-8 without it.",
)
JSON_TYPE = Rule.error(
    "json-type",
    "JSON Feed 1.1; readers (2 of 6 fail on an id that is a number)",
    "Every member has the type that JSON Feed gives it; ids are strings.",
    "Write texts, ids and dates as strings, lists as arrays, and leave out what is unknown.",
)

NUMBER: Final = (int, float)
KINDS: Final[dict[Any, str]] = {
    str: "a string",
    bool: "true or false",
    int: "a number",
    float: "a number",
    NUMBER: "a number",
    list: "an array",
    dict: "an object",
    type(None): "null",
}
"""What JSON calls the types of Python (RFC 8259 section 1)."""
_MAX_DEPTH: Final = 200


class _Members(dict[str, Any]):
    """An object that remembers which of its members were in it twice."""

    twice: tuple[str, ...] = ()


def _collect(pairs: list[tuple[str, Any]]) -> _Members:
    members = _Members(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        members.twice = tuple(sorted({name for name in names if names.count(name) > 1}))
    return members


def name_kind(value: object) -> str:
    """What JSON calls the type of a value."""
    return KINDS[dict if isinstance(value, dict) else type(value)]


def _refuse_constant(name: str) -> None:
    """Raises ValueError for NaN and Infinity, which Python reads and JSON doesn't have (RFC 8259 section 6)."""
    raise _NotANumberError(name)


class _NotANumberError(ValueError):
    """A name where a number should be."""


def parse_json(report: Report, body: bytes) -> object:
    """The document's value, or None after an objection where it is no JSON that can be read."""
    if body.startswith(b"\xef\xbb\xbf"):
        report.add(JSON_MARK, 1, "the document starts with a byte order mark")
        body = body[3:]
    encoding = json.detect_encoding(body)
    if encoding != "utf-8":
        report.add(ENCODING, 1, "the document is not in UTF-8", encoding)
    try:
        value: object = json.loads(body, object_pairs_hook=_collect, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        report.add(MALFORMED_JSON, error.lineno, f"the document is no JSON: {error.msg}")
    except UnicodeDecodeError:
        report.add(MALFORMED_JSON, 1, "the document is no JSON: it is not in UTF-8")
    except _NotANumberError as error:
        report.add(MALFORMED_JSON, None, "the document is no JSON: this is no number", str(error))
    except (RecursionError, ValueError):
        # ValueError: a number of thousands of digits.
        report.add(MALFORMED_JSON, 1, "the document is no JSON that can be read: too deep, or a number too long")
    else:
        if value is None:
            report.add(JSON_TYPE, 1, "the document is null, not an object")
        return value
    return None


def check_members_once(report: Report, line: int | None, value: object, where: str) -> None:
    """Object to members that are in an object of an extension twice; nothing else is known of extensions."""
    pending = [value]
    while pending:
        value = pending.pop()
        for name in getattr(value, "twice", ()):
            report.add(MALFORMED_JSON, line, f"{where} has {name} twice")
        if isinstance(value, (list, dict)):
            pending += value if isinstance(value, list) else value.values()


def show_value(value: object) -> str | None:
    """A value as its document has it, where it is a string or a number."""
    if isinstance(value, str):
        return value
    return None if value is None or isinstance(value, (bool, list, dict)) else json.dumps(value)


def _find_texts(value: object, *, depth: int = 0) -> Iterator[str]:
    """Every string in a value, the names of members too."""
    if isinstance(value, str):
        yield value
    elif depth < _MAX_DEPTH and isinstance(value, (list, dict)):
        below: Iterable[object] = value if isinstance(value, list) else [*value.keys(), *value.values()]
        for item in below:
            yield from _find_texts(item, depth=depth + 1)


def check_texts(report: Report, value: object) -> None:
    """Object to forbidden and discouraged characters in a value: JSON can escape what its bytes don't show."""
    for text in _find_texts(value):
        try:
            is_clean = text.isprintable() or has_clean_characters(text.encode("utf-8"))
        except UnicodeEncodeError:
            is_clean = False
        if not is_clean:
            shown = next(
                (char for char in text if not has_clean_characters(char.encode("utf-8", "surrogatepass"))), text
            )
            report.add(BAD_CHARACTER, None, "a string has a character that is forbidden or discouraged", ascii(shown))
