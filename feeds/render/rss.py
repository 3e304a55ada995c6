"""RSS 2.0 with content:encoded and dc:creator, by the RSS advisory board profile. feedgen builds the elements."""

from __future__ import annotations

from lxml import etree

from feeds.feed import Feed
from feeds.render.elements import ATOM, CONTENT, NAMESPACES, EntryElement, build_feed, cut
from feeds.render.shell import Shell

FILE_NAME = "rss.xml"
MEDIA_TYPE = "application/rss+xml"

_TAIL = b"</channel></rss>"
_NAMESPACES = {**NAMESPACES, "atom": ATOM, "content": CONTENT}


def render_entry(element: EntryElement) -> bytes:
    """An entry as an `<item>`, as it is in every RSS document of ours."""
    wrapper = etree.Element("rss", nsmap=_NAMESPACES)
    wrapper.append(element.rss_entry())
    return cut(etree.tostring(wrapper, encoding="UTF-8"), b"<item", b"</rss>")


def render_shell(feed: Feed) -> Shell:
    """The document around the items."""
    document = build_feed(feed, FILE_NAME, MEDIA_TYPE).rss_str()
    return Shell(document.removesuffix(_TAIL), _TAIL)
