"""A layout of one's own without code: the patterns that a source has in `config.toml`.

They win over the general reading, which still finds what no pattern names. A pattern that finds nothing on a page is a
problem of that page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal
from zoneinfo import ZoneInfo

from feeds.config import Patterns
from feeds.dates import DateError, Stamp, parse_date
from feeds.errors import Problem
from feeds.parse.body import Line, add_blocks
from feeds.parse.boilerplate import NOTHING, Boilerplate
from feeds.parse.bylines import parse_byline
from feeds.parse.datelines.opening import match_opening
from feeds.parse.draft import Draft, Role
from feeds.parse.general import read_generally
from feeds.parse.mending.wraps import unwrap
from feeds.parse.page import Page

MAX_CHARACTERS: Final = 1_000
"""Characters of a line that patterns are searched in: theirs is whatever time an operator's pattern takes."""
_TEXT: Final = frozenset[Role](["body", "list", "sub-headline", "dateline"])
"""What lines of a text are."""


def read_with_patterns(
    page: Page, patterns: Patterns, url: str | None, zone: ZoneInfo, boilerplate: Boilerplate = NOTHING
) -> Draft:
    """A page as a Draft, read with a source's patterns."""
    draft = read_generally(page, url, zone, boilerplate)
    whole = unwrap([line.strip() for line in page.lines])
    lines = [Line(offset, text) for offset, text in enumerate(whole) if text]
    headline = _find(lines, patterns.headline, "headline", draft)
    if draft.kind != "article" and (headline is not None or _find(lines, patterns.stamp, None, draft) is not None):
        draft = Draft()
    if headline is not None:
        _keep(draft, "headline", headline, "headline")
        draft.headline = headline.text
    if (found := _find(lines, patterns.category, "category", draft)) is not None:
        _keep(draft, "category", found, "category")
        draft.category = found.text
    if (found := _find(lines, patterns.byline, "byline", draft)) is not None:
        _keep(draft, "authors", found, "byline")
        draft.authors = parse_byline(f"Von {found.text}") or (found.text,)
    draft.published = _read_stamp(lines, patterns.stamp, "stamp", zone, page=page, draft=draft) or draft.published
    draft.updated = _read_stamp(lines, patterns.updated, "updated", zone, page=page, draft=draft) or draft.updated
    if patterns.start is not None or patterns.end is not None or not draft.blocks:
        _read_body(lines, patterns, headline, page, draft)
    return draft


def _find(lines: Sequence[Line], pattern: str | None, name: str | None, draft: Draft) -> Line | None:
    """The first line that matches, as what it says; a problem where none does and `name` is given."""
    if pattern is None:
        return None
    compiled = re.compile(pattern)
    for line in lines:
        match = compiled.search(line.text[:MAX_CHARACTERS])
        if match is not None:
            text = match[1] if compiled.groups else match[0] if name != "headline" else line.text
            if text and text.strip():
                return Line(line.offset, text.strip())
    if name is not None:
        hint = f"look at sources.patterns.{name} in config.toml"
        draft.problems.append(Problem("pattern-found-nothing", f"no line fits the {name} pattern", None, pattern, hint))
    return None


def _read_stamp(
    lines: Sequence[Line],
    pattern: str | None,
    name: Literal["stamp", "updated"],
    zone: ZoneInfo,
    *,
    page: Page,
    draft: Draft,
) -> Stamp | None:
    found = _find(lines, pattern, name, draft)
    if found is None:
        return None
    try:
        stamp = parse_date(found.text, now=None, tz=zone)
    except DateError as error:
        what = f"the {name} pattern found what is no date ({error.what})"
        hint = f"let the first group of sources.patterns.{name} in config.toml hold the date and nothing else"
        draft.problems.append(Problem("unreadable-stamp", what, page.first_line + found.offset, found.text, hint))
        return None
    _keep(draft, "published" if name == "stamp" else name, found, "stamp")
    return stamp


def _read_body(lines: Sequence[Line], patterns: Patterns, headline: Line | None, page: Page, draft: Draft) -> None:
    start = _find(lines, patterns.start, "start", draft)
    end = _find(lines, patterns.end, "end", draft)
    above = {offset for offset, role in draft.marks if role in {"headline", "stamp", "category", "byline"}}
    top = start or headline
    # Where no pattern says it, the text begins where the general reading found it.
    first = min((at for at, role in draft.marks if role in _TEXT), default=0) - 1 if top is None else top.offset
    last = len(page.lines) if end is None else end.offset
    body = [line for line in lines if first < line.offset < last and line.offset not in above]
    draft.blocks.clear()
    draft.marks = [(offset, role) for offset, role in draft.marks if offset in above]
    draft.marks += [(line.offset, "navigation") for line in lines if line.offset <= first and line.offset not in above]
    draft.marks += [(line.offset, "footer") for line in lines if line.offset >= last]
    match = match_opening(body[0].text, first=True, labels=page.lines) if body else None
    if match is not None and match.end < len(body[0].text):
        draft.dateline = match.dateline
        body[0] = Line(body[0].offset, body[0].text[match.end :])
    add_blocks(draft, body, first_line=page.first_line)


def _keep(draft: Draft, field: str, found: Line, role: Role) -> None:
    draft.find_anew(field, found.offset, "the source's pattern")
    draft.marks = [item for item in draft.marks if item[0] != found.offset]
    draft.marks.append((found.offset, role))
