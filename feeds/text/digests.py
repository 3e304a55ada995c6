"""Digests: what changed is told by comparing them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def digest_bytes(data: bytes) -> str:
    """The hex SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()


def digest(*parts: str | bytes) -> str:
    """A hex SHA-256 over the parts. Where a part ends is part of it: ("a", "bc") differs from ("ab", "c")."""
    return digest_all(parts)


def digest_all(parts: Iterable[str | bytes]) -> str:
    """As `digest`, of parts that come one by one."""
    sha = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        sha.update(b"%d:" % len(data))
        sha.update(data)
    return sha.hexdigest()
