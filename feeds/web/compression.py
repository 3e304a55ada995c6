"""Compression: each document once, never during a request; quickly if it may change, as small as possible if not."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Callable
from dataclasses import dataclass

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MIN_BYTES = 200
"""A smaller body is not coded: it fits into the packet that its headers need."""


@dataclass(frozen=True, slots=True)
class Coding:
    """A content coding: its name in HTTP, its suffix in entity tags and of files, and its two strengths."""

    name: str
    tag_suffix: str
    file_suffix: str
    quick: Callable[[bytes], bytes]
    best: Callable[[bytes], bytes]


def _gzip(level: int) -> Callable[[bytes], bytes]:
    return lambda body: gzip.compress(body, level, mtime=0)


def _brotli(quality: int) -> Callable[[bytes], bytes]:
    return lambda body: brotli.compress(body, quality=quality)


def _zstd(level: int) -> Callable[[bytes], bytes]:
    return lambda body: zstd.compress(body, level)


CODINGS = (
    Coding("gzip", "-gz", ".gz", _gzip(6), _gzip(9)),
    # Quality 11 takes eighteen times as long as 9 for six hundredths less.
    Coding("br", "-br", ".br", _brotli(5), _brotli(9)),
    Coding("zstd", "-zstd", ".zst", _zstd(6), _zstd(19)),
)
_PACKED = ("image/png", "image/jpeg", "image/webp", "image/gif", "image/avif")


def compress(body: bytes, media_type: str, *, best: bool = False) -> dict[str, bytes]:
    """The body in every coding that makes it smaller, by the coding's name."""
    if len(body) < MIN_BYTES or media_type in _PACKED:
        return {}
    coded = {coding.name: (coding.best if best else coding.quick)(body) for coding in CODINGS}
    return {name: found for name, found in coded.items() if len(found) < len(body)}
