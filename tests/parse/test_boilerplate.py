"""What is learned from a source's pages: lines that recur at their edges, whatever they say and in whatever order."""

from __future__ import annotations

from feeds.article import list_texts
from feeds.parse import Boilerplate, count_edge_lines, find_boilerplate, parse_page, parse_page_bytes

HEAD = (
    "Blatt für alle Leute\nWir berichten aus jedem Dorf, und das seit hundert Jahren. Lesen Sie uns täglich.\nPolitik\n"
)
FOOT = "Was sonst noch war\nGruß an alle\nSo erreichen Sie uns jeden Tag, denn wir sind immer für Sie da.\nBis bald.\n"
WORDS = "Brücke Schule Garten Brunnen Rathaus Museum Straße Wald Teich Turm Markt Hafen Park Bahnhof".split()


def make_page(number: int) -> bytes:
    word = WORDS[number]
    return (
        f"{HEAD}{word} wird nun endlich gebaut\n0{number % 9 + 1}.03.2024, 14:05 Uhr\n"
        f"Die Arbeiten am Bau ({word}) haben begonnen und dauern bis in den Herbst, teilte das Amt mit.\n"
        f"Anwohner sagen, dass {word} zu laut wird und dass man daran etwas ändern muss, und zwar sofort.\n{FOOT}"
    ).encode()


PAGES = [make_page(number) for number in range(len(WORDS))]


def learn(pages: list[bytes]) -> Boilerplate:
    return find_boilerplate(count_edge_lines(parse_page(data, path="a.txt") for data in pages), len(pages))


def test_lines_on_most_pages_are_learned_and_no_others() -> None:
    assert learn(PAGES).lines == frozenset((HEAD + FOOT).splitlines())


def test_nothing_is_learned_from_few_pages() -> None:
    assert learn(PAGES[:9]).lines == frozenset()


def test_copies_of_one_article_are_no_boilerplate() -> None:
    lines = learn(PAGES + [PAGES[0]] * 3).lines
    assert lines == frozenset((HEAD + FOOT).splitlines())


def test_order_of_arrival_changes_nothing() -> None:
    assert learn(PAGES[::-1]) == learn(PAGES[7:] + PAGES[:7]) == learn(PAGES)


def test_page_is_read_without_boilerplate() -> None:
    known = learn(PAGES)
    reading = parse_page_bytes(
        PAGES[3], path="a.txt", source=None, zone="Europe/Berlin", language="de", boilerplate=known
    )
    assert reading.article is not None
    assert reading.article.headline == "Brunnen wird nun endlich gebaut"
    assert reading.article.category == "Politik"
    assert [text[:12] for text in list_texts(reading.article)] == ["Die Arbeiten", "Anwohner sag"]
    assert reading.marks[1] == "navigation"
    assert reading.marks[8] == "footer"
