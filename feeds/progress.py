"""How long work reports its progress; showing that to a person is somebody else's business."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with a stage's name, how many are done, and of how many."""


def no_progress(stage: str, done: int, total: int) -> None:
    """Show nothing."""
