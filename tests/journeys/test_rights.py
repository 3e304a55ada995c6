"""Rights and further feed sets: a protected sentence is nowhere in the output; members of sets have feeds."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from lxml import html

from tests.newsroom import BASE, SETTINGS, Newsroom

LATER = "2026-02-02T02:02:02Z"
SECRET = "Nur wer zahlt, liest diesen Satz"
ORIGINAL = "https://belta.example/politik/bruecke-eroeffnet-65969-2024"
LEAD = "MINSK, 25. Juni (BelTA) – Der erste Satz steht da. " + "Noch ein Satz der Zusammenfassung. " * 6


def build(folder: Path, settings: str = "", **front: str) -> Newsroom:
    newsroom = Newsroom.make(folder / "room", SETTINGS + settings)
    newsroom.write("a.txt", lead=LEAD, rest=f"{SECRET}.", **front)
    newsroom.build_well()
    return newsroom


def where(newsroom: Newsroom, text: str) -> list[str]:
    return [path for path, body in newsroom.site().items() if text.encode() in body]


@pytest.mark.parametrize(
    "settings",
    [
        '[[rules]]\nsource = "seeds"\ncontent = "summary"\n',
        '[[rules]]\nagency = "BelTA"\ncontent = "headline"\n',
        '[[rules]]\ncategory = "Politik"\ncontent = "none"\n',
        '[[rules]]\ncategory = "POLITIK"\ncontent = "none"\n',
        '[[rules]]\nagency = "BELTA"\ncontent = "headline"\n',
        '[[rules]]\nagency = "BelTA"\ncontent = "full"\n[[rules]]\nsource = "seeds"\ncontent = "summary"\n',
    ],
)
def test_a_protected_sentence_is_nowhere(tmp_path: Path, settings: str) -> None:
    assert where(build(tmp_path, settings), SECRET) == []


def test_without_a_rule_all_is_there(tmp_path: Path) -> None:
    assert "politik/atom.xml" in where(build(tmp_path), SECRET)


def test_a_paid_article_is_a_summary_unless_a_rule_says_otherwise(tmp_path: Path) -> None:
    assert where(build(tmp_path / "a", access="paid"), SECRET) == []
    rule = '[[rules]]\naccess = "paid"\ncontent = "full"\n'
    assert "politik/rss.xml" in where(build(tmp_path / "b", rule, access="paid"), SECRET)
    silent = '[[rules]]\naccess = "paid"\nimages = false\n'
    assert where(build(tmp_path / "c", silent, access="paid"), SECRET) == []


def test_a_headline_alone_tells_nothing_of_the_text(tmp_path: Path) -> None:
    newsroom = build(tmp_path, '[[rules]]\nagency = "BelTA"\ncontent = "headline"\n')
    assert where(newsroom, "Der erste Satz") == []
    assert newsroom.entries("politik")[0].title == "Brücke eröffnet"
    assert newsroom.feeds("check").code == 0


@pytest.mark.parametrize(("content", "described"), [("full", True), ("summary", True), ("headline", False)])
def test_an_articles_page_describes_itself_by_the_summary(tmp_path: Path, content: str, *, described: bool) -> None:
    newsroom = build(tmp_path, f'[[rules]]\nagency = "BelTA"\ncontent = "{content}"\n')
    (page,) = (newsroom.public / "artikel").rglob("index.html")
    found = html.parse(page).xpath("string(//meta[@name='description']/@content)")
    assert found.startswith("Der erste Satz steht da. Noch ein Satz") == described
    assert bool(found) == described
    assert SECRET not in found


@pytest.mark.parametrize(
    ("rule", "access", "shown", "told"),
    [
        ("", "paid", "Der erste Satz", "Diese Meldung ist kostenpflichtig und erscheint hier nur gekürzt."),
        (
            'agency = "BelTA"\ncontent = "summary"',
            "free",
            "Der erste Satz",
            "Diese Meldung erscheint hier nur gekürzt.",
        ),
        ('agency = "BelTA"\ncontent = "headline"', "free", "", "Diese Meldung erscheint hier nur gekürzt."),
        ('access = "paid"\ncontent = "full"', "paid", "Der erste Satz", ""),
        ("", "free", "Der erste Satz", ""),
    ],
)
def test_the_page_of_a_shortened_article_says_so_and_leads_to_the_whole(
    tmp_path: Path, rule: str, access: str, shown: str, told: str
) -> None:
    newsroom = build(tmp_path, f"[[rules]]\n{rule}\n" if rule else "", access=access, url=ORIGINAL)
    (page,) = (newsroom.public / "artikel").rglob("index.html")
    document = html.parse(page)
    assert document.xpath("normalize-space(//div[@class='body'])").startswith(shown)
    assert bool(document.xpath("normalize-space(//div[@class='body'])")) == bool(shown)
    assert document.xpath("normalize-space(//p[@class='shortened']/text())") == told
    assert document.xpath("//p[@class='shortened']/a/@href") == ([ORIGINAL] if told else [])


@pytest.mark.parametrize(
    ("settings", "lead", "ends"),
    [
        ('[[rules]]\nsource = "seeds"\ncontent = "summary"\n', LEAD, "Zusammenfassung. […]"),
        ('[feeds]\ncontent = "summary"\n', LEAD, "Zusammenfassung. […]"),
        ("[feeds]\nmax_bytes = 16_384\n", LEAD, "Zusammenfassung. […]"),
        ('[feeds]\ncontent = "summary"\n', "MINSK, 25. Juni (BelTA) – " + "Wort " * 200 + ".", "Wort…"),
        ("", LEAD, "Zusammenfassung."),
    ],
)
def test_the_summary_of_a_longer_text_says_that_it_goes_on(tmp_path: Path, settings: str, lead: str, ends: str) -> None:
    newsroom = Newsroom.make(tmp_path / "room", SETTINGS + settings)
    newsroom.write("a.txt", lead=lead, rest="Und noch ein Satz dazu. " * 900 if "max_bytes" in settings else "Mehr.")
    newsroom.build_well()
    (entry,) = newsroom.entries()
    assert entry.summary.endswith(ends)
    item = json.loads((newsroom.public / "feed.json").read_bytes())["items"][0]
    assert item["summary"].endswith(ends)
    # The page says it in words.
    assert where(newsroom, "[…]") == [path for path in where(newsroom, "[…]") if not path.endswith(".html")]
    assert newsroom.feeds("check", "--strict").code == 0


def test_a_text_that_is_its_own_summary_does_not_go_on(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room", SETTINGS + '[feeds]\ncontent = "summary"\n')
    text = "---\ntitle: Kurz\npublished: 2024-06-25\n---\n\nDas ist schon alles.\n"
    (newsroom.folder / "seeds" / "a.md").write_text(text, encoding="utf-8")
    newsroom.build_well()
    assert newsroom.entries()[0].summary == "Das ist schon alles."


def test_a_text_that_is_its_own_summary_is_not_shortened_by_a_rule(tmp_path: Path) -> None:
    rules = '[feeds]\nvanished = "keep"\n[[rules]]\nsource = "seeds"\ncontent = "summary"\n'
    newsroom = Newsroom.make(tmp_path / "room", SETTINGS + rules)
    seed = newsroom.folder / "seeds" / "a.md"
    text = "---\ntitle: Kurz\npublished: 2024-06-25\n---\n\nDas ist *schon* alles.\n\n![Bild.](https://example.org/1.jpg)\n"
    seed.write_text(text.replace("schon", "noch"), encoding="utf-8")
    newsroom.build_well()
    seed.write_text(text.replace("title", "reason: Zahl falsch.\ntitle"), encoding="utf-8")
    newsroom.build_well(now=LATER)
    (entry,) = newsroom.entries()
    assert (entry.summary, entry.content[0].value) == ("Das ist schon alles.", "<p>Das ist schon alles.</p>")
    (page,) = (newsroom.public / "artikel").rglob("index.html")
    assert html.parse(page).xpath("normalize-space(//div[@class='body'])") == "Das ist schon alles."
    assert [where(newsroom, each) for each in ("gekürzt", "[…]", "1.jpg")] == [[], [], []]
    assert newsroom.feeds("check", "--strict").code == 0
    # Nor is it without its file.
    site = newsroom.site()
    seed.unlink()
    newsroom.build_well(now=LATER)
    assert newsroom.site() == site
    # The page of a paid text may have had the beginning alone.
    seed.write_text(text.replace("title", "access: paid\ntitle"), encoding="utf-8")
    newsroom.build_well(now=LATER)
    assert len(where(newsroom, "kostenpflichtig und erscheint hier nur gekürzt")) == 1


def test_the_link_to_a_picture_says_what_it_is(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room")
    text = "---\ntitle: Rathaus\npublished: 2024-06-25\n---\n\nEin Text.\n\n![Das Rathaus.](https://bilder.example/1.jpg)\n"
    (newsroom.folder / "seeds" / "a.md").write_text(text, encoding="utf-8")
    newsroom.build_well()
    link = '<a href="https://bilder.example/1.jpg">Bild: Das Rathaus.</a>'
    assert link in newsroom.entries()[0].content[0].value
    assert len(where(newsroom, link)) == 1


IDLE_RULES = """
[[rules]]
agency = "BelTa"
author = "Erika Mustermann"

[[rules]]
source = "sedes"
content = "none"

[[rules]]
category = "Politk"
content = "none"

[[rules]]
agency = "Reuters"
access = "paid"
"""


def test_a_rule_that_names_what_no_article_has_is_told(tmp_path: Path) -> None:
    newsroom = build(tmp_path, IDLE_RULES)
    told = [
        "warning: config.toml:13: rules.0.author: no article has this author: 'Erika Mustermann'\n  so far",
        "warning: config.toml:16: rules.1.source: no source has this name: 'sedes'\n  did you mean 'seeds'? so far",
        "warning: config.toml:20: rules.2.category: no article has this category: 'Politk'\n  did you mean 'Politik'?",
        "warning: config.toml:24: rules.3.agency: no article has this agency: 'Reuters'\n  so far",
    ]
    for args in ((), ("--dry-run",)):
        run = newsroom.build(*args, now=LATER)
        assert run.err.count("warning: ") == len(told)
        assert [line for line in told if line not in run.err] == []
    assert newsroom.build("--strict", now=LATER).code == 1
    assert "::warning file=config.toml,line=20,title=idle-rule::" in newsroom.build("--format", "github").out
    # What is new is compared, and what no article has any more is told again.
    path = newsroom.write("b.txt", "Zweite Meldung", lead="MINSK, 25. Juni (Reuters) – Noch ein Satz, der steht da.")
    run = newsroom.build_well(now=LATER)
    assert "rules.3" not in run.err
    assert "did you mean 'Politik'?" in run.err
    path.unlink()
    assert told[3] in newsroom.build_well(now=LATER).err
    # A name that is not as near is no better for being new.
    newsroom.write("c.txt", "Dritte Meldung", category="Poltok")
    assert "did you mean 'Politik'?" in newsroom.build_well(now=LATER).err


@pytest.mark.parametrize("how", ["gone", "changed", "erased", "nearer"])
def test_the_nearest_name_is_one_that_an_article_has_now(tmp_path: Path, how: str) -> None:
    """And what is told is the same with a library that was made again."""
    newsroom = Newsroom.make(tmp_path / "room", SETTINGS + '[[rules]]\nagency = "Reuterz"\ncontent = "none"\n')
    newsroom.write("a.txt", "Erste", agency="Reuters")
    newsroom.write("b.txt", "Zweite", lead="Davon ist nichts gleich.", rest="Anderes.", agency="Reutherz")
    newsroom.write("c.txt", "Dritte", lead="Hier steht noch anderes.", rest="Und mehr davon.", agency="Reuturs")
    assert "did you mean 'Reutherz'?" in newsroom.build_well().err
    path = newsroom.folder / "seeds/b.txt"
    if how == "gone":
        path.unlink()
    elif how == "erased":
        assert newsroom.feeds("erase", "seeds/b.txt", "--yes", "--now", LATER).code == 0
        path.unlink()
    elif how == "changed":
        newsroom.write("b.txt", "Zweite", lead="Davon ist nichts gleich.", rest="Anderes.", agency="dpa")
    else:
        newsroom.write("d.txt", "Vierte", lead="Das ist neu.", rest="Alles ist neu.", agency="Reuter")
    run = newsroom.build_well(now=LATER)
    wanted = "Reutherz" if how == "nearer" else "Reuters"
    assert f"did you mean {wanted!r}?" in run.err
    shutil.rmtree(newsroom.library.parent)
    assert f"did you mean {wanted!r}?" in newsroom.build_well(now=LATER).err


@pytest.mark.parametrize("content", ["none", "headline"])
def test_a_rule_on_a_category_binds_what_stays_without_its_file(tmp_path: Path, content: str) -> None:
    """Also where no page said the category, but its address."""
    settings = SETTINGS + '\n[feeds]\nvanished = "keep"\n'
    newsroom = Newsroom.make(tmp_path / "room", settings)
    address = "https://deu.belta.by/politics/view/bruecke-eroeffnet-65969-2024/"
    newsroom.write("a.txt", lead=LEAD, rest=f"{SECRET}.", category="", url=address)
    newsroom.build_well()
    assert [entry.title for entry in newsroom.entries("politik")] == ["Brücke eröffnet"]
    (newsroom.folder / "seeds/a.txt").unlink()
    newsroom.build_well(now=LATER)
    assert where(newsroom, SECRET)
    newsroom.configure(f'{settings}[[rules]]\ncategory = "Politik"\ncontent = "{content}"\n')
    run = newsroom.build_well(now=LATER)
    assert where(newsroom, SECRET) == []
    assert (where(newsroom, "Brücke eröffnet") == []) == (content == "none")
    assert "no article has this category" not in run.err


def test_a_source_that_reads_nothing_is_told_and_so_is_a_rule_for_it(tmp_path: Path) -> None:
    twin = '[[sources]]\nname = "zwei"\nfolder = "seeds"\n'
    pattern = '[[sources]]\nname = "drei"\nglob = "pages/*.txt"\n'
    newsroom = build(tmp_path, f'{twin}{pattern}[[rules]]\nsource = "zwei"\ncontent = "none"\n')
    told = [
        "warning: config.toml:12: sources.1.folder: the source 'zwei' reads nothing: all its files are those",
        "warning: config.toml:15: sources.2.glob: the source 'drei' reads nothing: no file matches its pattern\n  corr",
        "warning: config.toml:17: rules.0.source: no article has this source: 'zwei'\n  so far the rule binds none",
    ]
    run = newsroom.build("--strict", now=LATER)
    assert run.code == 1
    assert [line for line in told if line not in run.err] == []
    newsroom.write("eins/a.txt", "Rathaus geöffnet")
    newsroom.configure(f"{SETTINGS.replace('seeds', 'seeds/eins')}{twin}")
    assert newsroom.build("--strict", now=LATER).code == 0


@pytest.mark.parametrize("base", ["https://example.org/", "http://127.0.0.1:8000/"])
def test_pictures_are_shown_only_where_browsers_may_load_them(tmp_path: Path, base: str) -> None:
    settings = SETTINGS.replace(BASE, base)
    newsroom = Newsroom.make(tmp_path / "room", settings.replace("[[sources]]", "[[sources]]\nembed_images = true"))
    pictures = (
        "https://bilder.example/a.jpg",
        "http://bilder.example/b.jpg",
        f"{base}c.jpg",
        "http://127.0.0.1:9/d.jpg",
    )
    text = "".join(f"![Bild]({url})\n\n" for url in pictures)
    page = f"---\ntitle: Mit Bildern\npublished: 2024-06-25 14:05\n---\nEin Satz, der dasteht.\n\n{text}"
    (newsroom.folder / "seeds" / "a.md").write_text(page, encoding="utf-8")
    run = newsroom.build_well()
    (path,) = newsroom.public.glob("artikel/*/*/index.html")
    found = html.parse(path)
    assert found.xpath("//figure/img/@src") == [pictures[0], pictures[2]]
    assert set(found.xpath("//div[@class='body']//p/a/@href")) == {pictures[1], pictures[3]}
    assert run.err.count("is linked and not shown, in spite of embed_images") == 1
    assert "note: seeds/a.md: is linked and not shown" in run.err
    newsroom.configure(settings)
    assert "embed_images" not in newsroom.build_well(now=LATER).err
    assert html.parse(path).xpath("//figure/img/@src") == [pictures[2]]


APART = '[[categories]]\nlabel = "Kultur+"\nslug = "kultur-plus"\n'


@pytest.mark.parametrize(
    ("rule", "settings", "wanted"),
    [
        ("Kultur+", "", {"Kultur+"}),
        ("KULTUR+", APART, {"Kultur+"}),
        ("Kultur +", APART, {"Kultur+"}),
        # What has no feed of its own is in that of the plain name: rather too little is published than too much.
        ("Kultur", "", {"Kultur", "Kultur+"}),
        ("Kultur", APART, {"Kultur"}),
    ],
)
@pytest.mark.parametrize("order", [("Kultur", "Kultur+"), ("Kultur+", "Kultur")])
def test_a_rule_on_a_category_binds_no_other_whose_name_has_less_signs(
    tmp_path: Path, rule: str, settings: str, wanted: set[str], order: tuple[str, str]
) -> None:
    rules = f'[[rules]]\ncategory = "{rule}"\ncontent = "headline"\n'
    newsroom = Newsroom.make(tmp_path / "room", SETTINGS + settings + rules)
    for number, category in enumerate(order):
        newsroom.write(f"{number}.txt", category, category=category, rest=f"Schlusssatz Nummer {number}.")
    run = newsroom.build_well()
    assert "no article has this category" not in run.err
    assert {name for number, name in enumerate(order) if not where(newsroom, f"Nummer {number}")} == wanted
    assert ("shares the feed of" in run.err) == (not settings)


def test_names_that_share_a_feed_though_they_are_two_are_noted(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room", SETTINGS + '[feeds]\nsets = ["tag"]\n')
    newsroom.write("a.txt", "Erste", category="Sport", stamp="20 Juni 2024, 10:00", tags="C, Über uns")
    newsroom.write("b.txt", "Zweite", category="SPORT", stamp="21 Juni 2024, 10:00", tags="C++, UEBER UNS")
    newsroom.write("c.txt", "Dritte", category="Sport!", stamp="22 Juni 2024, 10:00", tags="C#")
    err = newsroom.build_well().err
    assert err.count("shares the feed of") == 3
    shares = "has a name that shares the feed of"
    own = 'write [[categories]] with label = "Sport!" and a slug of its own'
    for told in (
        f"note: seeds/c.txt: {shares} 'Sport', for its signs are in no address: 'Sport!'\n  if they are two, {own}",
        f"note: seeds/b.txt: {shares} 'C', for its signs are in no address: 'C++'\n  if they are two, write one of",
        f"note: seeds/c.txt: {shares} 'C', for its signs are in no address: 'C#'",
    ):
        assert told in err
    newsroom.configure(SETTINGS + '[[categories]]\nlabel = "Sport!"\nslug = "sport-extra"\n')
    assert "shares the feed of" not in newsroom.build_well(now=LATER).err
    assert [entry.title for entry in newsroom.entries("sport-extra")] == ["Dritte"]


def test_a_rule_for_what_is_withheld_by_it_is_no_idle_one(tmp_path: Path) -> None:
    newsroom = build(tmp_path, '[[rules]]\ncategory = "politik"\ncontent = "none"\n')
    assert newsroom.ids() == {}
    shutil.rmtree(newsroom.folder / ".feeds")
    assert "warning" not in newsroom.build_well(now=LATER).err


def test_what_no_rule_lets_through_is_not_published(tmp_path: Path) -> None:
    newsroom = build(tmp_path, '[[rules]]\ncategory = "Politik"\ncontent = "none"\n')
    assert where(newsroom, "Brücke") == []
    assert newsroom.lines() == []
    assert "1 withheld by [[rules]]" in newsroom.build_well().out


def test_what_a_rule_withheld_is_published_when_the_rule_goes(tmp_path: Path) -> None:
    newsroom = build(tmp_path, '[[rules]]\ncategory = "Politik"\ncontent = "none"\n')
    assert newsroom.entries() == []
    newsroom.configure(SETTINGS)
    newsroom.build_well(now="2026-02-02T02:02:02Z")
    assert [entry.title for entry in newsroom.entries()] == ["Brücke eröffnet"]
    site, ledger = newsroom.site(), newsroom.ledger.read_bytes()
    shutil.rmtree(newsroom.library.parent)
    newsroom.build_well(now="2026-02-02T02:02:02Z")
    assert (newsroom.site(), newsroom.ledger.read_bytes()) == (site, ledger)


def test_further_feed_sets_have_feeds_and_pages(tmp_path: Path) -> None:
    newsroom = build(tmp_path, '\n[feeds]\nsets = ["source", "place", "author", "tag"]\n')
    for folder in ("ort/minsk", "autor/belta", "quelle/seeds"):
        assert [entry.title for entry in newsroom.entries(folder)] == ["Brücke eröffnet"]
        assert (newsroom.public / folder / "index.html").is_file()
    assert newsroom.parse("ort/minsk").feed.title == "Aus Minsk – Blatt"
    assert newsroom.feeds("check").code == 0
    assert "ort/minsk" not in (newsroom.public / "feeds.opml").read_text(encoding="utf-8")
