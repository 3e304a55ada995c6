"""The templates as Jinja2 compiled them, kept where Python keeps compiled modules, and under the same conditions.

To compile those of one article takes longer than all else that a run with one new article does for its pages. What a
template is compiled to depends on its text, on Jinja2, and on the words that are folded into it; where one of them is
another, it is compiled again.
"""

from __future__ import annotations

import contextlib
import os
import sys
from importlib.util import cache_from_source
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from feeds.text import Catalogue, digest, digest_bytes

_DIGEST_LENGTH = 64


class CompiledTemplates(BytecodeCache):
    """Reads and writes compiled templates that hold words of a catalogue, one file for a template and a language.

    A file begins with the digest of all that follows: Python's format for code takes damaged bytes for other code.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        # As Python tells sources apart. No version: to find that out takes as long as to compile a small template.
        status = Path(jinja2.__file__).stat()
        words = (f"{key}\0{text}" for key, text in sorted(catalogue.words.items()))
        self._depends = digest(str(status.st_size), str(status.st_mtime_ns), *words)
        self._language = catalogue.language

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The file in which a template is kept."""
        # In `__pycache__`, or in a folder of the user's, by a name that tells versions of Python apart.
        return cache_from_source(f"{(filename or name).removesuffix('.jinja')}.{self._language}.jinja")

    def get_source_checksum(self, source: str) -> str:
        """What changes where a template with this text would be compiled to something else."""
        return digest(self._depends, source)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what was compiled earlier, if it is there, and as it was written."""
        with contextlib.suppress(OSError):
            data = Path(bucket.key).read_bytes()
            code = data[_DIGEST_LENGTH:]
            if data[:_DIGEST_LENGTH] == digest_bytes(code).encode():
                bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled, if Python is to keep such things, and can."""
        if sys.dont_write_bytecode:
            return
        path = Path(bucket.key)
        temporary = path.with_suffix(f".{os.getpid()}")
        code = bucket.bytecode_to_string()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(digest_bytes(code).encode() + code)
            temporary.replace(path)
        except OSError:
            # As in a package of the system, where only others may write: each run compiles.
            with contextlib.suppress(OSError):
                temporary.unlink()
