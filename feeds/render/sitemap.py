"""The sitemap (sitemaps.org protocol 0.9): addresses of pages, and when each last changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from xml.sax.saxutils import escape

from feeds.dates import format_rfc3339

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
_TAIL = "</urlset>\n"


def render_sitemap(pages: Iterable[tuple[str, datetime | None]]) -> bytes:
    """The document: each page's whole address, and the instant of its last change where it is known."""
    lines = [_HEAD]
    for url, changed in pages:
        modified = "" if changed is None else f"<lastmod>{format_rfc3339(changed)}</lastmod>"
        lines.append(f"<url><loc>{escape(url)}</loc>{modified}</url>\n")
    lines.append(_TAIL)
    return "".join(lines).encode()
