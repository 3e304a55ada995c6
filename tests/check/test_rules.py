"""Every rule objects to its own bad case and to nothing else; nothing objects to careful documents.

tests/data/check/bad/ holds a document a rule, `<rule>.<path in the site>`, or a folder `<rule>/` where only a whole
site shows it; beside a document, `.type` holds the media type with which it came.
"""

from __future__ import annotations

import gzip
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feeds.check import Objection, check_document, list_rules
from feeds.check.rules import MAX_OBJECTIONS_A_RULE
from feeds.check.tree import check_tree

DATA = Path(__file__).parents[1] / "data" / "check"
BAD = DATA / "bad"
BASE_URL = "https://example.org/"
NOW = datetime(2024, 6, 26, 12, tzinfo=UTC)
RULES = {rule.id: rule for rule in list_rules()}
DOCUMENTS = sorted(path for path in BAD.iterdir() if path.is_file() and path.suffix != ".type")
SITES = sorted(path for path in BAD.iterdir() if path.is_dir())
GOOD = sorted(path for path in (DATA / "good").rglob("*") if path.is_file() and path.suffix != ".html")
# Cases that are better grown than kept: they are about size.
GROWN = {"too-large", "large-feed", "news-size", "unreadable", "empty-site"}


def check(path: Path) -> list[Objection]:
    name = path.name.partition(".")[2]
    types = path.with_name(path.name + ".type")
    media_type = types.read_text(encoding="utf-8").strip() if types.exists() else None
    return check_document(name, path.read_bytes(), media_type, base_url=BASE_URL, now=NOW)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_only_its_rule_objects_to_a_bad_document(path: Path) -> None:
    objections = check(path)
    assert {objection.rule for objection in objections} == {path.name.partition(".")[0]}, list(map(str, objections))


@pytest.mark.parametrize("path", SITES, ids=lambda path: path.name)
def test_only_its_rule_objects_to_a_bad_site(path: Path) -> None:
    objections = check_tree(path, base_url=BASE_URL, now=NOW)
    assert {objection.rule for objection in objections} == {path.name}, list(map(str, objections))


def test_every_rule_has_its_bad_case() -> None:
    cases = {path.name.partition(".")[0] for path in [*DOCUMENTS, *SITES, *(DATA / "answers").iterdir()]}
    assert set(RULES) == (cases | GROWN) - {"good"}


@pytest.mark.parametrize("path", GOOD, ids=lambda path: str(path.relative_to(DATA)))
def test_no_rule_objects_to_a_careful_document(path: Path) -> None:
    name = path.relative_to(DATA / "good").as_posix().partition("/")[2]
    assert not list(map(str, check_document(name, path.read_bytes(), base_url=BASE_URL, now=NOW)))


@pytest.mark.parametrize("base_url", [BASE_URL, None])
def test_no_rule_objects_to_a_careful_site(base_url: str | None) -> None:
    site = DATA / "good" / "site"
    assert not list(map(str, check_tree(site, base_url=base_url, now=NOW)))


def test_a_document_beyond_the_limit_is_not_read() -> None:
    objections = check_document("atom.xml", b"<feed>" + b" " * 15_000_000, base_url=BASE_URL)
    assert [objection.rule for objection in objections] == ["too-large"]


@pytest.mark.parametrize(
    "inner",
    [
        "<title>" + "x" * 10_500_000 + "</title>",
        "<title type='" + "x" * 10_500_000 + "'/>",
        "<!--" + "x" * 10_500_000 + "-->",
        "<title><![CDATA[" + "x" * 10_500_000 + "]]></title>",
        "<title>" * 300 + "</title>" * 300,
    ],
    ids=lambda inner: inner[:12],
)
def test_what_is_well_formed_and_too_large_for_parsers_is_called_so(inner: str) -> None:
    objections = check_document("atom.xml", f'<feed xmlns="http://www.w3.org/2005/Atom">{inner}</feed>'.encode())
    assert [objection.rule for objection in objections] == ["too-large"]


def test_what_is_packed_is_called_so() -> None:
    packed = gzip.compress((DATA / "good" / "careful" / "sitemap.xml").read_bytes())
    (objection,) = check_document("sitemap.xml.gz", packed)
    assert objection.rule == "unknown-format"
    assert "gzip" in objection.what


def test_bytes_of_zero_are_no_utf_16() -> None:
    objections = check_document("rss.xml", b"\0" * 1000)
    assert "control-character" in {objection.rule for objection in objections}
    assert "utf-16" not in " ".join(map(str, objections))


def test_a_feed_beyond_a_megabyte_is_warned_of() -> None:
    body = (DATA / "good" / "careful" / "atom.xml").read_bytes()
    body = body.replace(b"<feed", b"<!-- " + b"x" * 1_000_000 + b" --><feed")
    assert [objection.rule for objection in check_document("atom.xml", body, base_url=BASE_URL)] == ["large-feed"]


def test_a_news_sitemap_beyond_a_thousand_articles_is_an_error() -> None:
    text = (DATA / "good" / "careful" / "news-sitemap.xml").read_text(encoding="utf-8")
    start, end = text.index("  <url>"), text.index("</urlset>")
    urls = "".join(text[start:end].replace("/artikel/1/", f"/artikel/{number}/") for number in range(1001))
    body = (text[:start] + urls + text[end:]).encode()
    objections = check_document("news-sitemap.xml", body, base_url=BASE_URL, now=NOW)
    assert [objection.rule for objection in objections] == ["news-size"]


def test_a_file_that_cannot_be_read_is_an_error() -> None:
    def fail() -> bytes:
        raise OSError(13, "Permission denied")

    assert [objection.rule for objection in check_tree({"atom.xml": fail})] == ["unreadable"]


def test_what_is_said_of_a_rule_is_short_and_complete() -> None:
    for rule in RULES.values():
        assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", rule.id)
        assert rule.source
        assert rule.sentence.endswith(".")
        assert rule.hint.endswith((".", ">", "?"))
        assert len(rule.sentence) < 130


def test_an_objection_tells_place_text_and_what_to_do() -> None:
    (objection,) = check(BAD / "wrong-weekday.rss.xml")
    assert str(objection) == (
        "rss.xml:19: error: pubDate of the item was a Tue: 'Wed, 25 Jun 2024 14:05:00 GMT'\n"
        "  Compute the weekday from the date; some readers show another day. (wrong-weekday; RFC 822 section 5.2)"
    )


def test_an_objection_to_a_namespace_tells_the_line_of_its_element() -> None:
    (prefix,) = check(BAD / "namespace-prefix.xhtml.xml")
    assert prefix.line == 2
    body = (DATA / "good" / "careful" / "atom.xml").read_bytes()
    body = body.replace(b"</entry>", b'<x:a xmlns:x="urn:x"/>\n<x:a xmlns:x="urn:x"/></entry>')
    (unknown,) = check_document("atom.xml", body, base_url=BASE_URL)
    assert unknown.line == 19


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("null", "title of the feed is null, not a string"),
        ("true", "title of the feed is true or false, not a string"),
        ("1.5", "title of the feed is a number, not a string: '1.5'"),
        ("[1]", "title of the feed is an array, not a string"),
        ('{"a": "b"}', "title of the feed is an object, not a string"),
    ],
)
def test_what_is_said_of_json_is_said_in_its_words(value: str, told: str) -> None:
    body = (DATA / "good" / "careful" / "feed.json").read_text(encoding="utf-8")
    body = re.sub('(?<="title": )"[^"]*"', value, body, count=1)
    (objection,) = check_document("feed.json", body.encode(), base_url=BASE_URL, now=NOW)
    assert told in str(objection)


def test_many_objections_of_one_rule_are_counted() -> None:
    date = b"<pubDate>Tue, 25 Jun 2024 14:05:00 GMT</pubDate>"
    item = b"<item><title>a</title><link>https://example.org/</link>" + date + b"</item>"
    body = (DATA / "good" / "careful" / "rss.xml").read_bytes().replace(b"</channel>", item * 50 + b"</channel>")
    found = [o for o in check_document("rss.xml", body, base_url=BASE_URL) if o.rule == "rss-no-guid"]
    assert len(found) == MAX_OBJECTIONS_A_RULE + 1
    assert any("30 more places" in objection.what for objection in found)
