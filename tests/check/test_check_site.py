"""`feeds check` with the address of a page: the feeds that it leads to are checked, and it is said which."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.newsroom import NOW, ROOT, Newsroom
from tests.served import serve

DATA = ROOT / "tests" / "data" / "check"
LINK = '<link rel="alternate" type="application/{form}" href="{href}">'


@pytest.fixture
def web(tmp_path: Path) -> Path:
    folder = tmp_path / "web"
    folder.mkdir()
    shutil.copy(DATA / "bad" / "wrong-weekday.rss.xml", folder / "neu.xml")
    return folder


@pytest.fixture
def base(web: Path) -> Iterator[str]:
    with serve(web) as address:
        yield address


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    return Newsroom.make(tmp_path / "room")


def write_page(web: Path, *addresses: str) -> None:
    links = "".join(LINK.format(form="rss+xml", href=address) for address in addresses)
    (web / "index.html").write_text(f"<!doctype html><title>Alt</title>{links}", encoding="utf-8")


def test_the_feeds_that_a_page_names_are_checked(newsroom: Newsroom, web: Path, base: str) -> None:
    write_page(web, "neu.xml", "/fehlt.xml", "http://[", "http://127.0.0.1:1/zu.xml")
    run = newsroom.feeds("check", "--now", NOW, base)
    assert run.code == 1
    assert f"{base}neu.xml:19: error: pubDate of the item was a Tue" in run.out
    assert f"{base}fehlt.xml: error: the answer is not 200: '404'" in run.out
    assert "error: http://127.0.0.1:1/zu.xml: can't be fetched: Connection refused" in run.err
    places = [f"{base}neu.xml", f"{base}fehlt.xml", "http://127.0.0.1:1/zu.xml"]
    told = "\n  ".join([f"note: {base}: is a page; checked 3 feeds that it leads to", *places])
    assert told in run.err
    assert "web page" not in run.told


def test_a_page_that_names_no_feed_is_an_error_that_says_so(newsroom: Newsroom, web: Path, base: str) -> None:
    write_page(web)
    run = newsroom.feeds("check", base)
    assert run.code == 1
    assert run.err.startswith(f"error: {base}: is a page that names no feed\n  give the address of the feed itself")
    assert run.out == "1 error, 0 warnings\n"


def test_what_is_too_much_is_not_checked_and_told(
    newsroom: Newsroom, web: Path, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_page(web, "neu.xml", "b.xml", "c.xml")
    monkeypatch.setattr("feeds.diff.sites.MAX_DISCOVERED", 1)
    told = newsroom.feeds("check", base).err
    assert f"checked 1 feed that it leads to\n  {base}neu.xml\nnote: {base}: not checked: 2 more feeds\n" in told
    monkeypatch.setattr("feeds.cli.check.MAX_SECONDS", -1.0)
    assert "not checked: 3 more feeds\n" in newsroom.feeds("check", base).err


def test_what_lies_beside_a_page_under_the_name_of_its_feed_stops_nothing(
    newsroom: Newsroom, web: Path, base: str
) -> None:
    (web / "feeds").mkdir()
    (web / "neu.xml").rename(web / "feeds" / "rss.xml")
    (web / "rss.xml").write_text("<p>Nicht gefunden<br>", encoding="utf-8")
    write_page(web, "feeds/rss.xml")
    run = newsroom.feeds("check", "--now", NOW, base)
    assert f"{base}feeds/rss.xml:19: error: pubDate of the item was a Tue" in run.out
    assert f"checked 1 feed that it leads to\n  {base}feeds/rss.xml\n" in run.err
    assert "malformed" not in run.told


def test_of_our_own_site_all_feeds_are_checked_where_it_is_asked(newsroom: Newsroom, web: Path, base: str) -> None:
    newsroom.write("a.txt")
    newsroom.write("b.txt", "Neues Museum", category="Kultur")
    newsroom.build_well()
    shutil.copytree(newsroom.public, web, dirs_exist_ok=True)
    run = newsroom.feeds("check", base.removesuffix("/"))
    assert run.code == 0
    for folder in ("", "kultur/", "politik/"):
        for name in ("atom.xml", "feed.json", "rss.xml"):
            assert f"  {base}{folder}{name}\n" in run.err
    assert "example.org" not in run.err
    # It is published under another address than the one at which it is asked for.
    what = f"12 feeds, found below {base}, name addresses below another as their own: 'https://example.org/'"
    assert f"{base.removesuffix('/')}: warning: {what}\n" in run.out
    assert run.out.count("(self-location;") == 1
    told = newsroom.feeds("check", f"{base}politik/").err
    assert f"checked 3 feeds that it leads to\n  {base}politik/atom.xml\n" in told


def test_an_address_may_have_its_scheme_in_capitals(newsroom: Newsroom, base: str) -> None:
    given, found = (f"{scheme}{base.removeprefix('http')}neu.xml" for scheme in ("HTTP", "http"))
    assert newsroom.feeds("check", given).out == newsroom.feeds("check", found).out
    assert newsroom.feeds("diff", given, found).code == 0


def test_a_warning_of_many_documents_is_told_once_and_in_json_of_each(newsroom: Newsroom, web: Path, base: str) -> None:
    names = [f"{name}.xml" for name in "abcdef"]
    for name in names:
        shutil.copy(DATA / "bad" / "wrong-weekday.rss.xml", web / name)
    write_page(web, *names)
    told = newsroom.feeds("check", "--now", NOW, base).out
    assert told.count("the answer has no ETag") == 1
    others = ", ".join(f"{base}{name}" for name in names[1:4])
    assert (
        f"{base}a.xml: warning: the answer has no ETag\n  and 5 more documents: {others}, ...\n  Send an ETag" in told
    )
    # Where a line is to be corrected, each is told.
    assert told.count(":19: error: pubDate of the item was a Tue") == len(names)
    found = list(map(json.loads, newsroom.feeds("check", "--now", NOW, "--json", base).out.splitlines()))
    assert [each["path"] for each in found if each["rule"] == "http-validators"] == [f"{base}{name}" for name in names]
    warnings = sum(each["level"] == "warning" for each in found)
    assert told.endswith(f", {warnings} warnings\n")
