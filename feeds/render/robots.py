"""robots.txt (RFC 9309)."""

from __future__ import annotations

from collections.abc import Sequence


def render_robots(sitemaps: Sequence[str]) -> bytes:
    """The file: everything may be read, and where the sitemaps are, if there are any."""
    named = "".join(f"Sitemap: {sitemap}\n" for sitemap in sitemaps)
    return ("User-agent: *\nAllow: /\n" + (f"\n{named}" if named else "")).encode()
