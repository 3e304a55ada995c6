"""Documents of every system are read the same way, whoever asks: `feeds adopt`, `feeds diff` and the gate."""

from __future__ import annotations

import pytest

from feeds.diff.documents import parse_document
from feeds.foreign import Document, parse_feed

WHERE = "https://alt.example/news/feed.xml"
PUBLISHED = 1_719_313_500
RSS_1 = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Alt</title></channel>
<item rdf:about="urn:1"><title>Brücke</title><link>{link}</link><dc:date>2024-06-25T11:05:00Z</dc:date></item>
</rdf:RDF>"""
OLD_ATOM = """<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Alt</title><entry><id>urn:1</id>
<title type="text/html">Br&amp;uuml;cke</title><link rel="alternate" href="{link}"/>
<issued>2024-06-25T14:05:00+03:00</issued></entry></feed>"""
BASED = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://alt.example/"><entry xml:base="news/">
<id>urn:1</id><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Br<b>ück</b>e</div></title><link href="1"/>
<published>2024-06-25T11:05:00Z</published></entry></feed>"""
PROXIED = """<rss version="2.0" xmlns:f="http://rssnamespace.org/feedburner/ext/1.0"><channel><item><title>Brücke</title>
<link>https://proxy.example/~r/1</link><guid isPermaLink="false">urn:1</guid><f:origLink>{link}</f:origLink>
<pubDate>2024-06-25T11:05:00Z</pubDate></item></channel></rss>"""
RELATIVE = """<rss version="2.0"><channel><item><title>Br&amp;uuml;cke</title><link>1</link>
<guid isPermaLink="false">urn:1</guid><pubDate>Tue, 25 Jun 2024 14:05:00 +0300</pubDate></item></channel></rss>"""
LATIN = '<?xml version="1.0" encoding="iso-8859-1"?>' + RELATIVE.replace("&amp;uuml;", "ü")


def read_both(body: bytes) -> list[Document]:
    document = parse_feed(body, WHERE)
    assert document is not None
    return [document, parse_document(WHERE, body)]


@pytest.mark.parametrize("text", [RSS_1, OLD_ATOM, BASED, PROXIED, RELATIVE, LATIN])
def test_an_entry_is_the_same_whatever_the_format_and_its_oddities(text: str) -> None:
    body = text.format(link="https://alt.example/news/1").encode("iso-8859-1" if text == LATIN else "utf-8")
    for document in read_both(body):
        (entry,) = document.entries
        assert (entry.id, entry.title, entry.published) == ("urn:1", "Brücke", PUBLISHED)
        assert entry.link == "https://alt.example/news/1"


def test_a_guid_that_is_a_permalink_is_the_link() -> None:
    text = "<rss><channel><item><guid>https://alt.example/1</guid><description>Ja</description></item></channel></rss>"
    assert [document.entries[0].link for document in read_both(text.encode())] == ["https://alt.example/1"] * 2


def test_tombstones_keep_their_place_and_are_no_entries() -> None:
    gone = (
        '<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="urn:2" when="2024-06-25T11:05:00Z"/>'
    )
    entries = [f"<entry><id>urn:{number}</id></entry>" for number in (1, 3)]
    text = f'<feed xmlns="http://www.w3.org/2005/Atom">{gone.join(entries)}</feed>'
    for document in read_both(text.encode()):
        assert [entry.id for entry in document.items] == ["urn:1", "urn:2", "urn:3"]
        assert [entry.id for entry in document.entries] == ["urn:1", "urn:3"]
        assert document.gone == {"urn:2"}
        assert document.items[1].deleted == PUBLISHED
