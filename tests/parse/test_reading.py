"""What is read from a page: each page in tests/data/parse stands beside what must be read from it.

REWRITE_GOLDEN=1 writes the expected files anew; look at the diff before you keep it.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from feeds.article import dump_article, list_texts, load_article
from feeds.cli.parse import dump_reading
from feeds.config import Patterns, Source, parse_config
from feeds.errors import ConfigError, FrontMatterError
from feeds.parse import Reading, find_layout, list_layouts, load_page, parse_page_bytes

ROOT = Path(__file__).parent.parent.parent
DATA = ROOT / "tests" / "data" / "parse"
PAGES = sorted(
    path for path in DATA.glob("*/*") if path.suffix in {".txt", ".html", ".md"} and path.parent.name != "front"
)
ZONE = "Europe/Berlin"


def read(data: bytes, *, path: str = "page.txt", source: Source | None = None) -> Reading:
    return parse_page_bytes(data, path=path, source=source, zone=ZONE, language="de")


def facts_of(reading: Reading) -> dict[str, Any]:
    facts = dump_reading("", reading, reading.problems)
    del facts["path"]
    # Written down where they say more than usual.
    if facts["access"] != "paid":
        del facts["access"]
    if facts["agencies"] in ([], [(facts["dateline"] or {}).get("agency")]):
        del facts["agencies"]
    if reading.article is not None:
        dumped = dump_article(reading.article)
        facts["blocks"] = list(map(show_block, dumped.get("blocks", [])))
        facts["layout"] = reading.layout
        facts["kicker"] = reading.article.kicker
        facts["summary"] = reading.article.summary
        facts["tags"] = list(reading.article.tags)
        facts["marks"] = [f"{line} {role}" for line, role in sorted(reading.marks.items())]
    return facts


def show_block(block: list[Any]) -> str | list[Any]:
    """A block as it is dumped; the name alone where it has no markup, for its text is in `body`."""
    if block[0] == "image" or (block[0], block[-1]) == ("subheadline", None):
        # A picture's last field says whether readers load it, which is decided at publication.
        return block[:-1]
    return block if block[-1] else str(block[0])


def test_every_kind_of_page_is_there() -> None:
    assert {path.parent.name for path in PAGES} >= {"belta", "general", "html", "markdown"}


@pytest.mark.parametrize("page", PAGES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_page_reads_as_expected(page: Path) -> None:
    facts = facts_of(read(load_page(page), path=page.name))
    golden = page.with_name(f"{page.name}.json")
    if os.environ.get("REWRITE_GOLDEN"):
        golden.write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert facts == json.loads(golden.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_article_survives_json(page: Path) -> None:
    article = read(load_page(page), path=page.name).article
    if article is not None:
        assert load_article(json.loads(json.dumps(dump_article(article)))) == article


def test_long_table_of_numbers_is_read() -> None:
    table = "| a | b | c |\n|---|---|---|\n" + "| 1 | 2 | 3 |\n" * 1_500
    article = read(f"# Zahlen\n\n{table}".encode(), path="a.md").article
    assert article is not None
    assert list_texts(article) == ["a | b | c", *["1 | 2 | 3"] * 1_500]


def test_line_ends_and_encoding_change_nothing() -> None:
    page = DATA / "belta" / "stamp-below.txt"
    text = page.read_text(encoding="utf-8")
    expected = facts_of(read(text.encode()))
    for data in (
        text.replace("\n", "\r\n").encode(),
        text.encode("utf-8-sig"),
        text.encode("utf-16"),
    ):
        assert facts_of(read(data)) == expected


@pytest.mark.parametrize("page", sorted((DATA / "belta").glob("stamp-*.txt")), ids=lambda path: path.name)
def test_a_blank_line_behind_each_line_changes_nothing_in_a_layout(page: Path) -> None:
    front, closing, text = page.read_text(encoding="utf-8").rpartition("---\n")
    spaced = "\n\n".join(filter(str.strip, text.split("\n")))
    expected, found = (facts_of(read(f"{front}{closing}{each}".encode())) for each in (text, spaced))
    for facts in (expected, found):
        # They name lines.
        del facts["marks"], facts["problems"]
    assert found == expected


@pytest.mark.parametrize(
    "stamp", ["12 März 2024,09:05", "12 März 2024 | 09:05", "12 März 2024,  09:05 Uhr", "12\xa0März\xa02024, 09:05"]
)
def test_blanks_in_the_stamp_of_a_layout_tell_nothing(stamp: str) -> None:
    text = (DATA / "belta" / "stamp-below.txt").read_text(encoding="utf-8")
    known, found = (read(each.encode()).article for each in (text, text.replace("12 März 2024, 09:05", stamp)))
    assert known is not None
    assert found is not None
    assert (found.published, found.category, found.headline) == (known.published, known.category, known.headline)


def mark_links(text: str, mark: Callable[[int, str], str]) -> str:
    """A page of a layout with the links of its menu and its footer as a converter writes them."""
    menu = {"Projekte", "Staatsorgane", "Alle Nachrichten", "Wirtschaft", "Twitter", "Letzte Nachrichten aus Belarus"}
    lines = text.split("\n")
    return "\n".join(mark(number, line) if line in menu else line for number, line in enumerate(lines))


@pytest.mark.parametrize(
    "mark", [lambda _, line: f"[{line}](https://deu.belta.by/{len(line)})", lambda number, line: f"   [{number}]{line}"]
)
def test_links_that_a_converter_wrote_change_nothing_in_a_layout(mark: Callable[[int, str], str]) -> None:
    text = (DATA / "belta" / "stamp-below.txt").read_text(encoding="utf-8")
    assert facts_of(read(mark_links(text, mark).encode())) == facts_of(read(text.encode()))


def test_labels_of_a_layout_may_be_of_its_other_edition() -> None:
    text = (DATA / "belta" / "stamp-below.txt").read_text(encoding="utf-8")
    expected, found = (
        facts_of(read(each.encode()))
        for each in (text, text.replace("Abonnieren Sie uns auf", "Подписывайтесь на нас"))
    )
    assert found == expected


def test_text_alone_is_of_its_layout_where_a_line_breaks_in_its_dateline() -> None:
    text = (DATA / "belta" / "text-only.txt").read_text(encoding="utf-8").rpartition("---\n")[2]
    assert read(text.replace("MINSK; ", "MINSK,\n").encode()).layout == "belta"


@pytest.mark.parametrize(("menu", "kind"), [("", "article"), ("Alle Nachrichten\n", "index")])
def test_text_alone_with_its_dateline_is_an_article_of_a_layout_whatever_its_address(menu: str, kind: str) -> None:
    front = "---\nurl: https://deu.belta.by/printv/ansicht\n---\n"
    text = (DATA / "belta" / "text-only.txt").read_text(encoding="utf-8").rpartition("---\n")[2]
    assert read(f"{front}{menu}{text}".encode()).kind == kind


def test_page_of_a_layout_is_in_its_zone() -> None:
    article = read((DATA / "belta" / "stamp-below.txt").read_bytes()).article
    assert article is not None
    assert article.zone == "Europe/Minsk"


def test_zone_of_the_source_wins_over_that_of_the_layout() -> None:
    source = Source(name="quelle", folder=Path("seeds"), timezone="Europe/Vienna")
    article = read((DATA / "belta" / "stamp-below.txt").read_bytes(), source=source).article
    assert article is not None
    assert article.zone == "Europe/Vienna"
    assert article.source == "quelle"


def test_front_matter_wins_over_the_page() -> None:
    page = b"""---
url: "https://m.blatt.example/a-12.html"
id: "https://blatt.example/id/12"
title: Anderer Titel
category: Sport
published: 2020-01-02 03:04
status: withdrawn
reason: Irrtum
---
"""
    article = read(page + (DATA / "general" / "label-datum.txt").read_bytes()).article
    assert article is not None
    assert article.headline == "Anderer Titel"
    assert article.category == "Sport"
    assert article.published is not None
    assert article.published.value.isoformat() == "2020-01-02T03:04:00+01:00"
    assert (article.status, article.reason, article.key) == ("withdrawn", "Irrtum", "https://blatt.example/id/12")
    found = dict(article.found)
    assert (found["headline"].line, found["headline"].rule) == (4, "front matter")
    assert (found["published"].line, found["published"].rule) == (6, "front matter")


def test_unreadable_date_in_front_matter_is_an_error_with_its_line() -> None:
    with pytest.raises(FrontMatterError) as caught:
        read(b"---\ntitle: A\npublished: irgendwann\n---\nText.\n")
    assert (caught.value.path, caught.value.line, caught.value.text) == ("page.txt", 3, "irgendwann")


def test_lines_count_from_the_top_of_the_file() -> None:
    article = read(b"---\ntags: a\n---\n" + (DATA / "belta" / "stamp-below.txt").read_bytes()).article
    assert article is not None
    assert dict(article.found)["published"].line == 10


def test_unknown_layout_of_a_source_is_an_error_that_names_the_known() -> None:
    with pytest.raises(ConfigError, match="known are belta, general"):
        read(b"Text.", source=Source(name="a", folder=Path(), layout="nirgends"))


def test_layout_of_belta_knows_its_facts() -> None:
    layout = find_layout("belta")
    assert layout.zone == "Europe/Minsk"
    assert layout.sections["politics"] == "Politik"


def test_layouts_are_found_by_their_files() -> None:
    assert [layout.name for layout in list_layouts()] == ["belta"]


FOREIGN = """Heute im Blatt
Lokales :: Verkehr
== Drei neue Radwege ==
geschrieben 25-6-2024/14h05 (em)
Nichts davon stimmt.
---
Die Stadt baut drei neue Radwege.

Alle freuen sich.
***
Fußzeile mit vielen Worten, die wie ein ganzer Absatz aussieht und doch zu keinem Text gehört.
"""


def test_patterns_of_a_source_are_its_layout() -> None:
    patterns = Patterns(
        headline=r"^== (.+) ==$",
        category=r"^Lokales :: (.+)$",
        stamp=r"^geschrieben (\d+-\d+-\d+)",
        byline=r"\((\w+)\)$",
        start="^---$",
        end=r"^\*\*\*$",
    )
    article = read(FOREIGN.encode(), source=Source(name="a", folder=Path(), patterns=patterns)).article
    assert article is not None
    assert article.headline == "Drei neue Radwege"
    assert article.category == "Verkehr"
    assert article.authors == ("em",)
    assert article.published is not None
    assert article.published.value.isoformat() == "2024-06-25"
    assert list_texts(article) == ["Die Stadt baut drei neue Radwege.", "Alle freuen sich."]
    assert dict(article.found)["headline"].line == 3


@pytest.mark.parametrize("front", ["KÖLN (dpa) – ", "KÖLN. "])
def test_text_begins_where_it_is_found_if_only_its_end_has_a_pattern(front: str) -> None:
    source = Source(name="a", folder=Path(), patterns=Patterns(end="^(Teilen|Drucken)$"))
    text = [
        f"{front}Der Rat hat am Abend beschlossen, den Weg am Bach zu erneuern. Das kostet Geld.",
        "Kosten: 3 Euro",
    ]
    page = ["Musterbote", "Startseite", "Lokales", "Der Weg wird erneuert", "12. März 2021", *text, "Teilen", "Kontakt"]
    article = read("\n\n".join(page).encode(), source=source).article
    assert article is not None
    assert list_texts(article) == [text[0].removeprefix(front), text[1]]
    assert article.headline == "Der Weg wird erneuert"
    assert article.dateline is not None
    assert article.dateline.place == "KÖLN"


def test_pattern_that_finds_nothing_is_a_problem() -> None:
    source = Source(name="a", folder=Path(), patterns=Patterns(headline="^Titel: (.+)$"))
    problems = read(FOREIGN.encode(), source=source).problems
    assert "pattern-found-nothing" in [problem.rule for problem in problems]


def test_pattern_that_finds_no_date_is_told_by_its_key_and_line() -> None:
    source = Source(name="a", folder=Path(), patterns=Patterns(stamp="geschrieben (.+)"))
    page = FOREIGN.replace("geschrieben 25-6-2024", "geschrieben von Hand")
    (problem,) = [one for one in read(page.encode(), source=source).problems if one.rule == "unreadable-stamp"]
    assert problem.what.startswith("the stamp pattern found what is no date (")
    assert problem.line == 1 + next(at for at, line in enumerate(page.splitlines()) if "von Hand" in line)
    assert "sources.patterns.stamp in config.toml" in (problem.hint or "")


def test_example_of_the_note_reads_as_the_note_says() -> None:
    note = (ROOT / "docs/pages-of-your-own-are-read-without-code.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", note, re.MULTILINE | re.DOTALL)
    page = next(text for kind, text in blocks if not kind and "==" in text)
    config = parse_config(next(text for kind, text in blocks if kind == "toml"), None)
    article = read(page.encode(), source=config.sources[0]).article
    assert article is not None
    assert (article.headline, article.category, article.authors) == ("Drei neue Radwege", "Verkehr", ("em",))
    assert article.published is not None
    assert article.published.value.isoformat() == "2024-06-25"
    assert list_texts(article) == ["Die Stadt baut drei neue Radwege."]
