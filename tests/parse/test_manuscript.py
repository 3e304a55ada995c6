"""Texts of authors' own, below front matter with title and date, and saved pages that have such front matter."""

from __future__ import annotations

import pytest

from feeds.article import Article, list_texts
from feeds.config import Source
from feeds.errors import FrontMatterError
from feeds.parse import parse_page_bytes
from feeds.parse.manuscript import LEFT_OUT

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


SENTENCE = "Der Rat hat am Abend lange getagt."
EVERYDAY = {
    "Kirchenkonzert": ["Wann: Sonntag, 6. Dezember, 17 Uhr", "Wo: Stadtkirche", "Eintritt: frei", SENTENCE],
    "Sprechstunde": [
        "Bürgersprechstunde mit Erika",
        "Donnerstag, 3. Dezember 2026, 17 bis 19 Uhr",
        "Zimmer 12",
        SENTENCE,
    ],
    "Rezept: Zimtsterne": ["Zutaten:", "500 g Mandeln", "300 g Puderzucker", "3 Eiweiß", SENTENCE, "Dauer: 40 Minuten"],
    "Müllabfuhr": ["Nordstadt: Dienstag statt Montag", "Südstadt: Mittwoch statt Dienstag", SENTENCE],
    "Leserbrief": ["Zum Artikel „Bäume“ vom 20. Oktober 2026", "Sehr geehrte Redaktion,", SENTENCE, "Mit Grüßen"],
    "Vereine: Turner wählen neu": ["Vereine", "Turnverein Musterau", SENTENCE, "1. Vorsitzende: Uta Probe"],
    "Newsletter startet": [SENTENCE, "Newsletter abonnieren", SENTENCE + " Es war laut.", "Preis: kostenlos"],
    "Nachruf auf Hans Beispiel": ["* 1. Januar 1940", "† 20. Oktober 2026", SENTENCE],
    "Gedicht zum Advent": ["Der Wind geht leis,", "das Land ist weiß,", "die Nacht ist klar,", "so wie es war."],
    "Lied": ["Die Sonne geht auf", "Der Hahn kräht laut", "Die Kuh gibt Milch"],
    "Chor": [SENTENCE, "Wer singt im Chor?", "Der Chor singt.", "Karten: 0123/456"],
    "Ergebnisse": [SENTENCE, "Die Ergebnisse der Wahl:", "Partei A: 40", "Partei B: 30"],
    "Kommentar zum Haushalt": ["Kommentar", SENTENCE],
    "Neues": [SENTENCE, "Anzeige", SENTENCE + " Es ging um die Brücke."],
    "Beschlüsse": [SENTENCE, "Er beschloss:", "Die Steuer steigt", "Das Bad schließt im Mai"],
    "Recht im Netz": ["Ein Gericht hat über Cookies entschieden.", SENTENCE, "Eintritt: frei"],
    "Ein Mann kehrt heim": [SENTENCE, "Zum Inhalt: Ein Mann kehrt in sein Dorf zurück.", "Spieldauer: 90 Minuten"],
    "Termine der Woche": ["Montag: Sitzung, 18 Uhr", "1. Platz: Anna Probe", "Eintritt: 5 Euro", "www.blatt.example"],
}


def read(lines: list[str], front: str = FRONT, source: Source | None = None) -> Article:
    page = front + "\n\n".join(lines)
    article = parse_page_bytes(page.encode(), path="a.txt", source=source, zone="Europe/Berlin", language="de").article
    assert article is not None
    return article


@pytest.mark.parametrize("title", EVERYDAY)
def test_everyday_text_is_taken_whole(title: str) -> None:
    article = read(EVERYDAY[title], f'---\ntitle: "{title}"\npublished: 2026-11-05 10:00\n---\n')
    assert list_texts(article) == EVERYDAY[title]
    assert article.problems == ()


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


SAVED = ["Startseite", "Kultur", *TEXT, "Eintritt: 5 Euro", "Impressum", "Datenschutz"]
SOURCES = {written: Source(name="blatt", folder=".", verbatim=written) for written in (None, True, False)}


@pytest.mark.parametrize(("key", "source"), [("true", None), ("true", False), (None, True)])
def test_verbatim_takes_all_lines_and_what_the_file_says_wins(key: str | None, source: bool | None) -> None:  # noqa: FBT001 (a case)
    front = FRONT if key is None else FRONT.replace("---\n", f"---\nverbatim: {key}\n", 1)
    article = read([TITLE, *SAVED], front, SOURCES[source])
    assert list_texts(article) == SAVED
    assert article.problems == ()


@pytest.mark.parametrize(("key", "source"), [("false", None), ("false", True), (None, False)])
def test_what_is_not_verbatim_is_a_saved_page_without_a_note(key: str | None, source: bool | None) -> None:  # noqa: FBT001 (a case)
    front = FRONT if key is None else FRONT.replace("---\n", f"---\nverbatim: {key}\n", 1)
    for lines in (SAVED, [*TEXT, "Eintritt: 5 Euro"]):
        article = read(lines, front, SOURCES[source])
        assert list_texts(article) == TEXT
        assert article.problems == ()


def test_verbatim_text_needs_no_title_and_wins_over_layout_and_patterns_of_its_source() -> None:
    source = Source.model_validate({"name": "blatt", "folder": ".", "layout": "belta", "patterns": {"end": "^Kultur"}})
    article = read(SAVED, "---\nverbatim: true\npublished: 2026-11-05\n---\n", source)
    assert list_texts(article) == SAVED
    assert [problem.rule for problem in article.problems] == ["unknown-headline"]


def test_verbatim_of_html_is_an_error_with_its_line() -> None:
    page = f"---\ntitle: {TITLE}\nverbatim: true\n---\n<html><p>{TEXT[0]}</p></html>".encode()
    with pytest.raises(FrontMatterError, match="verbatim is for plain text") as caught:
        parse_page_bytes(page, path="a.html", source=None, zone="Europe/Berlin", language="de")
    assert caught.value.line == 3
    html = parse_page_bytes(page.replace(b"true", b"false"), path="a.html", source=None, zone="UTC", language="de")
    assert html.article is not None


def test_lines_left_out_of_what_looks_saved_are_noted_with_number_first_and_key() -> None:
    (note,) = read(SAVED).problems
    assert (note.rule, note.line, note.text) == (LEFT_OUT, 5, "Startseite")
    assert note.what == "5 lines left out of the text, for this looks like a saved page"
    assert "`verbatim: true`" in (note.hint or "")
    assert read([TITLE, "Von Erika Muster", "05.11.2026", *TEXT]).problems[0].text == "05.11.2026"


def test_lines_of_a_text_that_is_taken_for_none_are_all_noted() -> None:
    article = read(["Teilen", "Drucken", "Impressum"])
    assert article.blocks == ()
    note = next(problem for problem in article.problems if problem.rule == LEFT_OUT)
    assert note.what.startswith("3 lines")
