"""Bytes to text: the encodings that German pages were saved in."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.text import decode, normalise, unquote_printable

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
    assert [(what, line) for what, line, _ in decoded.mended] == [("UTF-8 that had been read as Windows-1252", 1)]
    assert decode(TEXT.encode()) == (TEXT, "utf-8", ())


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(TEXT.encode() + "ü".encode()[:1], TEXT, id="cut off within a letter"),
        pytest.param("Die Brücke".encode() + b"\xff wird gebaut", "Die Brücke wird gebaut", id="one of two"),
    ],
)
def test_a_few_bad_bytes_spoil_no_text(mark: bytes, data: bytes, text: str) -> None:
    decoded = decode(mark + data)
    assert decoded is not None
    assert decoded.text == text
    assert [what for what, _, _ in decoded.mended] == ["bytes that are no text, which were left out"]


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize(
    "stray", ["Köln: ", "Die Straße in Kärnten", "„Ja“, sagte er", "10 € – é", "Ä", "ÄÖÜ", "M°", "„Café“", "naïv »so«"]
)
def test_letters_of_another_encoding_within_utf8_are_read(mark: bytes, stray: str) -> None:
    above = "Straße\r\nund Brücke. €\n"
    decoded = decode(
        mark + above.encode() + b"Die " + stray.encode("cp1252") + " Brücke. Süß.\n".encode() + TEXT.encode()
    )
    text = f"{above}Die {stray} Brücke. Süß.\n{TEXT}".replace("\r\n", "\n")
    assert decoded is not None
    assert decoded.text == text
    assert [(what, line) for what, line, _ in decoded.mended] == [("letters in Windows-1252 among those in UTF-8", 3)]
    assert stray.strip() in decoded.mended[0].text


@pytest.mark.parametrize(
    "cut", [b"\xc3", b"\xe2", b"\xe2\x80", b"\xf0\x9f\x98", b"\xef\xbb", b"\xed\xa0\xbd\xed\xb8\x80"]
)
def test_a_sign_that_is_cut_off_is_no_letter_of_another_encoding(cut: bytes) -> None:
    decoded = decode(TEXT.encode() + cut + b"\n" + TEXT.encode())
    assert decoded is not None
    assert decoded.text == f"{TEXT}\n{TEXT}"
    assert [(what, line) for what, line, _ in decoded.mended] == [("bytes that are no text, which were left out", 1)]


@pytest.mark.parametrize("data", [codecs.BOM_UTF16_LE + b"a\0b", codecs.BOM_UTF8 + b"\xff\xfe"])
def test_a_mark_that_lies_is_no_text(data: bytes) -> None:
    assert decode(data) is None


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_none(data: bytes) -> None:
    decoded = decode(data)
    assert decoded is None or decoded.text == normalise(decoded.text)


SHORT = (
    "Sie hätte es gewusst.",
    "Stadtrat beschließt spätere Sanierung",
    "Die Kita kommt später, sagte Söder: Müller habe „größere“ Pläne.",
    "Über die Höhe – und die Kosten – äußert sich niemand; „schön“ sei es für alle 5 €.",
    "Ein Café für alle",
)


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "mac_roman"])
@pytest.mark.parametrize("text", SHORT)
def test_a_short_text_is_read_in_the_encoding_whose_letters_are_within_words(text: str, encoding: str) -> None:
    if encoding == "cp850":
        text = text.translate({ord("„"): '"', ord("“"): '"', ord("–"): "-", ord("€"): "Euro"})
    decoded = decode(text.encode(encoding))
    assert decoded is not None
    assert (decoded.text, decoded.encoding) == (text, encoding)


@pytest.mark.parametrize(
    "text",
    ["„das ist gut“, sagte er", "Der „andere“ sagte: „ja“.", "5 € – und mehr …", "Ein Tag in Málaga", "Š. Muster"],
)
def test_signs_of_windows_at_words_are_no_letters_of_another_encoding(text: str) -> None:
    decoded = decode(text.encode("cp1252"))
    assert decoded is not None
    assert decoded.text == text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"f=FCr die Stra=DFe sp=\n=E4ter", "für die Straße später".encode("cp1252")),
        (b"f=C3=BCr die Stra=C3=9Fe sp=C3=A4ter =3D 5", "für die Straße später = 5".encode()),
        (b"---\nurl: https://a.example/?a=FC&b=x\n---\nf=FCr =E4 =DF\n", None),
    ],
)
def test_what_a_mail_quotes_is_unquoted(data: bytes, text: bytes | None) -> None:
    front = data[: data.rindex(b"---\n") + 4] if text is None else b""
    assert unquote_printable(data) == front + (text or "für ä ß\n".encode("cp1252"))


@pytest.mark.parametrize(
    "data",
    [
        b"f=FCr die Stra=DFe",
        b"f=FCr die Stra=DFe sp=E4ter, a=b",
        "f=FCr die Stra=DFe sp=E4ter, größer".encode(),
        b"x = 5; y = 6; z = 7",
        b'<a href="?a=FC&amp;b=E4&amp;c=DF">a</a>',
    ],
)
def test_what_is_not_all_quoted_is_left_as_it_is(data: bytes) -> None:
    assert unquote_printable(data) is None
