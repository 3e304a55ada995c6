"""Lists: readers see the numbers that a page shows, and the markup and lists within items."""

from __future__ import annotations

import json

import pytest

from feeds.article import Article, ItemList, Paragraph, Subheadline, dump_article, list_texts, load_article
from feeds.check.html import check_html
from feeds.check.rules import Report
from feeds.parse import parse_page_bytes
from feeds.parse.html import blocks as html_blocks
from feeds.parse.items import make_list
from feeds.render.body import render_body
from feeds.text import load_catalogue

FRONT = "---\ntitle: Der Rat\npublished: 2024-06-25\nurl: https://blatt.example/rat\n---\n"
TEXT = "Der Rat hat am Abend ohne Gegenstimme beschlossen, den Weg am Bach im kommenden Frühjahr zu erneuern."
MORE = "Die Arbeiten am Weg beginnen nach den Worten des Bauamts, sobald der Boden nicht mehr gefroren ist."


def read(text: str, path: str) -> Article:
    article = parse_page_bytes(
        f"{FRONT}{text}\n".encode(), path=path, source=None, zone="Europe/Berlin", language="de"
    ).article
    assert article is not None
    return article


def render(text: str, path: str) -> str:
    html = render_body(read(text, path).blocks, load_catalogue("de"))
    report = Report(path)
    check_html(report, 1, html, "content")
    assert len(report) == 0
    return html


def read_page(markup: str) -> str:
    """What becomes of a piece of a page between other paragraphs."""
    above = "".join(f"<p>{at} {TEXT}</p>" for at in ("Am Ort:", "Am Bach:", "Am Weg:"))
    below = "".join(f"<p>{at} {MORE}</p>" for at in ("Am Ort:", "Am Bach:", "Am Weg:"))
    html = render(f"<html><body><article><h1>Der Rat</h1>{above}{markup}{below}</article></body></html>", "a.html")
    assert html.startswith(above)
    assert html.endswith(below)
    return html.removeprefix(above).removesuffix(below)


@pytest.mark.parametrize(
    "lines",
    [
        ("14. November, 19.30 Uhr, Meißen", "21. November, 19.30 Uhr, Riesa", "28. November, 16 Uhr, Pirna"),
        ("9. November 1989. Die Mauer fällt.", "22. Dezember 1989. Das Tor öffnet."),
        ("3. Liga: Dresden gewinnt", "2. Bundesliga: Aue verliert"),
        ("1. FC Magdeburg spielt gegen Aue.", "1. FC Lok Leipzig spielt gegen Zwickau."),
        ("1. SV Muldenau 24 Punkte", "1. TSV Nerchau 24 Punkte", "3. SG Trebsen 19 Punkte"),
        ("01. Mai: Meißen", "02. Mai: Riesa"),
        ("3. Parkplatz", "4. Sauna"),
        ("1. Dezember: Meißen", "3. Dezember: Riesa"),
        ("1. Das Bad", f"2. {MORE} {TEXT}", "3. Der See"),
    ],
)
def test_numbers_that_do_not_count_from_one_stay_in_the_text(lines: tuple[str, ...]) -> None:
    article = read("\n".join([TEXT, *lines, MORE]), "a.txt")
    assert article.blocks == tuple(map(Paragraph, [TEXT, *lines, MORE]))


def test_lines_that_count_from_one_are_an_ordered_list() -> None:
    lines = ["1. SV Muldenau 24 Punkte", "2. TSV Nerchau 21 Punkte", "1) eins", "2) zwei", "- ein", "* noch ein"]
    article = read("\n".join([TEXT, *lines, MORE]), "a.txt")
    table, numbered, bullets = article.blocks[1:-1]
    assert table == ItemList(
        ((Paragraph("SV Muldenau 24 Punkte"),), (Paragraph("TSV Nerchau 21 Punkte"),)), ordered=True
    )
    assert numbered == ItemList(((Paragraph("eins"),), (Paragraph("zwei"),)), ordered=True)
    assert bullets == make_list(["ein", "noch ein"])
    assert list_texts(article)[1:-1] == [*lines[:2], "1. eins", "2. zwei", "ein", "noch ein"]


def test_numbers_are_right_where_an_item_was_left_out() -> None:
    repeated = "1. Der Weg am Bach wird im Frühjahr erneuert"
    article = read("\n".join([TEXT, repeated, "2. Halle", MORE, repeated, "2. Bad", "3. See", TEXT[:-1]]), "a.txt")
    assert list_texts(article)[4:-1] == ["2. Bad", "3. See"]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("1. Bad\n2. Halle", "<ol><li>Bad</li><li>Halle</li></ol>"),
        # "1." in front of all has them counted; other numbers are those of the text.
        ("1. Bad\n1. Halle", "<ol><li>Bad</li><li>Halle</li></ol>"),
        ("14. November\n21. November", "<ul><li>14. November</li><li>21. November</li></ul>"),
        ("14. November\n15. November", "<ul><li>14. November</li><li>15. November</li></ul>"),
        ("> 3) *Drei*", "<ul><li>3) <em>Drei</em></li></ul>"),
        ("10. - ein", "<ul><li>10.<ul><li>ein</li></ul></li></ul>"),
        ("1. Bad\n2. Sauna\n   - mit\n   - ohne\n3. See",
         "<ol><li>Bad</li><li>Sauna<ul><li>mit</li><li>ohne</li></ul></li><li>See</li></ol>"),
        ("1. Bad\n\n   Es ist offen.\n2. See",
         "<ol><li><p>Bad</p><p>Es ist offen.</p></li><li>See</li></ol>"),
        ("- Bad\n\n      Weg\n- See", "<ul><li><p>Bad</p><p>Weg</p></li><li>See</li></ul>"),
        ("- [Karten](https://a.example/k?a&b)\n- **Riesa**, 3 < 4",
         '<ul><li><a href="https://a.example/k?a&amp;b">Karten</a></li><li><strong>Riesa</strong>, 3 &lt; 4</li></ul>'),
        ("| Ort | [Karten](https://a.example/) |\n|---|---|\n| Riesa | **5** |",
         '<ul><li>Ort | <a href="https://a.example/">Karten</a></li><li>Riesa | <strong>5</strong></li></ul>'),
        ("## Mehr auf [der Seite](https://a.example/)", '<h2>Mehr auf <a href="https://a.example/">der Seite</a></h2>'),
        ("## **Mehr** *dazu*", "<h2><strong>Mehr</strong> <em>dazu</em></h2>"),
        ("## **Mehr**", "<h2>Mehr</h2>"),
        ("## **Mehr *dazu***", "<h2>Mehr <em>dazu</em></h2>"),
    ],
)  # fmt: skip
def test_lists_and_headlines_of_markdown_keep_numbers_and_markup(text: str, html: str) -> None:
    assert render(f"{TEXT}\n\n{text}\n", "a.md") == f"<p>{TEXT}</p>{html}"


def test_lists_within_lists_have_an_end() -> None:
    html = render("- " * 1_000 + "tief", "a.md")
    assert 2 < html.count("<ul>") < 100
    assert "<li>tief</li>" in html


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Der Markt öffnet am\n1. Dezember um 10 Uhr.", 1),
        ("Der Markt öffnet am\n1\\. Dezember um 10 Uhr.", 0),
        ("Der Markt öffnet am\n\n1. Dezember um 10 Uhr.", 0),
        ("Der Markt öffnet am\n1. Dezember\n2. Januar", 0),
        ("- Der Markt öffnet am\n  1. Dezember", 0),
    ],
)
def test_paragraph_that_is_wrapped_before_a_number_is_noted(text: str, count: int) -> None:
    article = read(text, "a.md")
    notes = [problem for problem in article.problems if problem.rule == "wrapped-number"]
    assert [(problem.line, problem.text) for problem in notes] == [(7, "1. Dezember um 10 Uhr.")] * count


@pytest.mark.parametrize(
    ("markup", "html"),
    [
        ("<ol><li>Bad<li>Halle</ol>", "<ol><li>Bad</li><li>Halle</li></ol>"),
        ("<ol start=4><li>Bad<li><p>Halle</ol>", "<ul><li>4. Bad</li><li>5. Halle</li></ul>"),
        ("<ol start=4><li>Bad<li><li>Halle</ol>", "<ul><li>4. Bad</li><li>6. Halle</li></ul>"),
        (
            "<ol start=4><li>Bad<li style='display: none'>Weg<li>Halle</ol>",
            "<ul><li>4. Bad</li><li>Weg</li><li>5. Halle</li></ul>",
        ),
        ("<ol start=x><li>Bad<li value=7>Weg<li>See</ol>", "<ul><li>1. Bad</li><li>7. Weg</li><li>8. See</li></ul>"),
        ("<ol reversed><li>Bad<li>Halle</ol>", "<ul><li>2. Bad</li><li>1. Halle</li></ul>"),
        ("<ol type=a start=26><li>Bad<li>Halle</ol>", "<ul><li>z. Bad</li><li>aa. Halle</li></ul>"),
        ("<ol type=I start=8><li>Bad<li>Halle</ol>", "<ul><li>VIII. Bad</li><li>IX. Halle</li></ul>"),
        ("<ol><li>Bad<li><img src=x.jpg><li>See</ol>", "<ul><li>1. Bad</li><li>3. See</li></ul>"),
        ("<ol><li>Bad<ul><li>mit<li>ohne</ul><li>See</ol>",
         "<ol><li>Bad<ul><li>mit</li><li>ohne</li></ul></li><li>See</li></ol>"),
        ("<ul><li>Bad<div><ol><li>eins</ol></div></li><ul><li>zwei</ul></ul>",
         "<ul><li>Bad<ol><li>eins</li></ol><ul><li>zwei</li></ul></li></ul>"),
        ("<ul><li><p>Bad</p><p>Es ist offen.</p><li>See</ul>",
         "<ul><li><p>Bad</p><p>Es ist offen.</p></li><li>See</li></ul>"),
        ("<ul><li>Das Bad hat <b>offen</b> bis <a href=/zeiten onclick=x()>acht</a></ul>",
         '<ul><li>Das Bad hat <strong>offen</strong> bis <a href="https://blatt.example/zeiten">acht</a></li></ul>'),
        ("<h2>Mehr <i>auf</i> <a href=/seite>der Seite</a></h2>",
         '<h2>Mehr <em>auf</em> <a href="https://blatt.example/seite">der Seite</a></h2>'),
        ("<p><b>Mehr auf der Seite</b></p>", "<h2>Mehr auf der Seite</h2>"),
    ],
)  # fmt: skip
def test_lists_and_headlines_of_a_page_keep_numbers_and_markup(markup: str, html: str) -> None:
    assert read_page(markup) == html


def test_lists_that_trafilatura_finds_keep_numbers_and_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_blocks, "find_region", lambda _: None)
    items = "<li>Das <b>Bad</b><ul><li>mit</ul><li><div><p>See</div>"
    assert read_page(f"<h2>Mehr <a href=/seite>dazu</a></h2><ol start=4>{items}</ol>") == (
        '<h2>Mehr <a href="https://blatt.example/seite">dazu</a></h2>'
        "<ul><li>4. Das <strong>Bad</strong><ul><li>mit</li></ul></li><li>5. See</li></ul>"
    )


def test_articles_survive_json_and_those_of_older_libraries_are_read() -> None:
    article = read("## [Mehr](https://a.example/)\n\n1. Bad\n2. *Halle*\n   - mit\n\n- See\n", "a.md")
    assert load_article(json.loads(json.dumps(dump_article(article)))) == article
    plain = {"blocks": [["subheadline", "Mehr"], ["list", ["Bad", "Halle"], True], ["list", ["See"], False]]}
    ordered = ItemList(((Paragraph("Bad"),), (Paragraph("Halle"),)), ordered=True)
    assert load_article(plain).blocks == (Subheadline("Mehr"), ordered, make_list(["See"]))


def test_source_that_an_item_names_is_found_however_deep() -> None:
    assert read(f"{TEXT}\n\n- Bad\n  - Quelle: dpa\n", "a.md").agencies == ("dpa",)
