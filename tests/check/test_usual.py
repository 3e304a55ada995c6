"""Entries of the usual form: no rule finds a fault in any of them, and entries as we render them are of that form."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feeds.article import Paragraph
from feeds.check import check_entry, rendered
from feeds.check.text import has_clean_characters
from feeds.check.usual import PATTERNS, is_usual
from feeds.feed import Entry, FormatName, Term
from feeds.render.body import render_body
from feeds.render.formats import render_entry
from feeds.text import load_catalogue, normalise

BODIES = {
    "atom": ('<content type="html">', "&lt;p&gt;Ein &amp;amp; Absatz.&lt;/p&gt;"),
    "rss": ("<content:encoded>", "&lt;p&gt;Ein &amp;amp; Absatz.&lt;/p&gt;"),
    "json": ('"content_html":"', "<p>Ein &amp; Absatz.</p>"),
}
TEXTS = st.text().map(lambda text: "x" + normalise(text))
"""As pages give them: characters that may stand in XML, none empty."""
INSTANT = datetime(2024, 6, 25, 12, 5, tzinfo=UTC)


def find_faults(text: str, form: FormatName) -> list[str]:
    """What the rules say where nobody takes an entry for a usual one."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rendered, "is_usual", lambda _text, _form: False)
        return [f"{each.rule}: {each.what} {each.text}" for each in check_entry("x", text.encode(), form)]


def entries(form: FormatName) -> st.SearchStrategy[str]:
    """Texts that the pattern of a format takes, with a body."""
    before, body = BODIES[form]
    # Hypothesis knows no possessive quantifiers; without them a pattern takes the same texts, and more.
    pattern = re.sub(r"([*+])\+", r"\1", PATTERNS[form].pattern)

    def complete(text: str) -> str:
        # No pattern knows which weekday a day was.
        text = re.sub(r"[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4}", "Tue, 25 Jun 2024", text)
        return text.replace(before, before + body, 1)

    return st.from_regex(pattern, fullmatch=True).map(complete)


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
def test_no_rule_finds_a_fault_in_what_is_usual(form: FormatName) -> None:
    found = []

    @given(entries(form))
    def check(text: str) -> None:
        data = text.encode("utf-8", "surrogatepass")
        if has_clean_characters(data) and is_usual(text, form):
            found.append(text)
            assert find_faults(text, form) == []

    check()
    assert found


LINK = "https://example.org/artikel/aywzvlthhr/bruecke-eroeffnet/"


def make_entry(title: str, text: str, name: str = "Erika Muster", link: str = LINK) -> Entry:
    return Entry(
        id="urn:uuid:d4c562a7-eb11-5dfe-9a97-2a167b4a390f",
        guid=None,
        link=link,
        title=title,
        summary=text,
        content=render_body((Paragraph(text), Paragraph("Mehr dazu später.")), load_catalogue("de")),
        published=INSTANT,
        updated=INSTANT,
        authors=(name,),
        categories=(Term("politik", "Politik", "https://example.org/"),),
        language="de",
        tags=("Brücken",),
    )


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
@pytest.mark.parametrize(
    "link",
    [
        LINK,
        LINK.replace("https://example.org/", "http://127.0.0.1:8000/"),
        "https://example.org/atom.xml#artikel/aywzvlthhr/bruecke-eroeffnet/",
        "https://eng.belta.by/a-1-2024",
    ],
)
@pytest.mark.parametrize("text", ["Die Brücke ist offen – nach 3 Jahren.", "Müller & Sohn haben sie gebaut."])
def test_what_we_render_is_usual(form: FormatName, link: str, text: str) -> None:
    entry = make_entry("Brücke eröffnet: „Endlich“, sagt Müller & Sohn", text, link=link)
    assert is_usual(render_entry(entry)[form].decode(), form)


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
@given(TEXTS, TEXTS, TEXTS)
@example("Brücke & Fluss", "Die <b>Brücke</b> &amp; der Fluss", "Muster & Co.")
@example("&uuml;", "&#252;", "a@b.example")
def test_a_usual_entry_that_we_render_has_no_fault(form: FormatName, title: str, text: str, name: str) -> None:
    body = render_entry(make_entry(title, text, name))[form]
    if has_clean_characters(body) and is_usual(body.decode(), form):
        assert find_faults(body.decode(), form) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<p>Mehr", "<p>Mehr<p>"),
        ("<title>Brücke", "<title>&amp;uuml; Brücke"),
        ("2024-06-25T12:05:00Z</published>", "2024-06-25T12:05:01Z</published>"),
        ("2024-06-25T12:05:00Z</published>", "2023-02-29T12:05:00Z</published>"),
        ("Tue, 25 Jun", "Mon, 25 Jun"),
        ("Tue, 25 Jun", "Tue, 31 Jun"),
        ("</id>", "</id><id>a</id>"),
        ("https://example.org/artikel", "https://example.org:80/a rtikel"),
        (">Erika Muster<", ">erika@example.org<"),
        ("</item>", "</item><item/>"),
        ('"tags":["', '"tags":["","'),
        ("</description>", "</description><!-- -->"),
    ],
)
def test_what_is_not_usual_is_looked_at_closely(old: str, new: str) -> None:
    bodies = {
        form: body.decode() for form, body in render_entry(make_entry("Brücke eröffnet", "Sie ist offen.")).items()
    }
    escaped = [(old, new), (old.replace("<p>", "&lt;p&gt;"), new.replace("<p>", "&lt;p&gt;"))]
    changed = [
        (form, body.replace(one, other))
        for form, body in bodies.items()
        for one, other in escaped
        if one in body and one != other
    ]
    assert changed
    for form, text in changed:
        assert not is_usual(text, form), form


@pytest.mark.parametrize("space", ["\n", "\t", "\r"])
@pytest.mark.parametrize("place", ['"tags":["Politik', '"title":"Eine'])
def test_a_line_end_in_a_string_of_json_is_not_usual(space: str, place: str) -> None:
    text = (
        '{"id":"urn:uuid:00000000-0000-4000-8000-000000000000","url":"https://a.example/","title":"Eine Meldung",'
        '"content_html":"<p>Ein Satz.</p>","summary":"Ein Satz.","date_published":"2024-06-25T11:05:00Z",'
        '"date_modified":"2024-06-25T11:05:00Z","authors":[{"name":"Wir"}],"tags":["Politik"],"language":"de"}'
    )
    assert is_usual(text, "json")
    assert not is_usual(text.replace(place, place + space), "json")
    assert not is_usual(text.replace("Ein Satz.</p>", f"Ein{space}Satz.</p>"), "json")
