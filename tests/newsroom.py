"""A newsroom in a folder, for tests that walk the whole road: seeds, settings, and the `feeds` command over them."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import feedparser

from feeds.cli import main
from tests.processes import WAIT_SECONDS

ROOT = Path(__file__).parent.parent
SEED = ROOT / "seeds" / "000_2c6fd2c944a69364.txt"
PAGE = (ROOT / "tests/data/journeys/page.txt").read_text(encoding="utf-8")
BASE = "https://example.org/"
NOW = "2026-01-01T12:00:00Z"
COMMAND = [sys.executable, "-W", "error", "-m", "feeds"]
SETTINGS = f"""\
[site]
title = "Blatt"
base_url = "{BASE}"
id = "blatt"

[[sources]]
name = "seeds"
folder = "seeds"
layout = "belta"
"""


class Run(NamedTuple):
    """What a run of the command answered."""

    code: int
    out: str
    err: str

    @property
    def told(self) -> str:
        """All that it printed."""
        return self.out + self.err


class Terminal(io.StringIO):
    """A person at a terminal, who types an answer: what `sys.stdin` is then."""

    def isatty(self) -> bool:
        """It is one."""
        return True


@dataclass(frozen=True, slots=True)
class Newsroom:
    """A folder with `config.toml`, `seeds/`, and what the command makes there."""

    folder: Path

    @classmethod
    def make(cls, folder: Path, settings: str = SETTINGS, *, real_seed: bool = False) -> Newsroom:
        """A new newsroom; with the real article, or without a seed."""
        (folder / "seeds").mkdir(parents=True)
        (folder / "config.toml").write_text(settings, encoding="utf-8")
        if real_seed:
            shutil.copy(SEED, folder / "seeds")
        return cls(folder)

    @property
    def public(self) -> Path:
        """The folder that is built."""
        return self.folder / "public"

    @property
    def library(self) -> Path:
        """The library's file."""
        return self.folder / ".feeds" / "library.sqlite"

    def packed_entry(self, identifier: str) -> bytes:
        """What the library keeps of a published article, compressed as it is."""
        with contextlib.closing(sqlite3.connect(self.library)) as connection:
            found: bytes = connection.execute("SELECT packed FROM entries WHERE article = ?", (identifier,)).fetchone()[
                0
            ]
            return found

    @property
    def ledger(self) -> Path:
        """The ledger's file."""
        return self.folder / "ledger.jsonl"

    def write(
        self,
        name: str,
        headline: str = "Brücke eröffnet",
        *,
        lead: str | None = None,
        rest: str = "Mehr dazu später.",
        category: str = "Politik",
        stamp: str = "25 Juni 2024, 14:05",
        **front: str,
    ) -> Path:
        """Write a page in the form of the first seed; further keywords become its front matter."""
        above = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in front.items())
        lead = lead or f"MINSK, 25. Juni (BelTA) – {headline}, so steht es fest."
        page = PAGE.format(category=category, stamp=stamp, headline=headline, lead=lead, rest=rest)
        path = self.folder / "seeds" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\n{above}---\n{page}" if above else page, encoding="utf-8")
        return path

    def configure(self, settings: str) -> None:
        """Write other settings."""
        (self.folder / "config.toml").write_text(settings, encoding="utf-8")

    def feeds(self, *args: str, env: dict[str, str] | None = None) -> Run:
        """Run the command in this process, in the newsroom's folder."""
        out, err = io.StringIO(), io.StringIO()
        with (
            contextlib.chdir(self.folder),
            _environment(env or {}),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            try:
                main(list(args))
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else 0
        return Run(code, out.getvalue(), err.getvalue())

    def build(self, *args: str, now: str = NOW, env: dict[str, str] | None = None) -> Run:
        """Run `feeds build`."""
        return self.feeds("build", "--now", now, *args, env=env)

    def build_well(self, *args: str, now: str = NOW) -> Run:
        """Run `feeds build`, which must succeed."""
        run = self.build(*args, now=now)
        assert run.code == 0, run.told
        return run

    def spawn(self, *args: str, env: dict[str, str] | None = None) -> Run:
        """Run the command as a process of its own, as a shell does."""
        return self._spawn(COMMAND, *args, env=env)

    def spawn_code(self, code: str, *args: str) -> Run:
        """Run some Python code as a process of its own, in the newsroom's folder."""
        return self._spawn([COMMAND[0], "-c", code], *args)

    def _spawn(self, command: Sequence[str], *args: str, env: dict[str, str] | None = None) -> Run:
        done = subprocess.run(
            [*command, *args],
            cwd=self.folder,
            env={**os.environ, **(env or {})},
            capture_output=True,
            timeout=WAIT_SECONDS,
            check=False,
        )
        return Run(done.returncode, done.stdout.decode(), done.stderr.decode())

    def copy_to(self, folder: Path) -> Newsroom:
        """Another machine: the same seeds, settings and ledger, without library and output."""
        shutil.copytree(self.folder, folder, ignore=shutil.ignore_patterns(".feeds", "public"))
        return Newsroom(folder)

    def site(self) -> dict[str, bytes]:
        """Every file that is published, by its path below the output folder, the manifest among them."""
        return {
            path.relative_to(self.public).as_posix(): path.read_bytes()
            for path in sorted(self.public.rglob("*"))
            if path.is_file()
        }

    def entries(self, feed: str = "") -> list[Any]:
        """The entries of an Atom feed, by its slug, as feedparser reads them."""
        return list(self.parse(feed).entries)

    def parse(self, feed: str = "") -> Any:
        """An Atom feed, by its slug, as feedparser reads it."""
        parsed = feedparser.parse((self.public / feed / "atom.xml").read_bytes())
        assert not parsed.bozo, parsed
        return parsed

    def ids(self, feed: str = "") -> dict[str, str]:
        """Headline -> id of the entries of a feed."""
        return {entry.title: entry.id for entry in self.entries(feed)}

    def lines(self) -> list[dict[str, Any]]:
        """The lines of the ledger that are articles."""
        rows = map(json.loads, self.ledger.read_text(encoding="utf-8").splitlines())
        return [row for row in rows if "keys" in row]


@contextlib.contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
