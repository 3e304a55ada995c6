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
from feeds.parse.html.bylines import find_authors
from feeds.parse.html.elements import find_data, find_items, find_marked_headline, find_times
from feeds.parse.html.linkeddata import Node, choose_own, find_nodes, is_article, is_live_blog, text_of, types_of
from feeds.parse.html.naming import offset_of
from feeds.parse.html.place import Place, find_place, split_titles
from feeds.parse.html.value import Value
from feeds.parse.prose import PROSE
from feeds.text import clean_line

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
MAX_TEASER_PARTS: Final = 400
"""Headlines and paragraphs by which a page is found to hold teasers, at most."""
LEAST_TEASER_ELEMENTS: Final = 3
"""Article elements that are all teasers, from which a page is a list of them."""
_PAID: Final = {"false": "paid", "true": "free", "no": "paid", "yes": "free"}


_Nodes = list[tuple[Node, int | None]]
"""Nodes of JSON-LD, each with the offset of its script's line."""
_Meta = Mapping[str, tuple[str, int]]
"""Meta tags by name, in small letters: content and offset of the line."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself, each field's candidates best first.

    `title` are those of its meta tags, `window` is that of its window. `kinds` are its types: JSON-LD's, OpenGraph's.
    `is_live`: it calls itself a live blog. `place` is where its headline is.
    """

    headline: tuple[Value, ...]
    title: tuple[Value, ...]
    window: tuple[Value, ...]
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
    is_live: bool
    problems: tuple[Problem, ...]
    place: Place


def find_metadata(tree: HtmlElement) -> Metadata:
    """The metadata of a parsed page."""
    problems: list[Problem] = []
    nodes = list(find_nodes(tree, problems))
    articles = [item for item in nodes if is_article(item[0])]
    meta = _find_meta(tree)
    site = meta["og:site_name"][0] if "og:site_name" in meta else None
    links = _find_canonical(tree)
    title, window = _tag(meta, *_TITLE_META), _find_window(tree)
    titles = [value.text for value in (*title, *window)]
    own = choose_own(
        articles,
        titles=frozenset(text.casefold() for text in split_titles(titles, site)),
        addresses=frozenset(link.text.casefold() for link in links),
    )
    heads = _list(own, "headline")
    place = find_place(tree, [*(head.text for head in heads), *titles], site)
    pages = [item for item in nodes if types_of(item[0]) & _PAGE_TYPES]
    published, updated = _find_dates(tree, own, pages, meta, place)
    return Metadata(
        headline=tuple(heads or find_marked_headline(tree, place)),
        title=title,
        window=window,
        summary=(*_list(own, "description"), *_tag(meta, "og:description", "description", "twitter:description")),
        published=published,
        updated=updated,
        section=(
            *_list(own, "articleSection"),
            *_tag(meta, "article:section", "articlesection", "cxenseparse:section", "section"),
        ),
        authors=tuple(_find_authors(tree, own, place, site)) or _tag(meta, *_AUTHOR_META),
        tags=tuple(_find_tags(tree, own, meta)),
        url=(*links, *_tag(meta, "og:url")),
        site_name=site,
        language=_find_language(tree),
        access=_find_access(own),
        image=_find_image(meta),
        kinds=frozenset(kind for node, _ in nodes for kind in types_of(node)).union(
            value.text for value in _tag(meta, "og:type")
        ),
        articles=len(articles),
        is_live=any(is_live_blog(node) for node, _ in own) or any(node.get("liveBlogUpdate") for node, _ in articles),
        problems=tuple(problems),
        place=place,
    )


def _list(nodes: _Nodes, key: str) -> list[Value]:
    """What nodes of JSON-LD say for a key."""
    return [Value(text, at, f"JSON-LD {key}") for node, at in nodes if (text := text_of(node.get(key))) is not None]


def _tag(meta: _Meta, *names: str) -> tuple[Value, ...]:
    """What meta tags of these names say."""
    return tuple(Value(*meta[name], f"meta {name}") for name in names if name in meta)


def _find_dates(
    tree: HtmlElement, own: _Nodes, pages: _Nodes, meta: _Meta, place: Place
) -> tuple[tuple[Value, ...], tuple[Value, ...]]:
    """The dates of publication and of change; `own` describe the article, `pages` the page that it is on."""
    shown, changed = find_times(tree, place)
    published = (
        *_list(own, "datePublished"),
        *_tag(meta, *_PUBLISHED_META[:2]),
        *find_items(tree, "datePublished", place),
        *_tag(meta, *_PUBLISHED_META[2:]),
        *_list(pages, "datePublished"),
        *_list(own, "dateCreated"),
        *shown,
        *find_data(tree, place),
    )
    updated = (
        *_list(own, "dateModified"),
        *_tag(meta, *_UPDATED_META),
        *find_items(tree, "dateModified", place),
        *changed,
    )
    return published, updated


def _find_window(tree: HtmlElement) -> tuple[Value, ...]:
    title = tree.find(".//title")
    return () if title is None else (Value(clean_line(title.text_content()), offset_of(title), "<title>"),)


def _find_canonical(tree: HtmlElement) -> list[Value]:
    return [
        Value(href, offset_of(link), "canonical link")
        for link in tree.iter("link")
        if (link.get("rel") or "").casefold() == "canonical" and (href := (link.get("href") or "").strip())
    ]


def _find_language(tree: HtmlElement) -> str | None:
    language = (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()
    # As locales are written, "de_DE" is on many pages.
    return language.replace("_", "-") or None


def _find_access(own: _Nodes) -> str | None:
    free = next((node["isAccessibleForFree"] for node, _ in own if node.get("isAccessibleForFree") is not None), None)
    return _PAID.get(str(free).casefold())


def _find_image(meta: _Meta) -> dict[str, str]:
    """What OpenGraph says of the page's picture: "url", "alt", "width" and so on."""
    return {
        name.removeprefix("og:image").lstrip(":") or "url": content
        for name, (content, _) in meta.items()
        if name.startswith("og:image")
    }


def is_list(tree: HtmlElement, metadata: Metadata) -> bool:
    """Whether a page calls itself a list and no article.

    That it has one, such as of its parts or of what to read next, makes none of an article that is marked or dated.
    """
    kinds = metadata.kinds & _LIST_TYPES
    if not kinds or metadata.articles or "article" in metadata.kinds:
        return False
    return kinds != {"ItemList"} or not (_is_dated(metadata) or _has_article(tree)) or _holds_teasers(tree)


def _holds_teasers(tree: HtmlElement) -> bool:
    """Whether most paragraphs of a page are the first ones below a headline that leads to another page."""
    paragraphs = of_teasers = left = 0
    for part in islice(tree.iter("h1", "h2", "h3", "p"), MAX_TEASER_PARTS):
        if part.tag != "p":
            left = LEAST_PARAGRAPHS if _is_link(part) else 0
        elif len(clean_line(part.text_content())) >= PROSE:
            paragraphs += 1
            of_teasers += left > 0
            left -= 1
    return of_teasers * 2 > paragraphs


def _is_link(headline: HtmlElement) -> bool:
    """Whether a headline is in a link, or holds one, to another page: those to its own place are in many texts."""
    links = (*headline.iterancestors("a"), *headline.iter("a"))
    return any(not (link.get("href") or "#").startswith("#") for link in links)


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


def _find_authors(tree: HtmlElement, own: _Nodes, place: Place, site: str | None) -> list[Value]:
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


def _find_meta(tree: HtmlElement) -> _Meta:
    """The meta tags, the first of each name."""
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
                meta.setdefault(_DUBLIN_CORE.sub(r"\1.", name), (content, offset_of(element)))
    return meta


def _find_tags(tree: HtmlElement, own: _Nodes, meta: _Meta) -> list[str]:
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
