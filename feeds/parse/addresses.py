"""Addresses: those on pages made absolute, none of which leads elsewhere than to the web; the last part of a page's."""

from __future__ import annotations

from typing import Final
from urllib.parse import unquote, urljoin, urlsplit

from feeds.text import to_uri

WEB: Final = frozenset(["http", "https"])
LINKS: Final = frozenset(["http", "https", "mailto"])


def join_address(base: str | None, address: str, *, schemes: frozenset[str] = WEB) -> str | None:
    """The absolute address that `address` means on a page at `base`; None where it isn't one, or has another scheme."""
    text = address.strip()
    try:
        joined = urljoin(base, text) if base else text
        parts = urlsplit(joined)
        whole = parts.scheme in schemes and (parts.scheme == "mailto" or (bool(parts.hostname) and parts.port != 0))
    except ValueError:
        return None
    return joined if whole else None


def join_link(base: str | None, address: str, *, schemes: frozenset[str] = WEB) -> str | None:
    """The same, percent-encoded as readers of feeds need it (RFC 3986 section 2): of what a page links to or shows."""
    joined = join_address(base, address, schemes=schemes)
    return None if joined is None else to_uri(joined)


def last_of_address(url: str) -> str:
    """The last part of an address's path."""
    return unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2])
