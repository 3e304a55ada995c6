"""Loading an existing feed from a file, or the feeds of a folder such as a published site: nothing is fetched."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Final, NoReturn

from feeds.adopt.documents import follow_archive, inflate, parse_document
from feeds.adopt.records import OldFeed
from feeds.check.files import read_file
from feeds.errors import AdoptError
from feeds.foreign import Document

MAX_FILES: Final = 200_000
"""Files of a folder that are read."""
_SUFFIXES: Final = (".xml", ".json", ".atom", ".rss", ".rdf")


def list_pages(folder: Path, word: str) -> dict[str, str]:
    """The paths of articles' pages in the folder of our own published site, by the key in them; `word` is "artikel"."""
    pages: dict[str, str] = {}
    for page in islice(folder.glob(f"{word}/*/*/index.html"), MAX_FILES):
        pages[page.parent.parent.name] = f"/{page.parent.relative_to(folder).as_posix()}/"
    return pages


def load_file(path: Path, target: str) -> OldFeed:
    """The feed in a file, which errors call `target`, with its archive. Raises AdoptError, CheckError."""
    document = parse_document(_read_file(path), target)
    if document is None:
        raise AdoptError(
            "is no feed", path=target, hint="give a file of RSS, Atom or JSON Feed, a folder of them, or an address"
        )
    top, own = path.parent.resolve(), document.location

    def load(_: Document, address: str) -> Document | None:
        """The document at an address, if it is below the feed's own folder."""
        place = _place_of(address, own, top)
        if place == path.resolve():
            return document
        return None if place is None or not place.is_file() else parse_document(_read_file(place), str(place))

    return follow_archive(document, load)


def load_folder(folder: Path) -> list[OldFeed]:
    """The feeds in a folder, each with its archive. Raises AdoptError, CheckError."""
    documents: dict[Path, Document] = {}
    try:
        places = os.walk(folder, onerror=_refuse)
        for number, path in enumerate(sorted(Path(top, name) for top, _, names in places for name in names)):
            if number > MAX_FILES:
                hint = "name the folder of the site alone, or a feed in it"
                raise AdoptError(f"holds more than {MAX_FILES} files", path=str(folder), hint=hint)
            if path.suffix.lower() in _SUFFIXES and not path.name.startswith(".") and path.is_file():
                document = parse_document(_read_file(path), str(path))
                if document is not None:
                    documents[path.resolve()] = document
    except OSError as error:
        raise AdoptError(f"can't be read: {error.strerror}", path=str(error.filename or folder)) from error
    feeds = _join_archives(folder, documents)
    if not feeds:
        raise AdoptError(
            "there is no feed in this folder", path=str(folder), hint="give the folder of a published site"
        )
    return feeds


def _refuse(error: OSError) -> NoReturn:
    """Raise the error: what can't be listed would be taken for lost."""
    raise error


def _join_archives(folder: Path, documents: dict[Path, Document]) -> list[OldFeed]:
    """Each subscription document of a folder with its archive documents, which are no feeds of their own."""
    by_own: dict[str, Path] = {}
    for path, document in documents.items():
        if document.location is not None:
            by_own.setdefault(document.location, path)
    older: dict[str, Document] = {}
    for path, document in documents.items():
        if document.previous is not None:
            place = by_own.get(document.previous) or _place_of(document.previous, document.location, path.parent)
            if place is not None and place in documents:
                older[document.path] = documents[place]
    targets = {document.path for document in older.values()}
    heads = (each for each in documents.items() if not (each[1].is_archive or each[1].path in targets))
    return [
        follow_archive(head, lambda document, _: older.get(document.path), folder=_path_below(folder, path))
        for path, head in heads
    ]


def _place_of(address: str, own: str | None, top: Path) -> Path | None:
    """The file of an address, where the document at `own` is in the folder `top`; None for one that isn't below."""
    folder = (own or "").rpartition("/")[0] + "/"
    if own is None or not address.startswith(folder):
        return None
    place = (top / address.removeprefix(folder)).resolve()
    return place if place.is_relative_to(top) else None


def _path_below(folder: Path, path: Path) -> str:
    below = PurePosixPath(path.relative_to(folder.resolve()).as_posix()).parent.as_posix()
    return "" if below == "." else f"{below}/"


def _read_file(path: Path) -> bytes:
    try:
        return inflate(read_file(path), str(path))
    except FileNotFoundError as error:
        hint = "name a file or a folder, or an address with https://"
        raise AdoptError("there is no such file or folder", path=str(path), hint=hint) from error
    except OSError as error:
        raise AdoptError(f"can't be read: {error.strerror}", path=str(path)) from error
