"""What building costs, beside a plain script of one regular expression and feedgen (`benchmarks.plain`).

    python -m benchmarks build            1,000 pages
    python -m benchmarks.build 10000      another number of them

CPU time of whole processes, Python's start and imports included, on one generated corpus, turn by turn: look at the
ratios. The script writes feeds and archives in two formats; `feeds build` writes three, a page for each article, the
ledger and the library, and checks the feeds.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks import corpus

ARTICLES = 1000
TURNS = 3
NOW = "2026-01-01T00:00:00Z"
CONFIG = """\
[site]
title = "Blatt"
base_url = "https://example.org/"

[feeds]
hours = 0

[[sources]]
name = "seeds"
folder = "seeds"
"""


def measure(*command: str, folder: Path) -> float:
    """CPU seconds, user and system, of a process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, *command], cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure_once(articles: int) -> dict[str, float]:
    """CPU seconds of each task, on a corpus of its own."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "config.toml").write_text(CONFIG, encoding="utf-8")
        write(folder, corpus.iterate_pages(articles))

        def build() -> float:
            return measure("-m", "feeds", "build", "--now", NOW, folder=folder)

        def add() -> float:
            write(folder, corpus.iterate_pages(1, start=articles))
            return build()

        def edit() -> float:
            write(folder, corpus.iterate_edits(articles, 1))
            return build()

        root = Path(__file__).parent.parent
        tasks: dict[str, Callable[[], float]] = {
            "plain script, from nothing": lambda: measure(
                "-m", "benchmarks.plain", str(folder / "seeds"), str(folder / "plain"), folder=root
            ),
            "feeds build, from nothing": build,
            "feeds build, nothing changed": build,
            "feeds build, one article new": add,
            "feeds build, one article edited": edit,
        }
        return {name: task() for name, task in tasks.items()}


def write(folder: Path, pages: Iterable[corpus.Page]) -> None:
    for page in pages:
        path = folder / "seeds" / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page.data)


def main(articles: int = ARTICLES) -> None:
    rounds = [measure_once(articles) for _ in range(TURNS if articles <= ARTICLES else 1)]
    best = {name: min(each[name] for each in rounds) for name in rounds[0]}
    script = best["plain script, from nothing"]
    print(f"{articles:,} articles; CPU seconds of whole processes, best of {len(rounds)}")
    for name, seconds in best.items():
        each = seconds / articles * 1e6
        print(f"{name:32} {seconds:7.2f} s {each:8.0f} µs an article {seconds / script:6.2f} of the script")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
