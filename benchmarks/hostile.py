"""How long markup that is made to cost takes to read: the shapes that the tests read, at 100 kB each.

The limit is 50 ms for 100 kB. Prints the slowest by processor time, the best of three turns each.
"""

from __future__ import annotations

import json
import time
import timeit
from functools import partial
from pathlib import Path

from feeds.parse import parse_page_bytes

SHAPES = Path(__file__).parent.parent / "tests" / "data" / "parse" / "hostile.json"
LENGTH = 100_000
LIMIT = 50
SHOWN = 12


def main() -> None:
    took: list[tuple[float, str]] = []
    for shape in json.loads(SHAPES.read_text(encoding="utf-8")):
        unit: str = shape["unit"]
        count = LENGTH // len(unit)
        middle = "".join(unit % number for number in range(count)) if "%d" in unit else unit * count
        data = f"<!DOCTYPE html><html lang=de>{shape['head']}{middle}{shape['tail']}".encode()
        best = min(timeit.repeat(partial(read, data), number=1, repeat=3, timer=time.process_time))
        took.append((best * 1e3 / len(data) * LENGTH, shape["name"]))
    took.sort(reverse=True)
    print(f"{'':44}{'ms for 100 kB':>14}")
    for milliseconds, name in took[:SHOWN]:
        print(f"{name:44}{milliseconds:14.0f}")
    print(f"within {LIMIT} ms: {sum(milliseconds <= LIMIT for milliseconds, _ in took)} of {len(took)} shapes")


def read(data: bytes) -> None:
    parse_page_bytes(data, path="a.html", source=None, zone="Europe/Berlin", language="de")
