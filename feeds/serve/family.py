"""Child processes: each ends with its parent, however that ends, and leaves Ctrl-C to the parent."""

from __future__ import annotations

import multiprocessing
import os
import threading


def stay_with_parent() -> None:
    """Leave the terminal's process group, and make this process end as soon as the one that started it is gone.

    A parent killed with SIGKILL can tell nobody. But `multiprocessing` gives every child the end of a pipe whose
    other end the parent holds open for as long as it lives, on every system.
    """
    os.setpgid(0, 0)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent,), name="parent", daemon=True).start()


def _follow(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    # Nothing to save: the library is consistent at any moment, and nobody waits for answers in flight any more.
    os._exit(1)
