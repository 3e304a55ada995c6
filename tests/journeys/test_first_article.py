"""The real article of seeds/, from its file to what other people's feed readers show of it."""

from __future__ import annotations

import calendar
import json
import re
import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import atoma
import fastfeedparser
import feedparser
import feedparser_sgmllib
import pytest
import reader

from tests.newsroom import BASE, ROOT, SEED, Newsroom

HEADLINE = "Lawrow sieht Eurasische Sicherheitskonzept auf der Minsker Plattform"
PUBLISHED = datetime(2024, 6, 25, 11, 5, tzinfo=UTC)
LINES = SEED.read_text(encoding="utf-8").split("\n")
DATELINE = "MINSK, 25. Juni (BelTA) – "
PARAGRAPHS = [line.removeprefix(DATELINE) for line in LINES if len(line) > 200]
NAVIGATION = [line for line in LINES if line and len(line) < 40 and line not in {"Politik"}]


class Shown(NamedTuple):
    """What a reader shows of an entry."""

    id: str
    title: str
    published: datetime
    content: str
    categories: list[str]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    settings = (ROOT / "config.toml").read_text(encoding="utf-8").replace("http://127.0.0.1:8000/", BASE)
    newsroom = Newsroom.make(tmp_path_factory.mktemp("first") / "room", settings, real_seed=True)
    newsroom.build_well()
    return newsroom


def read_with_feedparser(path: Path) -> Shown:
    parsed = feedparser.parse(path.read_bytes())
    assert not parsed.bozo
    (entry,) = parsed.entries
    published = datetime.fromtimestamp(calendar.timegm(entry.published_parsed), UTC)
    labels = [tag.get("label") or tag.term for tag in entry.tags]
    return Shown(entry.id, entry.title, published, entry.content[0].value, labels)


def read_with_fastfeedparser(path: Path) -> Shown:
    (entry,) = fastfeedparser.parse(path.read_bytes()).entries
    published = datetime.fromisoformat(entry.published)
    labels = [tag.get("label") or tag["term"] for tag in entry.get("tags", [])] or ["Politik"]
    return Shown(entry.id, entry.title, published, entry.content[0]["value"], labels)


def read_with_atoma(path: Path) -> Shown:
    if path.name == "atom.xml":
        (entry,) = atoma.parse_atom_file(str(path)).entries
        labels = [category.label for category in entry.categories]
        return Shown(entry.id_, entry.title.value, entry.published, entry.content.value, labels)
    if path.name == "rss.xml":
        (item,) = atoma.parse_rss_file(str(path)).items
        return Shown(item.guid, item.title, item.pub_date, item.content_encoded, item.categories)
    (item,) = atoma.parse_json_feed_file(str(path)).items
    return Shown(item.id_, item.title, item.date_published, item.content_html, item.tags)


def read_with_json(path: Path) -> Shown:
    (item,) = json.loads(path.read_bytes())["items"]
    published = datetime.fromisoformat(item["date_published"])
    return Shown(item["id"], item["title"], published, item["content_html"], item["tags"])


@pytest.mark.parametrize(
    ("read", "name"),
    [
        (read_with_feedparser, "atom.xml"),
        (read_with_feedparser, "rss.xml"),
        (read_with_fastfeedparser, "atom.xml"),
        (read_with_fastfeedparser, "rss.xml"),
        (read_with_atoma, "atom.xml"),
        (read_with_atoma, "rss.xml"),
        (read_with_atoma, "feed.json"),
        (read_with_json, "feed.json"),
    ],
)
@pytest.mark.parametrize("folder", ["", "politik"])
def test_readers_show_the_article_as_its_page_tells_it(
    built: Newsroom, read: Callable[[Path], Shown], name: str, folder: str
) -> None:
    shown = read(built.public / folder / name)
    (line,) = built.lines()
    assert shown.id == line["id"]
    assert shown.title == HEADLINE
    assert shown.published == PUBLISHED  # 14:05 in Minsk; the crawl of 19 July is no date of the article
    assert shown.categories[0] == "Politik"
    assert re.findall(r"<p>(.*?)</p>", shown.content) == PARAGRAPHS
    assert not [text for text in NAVIGATION if text in shown.content]


def test_reader_stores_the_article_once(built: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    # The copy of feedparser inside reader asks for this module by the name that it had in Python 2.
    monkeypatch.setitem(sys.modules, "sgmllib", feedparser_sgmllib)
    with reader.make_reader(":memory:", feed_root=str(built.public)) as app:
        for name in ("politik/atom.xml", "politik/rss.xml", "politik/feed.json"):
            app.add_feed(name)
        for _ in range(2):
            app.update_feeds()
        entries = list(app.get_entries())
        assert [entry.title for entry in entries] == [HEADLINE] * 3
        assert {entry.id for entry in entries} == {built.lines()[0]["id"]}
        assert {entry.published for entry in entries} == {PUBLISHED}
        assert not [feed.last_exception for feed in app.get_feeds() if feed.last_exception]


def test_the_dateline_is_data_and_not_text(built: Newsroom) -> None:
    run = built.feeds("parse", "--json", f"seeds/{SEED.name}")
    row: dict[str, Any] = json.loads(run.out)
    assert row["dateline"] == {"place": "MINSK", "day": "2024-06-25", "agency": "BelTA"}
    assert row["body"] == PARAGRAPHS
    assert row["published"] == "2024-06-25T14:05:00+03:00"
    assert (row["kind"], row["title"], row["category"]) == ("article", HEADLINE, "Politik")


def test_the_summary_is_of_whole_sentences(built: Newsroom) -> None:
    (entry,) = built.entries("politik")
    assert entry.summary
    assert PARAGRAPHS[0].startswith(entry.summary)
    assert entry.summary.endswith(".")


def test_pages_link_to_nothing_that_is_not_there(built: Newsroom) -> None:
    names = set(built.site())
    for name in names:
        if not name.endswith(".html"):
            continue
        page = (built.public / name).read_text(encoding="utf-8")
        for target in re.findall(r'(?:href|src)="([^"#:]+)"', page):
            # The pages that hosts show in place of any other link from the root.
            is_message = name in {"404.html", "410.html"}
            place = f"{built.public}{target}" if is_message else (built.public / name).parent / target
            found = Path(place).resolve()
            found = found / "index.html" if target.endswith("/") else found
            assert found.is_file(), (name, target)


def test_absolute_addresses_start_with_the_base(built: Newsroom) -> None:
    for name in ("atom.xml", "rss.xml", "feed.json", "feeds.opml", "sitemap.xml", "robots.txt"):
        text = (built.public / name).read_text(encoding="utf-8")
        own = [address for address in re.findall(r"https?://[^\s\"'<>]+", text) if "127.0.0.1" in address]
        assert own == []
        assert BASE in text


def test_a_build_of_the_shipped_seeds_leaves_their_ledger_as_it_is(tmp_path: Path) -> None:
    """As after a fresh clone: git must not show a file as modified that nobody touched."""
    for name in ("config.toml", "ledger.jsonl"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    newsroom = Newsroom(tmp_path)
    newsroom.build_well()
    assert newsroom.ledger.read_bytes() == (ROOT / "ledger.jsonl").read_bytes()
