"""Files beside the seeds that are none: parts of saved pages, READMEs, and kinds that are not read."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

from feeds.ingest.seeds.seedfile import SUFFIXES

MAX_FRONT = 10_000
"""Bytes of a README within which its front matter is looked for."""
_TITLE = re.compile(r"title\s?[:=]")
_ASSETS = frozenset(
    "avif bmp css db eot gif heic ico ini jpeg jpg js jsonl map mjs mov mp3 mp4 ogg otf png svg tif tiff toml ttf wav "
    "webm webp woff woff2".split()
)
"""Suffixes of files that lie beside texts and that nobody takes for one: pictures, styles, scripts, fonts, settings."""
_PAGE_SUFFIXES = (".html", ".htm")
_PARTS_SUFFIXES = ("_files", "-Dateien")
"""What browsers put after the name of a page for the folder of its pictures, scripts and frames."""


@dataclass(slots=True)
class OtherFiles:
    """Files that are not read and may have been meant to be: how many by suffix ("" for none), the first by path.

    `readmes` are the paths of those that are called README and would be read under another name.
    """

    counts: Counter[str] = field(default_factory=Counter)
    example: str = ""
    readmes: list[str] = field(default_factory=list)

    def add(self, front: str, name: str) -> None:
        """Count a file that is no seed, such as "index.php?id=12"; not one that is hidden, a backup, or no text."""
        stem, _, end = name.rpartition(".")
        suffix = re.match("[a-z0-9]*", end.lower() if stem else "")
        kind = suffix[0] if suffix else ""
        if name[0] == "." or name[-1] == "~" or kind in _ASSETS:
            return
        if name.partition(".")[0].upper() == "README":
            if kind in SUFFIXES:
                self.readmes.append(front + name)
            return
        self.counts[kind] += 1
        path = front + name
        self.example = min(self.example or path, path)


def is_titled(path: Path) -> bool:
    """Whether a file has front matter with a title, as articles have; not where it can't be read."""
    try:
        with path.open("rb") as file:
            lines = file.read(MAX_FRONT).decode("utf-8-sig", "replace").splitlines()
    except OSError:
        return False
    mark = lines[0].rstrip() if lines else ""
    within = [line.rstrip() for line in lines[1:]]
    if mark not in {"---", "+++"} or mark not in within:
        return False
    return any(_TITLE.match(line) for line in within[: within.index(mark)])


def is_part(path: Path, top: Path) -> bool:
    """Whether a file below a source's folder is part of a saved page: a frame is no page of its own."""
    return any(holds_parts(str(folder)) for folder in takewhile(lambda folder: folder != top, path.parents))


def holds_parts(folder: str) -> bool:
    """Whether a folder is what a browser saved with the page that lies beside it."""
    stem = next((folder.removesuffix(suffix) for suffix in _PARTS_SUFFIXES if folder.endswith(suffix)), None)
    return stem is not None and any(Path(f"{stem}{suffix}").is_file() for suffix in _PAGE_SUFFIXES)


def find_parts(page: Path) -> list[Path]:
    """The folders that a browser saved with a page, be the page itself there or not."""
    if page.suffix not in _PAGE_SUFFIXES:
        return []
    folders = (page.with_name(f"{page.stem}{suffix}") for suffix in _PARTS_SUFFIXES)
    return [folder for folder in folders if folder.is_dir()]
