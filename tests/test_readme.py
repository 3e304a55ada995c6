"""What README.md and docs/ show works: every `feeds` command runs, every table of settings is read."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from feeds.cli import COMMANDS
from feeds.config import Config, parse_config
from tests.newsroom import NOW, ROOT, Newsroom

NOTES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(?P<language>\w*)[^\n]*\n(?P<text>.*?)^```", re.MULTILINE | re.DOTALL)
SHELLS = {"", "sh", "bash", "console", "shell"}
# These end only when they are told to, or ask the network: that they are written rightly is all that is tested.
ONLY_PARSED = {"serve"}
FILE = re.compile(r"`((?:feeds|tests|benchmarks|docs|deploy|examples|seeds)/[\w./-]*)`")
TABLE = re.compile(
    r"^\s*\[\[?\s*(?:site|library|output|feeds|sources|categories|redirects|serve|gate|check|rules)\b", re.MULTILINE
)


class Shown(NamedTuple):
    """Something that a note shows: where, and its text."""

    where: str
    text: str


def find_blocks(languages: set[str]) -> list[Shown]:
    found = []
    for note in NOTES:
        text = note.read_text(encoding="utf-8")
        for block in BLOCK.finditer(text):
            line = text.count("\n", 0, block.start()) + 2
            if block["language"] in languages:
                found.append(Shown(f"{note.relative_to(ROOT)}:{line}", block["text"]))
    return found


def find_commands() -> list[Shown]:
    lines = [
        Shown(block.where, line.strip().removeprefix("$ ").partition("  #")[0].strip())
        for block in find_blocks(SHELLS)
        for line in block.text.replace("\\\n", " ").splitlines()
    ]
    return [line for line in lines if re.match(r"(?:\S*/)?feeds\s+[a-z-]", line.text)]


COMMANDS_SHOWN = find_commands()
TABLES_SHOWN = [block for block in find_blocks({"toml"}) if TABLE.search(block.text)]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """A copy of what a reader of the README has before him, once built."""
    folder = tmp_path_factory.mktemp("checkout") / "feeds"
    folder.mkdir()
    for name in ("seeds", "examples", "config.toml", "ledger.jsonl"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    newsroom = Newsroom(folder)
    newsroom.build_well(now=NOW)
    # What a line of git wrote that a note shows before.
    (folder / "changed.list").write_text("config.toml\0", encoding="utf-8")
    return newsroom


def expand(words: list[str], folder: Path) -> list[str]:
    """The words with patterns of files replaced by the files, as a shell does."""
    found = []
    for word in words:
        files = [str(path.relative_to(folder)) for path in sorted(folder.glob(word))] if "*" in word else []
        found += files or [word]
    return found


@pytest.mark.parametrize("shown", COMMANDS_SHOWN, ids=lambda shown: f"{shown.where} {shown.text}")
def test_a_command_that_a_note_shows_runs(checkout: Newsroom, shown: Shown) -> None:
    words = shlex.split(re.split(r"\s(?:\||>|&&)", shown.text)[0])[1:]
    if words[0].startswith("-"):
        return
    assert words[0] in COMMANDS, f"{shown.where}: no such command"
    if words[0] in ONLY_PARSED:
        words.append("--help")
    run = checkout.feeds(*expand(words, checkout.folder))
    assert run.code == 0, f"{shown.where}: {run.told}"


@pytest.mark.parametrize("shown", TABLES_SHOWN, ids=lambda shown: shown.where)
def test_settings_that_a_note_shows_are_read(shown: Shown) -> None:
    assert isinstance(parse_config(shown.text, Path(shown.where)), Config)


def test_files_that_a_note_names_are_there() -> None:
    named = [(note.name, name) for note in NOTES for name in FILE.findall(note.read_text(encoding="utf-8"))]
    assert len(named) > 10
    assert not [f"{note}: {name}" for note, name in named if not (ROOT / name).exists()]


def test_settings_that_a_note_names_are_there() -> None:
    """`[site] id` and `[feeds] max_age_seconds`: a table and a key of it, side by side in code."""
    for note in NOTES:
        for table, key in re.findall(r"`\[(\w+)\] (\w+)", note.read_text(encoding="utf-8")):
            model = Config.model_fields.get(table)
            assert model is not None, f"{note.name}: [{table}]"
            if model.annotation is not None and hasattr(model.annotation, "model_fields"):
                assert key in model.annotation.model_fields, f"{note.name}: [{table}] {key}"
