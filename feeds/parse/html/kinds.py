"""What an HTML page calls itself, by its types and its elements: an article, a list of articles, a site's front."""

from __future__ import annotations

from itertools import islice
from typing import Final

from lxml.html import HtmlElement

from feeds.parse.html.metadata import Metadata
from feeds.parse.prose import PROSE
from feeds.text import clean_line

_LIST_TYPES: Final = frozenset(["CollectionPage", "ItemList", "SearchResultsPage"])
MAX_ARTICLE_ELEMENTS: Final = 100
"""Article elements that are looked at, at most."""
MAX_TEASER_PARTS: Final = 400
"""Headlines and paragraphs by which a page is found to hold teasers, at most."""
LEAST_TEASER_ELEMENTS: Final = 3
"""Article elements that are all teasers, from which a page is a list of them."""


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
            left = 2 if _is_link(part) else 0
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
    return sum(len(text) >= PROSE for text in texts) > 1


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
