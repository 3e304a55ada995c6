"""Short pages of the general reading, by the rule that each shows: headline and publication, in tests/data/parse.

`{one}` to `{six}` stand for paragraphs; a `title` of null is not asked, `published` of null is unknown, and `authors`
are asked where a page has them.
"""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import Any

import pytest

from feeds.article import Article, list_texts
from feeds.parse import parse_page_bytes

CASES = json.loads((Path(__file__).parent.parent / "data/parse/whole-pages.json").read_text(encoding="utf-8"))
TEXT = {
    "one": "Der Rat hat am Abend ohne Gegenstimme beschlossen, den Weg am Bach im kommenden Frühjahr zu erneuern.",
    "two": "Die Kosten trägt zur Hälfte der Kreis, zur Hälfte die Gemeinde. Die Arbeiten dauern etwa sechs Wochen.",
    "three": "Wer dort wohnt, kommt während der Arbeiten nur von Norden her an sein Haus.",
    "four": "Am Ufer des Sees steht seit gestern ein neuer Steg, den Helfer in vielen freien Stunden gebaut haben.",
    "five": "„Das war eine schöne Zeit“, sagte Erika Muster. Zur Feier am Abend kamen Nachbarn aus drei Dörfern.",
    "six": "Im nächsten Jahr soll ein zweiter Steg folgen, wenn das Geld dafür reicht.",
}
ADDRESS = "https://www.beispiel.de/seite"
HEAD = "Der Weg am Bach wird erneuert"


def read(lines: list[str], url: str = ADDRESS) -> Article:
    page = f"---\nurl: {url}\n---\n" + "\n\n".join(line.format_map(TEXT) for line in lines)
    article = parse_page_bytes(page.encode(), path="a.txt", source=None, zone="Europe/Berlin", language="de").article
    assert article is not None
    return article


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, id=f"{rule}-{number}") for rule, cases in CASES.items() for number, case in enumerate(cases)],
)
def test_page_shows_headline_and_publication_as_its_rule_says(case: dict[str, Any]) -> None:
    article = read(case["lines"], case.get("url", ADDRESS))
    published = None if article.published is None else article.published.value.isoformat()
    if published is not None and case["published"] is not None:
        published = published[: 16 if "T" in published else 10]
    assert published == case["published"]
    if case["title"] is not None:
        assert article.headline == case["title"]
    assert list(article.authors) == case.get("authors", list(article.authors))


@pytest.mark.parametrize("front", ["05.11.2023 - ", "05.11.23 – ", "5. November 2023: ", "5. Nov. 2023 | "])
def test_day_in_front_of_the_text_is_none_of_it(front: str) -> None:
    article = read(["Gemeinde Musterau", "Sperrung der Kreisstraße", front + "{one}", "{two}"])
    assert list_texts(article)[0] == TEXT["one"]


def test_item_that_the_page_wraps_parts_paragraphs_that_were_wrapped_by_hand() -> None:
    item = (
        "• Die Gemeinden am Ufer des Sees bieten die Hand, sich im nächsten Jahr selbst als Ort des Festes zu melden."
    )
    wrapped = ["Der Rat der Gemeinde und der Kreis haben am Abend des", "Montags beschlossen, das Fest zu verlegen:"]
    below = [
        "Gefeiert wird in jedem Jahr. Der Rat wird im Herbst noch ein-",
        "mal darüber beraten, ob es wieder stattfindet.",
    ]
    article = read(["Kein Fest am See", "\n".join([*wrapped, item, *below])])
    assert list_texts(article) == [" ".join(wrapped), item, " ".join(below)]


@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_page_that_was_wrapped_reads_as_if_it_were_not(gap: str) -> None:
    lines = ["Startseite", "Politik", "Der Weg am Bach wird erneuert", "12. März 2021, 14:22 Uhr"]
    text = [f"{TEXT['one']} {TEXT['two']}", f"{TEXT['four']} {TEXT['six']}", f"{TEXT['five']} {TEXT['three']}"]
    wrapped = gap.join([*lines, *("\n".join(textwrap.wrap(one, 76)) for one in text)])
    article = read([wrapped])
    assert (article.headline, article.category) == ("Der Weg am Bach wird erneuert", "Politik")
    assert article.published is not None
    assert list_texts(article) == text


CONSENT = [
    "Wir verwenden Cookies, um Ihnen das beste Erlebnis zu bieten. Mit Ihrer Einwilligung werben wir damit auch.",
    "Alle akzeptieren",
    "Cookie-Einstellungen",
]


@pytest.mark.parametrize(
    "lines",
    [
        [*CONSENT, "Der Weg wird erneuert", "{one}", "{two}"],
        ["Der Weg wird erneuert", "{one}", "{two}", *CONSENT],
        [*CONSENT, "{one}", "{two}"],
    ],
)
def test_notice_about_cookies_and_its_buttons_are_no_part_of_an_article(lines: list[str]) -> None:
    article = read(lines)
    assert article.headline == ("Der Weg wird erneuert" if len(lines) > 5 else None)
    assert list_texts(article) == [TEXT["one"], TEXT["two"]]


@pytest.mark.parametrize(
    "notice",
    [
        "JavaScript wird für die volle Funktion dieser Seite benötigt.",
        "Um alle Angebote dieser Webseite nutzen zu können, muss JavaScript aktiviert sein.",
        "Diese Website benötigt JavaScript.",
    ],
)
def test_notice_that_scripts_are_needed_is_no_part_of_an_article(notice: str) -> None:
    assert list_texts(read([HEAD, "12. März 2021", "{one}", "{two}", notice])) == [TEXT["one"], TEXT["two"]]


@pytest.mark.parametrize(
    ("above", "headline"),
    [
        ("Neuer Streit um den Datenschutz", "Neuer Streit um den Datenschutz"),
        ("Gericht verbietet Cookies auf Vorrat", "Gericht verbietet Cookies auf Vorrat"),
        ("Hinweise zum Datenschutz und zu Cookies", None),
        ("Wir respektieren Ihre Privatsphäre!", None),
    ],
)
def test_headline_above_a_notice_is_none_of_it(above: str, headline: str | None) -> None:
    article = read([above, *CONSENT, "12. März 2021, 14:05 Uhr", "{one}", "{two}"])
    assert (article.headline, list_texts(article)) == (headline, [TEXT["one"], TEXT["two"]])


def test_what_a_text_says_of_scripts_is_part_of_it() -> None:
    said = "JavaScript wird von vielen Seiten benötigt, und der Verein lehrt es in sechs Wochen."
    assert list_texts(read([HEAD, "12. März 2021", "{one}", "{two}", said])) == [TEXT["one"], TEXT["two"], said]


def test_what_a_text_says_of_cookies_is_part_of_it() -> None:
    said = "Der Verein schreibt dazu: „Wir verwenden Cookies, um zu zählen, wie viele Gäste unsere Seite lesen.“"
    article = read([*(f"Ort {number}" for number in range(12)), "Der Weg wird erneuert", "{one}", said, "{two}"])
    assert list_texts(article) == [TEXT["one"], said, TEXT["two"]]


def test_long_line_below_makes_no_difference_to_a_page_that_was_wrapped() -> None:
    text = " ".join(TEXT.values())
    lines = [
        "Startseite",
        "Der Weg am Bach wird erneuert",
        *textwrap.wrap(text, 76),
        "",
        f"© 2021 {'Der Verlag ' * 10}",
    ]
    assert list_texts(read(["\n".join(lines)])) == [text]


@pytest.mark.parametrize("name", ["Petra S.", "Antwort von Hans"])
def test_text_without_a_stamp_ends_above_that_of_a_comment(name: str) -> None:
    comment = [name, "14.10.2023 um 12:30 Uhr", "Gut, dass dort endlich gebaut wird!"]
    article = read(["Der Weg wird erneuert", "Von Erika Muster", "{one}", "{two}", *comment])
    assert article.published is None
    assert list_texts(article) == [TEXT["one"], TEXT["two"]]


def test_menu_of_items_names_no_category() -> None:
    menu = [f"• {entry}" for entry in ("Startseite", "Politik", "Wirtschaft", "Sport", "Meinung")]
    assert read(["\n".join(menu), "Der Weg wird erneuert", "12. März 2021", "{one}", "{two}"]).category is None


def test_day_of_an_event_stays_in_the_text() -> None:
    article = read(
        ["Gemeinde Musterau", "Sommerfest am See", "05.11.2023: Wir laden alle ein, die gern singen.", "{two}"]
    )
    assert list_texts(article)[0].startswith("05.11.2023: ")


@pytest.mark.parametrize(
    "short",
    [
        ["Er ist länger als der alte und aus festem Holz."],
        ["Er ist aus festem Holz.", "Und lang."],
        ["Frau Muster, wie geht es Ihnen?"],
        ["Frau Muster, wie geht es Ihnen?", "Gut!", "Und wie geht es dem Steg?"],
        ["„Endlich ist er da“, sagt Erika Muster."],
    ],
)
@pytest.mark.parametrize("between", [[], ["Lesezeit: 2 Min. In Pocket speichern"], ["Der neue Steg. Foto: Max Muster"]])
def test_short_sentences_between_stamp_and_text_are_of_the_text(short: list[str], between: list[str]) -> None:
    lines = ["Neuer Steg am See", "{one}", "3. Mai 2017, 10:15 Uhr", *between, *short, "{two}", "{five}"]
    assert list_texts(read(lines)) == [TEXT["one"], *short, TEXT["two"], TEXT["five"]]


@pytest.mark.parametrize("asked", ["Teilen Sie diesen Artikel!", "Ist die Zusammenfassung hilfreich?", "Sport."])
def test_what_a_page_says_between_stamp_and_text_is_none_of_it(asked: str) -> None:
    lines = ["Neuer Steg am See", "{one}", "3. Mai 2017, 10:15 Uhr", asked, "{two}", "{five}"]
    assert list_texts(read(lines)) == [TEXT["one"], TEXT["two"], TEXT["five"]]


@pytest.mark.parametrize(
    "between",
    [
        ["Voriger Artikel Kein Geld für den Weg", "Nächster Artikel Rat spart am Bad im Süden"],
        ["Lesezeit: 2 Min. In Pocket speichern", "23 Kommentare lesen"],
    ],
)
def test_links_and_tools_between_lead_and_stamp_are_of_the_head(between: list[str]) -> None:
    article = read(["Neuer Steg am See", "{one}", *between, "3. Mai 2017, 10:15 Uhr", "{two}", "{five}"])
    assert article.published is not None
    assert list_texts(article) == [TEXT["one"], TEXT["two"], TEXT["five"]]


TEASERS = (
    "Gericht prüft den Vertrag der Werke",
    "{four}",
    "Neue Halle am Bach öffnet im Mai",
    "{five}",
    "Nachbarn feiern am See ein Fest",
    "{two}",
)


@pytest.mark.parametrize("label", ["Aus dem Ressort", "Topthemen", "Nachrichten von heute"])
def test_teasers_below_a_label_at_the_end_are_none_of_the_text(label: str) -> None:
    article = read(["Neuer Steg am See", "3. Mai 2017", "{one}", "{three}", "{six}", label, *TEASERS])
    assert list_texts(article) == [TEXT["one"], TEXT["three"], TEXT["six"]]


@pytest.mark.parametrize("labels", [("Platz 2", "Platz 1"), ("Verkehr", "Justiz"), ("Erika Muster", "Max Muster")])
def test_sections_with_a_label_each_at_the_end_are_of_the_text(labels: tuple[str, str]) -> None:
    sections = [labels[0], *TEASERS[:2], labels[1], *TEASERS[2:4]]
    article = read(["Neuer Steg am See", "3. Mai 2017", "{one}", "{three}", *sections])
    assert list_texts(article)[2:] == [line.format_map(TEXT) for line in sections]


def test_headlines_of_a_text_without_a_label_above_them_are_of_it() -> None:
    article = read(["Neuer Steg am See", "3. Mai 2017", "{one}", "{three}", "{six}", *TEASERS])
    assert list_texts(article)[-1] == TEXT["two"]


def test_who_signs_behind_a_label_is_the_author() -> None:
    article = read(["Einsätze", "Ölspur auf der Straße", "{one}", "{two}", "verfasst am 04.04.2006 von Max Muster"])
    assert article.authors == ("Max Muster",)


@pytest.mark.parametrize(
    "lines",
    [
        ["Musterau", "Nachrichten", "3. Mai 2018"],
        ["3. Mai 2018", "Wirtschaft"],
        ["3. Mai 2018", "Erika Muster"],
        ["Musterblatt", "3. Mai 2018"],
        ["Hallen", "Stege", "Dächer", "Brücken", "3. Mai 2018"],
        ["3. Mai 2018", "Impressum"],
    ],
)
def test_word_beside_the_stamp_is_no_headline_where_it_may_be_a_name_or_an_entry(lines: list[str]) -> None:
    assert read([*lines, "{one}", "{two}"]).headline is None


def test_lead_above_the_headline_is_of_the_text_and_the_headline_is_not() -> None:
    article = read(["Startseite", "Politik", "{four}", HEAD, "12. März 2021, 14:22 Uhr", "{one}", "{two}"])
    assert (article.headline, article.category) == (HEAD, "Politik")
    assert list_texts(article) == [TEXT["four"], TEXT["one"], TEXT["two"]]


STAMPED = [HEAD, "12. März 2021", "{one}", "{two}"]


@pytest.mark.parametrize(
    "tail",
    [
        ["Ressort: Musterau"],
        ["Hier geht es zu allen aktuellen Meldungen der Polizei."],
        ["Leserkommentare (2)", "hinni am 27.12.2023 11:31", "Früher war mehr los!"],
        ["5 Kommentare »"],
        ["Themen folgen", "Die Diskussion ist geschlossen."],
        ["Zum Weiterlesen:", "Neue Pächter für die Halle"],
        ["Mehr von Erika Muster (em)"],
        ["Mehr zu diesem Thema", "Alle wollen auf die Straße", "27. April 2020"],
        ["Muster-Newsletter «Der andere Blick»"],
        ["blatt+ Sie wollen weiterlesen?"],
        ["Unsere Abo-Empfehlungen", "Jahr 99 €", "Sie sind bereits Abonnent? Zum Login"],
        ["Autorin", "Erika Muster ist Redakteurin für Bautechnik."],
        ["Dieses Thema im Programm: Darüber berichtete der Musterfunk am 17. Oktober 2024 um 9 Uhr in der Sendung."],
        ["Diese Nachricht wurde am 12.04.2024 im Programm Musterfunk gesendet."],
        ["Bei dem Zitieren und der Verwendung aller Inhalte sind Links auf „musterfunk.de“ obligatorisch."],
    ],
)
def test_what_a_page_says_below_a_text_is_none_of_it(tail: list[str]) -> None:
    assert list_texts(read([*STAMPED, "{four}", *tail])) == [TEXT["one"], TEXT["two"], TEXT["four"]]


@pytest.mark.parametrize(
    "line",
    [
        "<https://p.muster.de/p/4dXyz>",
        "WERBUNG",
        "Online seit heute, 6.02 Uhr",
        "Box aufklappen",
        "Mehr über die Autorin | Redaktion",
        "Mehr über den Autor Max Muster",
        "Jetzt abonnieren und weiterlesen",
        "M+ Zur App",
        "Quelle: dpa",
        "Über dieses Thema berichtet: Musterfunk am 12.03.2021 um 18:00 Uhr.",
        "Teilen Sie diesen Artikel",
    ],
)
def test_what_a_page_says_within_a_text_is_none_of_it(line: str) -> None:
    assert list_texts(read([*STAMPED, line, "{four}", "{five}"]))[2:] == [TEXT["four"], TEXT["five"]]


@pytest.mark.parametrize(
    "headline",
    [
        "Ort für neues Lager suchen",
        "Weitere Themen der Sitzung",
        "Mehr zu Fuß durch Musterau",
        "Mehr aus Holz bauen",
        "Jetzt abonnieren die Bürger ihre eigene Zeitung",
        "Mehr über die Autorin und ihre Bücher",
    ],
)
def test_headline_within_a_text_that_begins_as_a_label_does_is_of_it(headline: str) -> None:
    assert list_texts(read([*STAMPED, headline, "{four}", "{five}"])) == [
        TEXT["one"],
        TEXT["two"],
        headline,
        TEXT["four"],
        TEXT["five"],
    ]


def test_paragraph_that_begins_as_a_foot_does_is_of_the_text() -> None:
    paragraph = (
        "Bei der Übernahme des Werks am Bach bleiben alle Stellen erhalten, wie der Rat am Abend mitgeteilt hat."
    )
    assert list_texts(read([*STAMPED, paragraph, "{four}"]))[2:] == [paragraph, TEXT["four"]]


def test_captions_below_a_number_of_pictures_or_printed_twice_are_none_of_the_text() -> None:
    caption = "Max Muster kämpft gegen Hans Probe (l) um den Ball"
    above = [HEAD, "1 / 13", "Sorgte früh für klare Verhältnisse: Max Muster bejubelt das 2:0."]
    article = read([*above, "{one}", caption, f"{caption} Quelle: dpa", "{two}"])
    assert (article.headline, list_texts(article)) == (HEAD, [TEXT["one"], TEXT["two"]])
    named = read([HEAD, "{one}", f"{caption}.", f"{caption}. - Musterblatt", "{two}"])
    assert list_texts(named) == [TEXT["one"], TEXT["two"]]
    twice = read(["Musterblatt", HEAD, HEAD, "Foto: Kay Muster/ dpa", "{one}", "{two}"])
    assert twice.headline == HEAD
    shown = read([HEAD, "{four}", caption, caption, "Foto: Kay Muster/ dpa", "{one}", "{two}"])
    assert list_texts(shown) == [TEXT["four"], TEXT["one"], TEXT["two"]]


@pytest.mark.parametrize("line", ["Das wird teurer", "SV Musterau gegen TSV", "Warum wird das alles teurer?"])
def test_line_that_another_goes_on_with_is_no_caption(line: str) -> None:
    text = ["{four}", line, f"{line} - Das sagt der Rat dazu", "{five}"]
    assert list_texts(read([*STAMPED, *text]))[2:] == [TEXT["four"], *text[1:3], TEXT["five"]]


@pytest.mark.parametrize(
    "line",
    [
        "Bei der Übernahme der Firma hatte der Rat unter Verweis auf das Gesetz lange gezögert.",
        "Diese Meldung wurde am Dienstag von der Polizei im Nachbarort veröffentlicht.",
        "Unsere Abonnenten sind uns treu geblieben, sagte der Leiter.",
        "Mehr aus Holz bauen",
        "Mehr zu Hause als im Büro",
        "Passend zum Jubiläum des Hauses",
    ],
)
def test_text_goes_on_below_a_line_that_only_begins_as_its_foot(line: str) -> None:
    assert list_texts(read([*STAMPED, "{four}", line, "{five}", "{six}"]))[2:] == [
        TEXT["four"], line, TEXT["five"], TEXT["six"],
    ]  # fmt: skip


@pytest.mark.parametrize("head", ["Musterblatt", "Willkommen bei uns"])
def test_heading_with_the_name_of_the_site_is_not_that_of_the_page(head: str) -> None:
    page = [f"# {head}", "* Politik", "* Sport", f"## {HEAD}", "12. März 2021", "{one}", "{two}"]
    assert read(page).headline == HEAD


def test_name_of_the_site_and_headline_within_a_text_are_none_of_it() -> None:
    article = read(["Musterfunk", HEAD, "12. März 2021", "{four}", "Musterfunk", "{one}", HEAD, "{two}"])
    assert list_texts(article) == [TEXT["four"], TEXT["one"], TEXT["two"]]
    section = read(["Politik", HEAD, "12. März 2021", "{four}", "Kultur", "{one}", "Politik", "{two}"])
    assert list_texts(section) == [TEXT["four"], "Kultur", TEXT["one"], "Politik", TEXT["two"]]


def test_headline_that_stands_apart_below_a_box_is_of_the_text() -> None:
    box = "Mehr zum Thema\nEin Tag am Bach 03.09.2020\nFragen und Antworten"
    apart = read([*STAMPED, box, "Fachleute loben den Schritt", "{four}", "{five}"])
    assert list_texts(apart)[2:] == ["Fachleute loben den Schritt", TEXT["four"], TEXT["five"]]
    assert list_texts(read([*STAMPED, box, "{four}", "{five}"]))[2:] == [TEXT["four"], TEXT["five"]]


def test_first_question_of_a_talk_below_its_stamp_is_of_the_text() -> None:
    question = "Frau Muster, wann waren Sie das letzte Mal am Bach?"
    answer = f"Erika Muster: {TEXT['four']}"
    assert list_texts(read([HEAD, "{one}", "Interview: Max Beispiel | 25.01.2024", question, answer, "{two}"])) == [
        TEXT["one"],
        question,
        answer,
        TEXT["two"],
    ]


def test_what_a_person_says_below_the_name_is_of_the_text() -> None:
    said = "Erika Muster sagte am Abend, sie freue sich auf den Weg am Bach und auf alle Nachbarn."
    assert list_texts(read([*STAMPED, "Erika Muster", said]))[-1] == said


def test_urgent_news_is_the_headline_of_a_page_that_has_no_other() -> None:
    urgent = "Eilmeldung: Brücke am Bach gesperrt"
    assert read(["Musterblatt", urgent, "12. März 2021, 10:15 Uhr", "{one}", "{two}"]).headline == urgent
    assert read([urgent, "Politik", *STAMPED]).headline == HEAD


def test_headline_about_privacy_above_a_notice_is_no_title_of_that() -> None:
    headline = "Neuer Streit um den Datenschutz"
    assert read(["Musterblatt", headline, *CONSENT, "12. März 2021", "{one}", "{two}"]).headline == headline
    assert read(["Wir schützen Ihre Privatsphäre", *CONSENT, *STAMPED]).headline == HEAD


def test_fields_that_a_crawler_wrote_above_a_text_say_what_it_is() -> None:
    fields = [
        f"title: {HEAD}",
        "author: Erika Muster",
        "hostname: www.beispiel.de",
        "date: 2023-05-04T09:12:00+02:00",
        "categories: Verkehr;Bauen",
    ]
    article = read(["\n".join(fields), HEAD, "{one}", "{two}"])
    assert (article.headline, article.authors, article.category) == (HEAD, ("Erika Muster",), "Verkehr")
    assert article.published is not None
    assert article.published.value.isoformat() == "2023-05-04T09:12:00+02:00"
    assert list_texts(article) == [TEXT["one"], TEXT["two"]]


@pytest.mark.parametrize(
    "fields", [["date: 2023-05-04", "url: https://www.beispiel.de/a", "id: 12"], ["title: Weg", "date: 2023-05-04"]]
)
def test_few_fields_or_none_with_a_title_are_lines_of_a_page(fields: list[str]) -> None:
    assert read(["\n".join([*fields, HEAD]), "{one}", "{two}"]).headline == HEAD


def test_field_with_a_day_that_does_not_exist_is_a_problem() -> None:
    article = read([f"Titel: {HEAD}\nDatum: 31.02.2023\nRubrik: Verkehr", "{one}", "{two}"])
    assert article.published is None
    assert [problem.rule for problem in article.problems] == ["unreadable-stamp"]


@pytest.mark.parametrize(
    ("stamp", "text", "why"),
    [
        ("vor 3 Stunden", "vor 3 Stunden", "a date relative to an instant that is not known"),
        ("vor einer Stunde", "vor einer Stunde", "a date relative to an instant that is not known"),
        ("Von Erika Muster | heute, 14:05", "heute, 14:05", "a date relative to an instant that is not known"),
        ("Stand: 32.11.2026", "Stand: 32.11.2026", "no calendar has this day"),
        ("25:61 Uhr, 9.11.2026", "25:61 Uhr, 9.11.2026", "no clock shows this"),
        ("11/09/2026 3:15 PM", "11/09/2026 3:15 PM", "the day or the month may be first"),
    ],
)
def test_stamp_that_can_not_be_used_is_told_with_line_and_reason(stamp: str, text: str, why: str) -> None:
    article = read(["Montag", "vor 7 Tagen", HEAD, stamp, "{one}", "{two}"])
    assert article.published is None
    (problem,) = article.problems
    assert (problem.rule, problem.line, problem.text) == ("unreadable-stamp", 10, text)
    assert why in problem.what


def test_page_without_anything_like_a_stamp_has_no_line_to_tell() -> None:
    article = read(["Montag", "Seite 3 von 7", HEAD, "Heute", "{one}", "{two}"])
    assert [(problem.rule, problem.line) for problem in article.problems] == [("unknown-date", None)]


@pytest.mark.parametrize(
    ("fields", "below", "headline", "published"),
    [
        (["title: Weg", "date: 2024-07-19", "published: 2024-06-25"], [], "Weg", "2024-06-25"),
        (
            ["title: Weg", "publish_date: 2024-06-25", "date: 2024-07-19"],
            ["20.06.2024, 10:15 Uhr"],
            "Weg",
            "2024-06-25",
        ),
        (["title: Weg", "date: 2024-07-19", "id: 12"], [HEAD, "12.06.2024, 10:15 Uhr"], "Weg", "2024-06-12"),
        (["title: Weg", "date: 2024-07-19 09:12", "id: 12"], [HEAD, "19.07.2024"], "Weg", "2024-07-19"),
        (["title: Weg", "date: null", "id: 12"], [HEAD, "12.06.2024, 10:15 Uhr"], "Weg", "2024-06-12"),
        (['title: "Weg"', "author: None", "date: '2024-07-19'"], [], "Weg", "2024-07-19"),
        (["Titel: Lesung", "Rubrik: Kultur", "Datum: 12.06.2025", "Ort: Halle", "Beginn: 19 Uhr"], [], "Lesung", None),
        (["Titel: Weg", "Rubrik: Verkehr", "Datum: 12.06.2025"], [], "Weg", "2025-06-12"),
        (
            ["Titel: Der lange Weg", "Quelle: Kino", "Datum: 12.06.2025"],
            ["Musterblatt", "03.05.2025, 10:15 Uhr", HEAD],
            HEAD,
            "2025-05-03",
        ),
    ],
)
def test_day_of_a_field_is_that_of_the_publication_where_it_says_so_or_the_page_has_none(
    fields: list[str], below: list[str], headline: str, published: str | None
) -> None:
    article = read(["\n".join(fields), *below, "{one}", "{two}"])
    assert article.headline == headline
    assert (article.published and article.published.day.isoformat()) == published


@pytest.mark.parametrize("author", ["None", "null", "admin", "unknown", '""'])
def test_field_that_names_nobody_leaves_the_author_of_the_page(author: str) -> None:
    fields = [f"title: {HEAD}", f"author: {author}", "date: 2024-07-19"]
    assert read(["\n".join(fields), "{one}", "{two}"]).authors == ()
    assert read(["\n".join(fields), HEAD, "Von Erika Muster", "{one}", "{two}"]).authors == ("Erika Muster",)


def read_kind(lines: list[str], url: str) -> str:
    page = f"---\nurl: {url}\n---\n" + "\n\n".join(line.format_map(TEXT) for line in lines)
    return parse_page_bytes(page.encode(), path="a.txt", source=None, zone="Europe/Berlin", language="de").kind


def test_address_without_path_shows_a_home_page_where_its_paragraphs_are_those_of_teasers() -> None:
    teasers = [line for name in ("one", "two", "four", "five") for line in ("Halle", "Neuer Steg", f"{{{name}}}")]
    assert read_kind(teasers * 2, "https://www.beispiel.de/") == "home"
    assert read_kind(teasers * 2, ADDRESS) == "article"
    text = ["Dach der Halle wird erneuert", *("{one}", "{two}", "{four}", "{five}") * 2]
    assert read_kind(text, "https://www.beispiel.de/") == "article"


@pytest.mark.parametrize(
    "box",
    [
        ["Lesen Sie auch", "Neue Brücke über den Bach"],
        ["Lesen Sie auch: Neue Brücke über den Bach"],
        ["Mehr zum Thema", "Neue Brücke über den Bach", "Schule bekommt ein neues Dach"],
        ["Newsletter", "Das Wichtigste am Morgen", "Es gilt unsere Datenschutzerklärung.", "Anmelden"],
    ],
)
def test_box_within_a_text_is_none_of_it(box: list[str]) -> None:
    article = read(["Der Weg am Bach wird erneuert", "12. März 2021", "{one}", *box, "{two}", "{four}", "{five}"])
    assert list_texts(article) == [TEXT["one"], TEXT["two"], TEXT["four"], TEXT["five"]]


def test_text_ends_above_teasers_that_have_a_text_each() -> None:
    teasers = ["Lesen Sie auch", "Neue Brücke über den Bach", "{four}", "Schule bekommt ein neues Dach", "{five}"]
    article = read(["Der Weg am Bach wird erneuert", "12. März 2021", "{one}", "{two}", *teasers])
    assert list_texts(article) == [TEXT["one"], TEXT["two"]]


def test_text_that_was_wrapped_once_with_a_small_letter_below_is_whole() -> None:
    wrapped = ["Der Rat hat am Abend ohne Gegenstimme beschlossen, den Weg am Bach", "im Frühjahr zu erneuern."]
    article = read(["Weg am Bach wird erneuert", "12. März 2021", "\n".join(wrapped)])
    assert list_texts(article) == [" ".join(wrapped)]


@pytest.mark.parametrize(
    ("lines", "category"),
    [
        (["Chronik", "Ausland", "Bundesländer", "Adabei", "Wetter", "ePaper", "Tirol", "Musterblatt", HEAD], None),
        (["Musterblatt", "Abo", "Suche", "Adabei", "Wetter", HEAD], "Wetter"),
        (["Kategorie: | Verkehr |", HEAD], "Verkehr"),
    ],
)
def test_section_among_other_entries_of_a_menu_is_no_category(lines: list[str], category: str | None) -> None:
    assert read([*lines, "12. März 2021", "{one}", "{two}"]).category == category


@pytest.mark.parametrize(
    "about", [["Redakteurin im Ressort Lokales", "Sie schreibt seit 2015."], ["Erika Muster schreibt seit 2015."]]
)
def test_text_ends_above_what_is_said_of_its_author(about: list[str]) -> None:
    article = read([HEAD, "12. März 2021", "{one}", "{two}", "Erika Muster", *about])
    assert list_texts(article) == [TEXT["one"], TEXT["two"]]


def test_portraits_below_names_are_of_the_text() -> None:
    portraits = ["Erika Muster", "Erika Muster leitet seit zehn Jahren den Verein.", "{four}", "Max Muster", "{five}"]
    assert len(list_texts(read([HEAD, "12. März 2021", "{one}", *portraits]))) == 6


def test_numbers_of_notes_stay_in_the_text() -> None:
    text = "Das sagt die Studie [1] und auch [2] sowie [3], [4] und laut [5] der Rat am Bach in der Gemeinde am See."
    notes = [f"[{number}] Amt am See, Bericht {number}, Seite 12." for number in range(1, 6)]
    assert list_texts(read([HEAD, "12.03.2020, 14:05 Uhr", text, "{two}", *notes]))[0] == text


def test_last_of_several_portraits_is_of_the_text() -> None:
    names = ["Erika Muster", "Max Beispiel", "Hanna Probe"]
    told = [line for name in names for line in (name, f"{name} ist 45 Jahre alt und will den Weg am Bach erneuern.")]
    assert list_texts(read([HEAD, "12.03.2020, 14:05 Uhr", "{one}", *told]))[-1] == told[-1]


BOXES = [
    ["Lesen Sie auch: Neue Halle am Markt"],
    ["Lesen Sie auch, wie der Kreis die Halle am Markt bezahlt."],
    ["» Lesen Sie dazu auch unseren Kommentar: Neue Halle am Markt"],
    ["(Lesen Sie auch: Neue Halle am Markt)"],
    ["Mehr zum Thema - Neue Halle am Markt"],
    ["Auch interessant", "Neue Halle am Markt"],
    ["Das könnte Sie auch interessieren:", "Neue Halle am Markt", "Streit um das Bad"],
    ["Anzeige", "Mehr zum Thema", "Bäder", "Als das Bad im Süden geschlossen war"],
    ["Newsletter", "Die wichtigsten Nachrichten aus dem Kreis, täglich um 17 Uhr.", "E-Mail-Adresse"],
    ["Newsletter", "Der Morgen: Ihr kostenloser Newsletter mit den wichtigsten Nachrichten.", "Jetzt anmelden"],
    ["Jeden Morgen das Wichtigste aus dem Kreis: Hier unseren Newsletter abonnieren."],
    ["Folgen Sie uns auch bei Google News und WhatsApp, um nichts zu verpassen."],
    ["+++ Folgen Sie uns auf WhatsApp +++"],
    ["Nichts mehr verpassen: Abonnieren Sie unseren WhatsApp-Kanal."],
    ["Laden Sie unsere App herunter", "Zur App"],
    ["Podcast: Hören Sie hier die aktuelle Folge"],
    ["Dieser Artikel ist exklusiv für Abonnenten. Jetzt 4 Wochen für 1 Euro testen."],
    ["Umfrage", "Soll der Weg breiter werden?", "Ja, sofort", "Nein", "Abstimmen", "1.204 Stimmen"],
    [
        "Empfohlener redaktioneller Inhalt",
        "An dieser Stelle finden Sie einen externen Inhalt von X.com, der den Artikel ergänzt.",
        "Externer Inhalt",
        (
            "Ich bin damit einverstanden, dass mir externe Inhalte angezeigt werden. Damit können personenbezogene "
            "Daten an Drittplattformen übermittelt werden. Mehr dazu in unserer Datenschutzerklärung."
        ),
    ],
    [
        "Wir benötigen Ihre Zustimmung, um den von unserer Redaktion eingebundenen Inhalt von Instagram anzuzeigen.",
        "Inhalte von Instagram anzeigen",
    ],
]


@pytest.mark.parametrize("above", [["{one}"], ["{one}", "{two}"]])
@pytest.mark.parametrize("below", [["{four}"], ["{four}", "{five}"], ["{four}", "Das Fest war schön.", "Anzeige"]])
@pytest.mark.parametrize("box", BOXES, ids=lambda box: box[0][:30])
def test_box_within_a_text_is_none_of_it_and_ends_nothing(box: list[str], above: list[str], below: list[str]) -> None:
    text = list_texts(read([HEAD, "12. März 2021", *above, *box, *below]))
    assert text == [line.format_map(TEXT) for line in (*above, *below) if line != "Anzeige"]


@pytest.mark.parametrize("box", BOXES, ids=lambda box: box[0][:30])
def test_box_below_a_text_is_none_of_it(box: list[str]) -> None:
    assert list_texts(read([*STAMPED, "{four}", *box]))[2:] == [TEXT["four"]]


@pytest.mark.parametrize(
    "below",
    [
        [
            "Halle am Markt öffnet",
            "Die neue Halle am Markt öffnet im Mai, wenn auch die Fenster eingesetzt sind.",
        ],
        ["Neue Halle öffnet", "{four}", "Ein Fest für den Kreis", "{five}"],
        ["Um Artikel kommentieren zu können, müssen Sie registriert sein. Das dauert nur einen Augenblick."],
        ["Kommentare geben nicht notwendigerweise die Meinung der Redaktion wieder, die auch keine davon prüft."],
    ],
)
def test_teasers_and_what_a_page_says_of_itself_below_a_label_are_none_of_the_text(below: list[str]) -> None:
    assert list_texts(read([*STAMPED, "Lesen Sie auch", *below]))[2:] == []


@pytest.mark.parametrize(
    "line",
    [
        "Zum Thema Radwege sagte Erika Muster nichts.",
        "Weitere Meldungen von Schäden gab es bisher nicht.",
        "Wer die Pläne sehen will, kann den Newsletter der Stadt bestellen.",
        "Laden Sie keine Apps aus fremden Quellen, rät der Verein.",
        "Soll der Weg breiter werden?",
        "Damit können künftig personenbezogene Daten an Ämter übermittelt werden, sagt der Kunstverein.",
    ],
)
def test_sentence_of_a_text_that_begins_like_a_box_stays(line: str) -> None:
    text = ["{one}", "{two}", line, "{four}", "{five}"]
    assert list_texts(read([HEAD, "12. März 2021", *text])) == [part.format_map(TEXT) for part in text]


@pytest.mark.parametrize(
    "stamp",
    [
        "12. März 2021, 14:05 Uhr Quelle: Musterblatt 17 Kommentare",
        "12.03.2021 um 14:05 Uhr - Erika Muster - in Netze - 23 Ergänzungen",
        "Freitag | 12. März 2021 | Themen: Bäche, Wege",
    ],
)
def test_stamp_below_a_lead_that_shares_its_line_is_no_text(stamp: str) -> None:
    article = read([HEAD, "{one}", stamp, "{two}", "{four}"])
    assert article.published is not None
    assert list_texts(article) == [TEXT[name] for name in ("one", "two", "four")]


def test_a_state_within_a_text_that_has_its_stamp_takes_no_line_apart() -> None:
    inside = "Alle Zahlen aus den Orten im Überblick Stand: 11.03.2020 12:30 Uhr Die Zahlen stiegen in allen Orten."
    text = ["{one}", inside, "{two}", "{four}"]
    assert list_texts(read([HEAD, "12. März 2021", *text])) == [line.format_map(TEXT) for line in text]


def test_questions_with_an_answer_each_are_no_vote() -> None:
    talk = ["Wer darf wählen?", "Alle ab 16 Jahren.", "Wo wird gewählt?", "In der Schule."]
    text = list_texts(read([*STAMPED, *talk, "Jetzt abstimmen", "{four}", "{five}"]))
    assert text[2:6] == talk


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (["MA+ Exklusiv für Abonnenten"], []),
        (["Exklusiv für OZ+-Abonnenten"], []),
        ([], ["Jetzt weiterlesen mit MA+", "1. Monat kostenlos"]),
        ([], ["Testen Sie jetzt", "Sie haben bereits ein Abo? Anmelden"]),
        ([], ["Dieser Artikel ist exklusiv für Abonnenten. Jetzt 4 Wochen für 1 Euro testen."]),
        ([], ["Dieser Beitrag ist nur für unsere Abonnenten.", "{four}"]),
    ],
)
def test_article_is_paid_where_its_page_says_so(above: list[str], below: list[str]) -> None:
    article = read([*above, HEAD, "12. März 2021", "{one}", "{two}", *below])
    assert (article.access, article.headline) == ("paid", HEAD)
    assert list_texts(article)[:2] == [TEXT["one"], TEXT["two"]]


@pytest.mark.parametrize(
    "lines",
    [
        ["Exklusiv für Abonnenten", "Neue Halle", *(["Start"] * 9), *STAMPED],
        [*STAMPED, "Nur für Abonnenten", "{four}"],
        [*STAMPED, "Die Zeitung hat 400 Abonnenten, und der Verein wirbt exklusiv für sie.", "Jetzt abonnieren"],
    ],
)
def test_article_is_free_where_others_are_for_those_who_pay(lines: list[str]) -> None:
    assert read(lines).access == "free"


ITEMS = ["- Die Gebühren steigen um vier Prozent", "- Der Bus fährt öfter", "- Das Bad öffnet wieder"]


@pytest.mark.parametrize("label", ["In Kürze:", "Das Wichtigste in Kürze", "Auf einen Blick", "Darum geht’s"])
@pytest.mark.parametrize("lead", [[], ["{four}"]])
def test_summary_in_items_above_or_below_a_text_is_of_it(label: str, lead: list[str]) -> None:
    summary = [label, "\n".join(ITEMS)]
    above = read([HEAD, *lead, "12. März 2021, 14:22 Uhr", *summary, "{one}", "{two}"])
    items = [item.removeprefix("- ") for item in ITEMS]
    assert list_texts(above) == [*(TEXT["four"] for _ in lead), label, *items, TEXT["one"], TEXT["two"]]
    below = read([HEAD, *lead, "12. März 2021, 14:22 Uhr", "{one}", "{two}", *summary])
    assert list_texts(below)[-4:] == [label, *items]


ROWS = [
    ["Eröffnung: 20. November, 19 Uhr", "Öffnungszeiten: 10 bis 17 Uhr", "Eintritt: 5 Euro"],
    ["Sa., 14. November, 19.30 Uhr, Musterau", "15.11., 16 Uhr, Beispielheim"],
    ["TSV Musterau – SV Beispielheim 4:0", "FC Beispielau – SV Muster 1:1"],
]


@pytest.mark.parametrize("rows", ROWS)
@pytest.mark.parametrize("below", [[], ["Teilen", "Impressum"]])
def test_lines_of_one_form_to_which_a_sentence_leads_close_a_text(rows: list[str], below: list[str]) -> None:
    lead = "Die Bühne und der Verein sind an diesen Tagen zu sehen:"
    for further in ([], ["Neuer Steg am See"]):
        assert list_texts(read([*STAMPED, lead, *rows, *further, *below]))[2:] == [lead, *rows]
    assert list_texts(read([*STAMPED, lead, rows[0], "Neuer Steg am See", *below])) == [TEXT["one"], TEXT["two"]]
    assert list_texts(read([*STAMPED, *rows, *below])) == [TEXT["one"], TEXT["two"]]


@pytest.mark.parametrize(
    "line",
    ["Von dpa", "von (red)", "Von red/dpa", "Von Redaktion", "Von unserer Sportredaktion", "Von der Redaktion und dpa"],
)
@pytest.mark.parametrize("is_above", [True, False])
def test_agency_or_newsroom_that_signs_is_nobody_in_person_and_none_of_the_text(line: str, *, is_above: bool) -> None:
    stamp = "12. März 2021, 14:22 Uhr"
    article = read(
        [
            HEAD,
            "Der Rat ist dafür, der Kreis zahlt mit.",
            *([line, stamp] if is_above else [stamp, line]),
            "{one}",
            "{two}",
        ]
    )
    assert list_texts(article) == ["Der Rat ist dafür, der Kreis zahlt mit.", TEXT["one"], TEXT["two"]]
    assert article.authors == ()
    assert list(article.agencies) == (["dpa"] if "dpa" in line else [])


def test_list_to_which_a_sentence_leads_closes_a_text_and_that_of_a_menu_does_not() -> None:
    lead = "Der Rat hat sich außerdem über diese drei Dinge verständigt:"
    items = [item.removeprefix("- ") for item in ITEMS]
    assert list_texts(read([*STAMPED, lead, *ITEMS]))[2:] == [lead, *items]
    assert list_texts(read([*STAMPED, "Unser Angebot:", *ITEMS])) == [TEXT["one"], TEXT["two"]]


@pytest.mark.parametrize(
    "box",
    [
        ["Lesen Sie auch: Neue Halle am Markt"],
        ["Lesen Sie auch", "Neue Halle am Markt", "Streit um das Bad im Süden"],
        ["Newsletter", "Die wichtigsten Nachrichten aus dem Kreis, täglich um 17 Uhr.", "E-Mail-Adresse"],
    ],
)
def test_text_with_a_headline_of_its_own_goes_on_behind_a_box_without_teasers_texts(box: list[str]) -> None:
    text = list_texts(read([*STAMPED, *box, "{four}", "Wie es weitergeht", "{five}"]))
    assert text[2:] == [TEXT["four"], "Wie es weitergeht", TEXT["five"]]


@pytest.mark.parametrize("labels", [["Anzeige"], ["Werbung", "Der Steg. Foto: Max Muster"]])
def test_advertisement_above_a_headline_of_the_text_ends_nothing(labels: list[str]) -> None:
    text = ["Wie es weitergeht", "{four}", "{five}"]
    assert list_texts(read([*STAMPED, *labels, *text]))[2:] == [line.format_map(TEXT) for line in text]
    teasers = ["Neue Halle am Markt", "{four}", "Streit um das Bad im Süden", "{five}"]
    assert list_texts(read([*STAMPED, "Anzeige", *teasers]))[2:] == []


@pytest.mark.parametrize(
    "salutation",
    ["Sehr geehrter Herr Präsident, meine Damen und Herren,", "Liebe Mitglieder,", "Meine Damen und Herren!"],
)
def test_salutation_is_of_the_text(salutation: str) -> None:
    assert list_texts(read(["Reden", HEAD, "12.03.2020", salutation, "{one}", "{two}"]))[0] == salutation


def test_signs_of_writers_behind_a_copyright_make_no_caption() -> None:
    closing = "Ob das hilft, bleibt offen. Die Gemeinde will die Arbeiten im nächsten Jahr prüfen. © hil/mh"
    assert list_texts(read([HEAD, "12.03.2020", "{one}", "{two}", closing]))[-1] == closing
    caption = "Der Weg am Bach im vergangenen Sommer. © dpa/afp"
    assert caption not in list_texts(read([HEAD, "12.03.2020", "{one}", caption, "{two}"]))


def test_change_before_the_publication_is_none() -> None:
    article = read([HEAD, "Bern, 12.03.2020 - {one}", "{two}", "Kontakt", "Letzte Änderung 10.03.2020"])
    assert article.published is not None
    assert article.updated is None


def test_topic_in_the_address_makes_no_list_of_a_text_with_one_stamp() -> None:
    lines = ["Musterblatt", HEAD, "Freitag, 13. März 2020 10:15", "{one}", "{two}", "{three}"]
    assert read(lines, url="https://www.beispiel.de/dossier/wege-am-bach").headline == HEAD


@pytest.mark.parametrize(("menu", "category"), [(["Newsroom", "Unternehmen"], None), (["Abo", "Suche"], "Karriere")])
def test_last_entry_of_a_menu_is_no_category(menu: list[str], category: str | None) -> None:
    assert read(["Musterwerke", *menu, "Karriere", HEAD, "12.03.2020", "{one}", "{two}"]).category == category


@pytest.mark.parametrize(
    "opening",
    ["Zum Bericht „Händler fordern Parkplätze“ in der Ausgabe vom 6. März:", "TSV Musterau – HSG Probe 27:26 (13:14)"],
)
def test_what_a_letter_is_about_and_the_result_above_a_report_are_of_the_text(opening: str) -> None:
    assert list_texts(read(["Musterblatt", HEAD, "12.03.2020", opening, "{one}", "{two}"]))[0] == opening


def test_stamp_with_its_author_between_a_short_lead_and_the_text_is_none_of_it() -> None:
    stamp = "Artikel veröffentlicht am 12. März 2020, 8:05 Uhr, Erika Muster"
    article = read(["Musterblatt", HEAD, "Der Bagger bleibt stehen.", stamp, "{one}", "{two}"])
    assert stamp not in list_texts(article)
    assert article.authors == ("Erika Muster",)


def test_name_and_place_below_a_lead_are_the_author() -> None:
    article = read(["Musterblatt", HEAD, "{one}", "Clara Muster – Genua", "{two}", "{three}"])
    assert article.authors == ("Clara Muster",)
    assert len(list_texts(article)) == 3
