"""Near-copies across sources are kept, linked to each other, and shown with the reason; off by default."""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Iterator, Sequence
from itertools import permutations
from pathlib import Path

import pytest

from feeds.parse import similarity
from tests.newsroom import Newsroom

LATER = "2026-02-02T02:02:02Z"
TEXT = (Path(__file__).parent.parent / "data/parse/copies/agency.text").read_text(encoding="utf-8").strip()
OTHER = (Path(__file__).parent.parent / "data/parse/copies/other.text").read_text(encoding="utf-8").strip()
PAPERS = ("abend", "morgen", "woche")
OFF = '[site]\nbase_url = "https://example.org/"\nid = "blatt"\n' + "".join(
    f'[[sources]]\nname = "{name}"\nfolder = "seeds/{name}"\n' for name in PAPERS
)
ON = f"{OFF}[feeds]\nnear_copies = true\n"

needs_extra = pytest.mark.skipif(
    importlib.util.find_spec("rensa") is None or importlib.util.find_spec("rapidfuzz") is None,
    reason="the extra dedup is not installed",
)


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    return make_newsroom(tmp_path / "room")


def make_newsroom(folder: Path) -> Newsroom:
    newsroom = Newsroom.make(folder, ON)
    for name in PAPERS:
        (folder / "seeds" / name).mkdir()
    return newsroom


def write(newsroom: Newsroom, paper: str, text: str = TEXT, *, day: str = "2024-06-25", name: str = "a.md") -> Path:
    path = newsroom.folder / "seeds" / paper / name
    front = (
        f"title: {paper.title()} berichtet\npublished: {day}T12:00:00+02:00\nurl: https://www.{paper}.example/{name}"
    )
    path.write_text(f"---\n{front}\n---\n{text}\n", encoding="utf-8")
    return path


def links(newsroom: Newsroom) -> dict[str, list[str]]:
    """The publishers that each article's page links to as having its text too."""
    found = {}
    for paper, page in pages(newsroom):
        part = page.partition('<p class="copies">')[2].partition("</p>")[0]
        found[paper] = re.findall(">([^<>]+)</a>", part)
    return found


def pages(newsroom: Newsroom) -> Iterator[tuple[str, str]]:
    for path, body in newsroom.site().items():
        if path.startswith("artikel/"):
            yield path.rstrip("/").split("/")[2].partition("-")[0], body.decode()


@needs_extra
def test_copies_of_two_papers_link_to_each_other(newsroom: Newsroom) -> None:
    write(newsroom, "abend")
    write(newsroom, "morgen", "Aus dem Rathaus. " + TEXT, day="2024-06-27")
    write(newsroom, "woche", OTHER)
    run = newsroom.build_well()
    assert "3 articles" in run.out
    assert links(newsroom) == {"abend": ["morgen.example"], "morgen": ["abend.example"], "woche": []}
    assert newsroom.feeds("check", "public").code == 0
    shown = newsroom.feeds("sources", "--copies")
    assert "'Abend berichtet' (seeds/abend/a.md)" in shown.out
    (told,) = map(json.loads, newsroom.feeds("sources", "--copies", "--json").out.splitlines())
    assert told["likeness"] > 0.8
    assert len(told["passage"].split()) == similarity.PASSAGE
    assert {end["seed"] for end in told["articles"]} == {"seeds/abend/a.md", "seeds/morgen/a.md"}


@needs_extra
def test_neither_one_paper_alone_nor_days_apart_make_copies(newsroom: Newsroom) -> None:
    write(newsroom, "abend")
    write(newsroom, "abend", f"Noch einmal. {TEXT}", name="b.md")
    write(newsroom, "morgen", day="2024-07-02")
    newsroom.build_well()
    assert not any(links(newsroom).values())


@needs_extra
def test_pages_of_partners_follow_every_change(newsroom: Newsroom) -> None:
    write(newsroom, "abend")
    newsroom.build_well()
    write(newsroom, "morgen")
    newsroom.build_well(now=LATER)
    assert links(newsroom) == {"abend": ["morgen.example"], "morgen": ["abend.example"]}
    write(newsroom, "morgen", OTHER)
    newsroom.build_well(now=LATER)
    assert not any(links(newsroom).values())
    write(newsroom, "morgen")
    newsroom.build_well(now=LATER)
    assert links(newsroom)["abend"] == ["morgen.example"]
    newsroom.feeds("withdraw", newsroom.ids()["Morgen berichtet"], "--now", LATER)
    newsroom.build_well(now=LATER)
    assert links(newsroom)["abend"] == []
    newsroom.configure(OFF)
    newsroom.build_well(now=LATER)
    assert not any(links(newsroom).values())
    assert "no near-copies" in newsroom.feeds("sources", "--copies").out


@needs_extra
def test_order_of_arrival_changes_no_link(tmp_path: Path) -> None:
    found = []
    for number, order in enumerate(list(permutations(PAPERS))[:3]):
        newsroom = make_newsroom(tmp_path / str(number))
        for paper in order:
            write(newsroom, paper, TEXT if paper != "woche" else f"{TEXT} Mehr in der Woche.")
            if number % 2:
                newsroom.build_well()
        newsroom.build_well()
        found.append((links(newsroom), newsroom.feeds("sources", "--copies", "--json").out))
        site = newsroom.site()
        newsroom.library.unlink()
        newsroom.build_well(now=LATER)
        assert newsroom.site() == site
    assert found == [found[0]] * len(found)
    assert found[0][0]["abend"] == ["morgen.example", "woche.example"]


@needs_extra
def test_only_new_and_changed_articles_are_compared(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    for paper in PAPERS:
        write(newsroom, paper, f"{paper} {OTHER if paper == 'woche' else TEXT}")
    newsroom.build_well()
    sketched: list[Sequence[str]] = []
    real = similarity.make_bands

    def note(words: Sequence[str]) -> tuple[int, ...]:
        sketched.append(words)
        return real(words)

    monkeypatch.setattr(similarity, "make_bands", note)
    newsroom.build_well(now=LATER)
    assert sketched == []
    write(newsroom, "woche", TEXT)
    newsroom.build_well(now=LATER)
    assert len(sketched) == 1


@needs_extra
def test_nothing_of_an_erased_article_stays(newsroom: Newsroom) -> None:
    write(newsroom, "abend")
    write(newsroom, "morgen", f"{TEXT}\n\nDas Morgenblatt fragte allein den Geheimrat Vielsagend.")
    newsroom.build_well()
    passage = json.loads(newsroom.feeds("sources", "--copies", "--json").out)["passage"]
    (newsroom.folder / "seeds/abend/a.md").unlink()
    newsroom.build_well(now=LATER)
    assert links(newsroom) == {"morgen": []}
    assert newsroom.feeds("sources", "--copies", "--json").out == ""
    write(newsroom, "abend")
    newsroom.build_well(now=LATER)
    assert newsroom.feeds("erase", "seeds/morgen/a.md", "--yes", "--now", LATER).code == 0
    assert links(newsroom) == {"abend": []}
    assert newsroom.feeds("sources", "--copies", "--json").out == ""
    library = newsroom.library.read_bytes()
    assert passage.encode() not in library
    assert b"Vielsagend" not in library


def test_the_setting_without_the_extra_says_what_to_install(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(newsroom, "abend")
    monkeypatch.setattr(similarity, "has_similarity", lambda: False)
    run = newsroom.build()
    assert run.code == 1
    assert "pip install '.[dedup]'" in run.err
    newsroom.configure(OFF)
    newsroom.build_well()
