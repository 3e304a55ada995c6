"""OPML 2.0: the list of feeds that a reader imports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from feeds.render.elements import clean_title

FILE_NAME = "feeds.opml"
MEDIA_TYPE = "text/x-opml"


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed in the list: its title, its address and its page for people, if it has one."""

    title: str
    feed: str
    home: str | None


def render_opml(title: str, subscriptions: Iterable[Subscription], *, language: str) -> bytes:
    """The document. Outlines carry type="rss", which OPML 2.0 asks for whatever the feed's format is."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = clean_title(title)
    body = etree.SubElement(root, "body")
    for item in subscriptions:
        outline = etree.SubElement(
            body,
            "outline",
            type="rss",
            text=clean_title(item.title),
            title=clean_title(item.title),
            xmlUrl=item.feed,
        )
        if item.home:
            outline.set("htmlUrl", item.home)
        outline.set("language", language)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
