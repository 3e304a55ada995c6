"""A process measured from outside: wall time, CPU time and peak memory."""

from __future__ import annotations

import compileall
import os
import re
import subprocess
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

SAMPLE_SECONDS = 0.02
_ANONYMOUS = re.compile(r"^RssAnon:\s+(\d+) kB", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds and bytes of a process and those that it started and waited for.

    `resident` is the peak of the largest of them (ru_maxrss), in which pages of mapped files count; `anonymous` the
    peak of what all held together without those, sampled, or None where the system doesn't tell.
    """

    wall: float
    cpu: float
    resident: int
    anonymous: int | None


def keep_compiled(folder: Path) -> None:
    """Compile the modules below a folder, and let the processes that are measured keep what else they compile.

    An installed program has it so, and a caller's environment may forbid it: then each run would compile again.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compileall.compile_dir(folder, quiet=1)


def measure(*command: str, folder: Path) -> Cost:
    """What a command costs, run in a folder. Raises CalledProcessError."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    samples: list[int] = []
    done = threading.Event()
    sampler = threading.Thread(target=_sample, args=(process.pid, samples, done))
    sampler.start()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    done.set()
    sampler.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    anonymous = max(samples, default=None)
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, anonymous)


def find_least(costs: Iterable[Cost]) -> Cost:
    """The least of each figure: what else runs on the machine only adds."""
    costs = list(costs)
    anonymous = [cost.anonymous for cost in costs if cost.anonymous is not None]
    return Cost(
        min(cost.wall for cost in costs),
        min(cost.cpu for cost in costs),
        min(cost.resident for cost in costs),
        min(anonymous, default=None),
    )


def _sample(process: int, samples: list[int], done: threading.Event) -> None:
    while not done.wait(SAMPLE_SECONDS):
        if found := sum(_read_anonymous(each) for each in _list_tree(process)):
            samples.append(found)


def _list_tree(process: int) -> Iterable[int]:
    yield process
    for child in _read(f"/proc/{process}/task/{process}/children").split():
        yield from _list_tree(int(child))


def _read_anonymous(process: int) -> int:
    found = _ANONYMOUS.search(_read(f"/proc/{process}/status"))
    return int(found[1]) * 1024 if found else 0


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8", errors="replace")
    except OSError:
        # It has ended meanwhile, or this is no Linux.
        return ""
