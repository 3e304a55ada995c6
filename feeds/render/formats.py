"""The feed formats, by name. Another format is another module with the same names, which both places below name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from feeds.feed import Entry, Feed, FormatName
from feeds.render import atom, json_feed, rss
from feeds.render.elements import build_entry
from feeds.render.entry_templates import fill_templates
from feeds.render.shell import Shell


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, also as people call it, its file name in every feed's folder, its media type.

    `render_shell` makes a document around entries.
    """

    name: FormatName
    label: str
    file_name: str
    media_type: str
    render_shell: Callable[[Feed], Shell]


FORMATS = (
    Format("atom", "Atom", atom.FILE_NAME, atom.MEDIA_TYPE, atom.render_shell),
    Format("rss", "RSS", rss.FILE_NAME, rss.MEDIA_TYPE, rss.render_shell),
    Format("json", "JSON", json_feed.FILE_NAME, json_feed.MEDIA_TYPE, json_feed.render_shell),
)
BY_NAME: dict[str, Format] = {each.name: each for each in FORMATS}
MORE = " […]"
"""The end of a summary that the text goes on behind, as excerpts in feeds usually have it."""
BY_FILE_NAME = {each.file_name: each for each in FORMATS}


def render_entry(entry: Entry) -> dict[FormatName, bytes]:
    """The bytes of an entry in each format, by the format's name."""
    if entry.is_shortened and entry.summary and not entry.summary.endswith("…"):
        entry = replace(entry, summary=entry.summary + MORE)
    rendered = fill_templates(entry)
    if rendered is None:
        element = build_entry(entry)
        rendered = {"atom": atom.render_entry(element), "rss": rss.render_entry(element)}
    return {**rendered, "json": json_feed.render_entry(entry)}
