"""The elements of an HTML page that say when it was published: microdata, RDFa, `<time>`, what is named for a date.

Knows where the headline is and what is beside the article: teasers, comments, menus, and quoted posts have
dates of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice, takewhile
from typing import Final, NamedTuple, cast

from lxml.html import HtmlElement

from feeds.parse.html.naming import MAX_NAMES, UPDATED, few_words, is_change, names_of, offset_of, short_text
from feeds.parse.html.place import HEAD_TAGS, Place, is_aside
from feeds.parse.html.value import Value

MAX_ITEMS: Final = 60
MAX_HEADLINE: Final = 300
MAX_LOOKED: Final = 500
"""Elements with a date that are looked at."""
JUST_ABOVE: Final = 20
"""Elements above the headline, of those that may hold a date, within which one is its own."""

_FOREIGN_TYPE = re.compile(r"(?:Comment\w*|UserComments|Answer|Event|\w+Event|VideoObject|ImageObject|Person|Offer)/?$")
_PUBLISHED_NAME = re.compile(
    r"publish|pubdate|(?:entry|post|article|news)[-_]?(?:date|time)|date[-_]?(?:published|time)|posted|datum|created"
    r"|erstellt|dateline|submitted|timestamp",
    re.IGNORECASE,
)
"""Names of elements that hold a date of publication."""
_PUBLISHED_CLASS = re.compile(
    rf"{_PUBLISHED_NAME.pattern}|(?:post|article)[-_]?(?:meta|info)|byline"
    r"|(?:^|[-_ ])(?:time|meta|zeit|info|dates?|date\w*)(?:$|[-_ ])",
    re.IGNORECASE,
)
"""Names of elements that may hold one among other things."""
_EVENT_NAME = re.compile(r"(?:^|\s)(?:startDate|endDate|doorTime|dtstart|dtend)(?:$|\s)")
"""Names of elements that hold a date of an event: schema.org, hCalendar."""
_UPDATED_LABEL = re.compile(
    r"(?:aktualisiert|geändert|änderung|aktualisierung|bearbeitet|updated?|modified|mis à jour)"
    r"\W{0,3}(?:am|le|on)?\W{0,3}$",
    re.IGNORECASE,
)
LABEL: Final = 60
_TIME_TAGS: Final = frozenset("time abbr span div p li small em i a td dd font h2 h3 h4 h5 h6 b strong ins".split())
_DATA_NAMES: Final = (
    "data-published", "data-date-published", "data-publish-date", "data-publication-date", "data-pubdate", "data-date",
    "data-datetime", "data-timestamp", "data-created",
)  # fmt: skip
_HAS_DATA: Final = " or ".join(f"@{name}" for name in _DATA_NAMES)
_HAS_AGE: Final = "(@title and starts-with(normalize-space(text()), 'vor '))"
"""An age, whose date is its tooltip."""
BESIDE: Final = 5
"""Elements around the headline within which an element is beside it."""
LEAST_DIGITS: Final = 6
_DUBLIN_CORE: Final = {
    "datePublished": ("dc:date", "dc:created", "dcterms:created", "dcterms:date", "dcterms:issued"),
    "dateModified": ("dcterms:modified", "dc:modified"),
}
MIDNIGHT = re.compile(r"\s*(\d{4}-\d\d-\d\d)[T ]00:00(?![:.]?[1-9])(?::00(?:\.0+)?)?(?!\d)")
"""A midnight as machines write it, and its day."""
_CLOCK = re.compile(r"\d{1,2}:\d{2}|\bUhr\b|\bvor\b")
# "19:00 – 23:00 Uhr": of something that happens.
_HOURS = re.compile(r"\d{1,2}[:.]\d{2}(?:\sUhr)?\s?(?:[–-]|bis)\s?\d{1,2}[:.]\d{2}\b")


def find_items(tree: HtmlElement, name: str, place: Place) -> list[Value]:
    """Microdata and RDFa: the elements with that itemprop or property, Dublin Core's name for it too."""
    names = {name, f"schema:{name}", *_DUBLIN_CORE[name]}
    found = []
    for attribute in ("itemprop", "property"):
        for element in cast("list[HtmlElement]", tree.xpath(f"//*[@{attribute}]"))[:MAX_LOOKED]:
            if element.tag == "meta" and attribute == "property":
                continue
            if names.isdisjoint(element.get(attribute).split()) or _is_foreign(element) or is_aside(element, place):
                continue
            given = (
                element.get("content")
                or element.get("datetime")
                or (element.get("title") if element.tag == "abbr" else None)
            )
            text = given or short_text(element, 200)
            if given:
                text = _drop_midnight(given, "" if element.tag == "meta" else short_text(element, 200))
            if text:
                rule = f"{attribute} {name}"
                found.append(Value(text[:200], offset_of(element), rule, "machine" if given else "date"))
                if len(found) >= MAX_ITEMS:
                    return found
    return found


def find_marked_headline(tree: HtmlElement, place: Place) -> list[Value]:
    """The text of the one element that microdata calls the headline; none where there are several, or it is aside."""
    found = cast("list[HtmlElement]", tree.xpath("//*[@itemprop='headline'][not(self::meta)]"))
    if len(found) != 1 or is_aside(found[0], place) or not (text := few_words(found[0])[:MAX_HEADLINE]):
        return []
    return [Value(text, offset_of(found[0]), "itemprop headline")]


class _Time(NamedTuple):
    """The date of an element, which is the `number`th of those that may have one.

    `form` says how sure it is, 0 is best; `changed`: it is that of a change.
    """

    element: HtmlElement
    number: int
    form: int
    changed: bool
    value: Value


def find_times(tree: HtmlElement, place: Place) -> tuple[list[Value], list[Value]]:
    """`<time>` and what is named for a date: those of the publication and those of changes.

    Best first: by how sure their form is, then by nearness to the headline.
    """
    found: list[_Time] = []
    headline: int | None = None
    looked = 0
    for number, element in enumerate(tree.iter(*_TIME_TAGS, *HEAD_TAGS)):
        if element is place.headline:
            headline = number
            continue
        marks = names_of(element)
        if element.tag != "time" and not (marks and any(_read_names(marks))):
            continue
        looked += 1
        if looked > MAX_LOOKED:
            break
        if (time := _find_time(element, number, marks, place, is_above=headline is None)) is not None:
            found.append(time)
    entries = _find_entries(found, place)
    own = [time for time in found if time not in entries]
    own.sort(key=lambda time: _rank(time.form, time.number, headline))
    return [time.value for time in own if not time.changed], [time.value for time in own if time.changed]


def _find_time(element: HtmlElement, number: int, marks: str, place: Place, *, is_above: bool) -> _Time | None:
    """The date of an element with these names, which `is_above` the headline or below; None where it is another's."""
    if _EVENT_NAME.search(f"{element.get('itemprop') or ''} {marks}") or is_aside(element, place):
        return None
    strong, named, _ = _read_names(marks)
    is_time = element.tag == "time"
    value = _read_time(element, f"<{element.tag}> {marks}".strip(), strong=strong or is_time)
    if value is None:
        return None
    changed = _is_update(element, marks)
    if not (named or is_time or changed):
        return None
    if is_above and not strong and not is_time and _is_of_site(element, place):
        # The day on which the page was seen, or a box of others; what is neither is found as visible text.
        return None
    form = 0 if strong else 1 if is_time else 2
    article = None if place.headline is None else next(place.headline.iterancestors("article"), None)
    # What is beside the article are teasers, however near to its headline.
    form += article is not None and article not in element.iterancestors("article")
    return _Time(element, number, form, changed, value)


def _is_of_site(element: HtmlElement, place: Place) -> bool:
    """Whether an element above the headline has nothing around it that the headline is in, too, but the whole page."""
    return bool(place.around) and all(
        node not in place.around or node.tag in {"body", "html"} for node in element.iterancestors()
    )


@lru_cache(maxsize=10_000)
def _read_names(marks: str) -> tuple[bool, bool, bool]:
    """Whether names say that an element holds a date of publication, may hold one, or one of a change.

    Kept, for the names on a page and on the pages of a site are few.
    """
    strong = _PUBLISHED_NAME.search(marks) is not None
    return strong, strong or _PUBLISHED_CLASS.search(marks) is not None, UPDATED.search(marks) is not None


def find_data(tree: HtmlElement, place: Place) -> list[Value]:
    """The dates in data attributes, and after an age, of what holds the headline or is beside it."""
    if place.headline is None:
        return []
    near = set(islice(place.headline.iterancestors(), BESIDE))
    found = []
    for element in cast("list[HtmlElement]", tree.xpath(f"//*[@*][{_HAS_DATA} or {_HAS_AGE}]"))[:MAX_ITEMS]:
        if element not in place.around and near.isdisjoint(islice(element.iterancestors(), BESIDE)):
            continue
        name = next((name for name in _DATA_NAMES if element.get(name) is not None), "title")
        if _is_dated(element.get(name)) and not is_aside(element, place):
            found.append(Value(element.get(name)[:200], offset_of(element), name))
    return found


def _find_entries(times: Iterable[_Time], place: Place) -> set[_Time]:
    """Those that are of a list's entries: three of one kind, all of other dates, beside the headline.

    Teasers, performances, the posts of a live blog have dates of their own.
    """
    entries: set[_Time] = set()
    if place.headline is None:
        return entries
    kinds: dict[str, list[_Time]] = {}
    for time in times:
        kinds.setdefault(f"{time.element.tag} {names_of(time.element)}", []).append(time)
    for alike in kinds.values():
        for three in zip(alike, alike[1:], alike[2:], strict=False):
            texts = {time.value.text for time in three}
            if len(texts) == len(three) and _is_list([time.element for time in three], place):
                entries.update(three)
    return entries


def _is_list(elements: list[HtmlElement], place: Place) -> bool:
    """Whether elements are in parts of one kind, one in each, of something that doesn't hold the headline."""
    lines = [[element, *element.iterancestors()] for element in elements]
    shared = set(lines[0]).intersection(*lines[1:])
    if next(node for node in lines[0] if node in shared) in place.around:
        return False
    parts = [list(takewhile(lambda node: node not in shared, line))[-1:] for line in lines]
    kinds = {(part.tag, *names_of(part).split(maxsplit=1)[:1]) for found in parts for part in found}
    return len(kinds) == 1 and len({part for found in parts for part in found}) == len(elements)


def _is_dated(text: str) -> bool:
    return sum(char.isdigit() for char in text[:200]) >= LEAST_DIGITS


def _rank(form: int, number: int, headline: int | None) -> tuple[int, int]:
    """How good a date's place is, lower is better: far above the headline are menus and sliders."""
    if headline is None:
        return form, number
    apart = number - headline
    return form + (3 if apart < -JUST_ABOVE else 0), abs(apart)


def _is_foreign(element: HtmlElement) -> bool:
    """Whether the nearest thing that an element describes is a comment, an event or a picture."""
    scope = next((node for node in element.iterancestors() if node.get("itemscope") is not None), None)
    return scope is not None and _FOREIGN_TYPE.search(scope.get("itemtype") or "") is not None


def _is_update(element: HtmlElement, marks: str) -> bool:
    """Whether an element's date is that of a change, by its name or by the words in front of it."""
    if is_change(marks):
        return True
    parent = element.getparent()
    above = "" if parent is None else (parent.get("class") or "")[:MAX_NAMES]
    return is_change(above) or _UPDATED_LABEL.search(_text_before(element)) is not None


def _text_before(element: HtmlElement) -> str:
    """The end of the text in front of an element, in its parent or in a label beside it."""
    before, parent = element.getprevious(), element.getparent()
    if before is None:
        return "" if parent is None else (parent.text or "")[-LABEL:]
    tail = before.tail or ""
    if not tail.strip(" \t\n:") and isinstance(before.tag, str):
        return short_text(before, LABEL)
    return tail[-LABEL:]


def _drop_midnight(given: str, shown: str) -> str:
    """A date for machines without the midnight that a system adds to a day: what readers are shown has no clock."""
    match = MIDNIGHT.match(given)
    if match is None or not any(char.isdigit() for char in shown) or _CLOCK.search(shown):
        return given
    return match[1]


def _read_time(element: HtmlElement, rule: str, *, strong: bool) -> Value | None:
    """What an element says of a time: its machine-readable form, else its short text."""
    offset = offset_of(element)
    given = element.get("datetime") or element.get("title") if element.tag in {"time", "abbr"} else None
    if given is not None and _is_dated(given):
        shown = short_text(element, 160)
        return None if _HOURS.search(shown) else Value(_drop_midnight(given[:200], shown), offset, rule)
    if len(element) > 12 or (element.tag != "time" and element.find(".//time[@datetime]") is not None):
        # A frame around what is read for itself.
        return None
    text = short_text(element, 160)
    if len(text) < 6 or not any(char.isdigit() for char in text):
        return None
    return Value(text, offset, rule, "date" if strong else "text")
