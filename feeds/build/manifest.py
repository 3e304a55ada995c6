"""What a build wrote, and what it is about to write, noted in the folder itself.

The manifest names the files of ours with the digest and size of what was written, so that those that the site has no
more are removed, and files of others are left alone, even where the library was lost or the site has files of the same
names. The journal names each file before it is touched, and is removed when the manifest tells the same: where there is
one, a run was killed, and the next takes nothing for granted of the files that it names.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from feeds.build.files import Files, explain, write_all

MANIFEST = ".feeds-manifest.json"
JOURNAL = ".feeds-journal"
LINES_AT_ONCE = 1_000

_PLAIN_NAME = re.compile(r"[A-Za-z0-9/._-]+")

Entries = dict[str, tuple[str, int]]
"""File name -> digest and size of what was written; an empty digest where that isn't known."""


def load_manifest(folder: Path) -> Entries:
    """What was written last; nothing where no manifest tells it. Raises OutputError."""
    return read_manifest(folder) or {}


def read_manifest(folder: Path) -> Entries | None:
    """As `load_manifest`, but None where there is a manifest that can't be understood. Raises OutputError."""
    path = folder / MANIFEST
    try:
        data = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise explain(error, path) from error
    except ValueError:
        # Every file is compared by its bytes then; only files that the site has no more stay behind.
        return None
    files = data.get("files") if isinstance(data, dict) else None
    return {str(name): _read(found) for name, found in files.items()} if isinstance(files, dict) else None


def _read(found: object) -> tuple[str, int]:
    if isinstance(found, list) and len(found) == 2 and isinstance(found[0], str) and isinstance(found[1], int):
        return found[0], found[1]
    return "", 0


def write_manifest(files: Files, entries: Entries) -> None:
    """Write it, one line a file, so that it outlives a power cut. Raises OutputError."""
    files.stage_durably(MANIFEST, _render(entries))
    files.settle(MANIFEST)


def _render(entries: Entries) -> Iterator[bytes]:
    names = iter(sorted(entries))
    start = '{"files": {\n'
    while some := list(islice(names, LINES_AT_ONCE)):
        lines = (f'{_quote(name)}: ["{digest}", {size}]' for name in some for digest, size in (entries[name],))
        yield (start + ",\n".join(lines)).encode()
        start = ",\n"
    yield ("\n}}\n" if entries else f"{start}\n}}}}\n").encode()


def _quote(name: str) -> str:
    # Six times as fast as the JSON encoder, for the names that nearly all files have.
    return f'"{name}"' if _PLAIN_NAME.fullmatch(name) else json.dumps(name)


class Journal:
    """The names of the files that a run touches. `names` are those of runs that were killed. Raises OutputError."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / JOURNAL
        self._handle: int | None = None
        self.names = self._load()

    def note(self, name: str) -> None:
        """Note a file before it is touched."""
        try:
            if self._handle is None:
                flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
                self._handle = os.open(self._path, flags, 0o666)
                # Behind a line that the run before could not end.
                write_all(self._handle, b"\n")
            write_all(self._handle, f"{json.dumps(name)}\n".encode())
        except OSError as error:
            raise explain(error, self._path) from error

    def remove(self) -> None:
        """Remove it: the manifest tells everything now."""
        self.close()
        if self._path.is_symlink() or self._path.exists():
            try:
                self._path.unlink()
            except OSError as error:
                raise explain(error, self._path) from error

    def close(self) -> None:
        """Note no more; what was noted stays for the next run."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _load(self) -> frozenset[str]:
        try:
            lines = self._path.read_bytes().split(b"\n")
        except FileNotFoundError:
            return frozenset()
        except OSError as error:
            raise explain(error, self._path) from error
        return frozenset(name for line in lines if (name := _read_name(line)) is not None)


def _read_name(line: bytes) -> str | None:
    """The name in a line; None for one that was cut short, before its file was touched."""
    try:
        name = json.loads(line)
    except ValueError:
        return None
    return name if isinstance(name, str) else None
