"""`[output] pages = false`: feeds, archives, lists, and nothing for people; and the way there and back."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import feedparser
import pytest
from flask.testing import FlaskClient

from feeds.config import load_config
from feeds.feed import Entry, FormatName
from feeds.render.formats import render_entry
from feeds.web import create_app
from feeds.web.publication import Publication
from tests.newsroom import BASE, NOW, SETTINGS, Newsroom

LATER = "2026-01-05T12:00:00Z"
# As many entries as there are corrections: what the feed of those tells no more can only be guessed.
WITH_PAGES = SETTINGS + "\n[feeds]\nentries = 3\nhours = 0\n"
SWITCH = "\n[output]\npages = false\n"
ELSEWHERE = "https://anderswo.example/politik/meldung-65969-2024/"


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    """Articles with and without an original, corrected and withdrawn, archives, a category that was renamed."""
    settings = WITH_PAGES + '\n[[categories]]\nlabel = "Kultur"\nslug = "kunst"\nwas = ["kultur"]\n'
    room = Newsroom.make(tmp_path / "room", settings)
    for number in range(5):
        room.write(f"{number}.txt", f"Meldung {'abcde'[number]}", stamp=f"2{number} Juni 2024, 10:00")
    room.write("fremd.txt", "Von anderswo", url=ELSEWHERE)
    room.write("kultur.txt", "Konzert am Abend", category="Kultur")
    room.build_well()
    room.write("fremd.txt", "Von anderswo", url=ELSEWHERE, rest="Nun ein anderer Text.")
    room.write("0.txt", "Meldung a", stamp="20 Juni 2024, 10:00", rest="Nun ein anderer Text.")
    assert room.feeds("withdraw", "seeds/3.txt", "--reason", "Falsch", "--now", LATER).code == 0
    room.build_well(now=LATER)
    return room


def switch_off(room: Newsroom, more: str = "") -> None:
    text = (room.folder / "config.toml").read_text(encoding="utf-8")
    room.configure(text + SWITCH + more)


def list_documents(room: Newsroom) -> set[str]:
    return {name for name in room.site() if not name.startswith(".")}


def list_items(room: Newsroom) -> list[tuple[str, str]]:
    """Id and link of every entry of the JSON documents of the feed of all and of the corrections."""
    found = []
    for path in sorted(room.public.rglob("feed.json")):
        found += [(item["id"], item["url"]) for item in json.loads(path.read_bytes())["items"]]
    return found


def test_the_site_is_feeds_and_lists_only_and_nothing_is_objected_to(room: Newsroom) -> None:
    before = list_documents(room)
    switch_off(room)
    room.build_well(now=LATER)
    documents = list_documents(room)
    assert documents == {
        name for name in before if not name.endswith(".html") and "sitemap" not in name and name != "static/style.css"
    }
    assert {"robots.txt", "feeds.opml", "archiv/1/atom.xml", "korrekturen/atom.xml"} <= documents
    assert b"Sitemap" not in (room.public / "robots.txt").read_bytes()
    run = room.feeds("check", "public", "--base-url", BASE)
    assert run.code == 0
    assert "0 errors, 0 warnings" in run.told


def test_entries_keep_their_ids_and_link_to_the_original_or_to_a_place_of_their_own(room: Newsroom) -> None:
    before = list_items(room)
    switch_off(room)
    room.build_well(now=LATER)
    after = list_items(room)
    assert [name for name, _ in after] == [name for name, _ in before]
    links = dict(after)
    assert ELSEWHERE in links.values()
    assert f"{ELSEWHERE}#korrekturen-1" in links.values()
    # Each but the originals stands in the feed of all, which is there, and no two ids have one link.
    places = [link for link in links.values() if not link.startswith(ELSEWHERE)]
    assert all(link.startswith(f"{BASE}atom.xml#artikel/") for link in places)
    assert max(Counter(links.values()).values()) == 1
    entries = [entry for path in room.public.rglob("atom.xml") for entry in feedparser.parse(path.read_bytes()).entries]
    notice, told = sorted({entry.link for entry in entries if entry.title == "Zurückgezogen: Meldung d"})
    assert notice.startswith(f"{BASE}atom.xml#artikel/")
    assert told == f"{notice};korrekturen-1"


def test_switching_on_again_gives_the_same_site_and_ledger(room: Newsroom) -> None:
    settings = (room.folder / "config.toml").read_text(encoding="utf-8")
    site, ledger = room.site(), room.ledger.read_bytes()
    switch_off(room)
    room.build_well(now=LATER)
    without = room.site()
    assert room.ledger.read_bytes() == ledger
    run = room.build_well(now=LATER)
    assert "nothing to do" in run.out
    # From scratch it is the same.
    shutil.rmtree(room.library.parent)
    shutil.rmtree(room.public)
    room.build_well(now=LATER)
    assert room.site() == without
    room.configure(settings)
    room.build_well(now=LATER)
    assert room.site() == site
    assert room.ledger.read_bytes() == ledger


def test_subscribers_see_nothing_of_the_switch_and_the_gate_lets_it_pass(room: Newsroom) -> None:
    switch_off(room)
    run = room.build("--gate", "--format", "json", now=LATER)
    assert run.code == 0, run.told
    for feed in json.loads(run.out)["diff"]:
        assert not any(feed.get(kind) for kind in ("new", "corrected", "shown_again", "lost")), feed


def test_only_entries_that_link_to_a_page_are_made_anew(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    def note(entry: Entry) -> dict[FormatName, bytes]:
        made.append(entry.title)
        return render_entry(entry)

    monkeypatch.setattr("feeds.ingest.publication.renditions.render_entry", note)
    switch_off(room)
    room.build_well(now=LATER)
    assert len(made) == 6
    assert "Von anderswo" not in made


@pytest.fixture
def serve() -> Iterator[Callable[[Newsroom], FlaskClient]]:
    """Make a client of an application over a newsroom's library, closed when the test ends."""
    with ExitStack() as opened:

        def make(room: Newsroom) -> FlaskClient:
            app = create_app(load_config(room.folder / "config.toml"), now=lambda: datetime.fromisoformat(LATER))
            publication: Publication = app.extensions["feeds"]
            opened.callback(publication.library.close)
            opened.callback(publication.close)
            return app.test_client()

        yield make


def test_the_server_answers_as_the_build_writes(room: Newsroom, serve: Callable[[Newsroom], FlaskClient]) -> None:
    switch_off(room)
    early = serve(room)
    room.build_well(now=LATER)
    client = serve(room)
    for name in list_documents(room):
        reply = client.get(f"/{name}")
        assert (reply.status_code, reply.data) == (200, (room.public / name).read_bytes()), name
    page = room.lines()[0]["path"]
    for path in ("/", "/index.html", "/politik", "/politik/", page, "/sitemap.xml", "/static/style.css", "/nichts"):
        reply = client.get(path)
        assert (reply.status_code, reply.mimetype) == (404, "text/plain"), path
        assert "nicht" in reply.text
    assert client.get("/kultur/atom.xml").location == f"{BASE}kunst/atom.xml"
    assert client.get("/politik/feed").location == f"{BASE}politik/atom.xml"
    assert early.get("/atom.xml").status_code in {200, 503}


def test_feeds_name_the_home_that_the_settings_give(room: Newsroom) -> None:
    switch_off(room, 'home = "https://blatt.example/"\n')
    room.build_well(now=LATER)
    assert room.parse().feed.link == "https://blatt.example/"
    assert b"<channel><title>Blatt</title><link>https://blatt.example/</link>" in (room.public / "rss.xml").read_bytes()
    assert json.loads((room.public / "feed.json").read_bytes())["home_page_url"] == "https://blatt.example/"
    assert b'htmlUrl="https://blatt.example/"' in (room.public / "feeds.opml").read_bytes()
    assert "0 errors, 0 warnings" in room.feeds("check", "public", "--base-url", BASE).told
    room.configure((room.folder / "config.toml").read_text(encoding="utf-8").replace("https://blatt", "blatt"))
    assert "output.home: write a whole address" in room.build().told


def test_hosts_get_no_page_for_what_is_not_there(room: Newsroom) -> None:
    switch_off(room)
    room.build_well("--compress", now=LATER)
    assert not (room.public / "404.html").exists()
    for name in ("_nginx.conf", "_Caddyfile"):
        text = (room.public / name).read_text(encoding="utf-8")
        assert "404.html" not in text
        assert "/artikel/" not in text
    # At the root of a host are the pages of others.
    headers = (room.public / "_headers").read_text(encoding="utf-8").splitlines()
    assert {line for line in headers if line.startswith("/")} >= {"/atom.xml", "/*/atom.xml", "/feeds.opml"}
    assert "/*" not in headers
    assert "  X-Content-Type-Options: nosniff" in headers


def test_a_lost_ledger_comes_back_from_feeds_alone(room: Newsroom) -> None:
    switch_off(room)
    room.build_well(now=LATER)
    # Two instants that make one `updated` can't be told apart: the entries are compared by it below.
    unknown = ("seen", "keys", "left", "back", "published", "nudge", "corrected")
    entries = [(entry.id, entry.updated) for entry in room.entries()]
    before = [{key: value for key, value in line.items() if key not in unknown} for line in room.lines()]
    site = room.site()
    published = room.folder / "published"
    shutil.copytree(room.public, published)
    room.ledger.unlink()
    for folder in (room.public, room.library.parent):
        shutil.rmtree(folder)
    run = room.feeds("adopt", str(published), "--yes", "--now", LATER)
    assert run.code == 0, run.told
    after = [{key: value for key, value in line.items() if key not in unknown} for line in room.lines()]
    assert after == before
    room.build_well(now=LATER)
    assert room.site().keys() == site.keys()
    assert [(entry.id, entry.updated) for entry in room.entries()] == entries


def test_a_first_build_without_pages_mints_the_ids_that_one_with_pages_does(tmp_path: Path) -> None:
    ids = []
    for number, settings in enumerate((WITH_PAGES, WITH_PAGES + SWITCH)):
        room = Newsroom.make(tmp_path / str(number), settings, real_seed=True)
        room.build_well(now=NOW)
        ids.append((room.ids(), room.parse().feed.id))
    assert ids[0] == ids[1]
