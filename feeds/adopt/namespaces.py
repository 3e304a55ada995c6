"""Finding the namespace of the ids in our own published feeds, where the settings give another one now. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Final
from urllib.parse import urlsplit

from feeds.adopt.articles import Newsroom
from feeds.adopt.records import OldFeed
from feeds.ingest.identity.ids import mint_uuid
from feeds.ingest.identity.keys import rank_key
from feeds.store.feeds import ALL, CORRECTIONS

MAX_ASKED: Final = 200
"""How many articles' keys are tried with each possible namespace."""
MAX_FOLDERS: Final = 2
"""Folders that a base URL may have: project pages have one."""


def find_namespaces(feeds: Sequence[OldFeed], newsroom: Newsroom) -> list[str]:
    """The namespaces that ids of these feeds were minted in, that of most of them first; none where nothing says so.

    A namespace is that of the ledger, or a base URL that the site had once: addresses of feeds and articles name it.
    An id proves it, for it is minted from the namespace and a name that is known.
    """
    told = {entry.id for feed in feeds for document in feed.documents for entry in document.items}
    told |= {feed.head.id for feed in feeds if feed.head.id is not None}
    names = list(dict.fromkeys(_list_names(feeds, newsroom)))
    found: dict[str, int] = {}
    for namespace in dict.fromkeys([newsroom.ledger.namespace, *_list_bases(feeds, newsroom)]):
        if proofs := sum(mint_uuid(namespace, name) in told for name in names):
            found[namespace] = proofs
    return sorted(found, key=lambda namespace: -found[namespace])


def _list_names(feeds: Iterable[OldFeed], newsroom: Newsroom) -> Iterator[str]:
    """Names that ids are minted from: keys of feeds, and natural keys of articles of all times."""
    keys = [ALL, CORRECTIONS, *(feed.key for feed in newsroom.ledger.feeds)]
    yield from (f"feed:{key}" for key in (*keys, *(feed.head.slug for feed in feeds if feed.head.slug)))
    step = max(1, len(newsroom.articles) // MAX_ASKED)
    yield from (min(article.keys, key=rank_key) for article in newsroom.articles[::step] if article.keys)


def _list_bases(feeds: Iterable[OldFeed], newsroom: Newsroom) -> Iterator[str]:
    """Base URLs without their scheme, as they are a namespace: of every feed, and what articles share.

    A folder that one article alone is in is its own, as in "/politik/titel/".
    """
    for feed in feeds:
        yield from _list_folders(feed.head.location)
    found = Counter(base for article in newsroom.articles for base in _list_folders(article.url))
    yield from (base for base, articles in found.items() if articles > 1)


def _list_folders(address: str | None) -> Iterator[str]:
    """The host of an address and the first folders on it, each as a base URL would name it."""
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return
    if parts.netloc:
        folders = parts.path.split("/")[1:-1][:MAX_FOLDERS]
        yield from accumulate((f"{folder}/" for folder in folders), initial=f"//{parts.netloc}/")
