"""Joining a document from its shell and the rendered bytes of its entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shell:
    """A document without entries: what comes before them, between two of them, and after them."""

    head: bytes
    tail: bytes
    between: bytes = b""

    def join(self, entries: Iterable[bytes]) -> bytes:
        """The whole document. Entries without bytes in this format, such as tombstones outside Atom, are left out."""
        return b"".join((self.head, self.between.join(filter(None, entries)), self.tail))
