"""The feeds of a site, found from a page of it."""

from __future__ import annotations

import http.client
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin, urlsplit

from feeds.check.fetching import ask
from feeds.diff.address import Address
from feeds.errors import CheckError
from feeds.foreign import parse_feed
from feeds.foreign.lists import find_feeds
from feeds.render.formats import BY_FILE_NAME

MAX_DISCOVERED: Final = 200
"""Feeds that a page or a list of subscriptions may lead to."""


@dataclass(frozen=True, slots=True)
class SiteFeeds:
    """The addresses of a site's feeds, and how many more it has, beyond MAX_DISCOVERED and the bounds of `Address`."""

    addresses: tuple[str, ...]
    beyond: int = 0


def find_site_feeds(url: str, page: bytes) -> SiteFeeds:
    """The feeds that the page at an address leads to. Raises CheckError where it names none.

    A page of ours leads to all feeds below its own address, whatever base URL they name, as `feeds diff` finds them.
    Any other page leads to the feeds that it names.
    """
    named = find_feeds(page, url)
    if not named:
        raise CheckError(
            "is a page that names no feed",
            path=url,
            hint='give the address of the feed itself, or name it in the page\'s head: <link rel="alternate" '
            'type="application/atom+xml" href="…">',
        )
    beyond = 0
    if _is_ours(url, named):
        site = Address(urljoin(url, "./"))
        named = [site.base + path for path in site.list_feeds()]
        beyond = site.count_unasked()
    return SiteFeeds(tuple(named[:MAX_DISCOVERED]), beyond + len(named[MAX_DISCOVERED:]))


def _is_ours(url: str, named: Iterable[str]) -> bool:
    """Whether the site is of this program, as a feed beside the page says that has the file name of a named one."""
    for name in dict.fromkeys(urlsplit(address).path.rpartition("/")[2] for address in named):
        # Of the formats only JSON Feed doesn't say.
        if name in BY_FILE_NAME and not name.endswith(".json"):
            try:
                answer = ask(urljoin(url, name))
                document = parse_feed(answer.body, answer.url) if answer.status == http.client.OK else None
            except CheckError:
                # No page named this address; what is wrong with the feeds that are named, their own check reports.
                continue
            if document is not None:
                return document.is_ours
    return False
