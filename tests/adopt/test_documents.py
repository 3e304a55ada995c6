"""Documents of feeds, however odd: read, refused with a reason, or no feed; never anything else."""

from __future__ import annotations

import contextlib
import json

from hypothesis import given
from hypothesis import strategies as st

from feeds.adopt.documents import follow_archive, parse_document
from feeds.adopt.grouping import group_entries
from feeds.adopt.matching import match_articles
from feeds.adopt.records import OldFeed
from feeds.errors import AdoptError, CheckError
from feeds.foreign import Document
from feeds.foreign.values import parse_instant, read_text

WORDS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["http://[", "http://x:99999/a", "//", "file:///etc/passwd", "tag:x,1:1", "http://ä.example/ö", "../a", "&#0;",
         "Tue, 25 Jun 2024 11:05:00 +9999", "0001-01-01T00:00:00-23:59", "9999-12-31", "<p>a", "https://x.example/a"]
    ),
)  # fmt: skip
NAMES = st.sampled_from(["title", "link", "guid", "id", "pubDate", "updated", "published", "description", "content"])


@given(st.lists(st.tuples(NAMES, WORDS), max_size=6), st.sampled_from(["rss", "atom"]), st.binary(max_size=10))
def test_xml_of_any_kind_is_read_or_refused(elements: list[tuple[str, str]], form: str, junk: bytes) -> None:
    inner = "".join(f'<{name} href="x">{text}</{name}>' for name, text in elements)
    if form == "rss":
        text = f"<rss><channel><link>{elements[:1]}</link><item>{inner}</item><item>{inner}</item></channel></rss>"
    else:
        text = f'<feed xmlns="http://www.w3.org/2005/Atom">{inner}<entry>{inner}</entry></feed>'
    for body in (text.encode("utf-8", "surrogatepass"), text.encode("utf-8", "surrogatepass") + junk):
        read(body)


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["id", "url", "title", "content_html", "date_published"]),
            st.one_of(WORDS, st.none(), st.integers(), st.floats(), st.lists(st.integers())),
        )
    ),
    WORDS,
)
def test_json_of_any_kind_is_read_or_refused(items: list[object], address: str) -> None:
    feed = {"version": "https://jsonfeed.org/version/1", "feed_url": address, "next_url": address, "items": items}
    read(json.dumps(feed).encode())


def read(body: bytes) -> None:
    with contextlib.suppress(AdoptError, CheckError):
        document = parse_document(body, "alt.xml")
        if document is not None:
            old = group_entries([OldFeed((document,))])
            assert all(article.id for article in old)
            assert match_articles(old, [], base_url="https://x.example/").old == tuple(old)


@given(WORDS)
def test_a_date_is_read_or_unknown(text: str) -> None:
    seconds = parse_instant(text)
    assert seconds is None or abs(seconds) < 1e11


@given(st.text(alphabet="<>&;/pab \n", max_size=200))
def test_markup_becomes_one_line_of_text(markup: str) -> None:
    assert "\n" not in read_text(markup)


def test_archive_that_leads_back_is_not_whole() -> None:
    first, second = (
        Document(name, "atom", previous=other, location="tag:same") for name, other in (("1", "2"), ("2", "1"))
    )
    by_path = {each.path: each for each in (first, second)}
    assert follow_archive(first, lambda _, address: by_path.get(address)) == OldFeed((first, second), missing="1")
    last = Document("2", "atom", location="tag:same")
    assert follow_archive(first, lambda *_: last) == OldFeed((first, last))
    assert follow_archive(first, lambda *_: None) == OldFeed((first,), missing="2")
