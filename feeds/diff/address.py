"""The state of a site, or of one feed, at an address: asked for document by document, within bounds."""

from __future__ import annotations

import http.client
import time
import zlib
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

from feeds.check.fetching import ask
from feeds.diff.documents import parse_document
from feeds.diff.paths import base_of, folder_of, is_feed_document, is_set_page, list_words, relate
from feeds.diff.states import State, place_single
from feeds.errors import CheckError, say_number
from feeds.foreign.lists import list_pages, list_subscriptions
from feeds.render import opml
from feeds.render.formats import BY_FILE_NAME
from feeds.text import digest_bytes, to_uri

SITEMAP = "sitemap.xml"
SITEMAP_OF_FOLDERS = "sitemap/pages.xml"
"""The part of a large site's sitemap with the pages that are not articles."""
LISTS = frozenset({opml.FILE_NAME, SITEMAP, SITEMAP_OF_FOLDERS})
MAX_FEEDS = 500
"""How many feeds of an address are fetched, in all formats, those that its lists name first."""
MAX_PAGES = 50
"""How many pages of an address are fetched, of articles whose link has changed."""
MAX_SECONDS = 300.0
"""How long fetching the feeds of an address may take in all."""


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
        categories = {folder_of(path) for path in feeds if is_feed_document(path)}
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
            base = base_of(parse_document(name, body).location, name) if body is not None else None
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
        return relate(address, base=self.base) or relate(address, base=base_of(location, path))

    def find_successor(self, path: str) -> str | None:  # noqa: ARG002 (the protocol's signature)
        """Redirects were followed when the document was fetched."""
        return None

    def explain(self, path: str, name: str) -> str | None:  # noqa: ARG002 (the protocol's signature)
        """An address knows no more than its documents say."""
        return None


def say_unasked(state: State) -> str | None:
    """A sentence that says how many feeds of a state were not fetched; None where all were."""
    unasked = state.count_unasked() if isinstance(state, Address) else 0
    if not unasked:
        return None
    return (
        f"{say_number(unasked, 'feed was', 'feeds were')} not asked for, beyond {MAX_FEEDS} feeds or "
        f"{MAX_SECONDS / 60:.0f} minutes: what their subscribers will see is unknown"
    )
