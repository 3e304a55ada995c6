"""Digests: what changed is told by comparing them."""

from __future__ import annotations

import hashlib


def digest_bytes(data: bytes) -> str:
    """The hex SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()


def digest(*parts: str | bytes) -> str:
    """A hex SHA-256 over the parts. Where a part ends is part of it: ("a", "bc") differs from ("ab", "c")."""
    sha = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        sha.update(b"%d:" % len(data))
        sha.update(data)
    return sha.hexdigest()
