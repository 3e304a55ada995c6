"""`feeds adopt` as an operator meets it: what it shows, what it asks, what it refuses, and what goes wrong."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.adopt.subscriber import read_ids, write
from tests.newsroom import SETTINGS, Newsroom, Terminal
from tests.served import serve

LEAD = "Die neue Brücke am Südhafen ist am Dienstag nach drei Jahren Bauzeit für den Verkehr freigegeben worden."
URL = "https://example.org/2024/bruecke/"
PUBLISHED = "2024-06-25T14:05:00+03:00"


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    newsroom = Newsroom.make(tmp_path / "room", SETTINGS.replace('layout = "belta"\n', ""))
    write(newsroom, "a", title="Brücke eröffnet", published=PUBLISHED, lead=LEAD, url=URL)
    return newsroom


def rss(*items: str, title: str = "Alt", home: str = "https://alt.example/") -> str:
    return f'<rss version="2.0"><channel><title>{title}</title><link>{home}</link>{"".join(items)}</channel></rss>'


def item(guid: str, link: str = URL, title: str = "Brücke eröffnet", *, permalink: str = "false") -> str:
    flag = f' isPermaLink="{permalink}"' if permalink else ""
    return f"<item><title>{title}</title><link>{link}</link><guid{flag}>{guid}</guid></item>"


def atom(identifier: str, entries: str, more: str = "") -> str:
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Alt</title><id>{identifier}</id>{more}{entries}</feed>'


def entry(identifier: str, link: str = URL, title: str = "Brücke eröffnet") -> str:
    return f'<entry><id>{identifier}</id><title>{title}</title><link href="{link}"/></entry>'


def save(newsroom: Newsroom, text: str, name: str = "alt/feed.xml") -> str:
    path = newsroom.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return str(path)


def tell(newsroom: Newsroom, target: str, *options: str) -> dict[str, Any]:
    run = newsroom.feeds("adopt", target, "--json", *options)
    assert run.out, run.err
    return dict(json.loads(run.out))


def test_without_yes_nothing_changes(newsroom: Newsroom) -> None:
    target = save(newsroom, rss(item("x-1")))
    for options, code in (((), 1), (("--dry-run",), 0), (("--dry-run", "--yes"), 0), (("--json",), 0)):
        run = newsroom.feeds("adopt", target, *options)
        assert run.code == code, run.told
        assert not newsroom.ledger.exists()
    assert newsroom.build_well().out.startswith("1 seed: 1 read, 1 new")


@pytest.mark.parametrize("guid", ["urn:uuid:0000", "tag:alt,1", "http://[alt"])
def test_a_guid_that_looks_like_an_id_of_atom_and_is_none_stays_that_of_rss(newsroom: Newsroom, guid: str) -> None:
    assert newsroom.feeds("adopt", save(newsroom, rss(item(guid))), "--yes").code == 0
    newsroom.build_well()
    assert f">{guid}</guid>".encode() in newsroom.site()["rss.xml"]
    assert next(iter(newsroom.ids().values())).startswith("urn:uuid:")


def test_published_ids_are_not_replaced_unless_told(newsroom: Newsroom) -> None:
    newsroom.build_well()
    before = newsroom.ledger.read_bytes()
    target = save(newsroom, rss(item("tag:alt.example,2024:1")))
    run = newsroom.feeds("adopt", target, "--yes")
    assert run.code == 1
    assert "1 ids are in the ledger and would be replaced" in run.err
    assert "[REPLACES a published id]" in run.out
    assert newsroom.ledger.read_bytes() == before
    assert newsroom.feeds("adopt", target, "--yes", "--replace").code == 0
    newsroom.build_well()
    assert set(newsroom.ids().values()) == {"tag:alt.example,2024:1"}


def test_only_what_is_new_is_taken_into_a_ledger_that_is_there(newsroom: Newsroom) -> None:
    newsroom.build_well()
    (known,) = newsroom.lines()
    write(newsroom, "b", title="Zweiter Bericht", published=PUBLISHED, lead="Noch ein Text.")
    target = save(newsroom, rss(item("tag:alt.example,2024:2", "https://alt.example/b", "Zweiter Bericht")))
    assert newsroom.feeds("adopt", target, "--yes").code == 0
    newsroom.build_well()
    assert [line["id"] for line in newsroom.lines()] == [known["id"], "tag:alt.example,2024:2"]
    assert newsroom.lines()[0] == known


def test_a_notice_whose_file_is_deleted_hinders_nothing(newsroom: Newsroom) -> None:
    write(newsroom, "b", title="Zweiter Bericht", published=PUBLISHED, lead="Noch ein Text.", url=f"{URL}b")
    newsroom.build_well()
    assert newsroom.feeds("withdraw", "seeds/b.md").code == 0
    (newsroom.folder / "seeds/b.md").unlink()
    newsroom.build_well()
    write(newsroom, "c", title="Dritter Bericht", published=PUBLISHED, lead="Ein dritter Text.")
    items = (
        item("tag:alt.example,2024:3", "https://alt.example/c", "Dritter Bericht"),
        item("b", f"{URL}b", "Noch da"),
    )
    assert newsroom.feeds("adopt", save(newsroom, rss(*items)), "--yes").code == 0
    newsroom.build_well()
    assert "tag:alt.example,2024:3" in newsroom.ids().values()


def test_an_id_that_is_no_iri_is_kept_in_rss_and_json_and_atom_has_one_of_ours(newsroom: Newsroom) -> None:
    assert newsroom.feeds("adopt", save(newsroom, rss(item("667a9c1e"))), "--yes").code == 0
    newsroom.build_well()
    (line,) = newsroom.lines()
    assert line["guid"] == "667a9c1e"
    assert read_ids(newsroom.public / "rss.xml") == read_ids(newsroom.public / "feed.json") == {"667a9c1e"}
    assert read_ids(newsroom.public / "atom.xml") == {line["id"]}
    assert line["id"].startswith("urn:uuid:")


def test_a_feed_in_two_formats_with_two_ids_keeps_both(newsroom: Newsroom) -> None:
    save(newsroom, rss(item("https://alt.example/?p=1")), "alt/rss.xml")
    save(newsroom, atom("tag:alt.example,2024:f", entry("tag:alt.example,2024:1")), "alt/atom.xml")
    assert newsroom.feeds("adopt", str(newsroom.folder / "alt"), "--yes").code == 0
    newsroom.build_well()
    assert read_ids(newsroom.public / "rss.xml") == {"https://alt.example/?p=1"}
    assert read_ids(newsroom.public / "atom.xml") == {"tag:alt.example,2024:1"}
    assert newsroom.parse().feed.id == "tag:alt.example,2024:f"
    assert newsroom.feeds("check").code == 0


def test_a_relative_guid_is_kept_as_written_or_resolved_by_choice(newsroom: Newsroom) -> None:
    own = '<link xmlns="http://www.w3.org/2005/Atom" rel="self" href="https://alt.example/news/feed.xml"/>'
    target = save(newsroom, rss(item("artikel/7", permalink=""), own))
    told = tell(newsroom, target)
    assert [row["guid"] for row in told["matched"]] == ["artikel/7"]
    assert any("--resolve-guids" in note for note in told["notes"])
    told = tell(newsroom, target, "--resolve-guids")
    assert [row["id"] for row in told["matched"]] == ["https://alt.example/news/artikel/7"]
    assert told["notes"] == []


def test_an_item_without_guid_is_known_by_its_link(newsroom: Newsroom) -> None:
    link = "http://www.example.org/2024/bruecke?utm_source=rss"
    target = save(newsroom, rss(f"<item><title>Alt</title><link>{link}</link></item>"))
    assert [row["id"] for row in tell(newsroom, target)["matched"]] == [link]


def test_a_path_that_fits_is_taken_and_another_is_redirected(newsroom: Newsroom) -> None:
    text = "---\ntitle: Zweiter\npublished: 2024-06-24\n---\nEin anderer Text.\n"
    (newsroom.folder / "seeds/b.md").write_text(text, encoding="utf-8")
    fits, other = "https://example.org/artikel/altes-kuerzel/zweiter/", "http://example.org/2024/bruecke"
    target = save(newsroom, rss(item("x-1", other), item("x-2", fits, "Zweiter")))
    told = tell(newsroom, target, "--yes")
    paths = {row["seed"]: row["path"] for row in told["matched"]}
    assert paths["seeds/b.md"] == "/artikel/altes-kuerzel/zweiter/"
    assert told["redirects"] == {"/2024/bruecke": paths["seeds/a.md"]}
    newsroom.build_well()
    assert (newsroom.public / "artikel/altes-kuerzel/zweiter/index.html").is_file()


def test_both_sides_say_what_was_not_matched(newsroom: Newsroom) -> None:
    target = save(newsroom, rss(item("x-9", "https://alt.example/9", "Ganz etwas anderes"), item("x-1")))
    write(newsroom, "b", title="Nur bei uns", published=PUBLISHED, lead="Noch ein Text.")
    run = newsroom.feeds("adopt", target, "--dry-run")
    assert run.out.startswith("1 feed in 1 document\n")
    assert "1 only in the old feed: readers keep it, no new feed has it\n  'Ganz etwas anderes'" in run.out
    assert "1 only ours: readers see it as new\n  'Nur bei uns' (seeds/b.md)" in run.out


def test_nothing_matched_is_an_error(newsroom: Newsroom) -> None:
    text = rss(item("x-9", "https://alt.example/9", "Etwas anderes"), title="Sport", home="https://alt.example/sport/")
    run = newsroom.feeds("adopt", save(newsroom, text, "alt/sport.xml"), "--yes")
    assert run.code == 1
    assert "nothing of it was matched" in run.err


FEEDS = {"alt/category/politik/feed.xml": "Alt", "alt/b.xml": "Politik – Alt", "alt/c.xml": "Alt » Politik"}


@pytest.mark.parametrize(("name", "title"), FEEDS.items())
def test_a_feed_is_that_of_the_category_in_its_path_or_title(newsroom: Newsroom, name: str, title: str) -> None:
    text = atom("tag:alt.example,2024:p", entry("tag:alt.example,2024:1")).replace("<title>Alt<", f"<title>{title}<")
    save(newsroom, text, name)
    assert newsroom.feeds("adopt", str(newsroom.folder / "alt"), "--yes").code == 0
    newsroom.build_well()
    assert newsroom.parse("politik").feed.id == "tag:alt.example,2024:p"
    assert newsroom.parse().feed.id.startswith("urn:uuid:")


def test_a_feed_is_that_of_the_category_that_is_named(newsroom: Newsroom) -> None:
    target = save(newsroom, atom("tag:alt.example,2024:p", entry("tag:alt.example,2024:1")), "alt/xyz.xml")
    for name, label in (("Politik", "Politik"), ("politik", "Politik"), ("/", "")):
        assert [row["category"] for row in tell(newsroom, target, "--category", name)["feeds"]] == [label]
    run = newsroom.feeds("adopt", target, "--category", "Sport")
    assert run.code == 1
    assert "there is no such category: 'Sport'\n  there are 'Politik'; / is all" in run.err
    save(newsroom, rss(item("x")), "alt/b.xml")
    run = newsroom.feeds("adopt", str(newsroom.folder / "alt"), "--category", "Politik")
    assert run.code == 1
    assert "there are 2 feeds, and one category is named" in run.err


def test_two_articles_of_ours_never_get_one_id(newsroom: Newsroom) -> None:
    write(
        newsroom, "b", title="Zweiter Bericht", published=PUBLISHED, lead="Noch ein Text.", id="tag:alt.example,2024:1"
    )
    target = save(newsroom, rss(item("tag:alt.example,2024:1")))
    told = tell(newsroom, target, "--yes")
    # The front matter's word is better than an address.
    assert [row["seed"] for row in told["matched"]] == ["seeds/b.md"]
    newsroom.build_well()
    assert len({line["id"] for line in newsroom.lines()}) == 2


def test_a_standing_headline_matches_by_its_date_only(newsroom: Newsroom) -> None:
    items = []
    for day in range(1, 9):
        date = f"2024-07-{day:02}T06:00:00Z"
        write(newsroom, f"w{day}", title="Das Wetter", published=date, lead=f"Am {day}. wird es heiß.")
        items.append(
            f"<item><title>Das Wetter</title><guid>tag:alt.example,2024:w{day}</guid>"
            f"<pubDate>{day:02} Jul 2024 08:30:00 +0200</pubDate></item>"
        )
    told = tell(newsroom, save(newsroom, rss(*items)))
    assert {row["seed"]: row["id"] for row in told["matched"]} == {
        f"seeds/w{day}.md": f"tag:alt.example,2024:w{day}" for day in range(1, 9)
    }
    undated = [text.replace("pubDate", "x") for text in items]
    assert tell(newsroom, save(newsroom, rss(*undated)))["matched"] == []


def test_over_http_redirects_and_the_archive_are_followed(newsroom: Newsroom, tmp_path: Path) -> None:
    write(newsroom, "b", title="Alter Bericht", published="2020-01-01", lead="Noch ein Text.")
    with serve(tmp_path / "web") as base:
        head = f'<link rel="prev-archive" href="{base}1.xml"/><link rel="self" href="{base}feed/index.html"/>'
        save(newsroom, atom("tag:x,2024:f", entry("tag:x,2024:2"), head), "../web/feed/index.html")
        save(newsroom, atom("tag:x,2024:f", entry("tag:x,2024:1", f"{base}b", "Alter Bericht")), "../web/1.xml")
        # The server redirects to the folder.
        told = tell(newsroom, f"{base}feed", "--yes")
        assert {row["id"] for row in told["matched"]} == {"tag:x,2024:1", "tag:x,2024:2"}
        page = '<!doctype html><title>Alt</title><link rel="alternate" type="application/atom+xml" href="feed/">'
        save(newsroom, page, "../web/index.html")
        assert len(tell(newsroom, base)["matched"]) == 2
        opml = f'<opml version="2.0"><body><outline type="rss" xmlUrl="{base}feed/"/></body></opml>'
        save(newsroom, opml, "../web/feeds.opml")
        assert len(tell(newsroom, f"{base}feeds.opml")["matched"]) == 2


def test_our_own_site_comes_back_over_http(tmp_path: Path) -> None:
    web = tmp_path / "web"
    with serve(web) as base:
        settings = f'[site]\nbase_url = "{base}"\n[feeds]\nentries = 2\n[[sources]]\nname = "s"\nfolder = "seeds"\n'
        newsroom = Newsroom.make(tmp_path / "room", settings)
        for day in range(1, 8):
            write(newsroom, f"{day}", title=f"Tag {day}", published=f"2024-07-0{day}T06:00:00Z", lead=f"Text {day}.")
        newsroom.build_well()
        ledger = newsroom.ledger.read_bytes()
        shutil.copytree(newsroom.public, web)
        newsroom.ledger.unlink()
        newsroom.library.unlink()
        run = newsroom.feeds("adopt", base, "--yes")
        assert run.code == 0, run.told
        newsroom.build_well()
        assert newsroom.ledger.read_bytes() == ledger


TROUBLES = {
    "malformed": ("<rss version='2.0'><channel><item></channel></rss>", "is malformed XML"),
    "entities": (
        '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>' + rss(item("&b;&b;", "")),
        "nothing of it was matched",
    ),
    "file_entity": (
        '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + rss(item("&a;", "", "&a;")),
        "nothing of it was matched",
    ),
    "duplicates": (rss(item("x-1"), item("x-1", "https://alt.example/2", "Anderes")), "two entries have one id: 'x-1'"),
    "json": ('{"version": "https://jsonfeed.org/version/1.1", "items": [', "is malformed JSON"),
    "deep_json": ('{"a":' + "[" * 200_000, "is malformed JSON"),
    "json_without_items": ('{"version": "https://jsonfeed.org/version/1.1"}', "is a JSON Feed without a list of items"),
    "deep_xml": ("<rss>" + "<a>" * 100_000, "is malformed XML"),
    "control_characters": (
        '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "a\\u0000\\u001b[2J"}]}',
        "an id has characters that no XML may have: 'a\\x00\\x1b[2J'",
    ),
    "page": ("<!doctype html><title>Startseite</title>", "is no feed"),
    "sitemap": ('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>', "is no feed"),
    "text": ("Guten Tag", "is no feed"),
    "empty": ("", "is no feed"),
}


@pytest.mark.parametrize(("text", "said"), TROUBLES.values(), ids=TROUBLES)
def test_a_document_that_cannot_be_used_is_named(newsroom: Newsroom, text: str, said: str) -> None:
    target = save(newsroom, text, "alt/sport/x.xml")
    run = newsroom.feeds("adopt", target, "--yes")
    assert run.code == 1
    assert said in run.err
    assert "Traceback" not in run.told
    assert not newsroom.ledger.exists()


def test_what_is_not_there_is_named(newsroom: Newsroom, tmp_path: Path) -> None:
    (newsroom.folder / "leer").mkdir()
    (tmp_path / "web").mkdir()
    (tmp_path / "web/page.html").write_text("<!doctype html><title>x</title>", encoding="utf-8")
    with serve(tmp_path / "web") as base:
        cases = {
            "nichts.xml": "nichts.xml: there is no such file or folder",
            "leer": "leer: there is no feed in this folder",
            f"{base}nichts": f"{base}nichts: answers 404",
            f"{base}page.html": f"{base}page.html: there is no feed at this address",
            "http://[": "is no address",
        }
        for target, said in cases.items():
            run = newsroom.feeds("adopt", target, "--yes")
            assert run.code == 1
            assert said in run.err
            assert "Traceback" not in run.told
    run = newsroom.feeds("adopt", base, "--yes")
    assert run.code == 1
    assert "can't be fetched: Connection refused\n  Check the address" in run.err


def test_an_archive_that_leads_round_ends(newsroom: Newsroom, tmp_path: Path) -> None:
    with serve(tmp_path / "web") as base:
        for name, other in (("1.xml", "2.xml"), ("2.xml", "1.xml")):
            link = f'<link rel="prev-archive" href="{base}{other}"/>'
            save(newsroom, atom("tag:x,2024:f", entry(f"tag:x,2024:{name}", f"{base}{name}"), link), f"../web/{name}")
        told = tell(newsroom, f"{base}1.xml")
        assert len(told["unmatched_old"]) == 2


def test_an_archive_of_a_file_is_never_read_from_elsewhere(newsroom: Newsroom) -> None:
    secret = save(newsroom, atom("tag:x,2024:s", entry("tag:x,2024:secret")), "geheim.xml")
    for link in ("https://alt.example/a/../../geheim.xml", "https://alt.example/../geheim.xml", f"file://{secret}"):
        more = f'<link rel="self" href="https://alt.example/feed.xml"/><link rel="prev-archive" href="{link}"/>'
        target = save(newsroom, atom("tag:x,2024:f", entry("tag:x,2024:1"), more))
        told = tell(newsroom, target)
        assert [row["id"] for row in told["matched"]] == ["tag:x,2024:1"]
        assert told["unmatched_old"] == []


def test_several_feeds_are_taken_over_one_after_another(newsroom: Newsroom) -> None:
    write(newsroom, "b", title="Zweiter Bericht", published=PUBLISHED, lead="Noch ein Text.", category="Kultur")
    first = save(newsroom, rss(item("tag:x,2024:1")), "alt/politik.xml")
    second = save(newsroom, rss(item("tag:x,2024:2", "https://alt.example/2", "Zweiter Bericht")), "alt/kultur.xml")
    for target in (first, second):
        run = newsroom.feeds("adopt", target, "--yes")
        assert run.code == 0, run.told
    third = save(newsroom, rss(item("tag:x,2024:3")), "alt/thema.xml")
    assert newsroom.feeds("adopt", third, "--yes").code == 1  # the article has an adopted id already
    newsroom.build_well()
    assert set(newsroom.ids().values()) == {"tag:x,2024:1", "tag:x,2024:2"}
    write(newsroom, "c", title="Dritter Bericht", published=PUBLISHED, lead="Und noch ein Text.")
    newsroom.build_well()
    fourth = save(newsroom, rss(item("tag:x,2024:4", "https://alt.example/4", "Dritter Bericht")), "alt/d.xml")
    assert newsroom.feeds("adopt", fourth, "--yes").code == 1  # a build has published what it minted


def test_what_the_old_feed_does_not_reach_back_to_is_said(newsroom: Newsroom) -> None:
    for number in range(3):
        date = f"2020-01-0{number + 1}"
        write(newsroom, f"o{number}", title=f"Alt {number}", published=date, lead=f"Alter Text {number}.")
    told = tell(newsroom, save(newsroom, rss(item("tag:x,2024:1"))))
    assert [note for note in told["notes"] if "with entries = 1 (and hours = 0)" in note]


def test_a_compressed_feed_is_read(newsroom: Newsroom) -> None:
    path = newsroom.folder / "feed.xml"
    path.write_bytes(gzip.compress(rss(item("tag:x,2024:1")).encode()))
    assert len(tell(newsroom, str(path))["matched"]) == 1
    for body, said in ((gzip.compress(b" " * 20_000_000), "more than 15 MB"), (b"\x1f\x8bxx", "is damaged")):
        path.write_bytes(body)
        run = newsroom.feeds("adopt", str(path))
        assert run.code == 1
        assert said in run.err


def test_a_question_mark_of_an_old_path_stays_one_of_the_path(newsroom: Newsroom) -> None:
    link = "https://example.org/wer%3Fwas/%C3%BC/"
    told = tell(newsroom, save(newsroom, rss(item("tag:x,2024:2", link, "Brücke eröffnet"))))
    assert list(told["redirects"]) == ["/wer%3Fwas/%C3%BC/"]


def test_an_article_behind_a_feed_proxy_is_known_by_its_own_address(newsroom: Newsroom) -> None:
    original = f'<f:origLink xmlns:f="http://rssnamespace.org/feedburner/ext/1.0">{URL}</f:origLink>'
    text = rss(f"<item><title>x</title><link>https://proxy.example/~r/1</link><guid>7</guid>{original}</item>")
    assert [row["why"] for row in tell(newsroom, save(newsroom, text))["matched"]] == ["its address"]


def test_our_own_addresses_are_never_redirected(newsroom: Newsroom) -> None:
    own = '<link xmlns="http://www.w3.org/2005/Atom" rel="self" href="https://example.org/atom.xml"/>'
    links = item("tag:x,2024:2", "https://example.org/politik/", "Brücke eröffnet")
    told = tell(newsroom, save(newsroom, rss(own, links)))
    assert len(told["matched"]) == 1
    assert told["redirects"] == {}


@pytest.mark.parametrize("answer", ["y", "n"])
def test_a_person_is_asked(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    target = save(newsroom, rss(item("tag:x,2024:1")))
    monkeypatch.setattr("sys.stdin", Terminal(f"{answer}\n"))
    run = newsroom.feeds("adopt", target)
    assert run.code == 0
    assert "Take this into the ledger?" in run.out
    assert newsroom.ledger.exists() == (answer == "y")


def test_a_ledger_that_changed_meanwhile_is_left_alone(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(_question: str) -> bool:
        newsroom.build_well()
        return True

    monkeypatch.setattr("click.confirm", answer)
    target = save(newsroom, rss(item("tag:x,2024:1")))
    monkeypatch.setattr("sys.stdin", Terminal())
    run = newsroom.feeds("adopt", target)
    assert run.code == 1
    assert "was changed meanwhile\n  nothing was taken over; run it again" in run.err
    assert newsroom.lines()[0]["id"].startswith("urn:uuid:")
