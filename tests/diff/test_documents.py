"""RSS, Atom and JSON Feed are read as readers read them, and what can't be read is an error."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.diff.documents import parse_document
from feeds.errors import CheckError

PUBLISHED = 1_719_313_500
ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"
 xmlns:at="http://purl.org/atompub/tombstones/1.0"><id>urn:f</id><link rel="self" href="https://a.example/atom.xml"/>
<link rel="prev-archive" href="https://a.example/archiv/3/atom.xml"/><at:deleted-entry ref="urn:gone"/>
<entry><id>urn:1</id><title>Brücke  eröffnet</title><link href="https://a.example/1"/><updated>2024-06-25T15:00:00Z</updated>
<published>2024-06-25T14:05:00+03:00</published><content type="html">&lt;p&gt;Ja.&lt;/p&gt;</content></entry></feed>"""
RSS = """<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>A</title>
<item><guid>urn:1</guid><title>Brücke eröffnet</title><link>https://a.example/1</link><description>Ja.</description>
<pubDate>Tue, 25 Jun 2024 14:05:00 +0300</pubDate></item>
<item><title>Ohne guid</title><link>https://a.example/2</link><dc:date>2024-06-25T11:05:00Z</dc:date></item>
<item><description>Nur Text</description><pubDate>gestern</pubDate></item></channel></rss>"""
JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "feed_url": "https://a.example/feed.json",
    "next_url": "https://a.example/archiv/3/feed.json",
    "items": [
        {"id": "urn:1", "url": "https://a.example/1", "title": "Brücke eröffnet", "content_html": "<p>Ja.</p>",
         "date_published": "2024-06-25T14:05:00+03:00"},
        {"id": 2, "content_text": "Eins"},
        {"id": True, "url": "https://a.example/3", "content_text": "Zwei"},
        "kein Eintrag",
    ],
}  # fmt: skip


def test_atom_gives_ids_dates_tombstones_and_archive() -> None:
    document = parse_document("atom.xml", ATOM.encode())
    (entry,) = document.entries
    assert (entry.id, entry.link, entry.title) == ("urn:1", "https://a.example/1", "Brücke eröffnet")
    assert entry.published == PUBLISHED
    assert entry.updated is not None
    assert entry.updated > PUBLISHED
    assert (document.id, document.location) == ("urn:f", "https://a.example/atom.xml")
    assert document.previous == "https://a.example/archiv/3/atom.xml"
    assert document.gone == {"urn:gone"}


def test_rss_takes_the_link_for_an_id_where_there_is_no_guid() -> None:
    first, second, third = parse_document("rss.xml", RSS.encode()).entries
    assert (first.id, first.published) == ("urn:1", PUBLISHED)
    assert (second.id, second.published) == ("https://a.example/2", PUBLISHED)
    assert third.id.startswith("untitled:")
    assert third.published is None


def test_json_reads_numbers_as_ids_and_leaves_out_what_is_no_item() -> None:
    document = parse_document("feed.json", json.dumps(JSON).encode())
    assert [entry.id for entry in document.entries] == ["urn:1", "2", "https://a.example/3"]
    assert document.entries[0].published == PUBLISHED
    assert document.previous == "https://a.example/archiv/3/feed.json"


@pytest.mark.parametrize("date", ["9999-12-31T23:59:59-05:00", "0001-01-01T00:00:00+01:00", "gestern"])
def test_a_date_beyond_the_years_that_there_are_is_none(date: str) -> None:
    dated = ATOM.replace("2024-06-25T14:05:00+03:00", date).encode()
    assert parse_document("atom.xml", dated).entries[0].published is None


@pytest.mark.parametrize("old", ["Brücke", "&lt;p&gt;Ja"])
def test_the_digest_is_that_of_title_and_text(old: str) -> None:
    before = parse_document("atom.xml", ATOM.encode()).entries[0].digest
    assert parse_document("atom.xml", ATOM.replace(old, "X").encode()).entries[0].digest != before
    assert parse_document("atom.xml", ATOM.replace("15:00:00Z", "16:00:00Z").encode()).entries[0].digest == before


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body/></html>",
        b"{}",
        b"[1]",
        b"<feed",
        b"<rss/>",
        b'<!DOCTYPE feed [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><feed xmlns="http://www.w3.org/2005/Atom">&c;</feed>',
        b"{" * 100_000,
    ],
)
def test_what_is_no_feed_is_an_error(body: bytes) -> None:
    with pytest.raises(CheckError, match=r"^atom.xml: |^atom.xml:\d"):
        parse_document("atom.xml", body)


@given(st.binary(max_size=300) | st.text(alphabet="<>/&;feditmrsa \"'=:{}[],1", max_size=300).map(str.encode))
def test_whatever_the_bytes_are_nothing_else_is_raised(body: bytes) -> None:
    with contextlib.suppress(CheckError):
        parse_document("x", body)
