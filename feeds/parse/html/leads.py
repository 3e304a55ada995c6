"""What an article's own frame shows around its headline beside the text: the lead below it, the kicker above it.

Several systems set the lead apart from the text, and call it a teaser.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import islice
from typing import Final

from lxml.html import HtmlElement

from feeds.parse.body import is_sentence
from feeds.parse.html.naming import names_of, short_text
from feeds.parse.html.region import LEAST_PROSE, count_linked
from feeds.text import clean_line

LEVELS: Final = 4
"""Elements around the headline whose parts are looked at."""
PARTS: Final = 30
"""Elements after the headline that are looked at."""
MAX_LEAD: Final = 600
LEAD_PARTS: Final = 3
"""Elements in a lead, at most: a paragraph, and words set in bold."""
MAX_KICKER: Final = 40
_LEAD = re.compile(
    r"(?:^|[-_ ])(?:teaser|lead|intro|vorspann|anriss|anlauf|standfirst|abstract|summary|excerpt)"
    r"(?:[-_]?(?:text|paragraph))?(?:$|[-_ ])",
    re.IGNORECASE,
)


def find_lead(headline: HtmlElement | None, shown: Collection[str]) -> str | None:
    """The lead that is below the headline and is called so; None where the text holds it.

    `shown` are the paragraphs of the text.
    """
    for element in islice(_iterate_behind(headline), PARTS):
        text = clean_line(element.text_content()) if len(element) <= LEAD_PARTS else ""
        if text in shown:
            return None
        if not LEAST_PROSE <= len(text) <= MAX_LEAD or not is_sentence(text) or count_linked(element):
            continue
        if element.get("itemprop") == "description" or _LEAD.search(names_of(element)):
            return text
    return None


def find_kickers(headline: HtmlElement | None) -> set[str]:
    """The short lines just above the headline, in its frame: the kicker, the category."""
    above = () if headline is None else islice(headline.itersiblings("p", "span", "div", preceding=True), 2)
    return {text for element in above if (text := short_text(element, MAX_KICKER))}


def _iterate_behind(headline: HtmlElement | None) -> Iterator[HtmlElement]:
    """The paragraphs and frames after the headline, in the page's order."""
    outer = headline
    for _ in range(LEVELS):
        if outer is None or outer.tag in {"body", "main"}:
            return
        for part in outer.itersiblings():
            if isinstance(part.tag, str):
                yield from part.iter("p", "div", "h2", "h3")
        outer = outer.getparent()
