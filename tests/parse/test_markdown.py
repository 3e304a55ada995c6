"""Markdown pages: what is cut off a text keeps its markup, and marks within addresses, tables and datelines."""

from __future__ import annotations

import re

import pytest

from feeds.article import Article, Dateline, Image, ItemList, Paragraph, list_texts
from feeds.parse import parse_page_bytes
from feeds.parse.body import cut_front
from feeds.parse.items import make_list

TEXT = "Der Rat hat am Abend ohne Gegenstimme beschlossen, den Weg am Bach im kommenden Frühjahr zu erneuern."


def read(text: str, published: str = "2024-06-25") -> Article:
    page = f"---\ntitle: Der Rat\npublished: {published}\n---\n{text}\n".encode()
    article = parse_page_bytes(page, path="a.md", source=None, zone="Europe/Berlin", language="de").article
    assert article is not None
    return article


@pytest.mark.parametrize(
    "stamp",
    ["*18. November 2026, 19:15 Uhr – Von Erika Muster*", "18.11.2026 | Von Erika Muster"],
)
def test_who_wrote_a_text_may_be_beside_its_stamp(stamp: str) -> None:
    page = f"# Rat sagt ja zum Steg\n\n{stamp}\n\n{TEXT}\n".encode()
    article = parse_page_bytes(page, path="a.md", source=None, zone="Europe/Berlin", language="de").article
    assert article is not None
    assert article.authors == ("Erika Muster",)
    assert article.blocks == (Paragraph(TEXT),)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**Berlin** (dpa) – Der [Rat](https://a.example/) tagt.", 'Der <a href="https://a.example/">Rat</a> tagt.'),
        ("Berlin (*dpa*) – Der *Rat* tagt.", "Der <em>Rat</em> tagt."),
        ("[Berlin](https://a.example/?a&b) (dpa) – Der *Rat* tagt.", "Der <em>Rat</em> tagt."),
        ("**Berlin (dpa) – Der Rat** tagt.", "<strong>Der Rat</strong> tagt."),
        ("*Berlin **(dpa) –*** *Der* Rat tagt.", "<em>Der</em> Rat tagt."),
        (
            "[Berlin (*dpa*) – Der *Rat*](https://a.example/) tagt.",
            '<a href="https://a.example/">Der <em>Rat</em></a> tagt.',
        ),
        ("Berlin (dpa) –  \nDer *Rat*  \ntagt.", "Der <em>Rat</em><br>tagt."),
        ("**Berlin** (dpa/A&P) –\\\n**Der** Rat tagt.", "<strong>Der</strong> Rat tagt."),
    ],
)
def test_markup_of_a_text_stays_behind_its_dateline(text: str, html: str) -> None:
    article = read(text)
    assert article.dateline is not None
    assert article.blocks == (Paragraph(re.sub("<[^>]+>", "", html.replace("<br>", " ")), html),)


def test_front_is_cut_off_only_where_html_and_text_agree() -> None:
    other = Paragraph("Berlin – Der Rat tagt.", "<em>Bonn</em> – Der Rat tagt.")
    assert cut_front(other, len("Berlin – ")) == [other]
    assert cut_front(Paragraph("Berlin – ", "<em>Berlin</em> –"), len("Berlin – ")) == []


def test_rows_without_anything_in_their_cells_are_left_out() -> None:
    table = "| | |\n|---|---|\n| Bus | 7 |\n| | |\n| – | 0 |\n"
    assert read(table).blocks == (make_list(["Bus | 7", "– | 0"]),)
    assert read("| | |\n|---|---|\n\nText.").blocks == (Paragraph("Text."),)


@pytest.mark.parametrize(
    "text",
    [
        "https://a.example/_bilder_/neu",
        "https://a.example/__init__",
        "https://a.example/a*b*c",
        "www.a.example/~~x~~",
        "https://a.example/`x`",
        "https://a.example/.*x*",
        "https://a.example/[x](https://b.example/)",
    ],
)
def test_bare_address_that_goes_on_in_a_mark_is_no_link(text: str) -> None:
    (block,) = read(f"Siehe {text} dort.").blocks
    assert isinstance(block, Paragraph)
    assert block.html is not None
    assert ".example/</a>" not in block.html
    assert '"https://a.example' not in block.html


@pytest.mark.parametrize(
    "text",
    [
        "https://a.example/x *so*",
        "*https://a.example/x*",
        "**Siehe** https://a.example/x, *so*",
        "https://a.example/x_y_z",
        "https://a.example/x\n*so*",
        "- https://a.example/x\n  - *so*",
    ],
)
def test_bare_address_beside_a_mark_is_a_link(text: str) -> None:
    block = read(f"{text}").blocks[0]
    if isinstance(block, ItemList):
        block = block.items[0][0]
    assert isinstance(block, Paragraph)
    assert '<a href="https://a.example/x' in (block.html or "")


@pytest.mark.parametrize(
    ("front", "dateline"),
    [
        ("KÖLN (dpa) - ", Dateline("KÖLN", None, "dpa")),
        ("Köln/Bonn (epd). ", Dateline("Köln/Bonn", None, "epd")),
        ("Musterau (dpa/mm) – ", Dateline("Musterau", None, "dpa/mm")),
        ("Musterau. (mm) ", Dateline("Musterau", None, "mm")),
        ("MUSTERAU (MPA) – ", Dateline("MUSTERAU", None, "MPA")),
        ("MUSTERAU taz | ", Dateline("MUSTERAU", None, "taz")),
        ("Berlin, 3. Mai 1945 (dpa) – ", Dateline("Berlin", "1945-05-03", "dpa")),
        ("BERLIN, 25. Juni – ", Dateline("BERLIN", "2024-06-25", None)),
        ("Berlin, 24.06.2024 – ", Dateline("Berlin", "2024-06-24", None)),
        ("Berlin – ", Dateline("Berlin", None, None)),
        ("BERLIN. ", Dateline("BERLIN", None, None)),
    ],
)
def test_dateline_is_cut_off(front: str, dateline: Dateline) -> None:
    article = read(f"{front}Der Rat tagt.\n\nWien liegt weit fort.")
    assert article.dateline == dateline
    assert article.blocks[0] == Paragraph("Der Rat tagt.")


@pytest.mark.parametrize(
    "text",
    [
        "Frankfurt (Oder) – Die Brücke ist zu.",
        "Frankfurt (Main) – Die Brücke ist zu.",
        "Halle (an der Saale) – Die Brücke ist zu.",
        "Berlin (Mitte) – Die Brücke ist zu.",
        "MÜLLER (SPD) – Die Kandidatin der Stadt.",
        "Münster (NRW) – Die Brücke ist zu.",
        "BERLIN baut – Die Stadt wächst.",
        "Basel – Zürich 2:1. Der Meister verliert.",
        "Köln – Mainz 05 2:1 (1:0). Die Tore fielen spät.",
        "Hamburg - Berlin in zwei Stunden: Die Bahn fährt wieder.",
        "Paris – Roubaix ist das härteste Rennen.",
        "Paris – Stadt der Liebe und der Schlangen.",
        "Die schönsten Städte.\n\nParis – Die Stadt der Liebe.\n\nRom – Die Stadt der Kirchen.",
        "Paris – Die Stadt der Liebe.\n\nRom – Die Stadt der Kirchen.",
        "Paris. London. Rom. Die Kette wächst.",
        "TITANIC. Der Film kommt ins Kino.",
        "Berlin, 3. Mai 1945 – Der Krieg ist fast vorbei.",
        "Berlin, 3. Mai – Der Krieg ist fast vorbei.",
        "Köln, 12.05.1924. Der Rat tagt.",
    ],
)
def test_first_words_that_may_be_no_dateline_stay_in_the_text(text: str) -> None:
    article = read(text)
    assert article.dateline is None
    assert [block.text for block in article.blocks if isinstance(block, Paragraph)] == text.split("\n\n")


def test_first_words_stay_where_the_day_is_unknown() -> None:
    data = "# Der Rat\n\nBerlin, 3. Mai – Der Krieg ist fast vorbei.".encode()
    article = parse_page_bytes(data, path="a.md", source=None, zone="Europe/Berlin", language="de").article
    assert article is not None
    assert article.blocks == (Paragraph("Berlin, 3. Mai – Der Krieg ist fast vorbei."),)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('{{< youtube "abc" >}}\n\nDer Rat tagt.', "Der Rat tagt."),
        ("Der Rat {{% farbe rot %}}tagt{{% /farbe %}}.", "Der Rat tagt."),
        ("{{< karte\n  ort=Markt >}}\nDer Rat tagt.", "Der Rat tagt."),
        ('Der Rat tagt. {% include karte.html ort="Markt" %}', "Der Rat tagt."),
        ('Der [Rat]({{< ref "rat.md" >}}) tagt.', "Der Rat tagt."),
        ("Der Rat tagt. {{ site.name }}", "Der Rat tagt."),
        ("So: `{{< karte >}}`", "So: {{< karte >}}"),
        ("```\n{{< karte >}}\n```", "{{< karte >}}"),
        ("So: {{</* karte */>}}", "So: {{</* karte */>}}"),
        ("{{ Der Rat }} tagt {.", "{{ Der Rat }} tagt {."),
    ],
)
def test_shortcodes_are_no_text_and_code_is(text: str, shown: str) -> None:
    article = read(text)
    assert [block.text for block in article.blocks if isinstance(block, Paragraph)] == [shown]
    named = [problem.line for problem in article.problems if problem.rule == "shortcode"]
    assert len(named) == (shown == "Der Rat tagt." and "]" not in text)


def test_figure_is_the_picture_that_it_stands_for() -> None:
    figure = '{{< figure src="https://a.example/kita.jpg" alt="Ein Haus" caption="Die Kita" width=300 >}}'
    article = read(f"Der Rat tagt.\n\n{figure}\n\nEr geht.")
    image = article.blocks[1]
    assert isinstance(image, Image)
    assert (image.url, image.alt, image.caption) == ("https://a.example/kita.jpg", "Ein Haus", "Die Kita")
    assert article.problems == ()


def test_problem_of_a_shortcode_names_its_line_and_offsets_stay() -> None:
    article = read("Der Rat tagt.\n\n{{< karte\n ort=Markt >}}\n\nEr geht.\n\n{{< karte >}}")
    (problem,) = article.problems
    assert (problem.line, problem.text) == (7, "{{< karte ort=Markt >}}")
    assert problem.what.startswith("2 shortcodes left out")


@pytest.mark.parametrize(
    "text",
    [
        '<audio src="https://a.example/x.mp3" controls></audio>',
        '<audio controls>\n<source src="https://a.example/x.mp3" type="audio/mpeg">\n</audio>',
        "<video src='https://a.example/x.mp3'></video>",
    ],
)
def test_recording_is_a_link_to_it(text: str) -> None:
    address = "https://a.example/x.mp3"
    link = Paragraph(address, f'<a href="{address}">{address}</a>')
    assert read(f"{TEXT}\n\n{text}\n\nEnde.").blocks == (Paragraph(TEXT), link, Paragraph("Ende."))


def test_recording_whose_address_is_unknown_and_other_html_are_shown_as_they_are_written() -> None:
    for text in ('<audio src="x.mp3"></audio>', '<iframe src="https://a.example/"></iframe>'):
        assert text.partition(">")[0] in list_texts(read(f"{TEXT}\n\n{text}"))[1]


def test_picture_whose_address_is_none_of_the_web_is_noted() -> None:
    article = read(f"{TEXT}\n\n![x](data:image/png;base64,AAAA) und ![y](https://a.example/y.png)\n")
    (problem,) = article.problems
    assert (problem.rule, problem.line) == ("unlinked-picture", 7)
    assert problem.what == "1 picture left out, for the address is none of the web"
    assert sum(isinstance(block, Image) for block in article.blocks) == 1
