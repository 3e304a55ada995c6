"""Texts of authors' own, below front matter with title and date, and saved pages that have such front matter."""

from __future__ import annotations

import pytest

from feeds.article import Article, list_texts
from feeds.parse import parse_page_bytes

TITLE = "Musterbühne geht auf Reisen"
FRONT = f"---\ntitle: {TITLE}\npublished: 2026-11-05 10:00\n---\n"
TEXT = [
    "Die Musterbühne geht mit ihrem neuen Stück auf Reisen. Es ist im November in drei Städten zu sehen.",
    "Karten gibt es seit Montag im Vorverkauf, die ersten Abende sind beinahe ausgebucht.",
]
ENDS = [
    [
        "Die nächsten Vorstellungen:",
        "Sa., 14. November, 19.30 Uhr, Musterau",
        "So., 15. November, 16 Uhr, Beispielheim",
    ],
    ["Eröffnung: Freitag, 20. November 2026, 19 Uhr", "Öffnungszeiten: 10 bis 17 Uhr", "Eintritt: 5 Euro"],
    ["TSV Musterau – SV Beispielheim 4:0", "Tore: 1:0 Muster (12.), 2:0 Beispiel (38.)", "Zuschauer: 412"],
    [
        "Weitere Informationen: www.musterbuehne.example",
        "Rückfragen an die Pressestelle",
        "https://musterbuehne.example",
    ],
    ["Termine", "Musterau: 14. November", "Theater", "Beispielheim: 15. November"],
]


def read(lines: list[str], front: str = FRONT) -> Article:
    page = front + "\n\n".join(lines)
    article = parse_page_bytes(page.encode(), path="a.txt", source=None, zone="Europe/Berlin", language="de").article
    assert article is not None
    return article


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("above", [[], [TITLE], [TITLE, "Von Erika Muster"]])
def test_text_of_an_author_is_taken_word_for_word(end: list[str], above: list[str]) -> None:
    article = read([*above, *TEXT, *end])
    assert list_texts(article) == [*TEXT, *end]
    assert article.headline == TITLE
    assert article.authors == (("Erika Muster",) if len(above) > 1 else ())


def test_lines_above_the_first_sentence_of_an_author_stay_but_a_rule_and_a_dateline() -> None:
    article = read(["Drei Städte im November", "* * *", f"Köln (dpa) – {TEXT[0]}", TEXT[1], "* * *"])
    assert list_texts(article) == ["Drei Städte im November", *TEXT]
    assert article.dateline is not None
    assert article.dateline.place == "Köln"


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (["Musterbote", "Startseite", "Kultur", TITLE], []),
        (["Musterbote", TITLE], []),
        ([TITLE, "05.11.2026, 10:00 Uhr"], []),
        (["Startseite > Kultur"], []),
        (["Start | Kultur | Sport"], []),
        (["Zum Inhalt springen", "Musterbote", "Lokales"], []),
        (["Menü", "Musterbote"], []),
        ([], ["Wir verwenden Cookies, um unsere Website laufend zu verbessern."]),
        ([], ["Unfall auf der Straße fordert zwei Verletzte", "Rat beschließt neue Gebühren"]),
        ([], ["5. November 2026"]),
        ([], ["Impressum"]),
        ([], ["Teilen"]),
        ([], ["Mehr zum Thema:", "Neuer Steg am See"]),
        ([], ["Neuer Steg am See", "[mehr]"]),
        ([], ["Kontakt", "Datenschutz"]),
    ],
)
def test_saved_page_with_front_matter_is_read_as_one(above: list[str], below: list[str]) -> None:
    assert list_texts(read([*above, *TEXT, "Eintritt: 5 Euro", *below])) == TEXT


@pytest.mark.parametrize("front", ["title: Auf Reisen", "published: 2026-11-05 10:00"])
def test_page_whose_front_matter_lacks_title_or_date_is_read_as_a_saved_one(front: str) -> None:
    assert list_texts(read([TITLE, *TEXT, "Eintritt: 5 Euro"], f"---\n{front}\n---\n")) == TEXT
