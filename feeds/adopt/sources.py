"""Loading an existing feed from an address, a file, or a folder such as a published site. Decides nothing.

Everything is bounded: a document's size, redirects and time (`feeds.check.fetching`), the number of documents, and the
time for all of them. For a file or a folder nothing is fetched.
"""

from __future__ import annotations

import os
import time
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Final, NoReturn
from urllib.parse import urljoin, urlsplit

from w3lib.url import safe_url_string

from feeds.adopt.documents import parse_document
from feeds.adopt.records import OldFeed
from feeds.check.fetching import fetch, find_deadline
from feeds.check.text import MAX_BYTES
from feeds.diff import Address
from feeds.diff.sites import MAX_DISCOVERED
from feeds.errors import AdoptError, say_number
from feeds.foreign import Document
from feeds.foreign.lists import find_feeds
from feeds.render.formats import FORMATS

MAX_DOCUMENTS: Final = 10_000
"""Documents that are read in one run, archives included. That is enough for 125,000 articles of ours: fifty a document,
in the archive of all and in that of their category, each in two formats."""
MAX_SECONDS: Final = 900.0
"""How long reading over HTTP may take in all."""
MAX_FILES: Final = 200_000
"""Files of a folder that are read."""
_GZIP: Final = b"\x1f\x8b"
_SUFFIXES: Final = (".xml", ".json", ".atom", ".rss", ".rdf")


@dataclass(frozen=True, slots=True)
class Loaded:
    """The feeds that were found, and sentences that say which were not read."""

    feeds: list[OldFeed]
    notes: tuple[str, ...] = ()


def load_feeds(target: str, *, slugs: Iterable[str] = ()) -> Loaded:
    """The feeds at an address, in a file or in a folder, each with its archive.

    An address may be that of a feed, of a page that names its feeds, or of a list of subscriptions (OPML). Where these
    feeds are ours, all others of the site are found too; `slugs` are those that it may have. Raises AdoptError where
    there is no feed, and CheckError for one that can't be read.
    """
    if target.lower().startswith(("http://", "https://")):
        return _Reader().load(target, slugs)
    path = Path(target)
    if path.is_dir():
        return Loaded(_load_folder(path))
    return Loaded([_load_file(path, target)])


def list_pages(folder: Path, word: str) -> dict[str, str]:
    """The paths of articles' pages in the folder of our own published site, by the key in them; `word` is "artikel"."""
    pages: dict[str, str] = {}
    for page in islice(folder.glob(f"{word}/*/*/index.html"), MAX_FILES):
        pages[page.parent.parent.name] = f"/{page.parent.relative_to(folder).as_posix()}/"
    return pages


class _Reader:
    """Reads feeds over HTTP: within one time, and no address twice."""

    def __init__(self) -> None:
        self._ends = time.monotonic() + MAX_SECONDS
        self._read = 0
        self._top = ""

    def load(self, target: str, slugs: Iterable[str]) -> Loaded:
        url, body = self._fetch(target)
        self._top = url
        document = parse_document(body, url)
        if document is not None:
            return Loaded([self._follow(document)])
        found = find_feeds(body, url)
        if not found:
            raise AdoptError(
                "there is no feed at this address",
                path=target,
                hint="give the address of the feed itself: it is in the page's source, or in a feed reader",
            )
        feeds = []
        for address in found[:MAX_DISCOVERED]:
            own, answer = self._fetch(address)
            document = parse_document(answer, own)
            if document is None:
                raise AdoptError("is named as a feed, and is not one", path=address, hint=f"it is named at {target}")
            feeds.append(self._follow(document))
        if any(feed.head.is_ours for feed in feeds):
            return self._load_others(feeds, slugs)
        beyond = len(found) - len(feeds)
        said = f"{say_number(beyond, 'more feed is', 'more feeds are')} named there, beyond {MAX_DISCOVERED}: not read"
        return Loaded(feeds, (said,) if beyond else ())

    def _load_others(self, feeds: list[OldFeed], slugs: Iterable[str]) -> Loaded:
        """These feeds of a site of ours, and further ones that neither its page nor its list names (see `Address`)."""
        site = Address(urljoin(self._top, "./"))
        known = {place for feed in feeds for place in (feed.head.path, feed.head.location)}
        for path in site.list_feeds(f"{slug}/{FORMATS[0].file_name}" for slug in slugs if slug):
            document = None if site.base + path in known else parse_document(site.load(path) or b"", site.base + path)
            # A list may name the feeds with another base URL than the one where they are fetched.
            if document is not None and document.location not in known:
                feeds.append(self._follow(document))
        unasked = site.count_unasked()
        said = f"{say_number(unasked, 'more feed', 'more feeds')} of the site may be there: not asked for, as too many"
        return Loaded(feeds, (said,) if unasked else ())

    def _follow(self, head: Document) -> OldFeed:
        documents = [head]
        seen = {head.path, *((head.location,) if head.location else ())}
        following = head.previous
        while following is not None and following not in seen:
            seen.add(following)
            url, body = self._fetch(following)
            document = parse_document(body, url)
            if document is None:
                raise AdoptError("is named as a feed's archive, and is no feed", path=following)
            seen.add(url)
            documents.append(document)
            following = document.previous
        return OldFeed(tuple(documents), folder=_folder_below(self._top, head.location or head.path))

    def _fetch(self, target: str) -> tuple[str, bytes]:
        """Address (after redirects) and body. Raises AdoptError, CheckError."""
        self._read += 1
        if self._read > MAX_DOCUMENTS or time.monotonic() > self._ends:
            raise AdoptError(
                f"is still not the last document after {self._read - 1}",
                path=target,
                hint=f"at most {MAX_DOCUMENTS} are read, in {MAX_SECONDS / 60:.0f} minutes; copy them into a folder",
            )
        try:
            answer = fetch(safe_url_string(target), {}, deadline=min(find_deadline(), self._ends))
        except ValueError as error:
            raise AdoptError("is no address", path=target) from error
        if answer.status != 200:
            raise AdoptError(
                f"answers {answer.status}",
                path=answer.url,
                hint="open the address in a browser; a copy in a file does as well",
            )
        return answer.url, _inflate(answer.body, answer.url)


def _load_file(path: Path, target: str) -> OldFeed:
    document = parse_document(_read_file(path), target)
    if document is None:
        raise AdoptError(
            "is no feed", path=target, hint="give a file of RSS, Atom or JSON Feed, a folder of them, or an address"
        )
    return _follow_files(document, path)


def _follow_files(head: Document, path: Path) -> OldFeed:
    """A feed with those documents of its archive that are below its own folder, where its addresses say."""
    documents = [head]
    seen = {path.resolve()}
    top = path.parent.resolve()
    while (following := documents[-1].previous) is not None:
        place = _place_of(following, head.location, top)
        if place is None or place in seen or not place.is_file():
            return OldFeed(tuple(documents), missing=following)
        seen.add(place)
        document = parse_document(_read_file(place), str(place))
        if document is None or len(documents) >= MAX_DOCUMENTS:
            return OldFeed(tuple(documents), missing=following)
        documents.append(document)
    return OldFeed(tuple(documents))


def _place_of(address: str, own: str | None, top: Path) -> Path | None:
    """The file of an address, where the document at `own` is in the folder `top`; None for one that isn't below."""
    folder = (own or "").rpartition("/")[0] + "/"
    if own is None or not address.startswith(folder):
        return None
    place = (top / address.removeprefix(folder)).resolve()
    return place if place.is_relative_to(top) else None


def _refuse(error: OSError) -> NoReturn:
    """Raise the error: what can't be listed would be taken for lost."""
    raise error


def _load_folder(folder: Path) -> list[OldFeed]:
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


def _join_archives(folder: Path, documents: dict[Path, Document]) -> list[OldFeed]:
    """Each subscription document of a folder with its archive documents, which are no feeds of their own."""
    by_own: dict[str, Path] = {}
    for path, document in documents.items():
        if document.location is not None:
            by_own.setdefault(document.location, path)
    older: dict[Path, Path] = {}
    for path, document in documents.items():
        if document.previous is not None:
            place = by_own.get(document.previous) or _place_of(document.previous, document.location, path.parent)
            if place is not None and place in documents:
                older[path] = place
    feeds = []
    targets = set(older.values())
    for path, document in documents.items():
        if document.is_archive or path in targets:
            continue
        chain = [path]
        while (place := older.get(chain[-1])) is not None and place not in chain:
            chain.append(place)
        missing = documents[chain[-1]].previous if chain[-1] not in older else None
        feeds.append(OldFeed(tuple(documents[each] for each in chain), _path_below(folder, path), missing))
    return feeds


def _path_below(folder: Path, path: Path) -> str:
    below = PurePosixPath(path.relative_to(folder.resolve()).as_posix()).parent.as_posix()
    return "" if below == "." else f"{below}/"


def _folder_below(top: str, address: str) -> str:
    start = top.rpartition("/")[0] + "/"
    return address.removeprefix(start).rpartition("/")[0] if address.startswith(start) else urlsplit(address).path


def _read_file(path: Path) -> bytes:
    try:
        _check_size(path.stat().st_size, str(path))
        return _inflate(path.read_bytes(), str(path))
    except FileNotFoundError as error:
        hint = "name a file or a folder, or an address with https://"
        raise AdoptError("there is no such file or folder", path=str(path), hint=hint) from error
    except OSError as error:
        raise AdoptError(f"can't be read: {error.strerror}", path=str(path)) from error


def _inflate(body: bytes, where: str) -> bytes:
    """A document, decompressed if it is gzip: some servers send that unasked, and old files are kept so. Bounded."""
    if body.startswith(_GZIP):
        try:
            body = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(body, MAX_BYTES + 1)
        except zlib.error as error:
            raise AdoptError("is damaged: it is no gzip after all", path=where, hint="use a complete copy") from error
    _check_size(len(body), where)
    return body


def _check_size(size: int, where: str) -> None:
    if size > MAX_BYTES:
        raise AdoptError(f"has more than {MAX_BYTES // 1_000_000} MB", path=where, hint="no feed reader takes more")
