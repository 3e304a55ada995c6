"""robots.txt (RFC 9309)."""

from __future__ import annotations


def render_robots(sitemap: str | None) -> bytes:
    """The file: everything may be read, and where the sitemap is, if there is one."""
    named = f"\nSitemap: {sitemap}\n" if sitemap else ""
    return f"User-agent: *\nAllow: /\n{named}".encode()
