"""Entries checked by themselves while they are rendered, and documents around entries that were."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from feeds.check import check_document, check_entry, check_shell

DATA = Path(__file__).parents[1] / "data" / "check"
BASE_URL = "https://example.org/"


def test_an_entry_is_checked_with_all_rules() -> None:
    entry = (DATA / "bad" / "wrong-weekday.rss.xml").read_bytes()
    entry = entry[entry.index(b"<item>") : entry.index(b"</item>") + 7]
    assert [objection.rule for objection in check_entry("politik/1", entry, "rss")] == ["wrong-weekday"]


def test_xhtml_of_an_entry_is_checked_whatever_its_prefix() -> None:
    entry = (DATA / "good" / "careful" / "atom.xml").read_text(encoding="utf-8")
    entry = entry[entry.index("<entry>") : entry.index("</entry>") + 8]
    xhtml = '<content type="xhtml"><xhtml:div><xhtml:p>a</xhtml:p>%s</xhtml:div></content>'
    for more, rules in (("", []), ("<xhtml:script>x()</xhtml:script>", ["html-script"])):
        body = re.sub("<content.*</content>", xhtml % more, entry)
        assert [objection.rule for objection in check_entry("1", body.encode(), "atom")] == rules


def test_lines_of_an_entry_are_its_own() -> None:
    entry = b"<entry>\n<id>urn:uuid:0d7c8a52-8f5e-5a57-9a5a-2b6f0a9d1c01</id>\n<title>a &lt; b</title>\n</entry>"
    found = {objection.rule: objection.line for objection in check_entry("1", entry, "atom")}
    assert found["angle-bracket"] == 3


def test_markup_characters_of_a_title_may_be_hexadecimal_references() -> None:
    body = (DATA / "good" / "careful" / "rss.xml").read_text(encoding="utf-8")
    item = body[body.index("<item>") : body.index("</item>") + 7].replace("Rat beschließt", "Q%sA2 im Rat:")
    assert [objection.rule for objection in check_entry("1", (item % "&amp;").encode(), "rss")] == ["markup-in-text"]
    assert not check_entry("1", (item % "&#x26;").encode(), "rss")


@pytest.mark.parametrize("body", [b"", b"<entry>", b"<entry/><entry/>", b"<item/>", b"\xff", b"<entry>&nbsp;</entry>"])
def test_what_is_no_entry_is_an_error(body: bytes) -> None:
    assert any(objection.level == "error" for objection in check_entry("1", body, "atom"))


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b'{"id": 1}', b'"' + b"[" * 100_000, b"[" * 100_000])
def test_what_is_no_json_item_is_an_error(body: bytes) -> None:
    assert any(objection.level == "error" for objection in check_entry("1", body, "json"))


def test_a_json_item_is_checked_with_all_rules() -> None:
    feed = json.loads((DATA / "good" / "careful" / "feed.json").read_bytes())
    item = feed["items"][0]
    assert not check_entry("1", json.dumps(item).encode(), "json")
    item["content_html"] += "<script>x()</script>"
    assert [objection.rule for objection in check_entry("1", json.dumps(item).encode(), "json")] == ["html-script"]


def read_as_rendered(path: Path) -> bytes:
    """A document, with each item of a JSON Feed on a line, as they are rendered."""
    if path.suffix != ".json":
        return path.read_bytes()
    feed = json.loads(path.read_bytes())
    items = ",\n".join(json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in feed.pop("items"))
    return f'{json.dumps(feed, ensure_ascii=False).removesuffix("}")},"items":[\n{items}\n]}}\n'.encode()


@pytest.mark.parametrize("name", ["careful/atom.xml", "careful/rss.xml", "careful/feed.json", "tombstone/atom.xml"])
def test_a_careful_shell_passes(name: str) -> None:
    body = read_as_rendered(DATA / "good" / name)
    assert not list(map(str, check_shell(name.partition("/")[2], body, base_url=BASE_URL)))


@pytest.mark.parametrize(
    "name",
    """duplicate-id.atom.xml duplicate-id.feed.json duplicate-updated.atom.xml stale-feed.atom.xml
    self-location.atom.xml missing-self.rss.xml missing-language.rss.xml misplaced-metadata.atom.xml item-order.rss.xml
    tombstone-and-entry.atom.xml tombstone.atom.xml json-version.feed.json json-next.feed.json xml-base.atom.xml
    encoding.rss.xml doctype.rss.xml unknown-namespace.rss.xml archive-current.atom.xml""".split(),
)
def test_a_shell_is_checked_for_what_is_around_and_between_its_entries(name: str) -> None:
    rule, _, path = name.partition(".")
    body = read_as_rendered(DATA / "bad" / name)
    assert [objection.rule for objection in check_shell(path, body, base_url=BASE_URL)] == [rule]


@pytest.mark.parametrize("name", ["html-script.atom.xml", "wrong-weekday.rss.xml", "json-no-url.feed.json"])
def test_a_shell_does_not_look_into_its_entries(name: str) -> None:
    assert not check_shell(name.partition(".")[2], read_as_rendered(DATA / "bad" / name), base_url=BASE_URL)


def test_a_feed_in_another_form_is_checked_whole() -> None:
    body = (DATA / "bad" / "json-no-url.feed.json").read_bytes()
    assert [objection.rule for objection in check_shell("feed.json", body, base_url=BASE_URL)] == ["json-no-url"]


def test_lines_of_a_shell_are_those_of_its_document() -> None:
    body = (DATA / "bad" / "misplaced-metadata.atom.xml").read_bytes()
    (objection,) = check_shell("atom.xml", body, base_url=BASE_URL)
    assert objection.line == check_document("atom.xml", body, base_url=BASE_URL)[0].line == body.count(b"\n") - 1


def test_entries_with_attributes_are_entries_too() -> None:
    body = (DATA / "bad" / "duplicate-id.atom.xml").read_bytes().replace(b"<entry>", b'<entry xml:lang="de-AT">')
    assert [objection.rule for objection in check_shell("atom.xml", body, base_url=BASE_URL)] == ["duplicate-id"]


def test_entries_without_author_need_one_in_their_feed() -> None:
    body = (DATA / "good" / "careful" / "atom.xml").read_bytes()
    bare = body.replace(b"  <author><name>Redaktion</name></author>\n", b"")
    assert [objection.rule for objection in check_shell("atom.xml", bare, base_url=BASE_URL)] == ["atom-missing"]
    own = bare.replace(b"<entry>", b"<entry><author><name>Erika</name></author>")
    assert not check_shell("atom.xml", own, base_url=BASE_URL)
    assert not check_document("atom.xml", own, base_url=BASE_URL)
