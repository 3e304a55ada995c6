"""Other people's readers over a newsroom's life: after an edit, a new article and a withdrawal each shows just that."""

from __future__ import annotations

import calendar
import email
import email.policy
import json
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import atoma
import fastfeedparser
import feedparser
import listparser
import pytest

from tests.newsroom import BASE, Newsroom
from tests.processes import WAIT_SECONDS

LATER = "2026-02-02T02:02:02Z"
FIRST = {"Brücke eröffnet", "Etwas anderes", "Noch etwas"}
LAST = {"Brücke eröffnet", "Zurückgezogen: Etwas anderes", "Noch etwas, berichtigt", "Ganz neu"}
Titles = dict[str, str]
"""Title by id, as a reader shows it."""


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    newsroom = Newsroom.make(tmp_path / "room")
    newsroom.write("a.txt")
    newsroom.write("b.txt", "Etwas anderes", stamp="24 Juni 2024, 10:00")
    newsroom.write("c.txt", "Noch etwas", stamp="23 Juni 2024, 10:00", id="noch-etwas")
    newsroom.build_well()
    return newsroom


def live_on(newsroom: Newsroom) -> None:
    newsroom.write("c.txt", "Noch etwas, berichtigt", stamp="23 Juni 2024, 10:00", id="noch-etwas", rest="Anders.")
    newsroom.write("d.txt", "Ganz neu", stamp="26 Juni 2024, 10:00")
    newsroom.write("b.txt", "Etwas anderes", stamp="24 Juni 2024, 10:00", status="withdrawn")
    newsroom.build_well(now=LATER)


def parse_with_feedparser(body: bytes) -> Titles:
    parsed = feedparser.parse(body)
    assert not parsed.bozo
    return {entry.id: entry.title for entry in parsed.entries}


def parse_with_fastfeedparser(body: bytes) -> Titles:
    return {entry.id: entry.title for entry in fastfeedparser.parse(body.decode()).entries}


def parse_with_atoma(body: bytes) -> Titles:
    if body.startswith(b"{"):
        return {item.id_: item.title for item in atoma.parse_json_feed_bytes(body).items}
    if b"<rss" in body[:300]:
        return {item.guid: item.title for item in atoma.parse_rss_bytes(body).items}
    return {entry.id_: entry.title.value for entry in atoma.parse_atom_bytes(body).entries}


PARSERS: list[tuple[Callable[[bytes], Titles], tuple[str, ...]]] = [
    (parse_with_feedparser, ("atom.xml", "rss.xml")),
    (parse_with_fastfeedparser, ("atom.xml", "rss.xml", "feed.json")),
    (parse_with_atoma, ("atom.xml", "rss.xml", "feed.json")),
]


@pytest.mark.parametrize(
    ("parse", "name"),
    [(parse, name) for parse, names in PARSERS for name in names],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
def test_parsers_see_each_article_once_under_one_id(
    newsroom: Newsroom, parse: Callable[[bytes], Titles], name: str
) -> None:
    before = parse((newsroom.public / name).read_bytes())
    assert set(before.values()) == FIRST
    live_on(newsroom)
    after = parse((newsroom.public / name).read_bytes())
    assert set(after.values()) == LAST
    assert before.keys() <= after.keys()
    assert len(after) == len(before) + 1


def test_pages_have_signs_and_days_as_written_where_feeds_have_safe_signs_and_instants(tmp_path: Path) -> None:
    newsroom = Newsroom.make(tmp_path / "room")
    newsroom.write("a.txt", "Das <b>-Tag wird 30", published="2024-06-25")
    now = "2024-06-26T08:00:00Z"
    newsroom.build_well(now=now)
    for page in (newsroom.public / "index.html", *newsroom.public.glob("artikel/*/*/index.html")):
        text = page.read_text(encoding="utf-8")
        assert "Das &lt;b&gt;-Tag wird 30" in text
        assert re.findall(r"<time[^>]*>[^<]*</time>", text) == ['<time datetime="2024-06-25">25. Juni 2024</time>']
    shown = [feedparser.parse((newsroom.public / name).read_bytes()).entries[0] for name in ("atom.xml", "rss.xml")]
    (item,) = json.loads((newsroom.public / "feed.json").read_bytes())["items"]
    assert [item["title"], *(entry.title for entry in shown)] == ["Das ‹b›-Tag wird 30"] * 3
    news = (newsroom.public / "news-sitemap.xml").read_text(encoding="utf-8")
    assert re.findall("<news:title>(.*)</news:title>", news) == ["Das ‹b›-Tag wird 30"]
    assert "0 errors, 0 warnings" in newsroom.feeds("check", "public", "--base-url", BASE, "--now", now).told
    instant = datetime.fromisoformat(item["date_published"])
    assert [calendar.timegm(entry.published_parsed) for entry in shown] == [instant.timestamp()] * 2
    assert instant.date().isoformat() == "2024-06-25"


def test_the_list_of_feeds_is_read(newsroom: Newsroom) -> None:
    feeds = listparser.parse((newsroom.public / "feeds.opml").read_text(encoding="utf-8")).feeds
    assert [feed.url for feed in feeds] == ["https://example.org/politik/atom.xml"]
    assert [feed.title for feed in feeds] == ["Politik – Blatt"]


@pytest.mark.debian
@pytest.mark.skipif(shutil.which("newsboat") is None, reason="newsboat is not installed")
@pytest.mark.parametrize("name", ["atom.xml", "rss.xml"])
def test_newsboat_shows_just_what_happened(newsroom: Newsroom, tmp_path: Path, name: str) -> None:
    (tmp_path / "urls").write_text((newsroom.public / name).as_uri() + "\n", encoding="utf-8")
    (tmp_path / "config").write_text("", encoding="utf-8")
    cache = tmp_path / "cache.db"
    command = ["newsboat", "-u", str(tmp_path / "urls"), "-c", str(cache), "-C", str(tmp_path / "config")]

    def reload() -> Titles:
        subprocess.run([*command, "-x", "reload"], check=True, timeout=WAIT_SECONDS, capture_output=True)
        with closing(sqlite3.connect(cache)) as connection:
            return dict(connection.execute("SELECT guid, title FROM rss_item"))

    before = reload()
    assert set(before.values()) == FIRST
    live_on(newsroom)
    after = reload()
    assert set(after.values()) == LAST
    assert before.keys() <= after.keys()


@pytest.mark.debian
@pytest.mark.skipif(shutil.which("r2e") is None, reason="rss2email is not installed")
@pytest.mark.parametrize("wants_html", [False, True])
def test_rss2email_sends_each_article_once_and_whole(newsroom: Newsroom, tmp_path: Path, *, wants_html: bool) -> None:
    box = tmp_path / "mail" / "Feeds"
    for name in ("new", "cur", "tmp"):
        (box / name).mkdir(parents=True)
    (tmp_path / "r2e.cfg").write_text(
        "[DEFAULT]\nfrom = a@example.org\nto = b@example.org\nemail-protocol = maildir\n"
        f"maildir-path = {box.parent}\nmaildir-mailbox = Feeds\nhtml-mail = {wants_html}\n",
        encoding="utf-8",
    )
    command = ["r2e", "-c", str(tmp_path / "r2e.cfg"), "-d", str(tmp_path / "r2e.json")]

    def run(*args: str) -> list[str]:
        subprocess.run([*command, *args], check=True, timeout=WAIT_SECONDS, capture_output=True)
        mails = [
            email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in (box / "new").iterdir()
        ]
        assert all("Mehr dazu später" in mail.get_content() for mail in mails if mail["Subject"] == "Brücke eröffnet")
        return sorted(str(mail["Subject"]) for mail in mails)

    run("add", "blatt", (newsroom.public / "atom.xml").as_uri())
    assert run("run") == sorted(FIRST)
    live_on(newsroom)
    # It ignores what changed under a known id.
    assert run("run") == sorted([*FIRST, "Ganz neu"])
    assert run("run") == sorted([*FIRST, "Ganz neu"])
    assert json.loads((tmp_path / "r2e.json").read_bytes())
