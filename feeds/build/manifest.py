"""What a build wrote, and what it is about to write, noted in the folder itself.

The manifest names the files of ours with the digest and size of what was written, so that those that the site has no
more are removed, and files of others are left alone, even where the library was lost or the site has files of the same
names. The journal names each file before it is touched, and is removed when the manifest says the same: if there is
one, a run was killed, and the next one takes nothing for granted about the files that it names.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path

from feeds.build.files import Files, explain, write_all

MANIFEST = ".feeds-manifest.json"
JOURNAL = ".feeds-journal"
LINES_AT_ONCE = 1_000
CHARACTERS_AT_ONCE = 100_000

_START, _BETWEEN = '{"files": {\n', ",\n"
_END = re.compile(r'\n\}(?:, "site": ("(?:[^"\\\n]|\\.)*"))?\}\n\Z')
MAX_END = 4_096
"""Bytes at the end of a manifest that hold the name of the site."""
_DESCRIBED = r'\["[0-9a-f]*", [0-9]+\]'
_ENTRY = re.compile(rf'"([^"\\\n]+)": ({_DESCRIBED})')
_PLAIN_NAMES = re.compile(r"[A-Za-z0-9/._-]*")

Entries = dict[str, str]
"""File name -> digest and size of what was written, as in the manifest (`describe`).

Texts, and not two values each: most entries are only passed on, and a national archive has a million.
"""


def describe(digest: str, size: int) -> str:
    """A file's value in the manifest."""
    return f'["{digest}", {size}]'


UNKNOWN = describe("", 0)
"""The value of a file of ours whose bytes may be any."""


def digest_of(entry: str) -> str:
    """The digest of a file by its entry; empty where it isn't known."""
    return entry.split('"', 2)[1]


def load_manifest(folder: Path) -> Entries:
    """What was written last; nothing where there is no manifest. Raises OutputError."""
    return read_manifest(folder) or {}


def look_up(folder: Path) -> Callable[[str], tuple[str, int] | None]:
    """A function that gives digest and size of a file as last written, by its name; None where they aren't known.

    The manifest is read with the first question, and nothing taken from it where a run was killed. Raises OutputError.
    """

    @cache
    def load() -> Entries:
        return {} if (folder / JOURNAL).exists() else load_manifest(folder)

    def find(name: str) -> tuple[str, int] | None:
        entry = load().get(name, UNKNOWN)
        digest, size = json.loads(entry)
        return (digest, size) if digest else None

    return find


def read_manifest(folder: Path) -> Entries | None:
    """As `load_manifest`, but None where there is a manifest that can't be understood. Raises OutputError."""
    path = folder / MANIFEST
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise explain(error, path, "read") from error
    try:
        text = data.decode()
        found = _read_own(text)
        return _read_any(json.loads(text)) if found is None else found
    except ValueError:
        # Then every file is compared by its bytes, and all whose path has the form of the site's own count as ours.
        return None


def read_site(folder: Path) -> str | None:
    """The namespace of the site that was written; None where no manifest has it. Raises OutputError."""
    path = folder / MANIFEST
    try:
        with path.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - MAX_END))
            found = _END.search(file.read().decode(errors="replace"))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise explain(error, path, "read") from error
    return None if found is None or found[1] is None else str(json.loads(found[1]))


def _read_own(text: str) -> Entries | None:
    """The entries of a manifest as `write_manifest` writes it, or None for another text: quicker than JSON."""
    entries: Entries = {}
    end = 0
    while end < len(text):
        # Some lines at a time: a list of all matches would be as large as all the rest.
        start, end = end, text.find("\n", end + CHARACTERS_AT_ONCE) + 1 or len(text)
        entries.update(_ENTRY.findall(text, start, end))
    # Nothing was skipped: quotes, colon and blank are four characters an entry.
    tail = _END.search(text, max(0, len(text) - MAX_END))
    if tail is None or not text.startswith(_START):
        return None
    size = len(_START) + len(tail[0]) + max(0, len(entries) - 1) * len(_BETWEEN) + len(entries) * 4
    is_whole = size + sum(map(len, entries)) + sum(map(len, entries.values())) == len(text)
    return entries if is_whole else None


def _read_any(data: object) -> Entries | None:
    files = data.get("files") if isinstance(data, dict) else None
    return {name: _read(found) for name, found in files.items()} if isinstance(files, dict) else None


def _read(found: object) -> str:
    entry = json.dumps(found)
    return entry if re.fullmatch(_DESCRIBED, entry) else UNKNOWN


def write_manifest(files: Files, entries: Entries, *, site: str | None = None) -> None:
    """Write it, one line a file, so that it outlives a power cut; `site` names what was written. Raises OutputError."""
    files.stage_durably(MANIFEST, _render(entries, site))
    files.settle(MANIFEST)


def _render(entries: Entries, site: str | None) -> Iterator[bytes]:
    names = iter(sorted(entries))
    start = _START
    while some := list(islice(names, LINES_AT_ONCE)):
        # Nearly all names need no escape; to ask of each takes longer than to write it.
        quoted = some if _PLAIN_NAMES.fullmatch("".join(some)) else [json.dumps(name)[1:-1] for name in some]
        lines = [f'"{own}": {entries[name]}' for own, name in zip(quoted, some, strict=True)]
        yield (start + _BETWEEN.join(lines)).encode()
        start = _BETWEEN
    named = "" if site is None else f', "site": {json.dumps(site)}'
    yield f"{'' if entries else _START}\n}}{named}}}\n".encode()


class Journal:
    """The names of the files that a run touches. `names` are those that killed runs left. Raises OutputError."""

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
                # After a line that the last run may not have finished.
                write_all(self._handle, b"\n")
            write_all(self._handle, f"{json.dumps(name)}\n".encode())
        except OSError as error:
            raise explain(error, self._path) from error

    def remove(self) -> None:
        """Remove it: the manifest says everything now."""
        self.close()
        if self._path.is_symlink() or self._path.exists():
            try:
                self._path.unlink()
            except OSError as error:
                raise explain(error, self._path) from error

    def close(self) -> None:
        """Stop noting; what was noted stays for the next run."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _load(self) -> frozenset[str]:
        try:
            lines = self._path.read_bytes().split(b"\n")
        except FileNotFoundError:
            return frozenset()
        except OSError as error:
            raise explain(error, self._path, "read") from error
        return frozenset(name for line in lines if (name := _read_name(line)) is not None)


def _read_name(line: bytes) -> str | None:
    """The name in a line; None for one that was cut short, before its file was touched."""
    try:
        name = json.loads(line)
    except ValueError:
        return None
    return name if isinstance(name, str) else None
