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
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property
from itertools import islice
from pathlib import Path

from feeds.build.files import Files, explain, write_all
from feeds.ownership import find_owner, give

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


class Manifest:
    """What is noted in a folder, understood only as far as is asked. Raises OutputError where it can't be read."""

    def __init__(self, folder: Path) -> None:
        path = folder / MANIFEST
        self._data, self._is_there = b"", True
        try:
            self._data = path.read_bytes()
        except FileNotFoundError:
            self._is_there = False
        except OSError as error:
            raise explain(error, path, "read") from error

    @cached_property
    def entries(self) -> Entries | None:
        """What was written last; nothing where there is no manifest, and None where it can't be understood."""
        if not self._is_there:
            return {}
        try:
            text = self._data.decode()
            found = _read_own(text)
            return _read_any(json.loads(text)) if found is None else found
        except ValueError:
            # Then every file is compared by its bytes, and all whose path has the form of the site's own count as ours.
            return None

    @cached_property
    def lines(self) -> Lines:
        """The same, of a manifest that is as a run wrote it: what nobody asks for is not parsed."""
        return Lines(self._data.decode(errors="replace"))

    @property
    def site(self) -> str | None:
        """The namespace of the site that was written; None where no manifest has it."""
        found = _find_end(self._data[-MAX_END:].decode(errors="replace"))
        return None if found is None or found[1] is None else _read_name(found[1])

    def says(self, entries: Entries, *, site: str | None) -> bool:
        """Whether it is what `write_manifest` writes of these: no line is damaged, doubled, or in another's place."""
        end = 0
        for part in _render(_iterate_lines(entries), site):
            if not self._data.startswith(part, end):
                return False
            end += len(part)
        return end == len(self._data)


class Lines:
    """The lines of a manifest as a run wrote it, one a file, sorted by name: to find one takes a few comparisons.

    A run that changes little asks for a few of a hundred thousand. Of another text, some files or none are found, and
    ValueError is raised where a name is damaged. `is_changed`: they are no longer those that were read.
    """

    def __init__(self, text: str) -> None:
        end = _find_end(text)
        self._lines: list[str] = []
        if end is not None and end.start() > len(_START):
            # Cut when it is split: a copy of the whole text would take as much memory again.
            self._lines = text.split(_BETWEEN)
            self._lines[-1] = self._lines[-1].removesuffix(end[0])
            self._lines[0] = self._lines[0].removeprefix(_START)
        self.is_changed = False

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def names(self) -> Iterator[str]:
        """The names of the files, sorted."""
        return map(_name_of, self._lines)

    def parse(self) -> Entries:
        """All entries."""
        return {_name_of(line): _entry_of(line) for line in self._lines}

    def find(self, name: str) -> str | None:
        """The entry of a file, None where it has none."""
        found = self._lines[self._locate(name)]
        return _entry_of(found[0]) if found else None

    def put(self, name: str, entry: str) -> None:
        """Set the entry of a file."""
        self._replace(name, [f"{json.dumps(name)}: {entry}"])

    def remove(self, name: str) -> bool:
        """Remove the entry of a file; whether it had one."""
        return bool(self._replace(name, []))

    def _replace(self, name: str, lines: list[str]) -> list[str]:
        """Put these in place of the line of a file; what was there."""
        place = self._locate(name)
        found = self._lines[place]
        if found != lines:
            self._lines[place] = lines
            self.is_changed = True
        return found

    def _locate(self, name: str) -> slice:
        """Where the line of a file is, or, of no length, where it belongs."""
        start = bisect_left(self._lines, name, key=_name_of)
        return slice(start, start + (start < len(self) and _name_of(self._lines[start]) == name))


def load_manifest(folder: Path) -> Entries:
    """What was written last; nothing where there is no manifest. Raises OutputError."""
    return Manifest(folder).entries or {}


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


def _read_own(text: str) -> Entries | None:
    """The entries of a manifest as `write_manifest` writes it, or None for another text: quicker than JSON."""
    entries: Entries = {}
    end = 0
    while end < len(text):
        # Some lines at a time: a list of all matches would be as large as all the rest.
        start, end = end, text.find("\n", end + CHARACTERS_AT_ONCE) + 1 or len(text)
        entries.update(_ENTRY.findall(text, start, end))
    # Nothing was skipped: quotes, colon and blank are four characters an entry.
    tail = _find_end(text)
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


def _find_end(text: str) -> re.Match[str] | None:
    """The end of a manifest as `write_manifest` writes it; None in another text."""
    return _END.search(text, max(0, len(text) - MAX_END))


def _name_of(line: str) -> str:
    """The name in a line of a manifest."""
    quoted = line.rpartition(": [")[0]
    return str(json.loads(quoted)) if "\\" in quoted else quoted[1:-1]


def _entry_of(line: str) -> str:
    return f"[{line.rpartition(': [')[2]}"


def write_manifest(files: Files, entries: Entries | Lines, *, site: str | None = None) -> None:
    """Write it, one line a file, so that it outlives a power cut; `site` names what was written. Raises OutputError."""
    lines = entries if isinstance(entries, Lines) else _iterate_lines(entries)
    files.stage_durably(MANIFEST, _render(lines, site))
    files.settle(MANIFEST)


def _iterate_lines(entries: Entries) -> Iterator[str]:
    names = iter(sorted(entries))
    while some := list(islice(names, LINES_AT_ONCE)):
        # Nearly all names need no escape; to ask of each takes longer than to write it.
        quoted = some if _PLAIN_NAMES.fullmatch("".join(some)) else [json.dumps(name)[1:-1] for name in some]
        yield from [f'"{own}": {entries[name]}' for own, name in zip(quoted, some, strict=True)]


def _render(lines: Iterable[str], site: str | None) -> Iterator[bytes]:
    rest, before = iter(lines), _START
    while some := _BETWEEN.join(islice(rest, LINES_AT_ONCE)):
        yield (before + some).encode()
        before = _BETWEEN
    named = "" if site is None else f', "site": {json.dumps(site)}'
    yield f"{before if before == _START else ''}\n}}{named}}}\n".encode()


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
                give(self._handle, find_owner(self._path.parent))
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


def _read_name(text: str | bytes) -> str | None:
    """The name that this is the JSON of; None where it is damaged, or was cut short before its file was touched."""
    try:
        name = json.loads(text)
    except ValueError:
        return None
    return name if isinstance(name, str) else None
