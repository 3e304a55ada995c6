"""Builds that are killed: `python -m benchmarks.soak_builds` (300 kills), or `--kills 8` for a short form.

A newsroom is edited and published, and runs are killed with SIGKILL at any moment: before a file is opened, renamed or
removed, or after some time. What is in the folder then must be whole and lead nowhere where nothing is, and the next
build must give the same bytes as one from scratch with the same ledger.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.edits import Choice, Newsroom
from feeds.check.tree import check_tree
from feeds.cli import main as run_feeds

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
BETWEEN_DOCUMENTS = frozenset({"id-conflict", "entry-lost", "chain-unreached", "chain-current"})
"""Rules on what documents say together: some may be new already and some old still."""
EVENTS = frozenset({"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir"})
OWN = (".feeds-manifest.json", ".feeds-hosting.json", ".feeds-journal")
Tree = dict[str, bytes]


@dataclass(slots=True)
class Soak:
    """What was done and seen."""

    kills: int = 0
    runs: int = 0
    compared: int = 0
    documents: int = 0
    edits: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    def note(self, problem: str) -> None:
        """Keep a problem; a few are enough to see what it is."""
        if len(self.problems) < 20:
            self.problems.append(problem)


@dataclass(slots=True)
class Killer:
    """Runs the command in children that are killed, and knows how long a whole run takes."""

    folder: Path
    choice: Choice
    events: int = 100
    seconds: float = 0.3

    def run(self, *arguments: str, kill: bool) -> int | None:
        """Run the command; its exit code, or None where it was killed."""
        by_event = self.choice.below(2) == 0
        limit = 1 + self.choice.below(self.events) if kill and by_event else 0
        after = self.seconds * self.choice.below(1000) / 1000 if kill and not by_event else None
        start = time.monotonic()
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reader)
            _run_child(self.folder, arguments, limit, writer)
        os.close(writer)
        if after is not None:
            time.sleep(after)
            # It may have ended by itself: it is nobody else's number until it is waited for.
            os.kill(child, signal.SIGKILL)
        with os.fdopen(reader) as pipe:
            told = pipe.read()
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            return None
        if not kill:
            self.events, self.seconds = max(int(told), 20), time.monotonic() - start
        return os.WEXITSTATUS(status)


def _run_child(folder: Path, arguments: tuple[str, ...], limit: int, writer: int) -> None:
    """Run the command in this process, which ends with it, or before its event number `limit`."""
    count = 0
    inside = str(folder)

    def watch(event: str, values: tuple[Any, ...]) -> None:
        nonlocal count
        if event not in EVENTS or not str(values[0]).startswith(inside):
            return
        if event == "open" and not values[2] & (os.O_WRONLY | os.O_RDWR):
            return
        count += 1
        if count == limit:
            os.kill(os.getpid(), signal.SIGKILL)

    code = 99
    try:
        log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(log, 1)
        os.dup2(log, 2)
        os.chdir(folder)
        sys.addaudithook(watch)
        run_feeds([*arguments, "--config", str(folder / "config.toml")])
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os.write(writer, str(count).encode())
        os._exit(code)


def soak(folder: Path, kills: int, *, seed: int = 1) -> Soak:
    """Kill so many runs in a newsroom in a folder, and look at what they leave."""
    for name in ("publish.run", "cli.build", "cli.withdraw", "cli.restore", "cli.erase"):
        importlib.import_module(f"feeds.{name}")
    seen, choice, now = Soak(), Choice(seed), START
    newsroom = Newsroom(folder / "room", choice)
    killer = Killer(newsroom.folder, choice)
    public = newsroom.folder / "public"
    before: Tree = {}
    while seen.kills < kills and not seen.problems:
        now += timedelta(hours=1 + choice.below(12))
        for _ in range(1 + choice.below(4)):
            seen.edits[newsroom.edit(now)] += 1
        middle: list[Tree] = []
        doubts: list[tuple[str, str]] = []
        commands: list[str] = []
        while True:
            command, *more = _choose_command(newsroom.folder, choice)
            commands.append(command)
            seen.runs += 1
            if killer.run(command, *more, "--now", now.isoformat(), kill=True) is not None:
                break
            seen.kills += 1
            tree = load_tree(public)
            doubts += _judge_killed(seen, before, tree, now)
            middle.append(tree)
            if choice.below(3):
                break
        if is_edited := choice.below(3) == 0:
            seen.edits[newsroom.edit(now)] += 1
        ledger = newsroom.folder / "ledger.jsonl"
        known = ledger.read_bytes() if ledger.exists() else None
        code = killer.run("build", "--now", now.isoformat(), kill=False)
        whole = load_tree(public)
        _compare(seen, newsroom.folder, folder / "scratch", ledger=known, now=now, code=code)
        _judge_whole(seen, whole, now)
        for name, doubt in doubts:
            # What goes leads to what goes in circles: something goes first.
            if name in whole:
                seen.note(doubt)
        # Of an order and what came after it, each gave a state of its own.
        if not is_edited and (len(commands) == 1 or {*commands} == {"build"}):
            for tree in middle:
                _judge_halves(seen, before, tree, whole)
        before = whole
    return seen


def _choose_command(folder: Path, choice: Choice) -> tuple[str, ...]:
    """Mostly a build; sometimes an order for an article of the ledger."""
    ledger = folder / "ledger.jsonl"
    kind = choice.below(12)
    if kind < 3 and ledger.exists():
        lines = [json.loads(line) for line in ledger.read_text(encoding="utf-8").splitlines()]
        articles = [line for line in lines if "keys" in line]
        if articles:
            article = choice.of(articles)
            order = "restore"
            if article.get("order") != "withdraw":
                order = choice.of(("withdraw", "withdraw", "erase"))
            return (order, article["id"], *(("--yes",) if order == "erase" else ()))
    return ("build", "--compress") if kind == 3 else ("build",)


def load_tree(folder: Path) -> Tree:
    """Every file below a folder, by its path; folders that are empty with a slash."""
    tree: Tree = {}
    for place in folder.rglob("*"):
        name = place.relative_to(folder).as_posix()
        if place.is_file():
            tree[name] = place.read_bytes()
        elif not any(place.iterdir()):
            tree[f"{name}/"] = b""
    return tree


def _published(tree: Tree) -> Tree:
    """What readers can ask for."""
    return {
        name: body
        for name, body in tree.items()
        if not name.endswith((".feeds-tmp", ".gz", ".br", ".zst", "/")) and name.rpartition("/")[2] not in OWN
    }


def _judge_killed(seen: Soak, before: Tree, tree: Tree, now: datetime) -> list[tuple[str, str]]:
    """Nothing that was there has changed; or all that is new is there too, and nothing leads to what isn't.

    Gives what leads to what isn't there, and what is said of it: it is wrong unless it is to go itself.
    """
    old, now_there = _published(before), _published(tree)
    if all(now_there.get(name) == body for name, body in old.items()):
        seen.left["as it was" if old.keys() == now_there.keys() else "new files that nothing leads to yet"] += 1
        return []
    seen.left["partly new"] += 1
    return _judge(seen, now_there, now, but=BETWEEN_DOCUMENTS)


def _judge_whole(seen: Soak, tree: Tree, now: datetime) -> None:
    strays = [name for name in tree if name.endswith((".feeds-tmp", ".feeds-journal", "/", ".gz", ".br", ".zst"))]
    if strays:
        seen.note(f"left behind: {strays[:5]}")
    for _, doubt in _judge(seen, _published(tree), now, but=frozenset()):
        seen.note(doubt)


def _judge(seen: Soak, tree: Tree, now: datetime, *, but: frozenset[str]) -> list[tuple[str, str]]:
    """Note what is wrong; what leads nowhere is given, each with its file."""
    doubts: list[tuple[str, str]] = []
    loaders = {name: (lambda body=body: body) for name, body in tree.items()}
    seen.documents += len(tree)
    for objection in check_tree(loaders, base_url="https://blatt.example/", now=now):
        if objection.level == "error" and objection.rule not in but:
            told = f"{objection.path}: {objection.what} ({objection.rule}): {objection.text}"
            if objection.rule == "missing-page":
                doubts.append((objection.path, told))
            else:
                seen.note(told)
    return doubts


def _judge_halves(seen: Soak, before: Tree, tree: Tree, after: Tree) -> None:
    """Each document is whole old or whole new."""
    for name, body in _published(tree).items():
        if body not in (before.get(name), after.get(name)) and name in after:
            seen.note(f"{name}: neither as before nor as after the run that was killed")


def _compare(seen: Soak, room: Path, scratch: Path, *, ledger: bytes | None, now: datetime, code: int | None) -> None:
    """The build gave the bytes, the ledger and the exit code of one from scratch."""
    shutil.rmtree(scratch, ignore_errors=True)
    shutil.copytree(room / "seeds", scratch / "seeds")
    shutil.copy(room / "config.toml", scratch)
    if ledger is not None:
        (scratch / "ledger.jsonl").write_bytes(ledger)
    other = Killer(scratch, Choice(0)).run("build", "--now", now.isoformat(), kill=False)
    seen.compared += 1
    if other != code:
        seen.note(f"exit code {code}, from scratch {other}: {(room / 'log').read_text(encoding='utf-8')[-1000:]}")
    ours, theirs = load_tree(room / "public"), load_tree(scratch / "public")
    ours["ledger.jsonl"], theirs["ledger.jsonl"] = ((place / "ledger.jsonl").read_bytes() for place in (room, scratch))
    for name in sorted(ours.keys() | theirs.keys()):
        if ours.get(name) != theirs.get(name):
            seen.note(f"{name}: another than from scratch")


@contextlib.contextmanager
def _make_folder(kept: Path | None) -> Iterator[Path]:
    if kept is None:
        with tempfile.TemporaryDirectory() as name:
            yield Path(name).resolve()
    else:
        kept.mkdir(parents=True)
        yield kept.resolve()


def main() -> None:
    """Run it as the command line asks, and say what was seen; exit code 1 where something was wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak_builds")
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1, help="another run of edits and kills")
    parser.add_argument("--folder", type=Path, help="keep the newsroom, in a folder that is made")
    asked = parser.parse_args()
    start = time.monotonic()
    with _make_folder(asked.folder) as folder:
        seen = soak(folder, asked.kills, seed=asked.seed)
    print(f"{seen.kills} of {seen.runs} runs killed, in {time.monotonic() - start:.0f} s; edits: {dict(seen.edits)}")
    print(f"they left the folder: {dict(seen.left)}; {seen.documents} documents checked")
    print(f"{seen.compared} builds compared with one from scratch")
    for problem in seen.problems:
        print(f"wrong: {problem}")
    sys.exit(1 if seen.problems else 0)


if __name__ == "__main__":
    main()
