"""What is kept of an article, packed and unpacked."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.feed import FORMAT_NAMES, FormatName
from feeds.store.packing import DamagedError, pack_entry, pack_text, unpack_bodies, unpack_record, unpack_text

bodies = st.fixed_dictionaries({name: st.binary(max_size=300) for name in FORMAT_NAMES})


@given(st.text(), bodies)
def test_what_is_packed_comes_out_as_it_was(record: str, said: dict[FormatName, bytes]) -> None:
    packed = pack_entry(record, said)
    assert unpack_record(packed) == record
    assert unpack_bodies(packed) == said


@given(st.text())
def test_a_text_by_itself_comes_out_as_it_was(text: str) -> None:
    assert unpack_text(pack_text(text)) == text


def test_formats_that_say_the_same_take_the_room_of_one() -> None:
    text = "".join(f"Satz {number} steht nur einmal da, und {number * 7919 % 997} auch. " for number in range(80))
    alone = len(pack_entry("", {"atom": text.encode(), "rss": b"", "json": b""}))
    assert len(pack_entry(text, dict.fromkeys(FORMAT_NAMES, text.encode()))) < 1.2 * alone


def test_what_ends_too_early_is_an_error_and_no_shorter_text() -> None:
    packed = pack_entry("{}", dict.fromkeys(FORMAT_NAMES, bytes(range(200))))
    with pytest.raises(DamagedError, match="ends too early"):
        unpack_bodies(packed[:-9])


@given(st.data())
def test_a_wrong_bit_is_an_error_and_no_other_text(data: st.DataObject) -> None:
    text = "".join(f"Satz {number} steht nur einmal da, und {number * 7919 % 997} auch. " for number in range(20))
    packed = bytearray(pack_entry("{}", dict.fromkeys(FORMAT_NAMES, text.encode())))
    place = data.draw(st.integers(0, len(packed) - 1))
    packed[place] ^= 1 << data.draw(st.integers(0, 7))
    with contextlib.suppress(DamagedError):
        # A few bits of the frame's head say nothing about what is in it.
        assert unpack_bodies(bytes(packed)) == dict.fromkeys(FORMAT_NAMES, text.encode())
