"""Bytes to text: the encodings that German pages were saved in."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.text import decode, normalise

TEXT = (
    "Der Bürgermeister von Köln begrüßte die Gäste: „Schön, dass Sie da sind“, sagte er – für viele überraschend. "
    "Die Straße wird im März geöffnet, hieß es später. Über die Höhe der Kosten äußerte sich niemand."
)
PLAIN = TEXT.replace("„", '"').replace("“", '"').replace("–", "-")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(TEXT.encode(), TEXT, id="UTF-8"),
        pytest.param(codecs.BOM_UTF8 + TEXT.encode(), TEXT, id="UTF-8 with a mark"),
        pytest.param(TEXT.encode("utf-16"), TEXT, id="UTF-16 with a mark"),
        pytest.param(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), TEXT, id="UTF-16 big-endian"),
        pytest.param(TEXT.encode("utf-32"), TEXT, id="UTF-32 with a mark"),
        pytest.param(TEXT.encode("cp1252"), TEXT, id="Windows-1252"),
        pytest.param(PLAIN.encode("latin-1"), PLAIN, id="Latin-1"),
        pytest.param(PLAIN.encode("cp850"), PLAIN, id="DOS"),
        pytest.param(TEXT.encode("mac_roman"), TEXT, id="Macintosh"),
        pytest.param(TEXT.encode().decode("cp1252").encode(), TEXT, id="UTF-8 read as Windows-1252"),
        pytest.param(TEXT.replace(" ", "\r\n").encode(), TEXT.replace(" ", "\n"), id="line ends of Windows"),
        pytest.param(b"", "", id="nothing"),
    ],
)
def test_text_is_read_in_the_encoding_that_it_was_saved_in(data: bytes, text: str) -> None:
    decoded = decode(data)
    assert decoded is not None
    assert decoded.text == text


def test_what_was_mended_is_told() -> None:
    decoded = decode(TEXT.encode().decode("cp1252").encode())
    assert decoded is not None
    assert decoded.mended == ("UTF-8 that had been read as Windows-1252",)
    assert decode(TEXT.encode()) == (TEXT, "utf-8", ())


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(TEXT.encode() + "ü".encode()[:1], TEXT, id="cut off within a letter"),
        pytest.param(b"K\xf6ln: " + TEXT.encode(), f"Kln: {TEXT}", id="with a line in another encoding"),
        pytest.param("Die Brücke".encode() + b"\xff wird gebaut", "Die Brücke wird gebaut", id="one of two"),
    ],
)
def test_a_few_bad_bytes_spoil_no_text(mark: bytes, data: bytes, text: str) -> None:
    decoded = decode(mark + data)
    assert decoded is not None
    assert decoded.text == text
    assert decoded.mended == ("bytes that are no UTF-8",)


@pytest.mark.parametrize("data", [codecs.BOM_UTF16_LE + b"a\0b", codecs.BOM_UTF8 + b"\xff\xfe"])
def test_a_mark_that_lies_is_no_text(data: bytes) -> None:
    assert decode(data) is None


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_none(data: bytes) -> None:
    decoded = decode(data)
    assert decoded is None or decoded.text == normalise(decoded.text)
