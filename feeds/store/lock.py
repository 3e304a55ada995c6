"""Locks between processes: `flock` on a file, whose text says who holds it.

The system frees the lock of a process that ended, however it ended: only a process that runs can hold one. The file
stays, and means nothing by itself.
"""

from __future__ import annotations

import errno
import fcntl
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from feeds.errors import FeedsError
from feeds.ownership import find_owner, give, make_folder, open_plainly

PAUSE_SECONDS = 0.05
"""How long to pause between two attempts."""
MAX_HOLDER_BYTES = 200
HINT = "wait for it, or stop it; nothing was changed"
MAKE_ROOM = "make room on its disk, or for larger files (ulimit -f), then run it again"
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
"""The errors of a disk that is full."""
_NO_LOCKS = frozenset({errno.EBADF, errno.EINVAL, errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP})
"""The errors of a folder that can't be locked at all."""
_handles: set[int] = set()


@contextmanager
def hold(path: Path, *, seconds: float, subject: Path, error: type[FeedsError], hint: str = HINT) -> Iterator[None]:
    """Hold the lock of a file, which is made where there is none; wait for another holder at most `seconds`.

    Raises `error` about `subject`, which says who holds it and what to do.
    """
    try:
        make_folder(path.parent)
        handle = _take(path, time.monotonic() + seconds)
    except BlockingIOError as held:
        raise error(f"is held by another run{tell_holder(path)}", path=str(subject), hint=hint) from held
    except OSError as failed:
        advice = f"check the permissions of {path}"
        if failed.errno in {*_FULL, errno.EFBIG}:
            advice = MAKE_ROOM
        elif isinstance(failed, (FileExistsError, NotADirectoryError)):
            advice = f"{path.parent} is to be a folder: move what is there elsewhere"
        raise error(f"can't be locked: {failed.strerror}", path=str(subject), hint=advice) from failed
    _handles.add(handle)
    try:
        yield
    finally:
        # A forked child has let it go.
        if handle in _handles:
            _handles.discard(handle)
            os.ftruncate(handle, 0)
            os.close(handle)


@contextmanager
def hold_folder(folder: Path, *, seconds: float, error: type[FeedsError]) -> Iterator[None]:
    """Hold the lock of a folder itself, against runs of other projects, which lock other files; wait as `hold` does.

    Raises `error`. On file systems without such locks, as on some network drives, nothing is held.
    """
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    _handles.add(handle)
    try:
        try:
            _wait(handle, time.monotonic() + seconds)
        except BlockingIOError as held:
            raise error("is written by another run, of another project", path=str(folder), hint=HINT) from held
        except OSError as failed:
            if failed.errno not in _NO_LOCKS:
                raise error(f"can't be locked: {failed.strerror}", path=str(folder), hint=HINT) from failed
        yield
    finally:
        if handle in _handles:
            _handles.discard(handle)
            os.close(handle)


def _take(path: Path, end: float) -> int:
    """A handle of the file that holds its lock. Raises BlockingIOError where another holds it until the end."""
    while True:
        # Not inherited: a child that outlives this process would keep holding the lock.
        handle = open_plainly(path, os.O_RDWR | os.O_CREAT)
        try:
            give(handle, find_owner(path.parent))
            _wait(handle, end)
            if _is_at(handle, path):
                os.ftruncate(handle, 0)
                _sign(handle)
                return handle
        except OSError:
            os.close(handle)
            raise
        # Its folder was deleted meanwhile: the next process would lock another file.
        os.close(handle)


def _sign(handle: int) -> None:
    """Write who holds a lock; on a full disk it is held all the same, by nobody knows whom."""
    try:
        os.pwrite(handle, _name_holder().encode()[:MAX_HOLDER_BYTES], 0)
    except OSError as error:
        if error.errno not in _FULL:
            raise


def lacks_room(error: FeedsError) -> bool:
    """Whether a full disk or one that is read-only is why something can't be written, which may pass."""
    cause = error.__cause__
    return isinstance(cause, OSError) and cause.errno in {*_FULL, errno.EROFS}


def _wait(handle: int, end: float) -> None:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= end:
                raise
            time.sleep(PAUSE_SECONDS)
        else:
            return


def _is_at(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _name_holder() -> str:
    command = " ".join(["feeds", *sys.argv[1:2]])
    return f"process {os.getpid()} on {os.uname().nodename}: {command}\n"


def tell_holder(path: Path) -> str:
    """Who holds a lock, in brackets with a space before them; empty where nobody does, or nobody can tell."""
    if not is_held(path):
        return ""
    text = path.read_bytes()[:MAX_HOLDER_BYTES].decode(errors="replace").strip()
    return f" ({text})" if text else ""


def is_held(path: Path) -> bool:
    """Whether a process holds the lock of a file, as far as can be told."""
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        pass
    return False


def _let_go() -> None:
    """Close inherited handles after a fork: a child shares its parent's locks for as long as it has them open."""
    for handle in _handles:
        os.close(handle)
    _handles.clear()


os.register_at_fork(after_in_child=_let_go)
