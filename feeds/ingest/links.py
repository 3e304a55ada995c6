"""What an entry links to: the article's original, its page here, or its place in the feed where there are no pages."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from feeds.config import Config
from feeds.render import atom
from feeds.text import to_uri

HTML: Final = "text/html"
_PLACE: Final = re.compile(r"/atom\.xml#([\w.~-]+/[\w.~-]+/(?:[\w.~-]+/)?)(?:;([\w-]+))?\Z")


class Link(NamedTuple):
    """An absolute address, and the media type of what is there."""

    href: str
    media_type: str


def link_to_original(url: str, *, mark: str = "") -> Link:
    """The link to an article's original address; `mark` tells several entries about it apart."""
    href = to_uri(url)
    return Link(f"{href.partition('#')[0]}#{mark}" if mark else href, HTML)


def link_to_page(config: Config, path: str, *, mark: str = "") -> Link:
    """The link to the page of an article here, by its path.

    Without pages it leads to the feed of all, which is there, with the path as its fragment: readers take entries
    without a link badly, and entries with one link for the same.
    """
    base = config.site.base_url.rstrip("/")
    if config.output.pages:
        return Link(base + path + (f"#{mark}" if mark else ""), HTML)
    return Link(f"{base}/{atom.FILE_NAME}#{path.lstrip('/')}" + (f";{mark}" if mark else ""), atom.MEDIA_TYPE)


def find_page_address(link: str) -> str:
    """The address that the page of an article has, or would have, of a link that `link_to_page` may have made."""

    def unfold(found: re.Match[str]) -> str:
        return f"/{found[1]}" + (f"#{found[2]}" if found[2] else "")

    return _PLACE.sub(unfold, link)
