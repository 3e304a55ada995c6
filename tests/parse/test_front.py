"""Front matter: what is read, and what is refused with its line; cases in tests/data/parse/front."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feeds.errors import FrontMatterError
from feeds.parse import parse_page, parse_page_bytes
from feeds.parse.front import EMPTY, parse_front_matter
from feeds.text import clean_line

DATA = Path(__file__).parent.parent / "data" / "parse" / "front"
VALID = sorted(DATA.glob("valid/*.txt"))
INVALID = sorted(DATA.glob("invalid/*.txt"))


def test_there_are_cases() -> None:
    assert len(VALID) > 5
    assert len(INVALID) > 5


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_valid_front_matter_reads_as_expected(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    page = parse_page(path.read_bytes(), path=path.name)
    got = {
        name: list(value) if isinstance(value := getattr(page.front, name), tuple) else value
        for name in EMPTY.__slots__
        if name != "lines" and getattr(page.front, name) != getattr(EMPTY, name)
    }
    assert got == {name: value for name, value in expected.items() if not name.startswith("_")}
    assert page.first_line == expected.get("_first_line", page.first_line)
    assert list(page.lines) == expected.get("_lines", list(page.lines))
    assert [str(problem) for problem in page.problems] == expected.get("_problems", [])


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_invalid_front_matter_is_refused_with_file_and_line(path: Path) -> None:
    line, what = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    with pytest.raises(FrontMatterError, match=what) as caught:
        parse_page(path.read_bytes(), path=path.name)
    assert (caught.value.path, caught.value.line) == (path.name, line)
    assert caught.value.hint


def test_all_that_is_wrong_is_told_at_once() -> None:
    text = """status: x
access: halb
url: nirgends
language: d-
title: {a: b}
published: gestern
draft: vielleicht
updated: 2024-02-31
accept: date-moved, alles"""
    with pytest.raises(FrontMatterError) as caught:
        parse_page(f"---\n{text}\n---\nText.".encode(), path="a.txt")
    lines = [(error.line, error.what.partition(" ")[0]) for error in (caught.value, *caught.value.others)]
    names = ["status", "access", "url", "language", "title", "published:", "draft", "updated:", "accept"]
    assert lines == list(enumerate(names, 2))
    assert str(caught.value).count("a.txt:") == len(names)


def test_list_is_shown_as_it_is_written() -> None:
    with pytest.raises(FrontMatterError) as caught:
        parse_page(b"---\ntitle: [a, b]\n---\nText.", path="a.txt")
    assert caught.value.text == '["a", "b"]'


def test_both_dates_are_told_at_once() -> None:
    text = "---\npublished: 2024-02-31\nupdated: morgen\n---\nText."
    with pytest.raises(FrontMatterError) as caught:
        parse_page_bytes(text.encode(), path="a.txt", source=None, zone="Europe/Berlin", language="de")
    assert [error.line for error in (caught.value, *caught.value.others)] == [2, 3]


@pytest.mark.parametrize(
    "text",
    [
        '{"title": "Ein Titel"}\n\nEin Text.\n',
        '{\n  "title": "x",\n  "tags": ["y"]\n} \nText',
        '{"title": "Ein Titel"}',
    ],
)
def test_front_matter_in_json_is_refused_in_markdown_alone(text: str) -> None:
    with pytest.raises(FrontMatterError, match="the front matter is JSON") as caught:
        parse_page(text.encode(), path="a.md")
    assert (caught.value.line, caught.value.path) == (1, "a.md")
    assert str(caught.value.hint).startswith("write it as YAML")
    assert parse_page(text.encode(), path="a.txt").lines == tuple(text.split("\n"))
    begins = ("{}\n\nEin Text.\n", '{"a": 1} ist JSON, und dieser Artikel\nsagt, was das ist.\n')
    for other in ('{{< figure src="a.png" >}}\n', '{"title": \n', "{" * 100_000, *begins):
        assert parse_page(other.encode(), path="a.md").lines[0] == other.partition("\n")[0]


KEYS = st.sampled_from(["title", "category", "reason", "id"])
TEXTS = st.text(st.sampled_from("aB1 :#-'\"[]{}&*!|>%@`,?\\äß~."), max_size=12)


@given(st.dictionaries(KEYS, TEXTS, max_size=3))
def test_plain_road_says_what_yaml_says(values: dict[str, str]) -> None:
    lines = [f"{key}: {value}" for key, value in values.items()]
    answers: list[tuple[str | None, ...] | None] = []
    # A list beside them sends the same lines the long road.
    for text in ("\n".join(lines), "\n".join([*lines, "tags: [a]"])):
        try:
            front, _ = parse_front_matter("---", text, path="a.txt", markdown=False)
        except FrontMatterError:
            answers.append(None)
        else:
            answers.append((front.title, front.category, front.reason, front.id))
    assert answers[0] == answers[1]


@given(
    st.text(st.sampled_from("aB1 :#-'\"[]{}&?\\äß„“"), min_size=1, max_size=20).filter(
        lambda text: " #" not in f" {text}"
    )
)
def test_a_headline_with_a_colon_needs_no_quotes(text: str) -> None:
    headline = f"Brand in Lindau: {text}"
    front, (problem,) = parse_front_matter("---", f"id: 4711\ntitle: {headline}", path="a.txt", markdown=False)
    assert front.title == clean_line(headline)
    assert (problem.rule, problem.line) == ("mended", 3)
    # What it says to write is right.
    line = str(problem.hint).removeprefix("write ")
    assert parse_front_matter("---", line, path="a.txt", markdown=False)[0].title == front.title


@example("a: \u2028\u2028b: c: d")
@given(st.text(max_size=80))
def test_any_text_is_front_matter_or_refused(text: str) -> None:
    told = []
    for mark in ("---", "+++"):
        try:
            parse_front_matter(mark, text, path="a.txt", markdown=True)
        except FrontMatterError as error:
            told.append(error.line)
    assert all(line is not None and line >= 1 for line in told)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_author_and_summary_are_known_in_every_file(name: str) -> None:
    page = parse_page(b"---\nauthor: Erika Muster, Max Probe\nsummary: Kurz gesagt.\n---\n<p>Text.</p>", path=name)
    assert (page.front.authors, page.front.summary) == (("Erika Muster", "Max Probe"), "Kurz gesagt.")
    assert page.problems == ()


@pytest.mark.parametrize(
    ("key", "name", "hint"),
    [
        ("authr", "a.txt", "did you mean author?"),
        ("authr", "a.md", "did you mean author?"),
        ("lastmodd", "a.md", "did you mean lastmod?"),
        ("date", "a.txt", "did you mean published?"),
        ("foo", "a.md", "known here: .* lastmod, categories"),
        ("foo", "a.txt", "known here: .* summary, draft, author$"),
    ],
)
def test_unknown_key_is_told_with_those_that_are_known_in_its_kind_of_file(key: str, name: str, hint: str) -> None:
    (problem,) = parse_page(f"---\n{key}: x\n---\nText.".encode(), path=name).problems
    assert re.match(hint, problem.hint or "")


@pytest.mark.parametrize(
    ("keys", "category", "tags"),
    [
        (["categories: [A, B, C]"], "A", {"B", "C"}),
        (["categories: [A, B]", "tags: [T]"], "A", {"B", "T"}),
        (["categories: [A, B]", "tags: [B, T]"], "A", {"B", "T"}),
        (["categories: [A, B]", "category: K"], "K", {"A", "B"}),
        (["categories: [A, B]", "category: B"], "B", {"A"}),
        (["categories: [A, B]", "category: ''"], "A", {"B"}),
        (["categories: A"], "A", set()),
    ],
)
def test_no_category_is_lost_whatever_other_keys_say_and_where(keys: list[str], category: str, tags: set[str]) -> None:
    for lines in (keys, keys[::-1]):
        front = parse_page("\n".join(["---", *lines, "---", "Text."]).encode(), path="a.md").front
        assert (front.category, set(front.tags)) == (category, tags)


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("published: 0000-00-00", "published: a day of the year zero"),
        ("published: Freitag, 20. November", "published: a day without a year"),
        ("published: 20. November, 14 Uhr", "published: a day without a year"),
        ("published: heute, 14 Uhr", "published: a date relative to an instant that is not known"),
        ("categories: {a: b}", "categories is a text or a list of texts, and no table"),
        ("tags: [a, [b]]", "tags is a text or a list of texts, and no table"),
    ],
)
def test_what_is_wrong_is_called_by_its_name(line: str, what: str) -> None:
    with pytest.raises(FrontMatterError) as caught:
        parse_page_bytes(f"---\n{line}\n---\nText.".encode(), path="a.md", source=None, zone="UTC", language="de")
    assert caught.value.what.startswith(what)
