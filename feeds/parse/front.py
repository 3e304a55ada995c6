"""Front matter: what an operator wrote above the page, as text, with the line of each key.

`---` opens YAML, `+++` opens TOML, both only as the first bytes of the file. Dates are left as text here: `feeds.dates`
reads them once the zone is known. Never YAML's own types, aliases or tags: a category "No" stays "No".
"""

from __future__ import annotations

import difflib
import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any, Final, NoReturn
from urllib.parse import urlsplit

from feeds.errors import FrontMatterError, Problem
from feeds.text import fold_spaces, is_language_tag, normalise, strip_tracking

MAX_LINES: Final = 500
"""Lines within which front matter must end. A page that merely begins with a rule is recognised early."""
MAX_CHARACTERS: Final = 50_000
MAX_DEPTH: Final = 20
MAX_BRACKETS: Final = 200
"""Opening brackets that are read: YAML's readers take quadratic time over nested ones."""
_DEEP_KEY = re.compile(rf"""(?<![\w-])(?:(?:"[^"\n]*"|'[^'\n]*'|[\w-]+)[ \t]*\.[ \t]*){{{MAX_DEPTH}}}""", re.ASCII)
"""A key of TOML with so many parts, over which its reader takes quadratic time."""

STATUSES: Final = ("published", "draft", "withdrawn")
ACCESSES: Final = ("free", "paid")
KEYS: Final = (
    "url", "id", "title", "category", "published", "updated", "tags", "language", "access", "status", "reason",
)  # fmt: skip
_MARKDOWN_KEYS: Final = {
    "date": "published",
    "lastmod": "updated",
    "categories": "category",
    "summary": "summary",
    "description": "summary",
    "author": "authors",
    "authors": "authors",
}
"""What the static-site generators call our keys (Hugo: front matter; Jekyll: front matter), for Markdown files."""
_DRAFT: Final = "draft"
"""What they say for `status: draft`: heard in every file, or what its author holds back would be published."""

# `key: value` with nothing in the value that YAML reads in its own way. All else goes the long road.
_PLAIN = re.compile(r"""([A-Za-z_]+):[ ]+(?:"([^"\\\n]*)"|([^\s"'#&*!|>%@`\[\]{},?:~-][^\n#]*?))[ ]*""")
_YES: Final = frozenset({"true", "yes", "on"})
_NO: Final = frozenset({"false", "no", "off", ""})


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What is above the page. None is what it doesn't say; `published` and `updated` are text, not yet dates.

    `lines` gives the line (from 1) of each key that was there.
    """

    url: str | None = None
    id: str | None = None
    title: str | None = None
    category: str | None = None
    published: str | None = None
    updated: str | None = None
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    summary: str | None = None
    language: str | None = None
    access: str | None = None
    status: str | None = None
    reason: str | None = None
    lines: tuple[tuple[str, int], ...] = ()

    def line_of(self, key: str) -> int | None:
        """The line of a key, or None where it is not there."""
        return next((line for name, line in self.lines if name == key), None)


EMPTY: Final = FrontMatter()

_Values = dict[str, tuple[Any, int]]


def split_front_matter(text: str, *, path: str) -> tuple[str, str, int]:
    """The mark that opens the front matter ("" where there is none), its text, and the lines that it takes up.

    Raises FrontMatterError where it is not closed.
    """
    mark = text[:3]
    if mark not in {"---", "+++"}:
        return "", "", 0
    first, _, rest = text.partition("\n")
    if first.rstrip() != mark:
        return "", "", 0
    lines = rest.split("\n", MAX_LINES)
    for index, line in enumerate(lines[:MAX_LINES]):
        if line.startswith(mark) and line.rstrip() == mark:
            return mark, "\n".join(lines[:index]), index + 2
    raise FrontMatterError(
        "the front matter is not closed",
        path=path,
        line=1,
        text=mark,
        hint=f"write {mark} on a line of its own behind the last key, or put a blank line above the first {mark}",
    )


def refuse_json(text: str, *, path: str) -> None:
    """Raise FrontMatterError for front matter in JSON, which is read by some generators, and would be text here.

    It says something, and its last line is its own: other text may begin with a brace as well.
    """
    try:
        values, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return
    if not values or text[end:].partition("\n")[0].strip():
        return
    hint = "write it as YAML between lines of ---, or as TOML between lines of +++"
    raise FrontMatterError("the front matter is JSON", path=path, line=1, hint=hint)


def parse_front_matter(mark: str, text: str, *, path: str, markdown: bool) -> tuple[FrontMatter, tuple[Problem, ...]]:
    """The front matter that `mark` opened, and what is odd in it. Raises FrontMatterError with file and line."""
    values = _parse_plain(text) if mark == "---" else None
    if values is None:
        if len(text) > MAX_CHARACTERS or text.count("[") + text.count("{") > MAX_BRACKETS or _DEEP_KEY.search(text):
            _fail("the front matter is too long or nested too deeply", path, 2, None, "write plain keys and texts")
        values = _parse_yaml(text, path) if mark == "---" else _parse_toml(text, path)
    return _settle(values, path, markdown=markdown)


def _settle(values: _Values, path: str, *, markdown: bool) -> tuple[FrontMatter, tuple[Problem, ...]]:
    problems: list[Problem] = []
    fields: dict[str, Any] = {}
    lines: list[tuple[str, int]] = []
    is_draft = False
    for key, (value, line) in values.items():
        name = key if key in KEYS or key == _DRAFT else _MARKDOWN_KEYS.get(key) if markdown else None
        if name is None:
            problems.append(_tell_unknown(key, line))
            continue
        if name in fields and key not in KEYS:
            continue
        lines.append((name, line))
        if name in {"tags", "authors"}:
            fields[name] = _as_list(value, key, line, path)
        elif key == "categories":
            labels = _as_list(value, key, line, path)
            fields["category"] = labels[0] if labels else None
            fields["tags"] = (*fields.get("tags", ()), *labels[1:])
        elif name == _DRAFT:
            is_draft = _as_flag(value, key, line, path)
        else:
            fields[name] = _as_text(value, key, line, path)
    if is_draft and fields.get("status") in {None, "published"}:
        fields["status"] = "draft"
    front = FrontMatter(**fields, lines=tuple(lines))
    _check(front, path)
    if front.language is not None:
        front = replace(front, language=_as_tag(front.language))
    return front, (*problems, *_tell_tracking(front))


def _check(front: FrontMatter, path: str) -> None:
    """Raise FrontMatterError for a language, an address, a status or an access that is none."""
    if front.language is not None and not is_language_tag(_as_tag(front.language)):
        _fail_at(front, "language", "is no language tag", path, "write one such as de or de-AT")
    if front.url is not None and not _is_address(front.url):
        _fail_at(front, "url", "is no whole address", path, "write one such as https://example.org/bericht")
    for name, value, allowed in (("status", front.status, STATUSES), ("access", front.access, ACCESSES)):
        if value is not None and value not in allowed:
            near = difflib.get_close_matches(value, allowed, n=1, cutoff=0)[0]
            hint = f"write {name}: {near}, or leave it out"
            _fail_at(front, name, f"is none of {', '.join(allowed)}", path, hint)


def _tell_unknown(key: str, line: int) -> Problem:
    near = difflib.get_close_matches(key, KEYS, n=1, cutoff=0.6)
    hint = f"did you mean {near[0]}?" if near else f"known here: {', '.join(KEYS)}"
    return Problem("unknown-key", "the front matter has an unknown key", line, key, hint)


def _tell_tracking(front: FrontMatter) -> Iterator[Problem]:
    if (url := front.url) is not None and (clean := strip_tracking(url)) != url:
        hint = f"readers get it as it is written here; write {clean}"
        line = front.line_of("url")
        yield Problem("tracking-in-url", "the url has tracking parameters", line, url, hint)


def _is_address(text: str) -> bool:
    """Whether a text is a whole address of the web: it becomes a link that people click."""
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _as_tag(language: str) -> str:
    """A language's tag, of one that may be written as locales are: "de_AT"."""
    return language.replace("_", "-")


def _as_text(value: Any, key: str, line: int, path: str) -> str | None:
    if isinstance(value, list | dict):
        _fail(
            f"{key} is one text, not a list or a table", path, line, str(value), f"write {key}: and the text behind it"
        )
    # Once more than the page itself: an escape such as "\\u0000" is read only now.
    text = fold_spaces(normalise(str(value)))
    return text or None


def _as_list(value: Any, key: str, line: int, path: str) -> tuple[str, ...]:
    items = value if isinstance(value, list) else str(value).split(",") if not isinstance(value, dict) else [value]
    texts = [_as_text(item, key, line, path) for item in items]
    return tuple(dict.fromkeys(text for text in texts if text))


def _as_flag(value: Any, key: str, line: int, path: str) -> bool:
    text = str(value).casefold()
    if text not in _YES | _NO:
        _fail(f"{key} is neither true nor false", path, line, str(value), f"write {key}: true, or leave it out")
    return text in _YES


def _fail(what: str, path: str, line: int, text: str | None, hint: str, *, cause: Exception | None = None) -> NoReturn:
    raise FrontMatterError(what, path=path, line=line, text=text, hint=hint) from cause


def _fail_at(front: FrontMatter, name: str, what: str, path: str, hint: str) -> NoReturn:
    """Raise FrontMatterError about the field of a name, at its line."""
    _fail(f"{name} {what}", path, front.line_of(name) or 1, getattr(front, name), hint)


def _parse_plain(text: str) -> _Values | None:
    """The values where every line is a plain `key: value`, else None: YAML says the same, at thirty times the cost."""
    values: _Values = {}
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


def _parse_yaml(text: str, path: str) -> _Values:
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
        hint = "put quotes around values that hold a colon, quotes or brackets"
        if shown is not None and shown.startswith("\t"):
            hint = "write spaces in place of the tab"
        _fail(f"the front matter is not YAML: {what}", path, line + 2, shown, hint, cause=error)
    except RecursionError as error:
        _fail("the front matter is nested too deeply", path, 2, None, "write plain keys and texts", cause=error)
    return _build_yaml(events, path)


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


def _build_yaml(events: Sequence[Any], path: str) -> _Values:
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
        _fail("the front matter is no list of keys", path, _yaml_line(event), shown, "write one `key: value` a line")
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
            _fail("a key is not text", path, line, str(key), "write plain keys and texts")
        if key in keys:
            _fail("the front matter names a key twice", path, line, key, "keep one of them")
        keys.add(key)
        yield key, (_build_value(next(rest), rest, depth, path), line)


def _check_yaml(event: Any, depth: int, path: str) -> None:
    """Raise FrontMatterError for what is read in no front matter: aliases, types, and what is nested deeply."""
    import yaml

    line = _yaml_line(event)
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
        _fail("the front matter has an anchor or alias", path, line, None, "write the value out, or in quotes")
    if getattr(event, "tag", None) not in {None, "!"}:
        _fail("the front matter has a type tag", path, line, str(event.tag), "write the value as plain text")
    if depth > MAX_DEPTH:
        _fail("the front matter is nested too deeply", path, line, None, "write plain keys and texts")


def _yaml_line(event: Any) -> int:
    return int(event.start_mark.line) + 2


def _parse_toml(text: str, path: str) -> _Values:
    try:
        table: Mapping[str, Any] = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = str(error).rpartition("(at line ")[2].partition(",")[0]
        line = int(place) if place.isdigit() else max(1, text.rstrip("\n").count("\n") + 1)
        shown = text.split("\n")
        _fail(
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
