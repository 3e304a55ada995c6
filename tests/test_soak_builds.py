"""A short form of `make soak` for builds, in a process of its own: it forks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.processes import WAIT_SECONDS

ROOT = Path(__file__).parent.parent


def test_killed_builds_leave_what_the_next_one_needs(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.soak_builds", "--kills", "8", "--folder", str(tmp_path / "soak")]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=4 * WAIT_SECONDS, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
