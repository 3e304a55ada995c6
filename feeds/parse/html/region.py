"""The element that evidently holds a page's article.

Evident is what holds nearly all of the page's prose, and what the page's markup calls so (itemprop articleBody,
`<article>`, `<main>`, the class names of the usual systems) or what holds little else. What is in it is read in
`contents`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from lxml.html import HtmlElement

from feeds.parse.html.naming import BESIDE, SKIPPED, names_of

MAX_PARAGRAPHS: Final = 2_000
MAX_HEADS: Final = 200
MAX_LINKS: Final = 100
LEAST_PROSE: Final = 60
"""Characters of a paragraph that counts as prose."""
LEAST_REGION: Final = 500
LEAST_PARAGRAPHS: Final = 3
LEAST_IN_PARAGRAPHS: Final = 3_000
"""Characters of prose in a page's paragraphs below which its other text is weighed, too."""
LEAST_SHARE: Final = 0.9
"""Of the page's prose that a region must hold."""
LEAST_DENSE: Final = 0.8
"""Of the characters of an element that isn't named, that are prose."""
LEAST_DENSE_OWN: Final = 0.6
"""The same of one whose own paragraphs are the page's."""
DENSE_SHARE: Final = 0.95
"""Of the page's prose, that are its own paragraphs."""
LEAST_BULK: Final = 0.75
"""Of the page's prose that is its bulk."""
SAME_SHARE: Final = 0.99
"""Of the best region's prose that a smaller one must hold to be taken for it."""
MAX_LINKED: Final = 0.5
"""Of a text that is links, above which it is a menu."""
MAX_TEXTS: Final = 60
MAX_TEASER: Final = 400
"""Characters of a teaser, at most."""
FOREIGN: Final = SKIPPED | frozenset("button select input textarea object table label audio video dialog menu".split())
"""Elements in a region that hold none of its text."""

_REGION_CLASS = re.compile(
    r"(?:^|\s)(?:(?:entry|post|article|artikel|story|td-post|body)[-_]{0,2}(?:content|body|text)|article-body__content"
    r"|news-text-wrap|field--?name-body|itemFullText)(?:$|\s)",
    re.IGNORECASE,
)
_FRAMES: Final = frozenset(["table", "form"])
"""What old pages are in as a whole."""
_LOOSE: Final = frozenset("a b i em strong span font small br u sup sub".split())
_OTHERS = re.compile(BESIDE, re.IGNORECASE)
"""Names of what holds the prose of other articles."""


@dataclass(frozen=True, slots=True)
class Region:
    """An element, and for it and all others how many characters of prose they hold.

    `loose` says that these are in no paragraphs, `evident` that the page says that its article is here.
    """

    element: HtmlElement
    prose: Mapping[HtmlElement, int]
    loose: bool
    evident: bool


@dataclass(slots=True)
class Prose:
    """Characters of prose: in each element, as its own text or paragraphs, and in what is named for other articles.

    What is `around` the headline is the article's, whatever it is named for: some put a whole page into `<aside>`.
    `in_paragraphs` is how much of it the page holds in paragraphs.
    """

    held: dict[HtmlElement, int] = field(default_factory=dict)
    direct: dict[HtmlElement, int] = field(default_factory=dict)
    foreign: dict[HtmlElement, bool] = field(default_factory=dict)
    around: frozenset[HtmlElement] = frozenset()
    count: int = 0
    left_out: int = 0
    in_paragraphs: int = 0

    def total(self) -> int:
        """All of it that isn't named for others."""
        return max(self.held.values(), default=0)


def weigh_prose(tree: HtmlElement, headline: HtmlElement | None) -> Prose:
    """Where a page's prose is: in its paragraphs, and, where these hold little, in its other text.

    `headline` is the element that holds the headline.
    """
    prose = Prose() if headline is None else Prose(around=frozenset(headline.iterancestors()))
    _weigh_paragraphs(tree, prose)
    prose.in_paragraphs = prose.total()
    if prose.in_paragraphs < LEAST_IN_PARAGRAPHS:
        _weigh_loose(tree, prose)
    return prose


def find_region(prose: Prose) -> Region | None:
    """The smallest element that evidently holds the article; None where none does."""
    held, total = prose.held, prose.total()
    if total < LEAST_REGION or prose.count < LEAST_PARAGRAPHS or prose.left_out > total:
        return _find_marked(prose)
    holding = [element for element, weight in held.items() if weight >= LEAST_SHARE * total]
    found = [element for element in holding if _is_region(element, prose.around)]
    if found:
        # The lead is beside the text in many, and an article around both.
        most = max(held[element] for element in found)
        found = [element for element in found if held[element] >= SAME_SHARE * most]
    else:
        found = [element for element in holding if _is_dense(element, prose)]
    if not found:
        return _find_marked(prose)
    best = min(found, key=lambda element: held[element])
    return None if _is_list(best, held) else _as_region(best, prose, evident=True)


def _find_marked(prose: Prose) -> Region | None:
    """The one element that microdata calls the article's body, if it holds prose: the whole text of a short report."""
    found = [element for element in prose.held if _is_marked(element)]
    return _as_region(found[0], prose, evident=True) if len(found) == 1 else None


def find_bulk(prose: Prose) -> Region | None:
    """The smallest element that holds the bulk of a page's prose, whatever else it holds; None where there is none."""
    held, total = prose.held, prose.total()
    if not total:
        return None
    holding = [element for element, weight in held.items() if weight >= LEAST_BULK * total]
    return _as_region(min(holding, key=lambda element: held[element]), prose, evident=False)


def _as_region(element: HtmlElement, prose: Prose, *, evident: bool) -> Region:
    return Region(element, prose.held, 2 * prose.in_paragraphs < prose.total(), evident)


def count_linked(element: HtmlElement) -> int:
    """The characters of an element's text that are links."""
    return sum(len(link.text_content().strip()) for link in islice(element.iter("a"), MAX_LINKS))


def is_teaser(article: HtmlElement) -> bool:
    """Whether an `<article>` is short, and its headline leads to another page."""
    texts = list(islice(article.itertext(), MAX_TEXTS + 1))
    return (
        len(texts) <= MAX_TEXTS
        and sum(map(len, texts)) <= MAX_TEASER
        and article.find(".//p") is not None
        and bool(article.xpath("boolean(.//h2//a | .//h3//a | .//h4//a | .//a//h2 | .//a//h3 | .//a//h4)"))
    )


def _weigh_paragraphs(tree: HtmlElement, prose: Prose) -> None:
    for paragraph in islice(tree.iter("p"), MAX_PARAGRAPHS):
        length = len(paragraph.text_content().strip())
        if length >= LEAST_PROSE and count_linked(paragraph) <= MAX_LINKED * length:
            _add(list(paragraph.iterancestors()), length, 1, prose)


def _weigh_loose(tree: HtmlElement, prose: Prose) -> None:
    """Weigh text that is in no paragraph: old pages, and those of some systems, part it with line breaks."""
    for element in islice(tree.iter("div", "td", "section", "article", "main"), MAX_PARAGRAPHS):
        length = len((element.text or "").strip())
        breaks = linked = 0
        for child in element:
            if child.tag in _LOOSE:
                length += len(child.text_content().strip())
                linked += count_linked(child)
                breaks += child.tag == "br" or child.find(".//br") is not None
            length += len((child.tail or "").strip())
        if length >= LEAST_PROSE and linked <= MAX_LINKED * length:
            _add([element, *element.iterancestors()], length, min(1 + breaks, 1 + length // LEAST_PROSE), prose)


def _add(above: list[HtmlElement], length: int, count: int, prose: Prose) -> None:
    foreign = prose.foreign
    for node in above:
        if node not in foreign:
            foreign[node] = node not in prose.around and _is_foreign(node)
    if any(foreign[node] for node in above):
        prose.left_out += length
        return
    prose.count += count
    prose.direct[above[0]] = prose.direct.get(above[0], 0) + length
    for node in above:
        prose.held[node] = prose.held.get(node, 0) + length


def _is_foreign(element: HtmlElement) -> bool:
    return (element.tag in FOREIGN and element.tag not in _FRAMES) or element.tag == "a" or _is_others(element)


def _is_others(element: HtmlElement) -> bool:
    return element.tag not in {"html", "body", "main"} and _OTHERS.search(names_of(element)) is not None


def _is_dense(element: HtmlElement, prose: Prose) -> bool:
    """Whether an element holds prose and little else."""
    own = prose.direct.get(element, 0) >= DENSE_SHARE * prose.total()
    least = LEAST_DENSE_OWN if own else LEAST_DENSE
    return prose.held[element] >= least * len(" ".join(element.text_content().split()))


def _is_marked(element: HtmlElement) -> bool:
    return "articleBody" in (element.get("itemprop") or "").split()


def _is_region(element: HtmlElement, around: frozenset[HtmlElement]) -> bool:
    if _is_marked(element) or _REGION_CLASS.search(names_of(element)):
        return True
    return element.tag == "article" or ((element.tag == "main" or element.get("role") == "main") and element in around)


def _is_list(element: HtmlElement, held: Mapping[HtmlElement, int]) -> bool:
    """Whether an element shows several articles, or its sub-headlines are links to others."""
    articles = islice(element.iterdescendants("article"), MAX_HEADS)
    if sum(1 for inner in articles if held.get(inner, 0) >= LEAST_REGION) > 1:
        return True
    teasers = 0
    for head in islice(element.iter("h2", "h3", "h4"), MAX_HEADS):
        parent = head.getparent()
        linked = parent is not None and parent.tag == "a"
        teasers += linked or count_linked(head) > MAX_LINKED * len(head.text_content())
    return teasers > 2
