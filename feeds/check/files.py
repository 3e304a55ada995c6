"""Reading files for the check, with limits on size, and on waiting for pipes."""

from __future__ import annotations

import errno
import os
import select
from pathlib import Path
from typing import Final

from feeds.check.text import MAX_BYTES

SILENCE_SECONDS: Final = 30.0
"""How long to wait for data from a pipe: as long as for the answer of an address."""
_PIECE_BYTES: Final = 1 << 16


def read_file(path: Path) -> bytes:
    """The content of a file or a pipe, cut one byte beyond MAX_BYTES.

    Raises OSError, and its subclass TimeoutError where a pipe stays open and nothing more comes out of it.
    """
    pieces: list[bytes] = []
    size = 0
    with open(path, "rb", buffering=0, opener=_open_at_once) as file:
        while size <= MAX_BYTES:
            if not select.select([file], [], [], SILENCE_SECONDS)[0]:
                raise TimeoutError(errno.ETIMEDOUT, f"nothing came out of it for {SILENCE_SECONDS:g} seconds")
            piece: bytes | None = file.read(min(_PIECE_BYTES, MAX_BYTES + 1 - size))
            if piece == b"":
                break
            # None: another reader of the pipe was quicker.
            pieces.append(piece or b"")
            size += len(pieces[-1])
    return b"".join(pieces)


def _open_at_once(path: str, flags: int) -> int:
    # Without O_NONBLOCK, opening a pipe would wait for a writer.
    return os.open(path, flags | os.O_NONBLOCK)
