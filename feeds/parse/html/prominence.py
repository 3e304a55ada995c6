"""What stands out above the text of a page: its headline, where no headline is marked as such.

Pages of the first twenty years set it in a smaller heading, a large font, bold, or a class of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from lxml import etree
from lxml.html import HtmlElement

from feeds.parse.body import HEADLINE_BLANKS, is_caption, is_sentence
from feeds.parse.bylines import is_signature
from feeds.parse.head.headlines import is_service
from feeds.parse.html.naming import few_words, names_of
from feeds.parse.html.place import HEAD_CLASS, Place, fold, is_aside, is_unseen, split_titles
from feeds.parse.html.region import LEAST_PROSE, MAX_LINKED, count_linked
from feeds.parse.html.sitenames import is_logo, is_of_any_page, is_site_name
from feeds.parse.prose import NOISE_LINE, PROSE, is_notice
from feeds.parse.stamps.forms import is_stamp
from feeds.text import clean_line

MAX_ELEMENTS: Final = 3_000
"""Elements that are looked at, at most."""
MAX_LINES: Final = 100
"""Of those, the ones whose words are looked at."""
MAX_HEADLINE: Final = 220
LEAST_HEADLINE: Final = 6
MAX_PARTS: Final = 12
"""Elements in a headline, at most."""
MAX_DEPTH: Final = 8
"""Elements of a line around each other, at most."""
NORMAL_SIZE: Final = 3
LARGE_SIZE: Final = 4
# WHATWG HTML, 15.3.7: headings are 2, 1.5 and 1.17 times as large as the text; <font size> 5 is 1.5 times as large.
_SIZES: Final = {"h1": 6, "h2": 5, "h3": 4, "h4": 3, "h5": 3, "h6": 3, "b": 3, "strong": 3, "big": 4}
CLASS_SIZE: Final = 5
"""Of what is called a headline or a title."""
_FONT_SIZE = re.compile(r"font-size\s?:\s?(?P<size>\d{1,3}(?:\.\d+)?)(?P<unit>px|pt|em|%)", re.IGNORECASE)
_POINTS: Final = {"px": 0.75, "pt": 1, "em": 12, "%": 0.12}
"""Points, by the unit of a size: 12 are those of a text."""
_LARGE_POINTS: Final = ((18, 5), (13.5, 4))
"""Points from which a font has a size, as browsers show it."""
_CONTENT_HEADING = re.compile(r"heading|heading?line|schlagzeile", re.IGNORECASE)
_INLINE: Final = frozenset("a b big em font i span strong u tt center".split())
_WORDS_ONLY: Final = frozenset("b big font span strong em i u a br small sup sub nobr wbr img".split())
_CONTAINERS: Final = frozenset("p div td th font span a".split())
_NOWHERE: Final = Place(None, frozenset())
_UTC: Final = ZoneInfo("UTC")


def mark_prominent(tree: HtmlElement, titles: Sequence[str], keys: frozenset[str]) -> Place | None:
    """Make what stands out on a page the `<h1>` that it has none of; None where there is no such thing.

    A page that shows one of its titles is left as it is, and so is an imprint. `keys` are those of the site's names.
    """
    if any(map(is_service, split_titles(titles, None))):
        return None
    heads = islice(tree.iter("h1"), MAX_LINES)
    if any(not (is_logo(head) or _is_no_headline(few_words(head), keys)) for head in heads):
        return None
    prominent = None if _is_any_shown(titles, tree) else _find_prominent(tree, keys)
    if prominent is None:
        return None
    prominent.tag = "h1"
    return Place(prominent, frozenset(prominent.iterancestors()))


def _is_any_shown(titles: Sequence[str], tree: HtmlElement) -> bool:
    """Whether a page shows a title, or a part of one that has the words of a headline."""
    body = tree.find("body")
    shown = "" if body is None else fold(clean_line(body.text_content()))
    parts = (part for part in split_titles(titles, None) if part in titles or part.count(" ") >= HEADLINE_BLANKS)
    return any(fold(part) in shown for part in parts if not is_of_any_page(part))


def _find_prominent(tree: HtmlElement, keys: frozenset[str]) -> HtmlElement | None:
    """The element that stands out most above the first paragraph; None where none does.

    Of several alike it is the last, but of those right below each other the first that isn't as short as a kicker.
    What says the site's name, a section, a day or an author is no headline.
    """
    body = tree.find("body")
    best, best_size, looked = None, 0, 0
    # Whether something is between the best and what is looked at, and that while it is open.
    is_apart, inside = False, None
    walk = etree.iterwalk(tree if body is None else body, events=("start", "end"))
    for event, element in islice(walk, 2 * MAX_ELEMENTS):
        if inside is not None and not (event == "end" and element is inside):
            continue
        inside = None
        text = element.text if event == "start" else element.tail
        if _is_text(text) and not is_aside(element, _NOWHERE):
            break
        size = _find_size(element) if event == "start" else 0
        if looked < MAX_LINES and size and size >= best_size and _is_line(element):
            looked += 1
            if _is_headline(element, keys):
                is_smaller = size == best_size and not is_apart and few_words(best).count(" ") >= HEADLINE_BLANKS
                if not is_smaller:
                    best, best_size, is_apart = element, size, False
                inside = element
                continue
        is_apart = is_apart or bool(text and text.strip())
    return best


def _find_size(element: HtmlElement) -> int:
    """How large an element is shown, in the sizes of <font>; 0 where it is text like any other."""
    tag = str(element.tag)
    size = _SIZES.get(tag, 0)
    if tag == "font":
        size = max(size, _read_size(element.get("size") or ""))
    if (style := element.get("style")) and (match := _FONT_SIZE.search(style[:MAX_HEADLINE])) is not None:
        points = float(match["size"]) * _POINTS[match["unit"].casefold()]
        size = max(size, next((large for least, large in _LARGE_POINTS if points >= least), 0))
    if tag in _CONTAINERS and (marks := names_of(element)):
        is_named = HEAD_CLASS.search(marks) or _CONTENT_HEADING.search(marks)
        size = max(size, CLASS_SIZE if is_named else 0)
    return size


def _read_size(text: str) -> int:
    """The size of <font size=...>, 0 where it is none larger than the text (WHATWG HTML, 15.3.4: "+2" is 5)."""
    digits = text.strip()[:3].lstrip("+-")
    if not digits.isdigit():
        return 0
    size = int(digits) if text.strip()[:1].isdigit() else NORMAL_SIZE + int(digits) * (-1 if "-" in text else 1)
    return min(size, 7) if size >= LARGE_SIZE else 0


def _is_line(element: HtmlElement) -> bool:
    """Whether an element is short, and all that is on its line."""
    inner = list(islice(element.iterdescendants("*"), MAX_PARTS + 1))
    if len(inner) > MAX_PARTS or any(child.tag not in _WORDS_ONLY for child in inner):
        return False
    for _ in range(MAX_DEPTH):
        if element.tag not in _INLINE:
            return True
        parent = element.getparent()
        if parent is None:
            return True
        above, below = element.getprevious(), element.getnext()
        before = parent.text if above is None else above.tail
        if (before or "").strip() or (element.tail or "").strip():
            return False
        if any(beside is not None and beside.tag in _INLINE for beside in (above, below)):
            return False
        if above is not None and below is not None:
            return True
        element = parent
    return False


def _is_headline(element: HtmlElement, keys: frozenset[str]) -> bool:
    """Whether an element may be a headline, by what it says and where it is."""
    text = few_words(element)
    if not LEAST_HEADLINE <= len(text) <= MAX_HEADLINE or text.endswith((".", ":")) or _is_no_headline(text, keys):
        return False
    if is_stamp(text, _UTC) or is_signature(text) or is_caption(text) or NOISE_LINE.fullmatch(text):
        return False
    return not (is_logo(element) or is_unseen(element) or _is_link(element) or is_aside(element, _NOWHERE))


def _is_no_headline(text: str, keys: frozenset[str]) -> bool:
    """Whether a text is the name of the site or a section, or a notice about the site."""
    return is_of_any_page(text) or is_site_name(text, keys) or is_notice(text)


def _is_link(element: HtmlElement) -> bool:
    """Whether an element leads to another page, as a teaser's headline does."""
    links = [link for link in element.iterancestors("a") if link.get("href")]
    return bool(links) or count_linked(element) > MAX_LINKED * len(few_words(element))


def _is_text(text: str | None) -> bool:
    """Whether a piece of text is a paragraph's: long, and no notice about the site."""
    if not text or len(text) < LEAST_PROSE or len(line := clean_line(text[:1_000])) < LEAST_PROSE:
        return False
    return (is_sentence(line) or len(line) >= PROSE) and not is_notice(line)
