"""A run imports what it needs: what costs much and what most runs don't use is left where it is."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.processes import WAIT_SECONDS

PROGRAM = """
import contextlib, sys
from feeds.cli import main
with contextlib.suppress(SystemExit):
    main({args!r})
print(*sorted(sys.modules), file=sys.stderr)
"""
SEEDS = Path(__file__).parent.parent / "seeds"
READING = {"feeds.parse", "feeds.dates.finder", "feeds.dates.parser", "ftfy", "charset_normalizer", "trafilatura"}


def modules_of(args: list[str], folder: str) -> set[str]:
    program = [sys.executable, "-c", PROGRAM.format(args=args)]
    done = subprocess.run(program, cwd=folder, capture_output=True, text=True, timeout=WAIT_SECONDS, check=True)
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(
    ("args", "left"),
    [
        (["--version"], READING | {"feeds.config", "sqlite3", "pydantic", "feedgen", "jinja2"}),
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


def test_a_page_that_a_layout_recognises_imports_no_other_reader(tmp_path: Path) -> None:
    shutil.copytree(SEEDS, tmp_path / "seeds")
    found = modules_of(["build", "--now", "2026-01-01T00:00:00Z"], str(tmp_path))
    assert "feeds.parse.layouts.belta" in found
    assert not found & {
        "feeds.dates.grammar",
        "feeds.parse.general",
        "feeds.parse.stamps.evidence",
        "feeds.parse.html",
        "feeds.parse.markdown.document",
    }
    # What is published is checked, and nothing is fetched, nor a whole site read.
    assert "feeds.check.rendered" in found
    assert not found & {"feeds.check.answer", "feeds.check.fetching", "feeds.check.tree", "http.client", "xml.sax"}
