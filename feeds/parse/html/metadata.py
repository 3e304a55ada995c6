"""What an HTML page says of itself for machines: JSON-LD, OpenGraph, meta tags, microdata, `<time>`.

Gives candidates in the order of their worth (schema.org NewsArticle, ogp.me, Dublin Core); reads no running text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from lxml.html import HtmlElement

from feeds.errors import Problem
from feeds.parse.addresses import join_address
from feeds.parse.html.bylines import find_authors
from feeds.parse.html.elements import find_data, find_items, find_marked_headline, find_times
from feeds.parse.html.linkeddata import Node, choose_own, find_nodes, is_article, is_live_blog, text_of, types_of
from feeds.parse.html.naming import offset_of
from feeds.parse.html.place import Place, find_place, split_titles
from feeds.parse.html.prominence import mark_prominent
from feeds.parse.html.sitenames import is_site_name, list_site_names
from feeds.parse.html.value import Value
from feeds.text import clean_line

_PAGE_TYPES: Final = frozenset(["WebPage", "ItemPage", "Webpage", "AboutPage", "FAQPage"])

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
_PAID: Final = {"false": "paid", "true": "free", "no": "paid", "yes": "free"}


_Nodes = list[tuple[Node, int | None]]
"""Nodes of JSON-LD, each with the offset of its script's line."""
_Meta = Mapping[str, tuple[str, int]]
"""Meta tags by name, in small letters: content and offset of the line."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself, each field's candidates best first.

    `title` are those of its meta tags, `window` is that of its window. `kinds` are its types: JSON-LD's, OpenGraph's.
    `site_keys` are those of what its site is called. `is_live`: it calls itself a live blog. `place` is where its
    headline is.
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
    site_keys: frozenset[str]
    language: str | None
    access: str | None
    image: Mapping[str, str]
    kinds: frozenset[str]
    articles: int
    is_live: bool
    problems: tuple[Problem, ...]
    place: Place


def find_metadata(tree: HtmlElement, *, url: str | None = None, names: Sequence[str | None] = ()) -> Metadata:
    """The metadata of a parsed page at `url`, of a site of these `names`.

    What stands out above the text of a page that names no headline is made the `<h1>` that it has none of.
    """
    problems: list[Problem] = []
    nodes = list(find_nodes(tree, problems))
    articles = [item for item in nodes if is_article(item[0])]
    meta = _find_meta(tree)
    site = meta["og:site_name"][0] if "og:site_name" in meta else None
    links = _find_canonical(tree)
    # Some systems give the headline as the site's name.
    known = None if site in {meta[name][0] for name in _TITLE_META if name in meta} else site
    keys = list_site_names(tree, *names, known, urls=[url, *(join_address(None, link.text) for link in links)])
    title = tuple(value for value in _tag(meta, *_TITLE_META) if not is_site_name(value.text, keys))
    window = tuple(value for value in _find_window(tree) if not is_site_name(value.text, keys))
    titles = [value.text for value in (*title, *window)]
    own = choose_own(
        articles,
        titles=frozenset(text.casefold() for text in split_titles(titles, site)),
        addresses=frozenset(link.text.casefold() for link in links),
    )
    heads = _list(own, "headline")
    place = find_place(tree, [*(head.text for head in heads), *titles], site, keys)
    if not (heads or title or place.named):
        place = mark_prominent(tree, titles, keys) or place
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
        site_keys=keys,
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
