"""Who owns the files that a run makes: where root works in another user's tree, that user.

A command that root runs once, beside a server that has a user of its own, would lock that user out of the library.
Whoever owns the tree may put links there, so none is followed: a file that it leads to is not theirs to be given.
"""

from __future__ import annotations

import contextlib
import os
import stat
from itertools import takewhile
from pathlib import Path

Owner = tuple[int, int]
"""The numbers of a user and of a group."""


def find_owner(folder: Path | str) -> Owner | None:
    """Whose what is made in a folder must be; None where that is a matter of course. Raises OSError."""
    if os.geteuid() != 0:
        return None
    status = os.stat(folder)  # noqa: PTH116 (a text or a path)
    return None if status.st_uid == 0 else (status.st_uid, status.st_gid)


def give(made: int | Path | str, owner: Owner | None) -> None:
    """Give a file or folder, or the file of a handle (`open_plainly`), to its owner, where this process may.

    A link is left as it is, and so is a file that has another name elsewhere.
    """
    if owner is None:
        return
    # On some file systems and in some containers root may not. What was made is of use all the same.
    with contextlib.suppress(OSError):
        if isinstance(made, int):
            if os.fstat(made).st_nlink <= 1:
                os.chown(made, *owner)
        else:
            status = os.lstat(made)
            if stat.S_ISDIR(status.st_mode) or (stat.S_ISREG(status.st_mode) and status.st_nlink == 1):
                os.chown(made, *owner, follow_symlinks=False)


def open_plainly(path: Path | str, flags: int) -> int:
    """A handle of a file, as the `opener` of `open` gives it; not of one that a link in its place leads to.

    Raises OSError.
    """
    return os.open(path, flags | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)


def make_folder(path: Path) -> None:
    """Make a folder and those above it, each of the same owner as the one that it is in. Raises OSError."""
    missing = list(takewhile(lambda folder: not folder.exists(), (path, *path.parents)))
    path.mkdir(parents=True, exist_ok=True)
    for folder in reversed(missing):
        give(folder, find_owner(folder.parent))


def write_text(path: Path, text: str) -> None:
    """Write a file, whole or not at all; it is its folder's owner's. Raises OSError."""
    temporary = path.with_name(f"{path.name}.tmp")
    with open(temporary, "w", encoding="utf-8", opener=open_plainly) as file:
        give(file.fileno(), find_owner(path.parent))
        file.write(text)
    temporary.replace(path)
