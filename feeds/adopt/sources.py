"""Loading an existing feed from an address, a file, or a folder such as a published site. Decides nothing.

Everything is bounded: a document's size, redirects and time (`feeds.check.fetching`), the number of documents, and the
time for all of them. For a file or a folder nothing is fetched.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urljoin, urlsplit

from w3lib.url import safe_url_string

from feeds.adopt.documents import MAX_DOCUMENTS, follow_archive, inflate, parse_document
from feeds.adopt.folders import load_file, load_folder
from feeds.adopt.records import OldFeed
from feeds.check.fetching import fetch, find_deadline
from feeds.diff import Address
from feeds.diff.sites import MAX_DISCOVERED
from feeds.errors import AdoptError, CheckError, say_number
from feeds.foreign import Document
from feeds.foreign.lists import find_feeds
from feeds.render.formats import FORMATS
from feeds.text import find_address

MAX_SECONDS: Final = 900.0
"""How long reading over HTTP may take in all."""


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
    if (address := find_address(target)) is not None:
        return _Reader().load(address, slugs)
    path = Path(target)
    if path.is_dir():
        return Loaded(load_folder(path))
    return Loaded([load_file(path, target)])


class _Reader:
    """Reads feeds over HTTP: within one time, and no address twice."""

    def __init__(self) -> None:
        self._ends = time.monotonic() + MAX_SECONDS
        self._read = 0
        self._top = ""
        self._copy: tuple[str, str] | None = None

    def load(self, target: str, slugs: Iterable[str]) -> Loaded:
        url, body = self._fetch(target)
        self._top = url
        document = parse_document(body, url)
        if document is not None:
            self._copy = _find_copy(document)
            return Loaded([self._follow(document)])
        found = find_feeds(body, url)
        if any(urlsplit(address).netloc != urlsplit(url).netloc for address in found):
            self._copy = self._look_for_copy()
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

    def _look_for_copy(self) -> tuple[str, str] | None:
        """As `_find_copy`, by the feed that one of our sites has beside the page at the top."""
        try:
            url, body = self._fetch(urljoin(self._top, FORMATS[0].file_name))
            document = parse_document(body, url)
        except (AdoptError, CheckError):
            # Sites of others have anything there, or nothing.
            return None
        return None if document is None else _find_copy(document)

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
        return follow_archive(head, self._load_archive, folder=_folder_below(self._top, head.location or head.path))

    def _load_archive(self, _: Document, address: str) -> Document:
        url, body = self._fetch(address)
        document = parse_document(body, url)
        if document is None:
            raise AdoptError("is named as a feed's archive, and is no feed", path=address)
        return document

    def _fetch(self, target: str) -> tuple[str, bytes]:
        """Address (after redirects) and body; of a copy of a site, from there. Raises AdoptError, CheckError."""
        self._read += 1
        if self._copy is not None and target.startswith(self._copy[0]):
            target = self._copy[1] + target.removeprefix(self._copy[0])
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
        return answer.url, inflate(answer.body, answer.url)


def _folder_below(top: str, address: str) -> str:
    start = top.rpartition("/")[0] + "/"
    return address.removeprefix(start).rpartition("/")[0] if address.startswith(start) else urlsplit(address).path


def _find_copy(document: Document) -> tuple[str, str] | None:
    """The base that a feed of ours names, and where it was found in its place, as on a host for trials; else None.

    So `diff` and `check` read a site at the address that they were given, whatever base URL it names.
    """
    if not document.is_ours or document.location in {None, document.path}:
        return None
    own, found = str(document.location).split("/"), document.path.split("/")
    # The host, behind the scheme and two slashes, is no part of a path.
    while min(len(own), len(found)) > 3 and own[-1] == found[-1]:
        own, found = own[:-1], found[:-1]
    return "/".join([*own, ""]), "/".join([*found, ""])
