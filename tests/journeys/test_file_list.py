"""A build that is told which files changed: no folder is listed, and the result is that of a build which lists all."""

from __future__ import annotations

import io
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from unicodedata import normalize

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feeds.parse.boilerplate import LEAST_PAGES
from tests.newsroom import SETTINGS, Newsroom, Run

TWO_SOURCES = (
    SETTINGS
    + """
[[sources]]
name = "frei"
glob = "frei/**/*.txt"

[[sources]]
name = "rest"
folder = "frei"

[feeds]
entries = 4
hours = 0
"""
)
GREETING = "Wir berichten aus jedem Dorf der Gegend, und das seit hundert Jahren, für alle."
TIP = "Und wenn Sie mögen, dann schreiben Sie uns doch, denn wir lesen jeden Brief gern."
FOOT = "Was sonst noch war\nGruß an alle\nBis bald im Dorf\n"


def write_free(newsroom: Newsroom, name: str, number: int, *, tip: bool = False) -> None:
    """Write a page without a layout, between lines that recur."""
    path = newsroom.folder / "frei" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    house = f"Haus {number}"
    path.write_text(
        f"{GREETING}\n{house} wird nun endlich gebaut\n0{number % 9 + 1}.03.2024, {10 + number % 12}:05 Uhr\n"
        f"Die Arbeiten an {house} haben begonnen und dauern bis in den Herbst, teilte das Amt {number} mit.\n"
        f"Anwohner sagen, dass {house} zu laut wird und dass man daran etwas ändern muss, und zwar sofort.\n"
        f"{TIP + chr(10) if tip else ''}{FOOT}",
        encoding="utf-8",
    )


@dataclass
class Twins:
    """Two newsrooms with the same texts: one is told what changed, the other lists all."""

    told: Newsroom
    other: Newsroom
    days: int = 1
    changed: set[str] = field(default_factory=set)

    @property
    def both(self) -> tuple[Newsroom, Newsroom]:
        return self.told, self.other

    @property
    def now(self) -> str:
        return f"2026-01-{self.days:02}T12:00:00Z"

    def names(self) -> list[str]:
        found = [*(self.told.folder / "seeds").rglob("*.txt"), *(self.told.folder / "frei").rglob("*.*")]
        return sorted(path.relative_to(self.told.folder).as_posix() for path in found)

    def build(self) -> tuple[Run, Run]:
        """Build both, and compare all that they made."""
        told = build_files(self.told, *sorted(self.changed), now=self.now)
        other = self.other.build(now=self.now)
        self.changed.clear()
        self.days += 1
        assert self.told.site() == self.other.site()
        assert self.told.ledger.read_bytes() == self.other.ledger.read_bytes()
        assert told.code == other.code, told.told + other.told
        return told, other


def build_files(newsroom: Newsroom, *names: str, now: str = "2026-01-01T12:00:00Z") -> Run:
    """Run `feeds build --files` with a list of these names."""
    (newsroom.folder / "changed.list").write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
    return newsroom.build("--files", "changed.list", now=now)


def make_newsroom(folder: Path) -> Newsroom:
    newsroom = Newsroom.make(folder, TWO_SOURCES)
    newsroom.write("eins.txt", "Eins ist da")
    newsroom.write("zwei.txt", "Zwei ist da", category="Kultur")
    # One more, and what recurs is learned.
    for number in range(LEAST_PAGES - 1):
        write_free(newsroom, f"{number}.txt", number)
    (newsroom.folder / "frei/rest.md").write_text("# Rest ist da\n\n25. Juni 2024\n\nNur ein Rest.\n", encoding="utf-8")
    return newsroom


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    newsroom = make_newsroom(tmp_path / "a")
    newsroom.build_well()
    return newsroom


@pytest.fixture
def blind(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    """A newsroom whose folders can't be listed."""

    def refuse(*_: object) -> None:
        raise AssertionError("the sources were listed")

    monkeypatch.setattr("feeds.ingest.seeds.intake.list_seeds", refuse)
    monkeypatch.setattr("feeds.publish.last_run.list_seeds", refuse)
    return newsroom


STEPS = [
    "new", "new", "free", "free", "free", "deep", "edit", "delete", "delete", "rename", "embargo", "draft", "broken",
    "index", "copy", "withdraw", "touch", "unknown",
]  # fmt: skip


def take_step(twins: Twins, step: str, which: int, number: int) -> None:
    """Change the same file in both newsrooms, and note its name."""
    names = twins.names() or ["seeds/x.txt"]
    old, new = names[which % len(names)], f"neu-{number}.txt"
    for newsroom in twins.both:
        path = newsroom.folder / old
        if step in {"free", "deep"}:
            name = f"tief/er/{new}" if step == "deep" else new
            write_free(newsroom, name, number, tip=number % 2 == 0)
            twins.changed.add(f"frei/{name}")
        elif step == "edit":
            if path.exists():
                path.write_text(path.read_text(encoding="utf-8") + f"Nachtrag Nummer {number}.\n", encoding="utf-8")
            twins.changed.add(old)
        elif step == "delete":
            path.unlink(missing_ok=True)
            twins.changed.add(old)
        elif step == "touch":
            if path.exists():
                os.utime(path, ns=(number, number))
            twins.changed.add(old)
        elif step in {"rename", "copy"}:
            target = path.with_name(new)
            if path.exists():
                shutil.copy(path, target)
                if step == "rename":
                    path.unlink()
            twins.changed.update((old, target.relative_to(newsroom.folder).as_posix()))
        elif step == "unknown":
            twins.changed.update(("config.toml", f"nie/{new}", "seeds/README.md"))
        else:
            front = {"embargo": {"published": f"2026-01-{twins.days + 1:02}T14:00:00Z"}, "draft": {"status": "draft"}}
            front["withdraw"] = {"status": "withdrawn"}
            newsroom.write(new, f"Nummer {number} ist da", category="Politik", **front.get(step, {}))
            text = {"broken": "---\nurl: [\n---\nText\n", "index": "Startseite\nAlle Nachrichten\n"}.get(step)
            if text is not None:
                (newsroom.folder / "seeds" / new).write_text(text, encoding="utf-8")
            twins.changed.add(f"seeds/{new}")


steps = st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 20)), max_size=5)


@given(runs=st.lists(steps, min_size=1, max_size=6))
@settings(max_examples=5, deadline=None)  # each builds a dozen times
@example(runs=[[("free", 0), ("free", 0), ("embargo", 0)], [("new", 0)], [], [("delete", 0), ("rename", 2)]])
@example(runs=[[("free", 0), ("deep", 0), ("copy", 1)], [("broken", 0), ("index", 0)], [("edit", 4), ("unknown", 0)]])
def test_a_list_of_files_gives_the_bytes_of_a_whole_build(
    tmp_path_factory: pytest.TempPathFactory, runs: list[list[tuple[str, int]]]
) -> None:
    folder = tmp_path_factory.mktemp("blatt")
    twins = Twins(make_newsroom(folder / "a"), make_newsroom(folder / "b"))
    twins.build()
    for number, taken in enumerate(runs):
        for part, (step, which) in enumerate(taken):
            take_step(twins, step, which, 10 * number + part + 20)
        twins.build()
    third = twins.told.copy_to(folder / "c")
    third.build(now=twins.now)
    twins.told.build(now=twins.now)
    assert third.site() == twins.told.site()
    assert third.ledger.read_bytes() == twins.told.ledger.read_bytes()


def test_only_the_files_of_the_list_are_looked_at(blind: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    blind.write("drei.txt", "Drei ist da")
    blind.write("eins.txt", "Eins ist anders da")
    blind.write("vier.txt", "Vier sagt niemand")
    (blind.folder / "seeds/zwei.txt").unlink()
    absolute = str(blind.folder / "seeds/eins.txt")
    told = build_files(blind, "./seeds/drei.txt", absolute, "seeds/zwei.txt")
    assert (
        "12 seeds: 2 read, 1 new, 1 changed, 10 unchanged, 1 removed, 0 set aside, 0 with errors; 12 articles"
        in told.out
    )
    data = b"seeds/../seeds/vier.txt\0"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert "13 seeds: 1 read, 1 new" in blind.build_well("--files", "-").out


SAVED = "<html><body><h1>{headline}</h1><p>Am Dienstag, 25. Juni 2024, 14:05 Uhr</p><p>{headline}. So steht es.</p>"


def save_page(newsroom: Newsroom, name: str, headline: str) -> None:
    """A page as a browser saves it, with a frame in a folder of its own."""
    front = f"---\ntitle: {headline}\npublished: 2024-06-25T14:05:00+02:00\n---\n"
    for path, title in ((f"seeds/{name}.html", headline), (f"seeds/{name}_files/frame.html", f"Rahmen von {name}")):
        place = newsroom.folder / path
        place.parent.mkdir(exist_ok=True)
        place.write_text(front + SAVED.format(headline=title), encoding="utf-8")


def test_a_saved_page_with_a_folder_of_its_parts_lists_nothing(blind: Newsroom) -> None:
    save_page(blind, "neun", "Neun ist da")
    told = build_files(blind, "seeds/neun.html", "seeds/neun_files/frame.html")
    assert "1 read, 1 new" in told.out
    assert "listed anyway" not in told.err
    save_page(blind, "neun", "Neun ist noch da")
    assert "1 read, 0 new, 1 changed" in build_files(blind, "seeds/neun.html").out


def test_what_was_a_page_and_is_the_part_of_one_is_listed_away(newsroom: Newsroom) -> None:
    save_page(newsroom, "neun", "Neun ist da")
    (newsroom.folder / "seeds/neun.html").unlink()
    newsroom.build_well()
    assert any(b"Rahmen von neun" in body for body in newsroom.site().values())
    save_page(newsroom, "neun", "Neun ist da")
    told = build_files(newsroom, "seeds/neun.html")
    assert "neun_files' was a folder with texts" in told.err
    assert not any(b"Rahmen von neun" in body for body in newsroom.site().values())


def test_where_nothing_is_listed_an_embargo_ends_all_the_same(blind: Newsroom) -> None:
    blind.write("drei.txt", "Drei ist da", published="2026-01-02T14:00:00Z")
    assert "1 under embargo" in build_files(blind, "seeds/drei.txt").out
    assert "Drei ist da" not in blind.ids()
    build_files(blind, now="2026-01-02T14:00:00Z")
    assert "Drei ist da" in blind.ids()


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_file_is_found_in_whatever_form_its_umlauts_are_listed(blind: Newsroom, form: Literal["NFC", "NFD"]) -> None:
    name = normalize(form, "grüße.txt")
    listed = normalize("NFC" if form == "NFD" else "NFD", f"seeds/{name}")
    blind.write(name, "Grüße an alle")
    assert "skipped" not in build_files(blind, listed).err
    assert "Grüße an alle" in blind.ids()
    blind.write(name, "Liebe Grüße an alle")
    build_files(blind, listed)
    assert "Liebe Grüße an alle" in blind.ids()
    (blind.folder / "seeds" / name).unlink()
    assert "skipped" not in build_files(blind, listed).err
    assert "Liebe Grüße an alle" not in blind.ids()


def test_paths_that_no_source_reads_are_counted_and_the_first_are_named(blind: Newsroom) -> None:
    before = blind.site()
    told = build_files(blind, "config.toml", "README.md", "nie/a.txt", "../b.txt", "seeds/eins.txt")
    assert "note: --files: 4 paths skipped that no source reads: config.toml, README.md, nie/a.txt ...\n" in told.err
    assert blind.site() == before


def test_a_build_that_lists_all_finds_what_the_list_did_not_tell(newsroom: Newsroom) -> None:
    newsroom.write("drei.txt", "Drei ist da")
    newsroom.write("vier.txt", "Vier sagt niemand")
    (newsroom.folder / "seeds/zwei.txt").unlink()
    build_files(newsroom, "seeds/drei.txt")
    assert "1 new, 0 changed, 12 unchanged, 1 removed" in newsroom.build_well().out
    assert {"Drei ist da", "Vier sagt niemand"} <= newsroom.ids().keys()
    assert "nothing to do" in newsroom.build_well().out


def test_what_the_output_folder_lost_is_put_right(newsroom: Newsroom) -> None:
    before = newsroom.site()
    build_files(newsroom)
    (newsroom.public / "atom.xml").write_text("anders")
    build_files(newsroom)
    assert newsroom.site() == before


def test_what_was_wrong_before_is_told_as_ever(newsroom: Newsroom) -> None:
    newsroom.write("ohne.txt", "Ohne Tag", stamp="")
    (newsroom.folder / "seeds/kaputt.txt").write_text("---\nurl: [\n---\nText\n", encoding="utf-8")
    (newsroom.folder / "seeds/vorn.txt").write_text("Startseite\nAlle Nachrichten\n", encoding="utf-8")
    for name in ("eins.txt", "auch.txt"):
        newsroom.write(name, f"Zweimal {name}", id="https://example.org/x")
    plain, told = newsroom.build("--format", "json"), newsroom.build("--format", "json", "--files", os.devnull)
    assert plain.code == told.code == 1
    again = newsroom.build("--format", "json")
    assert told.out == again.out
    assert told.out.count('"rule": "frontmatter"') == 1


@pytest.mark.parametrize("cause", ["new library", "other library", "other zone", "other source", "other folder"])
def test_where_all_must_be_read_all_is_listed(newsroom: Newsroom, cause: str) -> None:
    newsroom.write("drei.txt", "Drei ist da")
    other = newsroom.copy_to(newsroom.folder.parent / "b")
    settings = {
        "other zone": TWO_SOURCES.replace("[site]", '[site]\ntimezone = "Asia/Tokyo"'),
        "other source": TWO_SOURCES.replace("frei/**/*.txt", "frei/*/*.txt"),
        "other folder": TWO_SOURCES.replace('folder = "frei"', 'folder = "weg"'),
    }.get(cause, TWO_SOURCES)
    for each in (newsroom, other):
        (each.folder / "weg").mkdir()
        each.configure(settings)
    if cause == "new library":
        shutil.rmtree(newsroom.library.parent)
    if cause == "other library":
        newsroom.feeds("build", "--now", "2026-01-01T12:00:00Z")
        newsroom.write("vier.txt", "Vier ist da")
        shutil.copy(newsroom.folder / "seeds/vier.txt", other.folder / "seeds")
        newsroom.ledger.write_bytes(other.ledger.read_bytes())
    told = build_files(newsroom)
    other.build()
    assert "note: --files: all sources were listed anyway: " in told.err
    assert newsroom.site() == other.site()
    assert newsroom.ledger.read_bytes() == other.ledger.read_bytes()


def test_a_folder_in_the_list_makes_a_build_list_all(newsroom: Newsroom) -> None:
    newsroom.write("neu/drei.txt", "Drei ist da")
    told = build_files(newsroom, "seeds/neu")
    assert "all sources were listed anyway" in told.err
    assert "seeds/neu' is a folder" in told.err
    assert "Drei ist da" in newsroom.ids()
    shutil.rmtree(newsroom.folder / "seeds/neu")
    assert "'seeds/neu' was a folder with texts" in build_files(newsroom, "seeds/neu").err
    assert "Drei ist da" not in newsroom.ids()


def test_a_source_that_loses_its_last_text_is_told_as_ever(newsroom: Newsroom) -> None:
    rest, warning = newsroom.folder / "frei/rest.md", "warning: config.toml:"
    text = rest.read_text(encoding="utf-8")
    rest.unlink()
    told = build_files(newsroom, "frei/rest.md").err
    assert "'rest' reads nothing: all its files are those of a source above it" in told
    assert build_files(newsroom).err.count(warning) == 1
    rest.write_text(text, encoding="utf-8")
    assert warning not in build_files(newsroom, "frei/rest.md").err


def test_what_the_gate_stops_is_not_taken_in(newsroom: Newsroom) -> None:
    before, ledger = newsroom.site(), newsroom.ledger.read_bytes()
    newsroom.write("eins.txt", "Eins ist da", stamp="26 Juni 2024, 14:05")
    (newsroom.folder / "changed.list").write_text("seeds/eins.txt\n", encoding="utf-8")
    stopped = newsroom.build("--gate", "--files", "changed.list")
    assert stopped.code == 1
    assert "would get another date" in stopped.err
    assert (newsroom.site(), newsroom.ledger.read_bytes()) == (before, ledger)
    assert "1 read" in build_files(newsroom, "seeds/eins.txt").out


def test_a_dry_run_tells_what_the_files_would_change(newsroom: Newsroom) -> None:
    newsroom.write("drei.txt", "Drei ist da")
    newsroom.write("vier.txt", "Vier sagt niemand")
    (newsroom.folder / "changed.list").write_text("seeds/drei.txt\n", encoding="utf-8")
    before, ledger = newsroom.site(), newsroom.ledger.read_bytes()
    dry = newsroom.build("--dry-run", "--files", "changed.list").out.splitlines()
    assert (newsroom.site(), newsroom.ledger.read_bytes()) == (before, ledger)
    assert dry[1:] == newsroom.build("--files", "changed.list").out.splitlines()
    assert "13 seeds: 1 read, 1 new" in dry[1]


def test_a_page_that_others_are_read_by_is_no_shortcut_to_what_nobody_told(newsroom: Newsroom) -> None:
    """Boilerplate that a named file makes known bears on a file which changed, too, and was not named."""
    other = newsroom.copy_to(newsroom.folder.parent / "b")
    for each in (newsroom, other):
        write_free(each, "0.txt", 0, tip=True)
        for number in range(20, 24):
            write_free(each, f"{number}.txt", number, tip=True)
    build_files(newsroom, *(f"frei/{number}.txt" for number in range(20, 24)))
    newsroom.build_well()
    other.build_well()
    assert newsroom.site() == other.site()
    assert newsroom.ledger.read_bytes() == other.ledger.read_bytes()


def test_paths_as_seen_from_the_repository_lose_no_change(newsroom: Newsroom) -> None:
    """As git writes them where the newsroom is a folder of a repository."""
    place = newsroom.folder.name
    newsroom.write("drei.txt", "Drei ist da")
    told = build_files(newsroom, "README.md", f"{place}/seeds/drei.txt")
    assert f"listed anyway: '{place}/seeds/drei.txt' is a text as seen from '..' (`git diff --relative`" in told.err
    assert "Drei ist da" in newsroom.ids()
    (newsroom.folder / "seeds/drei.txt").unlink()
    build_files(newsroom, f"{place}/seeds/drei.txt")
    assert "Drei ist da" not in newsroom.ids()


def test_a_list_that_leads_nowhere_is_warned_about(blind: Newsroom) -> None:
    told = build_files(blind, "anderswo/drei.txt", "anderswo/vier.txt")
    assert (
        "warning: --files: none of its paths, such as anderswo/drei.txt, is one of a text, or leads to any file"
        in told.err
    )
    listed = blind.folder.parent / "list"
    listed.write_text("anderswo/drei.txt\n", encoding="utf-8")
    assert blind.build("--files", str(listed), "--strict").code == 1
    # A push that changes no text is usual.
    listed.write_text("config.toml\nanderswo/drei.txt\n", encoding="utf-8")
    assert blind.build("--files", str(listed), "--strict").code == 0
