"""Which of the titles of an HTML page is its headline, without the site's name and without the kicker."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from lxml.html import HtmlElement

from feeds.parse.draft import Draft
from feeds.parse.html.metadata import Metadata
from feeds.parse.html.naming import few_words, offset_of
from feeds.parse.html.place import fold, is_unseen
from feeds.parse.html.sitenames import SEPARATORS, is_logo, is_site_name
from feeds.parse.html.value import Value
from feeds.parse.stamps.forms import is_stamp

MAX_HEADS: Final = 20
MAX_SHOWN: Final = 60
MAX_INNER: Final = 12
MAX_KICKER: Final = 120
JOINTS: Final = (": ", " - ", " – ", " | ", ". ", " ")
"""What titles put between kicker and headline."""
_KICKER = re.compile(r"kicker|dachzeile|overline|topline|spitzmarke|roofline|ueberzeile", re.IGNORECASE)
_CATEGORY = re.compile(r"(?<![\w-])(?:category|kategorie|rubrik|ressort)(?![\w-])", re.IGNORECASE)


def read_headline(tree: HtmlElement, metadata: Metadata, zone: ZoneInfo, draft: Draft) -> None:
    """The headline, and the kicker that is above it or within it."""
    heads, logos = _read_heads(tree, metadata, zone, draft)
    only = heads if len(heads) == 1 else []
    named = []
    if metadata.place.named and (element := metadata.place.headline) is not None:
        text, kicker = _split_kicker(element, zone)
        draft.kicker = draft.kicker or kicker
        named.append(Value(text, offset_of(element), f"<{element.tag}> that is in the title"))
    given = list(metadata.headline)
    shown = [few_words(head) for head in islice(tree.iter("h1", "h2", "h3"), MAX_SHOWN)]
    # Pages of the first years set their headlines in bold.
    shown = shown or [few_words(head) for head in islice(tree.iter("b", "strong"), MAX_SHOWN)]
    if named and given and len(heads) == 1 and fold(given[0].text) not in _shown(metadata.window, shown):
        # Some describe the subject there, and not the page.
        given = []
    for value in (*given, *named, *only, *metadata.title, *heads, *metadata.window):
        kicker, text = _split_title(value.text, tree)
        if kicker is None:
            kicker, text = _split_title(_without_site(text, metadata, shown, logos), tree)
        if text:
            draft.headline, draft.kicker = text, kicker or draft.kicker
            draft.found.append(("headline", value.offset, value.rule))
            break
    if draft.kicker == draft.headline:
        draft.kicker = None


def _read_heads(tree: HtmlElement, metadata: Metadata, zone: ZoneInfo, draft: Draft) -> tuple[list[Value], list[str]]:
    """What a page shows as its headlines, and the texts of those that are logos or unseen; the first kicker is read."""
    heads: list[Value] = []
    logos: list[str] = []
    for element in islice(tree.iter("h1"), MAX_HEADS):
        text, kicker = _split_kicker(element, zone)
        if is_logo(element) or is_unseen(element) or is_site_name(text, metadata.site_keys):
            logos.append(text)
        elif len(text) > 5:
            heads.append(Value(text, offset_of(element), "<h1>"))
            draft.kicker = draft.kicker or kicker
    return heads, logos


def _split_kicker(element: HtmlElement, zone: ZoneInfo) -> tuple[str, str | None]:
    """The text of a headline's element without kicker and category, and the kicker in it or just above it."""
    inner = list(islice(element.iterdescendants("*"), MAX_INNER))
    inside = next((child for child in inner if _is_kicker(child) or _is_category(child)), None)
    whole = _without_stamps(element, zone)
    if inside is not None:
        label = few_words(inside)
        return whole.removeprefix(label).lstrip(" :|–-"), (label or None) if _is_kicker(inside) else None
    above = element.getprevious()
    if above is not None and isinstance(above.tag, str) and _is_kicker(above):
        return whole, few_words(above)[:MAX_KICKER] or None
    return whole, None


def _without_stamps(element: HtmlElement, zone: ZoneInfo) -> str:
    """The text of a headline's element without the stamp that is in it, in an element of its own."""
    whole = few_words(element)
    for child in islice(element.iterdescendants("*"), MAX_INNER):
        text = few_words(child)
        if text != whole and is_stamp(text, zone):
            return whole.replace(text, "", 1).strip(" :|–-")
    return whole


def _is_kicker(element: HtmlElement) -> bool:
    return _KICKER.search(element.get("class") or "") is not None


def _is_category(element: HtmlElement) -> bool:
    return _CATEGORY.search(element.get("class") or "") is not None


def _split_title(text: str, tree: HtmlElement) -> tuple[str | None, str]:
    """A title as kicker and headline, where it puts together what the page shows as the two parts of one: "A: B"."""
    for element in islice(tree.iter("h1", "h2"), MAX_SHOWN):
        parts = [few_words(child).strip(" :|–-") for child in element.iterchildren("*")]
        first, *rest = [part for part in parts if part] or [""]
        headline = " ".join(rest)
        if headline and fold(text) in {fold(f"{first}{joint}{headline}") for joint in JOINTS}:
            return first, headline
    return None, text


def _shown(titles: Sequence[Value], heads: Sequence[str]) -> str:
    """What a page shows as its titles and sub-headlines, as titles are compared."""
    return fold("\n".join([*(value.text for value in titles), *heads]))


def _without_site(text: str, metadata: Metadata, heads: list[str], logos: list[str]) -> str:
    """A title without the name of the site before or after it, if that is known."""
    names = {name.casefold() for name in (metadata.site_name, *logos) if name}
    for separator in SEPARATORS:
        head, _, tail = text.rpartition(separator)
        is_named = tail.strip().casefold() in names or is_site_name(tail, metadata.site_keys)
        if head and (is_named or any(shown.endswith(head.strip()) for shown in heads)):
            return head.strip()
        head, _, tail = text.partition(separator)
        if tail and (head.strip().casefold() in names or (tail.count(" ") > 2 and tail.strip() in heads)):
            return tail.strip()
    return text.strip()
