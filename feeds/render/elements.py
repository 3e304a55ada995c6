"""feedgen's two classes with its defects corrected, each correction beside what feedgen 1.0.0 does.

feedgen builds every element of RSS and Atom; JSON Feed and OPML it doesn't know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from html import unescape
from html.entities import name2codepoint
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from feeds.article import Image
from feeds.dates import format_rfc822, format_rfc3339
from feeds.feed import Entry, Feed, Origin, Term
from feeds.text import clean_xml, escape_xml, fold_spaces

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
NAMESPACES = {
    "at": "http://purl.org/atompub/tombstones/1.0",  # RFC 6721
    "dc": "http://purl.org/dc/elements/1.1/",
    "fh": "http://purl.org/syndication/history/1.0",  # RFC 5005
    "media": "http://search.yahoo.com/mrss/",
}
"""The namespaces that every document of ours declares, used or not, so that entries can be joined as bytes."""
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_LINK_ATTRIBUTES = ("rel", "type", "hreflang", "title", "length")

_ENTITY_LIKE = re.compile(r"&(#?\w+)")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CREATOR = f"{{{NAMESPACES['dc']}}}creator"
_MEDIA_CONTENT = f"{{{NAMESPACES['media']}}}content"

Element = Any  # lxml's element; its stubs don't name the type


class Namespaces(BaseExtension):  # type: ignore[misc]  # feedgen has no types
    """Declares our fixed namespaces on the root; marks an archive document (RFC 5005 section 4)."""

    is_archive = False

    def extend_ns(self) -> dict[str, str]:
        """The prefixes and names to declare."""
        return dict(NAMESPACES)

    def extend_atom(self, feed: Element) -> None:
        """Mark the feed element of an archive document."""
        if self.is_archive:
            etree.SubElement(feed, f"{{{NAMESPACES['fh']}}}archive")

    def extend_rss(self, rss: Element) -> None:
        """Mark the channel of an archive document."""
        self.extend_atom(rss[0])


class NoExtension(BaseEntryExtension):  # type: ignore[misc]  # feedgen has no types
    """The entry's half that `register_extension` asks for; adds nothing."""


class EntryElement(FeedEntry):  # type: ignore[misc]  # feedgen has no types
    """An entry of RSS and Atom.

    Corrected: Atom links keep rel, type and length (feedgen writes href only); dates are written without the locale
    (feedgen sets the process's locale three times a date) and in whole seconds with Z (feedgen writes microseconds and
    +00:00); authors reach RSS as dc:creator (feedgen drops an author without an e-mail address); an Atom source has
    its id and updated; a text in another language than the feed's says so; pictures are media:content without a
    group (feedgen groups even one, which validators warn of); a guid can be another than Atom's id (feedgen has one for
    both).
    """

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        # feedgen's constructor reads the clock.
        super().updated(_NEVER)
        # For what feedgen has no right place for: instants, guid, language, origin, pictures.
        self._entry = entry

    def atom_entry(self, extensions: bool = True) -> Element:  # noqa: FBT001, FBT002 (feedgen's signature)
        """The entry as an Atom element (RFC 4287 section 4.1.2)."""
        element, entry = super().atom_entry(extensions=extensions), self._entry
        for link, values in zip(element.findall("link"), self.link() or (), strict=True):
            for name in _LINK_ATTRIBUTES:
                if values.get(name):
                    link.set(name, values[name])
        element.find("updated").text = format_rfc3339(entry.updated)
        etree.SubElement(element, "published").text = format_rfc3339(entry.published)
        if entry.foreign_language:
            element.set(_XML_LANG, entry.foreign_language)
        if entry.origin is not None:
            _add_source(element, entry.origin)
        _add_media(element, entry.images)
        return element

    def rss_entry(self, extensions: bool = True) -> Element:  # noqa: FBT001, FBT002 (feedgen's signature)
        """The entry as an RSS item (RSS 2.0; dc:creator by the RSS advisory board profile)."""
        item, entry = super().rss_entry(extensions=extensions), self._entry
        if entry.guid is not None:
            item.find("guid").text = entry.guid
        for author in self.author() or ():
            etree.SubElement(item, _CREATOR).text = author["name"]
        etree.SubElement(item, "pubDate").text = format_rfc822(entry.published)
        _add_media(item, entry.images)
        return item


def _add_source(element: Element, origin: Origin) -> None:
    source = etree.SubElement(element, "source")
    etree.SubElement(source, "id").text = origin.id
    etree.SubElement(source, "title").text = origin.title
    etree.SubElement(source, "updated").text = format_rfc3339(origin.updated)
    if origin.link:
        etree.SubElement(source, "link", href=origin.link)


def _add_media(element: Element, images: Iterable[Image]) -> None:
    for image in images:
        values = {
            "url": image.url,
            "type": image.media_type,
            "medium": "image",
            "fileSize": image.length,
            "width": image.width,
            "height": image.height,
        }
        etree.SubElement(element, _MEDIA_CONTENT, {name: str(value) for name, value in values.items() if value})


class FeedElement(FeedGenerator):  # type: ignore[misc]  # feedgen has no types
    """A document of RSS or Atom.

    Corrected: the channel's link is the page for people whatever order links are added in (feedgen takes the last
    link); RSS gets every atom:link (feedgen writes the first rel=self only); no dates from the clock; no version in
    the generator, so that an upgrade of feedgen changes no byte.

    `updated` is the instant of the feed's newest change: aware, whole seconds. Of RSS, `home` is the channel's link to
    the page for people, and `links` are its atom:link elements: dicts of href, rel and type, in order.
    """

    def __init__(self, updated: datetime, *, home: str, links: list[dict[str, str]]) -> None:
        super().__init__()
        super().updated(_NEVER)
        self._updated = updated
        # Written by _create_rss below; feedgen would set the process's locale to write it.
        self._FeedGenerator__rss_lastBuildDate = None
        self._rss_links = links
        self._rss_home = home
        self.docs("https://www.rssboard.org/rss-specification")
        self.generator("feeds")
        self.register_extension("namespaces", Namespaces, NoExtension)

    def _create_atom(self, extensions: bool = True) -> tuple[Element, Element]:  # noqa: FBT001, FBT002 (feedgen's)
        feed, document = super()._create_atom(extensions=extensions)
        feed.find("updated").text = format_rfc3339(self._updated)
        return feed, document

    def _create_rss(self, extensions: bool = True) -> tuple[Element, Element]:  # noqa: FBT001, FBT002 (feedgen's)
        rss, document = super()._create_rss(extensions=extensions)
        channel = rss[0]
        for element in channel.findall(f"{{{ATOM}}}link"):
            channel.remove(element)
        place = channel.index(channel.find("description")) + 1
        for offset, link in enumerate(self._rss_links):
            channel.insert(place + offset, etree.Element(f"{{{ATOM}}}link", link))
        channel.find("link").text = self._rss_home
        built = etree.Element("lastBuildDate")
        built.text = format_rfc822(self._updated)
        # Before the items, where it also is when they are joined to the document later.
        first = channel.find("item")
        channel.insert(len(channel) if first is None else channel.index(first), built)
        return rss, document


def _write_ampersand(match: re.Match[str]) -> str:
    """An ampersand that readers would take for an entity ("5&6") as the wide sign; others ("AT&T") as they are."""
    name = match[1]
    return f"＆{name}" if name in name2codepoint or not name.isalpha() else match[0]


def clean_title(title: str) -> str:
    """A plain text that every reader shows as it is: without `<` and `>`, where several cut or strip, and entities.

    What looks like an entity is decoded, because readers do that too, each differently. Source: RSS Guard, Liferea,
    QuiteRSS, Alligator, tt-rss; W3C feed validator, CharacterData and ContainsHTML.
    """
    if "&" in title:
        title = _ENTITY_LIKE.sub(_write_ampersand, fold_spaces(unescape(unescape(title))))
    return clean_xml(title.replace("<", "‹").replace(">", "›"))


def build_entry(entry: Entry) -> EntryElement:
    """The feedgen object of an entry, good for both formats."""
    element = EntryElement(entry)
    element.id(entry.id)
    title = clean_title(entry.title)
    element.title(title)
    element.link(href=entry.link, rel="alternate", type="text/html")
    element.author([{"name": clean_title(name)} for name in entry.authors])
    if summary := find_summary(entry, title):
        element.summary(summary, type="html")
    if entry.content:
        element.content(entry.content, type="html")
    element.category(_describe_terms(list_terms(entry)))
    for image in entry.images:
        if image.length and image.media_type:
            element.link(href=image.url, rel="enclosure", type=image.media_type, length=str(image.length))
    return element


def find_summary(entry: Entry, title: str) -> str:
    """An entry's summary as RSS and Atom have it, in HTML. `title` is its title as they show it.

    In Atom, too: rss2email prefers what is plain text, so it would mail the summary in place of the article.
    """
    # Validators warn of an entry without any text, and readers show words of their own instead.
    return escape_xml(clean_title(entry.summary) or ("" if entry.content else title))


def list_terms(entry: Entry) -> list[Term]:
    """An entry's categories and tags, as RSS and Atom show them. Tags have no scheme."""
    tags = [Term(tag, label, "") for tag in entry.tags if (label := clean_title(tag))]
    return [*_clean_terms(entry.categories), *tags]


def _clean_terms(terms: Iterable[Term]) -> Iterator[Term]:
    for term in terms:
        yield Term(term.term, clean_title(term.label) or term.term, term.scheme)


def _describe_terms(terms: Iterable[Term]) -> list[dict[str, str]]:
    return [
        {"term": term.term, **({"scheme": term.scheme} if term.scheme else {}), "label": term.label} for term in terms
    ]


def build_feed(feed: Feed, file_name: str, media_type: str) -> FeedElement:
    """The feedgen object of a feed document without entries; `file_name` and `media_type` are the format's."""
    address = feed.folder + file_name
    # A channel must have a link: without a page for people it is to the feed itself.
    home = feed.home or address
    own = {"href": address, "rel": "self", "type": media_type}
    history = [
        {"href": folder + file_name, "rel": rel, "type": media_type}
        for rel, folder in (
            ("current", feed.current),
            ("prev-archive", feed.previous),
            ("next-archive", feed.following),
        )
        if folder
    ]
    element = FeedElement(feed.updated, home=home, links=[own, *history])
    element.id(feed.id)
    element.title(clean_title(feed.title))
    element.description(clean_title(feed.subtitle))
    element.language(feed.language)
    element.author({"name": clean_title(feed.author)})
    if feed.rights:
        element.rights(feed.rights)
    if feed.icon:
        element.icon(feed.icon)
    if feed.logo:
        element.logo(feed.logo)
        element.image(url=feed.logo, title=clean_title(feed.title), link=home)
    element.ttl(feed.max_age_seconds // 60)
    if feed.categories:
        element.category(_describe_terms(_clean_terms(feed.categories)))
    element.namespaces.is_archive = feed.is_archive
    page = {"href": feed.home, "rel": "alternate", "type": "text/html", "hreflang": feed.language}
    element.link([*([page] if feed.home else []), own, *history])
    return element


def cut(document: bytes, start: bytes, end: bytes) -> bytes:
    """The part of a serialised wrapper from `start` up to the last `end`."""
    return document[document.index(start) : document.rindex(end)]
