"""Progress of long work: a bar on a terminal, plain lines elsewhere, on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from feeds.progress import Progress

if TYPE_CHECKING:
    import rich.progress

QUIET_SECONDS = 1.0
"""Work that takes less shows nothing."""
LINE_SECONDS = 10.0
"""Where there is no terminal, a line each this many seconds."""


@contextmanager
def show_progress(tell: Callable[[str], None] | None = None) -> Iterator[Progress]:
    """A callback for stages of work: name of the stage, how many are done, of how many.

    With `tell`, the plain lines go there.
    """
    if tell is not None:
        yield _Lines(tell)
    elif sys.stderr.isatty():
        with _show_bar() as progress:
            yield progress
    else:
        yield _Lines(partial(print, file=sys.stderr, flush=True))


class _Lines:
    """Plain lines: one where a stage has taken a while, and one when it ends."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._started = self._told = time.monotonic()
        self._stage = ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if stage != self._stage:
            self._stage, self._started, self._told = stage, now, now
        ended = done == total > 0 and now - self._started > QUIET_SECONDS
        if ended or (total and now - self._told > LINE_SECONDS):
            self._told = now
            self._tell(f"{stage}: {done} of {total}")
        if done == total:
            # A server does the same stages again and again: the next one is as new as the first.
            self._stage = ""


@contextmanager
def _show_bar() -> Iterator[Progress]:
    started = time.monotonic()
    bars: dict[str, rich.progress.TaskID] = {}
    shown = None

    def progress(stage: str, done: int, total: int) -> None:
        nonlocal shown
        if not total:
            return
        if shown is None:
            if time.monotonic() - started < QUIET_SECONDS:
                return
            shown = _make_bar()
            shown.start()
        if stage not in bars:
            bars[stage] = shown.add_task(stage, total=total)
        shown.update(bars[stage], completed=done, total=total)

    try:
        yield progress
    finally:
        if shown is not None:
            shown.stop()


def _make_bar() -> rich.progress.Progress:
    # Costs 60 ms to import: only where a bar is shown.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Bar(*columns, console=Console(stderr=True), transient=True)
