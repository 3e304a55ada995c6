"""How long a page takes to read, beside a bare read, a prototype that only finds the stamp, and trafilatura.

All in one run, turn by turn, so that a busy machine slows down everyone alike: look at the ratios. The best of many
short turns counts. trafilatura reads no plain text, so it gets the same lines as paragraphs of HTML.
"""

from __future__ import annotations

import re
import tempfile
import timeit
from collections.abc import Callable
from html import escape
from pathlib import Path

import trafilatura

from benchmarks.corpus import iterate_pages, write_pages
from feeds.parse import parse_page_bytes

PAGES = 40
TURNS = 40
STAMP = re.compile(r"\d{1,2} [^\W\d_]{3,9} \d{4}, \d{1,2}:\d{2}")
FRONT = b'---\nurl: "https://deu.belta.by/politics/view/bericht-%d-2024"\n---\n'
BELTA_LIMIT, GENERAL_LIMIT = 60, 400
"""Microseconds a page on one core of a machine of 2024."""


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_pages(folder, iterate_pages(PAGES))
        paths = sorted(folder.rglob("*.txt"))
        pages = [path.read_bytes() for path in paths]
        addressed = [FRONT % number + data for number, data in enumerate(pages)]
        general = [make_general(data) for data in pages]
        markup = [make_markup(data) for data in general]
        tasks: dict[str, Callable[[], object]] = {
            "bare read of the file": lambda: [path.read_bytes().decode() for path in paths],
            "lines and stamp only": lambda: [find_stamp(data) for data in pages],
            "BelTA page": lambda: [read(data) for data in pages],
            "BelTA page with address": lambda: [read(data) for data in addressed],
            "general page": lambda: [read(data) for data in general],
            "general page as HTML": lambda: read(markup[0], "page.html"),
            "trafilatura": lambda: trafilatura.extract(markup[0].decode()),
        }
        best = dict.fromkeys(tasks, float("inf"))
        for turn in range(TURNS):
            for task_name, task in tasks.items():
                single = task_name in {"trafilatura", "general page as HTML"}
                if single and turn % 8:
                    continue
                took = timeit.timeit(task, number=1) * 1e6 / (1 if single else PAGES)
                best[task_name] = min(best[task_name], took)
    size = sum(map(len, pages)) // PAGES
    print(f"pages of {size} bytes on average")
    print(f"{'':26}{'µs a page':>10}{'to a bare read':>16}")
    for task_name, microseconds in best.items():
        print(f"{task_name:26}{microseconds:10.1f}{microseconds / best['bare read of the file']:16.1f}")
    print(f"BelTA page:   {best['BelTA page']:.0f} µs (at most {BELTA_LIMIT})")
    print(f"general page: {best['general page']:.0f} µs (at most {GENERAL_LIMIT})")
    print(f"as fast as trafilatura: {best['trafilatura'] / best['general page']:.0f} times")


def read(data: bytes, path: str = "page.txt") -> object:
    return parse_page_bytes(data, path=path, source=None, zone="Europe/Berlin", language="de")


def find_stamp(data: bytes) -> str | None:
    """What any reader of such pages must at least do."""
    lines = [line.strip() for line in data.decode().split("\n")]
    return next((line for line in lines if STAMP.fullmatch(line)), None)


def make_general(data: bytes) -> bytes:
    """The same text as another site would show it: a menu, a headline, a byline, a stamp, the text, a footer."""
    lines = [line for line in data.decode().split("\n") if line.strip()]
    at = next(number for number, line in enumerate(lines) if STAMP.fullmatch(line.strip()))
    headline, *text = lines[at + 1 :]
    head = ["Startseite", "Lokales", "Sport", headline, "Von Erika Muster", f"Stand: {lines[at]} Uhr"]
    return "\n\n".join([*head, *text, "Mehr zum Thema", "Anderes", "Impressum"]).encode()


def make_markup(data: bytes) -> bytes:
    lines = [line for line in data.decode().split("\n") if line.strip()]
    body = "\n".join(f"<p>{escape(line)}</p>" for line in lines[5:])
    return f"<!doctype html><html><body><article><h1>{escape(lines[3])}</h1>{body}</article></body></html>".encode()


if __name__ == "__main__":
    main()
