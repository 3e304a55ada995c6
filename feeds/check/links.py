"""Atom's link element, which RSS borrows: relations, types, the document's own address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import takewhile
from typing import Final
from urllib.parse import urlsplit

from feeds.check.nodes import Node
from feeds.check.rules import Objection, Report, Rule
from feeds.check.shapes import check_attributes, check_values
from feeds.check.values import check_address, check_language, check_media_type, check_number, check_plain, name_type

LINK_HREF = Rule.error(
    "link-href",
    "RFC 4287 section 4.2.7.1",
    "A link has an href.",
    "Write the address, or leave the link out.",
)
LINK_RELATION = Rule.warning(
    "link-relation",
    "RFC 4287 section 4.2.7.2; IANA registry of link relations",
    "The relation of a link is registered, or an address.",
    "Use alternate, self, enclosure, related, via, another registered name, or an address of your own.",
)
LINK_CONTENT = Rule.warning(
    "link-content",
    "W3C feed validator",
    "A link is empty.",
    "Write the text into its title.",
)
MISSING_SELF = Rule.warning(
    "missing-self",
    "RFC 4287 section 4.1.1; RSS advisory board profile; JSON Feed 1.1",
    "A feed names its own address.",
    'Write a link with rel="self" (in RSS atom:link, in JSON Feed feed_url).',
)
SELF_LOCATION = Rule.warning(
    "self-location",
    "RFC 4287 section 4.2.7.2; RSS advisory board profile",
    "The address that a feed names as its own is the one at which it is found.",
    "Check the base URL.",
)
SELF_TYPE = Rule.warning(
    "self-type",
    "RSS advisory board profile",
    "The link to the feed itself has the type of a feed.",
    "Write application/atom+xml or application/rss+xml.",
)
HISTORY_IN_ENTRY = Rule.warning(
    "history-in-entry",
    "RFC 5005 section 3",
    "Links between the documents of an archive are in the feed, not in an entry.",
    "Move the link.",
)

ATTRIBUTES: Final = frozenset({"href", "rel", "type", "hreflang", "title", "length"})
HISTORY: Final = frozenset({"current", "first", "last", "next", "previous", "prev-archive", "next-archive"})
# All that IANA has registered (RFC 8288 section 2.1.1.2), as of May 2026.
_REGISTERED: Final = frozenset(
    """about acl alternate amphtml api-catalog appendix apple-touch-icon apple-touch-startup-image archives author
    blocked-by bookmark c2pa-manifest canonical chapter cite-as collection compression-dictionary contents
    convertedfrom copyright create-form current deprecation describedby describes disclosure dns-prefetch duplicate
    edit edit-form edit-media enclosure external first geofeed glossary help hosts hub ice-server icon index
    intervalafter intervalbefore intervalcontains intervaldisjoint intervalduring intervalequals intervalfinishedby
    intervalfinishes intervalin intervalmeets intervalmetby intervaloverlappedby intervaloverlaps intervalstartedby
    intervalstarts item last latest-version license linkset lrdd manifest mask-icon me media-feed memento micropub
    modulepreload monitor monitor-group next next-archive nofollow noopener noreferrer opener openid2.local_id
    openid2.provider original p3pv1 payment pingback preconnect predecessor-version prefetch preload prerender prev
    prev-archive preview previous privacy-policy profile publication rdap-active rdap-bottom rdap-down rdap-top
    rdap-up related replies restconf ruleinput search section self service service-desc service-doc service-meta
    sip-trunking-capability sponsored start status stylesheet subsection successor-version sunset tag terms-of-service
    timegate timemap type ugc up version-history via webmention working-copy working-copy-of""".split()
)
_FEED_TYPES: Final = frozenset({"application/atom+xml", "application/rss+xml", "application/rdf+xml"})
_IANA: Final = "http://www.iana.org/assignments/relation/"


def relation_of(link: Node) -> str:
    """The relation of a link: "alternate" where none is said (RFC 4287 section 4.2.7.2)."""
    return link.attributes.get("rel", "alternate").removeprefix(_IANA)


def check_link(report: Report, link: Node, where: str, *, in_entry: bool) -> None:
    """Object to a link that can't be followed, or whose attributes are not what RFC 4287 section 4.2.7 has."""
    attributes = link.attributes
    line = link.line
    check_attributes(report, link, ATTRIBUTES)
    relation = relation_of(link)
    if relation not in _REGISTERED and ":" not in relation:
        report.add(LINK_RELATION, line, f"the relation of {where} is not registered", relation)
    if in_entry and relation in HISTORY:
        report.add(HISTORY_IN_ENTRY, line, f"{where} links to another document of an archive", relation)
    if "href" in attributes:
        check_address(report, line, attributes["href"], f"href of {where}")
    else:
        report.add(LINK_HREF, line, f"{where} has no href")
    if "type" in attributes:
        check_media_type(report, line, attributes["type"], f"type of {where}")
        if relation == "self" and not in_entry and name_type(attributes["type"]) not in _FEED_TYPES:
            report.add(SELF_TYPE, line, f"type of {where} is not that of a feed", attributes["type"])
    check_values(report, link, where, title=check_plain, length=check_number, hreflang=check_language)
    if link.children or link.text.strip():
        report.add(LINK_CONTENT, line, f"{where} is not empty", link.text.strip() or f"<{link.children[0].name}>")


def check_self(report: Report, line: int | None, address: str | None, where: str) -> None:
    """Object to a feed that names no address as its own, or a wrong one."""
    if address is None:
        report.add(MISSING_SELF, line, f"{where} doesn't name its own address")
    elif report.location is not None and _same(address) != _same(report.location) and urlsplit(address).scheme:
        what = f"{where}, found at {report.location}, names another address as its own"
        report.add(SELF_LOCATION, line, what, address)


def join_moved(objections: Iterable[Objection], page: str) -> list[Objection]:
    """The objections to the feeds of one site, one for all feeds that name addresses below another base.

    `page` is the address of the site's page, which that one names.
    """
    kept: list[Objection] = []
    moved: dict[tuple[str, str], list[Objection]] = {}
    for one in objections:
        if one.rule == SELF_LOCATION.id and one.text is not None:
            moved.setdefault(_cut_same_end(one.path, one.text), []).append(one)
        else:
            kept.append(one)
    for (found, named), alike in moved.items():
        if len(alike) == 1:
            kept += alike
        else:
            what = f"{len(alike)} feeds, found below {found}, name addresses below another as their own"
            kept.append(replace(alike[0], path=page, line=None, what=what, text=named))
    return kept


def check_self_link(report: Report, feed: Node, links: Iterable[Node], where: str) -> None:
    """As `check_self`, of a feed that names its own address by the first of its links that says `self`."""
    own = next((link for link in links if relation_of(link) == "self"), None)
    if own is None:
        check_self(report, feed.line, None, where)
    else:
        check_self(report, own.line, own.attributes.get("href", ""), where)


def _cut_same_end(found: str, named: str) -> tuple[str, str]:
    """Two addresses without the end that their paths share: the bases that they are below."""
    names = [urlsplit(address).path.split("/")[:0:-1] for address in (found, named)]
    same = [one for one, _ in takewhile(lambda pair: pair[0] == pair[1], zip(*names, strict=False))]
    shared = len("/".join(same))
    return found[: len(found) - shared], named[: len(named) - shared]


def _same(address: str) -> str:
    return address.partition("#")[0]
