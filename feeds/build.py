"""A Site into a folder: each file whole or not at all, only where its bytes changed; a report of what changed.

The folder holds a manifest of what was written, so that files of ours that the site has no more are removed, and files
of others are left alone even where the library was lost.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from feeds.errors import OutputError, say_number
from feeds.ingest.report import Progress, no_progress
from feeds.text import digest_bytes

if TYPE_CHECKING:
    from feeds.site import Resource, Site

MANIFEST = ".feeds-manifest.json"
HOSTING_MANIFEST = ".feeds-hosting.json"
"""What `feeds build --compress` notes of the copies and settings of hosts that it wrote (feeds.web.hosting)."""
INDEX = "index.html"
PROGRESS_EVERY = 100
_TEMPORARY = ".feeds-tmp"


@dataclass(slots=True)
class BuildReport:
    """Paths of the site that were written because they are new or changed, those that were removed, and a count."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0

    @property
    def is_unchanged(self) -> bool:
        """Whether nothing was written or removed."""
        return not (self.new or self.changed or self.removed)

    def list_files(self) -> list[str]:
        """The files that were written or removed, relative to the folder, sorted."""
        return sorted(map(file_name_of, (*self.new, *self.changed, *self.removed)))

    def summarise(self) -> str:
        """One line of counts."""
        return (
            f"{say_number(len(self.new), 'file')} new, {len(self.changed)} changed, {len(self.removed)} removed, "
            f"{self.unchanged} unchanged"
        )


class Output:
    """An output folder that is being written: `write` each resource as it is rendered, then `complete` it.

    Articles are written before the feeds that link to them, feeds before the pages that name them, for that is the
    order in which the site gives them; what the site has no more is removed last. Raises OutputError.
    In a `dry_run` nothing is written or removed: only the report says what would be. Where the folder is not
    `as_left` by the run that wrote its manifest, every file is compared.
    """

    def __init__(self, folder: Path, *, dry_run: bool = False, as_left: bool = False) -> None:
        self.folder = folder
        self.report = BuildReport()
        self._dry_run = dry_run
        self._as_left = as_left
        if not dry_run:
            _prepare(folder)
        self._old = _load_manifest(folder)
        self._new: dict[str, str] = {}
        self._folders: set[Path] = set()

    def write(self, resource: Resource) -> None:
        """Write what stands behind a path, where the file there is not that already."""
        name = file_name_of(resource.path)
        target = self.folder / name
        exists = target.is_file()
        if exists and target.stat().st_size == len(resource.body) and target.read_bytes() == resource.body:
            self.report.unchanged += 1
        else:
            if not self._dry_run:
                self._make_folder(target.parent)
                _write(target, resource.body)
            (self.report.changed if exists else self.report.new).append(resource.path)
        self._new[name] = resource.digest

    def complete(self, site: Site, *, progress: Progress = no_progress) -> BuildReport:
        """Write what is missing, remove what the site has no more, and note what stands in the folder now."""
        known, failed = site.digests(), site.failed()
        paths = list(site.paths())
        for number, path in enumerate(paths, 1):
            name = file_name_of(path)
            if path in failed:
                self._keep(name)
            elif name not in self._new:
                self._complete(site, path, name, known.get(path))
            if number % PROGRESS_EVERY == 0 or number == len(paths):
                progress("writing", number, len(paths))
        new = {name: self._new[name] for name in map(file_name_of, paths) if name in self._new}
        for name in sorted(self._old.keys() - new.keys()):
            if (self.folder / name).is_file() if self._dry_run else _remove(self.folder, name):
                self.report.removed.append(path_of_file(name))
        if self._old != new and not self._dry_run:
            _write(self.folder / MANIFEST, _render_manifest(new))
        return self.report

    def _make_folder(self, place: Path) -> None:
        """Make a folder of the output once; one that a link leads out of is an error."""
        if place in self._folders:
            return
        try:
            if not _is_inside(place, self.folder):
                raise OutputError("leads out of the output folder by a link", path=str(place), hint="remove the link")
            place.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _explain(error, place) from error
        self._folders.add(place)

    def _keep(self, name: str) -> None:
        """Leave what was published last in the place of a document that failed the check."""
        if name in self._old and (self.folder / name).is_file():
            self._new[name] = self._old[name]
            self.report.unchanged += 1

    def _complete(self, site: Site, path: str, name: str, digest: str | None) -> None:
        if digest is not None and self._old.get(name) == digest and self._is_there(name, digest):
            self._new[name] = digest
            self.report.unchanged += 1
        else:
            self.write(site.render(path))

    def _is_there(self, name: str, digest: str) -> bool:
        """Whether the file is there with the bytes that it was written with."""
        place = f"{self.folder}/{name}"
        if self._as_left:
            return os.path.isfile(place)  # noqa: PTH113 (a third of the cost of a Path, ten thousand times)
        try:
            with open(place, "rb") as file:  # noqa: PTH123 (likewise)
                return digest_bytes(file.read()) == digest
        except OSError:
            return False


def build(site: Site, folder: Path, *, progress: Progress = no_progress) -> BuildReport:
    """Write the site into a folder; what is there already and right is not touched. Raises OutputError."""
    return Output(folder).complete(site, progress=progress)


def file_name_of(path: str) -> str:
    """The file of a path, relative to the folder: a page is the index.html of its folder."""
    name = path.removeprefix("/")
    return name + INDEX if path.endswith("/") else name


def path_of_file(name: str) -> str:
    """The path of the site whose bytes a file has: the reverse of `file_name_of`."""
    folder, _, last = name.rpartition("/")
    return f"/{folder}/".replace("//", "/") if last == INDEX else f"/{name}"


def _prepare(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise OutputError(
            "is no folder", path=str(folder), hint="name another in [output], or with --output"
        ) from error
    except OSError as error:
        raise _explain(error, folder) from error


def _write(target: Path, body: bytes) -> None:
    """Write a file at once: into a temporary file of the same folder, which then takes its name."""
    temporary = target.with_name(f"{target.name}{_TEMPORARY}")
    try:
        temporary.write_bytes(body)
        temporary.replace(target)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise _explain(error, target) from error


def _remove(folder: Path, name: str) -> bool:
    """Remove a file of ours, and the folders that it leaves empty; whether it was there."""
    target = folder / name
    if not _is_inside(target.parent, folder):
        return False
    try:
        target.unlink()
        for parent in target.parents:
            if parent == folder or any(parent.iterdir()):
                break
            parent.rmdir()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise _explain(error, target) from error
    return True


def _is_inside(place: Path, folder: Path) -> bool:
    """Whether a place stays below the folder when links are followed."""
    top = os.path.realpath(folder)
    real = os.path.realpath(place)
    return real == top or real.startswith(top.rstrip(os.sep) + os.sep)


def _load_manifest(folder: Path) -> dict[str, str]:
    """File name -> digest of what was written last; a manifest that can't be read counts as none."""
    path = folder / MANIFEST
    try:
        data = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise _explain(error, path) from error
    except ValueError:
        # Every file is compared by its bytes then; only files that the site has no more stay behind.
        return {}
    files = data.get("files") if isinstance(data, dict) else None
    return {str(name): str(found) for name, found in files.items()} if isinstance(files, dict) else {}


def _render_manifest(files: dict[str, str]) -> bytes:
    return (json.dumps({"files": dict(sorted(files.items()))}, indent=0) + "\n").encode()


def _explain(error: OSError, path: Path) -> OutputError:
    return OutputError(
        f"can't be written: {error.strerror}", path=str(path), hint="check permissions and free space, then build again"
    )
