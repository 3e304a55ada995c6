"""A lost ledger comes back from the published site: whoever is subscribed sees nothing of it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from feeds.adopt import namespaces
from feeds.ingest.identity.ids import mint_uuid
from tests.adopt.subscriber import Subscriber, write
from tests.newsroom import BASE, Newsroom, Run
from tests.served import serve

SETTINGS = f"""\
[site]
title = "Blatt"
base_url = "{BASE}"

[feeds]
entries = 3
hours = 0

[[sources]]
name = "seeds"
folder = "seeds"
"""
LATER = "2026-02-01T12:00:00Z"


def publish(newsroom: Newsroom, first: int, last: int, **more: str) -> None:
    for number in range(first, last + 1):
        write(
            newsroom,
            f"{number:03}",
            title=f"Meldung Nummer {number}",
            published=f"2025-{1 + number // 28:02}-{1 + number % 28:02}T10:00:00Z",
            category="Politik" if number % 3 else "Kultur",
            lead=f"Dies ist der Anfang der Meldung mit der Nummer {number}, und er ist lang genug.",
            **more,
        )


def lose_ledger(newsroom: Newsroom) -> Path:
    """Lose all but the seeds, the settings and a copy of the published site."""
    published = newsroom.folder / "published"
    shutil.copytree(newsroom.public, published)
    newsroom.ledger.unlink()
    for folder in (newsroom.public, newsroom.library.parent):
        shutil.rmtree(folder)
    return published


def list_facts(newsroom: Newsroom, *without: str) -> list[dict[str, Any]]:
    rows = map(json.loads, newsroom.ledger.read_text(encoding="utf-8").splitlines())
    return [{key: value for key, value in row.items() if key not in without} for row in rows]


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    newsroom = Newsroom.make(tmp_path / "room", SETTINGS)
    publish(newsroom, 1, 11)
    newsroom.build_well()
    return newsroom


def test_after_a_first_build_the_ledger_and_every_byte_come_back(newsroom: Newsroom) -> None:
    ledger, site = newsroom.ledger.read_bytes(), newsroom.site()
    run = newsroom.feeds("adopt", str(lose_ledger(newsroom)), "--yes", "--now", LATER)
    assert run.code == 0, run.told
    # Only that no build has published it yet is said beside.
    assert newsroom.ledger.read_bytes() == ledger.replace(b"}", b', "published": false}', 1)
    newsroom.build_well(now=LATER)
    assert newsroom.ledger.read_bytes() == ledger
    assert newsroom.site() == site


def test_feeds_of_further_sets_come_back_even_without_articles(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room", SETTINGS.replace("[feeds]", '[feeds]\nsets = ["tag", "place"]'))
    publish(newsroom, 1, 3, tags="Bäder")
    newsroom.build_well()
    assert (newsroom.public / "thema/baeder/atom.xml").exists()
    publish(newsroom, 1, 3, tags="Wälder")
    newsroom.build_well()
    feeds = [row for row in list_facts(newsroom) if "feed" in row]
    before = newsroom.site()
    assert newsroom.feeds("adopt", str(lose_ledger(newsroom)), "--yes", "--now", LATER).code == 0
    newsroom.build_well(now=LATER)
    assert {row["feed"]: row for row in feeds} == {row["feed"]: row for row in list_facts(newsroom) if "feed" in row}
    assert newsroom.site().keys() == before.keys()
    assert newsroom.parse("thema/baeder").feed.title == "Thema: Bäder – Blatt"


@pytest.fixture
def lived(newsroom: Newsroom) -> Newsroom:
    """A newsroom in which things happened: late arrivals, a correction, withdrawals, a move, a vanished file."""
    publish(newsroom, 20, 23)
    newsroom.build_well(now="2026-01-10T12:00:00Z")
    # Older than all that is sealed already.
    write(
        newsroom,
        "000",
        title="Spät gekommen",
        published="2024-12-01T10:00:00Z",
        lead="Ein Bericht, der lange liegen geblieben war und erst jetzt in die Redaktion gekommen ist.",
    )
    # Its entries link to the original, so only the page tells its path, whose slug is that of the first headline.
    elsewhere = {"published": "2025-01-30", "url": "https://anderswo.example/1", "lead": "Ein Bericht von anderswo."}
    write(newsroom, "030", title="Erste Überschrift", **elsewhere)
    newsroom.build_well(now="2026-01-19T12:00:00Z")
    write(newsroom, "030", title="Zweite Überschrift", **elsewhere)
    text = (newsroom.folder / "seeds/004.md").read_text(encoding="utf-8")
    (newsroom.folder / "seeds/004.md").write_text(text.replace("Mehr dazu", "Viel mehr dazu"), encoding="utf-8")
    text = (newsroom.folder / "seeds/022.md").read_text(encoding="utf-8")
    (newsroom.folder / "seeds/022.md").write_text(text.replace("Politik", "Kultur"), encoding="utf-8")
    (newsroom.folder / "seeds/005.md").unlink()
    newsroom.build_well(now="2026-01-20T12:00:00Z")
    newsroom.feeds("withdraw", "seeds/007.md", "--reason", "Falsche Zahlen", "--now", "2026-01-21T12:00:00Z")
    newsroom.feeds("withdraw", "seeds/008.md", "--now", "2025-12-01T12:00:00Z")
    newsroom.build_well(now="2026-01-22T12:00:00Z")
    return newsroom


def test_what_the_feeds_tell_comes_back(lived: Newsroom) -> None:
    # What no feed tells: when a text was first seen, and when it left one category and came into another.
    unknown = ("seen", "left", "back", "published")
    facts = list_facts(lived, *unknown)
    feeds = [row for row in list_facts(lived) if "feed" in row]
    run = lived.feeds("adopt", str(lose_ledger(lived)), "--yes", "--now", LATER)
    assert run.code == 0, run.told
    assert [row for row in list_facts(lived) if "feed" in row] == feeds
    restored = list_facts(lived, *unknown)
    # Natural keys of a headline that is none any more are in no feed.
    for row, before in zip(restored, facts, strict=True):
        assert set(row.get("keys", ())) <= set(before.get("keys", ()))
        before["keys"] = row["keys"] = []
    (gone,) = [number for number, row in enumerate(facts) if row.get("path", "").endswith("/meldung-nummer-5/")]
    # Of what has neither a file nor a page, an archive's tombstone tells the id and the places.
    assert restored.pop(gone)["places"] == facts.pop(gone)["places"]
    assert restored == facts
    assert "1 tombstone has no file" in run.out


@pytest.mark.parametrize(("edits", "feed"), [(1, "atom.xml"), (1, "."), (2, ".")])
def test_a_reason_is_that_of_the_correction_that_feeds_tell_it_of_else_of_the_last(
    newsroom: Newsroom, edits: int, feed: str
) -> None:
    seed = newsroom.folder / "seeds/011.md"
    text = seed.read_text(encoding="utf-8").replace("---\n", "---\nreason: 3 < 30 & falsch.\n", 1)
    for edit in range(1, edits + 1):
        seed.write_text(text.replace("Mehr dazu", f"Viel mehr dazu, {edit}"), encoding="utf-8")
        newsroom.build_well(now=f"2026-01-{20 + edit}T12:00:00Z")
    entries, facts = newsroom.entries(), list_facts(newsroom)
    assert "Korrektur vom 21. Januar 2026: 3 &lt; 30 &amp; falsch." in str(entries)
    published = lose_ledger(newsroom)
    run = newsroom.feeds("adopt", str(published / feed), "--yes", "--now", LATER)
    assert run.code == 0, run.told
    newsroom.build_well(now=LATER)
    assert newsroom.entries() == entries
    assert [row.get("reasons") for row in list_facts(newsroom)] == [row.get("reasons") for row in facts]


@pytest.mark.parametrize("reason", ["Auf Wunsch der Betroffenen.", ""])
@pytest.mark.parametrize("feed", ["atom.xml", "."])
def test_the_reason_of_a_withdrawal_by_its_file_stays(newsroom: Newsroom, reason: str, feed: str) -> None:
    seed = newsroom.folder / "seeds/011.md"
    front = "---\nstatus: withdrawn\n" + (f"reason: {reason}\n" if reason else "")
    seed.write_text(seed.read_text(encoding="utf-8").replace("---\n", front, 1), encoding="utf-8")
    newsroom.build_well(now="2026-01-21T12:00:00Z")
    entries, facts = newsroom.entries(), list_facts(newsroom)
    assert reason in str(entries)
    published = lose_ledger(newsroom)
    run = newsroom.feeds("adopt", str(published / feed), "--yes", "--now", LATER)
    assert run.code == 0, run.told
    newsroom.build_well(now=LATER)
    assert newsroom.entries() == entries
    assert list_facts(newsroom) == facts


def test_feeds_and_archives_hold_the_same_entries_as_before(lived: Newsroom) -> None:
    before = {name: body for name, body in lived.site().items() if name.endswith(("atom.xml", "feed.json"))}
    published = lose_ledger(lived)
    with Subscriber(lived.folder / "served", published / "atom.xml") as subscriber:
        ids = subscriber.ids()
        assert lived.feeds("adopt", str(published), "--yes", "--now", LATER).code == 0
        lived.build_well(now=LATER)
        assert subscriber.move(lived.public / "atom.xml") == ids
    after = {name: body for name, body in lived.site().items() if name.endswith(("atom.xml", "feed.json"))}
    assert after.keys() == before.keys()
    for name, body in before.items():
        assert cut_entries(after[name]) == cut_entries(body), name
    run = lived.feeds("check")
    assert run.code == 0, run.told


def cut_entries(body: bytes) -> bytes:
    return body[body.index(b"<entry") if b"<entry" in body else 0 :] if body.startswith(b"<") else body


def test_articles_without_a_clock_keep_their_dates(newsroom: Newsroom) -> None:
    # One at noon of its day, whose headline gives another id by now; one of the morning.
    noon = {"published": "2026-01-18", "lead": "Am Mittag steht, was erst am Tag danach in die Redaktion gekommen ist."}
    write(newsroom, "040", title="Erste Überschrift", **noon)
    newsroom.build_well(now="2026-01-19T12:00:00Z")
    write(newsroom, "040", title="Zweite Überschrift", **noon)
    lead = "Am Morgen hat die Redaktion schon gewusst, was am Mittag in der Zeitung stehen wird."
    write(newsroom, "041", title="Früh am Tag", published="2026-01-20", lead=lead)
    newsroom.build_well(now="2026-01-20T05:12:21Z")
    before = {entry.id: (entry.published, entry.updated) for entry in newsroom.entries()}
    assert "2026-01-20T05:12:21Z" in {published for published, _ in before.values()}
    published = lose_ledger(newsroom)
    assert newsroom.feeds("adopt", str(published), "--yes", "--now", LATER).code == 0
    newsroom.build_well("--gate", "--against", str(published), now=LATER)
    assert {entry.id: (entry.published, entry.updated) for entry in newsroom.entries()} == before


def test_a_withdrawal_stays_one(lived: Newsroom) -> None:
    published = lose_ledger(lived)
    assert lived.feeds("adopt", str(published), "--yes", "--now", LATER).code == 0
    lived.build_well(now=LATER)
    told = "".join(body.decode() for name, body in lived.site().items() if name.endswith((".xml", ".json", ".html")))
    assert "Meldung mit der Nummer 7" not in told
    assert "Meldung mit der Nummer 8" not in told
    assert "Falsche Zahlen" in told


def test_what_went_lately_stays_gone(newsroom: Newsroom) -> None:
    """No archive document has it yet, but the subscription document tells it by a tombstone."""
    (newsroom.folder / "seeds/010.md").unlink()
    newsroom.build_well(now="2026-01-10T12:00:00Z")
    assert newsroom.feeds("erase", "seeds/011.md", "--yes", "--now", "2026-01-11T12:00:00Z").code == 0
    before = newsroom.site()
    published = lose_ledger(newsroom)
    assert newsroom.feeds("adopt", str(published), "--yes", "--now", LATER).code == 0
    newsroom.build_well("--gate", "--against", str(published), now=LATER)
    assert "Meldung Nummer 11" not in newsroom.ids()
    for name, count in (("atom.xml", 2), ("politik/atom.xml", 2)):
        for body in (before[name], newsroom.site()[name]):
            assert body.count(b"<at:deleted-entry") == count


def test_a_notice_whose_file_is_gone_stays_one(newsroom: Newsroom) -> None:
    publish(newsroom, 20, 20)
    newsroom.build_well(now="2026-01-10T12:00:00Z")
    for number, reason in (("010", ["--reason", "Falsche Zahlen"]), ("020", [])):
        run = newsroom.feeds("withdraw", f"seeds/{number}.md", *reason, "--now", "2026-01-21T12:00:00Z")
        assert run.code == 0, run.told
        (newsroom.folder / f"seeds/{number}.md").unlink()
    newsroom.build_well(now="2026-01-22T12:00:00Z")
    before = {name: body for name, body in newsroom.site().items() if name.endswith(("atom.xml", "feed.json"))}
    published = lose_ledger(newsroom)
    assert newsroom.feeds("adopt", str(published), "--yes", "--now", LATER).code == 0
    newsroom.build_well("--gate", "--against", str(published), now=LATER)
    after = newsroom.site()
    assert {name: cut_entries(after[name]) for name in before} == {
        name: cut_entries(body) for name, body in before.items()
    }


def test_what_the_published_site_does_not_have_arrives_now(newsroom: Newsroom) -> None:
    published = lose_ledger(newsroom)
    publish(newsroom, 12, 12)
    assert newsroom.feeds("adopt", str(published), "--yes", "--now", LATER).code == 0
    (line,) = [line for line in newsroom.lines() if line["seen"] == LATER]
    assert line["places"]["/"] == 12


def test_a_ledger_that_is_there_is_not_restored(newsroom: Newsroom) -> None:
    ledger = newsroom.ledger.read_bytes()
    run = newsroom.feeds("adopt", str(newsroom.public), "--json", "--yes")
    assert run.code == 0, run.told
    assert not json.loads(run.out)["restored"]
    assert newsroom.ledger.read_bytes() == ledger


def test_a_ledger_that_the_library_still_knows_is_not_restored_from_the_site(newsroom: Newsroom) -> None:
    ledger = newsroom.ledger.read_bytes()
    newsroom.ledger.unlink()
    run = newsroom.feeds("adopt", str(newsroom.public), "--json", "--yes")
    assert not json.loads(run.out)["restored"]
    assert newsroom.ledger.read_bytes() == ledger


def test_feeds_of_a_lost_ledger_may_come_back_one_after_another(newsroom: Newsroom) -> None:
    ledger = newsroom.ledger.read_bytes()
    published = lose_ledger(newsroom)
    for name in ("kultur/atom.xml", "atom.xml", "politik/atom.xml"):
        run = newsroom.feeds("adopt", str(published / name), "--yes", "--now", LATER)
        assert run.code == 0, run.told
    newsroom.build_well(now=LATER)
    assert newsroom.ledger.read_bytes() == ledger


def test_the_feed_of_corrections_is_called_so(newsroom: Newsroom) -> None:
    newsroom.build_well()
    run = newsroom.feeds("adopt", "public", "--dry-run")
    assert "public/korrekturen/atom.xml -> corrections: " in run.out
    assert "public/atom.xml -> all articles: " in run.out


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Newsroom, str]]:
    """A newsroom with corrections and a further set, whose ledger is lost, and the address of what it published."""
    (tmp_path / "room/published").mkdir(parents=True)
    with serve(tmp_path / "room/published") as address:
        settings = SETTINGS.replace(BASE, address).replace("[feeds]", '[feeds]\nsets = ["source"]')
        newsroom = Newsroom.make(tmp_path / "room", settings)
        publish(newsroom, 1, 11)
        newsroom.build_well()
        (tmp_path / "room/published").rmdir()
        lose_ledger(newsroom)
        yield newsroom, address


def list_restored(run: Run) -> tuple[set[tuple[str, str]], list[str]]:
    """The feeds that a run found, each with its format, and what it notes."""
    told = json.loads(run.out)
    assert told["restored"], run.told
    return {(row["slug"], row["old"].rpartition("/")[2]) for row in told["feeds"]}, told["notes"]


@pytest.mark.parametrize("page", ["", "index.html", "feeds.opml"])
def test_from_an_address_all_feeds_come_back_as_from_the_folder(served: tuple[Newsroom, str], page: str) -> None:
    newsroom, address = served
    folder = newsroom.feeds("adopt", "published", "--yes", "--now", LATER, "--json")
    ledger = newsroom.ledger.read_bytes()
    newsroom.ledger.unlink()
    run = newsroom.feeds("adopt", address + page, "--yes", "--now", LATER, "--json")
    assert list_restored(run) == list_restored(folder)
    assert {slug for slug, _ in list_restored(run)[0]} == {"", "kultur", "politik", "korrekturen", "quelle/seeds"}
    assert newsroom.ledger.read_bytes() == ledger


@pytest.mark.parametrize("page", ["", "feeds.opml", "kultur/", "atom.xml"])
def test_a_copy_of_the_site_is_read_where_it_is(newsroom: Newsroom, page: str) -> None:
    """Its feeds name the base URL of the published one, and nobody is there."""
    published = lose_ledger(newsroom)
    run = newsroom.feeds("adopt", "published", "--now", LATER, "--json")
    restored = list_restored(run)[0]
    with serve(published) as address:
        run = newsroom.feeds("adopt", address + page, "--now", LATER, "--json")
        told = {"atom.xml": {("", "atom.xml")}, "kultur/": {each for each in restored if each[0] == "kultur"}}
        assert list_restored(run)[0] == told.get(page, restored)
    assert not json.loads(run.out)["moves"]


def test_feeds_that_no_list_names_are_asked_for_by_what_the_seeds_give(served: tuple[Newsroom, str]) -> None:
    newsroom, address = served
    for name in ("sitemap.xml", "feeds.opml"):
        (newsroom.folder / "published" / name).unlink()
    found, _ = list_restored(newsroom.feeds("adopt", address, "--now", LATER, "--json"))
    assert {("kultur", "atom.xml"), ("quelle/seeds", "rss.xml")} <= found


def test_the_page_of_a_category_gives_its_own_feed(served: tuple[Newsroom, str]) -> None:
    newsroom, address = served
    found, notes = list_restored(newsroom.feeds("adopt", f"{address}kultur/", "--now", LATER, "--json"))
    assert {slug for slug, _ in found} == {"kultur"}
    missing = [note.split()[4] for note in notes if note.startswith("no published feed of ")]
    # In the order of the ledger, whatever the run.
    assert missing == ["/", "politik"]


def test_feeds_of_ours_beyond_the_bound_are_said(served: tuple[Newsroom, str], monkeypatch: pytest.MonkeyPatch) -> None:
    newsroom, address = served
    monkeypatch.setattr("feeds.diff.address.MAX_FEEDS", 3)
    found, notes = list_restored(newsroom.feeds("adopt", address, "--now", LATER, "--json"))
    assert {slug for slug, _ in found} == {"", "kultur", "politik"}
    assert "2 more feeds of the site may be there: not asked for, as too many" in notes


def test_feeds_of_others_beyond_the_bound_are_said(
    served: tuple[Newsroom, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom, address = served
    monkeypatch.setattr("feeds.adopt.sources.MAX_DISCOVERED", 2)
    for path in (newsroom.folder / "published").rglob("*.xml"):
        path.write_bytes(path.read_bytes().replace(b"<generator>feeds</generator>", b""))
    run = newsroom.feeds("adopt", address, "--now", LATER, "--json")
    assert "1 more feed is named there, beyond 2: not read" in json.loads(run.out)["notes"]


MOVED = SETTINGS.replace(BASE, "https://neu.example/")


def forget_and_move(newsroom: Newsroom) -> Path:
    """Move to another base URL, erase one text and withdraw another, and lose the ledger; their files stay."""
    newsroom.configure(MOVED)
    newsroom.build_well(now="2026-01-10T12:00:00Z")
    for order in (["erase", "seeds/010.md", "--yes"], ["withdraw", "seeds/011.md", "--reason", "Falsche Zahlen"]):
        run = newsroom.feeds(*order, "--now", "2026-01-11T12:00:00Z")
        assert run.code == 0, run.told
    newsroom.build_well(now="2026-01-13T12:00:00Z")
    return lose_ledger(newsroom)


def assert_stays_withdrawn(newsroom: Newsroom, published: Path) -> None:
    """Build what was taken over: of what was erased and withdrawn nothing comes back."""
    newsroom.build_well("--gate", "--against", str(published), now=LATER)
    told = "".join(body.decode() for name, body in newsroom.site().items() if name.endswith((".xml", ".json", ".html")))
    assert "mit der Nummer 9," in told
    assert "mit der Nummer 10," not in told
    assert "mit der Nummer 11," not in told
    assert "Falsche Zahlen" in told


def read_namespace(newsroom: Newsroom) -> str:
    return str(list_facts(newsroom)[0]["namespace"])


@pytest.mark.parametrize("base", [BASE, "https://www.blatt.example/zeitung/"])
def test_what_was_withdrawn_before_a_move_stays_withdrawn(tmp_path: Path, base: str) -> None:
    newsroom = Newsroom.make(tmp_path / "room", SETTINGS.replace(BASE, base))
    for number in range(1, 12):
        publish(newsroom, number, number, url=f"{base}politik/{number}.html")
    newsroom.build_well()
    before = {line["path"]: line["id"] for line in newsroom.lines()}
    namespace = read_namespace(newsroom)
    published = forget_and_move(newsroom)
    run = newsroom.feeds("adopt", str(published), "--yes", "--now", LATER)
    assert run.code == 0, run.told
    assert f"published ids come from the namespace {namespace!r}, not from what [site] says now" in run.out
    assert "warning" not in run.told
    assert read_namespace(newsroom) == namespace
    assert_stays_withdrawn(newsroom, published)
    assert {line["path"]: line["id"] for line in newsroom.lines()} == before


def test_paths_of_pages_come_back_where_nothing_tells_the_namespace(tmp_path: Path) -> None:
    """A path is minted with the id, and the ids of a former base URL can't be minted again."""
    newsroom = Newsroom.make(tmp_path / "room", SETTINGS)
    for number in range(1, 4):
        publish(newsroom, number, number, url=f"https://anders.example/meldung-{number}.html")
    newsroom.build_well()
    newsroom.configure(MOVED)
    newsroom.build_well(now="2026-01-10T12:00:00Z")
    before = {line["path"]: line["id"] for line in newsroom.lines()}
    run = newsroom.feeds("adopt", str(lose_ledger(newsroom)), "--yes", "--now", LATER)
    assert "which no published id is from" in run.out
    assert {line["path"]: line["id"] for line in newsroom.lines()} == before


def test_the_folder_of_one_article_is_no_namespace_that_is_tried(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 12):
        publish(newsroom, number, number, url=f"https://www.blatt.example/politik/titel-{number}/")
    newsroom.build_well()
    published = lose_ledger(newsroom)
    tried: set[str] = set()

    def mint(namespace: str, name: str) -> str:
        tried.add(namespace)
        return mint_uuid(namespace, name)

    monkeypatch.setattr(namespaces, "mint_uuid", mint)
    run = newsroom.feeds("adopt", str(published), "--yes", "--now", LATER)
    assert run.code == 0, run.told
    own = {f"//example.org/{folder}" for folder in ("", "kultur/", "politik/", "korrekturen/")}
    assert tried == own | {"//www.blatt.example/", "//www.blatt.example/politik/"}


def test_a_text_that_may_have_been_withdrawn_is_named_before_it_comes_back(newsroom: Newsroom) -> None:
    """No address tells the base URL of the first build, so that nothing tells which file the tombstone is of."""
    published = forget_and_move(newsroom)
    write(
        newsroom, "060", title="Neu", published="2026-01-20T10:00:00Z", lead="Was nach dem Grabstein geschrieben ist."
    )
    run = newsroom.feeds("adopt", str(published), "--yes", "--now", LATER)
    assert run.code == 0, run.told
    assert "from the namespace '//neu.example/', which no published id is from" in run.out
    assert "warning: the site shows that texts were withdrawn, erased or removed, but not which" in run.out
    # The notice gives its headline; what is newer than the tombstone is not it.
    assert "1 may be such a text\n  'Meldung Nummer 10' (seeds/010.md)\n" in run.out
    # As it says: once more, with the namespace.
    newsroom.ledger.unlink()
    newsroom.configure(MOVED.replace("[site]\n", '[site]\nid = "//example.org/"\n'))
    run = newsroom.feeds("adopt", str(published), "--json", "--yes", "--now", LATER)
    assert json.loads(run.out)["doubtful"] == []
    assert_stays_withdrawn(newsroom, published)
    assert "Neu" in newsroom.ids()


def test_a_ledger_that_a_build_minted_anew_gets_the_namespace_of_the_published_ids(newsroom: Newsroom) -> None:
    for number in range(1, 12):
        publish(newsroom, number, number, url=f"{BASE}{number}.html")
    newsroom.build_well()
    published = forget_and_move(newsroom)
    newsroom.build_well("--output", "anderswo", now=LATER)
    assert read_namespace(newsroom) == "//neu.example/"
    run = newsroom.feeds("adopt", str(published), "--yes", "--replace", "--now", LATER)
    assert run.code == 0, run.told
    assert read_namespace(newsroom) == "//example.org/"
    assert_stays_withdrawn(newsroom, published)
