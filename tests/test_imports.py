"""A run imports what it needs: what costs much and what most runs don't use is left where it is."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import contextlib, sys
from feeds.cli import main
with contextlib.suppress(SystemExit):
    main({args!r})
print(*sorted(sys.modules), file=sys.stderr)
"""
READING = {"feeds.parse", "feeds.dates.finder", "feeds.dates.parser", "ftfy", "charset_normalizer", "trafilatura"}


def modules_of(args: list[str], folder: str) -> set[str]:
    program = [sys.executable, "-c", PROGRAM.format(args=args)]
    done = subprocess.run(program, cwd=folder, capture_output=True, text=True, timeout=60, check=True)
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(
    ("args", "left"),
    [
        (["--version"], READING | {"feeds.config", "sqlalchemy", "pydantic", "feedgen", "jinja2"}),
        (["build", "--now", "2026-01-01T00:00:00Z"], READING | {"flask", "granian", "rich", "yaml"}),
    ],
)
def test_a_run_with_nothing_to_read_imports_no_reader(
    tmp_path_factory: pytest.TempPathFactory, args: list[str], left: set[str]
) -> None:
    folder = tmp_path_factory.mktemp("room")
    (folder / "seeds").mkdir()
    found = modules_of(args, str(folder))
    assert "feeds.cli" in found
    assert not found & left
