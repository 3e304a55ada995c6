"""Front matter: what an operator wrote above the page, as text, with the line of each key.

`---` opens YAML, `+++` opens TOML, both only as the first bytes of the file. Dates are left as text here: `feeds.dates`
reads them once the zone is known.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, cast, get_args
from zoneinfo import ZoneInfo

from feeds.article import Acceptable
from feeds.dates import DateError, Stamp, load_zone, parse_date
from feeds.errors import FrontMatterError, Problem
from feeds.parse.addresses import join_address
from feeds.parse.front_values import fail, parse_values
from feeds.text import clean_line, is_language_tag, strip_tracking

MAX_LINES: Final = 500
"""Lines within which front matter must end. A page that merely begins with a rule is recognised early."""
LEAST_KEYS: Final = 2
"""Keys by which displaced front matter is known: a rule above a text has none below it."""
STATUSES: Final = ("published", "draft", "withdrawn")
ACCESSES: Final = ("free", "paid")
ACCEPTABLE: Final = get_args(Acceptable)
KEYS: Final = (
    "url", "id", "title", "category", "published", "updated", "tags", "language", "agency", "access", "status",
    "reason", "accept", "verbatim", "authors", "summary",
)  # fmt: skip
_DRAFT: Final = "draft"
"""What static-site generators say for `status: draft`: heard in every file, or what is held back would be published."""
_CATEGORIES: Final = "categories"
_SYNONYMS: Final = {"author": "authors"}
_MARKDOWN_KEYS: Final = {"date": "published", "lastmod": "updated", _CATEGORIES: "category", "description": "summary"}
"""What the static-site generators call our keys (Hugo: front matter; Jekyll: front matter), for Markdown files."""
_MARKS: Final = frozenset(["---", "+++"])
_KEY_LINE: Final = re.compile(r"(?P<key>[A-Za-z_]{2,20})\s?[:=](?:\s|$)")
# Behind backticks there are no others on the line: those would be within a text.
_FENCE: Final = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
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
    agency: str | None = None
    access: str | None = None
    status: str | None = None
    reason: str | None = None
    accept: tuple[str, ...] = ()
    verbatim: bool | None = None
    lines: tuple[tuple[str, int], ...] = ()

    def line_of(self, key: str) -> int | None:
        """The line of a key, or None where it is not there."""
        return next((line for name, line in self.lines if name == key), None)


EMPTY: Final = FrontMatter()


def split_front_matter(text: str, *, path: str) -> tuple[str, str, int]:
    """The mark that opens the front matter ("" where there is none), its text, and the lines that it takes up.

    Raises FrontMatterError where it is not closed.
    """
    mark = text[:3]
    if mark not in _MARKS:
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


def refuse_displaced(lines: Sequence[str], *, path: str) -> None:
    """Raise FrontMatterError where empty lines are above what looks like front matter: it would be read as the text.

    It has two of its keys right below the mark. A file that begins with a rule may have an empty line above that.
    """
    mark = next((number for number, line in enumerate(lines[:MAX_LINES]) if line.strip()), 0)
    if not mark or lines[mark].rstrip() not in _MARKS:
        return
    keys = [_KEY_LINE.match(line) for line in lines[mark + 1 : mark + 1 + LEAST_KEYS]]
    if len(keys) == LEAST_KEYS and all(key is not None and key["key"] in KEYS for key in keys):
        raise FrontMatterError(
            "the front matter is below an empty line, so it would not be read",
            path=path,
            line=mark + 1,
            text=lines[mark].rstrip(),
            hint="delete what is above it: it opens with the first characters of the file",
        )


def find_further(lines: Sequence[str], first_line: int) -> Problem | None:
    """The problem that another article's front matter begins within the lines of a page; None where none does.

    It has `title` and another key in successive lines, right below a line of marks, outside of fenced code blocks.
    """
    if not any(line.startswith("title") for line in lines):
        return None
    lines = list(blank_code(lines))
    run: list[str] = []
    for number, line in enumerate((*lines, "")):
        match = _KEY_LINE.match(line)
        if match is not None and match["key"] in KEYS:
            run.append(match["key"])
            continue
        start = number - len(run)
        if len(run) > 1 and "title" in run and start and lines[start - 1].rstrip() in _MARKS:
            what = "what looks like the front matter of another article is part of this one's text"
            return Problem(
                "further-front-matter", what, first_line + start, lines[start], "give each article its own file"
            )
        run = []
    return None


def blank_code(lines: Iterable[str]) -> Iterator[str]:
    """Lines, those of fenced code blocks blank (CommonMark section 4.5)."""
    fence = ""
    for line in lines:
        if fence:
            yield ""
            mark = line.strip()
            fence = "" if mark.startswith(fence) and not mark.strip(fence[0]) else fence
        elif (match := _FENCE.match(line)) is not None:
            yield ""
            fence = match[1]
        else:
            yield line


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
    values, mended = parse_values(mark, text, path)
    known = _list_keys(markdown=markdown)
    problems = list(mended)
    said: dict[str, Any] = {}
    lines: list[tuple[str, int]] = []
    errors: list[FrontMatterError] = []
    for key, (value, line) in values.items():
        if (name := known.get(key)) is None:
            problems.append(_tell_unknown(key, line, known))
            continue
        is_own = key == name or name not in values
        if is_own:
            lines.append((name, line))
        if is_own or key == _CATEGORIES:
            field = key if key == _CATEGORIES else name
            read: _Reader = _READERS.get(field, _as_text)
            try:
                said[field] = read(value, key, line, path)
            except FrontMatterError as error:
                errors.append(error)
    fields = _settle(said)
    front = FrontMatter(**fields, lines=tuple(lines))
    errors += _find_errors(front, path)
    if errors:
        raise FrontMatterError.gather(sorted([*errors, *_find_date_errors(front, path)], key=_line_of))
    if front.language is not None:
        front = replace(front, language=_as_tag(front.language))
    return front, (*problems, *_tell_tracking(front))


def _settle(said: dict[str, Any]) -> dict[str, Any]:
    """The fields, of what the keys say: of several categories one is the category, and none of the others is lost."""
    fields = {name: value for name, value in said.items() if name not in {_CATEGORIES, _DRAFT}}
    if labels := said.get(_CATEGORIES):
        category = fields["category"] = fields.get("category") or labels[0]
        others = (label for label in labels if label != category)
        fields["tags"] = tuple(dict.fromkeys((*fields.get("tags", ()), *others)))
    if said.get(_DRAFT) and fields.get("status") in {None, "published"}:
        fields["status"] = "draft"
    return fields


def refuse_verbatim(front: FrontMatter, *, path: str) -> None:
    """Raise FrontMatterError where a page of HTML, most of which is no text, is to be taken word for word."""
    if front.verbatim:
        what = "verbatim is for plain text: what is the text of a saved page of HTML is told by its markup"
        hint = "take the line away, or save the text alone as .txt or .md"
        raise FrontMatterError(what, path=path, line=front.line_of("verbatim"), text="verbatim: true", hint=hint)


def read_dates(front: FrontMatter, *, path: str, tz: ZoneInfo) -> tuple[Stamp | None, Stamp | None]:
    """`published` and `updated`, None where it is not there. Raises FrontMatterError for those that are no dates."""
    stamps: list[Stamp | None] = []
    errors: list[FrontMatterError] = []
    for key, text in (("published", front.published), ("updated", front.updated)):
        try:
            stamps.append(None if text is None else parse_date(text, now=None, tz=tz))
        except DateError as error:
            hint = "write 2024-06-25 or 2024-06-25T14:05:00+02:00"
            errors.append(_error_at(front, key, f": {error.what}", path, hint))
    if errors:
        raise FrontMatterError.gather(errors)
    published, updated = stamps
    return published, updated


def _find_errors(front: FrontMatter, path: str) -> Iterator[FrontMatterError]:
    """An error for each of language, address, status, access and what is accepted that is none."""
    if front.language is not None and not is_language_tag(_as_tag(front.language)):
        yield _error_at(front, "language", " is no language tag", path, "write one such as de or de-AT")
    if front.url is not None and join_address(None, front.url) is None:
        yield _error_at(front, "url", " is no whole address", path, "write one such as https://example.org/bericht")
    for name, value, allowed in (("status", front.status, STATUSES), ("access", front.access, ACCESSES)):
        if value is not None and value not in allowed:
            near = difflib.get_close_matches(value, allowed, n=1, cutoff=0)[0]
            hint = f"write {name}: {near}, or leave it out"
            yield _error_at(front, name, f" is none of {', '.join(allowed)}", path, hint)
    for value in front.accept:
        if value not in ACCEPTABLE:
            what = f"accept is none of {', '.join(ACCEPTABLE)}"
            line = front.line_of("accept") or 1
            yield FrontMatterError(what, path=path, line=line, text=value, hint="write what the gate called it")


def _list_keys(*, markdown: bool) -> dict[str, str]:
    """The keys that are known in a file, each with the field that it gives."""
    own = {key: key for key in (*KEYS, _DRAFT)}
    return {**own, **_SYNONYMS, **_MARKDOWN_KEYS} if markdown else {**own, **_SYNONYMS}


def guess_key(key: str) -> str | None:
    """The key of ours that an unknown one may stand for: what others call so, or one that is spelt nearly alike."""
    if (meant := _MARKDOWN_KEYS.get(key)) is not None:
        return meant
    return next(iter(difflib.get_close_matches(key, KEYS, n=1, cutoff=0.6)), None)


def _tell_unknown(key: str, line: int, known: Mapping[str, str]) -> Problem:
    near = _MARKDOWN_KEYS.get(key) or next(iter(difflib.get_close_matches(key, known, n=1, cutoff=0.6)), None)
    hint = f"known here: {', '.join(known)}" if near is None else f"did you mean {near}?"
    return Problem("unknown-key", "the front matter has an unknown key", line, key, hint)


def _tell_tracking(front: FrontMatter) -> Iterator[Problem]:
    if (url := front.url) is not None and (clean := strip_tracking(url)) != url:
        hint = f"readers get it as it is written here; write {clean}"
        line = front.line_of("url")
        yield Problem("tracking-in-url", "the url has tracking parameters", line, url, hint)


def _as_tag(language: str) -> str:
    """A language's tag, of one that may be written as locales are: "de_AT"."""
    return language.replace("_", "-")


def _as_text(value: Any, key: str, line: int, path: str) -> str | None:
    if isinstance(value, list | dict):
        fail(
            f"{key} is one text, not a list or a table",
            path,
            line,
            _show(value),
            f"write {key}: and the text behind it",
        )
    return clean_line(str(value)) or None


def _as_list(value: Any, key: str, line: int, path: str) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value] if isinstance(value, dict) else str(value).split(",")
    if any(isinstance(item, list | dict) for item in items):
        hint = f"write {key}: [one, another]"
        fail(f"{key} is a text or a list of texts, and no table", path, line, _show(value), hint)
    texts = [clean_line(str(item)) for item in items]
    return tuple(dict.fromkeys(text for text in texts if text))


def _as_flag(value: Any, key: str, line: int, path: str) -> bool:
    text = str(value).casefold()
    if text not in _YES | _NO:
        fail(f"{key} is neither true nor false", path, line, _show(value), f"write {key}: true, or leave it out")
    return text in _YES


_Reader = Callable[[Any, str, int, str], Any]
_READERS: Final[Mapping[str, _Reader]] = {
    "tags": _as_list, "authors": _as_list, "accept": _as_list, _CATEGORIES: _as_list,
    "verbatim": _as_flag, _DRAFT: _as_flag,
}  # fmt: skip
"""How the value of a field is read, where it is no text."""


def _find_date_errors(front: FrontMatter, path: str) -> Sequence[FrontMatterError]:
    """The errors of dates that are none in any zone."""
    try:
        read_dates(front, path=path, tz=load_zone("UTC"))
    except FrontMatterError as error:
        return error, *cast("tuple[FrontMatterError, ...]", error.others)
    return ()


def _line_of(error: FrontMatterError) -> int:
    return error.line or 0


def _show(value: Any) -> str:
    """A value as YAML and TOML have it, on one line."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _error_at(front: FrontMatter, name: str, what: str, path: str, hint: str) -> FrontMatterError:
    """The error of the field of a name, at its line."""
    text = getattr(front, name)
    return FrontMatterError(f"{name}{what}", path=path, line=front.line_of(name) or 1, text=text, hint=hint)
