"""The ingester's rounds, without a server around them."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest

from feeds.cli.serve import Options, run_ingester
from feeds.config import Config, load_config
from feeds.errors import FeedsError, LibraryError
from feeds.ingest.report import Report
from feeds.ingest.seeds.unfinished import QUIET_SECONDS
from feeds.progress import no_progress
from feeds.serve import ingestion
from feeds.serve.ingestion import Ingester
from feeds.serve.operation import Operation
from feeds.serve.run_folder import declare_settings, list_run_folders, open_run_folder
from feeds.serve.watching import Reason, Watch, stamp_file
from feeds.site import GENERATION
from feeds.store import Library, open_library
from feeds.store.lock import hold, tell_holder
from tests.connections import is_closed, note_connections
from tests.newsroom import SETTINGS, Newsroom
from tests.processes import WAIT_SECONDS, wait_until

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class Told:
    """What the ingester told: one word a round."""

    rounds: list[str] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    """The settings that were read again."""

    def ingested(self, config: Config, report: Report, changed: list[str]) -> None:  # noqa: ARG002 (the interface)
        self.rounds.append("well" if changed else "unchanged")

    def reread(self, config: Config) -> None:
        assert config.path is not None
        self.read.append(config.path.name)

    def failed(self, error: FeedsError) -> None:
        self.rounds.append(error.what)

    def warn(self, error: FeedsError) -> None:
        self.rounds.append(error.what)


Step = Reason | Callable[[], None]
"""A reason for a round, or what is done before the next one."""


class Reasons:
    """A watch that gives reasons one after the other, then ends the run."""

    def __init__(self, *steps: Step) -> None:
        self._steps: Iterator[Step] = iter(steps)

    def wait(self, seconds: float, *, generation: str | None) -> Reason:
        step = next(self._steps)
        if callable(step):
            step()
            return self.wait(seconds, generation=generation)
        return step

    def open(self, library: Library) -> None:
        """Nothing is watched."""

    def follow(self, config: Config) -> None:
        """Nothing is watched."""


def run(ingester: Ingester, *reasons: Step) -> None:
    """Let an ingester make a round at once, and one for each reason."""
    with pytest.raises(StopIteration):
        ingester.run(cast("Watch", Reasons(*reasons)))


def test_a_library_that_others_still_hold_is_opened_when_they_let_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom = Newsroom.make(tmp_path / "room", real_seed=True)
    config = load_config(newsroom.folder / "config.toml")
    opened: list[Path | None] = []

    def open_later(path: Path | None) -> Library:
        opened.append(path)
        if len(opened) in {2, 3}:
            raise LibraryError("can't be opened", path=str(path))
        return open_library(path)

    monkeypatch.setattr(ingestion, "open_library", open_later)
    told = Told()
    ingester = Ingester(config, lambda: config, lambda: NOW, told, no_progress, Operation(tmp_path, lambda: NOW))
    with note_connections() as made:
        run(ingester, "library", "time", "time")
    assert told.rounds == ["well", "can't be opened", "can't be opened", "unchanged"]
    assert all(map(is_closed, made))


def test_old_packs_are_removed_while_no_other_fills_or_removes_any(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom = Newsroom.make(tmp_path / "room", real_seed=True)
    config = load_config(newsroom.folder / "config.toml")
    lock = newsroom.library.with_name("library.sqlite-lock")
    holders: list[str] = []
    monkeypatch.setattr(ingestion, "remove_old_packs", lambda *_: holders.append(tell_holder(lock)))
    told = Told()
    ingester = Ingester(config, lambda: config, lambda: NOW, told, no_progress, Operation(tmp_path, lambda: NOW))
    run(ingester)
    assert told.rounds == ["well"]
    assert f"process {os.getpid()} on " in holders[0]


def test_what_others_make_between_a_round_and_the_wait_for_changes_is_seen(tmp_path: Path) -> None:
    """As of a build that waited for the round's end: with another base URL, its documents are not the server's."""
    newsroom = Newsroom.make(tmp_path / "room", real_seed=True)
    config = load_config(newsroom.folder / "config.toml")
    open_library(config.library.database).close()
    watch = Watch(config, read=stamp_file(config.path))
    patience = threading.Timer(WAIT_SECONDS, watch.wake)

    class Meddling(Told):
        """Changes documents as soon as the first round has told of itself, and ends the second."""

        def ingested(self, config: Config, report: Report, changed: list[str]) -> None:
            super().ingested(config, report, changed)
            if len(self.rounds) > 1:
                raise StopIteration
            with closing(sqlite3.connect(newsroom.library)) as library, library:
                library.execute("UPDATE facts SET value = value + 1 WHERE name = ?", (GENERATION,))

    told = Meddling()
    ingester = Ingester(config, lambda: config, lambda: NOW, told, no_progress, Operation(tmp_path, lambda: NOW))
    patience.start()
    with pytest.raises(StopIteration):
        ingester.run(watch)
    assert patience.is_alive(), "only the timer has ended the wait"
    patience.cancel()
    watch.close()
    assert told.rounds == ["well", "unchanged"]


def test_a_round_is_due_when_the_site_will_be_another_by_itself(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room")
    newsroom.write("a.txt", "Von morgen", stamp="24 Juni 2024, 11:00", updated="2099-01-01 12:00")
    config = load_config(newsroom.folder / "config.toml")
    ingester = Ingester(config, lambda: config, lambda: NOW, Told(), no_progress, Operation(tmp_path, lambda: NOW))
    run(ingester)
    assert ingester.due == datetime(2098, 12, 31, 9, tzinfo=UTC)


@dataclass
class Clock:
    """One that is set by hand, in seconds."""

    seconds: float = 0.0

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self.seconds)


@dataclass
class Room:
    """A newsroom with an ingester, and what it told and published."""

    newsroom: Newsroom
    ingester: Ingester
    told: Told
    clock: Clock
    health: list[tuple[bool, str]] = field(default_factory=list)

    def run(self, *reasons: Step) -> None:
        run(self.ingester, *reasons)

    def build(self) -> None:
        """A person's build that isn't asked to be careful."""
        self.newsroom.build_well("--output", "elsewhere")

    def pass_by(self, seconds: float) -> None:
        """Let time pass."""
        self.clock.seconds += seconds

    def wait(self) -> None:
        """Until what is gone, and no more is, counts as gone."""
        self.pass_by(QUIET_SECONDS)

    def note_health(self) -> None:
        self.health.append(self.ingester.operation.is_healthy())

    def titles(self) -> set[str]:
        """The headlines of what the library publishes."""
        with closing(sqlite3.connect(self.newsroom.library)) as library:
            rows = library.execute("SELECT headline FROM articles WHERE seed IS NOT NULL AND withdrawn = 0").fetchall()
        return {headline for (headline,) in rows}


def make_room(folder: Path, settings: str = SETTINGS) -> Room:
    newsroom = Newsroom.make(folder / "room", settings)
    for name in ("Eins", "Zwei", "Drei"):
        newsroom.write(f"{name}.txt", f"{name} ist da")
    path = newsroom.folder / "config.toml"
    told = Told()
    clock = Clock()
    operation = Operation(folder, clock.now)
    ingester = Ingester(load_config(path), lambda: load_config(path), clock.now, told, no_progress, operation)
    return Room(newsroom, ingester, told, clock)


ALL_THREE = {"Eins ist da", "Zwei ist da", "Drei ist da"}


def test_a_source_that_lost_all_its_texts_stops_the_round_until_they_are_back(tmp_path: Path) -> None:
    """As where a volume is not mounted: the empty mount point is there."""
    room = make_room(tmp_path)
    seeds = room.newsroom.folder / "seeds"

    def unmount() -> None:
        seeds.rename(tmp_path / "away")
        seeds.mkdir()

    def mount() -> None:
        seeds.rmdir()
        (tmp_path / "away").rename(seeds)

    def look() -> None:
        assert room.titles() == ALL_THREE
        assert len(room.newsroom.lines()) == 3
        assert all("left" not in line for line in room.newsroom.lines())

    room.run(room.note_health, unmount, "change", room.note_health, look, "time", look, mount, "time", room.note_health)
    what = "sources.0.folder: the source 'seeds' has no text any more, and had 3 texts"
    assert room.told.rounds == ["well", what, what, "unchanged"]
    path = room.newsroom.folder / "config.toml"
    assert room.health == [(True, "ok"), (False, f"{path}:8: {what}"), (True, "ok")]
    assert room.ingester.operation.failed_rounds == 2


def test_a_source_that_is_meant_to_be_empty_is_so_after_a_build(tmp_path: Path) -> None:
    room = make_room(tmp_path)
    room.run()
    for path in (room.newsroom.folder / "seeds").iterdir():
        path.unlink()
    room.run(room.build, "change")
    assert room.told.rounds[1].endswith("has no text any more, and had 3 texts")
    assert room.told.rounds[2] in {"well", "unchanged"}
    assert room.titles() == set()


def test_a_library_made_again_takes_no_article_from_readers_where_no_source_has_a_text(tmp_path: Path) -> None:
    """As after a new version of the program, which makes it again, or where it is lost together with the volume."""
    room = make_room(tmp_path)
    room.run()
    before = room.newsroom.lines()
    shutil.rmtree(room.newsroom.library.parent)
    seeds = room.newsroom.folder / "seeds"
    seeds.rename(tmp_path / "away")
    seeds.mkdir()
    room.run(room.note_health)
    what = "sources.0.folder: no source has any text, and 3 articles are published"
    assert room.told.rounds[1:] == [what]
    assert room.health[0][0] is False
    assert room.newsroom.lines() == before
    room.run(room.build, "change")
    assert room.told.rounds[2:] == [what, "unchanged"]
    assert room.titles() == set()


class Writing:
    """A room whose clock is set by hand, and files that are written at its instants."""

    def __init__(self, folder: Path) -> None:
        self.room = make_room(folder)

    @property
    def seconds(self) -> float:
        return self.room.clock.seconds

    @seconds.setter
    def seconds(self, seconds: float) -> None:
        self.room.clock.seconds = seconds

    def write(self, name: str, rest: str = "Mehr dazu später.") -> None:
        self.room.newsroom.write(name, f"{Path(name).stem} ist da", rest=rest)
        self._date(name)

    def move(self, old: str, new: str) -> None:
        """As git does: the old file goes, and a new one comes."""
        seeds = self.room.newsroom.folder / "seeds"
        (seeds / new).write_bytes((seeds / old).read_bytes())
        (seeds / old).unlink()
        self._date(new)

    def _date(self, name: str) -> None:
        written = int((NOW.timestamp() + self.seconds) * 1e9)
        os.utime(self.room.newsroom.folder / "seeds" / name, ns=(written, written))

    def look(self, seconds: float) -> set[str]:
        """What is published after a round at this time."""
        self.seconds = seconds
        # The first round is that of another ingester, which knows of no file that was left.
        library = open_library(self.room.newsroom.library)
        assert self.room.ingester._round(library)
        library.close()
        return self.room.titles()

    def write_always(self, seconds: range) -> list[float]:
        """Write a new text each second, with a round after it and one when it says; when the first was published."""
        seen: list[float] = []
        for second in seconds:
            self.seconds = float(second)
            self.write(f"neu{second}.txt")
            seen += [second] * any(title.startswith("neu") for title in self.look(second + 0.3))
        return seen[:1]

    def due(self) -> float:
        """When the next round is due."""
        assert self.room.ingester.due is not None
        return (self.room.ingester.due - NOW).total_seconds()


def test_a_file_that_is_being_written_is_left_until_it_is_quiet_and_others_are_not(tmp_path: Path) -> None:
    writing = Writing(tmp_path)
    assert writing.look(0.3) == ALL_THREE
    writing.seconds = 1.0
    writing.write("Vier.txt")
    writing.write("Fünf.txt")
    writing.seconds = 2.0
    writing.write("Vier.txt", "Mehr dazu hier.")
    assert writing.look(2.5) == ALL_THREE
    assert writing.due() == 3.0
    assert writing.look(3.0) == {*ALL_THREE, "Fünf ist da"}
    assert writing.due() == 4.0
    assert writing.look(4.0) == {*ALL_THREE, "Vier ist da", "Fünf ist da"}
    assert writing.room.ingester.due is None
    assert all("corrected" not in line for line in writing.room.newsroom.lines())


def test_an_article_is_as_it_was_while_its_file_is_saved_again_and_again(tmp_path: Path) -> None:
    writing = Writing(tmp_path)
    writing.look(0)
    for seconds in (10.0, 11.0, 12.0, 13.0):
        writing.seconds = seconds
        writing.write("Eins.txt", f"Der Absatz um {seconds}.")
        assert writing.look(seconds + 0.2) == ALL_THREE
        assert all("corrected" not in line for line in writing.room.newsroom.lines())
    writing.look(15.0)
    corrected = [line["corrected"] for line in writing.room.newsroom.lines() if "corrected" in line]
    assert corrected == [["2026-01-01T00:00:15Z"]]


def test_a_file_that_is_written_to_without_end_is_read_after_a_time(tmp_path: Path) -> None:
    writing = Writing(tmp_path)
    writing.look(0)
    seen = {}
    for second in range(10, 80):
        writing.seconds = second
        writing.write("Vier.txt", f"Der Absatz um {second}.")
        seen[second] = "Vier ist da" in writing.look(second + 0.5)
    assert [second for second, is_there in seen.items() if is_there] == list(range(40, 80))
    # Once more after as long again, and not at each look.
    (line,) = [line for line in writing.room.newsroom.lines() if "corrected" in line]
    assert line["corrected"] == ["2026-01-01T00:01:11Z"]


def test_a_file_that_gets_another_name_takes_its_article_from_nobody(tmp_path: Path) -> None:
    writing = Writing(tmp_path)
    writing.look(0)
    before = [(line["id"], line["places"]) for line in writing.room.newsroom.lines()]
    writing.seconds = 10.0
    writing.move("Eins.txt", "Neu.txt")
    assert writing.look(10.2) == ALL_THREE
    assert writing.due() == 12.2
    assert writing.look(12.2) == ALL_THREE
    assert [(line["id"], line["places"]) for line in writing.room.newsroom.lines()] == before
    with closing(sqlite3.connect(writing.room.newsroom.library)) as library:
        paths = {path for (path,) in library.execute("SELECT path FROM seeds")}
    assert paths == {"seeds/Neu.txt", "seeds/Zwei.txt", "seeds/Drei.txt"}


def test_what_is_deleted_goes_even_if_somebody_always_writes(tmp_path: Path) -> None:
    writing = Writing(tmp_path)
    writing.look(0)
    (writing.room.newsroom.folder / "seeds/Eins.txt").unlink()
    gone = []
    for second in range(10, 60):
        writing.seconds = second
        writing.write(f"n{second}.txt", f"Der Absatz um {second}.")
        gone.append("Eins ist da" not in writing.look(second + 0.5))
    assert gone == [False] * 30 + [True] * 20


def test_a_library_made_again_leaves_no_file_that_an_article_has(tmp_path: Path) -> None:
    writing = Writing(tmp_path)
    writing.look(0)
    before = writing.room.newsroom.lines()
    writing.seconds = 10.0
    writing.write("Eins.txt")
    shutil.rmtree(writing.room.newsroom.library.parent)
    assert writing.look(10.5) == ALL_THREE
    assert [line["id"] for line in writing.room.newsroom.lines()] == [line["id"] for line in before]
    assert all("left" not in line for line in writing.room.newsroom.lines())


@pytest.mark.parametrize("seconds", [-1e9, 40, 1e9])
def test_a_time_far_from_now_says_nothing(tmp_path: Path, seconds: float) -> None:
    writing = Writing(tmp_path)
    writing.look(0)
    writing.seconds = seconds
    writing.write("Vier.txt")
    assert writing.look(0) == {*ALL_THREE, "Vier ist da"}


@pytest.mark.parametrize("order", ["withdraw", "erase"])
def test_what_was_withdrawn_or_erased_may_lose_its_file(tmp_path: Path, order: str) -> None:
    room = make_room(tmp_path)

    def lose() -> None:
        for path in sorted((room.newsroom.folder / "seeds").iterdir()):
            more = ["--yes"] if order == "erase" else []
            done = room.newsroom.feeds(order, f"seeds/{path.name}", "--output", "elsewhere", *more)
            assert done.code == 0, done.told
            path.unlink()

    room.run(lose, "change")
    assert len(room.told.rounds) == 2
    assert room.told.rounds[1] in {"well", "unchanged"}


@pytest.mark.parametrize("new", ["moved", "another", "other size"])
def test_texts_may_move_to_another_source(tmp_path: Path, new: str) -> None:
    settings = f'{SETTINGS}\n[[sources]]\nname = "texte"\nfolder = "texte"\nlayout = "belta"\n'
    room = make_room(tmp_path, settings)
    texts = room.newsroom.folder / "texte"
    texts.mkdir()

    def move() -> None:
        for path in sorted((room.newsroom.folder / "seeds").iterdir()):
            path.rename(texts / (f"neu-{path.name}" if new == "another" else path.name))
        if new == "other size":
            for path in texts.iterdir():
                path.write_text(path.read_text(encoding="utf-8") + "\nUnd mehr.\n", encoding="utf-8")

    room.run(move, "change")
    assert room.told.rounds[-1] in {"well", "unchanged"}
    assert room.titles() == ALL_THREE


@pytest.mark.parametrize("other", ["keep", "another source", "one is left"])
def test_a_source_may_lose_texts_that_stay_published(tmp_path: Path, other: str) -> None:
    room = make_room(tmp_path, f'{SETTINGS}\n[feeds]\nvanished = "keep"\n' if other == "keep" else SETTINGS)

    def lose() -> None:
        first, *more = sorted((room.newsroom.folder / "seeds").iterdir())
        for path in more:
            path.unlink()
        if other != "one is left":
            first.unlink()
        if other == "another source":
            (tmp_path / "room/texte").mkdir()
            room.newsroom.write("../texte/neu.txt", "Vier ist da")
            room.newsroom.configure(SETTINGS.replace('"seeds"', '"texte"'))

    room.run(lose, "settings", "change")
    assert len(room.told.rounds) == 3
    assert set(room.told.rounds) <= {"well", "unchanged"}


NUMBERS = range(30)
MANY = {f"Nummer {number} ist da" for number in NUMBERS}


def make_large_room(folder: Path, max_removed: int) -> Room:
    """A room with thirty more texts."""
    room = make_room(folder, f"{SETTINGS}\n[gate]\nmax_removed = {max_removed}\n")
    for number in NUMBERS:
        room.newsroom.write(f"n{number:02}.txt", f"Nummer {number} ist da")
    return room


def test_a_source_that_loses_many_texts_at_once_stops_the_round_until_they_are_back(tmp_path: Path) -> None:
    room = make_large_room(tmp_path, 3)
    seeds, away = room.newsroom.folder / "seeds", tmp_path / "away"
    away.mkdir()

    def lose() -> None:
        for number in range(20):
            (seeds / f"n{number:02}.txt").rename(away / f"n{number:02}.txt")

    def bring_back() -> None:
        for path in away.iterdir():
            path.rename(seeds / path.name)

    def look() -> None:
        assert room.titles() == ALL_THREE | MANY
        assert all("left" not in line for line in room.newsroom.lines())

    room.run(lose, "change", room.note_health, look, "time", bring_back, "change", look, room.note_health)
    what = "sources.0.folder: the source 'seeds' has lost 20 of its 33 texts at once"
    assert room.told.rounds == ["well", what, what, "unchanged"]
    assert room.health == [(False, f"{room.newsroom.folder / 'config.toml'}:8: {what}"), (True, "ok")]
    # A person may mean it.
    room.run(lose, "change", room.build, "change", room.note_health)
    assert room.told.rounds[-2] == what
    assert room.titles() == ALL_THREE | {f"Nummer {number} ist da" for number in range(20, 30)}
    assert room.health[-1] == (True, "ok")


def test_fresh_texts_end_no_refusal_and_are_published_after_it(tmp_path: Path) -> None:
    """What may have been renamed is left for a moment while a fresh file waits, and is lost all the same."""
    room = make_large_room(tmp_path, 3)
    seeds, away = room.newsroom.folder / "seeds", tmp_path / "away"
    away.mkdir()
    fresh = int(NOW.timestamp() * 1e9)

    def lose() -> None:
        for number in range(20):
            (seeds / f"n{number:02}.txt").rename(away / f"n{number:02}.txt")

    def write(name: str, *, is_fresh: bool = True) -> None:
        room.newsroom.write(f"{name}.txt", f"{name} ist da")
        if is_fresh:
            os.utime(seeds / f"{name}.txt", ns=(fresh, fresh))

    def bring_back() -> None:
        for path in away.iterdir():
            path.rename(seeds / path.name)
        room.newsroom.write("Vier.txt", "Vier ist da")

    def look() -> None:
        room.note_health()
        assert room.titles() == ALL_THREE | MANY

    room.run(
        lambda: write("Alt", is_fresh=False),
        lose,
        lambda: write("Vier"),
        "change",
        look,
        lambda: write("Fünf"),
        "change",
        look,
        bring_back,
        "change",
    )
    what = "sources.0.folder: the source 'seeds' has lost 20 of its 33 texts at once"
    assert room.told.rounds == ["well", what, what, "well"]
    assert [is_well for is_well, _ in room.health] == [False, False]
    assert room.titles() == ALL_THREE | MANY | {"Alt ist da", "Vier ist da"}


def test_a_folder_that_can_not_be_listed_is_told_and_its_texts_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = make_large_room(tmp_path, 3)
    (room.newsroom.folder / "seeds/unten").mkdir()
    room.newsroom.write("unten/tief.txt", "Tief ist da")
    is_closed_now, open_real = [False], os.open
    followed: list[int] = []

    def open_unless_closed(path: str | Path, *args: Any, **more: Any) -> int:
        if is_closed_now[0] and str(path).endswith("seeds/unten"):
            raise PermissionError(13, "Permission denied")
        return open_real(path, *args, **more)

    def shut() -> None:
        is_closed_now[0] = True
        room.newsroom.write("Vier.txt", "Vier ist da")

    monkeypatch.setattr(os, "open", open_unless_closed)
    # What was closed when it looked is watched once it is open.
    monkeypatch.setattr(Reasons, "follow", lambda *_: followed.append(len(room.told.rounds)))
    errors: list[int] = []

    def note_errors() -> None:
        errors.append(room.ingester.operation.errors)

    def open_again() -> None:
        is_closed_now[0] = False

    room.run(
        shut, "change", room.note_health, note_errors, open_again, "change", room.note_health, note_errors, "change"
    )
    assert room.health == [(False, "seeds/unten: can't be listed: Permission denied"), (True, "ok")]
    assert errors == [1, 0]
    assert followed == [2]
    assert room.told.rounds == ["well", "well", "unchanged", "unchanged"]
    assert room.titles() == {*ALL_THREE, *MANY, "Tief ist da", "Vier ist da"}


def test_a_file_that_gets_another_name_while_it_is_written_is_no_loss(tmp_path: Path) -> None:
    room = make_large_room(tmp_path, 3)
    seeds = room.newsroom.folder / "seeds"
    fresh = int(NOW.timestamp() * 1e9)

    def rename() -> None:
        for path in sorted(seeds.iterdir()):
            new = path.with_name(f"neu-{path.name}")
            new.write_bytes(path.read_bytes())
            os.utime(new, ns=(fresh, fresh))
            path.unlink()

    room.run(rename, "change", room.note_health, room.wait, "change", room.note_health)
    # The second round came to nothing: what is written now may have the texts.
    assert room.told.rounds == ["well", "unchanged"]
    assert room.health == [(True, "ok"), (True, "ok")]
    assert room.titles() == ALL_THREE | MANY


def test_texts_that_come_again_changed_and_under_other_names_are_no_loss(tmp_path: Path) -> None:
    """As of a crawl with other names, or of a folder that was put in order: the articles find their files."""
    room = make_large_room(tmp_path, 3)
    seeds = room.newsroom.folder / "seeds"
    before: list[str] = []

    def crawl() -> None:
        before.extend(line["id"] for line in room.newsroom.lines())
        (seeds / "2026").mkdir()
        for path in sorted(seeds.glob("*.txt")):
            text = path.read_text(encoding="utf-8")
            (seeds / "2026" / f"neu-{path.name}").write_text(f"{text}\n", encoding="utf-8")
            path.unlink()

    room.run(crawl, "change", room.wait, "change", room.note_health)
    assert set(room.told.rounds) <= {"well", "unchanged"}
    assert room.health == [(True, "ok")]
    assert room.titles() == ALL_THREE | MANY
    assert [line["id"] for line in room.newsroom.lines()] == before
    assert all("left" not in line for line in room.newsroom.lines())


def test_texts_that_go_bit_by_bit_are_lost_at_once(tmp_path: Path) -> None:
    """As `rsync --delete` takes them."""
    room = make_large_room(tmp_path, 3)
    steps: list[Step] = []
    for number in range(20):
        steps += [
            partial((room.newsroom.folder / f"seeds/n{number:02}.txt").unlink),
            partial(room.pass_by, 0.2),
            "change",
        ]
    room.run(*steps, room.wait, "change", room.note_health)
    assert room.told.rounds[-1].endswith("has lost 20 of its 33 texts at once")
    assert not room.health[0][0]
    assert room.titles() == ALL_THREE | MANY
    assert all("left" not in line for line in room.newsroom.lines())


def test_an_order_publishes_no_loss_that_a_server_holds_back(tmp_path: Path) -> None:
    room = make_large_room(tmp_path, 3)

    def lose() -> None:
        for number in range(20):
            (room.newsroom.folder / f"seeds/n{number:02}.txt").unlink()

    def withdraw() -> None:
        done = room.newsroom.feeds("withdraw", "seeds/Eins.txt", "--output", "elsewhere")
        assert done.code == 0, done.told
        lost = "the source 'seeds' has lost 20 of its 33 texts at once"
        assert f"{lost}; an order takes nothing else from readers: they stay" in done.told

    room.run(lose, "change", withdraw, "change", room.note_health)
    assert room.titles() == (ALL_THREE | MANY) - {"Eins ist da"}
    assert [line["path"] for line in room.newsroom.lines() if "left" in line] == []
    assert not room.health[0][0]


@pytest.mark.parametrize("what", ["a ledger from elsewhere", "files with other names"])
def test_rounds_come_to_something_though_somebody_always_writes(tmp_path: Path, what: str) -> None:
    writing = Writing(tmp_path)
    seeds = writing.room.newsroom.folder / "seeds"
    for number in NUMBERS:
        writing.room.newsroom.write(f"n{number:02}.txt", f"Nummer {number} ist da")
    writing.look(0)
    ids = {line["id"] for line in writing.room.newsroom.lines()}
    if what == "files with other names":
        for number in range(20):
            (seeds / f"n{number:02}.txt").rename(seeds / f"anders{number:02}.txt")
    else:
        ledger = writing.room.newsroom.folder / "ledger.jsonl"
        ledger.write_text(ledger.read_text(encoding="utf-8").replace("\n", " \n", 2), encoding="utf-8")
    (seen,) = writing.write_always(range(10, 50))
    assert 40 <= seen <= 43
    assert writing.room.titles() > ALL_THREE | MANY
    assert ids < {line["id"] for line in writing.room.newsroom.lines()}
    assert all("left" not in line for line in writing.room.newsroom.lines())


def test_no_round_is_due_before_what_it_waits_for(tmp_path: Path) -> None:
    writing = Writing(tmp_path)
    writing.look(0)
    (writing.room.newsroom.folder / "seeds/Eins.txt").unlink()
    for second in range(10, 39):
        writing.seconds = float(second)
        writing.write(f"n{second}.txt")
        writing.look(second + 0.3)
        assert writing.due() > second + 0.3


def test_a_text_that_is_left_while_settings_change_is_read_by_them(tmp_path: Path) -> None:
    writing = Writing(tmp_path)
    writing.seconds = 10.0
    writing.write("Vier.txt")
    # A library that knows nothing yet takes it at once.
    assert writing.look(10.1) == {*ALL_THREE, "Vier ist da"}
    writing.room.newsroom.configure(SETTINGS.replace("[[sources]]", '[[sources]]\ntimezone = "Asia/Tokyo"', 1))
    writing.room.ingester.config = load_config(writing.room.newsroom.folder / "config.toml")
    writing.look(10.5)
    writing.look(20.0)
    with closing(sqlite3.connect(writing.room.newsroom.library)) as library:
        published = library.execute("SELECT DISTINCT published FROM articles").fetchall()
    assert len(published) == 1


def test_an_order_is_refused_where_no_source_has_a_text_and_the_library_knows_none(tmp_path: Path) -> None:
    room = make_room(tmp_path)
    room.run()
    before = room.newsroom.lines()
    shutil.rmtree(room.newsroom.library.parent)
    shutil.rmtree(room.newsroom.folder / "seeds")
    (room.newsroom.folder / "seeds").mkdir()
    done = room.newsroom.feeds("withdraw", before[0]["id"], "--output", "elsewhere")
    assert done.code != 0
    assert "no source has any text, and 3 articles are published" in done.told
    assert room.newsroom.lines() == before


def test_a_ledger_from_elsewhere_brings_no_half_text(tmp_path: Path) -> None:
    """As where `git pull` brings ledger and texts."""
    writing = Writing(tmp_path)
    writing.look(0)
    ledger = writing.room.newsroom.folder / "ledger.jsonl"
    before = writing.room.newsroom.lines()
    writing.seconds = 10.0
    writing.write("Eins.txt", "Mehr d")
    ledger.write_text(ledger.read_text(encoding="utf-8").replace("\n", " \n", 2), encoding="utf-8")
    assert writing.look(10.5) == ALL_THREE
    assert writing.due() == 12.0
    assert writing.room.newsroom.lines() == before
    writing.write("Eins.txt", "Mehr dazu hier.")
    writing.seconds = 10.6
    writing.look(12.6)
    corrected = [line["corrected"] for line in writing.room.newsroom.lines() if "corrected" in line]
    assert corrected == [["2026-01-01T00:00:12Z"]]


@pytest.mark.parametrize(
    ("max_removed", "lost", "is_well"), [(2, 3, True), (2, 4, False), (10, 10, True), (10, 11, False), (20, 20, True)]
)
def test_many_texts_are_more_than_a_tenth_and_than_the_gate_lets_pass(
    tmp_path: Path, max_removed: int, lost: int, *, is_well: bool
) -> None:
    room = make_large_room(tmp_path, max_removed)

    def lose() -> None:
        for number in range(lost):
            (room.newsroom.folder / f"seeds/n{number:02}.txt").unlink()

    room.run(lose, "change", room.wait, "change")
    assert (room.told.rounds[-1] == "well") == is_well
    assert len(room.titles()) == (33 - lost if is_well else 33)


def test_many_files_may_get_other_names(tmp_path: Path) -> None:
    room = make_large_room(tmp_path, 3)

    def rename() -> None:
        for path in sorted((room.newsroom.folder / "seeds").iterdir()):
            # As git does: another file of the same text.
            path.with_name(f"neu-{path.name}").write_bytes(path.read_bytes())
            path.unlink()

    room.run(rename, "change", room.wait, "change")
    assert set(room.told.rounds[1:]) <= {"well", "unchanged"}
    assert len(room.told.rounds) == 2
    assert room.titles() == ALL_THREE | MANY


def test_a_ledger_that_was_set_back_publishes_nothing_withdrawn_again(tmp_path: Path) -> None:
    room = make_room(tmp_path)
    ledger = room.newsroom.ledger

    def withdraw() -> None:
        done = room.newsroom.feeds("withdraw", "seeds/Zwei.txt", "--output", "elsewhere")
        assert done.code == 0, done.told

    def set_back() -> None:
        withdrawn.append(ledger.read_bytes())
        lines = [json.loads(line) for line in ledger.read_text(encoding="utf-8").splitlines()]
        for line in lines:
            for key in ("withdrawn", "order", "file", "reason"):
                line.pop(key, None)
        ledger.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")

    def look() -> None:
        assert room.titles() == ALL_THREE - {"Zwei ist da"}

    def restore() -> None:
        ledger.write_bytes(withdrawn[0])

    withdrawn: list[bytes] = []
    room.run(
        withdraw, "library", look, set_back, "change", room.note_health, look, "time", look, restore, "change", look
    )
    what = "says less than what the last run published (1 withdrawal or erasure is gone)"
    assert room.told.rounds == ["well", "unchanged", what, what, "unchanged"]
    (health,) = room.health
    assert health[0] is False
    assert health[1].startswith(f"{ledger}: {what}: '/artikel/")
    # A person may mean it.
    set_back()
    room.run(room.build, "change")
    assert room.told.rounds[-2] == what
    assert room.titles() == ALL_THREE


def test_settings_that_can_not_be_read_are_a_failure_until_they_can(tmp_path: Path) -> None:
    room = make_room(tmp_path)

    def break_settings() -> None:
        room.newsroom.configure(SETTINGS.replace("[site]", "[seite]"))

    def mend() -> None:
        room.newsroom.configure(SETTINGS)

    room.run(
        break_settings, "settings", room.note_health, "change", room.note_health, mend, "settings", room.note_health
    )
    broken, later, mended = room.health
    path = room.newsroom.folder / "config.toml"
    assert broken == later
    assert broken[0] is False
    assert broken[1].startswith(f"{path}:1: ")
    assert mended == (True, "ok")
    assert room.told.read == ["config.toml"], "and not where they could not be read"
    assert room.ingester.operation.failed_rounds == 1


def test_another_server_that_gets_other_settings_is_told_once(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room", real_seed=True)
    config = load_config(newsroom.folder / "config.toml")
    database = config.library.database
    other = tmp_path / "room/.feeds/library.sqlite-run/anderswo-1"
    told = Told()
    with (
        open_run_folder(database, "a") as folder,
        hold(other / "server.lock", seconds=0, subject=other, error=LibraryError),
    ):
        declare_settings(other, "a")
        ingester = Ingester(config, lambda: config, lambda: NOW, told, no_progress, Operation(folder, lambda: NOW))
        run(ingester, "change", "change")
        declare_settings(other, "b")
        run(ingester, "change", "change", "change")
    *rounds, warning, last = told.rounds
    assert rounds == ["well", *["unchanged"] * 5]
    assert warning.startswith("is served under other settings by another server (process ")
    assert last == "unchanged"
    assert list_run_folders(database) == []
    assert not folder.exists()


def test_a_server_that_can_not_show_itself_says_so_once_and_tries_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("feeds.serve.run_folder.LOOK_SECONDS", 0.2)
    database = tmp_path / ".feeds" / "library.sqlite"
    with open_run_folder(database, "a") as folder:
        while not database.parent.is_file():
            # It may make its folder again in between.
            shutil.rmtree(database.parent, ignore_errors=True)
            with suppress(FileExistsError):
                database.parent.touch(exist_ok=False)
        wait_until(lambda: "Not a directory" in caplog.text, "it is told")
        time.sleep(0.5)
        database.parent.unlink()
        wait_until(lambda: list_run_folders(database) == [folder], "shown again")
    # It may have met the folder while that was being deleted, too.
    told = [record.getMessage() for record in caplog.records if "No such file" not in record.getMessage()]
    assert told == [f"other commands don't see this server: {database}: can't be locked: Not a directory"]
    assert list_run_folders(database) == []


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """What runs an ingester as its process does, up to the end of its first round, in the newsroom "room"."""

    def end(_watch: Watch, _seconds: float, **_more: object) -> None:
        raise KeyboardInterrupt

    # Nothing that concerns the whole process: this one is that of the tests.
    for name in ("feeds.workers.stay_with_parent", "feeds.serve.logs.set_up_logs", "signal.signal"):
        monkeypatch.setattr(name, lambda *_: None)
    monkeypatch.setattr(Watch, "wait", end)
    monkeypatch.setenv("FEEDS_SERVE_OPERATION_PORT", "0")

    def run() -> None:
        options = Options(tmp_path / "room/config.toml", base_url=None, host=None, port=None, workers=None)
        with pytest.raises(KeyboardInterrupt):
            run_ingester(options, options.load(), tmp_path)

    return run


def test_an_ingester_that_ends_closes_what_it_opened(tmp_path: Path, alone: Callable[[], None]) -> None:
    newsroom = Newsroom.make(tmp_path / "room", real_seed=True)
    newsroom.build_well()
    with note_connections() as made:
        alone()
    assert made
    assert all(map(is_closed, made))


@pytest.mark.parametrize("left", ["nothing", "a folder", "an empty file"])
def test_an_ingester_that_finds_no_library_makes_one(tmp_path: Path, alone: Callable[[], None], left: str) -> None:
    """As one that takes the place of another, while somebody deletes all beside the library."""
    newsroom = Newsroom.make(tmp_path / "room", real_seed=True)
    if left != "nothing":
        newsroom.library.parent.mkdir()
    if left == "an empty file":
        newsroom.library.touch()
    alone()
    with closing(sqlite3.connect(newsroom.library)) as library:
        assert library.execute("SELECT count(*) FROM articles").fetchone() == (1,)


def test_an_ingester_knows_what_is_served_before_its_first_round(
    tmp_path: Path, alone: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a full disk there may be no round for long."""
    newsroom = Newsroom.make(tmp_path / "room", real_seed=True)
    newsroom.build_well()
    known: list[Operation] = []

    def end(_load: object, _stamp: object, operation: Operation, *_: object) -> None:
        known.append(operation)
        raise KeyboardInterrupt

    monkeypatch.setattr(ingestion, "load_first", end)
    alone()
    newsroom.library.write_bytes(b"no library")
    alone()
    newsroom.library.unlink()
    alone()
    assert [None if each.state is None else each.state.articles for each in known] == [1, None, None]
