"""Pages without a layout arrive one by one, and what recurs is learned: nothing known of an article is lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from feeds.parse.boilerplate import LEAST_PAGES
from tests.newsroom import Newsroom

SETTINGS = """\
[site]
base_url = "https://example.org/"
id = "blatt"

[[sources]]
name = "blatt"
folder = "seeds"
"""
SECRET = "die GEHEIM blieben"
AGENCY = '[[rules]]\nagency = "dpa"\ncontent = "headline"\n'
AUTHOR = '[[rules]]\nauthor = "Jens Krüger"\ncontent = "headline"\n'
PAGES = LEAST_PAGES + 4
SECTIONS = ("Lokales", "Politik", "Wirtschaft", "Sport", "Kultur")


def make_page(number: int, *, above: str = "", lead: str, below: str = "") -> str:
    section = SECTIONS[number % len(SECTIONS)]
    menu = "\n".join(SECTIONS)
    return (
        f"Anzeiger\n{menu}\nAnmelden\n{section}\n{above}Kabinett billigt Gesetz Nummer {number}\n"
        f"{number + 1:02}.11.2025, 07:15 Uhr\n{lead}"
        f"Das Kabinett billigte den Gesetzentwurf Nummer {number} zum Netzausbau im Land, sagte ein Sprecher.\n"
        f"Kritik kam im Fall {number} von Umweltverbänden und von mehreren Ländern, {SECRET}.\n"
        f"{below}Was sonst noch war\nGruß an alle\nBis bald im Dorf\n"
    )


def dateline(number: int) -> str:
    return make_page(number, lead="Berlin (dpa)\n")


def signature(number: int) -> str:
    return make_page(number, lead="", below="(dpa)\n")


def byline(number: int) -> str:
    return make_page(number, lead="Von Jens Krüger\n")


def byline_above(number: int) -> str:
    return make_page(number, above="Von Jens Krüger\n", lead="")


def byline_in_two(number: int) -> str:
    return make_page(number, lead="Von\nJens Krüger\n")


def put(newsroom: Newsroom, number: int, page: str) -> Path:
    path = newsroom.folder / f"seeds/{number:02}.txt"
    path.write_text(page, encoding="utf-8")
    return path


def find_secret(newsroom: Newsroom) -> list[str]:
    """The published files that hold what is protected."""
    return [path for path, data in newsroom.site().items() if SECRET.encode() in data]


@pytest.mark.parametrize(
    ("rule", "make"),
    [
        (AGENCY, dateline),
        (AGENCY, signature),
        (AUTHOR, byline),
        (AUTHOR, byline_above),
        (AUTHOR, byline_in_two),
    ],
)
def test_no_protected_text_is_published_as_pages_arrive_one_by_one(
    tmp_path: Path, rule: str, make: Callable[[int], str]
) -> None:
    newsroom = Newsroom.make(tmp_path / "room", SETTINGS + rule)
    for number in range(PAGES):
        put(newsroom, number, make(number))
        run = newsroom.build("--strict", "--gate", *(() if number else ("--first",)))
        assert (run.code, find_secret(newsroom)) == (0, []), run.told
        assert "corrected" not in run.out.replace("0 corrected", "")
    assert len(newsroom.entries()) == PAGES
    site = newsroom.site()
    shutil.rmtree(newsroom.library.parent)
    assert newsroom.build("--strict").code == 0
    assert newsroom.site() == site


def test_nothing_that_a_reader_sees_of_an_article_changes_with_the_tenth_page(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room", SETTINGS)
    for number in range(LEAST_PAGES - 1):
        put(newsroom, number, make_page(number, lead="Von Jens Krüger\n", below="Verletzt wurde dabei niemand.\n"))
    newsroom.build_well()
    before = {path: data for path, data in newsroom.site().items() if path.startswith("artikel/")}
    assert len(before) == LEAST_PAGES - 1
    put(newsroom, PAGES, make_page(PAGES, lead="Von Jens Krüger\n", below="Verletzt wurde dabei niemand.\n"))
    newsroom.build_well()
    after = newsroom.site()
    assert {path: after[path] for path in before} == before


def test_each_article_is_in_the_section_in_front_of_its_headline(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room", SETTINGS)
    for number in range(PAGES):
        put(newsroom, number, dateline(number))
    newsroom.build_well()
    for number, section in enumerate(SECTIONS):
        in_section = len(range(number, PAGES, len(SECTIONS)))
        assert len(newsroom.entries(section.casefold())) == in_section


def change_agency(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace("(dpa)", "(mm)"), encoding="utf-8")


@pytest.mark.parametrize("leave", [Path.unlink, change_agency])
def test_a_rule_that_binds_none_any_more_is_told_with_and_without_a_library(
    tmp_path: Path, leave: Callable[[Path], None]
) -> None:
    newsroom = Newsroom.make(tmp_path / "room", SETTINGS + AGENCY)
    put(newsroom, 0, make_page(0, lead=""))
    paths = [put(newsroom, number, dateline(number)) for number in range(1, 4)]
    assert newsroom.build("--strict").code == 0
    for path in paths:
        leave(path)
        for _ in range(2):
            run = newsroom.build("--strict")
            is_last = path is paths[-1]
            assert (run.code, "no article has this agency: 'dpa'" in run.err) == (int(is_last), is_last)
            shutil.rmtree(newsroom.library.parent)
        newsroom.build()
