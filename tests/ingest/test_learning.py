"""Boilerplate learned from a source: over the whole set of its pages, whatever the order in which they came."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest

from feeds.config import Config
from feeds.ingest.seeds import reading
from feeds.ingest.seeds.learning import load_boilerplate, load_counts
from feeds.ingest.seeds.reading import LoadedSeed, SeedRow, load_seed, read_seed
from feeds.ingest.seeds.seedfile import SeedFile
from feeds.parse.boilerplate import LEAST_PAGES
from feeds.store import ask, open_library
from feeds.store.packing import unpack_text
from tests.newsroom import SETTINGS, Newsroom

LATER = "2026-02-02T02:02:02Z"
TWO_SOURCES = """\
[site]
base_url = "https://example.org/"
id = "blatt"

[[sources]]
name = "eins"
folder = "seeds/eins"

[[sources]]
name = "zwei"
folder = "seeds/zwei"
"""
GREETING = "Wir berichten aus jedem Dorf der Gegend, und das seit hundert Jahren, für alle."
TIP = "Und wenn Sie mögen, dann schreiben Sie uns doch, denn wir lesen jeden Brief gern."
FOOT = "Was sonst noch war\nGruß an alle\nBis bald im Dorf\n"


def make_page(number: int, *, tip: bool = False, more: str = "") -> str:
    """An article of its own words between lines that recur; with a tip that only some pages have."""
    name = f"Haus {number}"
    return (
        f"{GREETING}\n{name} wird nun endlich gebaut\n0{number % 9 + 1}.03.2024, {10 + number % 12}:05 Uhr\n"
        f"Die Arbeiten an {name} haben begonnen und dauern bis in den Herbst, teilte das Amt {number} mit.\n"
        f"Anwohner sagen, dass {name} zu laut wird und dass man daran etwas ändern muss, und zwar sofort.\n"
        f"{more}{TIP + chr(10) if tip else ''}{FOOT}"
    )


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    return make_newsroom(tmp_path / "room")


def make_newsroom(folder: Path) -> Newsroom:
    newsroom = Newsroom.make(folder, TWO_SOURCES)
    (folder / "seeds/eins").mkdir()
    (folder / "seeds/zwei").mkdir()
    return newsroom


def write(newsroom: Newsroom, number: int, source: str = "eins", *, tip: bool = False, more: str = "") -> Path:
    path = newsroom.folder / f"seeds/{source}/{number:03}.txt"
    path.write_text(make_page(number, tip=tip, more=more), encoding="utf-8")
    return path


def texts(newsroom: Newsroom) -> dict[str, str]:
    """What the library has of each file."""
    library = open_library(newsroom.library)
    with library.read() as connection:
        found = {row.path: unpack_text(row.packed) for row in ask(connection, "SELECT * FROM texts")}
    library.close()
    return found


def counts(newsroom: Newsroom) -> tuple[list[tuple[str, int, int, str | None]], dict[str, int]]:
    """All that was counted: the rows, and the pages of each source."""
    library = open_library(newsroom.library)
    with library.read() as connection:
        rows = ask(connection, "SELECT source, digest, count, line FROM edges ORDER BY source, digest")
        found = [(row[0], row[1], row[2], row[3]) for row in rows]
        pages = {source: load_counts(connection, source)[0] for source in ("eins", "zwei")}
    library.close()
    return found, pages


def learned(newsroom: Newsroom, source: str) -> frozenset[str]:
    library = open_library(newsroom.library)
    with library.read() as connection:
        lines = load_boilerplate(connection, source).lines
    library.close()
    return lines


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the files that are parsed, as that happens."""
    parsed: list[str] = []

    def note(loaded: LoadedSeed, config: Config, **more: object) -> SeedRow:
        parsed.append(loaded.seed.path)
        return read_seed(loaded, config, **more)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(reading, "read_seed", note)
    return parsed


def test_nothing_is_learned_below_ten_pages(newsroom: Newsroom) -> None:
    for number in range(LEAST_PAGES - 1):
        write(newsroom, number)
    newsroom.build_well()
    assert learned(newsroom, "eins") == frozenset()
    write(newsroom, LEAST_PAGES)
    newsroom.build_well(now=LATER)
    assert learned(newsroom, "eins") == frozenset([GREETING, *FOOT.splitlines()])
    assert not [path for path, text in texts(newsroom).items() if GREETING in text or "Gruß" in text]


@pytest.mark.parametrize(("step", "sizes"), [(7, (9, 1, 2, 8, 4)), (23, (1, 10, 5, 1, 7)), (5, (20, 1, 1, 2))])
def test_order_of_arrival_changes_nothing(tmp_path: Path, step: int, sizes: tuple[int, ...]) -> None:
    whole, piecemeal = make_newsroom(tmp_path / "a"), make_newsroom(tmp_path / "b")
    pages = [(number, number % 4 == 0) for number in range(24)]
    for number, tip in pages:
        write(whole, number, tip=tip)
    whole.build_well()
    waiting = iter(pages[number * step % len(pages)] for number in range(len(pages)))
    for size in sizes:
        for number, tip in islice(waiting, size):
            write(piecemeal, number, tip=tip)
        piecemeal.build_well()
    assert texts(piecemeal) == texts(whole)
    assert counts(piecemeal) == counts(whole)
    site = piecemeal.site()
    piecemeal.library.unlink()
    piecemeal.build_well(now=LATER)
    assert piecemeal.site() == site


def test_a_line_that_becomes_boilerplate_parses_again_just_the_pages_with_it(
    newsroom: Newsroom, read: list[str]
) -> None:
    for number in range(16):
        write(newsroom, number, tip=number in {1, 2, 3, 4})
    newsroom.build_well()
    with_tip = {f"seeds/eins/00{number}.txt" for number in (1, 2, 3, 4)}
    assert TIP not in learned(newsroom, "eins")
    assert {path for path, text in texts(newsroom).items() if TIP in text} == with_tip
    read.clear()
    new = write(newsroom, 17, tip=True)
    run = newsroom.build_well(now=LATER)
    assert "1 read, 1 new, 0 changed, 16 unchanged" in run.out
    assert TIP in learned(newsroom, "eins")
    assert sorted(read) == sorted([*with_tip, f"seeds/eins/{new.name}"])
    assert not [path for path, text in texts(newsroom).items() if TIP in text]
    assert not [line for line in newsroom.lines() if line.get("corrected")]  # nobody corrected anything
    read.clear()
    new.unlink()
    newsroom.build_well(now=LATER)
    assert sorted(read) == sorted(with_tip)
    assert {path for path, text in texts(newsroom).items() if TIP in text} == with_tip


def shorten(newsroom: Newsroom) -> None:
    write(newsroom, 3, more="Ein Zusatz, der auf keiner anderen Seite steht, und das mit gutem Grund.\n")


def remove(newsroom: Newsroom) -> None:
    (newsroom.folder / "seeds/eins/003.txt").unlink()


def move(newsroom: Newsroom) -> None:
    (newsroom.folder / "seeds/eins/003.txt").rename(newsroom.folder / "seeds/zwei/003.txt")


def break_off(newsroom: Newsroom) -> None:
    (newsroom.folder / "seeds/eins/003.txt").write_bytes(b"\x00\x01" * 99)


def spoil_date(newsroom: Newsroom) -> None:
    path = newsroom.folder / "seeds/eins/003.txt"
    path.write_text(f"---\npublished: gestern abend\n---\n{make_page(3)}", encoding="utf-8")


def save_as_markup(newsroom: Newsroom) -> None:
    path = newsroom.folder / "seeds/eins/003.txt"
    path.rename(path.with_suffix(".md"))


@pytest.mark.parametrize("change", [shorten, remove, move, break_off, spoil_date, save_as_markup])
def test_changed_and_removed_pages_are_uncounted(tmp_path: Path, change: Callable[[Newsroom], None]) -> None:
    changed, fresh = make_newsroom(tmp_path / "a"), make_newsroom(tmp_path / "b")
    for newsroom in (changed, fresh):
        for number in range(11):
            write(newsroom, number)
    changed.build_well()
    change(changed)
    change(fresh)
    for _ in range(2):
        changed.build(now=LATER)
    fresh.build(now=LATER)
    assert counts(changed) == counts(fresh)
    assert learned(changed, "eins") == learned(fresh, "eins")


def test_sources_learn_apart(newsroom: Newsroom) -> None:
    for number in range(12):
        write(newsroom, number, tip=True)
    for number in range(50, 55):
        write(newsroom, number, "zwei", tip=True)
    newsroom.build_well()
    assert TIP in learned(newsroom, "eins")
    assert learned(newsroom, "zwei") == frozenset()
    assert all(("/zwei/" in path) == (TIP in text) for path, text in texts(newsroom).items())


def test_pages_of_a_layout_teach_nothing_and_cost_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    newsroom = Newsroom.make(tmp_path / "room", SETTINGS)
    for number in range(12):
        newsroom.write(f"{number}.txt", f"Haus {number} eröffnet")
    newsroom.build_well()
    assert counts(newsroom)[0] == []

    def refuse(*_args: object) -> None:
        raise AssertionError

    monkeypatch.setattr("feeds.ingest.seeds.learning._load", refuse)
    monkeypatch.setattr("feeds.ingest.seeds.learning._count_pages", refuse)
    newsroom.write("0.txt", "Haus 0 wieder eröffnet")
    newsroom.write("neu.txt", "Ein neues Haus")
    newsroom.build_well(now=LATER)


def test_a_page_that_vanishes_while_it_is_read_again_stays_counted(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(9):
        write(newsroom, number)
    newsroom.build_well()
    first = newsroom.folder / "seeds/eins/000.txt"

    def load(seed: SeedFile, config: Config, **more: object) -> object:
        if seed.path.endswith("000.txt"):
            first.unlink(missing_ok=True)
        return load_seed(seed, config, **more)  # type: ignore[arg-type]  # handed on as it came

    write(newsroom, 9)
    with monkeypatch.context() as patched:
        patched.setattr(reading, "load_seed", load)
        newsroom.build(now=LATER)
    newsroom.build_well(now=LATER)
    fresh = make_newsroom(newsroom.folder.parent / "fresh")
    for number in range(1, 10):
        write(fresh, number)
    fresh.build_well()
    assert counts(newsroom) == counts(fresh)
    assert texts(newsroom) == texts(fresh)


def test_the_library_keeps_no_line_of_one_page_alone(newsroom: Newsroom) -> None:
    for number in range(11):
        write(newsroom, number, more="Nur hier: der Geheimrat Vielsagend.\n" if number < 4 else "")
    newsroom.build_well()
    assert {line for _, _, _, line in counts(newsroom)[0] if line} == {GREETING, *FOOT.splitlines()}
    for number in range(4):
        assert newsroom.feeds("erase", f"seeds/eins/{number:03}.txt", "--yes", "--now", LATER).code == 0
    assert b"Vielsagend" not in newsroom.library.read_bytes()
