"""Saved HTML pages: which of the ways to their text is taken. What is read from them: `test_reading`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from feeds.article import Block, ItemList, Paragraph, list_texts
from feeds.config import Source
from feeds.errors import Problem
from feeds.parse import Reading, parse_page, parse_page_bytes, read_page
from feeds.parse.items import make_list

README = Path(__file__).parent.parent.parent / "README.md"
PAGES = Path(__file__).parent.parent / "data" / "parse" / "html"


@pytest.fixture
def without_extractor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feeds.parse.html.blocks.has_extractor", lambda: False)
    monkeypatch.setattr("feeds.parse.html.document.has_extractor", lambda: False)


def read(name: str) -> Reading:
    data = (PAGES / name).read_bytes()
    return parse_page_bytes(data, path=name, source=None, zone="Europe/Berlin", language="de")


@pytest.mark.usefixtures("without_extractor")
def test_page_that_says_where_its_article_is_needs_no_extractor() -> None:
    reading = read("evident-article.html")
    assert "no-extractor" not in [problem.rule for problem in reading.problems]
    assert reading.article is not None
    assert sum(isinstance(block, Paragraph) for block in reading.article.blocks) == 6


@pytest.mark.usefixtures("without_extractor")
def test_short_text_that_is_marked_needs_no_extractor_whatever_is_around_it() -> None:
    reading = read("short-report-in-an-aside.html")
    assert [problem.rule for problem in reading.problems] == []
    assert reading.article is not None
    assert len(reading.article.blocks) == 1


def test_text_of_which_the_extractor_finds_a_part_is_read_where_its_bulk_stands() -> None:
    reading = read("text-in-parts.html")
    assert reading.article is not None
    assert sum(isinstance(block, Paragraph) for block in reading.article.blocks) == 5


def test_page_with_more_elements_than_there_is_time_for_is_read_without_the_extractor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr("trafilatura.core.bare_extraction", refuse)
    page = (PAGES / "text-in-parts.html").read_text(encoding="utf-8")
    menu = "<div><div><a href=/a>Rathaus</a></div></div>" * 380
    data = page.replace('<div class="row">', f'{menu}<div class="row">', 1).encode()
    reading = parse_page_bytes(data, path="a.html", source=None, zone="Europe/Berlin", language="de")
    assert reading.article is not None
    assert sum(isinstance(block, Paragraph) for block in reading.article.blocks) == 5


@pytest.mark.usefixtures("without_extractor")
def test_text_found_in_the_plain_way_is_told_with_the_command_that_the_readme_has() -> None:
    (hint,) = [problem.hint for problem in read("no-date.html").problems if problem.rule == "no-extractor"]
    command = re.search("pip install '[^']+'", hint or "")
    assert command is not None
    assert command[0] in README.read_text(encoding="utf-8")


PROSE = (
    "<p>Der Rat hat am Abend ohne Gegenstimme beschlossen, den Weg am Bach im kommenden Frühjahr zu erneuern.</p>" * 3
)
OWN = f"<article><h1>Der Weg am Bach wird erneuert</h1><p>12.03.2021</p>{PROSE}</article>"
TEASERS = "<h1>Musterau</h1>" + "".join(
    f"<article><h2><a href=/{number}>Neuer Steg am See wird gebaut</a></h2>"
    f"<time datetime=2021-03-1{number}>1{number}.03.2021</time>{PROSE}</article>"
    for number in range(4)
)
LINKED = "".join(
    f"<div><h2><a href=/{number}>Neuer Steg am See wird gebaut</a></h2>{PROSE[: len(PROSE) // 3]}</div>"
    for number in range(4)
)
PARTS = f"<h1>Der Weg am Bach</h1><h2><a href=#weg>Der Weg</a></h2>{PROSE}<h2><a href=#geld>Das Geld</a></h2>{PROSE}"
ITEMS = '<script type="application/ld+json">{"@type":"ItemList","itemListElement":[]}</script>'
CALLED = '<meta property="og:type" content="article">'
DATED = '<meta property="article:published_time" content="2021-03-12T10:00:00+01:00">'
ADDRESS = "https://www.beispiel.de/"


@pytest.mark.parametrize(
    ("url", "head", "body", "kind"),
    [
        (f"{ADDRESS}weg", ITEMS, OWN, "article"),
        (f"{ADDRESS}weg", ITEMS + DATED, PROSE, "article"),
        (f"{ADDRESS}weg", ITEMS, TEASERS, "index"),
        (f"{ADDRESS}weg", ITEMS + DATED, f"<h1>Wege am Bach</h1>{LINKED}", "index"),
        (f"{ADDRESS}weg", ITEMS, f"<article>{LINKED}</article>{LINKED}", "index"),
        (f"{ADDRESS}weg", ITEMS + DATED, OWN + LINKED[: len(LINKED) // 2], "article"),
        (f"{ADDRESS}weg", ITEMS + DATED, PARTS, "article"),
        (ADDRESS, CALLED, TEASERS, "home"),
        (ADDRESS, CALLED + DATED, f"<h1>Der Weg am Bach wird erneuert</h1>{PROSE}", "article"),
        (ADDRESS, CALLED, OWN, "article"),
    ],
)
def test_page_is_an_article_if_it_is_marked_or_dated_as_one(url: str, head: str, body: str, kind: str) -> None:
    page = f"---\nurl: {url}\n---\n<html><head><title>Musterblatt</title>{head}</head><body>{body}</body></html>"
    reading = parse_page_bytes(page.encode(), path="a.html", source=None, zone="Europe/Berlin", language="de")
    assert reading.kind == kind


@pytest.mark.parametrize(
    ("dateline", "published"), [("Musterau, 28. Juni 2014", "2014-06-28"), ("Musterau, 28. Juni 1914", None)]
)
def test_day_of_a_dateline_dates_a_page_unless_it_is_history(dateline: str, published: str | None) -> None:
    text = PROSE.replace("<p>", f"<p>{dateline} – ", 1)
    page = f"---\nurl: {ADDRESS}weg\n---\n<html><body><article><h1>Der Weg am Bach</h1>{text}</article></body></html>"
    article = parse_page_bytes(page.encode(), path="a.html", source=None, zone="Europe/Berlin", language="de").article
    assert article is not None
    assert (article.published and article.published.value.isoformat()) == published


def read_tables(table: str) -> list[ItemList]:
    first, *others = (
        f"<p>{when}{PROSE[len('<p>Der') : len(PROSE) // 3]}"
        for when in ("Der", "Auch der", "Ein", "Kein", "Jeder", "Dieser")
    )
    page = f"<html><body><article><h1>Der Weg am Bach</h1>{first}{table}{''.join(others)}</article></body></html>"
    article = parse_page_bytes(page.encode(), path="a.html", source=None, zone="UTC", language="de").article
    assert article is not None
    return [block for block in article.blocks if isinstance(block, ItemList)]


def make_table(*rows: str, heads: bool = True) -> str:
    tag = "th" if heads else "td"
    first = "".join(f"<{tag}>{cell}</{tag}>" for cell in rows[0].split(" | "))
    below = ("".join(f"<td>{cell}</td>" for cell in row.split(" | ")) for row in rows[1:])
    return f"<table><tr>{'</tr><tr>'.join([first, *below])}</tr></table>"


@pytest.mark.parametrize(
    "rows",
    [
        ("Linie | Takt", "1 | 10 Minuten", "2 | 20 Minuten"),
        ("Von | Nach", "Köln | Bonn"),
        ("Autor | Titel", "Erika Muster | Der Bach"),
        ("Tag | Spiel", "3. Mai | SV Muster", "4. Mai | TSV Beispiel"),
        ("Verein | Punkte", "<a href=/sv>SV Muster im ganzen Tal</a> | 9 Punkte aus drei Spielen, zu Hause alle"),
        ("Öffnet am | von", "Montag | 9 Uhr", "Dienstag | 10 Uhr"),
        ("Miete | Strom", "500 Euro | 90 Euro"),
        ("Jahr | Bild", "2024 | ja"),
    ],
)
def test_table_that_is_labelled_and_within_the_text_is_data(rows: tuple[str, ...]) -> None:
    items = tuple(re.sub("<[^>]+>", "", row) for row in rows)
    bare = make_table(*rows, heads=False)
    assert read_tables(make_table(*rows)) == [make_list(items)]
    assert read_tables(bare.replace("<table>", "<table><caption>Zahlen</caption>")) == [make_list(items)]
    assert read_tables(f"<figure>{bare}</figure>") == [make_list(items)]
    assert read_tables(bare) == []


@pytest.mark.parametrize(
    "rows",
    [
        ("Mo | Di | Mi | Do | Fr | Sa | So", "1 | 2 | 3 | 4 | 5 | 6 | 7", "8 | 9 | 10 | 11 | 12 | 13 | 14"),
        ("KW | M | D | M | D | F | S | S", "22 | 1 | 2 | 3 | 4 | 5 | 6 | 7"),
        ("Kategorie | Politik", "Erstellt | 25.06.2024", "Autor | Erika Muster", "Hits | 7"),
        ("Kategorie | Erstellt am | Autor", "Politik | 25.06.2024 | Erika Muster"),
        (
            "Datum | Rubrik | Titel",
            "25.06.2024 | Politik und Verwaltung | <a href=/a>Straße</a>",
            "24.06.2024 | Vermischtes vom Tage | <a href=/b>Haus</a>",
        ),
        ("&lt;&lt; Zurück | Weiter &gt;&gt;", "Seite 1 | von 3"),
        ("Drucken | Teilen | Merken", "1 | 2 | 3"),
        ("Impressum | Datenschutz", "© 2024 | Alle Rechte"),
        ("Das Rathaus am Bach | Die Brücke", "Foto: Erika Muster | "),
        ("Ja | 55 %", "Nein | <button>Weiter</button>"),
        ("Ja | 55 %", "Nein | <select><option>a</option></select>"),
        ("<h3>Neuer Weg</h3> | <h3>Altes Haus</h3>", "Ja | Nein"),
        ("Ja | 55 %", "<ol><li>Nein</li></ol> | 1"),
        ("Ja | 55 %", "<p>Nein</p><p>Doch</p> | 1"),
        ("Neuer Weg | Altes Haus", "Der Rat tagt heute. | Die Feuerwehr löscht noch."),
    ],
)
def test_table_of_what_is_beside_the_text_is_no_data(rows: tuple[str, ...]) -> None:
    assert read_tables(make_table(*rows)) == []
    assert read_tables(f"<figure>{make_table(*rows, heads=False)}</figure>") == []


SHORT = [
    "Bautzen hat eine neue Eisbahn, und sie hat eine Bande aus Holz, die der Verein selbst gebaut hat.",
    "Neu sind auch die Preise, die der Betreiber am Montag vorgestellt hat und die nicht allen gefallen.",
    "Am Nachmittag ist die Bahn für alle da, am Vormittag haben Schulen Vorrang.",
]
ROWS = ["Wer | Preis", "Erwachsene | 6 Euro", "Kinder | frei"]


def read_short(*parts: str) -> list[str]:
    body = "".join(part if part.startswith("<") else f"<p>{part}</p>" for part in parts)
    page = f"<html><body><article><h1>Eisbahn ist offen</h1>{body}</article></body></html>"
    article = parse_page_bytes(page.encode(), path="a.html", source=None, zone="UTC", language="de").article
    assert article is not None
    return list_texts(article)


@pytest.mark.parametrize("frame", ["{}", "<figure>{}</figure>", "<div>{}</div>", "<script>1</script>{}"])
def test_table_of_data_is_in_a_short_text_where_it_is_on_the_page(frame: str) -> None:
    table = frame.format(make_table(*ROWS))
    assert read_short(*SHORT[:2], table, SHORT[2]) == [*SHORT[:2], *ROWS, SHORT[2]]
    assert read_short(*SHORT, table, table) == [*SHORT, *ROWS, *ROWS]
    headed = read_short(*SHORT[:2], "<h3>Alle Preise</h3>", table, SHORT[2])
    assert headed == [*SHORT[:2], "Alle Preise", *ROWS, SHORT[2]]


@pytest.mark.parametrize(
    "parts",
    [
        [make_table(*ROWS), *SHORT],
        [*SHORT, f"<aside>{make_table(*ROWS)}</aside>"],
        [*SHORT, f"<div class=related>{make_table(*ROWS)}</div>"],
        [*SHORT, "<div><a href=/a>Neuer Steg</a></div>", make_table(*ROWS)],
        [*SHORT, make_table("Kategorie | Politik", "Autor | Erika Muster")],
    ],
)
def test_table_that_is_not_right_below_a_short_text_is_none_of_it(parts: list[str]) -> None:
    assert read_short(*parts) == SHORT


LINK = "https://v.example/a.mp3"
DAYS = ("Montag vor dem Fest", "Dienstag am Abend", "Mittwoch noch einmal", "Freitag danach", "Samstag", "Sonntag")
PLAYER = "https://www.youtube.com/embed/x"


def read_with(inset: str, *, count: int, url: str = f"{ADDRESS}weg") -> tuple[list[Block], list[Problem]]:
    """The blocks and notes of a page with an inset below the first of its paragraphs: `count` follow."""
    texts = [
        f"Der Rat hat am {day} ohne Gegenstimme beschlossen, den Weg am Bach im Frühjahr zu bauen." for day in DAYS
    ]
    body = f"<p>{texts[0]}</p>{inset}" + "".join(f"<p>{text}</p>" for text in texts[1 : count + 1])
    page = f"---\nurl: {url}\n---\n<html><body><article><h1>Der Weg am Bach</h1>{body}</article></body></html>"
    reading = parse_page_bytes(page.encode(), path="a.html", source=None, zone="UTC", language="de")
    assert reading.article is not None
    blocks = list(reading.article.blocks)
    assert [blocks[0], blocks[-1]] == [Paragraph(texts[0]), Paragraph(texts[count])]
    return blocks[1:-count], [one for one in reading.problems if one.rule in {"unlinked-recording", "unlabelled-table"}]


@pytest.mark.parametrize("count", [2, 5])
@pytest.mark.parametrize(
    "recording",
    [
        f"<audio controls src={LINK}></audio>",
        f"<audio controls>\n<source src={LINK} type=audio/mpeg><source src=/a.ogg>\n</audio>",
        "<video src='//v.example/a.mp3'>Ihr Browser zeigt leider keine Filme, steht hier für alte Browser.</video>",
        f"<video src='blob:{LINK}'><source src={LINK}></video>",
        f"<p><audio src={LINK}></audio></p>",
        f"<figure><video src={LINK}></video></figure>",
        f"<div><audio src={LINK}></audio></div><script>1</script>",
    ],
)
def test_recording_within_the_text_is_a_link_to_it(recording: str, count: int) -> None:
    assert read_with(recording, count=count) == ([Paragraph(LINK, f'<a href="{LINK}">{LINK}</a>')], [])


@pytest.mark.parametrize("count", [2, 5])
def test_recording_in_a_paragraph_is_below_it(count: int) -> None:
    blocks, _ = read_with(f"<p>Hören Sie das Gespräch: <audio src={LINK}></audio></p>", count=count)
    assert blocks == [Paragraph("Hören Sie das Gespräch:"), Paragraph(LINK, f'<a href="{LINK}">{LINK}</a>')]


@pytest.mark.parametrize("count", [2, 5])
@pytest.mark.parametrize(
    ("recording", "address"),
    [
        ("<audio></audio>", None),
        ("<video src='javascript:alert(1)'></video>", "javascript:alert(1)"),
        ("<audio><source src='data:audio/mpeg;base64,AAAA'></audio>", "data:audio/mpeg;base64,AAAA"),
        (f"<iframe src={PLAYER}></iframe>", PLAYER),
        (f"<div><iframe data-src={PLAYER}></iframe></div>", PLAYER),
        ("<iframe src=Seite-Dateien/x.html title='YouTube video player'></iframe>", "Seite-Dateien/x.html"),
    ],
)
def test_recording_that_no_link_leads_to_is_noted(recording: str, address: str | None, count: int) -> None:
    blocks, (problem,) = read_with(recording, count=count)
    assert blocks == []
    assert (problem.line, problem.text) == (4, address)
    assert problem.what.startswith("1 recording left out")


@pytest.mark.parametrize("count", [2, 5])
@pytest.mark.parametrize(
    "frame",
    [
        "<iframe src=https://karten.example/></iframe>",
        f"<div class=anzeige><iframe src={PLAYER}></iframe></div>",
        f"<div class=related><video src={LINK}></video></div>",
        f"<audio hidden src={LINK}></audio>",
    ],
)
def test_frame_of_anything_else_is_not_noted(frame: str, count: int) -> None:
    assert read_with(frame, count=count) == ([], [])


def test_recording_outside_the_text_is_not_noted() -> None:
    around = f"<iframe src={PLAYER}></iframe><video src={LINK}></video>"
    for body in (f"{around}{OWN}{around}", OWN.replace(PROSE, f"{around}{PROSE}<h3>Weitere Meldungen</h3>{around}")):
        reading = read_page_of(DATED, body)
        assert "unlinked-recording" not in [problem.rule for problem in reading.problems]
        assert reading.article is not None
        assert not any(LINK in text for text in list_texts(reading.article))


def test_page_of_a_film_is_no_article_for_the_length_of_its_address() -> None:
    text = "<p>Der Film zeigt, wie der Rat am Abend über den Weg am Bach geredet und dann beschlossen hat.</p>"
    film = f"<video src=https://v.example/{'a' * 200}.mp4></video>"
    reading = read_page_of('<meta property="og:type" content="video">', f"<article><h1>Film</h1>{text}{film}</article>")
    assert reading.kind == "video"


BARE = ["Partei A | 40", "Partei B | 30", "Andere | "]


@pytest.mark.parametrize("count", [2, 5])
@pytest.mark.parametrize("above", ["<p>Die Ergebnisse:</p>", "<h3>Die Ergebnisse:</h3>", "<p>So ging es aus:</p>"])
def test_table_that_a_colon_announces_is_data_without_heads(above: str, count: int) -> None:
    table = make_table(*BARE, heads=False)
    blocks, _ = read_with(f"{above}<div>{table}</div>{table}", count=count)
    assert blocks[1:] == [make_list([row.rstrip() for row in BARE])]


@pytest.mark.parametrize("count", [2, 5])
@pytest.mark.parametrize(
    "rows",
    [
        ("<p>Neuer Weg</p><p>Altes Haus</p> | 1", "Nein | 2"),
        ("<img src=/a.png> | 1", "Nein | 2"),
        ("<h3>Neuer Weg</h3> | 1", "Nein | 2"),
        ("<form><input></form> | 1", "Nein | 2"),
        ("<table><tr><td>Ja</td></tr></table> | 1", "Nein | 2"),
        ("<a href=/a>Mehr Politik</a> | <a href=/b>Mehr Sport</a>", "<a href=/c>Mehr Kultur</a> | Ja"),
        ("Impressum | Datenschutz", "Kontakt | Suche"),
        ("Ja | 1",),
        ("Ja", "Nein"),
    ],
)
def test_announced_table_that_places_things_is_no_data(rows: tuple[str, ...], count: int) -> None:
    blocks, _ = read_with(f"<p>Die Ergebnisse:</p>{make_table(*rows, heads=False)}", count=count)
    assert not any(isinstance(block, ItemList) for block in blocks)


@pytest.mark.parametrize("count", [2, 5])
@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (("Au | 31,2 %", "Bach | 28,1 %", "Tal | 15 %"), ["unlabelled-table"]),
        (("Au | 3.412", "Bach | 2.811", "Tal | 150"), ["unlabelled-table"]),
        (("Au | Bach", "Tal | Berg", "See | Wald"), []),
        (("Au | 31,2 %", "Bach | 28,1 %"), []),
        (("12.03.2021 | <a href=/a>Neuer Weg</a>", "11.03.2021 | <a href=/b>Alter Weg</a>", "10.03.2021 | Steg"), []),
    ],
)
def test_table_of_figures_that_nothing_announces_is_noted(rows: tuple[str, ...], said: list[str], count: int) -> None:
    table = "".join(f"<tr><td>{row.replace(' | ', '</td><td>')}</td></tr>" for row in rows)
    blocks, notes = read_with(f"<table>{table}</table>", count=count)
    assert blocks == []
    assert [note.rule for note in notes] == said


def read_page_of(head: str, body: str, *, url: str = f"{ADDRESS}weg") -> Reading:
    page = f"---\nurl: {url}\n---\n<html><head>{head}</head><body>{body}</body></html>"
    return parse_page_bytes(page.encode(), path="a.html", source=None, zone="Europe/Berlin", language="de")


@pytest.mark.parametrize("shown", ["<p class=date>{}</p>", "<p>{}</p>", "<time datetime=2021-03-12>{}</time>"])
@pytest.mark.parametrize(
    "given",
    ["2021-03-12", "2021-03-12T00:00", "2021-03-12T00:00:00+01:00", "2021-03-12T00:00:00Z", "2021-03-11T23:00:00Z"],
)
@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("12.03.2021, 08:05 Uhr", "2021-03-12T08:05:00+01:00"),
        ("Veröffentlicht am 12.03.2021 | 08:05 Uhr", "2021-03-12T08:05:00+01:00"),
        ("12.03.2021", "2021-03-12"),
    ],
)
def test_midnight_is_none_beside_what_the_page_shows(shown: str, given: str, text: str, published: str) -> None:
    for head in (DATED, '<script type="application/ld+json">{"@type":"Article","datePublished":"TIME"}</script>'):
        machine = head.replace("2021-03-12T10:00:00+01:00", given).replace("TIME", given)
        article = read_page_of(machine, f"<h1>Der Weg am Bach</h1>{shown.format(text)}{PROSE}").article
        assert article is not None
        assert article.published is not None
        assert article.published.value.isoformat() == published


@pytest.mark.parametrize(
    ("given", "text", "published"),
    [
        ("2021-03-12T00:00:00+01:00", "", "2021-03-12T00:00:00+01:00"),
        ("2021-03-12T00:00:00+01:00", "12.03.2021, 00:00 Uhr", "2021-03-12T00:00:00+01:00"),
        ("2021-03-12T00:00:00+01:00", "10.03.2021, 08:05 Uhr", "2021-03-12T00:00:00+01:00"),
        ("2021-03-12T00:00:00+01:00", "Aktualisiert am 12.03.2021, 08:05 Uhr", "2021-03-12T00:00:00+01:00"),
        ("2021-03-12T10:00:00+01:00", "12.03.2021, 08:05 Uhr", "2021-03-12T10:00:00+01:00"),
        ("2021-03-12T10:00:00+01:00", "12.03.2021", "2021-03-12T10:00:00+01:00"),
    ],
)
def test_clock_for_machines_stands_where_the_page_shows_no_better_one(given: str, text: str, published: str) -> None:
    head = DATED.replace("2021-03-12T10:00:00+01:00", given)
    article = read_page_of(head, f"<h1>Der Weg am Bach</h1><p>{text}</p>{PROSE}").article
    assert article is not None
    assert article.published is not None
    assert article.published.value.isoformat() == published


LIVE = '<script type="application/ld+json">{"@type":"LiveBlogPosting","headline":"Der Weg am Bach","x":1}</script>'
UPDATED = (
    '<script type="application/ld+json">[{"@type":"NewsArticle","headline":"Der Weg am Bach","author":"a","url":"/"},'
    '{"@type":"LiveBlogPosting","liveBlogUpdate":[{"@type":"BlogPosting","headline":"Der Bach"}]}]</script>'
)


@pytest.mark.parametrize("head", [LIVE, UPDATED])
def test_page_that_calls_itself_a_live_blog_is_none_of_an_article(head: str) -> None:
    reading = read_page_of(head, f"<h1>Der Weg am Bach</h1>{PROSE}")
    assert (reading.kind, reading.reason) == ("ticker", "it calls itself a live blog")


WALL = "<h1>Weiterlesen</h1><p>Besuchen Sie beispiel.example wie gewohnt mit Werbung und Tracking.</p>"
CONSENT = "<button>Alle akzeptieren</button><button>Ablehnen</button>"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (f"{WALL}{CONSENT}", "it asks for consent, and has no text"),
        (f"<form>{WALL}<input type=submit value='Alle akzeptieren'></form>", "it asks for consent, and has no text"),
        (f"{WALL}<a href=/k>Passwort vergessen?</a>", "it asks for a password, and has no text"),
    ],
)
def test_page_that_asks_for_something_and_has_no_text_is_none_of_an_article(body: str, reason: str) -> None:
    reading = read_page_of("", body)
    assert (reading.kind, reading.reason) == ("service", reason)


@pytest.mark.parametrize(
    "body",
    [
        f"{CONSENT}<h1>Der Weg am Bach</h1><p>Der Weg am Bach wird im Frühjahr erneuert.</p>",
        f"{CONSENT}<form><h1>Der Weg am Bach</h1>{PROSE}</form>",
        f"<h1>Der Weg am Bach</h1>{PROSE}{WALL}{CONSENT}",
    ],
)
def test_page_with_a_text_is_an_article_whatever_it_asks_for(body: str) -> None:
    assert read_page_of("", body).kind == "article"


HEADLINE = "Rat erneuert den Weg am Bach"


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Musterländer Anzeiger Online", f"<h2>{HEADLINE}</h2>{PROSE}"),
        ("Musterländer Anzeiger Online", f"<h1>Musterländer Anzeiger Online</h1><h2>{HEADLINE}</h2>{PROSE}"),
        ("Musterländer Anzeiger", f"<h1><a href=/>Musterländer Anzeiger</a></h1><h2>{HEADLINE}</h2>{PROSE}"),
        ("ANZEIGER-ONLINE: LOKALES", f"<b>ANZEIGER-ONLINE</b><h3>{HEADLINE}</h3>{PROSE}"),
        ("Musterbote - Politik", f"<font size=7>Musterbote</font><br><font size=+2><b>{HEADLINE}</b></font>{PROSE}"),
        ("Blatt", f"<span class=rubrik>Lokales</span><br><span class=headline>{HEADLINE}</span><br>{PROSE}"),
        ("Neue Seite 1", f"<p align=center><b><font size=5>{HEADLINE}</font></b></p>{PROSE}"),
        ("", f"<b>Lokales</b><br><b>{HEADLINE}</b><br><b>Von Erika Muster</b><br>{PROSE}"),
        ("Gemeinde Musterau", f"<h2>Gemeinde Musterau</h2><h3>{HEADLINE}</h3>{PROSE}<p>© 2005 Gemeinde Musterau</p>"),
        ("TSV Au 09 e.V.", f"<td class=contentheading>{HEADLINE}</td>{PROSE}<p>Copyright 2005 TSV Au 09 e.V., Au</p>"),
        ("Verein am Bach", f"<img src=logo.gif alt='Verein am Bach'><big>{HEADLINE}</big>{PROSE}"),
        ("Beispiel", f"<h2>Beispiel</h2><div style='font-size: 20px'>{HEADLINE}</div>{PROSE}"),
        ("Ein Blatt - Nachrichten aus der Au", f"<h3>{HEADLINE}</h3><p>12.03.2021</p>{PROSE}"),
        ("Musterbote", f"<h2>{HEADLINE.replace(' ', '<br>', 1)}</h2>{PROSE}"),
        (f"{HEADLINE} - Musterbote", f"<font size=5>{HEADLINE}</font><h3>Steine aus dem Tal liegen bereit</h3>{PROSE}"),
        (HEADLINE, f"<img src=kopf.gif><h2>Lokales</h2>{PROSE}<h2>Kommentare zum Artikel</h2>"),
        ("Musterbote", f"<h4><a href=/b>Feuerwehr löscht Brand am Markt</a></h4><b>{HEADLINE}</b>{PROSE}"),
        ("Musterbote", f"<p><b>{HEADLINE}</b></p><p><b>Steine aus dem Tal liegen bereit</b></p>{PROSE}"),
        ("Musterbote", f"<p><b>Baustelle</b></p><p><b>{HEADLINE}</b></p>{PROSE}"),
        ("Musterbote", f"<h2>{HEADLINE}</h2><p>12.03.2021</p>{PROSE}<h2>Feuerwehr löscht Brand am Markt</h2>"),
    ],
)
def test_headline_is_what_stands_out_where_the_title_is_that_of_the_site(title: str, body: str) -> None:
    article = read_page_of(f"<title>{title}</title>", body).article
    assert article is not None
    assert article.headline == HEADLINE
    assert HEADLINE not in list_texts(article)


@pytest.mark.parametrize("title", ["Musterländer Anzeiger", "Beispiel", "Musterbote: Politik"])
def test_name_of_the_site_is_no_headline_where_nothing_stands_out(title: str) -> None:
    article = read_page_of(f"<title>{title}</title>", PROSE).article
    assert article is not None
    assert article.headline is None


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Neue Post am Bach", f"<h1>Neue Post am Bach</h1><h2>Lokales</h2>{PROSE}"),
        ("Der Weg am Bach", f"<p>Der Weg am Bach</p><h3>Steine aus dem Tal liegen bereit</h3>{PROSE}"),
        ("Angebote", f"<h1>Angebote</h1>{PROSE}"),
    ],
)
def test_title_that_the_page_shows_is_its_headline(title: str, body: str) -> None:
    article = read_page_of(f"<title>{title}</title>", body).article
    assert article is not None
    assert article.headline == title


@pytest.mark.parametrize(
    ("source", "site", "headline"),
    [("Der Bach", "Nachrichten", HEADLINE), ("seeds", "Der Bach", HEADLINE), ("seeds", "Nachrichten", "Der Bach")],
)
def test_name_of_the_source_or_the_site_is_no_headline(source: str, site: str, headline: str) -> None:
    text = f"<html><head><title>Der Bach</title></head><body><h2>Der Bach</h2><h3>{HEADLINE}</h3>{PROSE}</body></html>"
    page = parse_page(text.encode(), path="a.html")
    known = Source(name=source, folder=Path("seeds"))
    article = read_page(page, source=known, zone="UTC", language="de", site=site).article
    assert article is not None
    assert article.headline == headline


def test_parts_of_an_old_head_are_read_and_taken_off_the_text() -> None:
    head = "<span class=rubrik>Lokales</span><br><span class=headline>Rat erneuert den Weg</span><br>"
    stamp = "<span class=datum>07.09.2005</span><br><br>"
    text = PROSE.replace("<p>", "").replace("</p>", "<br><br>")
    body = f"<div>{head}{stamp}<span class=text>{text}</span><br><span class=autor>Erika Muster</span></div>"
    article = read_page_of("<title>Musterbote Online</title>", body).article
    assert article is not None
    assert (article.headline, article.category, article.authors) == (
        "Rat erneuert den Weg",
        "Lokales",
        ("Erika Muster",),
    )
    assert article.published is not None
    assert article.published.value.isoformat() == "2005-09-07"
    assert next(iter(list_texts(article))).startswith("Der Rat")


def test_stamp_with_a_line_break_below_it_is_taken_off_the_text() -> None:
    text = PROSE.replace("<p>", "").replace("</p>", "<br><br>")
    article = read_page_of("", f"<div><h3>{HEADLINE}</h3>12.03.2021<br>{text}</div>").article
    assert article is not None
    assert next(iter(list_texts(article))).startswith("Der Rat")


NAME = "<p>Rahel Muster</p>"
STAMP = "<p>12.03.2021, 08:05 Uhr</p>"


@pytest.mark.parametrize(
    "between",
    [
        f"{NAME}{STAMP}",
        f"<div><div>{NAME}</div><time>12.03.2021, 08:05 Uhr</time></div>",
        f"<p>Der Rat sagt Ja zum Weg.</p>{NAME}<p>Genua</p>{STAMP}",
        f"<p></p>{NAME}",
        f"<p>Anna Muster</p>{STAMP}",
        "<div><span>Rahel Muster</span></div>",
    ],
)
def test_name_alone_below_the_headline_is_the_author_and_none_of_the_text(between: str) -> None:
    article = read_page_of("", f"<article><h1>{HEADLINE}</h1>{between}{PROSE}</article>").article
    assert article is not None
    assert len(article.authors) == 1
    assert article.authors[0] in between
    assert not any(text in {"Genua", *article.authors} for text in list_texts(article))


def test_name_alone_of_whom_the_text_is_about_is_no_author() -> None:
    lead = "<p>Die Sängerin Muster gibt im Sommer ein Konzert am Bach, wenn der Weg bis dahin erneuert ist.</p>"
    article = read_page_of("", f"<article><h1>{HEADLINE}</h1>{NAME}{lead}{PROSE}</article>").article
    assert article is not None
    assert article.authors == ()


@pytest.mark.parametrize("between", ["<p>Großer Andrang</p>", "<p>Neue Wege</p>", "<p>Lokales</p>", f"{STAMP}", ""])
def test_smaller_headline_is_no_author(between: str) -> None:
    article = read_page_of("", f"<article><h1>{HEADLINE}</h1>{between}{PROSE}</article>").article
    assert article is not None
    assert article.authors == ()


def test_author_who_signs_below_is_none_of_the_text() -> None:
    body = f"<article><h1>{HEADLINE}</h1>{PROSE}<p class=autor>Rahel Muster</p></article>"
    article = read_page_of("<meta name=author content='Rahel Muster'>", body.replace(" class=autor", "")).article
    assert article is not None
    assert article.authors == ("Rahel Muster",)
    assert "Rahel Muster" not in list_texts(article)


@pytest.mark.parametrize("title", ["Impressum", "Musterbote | Impressum", "404 Not Found"])
def test_page_that_is_called_a_service_has_no_other_headline(title: str) -> None:
    reading = read_page_of(f"<title>{title}</title>", f"<b>Musterbote Verlag am Bach</b>{PROSE}")
    assert reading.kind == "service" or (reading.article is not None and reading.article.headline == title)
