"""robots.txt (RFC 9309)."""

from __future__ import annotations


def render_robots(sitemap: str) -> bytes:
    """The file: everything may be read, and where the sitemap is."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n".encode()
