"""Feed documents: joined from kept entries byte for byte as feedgen writes them whole, whatever the clock says."""

from __future__ import annotations

import ast
import json
import re
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import feedgen.entry
import feedgen.feed
import feedparser
import pytest
from feedgen.feed import FeedGenerator
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

import feeds
from feeds.article import Image
from feeds.dates import format_rfc822, format_rfc3339
from feeds.feed import Entry, Feed, FormatName, Origin, Term
from feeds.render import atom, json_feed, rss
from feeds.render.elements import NAMESPACES, build_entry, build_feed, clean_title
from feeds.render.entry_templates import fill_templates
from feeds.render.formats import FORMATS, render_entry
from feeds.text import normalise

NOTE = Path(__file__).parents[2] / "docs" / "headlines-in-feeds-hold-no-angle-brackets.md"
WHEN = datetime(2024, 6, 25, 11, 5, tzinfo=UTC)
ENTRY = Entry(
    id="urn:uuid:048fc9d0-9952-585d-a12e-3e7b484d0a6a",
    link="https://example.org/a?b=1&c=2",
    title="Brücke <eröffnet> & gefeiert",
    summary="Es ist so & nicht < anders.",
    content="<p>Ein &amp; zwei</p>",
    published=WHEN,
    updated=WHEN + timedelta(hours=1),
    authors=("BelTA", "Erika Muster"),
    categories=(Term("politik", "Politik", "https://example.org/"),),
    language="de",
)
FEED = Feed(
    id="urn:uuid:24c388aa-5ff6-5fa5-9c33-0365d71f61f9",
    title="Politik – Blatt",
    subtitle="Alles & mehr",
    home="https://example.org/politik/",
    folder="https://example.org/politik/",
    language="de",
    updated=WHEN,
    author="Blatt",
    max_age_seconds=600,
    rights="© Blatt",
    icon="https://example.org/icon.svg",
    logo="https://example.org/logo.png",
    categories=ENTRY.categories,
    previous="https://example.org/politik/archiv/1/",
)

# What reaches a feed went through `normalise`; beyond that it is anything at all.
texts = st.text(min_size=1).map(lambda text: " ".join(normalise(text).split())).filter(bool)
awkward = st.sampled_from(
    ["</entry>", "</feed>", "<item", "]]>", "<![CDATA[", "&amp;", "&#8222;", "'\"", "\u2028", "😀", "0"]
)
words = st.one_of(texts, awkward)
instants = st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1)).map(  # noqa: DTZ001 (Hypothesis wants naive bounds)
    lambda instant: instant.replace(microsecond=0, tzinfo=UTC)
)
images = st.builds(
    Image,
    url=st.just("https://example.org/b.jpg?a=1&b=2"),
    media_type=st.sampled_from([None, "image/jpeg"]),
    length=st.sampled_from([None, 0, 17]),
    width=st.sampled_from([None, 640]),
)
links = st.sampled_from([None, "https://example.org/?a=1&b=2"])
entries = st.builds(
    Entry,
    id=words.map(lambda text: f"urn:x:{text}"),
    link=st.sampled_from(["https://example.org/a?b=1&c=2", "https://example.org/'a\""]),
    title=words,
    summary=st.one_of(st.just(""), words),
    content=st.one_of(st.just(""), words),
    published=instants,
    updated=instants,
    authors=st.lists(words, min_size=1, max_size=3).map(tuple),
    categories=st.sampled_from([ENTRY.categories, (), (Term("a", "\x07", ""), Term('"', "<", "https://x.example/"))]),
    language=st.just("de"),
    tags=st.lists(words, max_size=3).map(tuple),
    images=st.lists(images, max_size=2).map(tuple),
    origin=st.one_of(st.none(), st.builds(Origin, id=words, title=words, link=links, updated=instants)),
    foreign_language=st.sampled_from([None, "en"]),
    guid=st.sampled_from([None, "4711 & mehr"]),
)


def write_whole(feed: Feed, found: list[Entry], form: str) -> bytes:
    """The document as feedgen writes it from the same objects in one call."""
    module = {"atom": atom, "rss": rss}[form]
    document = build_feed(feed, module.FILE_NAME, module.MEDIA_TYPE)
    for entry in found:
        document.add_entry(build_entry(entry), order="append")
    return bytes(document.atom_str() if form == "atom" else document.rss_str())


def join(feed: Feed, found: list[Entry], form: FormatName) -> bytes:
    """The document as we join it."""
    (shell,) = [each.render_shell(feed) for each in FORMATS if each.name == form]
    return shell.join(render_entry(entry)[form] for entry in found)


@pytest.mark.parametrize("form", ["atom", "rss"])
@given(found=st.lists(entries, max_size=6))
@settings(max_examples=60)
def test_the_joined_document_is_feedgens_whole_document(form: FormatName, found: list[Entry]) -> None:
    assert join(FEED, found, form) == write_whole(FEED, found, form)


@given(found=entries)
@example(found=replace(ENTRY, summary="Ein\r\nUmbruch"))
@example(found=replace(ENTRY, categories=(Term('a "b"\n\tc', "\x07", ""),)))
def test_a_template_gives_the_bytes_of_feedgens_own_element(found: Entry) -> None:
    element = build_entry(found)
    wanted = {"atom": atom.render_entry(element), "rss": rss.render_entry(element)}
    assert (fill_templates(found) or wanted) == wanted


def test_entries_as_they_mostly_are_go_by_the_template(monkeypatch: pytest.MonkeyPatch) -> None:
    render_entry(ENTRY)
    monkeypatch.setattr("feeds.render.formats.build_entry", None)
    other = replace(ENTRY, title="Ein anderer", published=WHEN - timedelta(days=40), authors=("A", "B"), tags=())
    assert b"<title>Ein anderer</title>" in render_entry(other)["rss"]


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_many_entries_are_feedgens_whole_document(form: FormatName) -> None:
    found = [replace(ENTRY, id=f"urn:x:{number}", title=f"Nummer {number}") for number in range(500)]
    assert join(FEED, found, form) == write_whole(FEED, found, form)


@given(found=st.lists(entries, min_size=1, max_size=4, unique_by=lambda entry: entry.id))
@settings(max_examples=40)
def test_other_peoples_code_reads_back_what_went_in(found: list[Entry]) -> None:
    document = etree.fromstring(join(FEED, found, "atom"))
    name = "{http://www.w3.org/2005/Atom}"
    shown = document.findall(f"{name}entry")
    assert [item.findtext(f"{name}id") for item in shown] == [entry.id for entry in found]
    assert [item.findtext(f"{name}content", "") for item in shown] == [entry.content for entry in found]
    channel = etree.fromstring(join(FEED, found, "rss"))[0]
    assert [item.findtext("guid") for item in channel.findall("item")] == [entry.guid or entry.id for entry in found]
    items = json.loads(join(FEED, found, "json"))["items"]
    assert [item["title"] for item in items] == [clean_title(entry.title) for entry in found]
    assert [datetime.fromisoformat(item["date_modified"]) for item in items] == [entry.updated for entry in found]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("AT&T und R&B", "AT&T und R&B"),
        ("Meyer &amp; Sohn", "Meyer & Sohn"),
        ("5&6", "5＆6"),
        ("3 < 5", "3 ‹ 5"),
        ("Eins&#10;zwei&nbsp;", "Eins zwei"),
        ("&#8;", ""),
    ],
)
def test_a_title_is_text_that_no_reader_takes_for_markup(title: str, shown: str) -> None:
    assert clean_title(title) == shown


def test_a_title_is_written_as_the_note_says() -> None:
    rows = re.findall(r"^\| `([^`]+)` \| `([^`]+)` \|$", NOTE.read_text(encoding="utf-8"), re.MULTILINE)
    assert rows
    assert [clean_title(written) for written, _ in rows] == [shown for _, shown in rows]


def test_an_empty_feed_is_whole_in_each_format() -> None:
    assert join(FEED, [], "atom") == write_whole(FEED, [], "atom")
    assert join(FEED, [], "rss") == write_whole(FEED, [], "rss")
    assert json.loads(join(FEED, [], "json"))["items"] == []


def test_the_clock_stands_in_no_document(monkeypatch: pytest.MonkeyPatch) -> None:
    before = {each.name: join(FEED, [ENTRY], each.name) for each in FORMATS}

    class Instants(type):
        def __instancecheck__(cls, instance: object) -> bool:
            return isinstance(instance, datetime)

    class Later(metaclass=Instants):
        now = staticmethod(lambda tz: datetime(2077, 7, 7, 7, 7, tzinfo=tz))

    for module in (feedgen.entry, feedgen.feed):
        monkeypatch.setattr(module, "datetime", Later)
    assert FeedGenerator().updated().year == 2077  # the clock that feedgen reads is the other one now
    assert {each.name: join(FEED, [ENTRY], each.name) for each in FORMATS} == before


def test_threads_render_side_by_side() -> None:
    wanted = render_entry(ENTRY)
    wrong: list[object] = []

    def work(number: int) -> None:
        for _ in range(60):
            stone = atom.render_tombstone(f"urn:x:{number}", WHEN)
            if stone.count(b"deleted-entry") != 1 or f"urn:x:{number}".encode() not in stone:
                wrong.append(stone)
            if render_entry(ENTRY) != wanted:
                wrong.append("entry")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_nothing_of_ours_calls_the_locale() -> None:
    for path in Path(feeds.__file__).parent.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert "locale" not in names, path


def test_rendering_never_sets_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object) -> None:
        raise AssertionError("setlocale was called")

    monkeypatch.setattr("locale.setlocale", refuse)
    for each in FORMATS:
        assert join(FEED, [ENTRY], each.name)
    plain = FeedGenerator()
    plain.id("x")
    plain.title("x")
    plain.link(href="https://example.org/")
    plain.description("x")
    with pytest.raises(AssertionError, match="setlocale was called"):
        plain.rss_str()


# Each defect of feedgen 1.0.0 that EntryElement and FeedElement correct: ours is right, and plain feedgen is not, so
# that a version of feedgen that mends it makes the test fail and the correction go.


def plain_feed() -> FeedGenerator:
    """The same feed and entry by feedgen's own classes."""
    document = FeedGenerator()
    document.load_extension("media", atom=True, rss=True)
    document.id(FEED.id)
    document.title(FEED.title)
    document.description(FEED.subtitle)
    document.link(href=FEED.home, rel="alternate")
    document.link(href=f"{FEED.folder}rss.xml", rel="self")
    document.link(href=f"{FEED.previous}rss.xml", rel="prev-archive")
    document.updated(FEED.updated)
    item = document.add_entry()
    item.id(ENTRY.id)
    item.title(ENTRY.title)
    item.link(href=ENTRY.link, rel="alternate", type="text/html")
    item.link(href="https://example.org/b.jpg", rel="enclosure", type="image/jpeg", length="17")
    item.author({"name": "BelTA"})
    item.summary(ENTRY.summary)
    item.published(ENTRY.published)
    item.updated(ENTRY.updated)
    item.source(url="https://example.org/quelle", title="Quelle")
    item.media.content({"url": "https://example.org/b.jpg"})
    return document


PICTURE = Image(url="https://example.org/b.jpg", media_type="image/jpeg", length=17)
FULL = replace(
    ENTRY, images=(PICTURE,), origin=Origin("urn:x:quelle", "Quelle", "https://example.org/quelle", WHEN),
    foreign_language="en",
)  # fmt: skip


def links_of_the_entry(document: bytes) -> list[str | None]:
    name = "{http://www.w3.org/2005/Atom}"
    return [link.get("type") for link in etree.fromstring(document).findall(f"{name}entry/{name}link")]


def link_of_the_channel(document: bytes) -> str | None:
    return etree.fromstring(document)[0].findtext("link")


def atom_links_of_the_channel(document: bytes) -> list[str | None]:
    links = etree.fromstring(document)[0].findall("{http://www.w3.org/2005/Atom}link")
    return [link.get("rel") for link in links]


def creators(document: bytes) -> list[str | None]:
    return [found.text for found in etree.fromstring(document).iter(f"{{{NAMESPACES['dc']}}}creator")]


def source_parts(document: bytes) -> set[str]:
    name = "{http://www.w3.org/2005/Atom}"
    source = etree.fromstring(document).find(f"{name}entry/{name}source")
    assert source is not None
    return {str(child.tag).removeprefix(name) for child in source}


def updated_of_the_entry(document: bytes) -> str | None:
    name = "{http://www.w3.org/2005/Atom}"
    return etree.fromstring(document).findtext(f"{name}entry/{name}updated")


def media_groups(document: bytes) -> int:
    return document.count(b"<media:group")


DEFECTS = [
    ("atom", links_of_the_entry, ["text/html", "image/jpeg"]),
    ("rss", link_of_the_channel, FEED.home),
    ("rss", atom_links_of_the_channel, ["self", "prev-archive"]),
    ("rss", creators, ["BelTA", "Erika Muster"]),
    ("atom", source_parts, {"id", "title", "updated", "link"}),
    ("atom", updated_of_the_entry, "2024-06-25T12:05:00Z"),
    ("rss", media_groups, 0),
]


@pytest.mark.parametrize(("form", "look", "wanted"), DEFECTS, ids=[case[1].__name__ for case in DEFECTS])
def test_a_defect_of_feedgen_is_corrected(form: FormatName, look: Any, wanted: object) -> None:
    plain = plain_feed()
    assert look(join(FEED, [FULL], form)) == wanted
    assert look(plain.atom_str() if form == "atom" else plain.rss_str()) != wanted


def test_readers_see_plain_titles_and_escaped_summaries() -> None:
    for form in ("atom", "rss"):
        (entry,) = feedparser.parse(join(FEED, [ENTRY], form)).entries
        assert entry.title == "Brücke ‹eröffnet› & gefeiert"
        assert "Ein &amp; zwei" in entry.content[0].value
        # rss2email mails what is text/plain, if anything is.
        assert entry.summary_detail.type == "text/html"
        assert entry.summary == "Es ist so &amp; nicht ‹ anders."
    (item,) = etree.fromstring(join(FEED, [ENTRY], "rss"))[0].findall("item")
    assert item.findtext("description") == "Es ist so &amp; nicht ‹ anders."


@given(instants)
def test_dates_are_those_of_the_standards(instant: datetime) -> None:
    entry = replace(ENTRY, published=instant, updated=instant)
    (item,) = etree.fromstring(join(FEED, [entry], "rss"))[0].findall("item")
    assert item.findtext("pubDate") == format_rfc822(instant)
    assert format_rfc3339(instant).encode() in render_entry(entry)["atom"]
    assert json.loads(json_feed.render_entry(entry))["date_published"] == format_rfc3339(instant)
