"""How long work tells how far it is; who shows it to a person, and how, is not its business."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with a stage's name, how many are done, and of how many."""


def no_progress(stage: str, done: int, total: int) -> None:
    """Show nothing."""
