"""What recurs on a source's pages and means something stays, on however many pages; at the edges, the rest goes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from feeds.article import Article, list_texts
from feeds.parse import Boilerplate, Reading, count_edge_lines, find_boilerplate, parse_page, parse_page_bytes
from feeds.parse.boilerplate import LEAST_PAGES, NOTHING

MENU = "Blatt für alle Leute\nLokales\nPolitik\nWirtschaft\nSport\nKultur\nAnmelden\n"
FOOT = "Was sonst noch war\nGruß an alle\nSo erreichen Sie uns jeden Tag, denn wir sind immer für Sie da.\nBis bald.\n"
WORDS = (
    "Brücke Schule Garten Brunnen Rathaus Museum Straße Wald Teich Turm Markt Hafen Park Bahnhof Mühle Kirche".split()
)
MANY = 16


def first(number: int) -> str:
    return f"Die Arbeiten am Bau ({WORDS[number]}) haben begonnen und dauern bis in den Herbst, teilte das Amt mit.\n"


def second(number: int) -> str:
    return f"Anwohner sagen, dass es hier ({WORDS[number]}) zu laut wird und dass man daran etwas ändern muss.\n"


def stamp(number: int) -> str:
    return f"0{number % 9 + 1}.03.2024, 14:05 Uhr\n"


def headline(number: int) -> str:
    return f"Hier ({WORDS[number]}) wird nun endlich gebaut\n"


def make_page(number: int, *, above: str = "", lead: str = "", between: str = "", below: str = "") -> str:
    return f"{MENU}{above}{headline(number)}{stamp(number)}{lead}{first(number)}{between}{second(number)}{below}{FOOT}"


def learn(pages: list[str]) -> Boilerplate:
    return find_boilerplate(count_edge_lines(parse_page(page.encode(), path="a.txt") for page in pages), len(pages))


def read(page: str, known: Boilerplate = NOTHING) -> Reading:
    return parse_page_bytes(
        page.encode(), path="a.txt", source=None, zone="Europe/Berlin", language="de", boilerplate=known
    )


def read_article(page: str, known: Boilerplate = NOTHING) -> Article:
    article = read(page, known).article
    assert article is not None
    return article


def read_all(make: Callable[[int], str]) -> list[Article]:
    """The articles of as many pages as teach something."""
    pages = [make(number) for number in range(MANY)]
    known = learn(pages)
    assert known.pages >= LEAST_PAGES
    return [read_article(page, known) for page in pages]


@pytest.mark.parametrize(
    "line",
    [
        "Berlin (dpa)",
        "MINSK, 25. Juni (BelTA) –",
        "(dpa/AFP)",
        "Von Jens Krüger",
        "Text: Erika Muster",
        "Von der Redaktion",
        "Heute, 16.41 Uhr",
        "4. März 2024",
    ],
)
def test_what_says_when_and_by_whom_is_learned_from_no_number_of_pages(line: str) -> None:
    assert line not in learn([f"{line}\n{make_page(number)}{line}\n" for number in range(MANY)]).lines


@pytest.mark.parametrize(
    "lead", ["Berlin (dpa)\n", "Von Jens Krüger\nBerlin (dpa)\n", "Von\nJens Krüger\nBERLIN (dpa) –\n"]
)
def test_who_wrote_a_text_is_known_however_many_texts_that_are(lead: str) -> None:
    for article in read_all(lambda number: make_page(number, lead=lead)):
        assert article.dateline is not None
        assert article.dateline.agency == "dpa"
        assert article.authors == (("Jens Krüger",) if "Krüger" in lead else ())


def test_who_wrote_a_column_beside_the_menu_did_not_write_what_another_signs() -> None:
    box = "Unsere Kolumne\nVon Erika Muster\nWeiter\n"
    articles = read_all(lambda number: make_page(number, above=box, lead="Von Jens Krüger\n"))
    assert {article.authors for article in articles} == {("Jens Krüger",)}


def test_an_author_whose_name_alone_is_between_lead_and_stamp_stays() -> None:
    def make(number: int) -> str:
        lead = f"Am Bau ({WORDS[number]}) geht es voran.\nErika Muster\n"
        return f"{MENU}{headline(number)}{lead}{stamp(number)}{first(number)}{second(number)}{FOOT}"

    assert {article.authors for article in read_all(make)} == {("Erika Muster",)}


@pytest.mark.parametrize("section", ["Lokales", "Politik", "Wirtschaft", "Sport", "Kultur"])
def test_a_section_in_front_of_the_headline_is_the_category_though_the_menu_has_it(section: str) -> None:
    articles = read_all(lambda number: make_page(number, above=f"{section}\n"))
    assert {article.category for article in articles} == {section}


def test_a_section_of_any_name_is_the_category_if_the_menu_has_it() -> None:
    menu = "Blatt für alle Leute\nAus dem Tal\nVom Berg\nUnterwegs\nAnmelden\n"

    def make(number: int) -> str:
        section = ("Aus dem Tal", "Vom Berg", "Unterwegs")[number % 3]
        return f"{menu}{section}\n{headline(number)}{stamp(number)}{first(number)}{second(number)}{FOOT}"

    assert [article.category for article in read_all(make)][:3] == ["Aus dem Tal", "Vom Berg", "Unterwegs"]


def test_a_section_is_the_category_below_a_menu_of_no_known_words() -> None:
    menu = "Blatt für alle Leute\nAus dem Tal\nVom Berg\nUnterwegs\nMit Herz und Hand\nGrün gedacht\n"

    def make(number: int) -> str:
        section = "Regional\nSchleswig-Holstein\nKreis Plön" if number == 1 else WORDS[number]
        return f"{menu}{section}\n{headline(number)}{stamp(number)}{first(number)}{second(number)}{FOOT}"

    assert read_all(make)[1].category == "Regional"


@pytest.mark.parametrize("above", ["", MENU])
def test_a_headline_of_every_day_is_no_navigation(above: str) -> None:
    def make(number: int) -> str:
        return f"{above}Das Wetter im Musterland\n{stamp(number)}{first(number)}{second(number)}{FOOT}"

    assert {article.headline for article in read_all(make)} == {"Das Wetter im Musterland"}


@pytest.mark.parametrize(
    "lead", ["Am Bau Nummer {} geht es nun voran.\nErika Muster\n", "Erika Muster\n", "Zum Vorlesen\n"]
)
def test_neither_a_lead_nor_a_name_is_a_headline_where_there_is_one_of_every_day(lead: str) -> None:
    def make(number: int) -> str:
        head = "Das Wetter im Musterland\n" + lead.format(number)
        return f"{MENU}{head}{stamp(number)}{first(number)}{second(number)}{FOOT}"

    assert {article.headline for article in read_all(make)} == {"Das Wetter im Musterland"}


def test_pages_with_a_headline_of_their_own_have_no_other() -> None:
    def make(number: int) -> str:
        return f"{MENU}Das Wetter im Musterland\n{make_page(number) if number % 2 else stamp(number) + first(number)}"

    for number, article in enumerate(read_all(make)):
        assert article.headline == (headline(number).strip() if number % 2 else "Das Wetter im Musterland")


@pytest.mark.parametrize("entry", ["", "Mit Herz und Hand\nAnmelden\n"])
def test_the_name_of_a_site_is_no_headline(entry: str) -> None:
    def make(number: int) -> str:
        head = "" if number == 1 else headline(number)
        day = stamp(number) if head or entry else ""
        return f"Blatt für alle Leute im Land\n{entry}{head}{day}{first(number)}{second(number)}{FOOT}"

    assert read_all(make)[1].headline is None


STOCK = "Die Polizei hat die Ermittlungen aufgenommen."
APPEAL = "Hinweise nehmen wir jederzeit unter der Nummer 0123 4567 entgegen."


@pytest.mark.parametrize("line", [STOCK, "Hintergrund", "Wir bauen weiter.", "Tabelle\nNord\nSüd\nOst", "Ost\nWest"])
def test_what_is_between_two_sentences_of_a_text_is_never_navigation(line: str) -> None:
    for number, article in enumerate(read_all(lambda number: make_page(number, between=f"{line}\n"))):
        texts = "\n".join(list_texts(article))
        assert f"{first(number)}{line}\n{second(number)}".strip() in texts
        assert "Gruß" not in texts


@pytest.mark.parametrize("line", [STOCK, APPEAL])
def test_a_text_may_begin_or_end_with_a_sentence_that_many_have(line: str) -> None:
    for number, article in enumerate(read_all(lambda number: make_page(number, lead=f"{line}\n"))):
        assert article.headline == headline(number).strip()
        assert list_texts(article) == [line, first(number).strip(), second(number).strip()]
    for number, article in enumerate(read_all(lambda number: make_page(number, below=f"{line}\n"))):
        assert list_texts(article) == [first(number).strip(), second(number).strip(), line]


def test_a_text_without_a_headline_may_begin_with_such_a_sentence() -> None:
    line = "Die Polizei hat die Ermittlungen aufgenommen, wie ein Sprecher sagte, und sucht Leute, die etwas wissen."

    def make(number: int) -> str:
        head = "" if number == 1 else headline(number)
        return f"{MENU}{head}{stamp(number)}{line}\n{first(number)}{second(number)}{FOOT}"

    assert list_texts(read_all(make)[1]) == [line, first(1).strip(), second(1).strip()]


def test_a_label_that_ends_any_text_ends_those_that_recur() -> None:
    def make(number: int) -> str:
        return make_page(number, below=f"Das könnte Sie auch interessieren\nRat ({WORDS[-number]}): „Es geht“\n")

    for number, article in enumerate(read_all(make)):
        assert list_texts(article) == [first(number).strip(), second(number).strip()]


@pytest.mark.parametrize(
    "line", ["Und wenn Sie mögen, schreiben Sie uns doch.", "Wir drucken jeden Brief, der zu uns kommt."]
)
def test_what_a_site_says_of_itself_beside_a_text_is_none_of_it(line: str) -> None:
    for article in read_all(lambda number: make_page(number, lead=f"{line}\n", below=f"{line}\n")):
        assert len(list_texts(article)) == 2


@pytest.mark.parametrize("is_daily", [False, True])
def test_a_menu_between_the_headline_and_the_text_is_left_out(*, is_daily: bool) -> None:
    def head(number: int) -> str:
        return "Das Wetter im Musterland\n" if is_daily else headline(number)

    def make(number: int) -> str:
        motto = "Berichtet wird aus jedem Dorf und aus jeder Stadt im Land, und zwar seit hundert Jahren jeden Tag.\n"
        menu = f"{motto}Aus dem Tal\nVom Berg\nUnterwegs\n"
        return f"Blatt\n{head(number)}{menu}{stamp(number)}{first(number)}{second(number)}{FOOT}"

    for number, article in enumerate(read_all(make)):
        assert article.headline == head(number).strip()
        assert list_texts(article) == [first(number).strip(), second(number).strip()]


def test_teasers_below_the_footer_are_none_of_the_text() -> None:
    def make(number: int) -> str:
        teaser = (
            f"{WORDS[-number]} bald wieder offen\nWie es dort ({WORDS[-number]}) weitergeht, weiß der Rat im Mai.\n"
        )
        return make_page(number, below=f"Zum Schmökern\nAlles vom Tage\nUnser Haus\n{teaser}Und weiter\n")

    for number, article in enumerate(read_all(make)):
        assert list_texts(article) == [first(number).strip(), second(number).strip()]


def test_a_page_that_is_no_article_is_none_because_of_what_all_pages_say() -> None:
    pages = [make_page(number) for number in range(MANY)]
    gallery = f"{MENU}Bilderbote\nFotostrecke\nZur nächsten Bildergalerie\n{FOOT}"
    assert read(gallery, learn([*pages, gallery])).article is None


def test_copies_of_one_page_stay_its_article() -> None:
    pages = [make_page(number) for number in range(12)]
    known = learn([*pages, *[pages[0]] * 5])
    assert headline(0).strip() in known.lines
    assert read_article(pages[0], known).headline == headline(0).strip()


def test_a_date_keeps_the_label_above_it() -> None:
    def make(number: int) -> str:
        dates = f"Veröffentlicht am\n{stamp(number)}Zuletzt geändert am\n1{number % 9}.05.2024, 10:00 Uhr\n"
        return f"{MENU}{dates}{headline(number)}{first(number)}{second(number)}{FOOT}"

    for number, article in enumerate(read_all(make)):
        plain = read_article(make(number))
        assert (article.published, article.updated) == (plain.published, plain.updated)
        assert article.published is not None
