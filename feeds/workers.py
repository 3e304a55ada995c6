"""Work that needs nothing but its arguments, shared among processes if there is enough of it.

Results come in the order of what they are made of, so that the number of processes changes no byte. What is handed over
is small beside what is done with it (a page is read and parsed, an entry rendered and checked); the library, the
ledger and all that depends on order stay with the one main process.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeVar

from feeds.errors import FeedsError

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future
    from multiprocessing.process import BaseProcess

T = TypeVar("T")
R = TypeVar("R")

LEAST: Final = 2000
"""Other processes help with this many items or more: starting one costs as much as some hundred items."""
CHUNK: Final = 50
"""Items that are handed over at once."""
AHEAD: Final = 3
"""Chunks that may be under way for each worker: this bounds memory."""
MOST: Final = 4
"""Workers where the settings leave the number open: more would wait for the main process."""


class Workers:
    """The processes that help this one. With 1 it does everything by itself; 0 is one a core, up to a few."""

    def __init__(self, number: int = 1) -> None:
        self.number = number or min(MOST, count_cores())
        self._is_asked_for = number > 0
        self._executor: Executor | None = None
        self._is_busy = False

    def map(self, function: Callable[[T], R], items: Iterable[T], *, count: int, weight: int = 1) -> Iterator[R]:
        """`function` of each item, in order; its errors are raised here.

        `count` is about how many items there are; each takes as long as `weight` ordinary ones.
        """
        if self.number == 1 or count * weight < LEAST or (executor := self._start()) is None:
            return map(function, items)
        return self._share_out(executor, function, iter(items), chunk_size=max(1, CHUNK // weight))

    def close(self) -> None:
        """End the processes, without waiting for what is under way after an interrupt."""
        if self._executor is not None:
            self._executor.shutdown(wait=not self._is_busy, cancel_futures=True)
            self._executor = None

    def _share_out(
        self, executor: Executor, function: Callable[[T], R], items: Iterator[T], *, chunk_size: int
    ) -> Iterator[R]:
        from concurrent.futures import BrokenExecutor

        waiting: deque[Future[list[R]]] = deque()
        self._is_busy = True
        try:
            while chunk := list(islice(items, chunk_size)):
                waiting.append(executor.submit(_apply, function, chunk))
                if len(waiting) > AHEAD * self.number:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
            self._is_busy = False
        except BrokenExecutor as error:
            raise FeedsError(
                "a process that helped to build was killed, perhaps because memory ran out",
                hint="nothing was published; run it again, without helpers: [build] workers = 1",
            ) from error

    def _start(self) -> Executor | None:
        """The executor; None where the system can't have one, and the settings don't ask for it."""
        if self._executor is None:
            # Costs a fiftieth of a second to import, and most runs share out nothing.
            import multiprocessing
            from concurrent.futures import ProcessPoolExecutor

            try:
                # Not forked: a copy of this process would hold its locks and its connection to the library.
                context = multiprocessing.get_context("spawn")
                executor = ProcessPoolExecutor(self.number, mp_context=context, initializer=_set_up)
                with _leaving_out_interrupts():
                    for _ in range(self.number):
                        executor.submit(_do_nothing)
                self._executor = executor
            except (ImportError, NotImplementedError, OSError) as error:
                # No semaphores, as in some sandboxes.
                if self._is_asked_for:
                    raise FeedsError(
                        f"this system can't start processes that help to build: {error}",
                        hint="build without them: [build] workers = 1",
                    ) from error
        return self._executor


def count_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _leaving_out_interrupts() -> Iterator[None]:
    """Start processes that never get Ctrl-C, not even while they start: it is for the main process."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _do_nothing() -> None:
    """A task that makes a process start."""


def _apply(function: Callable[[T], R], chunk: list[T]) -> list[R]:
    return [function(item) for item in chunk]


def _set_up() -> None:
    """In each process: leave interrupts to the main process, and end with it."""
    # Also where it was started from another thread than the main one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()


def end_with_parent() -> None:
    """Make this process end as soon as the one that started it through `multiprocessing` is gone.

    A parent killed with SIGKILL can tell nobody. But each child gets the end of a pipe whose other end the parent holds
    open for as long as it lives, on every system.
    """
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent,), name="parent", daemon=True).start()


def stay_with_parent() -> None:
    """The same for a process that serves, which also leaves the terminal's process group: Ctrl-C is for its parent."""
    os.setpgid(0, 0)
    end_with_parent()


def _follow(parent: BaseProcess) -> None:
    parent.join()
    # Nothing to save: what is under way is undone, and nobody waits for it any more.
    os._exit(1)
