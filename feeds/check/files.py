"""Files as the check reads them: none beyond the limit, and none that nobody writes."""

from __future__ import annotations

import errno
import os
import select
from pathlib import Path
from typing import Final

from feeds.check.text import MAX_BYTES

SILENCE_SECONDS: Final = 30.0
"""How long a pipe may keep silent, as long as an address has for its answer."""
_PIECE_BYTES: Final = 1 << 16


def read_file(path: Path) -> bytes:
    """What a file or a pipe holds; of one beyond the limit no more than shows that it is.

    Raises OSError, and of its kind TimeoutError where nothing more comes out of a pipe that nobody has closed.
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
    # Without the flag, opening a pipe waits for who writes into it.
    return os.open(path, flags | os.O_NONBLOCK)
