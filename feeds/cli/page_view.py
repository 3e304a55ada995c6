"""What `feeds parse` shows a person: each field with line and rule, doubts, what to do, and the page with marks."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import click

from feeds.article import Image, list_agencies, list_texts
from feeds.config import name_category
from feeds.dates import format_german, load_zone
from feeds.errors import say_number
from feeds.parse import find_layout
from feeds.parse.manuscript import LEFT_OUT, list_left_out
from feeds.text import cut_at_word

if TYPE_CHECKING:
    from feeds.article import Article, Dateline
    from feeds.config import Source
    from feeds.dates import Stamp
    from feeds.errors import Problem
    from feeds.parse import Page, Reading

WIDTH = 100
ROLE_WIDTH = 12
_COLOURS = {
    "headline": "green",
    "sub-headline": "green",
    "stamp": "cyan",
    "category": "magenta",
    "byline": "blue",
    "caption": "blue",
    "dateline": "yellow",
    "repeated": "red",
    "navigation": "bright_black",
    "crawl date": "bright_black",
    "no sentence": "red",
    "footer": "bright_black",
}
_HINTS = {
    "headline": ("title: …", 'headline = "^(.+)$"'),
    "published": ("published: 2024-06-25 14:05", "stamp = 'Stand: (.+)$'"),
    "category": ("category: …", "category = '^Rubrik: (.+)$'"),
}


def render_view(reading: Reading, page: Page, *, source: Source | None, problems: Sequence[Problem]) -> str:
    """The view of one Reading of a Page. `problems` are those of the reading and of its dates."""
    parts = [_render_first(reading, source)]
    if reading.article is not None:
        category = reading.article.category or name_category(
            source, reading.article.url, find_layout(reading.layout).sections
        )
        parts += _render_fields(reading.article, category)
    if problems:
        parts.append("  in doubt")
        parts += ["    - " + textwrap.indent(str(problem), "    ").lstrip() for problem in problems]
    if reading.article is not None:
        missing = [name for name in _HINTS if getattr(reading.article, name) is None]
        if category is not None and "category" in missing:
            missing.remove("category")
        parts += _render_advice(missing, source, is_text=page.media == "text")
    parts += _render_left_out(reading, page)
    parts += _render_lines(reading, page)
    return "\n".join(parts) + "\n"


def _render_first(reading: Reading, source: Source | None) -> str:
    belongs = "outside every source" if source is None else f"source {source.name}"
    first = f"{reading.path}: {click.style(reading.kind, bold=True)} (layout {reading.layout}, {belongs})"
    return first if reading.reason is None else f"{first}\n  set aside: {reading.reason}"


def _render_fields(article: Article, category: str | None) -> Iterator[str]:
    """Each field with where it is from; `category` is also what the source or the address gives where it shows none."""
    found = dict(article.found)
    texts = list_texts(article)
    characters = sum(map(len, texts))
    values = {
        "headline": article.headline,
        "category": category,
        "published": _stamp(article.published, article.zone),
        "updated": _stamp(article.updated, article.zone),
        "dateline": _dateline(article.dateline),
        "agencies": ", ".join(list_agencies(article)) or None,
        "authors": ", ".join(article.authors) or None,
        "access": article.access,
        "summary": article.summary,
        "tags": ", ".join(article.tags) or None,
        "url": article.url,
        "text": f"{say_number(len(texts), 'paragraph')}, {say_number(characters, 'character')}" if texts else None,
        "images": str(sum(isinstance(block, Image) for block in article.blocks) or "") or None,
    }
    for name, value in values.items():
        if value is None and name not in {"headline", "category", "published"}:
            continue
        shown = click.style("unknown", fg="red") if value is None else cut_at_word(value, 78)
        where = ""
        if name == "category" and value is not None and article.category is None:
            where = "  by the settings of its source, or its address"
        elif name in found:
            line = found[name].line
            where = f"  {'' if line is None else f'line {line}, '}{found[name].rule}"
        yield f"  {name:<{ROLE_WIDTH}} {shown}{click.style(where, dim=True)}"


def _render_advice(missing: Sequence[str], source: Source | None, *, is_text: bool) -> Iterator[str]:
    """What to write into front matter or settings, for each field that is unknown."""
    if not missing:
        return
    yield "  to say it for this page, write above it"
    yield from ("    ---", *(f"    {_HINTS[name][0]}" for name in missing), "    ---")
    name = "…" if source is None else source.name
    if not is_text:
        # Patterns are for pages of plain text.
        if "category" in missing:
            yield f"  to say it for all pages of the source {name}, write into config.toml below its [[sources]]"
            yield '    category = "…"'
        return
    yield f"  to say how all pages of the source {name} are built, write into config.toml below its [[sources]]"
    yield from ("    [sources.patterns]", *(f"    {_HINTS[name][1]}" for name in missing))


def _render_left_out(reading: Reading, page: Page) -> Iterator[str]:
    """Which lines are left out of what may be an author's text, or below a text by no label, and how to keep them."""
    if reading.article is None:
        return
    if any(problem.rule == LEFT_OUT for problem in reading.problems):
        marks = {number - page.first_line: role for number, role in reading.marks.items()}
        offsets = list_left_out(page, marks, has_text=bool(reading.article.blocks))
        yield f"  {'left out':<{ROLE_WIDTH}} {_say_lines([page.first_line + at for at in offsets])}"
        yield "    if they are of the text, write `verbatim: true` into the front matter"
        return
    numbers = sorted(number for number, role in reading.marks.items() if role == "no sentence")
    if numbers:
        yield f"  {'left out':<{ROLE_WIDTH}} {_say_lines(numbers)}, as no sentences below the text"
        yield "    if they are of it, let a sentence with a colon lead to them, or say in config.toml what is below"
        yield "    them (`end` in [sources.patterns]); a text of your own has `verbatim: true` in its front matter"


def _say_lines(numbers: Sequence[int]) -> str:
    """The numbers of lines, those of successive ones as a range: "lines 6 to 9, 12"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    shown = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)
    return f"{'line' if len(numbers) == 1 else 'lines'} {shown}"


def _render_lines(reading: Reading, page: Page) -> Iterator[str]:
    marks = reading.marks
    if not marks:
        return
    yield ""
    for number, text in enumerate(page.lines, page.first_line):
        role = marks.get(number, "")
        if page.media == "html" and not role:
            # Of markup, only the lines with a role are worth showing.
            continue
        shown = cut_at_word(text.strip(), WIDTH) if text.strip() else ""
        line = f"{number:>5} {role:<{ROLE_WIDTH}} │ {shown}".rstrip()
        colour = _COLOURS.get(role)
        yield line if colour is None else click.style(line, fg=colour)


def _stamp(stamp: Stamp | None, zone: str) -> str | None:
    if stamp is None:
        return None
    value = stamp.value
    local = value.astimezone(load_zone(zone)) if isinstance(value, datetime) else value
    return f"{format_german(local)} ({zone})"


def _dateline(line: Dateline | None) -> str | None:
    return None if line is None else " · ".join(part for part in (line.place, line.day, line.agency) if part) or None
