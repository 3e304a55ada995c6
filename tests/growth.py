"""How the time of some work grows with its size, whatever else the machine does meanwhile."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

TRIES = 10
LEAST_SECONDS = 0.0005
"""Added to the time of the smaller work, since clocks and the start of any work are of that order."""


def grows_at_most(factor: float, small: Callable[[], object], large: Callable[[], object]) -> bool:
    """Whether some work takes less than `factor` times as long as a smaller one.

    What else runs can only add to the time of a process, so the least of several tries counts; they end as soon as it
    is small enough. Where the work itself grows faster, none of them is.
    """
    fast, slow = min(measure(small) for _ in range(3)), math.inf
    for _ in range(TRIES):
        fast, slow = min(fast, measure(small)), min(slow, measure(large))
        if slow < factor * (fast + LEAST_SECONDS):
            return True
    return False


def measure(work: Callable[[], object]) -> float:
    """Seconds of this process's CPU time that some work takes."""
    started = time.process_time()
    work()
    return time.process_time() - started
