"""How long pages that are made to cost take to read: the shapes that the tests read, and pages by chance.

The limit is 50 ms for 100 kB. Prints the slowest of the shapes by processor time, the best of three turns each. The
others are the tests' pages, blown up to 100 kB by repeating and cutting parts of them, and by tags that aren't closed.
"""

from __future__ import annotations

import contextlib
import json
import time
import timeit
from functools import partial
from pathlib import Path
from random import Random  # noqa: TID251 (seeded: the same pages every time)
from statistics import median

from feeds.errors import SeedError
from feeds.parse import parse_page_bytes

SHAPES = Path(__file__).parent.parent / "tests" / "data" / "parse" / "hostile.json"
PAGES = sorted((SHAPES.parent / "html").glob("*.html"))
MUTANTS = 400
TAGS = b"<div> <p> </div> <table><tr><td> <article> <b><i> <!-- <font> <br><br> <nav> <h1> <ul><li>".split(b" ")
LENGTH = 100_000
LIMIT = 50
SHOWN = 12


def main() -> None:
    took: list[tuple[float, str]] = []
    for shape in json.loads(SHAPES.read_text(encoding="utf-8")):
        unit: str = shape["unit"]
        count = LENGTH // len(unit)
        middle = "".join(unit % number for number in range(count)) if "%d" in unit else unit * count
        start = "" if "path" in shape else "<!DOCTYPE html><html lang=de>"
        data = f"{start}{shape['head']}{middle}{shape['tail']}".encode()
        took.append((measure(data, shape.get("path", "a.html")), shape["name"]))
    took.sort(reverse=True)
    print(f"{'':44}{'ms for 100 kB':>14}")
    for milliseconds, name in took[:SHOWN]:
        print(f"{name:44}{milliseconds:14.0f}")
    print(f"within {LIMIT} ms: {sum(milliseconds <= LIMIT for milliseconds, _ in took)} of {len(took)} shapes")
    chance = Random(0)  # noqa: S311 (no secret)
    mutants = sorted(measure(mutate(chance)) for _ in range(MUTANTS))
    within = sum(milliseconds <= LIMIT for milliseconds in mutants)
    print(f"within {LIMIT} ms: {within} of {MUTANTS} pages by chance")
    print(f"half of them within {median(mutants):.0f} ms, all within {mutants[-1]:.0f}")


def mutate(chance: Random) -> bytes:
    data = bytearray(chance.choice(PAGES).read_bytes() or b"<p>")
    while len(data) < LENGTH:
        at = chance.randrange(len(data))
        kind = chance.random()
        if kind < 0.1:
            del data[at : at + chance.randint(1, 300)]
            data += b"<p>"
        elif kind < 0.15:
            data[at:at] = chance.choice(TAGS) * chance.randint(1, 100)
        else:
            start = chance.randrange(len(data))
            data[at:at] = data[start : start + chance.randint(1, 6_000)]
    return bytes(data)


def measure(data: bytes, path: str = "a.html") -> float:
    """The milliseconds that 100 kB of it take."""
    best = min(timeit.repeat(partial(read, data, path), number=1, repeat=3, timer=time.process_time))
    return best * 1e3 / len(data) * LENGTH


def read(data: bytes, path: str) -> None:
    with contextlib.suppress(SeedError):
        parse_page_bytes(data, path=path, source=None, zone="Europe/Berlin", language="de")
