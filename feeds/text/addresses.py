"""Addresses as URIs: what a page prints with umlauts, blanks and brackets, as feeds must write it."""

from __future__ import annotations

from urllib.parse import quote, urlsplit, urlunsplit

# RFC 3986 section 3.3 and 3.4: what may stand in a path and in a query; "%" stays, for it is encoded already.
_PATH = "/%:@!$&'()*+,;=-._~"
_QUERY = "/?%:@!$&'()*+,;=-._~"


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
        (parts.scheme, host + port, quote(parts.path, _PATH), quote(parts.query, _QUERY), quote(parts.fragment, _QUERY))
    )
