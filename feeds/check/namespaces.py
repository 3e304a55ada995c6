"""Namespaces and their usual prefixes, in documents and in the names that rules use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from feeds.check.rules import Report, Rule

ATOM: Final = "http://www.w3.org/2005/Atom"
MATHML: Final = "http://www.w3.org/1998/Math/MathML"
MEDIA: Final = "http://search.yahoo.com/mrss/"
NEWS: Final = "http://www.google.com/schemas/sitemap-news/0.9"
SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
SVG: Final = "http://www.w3.org/2000/svg"
XHTML: Final = "http://www.w3.org/1999/xhtml"
XML: Final = "http://www.w3.org/XML/1998/namespace"

PREFIXES: Final = {
    ATOM: "atom",
    MEDIA: "media",
    SITEMAP: "sitemap",
    XHTML: "xhtml",
    XML: "xml",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/syndication/history/1.0": "fh",
    "http://purl.org/atompub/tombstones/1.0": "at",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://purl.org/rss/1.0/modules/slash/": "slash",
    "http://purl.org/syndication/thread/1.0": "thr",
    "http://wellformedweb.org/CommentAPI/": "wfw",
    "http://backend.userland.com/creativeCommonsRssModule": "creativeCommons",
    NEWS: "news",
    "http://www.google.com/schemas/sitemap-image/1.1": "image",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.georss.org/georss": "georss",
    "http://www.w3.org/2003/01/geo/wgs84_pos#": "geo",
    "http://www.w3.org/2007/app": "app",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    SVG: "svg",
    MATHML: "mathml",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/2001/XMLSchema-instance": "xsi",
    "http://a9.com/-/spec/opensearch/1.1/": "opensearch",
}
"""The namespaces of the rules, and others that validators and readers know, with the prefix that everybody writes."""

_RSS_MODULES: Final = "http://purl.org/rss/1.0/modules/"
KNOWN: Final = frozenset(
    f"{_RSS_MODULES}{name}"
    for name in """aggregation/ annotate/ company email/ event/ image/ link/ reference/ richequiv/ rss091# search/
    servicestatus/ subscription/ taxonomy/ threading/ wiki/""".split()
) | frozenset(
    """
    http://a9.com/-/spec/opensearchrss/1.0/ http://backend.userland.com/blogChannelModule
    http://base.google.com/ns/1.0 http://conversationsnetwork.org/rssNamespace-1.0/ http://feedsync.org/2007/feedsync
    http://geourl.org/rss/module/ http://hacks.benhammersley.com/rss/streaming/
    http://madskills.com/public/xml/rss/module/trackback/ http://media.tangent.org/rss/1.0/
    http://my.theinfo.org/changed/1.0/rss/ http://postneo.com/icbm http://rssnamespace.org/feedburner/ext/1.0
    http://web.resource.org/cc/ http://webns.net/mvcb/ http://www.bloglines.com/about/specs/fac-1.0
    http://www.microsoft.com/schemas/rss/core/2005 http://www.opengis.net/gml http://www.opml.org/spec2
    http://www.usemod.com/cgi-bin/mb.pl?ModWiki http://www.w3.org/2000/01/rdf-schema# http://xmlns.com/foaf/0.1/
    urn:atom-extension:indexing

    http://activitystrea.ms/spec/1.0/ http://podlove.org/simple-chapters http://portablecontacts.net/spec/1.0
    http://prismstandard.org/namespaces/basic/2.0/ http://schema.org/ https://schema.org/
    http://schemas.google.com/blogger/2008 http://schemas.google.com/g/2005 http://source.scripting.com/ http://webfeeds.org/rss/1.0
    http://www.google.com/schemas/play-podcasts/1.0 http://www.google.com/schemas/play-podcasts/1.0/
    http://www.google.com/schemas/sitemap-video/1.1 http://www.rawvoice.com/rawvoiceRssModule/
    http://www.spotify.com/ns/rss http://www.youtube.com/xml/schemas/2015 https://freshrss.org/opml
    https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md
    https://podcastindex.org/namespace/1.0
    """.split()
)
"""Further known namespaces, without rules of their own: those of the W3C feed validator, then others of readers."""

_NAMESPACES: Final = {prefix: uri for uri, prefix in PREFIXES.items()}
_OF_SITEMAPS: Final = frozenset({"sitemap", "news", "image"})
_MISSPELT: Final = {uri.rstrip("/#").lower(): uri for uri in PREFIXES}
_INNERMOST: Final = {ATOM: "Atom", XHTML: "XHTML"}

UNKNOWN_NAMESPACE = Rule.warning(
    "unknown-namespace",
    "W3C feed validator",
    "A namespace is one that validators and readers know.",
    "Leave the extension out, or write the namespace of a known one.",
)
NAMESPACE_PREFIX = Rule.warning(
    "namespace-prefix",
    "W3C feed validator; readers that look for names, not namespaces",
    "Each namespace has its usual prefix, and an Atom document declares none for Atom and XHTML.",
    "Write the usual prefix; make Atom the default namespace of an Atom document.",
)
NAMESPACE_SPELLING = Rule.error(
    "namespace-spelling",
    "Namespaces in XML 1.0 section 2.3",
    "A namespace is written exactly as its specification has it.",
    "Copy the namespace from its specification, slash at the end included.",
)


def check_namespaces(
    report: Report, declared: Mapping[tuple[str | None, str], int], *, is_atom: bool, is_sitemap: bool
) -> None:
    """Object to declared namespaces, (prefix, namespace) with their line, that validators and readers don't expect."""
    for (prefix, uri), line in declared.items():
        shown = f'xmlns{":" + prefix if prefix else ""}="{uri}"'
        usual = PREFIXES.get(uri)
        if uri in KNOWN:
            continue
        if usual is None:
            near = _MISSPELT.get(uri.rstrip("/#").lower())
            if near is not None:
                report.add(NAMESPACE_SPELLING, line, f"the namespace is almost {near}", shown)
            elif prefix in _NAMESPACES:
                report.add(NAMESPACE_PREFIX, line, f"the prefix is usually that of {_NAMESPACES[prefix]}", shown)
            elif uri:
                report.add(UNKNOWN_NAMESPACE, line, "the namespace is unknown", shown)
        elif usual in _OF_SITEMAPS and not is_sitemap:
            report.add(UNKNOWN_NAMESPACE, line, "the namespace is one of sitemaps", shown)
        elif prefix is not None and usual not in {prefix, "sitemap"}:
            report.add(NAMESPACE_PREFIX, line, f"the prefix of this namespace is usually {usual}", shown)
        elif prefix is not None and is_atom and uri in _INNERMOST:
            report.add(NAMESPACE_PREFIX, line, f"{_INNERMOST[uri]} has a prefix in an Atom document", shown)
