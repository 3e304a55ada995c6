"""`feeds status`: says what a library holds, and changes nothing."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from tests.newsroom import SETTINGS, Newsroom


def test_the_library_of_another_version_is_left_as_it_is(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room", real_seed=True)
    assert "there is no library yet" in newsroom.feeds("status").out
    newsroom.build_well()
    run = newsroom.feeds("status")
    assert run.code == 0
    assert "1 article, " in run.out
    library = sqlite3.connect(newsroom.library)
    library.execute("UPDATE facts SET value = '1' WHERE name = 'schema'")
    library.commit()
    library.close()
    before = newsroom.library.read_bytes()
    run = newsroom.feeds("status")
    assert (run.code, run.err) == (1, "")
    assert "there is no library of this version yet" in run.out
    assert newsroom.library.read_bytes() == before


def test_a_library_beside_which_nothing_can_be_written_is_read_all_the_same(tmp_path: Path) -> None:
    """As on a full disk, or in a folder of somebody else's: SQLite can't make the file that readers share."""
    newsroom = Newsroom.make(tmp_path / "room", real_seed=True)
    newsroom.build_well()
    told = newsroom.feeds("status").out
    beside = newsroom.library.with_name("library.sqlite-wal")
    beside.unlink()
    beside.symlink_to("nowhere/library.sqlite-wal")
    assert newsroom.feeds("status").out.splitlines()[0] == told.splitlines()[0]
    assert "1 file, 1 article" in newsroom.feeds("sources").out
    # What is in there may be newer than the file.
    beside.unlink()
    beside.mkdir()
    for command in ("status", "sources"):
        run = newsroom.feeds(command)
        assert run.code == 1
        assert (
            "error: .feeds/library.sqlite: can't be opened: unable to open database file\n  check the perm" in run.err
        )


def test_a_damaged_library_is_told_by_those_who_only_look(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room", real_seed=True)
    newsroom.build_well()
    with newsroom.library.open("r+b") as file:
        file.truncate(40_000)
    for command in ("status", "sources"):
        run = newsroom.feeds(command)
        assert run.code == 1
        assert "error: .feeds/library.sqlite: can't be opened: database disk image is malformed\n  delete it" in run.err


def test_withdrawn_articles_are_counted_apart_everywhere_and_states_are_words(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room")
    for name in ("a", "b"):
        newsroom.write(f"{name}.txt", f"Nachricht {name}")
    newsroom.write("c.txt", stamp="")
    newsroom.write("d.txt", published="2026-02-30")
    newsroom.build()
    assert "; 2 articles" in newsroom.feeds("withdraw", "seeds/a.txt", "--reason", "x").out
    told = newsroom.feeds("status").out
    assert "library.sqlite: 1 article, 1 withdrawn, " in told
    status = json.loads(newsroom.feeds("status", "--json").out)
    assert (status["articles"], len(status["withdrawn"])) == (1, 1)
    assert "seeds: 2 articles, 1 with an error, 1 without a date\n" in told
    assert "files      2 articles, 1 with an error, 1 without a date\n" in newsroom.feeds("sources").out


def test_a_build_counts_what_the_status_and_the_sources_do_by_the_same_names(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room", f'{SETTINGS}\n[redirects]\n"/politik/" = "/kultur/"\n')
    newsroom.write("a.txt")
    newsroom.write("entwurf.txt", "Entwurf", status="draft", stamp="24 Juni 2024, 10:00")
    newsroom.write("c.txt", stamp="")
    newsroom.write("d.txt", published="2026-02-30")
    # Two articles at one address, and a link that leads nowhere.
    newsroom.write("e.txt", "Eins ist da", stamp="23 Juni 2024, 10:00", url="https://deu.belta.by/e-1-2024/")
    newsroom.write("f.txt", "Zwei ist hier", stamp="22 Juni 2024, 10:00", url="https://deu.belta.by/e-1-2024/")
    (newsroom.folder / "seeds/nichts.txt").symlink_to("nirgends.txt")
    (newsroom.folder / "seeds/leer.txt").write_text("---\ntitle: Nur das\n---\n", encoding="utf-8")
    counts = "1 set aside, 1 without a date, 2 with errors, 2 other errors; 2 articles\n"
    assert f"7 seeds: 7 read, 7 new, 0 changed, 0 unchanged, 0 removed, {counts}1 draft\n" in newsroom.build().out
    for told in (newsroom.feeds("status").out, newsroom.feeds("sources").out):
        assert "2 articles, 1 set aside, 1 draft, 2 with errors, 1 without a date\n" in told
    run = newsroom.build("--format", "json", "--summary", "s.md")
    seeds = json.loads(run.out)["seeds"]
    wanted = {"seeds": 7, "articles": 2, "set_aside": 1, "undated": 1, "errors": 2, "other_errors": 2, "drafts": 1}
    assert {name: seeds[name] for name in wanted} == wanted
    assert counts.strip() in run.err
    assert "- 0 under embargo, 1 draft, 0 withheld by rules\n" in (newsroom.folder / "s.md").read_text(encoding="utf-8")


def test_a_mistake_in_the_settings_is_no_seed_with_errors(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room", f'{SETTINGS}\n[redirects]\n"/politik/" = "/kultur/"\n')
    newsroom.write("a.txt")
    assert "0 set aside, 0 with errors, 1 other error; 1 article\n" in newsroom.build().out


def test_an_article_that_would_break_readers_has_errors_everywhere(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room")
    newsroom.write("a.txt", id="urn:uuid:12")
    assert "0 set aside, 1 with an error; 0 articles\n" in newsroom.build().out
    assert "seeds: 1 with an error\n" in newsroom.feeds("status").out
