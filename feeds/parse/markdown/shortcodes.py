"""What a static-site generator replaces in Markdown, taken off a page: Hugo's shortcodes, Jekyll's tags and variables.

A `figure` is the picture that it stands for. What the others would have become is known to the generator alone: the
text that they are around stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from feeds.errors import Problem, say_number
from feeds.parse.draft import Draft
from feeds.parse.front import blank_code
from feeds.text import fold_spaces

MAX_INSIDE: Final = 500
"""Characters within a shortcode, at most."""
# "{{< youtube abc >}}", "{{% hinweis %}}", "{% include karte.html %}", "{{ site.baseurl }}". "{{</* so */>}}" is shown.
_SHORTCODE: Final = (
    rf"\{{\{{<(?!/\*)[^{{}}]{{0,{MAX_INSIDE}}}?>\}}\}}|\{{\{{%(?!/\*)[^{{}}]{{0,{MAX_INSIDE}}}?%\}}\}}"
    rf"|\{{%[^{{}}]{{1,{MAX_INSIDE}}}?%\}}|\{{\{{\s?(?:site|page|post|include)\.[^{{}}]{{1,80}}\}}\}}"
)
# Within code they are shown; of a link whose address is one the text is left.
_FOUND = re.compile(rf"`[^`\n]{{1,300}}`|(?<!!)\[(?P<text>[^\[\]\n]{{0,300}})\]\((?:{_SHORTCODE})\)|{_SHORTCODE}")
_FIGURE = re.compile(r"\{\{[<%]\s?figure\s")
_FIELD = re.compile(r"""\b(?P<name>src|alt|caption)\s?=\s?(?:"(?P<long>[^"]*)"|(?P<bare>[^\s"]+))""")


def drop_shortcodes(lines: Sequence[str], draft: Draft, *, first_line: int) -> Sequence[str]:
    """The lines of a page without shortcodes, as many as before; a problem of the draft names those that are lost.

    `first_line` is the number of the first line.
    """
    if not any("{{" in line or "{%" in line for line in lines):
        return lines
    lost: list[tuple[int, str]] = []

    def replace(match: re.Match[str]) -> str:
        whole = match[0]
        if whole[0] == "`":
            return whole
        if whole[0] == "[":
            return f"{match['text']}{_breaks(whole)}"
        if _FIGURE.match(whole) is not None and (picture := _make_picture(whole)) is not None:
            return f"{picture}{_breaks(whole)}"
        lost.append((match.start(), whole))
        return _breaks(whole)

    text = [line if shown else "" for line, shown in zip(lines, blank_code(lines), strict=True)]
    joined = "\n".join(text)
    kept = _FOUND.sub(replace, joined).split("\n")
    if lost:
        start, whole = lost[0]
        what = f"{say_number(len(lost), 'shortcode')} left out, for what becomes of it is known to a generator alone"
        hint = "write into the text what readers should see"
        line = first_line + joined.count("\n", 0, start)
        draft.problems.append(Problem("shortcode", what, line, fold_spaces(whole), hint))
    return [line if shown or not whole else whole for line, shown, whole in zip(kept, text, lines, strict=True)]


def _breaks(text: str) -> str:
    """The line breaks of a text, so that each line keeps its number."""
    return "\n" * text.count("\n")


def _make_picture(figure: str) -> str | None:
    """The picture of Hugo's `figure` in Markdown; None where it has no address."""
    fields = {match["name"]: match["long"] or match["bare"] or "" for match in _FIELD.finditer(figure)}
    if not (address := fields.get("src")):
        return None
    alt, caption = (fold_spaces(fields.get(name, "")) for name in ("alt", "caption"))
    title = ' "{}"'.format(caption.replace('"', "")) if caption else ""
    return f"![{alt.replace(']', '')}](<{address}>{title})"
