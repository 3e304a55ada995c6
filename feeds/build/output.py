"""Writing an output folder.

At every moment each file is complete, old or new, and nothing that readers could already see links to a missing file:
files under new names are written at once, where nothing leads to them yet; what replaces a file is written beside it,
and takes its place when all else is there; what the site has no more is removed last, and before what it leads to.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from feeds.build.files import Files, explain
from feeds.build.hosted import Noted, load_hosted
from feeds.build.manifest import MANIFEST, UNKNOWN, Entries, Journal, Manifest, describe, digest_of, write_manifest
from feeds.build.report import BuildReport, file_name_of, path_of_file
from feeds.errors import OutputError
from feeds.ownership import make_folder
from feeds.progress import Progress, no_progress
from feeds.text import digest, digest_bytes

if TYPE_CHECKING:
    from feeds.site import Resource, Site

PROGRESS_EVERY = 100
MOST_NAMED = 5
"""Files of others that an error names; how many more there are is told."""
_FEED = "atom.xml"
_FEED_ID = re.compile(rb"<id>([^<]*)</id>")
_HEAD_BYTES = 4_096
WAIT_SECONDS = 5.0
"""How long a build waits for another that writes the same folder."""


class Output:
    """A folder that is written: `write` each resource as it is rendered, `complete` it, and `close` it in any case.

    New files are written in the order of the site: articles before the feeds that link to them, feeds before the
    pages that name them. In a `dry_run` nothing is written or removed: only the report says what would be. If the
    folder may have been changed since the run that wrote its manifest, every file is compared. Where it `is_untouched`,
    and `is_current` with the library as it was before this run, only what this run changed is looked at.

    If files of others have names of the site, they and everything that was published stay as they are; but a page for
    what is missing or gone is `left` in the place of ours. Our files are those that manifest or journal name, those
    that have the bytes that an earlier version noted as written for hosts, and those that already have the site's.
    Raises OutputError.
    """

    def __init__(self, folder: Path, *, dry_run: bool = False) -> None:
        self.folder = folder
        self.is_untouched = False
        self.is_current = False
        self.is_dry_run = dry_run
        self.left: Collection[str] = ()
        self._files = Files(folder)
        self._journal = Journal(folder)
        self._manifest = Manifest(folder)
        self._old_site = self._manifest.site
        self._others: set[str] = set()
        # The files of this run: all that the site has, or, where the output is current, those that were written.
        self._new: Entries = {}
        # Names of the files that are written, and whether another was there before.
        self._written: dict[str, bool] = {}
        self._staged: set[str] = set()
        if not dry_run:
            for name in sorted(self._journal.names):
                self._files.drop(name)

    @property
    def names(self) -> Collection[str]:
        """The names of all our files: of the last run, and after `complete` of this one."""
        return self._entries.keys()

    @property
    def digests(self) -> Mapping[str, str]:
        """The same files with the digests of their bytes, empty where one isn't known."""
        return {name: digest_of(entry) for name, entry in self._entries.items()}

    @property
    def _entries(self) -> Entries:
        return self._manifest.lines.parse() if self.is_current else self._new or self._manifest.entries or {}

    @cached_property
    def _old(self) -> Entries:
        return {**(self._manifest.entries or {}), **dict.fromkeys(self._journal.names, UNKNOWN)}

    @property
    def _is_all_ours(self) -> bool:
        """Whether everything is: a build wrote the manifest, which can't be understood, so it wrote what is around."""
        return self._manifest.entries is None

    @property
    def written(self) -> Collection[str]:
        """The names of the files that this run wrote, or would write."""
        return self._written.keys()

    def write(self, resource: Resource) -> None:
        """Write what is at a path, unless the file has the same bytes already."""
        name, body = file_name_of(resource.path), resource.body
        size = self._files.size_of(name)
        is_same = size == len(body) and self._files.read(name) == body
        if size and not is_same and not self._is_ours(name):
            self._others.add(name)
            return
        self._others.discard(name)
        self._new[name] = describe(resource.digest, len(body))
        if is_same:
            self._unstage(name)
            return
        self._written.setdefault(name, size is not None)
        if self.is_dry_run:
            return
        self._journal.note(name)
        self._files.stage(name, body)
        if size is None:
            self._files.settle(name)
        else:
            self._staged.add(name)

    def complete(self, site: Site, *, changed: Collection[str] = (), progress: Progress = no_progress) -> BuildReport:
        """Write what is missing, remove what the site no longer has, and note what is in the folder now.

        `changed` are the paths whose bytes changed in this run, or vanished. Raises OutputError, also where another
        site's files are there, which would be taken away.
        """
        # The site is imported by now: before there is one, this would cost a quarter of a second.
        from feeds.site.routes import MESSAGES

        if self._is_anothers(site):
            self._take_back()
            raise _refuse_site(self.folder, self._old_site or "")
        names = list(self._written) if self.is_current else self._compare(site, progress)
        # Hosts show what is there, and nothing of ours leads to it.
        self.left = sorted(self._others & set(map(file_name_of, MESSAGES)))
        if in_the_way := self._others.difference(self.left):
            self._take_back()
            raise _refuse(self.folder, in_the_way)
        self._settle(names)
        strays = self._follow(changed) if self.is_current else self._find_strays(site)
        removed = map(file_name_of, site.routes.order_gone(map(path_of_file, strays)))
        gone = [name for name in removed if self._remove(name)]
        lines = self._manifest.lines
        there = lines if self.is_current else self._new
        if not self.is_dry_run:
            if lines.is_changed if self.is_current else not self._manifest.says(self._new, site=site.namespace):
                write_manifest(self._files, there, site=site.namespace)
            self._journal.remove()
        new = [name for name in names if self._written.get(name) is False]
        changed = [name for name in names if self._written.get(name)]
        return BuildReport(new, changed, gone, unchanged=len(there) - len(new) - len(changed))

    def _is_anothers(self, site: Site) -> bool:
        """Whether the folder has the site of another ledger; a site that took over its feeds may replace it."""
        if self._old_site in {None, site.namespace} or self._files.size_of(_FEED) is None:
            return False
        found = _FEED_ID.search(self._files.read(_FEED)[:_HEAD_BYTES])
        return found is not None and found[1] != site.id.encode()

    def _find_strays(self, site: Site) -> set[str]:
        """The names of files that builds wrote, and that the site no longer has.

        If the manifest can't be understood, these are all files whose path has the form of ours.
        """
        known = {*self._old, *self._written}
        if self._is_all_ours:
            known.update(name for name in self._files.iterate() if site.routes.has_form_of_ours(path_of_file(name)))
        return known - self._new.keys()

    def _follow(self, changed: Collection[str]) -> set[str]:
        """Note what this run wrote, where all else is as it was; the names of files that the site no longer has."""
        lines = self._manifest.lines
        for name, entry in self._new.items():
            lines.put(name, entry)
        return {name for path in changed if (name := file_name_of(path)) not in self._new and lines.remove(name)}

    def _compare(self, site: Site, progress: Progress) -> list[str]:
        """The names of this run's files, in the site's order; all files are compared with what the library says."""
        total, failed = site.count(), site.failed()
        names: list[str] = []
        there = 0
        for number, (path, known) in enumerate(site.iterate_digests(), 1):
            name = file_name_of(path)
            if path in failed:
                self._keep(name)
            elif not self._is_there(name, known):
                self.write(site.render(path))
            there += name in self._new
            if name in self._written:
                names.append(name)
            if number % PROGRESS_EVERY == 0 or number == total:
                progress("writing", number, max(number, total))
        if there < len(self._new):
            # Rare: a set of all names is not kept just for this.
            for name in self._new.keys() - set(map(file_name_of, site.paths())):
                del self._new[name]
        return names

    def close(self) -> None:
        """Leave the folder; if the run failed, files that were waiting to replace others are removed."""
        self._journal.close()
        staged, self._staged = sorted(self._staged), set()
        for name in staged:
            self._files.drop(name)

    def _is_ours(self, name: str) -> bool:
        """Whether a file that doesn't have the site's bytes was written by a build."""
        if name in self._new or self._is_hosted(name):
            return True
        return (
            self._manifest.lines.find(name) is not None if self.is_current else self._is_all_ours or name in self._old
        )

    def _is_hosted(self, name: str) -> bool:
        """Whether a file of the site is as a version wrote it that counted it among those for hosts."""
        noted = self._hosted.get(name)
        return noted is not None and digest_bytes(self._files.read(name)) == noted

    @cached_property
    def _hosted(self) -> Noted:
        noted = load_hosted(self._files)
        return {} if noted is None else noted[1]

    def _take_back(self) -> None:
        """Remove what this run wrote under new names."""
        self.close()
        if self.is_dry_run:
            return
        for name, was_there in self._written.items():
            if not was_there:
                self._files.remove(name)
        if not self._journal.names:
            self._journal.remove()

    def _is_there(self, name: str, digest: str | None) -> bool:
        """Whether the file is what the library says; if so, it is noted."""
        found = self._new.get(name)
        if found is not None:
            # Written in this run. Another run may have changed the library since.
            return digest is None or digest_of(found) == digest
        old = self._old.get(name)
        if old is None or digest is None or digest_of(old) != digest:
            return False
        size = self._files.size_of(name)
        if size is None or old != describe(digest, size):
            return False
        if not self.is_untouched and digest_bytes(self._files.read(name)) != digest:
            return False
        self._new[name] = old
        return True

    def _keep(self, name: str) -> None:
        """Leave the last published version of a document that failed the check."""
        if name in self._old and self._files.size_of(name) is not None:
            self._new[name] = self._old[name]

    def _settle(self, names: list[str]) -> None:
        for name in names:
            if name in self._staged:
                self._files.settle(name)
                self._staged.discard(name)
        for name in sorted(self._staged):
            self._unstage(name)

    def _unstage(self, name: str) -> None:
        if name in self._staged:
            self._files.drop(name)
            self._staged.discard(name)
        # It is there already.
        if self._written.get(name):
            del self._written[name]

    def _remove(self, name: str) -> bool:
        return self._files.size_of(name) is not None if self.is_dry_run else self._files.remove(name)


@contextmanager
def open_output(folder: Path, *, database: Path) -> Iterator[Output]:
    """An output folder that no other run writes to meanwhile. Raises OutputError, also if one holds it for long.

    The lock's file is beside the library, because what is in or beside the folder gets deployed or committed. Its name
    is that of the folder and a digest of its real path. A folder that was made for nothing is removed: otherwise an
    empty site might be deployed.
    """
    # The store's package costs a fifth of a second to import, and a run that has nothing to do needs none of it.
    from feeds.store import hold, hold_folder

    place = Path(os.path.realpath(folder))
    key = digest(str(place))[:12]
    lock = database.with_name(f"{place.name or 'root'}-{key}.lock")
    with hold(lock, seconds=WAIT_SECONDS, subject=folder, error=OutputError):
        is_made = not folder.exists()
        _prepare(folder)
        try:
            with hold_folder(folder, seconds=WAIT_SECONDS, error=OutputError), closing(Output(folder)) as output:
                yield output
        finally:
            if is_made and not any(folder.iterdir()):
                folder.rmdir()


def _refuse_site(folder: Path, name: str) -> OutputError:
    """The error that the site of another project is there."""
    return OutputError(
        "holds the site of another ledger, whose files would be taken away",
        path=str(folder),
        text=name,
        hint="nothing was written: name another folder in [output], or with --output; or remove it, if that site is no "
        "longer published, or is this one, with newly minted ids",
    )


def _refuse(folder: Path, others: Collection[str]) -> OutputError:
    """The error that files of others are in the way."""
    first, *more = sorted(others)
    told = more[:MOST_NAMED]
    also = f"; so are {', '.join(told)}" if told else ""
    also += f" and {len(more) - len(told)} more" if len(more) > len(told) else ""
    return OutputError(
        f"is in the way of the site's own, and no build wrote it{also}",
        path=str(folder / first),
        hint=f"nothing was written: move it elsewhere, or remove it if it is an old build's without its {MANIFEST}",
    )


def _prepare(folder: Path) -> None:
    try:
        make_folder(folder)
    except (FileExistsError, NotADirectoryError) as error:
        raise OutputError(
            "is no folder", path=str(folder), hint="name another in [output], or with --output"
        ) from error
    except OSError as error:
        raise explain(error, folder) from error
