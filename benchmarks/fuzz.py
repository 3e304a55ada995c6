"""Any bytes are an article or a reason, as text, HTML and Markdown: `make fuzz`, ten minutes with atheris.

The first byte of an input chooses what its name says it is. The seeds are the pages that the tests read. What is found
stays in .fuzz/ (crash-*, timeout-*); each becomes a case in tests/data/parse/.
"""

from __future__ import annotations

import importlib
import logging
import pkgutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
NAMES: Final = ("page.txt", "page.html", "page.md", "page")
SUFFIXES: Final = {".txt": 0, ".html": 1, ".md": 2}
MAX_LENGTH: Final = 20_000
SECONDS: Final = 600
SLOWEST_SECONDS: Final = 5
"""A page of MAX_LENGTH bytes takes 10 ms; the fuzzer's instrumentation some fifty times that."""


def make_reader() -> Callable[[bytes], None]:
    """What reads an input as a page, and raises what must not be raised."""
    from feeds.errors import SeedError
    from feeds.parse import parse_page_bytes

    def read(data: bytes) -> None:
        if not data:
            return
        name = NAMES[data[0] % len(NAMES)]
        try:
            reading = parse_page_bytes(data[1:], path=name, source=None, zone="Europe/Berlin", language="de")
        except SeedError:
            return
        named = bool(reading.reason) and reading.kind != "article"
        if (reading.article is None) != named:
            raise AssertionError(f"neither an article nor a reason: {reading.kind}")

    return read


def write_seeds(folder: Path) -> None:
    """The pages of the tests as inputs."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted((ROOT / "tests" / "data" / "parse").rglob("*")):
        if path.suffix in SUFFIXES and path.is_file():
            data = bytes([SUFFIXES[path.suffix]]) + path.read_bytes()[:MAX_LENGTH]
            (folder / f"{path.parent.name}-{path.name}").write_bytes(data)


def main() -> None:
    """Fuzz; further arguments are libFuzzer's."""
    # In no lock file: it has no wheels for all platforms, and only this run needs it.
    atheris = importlib.import_module("atheris")
    logging.disable(logging.CRITICAL)
    folder = ROOT / ".fuzz"
    write_seeds(folder / "seeds")
    (folder / "found").mkdir(exist_ok=True)
    with atheris.instrument_imports(include=["feeds"]):
        for name in ("feeds.dates", "feeds.parse"):
            package = importlib.import_module(name)
            for module in pkgutil.walk_packages(package.__path__, f"{name}."):
                importlib.import_module(module.name)
    limits = [f"-max_len={MAX_LENGTH}", f"-max_total_time={SECONDS}", f"-timeout={SLOWEST_SECONDS}"]
    places = [f"-artifact_prefix={folder}/", str(folder / "found"), str(folder / "seeds")]
    atheris.Setup([sys.argv[0], *limits, *sys.argv[1:], *places], make_reader())
    atheris.Fuzz()


if __name__ == "__main__":
    main()
