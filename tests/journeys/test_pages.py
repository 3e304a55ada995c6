"""What pages say of their categories and further feed sets, and which of these they link to."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from tests.newsroom import SETTINGS, Newsroom

SETS = '\n[feeds]\nsets = ["source", "place", "author", "tag"]\n'
STEPS = ("2026-02-01T12:00:00Z", "2026-02-02T12:00:00Z", "2026-02-03T12:00:00Z", "2026-02-04T12:00:00Z")


def find_page(newsroom: Newsroom, slug: str) -> html.HtmlElement:
    """The page of an article, by its slug."""
    (page,) = (newsroom.public / "artikel").glob(f"*/{slug}/index.html")
    return html.parse(page).getroot()


def find_links(newsroom: Newsroom, slug: str) -> dict[str, str]:
    """Text -> path of the links to members of further feed sets."""
    links = find_page(newsroom, slug).xpath("//article//a[starts-with(@href, '../../../')]")
    found = {link.text_content(): link.get("href").removeprefix("../../../") for link in links}
    return {text: path for text, path in found.items() if path.startswith(("thema/", "autor/", "ort/", "quelle/"))}


def test_a_page_links_to_the_members_of_sets_that_it_is_in(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room", SETTINGS.replace("example.org/", "example.org/zeitung/") + SETS)
    newsroom.write("a.txt", "Spiel in Minsk", tags="Fußball & Fans, Prater")
    newsroom.write("b.txt", "Falsche Meldung", tags="Prater")
    newsroom.build_well()
    linked = {"Fußball & Fans": "thema/fussball-fans/", "Prater": "thema/prater/", "MINSK": "ort/minsk/"}
    linked |= {"BelTA": "autor/belta/", "seeds": "quelle/seeds/"}
    assert find_links(newsroom, "spiel-in-minsk") == linked
    assert newsroom.feeds("check").code == 0

    def changes(step: int) -> None:
        match step:
            case 0:
                newsroom.write("b.txt", "Falsche Meldung", tags="Prater", status="withdrawn")
            case 1:
                newsroom.write("a.txt", "Spiel in Minsk", tags="Prater", rest="Berichtigt.")
            case 2:
                newsroom.configure((newsroom.folder / "config.toml").read_text().replace(', "tag"', ""))
            case 3:
                newsroom.configure((newsroom.folder / "config.toml").read_text().replace('"place"', '"tag"'))

    for step, now in enumerate(STEPS):
        changes(step)
        newsroom.build_well(now=now)
        other = newsroom.copy_to(tmp_path / f"other{step}")
        other.build_well(now=now)
        assert other.site() == newsroom.site(), step
        assert newsroom.feeds("check").code == 0
        assert find_links(newsroom, "falsche-meldung") == {}
        linked.pop("Fußball & Fans", None) if step == 1 else None
        gone = {2: {"Prater"}, 3: {"MINSK"}}.get(step, set())
        assert find_links(newsroom, "spiel-in-minsk") == {
            text: path for text, path in linked.items() if text not in gone
        }


def test_a_page_links_to_each_of_its_authors(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room", SETTINGS + SETS)
    text = "---\ntitle: Rathaus\npublished: 2024-06-25\n---\n\nVon Özlem Ünal und Max Muster\n\nEin Text.\n"
    (newsroom.folder / "seeds" / "a.md").write_text(text, encoding="utf-8")
    newsroom.build_well()
    authors = {"Özlem Ünal": "autor/oezlem-uenal/", "Max Muster": "autor/max-muster/"}
    assert find_links(newsroom, "rathaus") == authors | {"seeds": "quelle/seeds/"}
    said = find_page(newsroom, "rathaus").xpath("string(//p[@class='authors'])")
    assert said == "Von Özlem Ünal und Max Muster"


def test_each_kind_of_feed_describes_itself(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room", SETTINGS + SETS)
    newsroom.write("a.txt", tags="Fußball")
    newsroom.write("b.txt", "Ohne Ort und Zeit", category="")
    newsroom.build_well()
    assert {feed: newsroom.parse(feed).feed.subtitle for feed in ("politik", "thema/fussball", "ort/minsk")} == {
        "politik": "Blatt: Meldungen der Rubrik Politik",
        "thema/fussball": "Blatt: Meldungen zum Thema Fußball",
        "ort/minsk": "Blatt: Meldungen aus Minsk",
    }
    assert newsroom.parse("autor/belta").feed.subtitle == "Blatt: Meldungen von BelTA"
    assert newsroom.parse("quelle/seeds").feed.subtitle == "Blatt: Meldungen aus der Quelle seeds"
    assert newsroom.parse("ohne-rubrik").feed.subtitle == "Blatt: Meldungen unter „Ohne Rubrik“"
    more = "string(//p[@class='more'])"
    assert find_page(newsroom, "ohne-ort-und-zeit").xpath(more) == "Mehr unter „Ohne Rubrik“"
    assert find_page(newsroom, "bruecke-eroeffnet").xpath(more) == "Mehr aus der Rubrik Politik"


@pytest.mark.parametrize(("name", "heading"), [("404.html", "Seite nicht gefunden"), ("410.html", "Nicht mehr da")])
def test_every_build_has_the_page_that_hosts_show_where_there_is_none(tmp_path: Path, name: str, heading: str) -> None:
    newsroom = Newsroom.make(tmp_path / "room", SETTINGS.replace("example.org/", "example.org/zeitung/"))
    newsroom.write("a.txt")
    newsroom.build_well()
    path = newsroom.public / name
    assert html.parse(path).xpath("string(//h1)") == heading
    assert html.parse(path).xpath("//nav//a/@href") == ["/zeitung/politik/"]
    newsroom.write("b.txt", "Konzert am Abend", category="Kultur")
    newsroom.build_well(now=STEPS[0])
    assert html.parse(path).xpath("//nav//a/@href") == ["/zeitung/kultur/", "/zeitung/politik/"]
    assert newsroom.feeds("check").code == 0
    assert name.encode() not in (newsroom.public / "sitemap.xml").read_bytes()
    path.unlink()
    newsroom.build_well("--compress", now=STEPS[0])
    assert path.is_file()
    assert (newsroom.public / f"{name}.gz").is_file()
    newsroom.configure(SETTINGS + "[output]\npages = false\n")
    newsroom.build_well(now=STEPS[0])
    assert not path.exists()


@pytest.mark.parametrize("status", ["published", "withdrawn"])
def test_a_removed_category_is_named_and_not_linked(tmp_path: Path, status: str) -> None:
    newsroom = Newsroom.make(tmp_path / "room", SETTINGS + '[[categories]]\nlabel = "Politik"\nremoved = true\n')
    newsroom.write("a.txt", status=status)
    newsroom.build_well()
    page = find_page(newsroom, "bruecke-eroeffnet")
    assert page.xpath("//p[@class='category']//text()") == (["Politik"] if status == "published" else [])
    assert not page.xpath("//p[@class='category']/a")
    assert page.xpath("string(//p[@class='more'])") == "Zu den neuesten Meldungen"
    assert page.xpath("//p[@class='more']/a/@href") == ["../../../"]


def test_categories_stand_in_the_order_of_their_names(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room", SETTINGS + '[[categories]]\nlabel = "Sport"\n')
    labels = [
        "Artikel",
        "Österreich",
        "Oper",
        "Politik",
        "Healthz",
        "Ostern",
        "🎉",
        "Zoo",
        "",
        "Öko",
        "Straße",
        "Strand",
    ]
    for number, label in enumerate(labels):
        newsroom.write(f"{number}.txt", f"Meldung {'abcdefghijklm'[number]}", category=label)
    newsroom.build_well()
    document = html.parse(newsroom.public / "index.html")
    shown = "Sport Artikel Healthz Öko Oper Ostern Österreich Politik Strand Straße Zoo 🎉".split()
    shown.append("Ohne Rubrik")
    assert document.xpath("//nav//a/text()") == shown
    assert document.xpath("//main//section/h2//text()") == ["Neueste Meldungen", *shown]


def test_the_index_begins_with_the_newest_of_all_categories(tmp_path: Path) -> None:
    def read_lists() -> list[tuple[str, list[str]]]:
        sections = html.parse(newsroom.public / "index.html").xpath("//main//section")
        return [(each.xpath("string(h2)"), each.xpath("ul[@class='headlines']/li/a/text()")) for each in sections]

    newsroom = Newsroom.make(tmp_path / "room", SETTINGS)
    newsroom.write("0.txt", "Meldung 0", stamp="1 Juni 2024, 10:00", category="Sport")
    newsroom.build_well()
    # One category's own list says it already.
    assert read_lists() == [("Sport", ["Meldung 0"])]
    for number in range(1, 7):
        category = "Bildung" if number == 3 else "Sport"
        newsroom.write(f"{number}.txt", f"Meldung {number}", stamp=f"{number + 1} Juni 2024, 10:00", category=category)
    newsroom.build_well(now=STEPS[0])
    last = [f"Meldung {number}" for number in (6, 5, 4, 2, 1)]
    newest = [f"Meldung {number}" for number in (6, 5, 4, 3, 2)]
    assert read_lists() == [("Neueste Meldungen", newest), ("Bildung", ["Meldung 3"]), ("Sport", last)]
    assert newsroom.feeds("withdraw", "seeds/6.txt", "--now", STEPS[1]).code == 0
    newsroom.build_well(now=STEPS[1])
    assert read_lists()[0] == ("Neueste Meldungen", [f"Meldung {number}" for number in (5, 4, 3, 2, 1)])
