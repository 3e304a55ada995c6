"""What an entry links to: the original article, its page here, or, on a site without pages, its place in the feed."""

from __future__ import annotations

import re
from typing import Final

from feeds.config import Config
from feeds.text import to_uri

_PLACE: Final = re.compile(r"/atom\.xml#([\w.~-]+/[\w.~-]+/(?:[\w.~-]+/)?)(?:;([\w-]+))?\Z")


def link_to_original(url: str, *, mark: str = "") -> str:
    """The link to an article's original address; `mark` distinguishes several entries about it."""
    href = to_uri(url)
    return f"{href.partition('#')[0]}#{mark}" if mark else href


def link_to_page(config: Config, path: str, *, mark: str = "") -> str:
    """The link to the page of an article here, by its path.

    Without pages it leads to the feed of all, which is there, with the path as its fragment: readers take entries
    without a link badly, and entries with one link for the same. Feeds say text/html of it all the same, which RFC 4287
    section 4.2.7.3 has as a hint: readers built on feedparser take a link of another type for none.
    """
    base = config.site.base_url.rstrip("/")
    if config.output.pages:
        return base + path + (f"#{mark}" if mark else "")
    return f"{base}/atom.xml#{path.lstrip('/')}" + (f";{mark}" if mark else "")


def find_page_address(link: str) -> str:
    """The address that the page of an article has, or would have, of a link that `link_to_page` may have made."""

    def unfold(found: re.Match[str]) -> str:
        return f"/{found[1]}" + (f"#{found[2]}" if found[2] else "")

    return _PLACE.sub(unfold, link)
