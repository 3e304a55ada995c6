"""The keys of front matter, each with its value as text and its line: YAML or TOML, bounded before it is read.

Never YAML's own types, aliases or tags: a category "No" stays "No".
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Final, NoReturn

from feeds.errors import FrontMatterError, Problem

MAX_CHARACTERS: Final = 50_000
MAX_DEPTH: Final = 20
MAX_BRACKETS: Final = 200
"""Opening brackets that are read: YAML's readers take quadratic time over nested ones."""
_DEEP_KEY = re.compile(rf"""(?<![\w-])(?:(?:"[^"\n]*"|'[^'\n]*'|[\w-]+)[ \t]*\.[ \t]*){{{MAX_DEPTH}}}""", re.ASCII)
"""A key of TOML with so many parts, over which its reader takes quadratic time."""
# `key: value` with nothing in the value that YAML reads in its own way. All else goes the long road.
_PLAIN = re.compile(r"""([A-Za-z_]+):[ ]+(?:"([^"\\\n]*)"|([^\s"'#&*!|>%@`\[\]{},?:~-][^\n#]*?))[ ]*""")
# A headline or sentence without quotes and comment. YAML takes a colon and a blank in it for another key.
_PROSE = re.compile(
    r"""(title|summary|description|reason):[ ]+([^\s"'#&*!|>%@`\[\]{},?:~-](?:[^\s#]|\s(?!#)|(?<=\S)#)*)"""
)
Values = dict[str, tuple[Any, int]]


def parse_values(mark: str, text: str, path: str) -> tuple[Values, tuple[Problem, ...]]:
    """The values of front matter that `mark` opened, and what was mended in it.

    Raises FrontMatterError with file and line.
    """
    if mark == "---" and (values := _parse_plain(text)) is not None:
        return values, ()
    if len(text) > MAX_CHARACTERS or text.count("[") + text.count("{") > MAX_BRACKETS or _DEEP_KEY.search(text):
        fail("the front matter is too long or nested too deeply", path, 2, None, "write plain keys and texts")
    return _parse_yaml(text, path) if mark == "---" else (_parse_toml(text, path), ())


def fail(what: str, path: str, line: int, text: str | None, hint: str, *, cause: Exception | None = None) -> NoReturn:
    """Raise FrontMatterError about a line, and the text there."""
    raise FrontMatterError(what, path=path, line=line, text=text, hint=hint) from cause


def _parse_plain(text: str) -> Values | None:
    """The values where every line is a plain `key: value`, else None: YAML says the same, at thirty times the cost."""
    values: Values = {}
    for index, line in enumerate(text.split("\n")):
        if not line:
            continue
        match = _PLAIN.fullmatch(line)
        if match is None:
            return None
        key, quoted, plain = match.groups()
        if key in values or (plain is not None and (": " in plain or plain.endswith(":"))):
            return None
        values[key] = (plain if quoted is None else quoted, index + 2)
    return values


def _parse_yaml(text: str, path: str) -> tuple[Values, tuple[Problem, ...]]:
    # Costs 15 ms to import, and few pages need it.
    import yaml

    events: list[Any] = []
    try:
        # The C parser where the wheel has it, as all do: ten times as fast, the same events.
        events.extend(yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    except yaml.YAMLError as error:
        line, what = _locate_fault(error, text, events)
        lines = text.split("\n")
        shown = lines[line] if line < len(lines) else None
        quoted = _quote_prose(lines, line) if shown is not None and "mapping values are not allowed" in what else None
        if quoted is not None:
            values, mended = _parse_yaml("\n".join([*lines[:line], quoted, *lines[line + 1 :]]), path)
            odd = "YAML refuses a colon within text without quotes: the whole line is read as the text"
            return values, (Problem("mended", odd, line + 2, shown, f"write {quoted}"), *mended)
        hint = "put quotes around values that hold a colon, quotes or brackets"
        if shown is not None and shown.startswith("\t"):
            hint = "write spaces in place of the tab"
        fail(f"the front matter is not YAML: {what}", path, line + 2, shown, hint, cause=error)
    except RecursionError as error:
        fail("the front matter is nested too deeply", path, 2, None, "write plain keys and texts", cause=error)
    return _build_yaml(events, path), ()


def _quote_prose(lines: Sequence[str], number: int) -> str | None:
    """The line of this number (from 0) with its text in quotes; None where it is no text that ends with the line.

    Nor where its key was there before: that is an error in any case, so each key is quoted at most once.
    """
    match = _PROSE.fullmatch(lines[number].rstrip())
    goes_on = any(line[:1].isspace() for line in lines[number + 1 : number + 2])
    if match is None or goes_on or any(line.startswith(f"{match[1]}:") for line in lines[:number]):
        return None
    key, text = match.groups()
    single = text.replace("'", "''")
    return f"{key}: '{single}'" if '"' in text or "\\" in text else f'{key}: "{text}"'


def _locate_fault(error: Exception, text: str, events: Sequence[Any]) -> tuple[int, str]:
    """The line (from 0) that is to be mended, and what is wrong there; `events` are those before the error.

    YAML's readers notice an opening quote or bracket without its end only where the text ends, or another quote comes.
    """
    found = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or "it can't be read"
    if found is None:
        return 0, what
    context = getattr(error, "context_mark", None)
    if context is not None and found.index >= len(text.rstrip()):
        is_quote = "quoted scalar" in str(error)
        return context.line, "the quote that is opened here is not closed" if is_quote else what
    last: Any = events[-1] if events else None
    if getattr(last, "style", None) in {"'", '"'} and last.start_mark.line < last.end_mark.line == found.line:
        return last.start_mark.line, f"the quote that is opened here is closed in line {found.line + 2} only"
    return found.line, what


def _build_yaml(events: Sequence[Any], path: str) -> Values:
    """The top-level mapping of a stream of YAML events: scalars as text, sequences and mappings as lists and dicts."""
    import yaml

    rest = iter(events)
    # What follows is in the first document.
    if not any(isinstance(event, yaml.DocumentStartEvent) for event in rest):
        return {}
    event = next(rest)
    if isinstance(event, yaml.ScalarEvent) and not event.value:
        return {}
    if not isinstance(event, yaml.MappingStartEvent):
        shown = getattr(event, "value", None)
        fail("the front matter is no list of keys", path, _yaml_line(event), shown, "write one `key: value` a line")
    _check_yaml(event, 0, path)
    return dict(_build_table(rest, 1, path))


def _build_value(event: Any, rest: Iterator[Any], depth: int, path: str) -> Any:
    """The value that begins with an event; `rest` are those that follow."""
    import yaml

    _check_yaml(event, depth, path)
    if isinstance(event, yaml.ScalarEvent):
        return "" if event.value == "~" and not event.style else event.value
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        while not isinstance(event := next(rest), yaml.SequenceEndEvent):
            items.append(_build_value(event, rest, depth + 1, path))
        return items
    return {key: value for key, (value, _) in _build_table(rest, depth + 1, path)}


def _build_table(rest: Iterator[Any], depth: int, path: str) -> Iterator[tuple[str, tuple[Any, int]]]:
    """The keys of a mapping that has begun, each with its value and its line."""
    import yaml

    keys: set[str] = set()
    while not isinstance(event := next(rest), yaml.MappingEndEvent):
        line = _yaml_line(event)
        key = _build_value(event, rest, depth, path)
        if not isinstance(key, str):
            fail("a key is not text", path, line, str(key), "write plain keys and texts")
        if key in keys:
            fail("the front matter names a key twice", path, line, key, "keep one of them")
        keys.add(key)
        yield key, (_build_value(next(rest), rest, depth, path), line)


def _check_yaml(event: Any, depth: int, path: str) -> None:
    """Raise FrontMatterError for what is read in no front matter: aliases, types, and what is nested deeply."""
    import yaml

    line = _yaml_line(event)
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
        fail("the front matter has an anchor or alias", path, line, None, "write the value out, or in quotes")
    if getattr(event, "tag", None) not in {None, "!"}:
        fail("the front matter has a type tag", path, line, str(event.tag), "write the value as plain text")
    if depth > MAX_DEPTH:
        fail("the front matter is nested too deeply", path, line, None, "write plain keys and texts")


def _yaml_line(event: Any) -> int:
    return int(event.start_mark.line) + 2


def _parse_toml(text: str, path: str) -> Values:
    try:
        table: Mapping[str, Any] = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = str(error).rpartition("(at line ")[2].partition(",")[0]
        line = int(place) if place.isdigit() else max(1, text.rstrip("\n").count("\n") + 1)
        shown = text.split("\n")
        fail(
            f"the front matter is not TOML: {str(error).partition(' (at ')[0].lower()}",
            path,
            line + 1,
            shown[line - 1] if line <= len(shown) else None,
            'write `key = "text"`, one a line',
            cause=error,
        )
    return {key: (_plain_toml(value), _line_of_key(text, key)) for key, value in table.items()}


def _plain_toml(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain_toml(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain_toml(item) for key, item in value.items()}
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _line_of_key(text: str, key: str) -> int:
    for index, line in enumerate(text.split("\n")):
        name = line.partition("=")[0].strip().strip("\"'[]")
        if name == key or name.startswith(f"{key}."):
            return index + 2
    return 2
