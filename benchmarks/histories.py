"""Histories of texts that contradict each other: `python -m benchmarks.histories` (400 of them), part of `make soak`.

After each step a run with a library is compared with one without: from the ledger before that step, which must give the
same, and from the ledger that was just written, which must change nothing. What fails is reduced to its smallest form.
Only what is ingested is compared, a tenth of the work; tests/journeys/test_any_history.py compares whole sites.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from benchmarks.edits import Choice
from feeds.config import load_config
from feeds.ingest.run import ingest
from feeds.ingest.work import Run
from feeds.store import Library, ask, open_library
from feeds.workers import Workers

START: Final = datetime(2026, 1, 1, 12, tzinfo=UTC)
SETTINGS: Final = """\
[site]
title = "Blatt"
base_url = "https://blatt.example/"
id = "blatt"

[[sources]]
name = "seeds"
folder = "seeds"
layout = "belta"

[[rules]]
category = "Sport"
content = "{content}"
"""
PAGE: Final = (Path(__file__).parent.parent / "tests/data/journeys/page.txt").read_text(encoding="utf-8")
Page = dict[str, str]
"""What a file says: the front matter's `url` and `id`, where it has them, headline, stamp, lead, rest, and category.

Of the settings, what may be published of the category "Sport": `content`.
"""
OPTIONAL: Final = ("url", "id", "category", "content")
"""What a file need not say."""
Step = list[tuple[str, Page | None]]
"""Files that are written, and those that are removed (None)."""

FILES: Final = [f"{letter}.txt" for letter in "abcdef"]
ADDRESS: Final = "https://deu.belta.by/politics/view/neue-bruecke"
ADDRESSES: Final = [f"{ADDRESS}{end}/" for end in ("", "-a", "-65969-2024", "-65970-2024", "-b-65970-2024")]
IDS: Final = ["eins", "tag:blatt.example,2024:zwei", "drei", "urn:uuid:4"]
"""The last is none: what has it is refused by the check."""
RULED: Final = "config.toml"
"""The name of the settings among a step's files."""
HEADLINES: Final = ["Polizeibericht", "Neue Brücke ist offen", "Bücherei am Sonntag"]
STAMPS: Final = ["25 Juni 2024, 14:05", "25 Juni 2024, 10:00", "26 Juni 2024, 09:00"]
LEADS: Final = [
    "Ein Fahrrad wurde am Bahnhof gestohlen und später gefunden, wie die Wache mitteilte.",
    "Der Rat hat den Haushalt beschlossen, gegen die Stimmen zweier Fraktionen aus der Mitte.",
    "Am Morgen brannte eine Scheune, verletzt wurde niemand, der Schaden ist hoch.",
    "MINSK, 25. Juni (BelTA) – Die Brücke ist offen, so steht es fest.",
]
RESTS: Final = [
    "Mehr dazu später.",
    "Mehr steht nun fest.",
    "Nach zwei Jahren Bauzeit wurde gestern die neue Brücke über den Fluss feierlich freigegeben, sagte Bauamt.",
    "Unbekannte beschmierten eine Mauer hinter dem Rathaus, Zeugen werden um Hinweise gebeten, meldete Wache.",
]
MOST = 9
"""Files that a history of crawls has at once."""


def make_conflicts(choice: Choice, steps: int) -> Iterator[Step]:
    """Texts with few headlines, times, addresses and ids, so that many contradict each other."""
    there: set[str] = set()
    for _ in range(steps):
        step: Step = []
        for _ in range(choice.of([1, 1, 2, 3])):
            name = choice.of(FILES)
            if name in there and choice.below(5) == 0:
                there.discard(name)
                step.append((name, None))
                continue
            there.add(name)
            page = {"headline": choice.of(HEADLINES), "stamp": choice.of(STAMPS), "lead": choice.of(LEADS)}
            page["rest"] = choice.of(RESTS)
            if choice.below(2):
                page["url"] = choice.of(ADDRESSES)
            if choice.below(3) == 0:
                page["id"] = choice.of(IDS)
            if choice.below(3) == 0:
                page["category"] = "Sport"
            step.append((name, page))
        yield [*step, *_make_rule(choice)]


def make_crawls(choice: Choice, steps: int) -> Iterator[Step]:
    """A few articles, crawled again and again, with and without address and id, while they are corrected.

    Files are renamed, removed and put back; now and then one has another's address.
    """
    articles = [_make_article(choice, number) for number in range(3 + choice.below(3))]
    there: dict[str, tuple[int, Page]] = {}
    made = 0
    for _ in range(steps):
        step: Step = []
        for _ in range(choice.of([1, 1, 2, 3])):
            number, name = choice.below(len(articles)), choice.of(sorted(there)) if there else ""
            made += 1
            new = f"{choice.of('abcdefgh')}{made}.txt"
            match choice.below(10) if there else 0:
                case 0 | 1 | 2 | 3:
                    name, page = new, _crawl(choice, articles[number])
                case 4 | 5 | 6:
                    _correct(choice, articles[number], number)
                    same = [each for each in sorted(there) if there[each][0] == number]
                    name = choice.of(same) if same and choice.below(5) else new
                    page = _crawl(choice, articles[number])
                case 7:
                    number, page = there.pop(name)
                    step.append((name, None))
                    name = new
                case 8:
                    del there[name]
                    step.append((name, None))
                    continue
                case _:
                    number, page = there[name]
                    page = {**page, "rest": choice.of(RESTS)}
                    if choice.below(3) == 0:
                        page["url"] = choice.of(articles)["url"]
            if name in there or len(there) < MOST:
                there[name] = (number, page)
                step.append((name, page))
        yield [*step, *_make_rule(choice)]


HISTORIES: Final = {"conflicts": make_conflicts, "crawls": make_crawls}


def _make_rule(choice: Choice) -> Step:
    """Now and then other settings."""
    return [(RULED, {"content": choice.of(["none", "full"])})] if choice.below(8) == 0 else []


def _make_article(choice: Choice, number: int) -> Page:
    own = f"{ADDRESS}-{number}-6597{number}-2024/" if choice.below(5) < 2 else f"{ADDRESS}-{number}/"
    article = {"url": own, "stamp": choice.of(STAMPS), "rest": choice.of(RESTS)}
    article["headline"] = choice.of(HEADLINES) if choice.below(2) else f"Bericht Nummer {number}"
    article["lead"] = choice.of(LEADS) if choice.below(2) else f"Im Ort {number} ist einiges geschehen, so heißt es."
    if choice.below(3) == 0:
        article["id"] = choice.of([f"nr-{number}", IDS[-1]])
    if choice.below(4) == 0:
        article["category"] = "Sport"
    return article


def _crawl(choice: Choice, article: Page) -> Page:
    """A file of an article, perhaps without what only some crawls have."""
    left_out = {key for key in ("url", "id") if choice.below(5) < 2}
    return {key: value for key, value in article.items() if key not in left_out}


def _correct(choice: Choice, article: Page, number: int) -> None:
    key, values = choice.of(
        [
            ("headline", [*HEADLINES, f"Bericht Nummer {number}", f"Bericht Nummer {number} neu"]),
            ("stamp", STAMPS),
            ("lead", [LEADS[0], f"Im Ort {number} ist einiges geschehen.", f"Im Orte {number} geschah einiges."]),
            ("rest", RESTS),
            ("url", [f"{ADDRESS}-{number}-a/", f"{ADDRESS}-{number}-6598{number}-2024/"]),
            ("category", ["Politik", "Sport"]),
        ]
    )
    article[key] = choice.of(values)


def write_settings(folder: Path, *, content: str = "none") -> None:
    """Write the settings of a newsroom."""
    (folder / RULED).write_text(SETTINGS.format(content=content), encoding="utf-8")


def write_step(folder: Path, step: Step) -> None:
    """Write and remove the files of a step; `folder` is that of the seeds."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in step:
        if name == RULED:
            write_settings(folder.parent, **(page or {}))
            continue
        if page is None:
            (folder / name).unlink(missing_ok=True)
            continue
        front = "".join(f"{key}: {page[key]}\n" for key in ("url", "id") if key in page)
        said = {key: page[key] for key in ("headline", "stamp", "lead", "rest")}
        text = PAGE.format(category=page.get("category", "Politik"), **said)
        (folder / name).write_text(f"---\n{front}---\n{text}" if front else text, encoding="utf-8")


class _Room:
    """A folder with seeds, a ledger, and a library in memory."""

    def __init__(self, folder: Path, library: Library, workers: Workers) -> None:
        self.folder, self._library, self._workers = folder, library, workers

    def ingest(self, now: datetime) -> dict[str, Any]:
        """Ingest the seeds; what the ledger and the library then say, and what was wrong."""
        with self._library.write() as connection:
            config = load_config(self.folder / RULED)
            report = ingest(Run(connection, config, now, workers=self._workers), listing=None)
            queries = {
                "seeds": "SELECT path, article, state, reason FROM seeds ORDER BY path",
                "articles": "SELECT id, number, line, seed, headline, seen, updated FROM articles ORDER BY id",
                "entries": "SELECT article, packed FROM entries ORDER BY article",
            }
            said = {name: [tuple(row) for row in ask(connection, query)] for name, query in queries.items()}
        ledger = (self.folder / "ledger.jsonl").read_bytes()
        return {"ledger": ledger, "errors": sorted(map(str, report.errors)), **said}


def find_difference(history: list[Step]) -> str | None:
    """What runs without a library do otherwise after one of the steps; None where they agree after each."""
    with tempfile.TemporaryDirectory() as name, closing(Workers(1)) as workers, closing(open_library(None)) as library:
        folder, now, before = Path(name), START, b""
        room = _Room(folder / "room", library, workers)
        room.folder.mkdir()
        write_settings(room.folder)
        for number, step in enumerate(history):
            now += timedelta(hours=1)
            write_step(room.folder / "seeds", step)
            ours = room.ingest(now)
            for which, ledger in (("last", before), ("new", ours["ledger"])):
                theirs = _ingest_anew(folder / "other", room.folder, ledger, now, workers)
                if odd := [key for key, value in ours.items() if theirs[key] != value]:
                    return f"step {number}, from the {which} ledger: other {', '.join(odd)}"
            before = ours["ledger"]
    return None


def _ingest_anew(folder: Path, like: Path, ledger: bytes, now: datetime, workers: Workers) -> dict[str, Any]:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(like, folder)
    (folder / "ledger.jsonl").unlink()
    if ledger:
        (folder / "ledger.jsonl").write_bytes(ledger)
    with closing(open_library(None)) as library:
        return _Room(folder, library, workers).ingest(now)


def reduce_history(history: list[Step]) -> list[Step]:
    """The smallest form of a history in which something differs: each of its edits and front matters is needed."""
    while True:
        for smaller in _iterate_smaller(history):
            if find_difference(smaller) is not None:
                history = smaller
                break
        else:
            return history


def _iterate_smaller(history: list[Step]) -> Iterator[list[Step]]:
    for number, step in enumerate(history):
        before, after = history[:number], history[number + 1 :]
        yield [*before, *after]
        if after:
            yield [*before, [*step, *after[0]], *after[1:]]
        for place, (name, page) in enumerate(step):
            yield [*before, [*step[:place], *step[place + 1 :]], *after]
            for key in [key for key in OPTIONAL if key in (page or ())]:
                less = {other: value for other, value in (page or {}).items() if other != key}
                yield [*before, [*step[:place], (name, less), *step[place + 1 :]], *after]


def main() -> None:
    """Compare as the command line asks, and say what differed; exit code 1 where something did."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.histories")
    parser.add_argument("--count", type=int, default=200, help="histories of each kind")
    parser.add_argument("--steps", type=int, default=10)
    parser.add_argument("--seed", type=int, default=0, help="the number of the first")
    asked = parser.parse_args()
    failed = 0
    for kind, make in HISTORIES.items():
        for seed in range(asked.seed, asked.seed + asked.count):
            history = list(make(Choice(seed), asked.steps))
            if (difference := find_difference(history)) is not None:
                failed += 1
                smallest = json.dumps(reduce_history(history), ensure_ascii=False, indent=1)
                print(f"{kind} {seed}: {difference}; the smallest form of it:\n{smallest}", flush=True)
        print(f"{kind}: {asked.count} histories of {asked.steps} steps", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
