"""Processes beside the tests: waiting for what they do, and whether they run."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

WAIT_SECONDS = 300
"""Longest wait for something that takes some seconds, and never long: the machine may be thirty times slower."""


def wait_until(condition: Callable[[], bool], what: str) -> None:
    """Wait for a condition. What it asks must be all that is asserted next, unless that can't come later."""
    deadline = time.monotonic() + WAIT_SECONDS
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def is_running(pid: int) -> bool:
    """Whether a process has not ended; one that nobody has waited for has."""
    try:
        os.kill(pid, 0)
        # Where there is no such file, the system tells of ended processes by themselves.
        return not Path("/proc/self").exists() or find_state(pid) != "Z"
    except (ProcessLookupError, FileNotFoundError):
        # The second where it ends while it is looked at.
        return False


def find_state(pid: int) -> str:
    """The letter for what a process does, as proc(5) has it."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
