"""A published state of a site: its feed documents by path, in a folder or at an address."""

from __future__ import annotations

import http.client
import os
import time
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NoReturn, Protocol
from urllib.parse import unquote, urljoin, urlsplit

from feeds.check.fetching import ask
from feeds.diff.documents import parse_document
from feeds.diff.lists import SITEMAP, SITEMAP_OF_FOLDERS, is_set_page, list_words
from feeds.errors import CheckError, say_number
from feeds.foreign.lists import list_pages, list_subscriptions
from feeds.render import opml
from feeds.render.formats import BY_FILE_NAME
from feeds.text import digest_bytes, to_uri

LISTS = frozenset({opml.FILE_NAME, SITEMAP, SITEMAP_OF_FOLDERS})
MAX_FEEDS = 500
"""How many feeds of an address are fetched, in all formats, those that its lists name first."""
MAX_PAGES = 50
"""How many pages of an address are fetched, of articles whose link has changed."""
MAX_SECONDS = 300.0
"""How long fetching the feeds of an address may take in all."""


class State(Protocol):
    """A published state. Paths are relative, with slashes: "politik/atom.xml"."""

    single: str | None
    """The path of its feed, where it is one feed only."""

    def list_feeds(self, likely: Iterable[str] = ()) -> list[str]:
        """The paths of its subscription documents, in order.

        `likely` are those of another state: a state that can't list all of its own tries these.
        """

    def covers(self, path: str) -> bool:
        """Whether the state knows about a feed; not about one that was never asked for."""

    def load(self, path: str) -> bytes | None:
        """The document at a path, or None where there is none."""

    def find_digest(self, path: str) -> str | None:
        """The SHA-256 of the document at a path, in hex, or None where there is no document."""

    def list_sealed(self, folder: str) -> list[str] | None:
        """The paths of the archive documents of the feed in a folder, document by document.

        None where they can't be listed, but only found by their links to each other.
        """

    def leads_on(self, path: str) -> bool:
        """Whether a link to this path leads to a page, here or by a redirect."""

    def relate(self, address: str, *, location: str | None, path: str) -> str | None:
        """The path of an address that a document at `path` names, whose own is `location`; or None."""

    def find_successor(self, path: str) -> str | None:
        """The path that readers of a document that is gone are redirected to; "" where the answer is 410."""

    def explain(self, path: str, name: str) -> str | None:
        """Why the entry with this id is not in the document at `path`, or None where nothing is known.

        "here": it belongs to the feed, but newer entries fill the document; "left": it is in another feed; "withdrawn";
        "removed".
        """


class Folder:
    """A folder that `feeds build`, or another program, has written.

    `find_moved` says where readers of a document that is gone are redirected (`State.find_successor`), which a folder
    can't tell; `find_noted` gives digest and size of a file as they were noted when it was written.
    """

    single: str | None = None

    def __init__(
        self,
        folder: Path,
        find_moved: Callable[[str], str | None] | None = None,
        find_noted: Callable[[str], tuple[str, int] | None] = lambda _: None,
    ) -> None:
        if not folder.is_dir():
            hint = "Name a folder, a saved feed, or an address with https://."
            what = "is no folder" if folder.exists() else "there is no such folder or file"
            raise CheckError(what, path=str(folder), hint=hint)
        self.folder = folder
        self._find_moved = find_moved
        self._find_noted = find_noted

    def list_feeds(self, likely: Iterable[str] = ()) -> list[str]:  # noqa: ARG002 (the protocol's signature)
        """The paths of the feeds, without archive documents and pages of articles."""
        found = []
        archives, articles = list_words("archive"), list_words("article")
        for top, folders, names in os.walk(self.folder, onerror=refuse):
            relative = Path(top).relative_to(self.folder)
            # A feed of a further set may have the same name, such as that of the tag "Archiv".
            folders[:] = sorted(
                name
                for name in folders
                if not name.startswith(".")
                and not (name.isdecimal() and relative.name in archives)
                and not (name in articles and relative == Path())
            )
            found += [(relative / name).as_posix() for name in sorted(names) if name in BY_FILE_NAME]
        return found

    def covers(self, path: str) -> bool:  # noqa: ARG002 (the protocol's signature)
        """True: a folder is searched completely."""
        return True

    def load(self, path: str) -> bytes | None:
        """The bytes of a file below the folder, or None."""
        target = self.folder / path
        if not target.resolve().is_relative_to(self.folder.resolve()):
            return None
        try:
            return target.read_bytes()
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            return None
        except OSError as error:
            refuse(error)

    def find_digest(self, path: str) -> str | None:
        """See State. What was noted counts as long as the file's size is the noted one."""
        noted = self._find_noted(path)
        try:
            if noted is not None and noted[1] == (self.folder / path).stat().st_size:
                return noted[0]
        except OSError:
            return None
        body = self.load(path)
        return None if body is None else digest_bytes(body)

    def list_sealed(self, folder: str) -> list[str]:
        """The files in the numbered folders of a feed's archive."""
        names = sorted(BY_FILE_NAME)
        found: list[str] = []
        for word in sorted(list_words("archive")):
            top = self.folder / folder / word
            numbers = (
                sorted((each.name for each in top.iterdir() if each.name.isdecimal()), key=int) if top.is_dir() else ()
            )
            paths = (f"{folder}{word}/{number}/{name}" for number in numbers for name in names)
            found += [path for path in paths if (self.folder / path).is_file()]
        return found

    def leads_on(self, path: str) -> bool:
        """Whether there is a file for this path, or our server would redirect it, as by the key of an article."""
        path = unquote(path)
        word, _, rest = path.partition("/")
        key = rest.partition("/")[0]
        if key and word in list_words("article") and any((self.folder / word / key).glob("*/index.html")):
            return True
        names = (f"{path}index.html",) if path.endswith("/") else (path, f"{path}.html", f"{path}/index.html")
        return any((self.folder / name).is_file() for name in names) or bool(self.find_successor(path))

    def relate(self, address: str, *, location: str | None, path: str) -> str | None:
        """See State: the base is what the document's own address has before its path."""
        return relate(address, base=_base_of(location, path))

    def find_successor(self, path: str) -> str | None:
        """A folder can't redirect, but its server may."""
        return None if self._find_moved is None else self._find_moved(path)

    def explain(self, path: str, name: str) -> str | None:  # noqa: ARG002 (the protocol's signature)
        """A folder knows no more than its documents say."""
        return None


class Address:
    """A published address: the folder of a site, or one feed. Each document is fetched once.

    Raises CheckError for what is no address.
    """

    def __init__(self, address: str) -> None:
        try:
            name = urlsplit(address).path.rpartition("/")[2]
        except ValueError as error:
            raise CheckError("is no address", path=address) from error
        # An address without a document's name is a folder's, whether or not it was written with its slash.
        self.single = name if "." in name else None
        self.base = address.removesuffix(name) if self.single else address.rstrip("/") + "/"
        self._address = address
        self._known: dict[str, bytes | None] = {}
        self._named: set[str] = set()
        self._asked: set[str] = set()
        self._unasked: set[str] = set()
        self._ends: float | None = None
        self._leads: dict[str, bool] = {}

    def list_feeds(self, likely: Iterable[str] = ()) -> list[str]:
        """The feed itself, or those of the site: in its root, those that its lists name, and those that are likely."""
        if self.single is not None:
            return [self._place_single(self.single, likely)]
        named = ["", *self._list_folders()]
        self._named.update(named)
        corrections = sorted(f"{word}/" for word in list_words("corrections"))
        folders = dict.fromkeys([*named, *corrections, *map(folder_of, likely)])
        # Sorted as a folder lists them, so that a site has the same order in both.
        ordered = sorted(filter(self._may_ask, folders), key=lambda folder: folder.split("/"))
        names = sorted(BY_FILE_NAME)
        return [folder + name for folder in ordered for name in names if self.load(folder + name) is not None]

    def _place_single(self, single: str, likely: Iterable[str]) -> str:
        """The path of a single feed among those of the other state."""
        placed = place_single(single, (self._address,), likely)
        if placed != single:
            self.single = placed
            self.base = self._address.removesuffix(placed) if self._address.endswith(f"/{placed}") else self.base
            self._known = {placed: self._known[single]} if single in self._known else {}
        return placed

    def covers(self, path: str) -> bool:
        """False for feeds beyond MAX_FEEDS or MAX_SECONDS; for a single feed, for all others."""
        return path == self.single if self.single is not None else folder_of(path) not in self._unasked

    def count_unasked(self) -> int:
        """How many feeds were listed or likely, but not asked for, because of MAX_FEEDS or MAX_SECONDS."""
        return len(self._unasked)

    def _may_ask(self, folder: str) -> bool:
        """Whether a feed may still be asked for; what was asked for once is known."""
        if folder in self._asked:
            return True
        now = time.monotonic()
        self._ends = self._ends or now + MAX_SECONDS
        if len(self._asked) >= MAX_FEEDS or now > self._ends:
            self._unasked.add(folder)
            return False
        self._asked.add(folder)
        for name in BY_FILE_NAME:
            self.load(folder + name)
        return True

    def _list_folders(self) -> list[str]:
        """The folders of the feeds that the site's lists name, with whatever base URL.

        The list of subscriptions has the categories only. Feeds of further sets are found by their pages in sitemaps.
        """
        feeds = self._relate_all(list_subscriptions(self.load(opml.FILE_NAME) or b""))
        categories = {folder_of(path) for path in feeds if path.rpartition("/")[2] in BY_FILE_NAME}
        bodies = [body for path in (SITEMAP, SITEMAP_OF_FOLDERS) if (body := self.load(path)) is not None]
        sets = {path for body in bodies for path in self._relate_all(list_pages(body)) if is_set_page(path)}
        return [*sorted(categories), *sorted(sets)]

    def _relate_all(self, addresses: Iterable[str]) -> list[str]:
        base = self._find_base()
        related = (relate(address, base=self.base) or relate(address, base=base) for address in addresses)
        return [path for path in related if path is not None]

    def _find_base(self) -> str | None:
        """The base that the documents in the root name."""
        for name in BY_FILE_NAME:
            body = self.load(name)
            base = _base_of(parse_document(name, body).location, name) if body is not None else None
            if base is not None:
                return base
        return None

    def load(self, path: str) -> bytes | None:
        """The document at a path, or None where the answer is 404 or 410. Raises CheckError for any other answer.

        A single feed must be there. Storage without the right to list its files answers 403 for what is not there, so
        403 means the same for paths that no list names.
        """
        if path not in self._known:
            url = self._address if path == self.single else urljoin(self.base, path)
            answer = ask(url)
            absent = {http.client.NOT_FOUND, http.client.GONE} if path != self.single else set()
            if path in LISTS or (path != self.single and folder_of(path) not in {"", *self._named}):
                absent.add(http.client.FORBIDDEN)
            if answer.status not in {http.client.OK, *absent}:
                raise CheckError("the answer is not 200", path=url, text=str(answer.status), hint="Try again later.")
            # Compressed, because hundreds of documents are kept.
            self._known[path] = zlib.compress(answer.body, 1) if answer.status == http.client.OK else None
        packed = self._known[path]
        return None if packed is None else zlib.decompress(packed)

    def find_digest(self, path: str) -> str | None:
        """See State."""
        body = self.load(path)
        return None if body is None else digest_bytes(body)

    def list_sealed(self, folder: str) -> None:
        """An address can't be listed."""

    def leads_on(self, path: str) -> bool:
        """Whether the answer for a path, redirects followed, is anything but 403, 404 or 410.

        Beyond MAX_PAGES no page is fetched, and True is assumed.
        """
        if path not in self._leads and len(self._leads) < MAX_PAGES:
            answer = ask(to_uri(urljoin(self.base, path)))
            self._leads[path] = answer.status not in {http.client.NOT_FOUND, http.client.GONE, http.client.FORBIDDEN}
        return self._leads.get(path, True)

    def relate(self, address: str, *, location: str | None, path: str) -> str | None:
        """See State: paths are below the address that was given, whatever base URL the documents name."""
        return relate(address, base=self.base) or relate(address, base=_base_of(location, path))

    def find_successor(self, path: str) -> str | None:  # noqa: ARG002 (the protocol's signature)
        """Redirects were followed when the document was fetched."""
        return None

    def explain(self, path: str, name: str) -> str | None:  # noqa: ARG002 (the protocol's signature)
        """An address knows no more than its documents say."""
        return None


def list_likely(state: State, other: State, paths: list[str]) -> list[str]:
    """Of the `paths` of another state's feeds, those that a state should try (`State.list_feeds`).

    All; but where it is a single feed, and its document's address is below the base that the other's documents name,
    only the path below it, though the other has no feed there.
    """
    if state.single is None or other.single is not None or not paths:
        return paths
    location = parse_document(state.single, state.load(state.single) or b"").location
    if location is None:
        return paths
    for path in paths:
        if folder_of(path) != folder_of(paths[0]):
            break
        named = parse_document(path, other.load(path) or b"").location
        place = other.relate(location, location=named, path=path)
        if place is not None and place.rpartition("/")[2] in BY_FILE_NAME:
            return [place]
    return paths


def place_single(single: str, locations: Iterable[str], likely: Iterable[str]) -> str:
    """The path of a single feed among those of the other state, which are likely.

    It is the one that a location of the feed ends with, else the only one, else the feed's own name.
    """
    paths = list(likely)
    for location in locations:
        if ends := [path for path in paths if location.endswith(f"/{path}")]:
            return max(ends, key=len)
    return paths[0] if len(paths) == 1 else single


def say_unasked(state: State) -> str | None:
    """A sentence that says how many feeds of a state were not fetched; None where all were."""
    unasked = state.count_unasked() if isinstance(state, Address) else 0
    if not unasked:
        return None
    return (
        f"{say_number(unasked, 'feed was', 'feeds were')} not asked for, beyond {MAX_FEEDS} feeds or "
        f"{MAX_SECONDS / 60:.0f} minutes: what their subscribers will see is unknown"
    )


def folder_of(path: str) -> str:
    """The folder of a document: "politik/", or "" for the root."""
    return path.rpartition("/")[0] + "/" if "/" in path else ""


def relate(address: str, *, base: str | None) -> str | None:
    """The path of an address below a base, or None where it is not below it, or climbs."""
    if base is None or not address.startswith(base):
        return None
    try:
        path = urlsplit(address.removeprefix(base)).path
    except ValueError:
        return None
    return path if path and not {"", ".."} & set(path.split("/")[:-1]) and ":" not in path else None


def is_about_others(path: str) -> bool:
    """Whether a feed's entries are about other entries, as corrections are: they may share links and headlines."""
    return bool(list_words("corrections") & set(path.split("/")[:-1])) and not is_set_page(folder_of(path))


def refuse(error: OSError) -> NoReturn:
    """Raise CheckError for a folder or file that can't be read: its content would be taken for gone."""
    hint = "Check its rights."
    raise CheckError(f"can't be read: {error.strerror}", path=str(error.filename), hint=hint) from error


def _base_of(location: str | None, path: str) -> str | None:
    """The part of an address before the path of its document."""
    return location.removesuffix(path) if location is not None and location.endswith("/" + path) else None
