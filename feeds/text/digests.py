"""Digests: what changed is told by comparing them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from itertools import islice

PARTS_AT_ONCE = 500


def digest_bytes(data: bytes) -> str:
    """The hex SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()


def digest(*parts: str | bytes) -> str:
    """A hex SHA-256 over the parts. Where a part ends is part of it: ("a", "bc") differs from ("ab", "c")."""
    return digest_all(parts)


def digest_all(parts: Iterable[str | bytes]) -> str:
    """As `digest`, of parts that come one by one."""
    sha = hashlib.sha256()
    rest = iter(parts)
    # Many at once: each call costs as much as to digest some hundred bytes.
    while data := [_encode(part) for part in islice(rest, PARTS_AT_ONCE)]:
        sha.update(b"".join([b"%d:%b" % (len(part), part) for part in data]))
    return sha.hexdigest()


def _encode(part: str | bytes) -> bytes:
    return part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
