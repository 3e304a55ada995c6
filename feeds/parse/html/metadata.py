"""What an HTML page says of itself for machines: JSON-LD, OpenGraph, meta tags, microdata, `<time>`.

Gives candidates in the order of their worth (schema.org NewsArticle, ogp.me, Dublin Core); reads no running text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from lxml.html import HtmlElement

from feeds.errors import Problem
from feeds.parse.body import clean_line
from feeds.parse.extent import PROSE
from feeds.parse.html.bylines import find_authors
from feeds.parse.html.elements import Value, find_data, find_items, find_marked_headline, find_times
from feeds.parse.html.linkeddata import Node, choose_own, find_nodes, is_article, text_of, types_of
from feeds.parse.html.place import Place, find_place, split_titles

_PAGE_TYPES: Final = frozenset(["WebPage", "ItemPage", "Webpage", "AboutPage", "FAQPage"])
_LIST_TYPES: Final = frozenset(["CollectionPage", "ItemList", "SearchResultsPage"])

_PUBLISHED_META: Final = (
    "article:published_time", "article:published", "og:article:published_time", "og:published_time", "datepublished",
    "rnews:datepublished", "article:post_date", "bt:pubdate", "vr:published_time", "published_time", "publish_time",
    "date.published", "date_published", "publication_date", "publication-date", "publish-date", "publish_date",
    "publishdate", "published-date", "pubdate", "parsely-pub-date", "sailthru.date", "article.published",
    "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "originalpublicationdate", "citation_publication_date",
    "citation_date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date",
    "dcterms.date", "dc.created", "bepress_citation_date", "date",
    "datecreated", "article:created", "created", "release_date",
    "shareaholic:article_published_time", "ptime", "timestamp", "last-published", "video:release_date",
)  # fmt: skip
_TITLE_META: Final = ("og:title", "twitter:title", "dc.title", "title")
_UPDATED_META: Final = (
    "article:modified_time", "article:modified", "og:updated_time", "og:article:modified_time", "datemodified",
    "dcterms.modified", "dc.date.modified", "lastmod", "last-modified", "article:updated", "date.updated",
)  # fmt: skip
_AUTHOR_META: Final = ("author", "article:author", "dc.creator", "parsely-author")
_DUBLIN_CORE = re.compile(r"^(dc|dcterms)[:_]")
_ITEM_DATES: Final = frozenset(["datepublished", "datemodified"])
MAX_ARTICLE_ELEMENTS: Final = 100
"""Article elements that are looked at, at most."""
LEAST_PARAGRAPHS: Final = 2
"""Paragraphs of an element that is marked as an article, at least."""
LEAST_TEASER_ELEMENTS: Final = 3
"""Article elements that are all teasers, from which a page is a list of them."""
_PAID: Final = {"false": "paid", "true": "free", "no": "paid", "yes": "free"}


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself, each field's candidates best first.

    `kinds` are its types: JSON-LD's, OpenGraph's. `place` is where its headline is.
    """

    headline: tuple[Value, ...]
    title: tuple[Value, ...]
    summary: tuple[Value, ...]
    published: tuple[Value, ...]
    updated: tuple[Value, ...]
    section: tuple[Value, ...]
    authors: tuple[Value, ...]
    tags: tuple[str, ...]
    url: tuple[Value, ...]
    site_name: str | None
    language: str | None
    access: str | None
    image: Mapping[str, str]
    kinds: frozenset[str]
    articles: int
    problems: tuple[Problem, ...]
    place: Place


def find_metadata(tree: HtmlElement) -> Metadata:
    """The metadata of a parsed page."""
    problems: list[Problem] = []
    nodes = list(find_nodes(tree, problems))
    articles = [(node, at) for node, at in nodes if is_article(node)]
    pages = [(node, at) for node, at in nodes if types_of(node) & _PAGE_TYPES]
    meta = _find_meta(tree)
    site = meta["og:site_name"][0] if "og:site_name" in meta else None
    links = [
        Value(href, (link.sourceline or 1) - 1, "canonical link")
        for link in tree.iter("link")
        if (link.get("rel") or "").casefold() == "canonical" and (href := (link.get("href") or "").strip())
    ]
    title = tree.find(".//title")
    titles = [meta[name][0] for name in _TITLE_META if name in meta]
    titles += [] if title is None else [clean_line(title.text_content())]
    addresses = frozenset(link.text.casefold() for link in links)
    own = choose_own(articles, frozenset(text.casefold() for text in split_titles(titles, site)), addresses)
    heads = [text for node, _ in own if (text := text_of(node.get("headline"))) is not None]
    place = find_place(tree, [*heads, *titles], site)
    published, changed = find_times(tree, place)

    def listed(key: str, nodes: list[tuple[Node, int | None]]) -> list[Value]:
        return [Value(text, at, f"JSON-LD {key}") for node, at in nodes if (text := text_of(node.get(key))) is not None]

    def tagged(*names: str) -> list[Value]:
        return [Value(*meta[name], f"meta {name}") for name in names if name in meta]

    image = {
        name.removeprefix("og:image").lstrip(":") or "url": content
        for name, (content, _) in meta.items()
        if name.startswith("og:image")
    }
    kinds = {kind for node, _ in nodes for kind in types_of(node)}
    if "og:type" in meta:
        kinds.add(meta["og:type"][0])
    return Metadata(
        headline=tuple(listed("headline", own) or find_marked_headline(tree, place)),
        title=tuple(tagged(*_TITLE_META)),
        summary=tuple(listed("description", own) + tagged("og:description", "description", "twitter:description")),
        published=tuple(
            listed("datePublished", own)
            + tagged(*_PUBLISHED_META[:2])
            + find_items(tree, "datePublished", place)
            + tagged(*_PUBLISHED_META[2:])
            + listed("datePublished", pages)
            + listed("dateCreated", own)
            + published
            + find_data(tree, place)
        ),
        updated=tuple(
            listed("dateModified", own) + tagged(*_UPDATED_META) + find_items(tree, "dateModified", place) + changed
        ),
        section=tuple(
            listed("articleSection", own)
            + tagged("article:section", "articlesection", "cxenseparse:section", "section")
        ),
        authors=tuple(_find_authors(tree, own, place, site) or tagged(*_AUTHOR_META)),
        tags=tuple(_find_tags(tree, own, meta)),
        url=tuple(links + tagged("og:url")),
        site_name=site,
        # As locales are written, "de_DE" is on many pages.
        language=_find_language(tree).replace("_", "-") or None,
        access=next(
            (
                _PAID.get(str(node.get("isAccessibleForFree")).casefold())
                for node, _ in own
                if node.get("isAccessibleForFree") is not None
            ),
            None,
        ),
        image=image,
        kinds=frozenset(kinds),
        articles=len(articles),
        problems=tuple(problems),
        place=place,
    )


def _find_language(tree: HtmlElement) -> str:
    return (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()


def is_list(tree: HtmlElement, metadata: Metadata) -> bool:
    """Whether a page calls itself a list and no article.

    That it has one, such as of its parts or of what to read next, makes none of an article that is marked or dated.
    """
    kinds = metadata.kinds & _LIST_TYPES
    if not kinds or metadata.articles or "article" in metadata.kinds:
        return False
    return kinds != {"ItemList"} or not (_is_dated(metadata) or _has_article(tree))


def _has_article(tree: HtmlElement) -> bool:
    """Whether just one element of a page is marked as an article, with several paragraphs in it."""
    articles = list(islice(tree.iter("article"), 2))
    if len(articles) != 1:
        return False
    texts = (clean_line(part.text_content()) for part in islice(articles[0].iter("p"), MAX_ARTICLE_ELEMENTS))
    return sum(len(text) >= PROSE for text in texts) >= LEAST_PARAGRAPHS


def calls_itself_article(tree: HtmlElement, metadata: Metadata) -> bool:
    """Whether a page calls itself an article; some systems say so of every page: then it is marked or dated, too."""
    if metadata.articles or "NewsArticle" in metadata.kinds:
        return True
    return "article" in metadata.kinds and (_is_dated(metadata) or _has_article(tree))


def _is_dated(metadata: Metadata) -> bool:
    """Whether a meta tag says when a page was published: what its elements say may be that of a teaser."""
    return any(value.rule.startswith("meta ") for value in metadata.published)


def is_front(tree: HtmlElement, metadata: Metadata) -> bool:
    """Whether a page that calls itself a site holds several teasers and no article: each a headline that is a link."""
    if "website" not in metadata.kinds or metadata.articles or "article" in metadata.kinds:
        return False
    parts = list(islice(tree.iter("article"), MAX_ARTICLE_ELEMENTS))
    teasers = [part for part in parts if part.xpath(".//h2//a | .//h3//a | .//a//h2 | .//a//h3")]
    return len(teasers) >= LEAST_TEASER_ELEMENTS and len(teasers) == len(parts)


def _find_authors(tree: HtmlElement, own: list[tuple[Node, int | None]], place: Place, site: str | None) -> list[Value]:
    """The authors that JSON-LD names, else those that the page shows; some name the publisher in the former alone."""
    named = [Value(name, at, "JSON-LD author") for node, at in own for name in _names(node.get("author"))]
    publishers = {site, *(name for node, _ in own for name in _names(node.get("publisher")))}
    if any(value.text not in publishers for value in named):
        return named
    return find_authors(tree, place) or named


def _names(value: Any) -> list[str]:
    items = value if isinstance(value, list) else [value]
    given = [item.get("name") if isinstance(item, dict) else item for item in items]
    names = [text_of(name) for item in given for name in (item if isinstance(item, list) else [item])]
    return [name for name in names if name and not name.startswith(("http", "{", "["))]


def _find_meta(tree: HtmlElement) -> dict[str, tuple[str, int]]:
    """Name, in small letters -> (content, offset), the first of each name."""
    meta: dict[str, tuple[str, int]] = {}
    for element in tree.iter("meta"):
        content = element.get("content")
        if not content or not (content := clean_line(content)):
            continue
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            for name in (element.get(attribute) or "").casefold().split():
                if attribute == "itemprop" and name in _ITEM_DATES:
                    # Comments have theirs too: `find_items` distinguishes them.
                    continue
                meta.setdefault(_DUBLIN_CORE.sub(r"\1.", name), (content, (element.sourceline or 1) - 1))
    return meta


def _find_tags(tree: HtmlElement, own: list[tuple[Node, int | None]], meta: Mapping[str, tuple[str, int]]) -> list[str]:
    tags = [
        clean_line(element.get("content") or "")
        for element in tree.iter("meta")
        if (element.get("property") or "").casefold() == "article:tag"
    ]
    if not tags:
        words = next((node.get("keywords") for node, _ in own if node.get("keywords")), None)
        if isinstance(words, list):
            tags = [word for word in words if isinstance(word, str)]
        else:
            text = words if isinstance(words, str) else meta.get("news_keywords", meta.get("keywords", ("", 0)))[0]
            tags = text.split(",")
    return list(dict.fromkeys(tag for tag in (clean_line(tag) for tag in tags) if tag and len(tag) < 80))[:20]
