"""What a request asks for: codings that it accepts, validators that it holds. Pure; knows no document.

Every function takes the header's value as sent. Readers, proxies and crawlers send all of these wrongly now and then:
what can't be read counts as not sent.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header, parse_date

from feeds.web.compression import CODINGS

IDENTITY = "identity"
MAX_HEADER = 1000
"""Characters of a header that are read; a longer one counts as not sent."""
TAG_LENGTH = 32
"""Characters of a document's own part of an entity tag: hexadecimal digits."""
_KNOWN_CODINGS = frozenset({IDENTITY, *(coding.name for coding in CODINGS)})
_ALIASES = {"x-gzip": "gzip"}

Ranking = tuple[frozenset[str], ...]
"""Acceptable codings, best first; those of one set are equally welcome. `*` stands for all that are not named."""


@lru_cache(maxsize=1024)
def rank_codings(accept_encoding: str) -> Ranking:
    """The codings that an Accept-Encoding header accepts, by descending q-value (RFC 9110 section 12.5.3).

    `identity` is acceptable, after all others, unless it or `*` is refused with q=0.
    """
    weights: dict[str, float] = {}
    if len(accept_encoding) <= MAX_HEADER:
        for name, weight in parse_accept_header(accept_encoding, Accept):
            coding = _ALIASES.get(name.lower(), name.lower())
            weights[coding] = max(weight, weights.get(coding, 0.0))
    ranking = [
        frozenset(name for name, found in weights.items() if found == weight)
        for weight in sorted({weight for weight in weights.values() if weight > 0}, reverse=True)
    ]
    if IDENTITY not in weights and "*" not in weights:
        ranking.append(frozenset({IDENTITY}))
    refused = frozenset(name for name, weight in weights.items() if weight <= 0)
    named = frozenset(weights)
    return tuple(_expand(codings, named) for codings in ranking) if "*" in named - refused else tuple(ranking)


def _expand(codings: frozenset[str], named: frozenset[str]) -> frozenset[str]:
    """The codings with `*` replaced by those that we know and that the header doesn't name."""
    return (codings - {"*"}) | (_KNOWN_CODINGS - named) if "*" in codings else codings


def matches_tag(header: str, tag: str, *, weak: bool = True) -> bool:
    """Whether an If-None-Match or If-Match header names a document's tag (RFC 9110 section 13.1).

    `W/`, missing quotes and any suffix that a proxy or we put after the tag are ignored; without `weak`, tags with
    `W/` match nothing.
    """
    if header.strip() == "*":
        return True
    if tag not in header:
        return False
    for item in header.split(","):
        found = item.strip()
        if found[:2] in {"W/", "w/"}:
            if not weak:
                continue
            found = found[2:]
        found = found.strip().strip('"')
        if found.startswith(tag) and not found[len(tag) : len(tag) + 1].isalnum():
            return True
    return False


def parse_instant(header: str) -> datetime | None:
    """The instant of a header in any of HTTP's three date forms (RFC 9110 section 5.6.7), or None where it has none.

    `; length=123`, which some old clients add, is ignored.
    """
    text = header.partition(";")[0].strip()
    if not text or len(text) > MAX_HEADER:
        return None
    try:
        found = parse_date(text)
    except (ValueError, OverflowError):
        return None
    return None if found is None else found.astimezone(UTC)


def is_unmodified(header: str, changed: datetime, now: datetime) -> bool:
    """Whether If-Modified-Since is answered with "not modified".

    An instant in the future is not valid, as in RFC 2616 section 14.25: otherwise a client that was once sent one would
    be told so for ever.
    """
    since = parse_instant(header)
    return since is not None and since <= now and changed <= since
