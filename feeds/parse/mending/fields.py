"""The fields that a crawler or a database wrote above a page's text, a line each: "title: Neuer Weg".

They say what the page is, as metadata of a saved HTML page do; they are not front matter, which an operator writes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Final
from zoneinfo import ZoneInfo

from feeds.dates import DateError, parse_date
from feeds.errors import Problem
from feeds.parse.bylines import parse_byline
from feeds.parse.categories import first_label
from feeds.parse.draft import Draft
from feeds.parse.stamps.around import EVENT_FIELD

LEAST_FIELDS: Final = 3
"""Fields in the first lines of a page, at least: fewer may be a headline's labels."""
MAX_FIELDS: Final = 20
"""Lines of a page that are looked at."""
_FIELD = re.compile(r"(?P<key>[A-Za-z][A-Za-z_ -]{1,20}?)\s?:(?:\s(?P<value>.*))?")
_KEYS: Final[Mapping[str, str]] = {
    "title": "title", "headline": "title", "titel": "subject",
    "author": "author", "authors": "author", "autor": "author", "autorin": "author",
    "published": "published", "publish_date": "published", "date": "date", "datum": "day",
    "category": "category", "categories": "category", "rubrik": "category", "ressort": "category",
    "url": "", "link": "", "hostname": "", "sitename": "", "site": "", "source": "", "quelle": "", "description": "",
    "tags": "", "language": "", "license": "", "id": "", "fingerprint": "", "crawled": "", "retrieved": "",
}  # fmt: skip
"""What fields are called, in small letters -> what they say of an article; nothing that is read here if empty.

A `subject` may be a film's title too, a `day` that of an event, and a `date` that of the last change.
"""
_NOTHING: Final = frozenset(
    ["none", "null", "nan", "n/a", "unknown", "unbekannt", "undefined", "admin", "administrator"]
)
"""What programs write where they know nothing, case-folded, and accounts that no author has."""
# Any field, as those of events follow on those of the page.
_LABEL = re.compile(r"[A-ZÄÖÜ][\w/ -]{1,24}:(?:\s|$)")
_QUOTES: Final = ('""', "''")

Field = tuple[int, str]
"""The number of a field's line, and its value."""


def find_fields(lines: Sequence[str]) -> tuple[dict[str, Field], int]:
    """The fields that a page begins with, by what they say, and the number of the line after them; none of others.

    The title is one of them, and they have a line each. The day of an event, which has other fields below, is left out.
    """
    found: dict[str, Field] = {}
    count = end = 0
    for number, line in enumerate(lines[:MAX_FIELDS]):
        if not line.strip():
            continue
        match = _FIELD.fullmatch(line.strip())
        if match is None or (key := _KEYS.get(match["key"].casefold())) is None:
            break
        count, end = count + 1, number + 1
        if (value := _without_quotes((match["value"] or "").strip())) and key and value.casefold() not in _NOTHING:
            found.setdefault(key, (number, value))
    if count < LEAST_FIELDS or found.keys().isdisjoint(["title", "subject"]):
        return {}, 0
    below = takewhile(_LABEL.match, filter(None, map(str.strip, lines[end : end + MAX_FIELDS])))
    if any(map(EVENT_FIELD.match, below)):
        found.pop("day", None)
    return found, end


def _without_quotes(value: str) -> str:
    """A value without the quotes in which YAML and JSON set it."""
    return value[1:-1].strip() if len(value) > 1 and value[0] + value[-1] in _QUOTES else value


def read_fields(fields: Mapping[str, Field], zone: ZoneInfo, draft: Draft, *, first_line: int) -> None:
    """Fill in what the fields say of an article. `first_line` is that of offset 0.

    A day that is not called that of the publication only fills a gap.
    """
    subject = "title" not in fields and fields["subject"][1]
    if subject and draft.published is not None and draft.headline not in {None, subject}:
        # The page has a headline and a stamp of its own: the fields are those of a film or a book that it is about.
        return
    for key, (offset, value) in fields.items():
        if key in {"title", "subject"}:
            if key == "subject" and "title" in fields:
                continue
            draft.headline = value
            name = "headline"
        elif key == "author":
            draft.authors = parse_byline(value) or parse_byline(f"Von {value}") or (value,)
            name = "authors"
        elif key == "category":
            draft.category = first_label(value.partition(";")[0])
            name = "category"
        else:
            continue
        _note(draft, name, offset)
    for key in ("published", "date", "day"):
        if key in fields and _read_day(fields[key], zone, draft, first_line, fills=key != "published"):
            break


def _read_day(field: Field, zone: ZoneInfo, draft: Draft, first_line: int, *, fills: bool) -> bool:
    """Read a day into the draft, unless it `fills` gaps alone and there is another; gives whether it can be read."""
    offset, value = field
    try:
        stamp = parse_date(value, now=None, tz=zone)
    except DateError as error:
        draft.problems.append(Problem("unreadable-stamp", error.what, first_line + offset, value))
        return False
    own = draft.published
    # A clock may be added to the same day.
    if not fills or own is None or (own.precision == "day" and own.day == stamp.day):
        draft.published = stamp
        _note(draft, "published", offset)
    return True


def _note(draft: Draft, name: str, offset: int) -> None:
    """Note which line a field is from."""
    draft.find_anew(name, offset, "a field above the text")
    draft.marks.append((offset, "front matter"))
