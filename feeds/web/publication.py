"""What this process serves: the site in one state of the library, replaced as a whole when the library changes.

Reads only. A document is made ready when it is first asked for, of the bodies that are ready in the pack, and then
is at hand until it changes; one that is in no pack is rendered.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import quote, unquote

from feeds.config import Config
from feeds.dates.instants import to_datetime
from feeds.render import pages, views
from feeds.site import Resource, Site
from feeds.site.names import absolute
from feeds.site.resource import HTML, TEXT, make_redirect, make_resource
from feeds.site.routes import STATIC
from feeds.site.static import find_media_type, load_files
from feeds.store import Connection, Library, ask_value, has_table, read_fact, schema
from feeds.store.due import find_first_release
from feeds.store.library import find_inode, read_data_version
from feeds.text import find_prefix
from feeds.web.compression import compress
from feeds.web.document import NO_CACHE, SHORT_CACHE, Document, Freshness, Header, make_document
from feeds.web.negotiation import IDENTITY
from feeds.web.pack import Pack, Packed, folder_of_packs, load_packed
from feeds.web.tally import Tally

SETTINGS = "settings"
"""Name of the fact that holds the settings of the server's last ingest. Workers read them from there."""
RETRY_SECONDS = 5
"""The Retry-After while the first build runs."""
MAX_LAZY_BYTES = 64_000_000
"""Bytes of bodies that are kept in memory for documents that are in no pack."""


class Publication:
    """The documents of a library, and how to follow it. One connection, used by one thread at a time.

    `documents` maps a path, with and without the base URL's own, to what is at hand. With `follow_settings` the
    library's settings are taken, where it has any, instead of `config`.
    """

    def __init__(
        self, library: Library, config: Config, *, now: Callable[[], datetime], follow_settings: bool = False
    ) -> None:
        self.library = library
        self.config = config
        self.now = now
        self.documents: dict[str, Document] = {}
        self.freshness = Freshness(config.feeds.max_age_seconds, now)
        self.tally = Tally()
        self.is_built = False
        self._follow_settings = follow_settings
        self._settings = ""
        self._lock = threading.Lock()
        self._connection = library.open()
        self._file = find_inode(library.path)
        self._version = -1
        self._site: Site | None = None
        self._pack = Pack(folder_of_packs(library.path or Path()))
        self._packed: Mapping[str, Packed] = {}
        self._lazy_bytes = 0
        self._missing: Document | None = None
        with self._reading():
            pass

    def close(self) -> None:
        """Close the connection. Documents that were handed out stay good."""
        with self._lock:
            self._connection.close()

    def poll(self) -> None:
        """Follow the library: where it changed, everything is loaded again and swapped at once."""
        with self._lock:
            self._reopen()
            if read_data_version(self._connection) != self._version:
                with self._begin():
                    pass
        self.freshness.tick()

    def _reopen(self) -> None:
        """Follow the library's name where another file has it: deleted and built again while this process runs."""
        found = find_inode(self.library.path)
        if found is None or found == self._file:
            return
        self.library.close()
        connection = self.library.open()
        try:
            # As long as it is not filled, the old one is served on.
            if _is_built(connection):
                connection, self._connection = self._connection, connection
                self._version, self._file = -1, found
        finally:
            connection.close()

    def find(self, path: str) -> Document:
        """The document at a path, whatever it is: 200, 301, 404, 410, or 503 while the first build runs."""
        with self._reading() as site:
            inside = self._strip(path)
            if site is None:
                return self._find_unbuilt(inside)
            if (known := self.documents.get(path)) is not None:
                return known
            if (packed := self._packed.get(inside)) is not None:
                address = absolute(self.config, inside)
                if (made := self._pack.make(packed, address=address, now=self.now())) is not None:
                    self._put(inside, made)
                    return made
            resource = self._find_top(site, path) or self._find_resource(site, inside)
            if resource is None:
                self._missing = self._missing or self._make(site.not_found("/"), cache=SHORT_CACHE)
                return self._missing
            document = self._make(resource)
            if resource.location is None:
                self._keep(inside, document)
            return document

    @contextmanager
    def _reading(self) -> Iterator[Site | None]:
        """One state of the library, which `documents` are of too; None where it was never built."""
        with self._lock, self._begin() as site:
            yield site

    @contextmanager
    def _begin(self) -> Iterator[Site | None]:
        self._connection.execute("BEGIN")
        try:
            # Within a transaction the number is that of the state that the transaction sees.
            self._connection.execute("SELECT count(*) FROM sqlite_schema")
            version = read_data_version(self._connection)
            if version != self._version:
                self._load(self._connection)
                self._version = version
            yield self._site
        finally:
            self._connection.rollback()

    def _load(self, connection: Connection) -> None:
        old, config, settings = self.documents, self.config, self._settings
        if self._follow_settings and (found := read_fact(connection, SETTINGS) or settings) != settings:
            config = Config.model_validate_json(found).model_copy(update={"path": config.path})
            old, settings = {}, found
        is_built = _is_built(connection)
        due = find_first_release(connection)
        freshness = Freshness(config.feeds.max_age_seconds, self.now, None if due is None else to_datetime(due))
        freshness.tick()
        site = Site(connection, config, now=self.now()) if is_built else None
        packed = load_packed(connection)
        # Where one of these failed, all is as it was.
        self.config, self._settings, self.is_built, self._site = config, settings, is_built, site
        documents = {
            path: document
            for path, document in old.items()
            if (row := packed.get(self._strip(path))) is not None and row == self._packed.get(self._strip(path))
        }
        self._lazy_bytes, self._missing = 0, None
        self._packed, self.documents, self.freshness = packed, documents, freshness

    def _prefix(self) -> str:
        """The path of the base URL without a slash at its end, decoded as those of requests are."""
        return unquote(find_prefix(self.config.site.base_url))

    def _strip(self, path: str) -> str:
        """The path within the site. Requests come with the base URL's path or, behind a proxy that cuts it, without."""
        prefix = self._prefix()
        return path.removeprefix(prefix) if prefix and path.startswith(prefix + "/") else path

    def _find_top(self, site: Site, path: str) -> Resource | None:
        """The base URL's own path without its slash leads to the site's page, as a folder's does."""
        if path != self._prefix() or not path or not site.routes.has_pages:
            return None
        return make_redirect(path, absolute(self.config, "/"))

    def _find_resource(self, site: Site, path: str) -> Resource | None:
        """The resource at a path, or at the same path spelled otherwise: composed, with `//`."""
        for spelling in dict.fromkeys((path, unicodedata.normalize("NFC", path))):
            if (found := self._get(site, spelling)) is not None:
                return found
        if "//" in path:
            single = re.sub("/+", "/", path)
            # The base URL's own path may have had two slashes before it.
            for spelling in dict.fromkeys((single, self._strip(single))):
                if (found := self._get(site, spelling)) is not None:
                    return make_redirect(path, found.location or absolute(self.config, quote(spelling)))
        return None

    def _get(self, site: Site, path: str) -> Resource | None:
        # The page for unknown paths is made once: scanners for weak spots ask for thousands of them.
        if not site.may_have(path):
            return None
        found = site.get(path)
        return None if found.status == 404 else found

    def _keep(self, path: str, document: Document) -> None:
        size = sum(len(variant.body) for variant in document.variants)
        if self._lazy_bytes + size > MAX_LAZY_BYTES:
            return
        self._lazy_bytes += size
        self._put(path, document)

    def _put(self, path: str, document: Document) -> None:
        """Have a document at hand from now on, under the path with and without the base URL's own."""
        prefix = self._prefix()
        if prefix:
            self.documents[prefix + path] = document
        # A path that could be read in both ways is one with the prefix.
        if not prefix or not path.startswith(f"{prefix}/"):
            self.documents[path] = document

    def _make(self, resource: Resource, *, cache: Header | None = None, more: tuple[Header, ...] = ()) -> Document:
        coded = compress(resource.body, resource.media_type) if resource.status in {200, 410} else {}
        address = absolute(self.config, quote(resource.path))
        bodies = {IDENTITY: resource.body, **coded}
        return make_document(resource, bodies, address=address, now=self.now(), cache=cache, more=more)

    def _find_unbuilt(self, path: str) -> Document:
        """What there is before the first build: the files of the site's looks, and a page that asks to come again."""
        name = path.removeprefix(STATIC)
        if path != name and (body := load_files(self.config).get(name)) is not None:
            return self._make(make_resource(path, 200, body, find_media_type(name)), cache=NO_CACHE)
        site = self.config.site
        if self.config.output.pages:
            view = views.SiteView(site.title, site.base_url, site.language, site.description)
            body, media_type = pages.render_message(view, "unavailable"), HTML
        else:
            body, media_type = pages.render_text(site.language, "unavailable"), TEXT
        resource = make_resource(path, 503, body, media_type)
        return self._make(resource, cache=NO_CACHE, more=(("Retry-After", str(RETRY_SECONDS)),))


def _is_built(connection: Connection) -> bool:
    """Whether a library was filled at least once."""
    if not has_table(connection, schema.documents):
        return False
    return ask_value(connection, "SELECT path FROM documents LIMIT 1") is not None
