"""What an HTML page says of itself for machines: JSON-LD, OpenGraph, meta tags, microdata, `<time>`.

Gives candidates in the order of their worth (schema.org NewsArticle, ogp.me, Dublin Core); reads no running text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from lxml.html import HtmlElement

from feeds.errors import Problem
from feeds.parse.body import clean_line

MAX_NODES: Final = 2_000
"""Nodes of JSON-LD that are looked at; a page describes itself in the first few."""
MAX_ELEMENTS: Final = 60
MAX_LOOKED: Final = 500
"""Elements with a date that are looked at."""

ARTICLE_TYPES: Final = frozenset(
    """NewsArticle Article BlogPosting ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle BackgroundNewsArticle
    ReviewNewsArticle AskPublicNewsArticle LiveBlogPosting SocialMediaPosting TechArticle ScholarlyArticle Report
    Review Recipe AdvertiserContentArticle SatiricalArticle""".split()
)
_PAGE_TYPES: Final = frozenset(["WebPage", "ItemPage", "Webpage", "AboutPage", "FAQPage"])
MAX_LOOSE: Final = 100_000
_LOOSE = re.compile(r'"(datePublished|dateModified|headline)"\s{0,9}:\s{0,9}"([^"\\\n]{6,200})"')
_WRAPPING = re.compile(r"^\s*(?:<!--|(?://)?\s*<!\[CDATA\[)|(?:-->|(?://|/\*)?\s*\]\]>(?:\*/)?)\s*$|;\s*$")
_INNER: Final = ("mainEntityOfPage", "mainEntity", "@graph")
_DUBLIN_CORE: Final = {
    "datePublished": ("dc:date", "dc:created", "dcterms:created", "dcterms:date"),
    "dateModified": ("dcterms:modified",),
}
_LIST_TYPES: Final = frozenset(["CollectionPage", "ItemList", "SearchResultsPage"])

_PUBLISHED_META: Final = (
    "article:published_time", "article:published", "og:article:published_time", "og:published_time", "datepublished",
    "rnews:datepublished", "article:post_date", "bt:pubdate", "vr:published_time", "published_time", "publish_time",
    "date.published", "date_published", "publication_date", "publication-date", "publish-date", "publish_date",
    "publishdate", "published-date", "pubdate", "parsely-pub-date", "sailthru.date", "article.published",
    "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "originalpublicationdate", "citation_publication_date",
    "citation_date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date",
    "dcterms.date", "dc.created", "date", "datecreated", "article:created", "created", "release_date",
    "shareaholic:article_published_time", "ptime", "timestamp", "last-published", "video:release_date",
)  # fmt: skip
_UPDATED_META: Final = (
    "article:modified_time", "article:modified", "og:updated_time", "og:article:modified_time", "datemodified",
    "dcterms.modified", "dc.date.modified", "lastmod", "last-modified", "article:updated", "date.updated",
)  # fmt: skip
_ASIDE = re.compile(
    r"related|teaser|sidebar|comment|kommentar|recommend|footer|widget|most-?read|similar|navigation|\bnav\b|newsletter"
    r"|promo|menu|recent|popular|archiv",
    re.IGNORECASE,
)
_PUBLISHED_CLASS = re.compile(
    r"publish|pubdate|entry-date|post-?date|post-?meta|date-?published|posted|datum|created|erstellt|dateline|date-?time"
    r"|timestamp|article-?(?:date|time|meta|info)|byline"
    r"|(?:^|[-_ ])(?:time|meta|zeit|info|dates?|date\w*)(?:$|[-_ ])",
    re.IGNORECASE,
)
_UPDATED_CLASS = re.compile(r"updated|modified|aktualisiert|geaendert|lastmod", re.IGNORECASE)
_TIME_TAGS: Final = ("h1", "time", "abbr", "span", "div", "p", "li", "small", "em", "a", "td", "dd", "font", "h2", "b")
_PAID: Final = {"false": "paid", "true": "free", "no": "paid", "yes": "free"}


@dataclass(frozen=True, slots=True)
class Value:
    """A value, the file's offset of the line where it stands, and the rule that found it."""

    text: str
    offset: int | None
    rule: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself, each field's candidates best first. `kinds` are its types: JSON-LD's, OpenGraph's."""

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


def find_metadata(tree: HtmlElement) -> Metadata:
    """The metadata of a parsed page."""
    problems: list[Problem] = []
    nodes = list(_find_nodes(tree, problems))
    articles = [(node, at) for node, at in nodes if _types(node) & ARTICLE_TYPES]
    pages = [(node, at) for node, at in nodes if _types(node) & _PAGE_TYPES]
    # Of several articles the page's own is the one that says most; the others are teasers.
    own = sorted(articles, key=lambda item: -len(item[0]))[:1] if len(articles) < 4 else articles[:1]
    meta = _find_meta(tree)
    around = _find_around(tree)

    def listed(key: str, nodes: list[tuple[Mapping[str, Any], int | None]]) -> list[Value]:
        return [Value(text, at, f"JSON-LD {key}") for node, at in nodes if (text := _text(node.get(key))) is not None]

    def tagged(*names: str) -> list[Value]:
        return [Value(*meta[name], f"meta {name}") for name in names if name in meta]

    links = [
        Value(href, (link.sourceline or 1) - 1, "canonical link")
        for link in tree.iter("link")
        if (link.get("rel") or "").casefold() == "canonical" and (href := (link.get("href") or "").strip())
    ]
    image = {
        name.removeprefix("og:image").lstrip(":") or "url": content
        for name, (content, _) in meta.items()
        if name.startswith("og:image")
    }
    kinds = {kind for node, _ in nodes for kind in _types(node)}
    if "og:type" in meta:
        kinds.add(meta["og:type"][0])
    return Metadata(
        headline=tuple(listed("headline", own)),
        title=tuple(tagged("og:title", "twitter:title", "dc.title", "title")),
        summary=tuple(listed("description", own) + tagged("og:description", "description", "twitter:description")),
        published=tuple(
            listed("datePublished", own)
            + tagged(*_PUBLISHED_META[:2])
            + _find_items(tree, "datePublished", around)
            + tagged(*_PUBLISHED_META[2:])
            + listed("datePublished", pages)
            + listed("dateCreated", own)
            + _find_times(tree, around, updated=False)
        ),
        updated=tuple(
            listed("dateModified", own)
            + tagged(*_UPDATED_META)
            + _find_items(tree, "dateModified", around)
            + _find_times(tree, around, updated=True)
        ),
        section=tuple(listed("articleSection", own) + tagged("article:section", "cxenseparse:section", "section")),
        authors=tuple(
            [Value(name, at, "JSON-LD author") for node, at in own for name in _names(node.get("author"))]
            or tagged("author", "article:author", "dc.creator", "parsely-author")
        ),
        tags=tuple(_find_tags(tree, own, meta)),
        url=tuple(links + tagged("og:url")),
        site_name=meta["og:site_name"][0] if "og:site_name" in meta else None,
        language=(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip() or None,
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
    )


def is_list(metadata: Metadata) -> bool:
    """Whether a page calls itself a list and no article."""
    return bool(metadata.kinds & _LIST_TYPES) and not metadata.kinds & ARTICLE_TYPES and "article" not in metadata.kinds


def is_aside(element: HtmlElement, around: frozenset[HtmlElement]) -> bool:
    """Whether an element stands beside the article: in a menu, a footer, a teaser, the comments.

    `around` are the elements that hold the headline: a page's own frame may be named for its sidebar.
    """
    for node in (element, *element.iterancestors()):
        if node in around or node.tag in {"body", "html", "article", "main"}:
            return False
        if node.tag in {"nav", "footer", "aside"}:
            return True
        if _ASIDE.search(f"{node.get('class') or ''} {node.get('id') or ''}"):
            return True
    return False


def _find_around(tree: HtmlElement) -> frozenset[HtmlElement]:
    """The elements that hold the page's first headline."""
    headline = next(iter(tree.iter("h1")), None)
    return frozenset() if headline is None else frozenset(headline.iterancestors())


def _find_nodes(tree: HtmlElement, problems: list[Problem]) -> Iterator[tuple[Mapping[str, Any], int | None]]:
    count = 0
    for script in tree.iter("script"):
        if (script.get("type") or "").partition(";")[0].strip().casefold() != "application/ld+json":
            continue
        offset = (script.sourceline or 1) - 1
        raw = _WRAPPING.sub("", script.text or "").strip().rstrip(";")
        if not raw:
            continue
        try:
            data = json.loads(raw, strict=False)
        except (ValueError, RecursionError) as error:
            what = str(error).partition(":")[0].casefold()
            problems.append(Problem("malformed-json-ld", f"JSON-LD can't be read: {what}", offset + 1))
            # Its dates are mostly whole all the same.
            data = {"@type": "Article", **dict(_LOOSE.findall(raw[:MAX_LOOSE]))}
        stack = [data]
        while stack and count < MAX_NODES:
            node = stack.pop()
            count += 1
            if isinstance(node, list):
                stack.extend(reversed(node))
            elif isinstance(node, dict):
                yield node, offset
                stack.extend(
                    node[key]
                    for key in ("mainEntityOfPage", "mainEntity", "@graph")
                    if isinstance(node.get(key), list | dict)
                )


def _types(node: Mapping[str, Any]) -> set[str]:
    kinds = node.get("@type")
    if isinstance(kinds, str):
        return {kinds.rpartition("/")[2]}
    return {kind.rpartition("/")[2] for kind in kinds if isinstance(kind, str)} if isinstance(kinds, list) else set()


def _text(value: Any) -> str | None:
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str)), None)
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    return clean_line(value) or None if isinstance(value, str) else None


def _names(value: Any) -> list[str]:
    items = value if isinstance(value, list) else [value]
    names = [_text(item.get("name") if isinstance(item, dict) else item) for item in items]
    return [name for name in names if name and not name.startswith("http")]


def _find_meta(tree: HtmlElement) -> dict[str, tuple[str, int]]:
    """Name, in small letters -> (content, offset), the first of each name."""
    meta: dict[str, tuple[str, int]] = {}
    for element in tree.iter("meta"):
        content = element.get("content")
        if not content or not (content := clean_line(content)):
            continue
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            for name in (element.get(attribute) or "").casefold().split():
                meta.setdefault(name, (content, (element.sourceline or 1) - 1))
    return meta


def _find_items(tree: HtmlElement, name: str, around: frozenset[HtmlElement]) -> list[Value]:
    """Microdata and RDFa: the elements with that itemprop or property, Dublin Core's name for it too."""
    other = _DUBLIN_CORE[name]
    names = {name, f"schema:{name}", *other}
    found = []
    for attribute in ("itemprop", "property"):
        for element in tree.iterfind(f".//*[@{attribute}]"):
            if element.tag == "meta" or names.isdisjoint(element.get(attribute).split()):
                continue
            text = element.get("content") or element.get("datetime") or clean_line(element.text_content()[:400])
            if text and not is_aside(element, around):
                found.append(Value(text[:200], (element.sourceline or 1) - 1, f"{attribute} {name}"))
    return found[:MAX_ELEMENTS]


def _find_times(tree: HtmlElement, around: frozenset[HtmlElement], *, updated: bool) -> list[Value]:
    """`<time>` and what is classed as a date; those below the first headline first, then by place."""
    found: list[tuple[int, int, Value]] = []
    behind_headline = False
    looked = 0
    for number, element in enumerate(tree.iter(*_TIME_TAGS)):
        if element.tag == "h1":
            behind_headline = True
            continue
        marks = f"{element.get('class') or ''} {element.get('id') or ''}"
        classed = _PUBLISHED_CLASS.search(marks) is not None
        if element.tag != "time" and not classed and not (updated and _UPDATED_CLASS.search(marks)):
            continue
        looked += 1
        if looked > MAX_LOOKED:
            break
        if updated != _is_update(element, marks) or (text := _time_text(element)) is None or is_aside(element, around):
            continue
        rank = 2 * (element.tag != "time") + (not classed) + (not behind_headline)
        found.append((rank, number, Value(text, (element.sourceline or 1) - 1, f"<{element.tag}> {marks}".strip())))
    return [value for _, _, value in sorted(found, key=lambda item: item[:2])]


def _is_update(element: HtmlElement, marks: str) -> bool:
    parent = element.getparent()
    above = "" if parent is None else parent.get("class") or ""
    return "publish" not in marks and _UPDATED_CLASS.search(f"{marks} {above}") is not None


def _time_text(element: HtmlElement) -> str | None:
    """What an element says of a time: its machine-readable form, else its short text."""
    text: str | None = element.get("datetime") or element.get("title") if element.tag in {"time", "abbr"} else None
    if text is not None and any(char.isdigit() for char in text):
        return text[:200]
    if len(element) > 12:
        return None
    text = clean_line("".join(islice(element.itertext(), 40)))
    return text if 6 <= len(text) <= 160 and any(char.isdigit() for char in text) else None


def _find_tags(
    tree: HtmlElement, own: list[tuple[Mapping[str, Any], int | None]], meta: Mapping[str, tuple[str, int]]
) -> list[str]:
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
