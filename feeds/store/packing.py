"""The texts of articles as the library keeps them: with checksums, and compressed where they are most of its room.

Raises DamagedError.
"""

from __future__ import annotations

import struct
import sys
import zlib
from collections.abc import Mapping

from feeds.feed import FORMAT_NAMES, FormatName

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_LEVEL = 1
"""Higher levels take longer and gain next to nothing on texts that are this short."""
_LENGTHS = struct.Struct("<4I")
_CHECKSUM_LENGTH = 4
_OPTIONS: dict[int, int] = {
    zstd.CompressionParameter.compression_level: _LEVEL,
    zstd.CompressionParameter.checksum_flag: 1,
}
"""With a checksum: a disk's wrong bit in a text decompresses to another text, and nothing else would see it."""
# One for all: to set one up costs as much as to compress an article. It is locked while it compresses a frame.
_compressor = zstd.ZstdCompressor(options=_OPTIONS)


class DamagedError(ValueError):
    """What is kept of an article is not what was packed: bytes of the library's file changed on the disk."""


def pack_entry(record: str, bodies: Mapping[FormatName, bytes]) -> bytes:
    """What is published of an article: its JSON (feeds.article.dump_article), and its entry in each of the formats.

    Together they compress to a sixth of their bytes, one by one to half.
    """
    parts = (record.encode(), *(bodies[format_name] for format_name in FORMAT_NAMES))
    return _compressor.compress(b"".join((_LENGTHS.pack(*map(len, parts)), *parts)), zstd.ZstdCompressor.FLUSH_FRAME)


def unpack_bodies(data: bytes) -> dict[FormatName, bytes]:
    """The entry in each format, of what `pack_entry` packed."""
    whole = _unpack(data)
    start, *lengths = _LENGTHS.unpack_from(whole)
    start += _LENGTHS.size
    bodies: dict[FormatName, bytes] = {}
    for format_name, length in zip(FORMAT_NAMES, lengths, strict=True):
        bodies[format_name] = whole[start : start + length]
        start += length
    return bodies


def pack_text(text: str) -> bytes:
    """A text by itself, with a checksum; not compressed, for it is read soon, and kept again with its entry."""
    data = text.encode()
    return data + zlib.crc32(data).to_bytes(_CHECKSUM_LENGTH)


def unpack_text(data: bytes) -> str:
    """The text that `pack_text` packed."""
    text, checksum = data[:-_CHECKSUM_LENGTH], data[-_CHECKSUM_LENGTH:]
    if zlib.crc32(text) != int.from_bytes(checksum):
        raise DamagedError("what is kept of an article is damaged")
    return text.decode()


def unpack_record(data: bytes) -> str:
    """The JSON of the article, of what `pack_entry` packed."""
    whole = _unpack(data)
    return whole[_LENGTHS.size : _LENGTHS.size + _LENGTHS.unpack_from(whole)[0]].decode()


def _unpack(data: bytes) -> bytes:
    # `zstd.decompress` looks for further frames, which takes it twice as long.
    decompressor = zstd.ZstdDecompressor()
    try:
        whole = decompressor.decompress(data)
    except zstd.ZstdError as error:
        raise DamagedError(f"what is kept of an article is damaged: {error}") from error
    if not decompressor.eof:
        raise DamagedError("what is kept of an article ends too early")
    return whole
