"""Where a page's headline is, and what is beside the article: teasers, comments, menus, quoted posts.

The headline is the element that says what the page's titles say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from lxml.html import HtmlElement

from feeds.parse.html.naming import BESIDE, OTHERS, UNSEEN, few_words, names_of, short_text
from feeds.parse.html.sitenames import SEPARATORS, is_logo, is_site_name, split_separated
from feeds.text import clean_line

MAX_HEADS: Final = 400
"""Elements that are compared with the page's titles."""
MAX_NAMED: Final = 40
"""Of those, the ones that may say the site's name."""
MAX_HEAD: Final = 300
MAX_TITLE: Final = 400
MAX_FRONTS: Final = 4
_ASIDE = re.compile(
    rf"{BESIDE}|(?<!entry-)(?<!post-)(?<!article-)(?<!asset-)footer|(?<!elementor-)widget"
    r"|(?<![a-z])wetter(?![a-z])|weather|navigation|\bnav\b|promo(?!ted)|menu|recent|popular|archiv"
    r"|(?:^|[-_ ])(?:events?|termine?|veranstaltung\w*|calendar|kalender)(?:$|[-_ ])",
    re.IGNORECASE,
)
_FOREIGN_ARTICLE = re.compile(rf"{OTHERS}|tweet", re.IGNORECASE)
_BANNER = re.compile(
    r"(?:^|\s)(?:(?:site[-_]?|main[-_]?)?header|masthead|top[-_]?bar|kopfzeile)(?:$|\s)", re.IGNORECASE
)
_ARTICLE = re.compile(r"(?:^|\s)(?:article|artikel|news-single|post|hentry)(?:$|\s)", re.IGNORECASE)
"""What the frame around an article is called."""
_BANNER_TAGS: Final = frozenset(["header", "div", "section"])
MAX_BANNER_DEPTH: Final = 4
"""Elements around the head of a site, the body among them; what is deeper is an article's own head."""
HEAD_CLASS = re.compile(r"headline|title|titel|ueberschrift|überschrift", re.IGNORECASE)
_UNSEEN = re.compile(rf"{UNSEEN}|(?<![\w-])(?:aural|unsichtbar|element-invisible)(?![\w-])", re.IGNORECASE)
"""Classes of what is read aloud and not shown: the name of the site as an `<h1>`, on many pages of authorities."""
LEAST_SHARE: Final = 0.5
"""Of a headline's characters, in a title that says a part of it."""
HEAD_TAGS: Final = frozenset("h1 h2 h3 h4".split())


@dataclass(frozen=True, slots=True)
class Place:
    """Where the page's headline is: the element, if one holds it, and the elements around it.

    `named` tells that the element says what a title of the page says.
    """

    headline: HtmlElement | None
    around: frozenset[HtmlElement]
    named: bool = False


def find_place(tree: HtmlElement, titles: Sequence[str], site: str | None, keys: frozenset[str]) -> Place:
    """The Place of the headline: the element that says what a title says, best title first; else the first `<h1>`.

    `keys` are those of the names that the site has: what says no more than one is no headline.
    """
    heads: dict[str, HtmlElement] = {}
    first = None
    for number, element in enumerate(islice(_find_heads(tree), MAX_HEADS)):
        if is_logo(element) or is_unseen(element):
            continue
        if number < MAX_NAMED and is_site_name(few_words(element), keys):
            continue
        if first is None and element.tag == "h1":
            first = element
        # Some hold a second line, in an element of its own.
        for text in (short_text(element, MAX_HEAD), clean_line(element.text or "") if len(element) else ""):
            if text:
                heads.setdefault(fold(text), element)
    parts = split_titles(titles, site)
    found, named = None, False
    for text in (*parts, *_split_colons(titles)):
        if (element := heads.get(fold(text))) is not None:
            # A short part among long ones is the site's name, in its logo, or the name of a list.
            named = 2 * len(text) >= len(parts[-1]) or text in titles
            if named or found is None:
                found = element
            if named:
                break
    if not named:
        whole = _find_extended(parts, heads)
        found, named = (found, False) if whole is None else (whole, True)
    found = first if found is None else found
    return Place(found, frozenset() if found is None else frozenset(found.iterancestors()), named)


def _find_extended(parts: Sequence[str], heads: Mapping[str, HtmlElement]) -> HtmlElement | None:
    """The `<h1>` that says more than a part of a title: "Transparenz bei Preisen", "Mehr Transparenz bei Preisen"."""
    for part in parts:
        for text, element in heads.items():
            if element.tag == "h1" and fold(part) in text and len(part) >= LEAST_SHARE * len(text):
                return element
    return None


def split_titles(titles: Sequence[str], site: str | None) -> list[str]:
    """The titles, and then their parts: what is between separators is the headline, or the site's name.

    Parts that are the name of the `site`, or of it, are left out.
    """
    whole = [clean_line(title[:MAX_TITLE]) for title in dict.fromkeys(titles) if title]
    fronts: list[str] = []
    parts: list[str] = []
    for title in whole:
        for separator in SEPARATORS:
            front = title
            for _ in range(MAX_FRONTS):
                front, found, _ = front.rpartition(separator)
                if not found:
                    break
                fronts.append(front)
            parts.extend(title.split(separator))
        parts.extend(split_separated(title))
    names = {fold(site), *(fold(part) for part in split_separated(site))} if site else set()
    found_texts = (clean_line(text) for text in (*whole, *fronts, *parts))
    return [text for text in dict.fromkeys(found_texts) if len(text) > 5 and fold(text) not in names]


def _split_colons(titles: Sequence[str]) -> list[str]:
    """The longer side of the colon in each title: "Stadtverkehr: Headline", "Headline: Stadt Neuenburg"."""
    sides = [title[:MAX_TITLE].partition(": ") for title in titles if title]
    return [max(clean_line(front), clean_line(tail), key=len) for front, _, tail in sides if tail]


def is_unseen(element: HtmlElement) -> bool:
    """Whether an element is for those who listen to a page, and not shown."""
    return _UNSEEN.search(element.get("class") or "") is not None


def fold(text: str) -> str:
    """A text as titles are compared: in small letters, with one kind of dash."""
    return text.casefold().replace("–", "-").replace("—", "-")


def is_aside(element: HtmlElement, place: Place) -> bool:
    """Whether an element is beside the article: in a menu, a footer, a teaser, the comments, a quoted post.

    What holds the headline is not aside: a page's own frame may be named for its sidebar.
    """
    inside = False
    for node in (element, *element.iterancestors()):
        if node in place.around or node.tag in {"body", "html", "main"}:
            return False
        if place.around and is_banner(node):
            return True
        marks = names_of(node)
        if node.tag in {"nav", "blockquote"} or (node.tag == "aside" and not inside):
            return True
        if node.tag == "footer":
            # That of an article signs it.
            if not inside and next(node.iterancestors("article"), None) is None:
                return True
            continue
        found = (_FOREIGN_ARTICLE if inside or node.tag == "article" else _ASIDE).search(marks)
        if found is not None and not (found[0] == "footer" and is_in_article(node, place)):
            return True
        inside = inside or node.tag == "article"
    return False


def is_in_article(element: HtmlElement, place: Place) -> bool:
    """Whether an element is a part of the article that has the headline: what it calls its footer signs it."""
    above = (node for node in element.iterancestors() if node in place.around)
    return any(
        node.tag == "article" or (node.get("itemtype") or "").endswith("Article") or _ARTICLE.search(names_of(node))
        for node in above
    )


def is_banner(element: HtmlElement) -> bool:
    """Whether an element is the head of the site, whose date is that of the day on which the page was saved."""
    if element.tag not in _BANNER_TAGS:
        return False
    if not (element.tag == "header" or element.get("role") == "banner" or _BANNER.search(names_of(element))):
        return False
    return is_site_wide(element)


def is_site_wide(element: HtmlElement) -> bool:
    """Whether an element is a part of the site's frame: near the body, in no article."""
    above = [parent.tag for parent in islice(element.iterancestors(), MAX_BANNER_DEPTH)]
    return "body" in above and "main" not in above and "article" not in above


def _find_heads(tree: HtmlElement) -> Sequence[HtmlElement]:
    heads = list(islice(tree.iter(*HEAD_TAGS), MAX_HEADS))
    classed = (
        element
        for element in islice(tree.iter("div", "span", "p", "strong", "td", "font", "a"), 20 * MAX_HEADS)
        if (marks := names_of(element)) and HEAD_CLASS.search(marks)
    )
    return [*sorted(heads, key=lambda element: str(element.tag)), *classed]
