"""What a static host needs beside a build to answer as the server does: compressed copies, and its configuration.

Each copy has the modification time of its original. A manifest in the folder has the digest of everything written here.
By it, what was lost or damaged is made again, a later build without copies removes them before they are older than
their originals, and files that others put there are neither overwritten nor removed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from feeds.build import HOSTING_MANIFEST, BuildReport, Files, Output, load_hosted, path_of_file
from feeds.progress import Progress
from feeds.site import Site
from feeds.site.static import find_media_type
from feeds.text import digest_bytes
from feeds.web.compression import CODINGS, compress
from feeds.web.hosts import render_settings
from feeds.web.hosts.facts import LOADED_ONCE, PRIVATE

_SUFFIXES = frozenset(coding.file_suffix for coding in CODINGS)


@dataclass(slots=True)
class Hosting:
    """How many files got new copies (`made`), how many kept theirs (`kept`), and which files were written or removed.

    `others` are files in the way that no build wrote: they were left alone. `is_wanted` is False for a run that only
    removed what an earlier one had left for hosts.
    """

    is_wanted: bool = True
    made: int = 0
    kept: int = 0
    files: BuildReport = field(default_factory=BuildReport)
    others: list[str] = field(default_factory=list)

    def summarise(self) -> str:
        """One line of counts."""
        removed = f"{len(self.files.removed)} copies and settings of hosts removed"
        if not self.is_wanted:
            return removed
        written = [name for name in self.files.list_written() if name in PRIVATE]
        parts = [f"{self.made} files compressed, {self.kept} as they were"]
        parts += [f"{', '.join(written)} written"] if written else []
        parts += [removed] if self.files.removed else []
        return "; ".join(parts)

    def say_reload(self) -> str | None:
        """What is to be done about settings that a running host has read already, if they changed."""
        changed = [name for name in LOADED_ONCE if name in self.files.changed]
        if not changed:
            return None
        programs = " and ".join(LOADED_ONCE[name] for name in changed)
        return f"{' and '.join(changed)} changed: reload {programs}, or old addresses are answered as before"


def write_hosting(site: Site, output: Output, *, progress: Progress) -> Hosting:
    """Write the compressed copies of a build's files and the configuration of hosts beside them. Raises OutputError.

    Where the output is a dry run, nothing is written here either.
    """
    place = _Place(site, output)
    stale = [name for name, digest in sorted(output.digests.items()) if not place.keep_copies(name, digest)]
    settings = render_settings(site)
    fresh = [name for name, body in settings.items() if not place.has(name, body)]
    place.expect([*(copy for name in stale for copy in _list_copies(name)), *fresh])
    for number, name in enumerate(stale, 1):
        place.code(name, _load(site, output, name))
        progress("compressing", number, len(stale))
    for name, body in settings.items():
        place.put(name, body)
    place.complete()
    kept = len(output.digests) - len(stale)
    return Hosting(made=len(stale), kept=kept, files=place.report, others=place.others)


def remove_hosting(site: Site, output: Output) -> Hosting:
    """Remove what `write_hosting` wrote: copies must not outlive their originals. Raises OutputError."""
    place = _Place(site, output)
    place.complete()
    return Hosting(is_wanted=False, files=place.report)


def _load(site: Site, output: Output, name: str) -> bytes:
    """The bytes of a file of the site; in a dry run those that it would have."""
    if output.is_dry_run and name in output.written:
        return site.render(path_of_file(name)).body
    return Files(output.folder).read(name)


def _list_copies(name: str) -> list[str]:
    return [f"{name}{coding.file_suffix}" for coding in CODINGS]


class _Place:
    """The output folder, as what hosts need is written there."""

    def __init__(self, site: Site, output: Output) -> None:
        self.report = BuildReport()
        self.others: list[str] = []
        self._is_dry_run = output.is_dry_run
        self._files = Files(output.folder)
        self._old = self._noted = _Manifest.load(
            self._files,
            {*output.names, *output.left},
            is_ours=lambda name: site.routes.has_form_of_ours(path_of_file(name)),
        )
        self._new = _Manifest()
        if not self._is_dry_run:
            for name, digest in self._old.files.items():
                if not digest:
                    self._files.drop(name)

    def keep_copies(self, name: str, digest: str) -> bool:
        """Keep the copies of a file where all are there, and are what was made of the bytes that it has now."""
        known = {copy: self._old.files[copy] for copy in _list_copies(name) if copy in self._old.files}
        if not digest or self._old.originals.get(name) != digest:
            return False
        if any(self._find_digest(copy) != noted for copy, noted in known.items()):
            return False
        self._new.originals[name] = digest
        self._new.files |= known
        self.report.unchanged += len(known)
        if not self._is_dry_run:
            for copy in known:
                self._files.date(copy, like=name)
        return True

    def has(self, name: str, body: bytes) -> bool:
        """Whether a file has these bytes."""
        return self._files.size_of(name) == len(body) and self._files.read(name) == body

    def expect(self, names: Collection[str]) -> None:
        """Note what will be written, so that the next run doesn't trust it if this one is killed."""
        if not names:
            return
        mine = [name for name in names if name in self._old.files or self._files.size_of(name) is None]
        kept = {name: "" if name not in self._new.originals else at for name, at in self._old.originals.items()}
        self._write_manifest(_Manifest(kept, {**self._old.files, **self._new.files, **dict.fromkeys(mine, "")}))

    def code(self, name: str, body: bytes) -> None:
        """Make the copies of a file."""
        coded = compress(body, find_media_type(name), best=True)
        made = {f"{name}{each.file_suffix}": coded[each.name] for each in CODINGS if each.name in coded}
        written = [copy for copy, packed in made.items() if self.put(copy, packed)]
        # Where another's file is in the way of one, it is tried again next time.
        if len(written) == len(made):
            self._new.originals[name] = digest_bytes(body)
        if not self._is_dry_run:
            for copy in written:
                self._files.date(copy, like=name)

    def put(self, name: str, body: bytes) -> bool:
        """Write a file where it is not the same already; False, and nothing is done, where no build wrote it."""
        size, is_same = self._files.size_of(name), self.has(name, body)
        if size and not is_same and name not in self._old.files:
            self.others.append(name)
            return False
        self._new.files[name] = digest_bytes(body)
        if is_same:
            self.report.unchanged += 1
            return True
        (self.report.new if size is None else self.report.changed).append(name)
        if not self._is_dry_run:
            self._files.write(name, body)
        return True

    def complete(self) -> None:
        """Remove what is of no use any more, and note what is in the folder now."""
        for name in sorted(self._old.files.keys() - self._new.files.keys()):
            if self._remove(name):
                self.report.removed.append(name)
        self._write_manifest(self._new)

    def _remove(self, name: str) -> bool:
        noted = self._old.files[name]
        # Settings that were edited since are somebody's own; a copy that was is not fit to be served.
        if name in PRIVATE and noted and self._find_digest(name) != noted:
            return False
        return self._files.size_of(name) is not None if self._is_dry_run else self._files.remove(name)

    def _find_digest(self, name: str) -> str | None:
        return None if self._files.size_of(name) is None else digest_bytes(self._files.read(name))

    def _write_manifest(self, manifest: _Manifest) -> None:
        if self._is_dry_run:
            return
        if not manifest.files and not manifest.originals:
            self._files.remove(HOSTING_MANIFEST)
        elif manifest != self._noted:
            self._files.write(HOSTING_MANIFEST, manifest.render())
        self._noted = manifest


@dataclass(slots=True)
class _Manifest:
    """What was written: the files, and those that copies are of, each with its digest; empty where it isn't known."""

    originals: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, files: Files, names: Iterable[str], *, is_ours: Callable[[str], bool]) -> _Manifest:
        """That of a folder in which these names are the site's. Raises OutputError.

        Where it can't be understood, every copy of a file of the site, or of one that it may have had, counts as ours.
        """
        noted = load_hosted(files)
        known = frozenset(names)
        if noted is not None:
            originals, written = noted
            # A note of another version may name a file that is the build's own by now.
            return cls(originals, {name: digest for name, digest in written.items() if name not in known})
        copies = [copy for name in known for copy in _list_copies(name)]
        for name in files.iterate():
            # Its original may be gone by now.
            original, dot, suffix = name.rpartition(".")
            if f"{dot}{suffix}" in _SUFFIXES and original not in known and is_ours(original):
                copies.append(name)
        return cls({}, dict.fromkeys(copies, ""))

    def render(self) -> bytes:
        data = {"originals": _sort(self.originals), "files": _sort(self.files)}
        return (json.dumps(data, indent=0) + "\n").encode()


def _sort(entries: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(entries.items()))
