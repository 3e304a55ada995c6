"""`feeds sources`, and `feeds parse` with what the library knows of a file's source."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pytest

from feeds.cli.reporting import MAX_NOTES
from feeds.store import add_rows, ask, open_library, schema
from feeds.store.sources import count_noted, find_notes
from tests.newsroom import Newsroom

SETTINGS = """\
[site]
base_url = "https://example.org/"
id = "blatt"

[[sources]]
name = "blatt"
folder = "seeds"
"""
TIP = "Und wenn Sie mögen, dann schreiben Sie uns doch, denn wir lesen jeden Brief gern."


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    newsroom = Newsroom.make(tmp_path / "room", SETTINGS)
    for number in range(11):
        (newsroom.folder / f"seeds/{number}.txt").write_text(make_page(f"Haus {number}"), encoding="utf-8")
    (newsroom.folder / "seeds/leer.txt").write_text("---\ntitle: Nur das\n---\n", encoding="utf-8")
    newsroom.write("belta.txt")
    return newsroom


def make_page(name: str) -> str:
    return (
        f"{name} wird nun endlich gebaut\n05.03.2024, 14:05 Uhr\n"
        f"Die Arbeiten an {name} haben begonnen und dauern bis in den Herbst, teilte das Amt mit.\n"
        f"Anwohner sagen, dass {name} zu laut wird und dass man daran etwas ändern muss.\n{TIP}\n"
    )


def test_sources_are_told_with_their_files_and_learned_lines(newsroom: Newsroom) -> None:
    newsroom.build_well()
    run = newsroom.feeds("sources", "--lines")
    assert run.code == 0
    assert "blatt: 13 files, 12 articles" in run.out
    assert "11 general" in run.out
    assert "1 belta" in run.out
    assert f"11  {TIP}" in run.out
    (told,) = map(json.loads, newsroom.feeds("sources", "--json", "--lines").out.splitlines())
    assert told["files"]["article"] == 12
    assert sum(told["set_aside"].values()) == 1
    assert told["zone"] is None
    assert told["lines"] == [{"line": TIP, "pages": 11}]
    assert TIP not in newsroom.feeds("sources").out


def test_what_a_build_noted_is_told_later(newsroom: Newsroom) -> None:
    page = newsroom.folder / "seeds/10.txt"
    page.write_text(f"---\nkategorie: Sport\n---\n{page.read_text(encoding='utf-8')}", encoding="utf-8")
    (newsroom.folder / "seeds/ohne.txt").write_text(make_page("Haus").replace("05.03.2024, 14:05 Uhr\n", ""), "utf-8")
    noted = newsroom.build_well().err
    told = "seeds/10.txt:2: the front matter has an unknown key: 'kategorie'\n"
    assert f"note: {told}" in noted
    assert told not in newsroom.build_well().err
    assert "  notes      1 file\n" in newsroom.feeds("sources").out
    assert f"    {told}      did you mean category?\n" in newsroom.feeds("sources", "--notes").out
    (found,) = map(json.loads, newsroom.feeds("sources", "--json", "--notes").out.splitlines())
    assert found["noted_files"] == 1
    assert [(note["path"], note["line"], note["text"]) for note in found["notes"]] == [("seeds/10.txt", 2, "kategorie")]
    page.unlink()
    newsroom.build_well()
    assert "  notes      none\n" in newsroom.feeds("sources").out


def test_headline_that_is_made_of_the_first_sentence_is_noted(newsroom: Newsroom) -> None:
    newsroom.feeds("build")
    (newsroom.folder / "seeds/11.txt").write_text(f"---\npublished: 2024-06-25\n---\n{TIP}\n", encoding="utf-8")
    told = "seeds/11.txt: no line is certain to be the headline: readers get the first sentence in its place\n"
    assert f"note: {told}" in newsroom.feeds("build").err
    assert told in newsroom.feeds("sources", "--notes").out


def test_where_more_notes_are_shown_is_said_truly(newsroom: Newsroom) -> None:
    for number in range(MAX_NOTES):
        newsroom.write(f"seite-{number}.txt", f"Haus {number} steht", kategorie="Sport")
    (newsroom.folder / "seeds/brief.pdf").touch()
    noted = "the front matter has an unknown key: 'kategorie'"
    dry = newsroom.feeds("build", "--dry-run").err
    assert "note: and 1 more; `feeds parse FILE` shows those that come from reading files\n" in dry, dry
    assert noted in newsroom.feeds("parse", "seeds/seite-1.txt").out
    assert (
        "note: and 1 more; `feeds sources --notes` shows those that come from reading files\n"
        in newsroom.build_well().err
    )
    assert newsroom.feeds("sources", "--notes").out.count(noted) == MAX_NOTES


def test_notes_of_many_files_are_counted_and_told_row_by_row(newsroom: Newsroom) -> None:
    newsroom.build_well()
    library = open_library(newsroom.library)
    with library.write() as connection:
        (row,) = ask(connection, "SELECT * FROM seeds WHERE path = 'seeds/1.txt'")
        notes = json.dumps([["unknown-key", "the front matter has an unknown key", 2, "kategorie", None]])
        known = dict(zip(schema.seeds.columns, row, strict=True))
        rows = [{**known, "path": f"seeds/viele/{number}.txt", "notes": notes} for number in range(20_000)]
        add_rows(connection, schema.seeds, rows)
    del rows
    with library.read() as connection:
        tracemalloc.start()
        noted, told = count_noted(connection, "blatt"), sum(1 for _ in find_notes(connection, "blatt"))
        peak_bytes = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    library.close()
    assert (noted, told) == (20_000, 20_000)
    assert peak_bytes < 4_000_000


def test_sources_without_a_library_make_none(newsroom: Newsroom) -> None:
    run = newsroom.feeds("sources")
    assert run.code == 1
    assert "there is no library of this version yet" in run.out
    assert not newsroom.library.parent.exists()


def test_parse_uses_what_the_library_knows_and_changes_nothing(newsroom: Newsroom) -> None:
    new = newsroom.folder / "seeds/neu.txt"
    new.write_text(make_page("Das neue Haus"), encoding="utf-8")
    before = json.loads(newsroom.feeds("parse", "--json", str(new)).out)
    assert TIP in before["body"]
    assert not newsroom.library.parent.exists()
    new.rename(newsroom.folder / "neu.txt")
    newsroom.build_well()
    (newsroom.folder / "neu.txt").rename(new)
    library = newsroom.library.read_bytes()
    after = json.loads(newsroom.feeds("parse", "--json", str(new)).out)
    assert after["body"] == [text for text in before["body"] if text != TIP]
    marked = newsroom.feeds("parse", str(new)).out
    assert any("footer" in line and TIP[:20] in line for line in marked.splitlines())
    assert newsroom.library.read_bytes() == library


@pytest.mark.parametrize("data", [b"", b"no library at all", b"\x00" * 4096])
def test_parse_does_without_a_library_that_is_none(newsroom: Newsroom, data: bytes) -> None:
    newsroom.library.parent.mkdir()
    newsroom.library.write_bytes(data)
    run = newsroom.feeds("parse", "--json", str(newsroom.folder / "seeds/1.txt"))
    assert run.code == 0
    assert json.loads(run.out)["kind"] == "article"
    assert newsroom.library.read_bytes() == data


def test_files_that_are_no_article_of_their_own_are_listed(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room")
    newsroom.write("a.txt")
    newsroom.build_well()
    assert newsroom.feeds("sources", "--files").out == "each file that is published is an article of its own\n"
    newsroom.write("kopie.txt")
    assert "note" not in newsroom.build_well().err
    (identifier,) = newsroom.ids().values()
    told = f"seeds/a.txt: its article has its text from seeds/kopie.txt ({identifier})\n"
    assert newsroom.feeds("sources", "--files").out == told
    (found,) = map(json.loads, newsroom.feeds("sources", "--files", "--json").out.splitlines())
    assert found == {"path": "seeds/a.txt", "article": identifier, "text_from": "seeds/kopie.txt"}


def test_a_file_with_another_headline_than_its_article_is_noted_once(tmp_path: Path) -> None:
    newsroom, lead = Newsroom.make(tmp_path / "room"), "MINSK, 25. Juni (BelTA) – So steht es fest."
    newsroom.write("a.txt", lead=lead)
    newsroom.write("b.txt", "„Brücke“ eröffnet", lead=lead)
    assert "note" not in newsroom.build_well().err
    newsroom.write("c.txt", "Brücke ist offen", lead=lead)
    told = (
        "seeds/a.txt: is a file of the article whose text is that of seeds/c.txt, and has another headline: 'Brücke er"
    )
    run = newsroom.build_well()
    assert f"note: {told}" in run.err
    assert run.err.count("note: ") == 2
    newsroom.write("d.txt", "Etwas anderes", lead="MINSK, 25. Juni (BelTA) – Etwas anderes.")
    assert "note" not in newsroom.build_well().err
