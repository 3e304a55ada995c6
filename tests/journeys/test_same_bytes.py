"""Same seeds, settings and ledger: same bytes, whatever the machine, the day, and what was built before."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.newsroom import NOW, SETTINGS, Newsroom

LATER = "2031-05-05T05:05:05Z"


def make(folder: Path) -> Newsroom:
    """A newsroom of some articles: two of one minute, one with a day only, one in another category."""
    newsroom = Newsroom.make(folder, SETTINGS, real_seed=True)
    newsroom.write("eins.txt", "Eins ist da")
    newsroom.write("zwei.txt", "Zwei ist da")
    newsroom.write("drei.txt", "Drei ist da", published="2024-06-25")
    newsroom.write("vier.txt", "Vier ist da", category="Wirtschaft & Umwelt", title="Vier <b>&amp;</b> mehr")
    return newsroom


def stamps(newsroom: Newsroom) -> dict[str, tuple[int, int]]:
    """Time and inode of every published file."""
    return {
        path: ((newsroom.public / path).stat().st_mtime_ns, (newsroom.public / path).stat().st_ino)
        for path in newsroom.site()
    }


def test_a_second_build_writes_nothing_and_says_so(tmp_path: Path) -> None:
    newsroom = make(tmp_path / "a")
    newsroom.build_well()
    before, ledger = stamps(newsroom), newsroom.ledger.stat().st_mtime_ns
    run = newsroom.build_well(now=LATER)
    assert "public: nothing to do" in run.out
    assert "0 read" in run.out
    assert stamps(newsroom) == before
    assert newsroom.ledger.stat().st_mtime_ns == ledger


def test_touched_seeds_change_nothing(tmp_path: Path) -> None:
    newsroom = make(tmp_path / "a")
    newsroom.build_well()
    before = stamps(newsroom)
    for path in (newsroom.folder / "seeds").iterdir():
        os.utime(path)
    run = newsroom.build_well(now=LATER)
    assert "5 read, 0 new, 0 changed, 5 unchanged" in run.out
    assert stamps(newsroom) == before
    assert "0 read" in newsroom.build_well(now=LATER).out


def test_another_day_changes_no_byte(tmp_path: Path) -> None:
    one, other = make(tmp_path / "a"), make(tmp_path / "b")
    one.build_well(now=NOW)
    other.build_well(now=LATER)
    assert one.site() == other.site()
    assert one.ledger.read_bytes() == other.ledger.read_bytes()


def test_a_lost_library_changes_no_byte(tmp_path: Path) -> None:
    newsroom = make(tmp_path / "a")
    newsroom.build_well()
    before, ledger = stamps(newsroom), newsroom.ledger.read_bytes()
    site = newsroom.site()
    shutil.rmtree(newsroom.folder / ".feeds")
    run = newsroom.build_well(now=LATER)
    assert newsroom.site() == site
    assert stamps(newsroom) == before
    assert "nothing to do" in run.out
    assert newsroom.ledger.read_bytes() == ledger


def test_a_lost_output_folder_changes_no_byte(tmp_path: Path) -> None:
    newsroom = make(tmp_path / "a")
    newsroom.build_well()
    site = newsroom.site()
    shutil.rmtree(newsroom.public)
    newsroom.build_well(now=LATER)
    assert newsroom.site() == site


def test_a_lost_ledger_is_written_again_from_the_library(tmp_path: Path) -> None:
    newsroom = make(tmp_path / "a")
    newsroom.build_well()
    site, ledger = newsroom.site(), newsroom.ledger.read_bytes()
    newsroom.ledger.unlink()
    run = newsroom.build_well(now=LATER)
    (note,) = run.err.splitlines()
    assert "ledger.jsonl: was missing; the library knows what it said" in note
    assert newsroom.ledger.read_bytes() == ledger
    newsroom.ledger.unlink()
    shutil.rmtree(newsroom.public)
    run = newsroom.build_well("--format", "github", now=LATER)
    assert re.findall("title=(ledger-[a-z]+)", run.out) == ["ledger-lost"]
    assert newsroom.site() == site


steps = st.lists(st.sampled_from(["new", "new", "elsewhere", "edit", "delete", "withdraw"]), min_size=1, max_size=4)


@given(runs=st.lists(steps, min_size=1, max_size=4))
@settings(max_examples=6, deadline=None)  # each builds several times
@example(runs=[["new"], ["new"], ["new", "edit"], ["elsewhere", "new"]])
@example(runs=[["new"], ["delete", "new"], ["new"]])
def test_a_ledger_that_was_continued_is_as_one_that_is_written_anew(
    tmp_path_factory: pytest.TempPathFactory, runs: list[list[str]]
) -> None:
    newsroom = make(tmp_path_factory.mktemp("blatt") / "a")
    newsroom.configure(SETTINGS.replace("[[sources]]", "[feeds]\nentries = 2\nhours = 0\n\n[[sources]]"))
    newsroom.build_well()
    for number, steps in enumerate(runs):
        for part, step in enumerate(steps):
            name = f"{number}-{part}.txt"
            if step == "edit":
                newsroom.write("eins.txt", f"Eins ist da, zum {number}.{part}. Mal")
            elif step == "delete":
                (newsroom.folder / "seeds/drei.txt").unlink(missing_ok=True)
            elif step == "withdraw":
                newsroom.write("zwei.txt", "Zwei ist da", status="withdrawn")
            else:
                newsroom.write(
                    name, f"Nummer {name}", category=f"Rubrik {number}" if step == "elsewhere" else "Politik"
                )
        newsroom.build_well(now=LATER)
    continued = newsroom.ledger.read_bytes()
    shutil.rmtree(newsroom.folder / ".feeds")
    newsroom.build_well(now=LATER)
    assert newsroom.ledger.read_bytes() == continued


def test_a_second_machine_changes_no_byte(tmp_path: Path) -> None:
    newsroom = make(tmp_path / "a")
    newsroom.build_well()
    newsroom.write("sechs.txt", "Sechs kam später")
    newsroom.write("eins.txt", "Eins ist da", rest="Und es steht mehr darin.")
    newsroom.build_well(now="2026-02-01T00:00:00Z")
    other = newsroom.copy_to(tmp_path / "ganz woanders" / "ü#?")
    env = {
        "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "77", "PYTHONOPTIMIZE": "1",
    }  # fmt: skip
    run = other.spawn("build", "--now", LATER, env=env)
    assert run.code == 0, run.told
    assert other.site() == newsroom.site()
    assert other.ledger.read_bytes() == newsroom.ledger.read_bytes()


STEPS = [
    "removed", "returned", "recategorised", "put back", "withdrawn", "revived", "renamed", "removed elsewhere",
    "returned elsewhere", "erased", "erased elsewhere",
]  # fmt: skip


@pytest.mark.parametrize("step", STEPS)
def test_a_second_machine_agrees_after_every_change(tmp_path: Path, step: str) -> None:
    newsroom = make(tmp_path / "a")
    path = newsroom.folder / "seeds" / "eins.txt"
    newsroom.build_well(now="2026-01-01T00:00:00Z")
    if step in {"removed", "returned"}:
        path.unlink()
    if step in {"recategorised", "put back"} or "elsewhere" in step:
        newsroom.write("eins.txt", "Eins ist da", category="Kultur")
    if step in {"withdrawn", "revived"}:
        newsroom.write("eins.txt", "Eins ist da", status="withdrawn")
    if step == "renamed":
        newsroom.configure(SETTINGS + '[[categories]]\nlabel = "Staat"\nwas = ["politik"]\n')
    newsroom.build_well(now="2026-01-02T00:00:00Z")
    if "erased" in step:
        assert newsroom.feeds("erase", "seeds/eins.txt", "--yes", "--now", "2026-01-02T12:00:00Z").code == 0
        path.unlink()
        newsroom.build_well(now="2026-01-02T12:00:00Z")
    if step in {"removed elsewhere", "returned elsewhere"}:
        path.unlink()
        newsroom.build_well(now="2026-01-02T12:00:00Z")
    if step in {"returned", "put back", "revived"}:
        newsroom.write("eins.txt", "Eins ist da")
        newsroom.build_well(now="2026-01-03T00:00:00Z")
    if step == "returned elsewhere":
        newsroom.write("eins.txt", "Eins ist da", category="Kultur")
        newsroom.build_well(now="2026-01-03T00:00:00Z")
    other = newsroom.copy_to(tmp_path / "b")
    other.build_well(now="2026-01-04T00:00:00Z")
    assert other.site() == newsroom.site()
    assert other.ledger.read_bytes() == newsroom.ledger.read_bytes()


def test_a_category_has_one_name_however_its_pages_spell_it(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "a")
    newsroom.write("b.txt", "Eins ist da", category="Politik")
    newsroom.build_well()
    newsroom.write("a.txt", "Zwei ist da", category="POLITIK")
    newsroom.build_well(now="2026-01-02T00:00:00Z")
    other = newsroom.copy_to(tmp_path / "b")
    other.build_well(now=LATER)
    assert newsroom.parse("politik").feed.title.startswith("Politik")
    assert other.site() == newsroom.site()


def test_a_clock_that_goes_back_takes_no_feed_back(tmp_path: Path) -> None:
    newsroom = make(tmp_path / "a")
    newsroom.build_well(now="2026-01-01T00:00:00Z")
    for name, now in (("eins.txt", "2026-01-30T00:00:00Z"), ("zwei.txt", "2026-01-20T00:00:00Z")):
        (newsroom.folder / "seeds" / name).unlink()
        newsroom.build_well(now=now)
    assert newsroom.parse().feed.updated == "2026-01-30T00:00:00Z"
    other = newsroom.copy_to(tmp_path / "b")
    other.build_well(now="2026-01-31T00:00:00Z")
    assert other.site() == newsroom.site()


def test_what_left_again_by_an_earlier_clock_leaves_no_later_instant(tmp_path: Path) -> None:
    newsroom = make(tmp_path / "a")
    path = newsroom.folder / "seeds" / "eins.txt"
    newsroom.build_well(now="2026-01-01T10:00:00Z")
    path.unlink()
    newsroom.build_well(now="2026-01-01T11:00:00Z")
    newsroom.write("eins.txt", "Eins ist da")
    newsroom.build_well(now="2026-01-01T15:00:00Z")
    path.unlink()
    newsroom.build_well(now="2026-01-01T12:00:00Z")
    assert newsroom.parse("politik").feed.updated == newsroom.parse().feed.updated == "2026-01-01T12:00:00Z"
    other = newsroom.copy_to(tmp_path / "b")
    other.build_well(now="2026-01-01T12:00:00Z")
    assert other.site() == newsroom.site()
    assert other.ledger.read_bytes() == newsroom.ledger.read_bytes()


def test_a_tombstone_is_a_notice_again_by_a_clock_at_which_it_was_one(tmp_path: Path) -> None:
    newsroom = make(tmp_path / "a")
    newsroom.build_well(now="2026-01-01T00:00:00Z")
    newsroom.write("eins.txt", "Eins ist da", status="withdrawn")
    for now in ("2026-01-02T00:00:00Z", "2026-06-01T00:00:00Z", "2026-01-02T00:00:00Z"):
        newsroom.build_well(now=now)
    other = newsroom.copy_to(tmp_path / "b")
    other.build_well(now="2026-01-02T00:00:00Z")
    assert other.site() == newsroom.site()
    assert other.ledger.read_bytes() == newsroom.ledger.read_bytes()


@pytest.mark.parametrize("vanished", ["keep", "withdraw"])
def test_a_clock_that_goes_back_loses_no_text_whose_file_is_gone(tmp_path: Path, vanished: str) -> None:
    newsroom = make(tmp_path / "a")
    newsroom.configure(f'{SETTINGS}\n[feeds]\nvanished = "{vanished}"\n')
    newsroom.build_well(now="2026-01-01T00:00:00Z")
    (newsroom.folder / "seeds/eins.txt").unlink()
    newsroom.build_well(now="2026-01-05T00:00:00Z")
    published = newsroom.ids()
    newsroom.write("sechs.txt", "Sechs ist da")
    newsroom.build_well(now="2026-01-03T00:00:00Z")
    assert published.items() <= newsroom.ids().items()


def test_order_of_arrival_on_disk_does_not_matter(tmp_path: Path) -> None:
    one, other = make(tmp_path / "a"), Newsroom.make(tmp_path / "b")
    for path in sorted((one.folder / "seeds").iterdir(), reverse=True):
        shutil.copy(path, other.folder / "seeds")
    one.build_well()
    other.build_well()
    assert one.site() == other.site()


def test_source_date_epoch_is_now(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "a")
    newsroom.write("a.txt", published="2026-06-01T10:00:00+02:00")
    run = newsroom.feeds("build", env={"SOURCE_DATE_EPOCH": "1780000000"})
    assert "1 under embargo, the next until 2026-06-01T08:00:00Z" in run.out
    run = newsroom.feeds("build", env={"SOURCE_DATE_EPOCH": "1790000000"})
    assert len(newsroom.entries()) == 1
