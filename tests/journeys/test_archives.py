"""Archives (RFC 5005): a reader that follows the chain gets every article once; a sealed document keeps its entries."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path
from random import Random  # noqa: TID251 (seeded: the same arrivals every time)
from typing import Any
from urllib.parse import urljoin

import feedparser
import pytest
from lxml import html

from feeds.config import load_config
from feeds.web import create_app
from feeds.web.publication import Publication
from tests.newsroom import BASE, SETTINGS, Newsroom

LATER = "2026-02-02T02:02:02Z"
SMALL = SETTINGS + "\n[feeds]\nentries = 3\nhours = 0\n"


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    return Newsroom.make(tmp_path / "room", SMALL)


def write_articles(newsroom: Newsroom, numbers: range, *, category: str = "Politik") -> None:
    for number in numbers:
        stamp = f"{number + 1} Juni 2024, 10:00"
        newsroom.write(f"{number:02d}.txt", f"Nachricht Nummer {number}", stamp=stamp, category=category)


def follow(newsroom: Newsroom, folder: str) -> list[Any]:
    """The entries of the subscription document and of every archive document behind it, by their links."""
    entries: list[Any] = []
    path: str | None = f"{folder}atom.xml"
    while path is not None:
        parsed = feedparser.parse((newsroom.public / path).read_bytes())
        entries += parsed.entries
        links = {link.rel: link.href for link in parsed.feed.links}
        path = links["prev-archive"].removeprefix(BASE) if "prev-archive" in links else None
    return entries


def sealed_sets(newsroom: Newsroom, folder: str = "") -> dict[str, list[str]]:
    """Ids of the entries of each archive document, by its file."""
    return {
        path.relative_to(newsroom.public).as_posix(): [
            entry.id for entry in feedparser.parse(path.read_bytes()).entries
        ]
        for path in sorted((newsroom.public / folder / "archiv").glob("*/atom.xml"))
    }


def read_list(newsroom: Newsroom, path: str) -> tuple[list[str], dict[str, str]]:
    """The headlines of a page, and where it leads on to, by the name of the link."""
    page = html.parse(newsroom.public / path[1:] / "index.html")
    links = {link.text: link.get("href") for link in page.xpath("//main//p[@class='more']/a")}
    return page.xpath("//main//h2/a/text()"), {name: urljoin(path, target) for name, target in links.items()}


def test_pages_of_a_category_lead_to_every_article(newsroom: Newsroom) -> None:
    write_articles(newsroom, range(11))
    newsroom.build_well()
    shown, links = read_list(newsroom, "/politik/")
    assert shown == [f"Nachricht Nummer {number}" for number in (10, 9, 8)]
    path, met = "/politik/", ["/politik/"]
    while "Ältere Meldungen" in links:
        older = links["Ältere Meldungen"]
        headlines, links = read_list(newsroom, older)
        assert links["Neuere Meldungen"] == path
        shown += headlines
        path = older
        met.append(path)
    assert met == ["/politik/", "/politik/archiv/3/", "/politik/archiv/2/", "/politik/archiv/1/"]
    assert {*shown} == {f"Nachricht Nummer {number}" for number in range(11)}
    assert not (newsroom.public / "archiv/1/index.html").exists()
    assert "0 errors, 0 warnings" in newsroom.feeds("check", "public", "--base-url", BASE).told
    # What is withdrawn, or gone, or in another category, is listed no more; another category is on every page.
    assert newsroom.feeds("withdraw", "seeds/00.txt", "--now", LATER).code == 0
    write_articles(newsroom, range(1, 2), category="Kultur")
    (newsroom.folder / "seeds/03.txt").unlink()
    newsroom.build_well(now=LATER)
    assert read_list(newsroom, "/politik/archiv/1/")[0] == ["Nachricht Nummer 2"]
    assert "Nachricht Nummer 3" not in read_list(newsroom, "/politik/archiv/2/")[0]
    assert b'href="../../../kultur/"' in newsroom.site()["politik/archiv/3/index.html"]
    site = newsroom.site()
    shutil.rmtree(newsroom.library.parent)
    shutil.rmtree(newsroom.public)
    newsroom.build_well(now=LATER)
    assert newsroom.site() == site


def test_every_article_is_reached_from_its_category_however_many_there_are(newsroom: Newsroom) -> None:
    # Late ones, older than what is listed, are in no archive document for a while.
    arrivals = [4, 9, 1, 7, 0, 10, 2, 8, 3, 6, 5]
    for count, number in enumerate(arrivals, 1):
        write_articles(newsroom, range(number, number + 1))
        newsroom.build_well(now=f"2026-02-02T02:{count:02d}:00Z")
        shown, links = read_list(newsroom, "/politik/")
        assert shown == sorted(shown, key=lambda headline: int(headline.rpartition(" ")[2]), reverse=True)
        while "Ältere Meldungen" in links:
            headlines, links = read_list(newsroom, links["Ältere Meldungen"])
            shown += headlines
        assert {*shown} == {f"Nachricht Nummer {each}" for each in arrivals[:count]}, count


@pytest.mark.parametrize("more", ["archives = []\n", "[output]\npages = false\n"])
def test_without_archives_or_pages_archives_have_no_pages(newsroom: Newsroom, more: str) -> None:
    write_articles(newsroom, range(11))
    newsroom.build_well()
    assert "politik/archiv/1/index.html" in newsroom.site()
    newsroom.configure(SMALL + more)
    newsroom.build_well(now=LATER)
    assert "politik/archiv/1/index.html" not in newsroom.site()
    assert b"archiv/" not in newsroom.site().get("politik/index.html", b"")


def test_the_address_of_an_archive_page_may_lack_its_slash(newsroom: Newsroom) -> None:
    write_articles(newsroom, range(11))
    newsroom.build_well()
    app = create_app(load_config(newsroom.folder / "config.toml"), now=lambda: datetime.fromisoformat(LATER))
    client = app.test_client()
    try:
        assert client.get("/politik/archiv/3/").data == newsroom.site()["politik/archiv/3/index.html"]
        assert client.get("/politik/archiv/3").location == f"{BASE}politik/archiv/3/"
        for path in (
            "/politik/archiv/4/",
            "/politik/archiv/03/",
            "/politik/archiv/",
            "/archiv/1/",
            "/politik/archiv/4",
        ):
            assert client.get(path).status_code == 404, path
    finally:
        publication: Publication = app.extensions["feeds"]
        publication.library.close()
        publication.close()


@pytest.mark.parametrize("folder", ["", "politik/"])
def test_following_the_chain_gives_every_article(newsroom: Newsroom, folder: str) -> None:
    write_articles(newsroom, range(11))
    newsroom.build_well()
    entries = follow(newsroom, folder)
    assert len({entry.id for entry in entries}) == 11
    archived = [identifier for ids in sealed_sets(newsroom, folder).values() for identifier in ids]
    assert len(archived) == len(set(archived)) == 9


def test_json_feeds_lead_to_the_next(newsroom: Newsroom) -> None:
    write_articles(newsroom, range(11))
    newsroom.build_well()
    url, found = BASE + "feed.json", set()
    while url:
        data = json.loads((newsroom.public / url.removeprefix(BASE)).read_bytes())
        found |= {item["id"] for item in data["items"]}
        url = data.get("next_url")
    assert len(found) == 11


def test_documents_name_their_neighbours(newsroom: Newsroom) -> None:
    write_articles(newsroom, range(11))
    newsroom.build_well()
    parsed = feedparser.parse((newsroom.public / "archiv/2/atom.xml").read_bytes())
    links = {link.rel: link.href for link in parsed.feed.links}
    assert links["self"] == BASE + "archiv/2/atom.xml"
    assert links["current"] == BASE + "atom.xml"
    assert links["prev-archive"] == BASE + "archiv/1/atom.xml"
    assert links["next-archive"] == BASE + "archiv/3/atom.xml"
    assert b"<fh:archive/>" in (newsroom.public / "archiv/2/atom.xml").read_bytes()
    assert b"<fh:archive/>" not in (newsroom.public / "atom.xml").read_bytes()


@pytest.mark.parametrize("seed", range(3))
def test_sealed_documents_keep_their_entries_whatever_arrives(newsroom: Newsroom, seed: int) -> None:
    """Random arrivals, late ones too, edits, other categories: what is sealed once stays as it was sealed."""
    chance = Random(seed)  # noqa: S311 (no secret)
    numbers = list(range(24))
    chance.shuffle(numbers)
    known: dict[str, list[str]] = {}
    for day in range(8):
        for number in numbers[day * 3 : day * 3 + 3]:
            write_articles(newsroom, range(number, number + 1), category=chance.choice(["Politik", "Kultur"]))
        if day:
            again = chance.choice(numbers[: day * 3])
            category = chance.choice(["Politik", "Kultur"])
            stamp = f"{again + 1} Juni 2024, 10:00"
            newsroom.write(
                f"{again:02d}.txt", f"Nachricht Nummer {again}", stamp=stamp, category=category, rest=f"Am Tag {day}."
            )
        newsroom.build_well(now=f"2026-01-{day + 1:02d}T12:00:00Z")
        for folder in ("", "politik/", "kultur/"):
            sets = sealed_sets(newsroom, folder)
            assert known.items() <= {**known, **sets}.items()
            known |= sets
    assert len(known) > 8
    assert len({entry.id for entry in follow(newsroom, "")}) == 24
    other = newsroom.copy_to(newsroom.folder.parent / "other")
    other.build_well(now="2026-02-01T00:00:00Z")
    assert other.site() == newsroom.site()


def test_another_number_of_entries_leaves_sealed_documents_alone(newsroom: Newsroom) -> None:
    write_articles(newsroom, range(11))
    newsroom.build_well()
    before = sealed_sets(newsroom)
    newsroom.configure(SMALL.replace("entries = 3", "entries = 4"))
    write_articles(newsroom, range(11, 20))
    newsroom.build_well(now="2026-02-01T00:00:00Z")
    after = sealed_sets(newsroom)
    assert before.items() <= after.items()
    assert [len(ids) for ids in after.values()] == [3, 3, 3, 4, 4]


def test_a_removed_article_is_a_tombstone_in_its_archive_document(newsroom: Newsroom) -> None:
    write_articles(newsroom, range(11))
    newsroom.build_well()
    gone = newsroom.lines()[0]["id"]
    (newsroom.folder / "seeds" / "00.txt").unlink()
    newsroom.build_well(now="2026-02-01T00:00:00Z")
    body = (newsroom.public / "archiv/1/atom.xml").read_text(encoding="utf-8")
    assert f'<at:deleted-entry ref="{gone}" when="2026-02-01T00:00:00Z"/>' in body
    assert gone not in (newsroom.public / "archiv/1/feed.json").read_text(encoding="utf-8")


def test_the_byte_budget_spills_into_the_archive(newsroom: Newsroom) -> None:
    newsroom.configure(SETTINGS + "\n[feeds]\nentries = 50\nmax_bytes = 20000\n")
    for number in range(12):
        newsroom.write(
            f"{number:02d}.txt", f"Nachricht Nummer {number}", stamp=f"{number + 1} Juni 2024, 10:00",
            rest=f"Ein langer Absatz über die Sache {number}. " * 60,
        )  # fmt: skip
    newsroom.build_well()
    assert (newsroom.public / "atom.xml").stat().st_size < 20_000
    assert len({entry.id for entry in follow(newsroom, "")}) == 12


def test_an_article_larger_than_a_feed_is_there_with_its_summary_and_pushes_no_other_out(newsroom: Newsroom) -> None:
    newsroom.configure(SETTINGS + "\n[feeds]\nmax_bytes = 20000\n")
    write_articles(newsroom, range(5))
    newsroom.write("20.txt", "Ein Buch", stamp="20 Juni 2024, 10:00", rest="Ein Satz des Buches. " * 2000)
    run = newsroom.build_well()
    assert "note: seeds/20.txt: with its text its entry is larger than a whole feed may be (" in run.err
    newsroom.write("21.txt", "Danach", stamp="21 Juni 2024, 10:00")
    newsroom.build_well()
    titles = [entry.title for entry in newsroom.entries()]
    assert titles[:2] == ["Danach", "Ein Buch"]
    assert len(titles) == 7
    (page,) = newsroom.public.glob("artikel/*/ein-buch/index.html")
    assert page.read_text(encoding="utf-8").count("Ein Satz des Buches.") == 2000
    assert max(path.stat().st_size for path in newsroom.public.rglob("*.xml")) < 20_000


def test_everything_passes_the_check(newsroom: Newsroom) -> None:
    write_articles(newsroom, range(11))
    newsroom.build_well()
    (newsroom.folder / "seeds" / "00.txt").unlink()
    newsroom.build_well(now="2026-02-01T00:00:00Z")
    run = newsroom.feeds("check", "--now", "2026-02-01T00:00:00Z")
    assert run.code == 0, run.told
    assert "0 errors, 0 warnings" in run.told


def test_many_pages_are_listed_by_month(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a limit of four addresses: an index, a part for the pages that are no articles, parts of full months."""
    monkeypatch.setattr("feeds.site.sitemaps.MAX_PAGES", 4)
    monkeypatch.setattr("feeds.site.sitemaps.MAX_ALONE", 4)
    write_articles(newsroom, range(11))
    newsroom.write("mai.txt", "Im Mai", stamp="3 Mai 2024, 10:00")
    newsroom.build_well()
    index = (newsroom.public / "sitemap.xml").read_text(encoding="utf-8")
    parts = sorted(path.name for path in (newsroom.public / "sitemap").iterdir())
    assert parts == ["2024-05.xml", "2024-06-2.xml", "2024-06-3.xml", "2024-06.xml", "pages.xml"]
    assert all(f"<loc>{BASE}sitemap/{name}</loc>" in index for name in parts)
    texts = [(newsroom.public / "sitemap" / name).read_text(encoding="utf-8") for name in parts]
    assert [text.count("/artikel/") for text in texts] == [1, 4, 3, 4, 0]
    assert f"<loc>{BASE}politik/</loc>" in texts[-1]


def test_a_new_page_changes_the_sitemap_of_its_month_alone(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feeds.site.sitemaps.MAX_ALONE", 4)
    write_articles(newsroom, range(11))
    for month in ("Mai", "Juli"):
        newsroom.write(f"{month}.txt", f"Im {month}", stamp=f"3 {month} 2024, 10:00")
    newsroom.build_well()
    folder = newsroom.public / "sitemap"

    def times() -> dict[str, int]:
        return {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}

    before = times()
    newsroom.write("Mai.txt", "Doch im Juli", stamp="4 Juli 2024, 10:00")
    newsroom.write("neu.txt", "Wieder im Juli", stamp="5 Juli 2024, 10:00")
    newsroom.build_well()
    after = times()
    assert before.keys() - after.keys() == {"2024-05.xml"}
    assert {name for name in after if after[name] != before[name]} == {"2024-07.xml"}
    texts = {path.name: path.read_bytes() for path in folder.iterdir()}
    newsroom.library.unlink()
    newsroom.build_well()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == texts


def test_sitemaps_by_month_go_and_come_with_the_pages(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feeds.site.sitemaps.MAX_ALONE", 4)
    write_articles(newsroom, range(11))
    newsroom.build_well()
    site, settings = newsroom.site(), (newsroom.folder / "config.toml").read_text(encoding="utf-8")
    newsroom.configure(f"{settings}\n[output]\npages = false\n")
    newsroom.build_well()
    assert not (newsroom.public / "sitemap").exists()
    newsroom.configure(settings)
    newsroom.build_well()
    assert newsroom.site() == site


@pytest.mark.parametrize("sealed", [[[3, 3_000_000]], [[1, 90_000_000]]])
def test_far_more_documents_than_articles_in_the_ledger_are_an_error(newsroom: Newsroom, sealed: list[Any]) -> None:
    write_articles(newsroom, range(11))
    newsroom.build_well()
    site, ledger = newsroom.site(), newsroom.ledger.read_text(encoding="utf-8")
    assert ledger.count('"sealed": [[3, 3]]') == 2
    written = ledger.replace('"sealed": [[3, 3]]', f'"sealed": {json.dumps(sealed)}', 1)
    newsroom.ledger.write_text(written, encoding="utf-8")
    run = newsroom.build()
    assert run.code == 1
    assert run.err.startswith("error: ledger.jsonl: ")
    assert " entries are sealed in the feed '/', which has 11 articles: '\"sealed\": [[" in run.err
    assert (newsroom.site(), newsroom.ledger.read_text(encoding="utf-8")) == (site, written)
    newsroom.ledger.write_text(ledger, encoding="utf-8")
    newsroom.build_well()
    assert newsroom.site() == site
