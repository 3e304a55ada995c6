"""The work of a `feeds` command alone: everything that it imports is imported before the clock starts.

    python -m benchmarks.command RECORD build --now 2026-01-01T00:00:00Z

RECORD is a JSON file: the seconds of this run, and the modules that it imported. A first run writes it; what counts is
the second, which imports those modules beforehand. Nothing else is warm then: it is a new process.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import sys
import time
from pathlib import Path


def run(record: Path, arguments: list[str]) -> int:
    """Run the command and write the record; its exit code."""
    if record.exists():
        for name in json.loads(record.read_text(encoding="utf-8"))["modules"]:
            # Some are not importable by the name that they have.
            with contextlib.suppress(ImportError):
                importlib.import_module(name)
    from feeds.cli import run as run_program

    sys.argv = ["feeds", *arguments]
    start = time.perf_counter()
    try:
        run_program()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    seconds = time.perf_counter() - start
    modules = [name for name in sys.modules if name != "__main__"]
    record.write_text(json.dumps({"seconds": seconds, "modules": modules}), encoding="utf-8")
    return code


if __name__ == "__main__":
    raise SystemExit(run(Path(sys.argv[1]), sys.argv[2:]))
