"""Ctrl-C while the program is being imported: no traceback, whoever looks."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

STOPPED = """
import builtins, os, signal, sys
real = builtins.__import__
def stop(name, *rest):
    if name == "click":
        os.kill(os.getpid(), signal.SIGINT)
    return real(name, *rest)
builtins.__import__ = stop
signal.signal(signal.SIGINT, {before})
from feeds.__main__ import main
sys.argv = ["feeds", "--version"]
main()
"""


@pytest.mark.parametrize(("before", "code"), [("signal.default_int_handler", -signal.SIGINT), ("signal.SIG_IGN", 0)])
def test_an_interrupt_during_the_start_ends_it_in_silence(before: str, code: int) -> None:
    command = [sys.executable, "-c", STOPPED.format(before=before)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == code
    assert run.stderr == ""
    assert bool(run.stdout) == (code == 0)
