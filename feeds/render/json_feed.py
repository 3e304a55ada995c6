"""JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

from __future__ import annotations

import json
from typing import Any

from feeds.article import Image
from feeds.dates import format_rfc3339
from feeds.feed import Entry, Feed
from feeds.render.elements import clean_title
from feeds.render.shell import Shell
from feeds.text import escape_html

FILE_NAME = "feed.json"
MEDIA_TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"


def _dump(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def render_entry(entry: Entry) -> bytes:
    """The entry as an item object."""
    title, summary = clean_title(entry.title), clean_title(entry.summary)
    item: dict[str, Any] = {"id": entry.guid or entry.id, "url": entry.link, "title": title}
    # Several readers read no content_text, so a summary alone is HTML too.
    item["content_html"] = entry.content or f"<p>{escape_html(summary or title)}</p>"
    if summary:
        item["summary"] = summary
    item["date_published"] = format_rfc3339(entry.published)
    item["date_modified"] = format_rfc3339(entry.updated)
    item["authors"] = [{"name": clean_title(name)} for name in entry.authors]
    labels = [term.label for term in entry.categories] + list(entry.tags)
    item["tags"] = [label for label in map(clean_title, labels) if label]
    item["language"] = entry.language
    if entry.images:
        item["image"] = entry.images[0].url
    attachments = [_attach(image) for image in entry.images if image.media_type]
    if attachments:
        item["attachments"] = attachments
    return _dump(item).encode()


def _attach(image: Image) -> dict[str, Any]:
    size = {"size_in_bytes": image.length} if image.length else {}
    return {"url": image.url, "mime_type": image.media_type, **size}


def render_shell(feed: Feed) -> Shell:
    """The document around the items."""
    data: dict[str, Any] = {
        "version": VERSION,
        "title": clean_title(feed.title),
        **({"home_page_url": feed.home} if feed.home else {}),
        "feed_url": feed.folder + FILE_NAME,
        "description": clean_title(feed.subtitle),
        "language": feed.language,
        "authors": [{"name": clean_title(feed.author)}],
    }
    if feed.previous:
        data["next_url"] = feed.previous + FILE_NAME
    if feed.logo or feed.icon:
        data["icon"] = feed.logo or feed.icon
    if feed.icon:
        data["favicon"] = feed.icon
    return Shell(_dump(data).removesuffix("}").encode() + b',"items":[\n', b"\n]}\n", b",\n")
