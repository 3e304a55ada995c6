"""Addresses: their parts, and as URIs what a page prints with umlauts, blanks and brackets."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit, urlunsplit

# RFC 3986 section 3.3 and 3.4: what may be in a path and in a query; "%" stays, for it is encoded already.
_PATH = "/%:@!$&'()*+,;=-._~"
_QUERY = "/?%:@!$&'()*+,;=-._~"
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_TRACKING = re.compile(
    r"^(?:utm_.*|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|wt_.*|at_.*|xtor|ref|referrer|cmpid)$", re.I
)


def is_web_address(text: str) -> bool:
    """Whether a text is a whole http(s) address: what comes from a page may be a `javascript:` address."""
    try:
        parts = urlsplit(text)
        # Raises ValueError for an invalid port.
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def find_address(target: str) -> str | None:
    """The web address that was named, its scheme in small letters (RFC 3986 section 3.1); None for a file's path."""
    scheme, colon, rest = target.partition(":")
    is_address = scheme.lower() in {"http", "https"} and rest.startswith("//")
    return f"{scheme.lower()}{colon}{rest}" if is_address else None


def name_host(url: str) -> str:
    """The host of an address as people call it, without www.; empty where it has none. Raises ValueError."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def find_prefix(base_url: str) -> str:
    """The path of a base URL as it is written, without the slash at its end: "", or "/stra%C3%9Fe"."""
    return urlsplit(base_url).path.rstrip("/")


def is_tracking(parameter: str) -> bool:
    """Whether a parameter of a query says only where a reader came from."""
    return _TRACKING.match(parameter) is not None


def strip_tracking(url: str) -> str:
    """A whole address without the parameters that say only where a reader came from; all else unchanged."""
    address, hash_mark, fragment = url.partition("#")
    head, mark, query = address.partition("?")
    kept = "&".join(pair for pair in query.split("&") if not is_tracking(pair.partition("=")[0]))
    return head + (mark if kept or not query else "") + kept + hash_mark + fragment


def to_uri(iri: str) -> str:
    """The address percent-encoded, its host in ASCII (RFC 3987 section 3.1); as it is where it is no address at all."""
    try:
        parts = urlsplit(iri.strip())
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port is not None else ""
        if not host.isascii():
            host = host.encode("idna").decode("ascii")
    except ValueError:
        return quote(iri, safe=_QUERY + "#")
    if ":" in host:
        host = f"[{host}]"
    return urlunsplit(
        (
            parts.scheme,
            host + port,
            _quote(parts.path, _PATH),
            _quote(parts.query, _QUERY),
            _quote(parts.fragment, _QUERY),
        )
    )


def _quote(part: str, safe: str) -> str:
    """A part percent-encoded; a "%" that encodes nothing ("100%") is one itself (RFC 3986 section 2.4)."""
    return quote(_LONE_PERCENT.sub("%25", part), safe)
