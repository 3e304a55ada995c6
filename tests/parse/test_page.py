"""From a file's bytes to a Page: what can be read, what can't, and that nothing else comes of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.article import list_texts
from feeds.errors import FrontMatterError, SeedError, UnreadableError
from feeds.parse import load_page, parse_page, parse_page_bytes
from feeds.parse.front import EMPTY
from feeds.parse.page import MAX_LINES, MAX_PAGE_BYTES

TEXT = "Bücherei für „alle“\n\nDie Straße ist größer, heißt es. Übermäßig schön sei sie, sagte die Bürgermeisterin.\n"
MEDIA = {"a.txt": "text", "a.html": "html", "A.HTM": "html", "b.md": "markdown", "b": "text"}


def lines_of(data: bytes) -> tuple[str, ...]:
    return parse_page(data, path="a.txt").lines


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings_of_german_pages_are_read(encoding: str) -> None:
    data = TEXT.encode(encoding)
    if encoding == "utf-16-le":
        data = b"\xff\xfe" + data
    assert lines_of(data) == tuple(TEXT.split("\n"))


def test_mojibake_is_mended_and_told() -> None:
    page = parse_page(TEXT.encode().decode("cp1252", "replace").encode(), path="a.txt")
    assert "größer" in "\n".join(page.lines)
    assert [problem.rule for problem in page.problems] == ["mended"]


def test_decomposed_umlauts_soft_hyphens_and_control_characters_are_mended() -> None:
    assert lines_of("U\u0308ber Bu\xadcher\x07\r\nZwei\n".encode()) == ("Über Bucher", "Zwei", "")


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\0\0\0", b"\xef\xbb\xbf"])
def test_empty_file_is_unreadable(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="empty"):
        parse_page(data, path="a.txt")


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 20, b"\x7fELF\x02\x01\x01" + bytes(200)])
def test_binary_file_is_unreadable(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="binary"):
        parse_page(data, path="a.txt")


def test_rich_text_is_unreadable_and_named() -> None:
    with pytest.raises(UnreadableError, match="is RTF") as caught:
        parse_page(b"{\\rtf1\\ansi Stra\\'dfe}", path="a.txt")
    assert caught.value.hint == "save it as plain text in UTF-8"


def test_quoted_printable_text_is_read_and_told() -> None:
    page = parse_page(b"---\nurl: https://a.example/?a=b\n---\nF=FCr die Stra=DFe sp=\n=E4ter\n", path="a.txt")
    assert page.lines == ("Für die Straße später", "")
    assert page.front.url == "https://a.example/?a=b"
    assert [problem.rule for problem in page.problems] == ["mended"]


@pytest.mark.parametrize(("name", "media"), MEDIA.items())
def test_name_tells_the_kind_of_text(name: str, media: str) -> None:
    assert parse_page(b"Text.", path=name).media == media


@pytest.mark.parametrize(
    "start", ["<!DOCTYPE html>", "\n <html lang='de'>", '<?xml version="1.0"?>\n<html>', "<!-- x --><html>"]
)
def test_html_without_its_name_is_told_by_its_start(start: str) -> None:
    assert parse_page(f"{start}<p>Text.".encode(), path="a.txt").media == "html"


def test_text_that_begins_with_a_bracket_is_no_markup() -> None:
    assert parse_page(b"<< Zur Startseite\nText.", path="a.txt").media == "text"


def test_missing_file_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="no such file"):
        load_page(tmp_path / "weg.txt")


def test_name_with_a_nul_is_unreadable() -> None:
    with pytest.raises(UnreadableError, match="can't be read"):
        load_page(Path("a\0b"))


def test_folder_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="is a folder"):
        load_page(tmp_path)


def test_circle_of_links_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(UnreadableError, match="can't be read"):
        load_page(tmp_path / "a")


def test_named_pipe_is_unreadable_and_no_wait(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnreadableError, match="no regular file"):
        load_page(tmp_path / "pipe")


def test_file_without_permission_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "zu.txt"
    path.write_text("Text.")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("root reads everything")
    with pytest.raises(UnreadableError, match="permissions"):
        load_page(path)


def test_file_that_comes_in_pieces_is_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"Ein Text. " * 20)
    read = os.read
    monkeypatch.setattr(os, "read", lambda handle, size: read(handle, min(size, 7)))
    assert load_page(path) == b"Ein Text. " * 20


def test_file_that_grows_beyond_the_limit_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x")
    monkeypatch.setattr(os, "read", lambda _handle, size: b"x" * size)
    with pytest.raises(UnreadableError, match="larger than a page"):
        load_page(path)


def test_too_large_file_is_unreadable_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "gross.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(UnreadableError, match="larger than a page"):
        load_page(path)
    with pytest.raises(UnreadableError, match="larger than a page"):
        parse_page(bytes(MAX_PAGE_BYTES + 1), path="a.txt")


def test_text_of_too_many_lines_is_unreadable_and_no_line_of_another_is_left_out() -> None:
    whole = "Ein Satz steht hier.\n" * (MAX_LINES - 1)
    assert len(lines_of(whole.encode())) == MAX_LINES
    with pytest.raises(UnreadableError, match="200,001 of 200,000 lines"):
        parse_page(whole.encode() + b"\n", path="a.txt")


def test_long_text_is_read_to_its_end() -> None:
    paragraphs = [f"Absatz {number} hat einen Satz." for number in range(13_000)]
    text = "---\ntitle: Lang\npublished: 2024-06-25 14:05\n---\n" + "\n\n".join(paragraphs)
    article = parse_page_bytes(text.encode(), path="a.txt", source=None, zone="UTC", language="de").article
    assert article is not None
    assert list_texts(article) == paragraphs


def read(data: bytes, path: str) -> None:
    """Read any bytes: an article, another kind with its reason, or a deliberate error."""
    try:
        reading = parse_page_bytes(data, path=path, source=None, zone="Europe/Berlin", language="de")
    except SeedError:
        return
    assert (reading.kind == "article") == (reading.article is not None)
    assert (reading.reason is None) == (reading.article is not None)
    str(reading.problems)
    assert all(line >= 1 for line in reading.marks)


PIECES = st.sampled_from(
    [
        *(
            "---\n",
            "+++\n",
            "\n",
            "\n\n",
            "\x00",
            "\ufffe",
            "\u2028",
            "„“",
            "- ",
            "# ",
            "> ",
            "* ",
            "{{",
            "[[",
            "(dpa)",
        ),
        *("MINSK, 25. Juni (BelTA) – ", "25 Juni 2024, 14:05\n", "Politik 11.07.2017 | 14:24\n", "31. Februar 2024"),
        *("Stand: 12.03.2021 14:22 Uhr", "Von Erika Muster\n", "Alle Nachrichten\n", "Foto: dpa\n", "99.99.9999"),
        *("<p>", "<article>", "</div>", "<!doctype html>", "&nbsp;", '<time datetime="2021">', "[a](b)", "![a](b)"),
        *(
            "<script type=application/ld+json>{",
            "<link rel=canonical href=http://[>",
            "<img src=http://[>",
            "<a href=//[x>",
            "url: https://deu.belta.by/a-1-2024\n",
        ),
        "Die Stadt baut einen neuen Weg, und alle freuen sich darüber sehr. ",
    ]
)


@given(st.lists(PIECES | st.text(max_size=20), max_size=40), st.sampled_from(["a.txt", "a.md"]))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_an_article_or_a_reason(pieces: list[str], path: str) -> None:
    read("".join(pieces).encode("utf-8", "surrogatepass"), path)


@given(st.lists(PIECES | st.text(max_size=20), max_size=30))
@settings(max_examples=40, deadline=None)
def test_any_markup_gives_an_article_or_a_reason(pieces: list[str]) -> None:
    read("".join(pieces).encode("utf-8", "surrogatepass"), "a.html")


@given(st.binary(max_size=400))
@settings(max_examples=100, deadline=None)
def test_any_bytes_give_an_article_or_a_reason(data: bytes) -> None:
    read(data, "a.txt")


HOSTILE = {
    "one long line": "Musterstadt " * 20_000,
    "digits": "1." * 120_000,
    "dashes": "-" * 240_000,
    "brackets": "(" * 240_000,
    "places": "MINSK, 25. Juni " * 15_000,
    "stamps": "25 Juni 2024, 14:05\n" * 12_000,
    "datelines": "MINSK, 25. Juni (BelTA) – Text.\n" * 8_000,
    "commas": "A, " * 80_000,
    "captions": "Foto: " * 40_000,
    "names": "Von Erika " * 24_000,
    "links": "[a](" * 60_000,
    "emphasis": "**a " * 60_000,
    "blanks": " \n" * 120_000,
    "items": f"Der Rat tagt{' und tagt' * 10}.\n" + "- a b c\n" * 30_000,
    "consent": "Empfohlener redaktioneller Inhalt\n" * 8_000,
    "signatures": f"Der Weg am Bach\nDer Rat tagt{' und tagt' * 10}.\n" + "Max Muster\n" * 20_000,
    "headlines": f"Der Weg\nDer Rat tagt{' und tagt' * 10}.\n" + "Der Weg\n" * 30_000 + "Er tagt gern.\n",
    "front matter": "---\n" + "a: b\n" * 48_000,
    "aliases": "---\na: &a [x, x]\nb: [*a, *a]\n---\nText.",
    "nested": "---\na: " + "[" * 5_000 + "\n---\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_linear_time(name: str) -> None:
    # No clock here: what takes quadratic time over 240,000 characters takes minutes, and is noticed.
    read(HOSTILE[name].encode(), "a.txt")


def test_deeply_nested_markup_is_read() -> None:
    read(("<html><body>" + "<div>" * 30_000 + "Text." + "</div>" * 30_000).encode(), "a.html")


FRONT = "title: Zweiter\npublished: 2024-06-26"


@pytest.mark.parametrize(
    ("page", "line"),
    [
        (f"---\ntitle: Erster\n---\n---\n{FRONT}\n---\nText.", 5),
        (f"---\ntitle: Erster\n---\nEin Text.\n\n---\n{FRONT}\n---\nText.", 7),
        (f"---\ntitle: Erster\n---\nEin Text.\n{FRONT}\n\nText.", None),
        (f"---\ntitle: Erster\n---\nSo geht es:\n```\n---\n{FRONT}\n---\n```\nText.", None),
        (f"---\ntitle: Erster\n---\n~~~~ yaml\n---\n~~~\n---\n{FRONT}\n~~~~\n\n---\n{FRONT}\n---\n", 13),
        (f"---\ntitle: Erster\n---\n```so``` und so\n---\n{FRONT}\n---\n", 6),
        ("---\ntitle: Erster\n---\nText.\n\n---\ntitle: Ein Titel\nSender: x\n\nMehr.", None),
        ("+++\ntitle = 'Erster'\n+++\nEin Text.\n+++\nurl = 'x'\ntitle = 'y'\n+++\nText.", 6),
        (f"---\ntitle: Erster\n---\n{FRONT}\nhostname: x\n\nEin Text.", None),
        ("---\ntitle: Erster\n---\nEin Text.\n\n---\n\ntitle: allein\n\nMehr.", None),
    ],
)
@pytest.mark.parametrize("path", ["a.txt", "a.md"])
def test_front_matter_of_another_article_within_the_text_is_told(page: str, line: int | None, path: str) -> None:
    lines = [each.line for each in parse_page(page.encode(), path=path).problems if each.rule == "further-front-matter"]
    assert lines == ([] if line is None else [line])


@pytest.mark.parametrize("path", ["a.txt", "a.md", "a.html"])
def test_article_without_a_text_is_told(path: str) -> None:
    front = "---\ntitle: Nur Titel\npublished: 2024-06-25\n{}---\n{}"
    body = "<html><body></body></html>" if path == "a.html" else ""

    def rules(more: str, text: str) -> list[str]:
        data = front.format(more, text).encode()
        return [one.rule for one in parse_page_bytes(data, path=path, source=None, zone="UTC", language="de").problems]

    assert "no-text" in rules("", body)
    assert "no-text" not in rules("status: withdrawn\n", body)
    assert "no-text" not in rules("status: draft\n", body)


@pytest.mark.parametrize("path", ["a.txt", "a.md", "a.html"])
def test_headline_that_is_made_of_the_first_sentence_is_told(path: str) -> None:
    text = "Der Rat hat am Abend ohne Gegenstimme beschlossen, den Weg am Bach im kommenden Frühjahr zu erneuern."

    def rules(more: str) -> list[str]:
        data = f"---\npublished: 2024-06-25\n{more}---\n<p>{text}</p>".encode()
        if path != "a.html":
            data = data.replace(b"<p>", b"").replace(b"</p>", b"")
        return [one.rule for one in parse_page_bytes(data, path=path, source=None, zone="UTC", language="de").problems]

    assert "unknown-headline" in rules("")
    assert "unknown-headline" not in rules("title: Der Weg am Bach\n")
    assert "unknown-headline" not in rules("status: withdrawn\n")


def test_front_matter_that_is_not_closed_is_an_error() -> None:
    with pytest.raises(FrontMatterError, match="not closed"):
        parse_page(b"---\ntitle: a\n", path="a.txt")


@pytest.mark.parametrize("path", ["a.txt", "a.md", "a.html"])
@pytest.mark.parametrize("above", ["\n", " \n\n"])
def test_front_matter_below_an_empty_line_is_an_error(path: str, above: str) -> None:
    with pytest.raises(FrontMatterError, match="below an empty line") as raised:
        parse_page(f"{above}---\nstatus: draft\ntitle: a\n---\nText.".encode(), path=path)
    assert raised.value.line == above.count("\n") + 1


@pytest.mark.parametrize(
    "text", ["\n---\nText.", "\n---\ntitle: a\n\nText.", "\n---", "\nText.\n---\ntitle: a\nurl: b"]
)
def test_rule_below_an_empty_line_is_text(text: str) -> None:
    assert parse_page(text.encode(), path="a.txt").front == EMPTY
