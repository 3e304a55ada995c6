"""Reading a document of an existing feed, whose ids can be taken over: each entry once, addresses absolute."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from feeds.adopt.records import OldFeed
from feeds.check.text import MAX_BYTES
from feeds.errors import AdoptError
from feeds.foreign import Document, Entry, parse_feed
from feeds.foreign.records import UNNAMED
from feeds.foreign.values import is_absolute
from feeds.ingest.publication.links import find_page_address
from feeds.text import clean_xml

MAX_DOCUMENTS: Final = 10_000
"""Documents that are read in one run, archives included. That is enough for 125,000 articles of ours: fifty a document,
in the archive of all and in that of their category, each in two formats."""
MAX_ENTRIES: Final = 20_000
"""Entries of one document that are read; a longer one is an error."""
_GZIP: Final = b"\x1f\x8b"


def inflate(body: bytes, where: str) -> bytes:
    """A document, decompressed if it is gzip: some servers send that unasked, and old files are kept so. Bounded."""
    if body.startswith(_GZIP):
        try:
            body = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(body, MAX_BYTES + 1)
        except zlib.error as error:
            raise AdoptError("is damaged: it is no gzip after all", path=where, hint="use a complete copy") from error
    if len(body) > MAX_BYTES:
        raise AdoptError(f"has more than {MAX_BYTES // 1_000_000} MB", path=where, hint="no feed reader takes more")
    return body


def parse_document(body: bytes, address: str) -> Document | None:
    """The feed document that some bytes are, or None where they are no feed (a page, a list, anything else).

    `address` names it in errors, and what is relative in it is relative to that; what stays relative is left out.
    Raises CheckError where it is a feed or XML and malformed, and AdoptError where it gives two entries one id.
    """
    document = parse_feed(body, address)
    if document is None:
        return None
    return replace(
        document,
        location=_whole(document.location),
        home=_whole(document.home),
        previous=_whole(document.previous),
        items=_list_once(document),
    )


def _list_once(document: Document) -> tuple[Entry, ...]:
    """Each entry once. Raises AdoptError where one id stands for two articles, or there are many."""
    if len(document.items) > MAX_ENTRIES:
        raise AdoptError(f"has more than {MAX_ENTRIES} entries", path=document.path)
    found: dict[str, Entry] = {}
    for entry in document.items:
        if entry.id.startswith(UNNAMED):
            continue
        if clean_xml(entry.id) != entry.id:
            raise AdoptError(
                "an id has characters that no XML may have", path=document.path, text=entry.id, hint="it can't stay"
            )
        first = found.setdefault(entry.id, entry)
        if first.link != entry.link or first.title != entry.title:
            raise AdoptError(
                "two entries have one id",
                path=document.path,
                text=entry.id,
                hint=f"{first.title!r} and {entry.title!r}: readers show one of them; take one out of a copy of it",
            )
    return tuple(
        replace(entry, link=None if (link := _whole(entry.link)) is None else find_page_address(link))
        for entry in found.values()
    )


def _whole(address: str | None) -> str | None:
    return address if address is not None and is_absolute(address) else None


def follow_archive(head: Document, load: Callable[[Document, str], Document | None], *, folder: str = "") -> OldFeed:
    """A feed with its archive (RFC 5005, section 4), from the newest document to the oldest.

    `load` gives the document that another one names, by its address; None for one that isn't to be had. The chain
    breaks off there, and where it leads back: what came before is not known.
    """
    documents = [head]
    # Its own address only of the first: some say that of the feed in every document.
    seen = {head.path, head.location}
    while (following := documents[-1].previous) is not None:
        document = load(documents[-1], following) if len(documents) < MAX_DOCUMENTS else None
        if document is None or document.path in seen:
            return OldFeed(tuple(documents), folder, missing=following)
        seen.add(document.path)
        documents.append(document)
    return OldFeed(tuple(documents), folder)
