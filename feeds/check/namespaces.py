"""Namespaces: which prefix stands for which, in every document that is checked and in the rules' own names."""

from __future__ import annotations

from typing import Final

from feeds.check.rules import Report, Rule

ATOM: Final = "http://www.w3.org/2005/Atom"
MEDIA: Final = "http://search.yahoo.com/mrss/"
NEWS: Final = "http://www.google.com/schemas/sitemap-news/0.9"
SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
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
    "http://www.w3.org/2000/svg": "svg",
    "http://www.w3.org/1998/Math/MathML": "mathml",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/2001/XMLSchema-instance": "xsi",
    "http://a9.com/-/spec/opensearch/1.1/": "opensearch",
}
"""The namespaces that validators and readers know, each with the prefix that everybody writes."""

_NAMESPACES: Final = {prefix: uri for uri, prefix in PREFIXES.items()}
_OF_SITEMAPS: Final = frozenset({"sitemap", "news", "image", "xsi"})
_MISSPELT: Final = {uri.rstrip("/#").lower(): uri for uri in PREFIXES}
_INNERMOST: Final = {"http://www.w3.org/2005/Atom": "Atom", XHTML: "XHTML"}

UNKNOWN_NAMESPACE = Rule(
    "unknown-namespace",
    "warning",
    "W3C feed validator",
    "A namespace is one that validators and readers know.",
    "Leave the extension out, or write the namespace of a known one.",
)
NAMESPACE_PREFIX = Rule(
    "namespace-prefix",
    "warning",
    "W3C feed validator; readers that look for names, not namespaces",
    "Each namespace has its usual prefix, and an Atom document declares none for Atom and XHTML.",
    "Write the usual prefix; make Atom the default namespace of an Atom document.",
)
NAMESPACE_SPELLING = Rule(
    "namespace-spelling",
    "error",
    "Namespaces in XML 1.0 section 2.3",
    "A namespace is written exactly as its specification has it.",
    "Copy the namespace from its specification, slash at the end included.",
)


def check_namespaces(
    report: Report, pairs: list[tuple[str | None, str]], *, is_atom: bool = False, is_sitemap: bool = False
) -> None:
    """Object to declared (prefix, namespace) pairs that validators and readers don't expect."""
    for prefix, uri in pairs:
        shown = f'xmlns{":" + prefix if prefix else ""}="{uri}"'
        usual = PREFIXES.get(uri)
        if usual in _OF_SITEMAPS and not is_sitemap:
            usual = None
        if usual is None:
            near = _MISSPELT.get(uri.rstrip("/#").lower())
            if near is not None and near != uri:
                report.add(NAMESPACE_SPELLING, None, f"the namespace is almost {near}", shown)
            elif prefix in _NAMESPACES:
                report.add(NAMESPACE_PREFIX, None, f"the prefix is usually that of {_NAMESPACES[prefix]}", shown)
            elif uri:
                report.add(UNKNOWN_NAMESPACE, None, "the namespace is unknown", shown)
        elif prefix is not None and usual not in {prefix, "sitemap"}:
            report.add(NAMESPACE_PREFIX, None, f"the prefix of this namespace is usually {usual}", shown)
        elif prefix is not None and is_atom and uri in _INNERMOST:
            report.add(NAMESPACE_PREFIX, None, f"{_INNERMOST[uri]} has a prefix in an Atom document", shown)
