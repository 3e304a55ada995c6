"""Whatever is read, objections come back: nothing is raised, fetched, expanded or waited for."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.check import Objection, check_document, check_entry, check_shell
from feeds.check.html import check_html
from feeds.check.nodes import MAX_ATTRIBUTES, parse_xml
from feeds.check.plain_html import is_plain
from feeds.check.rules import Report
from feeds.check.text import check_characters, check_references
from feeds.check.tree import check_tree

DATA = Path(__file__).parents[1] / "data" / "check"
CAREFUL = [path.read_bytes() for path in sorted((DATA / "good" / "careful").iterdir())]
BAD_VALUES = (
    "channel-image.digit.xml cloud.rss.xml enclosure.rss.xml media-value.rss.xml outline-value.feeds.opml skip.rss.xml"
)
VALUED = [*sorted((DATA / "good" / "careful").iterdir()), *(DATA / "bad" / name for name in BAD_VALUES.split())]
FIRST, LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
"""The instants at whose side there is nothing more."""


def are_objections(found: list[Objection]) -> bool:
    return all(isinstance(objection, Objection) and str(objection) for objection in found)


@given(st.binary(max_size=300))
def test_any_bytes_give_objections(body: bytes) -> None:
    assert are_objections(check_document("atom.xml", body))
    assert are_objections(check_shell("atom.xml", body, base_url="https://example.org/"))
    assert are_objections(
        check_entry("1", body, "atom") + check_entry("1", body, "rss") + check_entry("1", body, "json")
    )


@given(st.sampled_from(CAREFUL), st.data())
def test_any_damage_gives_objections(body: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(start, min(len(body), start + 200)))
    damaged = body[:start] + data.draw(st.binary(max_size=20)) + body[end:]
    assert are_objections(check_document("atom.xml", damaged, base_url="https://example.org/"))
    assert are_objections(check_shell("atom.xml", damaged))
    assert are_objections(
        check_tree({"a.xml": lambda: damaged, "b.json": lambda: body}, base_url="https://example.org/")
    )


@given(st.text(alphabet=st.sampled_from("<>/=\"'&;!-?# pabtlihr1\n"), max_size=80))
def test_any_html_gives_objections(html: str) -> None:
    report = Report("")
    check_html(report, 1, html, "content")
    assert are_objections(report.finish())
    if is_plain(html):
        assert not len(report)


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<b>", "</b>", "<ul>", "<li>", "</li>", "</ul>", "<a href='x'>", "</a>", "<br>", "x"]
        ),
        max_size=12,
    )
)
def test_plain_html_is_html_that_the_thorough_check_passes(pieces: list[str]) -> None:
    html = "".join(pieces)
    if is_plain(html):
        report = Report("")
        # The quick answer is put aside, so that the thorough one is heard.
        check_html(report, 1, html + "<!-- -->", "content")
        assert not report.finish()


@pytest.mark.parametrize(
    "body",
    [
        b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><rss>&b;&b;&b;</rss>',
        b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><rss>&x;</rss>',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>&x;</title></channel></rss>',
        b"<a>" * 100_000,
        b"<feed xmlns='http://www.w3.org/2005/Atom'>" + b"<entry>" * 5_000,
        b"<rss " + b"a='b' " * 20_000 + b"/>",
        b"<rss>" + b"<!--" * 100_000,
        b"<?xml " + b" " * 500_000,
        b"<?" * 200_000,
        b"\x00" * 100_000,
        b"\xff\xfe" + b"<\x00" * 10_000,
        b'<?xml version="1.0" encoding="punycode"?><rss/>',
        b'<?xml version="1.0" encoding="zip"?><rss/>',
        b"{" * 100_000,
        b'{"items": [' + b"1" * 10_000 + b"]}",
        b'{"items": [{"id": ' + b"[" * 900 + b"]" * 900 + b"}]}",
    ],
    ids=lambda body: repr(body[:24]),
)
def test_hostile_documents_give_objections(body: bytes) -> None:
    found = check_document("x.xml", body)
    assert any(objection.level == "error" for objection in found)
    assert all("root:" not in str(objection) for objection in found)


@pytest.mark.parametrize(
    "html",
    [
        "<a " * 50_000,
        "<a b='" * 50_000,
        '<a "' * 50_000,
        "<a " + " " * 200_000 + ">",
        "<a " + "b " * 100_000 + ">",
        "<a " + 'b="c"' * 50_000 + ">",
        "<!--" * 50_000,
        "&" * 200_000,
        "&#" * 100_000,
        "<b>" * 20_000 + "</i>" * 20_000,
        "<p><b>" * 20_000,
        "<td>" * 20_000,
        "a" + "&amp" * 50_000,
    ],
    ids=lambda html: html[:12],
)
def test_hostile_html_ends_soon(html: str) -> None:
    report = Report("")
    check_html(report, 1, html, "content")
    assert are_objections(report.finish())


def test_attributes_without_a_value_are_objected_to_once_a_tag() -> None:
    report = Report("")
    # Objecting to each, with the tag around it, took the square of their number: a minute for these.
    check_html(report, 1, "<p " + "hidden " * 1_000_000 + "></p>", "content")
    assert [objection.rule for objection in report.finish()] == ["malformed-html"]


def test_of_an_element_with_thousands_of_attributes_some_are_read() -> None:
    root, _ = parse_xml(b"<rss " + b" ".join(b"a%d='b'" % number for number in range(20_000)) + b"/>")
    assert len(root.attributes) == MAX_ATTRIBUTES


def test_attributes_are_objected_to_in_one_order() -> None:
    found = check_document("x.xml", b"<rss c='' b='' e='' a='' d=''/>")
    told = [str(objection) for objection in found if objection.rule == "unexpected-attribute"]
    assert len(told) == 5
    assert told == sorted(told)


def test_xhtml_within_xhtml_is_kept_once() -> None:
    body = b'<a type="xhtml">' * 200 + b"<b>" + b"x" * 10_000 + b"</b>" + b"</a>" * 200
    root, _ = parse_xml(body)
    assert sum(len(node.inner) for node in root.walk()) < 2 * len(body)


def test_xhtml_with_entities_instructions_and_odd_ends_gives_objections() -> None:
    body = (DATA / "good" / "careful" / "atom.xml").read_text(encoding="utf-8")
    body = body.replace("<feed", '<!DOCTYPE feed SYSTEM "x.dtd"><feed', 1)
    xhtml = '<div xmlns="http://www.w3.org/1999/xhtml">a&nbsp;<p e:a="b" xmlns:e="urn:e">&uuml;<!-- - -->%s</p></div>'
    for more, rules in (
        ("", {"html-attribute"}),
        ("<?php x?>", {"html-attribute", "malformed-html"}),
        ("<br>x</br>", {"html-attribute", "malformed-html"}),
        ("&unbekannt;", {"html-attribute", "malformed-html"}),
    ):
        changed = body.replace('type="html">', f'type="xhtml">{xhtml % more}</content><!--').replace(
            "</content>\n", "-->\n"
        )
        found = {objection.rule for objection in check_document("atom.xml", changed.encode())}
        assert found == {"doctype"} | rules


@pytest.mark.parametrize("odd", ["²", "٣", "-1", "1e999", "9" * 5000, "NaN", "", " ", "\U0001f600", "a" * 100_000])
@pytest.mark.parametrize("path", VALUED, ids=lambda path: path.name)
def test_an_odd_value_at_any_place_gives_objections(path: Path, odd: str) -> None:
    text = path.read_text(encoding="utf-8")
    for place in re.finditer(r'(?<=>)[^<>\n]+(?=<)|(?<==")[^"<>]+(?=")|(?<=: ")[^"]+(?=")|(?<=: )[0-9]+', text):
        body = f"{text[: place.start()]}{odd}{text[place.end() :]}".encode()
        assert are_objections(check_document(path.name, body, base_url="https://example.org/", now=FIRST))
        assert are_objections(check_document(path.name, body, base_url="https://example.org/", now=LAST))


def test_each_forbidden_character_has_its_line() -> None:
    body = b"<rss>\n&#0;\n\n&#1; &#2;\n\xef\xbf\xbe\n\xef\xbf\xbf</rss>"
    report = Report("rss.xml")
    check_characters(report, body)
    check_references(report, body)
    assert sorted(objection.line or 0 for objection in report.finish()) == [2, 4, 4, 5, 6]
