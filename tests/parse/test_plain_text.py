"""The short road of decoding says what the long one says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from feeds.text import decode, decode_plain


@given(st.text(st.sampled_from("aZ9 \n\t\räöüß„“–\xa0\xad\u0308u\x85ÃÂ¼â€™é\x07\ufeff€")))
def test_plain_text_is_decoded_alike_on_both_roads(text: str) -> None:
    plain = decode_plain(text.encode())
    assert plain is None or decode(text.encode()) == (plain, "utf-8", ())


def test_german_text_is_plain() -> None:
    assert decode_plain("Größe „ja“ – 3 °C\r\n".encode()) == "Größe „ja“ – 3 °C\n"
    assert decode_plain("Größe".encode("cp1252")) is None
    assert decode_plain(b"a\rb") is None
