"""The fields that a crawler or a database wrote above a page's text, a line each: "title: Neuer Weg".

They say what the page is, as metadata of a saved HTML page do; they are not front matter, which an operator writes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final
from zoneinfo import ZoneInfo

from feeds.dates import DateError, parse_date
from feeds.errors import Problem
from feeds.parse.bylines import parse_byline
from feeds.parse.categories import first_label
from feeds.parse.draft import Draft

LEAST_FIELDS: Final = 3
"""Fields in the first lines of a page, at least: fewer may be a headline's labels."""
MAX_FIELDS: Final = 20
"""Lines of a page that are looked at."""
_FIELD = re.compile(r"(?P<key>[A-Za-z][A-Za-z_ -]{1,20}?)\s?:(?:\s(?P<value>.*))?")
_KEYS: Final[Mapping[str, str]] = {
    "title": "title", "titel": "title", "headline": "title",
    "author": "author", "authors": "author", "autor": "author", "autorin": "author",
    "date": "date", "datum": "date", "published": "date", "publish_date": "date",
    "category": "category", "categories": "category", "rubrik": "category", "ressort": "category",
    "url": "", "link": "", "hostname": "", "sitename": "", "site": "", "source": "", "quelle": "", "description": "",
    "tags": "", "language": "", "license": "", "id": "", "fingerprint": "", "crawled": "", "retrieved": "",
}  # fmt: skip
"""What fields are called, in small letters -> what they say of an article; nothing that is read here if empty."""

Field = tuple[int, str]
"""The number of a field's line, and its value."""


def find_fields(lines: Sequence[str]) -> tuple[dict[str, Field], int]:
    """The fields that a page begins with, by what they say, and the number of the line after them; none of others.

    The title is one of them, and they have a line each.
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
        if (value := (match["value"] or "").strip()) and key:
            found.setdefault(key, (number, value))
    return (found, end) if count >= LEAST_FIELDS and "title" in found else ({}, 0)


def read_fields(fields: Mapping[str, Field], zone: ZoneInfo, draft: Draft, *, first_line: int) -> None:
    """Fill in what the fields say of an article. `first_line` is that of offset 0."""
    rule = "a field above the text"
    for key, (offset, value) in fields.items():
        if key == "title":
            draft.headline = value
            name = "headline"
        elif key == "author":
            draft.authors = parse_byline(value) or parse_byline(f"Von {value}") or (value,)
            name = "authors"
        elif key == "category":
            draft.category = first_label(value.partition(";")[0])
            name = "category"
        else:
            try:
                draft.published = parse_date(value, now=None, tz=zone)
            except DateError as error:
                draft.problems.append(Problem("unreadable-stamp", error.what, first_line + offset, value))
                continue
            name = "published"
        draft.found = [found for found in draft.found if found[0] != name]
        draft.found.append((name, offset, rule))
        draft.marks.append((offset, "front matter"))
